"""Cài đặt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ocop_desktop.text import _
from ocop_desktop.ui.widgets import EmptyState, Page

if TYPE_CHECKING:
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work


class SettingsScreen(Page):
    """Say what will stand here."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__(_("Cài đặt"))
        self._work, self._shell = work, shell
        self.body.addWidget(EmptyState("settings", _("Cài đặt của cơ quan và của máy này")))

    def show_place(self, **where: Any) -> None:
        """Show the screen."""
        self._shell.set_crumbs(_("Cài đặt"))

    def refresh(self) -> None:
        """Read again."""
