"""Rounds, cut-off days and clocks."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from ocop_desktop.rules.certificate_life import end_of, state_on
from ocop_desktop.rules.deadlines import reevaluation_due, renewal_window, revocation_due, round_of, rounds
from ocop_desktop.workdays import is_workday, workdays_after

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))


def test_the_rounds_of_a_year() -> None:
    told = {(r.level, r.name): (r.proposed_before, r.ranked_before) for r in rounds(2026)}
    assert told == {
        ("provincial", "2026-1"): (dt.date(2026, 4, 30), dt.date(2026, 6, 30)),
        ("provincial", "2026-2"): (dt.date(2026, 10, 30), dt.date(2026, 12, 30)),
        ("central", "2026-1"): (dt.date(2026, 1, 30), dt.date(2026, 3, 30)),
        ("central", "2026-2"): (dt.date(2026, 7, 30), dt.date(2026, 9, 30)),
    }


def test_a_dossier_of_the_cut_off_day_is_in_the_next_round() -> None:
    assert round_of(dt.date(2026, 4, 29)).name == "2026-1"
    assert round_of(dt.date(2026, 4, 30)).name == "2026-2"
    assert round_of(dt.date(2026, 11, 24)).name == "2027-1"
    assert round_of(dt.date(2026, 7, 30), "central").name == "2027-1"


@given(DAYS)
def test_a_round_is_never_over_when_a_dossier_is_proposed(day: dt.date) -> None:
    for level in ("provincial", "central"):
        found = round_of(day, level)
        assert day < found.proposed_before < found.ranked_before


@given(DAYS)
def test_the_renewal_window_is_the_state_due(issued: dt.date) -> None:
    ends = end_of(issued)
    opens, closes = renewal_window(ends)
    one = dt.timedelta(days=1)
    states = [state_on(day, ends) for day in (opens - one, opens, closes, closes + one)]
    assert states == ["valid", "due", "due", "late"]


def test_clocks_in_days() -> None:
    assert reevaluation_due(dt.date(2026, 1, 1)) == dt.date(2026, 2, 15)
    assert revocation_due(dt.date(2026, 2, 20)) == dt.date(2026, 3, 7)


def test_fifteen_working_days_over_tet() -> None:
    """Tết 2026: 16-20 February are days off, 14-15 and 21-22 a weekend."""
    assert workdays_after(dt.date(2026, 2, 13), 1) == dt.date(2026, 2, 23)
    assert workdays_after(dt.date(2026, 2, 9), 15) == dt.date(2026, 3, 9)


@given(DAYS, st.integers(1, 40))
def test_working_days_count_working_days(day: dt.date, count: int) -> None:
    end = workdays_after(day, count)
    between = [day + dt.timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert is_workday(end)
    assert sum(map(is_workday, between)) == count
