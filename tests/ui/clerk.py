"""Somebody at the real window: presses, types, waits for what comes of it, and asks the file what stands in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QFileDialog, QLineEdit, QWidget

from tests.ui.home_window import Opened

KEY, LEFT, CTRL = Qt.Key, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
LONG = 20_000  # milliseconds the background may take for the largest step on a busy machine


class Clerk:
    """Somebody at the window with a mouse and a keyboard."""

    def __init__(self, found: Opened) -> None:
        self.bot, self.window = found.bot, found.window

    @property
    def page(self) -> Any:
        """The screen on show."""
        return self.window.stack.currentWidget()

    def wait(self, until: Callable[[], object]) -> None:
        """Wait for something to be seen."""
        self.bot.waitUntil(lambda: bool(until()), timeout=LONG)

    def settle(self) -> None:
        """Wait until everything asked of the file has been answered."""
        self.wait(self.window.work.at_rest)

    def click(self, part: QWidget) -> None:
        """Press a part once it can be pressed, and wait for what comes of it."""
        self.wait(lambda: part.isVisible() and part.isEnabled())
        self.bot.mouseClick(part, LEFT)
        self.settle()

    def go(self, screen: str) -> Any:
        """Press a screen's name in the rail."""
        self.click(self.window.rail.buttons[screen])
        return self.page

    def cell(self, view: Any, row: int, column: int) -> None:
        """Press a cell of a table."""
        self.wait(lambda: view.model().rowCount() > row)
        place = view.visualRect(view.model().index(row, column)).center()
        assert view.viewport().rect().contains(place)
        if view.viewport().childAt(place) is None:  # else its editor is open already
            self.bot.mouseClick(view.viewport(), LEFT, pos=place)
        self.settle()

    def write(self, editor: QLineEdit, words: str, end: Qt.Key = KEY.Key_Tab) -> None:
        """Press a field, type over what stands in it and leave it; letters with accents come from the input method."""
        self.bot.mouseClick(editor, LEFT)
        self.wait(editor.hasFocus)
        self.bot.keyClick(editor, KEY.Key_A, CTRL)
        self.commit(editor, words)
        self.bot.keyClick(editor, end)
        self.settle()

    def commit(self, editor: QWidget, words: str) -> None:
        """Type words where the cursor is."""
        if words.isascii():
            self.bot.keyClicks(editor, words)
            return
        event = QInputMethodEvent()
        event.setCommitString(words)
        QApplication.sendEvent(editor, event)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        self.bot.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def pick(self, combo: QComboBox, words: str) -> None:
        """Open a list, go to an entry by the arrows and take it."""
        self.bot.mouseClick(combo, LEFT)
        view: QAbstractItemView = combo.view()
        self.wait(view.isVisible)
        self.bot.keyClick(view, KEY.Key_Home)
        for _step in range(combo.findText(words)):
            self.bot.keyClick(view, KEY.Key_Down)
        assert view.currentIndex().data() == words
        self.bot.keyClick(view, KEY.Key_Return)
        self.front()

    def front(self) -> None:
        """Come back to the window from what stood over it: without a window manager nobody else does that."""
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)
        self.settle()

    def file(self, path: Path) -> None:
        """Put a file's name into the dialog that asks for one."""
        (dialog,) = [d for d in self.window.findChildren(QFileDialog) if d.isVisible()]
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        assert line is not None
        self.wait(line.hasFocus)
        QApplication.clipboard().setText(str(path))
        self.bot.keyClick(line, KEY.Key_A, CTRL)
        self.bot.keyClick(line, KEY.Key_V, CTRL)
        self.bot.keyClick(line, KEY.Key_Return)
        self.wait(lambda: not self.window.findChildren(QFileDialog))
        self.front()

    def ask(self, question: Callable[[Any], Any]) -> Any:
        """What the file says now, asked in the window's own lane."""
        self.settle()
        told: list[Any] = []
        self.window.work.read(None, question, told.append)
        self.wait(lambda: told)
        return told[0]

    def act(self, action: Callable[[Any], object]) -> None:
        """Save something through an action in the window's own lane, as any screen does."""
        done: list[object] = []
        self.window.work.save(None, action, done.append)
        self.settle()
        assert done, self.said()

    def said(self) -> list[str]:
        """What the bars say."""
        return [note.words for note in self.window.say.notes()]

    def close(self) -> None:
        """Close the window; it goes when everything is saved."""
        self.window.close()
        self.wait(lambda: not self.window.isVisible())
        assert self.window.work.join()
