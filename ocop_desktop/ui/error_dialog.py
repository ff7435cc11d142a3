"""When the program itself is at fault: a sentence, a report to copy, a log file. The work already saved is safe."""

from __future__ import annotations

import datetime as dt
import os
import platform
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from ocop_desktop import __version__, paths
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.widgets import button, column, label, row

LOG_LIMIT = 1_000_000  # bytes; then the log begins anew and the old one is kept once


def report(error: BaseException) -> str:
    """What a maintainer needs to know of a bug."""
    from PySide6 import __version__ as qt

    head = f"OCOP Desktop {__version__} · Python {platform.python_version()} · Qt {qt} · {platform.platform()}"
    trail = "".join(traceback.format_exception(error))
    return f"{dt.datetime.now().isoformat(timespec='seconds')}\n{head}\n\n{trail}"


def write_log(words: str, path: Path | None = None) -> Path:
    """Add ``words`` to the log file."""
    path = path or paths.log_file()
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        os.replace(path, path.with_suffix(".old.log"))
    with path.open("a", encoding="utf-8") as log:
        log.write(words.rstrip() + "\n\n")
    return path


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


class ErrorHook(QObject):
    """Catches every bug of every thread, writes the log, shows one dialog at a time."""

    _elsewhere = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._open: ErrorDialog | None = None
        self.window: QWidget | None = None
        self._elsewhere.connect(self.show_bug, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over from Python's own hooks."""
        sys.excepthook = self._on_window_thread
        threading.excepthook = self._on_thread

    def _on_window_thread(self, _kind: type[BaseException], error: BaseException, _trail: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            QGuiApplication.quit()
            return
        self.show_bug(error)

    def _on_thread(self, found: threading.ExceptHookArgs) -> None:
        if found.exc_value is not None:
            self._elsewhere.emit(found.exc_value)

    @Slot(object)
    def show_bug(self, error: BaseException) -> None:
        """Write the log; show the dialog unless one is open already."""
        words = report(error)
        try:
            log = str(write_log(words))
        except OSError:
            log = ""
        print(words, file=sys.stderr)
        if self._open is None and QGuiApplication.instance() is not None:
            self._open = ErrorDialog(words, log, self.window)
            self._open.destroyed.connect(self._closed)
            self._open.show()

    @Slot()
    def _closed(self) -> None:
        self._open = None
