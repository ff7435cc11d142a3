"""Parts in a line that go on in the next line where the room ends: buttons, chips. Qt has no such layout of its own."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from ocop_desktop.ui import theme


class Flow(QLayout):
    """Lays parts out as words of a text: one line where they fit, else several.

    Args:
        space: pixels at 100 % between parts and between lines.
        right: lines end at the right edge instead of beginning at the left one.

    While ``rigid`` it asks for the room of one line, as beside a title.
    """

    def __init__(self, *parts: QWidget, space: int = 8, right: bool = False) -> None:
        super().__init__()
        self.right, self.rigid = right, False
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(theme.now().px(space))
        for part in parts:
            self.addWidget(part)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = self._lines(width)
        return sum(max(size.height() for _item, size in line) for line in lines) + self.spacing() * max(len(lines) - 1, 0)

    def sizeHint(self) -> QSize:
        sizes = [size for _item, size in self._shown()]
        wide = sum(size.width() for size in sizes) + self.spacing() * max(len(sizes) - 1, 0)
        return QSize(wide, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        hint = self.sizeHint()
        widest = max((item.minimumSize().width() for item, _size in self._shown()), default=0)
        return hint if self.rigid else QSize(widest, hint.height())

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        top = rect.top() + max(rect.height() - self.heightForWidth(rect.width()), 0) // 2
        for line in self._lines(rect.width()):
            high = max(size.height() for _item, size in line)
            rest = rect.width() - sum(size.width() for _item, size in line) - self.spacing() * (len(line) - 1)
            left = rect.left() + (max(rest, 0) if self.right else 0)
            for item, size in line:
                item.setGeometry(QRect(left, top + (high - size.height()) // 2, size.width(), size.height()))
                left += size.width() + self.spacing()
            top += high + self.spacing()

    def _shown(self) -> list[tuple[QLayoutItem, QSize]]:
        return [(item, item.sizeHint()) for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """The parts on show, line by line; one wider than a whole line is as wide as the line."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        left = 0
        for item, hint in self._shown():
            wide = max(min(hint.width(), width), item.minimumSize().width())
            high = item.heightForWidth(wide) if item.hasHeightForWidth() else hint.height()
            if lines and left + wide <= width:
                lines[-1].append((item, QSize(wide, high)))
                left += wide + self.spacing()
            else:
                lines.append([(item, QSize(wide, high))])
                left = wide + self.spacing()
        return lines
