"""Small parts every screen is made of: page, cards, figures, chips, keys, empty states. For painted ones see ``painted``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ocop_desktop.text import _
from ocop_desktop.ui import icons, theme
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.painted import Pill, PillButton, Ring, SkeletonRows, Stars

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

SUBTITLE = 260  # pixels at 100 % the quiet line under a title has at least
Part = QWidget | QLayout | int | None
Box = TypeVar("Box", bound=QBoxLayout)


def label(words: str = "", kind: str = "", tone: str = "", wrap: bool = False) -> QLabel:
    """A plain-text label. kind: title, strong, bold, quiet, small, figure, hall, error; tone: main, warn, bad, info."""
    made = QLabel(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("kind", kind)
    made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    return made


def button(words: str, slot: Callable[[], object] | None = None, kind: str = "", icon: str = "",
           small: bool = False) -> QPushButton:
    """A push button. kind: primary (one a page), danger, quiet, link, or nothing for an ordinary one."""
    made = QPushButton(words)
    made.setProperty("kind", kind)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    if small:
        made.setProperty("size", "small")
    if icon:
        icons.put(made, icon, {"primary": "on_main", "danger": "bad", "link": "info"}.get(kind, "ink"), 18)
    if slot:
        made.clicked.connect(lambda: slot())
    return made


def restyle(widget: QWidget, **properties: object) -> None:
    """Change style properties (kind, tone, wrong ...) of a widget on show."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def line(upright: bool = False) -> QFrame:
    """A hairline."""
    made = QFrame()
    made.setProperty("kind", "upright" if upright else "line")
    return made


def row(*parts: Part, space: int = 12) -> QHBoxLayout:
    """Parts side by side; a number is a stretch, None is left out."""
    return _fill(QHBoxLayout(), parts, space)


def column(*parts: Part, space: int = 12) -> QVBoxLayout:
    """Parts one under another; a number is a stretch, None is left out."""
    return _fill(QVBoxLayout(), parts, space)


def _fill(layout: Box, parts: tuple[Part, ...], space: int) -> Box:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.now().px(space))
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        elif part is not None:
            layout.addStretch(part)
    return layout


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


class Page(QWidget):
    """A page: its question as a title, actions on the right, one body. Screens inherit from it.

    Args:
        title, subtitle: what the page asks, and the quiet line under it.
        scroll: whether the body scrolls when it is longer than the window.
    """

    def __init__(self, title: str = "", subtitle: str = "", scroll: bool = False) -> None:
        super().__init__()
        px = theme.now().px
        self.title = label(title, "title")
        self.subtitle = label(subtitle, "quiet", wrap=True)
        self.head = row(space=12)
        self._words = column(self.title, self.subtitle, space=0)
        self.action_row = Flow(space=12, right=True)
        self.head.addLayout(self._words, 1)
        self.head.addLayout(self.action_row)
        self.body = QVBoxLayout()
        self.body.setSpacing(px(16))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(24), px(18), px(24), px(20))
        outer.setSpacing(px(16))
        outer.addLayout(self.head)
        self.subtitle.setVisible(bool(subtitle))  # only now: to show what has no parent opens a window of its own
        self.area: QScrollArea | None = None
        if scroll:
            self.area = self._scrolling()
            outer.setContentsMargins(px(24), px(18), 0, 0)
            self.head.setContentsMargins(0, 0, px(24), 0)
            outer.addWidget(self.area, 1)
        else:
            self.body.setContentsMargins(0, 0, 0, 0)
            outer.addLayout(self.body, 1)

    def _scrolling(self) -> QScrollArea:
        inner = QWidget()
        inner.setProperty("kind", "page")
        inner.setLayout(self.body)
        self.body.setContentsMargins(0, 0, theme.now().px(24), theme.now().px(20))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        return area

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Name the page anew."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))

    def add_action(self, made: QWidget) -> QWidget:
        """Put a button (or a quiet word) at the top right; the filled one last."""
        self.action_row.addWidget(made)
        return made

    def _arrange_head(self) -> None:
        """Title and actions in one line where both fit, else the actions under the title, on as many lines as they need."""
        room = self.width() - self.contentsMargins().left() - self.contentsMargins().right()
        outer = self.layout()
        if outer is None or self.title.isHidden():
            return
        for margins in (outer.contentsMargins(), self.head.contentsMargins()):
            room -= margins.left() + margins.right()
        items = [item for place in range(self.head.count()) if (item := self.head.itemAt(place)) is not None]
        beside = [item.sizeHint().width() for item in items if item.layout() is not self._words and not item.isEmpty()]
        words = self.title.fontMetrics().horizontalAdvance(self.title.text())
        if not self.subtitle.isHidden():
            words = max(words, theme.now().px(SUBTITLE))
        one_line = words + sum(beside) + self.head.spacing() * len(beside) <= room
        if one_line == self.action_row.rigid:
            return
        self.action_row.rigid, self.action_row.right = one_line, one_line
        self.title.setWordWrap(not one_line)
        self.head.setDirection(QBoxLayout.Direction.LeftToRight if one_line else QBoxLayout.Direction.TopToBottom)
        self.head.setSpacing(theme.now().px(12 if one_line else 8))
        self.action_row.invalidate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange_head()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange_head()
        return done


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
        """Show chips (key, words, tone, count); those chosen before stay chosen."""
        kept = self.keys()
        clear(self._row)
        self._chips = {}
        for key, words, tone, count in chips:
            chip = PillButton(words, tone, count)
            chip.setChecked(key in kept)
            chip.clicked.connect(lambda _on=False, key=key: self._press(key))
            self._chips[key] = chip
            self._row.addWidget(chip)

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


class LinkLabel(QPushButton):
    """Words that lead somewhere."""

    def __init__(self, words: str, slot: Callable[[], object] | None = None) -> None:
        super().__init__(words)
        self.setProperty("kind", "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        if slot:
            self.clicked.connect(lambda: slot())


class EmptyState(QWidget):
    """An empty list: what it is for, the first thing to do, and the way to try with example data.

    Args:
        icon: name of an icon.
        sentence: what will stand here.
        action, on_action: the first thing to do.
        on_demo: gives the second button, "Thử với dữ liệu mẫu".
    """

    def __init__(self, icon: str, sentence: str, action: str = "", on_action: Callable[[], object] | None = None,
                 on_demo: Callable[[], object] | None = None, hint: str = "") -> None:
        super().__init__()
        picture = QLabel()
        icons.put(picture, icon, "quiet", 40)
        self.sentence = label(sentence, "strong", wrap=True)
        self.hint = label(hint, "quiet", wrap=True)
        for part in (picture, self.sentence, self.hint):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.action = button(action, on_action, "primary") if action else None
        self.demo = button(_("Thử với dữ liệu mẫu"), on_demo) if on_demo else None
        px = theme.now().px
        inside = column(1, picture, self.sentence, self.hint, row(1, self.action, self.demo, 1), 1, space=12)
        inside.setContentsMargins(px(16), px(12), px(16), px(12))
        self.setLayout(inside)
        self.hint.setVisible(bool(hint))
