"""The council at work: who must score, quorum, and what it has to conclude before a dossier is closed. Pure.

Decision 26/2026/QĐ-TTg leaves these to each province's working rules (quy chế); see ``working_rules``.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from ocop_desktop.rules.ballot import Ballot, automatic_exclusions, total
from ocop_desktop.rules.rulebook import CriteriaSet, Rulebook
from ocop_desktop.rules.scoring import split_gates
from ocop_desktop.rules.working_rules import WorkingRules

USUAL_SIZE = (7, 13)
LEADERS = ("chair", "vice")

Kind = Literal["exclusion", "spread", "gate", "near_line"]
Value = bool | int | str


@dataclass(frozen=True)
class Seat:
    """A member's seat in one session.

    Args:
        label: name of the ballot: the agency, with the person's name where an agency has two seats.
        short: the agency in few letters, for column heads.
        role: chair, vice, member, secretary.
    """

    member_id: int
    label: str
    name: str
    agency: str
    short: str
    role: str
    present: bool = True
    scores: bool = True


@dataclass(frozen=True)
class Quorum:
    """Presence against the working rules' share; ``led`` when somebody is there to preside (``presiding``)."""

    seats: int
    present: int
    needed: int
    led: bool

    @property
    def met(self) -> bool:
        """Whether the council can conclude."""
        return self.present >= self.needed and self.present > 0 and self.led


@dataclass(frozen=True)
class Count:
    """Members by what their ballot of one dossier is: to be handed in, counting, still missing."""

    needed: tuple[int, ...]
    counted: tuple[int, ...]
    missing: tuple[int, ...]

    @property
    def complete(self) -> bool:
        """Whether every ballot that must be handed in is there."""
        return bool(self.counted) and not self.missing


@dataclass(frozen=True)
class Matter:
    """One thing the council concludes before closing.

    Args:
        code: the criterion, for a gate.
        proposed: what the working rules give; None where only the chair can say.
        values: what may be concluded: exclusion True or False; gate the highest star mark held to be met (0: none);
            spread "stands"; near_line "kept".
        line: the rank line, for near_line.
        points: the widest difference, for spread.
    """

    kind: Kind
    code: str = ""
    proposed: Value | None = None
    values: tuple[Value, ...] = ()
    line: int = 0
    points: int = 0


def at_item(seats: Iterable[Seat], present: Mapping[int, bool]) -> tuple[Seat, ...]:
    """Seats as they are for one dossier: people come late and leave. ``present``: by member, where it is not the roll's."""
    return tuple(replace(s, present=present.get(s.member_id, s.present)) for s in seats)


def presiding(seats: Iterable[Seat], recused: Collection[int] = ()) -> Seat | None:
    """Who concludes for the council: the chair, else a vice-chair, who is there and does not stand back from this dossier.

    A council whose every leader stands back is led by the one who is there, without scoring: else it could never conclude.
    """
    leaders = sorted((s for s in seats if s.role in LEADERS), key=lambda s: LEADERS.index(s.role))
    able = [s for s in leaders if s.member_id not in recused] or leaders
    return next((s for s in able if s.present), None)


def quorum(seats: Iterable[Seat], working: WorkingRules, recused: Collection[int] = ()) -> Quorum:
    """Quorum over the scoring seats that are not recused; the chair or the vice-chair must be present.

    Args:
        seats: as they are for the dossier in question (``at_item``).
    """
    everyone = list(seats)
    sitting = [s for s in everyone if s.scores and s.member_id not in recused]
    present = sum(s.present for s in sitting)
    return Quorum(len(sitting), present, math.ceil(working.quorum * len(sitting)), presiding(everyone, recused) is not None)


def count(seats: Iterable[Seat], recused: Collection[int], finished: Collection[int]) -> Count:
    """Whose ballots must be in and whose count.

    Present scoring members who are not recused must hand in theirs. A finished ballot of a scoring member who has left since
    still counts: a signed ballot cannot be lost by a mark on the attendance list.
    """
    able = [s for s in seats if s.scores and s.member_id not in recused]
    needed = tuple(s.member_id for s in able if s.present)
    counted = tuple(s.member_id for s in able if s.member_id in finished)
    return Count(needed, counted, tuple(m for m in needed if m not in counted))


def matters(book: Rulebook, rules: CriteriaSet, ballots: Sequence[Ballot], working: WorkingRules) -> tuple[Matter, ...]:
    """What the ballots leave to conclude: raised exclusions, a spread over the limit, split gates, a mean near a rank line."""
    totals = sorted(total(rules, b.choices) for b in ballots)
    widest = totals[-1] - totals[0]
    counted = totals[1:-1] if working.drop_extremes and len(totals) >= 3 else totals
    mean = Fraction(sum(counted), len(counted))
    raising = sum(bool(b.exclusion or automatic_exclusions(rules, b.choices)) for b in ballots)
    near = next((line for s, line in sorted(book.lines.items()) if s > 1 and abs(mean - line) <= working.near_line), None)
    found = []
    if raising:
        found.append(Matter("exclusion", proposed=2 * raising > len(ballots), values=(True, False)))
    if widest > working.spread:
        found.append(Matter("spread", values=("stands",), points=widest))
    found += [_gate(rules, ballots, working, code) for code in split_gates(rules, ballots)]
    if near is not None:
        found.append(Matter("near_line", proposed="kept", values=("kept",), line=near))
    return tuple(found)


def _gate(rules: CriteriaSet, ballots: Sequence[Ballot], working: WorkingRules, code: str) -> Matter:
    """A split gate with the star marks the council can hold to be met: those some ballots reach, and the one all reach."""
    criterion = rules.by_code[code]
    levels = [criterion.level(b.choices[code]) for b in ballots]
    marks = [(s, criterion.gate(s) or 0) for s in sorted({o.star for o in criterion.options if o.star is not None})]
    base = max((star for star, level in marks if level <= min(levels)), default=0)
    split = {star: sum(have >= level for have in levels) for star, level in marks if min(levels) < level <= max(levels)}
    held = max((star for star, yes in split.items() if 2 * yes > len(ballots)), default=base)
    proposed = {"majority": held, "every": base}.get(working.gate_rule)
    return Matter("gate", code, proposed, (*sorted(split, reverse=True), base))


def still_open(found: Iterable[Matter], concluded: Mapping[tuple[str, str], Value]) -> tuple[Matter, ...]:
    """Matters without a conclusion; nothing more is asked of a dossier that the council has excluded."""
    if concluded.get(("exclusion", "")) is True:
        return ()
    return tuple(m for m in found if (m.kind, m.code) not in concluded)


def reason_needed(matter: Matter, value: Value) -> bool:
    """Whether a conclusion needs a reason: every one but the look at a mean near a line. It stands in the record."""
    return matter.kind != "near_line" or value != matter.proposed


def fingerprint(ballots: Iterable[Ballot]) -> str:
    """Mark of exactly these ballots: a conclusion holds only for the ballots it was made on."""
    plain = sorted((b.member, sorted(b.choices.items()), b.exclusion or "") for b in ballots)
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()[:32]
