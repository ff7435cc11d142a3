"""The law's own words for each criterion and option of a rulebook, and every figure in which the document differs from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ocop_desktop.rules.rulebook import Criterion, Rulebook
from ocop_desktop.sheets import law_alignment as alignment
from ocop_desktop.sheets.law_alignment import CRITERION, GROUP, OPTION, PART, Entry, numbers
from ocop_desktop.sheets.law_document import LawDocument
from ocop_desktop.sheets.law_lines import Statement, statements
from ocop_desktop.sheets.law_marks import fold, is_note, points_in
from ocop_desktop.sheets.law_sections import Section, sections
from ocop_desktop.text import _

Progress = Callable[[int, int, str], None]
POINTS, MAXIMUM, STAR = "points", "max", "star"
_USUAL = 4, 5  # a figure is missed only where at least this share of its like has one
_TOTAL = re.compile(r"(?:tong|cong)\b")
_NEAR = 6  # statements after the last row in which a remark outside tables still belongs to it


@dataclass(frozen=True)
class Difference:
    """One figure the document gives otherwise.

    Args:
        criterion: code of the criterion; of the group ("1") or part ("A") where its total differs.
        option: choice on the ballot ("3", "a2"); empty for a maximum.
        what: ``points``, ``max`` or ``star``.
        document: what stands there; None for an empty cell or no mark; text where it is not one number ("4 1").
        rulebook: what the rulebook has; None for no mark.
        place: where it stands in the document.
    """

    set: int
    criterion: str
    option: str
    what: str
    document: int | str | None
    rulebook: int | None
    place: str


@dataclass(frozen=True)
class Unmatched:
    """A row of a criteria table for which the rulebook has none."""

    set: int
    place: str
    text: str


@dataclass(frozen=True)
class Attachment:
    """What one document gives to a rulebook.

    Args:
        criteria: (set, code) -> wording.
        options: (set, code, choice) -> wording; of a yes/no criterion the document does not spell out: "Có", "Không".
        notes: (set, code of criterion or group, or empty) -> remarks.
        exclusions: (set, code or empty) -> what throws a dossier out.
        missing: (set, code, choice or empty) the document has no row for.
        without_marks: the document carries no star marks at all, so marks were not compared.
    """

    criteria: dict[tuple[int, str], str]
    options: dict[tuple[int, str, str], str]
    notes: dict[tuple[int, str], tuple[str, ...]]
    exclusions: dict[tuple[int, str], str]
    criteria_total: int
    options_total: int
    differences: tuple[Difference, ...]
    unmatched: tuple[Unmatched, ...]
    missing: tuple[tuple[int, str, str], ...]
    without_marks: bool


@dataclass
class _Pair:
    set: int
    row: Entry
    statement: Statement


@dataclass
class _Gathered:
    """What the sections gave so far."""

    criteria: dict[tuple[int, str], str] = field(default_factory=dict)
    options: dict[tuple[int, str, str], str] = field(default_factory=dict)
    notes: dict[tuple[int, str], list[str]] = field(default_factory=dict)
    exclusions: dict[tuple[int, str], str] = field(default_factory=dict)
    pairs: dict[tuple[int, str, str, str], _Pair] = field(default_factory=dict)
    unmatched: list[Unmatched] = field(default_factory=list)


def match(document: LawDocument, book: Rulebook, progress: Progress | None = None) -> Attachment:
    """Find the rulebook's rows in the document, take their wording and compare points, maxima and star marks.

    Args:
        progress: called with (done, total, what is being done) after each table; may raise to stop.
    """
    found = sections(statements(document), book)
    rows = {s.set: alignment.entries(book.set(s.set), book) for s in found}
    laid = [(section, alignment.align(rows[section.set], section.statements)) for section in found]
    gathered = _Gathered()
    for done, (section, pairs) in enumerate(sorted(laid, key=lambda x: -len(x[1])), 1):
        # Fullest first: of a table that stands twice the better one counts, the other only fills what is missing.
        _take(section, pairs, rows[section.set], book, gathered)
        if progress:
            progress(done, len(laid), _("Đang đối chiếu văn bản với bộ tiêu chí"))
    return _attachment(gathered, book)


def _take(section: Section, pairs: dict[int, int], rows: list[Entry], book: Rulebook, gathered: _Gathered) -> None:
    number = section.set
    by_place = {j: rows[i] for i, j in pairs.items()}
    known = {key for key in gathered.pairs if key[0] == number}
    last: Entry | None = None
    ends = max(by_place, default=-1)
    by_code = book.set(number).by_code
    for j, statement in enumerate(section.statements):
        row = by_place.get(j)
        if row is not None:
            last = row if row.kind != PART else last
            key = (number, row.kind, row.code, row.choice or row.case)
            if key not in known:
                gathered.pairs[key] = _Pair(number, row, statement)
                _word(number, row, statement, by_code.get(row.code), gathered)
        elif not known:
            _leftover(number, last, statement, j - ends, by_code, gathered)


def _word(number: int, row: Entry, statement: Statement, criterion: Criterion | None, gathered: _Gathered) -> None:
    if row.kind == OPTION:
        level = row.choice.lstrip("ab")
        numbered = statement.code in (row.code, row.choice, level)  # "1) ", "2. " before the words
        words = statement.text if numbered else statement.whole
        gathered.options[number, row.code, row.choice] = words.removeprefix(f"({level}) ")
    elif row.kind == CRITERION:
        value, words = points_in(statement.text, bare=True)
        twice = value is not None and value in (row.max, *numbers(statement))  # "Tên tiêu chí - 3 điểm", beside its 3
        gathered.criteria[number, row.code] = words if twice else statement.text
        if criterion is not None and criterion.yes_no:
            for option, word in zip(criterion.options, ("Không", "Có"), strict=True):
                gathered.options.setdefault((number, row.code, option.choice), word)


def _leftover(
    number: int, last: Entry | None, statement: Statement, behind: int, by_code: dict[str, Criterion], gathered: _Gathered
) -> None:
    """A statement that is no row of the set: an answer of a yes/no criterion, a remark, a repeated heading, or unmatched."""
    code = last.code if last else ""
    criterion = by_code.get(code)
    if behind > _NEAR or (behind > 0 and not statement.table and not statement.note):
        return
    if criterion is not None and criterion.yes_no and not statement.note and _answer(number, criterion, statement, gathered):
        return
    if "bi loai" in statement.folded or "khong danh gia cac buoc tiep theo" in statement.folded:
        gathered.exclusions.setdefault((number, code), statement.text)
        return
    if last is None or (criterion is not None and criterion.cases and not statement.note and not alignment.numbers(statement)):
        return  # the heading of a case: "a) Đối với dịch vụ du lịch cộng đồng"
    listed = statement.bullet and not is_note(statement.text, statement.folded)  # a remark may stand in a list too
    plain = not listed and not statement.code and not statement.beside and not alignment.numbers(statement)
    if statement.note or plain:
        if statement.table or statement.note:
            gathered.notes.setdefault((number, code), []).append(statement.whole)
        return
    again = gathered.criteria.get((number, statement.code))  # a criterion repeated at the head of a page
    if statement.part or statement.case or _TOTAL.match(statement.folded) or (again and fold(again)[:20] in statement.folded):
        return
    if statement.table and behind <= 0:
        gathered.unmatched.append(Unmatched(number, place(statement), statement.whole))


def _answer(number: int, criterion: Criterion, statement: Statement, gathered: _Gathered) -> bool:
    """Take "Có" or "Không" of a yes/no criterion, with its points."""
    words = statement.folded.replace("/", " ").split()
    if not words or words[0] not in ("co", "khong", "chua", "da") or "." in statement.code or statement.part or len(words) > 40:
        return False
    if {"co", "khong"} <= set(words) and len(words) < 12:
        return True  # both answers in one line: the usual words stand
    option = criterion.options[0 if "khong" in words[:3] or "chua" in words[:2] else 1]
    key = (number, OPTION, criterion.code, option.choice)
    if key in gathered.pairs:
        return False
    row = Entry(OPTION, criterion.code, "", frozenset(), option.points, option.choice, "", option.star)
    gathered.pairs[key] = _Pair(number, row, statement)
    gathered.options[number, criterion.code, option.choice] = statement.text
    return True


def place(statement: Statement) -> str:
    """Where a statement stands, in words."""
    if not statement.table:
        return _("ngoài bảng")
    return _("bảng {table}, dòng {row}", table=statement.table, row=statement.row)


def _attachment(gathered: _Gathered, book: Rulebook) -> Attachment:
    without_marks = not any(p.statement.star for p in gathered.pairs.values())
    criteria_total = options_total = 0
    missing = []
    for head in book.heads:
        for criterion in book.set(head.number).criteria:
            criteria_total += 1
            options_total += len(criterion.options)
            if (head.number, criterion.code) not in gathered.criteria:
                missing.append((head.number, criterion.code, ""))
            missing += [
                (head.number, criterion.code, o.choice)
                for o in criterion.options
                if (head.number, criterion.code, o.choice) not in gathered.options
            ]
    return Attachment(
        criteria=dict(sorted(gathered.criteria.items())),
        options=dict(sorted(gathered.options.items())),
        notes={key: tuple(dict.fromkeys(texts)) for key, texts in sorted(gathered.notes.items())},
        exclusions=dict(sorted(gathered.exclusions.items())),
        criteria_total=criteria_total,
        options_total=options_total,
        differences=tuple(_differences(gathered, without_marks)),
        unmatched=tuple(gathered.unmatched),
        missing=tuple(missing),
        without_marks=without_marks,
    )


def _differences(gathered: _Gathered, without_marks: bool) -> Iterator[Difference]:
    pairs = list(gathered.pairs.values())
    usual = {kind: _is_usual([p for p in pairs if p.row.kind == kind]) for kind in (OPTION, CRITERION, GROUP, PART)}
    columns = {kind: any(p.statement.beside for p in pairs if p.row.kind == kind) for kind in usual}
    blank_zeros = _are_blank([p for p in pairs if p.row.kind == OPTION and p.row.max == 0])
    for pair in sorted(pairs, key=lambda p: (p.set, p.statement.table, p.statement.row)):
        row, said = pair.row, pair.statement
        if row.max is not None:
            what = POINTS if row.kind == OPTION else MAXIMUM
            readings = _readings(row, said)
            wrong = next((r for r in readings if r != [row.max]), None)
            if wrong is not None:
                shown = wrong[0] if len(wrong) == 1 else " ".join(map(str, wrong))
                yield Difference(pair.set, row.code, row.choice, what, shown, row.max, place(said))
            blank = not readings and row.name and not (blank_zeros and row.max == 0)
            if blank and usual[row.kind] and (said.beside or not columns[row.kind]):
                yield Difference(pair.set, row.code, row.choice, what, None, row.max, place(said))
        if row.kind == OPTION and not without_marks and said.star != row.star:
            yield Difference(pair.set, row.code, row.choice, STAR, said.star, row.star, place(said))


def _readings(row: Entry, said: Statement) -> list[list[int]]:
    """Numbers to compare: of several points cells the first holds a criterion's maximum, the last an option's points."""
    cells = said.figures[-1:] if row.kind == OPTION else said.figures[:1]
    return cells if said.typed is None else [*cells, [said.typed]]


def _are_blank(zeros: list[_Pair]) -> bool:
    """Whether the document has the habit of leaving 0 points out ("" or "-"): a blank is then no difference."""
    blank = sum(1 for p in zeros if not _readings(p.row, p.statement))
    return blank * _USUAL[1] >= len(zeros) * _USUAL[0]


def _is_usual(pairs: list[_Pair]) -> bool:
    filled = sum(1 for p in pairs if _readings(p.row, p.statement))
    return bool(pairs) and filled * _USUAL[1] >= len(pairs) * _USUAL[0]
