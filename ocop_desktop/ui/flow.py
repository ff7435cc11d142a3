"""Bars that flow: parts stand side by side, and in further lines when the window is narrow for its letters."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QStackedWidget, QWidget

from ocop_desktop.ui import theme


@dataclass
class _Part:
    item: QLayoutItem
    grow: int
    wanted: int  # pixels at 100 % a growing part begins with; 0: what it asks for itself


class Flow(QLayout):
    """Parts in lines. A part that grows takes the room its line has left; a push sends what follows to the right.

    No part is ever narrower than its words while it has a line of its own. Used for every bar of the window.

    Args:
        space: pixels at 100 % between parts and between lines.
        right: lines end at the right edge instead of beginning at the left one.

    While ``rigid`` it asks for the room of one line, as beside a title.
    """

    def __init__(self, *parts: QWidget | QLayout | None, space: int = 8, right: bool = False) -> None:
        super().__init__()
        self.right, self.rigid = right, False
        self._parts: list[_Part] = []
        self._push: set[int] = set()  # places before which the line's free room goes
        self._high_at: dict[int, int] = {}  # by width, until something in it changes: Qt asks thousands of times for one page
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(theme.now().px(space))
        for part in parts:
            if part is not None:
                self.add(part)

    def add(self, part: QWidget | QLayout, grow: int = 0, wanted: int = 0) -> None:
        """Put a part at the end; ``grow``: its share of the room left, ``wanted``: pixels at 100 % it begins with."""
        if isinstance(part, QWidget):
            self.addWidget(part)
        else:
            self.addChildLayout(part)
            self.addItem(part)
        self._parts[-1].grow, self._parts[-1].wanted = grow, wanted

    def addStretch(self, _share: int = 1) -> None:
        """Push what follows to the right end of its line."""
        self._push.add(len(self._parts))

    # -- Qt -----------------------------------------------------------------------------------------------------------

    def addItem(self, item: QLayoutItem) -> None:
        self._parts.append(_Part(item, 0, 0))
        self.invalidate()

    def count(self) -> int:
        return len(self._parts)

    def itemAt(self, place: int) -> QLayoutItem | None:
        return self._parts[place].item if 0 <= place < len(self._parts) else None

    def takeAt(self, place: int) -> QLayoutItem | None:
        if not 0 <= place < len(self._parts):
            return None
        taken = self._parts.pop(place).item
        self.invalidate()  # Qt leaves that to the layout
        return taken

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0) if not any(p.grow for p in self._parts) else Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._high_at:
            left, top, right, bottom = self._margins()
            self._high_at[width] = self._arrange(QRect(0, 0, width - left - right, 0), place=False) + top + bottom
        return self._high_at[width]

    def invalidate(self) -> None:
        self._high_at.clear()
        super().invalidate()

    def sizeHint(self) -> QSize:
        left, top, right, bottom = self._margins()
        shown = self._shown()
        wide = sum(self._wanted(part) for _at, part in shown) + self.spacing() * max(len(shown) - 1, 0)
        high = max((part.item.sizeHint().height() for _at, part in shown), default=0)
        return QSize(wide + left + right, high + top + bottom)

    def minimumSize(self) -> QSize:
        left, top, right, bottom = self._margins()
        shown = self._shown()
        if self.rigid:
            return self.sizeHint()
        wide = max((part.item.minimumSize().width() for _at, part in shown), default=0)
        high = max((part.item.minimumSize().height() for _at, part in shown), default=0)
        return QSize(wide + left + right, high + top + bottom)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        left, top, right, bottom = self._margins()
        inner = rect.adjusted(left, top, -right, -bottom)
        spare = inner.height() - self._arrange(inner, place=False)
        self._arrange(inner.adjusted(0, max(spare, 0) // 2, 0, 0), place=True)

    # -- lines --------------------------------------------------------------------------------------------------------

    def _margins(self) -> tuple[int, int, int, int]:
        kept = self.contentsMargins()
        return kept.left(), kept.top(), kept.right(), kept.bottom()

    def _shown(self) -> list[tuple[int, _Part]]:
        return [(at, part) for at, part in enumerate(self._parts) if not part.item.isEmpty()]

    def _wanted(self, part: _Part) -> int:
        least = part.item.minimumSize().width()
        return max(theme.now().px(part.wanted) if part.wanted else part.item.sizeHint().width(), least)

    def _lines(self, width: int) -> list[list[tuple[int, _Part]]]:
        lines: list[list[tuple[int, _Part]]] = []
        used = 0
        for at, part in self._shown():
            wide = self._wanted(part)
            if lines and used + self.spacing() + wide <= width:
                lines[-1].append((at, part))
                used += self.spacing() + wide
            else:
                lines.append([(at, part)])
                used = wide
        return lines

    def _arrange(self, rect: QRect, place: bool) -> int:
        """Lay the lines out from the top of ``rect``; how high they are together."""
        top = rect.top()
        lines = self._lines(rect.width())
        for line in lines:
            wides = self._wides(line, rect.width())
            highs = [self._high(part, wide) for (_at, part), wide in zip(line, wides, strict=True)]
            tall = max(highs)
            if place:
                self._put(line, wides, highs, rect, top, tall)
            top += tall + self.spacing()
        return max(top - rect.top() - self.spacing(), 0) if lines else 0

    def _wides(self, line: list[tuple[int, _Part]], width: int) -> list[int]:
        wides = [min(self._wanted(part), width) for _at, part in line]
        free = width - sum(wides) - self.spacing() * (len(line) - 1)
        shares = sum(part.grow for _at, part in line)
        if shares and free > 0:
            for place, (_at, part) in enumerate(line):
                more = free * part.grow // shares if shares else 0  # what is left, so that the last one ends at the edge
                free, shares = free - more, shares - part.grow
                wides[place] = min(wides[place] + more, part.item.maximumSize().width())
        return wides

    @staticmethod
    def _high(part: _Part, wide: int) -> int:
        return part.item.heightForWidth(wide) if part.item.hasHeightForWidth() else part.item.sizeHint().height()

    def _put(self, line: list[tuple[int, _Part]], wides: list[int], highs: list[int], rect: QRect, top: int, tall: int) -> None:
        free = rect.width() - sum(wides) - self.spacing() * (len(line) - 1)
        left, began = rect.left(), line[0][0]
        if self.right and free > 0:
            left, free = left + free, 0
        for (at, part), wide, high in zip(line, wides, highs, strict=True):
            if free > 0 and any(began < push <= at for push in self._push):
                left, free = left + free, 0
            part.item.setGeometry(QRect(left, top + (tall - high) // 2, wide, high))
            left += wide + self.spacing()


class Shrinking(QWidget):
    """What a scroll area holds when its parts shall shrink as far as they may before anything scrolls. (Qt scrolls as soon as
    they have less than they would like.)"""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "page")

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        inside = self.layout()
        return inside.minimumHeightForWidth(width) if inside is not None and inside.hasHeightForWidth() else -1


class Pages(QStackedWidget):
    """Pages of which one is on show: only that one says how much room is needed. (Qt asks the hidden ones too, so a long
    page one came from would squeeze what stands above the page one is on.)"""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.currentChanged.connect(lambda _place: self.updateGeometry())

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.sizeHint() if page is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.minimumSizeHint().expandedTo(page.minimumSize()) if page is not None else super().minimumSizeHint()
