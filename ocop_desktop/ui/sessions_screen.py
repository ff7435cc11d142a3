"""Phiên đánh giá: the list of sessions, a new session, one session's matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from ocop_desktop.text import _
from ocop_desktop.ui.paper_ballots import PaperPage
from ocop_desktop.ui.session_create import CreatePage
from ocop_desktop.ui.session_list import SessionListPage
from ocop_desktop.ui.session_matrix_page import MatrixPage
from ocop_desktop.ui.session_papers import PapersPage

if TYPE_CHECKING:
    from ocop_desktop.actions.session_draft import Draft
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work


class SessionsScreen(QStackedWidget):
    """Shows one of its pages by place: ``new=True``, ``session_id=...`` or the list."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self.list_page, self.create_page = SessionListPage(work, shell), CreatePage(work, shell)
        self.matrix_page, self.papers_page = MatrixPage(work, shell), PapersPage(work, shell)
        self.paper_page = PaperPage(work, shell)
        for page in (self.list_page, self.create_page, self.matrix_page, self.paper_page, self.papers_page):
            self.addWidget(page)

    def show_place(self, session_id: int | None = None, new: bool = False, item_id: int | None = None, paper: int = 0,
                   printing: bool = False, draft: Draft | None = None) -> None:
        """Show the list, the page for a new session, or one session (at one of its dossiers); ``paper`` 1: its paper ballots to
        type, 2: to check; ``printing``: its papers to print; ``draft``: what a new session begins with."""
        if self.currentWidget() is self.paper_page:
            self.paper_page.leave()
        self._shell.session_id = session_id or self._shell.session_id
        if printing and session_id is not None:
            self.setCurrentWidget(self.papers_page)
            self.setFocusProxy(self.papers_page)
            self.papers_page.show_session(session_id)
            return
        page = (self.create_page if new else self.list_page) if session_id is None else (
            self.paper_page if paper else self.matrix_page)
        self.setCurrentWidget(page)
        self.setFocusProxy(page)
        if session_id is not None and paper:
            self.paper_page.show_session(session_id, paper, item_id)
        elif session_id is not None:
            self.matrix_page.show_session(session_id, item_id)
        elif new:
            self._shell.set_crumbs(self, _("Phiên đánh giá"), _("Tạo phiên"))
            self.create_page.start(draft)
        else:
            self._shell.set_crumbs(self, _("Phiên đánh giá"))
            self.list_page.refresh()

    def leave(self) -> bool:
        """Going elsewhere: sheets that were being typed do not stay on show."""
        return self.paper_page.leave()

    def refresh(self) -> None:
        """Read again what is on show."""
        page = self.currentWidget()
        if isinstance(page, SessionListPage | CreatePage | MatrixPage | PaperPage | PapersPage):
            page.refresh()
