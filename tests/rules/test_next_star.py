"""What is missing for the next star, against brute force on small invented sets and against the law's own sets."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ocop_desktop.rules.ballot import Ballot, settle
from ocop_desktop.rules.next_star import advise, follow
from ocop_desktop.rules.rulebook import CriteriaSet, Criterion, Option, Rulebook, Words, read_rulebook
from ocop_desktop.rules.scoring import evaluate
from ocop_desktop.rules.working_rules import GATE_RULES, WorkingRules
from tests.rules.conftest import FOLDER

LAW = read_rulebook(FOLDER)
W = Words("x")
SMALL = settings(deadline=None, suppress_health_check=list(HealthCheck))


def criterion(code, points, marks=(), story="", cases=False):
    """Options of these points in their order; ``marks``: position -> star; two equal cases where asked."""
    sides = (("a", "b") if cases else ("",))
    options = tuple(Option(f"{side}{n}", n, p, dict(marks).get(n), W, side) for side in sides for n, p in enumerate(points, 1))
    return Criterion(code, "A", "", max(points), W, options, story=story, cases=tuple((s, W) for s in sides if s))


def made_set(*criteria):
    return CriteriaSet(1, W, "I", W, W, None, (), 0, "", (), (), tuple(criteria))


def book(lines):
    return Rulebook("x", None, None, dict(zip((1, 2, 3, 4, 5), lines, strict=True)), {"A": W}, {"A": 100}, 36, ())


@st.composite
def invented(draw, most_ballots=4):
    """A set of up to five criteria (a story and what depends on it, cases, gates), a few ballots, rank lines, working rules."""
    count = draw(st.integers(2, 5))
    story = draw(st.booleans())
    made = []
    for n in range(count):
        points = sorted(draw(st.lists(st.integers(0, 5), min_size=2, max_size=3)))
        stars = sorted(draw(st.sets(st.sampled_from((3, 4, 5)), max_size=2)))
        places = sorted(draw(st.sets(st.integers(1, len(points)), min_size=len(stars), max_size=len(stars)))) if stars else []
        follows = story and n == 1 and made[0].max > 0
        made.append(criterion(str(n + 1), points, zip(places, stars, strict=True), "1" if follows else "",
                              not follows and n == 2 and draw(st.booleans())))
    rules = made_set(*made)
    ballots = [Ballot(f"m{i}", settle(rules, {c.code: draw(st.sampled_from(["0", *c.by_choice])) for c in made}))
               for i in range(draw(st.integers(1, most_ballots)))]
    highest = sum(c.max for c in made)
    assume(highest >= 4)
    lines = [0, *sorted(draw(st.sets(st.integers(1, highest), min_size=4, max_size=4)))]
    working = WorkingRules(gate_rule=draw(st.sampled_from(GATE_RULES)), drop_extremes=draw(st.booleans()))
    return book(lines), rules, ballots, working


def brought_up(rules, ballots, wanted):
    """The plain meaning of a step, written again: ballots below an option go up to it, in their own case; no story, no step."""
    made = []
    for ballot in ballots:
        choices = dict(ballot.choices)
        for c in rules.criteria:
            if c.code not in wanted or (c.story and rules.by_code[c.story].points(choices[c.story]) == 0):
                continue
            option, mine = wanted[c.code], choices[c.code]
            if c.level(mine) < option.level or c.points(mine) < option.points:
                side = option.case if mine == "0" else c.by_choice[mine].case
                choices[c.code] = f"{side}{max(option.level, c.level(mine))}"
        made.append(Ballot(ballot.member, choices))
    return made


def reaches(case, wanted, stars):
    law, rules, ballots, working = case
    return evaluate(law, rules, brought_up(rules, ballots, wanted), working).stars >= stars


def every(rules, ballots):
    return {c.code: max(c.options, key=lambda o: (o.points, o.level)) for c in rules.criteria}


@SMALL
@given(invented(6))
def test_the_steps_reach_the_star_whenever_the_highest_answers_do(case):
    law, rules, ballots, working = case
    outcome = evaluate(law, rules, ballots, working)
    found = advise(law, rules, ballots, outcome, working)
    assert (found is None) == (outcome.next is None)
    if found is None:
        return
    assert found.enough == reaches(case, every(rules, ballots), found.stars)
    better = follow(rules, ballots, found.steps)
    after = evaluate(law, rules, better, working)
    assert found.enough == (after.stars >= found.stars)
    assert after.mean - outcome.mean == sum((s.gain for s in found.steps), Fraction(0))
    assert all(s.gain > 0 for s in found.points) or working.drop_extremes
    seen = [s.criterion.code for s in found.points]
    assert len(seen) == len(set(seen))
    assert all(s.criterion.story not in seen[seen.index(s.criterion.code):] for s in found.points)


@SMALL
@given(invented(6))
def test_a_conclusion_of_the_chair_is_kept_to(case):
    law, rules, ballots, working = case
    split = evaluate(law, rules, ballots, working).split_gates
    held = dict(zip(split, (3, 0, 4, 5), strict=False))
    found = advise(law, rules, ballots, evaluate(law, rules, ballots, working, held), working, held)
    if found is not None and found.enough:
        assert evaluate(law, rules, follow(rules, ballots, found.steps), working, held).stars >= found.stars


@SMALL
@given(invented(5))
def test_the_conditions_listed_are_exactly_those_needed(case):
    """Whatever else is raised: without any one of the criteria listed, or with a lower option of it, a condition stays unmet."""
    law, rules, ballots, working = case
    outcome = evaluate(law, rules, ballots, working)
    found = advise(law, rules, ballots, outcome, working)
    if found is None:
        return
    listed = {s.criterion.code: s.option for s in found.gates}

    def met(wanted):
        return not evaluate(law, rules, brought_up(rules, ballots, wanted), working).unmet.get(found.stars)

    assert met(listed)
    top = every(rules, ballots)
    for code, option in listed.items():
        assert not met({other: top[other] for other in top if other != code})  # without this criterion nothing helps
        lower = [o for o in rules.by_code[code].options if o.case == option.case and o.level < option.level]
        assert all(not met({**top, code: o}) for o in lower)  # and no lower option of it does


def one_up(rules, ballots):
    """Single steps, found anew: the next option worth more than the usual answer (of equally frequent ones the lowest)."""
    wanted = {}
    for c in rules.criteria:
        mine = [b.choices[c.code] for b in ballots]
        usual = min(set(mine), key=lambda m: (-mine.count(m), c.points(m), m))
        inside = [m for m in mine if m != "0"]
        side = c.by_choice[usual].case if usual != "0" else min(
            {c.by_choice[m].case for m in inside},
            key=lambda s: (-sum(c.by_choice[m].case == s for m in inside), s), default=c.options[0].case)
        higher = [o for o in c.options if o.case == side and o.points > c.points(usual)]
        option = higher[0] if higher else c.by_choice.get(usual)
        if option is not None:
            wanted[c.code] = option
    return wanted


@SMALL
@given(invented(6))
def test_no_smaller_number_of_single_steps_is_enough(case):
    law, rules, ballots, working = case
    outcome = evaluate(law, rules, ballots, working)
    found = advise(law, rules, ballots, outcome, working)
    if found is None or not found.enough:
        return
    ready = follow(rules, ballots, found.gates)
    single = one_up(rules, ready)
    if not reaches((law, rules, ready, working), single, found.stars):
        return  # one step everywhere is not enough: more than one is needed somewhere
    assert all(s.option.points <= single[s.criterion.code].points for s in found.points)
    enough = [sum(take) for take in product((0, 1), repeat=len(single))
              if reaches((law, rules, ready, working), {c: o for (c, o), on in zip(single.items(), take, strict=True) if on},
                         found.stars)]
    if found.fewest:
        assert len(found.points) == min(enough)
    else:
        assert working.drop_extremes and len(ballots) >= 3 and len(found.points) >= min(enough)


@SMALL
@given(invented(3))
def test_no_step_is_higher_than_it_must_be(case):
    """Where single steps are not enough: no lower height is, no smaller number at that height is, no step can be lowered."""
    law, rules, ballots, working = case
    found = advise(law, rules, ballots, evaluate(law, rules, ballots, working), working)
    if found is None or not found.enough or not found.points:
        return
    wanted = {s.criterion.code: s.option for s in found.points}
    ready = (law, rules, follow(rules, ballots, found.gates), working)
    assert reaches(ready, wanted, found.stars)
    for code in wanted:
        assert not reaches(ready, {c: o for c, o in wanted.items() if c != code}, found.stars)


def test_a_denied_story_is_told_when_what_depends_on_it_is_worth_it():
    """Two small steps beat three: the story (1 point) opens its structure (4 points); the others give 2 each."""
    rules = made_set(criterion("1", (0, 1)), criterion("2", (0, 4), story="1"), *(criterion(str(n), (0, 2)) for n in (3, 4, 5)))
    law, ballots = book((0, 5, 8, 10, 11)), [Ballot("a", dict.fromkeys("12345", "1"))]
    ballots[0].choices["2"] = "0"
    found = advise(law, rules, ballots, evaluate(law, rules, ballots, WorkingRules()), WorkingRules())
    assert [s.criterion.code for s in found.steps] == ["1", "2"] and found.enough and found.fewest
    assert [s.gain for s in found.steps] == [1, 4]


def test_a_majority_that_grants_the_story_needs_no_other_story():
    """The condition on what depends on the story is met by the two of three that grant it; every ballot needs the story told."""
    rules = made_set(criterion("1", (0, 9)), criterion("2", (0, 2), ((2, 3),), story="1"))
    ballots = [Ballot("a", {"1": "2", "2": "1"}), Ballot("b", {"1": "2", "2": "1"}), Ballot("c", {"1": "1", "2": "0"})]
    law = book((0, 1, 2, 8, 11))
    for rule, codes in (("majority", ["2"]), ("every", ["1", "2"]), ("chair", ["1", "2"])):
        working = WorkingRules(gate_rule=rule)
        found = advise(law, rules, ballots, evaluate(law, rules, ballots, working), working)
        assert [s.criterion.code for s in found.gates] == codes and found.enough


def test_steps_stay_in_the_case_of_each_ballot():
    rules = made_set(criterion("8", (1, 3), cases=True), criterion("9", (0, 1)))
    law = book((0, 1, 2, 3, 4))
    ballots = [Ballot("a", {"8": "a1", "9": "1"}), Ballot("b", {"8": "b1", "9": "1"}), Ballot("c", {"8": "b1", "9": "1"})]
    found = advise(law, rules, ballots, evaluate(law, rules, ballots, WorkingRules()), WorkingRules())
    assert [(s.criterion.code, s.option.choice) for s in found.steps] in ([("9", "2")], [("8", "b2")])
    assert [b.choices["8"] for b in follow(rules, ballots, [s for s in found.steps if s.criterion.code == "8"])] in (
        ["a2", "b2", "b2"], ["a1", "b1", "b1"])


@pytest.mark.parametrize("number", range(1, 27))
@settings(max_examples=settings.default.max_examples // 16, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_sets_of_the_law(number, data):
    """Whole councils on every set of the decision: the steps reach the next star; the full mark is always enough."""
    rules = LAW.set(number)
    size = data.draw(st.integers(1, 9))
    low = {c.code: data.draw(st.sampled_from(["0", *c.by_choice])) for c in rules.criteria}
    ballots = []
    for member in range(size):
        own = {c.code: data.draw(st.sampled_from(["0", *c.by_choice])) if data.draw(st.integers(0, 4)) == 0 else low[c.code]
               for c in rules.criteria}
        ballots.append(Ballot(str(member), settle(rules, own)))
    working = WorkingRules(gate_rule=data.draw(st.sampled_from(GATE_RULES)), drop_extremes=data.draw(st.booleans()))
    outcome = evaluate(LAW, rules, ballots, working)
    found = advise(LAW, rules, ballots, outcome, working)
    if found is not None:
        assert found.enough and evaluate(LAW, rules, follow(rules, ballots, found.steps), working).stars >= found.stars
        assert tuple(s.criterion.code for s in found.gates if s.criterion.code in outcome.next.gates) == outcome.next.gates
