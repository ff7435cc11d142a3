"""A sentence in which the codes of criteria are links."""

from __future__ import annotations

import re
from html import escape

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel

from ocop_desktop.ui import theme


class CodeWords(QLabel):
    """Words on as many lines as they need; by mouse, or by Tab and Enter, a code leads to its criterion.

    Args:
        codes: as they stand in the words, one after another with commas between; the last place counts.
        kind: as of ``label``.
    """

    wanted = Signal(str)  # code

    def __init__(self, words: str, codes: tuple[str, ...] = (), kind: str = "") -> None:
        super().__init__()
        self.words, self._codes = words, codes
        self.setProperty("kind", kind)
        self.setTextFormat(Qt.TextFormat.RichText if codes else Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        if codes:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse
                                         | Qt.TextInteractionFlag.LinksAccessibleByKeyboard)
        self.setAccessibleName(words)
        self.linkActivated.connect(self.wanted)
        self._fill()

    def _fill(self) -> None:
        if not self._codes:
            self.setText(self.words)
            return
        joined = ", ".join(self._codes)
        places = [found.start() for found in re.finditer(rf"(?<!\w){re.escape(joined)}(?!\w)", self.words)]
        if not places:
            self.setText(escape(self.words))
            return
        color = theme.now().info
        links = ", ".join(f'<a href="{escape(code)}" style="color:{color}">{escape(code)}</a>' for code in self._codes)
        before, after = self.words[:places[-1]], self.words[places[-1] + len(joined):]
        self.setText(escape(before) + links + escape(after))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._codes:
            self._fill()
