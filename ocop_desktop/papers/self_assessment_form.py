"""Form 02 of annex III of Decision 26/2026/QĐ-TTg: the producer's report and self-assessment, in four parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ocop_desktop.papers.blocks import Block, Column, Grid, Mark, Paper, Para, Signature, Signatures, Title, dotted
from ocop_desktop.papers.state_pdf import MOTTO, NATION


@dataclass(frozen=True)
class SelfAssessment:
    """What the dossier says; what it does not say is a dotted line.

    Args:
        facts: (name, value) of the producer and the product; legal: (paper, "x" or "", number, issuer, day, until).
        description: of the product; rows: a part's head as (text,), or (code, criterion, chosen option, points, evidence).
        totals: (part, points, most) with the total last; open: criteria without an answer.
        law: the decision whose criteria are used.
    """

    product: str
    producer: str
    representative: str
    law: str
    facts: tuple[tuple[str, str], ...]
    legal: tuple[tuple[str, str, str, str, str, str], ...]
    description: str
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[tuple[str, str, str], ...]
    open: int


def papers(forms: Sequence[SelfAssessment]) -> tuple[Paper, ...]:
    """One form per dossier."""
    return tuple(Paper(f"Báo cáo tự đánh giá - {form.product}", tuple(_blocks(form)), form.product) for form in forms)


def _blocks(f: SelfAssessment) -> Iterator[Block]:
    yield Para("Mẫu số 02", "note")
    yield Title(NATION, (MOTTO,))
    yield Title("Báo cáo tự đánh giá", (f"Sản phẩm: {f.product}", f"Chủ thể: {f.producer}"), ruled=False)
    yield Mark("I. Thông tin chủ thể")
    yield Para("I. THÔNG TIN CHỦ THỂ, SẢN PHẨM", "heading")
    yield Grid((Column("Nội dung", 60), Column("Thông tin", 105)), tuple((name, dotted(value)) for name, value in f.facts))
    yield Para("Giấy tờ pháp lý", "subheading")
    yield Grid((Column("Giấy tờ", 58), Column("Có", 11, "centre"), Column("Số", 32), Column("Nơi cấp", 34),
                Column("Ngày cấp", 24, "centre"), Column("Hiệu lực đến", 24, "centre")), f.legal, 10)
    yield Mark("II. Hoạt động của chủ thể")
    yield Para("II. QUÁ TRÌNH HÌNH THÀNH, TỔ CHỨC, KẾT QUẢ SẢN XUẤT, KINH DOANH", "heading")
    if f.description:
        yield Para(f.description, lead="Mô tả sản phẩm:")
    for name in ("Quá trình hình thành", "Tổ chức sản xuất, lao động", "Kết quả thực hiện phương án kinh doanh"):
        yield Para(dotted("", 220), lead=f"{name}:")
    yield Mark("III. Tự chấm điểm")
    yield Para(f"III. TỰ CHẤM ĐIỂM THEO BỘ TIÊU CHÍ CỦA QUYẾT ĐỊNH {f.law}", "heading")
    if f.rows:
        yield Grid((Column("Mã", 13, "centre"), Column("Tiêu chí", 48), Column("Mức tự chọn", 52), Column("Điểm", 13, "centre"),
                    Column("Minh chứng", 46)), f.rows, 10, bold=(3,))
        told = "; ".join(f"{name} {points}/{most}" for name, points, most in f.totals)
        yield Para(f"{told}.{f' Còn {f.open} tiêu chí chưa tự chấm.' if f.open else ''}", lead="Tổng điểm tự chấm:")
    else:
        yield Para("Chưa chọn bộ sản phẩm nên chưa tự chấm được.")
    yield Mark("IV. Kế hoạch")
    yield Para("IV. KẾ HOẠCH PHÁT TRIỂN SẢN PHẨM, ĐỀ XUẤT", "heading")
    yield Para(dotted("", 320))
    yield Para("Chủ thể cam kết nội dung báo cáo là đúng sự thật.")
    yield Signatures(Signature(("ĐẠI DIỆN CHỦ THỂ",), f.representative, "(Ký, ghi rõ họ tên, đóng dấu nếu có)"))
