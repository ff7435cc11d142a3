"""How a table draws its cells and its head. Painted directly: a style sheet on items would cost the speed of long lists."""

from __future__ import annotations

import math

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from ocop_desktop.ui import figures, theme
from ocop_desktop.ui.painted import LIFT, TONES, paint_pill, paint_skeleton, paint_stars

Index = QModelIndex | QPersistentModelIndex
RowRole = Qt.ItemDataRole.UserRole  # the row's own value
ValueRole = Qt.ItemDataRole.UserRole + 1  # the cell's own value
LoadingRole = Qt.ItemDataRole.UserRole + 2  # whether the row is still to be fed
ToneRole = Qt.ItemDataRole.UserRole + 3  # tone of the cell's surface, or None
PADDING = 10


class CellDelegate(QStyledItemDelegate):
    """A cell of words: surface, hairline, words with an ellipsis where they do not fit."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.now()
        rect: QRect = option.rect
        self._paint_surface(painter, option, index)
        inner = rect.adjusted(look.px(PADDING), 0, -look.px(PADDING), -1 - look.px(LIFT))
        if index.data(LoadingRole):
            paint_skeleton(painter, inner, index.row() * 7 + index.column() * 3)
            return
        painter.setFont(theme.font())
        painter.setPen(look.color("ink"))
        self.paint_inside(painter, inner, index, bool(option.state & QStyle.StateFlag.State_Selected))

    def paint_inside(self, painter: QPainter, rect: QRect, index: Index, chosen: bool = False) -> None:
        """Paint what the cell says into ``rect``; ``chosen``: its row is selected."""
        words = index.data() or ""
        align = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        if align & Qt.AlignmentFlag.AlignRight and painter.fontMetrics().horizontalAdvance(words) <= rect.width():
            figures.draw(painter, rect, words, align)
            return
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, align | Qt.TextFlag.TextSingleLine, shown)

    def _paint_surface(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.now()
        state = option.state
        tone = index.data(ToneRole)
        if tone:
            painter.fillRect(option.rect, look.color(TONES[tone][1]))
        elif state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, look.color("main_soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, look.color("hover"))
        painter.fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1, look.color("line"))
        if state & QStyle.StateFlag.State_Selected and index.column() == 0 and isinstance(option.widget, QWidget) \
                and option.widget.hasFocus():
            painter.fillRect(option.rect.left(), option.rect.top(), look.px(3), option.rect.height() - 1, look.color("main"))


class FiguresDelegate(CellDelegate):
    """Numbers, codes and dates: every figure as wide as the widest."""

    def paint_inside(self, painter: QPainter, rect: QRect, index: Index, chosen: bool = False) -> None:
        words = index.data() or ""
        if figures.width(words, painter.font()) > rect.width():
            super().paint_inside(painter, rect, index)
        else:
            figures.draw(painter, rect, words, Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole)))


class StarsDelegate(CellDelegate):
    """Drawn stars with the number beside them; nothing for 0 or None."""

    def paint_inside(self, painter: QPainter, rect: QRect, index: Index, chosen: bool = False) -> None:
        count = index.data(ValueRole)
        if not count:
            return
        look = theme.now()
        right = paint_stars(painter, rect.left(), rect.center().y() + 1 + look.px(LIFT) / 2, count, look.px(14))
        rest = rect.adjusted(math.ceil(right) - rect.left() + look.px(4), 0, 0, 0)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, str(count))


class PillDelegate(CellDelegate):
    """A state: (words, tone)."""

    def paint_inside(self, painter: QPainter, rect: QRect, index: Index, chosen: bool = False) -> None:
        value = index.data(ValueRole)
        if value:
            words, tone = value
            paint_pill(painter, rect.adjusted(0, 0, 0, theme.now().px(LIFT)), words, tone, on_soft=chosen)


class TwoLinesDelegate(CellDelegate):
    """A strong line and a quiet one under it: (first, second). Wants rows of 52 pixels or more."""

    def paint_inside(self, painter: QPainter, rect: QRect, index: Index, chosen: bool = False) -> None:
        first, second = index.data(ValueRole)
        look = theme.now()
        half = rect.height() // 2
        upper = QRect(rect.left(), rect.top() + look.px(3), rect.width(), half)
        lower = QRect(rect.left(), rect.top() + half - look.px(2), rect.width(), half)
        for words, font, token, part in ((first, theme.font(weight=QFont.Weight.DemiBold), "ink", upper),
                                         (second, theme.font(9.5), "quiet", lower)):
            painter.setFont(font)
            painter.setPen(look.color(token))
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
            painter.drawText(part, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


FEATURES = {
    "text": CellDelegate, "figures": FiguresDelegate, "stars": StarsDelegate, "pill": PillDelegate, "two": TwoLinesDelegate,
}


class Header(QHeaderView):
    """The head of a table: quiet strong words, a sort mark, a hairline."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self.setSectionsClickable(True)
        self.setSectionsMovable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(theme.now().px(32))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.now().px(34))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        look, model = theme.now(), self.model()
        painter.save()
        painter.fillRect(rect, look.color("paper"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.color("line"))
        painter.setFont(theme.font(9.5, QFont.Weight.DemiBold))
        painter.setPen(look.color("quiet"))
        inner = rect.adjusted(look.px(PADDING), 0, -look.px(PADDING), -1 - look.px(LIFT))
        words = model.headerData(section, Qt.Orientation.Horizontal) or ""
        align = model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        if self.isSortIndicatorShown() and self.sortIndicatorSection() == section:
            down = self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
            mark = " ▼" if down else " ▲"
            painter.setPen(look.color("main"))
        else:
            mark = ""
        room = inner.width() - painter.fontMetrics().horizontalAdvance(mark)
        painter.drawText(inner, align, painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room) + mark)
        painter.restore()
