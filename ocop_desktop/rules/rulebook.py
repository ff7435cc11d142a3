"""The rulebook: criteria sets, options, star marks and exclusions of one decision, read from checked text files.

A rulebook is a folder: ``rulebook.toml`` (the decision, rank lines, parts) and one ``set-NN.toml`` per product set.
Source of the first one: Decision 26/2026/QĐ-TTg, annexes I (classification) and II (criteria).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from ocop_desktop.errors import Place, Problem, ProblemsFound, UserError

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


@dataclass(frozen=True)
class Rulebook:
    """One decision's criteria and rank lines.

    Args:
        id: number of the decision, e.g. "26/2026/QĐ-TTg".
        lines: least mean total per rank, e.g. {5: 90, 4: 70, 3: 50, 2: 30, 1: 0} (Article 3).
    """

    id: str
    signed: dt.date
    in_force: dt.date
    lines: dict[int, int]
    parts: dict[str, Words]
    part_max: dict[str, int]
    certificate_months: int
    heads: tuple[SetHead, ...]
    folder: Path
    _sets: dict[int, CriteriaSet] = field(default_factory=dict, repr=False, compare=False)

    def set(self, number: int) -> CriteriaSet:
        """Criteria set ``number``, read and checked on first use.

        Raises:
            UserError: no such set.
            ProblemsFound: its file is wrong; every fault with its place.
        """
        if number not in self._sets:
            if number not in {h.number for h in self.heads}:
                raise UserError(
                    "Quyết định {law} không có bộ {set}; có các bộ từ 1 đến {last}.",
                    law=self.id,
                    set=number,
                    last=max((h.number for h in self.heads), default=0),
                )
            self._sets[number] = read_set(self.folder / f"set-{number:02d}.toml", self)
        return self._sets[number]

    @cached_property
    def head(self) -> dict[int, SetHead]:
        """Set heads by number."""
        return {h.number: h for h in self.heads}

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the rulebook's files: what a result was computed with."""
        digest = hashlib.sha256()
        for path in sorted(self.folder.glob("*.toml")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
        return digest.hexdigest()

    def line(self, stars: int) -> int:
        """Least mean total for ``stars``."""
        return self.lines[stars]


def read_rulebook(folder: Path) -> Rulebook:
    """Read ``rulebook.toml`` of a rulebook folder; sets are read when asked for.

    Raises:
        UserError: the file is missing, is not TOML, or lacks something; says which.
    """
    path = folder / "rulebook.toml"
    raw = _toml(path)
    try:
        return Rulebook(
            id=raw["id"],
            signed=raw["signed"],
            in_force=raw["in_force"],
            lines={int(k): int(v) for k, v in raw["lines"].items()},
            parts={p["code"]: _words(p) for p in raw["part"]},
            part_max={p["code"]: p["max"] for p in raw["part"]},
            certificate_months=raw["certificate_months"],
            heads=tuple(
                SetHead(s["number"], Words(s["vi"], s.get("en", "")), s["industry"], _words(raw["industry"][s["industry"]]))
                for s in raw["set"]
            ),
            folder=folder,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise UserError("Tệp {file} thiếu hoặc sai mục {what}.", file=path.name, what=str(fault)) from fault


def read_set(path: Path, book: Rulebook) -> CriteriaSet:
    """Read and check one set file.

    Raises:
        ProblemsFound: every fault of the file, with criterion and reason.
        UserError: the file is missing or is not TOML.
    """
    raw = _toml(path)
    try:
        found = _set(raw)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise UserError("Tệp {file} thiếu hoặc sai mục {what}.", file=path.name, what=str(fault)) from fault
    problems = list(faults_of(found, book))
    if problems:
        raise ProblemsFound(problems)
    return found


def faults_of(found: CriteriaSet, book: Rulebook) -> Iterator[Problem]:
    """Faults of a set: parts and totals, maxima, order of points and marks, codes, dependencies."""
    file = f"set-{found.number:02d}.toml"

    def fault(message: str, **values: object) -> Problem:
        return Problem(message, {"file": file, **values}, Place(file=file, column=str(values.get("code", ""))), kind="rulebook")

    seen: set[str] = set()
    for criterion in found.criteria:
        yield from _faults_of_criterion(criterion, found, book, seen, fault)
        seen.add(criterion.code)
    for group in found.groups:
        inside = [c for c in found.criteria if c.code.startswith(f"{group.code}.")]
        points = sum(c.max for c in inside)
        if {c.part for c in inside} != {group.part} or points != group.max:
            yield fault(
                "{file}: nhóm {code} ghi phần {part}, tối đa {max}; các tiêu chí cộng lại {sum}.",
                code=group.code,
                part=group.part,
                max=group.max,
                sum=points,
            )
    for part, most in book.part_max.items():
        points = found.part_max.get(part, 0)
        if points != most:
            yield fault("{file}: phần {part} cộng lại {sum} điểm, luật ghi {max}.", part=part, sum=points, max=most)


def _faults_of_criterion(
    c: Criterion, found: CriteriaSet, book: Rulebook, before: set[str], fault: Callable[..., Problem]
) -> Iterator[Problem]:
    best = max((o.points for o in c.options), default=0)
    marks = [o.star for o in c.options if o.star is not None]
    if c.code in before:
        yield fault("{file}: tiêu chí {code} có hai lần.", code=c.code)
    if c.part not in book.parts:
        yield fault("{file}: tiêu chí {code} thuộc phần “{part}” không có.", code=c.code, part=c.part)
    if c.group and c.group not in {g.code for g in found.groups}:
        yield fault("{file}: tiêu chí {code} thuộc nhóm “{group}” không có.", code=c.code, group=c.group)
    if c.max != best:
        yield fault(
            "{file}: tiêu chí {code} ghi tối đa {max} nhưng mức cao nhất là {best} điểm.", code=c.code, max=c.max, best=best
        )
    if c.story and c.story not in before:
        yield fault("{file}: tiêu chí {code} phụ thuộc tiêu chí {other} không đứng trước nó.", code=c.code, other=c.story)
    for lower, higher in zip(c.options, c.options[1:], strict=False):
        if lower.case == higher.case and higher.points < lower.points:
            yield fault("{file}: tiêu chí {code}, mức {choice} ít điểm hơn mức trước.", code=c.code, choice=higher.choice)
    if marks != sorted(set(marks)) or not set(marks) <= set(RANKS_WITH_GATES):
        yield fault("{file}: tiêu chí {code} có dấu sao không tăng dần hoặc ngoài 3, 4, 5.", code=c.code)
    if not c.options or {o.case for o in c.options} - {""} != {case for case, _ in c.cases}:
        yield fault("{file}: tiêu chí {code} không có mức nào, hoặc mức không thuộc trường hợp đã nêu.", code=c.code)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as fault:
        raise UserError("Không thấy tệp bộ tiêu chí {file}.", file=str(path)) from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise UserError("Tệp {file} không đọc được: {reason}", file=path.name, reason=str(fault)) from fault


def _words(raw: dict[str, Any]) -> Words:
    if not isinstance(raw["vi"], str) or not raw["vi"].strip():
        raise ValueError("vi")
    return Words(raw["vi"], raw.get("en", ""))


def _optional(raw: dict[str, Any], key: str) -> Words | None:
    return _words(raw[key]) if key in raw else None


def _set(raw: dict[str, Any]) -> CriteriaSet:
    return CriteriaSet(
        number=int(raw["number"]),
        name=_words(raw["name"]),
        industry=raw["industry"]["code"],
        industry_name=_words(raw["industry"]),
        group=_words(raw["group_name"]),
        subgroup=_optional(raw, "subgroup_name"),
        lead_agencies=tuple(raw["lead_agencies"]),
        samples=_whole(raw, "samples"),
        where=raw["where"],
        exclusions=tuple(_words(x) for x in raw["exclusion"]),
        groups=tuple(Group(g["code"], g["part"], _whole(g, "max"), _words(g)) for g in raw["group"]),
        criteria=tuple(_criterion(c) for c in raw["criterion"]),
    )


def _criterion(raw: dict[str, Any]) -> Criterion:
    try:
        return Criterion(
            code=raw["code"],
            part=raw["part"],
            group=raw.get("group", ""),
            max=_whole(raw, "max"),
            name=_words(raw),
            options=tuple(_options(raw["options"])),
            hint=_optional(raw, "hint"),
            yes_no=bool(raw.get("yes_no", False)),
            story=raw.get("story", ""),
            zero_excludes=bool(raw.get("zero_excludes", False)),
            exclusion=_optional(raw, "exclusion"),
            doubtful=raw.get("doubtful", ""),
            cases=tuple((c["case"], _words(c)) for c in raw.get("cases", ())),
        )
    except KeyError as fault:
        raise KeyError(f"{raw.get('code', '?')} / {fault.args[0]}") from fault
    except (TypeError, ValueError, AttributeError) as fault:
        raise ValueError(f"{raw.get('code', '?')} / {fault}") from fault


def _options(raw: list[dict[str, Any]]) -> Iterator[Option]:
    level: dict[str, int] = {}
    for option in raw:
        case = option.get("case", "")
        level[case] = level.get(case, 0) + 1
        star = option.get("stars")
        yield Option(f"{case}{level[case]}", level[case], _whole(option, "points"), star, _words(option), case)


def _whole(raw: dict[str, Any], key: str) -> int:
    value = raw[key]
    if type(value) is not int or value < 0:
        raise ValueError(f"{key} = {value!r}")
    return value
