"""The matrix on show: dossiers x members as rings, the state of each dossier at the right. Arrows, Enter and space work."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QTableView

from ocop_desktop.ui import theme
from ocop_desktop.ui.agency_head import AgencyHeader
from ocop_desktop.ui.session_matrix_cells import MORE, RING, NumberDelegate, ProductDelegate, RingDelegate, StateDelegate
from ocop_desktop.ui.session_matrix_model import FIRST_MEMBER, NUMBER, PRODUCT, MatrixModel

ROW_HIGH, LEAST_ROWS = 52, 3
STATE, PRODUCT_LEAST, PRODUCT_FINE = 140, 180, 250  # pixels at 100 %


class MatrixView(QTableView):
    """The matrix. A press or Enter on a ring opens the ballot, on the dossier its result; more is done from the mark at the
    end of a row, by the space bar or by the other mouse button."""

    ballot_wanted = Signal(int, int)  # item, member
    result_wanted = Signal(int)  # item
    menu_wanted = Signal(QModelIndex, QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.matrix_model = MatrixModel()
        self._pressed: QPoint | None = None
        self._delegates: list[QStyledItemDelegate] = [
            NumberDelegate(self), ProductDelegate(self), RingDelegate(self), StateDelegate(self)]
        self.head = AgencyHeader(self, FIRST_MEMBER, 1)
        self.setHorizontalHeader(self.head)
        self.setModel(self.matrix_model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setItemDelegate(self._delegates[2])
        self.matrix_model.modelReset.connect(self._dress)
        self.matrix_model.dataChanged.connect(lambda *_changed: self._dress())
        self.clicked.connect(self._open)
        self._dress()

    @Slot()
    def _dress(self) -> None:
        """Delegates and sizes for the columns there are: rings share the room the words leave."""
        look, members = theme.now(), len(self.matrix_model.seats)
        high = look.px(ROW_HIGH)
        self.verticalHeader().setMinimumSectionSize(high)
        self.verticalHeader().setDefaultSectionSize(high)
        last = FIRST_MEMBER + members
        for place in range(last + 1):
            self.setItemDelegateForColumn(place, self._delegates[min(place, 2) if place < last else 3])
        number, room = look.px(48), self.viewport().width()
        state = max([look.px(STATE), *map(StateDelegate.width_for, self.matrix_model.rows())])
        wide = self.head.fit(room - number - state - look.px(PRODUCT_LEAST)) if members else []
        slim = self.head.upright
        if slim:  # the running number gives its room to the rings
            wide = [max((room - state - look.px(PRODUCT_LEAST)) // members, look.px(RING) + 4)] * members
        self.setColumnHidden(NUMBER, slim)
        spare = 0 if slim else max(room - number - state - look.px(PRODUCT_FINE) - sum(wide), 0) // max(members, 1)
        wide = [pixels + min(spare, look.px(24)) for pixels in wide]
        self.setColumnWidth(NUMBER, number)
        self.setColumnWidth(PRODUCT, max(look.px(PRODUCT_LEAST), room - state - sum(wide) - (0 if slim else number)))
        for place, pixels in enumerate(wide, FIRST_MEMBER):
            self.setColumnWidth(place, pixels)
        self.setColumnWidth(last, state)
        self.setMinimumHeight(self.head.sizeHint().height() + LEAST_ROWS * high + 2)
        self.horizontalHeader().updateGeometry()
        self.updateGeometries()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange) and hasattr(self, "_delegates"):
            self._dress()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Menu, Qt.Key.Key_Space):
            self._ask_menu(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:  # Shift+F10
            self._ask_menu(self.currentIndex())
            return
        index = self.indexAt(event.pos())
        if index.isValid():
            self.setCurrentIndex(index)
            self.menu_wanted.emit(index, event.globalPos())

    def _ask_menu(self, index: QModelIndex) -> None:
        """Ask for the actions of a place, under it."""
        if index.isValid():
            rect = self.visualRect(index)
            self.menu_wanted.emit(index, self.viewport().mapToGlobal(QPoint(rect.center().x(), rect.bottom())))

    def more_rect(self, row: int) -> QRect:
        """Where the mark of more actions of a row stands."""
        rect = self.visualRect(self.matrix_model.index(row, self.matrix_model.columnCount() - 1))
        return rect.adjusted(rect.width() - theme.now().px(MORE), 0, 0, 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        seat, line = self.matrix_model.seat_of(index), self.matrix_model.row_of(index)
        pressed, self._pressed = self._pressed, None
        if pressed is not None and self.more_rect(index.row()).contains(pressed):
            self.menu_wanted.emit(index, self.viewport().mapToGlobal(self.more_rect(index.row()).bottomLeft()))
        elif seat is None:
            self.result_wanted.emit(line.item_id)
        else:
            self.ballot_wanted.emit(line.item_id, seat.member_id)
