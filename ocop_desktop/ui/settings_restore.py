"""Ask before the open data are replaced by a backup."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.widgets import button, column, label, row


class RestoreDialog(QDialog):
    """What will happen, and two verbs.

    Args:
        backup: the backup in words (its moment, or its file's name).
        file: the name of the file it replaces.
    """

    def __init__(self, backup: str, file: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Khôi phục dữ liệu"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        px = theme.now().px
        self.restore = button(_("Khôi phục bản này"), self.accept, "danger")
        self.keep = button(_("Giữ nguyên dữ liệu"), self.reject)
        box = column(
            label(_("Khôi phục bản {backup}?", backup=backup), "title", wrap=True),
            label(_("Tệp {file} trở về như lúc sao lưu; những gì làm sau đó sẽ không còn trong tệp.", file=file), wrap=True),
            label(_("Dữ liệu hiện tại được sao lưu trước, nên có thể khôi phục ngược lại."), "quiet", wrap=True),
            row(1, self.keep, self.restore))
        box.setContentsMargins(*(px(24),) * 4)
        self.setLayout(box)
        self.setMinimumWidth(px(480))
        self.keep.setFocus()
