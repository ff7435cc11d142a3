"""What a rulebook is made of: sets, criteria, options, star marks, in two languages. See ``rulebook`` for the whole decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

NONE_APPLIES = "0"  # the answer "không đạt": 0 points, below every option
RANKS_WITH_GATES = (3, 4, 5)


@dataclass(frozen=True)
class Words:
    """The same words in the two languages of the program."""

    vi: str
    en: str = ""

    def said(self, language: str) -> str:
        """Words in ``language``; Vietnamese where the other is missing."""
        return (self.en or self.vi) if language == "en" else self.vi


@dataclass(frozen=True)
class Option:
    """One answer of a criterion.

    Args:
        choice: its number on the ballot: "3", or with its case "a2".
        level: 1-based height within its case; gates compare it.
        points: whole points.
        star: minimum mark for that rank (3, 4, 5), or None.
    """

    choice: str
    level: int
    points: int
    star: int | None
    label: Words
    case: str = ""


@dataclass(frozen=True)
class Criterion:
    """One scored row of a criteria table.

    Args:
        story: code of the criterion this one depends on (structure of the story counts only if there is a story).
        zero_excludes: 0 points here stop the assessment by themselves (set 16, sensory criteria).
        exclusion: what throws the product out at this criterion, or None.
        doubtful: why the published figure is doubtful though kept, or empty.
    """

    code: str
    part: str
    group: str
    max: int
    name: Words
    options: tuple[Option, ...]
    hint: Words | None = None
    yes_no: bool = False
    story: str = ""
    zero_excludes: bool = False
    exclusion: Words | None = None
    doubtful: str = ""
    cases: tuple[tuple[str, Words], ...] = ()

    @cached_property
    def by_choice(self) -> dict[str, Option]:
        """Options by their number on the ballot."""
        return {o.choice: o for o in self.options}

    def points(self, choice: str) -> int:
        """Points of ``choice``; "0" (none applies) gives 0. KeyError for a choice that does not exist."""
        return 0 if choice == NONE_APPLIES else self.by_choice[choice].points

    def level(self, choice: str) -> int:
        """Height of ``choice`` within its case; "0" is 0, below every option."""
        return 0 if choice == NONE_APPLIES else self.by_choice[choice].level

    def gate(self, stars: int) -> int | None:
        """Lowest level allowed for ``stars``: that of the highest mark of ``stars`` or lower; None without such a mark.

        Source: the star marks in the tables of annex II of Decision 26/2026/QĐ-TTg.
        """
        marked = [o.level for o in self.options if o.star is not None and o.star <= stars]
        return max(marked) if marked else None

    @cached_property
    def lowest_mark(self) -> int | None:
        """The lowest rank this criterion is a condition for, or None."""
        return min((o.star for o in self.options if o.star is not None), default=None)


@dataclass(frozen=True)
class Group:
    """A titled group of criteria inside a part ("1 Tổ chức sản xuất")."""

    code: str
    part: str
    max: int
    name: Words


@dataclass(frozen=True)
class CriteriaSet:
    """The criteria of one product set (bộ sản phẩm)."""

    number: int
    name: Words
    industry: str
    industry_name: Words
    group: Words
    subgroup: Words | None
    lead_agencies: tuple[str, ...]
    samples: int
    where: str
    exclusions: tuple[Words, ...]
    groups: tuple[Group, ...]
    criteria: tuple[Criterion, ...]

    @cached_property
    def by_code(self) -> dict[str, Criterion]:
        """Criteria by code, in the set's order."""
        return {c.code: c for c in self.criteria}

    def gates(self, stars: int) -> Iterator[tuple[Criterion, int]]:
        """Each criterion that has a minimum for ``stars``, with the lowest level allowed, in the set's order."""
        for criterion in self.criteria:
            level = criterion.gate(stars)
            if level is not None:
                yield criterion, level

    @cached_property
    def part_max(self) -> dict[str, int]:
        """Points attainable per part: {"A": 40, "B": 25, "C": 35}."""
        parts: dict[str, int] = {}
        for criterion in self.criteria:
            parts[criterion.part] = parts.get(criterion.part, 0) + criterion.max
        return parts


@dataclass(frozen=True)
class SetHead:
    """What lists show of a set without reading its criteria."""

    number: int
    name: Words
    industry: str
    industry_name: Words
