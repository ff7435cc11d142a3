"""A question that needs a reason, asked in place: what is to be done, the line for the reason, the verb, and a way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit

from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.widgets import button, label, row


class ReasonBar(QFrame):
    """Hidden until something is asked; Enter confirms, Esc goes back without loss."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "note-warn")
        self._confirmed: Callable[[str], object] | None = None
        self.question = label("", "bold", wrap=True)
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("Lý do (ghi vào biên bản)"))
        self.line.setAccessibleName(_("Lý do"))
        self.yes = button("", self._confirm, small=True)
        self.no = button(_("Thôi"), self._leave, "quiet", small=True)
        inside = row(space=10)
        inside.addWidget(self.question, 2)
        inside.addWidget(self.line, 3)
        inside.addWidget(self.yes)
        inside.addWidget(self.no)
        px = theme.now().px
        inside.setContentsMargins(px(12), px(8), px(8), px(8))
        self.setLayout(inside)
        self.line.textChanged.connect(self._allow)
        self.line.returnPressed.connect(self._confirm)
        self.hide()

    def ask(self, question: str, verb: str, confirmed: Callable[[str], object]) -> None:
        """Ask for the reason; ``confirmed(reason)`` is called once it is given."""
        self._confirmed = confirmed
        self.question.setText(question)
        self.yes.setText(verb)
        self.line.clear()
        self._allow()
        self.show()
        self.line.setFocus()

    @Slot()
    def _allow(self) -> None:
        self.yes.setEnabled(bool(self.line.text().strip()))

    @Slot()
    def _confirm(self) -> None:
        reason = self.line.text().strip()
        if reason and self._confirmed:
            confirmed, self._confirmed = self._confirmed, None
            self.hide()
            confirmed(reason)

    def _leave(self) -> None:
        self._confirmed = None
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)
