"""Scoring against the law: known cases, an independent recount, and properties that hold for every ballot."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocop_desktop.errors import ProblemsFound
from ocop_desktop.rules.ballot import Ballot, missed_gates, settle, total, without_story
from ocop_desktop.rules.rulebook import read_rulebook
from ocop_desktop.rules.scoring import LINES, evaluate, shortage_shown, shown, stars_by_points
from ocop_desktop.rules.working_rules import WorkingRules
from tests.rules.conftest import FOLDER

BOOK = read_rulebook(FOLDER)
FIGURES = json.loads((Path(__file__).parents[1] / "fixtures" / "decision-26-2026-figures.json").read_text(encoding="utf-8"))[
    "sets"
]


def best(number):
    return {c.code: max(c.options, key=lambda o: o.points).choice for c in BOOK.set(number).criteria}


def scored(number, target):
    """Choices of set ``number`` adding up to ``target`` exactly, gates not looked at: lowered greedily from the best ballot."""
    rules = BOOK.set(number)
    choices = best(number)
    while total(rules, choices) > target:
        over = total(rules, choices) - target
        steps = [
            (c.points(choices[c.code]) - o.points, c.code, o.choice)
            for c in rules.criteria
            for o in c.options
            if not c.story and code_free(c)
        ]
        down = max(s for s in steps if 0 < s[0] <= over)
        choices[down[1]] = down[2]
    return choices


def code_free(criterion):
    return criterion.code != "5.1"


def test_the_published_result_sheet_is_three_stars():
    """Ten ballots 70,70,72,70,71,71,65,70,70,70: mean 69.9, printed as 70 and 4 stars; it is 3 stars."""
    totals = [70, 70, 72, 70, 71, 71, 65, 70, 70, 70]
    outcome = evaluate(BOOK, BOOK.set(11), [Ballot(f"Sở {i}", scored(11, t)) for i, t in enumerate(totals)], WorkingRules())
    assert outcome.mean == Fraction(699, 10)
    assert outcome.stars_by_points == 3
    assert shown(outcome.mean, 2) == "69.9"
    assert shortage_shown(70, outcome.mean, 2) == "0.1"
    assert outcome.next.stars == 4 or outcome.stars < 3


def test_full_marks_are_five_stars_everywhere():
    for number in range(1, 27):
        outcome = evaluate(BOOK, BOOK.set(number), [Ballot("a", best(number))], WorkingRules())
        assert (outcome.mean, outcome.stars, outcome.next) == (100, 5, None)
        assert dict(outcome.parts) == {"A": 40, "B": 25, "C": 35}


def test_a_missed_four_star_gate_makes_three_stars_of_ninety_points():
    rules = BOOK.set(11)
    choices = best(11) | {"2.3": "1"}
    outcome = evaluate(BOOK, rules, [Ballot("a", choices)], WorkingRules())
    assert outcome.stars_by_points == 5
    assert outcome.unmet[3] == ()
    assert outcome.unmet[4] == ("2.3",)
    assert outcome.stars == 3
    assert outcome.next.gates == ("2.3",)
    assert outcome.next.points_short == 0


def test_a_missed_three_star_gate_is_not_certifiable():
    choices = best(11) | {"2.3": "0"}
    outcome = evaluate(BOOK, BOOK.set(11), [Ballot("a", choices)], WorkingRules())
    assert outcome.stars == 2
    assert "2.3" in outcome.unmet[3]


@pytest.mark.parametrize(
    ("rule", "met", "of", "stars"),
    [("majority", 5, 9, 5), ("majority", 4, 8, 3), ("every", 8, 9, 3), ("every", 9, 9, 5), ("chair", 8, 9, 3)],
)
def test_gate_rules(rule, met, of, stars):
    low = best(11) | {"2.3": "1"}
    ballots = [Ballot(str(i), best(11) if i < met else low) for i in range(of)]
    outcome = evaluate(BOOK, BOOK.set(11), ballots, WorkingRules(gate_rule=rule))
    assert outcome.stars == stars
    assert outcome.split_gates == (() if met == of else ("2.3",))


def test_the_chair_concludes_a_split_gate_either_way():
    ballots = [Ballot("a", best(11)), Ballot("b", best(11) | {"2.3": "1"})]
    for rule in ("majority", "every", "chair"):
        yes = evaluate(BOOK, BOOK.set(11), ballots, WorkingRules(gate_rule=rule), {"2.3": 4})
        no = evaluate(BOOK, BOOK.set(11), ballots, WorkingRules(gate_rule=rule), {"2.3": 3})
        assert (yes.stars, no.stars) == (5, 3)


def test_a_conclusion_cannot_overrule_unanimous_ballots():
    low = best(11) | {"2.3": "1"}
    assert evaluate(BOOK, BOOK.set(11), [Ballot("a", low)], WorkingRules(), {"2.3": 5}).stars == 3


def test_spread_of_exactly_the_limit_is_allowed():
    a, b, c = (Ballot(m, scored(11, t)) for m, t in (("a", 80), ("b", 70), ("c", 69)))
    outcome = evaluate(BOOK, BOOK.set(11), [a, b, c], WorkingRules())
    assert outcome.spread_max == 11
    assert outcome.spread_over == (("a", "c", 11),)
    assert evaluate(BOOK, BOOK.set(11), [a, c], WorkingRules(spread=Fraction(11))).spread_over == ()
    assert evaluate(BOOK, BOOK.set(11), [a, b], WorkingRules(spread=Fraction(19, 2))).spread_over == (("a", "b", 10),)


def test_extremes_are_dropped_only_from_three_on():
    ballots = [Ballot(m, scored(11, t)) for m, t in (("a", 90), ("b", 71), ("c", 50), ("d", 70))]
    working = WorkingRules(drop_extremes=True)
    outcome = evaluate(BOOK, BOOK.set(11), ballots, working)
    assert outcome.mean == Fraction(141, 2)
    assert set(outcome.left_out) == {"a", "c"}
    assert sum(outcome.parts.values()) == outcome.mean
    assert evaluate(BOOK, BOOK.set(11), ballots[:2], working).mean == Fraction(161, 2)


def test_exclusion_needs_more_than_half():
    def outcome(raised, of):
        ballots = [Ballot(str(i), best(11), "giả mạo" if i < raised else None) for i in range(of)]
        return evaluate(BOOK, BOOK.set(11), ballots, WorkingRules())

    assert not outcome(2, 4).excluded
    assert outcome(3, 4).excluded
    assert outcome(3, 4).rank is None
    assert [e.member for e in outcome(1, 3).exclusions] == ["0"]


def test_set_16_stops_at_zero_sensory_points():
    zero = best(16) | {"6.2": "1", "6.3": "0"}
    outcome = evaluate(BOOK, BOOK.set(16), [Ballot("a", zero), Ballot("b", zero), Ballot("c", best(16))], WorkingRules())
    assert outcome.excluded
    assert [(e.member, e.criterion) for e in outcome.exclusions] == [("a", "6.2"), ("a", "6.3"), ("b", "6.2"), ("b", "6.3")]


def test_cases_of_set_26_differ_without_fault():
    mixed = best(26) | {"8": "a2", "9": "b2", "15": "b2"}
    outcome = evaluate(BOOK, BOOK.set(26), [Ballot("a", mixed)], WorkingRules())
    assert outcome.mixed_cases
    assert outcome.mean == 100
    assert not evaluate(BOOK, BOOK.set(26), [Ballot("a", best(26))], WorkingRules()).mixed_cases


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"9.9": "1"}, "unknown_criterion"),
        ({"1.1": "7"}, "unknown_option"),
        ({"1.1": "a1"}, "unknown_option"),
        ({"1.1": None}, "missing_answer"),
        ({"5.1": "1", "5.2": "2"}, "story_without_story"),
        ({"5.1": "0", "5.2": "1"}, "story_without_story"),
    ],
)
def test_wrong_ballots_are_refused_with_their_place(change, kind):
    choices = {k: v for k, v in (best(11) | change).items() if v is not None}
    with pytest.raises(ProblemsFound) as refused:
        evaluate(BOOK, BOOK.set(11), [Ballot("Sở Y tế", choices)], WorkingRules())
    assert {p.kind for p in refused.value.problems} == {kind}
    assert all(p.place.sheet == "Sở Y tế" and "Sở Y tế" in str(p) for p in refused.value.problems)


def test_no_ballots_and_two_of_one_member_are_refused():
    for ballots, kind in (([], "no_ballots"), ([Ballot("sở A", best(1)), Ballot("Sở A", best(1))], "member_twice")):
        with pytest.raises(ProblemsFound) as refused:
            evaluate(BOOK, BOOK.set(1), ballots, WorkingRules())
        assert [p.kind for p in refused.value.problems] == [kind]
    assert str(refused.value.problems[0]) == "Có hai phiếu cùng của Sở A."  # a name as it is written


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (Fraction(69996, 1000), 2, "69.99"),
        (Fraction(699, 10), 2, "69.9"),
        (Fraction(629, 9), 2, "69.89"),
        (Fraction(70), 2, "70"),
        (Fraction(69999999, 1000000), 3, "69.999"),
        (Fraction(899, 10), 0, "89"),
        (Fraction(295, 10), 0, "29"),
        (Fraction(205, 10), 0, "21"),
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(5, 1000), 2, "0.01"),
        (Fraction(100), 2, "100"),
        (Fraction(0), 2, "0"),
    ],
)
def test_shown(value, digits, expected):
    assert shown(value, digits) == expected


@st.composite
def ballots(draw, most=5):
    number = draw(st.integers(1, 26))
    rules = BOOK.set(number)
    found = []
    for i in range(draw(st.integers(1, most))):
        choices = {c.code: draw(st.sampled_from(["0", *c.by_choice])) for c in rules.criteria}
        found.append(Ballot(f"m{i}", settle(rules, choices), draw(st.sampled_from([None, None, "giả mạo"]))))
    return number, found


WORKING = st.builds(
    WorkingRules,
    gate_rule=st.sampled_from(["majority", "every", "chair"]),
    drop_extremes=st.booleans(),
    spread=st.fractions(0, 30, max_denominator=4),
    digits=st.integers(0, 4),
)


def recount(number, found, working):
    """An independent reading of the law from the bare figures."""
    figures = FIGURES[str(number)]
    sums = {
        b.member: sum(next((p for o, p, _ in figures[c]["options"] if o == x), 0) for c, x in b.choices.items()) for b in found
    }
    counted = sorted(sums.values())
    if working.drop_extremes and len(counted) >= 3:
        counted = counted[1:-1]
    mean = Fraction(sum(counted), len(counted))
    unmet = {}
    for s in (3, 4, 5):
        unmet[s] = []
        for code, row in figures.items():
            marked = [o for o, _, star in row["options"] if star is not None and star <= s]
            if not marked:
                continue
            order = ["0"] + [o for o, _, _ in row["options"]]
            yes = sum(order.index(b.choices[code]) >= order.index(marked[-1]) for b in found)
            if not {"majority": 2 * yes > len(found), "every": yes == len(found), "chair": yes == len(found)}[working.gate_rule]:
                unmet[s].append(code)
    by_points = next(s for s, line in ((5, 90), (4, 70), (3, 50), (2, 30), (1, 0)) if mean >= line)
    stars = next(s for s in (5, 4, 3, 2, 1) if s <= by_points and (s < 3 or not unmet[s]))
    return sums, mean, unmet, by_points, stars


@settings(max_examples=150, deadline=None)
@given(ballots(), WORKING)
def test_agrees_with_an_independent_recount(case, working):
    number, found = case
    outcome = evaluate(BOOK, BOOK.set(number), found, working)
    sums, mean, unmet, by_points, stars = recount(number, found, working)
    assert (dict(outcome.totals), outcome.mean, outcome.stars_by_points, outcome.stars) == (sums, mean, by_points, stars)
    assert {s: list(codes) for s, codes in outcome.unmet.items()} == unmet


@settings(max_examples=60, deadline=None)
@given(ballots(), WORKING, st.randoms())
def test_order_of_ballots_never_matters(case, working, random):
    number, found = case
    one = evaluate(BOOK, BOOK.set(number), found, working)
    random.shuffle(found)
    two = evaluate(BOOK, BOOK.set(number), found, working)
    for name in (
        "mean",
        "parts",
        "totals",
        "stars",
        "stars_by_points",
        "unmet",
        "split_gates",
        "spread_max",
        "excluded",
        "next",
        "near_line",
    ):
        assert getattr(one, name) == getattr(two, name)
    assert {(frozenset(p[:2]), p[2]) for p in one.spread_over} == {(frozenset(p[:2]), p[2]) for p in two.spread_over}


@settings(max_examples=100, deadline=None)
@given(ballots(most=3), WORKING, st.data())
def test_a_better_answer_never_unmeets_a_gate_nor_lowers_the_rank_by_points(case, working, data):
    number, found = case
    rules = BOOK.set(number)
    which = data.draw(st.integers(0, len(found) - 1))
    free = [c for c in rules.criteria if not c.cases and c.code not in without_story(rules, found[which].choices)]
    criterion = data.draw(st.sampled_from(free))
    level = criterion.level(found[which].choices[criterion.code])
    higher = [o.choice for o in criterion.options if o.level > level]
    if not higher:
        return
    better = list(found)
    better[which] = Ballot(
        found[which].member, settle(rules, {**found[which].choices, criterion.code: data.draw(st.sampled_from(higher))})
    )
    before, after = evaluate(BOOK, rules, found, working), evaluate(BOOK, rules, better, working)
    assert after.mean >= before.mean
    assert after.stars_by_points >= before.stars_by_points
    for s in (3, 4, 5):
        assert set(after.unmet[s]) <= set(before.unmet[s])
        assert set(missed_gates(rules, better[which].choices, s)) <= set(missed_gates(rules, found[which].choices, s))


@given(st.fractions(0, 100), st.fractions(0, 100))
def test_more_points_never_lower_the_rank(a, b):
    assert (stars_by_points(BOOK, a) <= stars_by_points(BOOK, b)) or a > b


@given(st.fractions(0, 100), st.integers(0, 6))
def test_the_shown_mean_never_shows_a_line_the_exact_mean_is_below(mean, digits):
    seen = Fraction(shown(mean, digits))
    for line in LINES:
        assert (seen >= line) == (mean >= line)
    assert abs(seen - mean) <= Fraction(1, 10**digits)


@given(st.fractions(0, 100), st.integers(0, 4))
def test_shown_mean_and_shown_shortage_give_the_line(mean, digits):
    for line in LINES:
        if mean < line:
            assert Fraction(shown(mean, digits)) + Fraction(shortage_shown(line, mean, digits)) == line
            assert shortage_shown(line, mean, digits) != "0"
        else:
            assert shortage_shown(line, mean, digits) == "0"
