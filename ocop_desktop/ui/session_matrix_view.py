"""The matrix on show: dossiers x members as rings, the state of each dossier at the right. Painted, arrows and Enter work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QContextMenuEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ocop_desktop.text import _
from ocop_desktop.ui import figures, theme
from ocop_desktop.ui.cells import CellDelegate, Header, RowRole, TwoLinesDelegate, ValueRole
from ocop_desktop.ui.painted import paint_pill, paint_ring, paint_stars, pill_font, pill_size

if TYPE_CHECKING:
    from ocop_desktop.actions.session_matrix import Cell, Matrix, MatrixRow
    from ocop_desktop.rules.council import Seat

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
ROW_HIGH, HEAD_HIGH = 52, 44
NUMBER, PRODUCT = 0, 1
FIRST_MEMBER = 2


class MatrixModel(QAbstractTableModel):
    """Number, product and producer, one column per scoring seat, state. Fed with a matrix."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[MatrixRow, ...] = ()
        self.seats: tuple[Seat, ...] = ()
        self._places: tuple[int, ...] = ()

    def set_matrix(self, matrix: Matrix, rows: tuple[MatrixRow, ...]) -> None:
        """Show ``rows`` of ``matrix``; the place is kept when rows and seats are the same."""
        places = tuple(n for n, seat in enumerate(matrix.seats) if seat.scores)
        seats = tuple(matrix.seats[n] for n in places)
        same = [r.item_id for r in rows] == [r.item_id for r in self._rows] and seats == self.seats
        if not same:
            self.beginResetModel()
        self._rows, self.seats, self._places = rows, seats, places
        if same and rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, self.columnCount() - 1))
        elif not same:
            self.endResetModel()

    def row_of(self, index: Index) -> MatrixRow:
        """The dossier of an index."""
        return self._rows[index.row()]

    def seat_of(self, index: Index) -> Seat | None:
        """The member of an index, None outside the members' columns."""
        place = index.column() - FIRST_MEMBER
        return self.seats[place] if 0 <= place < len(self.seats) else None

    def cell_of(self, index: Index) -> Cell | None:
        """The member's ballot of an index, None outside the members' columns."""
        place = index.column() - FIRST_MEMBER
        return self._rows[index.row()].cells[self._places[place]] if 0 <= place < len(self.seats) else None

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else FIRST_MEMBER + len(self.seats) + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        place = section - FIRST_MEMBER
        member = self.seats[place] if 0 <= place < len(self.seats) else None
        if role == Qt.ItemDataRole.DisplayRole:
            if member is not None:
                return member.short
            return {NUMBER: _("TT"), PRODUCT: _("Sản phẩm, chủ thể")}.get(section, _("Tình trạng"))
        if role == Qt.ItemDataRole.ToolTipRole and member is not None:
            return f"{member.agency}\n{member.name}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignVCenter | (
                Qt.AlignmentFlag.AlignHCenter if member else Qt.AlignmentFlag.AlignRight if section == NUMBER
                else Qt.AlignmentFlag.AlignLeft)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, cell = self._rows[index.row()], self.cell_of(index)
        if role == RowRole:
            return line
        if role == ValueRole:
            return cell if cell is not None else (line.product, line.producer) if index.column() == PRODUCT else line
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignVCenter | (
                Qt.AlignmentFlag.AlignRight if index.column() == NUMBER else Qt.AlignmentFlag.AlignLeft)
        if role == Qt.ItemDataRole.ToolTipRole and cell is not None:
            return f"{self.seats[index.column() - FIRST_MEMBER].label}: {cell.reason or cell_words(cell)}"
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if cell is not None:
                return cell_words(cell)
            told = f"{line.product}, {advisory_words(line.advisory)[0]}" if line.advisory else line.product
            if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == PRODUCT:
                return told
            return {NUMBER: str(line.position), PRODUCT: line.product}.get(index.column(), state_words(line)[0])
        return None


def cell_words(cell: Cell) -> str:
    """What a ring means, for tooltips and readers."""
    match cell.state:
        case "done":
            return _("đã hoàn tất")
        case "half":
            return _("{answered}/{total} tiêu chí", answered=cell.answered, total=cell.total)
        case "recused" | "not_scoring":
            return _("không chấm")
        case "absent":
            return _("vắng mặt")
    return _("chưa chấm")


def advisory_words(state: str) -> tuple[str, str]:
    """What the advisory team said of a dossier, short, and its tone."""
    return {"scoring": (_("tư vấn đang chấm"), "info"), "scored": (_("tư vấn đã chấm"), "info"),
            "council": (_("tư vấn: trình"), "ok"), "supplement": (_("tư vấn: bổ sung"), "warn"),
            "return": (_("tư vấn: trả lại"), "bad")}[state]


def state_words(line: MatrixRow) -> tuple[str, str]:
    """The state of a dossier and its tone."""
    match line.state:
        case "scoring":
            return _("Đang chấm"), "info"
        case "complete":
            return (_("Đủ phiếu"), "ok") if line.can_close else (_("Đủ phiếu, thiếu người"), "warn")
        case "spread":
            return _("Chênh lệch {points}", points=line.spread), "warn"
        case "conclude":
            return _("Cần kết luận {count}", count=line.open_matters), "warn"
        case "closed":
            return (_("Bị loại"), "bad") if line.excluded else (_("đã chốt"), "gold")
        case "removed":
            return _("Đã rút"), "quiet"
    return _("Chưa bắt đầu"), ""


class _Matrix(CellDelegate):
    """Surface shared by the matrix's cells: the current cell is framed, not the whole row."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if option.state & QStyle.StateFlag.State_HasFocus:
            look = theme.now()
            painter.save()
            painter.setPen(look.color("main"))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -3))
            painter.restore()


class NumberDelegate(_Matrix):
    """The running number."""

    def paint_inside(self, painter: QPainter, rect: QRect, index: Index, chosen: bool = False) -> None:
        painter.setPen(theme.now().color("quiet"))
        figures.draw(painter, rect, index.data())


class ProductDelegate(_Matrix, TwoLinesDelegate):
    """Product over producer; at the right of the producer what the advisory team proposes, where it has looked."""

    def paint_inside(self, painter: QPainter, rect: QRect, index: Index, chosen: bool = False) -> None:
        super().paint_inside(painter, rect, index, chosen)
        line: MatrixRow = index.data(RowRole)
        if not line.advisory:
            return
        words, tone = advisory_words(line.advisory)
        size = pill_size(words, pill_font())
        wide = min(size.width(), rect.width())
        place = QRect(rect.right() - wide + 1, rect.bottom() - size.height() + theme.now().px(1), wide, size.height())
        paint_pill(painter, place, words, tone, chosen)

    def kept_free(self, index: Index) -> int:
        line: MatrixRow = index.data(RowRole)
        return pill_size(advisory_words(line.advisory)[0], pill_font()).width() + theme.now().px(8) if line.advisory else 0


class RingDelegate(_Matrix):
    """One ballot: empty, partly filled or full ring, or the words "không chấm", "vắng"."""

    def paint_inside(self, painter: QPainter, rect: QRect, index: Index, chosen: bool = False) -> None:
        cell: Cell = index.data(ValueRole)
        if cell.state in ("recused", "absent"):
            self._paint_words(painter, rect, _("không chấm") if cell.state == "recused" else _("vắng"), chosen)
            return
        side = theme.now().px(17)
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(rect).center())
        if cell.state == "half":
            _paint_half(painter, square, cell)
        else:
            paint_ring(painter, square, cell.answered, cell.total)

    def _paint_words(self, painter: QPainter, rect: QRect, words: str, chosen: bool) -> None:
        look = theme.now()
        wide = rect.adjusted(-look.px(8), 0, look.px(8), 0)
        size = pill_size(words, pill_font())
        if size.width() <= wide.width():
            place = QRect(wide.left() + (wide.width() - size.width()) // 2, wide.top(), size.width(), wide.height())
            paint_pill(painter, place, words, "quiet", chosen)
            return
        painter.setFont(theme.font(9.0))
        painter.setPen(look.color("quiet"))
        painter.drawText(wide, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)


def _paint_half(painter: QPainter, square: QRectF, cell: Cell) -> None:
    """A ring filled from the top by the share that is answered; never quite empty, never quite full."""
    look = theme.now()
    share = min(max(cell.answered / max(cell.total, 1), 0.12), 0.88)
    thick = look.px(2)
    inner = square.adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.color("main"), thick))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(inner)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("main"))
    painter.drawPie(inner, 90 * 16, -int(360 * 16 * share))
    painter.restore()


class StateDelegate(_Matrix):
    """The state of a dossier: a pill, or stars and "đã chốt"."""

    def paint_inside(self, painter: QPainter, rect: QRect, index: Index, chosen: bool = False) -> None:
        line: MatrixRow = index.data(ValueRole)
        words, tone = state_words(line)
        look = theme.now()
        if line.state == "closed" and not line.excluded:
            right = paint_stars(painter, rect.left(), rect.center().y() + 1, line.stars or 0, look.px(13))
            painter.setPen(look.color("quiet"))
            painter.drawText(rect.adjusted(int(right) - rect.left() + look.px(4), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
        elif tone:
            paint_pill(painter, rect, words, tone, chosen)
        else:
            painter.setPen(look.color("quiet"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, words)


def _head_font() -> QFont:
    return theme.font(9.5, QFont.Weight.DemiBold)


def _breakable(words: str) -> str:
    """``words`` with places to break a line after hyphens."""
    return words.replace("-", "-\u200b")


class MatrixHeader(Header):
    """The members' agencies, on as many lines as they need."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), max(theme.now().px(HEAD_HIGH), self._words_high() + theme.now().px(8)))

    def _words_high(self) -> int:
        """Pixels the longest head takes when broken into lines."""
        model, metrics = self.model(), QFontMetrics(_head_font())
        seats = model.seats if isinstance(model, MatrixModel) else ()
        wrap = int(Qt.TextFlag.TextWordWrap)
        return max((metrics.boundingRect(0, 0, self.sectionSize(place) - 4, 1000, wrap, _breakable(seat.short)).height()
                    for place, seat in enumerate(seats, FIRST_MEMBER)), default=0)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self.model()
        seats = model.seats if isinstance(model, MatrixModel) else ()
        place = section - FIRST_MEMBER
        if not 0 <= place < len(seats):
            super().paintSection(painter, rect, section)
            return
        look = theme.now()
        painter.save()
        painter.fillRect(rect, look.color("paper"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.color("line"))
        painter.setFont(_head_font())
        painter.setPen(look.color("quiet"))
        painter.drawText(rect.adjusted(2, 0, -2, -1), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
                         _breakable(seats[place].short))
        painter.restore()


class MatrixView(QTableView):
    """The matrix. A press or Enter on a ring opens the ballot, on the dossier its result."""

    ballot_wanted = Signal(int, int)  # item, member
    result_wanted = Signal(int)  # item
    menu_wanted = Signal(QModelIndex, QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.matrix_model = MatrixModel()
        self._delegates: list[QStyledItemDelegate] = [
            NumberDelegate(self), ProductDelegate(self), RingDelegate(self), StateDelegate(self)]
        self.setHorizontalHeader(MatrixHeader(self))
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
        number, state = look.px(48), look.px(162)
        room = max(self.viewport().width() - number - state, 1)
        wide = max(look.px(52), min(look.px(92), (room - look.px(236)) // max(members, 1)))
        self.setColumnWidth(NUMBER, number)
        self.setColumnWidth(PRODUCT, max(look.px(190), room - wide * members))
        for place in range(FIRST_MEMBER, last):
            self.setColumnWidth(place, wide)
        self.setColumnWidth(last, state)
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
        elif event.key() == Qt.Key.Key_Menu and self.currentIndex().isValid():
            place = self.visualRect(self.currentIndex()).center()
            self.menu_wanted.emit(self.currentIndex(), self.viewport().mapToGlobal(place))
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if index.isValid():
            self.setCurrentIndex(index)
            self.menu_wanted.emit(index, event.globalPos())

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        seat, line = self.matrix_model.seat_of(index), self.matrix_model.row_of(index)
        if seat is None:
            self.result_wanted.emit(line.item_id)
        else:
            self.ballot_wanted.emit(line.item_id, seat.member_id)
