"""What differs between two versions of a rulebook, or between two sets, as data with a sentence each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ocop_desktop.errors import Problem
from ocop_desktop.rules.criteria import CriteriaSet, Criterion, Option
from ocop_desktop.rules.rulebook import Rulebook


@dataclass(frozen=True)
class Difference:
    """One thing that is not the same.

    Args:
        set: number of the set, or None for the decision itself.
        criterion: its code, or empty for the set itself.
        option: its choice ("3", "a2"), or empty for the criterion itself.
        what: stable name: a key of ``SENTENCES``.
        before, after: plain values; None where there was or is nothing.
    """

    set: int | None
    criterion: str
    option: str
    what: str
    before: Any
    after: Any

    @property
    def sentence(self) -> Problem:
        """The difference in words, for ``text.say``."""
        place = _OPTION if self.option else _CRITERION if self.criterion else _SET if self.set is not None else _BOOK
        values = {"set": self.set, "criterion": self.criterion, "option": self.option, "before": _shown(self.before),
                  "after": _shown(self.after), "what": SENTENCES[self.what]}
        if self.what in ("added", "removed"):
            place = _ADDED[place.kind] if self.what == "added" else _REMOVED[place.kind]
        return Problem(place.message, values, kind=self.what)

    def as_plain(self) -> dict[str, Any]:
        """The values for machines, the sentence left out."""
        return {"set": self.set, "criterion": self.criterion, "option": self.option, "what": self.what, "before": self.before,
                "after": self.after}


_OPTION = Problem("Bộ {set}, tiêu chí {criterion}, mức {option}: {what} {before} → {after}.", kind="option")
_CRITERION = Problem("Bộ {set}, tiêu chí {criterion}: {what} {before} → {after}.", kind="criterion")
_SET = Problem("Bộ {set}: {what} {before} → {after}.", kind="set")
_BOOK = Problem("Quyết định: {what} {before} → {after}.", kind="book")
_ADDED = {
    "option": Problem("Bộ {set}, tiêu chí {criterion}: thêm mức {option} “{after}”."),
    "criterion": Problem("Bộ {set}: thêm tiêu chí {criterion} “{after}”."),
    "set": Problem("Thêm bộ {set} “{after}”."),
    "book": Problem("Thêm “{after}”."),
}
_REMOVED = {
    "option": Problem("Bộ {set}, tiêu chí {criterion}: bỏ mức {option} “{before}”."),
    "criterion": Problem("Bộ {set}: bỏ tiêu chí {criterion} “{before}”."),
    "set": Problem("Bỏ bộ {set} “{before}”."),
    "book": Problem("Bỏ “{before}”."),
}
SENTENCES: Mapping[str, Problem] = {
    "added": Problem("thêm"),
    "removed": Problem("bỏ"),
    "points": Problem("điểm"),
    "star": Problem("dấu sao"),
    "max": Problem("điểm tối đa"),
    "wording": Problem("nội dung"),
    "wording_en": Problem("nội dung tiếng Anh"),
    "name": Problem("tên"),
    "name_en": Problem("tên tiếng Anh"),
    "hint": Problem("gợi ý"),
    "hint_en": Problem("gợi ý tiếng Anh"),
    "exclusion": Problem("trường hợp bị loại"),
    "exclusion_en": Problem("trường hợp bị loại, tiếng Anh"),
    "part": Problem("phần"),
    "group": Problem("nhóm"),
    "yes_no": Problem("có/không"),
    "story": Problem("phụ thuộc câu chuyện"),
    "zero_excludes": Problem("0 điểm là loại"),
    "doubtful": Problem("ghi chú nghi vấn"),
    "cases": Problem("trường hợp"),
    "order": Problem("thứ tự tiêu chí"),
    "groups": Problem("các nhóm"),
    "exclusions": Problem("hồ sơ bị loại khi"),
    "industry": Problem("ngành"),
    "classification": Problem("phân loại"),
    "agencies": Problem("cơ quan chủ trì"),
    "samples": Problem("số mẫu"),
    "where": Problem("vị trí trong văn bản"),
    "signed": Problem("ngày ký"),
    "in_force": Problem("ngày có hiệu lực"),
    "lines": Problem("mức điểm các hạng"),
    "parts": Problem("các phần"),
    "certificate_months": Problem("số tháng hiệu lực của giấy chứng nhận"),
    "amended_by": Problem("quyết định sửa đổi"),
    "transition": Problem("chuyển tiếp"),
}


def differences(before: Rulebook, after: Rulebook) -> tuple[Difference, ...]:
    """Everything that differs between two rulebooks, in the order of the later one; empty for equal ones.

    Raises:
        UserError, ProblemsFound: a set of either cannot be read.
    """
    found = list(_pairs(None, "", "", _of_book(before), _of_book(after)))
    for number in sorted({*before.head, *after.head}):
        if number not in after.head:
            found.append(Difference(number, "", "", "removed", before.head[number].name.vi, None))
        elif number not in before.head:
            found.append(Difference(number, "", "", "added", None, after.head[number].name.vi))
        else:
            found += set_differences(before.set(number), after.set(number))
    return tuple(found)


def set_differences(before: CriteriaSet, after: CriteriaSet) -> tuple[Difference, ...]:
    """Everything that differs between two sets, criteria matched by code and options by their number.

    The sets may be two versions of one, or two product sets side by side; differences carry the number of ``after``.
    """
    number = after.number
    found = list(_pairs(number, "", "", _of_set(before), _of_set(after)))
    for code, criterion in after.by_code.items():
        if code not in before.by_code:
            found.append(Difference(number, code, "", "added", None, criterion.name.vi))
        else:
            found += _of_criteria(number, before.by_code[code], criterion)
    found += [Difference(number, c.code, "", "removed", c.name.vi, None) for c in before.criteria if c.code not in after.by_code]
    kept = [c.code for c in before.criteria if c.code in after.by_code]
    now = [c.code for c in after.criteria if c.code in before.by_code]
    if kept != now:
        found.append(Difference(number, "", "", "order", " ".join(kept), " ".join(now)))
    return tuple(found)


def _of_criteria(number: int, before: Criterion, after: Criterion) -> Iterator[Difference]:
    yield from _pairs(number, after.code, "", _of_criterion(before), _of_criterion(after))
    for choice, option in after.by_choice.items():
        if choice not in before.by_choice:
            yield Difference(number, after.code, choice, "added", None, option.label.vi)
        else:
            yield from _pairs(number, after.code, choice, _of_option(before.by_choice[choice]), _of_option(option))
    for choice, option in before.by_choice.items():
        if choice not in after.by_choice:
            yield Difference(number, after.code, choice, "removed", option.label.vi, None)


def _pairs(set: int | None, criterion: str, option: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Difference]:
    for what, value in after.items():
        if before[what] != value:
            yield Difference(set, criterion, option, what, before[what], value)


def _of_option(o: Option) -> dict[str, Any]:
    return {"points": o.points, "star": o.star, "wording": o.label.vi, "wording_en": o.label.en}


def _of_criterion(c: Criterion) -> dict[str, Any]:
    return {
        "max": c.max, "name": c.name.vi, "name_en": c.name.en, "part": c.part, "group": c.group,
        "hint": c.hint.vi if c.hint else None, "hint_en": c.hint.en if c.hint else None,
        "exclusion": c.exclusion.vi if c.exclusion else None, "exclusion_en": c.exclusion.en if c.exclusion else None,
        "yes_no": c.yes_no, "story": c.story, "zero_excludes": c.zero_excludes, "doubtful": c.doubtful,
        "cases": "; ".join(_both(f"{case}) {name.vi}", name.en) for case, name in c.cases),
    }


def _of_set(s: CriteriaSet) -> dict[str, Any]:
    return {
        "name": s.name.vi, "name_en": s.name.en, "industry": _both(f"{s.industry} {s.industry_name.vi}", s.industry_name.en),
        "classification": " / ".join(_both(w.vi, w.en) for w in (s.group, s.subgroup) if w),
        "agencies": "; ".join(s.lead_agencies), "samples": s.samples, "where": s.where,
        "exclusions": "; ".join(_both(w.vi, w.en) for w in s.exclusions),
        "groups": "; ".join(_both(f"{g.part} {g.code} {g.name.vi} ({g.max})", g.name.en) for g in s.groups),
    }


def _of_book(b: Rulebook) -> dict[str, Any]:
    t = b.transition
    return {
        "signed": b.signed.isoformat(), "in_force": b.in_force.isoformat(), "certificate_months": b.certificate_months,
        "lines": "; ".join(f"{stars}: {least}" for stars, least in sorted(b.lines.items(), reverse=True)),
        "parts": "; ".join(_both(f"{code} {name.vi} ({b.part_max[code]})", name.en) for code, name in b.parts.items()),
        "amended_by": "; ".join(b.amended_by),
        "transition": t and f"{t.previous}, {t.finish_days}, {t.recognise_days}"
                            + (f"; {_both(t.note.vi, t.note.en)}" if t.note else ""),
    }


def _both(vi: str, en: str) -> str:
    return f"{vi} [{en}]" if en else vi


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "✓" if value else "—"
    return "—" if value in (None, "") else str(value)
