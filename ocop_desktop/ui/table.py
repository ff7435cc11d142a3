"""Tables: columns, and models that are fed at once or page by page. ``table_view`` shows them."""

from __future__ import annotations

import datetime as dt
from abc import abstractmethod
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QStyledItemDelegate

from ocop_desktop import text
from ocop_desktop.text import _
from ocop_desktop.ui.parts import tip

Index = QModelIndex | QPersistentModelIndex
Align = Literal["left", "right", "center"]
RowRole = Qt.ItemDataRole.UserRole  # the row's own value
ValueRole = Qt.ItemDataRole.UserRole + 1  # the cell's own value
LoadingRole = Qt.ItemDataRole.UserRole + 2  # whether the row is still to be fed
ToneRole = Qt.ItemDataRole.UserRole + 3  # tone of the cell's surface, or None
ROLES = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, RowRole, ValueRole, LoadingRole, ToneRole}
PAGE = 64  # more rows than the tallest screen shows
PAGES_KEPT = 96
NO_PARENT = QModelIndex()


@dataclass(frozen=True)
class Column:
    """One column.

    Args:
        key: attribute (or key) of the row; also what the column is remembered by.
        title: Vietnamese words marked with ``N_``.
        width: pixels at 100 %.
        align: left, right (numbers) or center.
        format: value -> words shown; without it dates are dd/mm/yyyy, whole numbers have a thousands mark, None is empty.
        look: ``text``, ``figures`` (figures of one width), ``stars`` (value: int), ``pill`` (value: (words, tone)),
            ``two`` (value: (strong line, quiet line)) or a delegate of your own.
        sortable: whether a press on its head sorts.
        stretch: takes the room that is left.
        hidden: not shown until asked for.
        least: pixels at 100 % a stretching column keeps; 0: its width.
        aside: where the room is short it steps aside, the one with the highest number first; 0 never does.
    """

    key: str
    title: str
    width: int = 120
    align: Align = "left"
    format: Callable[[Any], str] | None = None
    look: str | QStyledItemDelegate = "text"
    sortable: bool = True
    stretch: bool = False
    hidden: bool = False
    least: int = 0
    aside: int = 0

    def value(self, row: Any) -> Any:
        """The cell's value in ``row``."""
        return row.get(self.key) if isinstance(row, dict) else getattr(row, self.key)

    def words(self, row: Any) -> str:
        """What the cell says in ``row``."""
        value = self.value(row)
        if self.format is not None:
            return self.format(value)
        if value is None:
            return ""
        if self.look in ("pill", "two"):
            return str(value[0])
        if isinstance(value, dt.date):
            return text.date(value)
        if isinstance(value, int) and not isinstance(value, bool) and self.align == "right":
            return str(value) if abs(value) < 1000 else text.number(value)
        return str(value)


ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter,
}
ALIGN_VALUES = {side: align.value for side, align in ALIGN.items()}


class RowsModel(QAbstractTableModel):
    """What both models share: columns, words, sort marks. Delegates read its rows directly."""

    sort_wanted = Signal(str, bool)  # column key, descending

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.tint: Callable[[Any, str], str | None] | None = None  # (row, column key) -> tone of the cell: ok, info, warn, bad

    @abstractmethod
    def row_at(self, row: int) -> Any:
        """The row's own value, or None while it is not fed."""

    def value_at(self, row: int, column: int) -> Any:
        """A fed cell's own value."""
        return self.columns[column].value(self.row_at(row))

    def words_at(self, row: int, column: int) -> tuple[str, int]:
        """What a fed cell says, and the value of its alignment."""
        found = self.columns[column]
        return found.words(self.row_at(row)), ALIGN_VALUES[found.align]

    def tone_at(self, row: int, column: int) -> tuple[bool, str | None]:
        """Whether a cell is still to be fed, and the tone of its surface."""
        value = self.row_at(row)
        if value is None or self.tint is None:
            return value is None, None
        return False, self.tint(value, self.columns[column].key)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return _(column.title) if column.title else ""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGN[column.align]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGN[column.align]
        if role not in ROLES:
            return None
        row = self.row_at(index.row())
        if role == LoadingRole:
            return row is None
        if row is None:
            return None
        if role == RowRole:
            return row
        if role == ToneRole:
            return self.tint(row, column.key) if self.tint else None
        if role == ValueRole:
            return column.value(row)
        return tip(column.words(row)) if role == Qt.ItemDataRole.ToolTipRole else column.words(row)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(self.columns) and self.columns[column].sortable:
            self.sort_by(self.columns[column].key, order == Qt.SortOrder.DescendingOrder)

    def sort_by(self, key: str, descending: bool) -> None:
        """Ask for another order."""
        self.sort_wanted.emit(key, descending)


class FedTable(RowsModel):
    """A table fed with all its rows; it sorts them itself, unless ``sorts_itself`` is off."""

    def __init__(self, columns: Sequence[Column], sorts_itself: bool = True) -> None:
        super().__init__(columns)
        self._rows: list[Any] = []
        self._sorts_itself = sorts_itself

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def row_at(self, row: int) -> Any:
        return self._rows[row]

    def rows(self) -> tuple[Any, ...]:
        """All rows in the order shown."""
        return tuple(self._rows)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show ``rows``; selection and place are kept when their number is the same."""
        if len(rows) == len(self._rows) and rows:
            self._rows = list(rows)
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self.columns) - 1))
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def set_row(self, row: int, value: Any) -> None:
        """Show one row anew."""
        self._rows[row] = value
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))

    def sort_by(self, key: str, descending: bool) -> None:
        if self._sorts_itself:
            column = next(c for c in self.columns if c.key == key)
            self.layoutAboutToBeChanged.emit()
            self._rows.sort(key=lambda row: _order(column, row), reverse=descending)
            self.layoutChanged.emit()
        super().sort_by(key, descending)


def _order(column: Column, row: Any) -> tuple[int, Any]:
    value = column.value(row)
    if value is None:
        return (0, "")
    if isinstance(value, (int, Fraction)):
        return (1, value)
    return (1, value.isoformat() if isinstance(value, dt.date) else column.words(row).casefold())


class PagedTable(RowsModel):
    """A table of any length, fed page by page as it is looked at: rows not yet there are drawn as skeletons.

    ``set_count`` when the search is known, then ``set_page`` for every ``page_wanted``.
    """

    page_wanted = Signal(int)

    def __init__(self, columns: Sequence[Column], page_size: int = PAGE) -> None:
        super().__init__(columns)
        self.page_size = page_size
        self._count = 0
        self._pages: OrderedDict[int, Sequence[Any]] = OrderedDict()
        self._asked: set[int] = set()
        self._to_ask: list[int] = []
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.timeout.connect(self._ask)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else self._count

    def set_count(self, count: int, first: Sequence[Any] = ()) -> None:
        """Show ``count`` rows, all to be fed anew; ``first`` is the first page when it is known already."""
        self.beginResetModel()
        self._count = count
        self._pages.clear()
        self._asked.clear()
        self._to_ask.clear()
        if first:
            self._pages[0] = first
        self.endResetModel()

    def set_page(self, page: int, rows: Sequence[Any]) -> None:
        """Feed the rows of ``page`` (0 is the first)."""
        self._asked.discard(page)
        self._pages[page] = rows
        self._pages.move_to_end(page)
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        first = page * self.page_size
        last = min(first + self.page_size, self._count) - 1
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def row_at(self, row: int) -> Any:
        page, place = divmod(row, self.page_size)
        rows = self._pages.get(page)
        if rows is None:
            if page not in self._asked:
                self._asked.add(page)
                self._to_ask.append(page)
                self._asking.start(0)
            return None
        return rows[place] if place < len(rows) else None

    @Slot()
    def _ask(self) -> None:
        pages, self._to_ask = self._to_ask, []
        for page in pages:
            self.page_wanted.emit(page)
