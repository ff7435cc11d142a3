"""A line to search in: a magnifying glass as large as its letters, and a cross that empties it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit

from ocop_desktop.ui import icons, theme

GLASS = 18  # pixels at 100 %


class SearchLine(QLineEdit):
    """As QLineEdit, whose own icons stay small at a large text size."""

    def __init__(self, placeholder: str, name: str) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)
        self._glass = QLabel(self)
        self._glass.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        icons.put(self._glass, "search", "quiet", GLASS)
        self._place()

    def _place(self) -> None:
        px = theme.now().px
        side = px(GLASS)
        self._glass.setGeometry(QRect(px(8), (self.height() - side) // 2, side, side))
        self.setTextMargins(px(GLASS + 2), 0, 0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_glass"):
            self._place()
