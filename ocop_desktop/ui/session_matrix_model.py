"""The matrix as a model: dossiers x members, and the words of its states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ocop_desktop.text import _
from ocop_desktop.ui.cells import RowRole, ValueRole
from ocop_desktop.ui.parts import tip

if TYPE_CHECKING:
    from ocop_desktop.actions.session_matrix import Cell, Matrix, MatrixRow
    from ocop_desktop.rules.council import Seat

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
NUMBER, PRODUCT = 0, 1
FIRST_MEMBER = 2
EXCEPTIONS = ("supplement", "return")  # what the advisory team proposes that must be seen before the council sits


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

    def rows(self) -> tuple[MatrixRow, ...]:
        """The dossiers on show."""
        return self._rows

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
            return tip(f"{member.agency}\n{member.name}")
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
            return tip(f"{self.seats[index.column() - FIRST_MEMBER].label}: {cell.reason or cell_words(cell)}")
        if role == Qt.ItemDataRole.ToolTipRole and line.advisory and index.column() == PRODUCT:
            return tip(f"{line.product}\n{advisory_words(line.advisory)[0]}")
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if cell is not None:
                return cell_words(cell)
            if line.advisory and role == Qt.ItemDataRole.AccessibleTextRole and index.column() == PRODUCT:
                return f"{line.product}, {advisory_words(line.advisory)[0]}"
            return {NUMBER: str(line.position), PRODUCT: line.product}.get(index.column(), state_words(line)[0])
        return None


def cell_words(cell: Cell) -> str:
    """What a ring means, for tooltips and readers."""
    match cell.state:
        case "done":
            if cell.on_paper:
                return _("đã hoàn tất, từ phiếu giấy")
            return _("đã hoàn tất, từ máy riêng") if cell.by_package else _("đã hoàn tất")
        case "half" | "empty" if cell.on_paper:
            return _("phiếu giấy đã nhập, chờ kiểm tra")
        case "half":
            return _("{answered}/{total} tiêu chí", answered=cell.answered, total=cell.total)
        case "recused" | "not_scoring":
            return _("không chấm")
        case "absent":
            return _("vắng")
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
        case "differ":
            return _("Ý kiến khác nhau"), "warn"
        case "conclude":
            return _("Cần kết luận {count}", count=line.open_matters), "warn"
        case "closed":
            return (_("Bị loại"), "bad") if line.excluded else (_("Đã chốt"), "gold")
        case "removed":
            return (_("Đưa ra họp") if line.moved else _("Đã rút")), "quiet"
    return _("Chưa bắt đầu"), ""
