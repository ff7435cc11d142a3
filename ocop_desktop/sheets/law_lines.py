"""Rows of tables as single statements: one criterion or one option each, with its code, points, star mark and place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ocop_desktop.sheets import law_marks as marks
from ocop_desktop.sheets.law_document import LawDocument
from ocop_desktop.sheets.law_tables import Line, Row, Table

_HEADER_WORDS = re.compile(
    r"^(?:tt|stt|so tt|so thu tu|ma|ma so|muc|muc diem|lua chon|yeu cau|ghi chu|sao|hang sao|so sao|dau sao|phan|nhom"
    r"|diem|diem so|so diem|thang diem|diem toi da|diem chuan|diem danh gia|diem tu danh gia|diem.{0,25}cham|tu cham.{0,12}"
    r"|(?:cac |nhom |phan/|nhom/)?tieu chi.{0,40}|noi dung.{0,40}|muc do.{0,20}|muc danh gia|phuong an.{0,20}"
    r"|yeu cau (?:ve )?(?:hang )?sao|dieu kien.{0,20}|minh chung.{0,30}|ho so.{0,30}|tai lieu.{0,30}|ket qua.{0,20})$"
)
_STAR_COLUMN = re.compile(r"^(?:sao|hang sao|so sao|dau sao|yeu cau (?:ve )?(?:hang )?sao|dieu kien.{0,10}sao)$")
_TELLING = re.compile(r"^(?:diem|(?:cac )?tieu chi|noi dung)")  # a header with a word of its own still says one of these
_ASIDE = re.compile(
    r"^(?:(?:diem|hoi dong|thanh vien|to tu van|chu the).{0,25}cham|diem tu danh gia|tu cham.{0,12}|minh chung|ho so|tai lieu"
    r"|ket qua)"
)
_RUNNING = re.compile(r"^(?:phu luc [ivx\d.]+|\(?tiep theo[^a-z]*|trang \d+[^a-z]*)$")
_DIGIT, _WORD = re.compile(r"\d"), re.compile(r"[^\W\d_]{2}")
ASIDE, STARS = "aside", "stars"  # what a column is for, where its header tells


@dataclass(eq=False)
class Statement:
    """One thing a row says.

    Args:
        text: the words, without bullet, code, points and marks.
        whole: the words with the code, for an option that begins with a number.
        figures: numbers of each points cell beside it.
        typed: points typed into the text.
        beside: there is a points cell beside it, perhaps empty.
        part: the code names a part ("Phần A").
        table: number of the table; 0 for a line outside tables.
    """

    text: str
    whole: str
    code: str = ""
    bullet: str = ""
    case: str = ""
    part: bool = False
    figures: list[list[int]] = field(default_factory=list)
    typed: int | None = None
    beside: bool = False
    star: int | None = None
    note: bool = False
    table: int = 0
    row: int = 0
    folded: str = ""
    words: frozenset[str] = frozenset()


@dataclass
class _Text:
    """A text cell with what stands beside it, until the next text cell."""

    lines: list[str]
    code: str = ""
    bullet: str = ""
    points: list[list[str]] = field(default_factory=list)
    stars: list[list[str]] = field(default_factory=list)


def statements(document: LawDocument) -> list[Statement]:
    """Everything the document states, in reading order; header rows are left out."""
    found: list[Statement] = []
    roles: dict[int, str] = {}
    width = 0
    for block in document.blocks:
        if isinstance(block, Line):
            found.append(_statement(block.text, _Text([]), 0, 0))
            continue
        widest = max(len(row.cells) for row in block.rows)
        if widest != width:  # a table that goes on after a page break keeps the meaning of its columns
            roles, width = {}, widest
        for row in block.rows:
            if _running(row):
                continue
            heads = _header(row)
            if heads is not None:
                roles = heads
            else:
                for statement in _of_row(row, block, roles):
                    above = _above(found)
                    if above is not None and _goes_on(above, statement):
                        _join(above, statement)
                    else:
                        found.append(statement)
    return found


def _running(row: Row) -> bool:
    """Whether a row only repeats what stands at the head of every page."""
    texts = [cell for cell in row.cells if cell]
    return len(texts) == 1 and bool(_RUNNING.match(marks.fold(texts[0])))


def _above(found: list[Statement]) -> Statement | None:
    """The last row of a table, past the running head of a page."""
    return next((statement for statement in reversed(found[-3:]) if statement.table), None)


def _goes_on(above: Statement, below: Statement) -> bool:
    """Whether a row only ends the sentence of the row above, cut by the end of a page."""
    if not below.text[:1].islower() or len(below.text) < 4 or (above.table, above.row) == (below.table, below.row):
        return False
    if below.bullet or below.code or below.case or below.part or below.note or above.note or above.text.endswith("."):
        return False
    if below.figures and (above.figures or above.text.endswith(";")):
        return False
    return below.typed is None


def _join(above: Statement, below: Statement) -> None:
    above.text, above.whole = f"{above.text} {below.text}", f"{above.whole} {below.whole}"
    above.folded, above.words = f"{above.folded} {below.folded}", above.words | below.words
    above.figures, above.star = above.figures or below.figures, above.star or below.star
    above.beside = above.beside or below.beside


def _header(row: Row) -> dict[int, str] | None:
    """Columns with a meaning of their own (points given, evidence, marks) when ``row`` is a header; None when it is not."""
    texts = {i: marks.fold(c).strip(" .:") for i, c in enumerate(row.cells) if c.strip()}
    if any(len(t) > 45 or _DIGIT.search(t) for t in texts.values()):
        return None
    known = sum(1 for t in texts.values() if _HEADER_WORDS.match(t))
    if known < 2 or known * 3 < len(texts) * 2:
        return None
    if known < len(texts) and not any(_TELLING.match(t) for t in texts.values()):
        return None
    if not any(t.isalpha() or " " in t for t in texts.values()):
        return None
    return {i: ASIDE if _ASIDE.match(t) else STARS for i, t in texts.items() if _ASIDE.match(t) or _STAR_COLUMN.match(t)}


def _of_row(row: Row, table: Table, roles: dict[int, str]) -> Iterator[Statement]:
    texts: list[_Text] = []
    code = bullet = ""
    last = max((i for i, c in enumerate(row.cells) if _WORD.search(c)), default=-1)
    for column, cell in enumerate(row.cells):
        if roles.get(column) == ASIDE or column in row.covered:
            continue
        lines = cell.split("\n")
        filled = [line for line in lines if line]
        if not texts and column <= last and len(filled) == 1 and marks.code_alone(filled[0]):
            code = marks.code_alone(filled[0])
        elif not texts and len(filled) == 1 and marks.bullet_alone(filled[0]):
            bullet = filled[0]
        elif texts and roles.get(column) == STARS:
            texts[-1].stars.append([f"{x} sao" if x in ("3", "4", "5") else x for x in lines])
        elif texts and filled and all(len(x) < 60 and marks.star(x) == (marks.star(x).value, "") for x in filled):
            texts[-1].stars.append(lines)
        elif texts and _is_points(lines):
            texts[-1].points.append(lines)
        elif filled:
            texts.append(_Text(lines, code, bullet))
            code = bullet = ""
    for text in texts:
        yield from _split(text, table.number, row.number)


def _is_points(lines: list[str]) -> bool:
    return all(marks.figures(marks.star(line).text if marks.figures(line) is None else line) is not None for line in lines)


def _split(text: _Text, table: int, row: int) -> Iterator[Statement]:
    """One statement per option or criterion of a cell, each with its own points and mark."""
    pieces, points = _pieces(text)
    stars = _shared_stars(text, len(pieces))
    for number, piece in enumerate(pieces):
        own = _Text([], text.code if number == 0 else "", text.bullet if number == 0 else "")
        statement = _statement(piece, own, table, row, bare=not any(any(p) for p in points))
        statement.beside = bool(text.points or text.stars)
        beside = points[number]
        read = []
        for cell in beside:
            mark = marks.star(cell) if marks.figures(cell) is None else marks.Mark(None, cell)
            statement.star = statement.star or mark.value
            read.append(marks.figures(mark.text) or [])
        statement.figures = [numbers for numbers in read if numbers]
        statement.star = statement.star or stars[number]
        if any(c.isalpha() for c in statement.text):
            yield statement


def _pieces(text: _Text) -> tuple[list[str], list[list[str]]]:
    """The statements of a cell, and for each the points lines beside it."""
    lines = text.lines
    filled = [line for line in lines if line]
    cells = [c for c in text.points if any(_tells(x) for x in c)]
    numbers = [x for cell in cells for x in cell if x]
    while lines and not lines[-1] and not any(len(cell) == len(lines) for cell in cells):
        lines = lines[:-1]
    for cell in cells:
        while cell and not cell[-1] and len(cell) > len(lines):
            cell = cell[:-1]
        others = [[x for x in c if x] for c in cells if c[: len(cell)] != cell]
        if len(cell) == len(lines) > 1 and len([x for x in cell if x]) > 1:  # paragraph beside paragraph
            pairs = [(line, [x] if x else []) for line, x in zip(lines, cell, strict=True) if line]
            joined = _join_continued(pairs)
            if others and others[0]:
                joined[0][1].extend(others[0])
            return [p for p, _ in joined], [f for _, f in joined]
    starts = _starts(filled, coded=bool(text.code), many=len(numbers) > 1)
    pieces = [" ".join(filled[a:b]) for a, b in zip(starts, [*starts[1:], len(filled)], strict=True)]
    if len(numbers) > 1:
        for tried in (pieces, filled, _sentences(filled)):
            scored = [piece for piece in tried if not marks.head(piece).case]  # the heading of a case has no points
            shift = len(scored) - len(numbers)
            if len(tried) > 1 and shift in (0, 1):
                own = iter([*([] for _ in range(shift)), *([n] for n in numbers)])
                return tried, [[] if marks.head(piece).case else next(own) for piece in tried]
    if len(pieces) == 1:
        return pieces, [[" ".join(x for x in cell if x) for cell in cells]]
    if len(numbers) <= 1:
        return pieces, [numbers, *([] for _ in pieces[1:])]
    shift = 1 if len(pieces) > len(numbers) and not marks.head(pieces[0]).bullet else 0
    given: list[list[str]] = [[] for _ in range(shift)] + [[n] for n in numbers]
    return pieces, (given + [[] for _ in pieces])[: len(pieces)]


def _tells(line: str) -> bool:
    """Whether a line of a points cell holds a number or a mark."""
    mark = marks.star(line)
    return bool(mark.value or marks.figures(mark.text))


def _begins(head: marks.Head) -> bool:
    return bool(head.bullet or head.case or head.code)


def _join_continued(pairs: list[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    """Join a line without points that only goes on with the sentence above."""
    joined: list[tuple[str, list[str]]] = []
    for line, points in pairs:
        if joined and not points and line[:1].islower() and not _begins(marks.head(line)):
            joined[-1] = (f"{joined[-1][0]} {line}", joined[-1][1])
        else:
            joined.append((line, points))
    return joined


def _sentences(filled: list[str]) -> list[str]:
    found: list[str] = []
    for line in filled:
        if found and line[:1].islower():
            found[-1] += f" {line}"
        else:
            found.append(line)
    return found


def _starts(filled: list[str], coded: bool, many: bool) -> list[int]:
    """Where statements begin in the lines of a cell: at a bullet, a code, a case or a note; other lines go on."""
    heads = [marks.head(marks.star(line).text) for line in filled]
    first = heads[0].bullet
    coded = coded or bool(heads[0].code)  # a remark in brackets is one only under a criterion; under an option it is its end
    starts = [0]
    for i, h in enumerate(heads[1:], 1):
        if (
            h.case
            or marks.begins_note(marks.fold(h.text[:60]))
            or (coded and marks.is_note(h.text, marks.fold(h.text[:60])))
            or (h.code and not first and "." in h.code)
            or (h.bullet and (many or not first or h.bullet == first or (len(first) == len(h.bullet) == 2)))
        ):
            starts.append(i)
    return starts


def _shared_stars(text: _Text, count: int) -> list[int | None]:
    """Marks of star columns beside the statements: line by line where there are as many lines, else with the first."""
    found: list[int | None] = [None] * count
    for lines in text.stars:
        values = [marks.star(line).value if line else None for line in lines]
        if len(lines) == len(text.lines) and len(lines) > 1:
            values = [v for v, line in zip(values, text.lines, strict=True) if line]
        if len(values) == count:
            found = [a or b for a, b in zip(found, values, strict=True)]
        else:
            found[0] = found[0] or next((v for v in values if v), None)
    return found


def _statement(text: str, beside: _Text, table: int, row: int, bare: bool = True) -> Statement:
    mark = marks.star(text)
    head = marks.head(mark.text)
    after_bullet = marks.star(head.text) if mark.value is None and head.bullet else marks.Mark(None, head.text)
    value, rest = marks.points_in(after_bullet.text, bare)
    late = marks.star(rest) if value is not None else marks.Mark(None, rest)  # "... 4 sao (3 điểm)"
    star, rest = mark.value or after_bullet.value or late.value, late.text
    code, part = head.code, head.part
    if beside.code:
        code, part = beside.code.rstrip("."), beside.code.isalpha() and beside.code.isupper()
    bullet = head.bullet or beside.bullet
    if len(beside.code) == 1 and beside.code.islower():
        code, bullet = "", beside.code + ")"
    folded = marks.fold(rest)
    whole = marks.points_in(mark.text, bare).text if code and not beside.code else rest
    found = Statement(rest, whole, code, bullet, head.case, part, table=table, row=row)
    found.folded = folded
    found.words = frozenset(re.findall(r"[a-z0-9]+", folded))
    found.note = not code and not head.case and (marks.begins_note_surely(folded) or (not bullet and marks.is_note(rest, folded)))
    found.typed = value
    found.star = star
    return found
