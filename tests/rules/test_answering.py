"""An unfinished ballot: what an answer changes, what the answers so far come to."""

from __future__ import annotations

import pytest

from ocop_desktop.actions import rulebooks
from ocop_desktop.rules import answering
from ocop_desktop.rules.ballot import settle

LAW = "26/2026/QĐ-TTg"
BOOK, TEA = rulebooks.rulebook(LAW), rulebooks.criteria(LAW, 11)
BEST = {c.code: c.options[-1].choice for c in TEA.criteria}


def test_nothing_answered() -> None:
    sums = answering.so_far(BOOK, TEA, {})
    assert (sums.total, sums.stars, sums.aim, sums.missed, len(sums.open)) == (0, 1, 3, {}, 32)


def test_everything_at_its_best() -> None:
    sums = answering.so_far(BOOK, TEA, BEST)
    assert (sums.total, sums.stars, sums.aim, sums.missed, sums.open) == (100, 5, 5, {}, ())
    assert sums.parts == {"A": 40, "B": 25, "C": 35}


@pytest.mark.parametrize(("answers", "aim", "missed"), [
    ({"1.1": "1"}, 3, {"1.1": 3}),
    ({"2.3": "2"}, 4, {"2.3": 4}),
    ({"1.5": "3"}, 5, {"1.5": 5}),
    ({"1.5": "2", "2.3": "1"}, 4, {"1.5": 4, "2.3": 4}),
    ({"1.1": "1", "1.5": "2"}, 3, {"1.1": 3}),
])
def test_missed_gates_of_the_rank_aimed_at(answers: dict[str, str], aim: int, missed: dict[str, int]) -> None:
    sums = answering.so_far(BOOK, TEA, {**BEST, **answers})
    assert (sums.aim, dict(sums.missed)) == (aim, missed)


def test_an_open_criterion_is_not_held_to_miss_its_gate() -> None:
    answers = {code: choice for code, choice in BEST.items() if code != "1.1"}
    assert answering.so_far(BOOK, TEA, answers).missed == {}
    assert answering.so_far(BOOK, TEA, answers).open == ("1.1",)


def test_effects_and_settling_agree() -> None:
    for choice in ("0", "1", "2", "5"):
        changed = answering.effects(TEA, BEST, "5.1", choice)
        assert answering.apply(BEST, changed) == settle(TEA, {**BEST, "5.1": choice})
    without = settle(TEA, {**BEST, "5.1": "0"})
    assert answering.effects(TEA, without, "5.1", "3") == {"5.1": "3", "5.2": None}
    assert answering.effects(TEA, without, "5.1", None) == {"5.1": None, "5.2": None}
    assert answering.effects(TEA, without, "1.1", "2") == {"1.1": "2"}
