"""What is missing for the next star: the conditions first, then the cheapest points. Pure and exact.

A step is an option of one criterion to reach: every ballot below it goes up to it, in its own case (set 26), except a ballot
that denies the story the criterion depends on. Following every step, the council's mean and the conditions, counted by the
same rules as a result (``scoring``), come to the next star.

Cheapest is, in this order: no criterion is raised further above its usual answer than it must be (one option, if one option
everywhere is enough), and as few criteria as possible are raised.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, combinations

from ocop_desktop.rules.ballot import Ballot, total
from ocop_desktop.rules.rulebook import NONE_APPLIES, CriteriaSet, Criterion, Option, Rulebook
from ocop_desktop.rules.scoring import Outcome, evaluate, gate_met
from ocop_desktop.rules.working_rules import WorkingRules

Targets = Mapping[str, Option]  # criterion code -> option to reach
Sheets = Sequence[Mapping[str, str]]  # choices of each ballot
Table = Sequence[Sequence[tuple[tuple[str, ...], Sequence[int]]]]  # by family: criteria raised together, points for each ballot


@dataclass(frozen=True)
class Step:
    """One thing to reach.

    Args:
        option: the answer every ballot is to give at least.
        gain: points the mean gains by it after the steps before it, exact; can be 0 for a condition.
        gate: whether it is a condition for the rank.
    """

    criterion: Criterion
    option: Option
    gain: Fraction
    gate: bool


@dataclass(frozen=True)
class Advice:
    """What to reach for ``stars``.

    Args:
        line: least mean for it; points_short: points missing, exact, 0 when only conditions are.
        steps: conditions first in the set's order, then points, the step that brings most first.
        enough: whether these steps together reach the rank; False only where the set's highest answers do not.
        fewest: no smaller number of steps for the points, none of them higher, is enough.
    """

    stars: int
    line: int
    points_short: Fraction
    steps: tuple[Step, ...]
    enough: bool
    fewest: bool = True

    @property
    def gates(self) -> tuple[Step, ...]:
        """The conditions among the steps."""
        return tuple(s for s in self.steps if s.gate)

    @property
    def points(self) -> tuple[Step, ...]:
        """The steps that are there for their points."""
        return tuple(s for s in self.steps if not s.gate)


def advise(book: Rulebook, rules: CriteriaSet, ballots: Sequence[Ballot], outcome: Outcome, working: WorkingRules,
           concluded: Mapping[str, int] | None = None) -> Advice | None:
    """What is missing for the next star (Articles 3-4 of Decision 26/2026/QĐ-TTg).

    Args:
        ballots, working, concluded: what ``outcome`` was evaluated from.

    Returns:
        The steps; None at the highest rank.
    """
    if outcome.next is None:
        return None
    stars, sheets = outcome.next.stars, [b.choices for b in ballots]
    gates = _gates(rules, ballots, working, concluded or {}, stars, outcome.next.gates)
    after = _raised(rules, sheets, gates)
    scales = _Scales(rules, working)
    need = book.line(stars) * scales.count(len(ballots)) - scales.sum(after)
    points, fewest = _points(rules, after, scales, need) if need > 0 else ({}, True)
    better = [Ballot(b.member, choices, b.exclusion) for b, choices in zip(ballots, _raised(rules, after, points), strict=True)]
    steps = (*_steps(rules, sheets, scales, gates, True), *_steps(rules, after, scales, points, False))
    enough = evaluate(book, rules, better, working, concluded).stars >= stars
    return Advice(stars, book.line(stars), outcome.next.points_short, steps, enough, fewest and enough)


def follow(rules: CriteriaSet, ballots: Sequence[Ballot], steps: Iterable[Step]) -> list[Ballot]:
    """The ballots as they would be after ``steps``."""
    sheets: Sheets = [b.choices for b in ballots]
    for step in steps:
        sheets = _raised(rules, sheets, {step.criterion.code: step.option})
    return [Ballot(b.member, choices, b.exclusion) for b, choices in zip(ballots, sheets, strict=True)]


def lifted(criterion: Criterion, choice: str, option: Option) -> str:
    """``choice`` brought up to ``option``: lower than neither, in height and in points; in its own case where that has one."""
    height, points = max(criterion.level(choice), option.level), max(criterion.points(choice), option.points)
    own = option.case if choice == NONE_APPLIES else criterion.by_choice[choice].case
    inside = sorted(criterion.options, key=lambda o: o.case != own)
    return next((o.choice for o in inside if o.level >= height and o.points >= points), choice)


def _raised(rules: CriteriaSet, sheets: Sheets, targets: Targets) -> list[dict[str, str]]:
    made = [dict(choices) for choices in sheets]
    for criterion in rules.criteria:  # a story stands before what depends on it
        if criterion.code not in targets:
            continue
        story = rules.by_code.get(criterion.story)
        for choices in made:
            if story is None or story.points(choices[story.code]) > 0:
                choices[criterion.code] = lifted(criterion, choices[criterion.code], targets[criterion.code])
    return made


# -- conditions ---------------------------------------------------------------------------------------------------------


def _gates(rules: CriteriaSet, ballots: Sequence[Ballot], working: WorkingRules, concluded: Mapping[str, int], stars: int,
           codes: Sequence[str]) -> dict[str, Option]:
    """The least answers to reach; a story is told first where its denial alone would keep a condition from being met."""
    targets: dict[str, Option] = {}
    sheets = [b.choices for b in ballots]
    for code in codes:
        criterion = rules.by_code[code]
        targets[code] = _least(criterion, sheets, criterion.gate(stars) or 0)
        while not _met(rules, ballots, working, concluded, code, stars, targets):
            told = _untold(rules, sheets, code, targets)
            if told is None:
                break
            targets[told.code] = next(o for o in told.options if o.points > 0)
    return targets


def _met(rules: CriteriaSet, ballots: Sequence[Ballot], working: WorkingRules, concluded: Mapping[str, int], code: str,
         stars: int, targets: Targets) -> bool:
    made = _raised(rules, [b.choices for b in ballots], targets)
    return gate_met(rules, [Ballot(b.member, choices) for b, choices in zip(ballots, made, strict=True)], working, code, stars,
                    concluded)


def _untold(rules: CriteriaSet, sheets: Sheets, code: str, targets: Targets) -> Criterion | None:
    """The first story behind ``code`` that some ballot still denies."""
    made, found = _raised(rules, sheets, targets), None
    story = rules.by_code.get(rules.by_code[code].story)
    while story is not None:
        if any(story.points(choices[story.code]) == 0 for choices in made) and any(o.points > 0 for o in story.options):
            found = story
        story = rules.by_code.get(story.story)
    return found


def _least(criterion: Criterion, sheets: Sheets, level: int) -> Option:
    """The lowest option for a condition, of the usual case where that is high enough."""
    case = _case(criterion, sheets)
    return min((o for o in criterion.options if o.level >= level), key=lambda o: (o.case != case, o.level))


# -- points -------------------------------------------------------------------------------------------------------------


class _Scales:
    """The sum of the totals that count, and the sums it can be: all ballots, or all but one highest and one lowest."""

    def __init__(self, rules: CriteriaSet, working: WorkingRules) -> None:
        self.rules, self._drops = rules, working.drop_extremes

    def count(self, ballots: int) -> int:
        """How many ballots count."""
        return ballots - 2 if self._drops and ballots >= 3 else ballots

    def sum(self, sheets: Sheets) -> int:
        """Sum of the counted totals."""
        totals = [total(self.rules, choices) for choices in sheets]
        return sum(totals) - (max(totals) + min(totals) if self.count(len(totals)) < len(totals) else 0)

    def views(self, ballots: int) -> list[list[tuple[int, ...]]]:
        """Ballots counted when some lowest and some highest one are left out: a list for each lowest, one entry per highest.

        The sum that counts is the largest over the lists of each list's smallest sum.
        """
        everyone = range(ballots)
        if self.count(ballots) == ballots:
            return [[tuple(everyone)]]
        return [[tuple(n for n in everyone if n not in (low, high)) for high in everyone if high != low] for low in everyone]


def _points(rules: CriteriaSet, sheets: Sheets, scales: _Scales, need: int) -> tuple[dict[str, Option], bool]:
    """Targets whose sum grows by ``need``, and whether fewer cannot; everything there is where nothing is enough."""
    start, targets, height = scales.sum(sheets), {}, 0
    for height in range(1, max((len(c.options) for c in rules.criteria), default=0) + 1):
        targets = _targets(rules, sheets, height)
        if scales.sum(_raised(rules, sheets, targets)) - start >= need:
            break
    else:
        return targets, False
    found, fewest = _fewest(rules, sheets, scales, targets, start + need)
    if height > 1:
        found = _lowered(rules, sheets, scales, found, start + need)
    for code in () if fewest else tuple(found):
        rest = {other: option for other, option in found.items() if other != code}
        if scales.sum(_raised(rules, sheets, rest)) >= start + need:
            found = rest
    return found, fewest


def _targets(rules: CriteriaSet, sheets: Sheets, height: int) -> dict[str, Option]:
    """In every criterion the option ``height`` above the usual answer, or its highest; the usual one where none is higher."""
    found = {}
    for criterion in rules.criteria:
        option = _above(criterion, sheets, height)
        if option is not None and any(_below(criterion, choices[criterion.code], option) for choices in sheets):
            found[criterion.code] = option
    return found


def _above(criterion: Criterion, sheets: Sheets, height: int) -> Option | None:
    usual = _usual(criterion, sheets)
    ladder = _ladder(criterion, sheets)
    return ladder[min(height, len(ladder)) - 1] if ladder else criterion.by_choice.get(usual)


def _ladder(criterion: Criterion, sheets: Sheets) -> list[Option]:
    """Options of the usual case worth more than the usual answer, each worth more than the one before."""
    worth, case, found = criterion.points(_usual(criterion, sheets)), _case(criterion, sheets), []
    for option in criterion.options:
        if option.case == case and option.points > worth:
            worth = option.points
            found.append(option)
    return found


def _below(criterion: Criterion, choice: str, option: Option) -> bool:
    return criterion.points(choice) < option.points


def _fewest(rules: CriteriaSet, sheets: Sheets, scales: _Scales, targets: Targets, line: int) -> tuple[dict[str, Option], bool]:
    """The smallest part of ``targets`` found that brings the sum to ``line``, and whether no smaller part does.

    Where every ballot counts, points add up, and the best so many steps are enough or none are: always the smallest. Where
    extremes are left out, the best steps under every choice of the two left out are tried, and the same sums tell what
    is out of reach.
    """
    table, start = _table(rules, sheets, targets), [total(rules, choices) for choices in sheets]
    views = [[_Best(table, start, counted) for counted in row] for row in scales.views(len(sheets))]
    for number in range(len(targets) + 1):
        for best in (best for row in views for best in row):
            codes = best.codes(number)
            if scales.sum(_raised(rules, sheets, {code: targets[code] for code in codes})) >= line:
                less = number > 0 and any(all(best.sum(number - 1) >= line for best in row) for row in views)
                return {code: targets[code] for code in codes}, not less
    return dict(targets), False


class _Best:
    """The steps that give most, by number of steps, when exactly ``counted`` ballots count.

    Points of criteria add up, except that of a story and what depends on it: such a family is tried in every combination.
    """

    def __init__(self, table: Table, start: Sequence[int], counted: Sequence[int]) -> None:
        self._start = sum(start[n] for n in counted)
        singles = []
        self._families: list[tuple[int, tuple[str, ...]]] = [(0, ())]  # by number of steps: gain, codes
        for combined in table:
            sums = [(sum(gains[n] for n in counted), codes) for codes, gains in combined]
            if len(combined) == 1:
                singles.append((sums[0][0], sums[0][1][0]))
            else:
                sizes = range(1, max(len(codes) for _gain, codes in sums) + 1)
                self._join([(0, ()), *(max((one for one in sums if len(one[1]) == n), key=lambda one: one[0]) for n in sizes)])
        self._singles = sorted(singles, key=lambda one: -one[0])
        self._sums = list(accumulate((gain for gain, _code in self._singles), initial=0))

    def _join(self, more: Sequence[tuple[int, tuple[str, ...]]]) -> None:
        size = len(self._families) + len(more) - 1
        self._families = [
            max(((self._families[a][0] + more[n - a][0], self._families[a][1] + more[n - a][1])
                 for a in range(len(self._families)) if 0 <= n - a < len(more)), key=lambda pair: pair[0])
            for n in range(size)]

    def _split(self, number: int) -> int:
        """How many of ``number`` steps to take in families."""
        fitting = [n for n in range(len(self._families)) if n <= number]
        return max(fitting, key=lambda n: self._families[n][0] + self._sums[min(number - n, len(self._singles))])

    def sum(self, number: int) -> int:
        """The highest sum with at most ``number`` steps."""
        inside = self._split(number)
        return self._start + self._families[inside][0] + self._sums[min(number - inside, len(self._singles))]

    def codes(self, number: int) -> tuple[str, ...]:
        """The criteria that give it."""
        inside = self._split(number)
        return (*self._families[inside][1], *(code for _gain, code in self._singles[:number - inside]))


def _families(rules: CriteriaSet) -> list[list[str]]:
    """Criteria by the story they go back to; each alone where there is none."""
    families: dict[str, list[str]] = {}
    for criterion in rules.criteria:
        root = criterion
        while root.story:
            root = rules.by_code[root.story]
        families.setdefault(root.code, []).append(criterion.code)
    return list(families.values())


def _table(rules: CriteriaSet, sheets: Sheets, targets: Targets) -> Table:
    """For each family every combination of its targets with the points it brings each ballot."""
    before = [total(rules, choices) for choices in sheets]
    found = []
    for family in _families(rules):
        known = [code for code in family if code in targets]
        combined = []
        for codes in (some for number in range(1, len(known) + 1) for some in combinations(known, number)):
            made = _raised(rules, sheets, {code: targets[code] for code in codes})
            combined.append((codes, [total(rules, choices) - old for choices, old in zip(made, before, strict=True)]))
        if combined:
            found.append(combined)
    return found


def _gain(rules: CriteriaSet, sheets: Sheets, targets: Targets, codes: Sequence[str]) -> int:
    made = _raised(rules, sheets, {code: targets[code] for code in codes})
    return sum(total(rules, choices) for choices in made) - sum(total(rules, choices) for choices in sheets)


def _lowered(rules: CriteriaSet, sheets: Sheets, scales: _Scales, targets: Mapping[str, Option], line: int) -> dict[str, Option]:
    """``targets`` of more than one option up, each as low as the others allow; what gives least is lowered first."""
    found = dict(targets)
    for code in sorted(found, key=lambda code: _gain(rules, sheets, targets, [code])):
        for option in _ladder(rules.by_code[code], sheets):
            if option.points >= found[code].points:
                break
            if scales.sum(_raised(rules, sheets, {**found, code: option})) >= line:
                found[code] = option
                break
    return found


# -- both ---------------------------------------------------------------------------------------------------------------


def _steps(rules: CriteriaSet, sheets: Sheets, scales: _Scales, targets: Targets, gate: bool) -> Iterator[Step]:
    """Targets in the order they are told, each with what it adds to the ones before."""
    before: Sheets = sheets
    for code in _order(rules, sheets, targets, gate):
        after = _raised(rules, before, {code: targets[code]})
        gain = Fraction(scales.sum(after) - scales.sum(before), scales.count(len(sheets)))
        yield Step(rules.by_code[code], targets[code], gain, gate)
        before = after


def _order(rules: CriteriaSet, sheets: Sheets, targets: Targets, gate: bool) -> list[str]:
    """Conditions as the set has them; points by what they give; a story always before what depends on it."""
    codes = [c.code for c in rules.criteria if c.code in targets]
    if gate:
        return codes
    found: list[str] = []
    for code in sorted(codes, key=lambda code: -_gain(rules, sheets, targets, _behind(rules, targets, code))):
        found += [c for c in _behind(rules, targets, code) if c not in found]
    return found


def _behind(rules: CriteriaSet, targets: Targets, code: str) -> list[str]:
    """``code`` after the stories behind it that are to be raised too."""
    found = [code]
    story = rules.by_code[code].story
    while story:
        if story in targets:
            found.insert(0, story)
        story = rules.by_code[story].story
    return found


def _usual(criterion: Criterion, sheets: Sheets) -> str:
    """The most frequent answer; of equally frequent ones the lowest."""
    found = Counter(choices[criterion.code] for choices in sheets)
    return min(found, key=lambda choice: (-found[choice], criterion.points(choice), choice))


def _case(criterion: Criterion, sheets: Sheets) -> str:
    """The case of the usual answer; where that is "none applies", the case most of the other ballots use."""
    used = Counter(criterion.by_choice[c[criterion.code]].case for c in sheets if c[criterion.code] != NONE_APPLIES)
    usual = _usual(criterion, sheets)
    if usual != NONE_APPLIES:
        return criterion.by_choice[usual].case
    return min(used, key=lambda case: (-used[case], case)) if used else criterion.options[0].case
