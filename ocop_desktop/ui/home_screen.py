"""Bàn làm việc."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ocop_desktop.text import _
from ocop_desktop.ui.widgets import EmptyState, Page

if TYPE_CHECKING:
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work


class HomeScreen(Page):
    """Say what will stand here."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__(_("Bàn làm việc"))
        self._work, self._shell = work, shell
        self.body.addWidget(EmptyState("home", _("Việc đang chờ sẽ hiện ở đây")))

    def show_place(self, **where: Any) -> None:
        """Show the screen."""
        self._shell.set_crumbs(_("Bàn làm việc"))

    def refresh(self) -> None:
        """Read again."""
