"""What a dialog asks, as high as its words need; where the screen is lower than that, it scrolls and the buttons stay on show."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLayout, QLayoutItem, QScrollArea, QWidget

from ocop_desktop.ui import theme

FRAME = 56  # pixels at 100 % a window's title and the bar of the desktop take


def on_screen(owner: QWidget, wanted: QSize) -> QSize:
    """The size a dialog wants, no larger than its screen."""
    room = owner.screen().availableGeometry().size()
    return wanted.boundedTo(QSize(room.width() - theme.now().px(FRAME) // 2, room.height() - theme.now().px(FRAME)))


class Tall(QScrollArea):
    """Holds the parts of a dialog above its buttons."""

    def __init__(self, inside: QLayout) -> None:
        super().__init__()
        self._held = QWidget()
        self._held.setProperty("kind", "page")
        self._held.setLayout(inside)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # else a dialog opens with no field to type in
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self._held)
        self._held.installEventFilter(self)

    def _needed(self) -> int:
        inside = self._held.layout()
        assert inside is not None
        wide = self.width() if self.isVisible() else max(self.width(), self.sizeHint().width())
        return inside.totalHeightForWidth(wide) if inside.hasHeightForWidth() else inside.totalSizeHint().height()

    def fit(self) -> None:
        """Take the room the parts need now."""
        needed, dialog = self._needed(), self.window()
        others = sum(item.sizeHint().height() for item in self._items() if item.widget() is not self)
        outer = dialog.layout()
        if outer is not None:
            margins = outer.contentsMargins()
            others += margins.top() + margins.bottom() + outer.spacing() * max(len(self._items()) - 1, 0)
        room = on_screen(dialog, QSize(10 ** 6, 10 ** 6)).height() - others
        high = max(min(needed, room), theme.now().px(80))
        if (self.minimumHeight(), self.maximumHeight()) != (high, needed):
            self.setMinimumHeight(high)
            self.setMaximumHeight(max(needed, high))
            dialog.adjustSize()

    def _items(self) -> list[QLayoutItem]:
        outer = self.window().layout()
        return [item for place in range(outer.count()) if (item := outer.itemAt(place)) is not None] if outer is not None else []

    def sizeHint(self) -> QSize:
        return QSize(self._held.sizeHint().width(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._held.minimumSizeHint().width(), super().minimumSizeHint().height())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():  # words came or went
            self.fit()
        return super().eventFilter(watched, event)
