"""The table of rights refuses whatever it does not name; PINs and the waits after wrong ones."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop_desktop.errors import UserError
from ocop_desktop.rules import pins
from ocop_desktop.rules.rights import RIGHTS, ROLES, SCREENS, SEATS, may, may_see

KNOWN_RIGHTS = sorted({right for rights in RIGHTS.values() for right in rights})
NOON = dt.datetime(2026, 11, 24, 12)


@given(role=st.one_of(st.text(), st.sampled_from(sorted(ROLES))), right=st.one_of(st.text(), st.sampled_from(KNOWN_RIGHTS)),
       own=st.booleans())
def test_only_what_the_table_names_is_granted(role: str, right: str, own: bool) -> None:
    named = RIGHTS.get(role, {}).get(right)
    assert may(role, right, own) == (named == "all" or (named == "own" and own))
    if role not in ROLES or right not in KNOWN_RIGHTS:
        assert not may(role, right, own)


@given(role=st.one_of(st.text(), st.sampled_from(sorted(ROLES))), screen=st.text())
def test_a_screen_nobody_listed_is_refused(role: str, screen: str) -> None:
    assert may_see(role, screen) == (screen in SCREENS.get(role, ()))
    assert not may_see("", screen)


@given(right=st.one_of(st.text(), st.sampled_from(KNOWN_RIGHTS)), own=st.booleans())
def test_nobody_signed_in_has_no_right(right: str, own: bool) -> None:
    assert not may("", right, own)


def test_roles_and_screens_are_those_of_the_table() -> None:
    assert set(RIGHTS) == set(SCREENS) == set(ROLES)
    assert set(SEATS.values()) <= set(ROLES)
    for role in ("member", "advisory", "viewer"):
        assert not may(role, "finished_ballots", own=True) and not may(role, "conclude", own=True)
        assert not may(role, "work", own=True) and not may(role, "people", own=True)
    assert not may("chair", "finished_ballots")  # only of the sessions the chair chairs


@given(st.text(alphabet="0123456789", min_size=4, max_size=12))
def test_pins_of_digits_are_accepted_unless_easily_guessed(pin: str) -> None:
    steps = {int(b) - int(a) for a, b in pairwise(pin)}
    if steps in ({0}, {1}, {-1}):
        with pytest.raises(UserError, match="dễ đoán"):
            pins.check(pin)
    else:
        pins.check(pin)


@pytest.mark.parametrize("pin", ["", "123", "12a4", "٣٤٥٦", "1" * 13, "1234", "4321", "7777"])
def test_other_pins_are_refused(pin: str) -> None:
    with pytest.raises(UserError):
        pins.check(pin)


@given(st.integers(min_value=-3, max_value=10_000))
def test_waits_grow_and_end(wrong: int) -> None:
    assert 0 <= pins.wait_after(wrong) <= pins.wait_after(wrong + 1) <= pins.LONGEST_WAIT
    assert pins.wait_after(wrong) > 0 or wrong < 3


@given(wrong=st.integers(min_value=0, max_value=20), seconds=st.integers(min_value=-100_000, max_value=100_000))
def test_a_clock_set_back_does_not_shorten_the_wait(wrong: int, seconds: int) -> None:
    left = pins.still_to_wait(wrong, NOON, NOON + dt.timedelta(seconds=seconds))
    assert left == (pins.wait_after(wrong) if seconds < 0 else max(0, pins.wait_after(wrong) - seconds))
