"""The rulebook: criteria sets, options, star marks and exclusions of one decision, read from checked text files.

A rulebook is a folder: ``rulebook.toml`` (the decision, rank lines, parts) and one ``set-NN.toml`` per product set; or the
same as plain values, as an office's version is kept. A published rulebook is never edited: a correction is a further version.
Source of the first one: Decision 26/2026/QĐ-TTg, annexes I (classification) and II (criteria).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from ocop_desktop.errors import Place, Problem, ProblemsFound, UserError, missing_file
from ocop_desktop.rules.criteria import (
    NONE_APPLIES,
    RANKS_WITH_GATES,
    CriteriaSet,
    Criterion,
    Group,
    Option,
    SetHead,
    Words,
)
from ocop_desktop.rules.rulebook_plain import WRONG, Plain, place_of, plain_set, plain_words, set_of, words_of

__all__ = ["NONE_APPLIES", "RANKS_WITH_GATES", "TOTAL", "CriteriaSet", "Criterion", "Group", "Option", "Rulebook", "SetHead",
           "Transition", "Words", "as_plain", "book_faults", "decision_of", "faults_of", "fingerprint_of",
           "from_plain", "read_rulebook",
           "read_set", "version_id", "version_of"]

TOTAL = 100  # points of every set
_VERSION = "#"


def decision_of(id: str) -> str:
    """The decision a rulebook's id names: "26/2026/QĐ-TTg#2" -> "26/2026/QĐ-TTg"."""
    return id.partition(_VERSION)[0]


def version_of(id: str) -> int:
    """The version an id names; a plain id is version 1."""
    number = id.partition(_VERSION)[2]
    return int(number) if number.isdigit() else 1


def version_id(decision: str, version: int) -> str:
    """The id kept with dossiers, sessions and results: the plain number for version 1, else "26/2026/QĐ-TTg#2"."""
    return decision if version == 1 else f"{decision}{_VERSION}{version}"


@dataclass(frozen=True)
class Transition:
    """What becomes of dossiers filed under the decision before (Article 12).

    Args:
        previous: number of that decision.
        finish_days: days from coming into force within which its dossiers are assessed.
        recognise_days: days after that within which results are recognised.
        note: what is assumed of it, and why.
    """

    previous: str
    finish_days: int
    recognise_days: int
    note: Words | None = None


@dataclass(frozen=True)
class Rulebook:
    """One decision's criteria and rank lines.

    Args:
        id: number of the decision, e.g. "26/2026/QĐ-TTg", with "#2" for the second version.
        lines: least mean total per rank, e.g. {5: 90, 4: 70, 3: 50, 2: 30, 1: 0} (Article 3).
        heads: its sets; none where a decision is kept as history only.
        folder: where its files lie, or None for one that is kept in a database.
        amended_by: numbers of the decisions that changed it.
        print: fingerprint of one without files.
    """

    id: str
    signed: dt.date
    in_force: dt.date
    lines: dict[int, int]
    parts: dict[str, Words]
    part_max: dict[str, int]
    certificate_months: int
    heads: tuple[SetHead, ...]
    folder: Path | None = None
    amended_by: tuple[str, ...] = ()
    transition: Transition | None = None
    print: str = ""
    _sets: dict[int, CriteriaSet] = field(default_factory=dict, repr=False, compare=False)
    _kept: dict[int, Plain] = field(default_factory=dict, repr=False, compare=False)

    @property
    def decision(self) -> str:
        """Number of the decision, without the version."""
        return decision_of(self.id)

    @property
    def version(self) -> int:
        """1 as published; further ones are corrections."""
        return version_of(self.id)

    def set(self, number: int) -> CriteriaSet:
        """Criteria set ``number``, read and checked on first use.

        Raises:
            UserError: no such set, or the decision is kept without criteria.
            ProblemsFound: its file is wrong; every fault with its place.
        """
        if number not in self._sets:
            if not self.heads:
                raise UserError("Quyết định {law} được giữ làm lịch sử: có mức điểm, các phần và thời hạn giấy chứng nhận, "
                                "không có bộ tiêu chí để chấm.", law=self.id)
            if number not in self.head:
                raise UserError(
                    "Quyết định {law} không có bộ {set}; có các bộ từ 1 đến {last}.",
                    law=self.id,
                    set=number,
                    last=max(self.head),
                )
            self._sets[number] = read_set(self.folder / f"set-{number:02d}.toml", self) if self.folder else self._kept_set(number)
        return self._sets[number]

    def _kept_set(self, number: int) -> CriteriaSet:
        try:
            return set_of(self._kept[number])
        except WRONG as fault:
            raise _kept_wrong(self.id, fault) from fault

    @cached_property
    def head(self) -> dict[int, SetHead]:
        """Set heads by number."""
        return {h.number: h for h in self.heads}

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the rulebook's files or plain values: what a result was computed with."""
        if self.folder is None:
            return self.print
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
        return _book(raw, raw["id"], folder=folder)
    except WRONG as fault:
        raise _file_wrong(path.name, fault) from fault


def from_plain(raw: Plain, id: str, fingerprint: str = "") -> Rulebook:
    """A rulebook from ``as_plain``'s values; its sets are taken as they are, with faults accepted when it was stored.

    Args:
        fingerprint: kept beside the values; reckoned from them when not given.

    Raises:
        UserError: the values lack something; says which.
    """
    try:
        return _book(raw, id, print=fingerprint or fingerprint_of(raw), _kept={s["number"]: s for s in raw["sets"]})
    except WRONG as fault:
        raise _kept_wrong(id, fault) from fault


def _kept_wrong(law: str, fault: BaseException) -> UserError:
    place = place_of(fault)
    if place:
        return UserError("Bản lưu của bộ tiêu chí {law} thiếu hoặc sai mục {what}.", law=law, what=place)
    return UserError("Bản lưu của bộ tiêu chí {law} có mục ghi sai nên không đọc được.", law=law)


def _file_wrong(file: str, fault: BaseException) -> UserError:
    place = place_of(fault)
    if place:
        return UserError("Tệp {file} thiếu hoặc sai mục {what}.", file=file, what=place)
    return UserError("Tệp {file} có mục ghi sai nên không đọc được.", file=file)


def fingerprint_of(raw: Plain) -> str:
    """SHA-256 of plain values, whatever the order of their keys."""
    written = json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def as_plain(book: Rulebook) -> Plain:
    """Everything a rulebook says as plain values (JSON), without its version: equal values are equal rulebooks."""
    found: Plain = {
        "id": book.decision,
        "signed": book.signed.isoformat(),
        "in_force": book.in_force.isoformat(),
        "certificate_months": book.certificate_months,
        "lines": {str(stars): least for stars, least in sorted(book.lines.items(), reverse=True)},
        "part": [{"code": code, "max": book.part_max[code], **plain_words(name)} for code, name in book.parts.items()],
        "industry": {h.industry: plain_words(h.industry_name) for h in book.heads},
        "set": [{"number": h.number, "industry": h.industry, **plain_words(h.name)} for h in book.heads],
        "sets": [plain_set(book.set(h.number)) for h in book.heads],
    }
    if book.amended_by:
        found["amended_by"] = list(book.amended_by)
    if book.transition:
        t = book.transition
        found["transition"] = {"previous": t.previous, "finish_days": t.finish_days, "recognise_days": t.recognise_days}
        if t.note:
            found["transition"]["note"] = plain_words(t.note)
    return found


def _book(raw: Plain, id: str, **more: Any) -> Rulebook:
    listed = () if raw.get("criteria") == "none" else raw["set"]
    changing = raw.get("transition")
    return Rulebook(
        id=id,
        signed=_day(raw["signed"]),
        in_force=_day(raw["in_force"]),
        lines={int(k): int(v) for k, v in raw["lines"].items()},
        parts={p["code"]: words_of(p) for p in raw["part"]},
        part_max={p["code"]: p["max"] for p in raw["part"]},
        certificate_months=raw["certificate_months"],
        heads=tuple(SetHead(s["number"], words_of(s), s["industry"], words_of(raw["industry"][s["industry"]])) for s in listed),
        amended_by=tuple(raw.get("amended_by", ())),
        transition=changing and Transition(changing["previous"], int(changing["finish_days"]), int(changing["recognise_days"]),
                                           words_of(changing["note"]) if "note" in changing else None),
        **more,
    )


def _day(value: object) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))


def read_set(path: Path, book: Rulebook) -> CriteriaSet:
    """Read and check one set file.

    Raises:
        ProblemsFound: every fault of the file, with criterion and reason.
        UserError: the file is missing or is not TOML.
    """
    raw = _toml(path)
    try:
        found = set_of(raw)
    except WRONG as fault:
        raise _file_wrong(path.name, fault) from fault
    problems = list(faults_of(found, book))
    if problems:
        raise ProblemsFound(problems)
    return found


def book_faults(book: Rulebook) -> Iterator[Problem]:
    """Faults of what a rulebook says outside its sets: parts that do not make 100, rank lines out of order.

    Each problem's ``kind`` names what is wrong ("parts_sum", "lines_order"); the place is empty.
    """
    total = sum(book.part_max.values())
    if total != TOTAL:
        yield Problem("Các phần cộng lại {sum} điểm; phải là {total}.", {"sum": total, "total": TOTAL}, kind="parts_sum")
    by_rank = [book.lines[stars] for stars in sorted(book.lines)]
    if sorted(book.lines) != [1, 2, 3, 4, 5] or by_rank != sorted(set(by_rank)) or not 0 <= by_rank[-1] <= TOTAL:
        yield Problem("Mức điểm của các hạng 1-5 sao phải đủ năm hạng và tăng dần trong 0-{total}; đang là {lines}.",
                      {"total": TOTAL, "lines": ", ".join(f"{s}: {book.lines[s]}" for s in sorted(book.lines))},
                      kind="lines_order")


def faults_of(found: CriteriaSet, book: Rulebook, file: str = "") -> Iterator[Problem]:
    """Faults of a set: parts and totals, maxima, order of points and marks, codes, dependencies.

    Args:
        file: how the sentences name what was read; the set's own file when not given.

    Returns:
        Problems whose ``kind`` names the fault ("part_sum", "total", "group_sum", "code_twice", "part_unknown", "group_unknown",
        "max", "story", "points_fall", "marks", "no_options") and whose values hold what it is about (``code``, ``choice``,
        ``part``, and ``index``, the criterion's place in the set).
    """
    file = file or f"set-{found.number:02d}.toml"

    def fault(message: str, kind: str, **values: object) -> Problem:
        return Problem(message, {"file": file, **values}, Place(file=file, column=str(values.get("code", ""))), kind=kind)

    seen: set[str] = set()
    for index, criterion in enumerate(found.criteria):
        for problem in _faults_of_criterion(criterion, found, book, seen, fault):
            yield replace(problem, values={**problem.values, "index": index})
        seen.add(criterion.code)
    for group in found.groups:
        inside = [c for c in found.criteria if f"{c.group}.".startswith(f"{group.code}.")]
        points = sum(c.max for c in inside)
        if {c.part for c in inside} != {group.part} or points != group.max:
            yield fault(
                "{file}: nhóm {code} ghi phần {part}, tối đa {max}; các tiêu chí cộng lại {sum}.",
                "group_sum",
                code=group.code,
                part=group.part,
                max=group.max,
                sum=points,
            )
    for part, most in book.part_max.items():
        points = found.part_max.get(part, 0)
        if points != most:
            yield fault("{file}: phần {part} cộng lại {sum} điểm, luật ghi {max}.", "part_sum", part=part, sum=points, max=most)
    points = sum(found.part_max.values())
    if points != TOTAL:
        yield fault("{file}: cả bộ cộng lại {sum} điểm; phải là {total}.", "total", sum=points, total=TOTAL)


def _faults_of_criterion(
    c: Criterion, found: CriteriaSet, book: Rulebook, before: set[str], fault: Callable[..., Problem]
) -> Iterator[Problem]:
    best = max((o.points for o in c.options), default=0)
    if c.code in before:
        yield fault("{file}: tiêu chí {code} có hai lần.", "code_twice", code=c.code)
    if c.part not in book.parts:
        yield fault("{file}: tiêu chí {code} thuộc phần “{part}” không có.", "part_unknown", code=c.code, part=c.part)
    if c.group and c.group not in {g.code for g in found.groups}:
        yield fault("{file}: tiêu chí {code} thuộc nhóm “{group}” không có.", "group_unknown", code=c.code, group=c.group)
    if c.max != best:
        yield fault(
            "{file}: tiêu chí {code} ghi tối đa {max} nhưng mức cao nhất là {best} điểm.", "max", code=c.code, max=c.max,
            best=best,
        )
    if c.story and c.story not in before:
        yield fault("{file}: tiêu chí {code} phụ thuộc tiêu chí {other} không đứng trước nó.", "story", code=c.code,
                    other=c.story)
    for lower, higher in zip(c.options, c.options[1:], strict=False):
        if lower.case == higher.case and higher.points < lower.points:
            yield fault("{file}: tiêu chí {code}, mức {choice} ít điểm hơn mức trước.", "points_fall", code=c.code,
                        choice=higher.choice)
    marked = [o for o in c.options if o.star is not None]
    marks = [o.star for o in marked]
    wrong = next((o for n, o in enumerate(marked) if o.star not in RANKS_WITH_GATES or o.star in marks[:n]
                  or any(m > o.star for m in marks[:n] if m is not None)), None)
    if wrong:
        yield fault("{file}: tiêu chí {code} có dấu sao không tăng dần hoặc ngoài 3, 4, 5.", "marks", code=c.code,
                    choice=wrong.choice)
    if not c.options or {o.case for o in c.options} - {""} != {case for case, _ in c.cases}:
        yield fault("{file}: tiêu chí {code} không có mức nào, hoặc mức không thuộc trường hợp đã nêu.", "no_options",
                    code=c.code)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as fault:
        raise missing_file(path) from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise UserError("Tệp {file} không đọc được: {reason}", file=path.name, reason=str(fault)) from fault
