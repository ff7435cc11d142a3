"""After a file was opened: a member's own one, made from a package, begins with scoring, and the window goes by its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work


class OwnFile(QObject):
    """Watches what is opened.

    Args:
        rename: told the path of a member's own file, which is not the package's.
    """

    def __init__(self, owner: QObject, work: Work, shell: Shell, rename: Callable[[Path], None]) -> None:
        super().__init__(owner)
        self._work, self._shell, self._rename = work, shell, rename
        work.opened.connect(lambda: work.look(self, _own_path, self._show))

    def _show(self, path: Path | None) -> None:
        if path is not None:
            self._rename(path)
            self._shell.go("scoring")


def _own_path(database: Any) -> Path | None:
    from ocop_desktop.actions import own_file

    with database.reading() as reading:
        return Path(database.path) if own_file.is_own(reading) else None
