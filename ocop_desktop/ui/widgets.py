"""Small parts every screen is made of: page, cards, figures, chips, keys, empty states. For painted ones see ``painted``."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ocop_desktop.text import _
from ocop_desktop.ui import icons, theme
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.page import Page
from ocop_desktop.ui.painted import Pill, PillButton, Ring, SkeletonRows, Stars
from ocop_desktop.ui.parts import PushButton, button, clear, column, label, line, restyle, row

__all__ = [
    "Card",
    "Chips",
    "EmptyState",
    "LinkLabel",
    "Page",
    "Pill",
    "PillButton",
    "Ring",
    "SkeletonRows",
    "Stars",
    "StatCard",
    "button",
    "clear",
    "column",
    "label",
    "line",
    "restyle",
    "row",
]



class Card(QFrame):
    """A white sheet with a title; parts go into ``body``.

    Args:
        title: words at its head, or nothing.
        flush: without margins, for a table or rows that reach the edges.
    """

    def __init__(self, title: str = "", flush: bool = False) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        px = theme.now().px
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*((1, 1, 1, 1) if flush else (px(18), px(12), px(18), px(16))))
        self.body.setSpacing(0 if flush else px(10))
        self.heading = label(title, "strong")
        if title:
            if flush:
                self.heading.setContentsMargins(px(18), px(10), px(18), px(12))
            self.body.addWidget(self.heading)


class StatCard(QFrame):
    """A big number and what it counts; pressed it opens the list behind it."""

    pressed = Signal()

    def __init__(self, words: str, figure: str = "", tone: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "card")
        px = theme.now().px
        self.figure = label(figure or "–", "figure", tone)
        self.words = label(words, "quiet", wrap=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(px(18), px(8), px(12), px(12))
        inside.setSpacing(0)
        inside.addWidget(self.figure)
        inside.addWidget(self.words)
        inside.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def set_figure(self, figure: str, tone: str = "") -> None:
        """Show another number; tone: main, warn, bad, info or nothing."""
        self.figure.setText(figure)
        restyle(self.figure, tone=tone)

    def open_on_press(self) -> StatCard:
        """Let mouse and keyboard press it."""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        restyle(self, pressable=True)
        return self

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)


class Chips(QWidget):
    """Filter chips of which none, one or several are chosen.

    Args:
        several: whether more than one may be chosen at once.
    """

    chosen = Signal(tuple)  # keys

    def __init__(self, several: bool = True) -> None:
        super().__init__()
        self._several = several
        self._chips: dict[str, PillButton] = {}
        self._row = Flow(space=8)
        self.setLayout(self._row)

    def set_chips(self, chips: Iterable[tuple[str, str, str, int | None]]) -> None:
        """Show chips (key, words, tone, count); those chosen before stay chosen. Without a key: quiet words between chips."""
        kept = self.keys()
        clear(self._row)
        self._chips = {}
        for key, words, tone, count in chips:
            if not key:
                self._row.add(label(words, "quiet"))
                continue
            chip = PillButton(words, tone, count)
            chip.setChecked(key in kept)
            chip.clicked.connect(lambda _on=False, key=key: self._press(key))
            self._chips[key] = chip
            self._row.add(chip)

    def chip(self, key: str) -> PillButton:
        """The chip of ``key``."""
        return self._chips[key]

    def keys(self) -> tuple[str, ...]:
        """What is chosen."""
        return tuple(key for key, chip in self._chips.items() if chip.isChecked())

    def choose(self, *keys: str) -> None:
        """Choose exactly ``keys``, and announce it."""
        for key, chip in self._chips.items():
            chip.setChecked(key in keys)
        self.chosen.emit(self.keys())

    def _press(self, key: str) -> None:
        if not self._several:
            for other, chip in self._chips.items():
                chip.setChecked(other == key and chip.isChecked())
        self.chosen.emit(self.keys())


class LinkLabel(PushButton):
    """Words that lead somewhere."""

    def __init__(self, words: str, slot: Callable[[], object] | None = None) -> None:
        super().__init__(words)
        self.setProperty("kind", "link")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if slot:
            self.clicked.connect(lambda: slot())


class EmptyState(QWidget):
    """An empty list: what it is for, the first thing to do, and the way to try with example data.

    Where there is little room the picture goes, then the hint; the words and what to do stay.

    Args:
        icon: name of an icon.
        sentence: what will stand here.
        action, on_action: the first thing to do.
        on_demo: gives the second button, "Thử với dữ liệu mẫu".
        filled: whether the action is the page's main one; not where the page has it at its top right already.
    """

    def __init__(self, icon: str, sentence: str, action: str = "", on_action: Callable[[], object] | None = None,
                 on_demo: Callable[[], object] | None = None, hint: str = "", filled: bool = True) -> None:
        super().__init__()
        self._picture = QLabel()
        icons.put(self._picture, icon, "quiet", 40)
        self.sentence = label(sentence, "strong", wrap=True)
        self.hint = label(hint, "quiet", wrap=True)
        for part in (self._picture, self.sentence, self.hint):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.action = button(action, on_action, "primary" if filled else "") if action else None
        self.demo = button(_("Thử với dữ liệu mẫu"), on_demo) if on_demo else None
        px = theme.now().px
        self._buttons = Flow(self.action, self.demo)
        self._inside = column(1, self._picture, self.sentence, self.hint, row(1, self._buttons, 1), 1, space=12)
        self._inside.setContentsMargins(px(16), px(12), px(16), px(12))
        self.setLayout(self._inside)
        self.hint.setVisible(bool(hint))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for part, wanted in ((self._picture, True), (self.hint, bool(self.hint.text()))):
            part.setVisible(wanted)
        for part in (self._picture, self.hint):
            if self._inside.minimumHeightForWidth(self.width()) > self.height():
                part.hide()
                self._inside.invalidate()
