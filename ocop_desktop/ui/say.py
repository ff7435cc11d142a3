"""The one mouth: bars under the top line for news and problems. Nothing here stops the person's work."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QLabel, QToolButton, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.errors import UserError
from ocop_desktop.text import _
from ocop_desktop.ui import icons, theme
from ocop_desktop.ui.widgets import button, label, row

OK_STAYS = 5000  # milliseconds; only good news goes away by itself
AT_ONCE, AT_ONCE_LOW, LOW = 3, 1, 460  # bars at once; in a window lower than so many pixels at 100 %
ICONS = {"info": ("info", "info"), "ok": ("ok", "main"), "warn": ("warning", "warn"), "bad": ("bad", "bad")}


class Note(QFrame):
    """One bar: icon, sentence, count, action, a cross."""

    closed = Signal()

    def __init__(self, tone: str, words: str, action: str, on_action: Callable[[], object] | None, count: int) -> None:
        super().__init__()
        self.tone, self.words, self.count = tone, words, count
        self.setProperty("kind", f"note-{tone}")
        picture = QLabel()
        icons.put(picture, *ICONS[tone])
        self.sentence = label(words, wrap=True)
        self.number = label("", "bold", ICONS[tone][1])
        self.action = button(action, on_action, small=True) if action else None
        self.cross = QToolButton()
        self.cross.setAccessibleName(_("Đóng"))
        icons.put(self.cross, "close", "ink", 16)
        self.cross.clicked.connect(self.closed)
        inside = row(picture, space=10)
        inside.addWidget(self.sentence, 1)
        inside.addLayout(row(self.number, self.action, self.cross, space=10))
        px = theme.now().px
        inside.setContentsMargins(px(12), px(6), px(6), px(6))
        self.setLayout(inside)
        self.set_count(count)

    def set_count(self, count: int) -> None:
        """Show how many there are, from two on."""
        self.count = count
        self.number.setText(str(count))
        self.number.setVisible(count > 1)


class Say(QWidget):
    """The bars of a page or a dialog, newest last, three at once; bad news and warnings stay until closed."""

    def __init__(self) -> None:
        super().__init__()
        px = theme.now().px
        self._notes: list[Note] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(px(24), px(10), px(24), 0)
        self._box.setSpacing(px(6))
        self.hide()

    def info(self, words: str, action: str = "", on_action: Callable[[], object] | None = None, count: int = 0) -> Note:
        """Tell something."""
        return self._add("info", words, action, on_action, count)

    def ok(self, words: str, action: str = "", on_action: Callable[[], object] | None = None, count: int = 0) -> Note:
        """Tell that something worked; it goes away by itself."""
        note = self._add("ok", words, action, on_action, count)
        QTimer.singleShot(OK_STAYS, note, lambda: self.close_note(note))
        return note

    def warn(self, words: str, action: str = "", on_action: Callable[[], object] | None = None, count: int = 0) -> Note:
        """Point at something that wants a look."""
        return self._add("warn", words, action, on_action, count)

    def bad(self, words: str, action: str = "", on_action: Callable[[], object] | None = None, count: int = 0) -> Note:
        """Tell what did not work and what to do."""
        return self._add("bad", words, action, on_action, count)

    def error(self, error: UserError) -> Note:
        """Tell a problem a person can mend."""
        return self.bad(text.say(error))

    def notes(self) -> tuple[Note, ...]:
        """The bars on show."""
        return tuple(self._notes)

    def close_note(self, note: Note) -> None:
        """Take one bar away."""
        if note in self._notes:
            self._notes.remove(note)
            self._box.removeWidget(note)
            note.hide()
            note.deleteLater()
            self.setVisible(bool(self._notes))

    def clear(self, also_bad: bool = True) -> None:
        """Take the bars away; without ``also_bad`` what did not work stays."""
        for note in self.notes():
            if also_bad or note.tone != "bad":
                self.close_note(note)

    def _add(self, tone: str, words: str, action: str, on_action: Callable[[], object] | None, count: int) -> Note:
        for old in self.notes():
            if (old.tone, old.words) == (tone, words):
                self.close_note(old)
                count = count or max(old.count, 1) + 1
        note = Note(tone, words, action, on_action, count)
        note.closed.connect(lambda: self.close_note(note))
        self._notes.append(note)
        self._box.addWidget(note)
        low = self.window().height() < theme.now().px(LOW)
        while len(self._notes) > (AT_ONCE_LOW if low else AT_ONCE):
            self.close_note(next((n for n in self._notes if n.tone in ("ok", "info")), self._notes[0]))
        self.show()
        return note
