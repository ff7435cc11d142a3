"""Asks for a file or a folder, beside the page; begins where the same kind of file was last chosen."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from ocop_desktop.ui import save_dialog

if TYPE_CHECKING:
    from ocop_desktop.ui.shell import Shell

FOLDER = "folder"
Then = Callable[[Path], object]


def to_save(shell: Shell, parent: QWidget, title: str, proposed: str, kinds: str, then: Then) -> QFileDialog:
    """Ask where to write ``proposed``, a name with its ending; ``kinds`` in words, as "Tệp PDF (*.pdf)"."""
    return save_dialog.ask(parent, title, _folder(shell, kinds) / proposed, kinds, _remembering(shell, kinds, then))


def to_open(shell: Shell, parent: QWidget, title: str, kinds: str, then: Then) -> QFileDialog:
    """Ask for a file that is there."""
    dialog = _dialog(shell, parent, title, kinds, then)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.open()
    return dialog


def to_open_many(shell: Shell, parent: QWidget, title: str, kinds: str, then: Callable[[list[Path]], object]) -> QFileDialog:
    """Ask for files that are there, one or many."""
    dialog = _dialog(shell, parent, title, kinds, lambda _path: None)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda paths: _remembering(shell, kinds, lambda _first: then([Path(p) for p in paths]))(
        Path(paths[0])))
    dialog.open()
    return dialog


def for_folder(shell: Shell, parent: QWidget, title: str, then: Then) -> QFileDialog:
    """Ask for a folder."""
    dialog = _dialog(shell, parent, title, "", then)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.open()
    return dialog


def _dialog(shell: Shell, parent: QWidget, title: str, kinds: str, then: Then) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(_folder(shell, kinds)), kinds)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    taken = _remembering(shell, kinds, then)
    dialog.fileSelected.connect(lambda path: taken(Path(path)))
    return dialog


def _kind(kinds: str) -> str:
    ending = re.search(r"\*\.(\w+)", kinds)
    return ending[1] if ending else FOLDER


def _folder(shell: Shell, kinds: str) -> Path:
    kept = Path((shell.settings.folders or {}).get(_kind(kinds), ""))
    return kept if kept.is_absolute() and kept.is_dir() else Path.home()


def _remembering(shell: Shell, kinds: str, then: Then) -> Then:
    def taken(path: Path) -> None:
        folder = path if _kind(kinds) == FOLDER else path.parent
        shell.keep_settings(folders={**(shell.settings.folders or {}), _kind(kinds): str(folder)})
        then(path)

    return taken
