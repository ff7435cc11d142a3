"""The one mouth: bars over the page's lower edge. Nothing here stops the person's work or moves the page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QToolButton, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.errors import UserError
from ocop_desktop.text import _
from ocop_desktop.ui import icons, theme
from ocop_desktop.ui.widgets import button, label, row

OK_STAYS, OFFER_STAYS = 5000, 12000  # milliseconds; only good news goes away by itself, with something to press later
WIDEST = 760  # pixels at 100 %
FOOT = "foot"  # name of a bar at a page's lower edge that no note may hide
AT_ONCE, AT_ONCE_LOW, LOW = 3, 1, 460  # bars at once; in a window lower than so many pixels at 100 %
ICONS = {"info": ("info", "info"), "ok": ("ok", "main"), "warn": ("warning", "warn"), "bad": ("bad", "bad")}


class Note(QFrame):
    """One bar: icon, sentence, count, action, a cross."""

    closed = Signal()

    def __init__(self, tone: str, words: str, action: str, on_action: Callable[[], object] | None, count: int,
                 cause: str) -> None:
        super().__init__()
        self.tone, self.words, self.count, self.cause = tone, words, count, cause
        self.setProperty("kind", f"note-{tone}")
        picture = QLabel()
        icons.put(picture, *ICONS[tone])
        self.sentence = label(words, wrap=True)
        self.number = label("", "bold", ICONS[tone][1])
        self.action = button(action, on_action, small=True) if action else None
        if self.action:
            self.action.clicked.connect(self.closed)  # what it offered is done
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
    """The bars of the window, newest last, three at once, over the lower edge of the page they belong to.

    Good news goes by itself. Warnings and bad news go with what they are about: when their ``cause`` is mended, when something
    done afterwards worked, or when the person goes elsewhere; and they can be closed.
    """

    def __init__(self) -> None:
        super().__init__()
        px = theme.now().px
        self._notes: list[Note] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(px(6))
        self._page: QWidget | None = None
        self.hide()

    def stand_over(self, page: QWidget) -> None:
        """Stand over the lower edge of ``page``, which shares its parent with this from now on."""
        self._page = page
        self.setParent(page.parentWidget())
        page.installEventFilter(self)
        self.setVisible(bool(self._notes))
        self._place()

    def info(self, words: str, action: str = "", on_action: Callable[[], object] | None = None, count: int = 0) -> Note:
        """Tell something."""
        return self._add("info", words, action, on_action, count)

    def ok(self, words: str, action: str = "", on_action: Callable[[], object] | None = None, count: int = 0) -> Note:
        """Tell that something worked; it goes away by itself, and what did not work before is past."""
        self.worked()
        note = self._add("ok", words, action, on_action, count)
        QTimer.singleShot(OFFER_STAYS if action else OK_STAYS, note, lambda: self.let_go(note))
        return note

    def let_go(self, note: Note) -> None:
        """Take a bar of good news away, but not from under the mouse nor with the keyboard on what it offers: then later."""
        if note.underMouse() or note.isAncestorOf(self.window().focusWidget() or self):
            QTimer.singleShot(OK_STAYS, note, lambda: self.let_go(note))
        else:
            self.close_note(note)

    def warn(self, words: str, action: str = "", on_action: Callable[[], object] | None = None, cause: str = "") -> Note:
        """Point at something that wants a look; with a ``cause`` it stays until that is mended."""
        return self._add("warn", words, action, on_action, 0, cause)

    def bad(self, words: str, action: str = "", on_action: Callable[[], object] | None = None, cause: str = "") -> Note:
        """Tell what did not work and what to do; with a ``cause`` it stays until that is mended."""
        return self._add("bad", words, action, on_action, 0, cause)

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
            self._place()

    @Slot()
    def worked(self) -> None:
        """Something done now worked: warnings and bad news of no named cause are past."""
        self._close(lambda note: note.tone in ("warn", "bad") and not note.cause)

    def mended(self, cause: str) -> None:
        """What ``cause`` names is mended."""
        self._close(lambda note: note.cause == cause)

    def clear(self, also_news: bool = True) -> None:
        """The person goes elsewhere; without ``also_news`` good news and offers stay, as on another page of the same screen."""
        self._close(lambda note: also_news or note.tone in ("warn", "bad"))

    def _close(self, meant: Callable[[Note], bool]) -> None:
        for note in self.notes():
            if meant(note):
                self.close_note(note)

    def _add(self, tone: str, words: str, action: str, on_action: Callable[[], object] | None, count: int,
             cause: str = "") -> Note:
        for old in self.notes():
            if (old.tone, old.words) == (tone, words):
                self.close_note(old)
                count = count or max(old.count, 1) + 1
        note = Note(tone, words, action, on_action, count, cause)
        note.closed.connect(lambda: self.close_note(note))
        self._notes.append(note)
        self._box.addWidget(note)
        low = self.window().height() < theme.now().px(LOW)
        while len(self._notes) > (AT_ONCE_LOW if low else AT_ONCE):
            self.close_note(next((n for n in self._notes if n.tone in ("ok", "info")), self._notes[0]))
        self.show()
        self._place()
        return note

    def _place(self) -> None:
        """As wide as one reads well, as high as the words need, at the page's lower edge."""
        if self._page is None or not self._notes:
            return
        px, over = theme.now().px, self._page.geometry()
        wide = min(px(WIDEST), over.width() - 2 * px(24))
        self._box.activate()
        high = self._box.totalHeightForWidth(wide)
        self.setGeometry(QRect(over.center().x() - wide // 2, self._floor(over) - px(12) - high, wide, high))
        self.raise_()

    def _floor(self, over: QRect) -> int:
        """The page's lower edge, or the bar at it where the work goes on: a note hides no question it speaks of."""
        assert self._page is not None
        bars = [part for part in self._page.findChildren(QWidget, FOOT) if part.isVisible()]
        parent = self._page.parentWidget()
        tops = [part.mapTo(parent, QPoint(0, 0)).y() for part in bars] if parent is not None else []
        return next((top for top in tops if over.center().y() < top < over.bottom()), over.bottom())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:  # words, letters or the number of bars changed
            self._place()
        return done
