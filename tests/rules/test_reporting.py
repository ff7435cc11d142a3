"""The period before: as long, right before, and back again."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop_desktop.rules.reporting import moved, previous
from ocop_desktop.rules.targets import Measured

DAYS = st.dates(dt.date(2010, 1, 1), dt.date(2100, 12, 31))


@pytest.mark.parametrize(("now", "before"), [
    (("2019-01-01", "2022-12-31", "2023-06-02"), ("2015-01-01", "2018-12-31", "2019-06-02")),
    (("2024-02-01", "2024-02-29", "2024-02-29"), ("2024-01-01", "2024-01-31", "2024-01-31")),
    (("2026-01-01", "2026-06-30", "2026-06-30"), ("2025-07-01", "2025-12-31", "2025-12-31")),
    (("2026-03-02", "2026-03-31", "2026-03-31"), ("2026-01-31", "2026-03-01", "2026-03-01")),
])
def test_whole_months_stay_whole_months(now, before):
    assert previous(*map(dt.date.fromisoformat, now)) == tuple(map(dt.date.fromisoformat, before))


@given(DAYS, st.integers(0, 3000), st.integers(0, 3000))
def test_it_ends_the_day_before_and_its_day_is_as_far_along(first: dt.date, long: int, further: int):
    last, day = first + dt.timedelta(days=long), first + dt.timedelta(days=further)
    was_first, was_last, was_day = previous(first, last, day)
    assert was_last + dt.timedelta(days=1) == first
    assert abs((was_last - was_first) - (last - first)) <= dt.timedelta(days=3 + long // 300)
    assert was_day < day


@given(DAYS, st.integers(-500, 500))
def test_months_ahead_and_back_keep_the_month(day: dt.date, months: int):
    there = moved(day, months)
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == months
    assert abs((moved(there, -months) - day).days) <= 3


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_share_is_never_shown_as_the_whole_per_cent_it_misses(part: int, whole: int):
    measured = Measured("share", min(part, whole), whole)
    assert measured.cut // 1 == measured.value // 1
    assert abs(measured.cut - measured.value) < 1
