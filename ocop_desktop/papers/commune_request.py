"""The commune's letter that asks for the products of its producers to be assessed and ranked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ocop_desktop.papers.blocks import (
    Block,
    Column,
    Grid,
    Letterhead,
    Paper,
    Para,
    Signature,
    Signatures,
    numbered,
)
from ocop_desktop.papers.state_paper import basis_in_law, short_date


@dataclass(frozen=True)
class Requested:
    """A product of the letter; samples: how many, as words; received_on: the day the commune got the dossier."""

    product: str
    code: str
    producer: str
    address: str
    set_name: str
    kind: str
    samples: str
    received_on: dt.date | None


@dataclass(frozen=True)
class CommuneRequest:
    """One commune's letter.

    Args:
        commune: who asks ("xã Mẫu Sơn"), or empty; place: before the date; to: the managing agency.
        round: which round of assessment, or empty; samples: whether any of the products is handed in with samples.
    """

    commune: str
    place: str
    year: int
    to: str
    law: str
    round: str
    lines: tuple[Requested, ...]
    samples: bool

    @property
    def committee(self) -> str:
        """The people's committee that asks."""
        return f"Ủy ban nhân dân {self.commune or '…………………………'}"


def papers(letters: Sequence[CommuneRequest]) -> tuple[Paper, ...]:
    """One letter per commune."""
    return tuple(Paper(f"Công văn đề nghị đánh giá, phân hạng - {one.committee}", tuple(_blocks(one)), one.committee)
                 for one in letters)


def _blocks(r: CommuneRequest) -> Iterator[Block]:
    yield Letterhead("", r.committee, "Số: ……/UBND-……", "V/v đề nghị đánh giá, phân hạng sản phẩm OCOP", r.place, year=r.year)
    yield Para(r.to, "address", lead="Kính gửi:")
    round = f", {r.round[0].lower()}{r.round[1:]}" if r.round else ""
    yield Para(f"{basis_in_law(r.law)}, {r.committee} đề nghị đánh giá, phân hạng {len(r.lines)} sản phẩm của các chủ thể trên "
               f"địa bàn{round}:")
    yield Grid((Column("TT", 9, "centre"), Column("Sản phẩm, mã", 42), Column("Chủ thể, địa chỉ", 44), Column("Bộ sản phẩm", 30),
                Column("Loại đăng ký", 19, "centre"), Column("Mẫu", 14, "centre"), Column("Ngày xã nhận", 23, "centre")),
               numbered([(_under(one.product, one.code), _under(one.producer, one.address), one.set_name, one.kind, one.samples,
                          short_date(one.received_on) if one.received_on else "…/…/20…") for one in r.lines]), 10.5)
    yield Para("Hồ sơ của mỗi sản phẩm gửi kèm gồm: phiếu đăng ký (Mẫu số 01), báo cáo tự đánh giá và giấy tờ minh chứng của chủ "
               "thể (Mẫu số 02), báo cáo đánh giá của cấp xã (Mẫu số 03)"
               f"{', mẫu sản phẩm theo số ghi trong bảng' if r.samples else ''}.")
    yield Para(f"{r.committee} đề nghị {r.to} xem xét, tổ chức đánh giá, phân hạng theo quy định./.")
    yield Signatures(Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), hint="(Ký, ghi rõ họ tên, đóng dấu)"),
                     recipients=("Như trên;", "Các chủ thể có sản phẩm;", "Lưu: VT."))


def _under(words: str, more: str) -> str:
    return f"{words}\n{more}" if more else words
