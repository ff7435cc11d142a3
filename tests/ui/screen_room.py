"""A screen on a real file, without the rest of the window: clicks go in, the database tells what came of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ocop_desktop.data.engine import Database, Session
from ocop_desktop.settings import Settings
from ocop_desktop.ui import theme
from ocop_desktop.ui.say import Say
from ocop_desktop.ui.shell import Shell
from ocop_desktop.ui.work import Work


class ScreenRoom:
    """The screen ``key`` with its shell and lane; going elsewhere is noted in ``went``."""

    def __init__(self, qtbot: QtBot, app: QApplication, db: Database, key: str, make: Callable[[Work, Shell], Any]) -> None:
        theme.apply(app, "light", 100)
        self.bot, self.db, self.key = qtbot, db, key
        self.work, self.say = Work(lambda: db), Say()
        self.shell = Shell(Settings(user="Lan"), self.say)
        self.went: list[tuple[str, dict[str, Any]]] = []
        self.screen = make(self.work, self.shell)
        self.shell.went.connect(self._go)
        self.work.failed.connect(self.say.error)
        self.work.changed.connect(self.screen.refresh)
        self.work.start()
        page: QWidget = self.screen
        page.resize(1170, 720)
        qtbot.addWidget(page)
        qtbot.addWidget(self.say)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)

    def _go(self, screen: str, where: dict[str, Any]) -> None:
        self.went.append((screen, where))
        if screen == self.key:
            self.screen.show_place(**where)

    def go(self, **where: Any) -> None:
        """Bring a place of the screen on show, and wait until the lane is quiet."""
        self.shell.go(self.key, **where)
        self.quiet()

    def quiet(self) -> None:
        """Wait until nothing is read or saved any more; a save is followed by a reading, hence twice."""
        for _round in range(2):
            seen: list[bool] = []
            self.work.read(None, lambda _session: True, seen.append)
            self.bot.waitUntil(lambda seen=seen: bool(seen))

    def ask(self, question: Callable[[Session], Any]) -> Any:
        """What the file says now."""
        self.quiet()
        told: list[Any] = []
        self.work.read(None, question, told.append)
        self.bot.waitUntil(lambda: bool(told))
        return told[0]

    def write(self, widget: QWidget, words: str) -> None:
        """Type words as a Vietnamese keyboard does: they arrive committed by the input method."""
        event = QInputMethodEvent()
        event.setCommitString(words)
        QApplication.sendEvent(widget, event)

    def close(self) -> None:
        """End the lane."""
        self.work.stop()
        self.work.join()
