"""A line to search in: a magnifying glass and a cross that empties it, both as large as its letters."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton

from ocop_desktop.text import _
from ocop_desktop.ui import icons, theme

GLASS = 18  # pixels at 100 %


class SearchLine(QLineEdit):
    """As QLineEdit, whose own icons stay small at a large text size."""

    gone_on = Signal()  # Down or Enter: on to what was found

    def __init__(self, placeholder: str, name: str) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self._glass, self._cross = QLabel(self), QToolButton(self)
        self._cross.setAccessibleName(_("Xóa chữ"))
        self._cross.setCursor(Qt.CursorShape.ArrowCursor)
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cross.clicked.connect(self.clear)
        self._cross.hide()
        self.textChanged.connect(lambda words: self._cross.setVisible(bool(words)))
        icons.put(self._cross, "close", "quiet", GLASS)
        self._glass.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        icons.put(self._glass, "search", "quiet", GLASS)
        self._place()

    def _place(self) -> None:
        px = theme.now().px
        side = px(GLASS)
        self._glass.setGeometry(QRect(px(8), (self.height() - side) // 2, side, side))
        whole = side + px(12)  # a button has an edge around its picture
        self._cross.setGeometry(QRect(self.width() - whole - px(4), (self.height() - whole) // 2, whole, whole))
        self.setTextMargins(px(GLASS + 2), 0, px(GLASS + 2), 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.gone_on.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_glass"):
            self._place()
