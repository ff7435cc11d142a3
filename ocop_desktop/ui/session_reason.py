"""A question that needs a reason, asked in place: what is to be done, the line for the reason, the verb, and a way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLineEdit

from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.session_interests import Suggestions
from ocop_desktop.ui.widgets import button, column, label, row

WIDE = 720  # pixels at 100 % from which question and answer stand side by side


class ReasonBar(QFrame):
    """Hidden until something is asked; Enter confirms, Esc goes back without loss."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "note-warn")
        self._confirmed: Callable[[str], object] | None = None
        self.question = label("", "bold", wrap=True)
        self.line = QLineEdit()
        self.line.setAccessibleName(_("Lý do"))
        self.yes = button("", self._confirm, small=True)
        self.no = button(_("Thôi"), self._leave, "quiet", small=True)
        self._across = row(space=10)
        self._across.addWidget(self.question, 4)
        answer = row(self.line, self.yes, self.no, space=10)
        answer.setStretch(0, 1)
        self.suggestions = Suggestions()
        self.suggestions.chosen.connect(self._take)
        self._across.addLayout(column(answer, self.suggestions, space=6), 5)
        px = theme.now().px
        self._across.setContentsMargins(px(12), px(8), px(8), px(8))
        self.setLayout(self._across)
        self.line.textChanged.connect(self._allow)
        self.line.returnPressed.connect(self._confirm)
        self.hide()

    def ask(self, question: str, verb: str, confirmed: Callable[[str], object], suggested: Sequence[str] = (),
            kept: str = "") -> None:
        """Ask for the reason; ``confirmed(reason)`` is called once it is given.

        Args:
            suggested: reasons often given; kept: what the empty line says, where the reason does not go into the minutes.
        """
        self._confirmed = confirmed
        self.question.setText(question)
        self.yes.setText(verb)
        self.line.setPlaceholderText(kept or _("Lý do (ghi vào biên bản)"))
        self.line.clear()
        self.suggestions.offer(suggested)
        self._allow()
        self.show()
        self.line.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The answer beside the question, or under it where the window is narrow for its letters."""
        super().resizeEvent(event)
        wide = self.width() >= theme.now().px(WIDE)
        self._across.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    @Slot(str)
    def _take(self, words: str) -> None:
        self.line.setText(words)
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
