"""What waits for the clerk today, counted from the register; and where the data lies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ocop_desktop.actions import outside
from ocop_desktop.actions.outside import OutsideCopy
from ocop_desktop.data import backup, settings
from ocop_desktop.data import home as rows
from ocop_desktop.data.backup import Backup
from ocop_desktop.data.home import InForce

if TYPE_CHECKING:
    from ocop_desktop.data.file import Database

YEARS = 6
# Articles 5-7: dossiers proposed before the 30th are ranked in the first or second round of the year; the last days for it.
FILING_DAYS = ((4, 29), (10, 29))


@dataclass(frozen=True)
class Meeting:
    """A session not closed yet; ``untouched`` of its ``dossiers`` have no ballot."""

    id: int
    code: str
    name: str
    held_on: dt.date
    open: bool
    dossiers: int
    untouched: int


@dataclass(frozen=True)
class Undecided:
    """A session with closed results of 3 and 4 stars that wait for the province's decision."""

    session_id: int
    session: str
    count: int


@dataclass(frozen=True)
class LastImport:
    """The spreadsheet accepted last; ``counts``: rows by what became of them."""

    id: int
    file_name: str
    imported_at: dt.datetime
    counts: Mapping[str, Any]


@dataclass(frozen=True)
class Year:
    """Products recognised in one year, by stars."""

    year: int
    three: int = 0
    four: int = 0
    five: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.three + self.four + self.five


@dataclass(frozen=True)
class Overview:
    """The first screen.

    Args:
        on: the day it is told for.
        empty: nothing was entered yet.
        in_force: certificates valid on the day by stars, due for renewal, late.
        round, in_round: the round dossiers come into now, and how many it has.
        drafts: incomplete dossiers.
        filing_day: until then communes send dossiers for the next round; already past for ``drafts`` when before ``on``.
        meetings: sessions not closed, by date.
        years: the last six, the oldest first.
        backup: the newest one beside the data; outside: the last copy on another disk.
    """

    on: dt.date
    province: str
    empty: bool
    in_force: InForce
    round: str
    in_round: int
    drafts: int
    filing_day: dt.date
    meetings: tuple[Meeting, ...]
    undecided: tuple[Undecided, ...]
    last_import: LastImport | None
    years: tuple[Year, ...]
    backup: Backup | None
    outside: OutsideCopy | None

    @property
    def today(self) -> Meeting | None:
        """The session to open now: one held on the day, else the first that is open already."""
        held = [m for m in self.meetings if m.held_on == self.on]
        return next(iter([*held, *(m for m in self.meetings if m.open)]), None)


def overview(database: Database, on: dt.date) -> Overview:
    """Count everything the first screen says. The open file is asked itself, not a session: SQLAlchemy is not read yet.

    Args:
        on: the day to tell it for.

    Returns:
        counts of certificates as ``rules.certificate_life.state_on`` tells their states (Articles 4, 8, 9).
    """
    first = on.year - YEARS + 1
    with database.reading() as reading:
        recognised, last = rows.by_year(reading, first, on), rows.last_import(reading)
        last_round = rows.newest_round(reading, on.year)
        return Overview(
            on=on, province=settings.read_setting(reading, settings.OFFICE, {}).get("province_name", ""),
            empty=rows.is_empty(reading), in_force=rows.in_force(reading, on), round=last_round,
            in_round=rows.count_round(reading, last_round) if last_round else 0,
            drafts=rows.count_drafts(reading), filing_day=filing_day(on),
            meetings=tuple(Meeting(m[0], m[1], m[2], m[3], m[4] == "open", m[5], m[6]) for m in rows.meetings(reading)),
            undecided=tuple(Undecided(*found) for found in rows.undecided(reading)), last_import=last and LastImport(*last),
            years=tuple(Year(y, *(recognised.get((y, stars), 0) for stars in (3, 4, 5))) for y in range(first, on.year + 1)),
            backup=next(iter(backup.list_backups(database.path)), None),
            outside=outside.copy_of(settings.read_setting(reading, outside.LAST)))


def filing_day(on: dt.date) -> dt.date:
    """The day until which dossiers are proposed for the round that ``on`` falls into; after the last one of a year it is past."""
    days = [dt.date(on.year, month, day) for month, day in FILING_DAYS]
    return next((day for day in days if on <= day), days[-1])
