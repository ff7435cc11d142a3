"""Where bugs go: the log file and, once, the error dialog. Light, for it is there before the first picture."""

from __future__ import annotations

import datetime as dt
import os
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ocop_desktop import __version__, paths

if TYPE_CHECKING:
    from ocop_desktop.ui.error_dialog import ErrorDialog

LOG_LIMIT = 1_000_000  # bytes; then the log begins anew and the old one is kept once


def report(error: BaseException) -> str:
    """What a maintainer needs to know of a bug."""
    import platform
    import traceback

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


class ErrorHook(QObject):
    """Catches every bug of every thread, writes the log, shows one dialog at a time."""

    _elsewhere = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._open: ErrorDialog | None = None
        self._window: QWidget | None = None
        self._elsewhere.connect(self.show_bug, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over from Python's own hooks."""
        sys.excepthook = self._on_window_thread
        threading.excepthook = self._on_thread

    def show_over(self, window: QWidget) -> None:
        """Let the dialog stand over ``window`` (which keeps this hook alive)."""
        self._window = window
        self.setParent(window)

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
            from ocop_desktop.ui.error_dialog import ErrorDialog

            self._open = ErrorDialog(words, log, self._window)
            self._open.destroyed.connect(self._closed)
            self._open.show()

    @Slot()
    def _closed(self) -> None:
        self._open = None
