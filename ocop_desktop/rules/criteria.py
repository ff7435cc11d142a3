"""What a rulebook is made of: sets, criteria, options, star marks, in two languages. See ``rulebook`` for the whole decision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

NONE_APPLIES = "0"  # the answer "không đạt": 0 points, below every option
RANKS_WITH_GATES = (3, 4, 5)
_ENGLISH = {  # of names and remarks that a rulebook's files hold in Vietnamese alone
    "Bộ Nông nghiệp và Môi trường": "Ministry of Agriculture and Environment",
    "Bộ Công Thương": "Ministry of Industry and Trade",
    "Bộ Y tế": "Ministry of Health",
    "Bộ Văn hóa, Thể thao và Du lịch": "Ministry of Culture, Sports and Tourism",
    "Điểm các mức 1, 1, 3: các bộ thực phẩm khác là 1, 2, 3; giữ đúng như đã công bố":
        "Points of the options 1, 1, 3: other food sets have 1, 2, 3; kept as published",
    "Điểm các mức 1, 1, 3, 5: hai mức cùng điểm; giữ đúng như đã công bố":
        "Points of the options 1, 1, 3, 5: two options with the same points; kept as published",
    "Lời của mức 5 kết thúc bằng bốn dấu hoa thị nhưng bảng số liệu không ghi dấu sao; giữ đúng như số liệu":
        "The words of option 5 end with four asterisks but the figures have no star mark; kept as in the figures",
}
_PLACE = re.compile(r"Phụ lục ([IVX]+), bộ (\d+)")


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

    @property
    def doubt(self) -> Words:
        """Why the published figure is doubtful though kept."""
        return Words(self.doubtful, _ENGLISH.get(self.doubtful, ""))

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

    @property
    def agencies(self) -> tuple[Words, ...]:
        """The ministries that lead the set."""
        return tuple(Words(name, _ENGLISH.get(name, "")) for name in self.lead_agencies)

    @property
    def place(self) -> Words:
        """Where the set stands in its decision."""
        return Words(self.where, _PLACE.sub(r"Annex \1, set \2", self.where))

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
