"""Periods of reports: the one before, to compare with. Pure."""

from __future__ import annotations

import calendar
import datetime as dt


def previous(first: dt.date, last: dt.date, day: dt.date) -> tuple[dt.date, dt.date, dt.date]:
    """The period of the same length right before, and the day as far along it as ``day`` is along this one.

    Whole months stay whole months (2019-2022 comes after 2015-2018); other periods are counted in days.
    """
    before = first - dt.timedelta(days=1)
    if first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]:
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        return moved(first, -months), before, moved(day, -months)
    length = (last - first) + dt.timedelta(days=1)
    return first - length, before, day - length


def moved(day: dt.date, months: int) -> dt.date:
    """The same day so many months later or, below 0, earlier; the last day of a month stays one, as 29 February becomes 28."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    longest = calendar.monthrange(year, month + 1)[1]
    ends = day.day == calendar.monthrange(day.year, day.month)[1]
    return dt.date(year, month + 1, longest if ends else min(day.day, longest))
