"""The top line: where one is, the command field, what is saved, who works; and the strip of long work under it."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QSizePolicy

from ocop_desktop import text
from ocop_desktop.rules.rights import ROLES, Actor
from ocop_desktop.text import _
from ocop_desktop.ui import icons, theme
from ocop_desktop.ui.palette import CommandField
from ocop_desktop.ui.widgets import button, label, restyle, row

HIGH = 48
BETWEEN = "  /  "


class Crumbs(QLabel):
    """Where one is; the beginning gives way when there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "quiet")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._words: tuple[str, ...] = ()

    def set_words(self, words: tuple[str, ...]) -> None:
        """Show ``words`` from the general to the particular."""
        self._words = words
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room, metrics = max(self.width(), 20), self.fontMetrics()
        tried = [BETWEEN.join(self._words), *(BETWEEN.join(("…", *self._words[at:])) for at in range(1, len(self._words)))]
        last = self._words[-1] if self._words else ""
        shown = next((words for words in tried if metrics.horizontalAdvance(words) <= room), last)
        self.setText(metrics.elidedText(shown, Qt.TextElideMode.ElideRight, room))
        self.setAccessibleName(tried[0])


class TopBar(QFrame):
    """Crumbs, command field, saved mark, user, and handing the machine on where people sign in."""

    lock_wanted = Signal()

    def __init__(self, field: CommandField) -> None:
        super().__init__()
        self.setProperty("kind", "topbar")
        px = theme.now().px
        self.setFixedHeight(px(HIGH))
        self.crumbs, self.field = Crumbs(), field
        self._mark = QLabel()
        self.saved = label("", "quiet")
        self.user = label("", "")
        self.hand_on = button(_("Chuyển máy"), self.lock_wanted.emit, small=True)
        self.hand_on.setToolTip("Ctrl+L")
        self.hand_on.hide()
        self.last: dt.datetime | None = None
        inside = row(space=16)
        inside.setContentsMargins(px(24), 0, px(24), 0)
        inside.addWidget(self.crumbs, 3)
        inside.addWidget(field, 2)
        inside.addLayout(row(self._mark, self.saved, space=4))
        inside.addWidget(self.user)
        inside.addWidget(self.hand_on)
        self.setLayout(inside)
        self.show_unchanged()

    def set_user(self, name: str) -> None:
        """Name who works here."""
        self.user.setText(name)
        self.user.setVisible(bool(name))

    def show_person(self, person: Actor, name: str) -> None:
        """Name who is signed in, with the role; alone, who uses this computer."""
        if person.alone:
            self.set_user(name)
        else:
            self.set_user(f"{ROLES[person.role].said(text.language())}: {person.name}" if person.role else "")
        self.hand_on.setVisible(bool(person.role) and not person.alone)

    @Slot()
    def show_unchanged(self) -> None:
        """Tell that nothing was changed since the start."""
        self._say(_("Chưa có thay đổi"), "quiet", "check", "quiet")

    @Slot(object)
    def show_saved(self, moment: dt.datetime) -> None:
        """Tell when the last change was written."""
        self.last = moment
        self._say(_("Đã lưu {clock}", clock=text.clock(moment)), "saved", "check", "main")

    @Slot()
    def show_unsaved(self) -> None:
        """Tell that the last change was not written."""
        self._say(_("Chưa lưu được"), "", "warning", "bad")

    def show_no_file(self) -> None:
        """Tell that no file is open."""
        self._say(_("Chưa mở tệp nào"), "quiet", "file", "quiet")

    def show_opening(self) -> None:
        """Tell that the file is being opened."""
        self._say(_("Đang mở tệp…"), "quiet", "clock", "quiet")

    def show_again(self, last: dt.datetime | None) -> None:
        """Tell what another top line told last."""
        if last is None:
            self.show_unchanged()
        else:
            self.show_saved(last)

    def _say(self, words: str, kind: str, icon: str, token: str) -> None:
        self.saved.setText(words)
        restyle(self.saved, kind=kind, tone="bad" if token == "bad" else "")
        icons.put(self._mark, icon, token, 16)


class BusyStrip(QFrame):
    """Long work: what is being done, how far it is, Cancel."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "topbar")
        px = theme.now().px
        self.words, self.figures = label("", "bold"), label("", "quiet")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.cancel = button(_("Dừng lại"), self._stop, small=True)
        inside = row(self.words, self.bar, self.figures, self.cancel, space=12)
        inside.setStretch(1, 1)
        inside.setContentsMargins(px(24), px(6), px(24), px(6))
        self.setLayout(inside)
        self.hide()

    @Slot(str, int, int)
    def show_progress(self, what: str, done: int, total: int) -> None:
        """Show how far the work is; total 0: not known."""
        self.words.setText(what)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.figures.setText(f"{text.number(done)} / {text.number(total)}" if total else "")
        if not self.isVisible():
            self.cancel.setEnabled(True)
            self.cancel.setText(_("Dừng lại"))
            self.show()

    def _stop(self) -> None:
        self.cancel.setEnabled(False)
        self.cancel.setText(_("Đang dừng…"))
        self.cancelled.emit()
