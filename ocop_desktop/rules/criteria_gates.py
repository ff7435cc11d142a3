"""What a rank needs in a set besides points: its gates as a list, with the least option to reach in each."""

from __future__ import annotations

from dataclasses import dataclass

from ocop_desktop.rules.criteria import CriteriaSet, Criterion, Option, Words


@dataclass(frozen=True)
class Gate:
    """One condition.

    Args:
        options: the least option to reach; one per case where the criterion has cases.
        mark: the star mark it comes from: ``stars`` or lower.
    """

    criterion: Criterion
    options: tuple[tuple[Words | None, Option], ...]
    mark: int

    @property
    def points(self) -> int:
        """Points the least option gives; the lower ones where cases differ."""
        return min(option.points for _case, option in self.options)


@dataclass(frozen=True)
class Gates:
    """The conditions of one rank in one set.

    Args:
        line: least mean total of the rank.
    """

    stars: int
    line: int
    gates: tuple[Gate, ...]

    @property
    def points(self) -> int:
        """Points that meeting every condition at its least gives by itself."""
        return sum(gate.points for gate in self.gates)

    @property
    def short(self) -> int:
        """Points still needed elsewhere to reach the rank's line."""
        return max(0, self.line - self.points)


def gates_for(found: CriteriaSet, stars: int, line: int) -> Gates:
    """What ``stars`` (3, 4, 5) needs in a set: Article 3 (the line) and the star marks of annex II, Decision 26/2026/QĐ-TTg."""
    return Gates(stars, line, tuple(_gate(c, level, stars) for c, level in found.gates(stars)))


def _gate(criterion: Criterion, level: int, stars: int) -> Gate:
    names = dict(criterion.cases)
    least = tuple((names.get(o.case), o) for o in criterion.options if o.level == level)
    mark = max(o.star for o in criterion.options if o.star is not None and o.star <= stars)
    return Gate(criterion, least, mark)
