"""Asking where to write a file, beside the page: the name gets the ending of its kind, whatever was typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from ocop_desktop.actions.files import ENDINGS


def ask(parent: QWidget, title: str, proposed: Path, kind: str, then: Callable[[Path], object],
        existing: bool = False) -> QFileDialog:
    """Ask for a place and give it to ``then``.

    Args:
        proposed: where the dialog begins; its ending is the ending of the file.
        kind: the kind of file in words, "Tệp PDF (*.pdf)".
        existing: a file that is there already is taken as it is, not replaced; else the dialog asks first.
    """
    ending = proposed.suffix

    def take(chosen: str) -> None:
        path = with_ending(Path(chosen), ending)
        if not existing and path != Path(chosen) and path.exists():
            ask(parent, title, path, kind, then)  # under this name nobody has been asked yet
        else:
            then(path)

    dialog = QFileDialog(parent, title, str(proposed), kind)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ending[1:])
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite, existing)
    dialog.fileSelected.connect(take)
    dialog.open()
    return dialog


def with_ending(path: Path, ending: str) -> Path:
    """``path`` with ``ending`` in place of another kind's: "x.xlsx" becomes "x.pdf", "so 03.2026" becomes "so 03.2026.pdf"."""
    if path.suffix.lower() == ending:
        return path
    return path.with_suffix(ending) if path.suffix.lower() in ENDINGS else path.with_name(path.name + ending)
