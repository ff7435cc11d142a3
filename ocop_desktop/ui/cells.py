"""How a table draws its cells and its head. Painted directly: a style sheet on items would cost the speed of long lists."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from ocop_desktop.ui import figures, theme
from ocop_desktop.ui.cell_words import RIGHT, Lettering
from ocop_desktop.ui.painted import LIFT, TONES, paint_corner, paint_pill, paint_skeleton, paint_stars
from ocop_desktop.ui.table import Index, LoadingRole, RowRole, RowsModel, ToneRole, ValueRole

__all__ = ["FEATURES", "PADDING", "CellDelegate", "FiguresDelegate", "Header", "Index", "LoadingRole", "PillDelegate", "RowRole",
           "StarsDelegate", "ToneRole", "TwoLinesDelegate", "ValueRole"]

PADDING = 10
MENDED = "mended"  # tone of a cell that carries a corner instead of a surface
_SELECTED, _HOVER = QStyle.StateFlag.State_Selected.value, QStyle.StateFlag.State_MouseOver.value
_STAMPS_KEPT = 512


class _Kit:
    """What cells are painted with in the look in force: made once, not for every cell."""

    def __init__(self, look: theme.Theme) -> None:
        self.look = look
        self.padding, self.lift = look.px(PADDING), look.px(LIFT)
        self.body = Lettering(theme.font())
        self.strong = Lettering(theme.font(weight=QFont.Weight.DemiBold))
        self.small = Lettering(theme.font(theme.SMALL))
        self._colors: dict[str, QColor] = {}
        self._stamps: dict[tuple[Any, ...], QPixmap] = {}

    def color(self, token: str) -> QColor:
        """The colour of a token."""
        found = self._colors.get(token)
        if found is None:
            found = self._colors[token] = self.look.color(token)
        return found

    def stamp(self, painter: QPainter, rect: QRect, key: tuple[Any, ...], draw: Callable[[QPainter, QRect], None]) -> None:
        """Paint what ``draw`` paints into ``rect``, from a picture when it was painted before under ``key``.

        The key begins with the token of the surface it stands on: on an opaque picture letters are as sharp as beside it.
        """
        sharp = painter.device().devicePixelRatioF()
        key = (*key, rect.width(), rect.height(), sharp)
        found = self._stamps.get(key)
        if found is None:
            if len(self._stamps) >= _STAMPS_KEPT:
                self._stamps.clear()
            found = QPixmap(math.ceil(rect.width() * sharp), math.ceil(rect.height() * sharp))
            found.setDevicePixelRatio(sharp)
            found.fill(self.color(key[0]))
            brush = QPainter(found)
            brush.setFont(self.body.font)
            draw(brush, QRect(0, 0, rect.width(), rect.height()))
            brush.end()
            self._stamps[key] = found
        painter.drawPixmap(rect.topLeft(), found)


_kit: _Kit | None = None


def _kit_now() -> _Kit:
    global _kit
    if _kit is None or _kit.look is not theme.now():
        _kit = _Kit(theme.now())
    return _kit


def value_of(index: Index) -> Any:
    """The cell's own value."""
    model = index.model()
    return model.value_at(index.row(), index.column()) if isinstance(model, RowsModel) else index.data(ValueRole)


def words_of(index: Index) -> tuple[str, int]:
    """What the cell says, and the value of its alignment."""
    model = index.model()
    if isinstance(model, RowsModel):
        return model.words_at(index.row(), index.column())
    align = index.data(Qt.ItemDataRole.TextAlignmentRole)
    return index.data() or "", getattr(align, "value", align) or 0


class CellDelegate(QStyledItemDelegate):
    """A cell of words: surface, hairline, words with an ellipsis where they do not fit."""

    surface = "paper"  # token of the colour that the cell being painted stands on

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        kit, model, state = _kit_now(), index.model(), option.state.value
        if isinstance(model, RowsModel):
            loading, tone = model.tone_at(index.row(), index.column())
        else:
            loading, tone = index.data(LoadingRole), index.data(ToneRole)
        mended = tone == MENDED
        tone = None if mended else tone
        self.surface = TONES[tone][1] if tone else "main_soft" if state & _SELECTED else "hover" if state & _HOVER else "paper"
        rect: QRect = option.rect
        self._paint_surface(kit, painter, rect)
        if mended:
            paint_corner(painter, rect)
        if state & _SELECTED and index.column() == 0 and isinstance(option.widget, QWidget) and option.widget.hasFocus():
            painter.fillRect(rect.left(), rect.top(), kit.look.px(3), rect.height() - 1, kit.color("info"))
        inner = rect.adjusted(kit.padding, 0, -kit.padding, -1 - kit.lift)
        if loading:
            paint_skeleton(painter, inner, index.row() * 7 + index.column() * 3)
            return
        painter.setFont(kit.body.font)
        painter.setPen(kit.color("ink"))
        self.paint_inside(painter, inner, index, bool(state & _SELECTED))

    def paint_inside(self, painter: QPainter, rect: QRect, index: Index, chosen: bool = False) -> None:
        """Paint what the cell says into ``rect``; ``chosen``: its row is selected."""
        words, align = words_of(index)
        if not words:
            return
        lettering = _kit_now().body
        if align & RIGHT and figures.width(words, lettering.font) <= rect.width():
            figures.draw(painter, rect, words, Qt.AlignmentFlag.AlignRight)
        else:
            lettering.draw(painter, rect, words, align)

    def _paint_surface(self, kit: _Kit, painter: QPainter, rect: QRect) -> None:
        if self.surface != "paper":
            painter.fillRect(rect, kit.color(self.surface))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, kit.color("line"))


class FiguresDelegate(CellDelegate):
    """Numbers, codes and dates: every figure as wide as the widest."""

    def paint_inside(self, painter: QPainter, rect: QRect, index: Index, chosen: bool = False) -> None:
        words, align = words_of(index)
        lettering = _kit_now().body
        if figures.width(words, lettering.font) > rect.width():
            lettering.draw(painter, rect, words, align)
        elif words:
            figures.draw(painter, rect, words, Qt.AlignmentFlag(align))


class StarsDelegate(CellDelegate):
    """Drawn stars with the number beside them; nothing for 0 or None."""

    def paint_inside(self, painter: QPainter, rect: QRect, index: Index, chosen: bool = False) -> None:
        count = value_of(index)
        if count:
            _kit_now().stamp(painter, rect, (self.surface, count), lambda brush, place: self._draw(brush, place, count))

    @staticmethod
    def _draw(painter: QPainter, rect: QRect, count: int) -> None:
        kit = _kit_now()
        look = kit.look
        right = paint_stars(painter, rect.left(), rect.center().y() + 1 + look.px(LIFT) / 2, count, look.px(14))
        painter.setPen(kit.color("ink"))
        rest = rect.adjusted(math.ceil(right) - rect.left() + look.px(4), 0, 0, 0)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, str(count))


class PillDelegate(CellDelegate):
    """A state: (words, tone); without a tone quiet words."""

    def paint_inside(self, painter: QPainter, rect: QRect, index: Index, chosen: bool = False) -> None:
        value = value_of(index)
        if not value:
            return
        words, tone = value
        if not tone:
            painter.setPen(_kit_now().color("quiet"))
            _kit_now().body.draw(painter, rect, words)
            return
        down = _kit_now().lift
        _kit_now().stamp(painter, rect, (self.surface, words, tone, chosen), lambda brush, place: paint_pill(
            brush, place.adjusted(0, 0, 0, down), words, tone, on_soft=chosen))


class TwoLinesDelegate(CellDelegate):
    """A strong line and a quiet one under it: (first, second). Wants rows of 52 pixels or more."""

    def paint_inside(self, painter: QPainter, rect: QRect, index: Index, chosen: bool = False) -> None:
        first, second = value_of(index)
        kit = _kit_now()
        if not second:  # alone it stands in the middle
            kit.strong.draw(painter, rect, first)
            return
        half = rect.height() // 2
        kit.strong.draw(painter, QRect(rect.left(), rect.top() + kit.look.px(3), rect.width(), half), first)
        painter.setPen(kit.color("quiet"))
        room = rect.width() - self.kept_free(index)
        kit.small.draw(painter, QRect(rect.left(), rect.top() + half - kit.look.px(2), room, half), second)

    def kept_free(self, index: Index) -> int:
        """Pixels the second line leaves free at its right."""
        return 0


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
