"""The view of a table: rows of one height, sort marks, columns that remember themselves."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QStyledItemDelegate, QTableView, QWidget

from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.cells import FEATURES, CellDelegate, Header
from ocop_desktop.ui.table import Column, FedTable, PagedTable


class TableView(QTableView):
    """The table on show: rows of one height, sort marks, columns that remember themselves, Ctrl+C.

    Args:
        model: a FedTable or PagedTable.
        name: what its columns are remembered by in ``store`` (see ``shell.table_store``).
        store: ``get(name) -> dict`` and ``put(name, dict)``.
        compact: rows of 28 instead of 36 pixels.
    """

    opened = Signal(object)  # the row's value: Enter or double click
    current_changed = Signal(object)  # the row's value, or None

    def __init__(self, model: FedTable | PagedTable, name: str = "", store: Any = None, compact: bool = False,
                 row_height: int = 0) -> None:
        super().__init__()
        self._name, self._store = name, store
        self._row_height = row_height or (theme.ROW_COMPACT if compact else theme.ROW)
        self._empty: QWidget | None = None
        self._delegates: list[QStyledItemDelegate] = []
        self._fed_model = model
        self._aside: dict[int, int] = {}  # columns that stepped aside, and how wide they were
        self._out: dict[int, int] = {}  # columns that mean nothing for the lines on show, and how wide they were
        self._fitting, self._snug = False, False
        self._plain()
        header = Header(self)
        self.setHorizontalHeader(header)
        self.setModel(model)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self._dress()
        header.sectionResized.connect(self._keep)
        header.customContextMenuRequested.connect(self._choose_columns)
        model.modelReset.connect(self._show_empty)
        self.doubleClicked.connect(lambda index: self._open(index))
        self.selectionModel().currentRowChanged.connect(lambda index: self.current_changed.emit(self._row_value(index)))
        QShortcut(QKeySequence.StandardKey.Copy, self, self.copy, context=Qt.ShortcutContext.WidgetShortcut)

    # -- for screens --------------------------------------------------------------------------------------------------

    def set_empty(self, empty: QWidget) -> None:
        """What stands in place of the rows while there are none."""
        self._empty = empty
        empty.setParent(self.viewport())
        self._show_empty()

    def current(self) -> Any:
        """The value of the current row, or None."""
        return self._row_value(self.currentIndex())

    def chosen(self) -> tuple[Any, ...]:
        """The values of the selected rows that are fed."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return tuple(value for row in rows if (value := self._fed_model.row_at(row)) is not None)

    def columns_shown(self) -> tuple[Column, ...]:
        """The columns on show, in their order on the screen."""
        header = self.horizontalHeader()
        order = [header.logicalIndex(place) for place in range(header.count())]
        return tuple(self._fed_model.columns[i] for i in order if i in self._aside or not self.isColumnHidden(i))

    def as_tall_as_lines(self) -> None:
        """Be no taller than the lines there are: below them nothing of a table is needed."""
        self._snug = True
        self._fed_model.modelReset.connect(self._be_snug)
        self._be_snug()

    @Slot()
    def copy(self) -> None:
        """Put the selected rows on the clipboard, as a spreadsheet takes them."""
        columns = self.columns_shown()
        lines = ["\t".join(" ".join(column.words(row).split()) for column in columns) for row in self.chosen()]
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines))

    # -- inside -------------------------------------------------------------------------------------------------------

    def _plain(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _dress(self) -> None:
        look = theme.now()
        high = look.px(self._row_height)
        self.verticalHeader().setMinimumSectionSize(high)
        self.verticalHeader().setDefaultSectionSize(high)
        kept = self._store.get(self._name) if self._store and self._name else {}
        header = self.horizontalHeader()
        self.setItemDelegate(CellDelegate(self))
        for place, column in enumerate(self._fed_model.columns):
            delegate = FEATURES[column.look](self) if isinstance(column.look, str) else column.look
            self._delegates.append(delegate)
            self.setItemDelegateForColumn(place, delegate)
            one = kept.get(column.key, {})
            self.setColumnWidth(place, look.px(one.get("width", column.width)))
            self.setColumnHidden(place, one.get("hidden", column.hidden))
            if column.stretch:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)

    def rescale(self) -> None:
        """Measure rows and columns anew after the text size changed."""
        header = self.horizontalHeader()
        header.blockSignals(True)
        out = [self._fed_model.columns[place].key for place in self._out]
        self._delegates.clear()
        self._aside.clear()
        self._out.clear()
        self._dress()
        header.blockSignals(False)
        self.leave_out(*out)
        self._fit_columns()
        self._be_snug()

    def _fit_columns(self) -> None:
        """Let columns step aside until the stretching one has its width; what a person hides or shows is not touched."""
        columns, room = self._fed_model.columns, self.viewport().width()
        if not any(column.aside for column in columns) or room <= 0:
            return
        px = theme.now().px
        widths = {place: self._aside.get(place)
                  or (px(column.least or column.width) if column.stretch else self.columnWidth(place))
                  for place, column in enumerate(columns)
                  if place in self._aside or not self.isColumnHidden(place)}
        aside: list[int] = []
        for place in sorted((p for p in widths if columns[p].aside), key=lambda p: -columns[p].aside):
            if sum(widths.values()) - sum(widths[p] for p in aside) <= room:
                break
            aside.append(place)
        self._fitting = True
        for place in set(aside) ^ set(self._aside):
            self.setColumnHidden(place, place in aside)
        self._fitting = False
        self._aside = {place: widths[place] for place in aside}

    def leave_out(self, *keys: str) -> None:
        """Show the lines without these columns, which say nothing of them; what a person hides or shows stays as it is."""
        self._fitting = True
        for place, column in enumerate(self._fed_model.columns):
            if column.key in keys and place not in self._out:
                self._out[place] = self._aside.pop(place, self.columnWidth(place))
                self.setColumnHidden(place, True)
            elif column.key not in keys and place in self._out:
                wide = self._out.pop(place)
                self.setColumnHidden(place, not wide)
        self._fitting = False
        self._fit_columns()

    @Slot()
    def _be_snug(self) -> None:
        if self._snug:
            bar = self.horizontalScrollBar()
            high = self.horizontalHeader().sizeHint().height() + self.verticalHeader().length() + 2 * self.frameWidth()
            high += bar.sizeHint().height() if bar.maximum() > 0 else 0
            self.setMaximumHeight(max(high, self.minimumHeight()))  # below it, a layout would put the table in mid-air

    @Slot()
    def _keep(self) -> None:
        if self._fitting or not (self._store and self._name):
            return
        scale = theme.now().scale
        kept = {}
        for place, column in enumerate(self._fed_model.columns):
            wide = self._out.get(place, self._aside.get(place, self.columnWidth(place)))  # 0: a person hides it
            kept[column.key] = {"width": wide * 100 // scale or column.width, "hidden": not wide}
        self._store.put(self._name, kept)

    @Slot(QPoint)
    def _choose_columns(self, place: QPoint) -> None:
        menu = self.columns_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(place))

    def columns_menu(self) -> QMenu:
        """A menu that shows and hides columns."""
        menu = QMenu(self)
        for place, column in enumerate(self._fed_model.columns):
            if not column.title or place in self._out:
                continue
            action = QAction(_(column.title), menu)
            action.setCheckable(True)
            action.setChecked(place in self._aside or not self.isColumnHidden(place))
            action.toggled.connect(lambda on, place=place: self.show_column(place, on))
            menu.addAction(action)
        return menu

    def show_column(self, place: int, on: bool) -> None:
        """Show or hide a column, and remember it; the last one stays."""
        if on or len(self.columns_shown()) > 1:
            self._aside.pop(place, None)
            self.setColumnHidden(place, not on)
            self._keep()
            self._fit_columns()

    def _row_value(self, index: QModelIndex) -> Any:
        return self._fed_model.row_at(index.row()) if index.isValid() else None

    def _open(self, index: QModelIndex) -> None:
        value = self._row_value(index)
        if value is not None:
            self.opened.emit(value)

    @Slot()
    def _show_empty(self) -> None:
        if self._empty is not None:
            self._empty.setVisible(self._fed_model.rowCount() == 0)
            self._empty.setGeometry(self.viewport().rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_empty()
        self._fit_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)
