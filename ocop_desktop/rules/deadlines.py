"""The clocks of the programme: rounds with their cut-off days, and what runs from a day on. Pure.

Source: Articles 5-9 and 12 of Decision 26/2026/QĐ-TTg.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ocop_desktop.rules.certificate_life import RENEWAL_CLOSES, RENEWAL_OPENS, REVOKED_WITHIN

COMMUNE_ANSWERS = 15  # working days after the commune received a dossier
REEVALUATION = 45  # days after a re-evaluation was received by the province

Level = Literal["provincial", "central"]


@dataclass(frozen=True)
class Round:
    """A round of assessment: dossiers proposed before ``proposed_before`` are ranked before ``ranked_before``.

    Args:
        name: "2026-1", "2026-2"; a central round is named after the year it ends in.
    """

    level: Level
    name: str
    proposed_before: dt.date
    ranked_before: dt.date


def rounds(year: int) -> tuple[Round, ...]:
    """The rounds that end in a year (Articles 6-7); offices may hold further ones."""

    def day(month: int, of_month: int) -> dt.date:
        return dt.date(year, month, of_month)

    return (
        Round("central", f"{year}-1", day(1, 30), day(3, 30)),
        Round("provincial", f"{year}-1", day(4, 30), day(6, 30)),
        Round("central", f"{year}-2", day(7, 30), day(9, 30)),
        Round("provincial", f"{year}-2", day(10, 30), day(12, 30)),
    )


def round_of(proposed_on: dt.date, level: Level = "provincial") -> Round:
    """The round a dossier proposed on a day falls into: the first whose cut-off day is later."""
    every: Iterator[Round] = (r for year in (proposed_on.year, proposed_on.year + 1) for r in rounds(year) if r.level == level)
    return next(r for r in every if proposed_on < r.proposed_before)


def renewal_window(ends: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day to file the re-evaluation of a certificate that ends on ``ends`` (Article 8)."""
    return ends - dt.timedelta(days=RENEWAL_OPENS), ends - dt.timedelta(days=RENEWAL_CLOSES)


def reevaluation_due(received_on: dt.date) -> dt.date:
    """Last day to finish a re-evaluation received on a day (Article 8)."""
    return received_on + dt.timedelta(days=REEVALUATION)


def revocation_due(concluded_on: dt.date) -> dt.date:
    """Last day to revoke after an authority's conclusion (Article 9)."""
    return concluded_on + dt.timedelta(days=REVOKED_WITHIN)
