"""Saves a session's record, asked for on the session's page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from ocop_desktop.text import _
from ocop_desktop.ui import file_dialogs

if TYPE_CHECKING:
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work


class SessionRecord(QObject):
    """Asks for a file and writes the record there."""

    def __init__(self, owner: QWidget, work: Work, shell: Shell) -> None:
        super().__init__(owner)
        self._owner, self._work, self._shell = owner, work, shell

    def ask(self, code: str) -> None:
        """Ask where a session's record is to be written."""
        file_dialogs.to_save(self._shell, self._owner, _("Lưu hồ sơ phiên"), f"ho-so-{code.replace('/', '-')}.zip",
                         _("Tệp nén (*.zip)"), lambda path: self.save(code, path))

    def save(self, code: str, target: Path) -> None:
        """Write a session's record into a zip."""
        url = QUrl.fromLocalFile(str(target))
        self._work.read(self._owner, lambda session: _export(session, code, target), lambda _done: self._shell.say.ok(
            _("Đã ghi hồ sơ phiên vào {file}", file=target.name), _("Mở"), lambda: QDesktopServices.openUrl(url)))


def _export(session: Any, code: str, target: Path) -> object:
    from ocop_desktop.actions.session_record import export_record

    return export_record(session, code, target)
