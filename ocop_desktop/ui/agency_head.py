"""The head over members' columns: agencies on as many lines as they need, upright where a large council leaves no room."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QTableView

from ocop_desktop.ui import theme
from ocop_desktop.ui.cells import Header

LEAST, HIGH, TALLEST = 42, 44, 112  # pixels at 100 %
WRAP = int(Qt.TextFlag.TextWordWrap)


class AgencyHeader(Header):
    """Heads of a table whose columns from ``first`` on, but for the ``after`` last ones, are members."""

    def __init__(self, table: QTableView, first: int, after: int = 0) -> None:
        super().__init__(table)
        self._first, self._after = first, after
        self.setMinimumSectionSize(1)  # the columns are measured here
        self.upright = False

    def agencies(self) -> range:
        """The members' columns."""
        return range(self._first, max(self.model().columnCount() - self._after, self._first))

    def fit(self, room: int) -> list[int]:
        """Widths of the members' columns in ``room`` pixels: as their words need, or all alike with the words upright."""
        px, metrics, places = theme.now().px, QFontMetrics(_font()), self.agencies()
        wide = [max(px(LEAST), self._longest(metrics, place) + px(12)) for place in places]
        self.upright = sum(wide) > room
        return [room // len(places)] * len(places) if self.upright else wide

    def _words(self, section: int) -> str:
        """What a head says, with places to break a line after hyphens and &."""
        words = self.model().headerData(section, Qt.Orientation.Horizontal) or ""
        return words.replace("-", "-\u200b").replace("&", "&\u200b")

    def _longest(self, metrics: QFontMetrics, section: int) -> int:
        """Pixels of the longest part of a head that cannot be broken."""
        return max((metrics.horizontalAdvance(part) for part in self._words(section).replace("\u200b", " ").split()), default=0)

    def sizeHint(self) -> QSize:
        px, metrics = theme.now().px, QFontMetrics(_font())
        if self.upright:
            words = (self._words(place).replace("\u200b", "") for place in self.agencies())
            high = min(max(map(metrics.horizontalAdvance, words), default=0), px(TALLEST - 14)) + px(14)
        else:
            high = max((metrics.boundingRect(0, 0, self._room(place), 1000, WRAP, self._words(place)).height()
                        for place in range(self.count()) if not self.isSectionHidden(place)), default=0) + px(10)
        return QSize(super().sizeHint().width(), max(px(HIGH), high))

    def _room(self, section: int) -> int:
        return max(self.sectionSize(section) - (theme.now().px(8) if section in self.agencies() else theme.now().px(18)), 1)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        look, agency = theme.now(), section in self.agencies()
        painter.save()
        painter.fillRect(rect, look.color("paper"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.color("line"))
        painter.setFont(_font())
        painter.setPen(look.color("quiet"))
        if self.upright and agency:
            self._paint_upright(painter, rect, self._words(section).replace("\u200b", ""))
        else:
            align = self.model().headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
            edge = look.px(4) if agency else look.px(10)
            painter.drawText(rect.adjusted(edge if not agency else 0, 0, -edge, -1), align | Qt.TextFlag.TextWordWrap,
                             self._words(section))
        painter.restore()

    def _paint_upright(self, painter: QPainter, rect: QRect, words: str) -> None:
        px = theme.now().px
        painter.translate(rect.left(), rect.bottom() - px(6))
        painter.rotate(-90)
        room = QRect(0, 0, rect.height() - px(12), rect.width())
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _font() -> QFont:
    return theme.font(9.0, QFont.Weight.DemiBold)
