"""Asking where to write a file, beside the page: the name gets the ending of its kind, whatever was typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from ocop_desktop.actions.files import ENDINGS
from ocop_desktop.text import _


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
        if existing or not path.exists():
            then(path)
        else:
            _ask_whether_to_replace(parent, path, then, lambda: ask(parent, title, path, kind, then))

    dialog = QFileDialog(parent, title, str(proposed), kind)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ending[1:])
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # it would ask about the name as typed, perhaps of another kind
    dialog.fileSelected.connect(take)
    dialog.open()
    return dialog


def _ask_whether_to_replace(parent: QWidget, path: Path, replace: Callable[[Path], object], other: Callable[[], object]) -> None:
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(_("Thay tệp cũ?"))
    box.setText(_("Trong thư mục này đã có tệp “{file}”. Thay tệp ấy bằng tệp mới?", file=path.name))
    yes = box.addButton(_("Thay tệp cũ"), QMessageBox.ButtonRole.AcceptRole)
    no = box.addButton(_("Chọn tên khác"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(no)
    box.setEscapeButton(no)
    box.buttonClicked.connect(lambda pressed: replace(path) if pressed is yes else other())
    box.open()


def with_ending(path: Path, ending: str) -> Path:
    """``path`` with ``ending`` in place of another kind's: "x.xlsx" becomes "x.pdf", "so 03.2026" becomes "so 03.2026.pdf"."""
    if path.suffix.lower() == ending:
        return path
    return path.with_suffix(ending) if path.suffix.lower() in ENDINGS else path.with_name(path.name + ending)
