"""Phiên đánh giá: the list of sessions, a new session, one session's matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from ocop_desktop.text import _
from ocop_desktop.ui.session_create import CreatePage
from ocop_desktop.ui.session_list import SessionListPage
from ocop_desktop.ui.session_matrix_page import MatrixPage

if TYPE_CHECKING:
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work


class SessionsScreen(QStackedWidget):
    """Shows one of its three pages by place: ``new=True``, ``session_id=...`` or the list."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self.list_page, self.create_page = SessionListPage(work, shell), CreatePage(work, shell)
        self.matrix_page = MatrixPage(work, shell)
        for page in (self.list_page, self.create_page, self.matrix_page):
            self.addWidget(page)

    def show_place(self, session_id: int | None = None, new: bool = False, item_id: int | None = None) -> None:
        """Show the list, the page for a new session, or one session (at one of its dossiers)."""
        page = self.matrix_page if session_id is not None else self.create_page if new else self.list_page
        self.setCurrentWidget(page)
        self.setFocusProxy(page)
        if session_id is not None:
            self.matrix_page.show_session(session_id, item_id)
        elif new:
            self._shell.set_crumbs(self, _("Phiên đánh giá"), _("Tạo phiên"))
            self.create_page.start()
        else:
            self._shell.set_crumbs(self, _("Phiên đánh giá"))
            self.list_page.refresh()

    def refresh(self) -> None:
        """Read again what is on show."""
        page = self.currentWidget()
        if isinstance(page, SessionListPage | CreatePage | MatrixPage):
            page.refresh()
