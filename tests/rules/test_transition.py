"""Article 12: which decision a dossier falls under, by its filing day and the day it is looked at."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop_desktop.rules import transition
from ocop_desktop.rules.rulebook import read_rulebook
from ocop_desktop.rules.transition import falls_under
from tests.rules.conftest import FOLDER

BOOKS = [read_rulebook(folder) for folder in sorted(FOLDER.parent.iterdir())]
BY_ID = {book.id: book for book in BOOKS}
NOW, BEFORE, FIRST = "26/2026/QĐ-TTg", "148/2023/QĐ-TTg", "1048/2019/QĐ-TTg"
START = BY_ID[NOW].in_force
LAST_ASSESSED, LAST_RECOGNISED = START + dt.timedelta(60), START + dt.timedelta(90)
days = st.dates(dt.date(2019, 1, 1), dt.date(2030, 12, 31))
kinds = st.sampled_from(["first", "upgrade", "reevaluation"])


@pytest.mark.parametrize(
    ("filed_on", "today", "expected", "kind", "deadline"),
    [
        (START, START, NOW, "in_force", None),
        (START - dt.timedelta(1), START - dt.timedelta(1), BEFORE, "in_force", None),
        (START - dt.timedelta(1), START, BEFORE, "finish", LAST_ASSESSED),
        (START - dt.timedelta(1), LAST_ASSESSED, BEFORE, "finish", LAST_ASSESSED),
        (START - dt.timedelta(1), LAST_ASSESSED + dt.timedelta(1), BEFORE, "recognise", LAST_ASSESSED),
        (START - dt.timedelta(1), LAST_RECOGNISED, BEFORE, "recognise", LAST_ASSESSED),
        (START - dt.timedelta(1), LAST_RECOGNISED + dt.timedelta(1), NOW, "too_late", None),
        (dt.date(2022, 5, 1), dt.date(2026, 11, 1), FIRST, "earlier", None),
        (dt.date(2018, 5, 1), dt.date(2018, 5, 2), FIRST, "in_force", None),
        (None, dt.date(2026, 11, 1), NOW, "not_filed", None),
        (None, dt.date(2024, 11, 1), BEFORE, "not_filed", None),
    ],
)
def test_cases(filed_on, today, expected, kind, deadline):
    ruling = falls_under(BOOKS, filed_on, "first", today)
    assert (ruling.rulebook, ruling.why.kind, ruling.deadline) == (expected, kind, deadline)
    assert expected in str(ruling.why)
    assert "{" not in str(ruling.why)


def test_the_sentence_says_both_limits_and_that_they_are_assumed():
    ruling = falls_under(BOOKS, dt.date(2026, 5, 1), "upgrade", dt.date(2026, 6, 1))
    assert "21/07/2026" in str(ruling.why)
    assert "20/08/2026" in str(ruling.why)
    assert ruling.note
    assert "Điều 12" in ruling.note.vi


def test_a_renewal_is_told_that_its_certificate_holds():
    assert "đến hết thời hạn" in str(falls_under(BOOKS, dt.date(2026, 9, 1), "reevaluation", dt.date(2026, 9, 2)).why)


@given(days, kinds, days)
def test_whoever_files_later_never_falls_under_an_earlier_decision(filed_on, kind, today):
    one = falls_under(BOOKS, filed_on, kind, today)
    other = falls_under(BOOKS, filed_on + dt.timedelta(1), kind, max(today, filed_on + dt.timedelta(1)))
    assert BY_ID[one.rulebook].in_force <= BY_ID[other.rulebook].in_force


@given(days, kinds, days, st.integers(0, 400))
def test_waiting_never_brings_back_an_earlier_decision(filed_on, kind, today, wait):
    one, later = (falls_under(BOOKS, filed_on, kind, day) for day in (today, today + dt.timedelta(wait)))
    assert BY_ID[one.rulebook].in_force <= BY_ID[later.rulebook].in_force


@given(days, kinds, days)
def test_a_ruling_is_in_force_or_has_a_deadline_ahead(filed_on, kind, today):
    ruling = falls_under(BOOKS, filed_on, kind, today)
    book = BY_ID[ruling.rulebook]
    assert ruling.why.values["law"] == book.decision
    if ruling.deadline:
        assert filed_on < START <= max(today, filed_on)
        assert today <= ruling.recognise_by
        assert (ruling.recognise_by - ruling.deadline).days == 30
    if filed_on >= START:
        assert book.id == NOW


@given(days, st.sampled_from(BOOKS))
def test_certificates_hold_for_their_own_months(issued, book):
    ends = transition.certificate_ends(book, issued)
    assert (ends.year - issued.year, ends.month) == (3, issued.month)


def test_the_order_of_rulebooks_does_not_matter_and_the_latest_version_counts():
    from dataclasses import replace

    second = replace(BY_ID[NOW], id=f"{NOW}#2")
    ruling = falls_under([second, *reversed(BOOKS)], dt.date(2026, 9, 1), "first", dt.date(2026, 9, 2))
    assert ruling.rulebook == f"{NOW}#2"
