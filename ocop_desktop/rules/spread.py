"""Ballots too far apart: which pairs, and what separates them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ocop_desktop.rules.ballot import Ballot
from ocop_desktop.rules.rulebook import CriteriaSet


@dataclass(frozen=True)
class Gap:
    """One criterion in which two ballots differ: points of the one and of the other."""

    code: str
    low: int
    high: int

    @property
    def points(self) -> int:
        """How far apart they are here."""
        return self.high - self.low


@dataclass(frozen=True)
class Pair:
    """Two ballots further apart than the working rules allow.

    Args:
        low, high: names of the ballots with the lower and the higher total; points: difference of the totals.
        gaps: criteria where the higher one gives more, widest first; against: where it gives less. The sum of ``gaps`` less
            the sum of ``against`` is ``points``.
    """

    low: str
    high: str
    points: int
    gaps: tuple[Gap, ...]
    against: tuple[Gap, ...] = ()


def pairs(rules: CriteriaSet, ballots: Sequence[Ballot], over: Sequence[tuple[str, str, int]]) -> tuple[Pair, ...]:
    """The pairs of ``Outcome.spread_over`` with what separates them, the widest first."""
    by_name = {b.member: b for b in ballots}
    made = [_pair(rules, by_name[a], by_name[b]) for a, b, _points in over]
    return tuple(sorted(made, key=lambda p: -p.points))


def _pair(rules: CriteriaSet, a: Ballot, b: Ballot) -> Pair:
    points = {c.code: (c.points(a.choices[c.code]), c.points(b.choices[c.code])) for c in rules.criteria}
    if sum(x for x, _y in points.values()) > sum(y for _x, y in points.values()):
        a, b, points = b, a, {code: (y, x) for code, (x, y) in points.items()}
    gaps = sorted((Gap(code, x, y) for code, (x, y) in points.items() if y > x), key=lambda g: -g.points)
    against = sorted((Gap(code, y, x) for code, (x, y) in points.items() if x > y), key=lambda g: -g.points)
    total = sum(y - x for x, y in points.values())
    return Pair(a.member, b.member, total, tuple(gaps), tuple(against))


def members_of(found: Sequence[Pair]) -> tuple[str, ...]:
    """Ballots that are in some pair, in the pairs' order."""
    return tuple(dict.fromkeys(name for p in found for name in (p.low, p.high)))
