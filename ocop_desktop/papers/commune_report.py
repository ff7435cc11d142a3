"""Form 03 of annex III of Decision 26/2026/QĐ-TTg: what the commune reports on a product, on four points."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ocop_desktop.papers.blocks import (
    Block,
    Column,
    Dots,
    Grid,
    Letterhead,
    Mark,
    Paper,
    Para,
    Signature,
    Signatures,
    Title,
    dotted,
)
from ocop_desktop.papers.state_paper import basis_in_law, long_date

BOX = "☐"
LINES = 3  # dotted lines for what the commune writes on each point
OPEN_DAY = "ngày …… tháng …… năm 20……"


@dataclass(frozen=True)
class Point:
    """One of the four points; said: (criterion, option chosen, evidence) of the producer's own score that touch it."""

    title: str
    said: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class CommuneReport:
    """What the dossier says; what it does not say, and what the commune finds, are dotted lines.

    Args:
        commune: who reports ("xã Mẫu Sơn"), or empty; place: before the date; to: who gets the report.
        facts: (name, value) of producer and product; attachments: papers the dossier holds.
        points: the four points in the order of the form.
    """

    commune: str
    place: str
    year: int
    to: str
    product: str
    producer: str
    law: str
    facts: tuple[tuple[str, str], ...]
    received_on: dt.date | None
    attachments: tuple[str, ...]
    points: tuple[Point, ...]

    @property
    def committee(self) -> str:
        """The people's committee that reports."""
        return f"Ủy ban nhân dân {self.commune or '…………………………'}"


def papers(reports: Sequence[CommuneReport]) -> tuple[Paper, ...]:
    """One report per dossier."""
    return tuple(Paper(f"Báo cáo của cấp xã - {r.product}", tuple(_blocks(r)), r.product) for r in reports)


def _blocks(r: CommuneReport) -> Iterator[Block]:
    yield Para("Mẫu số 03", "note")
    yield Letterhead("", r.committee, "Số: ……/BC-UBND", place=r.place, year=r.year)
    yield Title("Báo cáo", ("Đánh giá của cấp xã về sản phẩm đăng ký đánh giá, phân hạng OCOP", f"Sản phẩm: {r.product}"))
    yield Para(r.to, "address", lead="Kính gửi:")
    day = long_date(r.received_on) if r.received_on else OPEN_DAY
    yield Para(f"{basis_in_law(r.law)}; xem xét hồ sơ của {r.producer} nhận {day}, {r.committee} báo cáo như sau:")
    yield Para("I. CHỦ THỂ VÀ SẢN PHẨM", "heading")
    yield Grid((Column("Nội dung", 50), Column("Thông tin", 115)), tuple((name, dotted(value)) for name, value in r.facts), 11.5)
    yield Para("; ".join(r.attachments) + "." if r.attachments else dotted("", 60), lead="Giấy tờ chủ thể đã nộp:")
    yield Mark("II. Đánh giá của cấp xã")
    yield Para("II. ĐÁNH GIÁ CỦA CẤP XÃ", "heading", room=105)
    for number, point in enumerate(r.points, 1):
        yield from _point(number, point)
    yield Mark("III. Kết luận, đề nghị")
    yield Para("III. KẾT LUẬN, ĐỀ NGHỊ", "heading")
    yield Para("", "item", lead=f"{BOX} Hồ sơ đủ điều kiện, đề nghị đánh giá, phân hạng.")
    yield Dots(2, f"{BOX} Chủ thể cần bổ sung, hoàn thiện:")
    yield Para(f"{r.committee} chịu trách nhiệm về nội dung báo cáo./.")
    yield Signatures(Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), hint="(Ký, ghi rõ họ tên, đóng dấu)"),
                     recipients=("Như trên;", f"{r.producer};", "Lưu: VT, hồ sơ sản phẩm."))


def _point(number: int, point: Point) -> Iterator[Block]:
    yield Para(f"{number}. {point.title}", "subheading")
    for line in point.said:
        yield Para(said(*line), "item", lead="Chủ thể tự đánh giá –")
    yield Dots(LINES, "Nhận xét của cấp xã:")


def said(criterion: str, option: str, evidence: str) -> str:
    """What the producer's own score says on a criterion."""
    proof = f" Minh chứng: {evidence.strip().rstrip('.')}." if evidence.strip() else ""
    return f"tiêu chí {criterion}: {option.rstrip('.')}.{proof}"
