"""A form asked for in place: a card with its title, fields, verb and the way back; what is refused is told under the fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy

from ocop_desktop import text
from ocop_desktop.errors import UserError
from ocop_desktop.text import _
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.form import Form
from ocop_desktop.ui.widgets import Card, button, label


class FormCard(Card):
    """Hidden until ``ask``; Esc goes back. The page keeps what was typed, then calls ``leave`` or ``refuse``.

    Args:
        form: the fields; verb: what its button does; needed: fields that must be filled.
    """

    left = Signal()

    def __init__(self, form: Form, verb: str, needed: Sequence[str]) -> None:
        super().__init__(" ")
        self.form, self._needed = form, tuple(needed)
        self._keep: Callable[[dict[str, Any]], object] | None = None
        self.heading.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.wrong = label("", "error", wrap=True)
        self.save = button(verb, self._confirm, "primary")
        self.cancel = button(_("Thôi"), self.leave, "quiet")
        for part in (self.form, self.wrong):
            self.body.addWidget(part)
        self.body.addLayout(Flow(self.save, self.cancel))
        self.hide()

    def ask(self, title: str, values: Mapping[str, Any], keep: Callable[[dict[str, Any]], object]) -> None:
        """Show the form with ``values`` (fields not named are empty); ``keep(values)`` is called with what was typed."""
        self._keep = keep
        self.heading.setText(title)
        self.form.show_problems({})
        self._tell("")
        keys = self.form.keys()
        self.form.set_values({key: values.get(key) for key in keys})
        self.show()
        self.form.go_to(keys[0])

    def leave(self) -> None:
        """Go back without keeping anything."""
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def refuse(self, error: UserError) -> None:
        """Say why it was not kept."""
        self._tell(text.say(error))

    def _tell(self, words: str) -> None:
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))

    def _confirm(self) -> None:
        self._tell("")
        if self._keep is not None and self.form.require(*self._needed):
            self._keep(self.form.values())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
