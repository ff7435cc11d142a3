"""What else can be done with a session, behind one button: every entry is a line here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from ocop_desktop.text import _
from ocop_desktop.ui.session_delete import SessionDeletion
from ocop_desktop.ui.widgets import button

if TYPE_CHECKING:
    from ocop_desktop.ui.hall_screen import HallScreen
    from ocop_desktop.ui.session_reason import ReasonBar
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work


class SessionMore:
    """The button, and the windows it opens.

    Args:
        page: whose keys it listens to; session_id: asks which session is on show; reason: where it asks for a reason.
    """

    def __init__(self, page: QWidget, work: Work, shell: Shell, session_id: Callable[[], int | None], reason: ReasonBar) -> None:
        self._page, self._work, self._shell, self._session_id = page, work, shell, session_id
        self.hall: HallScreen | None = None
        self.button = button(_("Việc khác"))
        self.menu = QMenu(self.button)
        self.button.setMenu(self.menu)
        self.button.setProperty("opens", "menu")
        self.deletion = SessionDeletion(page, work, shell, reason)
        self.deletion.deleted.connect(self._close_hall)
        self._last = self.menu.addSeparator()
        self.menu.addAction(_("Xóa phiên…"), self.delete)
        self.add(_("Màn hình hội trường"), self.open_hall, "F11")
        self.add(_("Nhập phiếu giấy"), self.type_paper, "F9")
        self.add(_("In giấy tờ phiên…"), self.open_papers)

    def add(self, words: str, do: Callable[[], object], key: str = "") -> None:
        """One more entry, above the one that deletes; ``key`` does the same while the page has the keyboard."""
        action = QAction(words, self.menu)
        self.menu.insertAction(self._last, action)
        action.triggered.connect(lambda _on=False: do())
        if key:
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self._page.addAction(action)

    def type_paper(self) -> None:
        """Type the session's paper ballots."""
        session_id = self._session_id()
        if session_id is not None:
            self._shell.go("sessions", session_id=session_id, paper=1)

    def open_papers(self) -> None:
        """Show the session's papers: minutes, result table, ballots, notices."""
        session_id = self._session_id()
        if session_id is not None:
            self._shell.go("sessions", session_id=session_id, printing=True)

    def delete(self) -> None:
        """Ask whether the session may be deleted."""
        session_id = self._session_id()
        if session_id is not None:
            self.deletion.ask(session_id)

    def open_hall(self) -> None:
        """Show the session on the projector; the one already open comes to the front."""
        from ocop_desktop.ui.hall_screen import HallScreen

        session_id = self._session_id()
        if session_id is None:
            return
        if self.hall is not None and self.hall.session_id == session_id:
            self.hall.activateWindow()
            return
        if self.hall is not None:
            self.hall.close()
        made = self.hall = HallScreen(self._work, self._shell, session_id)
        made.destroyed.connect(self._forget)
        made.open_on(self._page.window())

    def _close_hall(self) -> None:
        if self.hall is not None:
            self.hall.close()

    def _forget(self) -> None:
        self.hall = None
