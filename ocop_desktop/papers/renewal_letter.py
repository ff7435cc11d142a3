"""A letter to a commune: which of its certificates fall due for re-evaluation, until when, whom to call. Always Vietnamese."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ocop_desktop.papers.blocks import Block, Column, Grid, Letterhead, Paper, Para, Signature, Signatures
from ocop_desktop.papers.state_paper import short_date

COLUMNS = (Column("TT", 0.06, "centre"), Column("Sản phẩm", 0.22), Column("Chủ thể", 0.2), Column("Điện thoại", 0.14),
           Column("Hạng", 0.09, "centre"), Column("Nhận hồ sơ", 0.16, "centre"), Column("Hết hiệu lực", 0.13, "centre"))


@dataclass(frozen=True)
class DueProduct:
    """A certificate that falls due. ``late``: the days for filing are over."""

    product: str
    producer: str
    phone: str
    stars: int
    opens: dt.date
    closes: dt.date
    expires: dt.date
    late: bool


@dataclass(frozen=True)
class RenewalLetter:
    """The letter of one commune."""

    body: str
    agency: str
    place: str
    day: dt.date
    commune: str
    products: tuple[DueProduct, ...]


def papers(letters: Sequence[RenewalLetter]) -> tuple[Paper, ...]:
    """A paper for each letter."""
    return tuple(Paper("Thông báo đánh giá lại sản phẩm OCOP", tuple(_blocks(one)), one.commune) for one in letters)


def _blocks(letter: RenewalLetter) -> Iterator[Block]:
    commune = letter.commune[:1].lower() + letter.commune[1:]  # inside a sentence: "phường Kỳ Lừa"
    yield Letterhead(letter.body, letter.agency, "Số: ……/……", "V/v đánh giá lại sản phẩm OCOP đến kỳ", letter.place, letter.day)
    yield Para(f"Ủy ban nhân dân {commune}", "address", lead="Kính gửi:")
    yield Para("Theo Điều 8 Quyết định số 26/2026/QĐ-TTg, hồ sơ đánh giá lại nộp từ 180 đến 120 ngày trước khi giấy chứng nhận "
               f"hết hiệu lực. Tính đến ngày {short_date(letter.day)}, {commune} có {len(letter.products)} sản phẩm sau đây "
               "đến kỳ hoặc đã quá kỳ nộp:")
    yield Grid(COLUMNS, tuple(_row(n, one) for n, one in enumerate(letter.products, 1)), size=10.5)
    if any(one.late for one in letter.products):
        yield Para("(*) Đã quá kỳ nộp: giấy chứng nhận chỉ được gia hạn, không quá 180 ngày, khi hồ sơ đánh giá lại đang được "
                   "xử lý.", "note")
    yield Para("Đề nghị Ủy ban nhân dân thông báo cho các chủ thể, hướng dẫn hoàn thiện và chuyển hồ sơ đúng thời hạn; sản phẩm "
               "không đề nghị đánh giá lại thì báo rõ lý do./.")
    yield Signatures(Signature(("THỦ TRƯỞNG CƠ QUAN",)), recipients=("Như trên;", "Lưu: VT."))


def _row(number: int, one: DueProduct) -> tuple[str, ...]:
    window = f"{short_date(one.opens)} –\n{short_date(one.closes)}" + (" (*)" if one.late else "")
    return str(number), one.product, one.producer, one.phone, f"{one.stars} sao", window, short_date(one.expires)
