"""The list a clerk takes along when certificates are handed over: one line each, with room to sign. Always Vietnamese."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from ocop_desktop.papers.blocks import Block, Column, Grid, Letterhead, Paper, Para, Signature, Signatures, Title, Turn
from ocop_desktop.papers.state_paper import long_date

COLUMNS = (Column("TT", 10, "centre"), Column("Số giấy chứng nhận", 42, "centre"), Column("Tên sản phẩm", 50),
           Column("Chủ thể", 50), Column("Địa chỉ", 42), Column("Hạng", 14, "centre"), Column("Ngày nhận", 20, "centre"),
           Column("Họ tên người nhận", 34), Column("Ký nhận", 26))
ROOM = 30  # points of a line that is signed


@dataclass(frozen=True)
class HandedOver:
    """A certificate of the list."""

    number: str
    product: str
    producer: str
    address: str
    stars: int


@dataclass(frozen=True)
class Handover:
    """The list.

    Args:
        groups: (number and day of the decision, its certificates), as they are to be handed over.
    """

    body: str
    agency: str
    place: str
    year: int
    groups: tuple[tuple[tuple[str, dt.date], tuple[HandedOver, ...]], ...]

    @property
    def count(self) -> int:
        """Certificates on the list."""
        return sum(len(found) for _decision, found in self.groups)


def papers(made: Handover) -> tuple[Paper, ...]:
    """The list, across."""
    return (Paper("Danh sách giao nhận giấy chứng nhận", tuple(_blocks(made))),)


def _blocks(made: Handover) -> Iterator[Block]:
    yield Turn(wide=True)
    yield Letterhead(made.body, made.agency, place=made.place, year=made.year)
    decisions = [f"Quyết định số {number} {long_date(day)}" for (number, day), _found in made.groups]
    under = (f"(Theo {decisions[0]})",) if len(decisions) == 1 else ()
    yield Title("Danh sách giao nhận giấy chứng nhận sản phẩm OCOP", under)
    rows: list[tuple[str, ...]] = []
    for decision, (_known, found) in zip(decisions, made.groups, strict=True):
        if len(decisions) > 1:
            rows.append((f"{decision}: {len(found)} giấy chứng nhận",))
        rows += [(str(number), one.number, one.product, one.producer, one.address, f"{one.stars} sao", "", "", "")
                 for number, one in enumerate(found, 1)]
    yield Grid(COLUMNS, tuple(rows), 11, high=ROOM)
    yield Para(f"Danh sách có {made.count} giấy chứng nhận ({told(made)}). Người nhận kiểm tra tên sản phẩm, tên chủ thể, hạng "
               "sao trên giấy trước khi ký nhận.", "note")
    yield Signatures(Signature(("THỦ TRƯỞNG CƠ QUAN",), hint="(Ký, ghi rõ họ tên)"),
                     Signature(("NGƯỜI GIAO",), hint="(Ký, ghi rõ họ tên)"))


def told(made: Handover) -> str:
    """Certificates by stars: "1 giấy hạng 4 sao"."""
    stars = [one.stars for _decision, found in made.groups for one in found]
    return ", ".join(f"{stars.count(rank)} giấy hạng {rank} sao" for rank in sorted(set(stars), reverse=True))
