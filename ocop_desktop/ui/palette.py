"""The command field of the top line (Ctrl+K): screens, commands, and what the screens know how to find."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import isValid

from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.screens import SCREENS, keys_of
from ocop_desktop.ui.shell import Found, Shell

if TYPE_CHECKING:
    from ocop_desktop.ui.finds import Finds

PAUSE = 80  # milliseconds of rest before the screens are asked
NARROW, WIDE, AT_ONCE = 120, 250, 12


class CommandField(QLineEdit):
    """The field itself: typing finds, arrows mark, Enter goes there, Esc gives the page its focus back."""

    def __init__(self, shell: Shell, window: QWidget) -> None:
        super().__init__()
        self.setProperty("kind", "search")
        self._shell, self._window = shell, window
        self._before: QWidget | None = None
        self._screens: list[Found] = []
        self._further: dict[int, list[Found]] = {}
        self.setAccessibleName(_("Tìm hồ sơ, chủ thể, lệnh"))
        self.setMinimumWidth(theme.now().px(NARROW))
        self.setMaximumWidth(theme.now().px(WIDE))
        self.setClearButtonEnabled(False)
        self._finds: Finds | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(self._typed)

    @property
    def finds(self) -> Finds:
        """The list under the field, made when first wanted."""
        if self._finds is None:
            from ocop_desktop.ui.finds import Finds

            self._finds = Finds(self._window)
            self._finds.list.itemClicked.connect(self._take)
        return self._finds

    def drop_finds(self) -> None:
        """Forget the list, before the field goes."""
        if self._finds is not None:
            self._finds.deleteLater()
            self._finds = None

    def open(self) -> None:
        """Take the focus and offer what there is."""
        self._before = self._window.focusWidget() if not self.hasFocus() else self._before
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._typed(self.text())

    def close_finds(self) -> None:
        """Hide what was found and forget what was typed."""
        self._pause.stop()
        if self._finds is not None:
            self._finds.hide()
        self.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        whole = _("Tìm hồ sơ, chủ thể, lệnh…  Ctrl+K")
        fits = self.fontMetrics().horizontalAdvance(whole) <= self.width() - theme.now().px(24)
        self.setPlaceholderText(whole if fits else _("Tìm  Ctrl+K"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Down:
            self.finds.step(1)
        elif key == Qt.Key.Key_Up:
            self.finds.step(-1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key == Qt.Key.Key_Escape:
            self._give_back()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()  # a screen's own Esc waits until this one is done
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self.finds.isVisible():
            self._typed(self.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.close_finds()

    def _give_back(self) -> None:
        before, self._before = self._before, None
        self.close_finds()
        if before is not None and isValid(before):
            before.setFocus()
        else:
            self.clearFocus()

    @Slot(str)
    def _typed(self, words: str) -> None:
        from ocop_desktop.rules.names import fold

        wanted = fold(words)
        self._screens = [found for found in self._offers() if wanted in f"{fold(found.words)} {found.also}"]
        self._further = {}
        self._show()
        self._pause.start(PAUSE)

    def _offers(self) -> list[Found]:
        screens = [Found(_(s.title), keys_of(s), s.icon, s.key) for s in SCREENS if self._shell.may_see(s.key)]
        return screens + self._shell.commands()

    @Slot()
    def _ask(self) -> None:
        words = self.text().strip()
        if not words or not self._shell.may_see("dossiers"):
            return
        for place, search in enumerate(self._shell.searches):
            search(words, partial(self._arrived, words, place))

    def _arrived(self, words: str, place: int, found: Sequence[Found]) -> None:
        if words == self.text().strip() and self.finds.isVisible():
            self._further[place] = list(found)
            self._show()

    def _show(self) -> None:
        further = [one for place in sorted(self._further) for one in self._further[place]]
        found = (self._screens + further) if self.text() else self._screens
        self.finds.show_found(found)
        px = theme.now().px
        wide = min(max(self.width(), px(460)), self._window.width() - px(24))
        left = min(self.mapTo(self._window, QPoint(0, 0)).x(), self._window.width() - px(12) - wide)
        top = self.mapTo(self._window, QPoint(0, self.height())).y() + px(4)
        high = min(self.finds.height_of(AT_ONCE), self._window.height() - top - px(8))
        self.finds.setGeometry(left, top, wide, high)
        self.finds.show()
        self.finds.raise_()

    @Slot()
    def _take(self) -> None:
        found = self.finds.current()
        if found is None:
            return
        self._give_back()
        if found.action is not None:
            found.action()
        else:
            self._shell.go(found.screen, **found.where)
