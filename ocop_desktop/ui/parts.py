"""The smallest parts of the window: words, buttons, hairlines, and parts beside or under each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget

from ocop_desktop.ui import icons, theme

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


def tip(words: str) -> str:
    """Words for a tooltip, to stand there as they are: Qt would take "<b>" in a product's name for its own marks."""
    return Qt.convertFromPlainText(words) if Qt.mightBeRichText(words) else words


class PushButton(QPushButton):
    """A button that Enter presses while it has the focus, as everywhere else on the machine. (Qt's own does so in dialogs only.)

    A key held down presses nothing: it was meant for the field before.
    """

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not enter or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()


def button(words: str, slot: Callable[[], object] | None = None, kind: str = "", icon: str = "",
           small: bool = False) -> QPushButton:
    """A push button. kind: primary (one a page), danger, quiet, link, or nothing for an ordinary one."""
    made = PushButton(words)
    made.setProperty("kind", kind)
    if small:
        made.setProperty("size", "small")
    if icon:
        icons.put(made, icon, {"primary": "on_main", "danger": "bad", "link": "info"}.get(kind, "ink"), 18)
    if slot:
        made.clicked.connect(lambda: slot())
    return made


def answers(verb: QPushButton, *others: QPushButton) -> None:
    """The buttons of a dialog: Enter presses ``verb`` from every field, and any of them that has the keyboard itself."""
    for one in (verb, *others):
        one.setAutoDefault(True)
    verb.setDefault(True)


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
