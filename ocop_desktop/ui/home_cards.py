"""The figures of the first screen side by side, in as many lines as they need."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ocop_desktop.ui import theme
from ocop_desktop.ui.widgets import StatCard

NARROWEST = 138  # pixels of one card at 100 %


class CardRow(QWidget):
    """Cards of one width; those that do not fit stand in the next line."""

    def __init__(self, cards: Sequence[StatCard]) -> None:
        super().__init__()
        self._cards, self._across = tuple(cards), 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.now().px(12))
        self._place(len(self._cards))

    def _place(self, across: int) -> None:
        if across == self._across:
            return
        for place in range(max(across, self._across)):
            self._grid.setColumnStretch(place, 1 if place < across else 0)
        self._across = across
        for card in self._cards:
            self._grid.removeWidget(card)
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, *divmod(place, across))

    def _fit(self) -> None:
        room = max(1, self.width() // theme.now().px(NARROWEST))
        count = len(self._cards)
        lines = -(-count // min(room, count)) if count else 1
        across = max(1, -(-count // lines))
        self._place(across)
        wide = (self.width() - (across - 1) * self._grid.spacing()) // across
        high = max((card.heightForWidth(wide) for card in self._cards), default=0)
        for card in self._cards:  # one height for all, so that no wrapped line is cut
            card.setFixedHeight(high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
