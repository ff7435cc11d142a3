"""What a state paper is made of, whatever it is written as: a list of blocks that ``state_pdf`` and ``state_word`` set.

The layout is that of Decree 30/2020/NĐ-CP, annex I. Papers are Vietnamese whatever the window speaks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ocop_desktop.papers.state_paper import long_date

Kind = Literal["body", "basis", "heading", "subheading", "item", "note", "centre", "address", "order", "seal"]
Align = Literal["left", "centre", "right"]


@dataclass(frozen=True)
class Letterhead:
    """The head of the first page.

    Args:
        above, own: the superior body and the one that issues the paper; they are set in capitals.
        number: of the paper ("Số: …/BB-HĐ"), or empty; about: a letter's "V/v ..." under it.
        place, day, year: at the right under the motto; with neither day nor year nothing stands there (minutes).
        when: place and day in words already, instead of them.
    """

    above: str
    own: str
    number: str = ""
    about: str = ""
    place: str = ""
    day: dt.date | None = None
    year: int = 0
    when: str = ""

    @property
    def dated(self) -> str:
        """``Lạng Sơn, ngày 05 tháng 02 năm 2026``; with only a year the day is left open."""
        if self.when:
            return self.when
        place = f"{self.place}, " if self.place else ""
        if self.day:
            return f"{place}{long_date(self.day)}"
        return f"{place}ngày …… tháng …… năm {self.year}" if self.year else ""


@dataclass(frozen=True)
class Title:
    """The paper's name in capitals and what it is about under it; ``ruled``: with the short rule under both."""

    name: str
    under: tuple[str, ...] = ()
    ruled: bool = True


@dataclass(frozen=True)
class Para:
    """A paragraph; ``lead`` stands in bold before it.

    A heading goes to the next page where fewer than ``room`` points are left.
    """

    words: str
    kind: Kind = "body"
    lead: str = ""
    room: float = 70


@dataclass(frozen=True)
class Column:
    """A column of a table: its head, its share of the width, how its cells are aligned."""

    head: str
    share: float
    align: Align = "left"


@dataclass(frozen=True)
class Grid:
    """A table whose head is repeated on every page.

    Args:
        rows: cells as words; a row of one cell goes across the whole table (a group).
        size: of the letters, in points; high: least height of a row, for what is filled in by hand.
        bold: numbers of columns whose cells are bold; tight: rows without room above and below.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    size: float = 11
    bold: tuple[int, ...] = ()
    high: float = 0
    tight: bool = False


@dataclass(frozen=True)
class Signature:
    """Lines above the seal ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH") and the name below it."""

    lines: tuple[str, ...]
    name: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Signatures:
    """The end of a paper: at the left recipients or a signature, at the right the signature. Never alone on a page."""

    right: Signature
    left: Signature | None = None
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True)
class Turn:
    """What follows stands on a new page: across (``wide``) or upright; ``fresh``: as a paper of its own, pages counted anew."""

    wide: bool = False
    fresh: bool = False


@dataclass(frozen=True)
class Mark:
    """A line of the outline: 0 is the paper, 1 a part of it."""

    title: str
    level: int = 1


@dataclass(frozen=True)
class Space:
    """Points of room."""

    points: float = 6


@dataclass(frozen=True)
class Dots:
    """Dotted lines to write on, as wide as the page; ``lead`` stands in bold at the beginning of the first one."""

    lines: int = 1
    lead: str = ""


Block = Letterhead | Title | Para | Grid | Signatures | Turn | Mark | Space | Dots


@dataclass(frozen=True)
class Paper:
    """One paper of its own page numbers; several make a batch with a line of the outline each."""

    title: str
    blocks: tuple[Block, ...]
    mark: str = ""

    @property
    def wide(self) -> bool:
        """Whether its first page stands across."""
        return bool(self.blocks) and self.blocks[0] == Turn(wide=True)


def capitals(name: str) -> tuple[str, ...]:
    """A body's name in capitals, the place it is of on a line of its own: "ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN".

    A field of a template ("{{ thu.CO_QUAN }}") stays as it stands.
    """
    whole = " ".join((name if "{{" in name else name.upper()).split())
    for place in (" TỈNH ", " THÀNH PHỐ ", " XÃ ", " PHƯỜNG ", " ĐẶC KHU "):
        before, found, after = whole.partition(place)
        if found and before == "ỦY BAN NHÂN DÂN":
            return before, found.strip() + " " + after
    return (whole,) if whole else ()


def numbered(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Rows with their running number in front."""
    return tuple((str(number), *row) for number, row in enumerate(rows, 1))


def dotted(words: str, length: int = 20) -> str:
    """Words, or a dotted line to write them on."""
    return words or "." * length
