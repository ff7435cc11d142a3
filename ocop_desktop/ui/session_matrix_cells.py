"""How the matrix draws its cells: rings for ballots, the state of a dossier with the mark of more actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from ocop_desktop.ui import figures, icons, theme
from ocop_desktop.ui.cells import PADDING, CellDelegate, RowRole, TwoLinesDelegate, ValueRole
from ocop_desktop.ui.painted import paint_pill, paint_ring, paint_stars, pill_font, pill_size
from ocop_desktop.ui.session_matrix_model import EXCEPTIONS, Index, advisory_words, cell_words, state_words

if TYPE_CHECKING:
    from ocop_desktop.actions.session_matrix import Cell, MatrixRow

RING, STAR, MORE = 17, 13, 32  # pixels at 100 %: a ring, a star, the place to press for more actions
STICK = 13  # the sign of a ballot that came from a member's own laptop or from paper


class _Matrix(CellDelegate):
    """Surface shared by the matrix's cells: the current cell is framed, not the whole row."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if option.state & QStyle.StateFlag.State_HasFocus:
            look = theme.now()
            painter.save()
            painter.setPen(look.color("info"))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -3))
            painter.restore()


class NumberDelegate(_Matrix):
    """The running number."""

    def paint_inside(self, painter: QPainter, rect: QRect, index: Index, chosen: bool = False) -> None:
        painter.setPen(theme.now().color("quiet"))
        figures.draw(painter, rect, index.data())


class ProductDelegate(_Matrix, TwoLinesDelegate):
    """Product over producer; at the right of the producer what the advisory team asks for, where it does not simply agree."""

    def paint_inside(self, painter: QPainter, rect: QRect, index: Index, chosen: bool = False) -> None:
        super().paint_inside(painter, rect, index, chosen)
        line: MatrixRow = index.data(RowRole)
        if line.advisory not in EXCEPTIONS:
            return
        words, tone = advisory_words(line.advisory)
        wide, half = min(pill_size(words, pill_font()).width(), rect.width()), rect.height() // 2
        place = QRect(rect.right() - wide + 1, rect.top() + half, wide, half)
        paint_pill(painter, place, words, tone, chosen)

    def kept_free(self, index: Index) -> int:
        line: MatrixRow = index.data(RowRole)
        if line.advisory not in EXCEPTIONS:
            return 0
        return pill_size(advisory_words(line.advisory)[0], pill_font()).width() + theme.now().px(8)


class RingDelegate(_Matrix):
    """One ballot: empty, partly filled or full ring, or the words "không chấm", "vắng"."""

    def paint_inside(self, painter: QPainter, rect: QRect, index: Index, chosen: bool = False) -> None:
        cell: Cell = index.data(ValueRole)
        look = theme.now()
        whole = rect.adjusted(-look.px(8), 0, look.px(8), 0)
        words = cell_words(cell)
        if cell.state in ("recused", "absent") and _broken_width(words) <= whole.width():
            self._paint_words(painter, whole, words, chosen)
            return
        side = min(theme.now().px(RING), rect.width() + 2 * theme.now().px(PADDING) - 4)
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(rect).center())
        if cell.state == "half":
            _paint_half(painter, square, cell)
        elif cell.state in ("recused", "absent"):
            _paint_crossed(painter, square)
        else:
            paint_ring(painter, square, cell.answered, cell.total)
        sign = "stick" if cell.by_package else "paper" if cell.on_paper else ""
        if sign and square.right() + look.px(2 + STICK) <= whole.right():
            painter.drawPixmap(square.topRight() + QPointF(look.px(2), look.px(2)), icons.pixmap(sign, "quiet", STICK))

    def _paint_words(self, painter: QPainter, wide: QRect, words: str, chosen: bool) -> None:
        look = theme.now()
        size = pill_size(words, pill_font())
        if size.width() <= wide.width():
            place = QRect(wide.left() + (wide.width() - size.width()) // 2, wide.top(), size.width(), wide.height())
            paint_pill(painter, place, words, "quiet", chosen)
            return
        painter.setFont(_small())
        painter.setPen(look.color("quiet"))
        painter.drawText(wide, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)


def _small() -> QFont:
    return theme.font(9.0)


def _broken_width(words: str) -> int:
    """Pixels words take when each stands on a line of its own."""
    return max(map(QFontMetrics(_small()).horizontalAdvance, words.split()))


def _paint_crossed(painter: QPainter, square: QRectF) -> None:
    """A ring crossed out: who does not score, where the words have no room."""
    look = theme.now()
    thick = look.px(2)
    inner = square.adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.color("quiet"), thick))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(inner)
    reach = inner.width() * 0.354  # where a slanting line meets the ring
    painter.drawLine(inner.center() + QPointF(-reach, reach), inner.center() + QPointF(reach, -reach))
    painter.restore()


def _paint_half(painter: QPainter, square: QRectF, cell: Cell) -> None:
    """A ring filled from the top by the share that is answered; never quite empty, never quite full."""
    look = theme.now()
    share = min(max(cell.answered / max(cell.total, 1), 0.12), 0.88)
    thick = look.px(2)
    inner = square.adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.color("main"), thick))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(inner)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("main"))
    painter.drawPie(inner, 90 * 16, -int(360 * 16 * share))
    painter.restore()


class StateDelegate(_Matrix):
    """The state of a dossier: a pill, or stars and "Đã chốt"; at the right end the mark of more actions."""

    def paint_inside(self, painter: QPainter, rect: QRect, index: Index, chosen: bool = False) -> None:
        line: MatrixRow = index.data(ValueRole)
        words, tone = state_words(line)
        look = theme.now()
        mark = QRect(rect.right() + look.px(PADDING) - look.px(MORE), rect.top(), look.px(MORE), rect.height())
        rect = rect.adjusted(0, 0, -look.px(MORE) + look.px(PADDING), 0)
        if line.state == "closed" and not line.excluded:
            right = paint_stars(painter, rect.left(), rect.center().y() + 1, line.stars or 0, look.px(STAR))
            painter.setPen(look.color("quiet"))
            painter.drawText(rect.adjusted(int(right) - rect.left() + look.px(4), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
        elif tone:
            paint_pill(painter, rect, words, tone, chosen)
        else:
            painter.setPen(look.color("quiet"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, words)
        self._paint_more(painter, mark)

    def _paint_more(self, painter: QPainter, mark: QRect) -> None:
        look = theme.now()
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(look.color("ink" if self.surface == "hover" else "quiet"))
        for place in (-1, 0, 1):
            painter.drawEllipse(QPointF(mark.center()) + QPointF(place * look.px(6), 1), look.px(3) / 2, look.px(3) / 2)
        painter.restore()

    @staticmethod
    def width_for(line: MatrixRow) -> int:
        """Pixels what is said of a dossier takes."""
        look, (words, tone) = theme.now(), state_words(line)
        if line.state == "closed" and not line.excluded:
            said = (line.stars or 0) * look.px(STAR + 2) + look.px(4) + QFontMetrics(theme.font()).horizontalAdvance(words)
        else:
            said = pill_size(words, pill_font()).width() if tone else QFontMetrics(theme.font()).horizontalAdvance(words)
        return said + look.px(2 * PADDING + MORE)
