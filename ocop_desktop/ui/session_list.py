"""The sessions there are; pressing one opens its matrix."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from ocop_desktop.text import N_, _
from ocop_desktop.ui import states
from ocop_desktop.ui.session_delete import SessionDeletion
from ocop_desktop.ui.session_reason import ReasonBar
from ocop_desktop.ui.table import Column, FedTable
from ocop_desktop.ui.table_view import TableView
from ocop_desktop.ui.widgets import EmptyState, Page, SkeletonRows, button

if TYPE_CHECKING:
    from ocop_desktop.actions.sessions import SessionLine
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

COLUMNS = (
    Column("code", N_("Mã"), 92, look="figures", aside=2),
    Column("name", N_("Tên phiên, hội đồng"), 224, look="two", stretch=True),
    Column("held_on", N_("Ngày họp"), 106, look="figures"),
    Column("place", N_("Địa điểm"), 336, aside=4),
    Column("members", N_("Người chấm"), 104, "right", aside=3),
    Column("progress", N_("Đã chốt"), 88, "right"),
    Column("state", N_("Tình trạng"), 118, look="pill"),
)


@dataclass(frozen=True)
class _Line:
    id: int
    code: str
    name: tuple[str, str]
    held_on: dt.date
    place: str
    members: int
    progress: str
    state: tuple[str, str]


class SessionListPage(Page):
    """The list of sessions."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__(_("Phiên đánh giá"))
        self._work, self._shell = work, shell
        self.primary = self.add_action(button(_("Tạo phiên"), lambda: shell.go("sessions", new=True), "primary"))
        self.table = TableView(FedTable(COLUMNS), "sessions", shell.table_store, row_height=54)
        self.table.opened.connect(lambda line: shell.go("sessions", session_id=line.id))
        self.table.clicked.connect(lambda _index: QTimer.singleShot(0, self, self._open_current))
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._show_menu)
        QShortcut(QKeySequence.StandardKey.Delete, self.table, self._delete, context=Qt.ShortcutContext.WidgetShortcut)
        self.reason = ReasonBar()
        self.deletion = SessionDeletion(self, work, shell, self.reason)
        self.body.addWidget(self.reason)
        self.waiting = SkeletonRows()
        self.empty = EmptyState(
            "session", _("Chưa có phiên đánh giá nào"), _("Tạo phiên"), lambda: shell.go("sessions", new=True),
            hint=_("Một phiên là một lần Hội đồng họp chấm một danh sách hồ sơ. "
                   "Chọn hội đồng, ngày, nơi họp và hồ sơ là bắt đầu được."))
        self.table.as_tall_as_lines()
        for part in (self.waiting, self.empty, self.table):
            self.body.addWidget(part, 1)
        self.body.addStretch(0)
        self.empty.hide()
        self.table.hide()
        self.setFocusProxy(self.table)

    def refresh(self) -> None:
        """Read the list again."""
        self._work.read(self, _lines, self._show, key="sessions")

    def _show(self, lines: Sequence[SessionLine]) -> None:
        model = self.table.model()
        if isinstance(model, FedTable):
            model.set_rows([_line(x) for x in lines])
        self.waiting.hide()
        self.empty.setVisible(not lines)
        self.table.setVisible(bool(lines))
        self.primary.setVisible(bool(lines))

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        menu = self.menu_at(place)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.table.viewport().mapToGlobal(place))

    def menu_at(self, place: QPoint) -> QMenu:
        """What can be done with the session at a place of the table."""
        menu, index = QMenu(self), self.table.indexAt(place)
        if index.isValid():
            self.table.setCurrentIndex(index)
            menu.addAction(_("Mở phiên đánh giá"), self._open_current)
            menu.addAction(_("Xóa phiên…"), self._delete)
        return menu

    def _delete(self) -> None:
        line = self.table.current()
        if line is not None:
            self.deletion.ask(line.id)

    def _open_current(self) -> None:
        line = self.table.current()
        if line is not None and self.isVisible():
            self._shell.go("sessions", session_id=line.id)


def _lines(session: Any) -> Sequence[SessionLine]:
    from ocop_desktop.actions import sessions

    return sessions.sessions_list(session)


def _line(x: SessionLine) -> _Line:
    progress = _("{closed} / {all}", closed=x.closed, all=x.dossiers)
    return _Line(x.id, x.code, (x.name, x.council), x.held_on, x.place, x.members, progress, states.session(x.status))
