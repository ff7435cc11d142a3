"""The dialog that asks for a data file to open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from ocop_desktop.text import _


def ask_file(over: QWidget, folder: Path, chosen: Callable[[str], object]) -> None:
    """Ask for a file, then call ``chosen(path)``."""
    dialog = QFileDialog(over, _("Mở tệp khác"), str(folder), _("Tệp dữ liệu, gói phiên (*.ocop *.ocopgoi)"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(chosen)
    dialog.open()
