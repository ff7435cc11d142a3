"""Start of the window, as one flat list: words, application, error hook, look, window; the file after the first picture."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ocop_desktop import paths, settings, text
from ocop_desktop.ui import theme
from ocop_desktop.ui.error_hook import ErrorHook
from ocop_desktop.ui.main_window import MainWindow
from ocop_desktop.ui.qt_words import QtWords
from ocop_desktop.ui.rubbish import Rubbish
from ocop_desktop.ui.window_place import show_whole
from ocop_desktop.ui.work import Work

if TYPE_CHECKING:
    from ocop_desktop.data.file import Database


def run(database: Path | None = None) -> int:
    """Open the window on ``database`` (or the last one, or the default one) and stay until it is closed; the exit code."""
    rubbish = Rubbish()
    app, window = open_window(database)
    window.work.rested.connect(lambda: read_ahead(window.work, rubbish.begin), Qt.ConnectionType.SingleShotConnection)
    code = app.exec()
    window.work.stop()
    window.work.join()
    rubbish.end()
    return code


def open_window(database: Path | None) -> tuple[QApplication, MainWindow]:
    """Everything up to the window on the screen; its file is opened when the first picture is drawn."""
    kept = settings.load()
    text.set_language(kept.language)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("OCOP Desktop")
    app.installTranslator(QtWords(app))
    hook = ErrorHook()
    hook.install()
    theme.load_fonts()
    theme.apply(app, kept.theme, kept.text_size)
    window = make_window(app, kept, database or _last_file(kept))
    hook.show_over(window)
    window.painted.connect(window.start)
    show_whole(window)
    return app, window


def read_ahead(work: Work, then: Callable[[], None]) -> None:
    """While the first screen is looked at, read what the others need, by asking for the list of dossiers; then ``then``.

    That takes 250 ms, nearly all of it for SQLAlchemy and its tables; the first screen does without them (``data.home``).
    Recognitions, which the programme and its targets are counted from, are read too: 1 ms for each thousand.
    """

    def first_dossiers(session: Any) -> None:
        from ocop_desktop.actions import dossiers
        from ocop_desktop.data import recognitions

        dossiers.first_page(session, "", dossiers.Filters(), dossiers.Sort())
        recognitions.read_ahead(session, dt.date.today())

    work.rested.connect(then, Qt.ConnectionType.SingleShotConnection)
    work.read(None, first_dossiers, lambda _nothing: None, lambda _refused: None)  # refused where nobody is signed in yet


def make_window(app: QApplication, kept: settings.Settings, file: Path) -> MainWindow:
    """The window on ``file``, not shown, its lane not started."""
    return MainWindow(app, Work(opener(file), _back_up), kept, file, opener)


def opener(path: Path) -> Callable[[], Database]:
    """What opens ``path``, a file or a session's package, on the worker thread; SQLAlchemy is read only then."""

    def open_database() -> Database:
        from ocop_desktop.actions import opening, own_file

        if own_file.is_package(path):
            from ocop_desktop.actions import own_laptop

            return own_laptop.open_package(path)
        return opening.open_or_create(path)

    return open_database


def _back_up(database: Database) -> None:
    from ocop_desktop.actions import backups

    backups.on_closing(database)


def _last_file(kept: settings.Settings) -> Path:
    last = Path(kept.database) if kept.database else paths.default_database()
    return last if last.exists() else paths.default_database()
