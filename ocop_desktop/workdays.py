"""Vietnam's public holidays, Tết included, from a library that is kept up with the yearly announcements. Decided only here."""

from __future__ import annotations

import datetime as dt
from functools import cache


@cache
def public_holidays(year: int) -> frozenset[dt.date]:
    """Days off work of a year by the Labour Code (Article 112), with the days in lieu that the library knows."""
    from holidays.countries import Vietnam

    return frozenset(Vietnam(years=year))


def is_workday(day: dt.date) -> bool:
    """Whether offices work on ``day``: no Saturday, no Sunday, no public holiday."""
    return day.weekday() < 5 and day not in public_holidays(day.year)


def workdays_after(day: dt.date, count: int) -> dt.date:
    """The ``count``-th working day after ``day``, which itself does not count."""
    while count > 0:
        day += dt.timedelta(days=1)
        count -= is_workday(day)
    return day
