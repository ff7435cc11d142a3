"""The dialogs that ask for a data file: one to open, a new one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from ocop_desktop.text import _
from ocop_desktop.ui import save_dialog


def ask_file(over: QWidget, folder: Path, chosen: Callable[[str], object]) -> None:
    """Ask for a file, then call ``chosen(path)``."""
    dialog = QFileDialog(over, _("Mở tệp khác"), str(folder), _("Tệp dữ liệu, gói phiên (*.ocop *.ocopgoi)"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(chosen)
    dialog.open()


def ask_new(over: QWidget, beside: Path, chosen: Callable[[str], object]) -> None:
    """Ask where a new file is to be, then call ``chosen(path)``."""
    save_dialog.ask(over, _("Tạo tệp mới"), beside.with_name(_("du-lieu-moi.ocop")), _("Tệp dữ liệu OCOP (*.ocop)"),
                    lambda path: chosen(str(path)), existing=True)
