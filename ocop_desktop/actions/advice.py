"""What is missing for the next star: the gates first, then the cheapest points. Producers come for exactly this."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ocop_desktop import text
from ocop_desktop.rules.ballot import Ballot
from ocop_desktop.rules.rulebook import NONE_APPLIES, CriteriaSet, Criterion, Option, Rulebook
from ocop_desktop.rules.scoring import Outcome
from ocop_desktop.text import _


@dataclass(frozen=True)
class Step:
    """One thing to reach.

    Args:
        option: the answer to reach in every ballot.
        gain: points the mean gains by it, exact; can be 0 for a condition.
        gate: whether it is a condition for the rank.
    """

    criterion: Criterion
    option: Option
    gain: Fraction
    gate: bool

    def sentence(self, digits: int = 2) -> str:
        """The step in the language in force: criterion, what to reach, what it brings."""
        spoken = text.language()
        places = {"code": self.criterion.code, "name": self.criterion.name.said(spoken), "option": self.option.label.said(spoken),
                  "gain": text.points(self.gain, digits)}
        if self.gate:
            return _("{code} {name}: {option} (+{gain}, điều kiện)", **places)
        return _("{code} {name}: {option} (+{gain})", **places)


@dataclass(frozen=True)
class Advice:
    """What to reach for ``stars``.

    Args:
        points_short: points missing, exact; 0 when only conditions are.
        steps: conditions first in the set's order, then points, the best step first.
        enough: whether these steps together reach the line.
    """

    stars: int
    points_short: Fraction
    steps: tuple[Step, ...]
    enough: bool

    @property
    def gates(self) -> tuple[Step, ...]:
        """The conditions among the steps."""
        return tuple(s for s in self.steps if s.gate)


def advise(book: Rulebook, rules: CriteriaSet, ballots: Sequence[Ballot], outcome: Outcome) -> Advice | None:
    """What is missing for the next star, from the ballots that count.

    Args:
        outcome: what the ballots came to; its ``next`` says the rank, the points and the conditions (Articles 3-4).

    Returns:
        The steps; None at the highest rank.
    """
    if outcome.next is None:
        return None
    target = outcome.next.stars
    counted = [b for b in ballots if b.member not in outcome.left_out]
    gates = list(_gate_steps(rules, counted, target, outcome.next.gates))
    have = sum((s.gain for s in gates), Fraction(0))
    short = outcome.next.points_short
    steps = list(gates)
    for step in _cheapest(rules, counted, {s.criterion.code for s in gates}):
        if have >= short:
            break
        steps.append(step)
        have += step.gain
    return Advice(target, short, tuple(steps), have >= short)


def _gate_steps(rules: CriteriaSet, ballots: Sequence[Ballot], stars: int, codes: Sequence[str]) -> Iterator[Step]:
    """The conditions; where one depends on a story that some ballots deny, the story comes first."""
    told = set(codes)
    for code in codes:
        criterion = rules.by_code[code]
        story = rules.by_code.get(criterion.story)
        if story and story.code not in told and any(story.points(b.choices[story.code]) == 0 for b in ballots):
            told.add(story.code)
            option = next(o for o in story.options if o.points > 0)
            yield Step(story, option, _gain(story, option, ballots), True)
        yield _gate_step(criterion, ballots, stars)


def _gate_step(criterion: Criterion, ballots: Sequence[Ballot], stars: int) -> Step:
    level = criterion.gate(stars) or 0
    case = _case(criterion, _usual_choice(criterion, ballots))
    high = [o for o in criterion.options if o.level >= level]
    reach = [o for o in high if o.case == case] or high
    return Step(criterion, reach[0], _gain(criterion, reach[0], ballots), True)


def _cheapest(rules: CriteriaSet, ballots: Sequence[Ballot], taken: set[str]) -> Iterator[Step]:
    """One step up per criterion, those that give most first; only ballots that grant the story can raise what depends on it."""
    steps = []
    for criterion in rules.criteria:
        if criterion.code in taken:
            continue
        story = rules.by_code.get(criterion.story)
        able = [b for b in ballots if story is None or story.points(b.choices[story.code]) > 0]
        step = _step_up(criterion, ballots, able) if able else None
        if step is not None and step.gain > 0:
            steps.append(step)
    yield from sorted(steps, key=lambda s: -s.gain)


def _step_up(criterion: Criterion, ballots: Sequence[Ballot], able: Sequence[Ballot]) -> Step | None:
    """The lowest option of the usual case worth more than the usual answer; ``able``: the ballots that can reach it."""
    choice = _usual_choice(criterion, ballots)
    case = _case(criterion, choice)
    higher = [o for o in criterion.options if o.case == case and o.points > criterion.points(choice)]
    return Step(criterion, higher[0], _gain(criterion, higher[0], able) * len(able) / len(ballots), False) if higher else None


def _gain(criterion: Criterion, option: Option, ballots: Sequence[Ballot]) -> Fraction:
    """Points the mean gains when ballots below ``option`` reach it."""
    return Fraction(sum(max(option.points - criterion.points(b.choices[criterion.code]), 0) for b in ballots), len(ballots))


def _case(criterion: Criterion, choice: str) -> str:
    return criterion.options[0].case if choice == NONE_APPLIES else criterion.by_choice[choice].case


def _usual_choice(criterion: Criterion, ballots: Sequence[Ballot]) -> str:
    """The most frequent answer; of equally frequent ones the lowest."""
    found = Counter(b.choices[criterion.code] for b in ballots)
    return min(found, key=lambda choice: (-found[choice], criterion.points(choice), choice))
