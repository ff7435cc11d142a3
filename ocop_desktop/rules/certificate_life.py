"""The life of a certificate: 36 months; when it is due for renewal, late, expired.

Source: Articles 4, 8, 9, 12 of Decision 26/2026/QĐ-TTg.
"""

from __future__ import annotations

import calendar
import datetime as dt
from functools import lru_cache
from typing import Literal

MONTHS_VALID = 36
RENEWAL_OPENS = 180  # days before the end: re-evaluation is filed from then on
RENEWAL_CLOSES = 120  # days before the end: until then
MOST_EXTENDED = 180  # days after the end, while a late renewal is being handled
REVOKED_WITHIN = 15  # days after the conclusion of the authority

State = Literal["valid", "due", "late", "extended", "expired", "revoked"]
IN_FORCE: frozenset[State] = frozenset(("valid", "due", "late", "extended"))


@lru_cache(maxsize=4096)  # a register has few days
def end_of(issued: dt.date, months: int = MONTHS_VALID) -> dt.date:
    """Last day of validity: the same day ``months`` later, or that month's last day where it has none (29 February)."""
    years, month = divmod(issued.month - 1 + months, 12)
    year = issued.year + years
    return dt.date(year, month + 1, min(issued.day, calendar.monthrange(year, month + 1)[1]))


def state_on(day: dt.date, ends: dt.date, revoked: dt.date | None = None, extended: dt.date | None = None) -> State:
    """State of a certificate on ``day``: revoked, expired (after its last day), extended, late, due, or valid.

    Args:
        ends: last day of the 36 months; revoked: day of revocation; extended: last day of the transitional extension.
    """
    if revoked is not None and revoked <= day:
        return "revoked"
    left = (ends - day).days
    if left < 0:
        return "extended" if extended is not None and day <= extended else "expired"
    if left < RENEWAL_CLOSES:
        return "late"
    return "due" if left <= RENEWAL_OPENS else "valid"


def latest_extension(ends: dt.date) -> dt.date:
    """The last day a certificate that ended on ``ends`` can be extended to (Article 12)."""
    return ends + dt.timedelta(days=MOST_EXTENDED)
