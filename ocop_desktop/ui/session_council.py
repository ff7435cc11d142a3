"""The council's members as a table that is edited in place."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ocop_desktop import text
from ocop_desktop.rules.terms import COUNCIL_ROLES
from ocop_desktop.text import N_, _
from ocop_desktop.ui import theme
from ocop_desktop.ui.cells import CellDelegate, Header
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.form import Form, TextField
from ocop_desktop.ui.parts import tip
from ocop_desktop.ui.widgets import button, label

if TYPE_CHECKING:
    from ocop_desktop.actions.sessions import SeatDraft

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
HEADS = (N_("Họ tên"), N_("Cơ quan"), N_("Viết tắt"), N_("Chức vụ"), N_("Vai trò"))
KEYS = ("name", "agency", "agency_short", "position", "role")
CONTACTS = ("phone", "address")  # filled in below the table, for the member chosen: hints of interests look at them
WIDTHS = (132, 156, 96, 76, 98)


@dataclass(frozen=True)
class Seat:
    """One member being typed in."""

    name: str = ""
    agency: str = ""
    agency_short: str = ""
    position: str = ""
    role: str = "member"
    phone: str = ""
    address: str = ""


class MembersModel(QAbstractTableModel):
    """Members, all cells editable."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.members: list[Seat] = []

    def set_members(self, members: tuple[SeatDraft, ...]) -> None:
        """Show other members."""
        self.beginResetModel()
        self.members = [Seat(*(getattr(m, f.name) for f in fields(Seat))) for m in members]
        self.endResetModel()
        self.edited.emit()

    def add(self) -> int:
        """Put an empty member at the end (the first one is the chair); its row."""
        place = len(self.members)
        self.beginInsertRows(QModelIndex(), place, place)
        self.members.append(Seat(role="member" if any(m.role == "chair" for m in self.members) else "chair"))
        self.endInsertRows()
        self.edited.emit()
        return place

    def remove(self, place: int) -> None:
        """Take a member out."""
        self.beginRemoveRows(QModelIndex(), place, place)
        del self.members[place]
        self.endRemoveRows()
        self.edited.emit()

    def put_back(self, place: int, member: Seat) -> None:
        """Put a member who was taken out back where they were."""
        place = min(place, len(self.members))
        self.beginInsertRows(QModelIndex(), place, place)
        self.members.insert(place, member)
        self.endInsertRows()
        self.edited.emit()

    def set_contact(self, place: int, key: str, value: str) -> None:
        """Write a member's phone or address."""
        self.members[place] = replace(self.members[place], **{key: value})
        self.edited.emit()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.members)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(KEYS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable if index.isValid() else super().flags(index)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and 0 <= section < len(HEADS):
            return _(HEADS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        value = getattr(self.members[index.row()], KEYS[index.column()])
        if role == Qt.ItemDataRole.EditRole:
            return value
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            words = COUNCIL_ROLES[value].said(text.language()) if KEYS[index.column()] == "role" else value
            return tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.EditRole or not isinstance(value, str):
            return False
        tidy = " ".join(value.split())
        key = KEYS[index.column()]
        if key == "role" and tidy not in COUNCIL_ROLES:
            return False
        self.members[index.row()] = replace(self.members[index.row()], **{key: tidy})
        self.dataChanged.emit(index, index)
        self.edited.emit()
        return True


class _RoleDelegate(CellDelegate):
    """Chooses a role from a list."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        combo = QComboBox(parent)
        for key, words in COUNCIL_ROLES.items():
            combo.addItem(words.said(text.language()), key)
        combo.activated.connect(lambda _place: self.commitData.emit(combo))
        return combo

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(index.data(Qt.ItemDataRole.EditRole)), 0))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(model.index(index.row(), index.column()), editor.currentData())


class MembersTable(QWidget):
    """The members with buttons to add and to take out."""

    removed = Signal(int, object)  # place, Seat

    def __init__(self) -> None:
        super().__init__()
        self.model, self.view = MembersModel(), QTableView()
        view, look = self.view, theme.now()
        self._delegates: list[QStyledItemDelegate] = [CellDelegate(view), _RoleDelegate(view)]
        view.setHorizontalHeader(Header(view))
        view.setModel(self.model)
        view.setItemDelegate(self._delegates[0])
        view.setItemDelegateForColumn(KEYS.index("role"), self._delegates[1])
        view.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        view.setShowGrid(False)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(look.px(theme.ROW))
        view.horizontalHeader().setSectionsClickable(False)
        for place, wide in enumerate(WIDTHS):
            view.setColumnWidth(place, look.px(wide))
        view.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.add = button(_("Thêm thành viên"), self._add, icon="plus", small=True)
        self.remove = button(_("Bỏ thành viên đang chọn"), self._remove, "quiet", small=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(look.px(8))
        inside.addWidget(view, 1)
        self.contact = Form(2)
        self.contact.add("phone", TextField(_("Điện thoại")))
        self.contact.add("address", TextField(_("Địa chỉ")))
        self.contact.on_edited(self._keep_contact)
        self.contact.hide()
        view.selectionModel().currentChanged.connect(lambda now, _before: self._show_contact(now.row()))
        self.model.modelReset.connect(lambda: self._show_contact(-1))
        self.model.rowsRemoved.connect(self._choose_nobody)
        self.remove.setEnabled(False)
        self.scoring = label("", "quiet")
        bar = Flow(self.add, self.remove)
        bar.addStretch()
        bar.add(self.scoring)
        inside.addLayout(bar)
        inside.addWidget(self.contact)  # below the buttons: they stay under the pointer when a member is chosen

    def say_scoring(self, count: int) -> None:
        """Say how many of the members will score."""
        everybody = len(self.model.members)
        self.scoring.setText(_("{count} trên {all} thành viên chấm", count=count, all=everybody) if everybody else "")

    def _show_contact(self, place: int) -> None:
        """Phone and address of the member chosen, named by the member."""
        self.remove.setEnabled(0 <= place < len(self.model.members))
        self.contact.setVisible(0 <= place < len(self.model.members))
        if 0 <= place < len(self.model.members):
            member = self.model.members[place]
            self.contact.field("phone").title.setText(_("Điện thoại của {member}", member=member.name or "…"))
            self.contact.field("address").title.setText(_("Địa chỉ của {member}", member=member.name or "…"))
            self.contact.set_values({key: getattr(member, key) for key in CONTACTS})

    @Slot(str, object)
    def _keep_contact(self, key: str, value: str) -> None:
        place = self.view.currentIndex().row()
        if 0 <= place < len(self.model.members):
            self.model.set_contact(place, key, value)

    def _add(self) -> None:
        place = self.model.index(self.model.add(), 0)
        self.view.scrollToBottom()
        self.view.setCurrentIndex(place)  # opens the editor, too

    def _choose_nobody(self) -> None:
        """After a removal nobody is chosen: a second press would take out somebody nobody pointed at."""
        self.add.setFocus()  # a table that gets the keyboard chooses its first line by itself
        self.view.setCurrentIndex(QModelIndex())
        self.view.clearSelection()
        self._show_contact(-1)

    def _remove(self) -> None:
        place = self.view.currentIndex().row()
        if place >= 0:
            member = self.model.members[place]
            self.model.remove(place)
            self.removed.emit(place, member)
