"""Tables and lines of a document in reading order: merged cells resolved, nested tables taken out, sizes kept in bounds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from ocop_desktop.errors import UserError

_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_WIDEST, _TALLEST, _DEEPEST = 60, 500, 40  # spans and nesting beyond these are mistakes or malice
_MOST_CELLS = 2_000_000  # of the grid, covered ones too
_MOST_COLUMNS = 200
_PAGE_ROWS = 12  # a cell that holds more nested rows than this is the page around the law, not a row of it


@dataclass(frozen=True)
class Row:
    """One row of the grid.

    Args:
        number: 1-based, within its table.
        cells: texts; lines of a cell are separated by line breaks, and blank lines between them are kept.
        covered: columns that a merged cell from the left or from above covers; their text is empty.
    """

    number: int
    cells: tuple[str, ...]
    covered: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Table:
    """One table, or the part of it before or after a nested one; ``number`` is its place in the document, from 1."""

    number: int
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Line:
    """One line of text between tables."""

    text: str


Block = Table | Line


@dataclass
class _Cell:
    wide: int = 1
    tall: int = 1
    covered: bool = False
    content: list[str | Table] = field(default_factory=list)


@dataclass
class _Open:
    """A table being read: finished rows, and the flow its open cell writes to."""

    rows: list[list[_Cell]] = field(default_factory=list)
    row: list[_Cell] | None = None
    cell: _Cell | None = None


def tidy(text: str) -> str:
    """``text`` in NFC with single ordinary blanks and without unseen signs."""
    return " ".join(unicodedata.normalize("NFC", _UNSEEN.sub("", text)).split())


class Builder:
    """Collect what a reader of one format meets, in reading order, and give the blocks at the end.

    Args:
        file: name for the errors.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self._flow: list[str | Table] = []
        self._open: list[_Open] = []
        self._buffer: list[str] = []
        self._cells = 0
        self._too_deep = 0
        self._broken = False

    def text(self, text: str) -> None:
        """Add text to the line being read."""
        self._buffer.append(text)

    @property
    def line_begun(self) -> bool:
        """Whether the line being read holds anything to see."""
        return any(piece.strip() for piece in self._buffer)

    @property
    def in_cell(self) -> bool:
        """Whether a cell of a table is being read."""
        return any(table.cell is not None for table in self._open)

    def end_line(self, keep_blank: bool = False) -> None:
        """End the line being read; a blank one counts only with ``keep_blank``."""
        line = tidy("".join(self._buffer)) if self._buffer else ""
        self._buffer.clear()
        self._broken = False
        if line or keep_blank:
            self._here().append(line)

    def break_line(self) -> None:
        """End the line being read where the text breaks it; what follows is a line too, even if nothing does."""
        self.end_line(keep_blank=True)
        self._broken = True

    def _here(self) -> list[str | Table]:
        for table in reversed(self._open):
            if table.cell is not None:
                return table.cell.content
        return self._flow

    def start_table(self) -> None:
        """Open a table, perhaps inside a cell."""
        self.end_line()
        if len(self._open) >= _DEEPEST:
            self._too_deep += 1
            return
        self._open.append(_Open())

    def end_table(self) -> None:
        """Close the innermost table."""
        if self._too_deep:
            self._too_deep -= 1
            return
        if not self._open:
            return
        self.end_row()
        found = _blocks(self._open.pop().rows, self._count)
        self._here().extend(found)

    def start_row(self) -> None:
        """Open a row of the innermost table."""
        self.end_row()
        if self._open and not self._too_deep:
            self._open[-1].row = []

    def end_row(self) -> None:
        """Close the open row."""
        self.end_cell()
        if self._open and not self._too_deep and self._open[-1].row is not None:
            self._open[-1].rows.append(self._open[-1].row)
            self._open[-1].row = None

    def start_cell(self, wide: int = 1, tall: int = 1, covered: bool = False) -> None:
        """Open a cell ``wide`` columns wide and ``tall`` rows tall; ``covered`` when it only continues the one above."""
        self.end_cell()
        if not self._open or self._too_deep:
            return
        self._count(1)
        table = self._open[-1]
        if table.row is None:
            table.row = []
        table.cell = _Cell(min(max(wide, 1), _WIDEST), min(max(tall, 1), _TALLEST), covered)
        table.row.append(table.cell)

    def _count(self, cells: int) -> None:
        self._cells += cells
        if self._cells > _MOST_CELLS:
            raise UserError(
                "Tệp “{file}” có quá {limit} ô bảng, lớn bất thường; hãy chép riêng phần phụ lục sang tệp mới.",
                file=self._file,
                limit=_MOST_CELLS,
            )

    def end_cell(self) -> None:
        """Close the open cell."""
        self.end_line(keep_blank=self._broken)
        if self._open and not self._too_deep:
            self._open[-1].cell = None

    def drop_row(self) -> None:
        """Forget the open row: it was deleted in the document."""
        self._buffer.clear()
        if self._open and not self._too_deep:
            self._open[-1].row = self._open[-1].cell = None

    def blocks(self) -> tuple[Block, ...]:
        """Everything read, tables numbered in reading order."""
        self._too_deep = 0
        while self._open:
            self.end_table()
        self.end_line()
        found: list[Block] = []
        number = 0
        for piece in self._flow:
            if isinstance(piece, Table):
                number += 1
                found.append(Table(number, piece.rows))
            elif piece:
                found.append(Line(piece))
        return tuple(found)


def _blocks(rows: list[list[_Cell]], count: Callable[[int], None]) -> list[str | Table]:
    """One table as blocks: a cell that is a page of its own becomes flow; tables inside a row follow that row."""
    found: list[str | Table] = []
    plain: list[Row] = []
    above: dict[int, int] = {}  # column -> how many more rows a cell from above covers

    def flush() -> None:
        if any(any(row.cells) for row in plain):
            found.append(Table(0, tuple(plain)))
        plain.clear()

    for number, cells in enumerate(rows, 1):
        if _is_page(cells):
            flush()
            found.extend(piece for cell in cells for piece in cell.content)
            above.clear()
            continue
        plain.append(_row(number, cells, above))
        count(len(plain[-1].cells))
        nested = [piece for cell in cells for piece in cell.content if isinstance(piece, Table)]
        if nested:
            flush()
            found.extend(nested)
    flush()
    return found


def _is_page(cells: list[_Cell]) -> bool:
    nested = [piece for cell in cells for piece in cell.content if isinstance(piece, Table)]
    alone = sum(1 for cell in cells if any(cell.content)) == 1
    return len(nested) > 1 or sum(len(t.rows) for t in nested) > _PAGE_ROWS or (bool(nested) and alone)


def _row(number: int, cells: list[_Cell], above: dict[int, int]) -> Row:
    texts: dict[int, str] = {}
    covered = set()
    column = 0
    taller: dict[int, int] = {}
    for cell in cells:
        while above.get(column, 0):
            covered.add(column)
            column += 1
        if column >= _MOST_COLUMNS:
            break
        for i in range(column, column + cell.wide):
            if cell.tall > 1:
                taller[i] = cell.tall - 1
            if i > column or cell.covered:
                covered.add(i)
        texts[column] = "" if cell.covered else _lines(cell.content)
        column += cell.wide
    covered.update(i for i, left in above.items() if left)
    for i in list(above):
        above[i] -= 1
        if above[i] <= 0:
            del above[i]
    above.update(taller)
    width = max([column, *(i + 1 for i in covered)])
    return Row(number, tuple(texts.get(i, "") for i in range(width)), frozenset(covered))


def _lines(content: list[str | Table]) -> str:
    found = "\n".join(piece for piece in content if isinstance(piece, str))
    return found if found.strip() else ""
