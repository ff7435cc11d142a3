"""What every field of a form is: a label, an editor, the line for its problem; and the plainest of them, a line of text."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ocop_desktop.ui import theme
from ocop_desktop.ui.widgets import label, restyle


class Field(QWidget):
    """A label, an editor and the line for its problem.

    Args:
        title: words above.
        editor: the widget one types in.
        hint: quiet words under it while there is no problem.
    """

    edited = Signal(object)
    judged = Signal()  # it has a problem, another or none

    def __init__(self, title: str, editor: QWidget, hint: str = "") -> None:
        super().__init__()
        self.title, self.editor = label(title), editor
        self.title.setBuddy(editor)
        editor.setAccessibleName(title)
        self._hint = hint
        self._kept: Any = None
        self._error = ""
        self.note = label(hint, "small", wrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.now().px(3))
        for part in (self.title, editor, self.note):
            box.addWidget(part)
        box.addStretch(1)
        self.title.setVisible(bool(title))
        self.note.setVisible(bool(hint))

    @abstractmethod
    def value(self) -> Any:
        """What the field says, None (or '' for text) when empty."""

    def set_value(self, value: Any) -> None:
        """Show ``value`` without announcing it."""
        self._kept = value
        self._show(value)
        self.set_error("")

    @abstractmethod
    def _show(self, value: Any) -> None:
        """Put a value into the editor."""

    def set_error(self, words: str) -> None:
        """Show a problem under the field; empty takes it away."""
        if words == self._error:
            return
        self._error = words
        restyle(self.editor, wrong="true" if words else "false")
        self.note.setText(words or self._hint)
        restyle(self.note, kind="error" if words else "small")
        self.note.setVisible(bool(words or self._hint))
        self.judged.emit()

    def set_hint(self, words: str) -> None:
        """Put other quiet words under the field."""
        self._hint = words
        if not self._error:
            self.note.setText(words)
            self.note.setVisible(bool(words))

    def error(self) -> str:
        """The problem on show."""
        return self._error

    def wrong(self) -> bool:
        """Whether what stands there cannot be read as a value of this field."""
        return False

    def in_hand(self) -> bool:
        """Whether somebody is changing it right now."""
        return self.editor.hasFocus() and (self.wrong() or self.value() != self._kept)

    def _keep(self) -> None:
        """Announce the value when it is another than before and can be read."""
        if self.wrong():
            return
        value = self.value()
        if value != self._kept:
            self._kept = value
            self.set_error("")
            self.edited.emit(value)


class TextField(Field):
    """One line of text."""

    def __init__(self, title: str, hint: str = "", placeholder: str = "", longest: int = 500) -> None:
        self.line = QLineEdit()
        super().__init__(title, self.line, hint)
        self._kept = ""
        self.line.setPlaceholderText(placeholder)
        self.line.setMaxLength(longest)
        self.line.editingFinished.connect(self._keep)

    def value(self) -> str:
        return " ".join(self.line.text().split())

    def _show(self, value: Any) -> None:
        self.line.setText(value or "")
        self.line.setCursorPosition(0)
