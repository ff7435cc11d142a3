"""A dossier's result to look at: ballots side by side, what was concluded and what is missing. Built from ballots alone."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ocop_desktop.actions.counting import Conclusion
from ocop_desktop.errors import UserError
from ocop_desktop.rules.ballot import Ballot, total
from ocop_desktop.rules.council import Matter, Quorum, Value, matters, still_open
from ocop_desktop.rules.next_star import Advice, advise
from ocop_desktop.rules.rulebook import CriteriaSet, Criterion, Rulebook, Words
from ocop_desktop.rules.scoring import Exclusion, Outcome, evaluate, meeting
from ocop_desktop.rules.spread import Pair, pairs
from ocop_desktop.rules.working_rules import WorkingRules
from ocop_desktop.rules.written import opinions_differ

Stage = Literal["waiting", "open", "closed", "removed"]


@dataclass(frozen=True)
class Vote:
    """One counting ballot with its member; ``earlier``: totals of the versions before, first one first."""

    member_id: int
    label: str
    short: str
    name: str
    choices: Mapping[str, str]
    exclusion: str | None = None
    opinion: str = ""
    version: int = 1
    reopened_why: str = ""
    finished_at: str = ""
    earlier: tuple[int, ...] = ()

    @property
    def ballot(self) -> Ballot:
        """As the rules take it."""
        return Ballot(self.label, self.choices, self.exclusion)


@dataclass(frozen=True)
class Basis:
    """All that a result follows from; the same whether read from the tables or from a snapshot."""

    book: Rulebook
    rules: CriteriaSet
    working: WorkingRules
    votes: tuple[Vote, ...]
    conclusions: Mapping[tuple[str, str], Conclusion]

    @property
    def ballots(self) -> tuple[Ballot, ...]:
        """The counting ballots."""
        return tuple(v.ballot for v in self.votes)

    @property
    def outcome(self) -> Outcome:
        """What they come to, with the council's conclusions on split gates."""
        return evaluate(self.book, self.rules, self.ballots, self.working, self.gates_held)

    @property
    def gates_held(self) -> dict[str, int]:
        """Star marks the council concluded on split gates, by criterion."""
        return {code: int(c.value) for (kind, code), c in self.conclusions.items() if kind == "gate"}

    @property
    def matters(self) -> tuple[Matter, ...]:
        """What the council has to conclude."""
        return matters(self.book, self.rules, self.ballots, self.working)

    @property
    def open_matters(self) -> tuple[Matter, ...]:
        """What it has not concluded yet."""
        return still_open(self.matters, {key: c.value for key, c in self.conclusions.items()})

    def excluded(self, outcome: Outcome) -> bool:
        """Whether the dossier is thrown out: as the council concluded, else when more than half of the ballots raise it."""
        made = self.conclusions.get(("exclusion", ""))
        return bool(made.value) if made else outcome.excluded

    @property
    def differs(self) -> bool:
        """Whether the ballots, taken as written opinions, need a meeting."""
        return opinions_differ(self.book, self.rules, self.ballots, self.working)

    def may_end_spread(self, outcome: Outcome) -> bool:
        """Whether the chair may let a spread stand: both members of every pair over the limit have scored again."""
        again = {v.label for v in self.votes if v.version > 1}
        return all(a in again and b in again for a, b, _points in outcome.spread_over)


@dataclass(frozen=True)
class Line:
    """One criterion across the ballots.

    Args:
        points: one per ballot; choices the same way; odd: where a ballot stands apart.
        range: highest less lowest points; split: some but not all ballots meet a gate.
    """

    code: str
    name: Words
    part: str
    points: tuple[int, ...]
    choices: tuple[str, ...]
    odd: tuple[bool, ...]
    range: int
    split: bool


@dataclass(frozen=True)
class MatterView:
    """One matter with what the chair has to know.

    Args:
        name: the criterion's name, for a gate.
        support: ballots for each value (gate: those that meet that mark; exclusion: those that raise it).
        ballots: how many ballots count.
        raised: exclusions with their reasons; pairs: ballots too far apart with the criteria that separate them.
        may_conclude: False for a spread before the members of its pairs have scored again.
    """

    matter: Matter
    conclusion: Conclusion | None
    name: Words | None = None
    support: Mapping[Value, int] = field(default_factory=dict)
    ballots: int = 0
    raised: tuple[Exclusion, ...] = ()
    pairs: tuple[Pair, ...] = ()
    may_conclude: bool = True


@dataclass(frozen=True)
class ResultView:
    """One dossier's result. While ballots are missing there are counts only, no score of anybody.

    Args:
        stage: waiting (ballots missing), open (all in, to be concluded), closed (from the snapshot), removed.
        needed, handed_in: ballots; missing: agencies still to hand in; recused: (agency, reason).
        obstacles: what keeps the dossier from being closed, as sentences.
        stars: the rank that counts; None when excluded or not yet known.
        kind: of the session, meeting or written; decision: number of the one the result rests under, empty before it.
        withdrawn: how often the result was closed and opened again.
    """

    item_id: int
    session_id: int
    session_code: str
    session_name: str
    session_status: str
    position: int
    dossier_id: int
    code: str
    product: str
    producer: str
    set_name: Words
    rulebook: str
    stage: Stage
    needed: int
    handed_in: int
    missing: tuple[str, ...]
    recused: tuple[tuple[str, str], ...]
    quorum: Quorum
    working: WorkingRules
    votes: tuple[Vote, ...] = ()
    lines: tuple[Line, ...] = ()
    outcome: Outcome | None = None
    stars: int | None = None
    excluded: bool = False
    matters: tuple[MatterView, ...] = ()
    obstacles: tuple[UserError, ...] = ()
    advice: Advice | None = None
    closed_at: dt.datetime | None = None
    closed_by: str = ""
    kind: str = "meeting"
    decision: str = ""
    withdrawn: int = 0

    @property
    def can_reopen(self) -> bool:
        """Whether the chair can open it again: closed, and no decision made on it yet."""
        return self.stage == "closed" and not self.decision

    @property
    def can_close(self) -> bool:
        """Whether the council can close it now."""
        return self.stage == "open" and not self.obstacles

    @property
    def open_matters(self) -> tuple[MatterView, ...]:
        """Matters without a conclusion that still need one."""
        done = self.excluded and any(m.matter.kind == "exclusion" and m.conclusion for m in self.matters)
        return () if done else tuple(m for m in self.matters if m.conclusion is None)


def lines(basis: Basis, split: Sequence[str]) -> tuple[Line, ...]:
    """Criteria across the ballots: split gates first, then those that differ most."""
    made = [_line(basis, criterion, criterion.code in split) for criterion in basis.rules.criteria]
    return tuple(sorted(made, key=lambda x: (not x.split, -x.range, -_apart(x.points))))


def _line(basis: Basis, criterion: Criterion, split: bool) -> Line:
    choices = tuple(v.choices[criterion.code] for v in basis.votes)
    points = tuple(criterion.points(choice) for choice in choices)
    middle = sorted(points)[(len(points) - 1) // 2]
    usual = Counter(points)
    odd = [abs(p - middle) >= 2 and 3 * usual[p] <= len(points) for p in points]
    if split:
        odd = [o or few for o, few in zip(odd, _few_side(basis, criterion, choices), strict=True)]
    return Line(criterion.code, criterion.name, criterion.part, points, choices, tuple(odd), max(points) - min(points), split)


def _few_side(basis: Basis, criterion: Criterion, choices: Sequence[str]) -> list[bool]:
    """Which ballots are on the smaller side of a split gate (the lowest split one)."""
    for star in sorted({o.star for o in criterion.options if o.star is not None}):
        yes = meeting(basis.rules, basis.ballots, criterion.code, star)
        if 0 < yes < len(choices):
            level = criterion.gate(star) or 0
            return [(criterion.level(c) >= level) == (2 * yes < len(choices)) for c in choices]
    return [False] * len(choices)


def _apart(points: Sequence[int]) -> int:
    """How far ballots are from their mean, in whole numbers (sum of the distances times their number)."""
    return sum(abs(len(points) * p - sum(points)) for p in points)


def matter_views(basis: Basis, outcome: Outcome) -> Iterator[MatterView]:
    """Every matter of the dossier with its particulars."""
    for matter in basis.matters:
        made = basis.conclusions.get((matter.kind, matter.code))
        count = len(basis.votes)
        if matter.kind == "exclusion":
            support: dict[Value, int] = {True: len({e.member for e in outcome.exclusions})}
            yield MatterView(matter, made, support=support, ballots=count, raised=outcome.exclusions)
        elif matter.kind == "spread":
            yield MatterView(matter, made, ballots=count, pairs=pairs(basis.rules, basis.ballots, outcome.spread_over),
                             may_conclude=basis.may_end_spread(outcome))
        elif matter.kind == "gate":
            support = {v: meeting(basis.rules, basis.ballots, matter.code, int(v)) for v in matter.values}
            yield MatterView(matter, made, basis.rules.by_code[matter.code].name, support, count)
        else:
            yield MatterView(matter, made, ballots=count)


def advice_of(basis: Basis, outcome: Outcome, excluded: bool) -> Advice | None:
    """What is missing for the next star, or None when excluded or at the top."""
    return None if excluded else advise(basis.book, basis.rules, basis.ballots, outcome, basis.working, basis.gates_held)


def totals_before(rules: CriteriaSet, earlier: Sequence[Mapping[str, str]]) -> tuple[int, ...]:
    """Totals of earlier versions of a ballot."""
    return tuple(total(rules, choices) for choices in earlier)
