"""Who was there for which dossier: an annex of the minutes across, its head repeated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ocop_desktop.papers.blocks import Block, Column, Grid, Mark, Para, Title, Turn

HERE, AWAY, RECUSED, AUDITING = "x", "V", "KC", "–"


@dataclass(frozen=True)
class PresenceTable:
    """Dossiers against members.

    Args:
        members: short names; rows: (place on the agenda, product, one mark per member, quorum as "8/9").
    """

    session: str
    members: tuple[str, ...]
    rows: tuple[tuple[int, str, tuple[str, ...], str], ...]


def presence_annex(table: PresenceTable, title: str) -> Iterator[Block]:
    """The table with its legend."""
    yield Turn(wide=True)
    yield Mark(f"{title}. Có mặt theo hồ sơ")
    yield Title(title, (f"Thành viên có mặt theo từng hồ sơ, {table.session}",), ruled=False)
    share = 150 / max(len(table.members), 8)
    columns = (Column("TT", 9, "centre"), Column("Hồ sơ", 78), *(Column(m, share, "centre") for m in table.members),
               Column("Có mặt", 17, "centre"))
    yield Grid(columns, tuple((str(place), product, *marks, met) for place, product, marks, met in table.rows), 10)
    yield Para(f"{HERE}: có mặt; {AWAY}: vắng; {RECUSED}: không chấm hồ sơ này; {AUDITING}: có trong Hội đồng, không chấm điểm. "
               "Cột cuối: số thành viên chấm điểm có mặt trên tổng số, không tính người không chấm.", "note")
