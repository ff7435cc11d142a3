"""1,000 signed certificates in one PDF against the barest reportlab page with the same fonts, form background and zxing-cpp QR;
and against a mail merge of the same words over the same background with LibreOffice Writer, where it is installed.

The barest page is given the signed texts; ours signs them. It takes zxing-cpp's codes as they come, that is in the best of eight
masks; a second comparison gives it our one mask, which costs a fifth. The merge has no QR codes and its start is not counted,
which flatters it. It is ended once it took 100 times as long as we did.
"""

from __future__ import annotations

import datetime as dt
import io
import statistics
import time
from collections.abc import Callable
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from ocop_desktop.exchange.certificate_signature import Signer
from ocop_desktop.papers import certificate_background as page
from ocop_desktop.papers import fonts, qr
from ocop_desktop.papers.certificate import Certificate, code_of, render
from ocop_desktop.papers.certificate_layout import MASK
from ocop_desktop.rules.certificate_design_default import DEFAULT
from tests.benchmarks import merge_files

COUNT, ROUNDS, LIMIT = 1000, 5, 1.5
TIMES = 100  # how many times faster than the merge certificates are to be
GOODS = ("Chè Shan tuyết Mẫu Sơn", "Mật ong hoa nhãn Hữu Lũng", "Cao khô Vạn Linh", "Rượu men lá",
         "Thịt lợn bản hun khói gác bếp truyền thống của đồng bào Tày, Nùng vùng cao Bắc Sơn",
         "Hồng không hạt Bảo Lâm sấy dẻo, hộp quà tặng 500 gam")
MAKERS = ("Hợp tác xã Nông nghiệp Mẫu Sơn Xanh", "Công ty trách nhiệm hữu hạn một thành viên Đặc sản Xứ Lạng",
          "Hộ kinh doanh Hoàng Thị Ngọc")


def batch(count: int = COUNT, decisions: int = 1) -> list[Certificate]:
    """Certificates of one province, under so many decisions."""
    day = dt.date(2026, 11, 23)
    return [Certificate(
        number=f"{n:02d}-2026/GCN-OCOP", product=f"{GOODS[n % len(GOODS)]} số {n}", stars=3 + n % 2,
        producer=f"{MAKERS[n % len(MAKERS)]} {n % 300}", decision_number=f"{3981 + n % decisions}/QĐ-UBND", decision_date=day,
        issued_on=day, valid_until=dt.date(2029, 11, 23), code=f"20-{5980 + n % 60:05d}-{n:02d}-2026",
        set_name="Chè tươi, chè chế biến", address=f"Thôn {n % 9 + 1}, xã Mẫu Sơn, tỉnh Lạng Sơn",
        authority="Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn", body=("ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN"), place="Lạng Sơn",
        signatory=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), signatory_name="Nguyễn Văn A") for n in range(1, count + 1)]


def barest(certificates: list[Certificate], codes: list[str], mask: int = qr.BEST) -> bytes:
    """The same words on the same background, one string per line at a fixed place and size, nothing looked after."""
    fonts.faces()
    file = io.BytesIO()
    canvas: Any = Canvas(file, pagesize=(page.WIDTH, page.HEIGHT), initialFontName=fonts.SERIF)
    canvas.beginForm("background")
    page.draw(canvas, DEFAULT)
    canvas.endForm()
    for c, code in zip(certificates, codes, strict=True):
        canvas.doForm("background")
        lines = ((fonts.SERIF, 12, f"Số: {c.number}"), (fonts.SERIF, 14, "Chứng nhận sản phẩm"), (fonts.BOLD, 20, c.product),
                 (fonts.SERIF, 13.5, f"Mã số {c.code} · Bộ sản phẩm: {c.set_name}"), (fonts.BOLD, 14, c.producer),
                 (fonts.SERIF, 13.5, c.address), (fonts.BOLD, 17, f"đạt hạng {c.stars} sao"),
                 (fonts.ITALIC, 12.5, f"Theo Quyết định số {c.decision_number} của {c.authority}"),
                 (fonts.ITALIC, 12.5, f"{c.place}, ngày 23 tháng 11 năm 2026"), (fonts.BOLD, 12.5, " ".join(c.signatory)),
                 (fonts.BOLD, 13, c.signatory_name), (fonts.SERIF, 11.5, "Có giá trị đến 23/11/2029"))
        for i, (face, size, words) in enumerate(lines):
            canvas.setFont(face, size)
            canvas.drawCentredString(page.MIDDLE, 420 - 25 * i, words)
        qr.draw(canvas, code, 72, 57, 74, mask)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def run() -> list[dict[str, Any]]:
    """Medians of rounds that take turns."""
    cases = {"1,000 certificates, one decision": batch(), "1,000 certificates, 40 decisions": batch(decisions=40)}
    rows, sign = [], Signer(bytes(range(32)))
    for name, certificates in cases.items():
        codes = [code_of(c, sign) for c in certificates]
        ours, floor, masked = [], [], []
        for _ in range(ROUNDS):
            floor.append(_milliseconds(lambda work=certificates, texts=codes: barest(work, texts)))
            ours.append(_milliseconds(lambda work=certificates: render(work, sign=sign)))
            masked.append(_milliseconds(lambda work=certificates, texts=codes: barest(work, texts, MASK)))
        median, least, lesser = map(statistics.median, (ours, floor, masked))
        rows += [{"name": name, "median_ms": median, "floor_ms": least, "ratio": median / least, "limit": LIMIT},
                 {"name": "  the barest page with our mask", "median_ms": median, "floor_ms": lesser, "ratio": median / lesser}]
    return [*rows, _against_merge(rows[0]["median_ms"])]


def _against_merge(ours: float) -> dict[str, Any]:
    lacking = merge_files.missing()
    if lacking:
        return {"name": f"mail merge not measured: {lacking}"}
    merged = 1000 * (merge_files.seconds(batch(), TIMES * ours / 1000) or TIMES * ours / 1000)
    told = "over 100" if merged == TIMES * ours else f"{merged / ours:.0f}"
    return {"name": f"1,000 in hundredths of a mail merge ({told} x faster)", "median_ms": ours, "floor_ms": merged,
            "ratio": TIMES * ours / merged, "limit": 1}


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)
