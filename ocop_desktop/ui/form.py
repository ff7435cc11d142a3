"""Forms: labels above fields, the problem under the field it is about, two columns at most, kept as one goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.fields import (
    CheckField,
    ChoiceField,
    DateField,
    Field,
    KnownField,
    LongTextField,
    MoneyField,
    NumberField,
    SearchField,
    TextField,
    YearField,
)

__all__ = [
    "CheckField", "ChoiceField", "DateField", "Field", "Form", "KnownField", "LongTextField", "MoneyField", "NumberField",
    "SearchField", "TextField", "UndoGuard", "YearField",
]


class Form(QWidget):
    """Fields in one or two columns.

    Args:
        columns: 1 or 2.
    """

    edited = Signal(str, object)  # key, value: a field was left or chosen with another value than before

    def __init__(self, columns: int = 2) -> None:
        super().__init__()
        self._columns, self._place = columns, 0
        self._fields: dict[str, Field] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.now().px(16))
        self._grid.setVerticalSpacing(theme.now().px(10))
        for place in range(columns):
            self._grid.setColumnStretch(place, 1)

    def add(self, key: str, field: Field, span: int = 1) -> Field:
        """Put ``field`` at the next place; ``span`` 2 takes the whole width."""
        self._fields[key] = field
        field.edited.connect(lambda value: self.edited.emit(key, value))
        self.add_part(field, span)
        return field

    def add_part(self, part: QWidget, span: int = 1) -> None:
        """Put something that is no field at the next place."""
        span = min(span, self._columns)
        row, place = divmod(self._place, self._columns)
        if place + span > self._columns:
            row, place = row + 1, 0
        self._grid.addWidget(part, row, place, 1, span)
        self._place = row * self._columns + place + span

    def field(self, key: str) -> Field:
        """The field of ``key``."""
        return self._fields[key]

    def keys(self) -> tuple[str, ...]:
        """Keys of all fields, in order."""
        return tuple(self._fields)

    def values(self) -> dict[str, Any]:
        """Values of all fields."""
        return {key: field.value() for key, field in self._fields.items()}

    def set_values(self, values: dict[str, Any]) -> None:
        """Fill the fields named in ``values``; nothing is announced. A field being typed in keeps its words."""
        for key, value in values.items():
            if key in self._fields and not self._fields[key].in_hand():
                self._fields[key].set_value(value)

    def show_problems(self, problems: dict[str, str]) -> None:
        """Show each problem under its field, and none under the others."""
        for key, field in self._fields.items():
            field.set_error(problems.get(key, ""))

    def go_to(self, key: str) -> None:
        """Put the cursor into a field."""
        self._fields[key].editor.setFocus()

    def require(self, *keys: str) -> bool:
        """Whether the fields are filled and right; those that are not say so, and the first gets the cursor."""
        wrong = [key for key, field in self._fields.items() if field.wrong()]
        missing = [key for key in keys if key not in wrong and self._fields[key].value() in (None, "")]
        for key in missing:
            self._fields[key].set_error(_("Cần điền mục này"))
        at_fault = [key for key in self._fields if key in wrong or key in missing]
        if at_fault:
            self.go_to(at_fault[0])
        return not at_fault

    def on_edited(self, slot: Callable[[str, Any], object]) -> None:
        """Call ``slot(key, value)`` for every change that is to be kept."""
        self.edited.connect(slot)


class UndoGuard(QObject):
    """Leaves Ctrl+Z to a text field only while it has typing of its own to take back; else it is the page's."""

    def watch(self, page: QWidget) -> None:
        """Guard the text fields of a page, those made since the last time too."""
        for editor in (*page.findChildren(QLineEdit), *page.findChildren(QPlainTextEdit)):
            if not editor.property("watched"):
                editor.setProperty("watched", True)
                editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
                and event.matches(QKeySequence.StandardKey.Undo)):
            own = watched.isUndoAvailable() if isinstance(watched, QLineEdit) else (
                isinstance(watched, QPlainTextEdit) and watched.document().isUndoAvailable())
            if not own:
                event.ignore()
                return True
        return super().eventFilter(watched, event)
