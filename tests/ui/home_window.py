"""A real window on a real file, for the tests of the first screen and the settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ocop_desktop import app, settings, text
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.settings import Settings
from ocop_desktop.ui import theme
from ocop_desktop.ui.main_window import MainWindow


class Opened:
    """The window and its robot; ``went`` holds every place a screen asked for."""

    def __init__(self, bot: QtBot, window: MainWindow) -> None:
        self.bot, self.window = bot, window
        self.went: list[tuple[str, dict[str, Any]]] = []
        self.wanted: list[str] = []
        window.shell.went.connect(lambda screen, where: self.went.append((screen, where)))
        window.shell.file_wanted.connect(self.wanted.append)

    def click(self, part: QWidget) -> None:
        """Press a part with the mouse."""
        self.bot.mouseClick(part, Qt.MouseButton.LeftButton)

    def activate(self) -> None:
        """Bring the window to the front, so that focus moves in it."""
        self.window.activateWindow()
        self.bot.waitUntil(self.window.isActiveWindow)

    def settle(self) -> None:
        """Wait until everything asked of the file has been answered."""
        self.bot.waitUntil(lambda: not self.window.work._jobs)

    def page(self) -> Any:
        """The screen on show."""
        return self.window.stack.currentWidget()


@contextmanager
def opened(bot: QtBot, file: Path, kept: Settings | None = None) -> Iterator[Opened]:
    """Open the window on ``file``; closed again at the end, everything saved."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    kept = kept or Settings()
    text.set_language(kept.language)
    theme.apply(application, kept.theme, kept.text_size)
    settings.save(kept)
    window = app.make_window(application, kept, file)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    found = Opened(bot, window)
    try:
        with bot.waitSignal(window.work.opened):
            window.start()
        found.settle()
        found.activate()
        yield found
    finally:
        window.work.stop()
        assert window.work.join()
        window.deleteLater()


def read(file: Path, action: Any) -> Any:
    """What ``action(session)`` finds in a file no window has open."""
    db = open_or_create(file)
    try:
        with db.begin() as session:
            return action(session)
    finally:
        db.close()
