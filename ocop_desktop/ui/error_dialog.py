"""When the program itself is at fault: a sentence, a report to copy, a log file. The work already saved is safe."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.widgets import button, column, label, row


class ErrorDialog(QDialog):
    """Tell of a bug; it does not hold up the window."""

    def __init__(self, words: str, log: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setWindowTitle(_("Chương trình gặp lỗi"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        px = theme.now().px
        self.report = QPlainTextEdit(words)
        self.report.setReadOnly(True)
        self.copy = button(_("Sao chép báo cáo"), self._copy)
        self.go_on = button(_("Tiếp tục làm việc"), self.close, "primary")
        where = _("Báo cáo này đã ghi vào tệp {file}", file=log) if log else _("Không ghi được báo cáo vào tệp nhật ký")
        box = column(
            label(_("Chương trình gặp lỗi ngoài dự kiến"), "title"),
            label(_("Những gì đã lưu vẫn còn nguyên; thao tác vừa rồi chưa xong. Xin gửi báo cáo dưới đây cho người hỗ trợ."),
                  wrap=True),
            self.report, label(where, "small", wrap=True), row(1, self.copy, self.go_on))
        box.setContentsMargins(*(px(24),) * 4)
        self.setLayout(box)
        self.resize(px(640), px(420))
        self.go_on.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._words)
        self.copy.setText(_("Đã sao chép"))
