"""Two criteria sets, or two rulebooks, side by side: only what differs, criteria aligned by name, then by code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from ocop_desktop.errors import Problem
from ocop_desktop.rules.criteria import CriteriaSet, Criterion, Option, Words
from ocop_desktop.rules.names import fold
from ocop_desktop.rules.rulebook import Rulebook

NOTES = ("hint", "exclusion", "story", "yes_no", "zero_excludes", "doubtful", "case")
FACTS = ("lines", "part", "months", "in_force", "group", "agencies", "samples", "excluded")
VALUES = ("months", "in_force", "agencies", "samples", "story")  # no wording: what changes is the value
CHANGE_WORDS: Mapping[str, Problem] = {
    "added": Problem("thêm"),
    "removed": Problem("bỏ"),
    "words": Problem("đổi lời"),
    "words_en": Problem("đổi lời tiếng Anh"),
    "value": Problem("đổi"),
    "points": Problem("đổi điểm"),
    "star": Problem("đổi dấu sao"),
    "code": Problem("đổi mã"),
    "part": Problem("đổi phần"),
}
KIND_WORDS: Mapping[str, Problem] = {
    "hint": Problem("Gợi ý"),
    "exclusion": Problem("Trường hợp bị loại"),
    "story": Problem("Phụ thuộc tiêu chí"),
    "yes_no": Problem("Câu hỏi có hoặc không"),
    "zero_excludes": Problem("0 điểm thì dừng đánh giá"),
    "doubtful": Problem("Số liệu cần xem lại"),
    "case": Problem("Trường hợp"),
    "lines": Problem("Điểm tối thiểu của hạng"),
    "part": Problem("Phần"),
    "months": Problem("Số tháng hiệu lực giấy chứng nhận"),
    "in_force": Problem("Có hiệu lực từ"),
    "group": Problem("Nhóm"),
    "agencies": Problem("Cơ quan chủ trì"),
    "samples": Problem("Số mẫu sản phẩm"),
    "excluded": Problem("Hồ sơ bị loại khi"),
}


@dataclass(frozen=True)
class Side:
    """What one of the two says.

    Args:
        code: criterion or option number; words: what it says; points: maximum or points; star: the mark of an option.
    """

    words: Words
    code: str = ""
    points: int | None = None
    star: int | None = None


@dataclass(frozen=True)
class Line:
    """One line of a comparison.

    Args:
        kind: "set", "criterion", "option", or one of ``NOTES`` and ``FACTS``.
        left, right: what each says; None where it has nothing of the kind.
        changes: "added", "removed", or any of ``CHANGE_WORDS``; empty on a heading that only
            tells where the lines under it belong.
    """

    kind: str
    left: Side | None
    right: Side | None
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """What differs.

    Args:
        same: criteria that are alike in everything; differing: those with a difference; added, removed: whole criteria.
    """

    lines: tuple[Line, ...]
    same: int = 0
    differing: int = 0
    added: int = 0
    removed: int = 0

    @property
    def changes(self) -> int:
        """Lines that tell a difference."""
        return sum(bool(line.changes) for line in self.lines)


def compare_sets(left: CriteriaSet, right: CriteriaSet) -> Comparison:
    """What differs between two sets, in the order of the right one; what only the left one has stands where it stood.

    Points are whole points of Decision tables (annex II); nothing is left out that ``CriteriaSet`` holds of criteria and options.
    """
    lines = list(_facts(left, right))
    counts = {"same": 0, "differing": 0, "added": 0, "removed": 0}
    for mine, theirs in _in_order(left.criteria, right.criteria):
        found = list(_criterion(mine, theirs))
        if not found:
            counts["same"] += 1
        else:
            counts["added" if mine is None else "removed" if theirs is None else "differing"] += 1
        lines += found
    return Comparison(tuple(lines), **counts)


def compare_books(left: Rulebook, right: Rulebook) -> Comparison:
    """What differs between two decisions or versions: rank lines, parts, validity, then set by set.

    Raises:
        UserError, ProblemsFound: a set of either cannot be read.
    """
    lines = list(_book_facts(left, right))
    whole = Comparison(())
    for number in sorted({*left.head, *right.head}):
        mine, theirs = left.head.get(number), right.head.get(number)
        heading = _line("set", *(Side(h.name, str(number)) if h else None for h in (mine, theirs)))
        if mine is None or theirs is None:
            lines.append(heading)
            continue
        found = compare_sets(left.set(number), right.set(number))
        if found.lines or heading.changes:
            lines += [heading, *found.lines]
        whole = replace(whole, same=whole.same + found.same, differing=whole.differing + found.differing,
                        added=whole.added + found.added, removed=whole.removed + found.removed)
    return replace(whole, lines=tuple(lines))


# -- aligning -------------------------------------------------------------------------------------------------------------


def aligned(left: Sequence[Criterion], right: Sequence[Criterion]) -> dict[str, Criterion]:
    """The left criterion beside each right one, by the right one's code: the same name first, then the same code and part."""
    free = list(left)
    pairs: dict[str, Criterion] = {}
    for same in (_same_place, _same_name, _same_code):
        for theirs in right:
            mine = next((c for c in free if same(c, theirs)), None) if theirs.code not in pairs else None
            if mine is not None:
                pairs[theirs.code] = mine
                free.remove(mine)
    return pairs


def _same_place(a: Criterion, b: Criterion) -> bool:
    return a.code == b.code and _same_name(a, b)


def _same_name(a: Criterion, b: Criterion) -> bool:
    return fold(a.name.vi) == fold(b.name.vi)


def _same_code(a: Criterion, b: Criterion) -> bool:
    return a.code == b.code and a.part == b.part


def _in_order(left: Sequence[Criterion], right: Sequence[Criterion]) -> Iterator[tuple[Criterion | None, Criterion | None]]:
    pairs = aligned(left, right)
    matched = {c.code for c in pairs.values()}
    alone = [c for c in left if c.code not in matched]
    after: dict[str, list[Criterion]] = {}
    for criterion in alone:
        before = [c for c in left[: left.index(criterion)] if c.code in matched]
        after.setdefault(before[-1].code if before else "", []).append(criterion)
    yield from ((c, None) for c in after.get("", ()))
    for theirs in right:
        mine = pairs.get(theirs.code)
        yield mine, theirs
        if mine is not None:
            yield from ((c, None) for c in after.get(mine.code, ()))


# -- criteria and options -------------------------------------------------------------------------------------------------


def _criterion(mine: Criterion | None, theirs: Criterion | None) -> Iterator[Line]:
    if mine == theirs:
        return
    heading = _line("criterion", *(_side_of(c) if c else None for c in (mine, theirs)))
    if mine and theirs and mine.part != theirs.part:
        heading = replace(heading, changes=(*heading.changes, "part"))
    inside = [*_notes(mine, theirs), *_options(mine.options if mine else (), theirs.options if theirs else ())]
    inside = [line for line in inside if line.changes]
    if heading.changes or inside:
        yield heading
        yield from inside


def _side_of(c: Criterion) -> Side:
    return Side(c.name, c.code, c.max)


def _notes(mine: Criterion | None, theirs: Criterion | None) -> Iterator[Line]:
    for kind in NOTES:
        for left, right in _paired_words(_note(mine, kind), _note(theirs, kind)):
            yield _line(kind, left, right)


def _note(c: Criterion | None, kind: str) -> tuple[Words, ...]:
    if c is None:
        return ()
    if kind == "case":
        return tuple(name for _case, name in c.cases)
    value = getattr(c, kind)
    if isinstance(value, Words):
        return (value,)
    return () if not value else (Words("✓"),) if value is True else (Words(value),)


def _options(mine: Sequence[Option], theirs: Sequence[Option]) -> Iterator[Line]:
    """Options side by side: those of the same words, and between them one after another."""
    for a, b, c, d in _blocks([o.label for o in mine], [o.label for o in theirs]):
        for place in range(max(b - a, d - c)):
            left = mine[a + place] if a + place < b else None
            right = theirs[c + place] if c + place < d else None
            yield _line("option", *(_option_side(o) if o else None for o in (left, right)), numbered=False)


def _option_side(o: Option) -> Side:
    return Side(o.label, o.choice, o.points, o.star)


# -- what stands outside the criteria -------------------------------------------------------------------------------------


def _facts(left: CriteriaSet, right: CriteriaSet) -> Iterator[Line]:
    yield from _differing("excluded", left.exclusions, right.exclusions)
    mine, theirs = ({(g.part, g.code): g for g in s.groups} for s in (left, right))
    for key in dict.fromkeys((*mine, *theirs)):
        sides = (Side(g.name, f"{g.part} · {g.code}", g.max) if (g := groups.get(key)) else None for groups in (mine, theirs))
        line = _line("group", *sides)
        if line.changes:
            yield line
    yield from _differing("agencies", *((_joined(s.agencies),) for s in (left, right)))
    yield from _differing("samples", *((Words(str(s.samples)),) for s in (left, right)))


def _joined(names: tuple[Words, ...]) -> Words:
    return Words("; ".join(name.vi for name in names), "; ".join(name.said("en") for name in names))


def _book_facts(left: Rulebook, right: Rulebook) -> Iterator[Line]:
    days = ((Words(b.in_force.strftime("%d/%m/%Y")),) for b in (left, right))
    yield from _differing("in_force", *days)
    for stars in sorted({*left.lines, *right.lines}, reverse=True):
        sides = (Side(Words(f"{stars} ★"), points=b.lines[stars]) if stars in b.lines else None for b in (left, right))
        line = _line("lines", *sides)
        if line.changes:
            yield line
    for code in dict.fromkeys((*left.parts, *right.parts)):
        sides = (Side(b.parts[code], code, b.part_max[code]) if code in b.parts else None for b in (left, right))
        line = _line("part", *sides)
        if line.changes:
            yield line
    yield from _differing("months", *((Words(str(b.certificate_months)),) for b in (left, right)))


def _differing(kind: str, left: Sequence[Words], right: Sequence[Words]) -> Iterator[Line]:
    yield from (line for pair in _paired_words(left, right) if (line := _line(kind, *pair)).changes)


def _paired_words(left: Sequence[Words], right: Sequence[Words]) -> Iterable[tuple[Side | None, Side | None]]:
    for a, b, c, d in _blocks(left, right):
        for place in range(max(b - a, d - c)):
            yield (Side(left[a + place]) if a + place < b else None), (Side(right[c + place]) if c + place < d else None)


def _blocks(left: Sequence[Words], right: Sequence[Words]) -> Iterator[tuple[int, int, int, int]]:
    """Stretches that are the same on both sides, and what stands between them."""
    matcher = SequenceMatcher(None, [fold(w.vi) for w in left], [fold(w.vi) for w in right], autojunk=False)
    yield from ((a, b, c, d) for _tag, a, b, c, d in matcher.get_opcodes())


def _line(kind: str, *sides: Side | None, numbered: bool = True) -> Line:
    left, right = sides
    if left is None or right is None:
        return Line(kind, left, right, () if left is right else ("added",) if left is None else ("removed",))
    pairs = {"words": (left.words.vi, right.words.vi), "words_en": (left.words.en, right.words.en),
             "points": (left.points, right.points), "star": (left.star, right.star)}
    if numbered:
        pairs["code"] = (left.code, right.code)
    changes = [name for name, (a, b) in pairs.items() if a != b]
    if "words" in changes and "words_en" in changes:
        changes.remove("words_en")  # the translation follows
    if kind in VALUES:
        changes = ["value"] if changes else []
    return Line(kind, left, right, tuple(changes))


def changed_words(left: str, right: str) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
    """Where two sentences differ, word by word: (start, length) in each."""
    mine, theirs = left.split(), right.split()
    marks: tuple[list[int], list[int]] = ([], [])
    for tag, a, b, c, d in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if tag != "equal":
            marks[0].extend(range(a, b))
            marks[1].extend(range(c, d))
    return tuple(_places(left, mine, marks[0])), tuple(_places(right, theirs, marks[1]))


def _places(sentence: str, words: Sequence[str], marked: Sequence[int]) -> Iterator[tuple[int, int]]:
    at, chosen, begin = 0, set(marked), -1
    for n, word in enumerate(words):
        at = sentence.index(word, at)
        if n in chosen and begin < 0:
            begin = at
        at += len(word)
        if begin >= 0 and n + 1 not in chosen:  # words beside each other are one place
            yield begin, at - begin
            begin = -1
