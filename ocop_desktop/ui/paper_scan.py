"""The scanned sheet of a paper ballot: chosen, kept, looked at."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from ocop_desktop.text import _

if TYPE_CHECKING:
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

Place = tuple[int, int, str]  # item, member, who


class PaperScans(QObject):
    """Attaches scans for a page, and shows them.

    Args:
        place: asks which ballot is under the cursor and who sits there; None: no ballot.
        attached: called when a scan was kept.
    """

    def __init__(self, owner: QWidget, work: Work, shell: Shell, place: Callable[[], Place | None],
                 attached: Callable[[], object]) -> None:
        super().__init__(owner)
        self._owner, self._work, self._shell, self._place, self._attached = owner, work, shell, place, attached

    def ask(self) -> None:
        """Ask for a file."""
        kinds = _("Bản quét ({kinds})", kinds="*.pdf *.jpg *.jpeg *.png")
        dialog = QFileDialog(self._owner, _("Chọn bản quét của phiếu"), str(Path.home()), kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.attach)
        dialog.open()

    def attach(self, path: str) -> None:
        """Keep a scanned sheet with the ballot under the cursor."""
        place = self._place()
        if place is not None:
            item, member, who = place
            self._work.save(self._owner, lambda session: _scans().attach_scan(session, item, member, path, who), self._keep,
                            quiet=True)

    def _keep(self, name: str) -> None:
        self._shell.say.ok(_("Đã đính kèm {name}.", name=name))
        self._attached()

    def open(self) -> None:
        """Show the scan in the program the computer opens such files with."""
        place = self._place()
        if place is not None:
            item, member, _who = place
            self._work.read(self._owner, lambda session: _scans().scan_of(session, item, member), _open_outside)


def _open_outside(found: tuple[str, bytes] | None) -> None:
    if found is not None:
        name, content = found
        path = Path(tempfile.mkdtemp(prefix="ocop-")) / name  # stays until the computer cleans up: another program reads it
        path.write_bytes(content)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _scans() -> ModuleType:
    """The actions, read on the worker thread: they bring SQLAlchemy."""
    from ocop_desktop.actions import paper_scans

    return paper_scans
