"""The grid of a dossier's paper ballots: criteria down in the ballot's own order, one column per member; keyboard only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ocop_desktop.rules.rulebook import CriteriaSet
from ocop_desktop.text import _, language
from ocop_desktop.ui import theme
from ocop_desktop.ui.agency_head import AgencyHeader
from ocop_desktop.ui.paper_state import SheetState

Index = QModelIndex | QPersistentModelIndex
ROW_HIGH, CODE_WIDE, NAME_LEAST, MEMBER_WIDE = 25, 54, 176, 56  # pixels at 100 %
CODE, NAME, FIRST = 0, 1, 2
CENTRE = int(Qt.AlignmentFlag.AlignCenter)
LEFTWARDS = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


@dataclass(frozen=True)
class Row:
    """One row: kind part, criterion or total."""

    kind: str
    code: str
    name: str


def states_said(state: SheetState) -> str:
    """In a word, why nothing is typed in a column."""
    return {"typed": _("chờ kiểm"), "untyped": _("chưa nhập"), "done": _("xong"), "recused": _("không chấm"),
            "locked": _("khóa")}.get(state.column.state, "")


class PaperModel(QAbstractTableModel):
    """Fed with the sheets of one dossier."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[SheetState] = []
        self._rows: list[Row] = []

    def set_sheets(self, rules: CriteriaSet, sheets: list[SheetState]) -> None:
        """Show a dossier's sheets."""
        said, part = language(), ""
        self.beginResetModel()
        self.sheets, self._rows = sheets, []
        for criterion in rules.criteria:
            if criterion.part != part:
                part = criterion.part
                self._rows.append(Row("part", "", _("Phần {part}, tối đa {points} điểm", part=part, points=rules.part_max[part])))
            self._rows.append(Row("criterion", criterion.code, criterion.name.said(said)))
        self._rows.append(Row("total", "", _("Tổng cộng lại")))
        self.endResetModel()

    def clear(self) -> None:
        """Take everything away; nothing of it stays on show."""
        self.beginResetModel()
        self.sheets, self._rows = [], []
        self.endResetModel()

    def row_of(self, code: str) -> int:
        """The row of a criterion."""
        return next(n for n, row in enumerate(self._rows) if row.code == code)

    def code_at(self, index: Index) -> str:
        """The criterion behind an index, or empty."""
        return self._rows[index.row()].code if index.isValid() else ""

    def sheet_at(self, index: Index) -> SheetState | None:
        """The sheet behind an index."""
        return self.sheets[index.column() - FIRST] if index.isValid() and index.column() >= FIRST else None

    def show_column(self, place: int) -> None:
        """Show anew what stands in a member's column."""
        self.dataChanged.emit(self.index(0, place + FIRST), self.index(self.rowCount() - 1, place + FIRST))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, place + FIRST, place + FIRST)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else FIRST + len(self.sheets)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return CENTRE if section >= FIRST else LEFTWARDS
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section < FIRST:
            return (_("Mã"), _("Tiêu chí"))[section]
        sheet = self.sheets[section - FIRST]
        return sheet.column.short if sheet.open else f"{sheet.column.short} ({states_said(sheet)})"

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        sheet = self.sheet_at(index)
        if sheet is None or not sheet.open or self._rows[index.row()].kind != "criterion":
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        row, sheet = self._rows[index.row()], self.sheet_at(index)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return CENTRE if sheet is not None else LEFTWARDS
        if role == Qt.ItemDataRole.FontRole:
            small = sheet is None or not sheet.open
            return theme.font(theme.SMALL if small else theme.STRONG if row.kind == "total" else theme.BODY)
        if sheet is None:
            return self._head(index, row, role)
        return self._cell(sheet, row, role)

    def _head(self, index: Index, row: Row, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return row.code if index.column() == CODE else row.name
        if role == Qt.ItemDataRole.ForegroundRole and row.kind == "part":
            return theme.now().color("quiet")
        return None

    def _cell(self, sheet: SheetState, row: Row, role: int) -> Any:
        look, asked = theme.now(), row.code in sheet.differences and row.code not in sheet.settled
        if role == Qt.ItemDataRole.DisplayRole:
            if row.kind == "total":
                return str(sheet.points) if sheet.open else states_said(sheet)
            return sheet.said(row.code) if row.kind == "criterion" else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{sheet.column.name}, {row.code}: {sheet.said(row.code) or _('trống')}" if row.kind == "criterion" else None
        if role == Qt.ItemDataRole.BackgroundRole:
            if asked:
                return look.color("warn_soft")
            return None if sheet.open and row.code not in sheet.blocked else look.color("ground")
        if role == Qt.ItemDataRole.ForegroundRole:
            return look.color("warn" if asked else "ink" if sheet.open else "quiet")
        return None


class _Cell(QStyledItemDelegate):
    """A cell; the one under the cursor is framed, so that the eye finds it coming back from the sheet."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.save()
            painter.setPen(QPen(theme.now().color("main"), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
            painter.restore()


class PaperView(QTableView):
    """The grid on show. It announces what is typed; the page keeps it."""

    typed = Signal(int, str, object)  # column, criterion, choice (None: taken back)
    ended = Signal(int)  # the column's last criterion was left downwards
    moved = Signal(int, str)  # column and criterion under the cursor
    opinion_wanted = Signal()
    exclusion_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.paper = PaperModel()
        self._delegate = _Cell(self)
        self.setItemDelegate(self._delegate)
        self._went = False  # a digit went down by itself: an Enter right after it means the same step
        self.head = AgencyHeader(self, FIRST)
        self.setHorizontalHeader(self.head)
        self.setModel(self.paper)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.paper.modelReset.connect(self.dress)
        self.selectionModel().currentChanged.connect(self._tell)

    def dress(self) -> None:
        """Sizes for the columns on show."""
        look = theme.now()
        high = look.px(ROW_HIGH)
        self.verticalHeader().setMinimumSectionSize(high)
        self.verticalHeader().setDefaultSectionSize(high)
        shown = [c for c in range(FIRST, self.paper.columnCount()) if not self.isColumnHidden(c)]
        room = self.viewport().width() - look.px(CODE_WIDE)
        slim = room < look.px(NAME_LEAST * 2)  # the name stands beside the grid anyway
        self.setColumnHidden(NAME, slim)
        name = 0 if slim else look.px(NAME_LEAST)
        each = min(look.px(MEMBER_WIDE + 48), max(look.px(36), (room - name) // max(len(shown), 1)))
        self.head.upright = each < look.px(MEMBER_WIDE)
        self.setColumnWidth(CODE, look.px(CODE_WIDE))
        self.setColumnWidth(NAME, max(room - each * len(shown), name))
        for column in shown:
            self.setColumnWidth(column, each)
        self.head.updateGeometry()
        self.updateGeometries()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.dress()

    def place(self) -> tuple[int, str]:
        """Column and criterion under the cursor; -1 for none."""
        index = self.currentIndex()
        return (index.column() - FIRST, self.paper.code_at(index)) if index.isValid() else (-1, "")

    def go(self, column: int, code: str) -> None:
        """Put the cursor somewhere."""
        index = self.paper.index(self.paper.row_of(code), column + FIRST)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, by: int) -> None:
        """Go to the criterion after or before; past the last one the column has ended."""
        column, code = self.place()
        if column < 0:
            return
        codes, sheet = list(self.paper.sheets[column].rules.by_code), self.paper.sheets[column]
        stops = sheet.stops()
        at = codes.index(code)
        onwards = [c for c in stops if (codes.index(c) - at) * by > 0]
        if onwards:
            self.go(column, onwards[0] if by > 0 else onwards[-1])
        elif by > 0:
            self.ended.emit(column)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, went = Qt.Key(event.key()), self._went
        self._went = False
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            super().keyPressEvent(event)
        elif Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            self._digit(key - Qt.Key.Key_0)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            if not went:
                self.step(1)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Backtab):
            self.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._sideways(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._put(None)
        elif key == Qt.Key.Key_G:
            self._go_open()
        elif key == Qt.Key.Key_L:
            self.exclusion_wanted.emit()
        elif key == Qt.Key.Key_Y:
            self.opinion_wanted.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, _next: bool) -> bool:
        return False  # Tab goes down the column, as Enter does

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._went = False
        super().mousePressEvent(event)

    def _digit(self, digit: int) -> None:
        column, code = self.place()
        sheet = self.paper.sheets[column] if column >= 0 else None
        if sheet is None or not code or not sheet.open:
            return
        choice = sheet.choice_of(code, digit)
        if choice is not None and code in sheet.stops():
            self._put(choice)
            if self.place() == (column, code):  # not where settling the last place closed the sheet
                self.step(1)
                self._went = True

    def _put(self, choice: str | None) -> None:
        column, code = self.place()
        if column >= 0 and code and self.paper.sheets[column].open:
            self.typed.emit(column, code, choice)

    def _go_open(self) -> None:
        column, code = self.place()
        if column < 0:
            return
        asked, codes = self.paper.sheets[column].asked, list(self.paper.sheets[column].rules.by_code)
        later = [c for c in asked if codes.index(c) > codes.index(code)]
        if asked:
            self.go(column, (later or asked)[0])
        else:
            self.ended.emit(column)

    def _sideways(self, by: int) -> None:
        column, code = self.place()
        others = [n for n, sheet in enumerate(self.paper.sheets)
                  if sheet.open and not self.isColumnHidden(n + FIRST) and (n - column) * by > 0]
        if others and code:
            self.go(min(others, key=lambda n: abs(n - column)), code)

    def _tell(self, index: QModelIndex) -> None:
        column, code = index.column() - FIRST, self.paper.code_at(index)
        if column >= 0 and code:
            self.moved.emit(column, code)
