"""What the window paints itself: stars, pills, rings, skeleton rows; as functions for delegates and as widgets."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFont, QFontMetricsF, QIcon, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ocop_desktop.text import _
from ocop_desktop.ui import icons, theme

TONES = {  # tone -> text, surface
    "ok": ("main", "main_soft"), "info": ("info", "info_soft"), "warn": ("warn", "warn_soft"), "bad": ("bad", "bad_soft"),
    "quiet": ("quiet", "quiet_soft"), "gold": ("warn", "warn_soft"),
}
STAR_GAP = 2
LIFT = 2  # the line is taller above than below (see letters): by so much the bottom rises where words are centred by hand


@lru_cache(maxsize=16)
def _star(side: float) -> QPolygonF:
    points = []
    for corner in range(10):
        reach = side / 2 * (1.0 if corner % 2 == 0 else 0.45)
        turn = math.pi * (corner / 5 - 0.5)
        points.append(QPointF(side / 2 + reach * math.cos(turn), side / 2 * 1.05 + reach * math.sin(turn)))
    return QPolygonF(points)


def paint_stars(painter: QPainter, left: float, middle: float, count: int, side: float, of: int = 0) -> float:
    """Paint ``count`` gold stars from ``left``, centred on ``middle``; ``of`` more than that as outlines; the right end."""
    look = theme.now()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    step = side + look.px(STAR_GAP)
    total = max(count, of)
    for place in range(total):
        painter.setPen(QPen(look.color("gold"), max(1.0, side / 15)))
        painter.setBrush(look.color("gold_fill") if place < count else Qt.BrushStyle.NoBrush)
        painter.drawPolygon(_star(side).translated(left + place * step, middle - side / 2))
    painter.restore()
    return left + total * step


def pill_size(words: str, font: QFont) -> QSize:
    """Pixels a pill with ``words`` takes."""
    look, metrics = theme.now(), QFontMetricsF(font)
    return QSize(math.ceil(metrics.horizontalAdvance(words)) + look.px(18), math.ceil(metrics.height()) + look.px(1))


def pill_font() -> QFont:
    """The font of pills."""
    return theme.font(9.5, QFont.Weight.DemiBold)


def paint_pill(painter: QPainter, rect: QRect, words: str, tone: str, on_soft: bool = False) -> None:
    """Paint a coloured pill with a word, at the left of ``rect``, vertically centred, elided when it does not fit.

    Args:
        on_soft: it stands on a chosen row, whose surface would swallow it.
    """
    look = theme.now()
    ink, surface = TONES[tone]
    painter.save()
    painter.setFont(pill_font())
    size = pill_size(words, painter.font())
    wide = min(size.width(), rect.width())
    body = QRectF(rect.left(), rect.top() + (rect.height() - size.height()) / 2, wide, size.height())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.color("gold"), 1) if tone == "gold" else Qt.PenStyle.NoPen)
    painter.setBrush(look.color("paper" if on_soft else surface))
    painter.drawRoundedRect(body.adjusted(0.5, 0.5, -0.5, -0.5), body.height() / 2, body.height() / 2)
    painter.setPen(look.color(ink))
    inner = body.adjusted(look.px(8), 0, -look.px(8), -look.px(LIFT))
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, math.ceil(inner.width()) + 1)
    painter.drawText(inner, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, shown)
    painter.restore()


class _Painted(QWidget):
    """A widget that measures itself anew when the look changes."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Stars(_Painted):
    """Gold stars with the number beside them.

    Args:
        count: 0 to 5.
        side: pixels of one star at 100 %.
        words: whether "4 sao" stands beside; ``note`` replaces these words.
        of: outlines up to this many.
    """

    def __init__(self, count: int = 0, side: int = 16, words: bool = True, note: str = "", of: int = 0) -> None:
        super().__init__()
        self._side, self._words, self._of = side, words, of
        self.set_stars(count, note)

    def set_stars(self, count: int, note: str = "", hollow: bool = False) -> None:
        """Show ``count`` stars; ``note`` instead of "N sao"; ``hollow``: outlines alone, of a rank that does not hold yet."""
        self.count, self._note, self.hollow = count, note, hollow
        self.setAccessibleName(self._said())
        self.updateGeometry()
        self.update()

    def _said(self) -> str:
        return self._note or _("{count} sao", count=self.count)

    def sizeHint(self) -> QSize:
        look = theme.now()
        wide = max(self.count, self._of) * (look.px(self._side) + look.px(STAR_GAP))
        high = look.px(self._side) + 2
        if self._words:
            metrics = QFontMetricsF(self._font())
            wide += look.px(4) + math.ceil(metrics.horizontalAdvance(self._said())) + 2
            high = max(high, math.ceil(metrics.height()))
        return QSize(wide + 1, high)

    def _font(self) -> QFont:
        return theme.font(weight=QFont.Weight.DemiBold)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme.now(), QPainter(self)
        filled, of = (0, max(self.count, self._of)) if self.hollow else (self.count, self._of)
        right = paint_stars(painter, 1, self.height() / 2, filled, look.px(self._side), of)
        if self._words:
            painter.setFont(self._font())
            painter.setPen(look.color("ink"))
            rest = self.rect().adjusted(int(right) + look.px(4), 0, 0, -look.px(LIFT))
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._said())


class Star(_Painted):
    """One gold star, the mark of the program."""

    def __init__(self, side: int = 20) -> None:
        super().__init__()
        self._side = side

    def sizeHint(self) -> QSize:
        side = theme.now().px(self._side)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        side = self.height() - 2
        paint_stars(QPainter(self), 1, self.height() / 2 + theme.now().px(1), 1, side)


class Pill(_Painted):
    """A state as a coloured word. tone: ok, info, warn, bad, quiet, gold."""

    def __init__(self, words: str = "", tone: str = "quiet") -> None:
        super().__init__()
        self.set(words, tone)

    def set(self, words: str, tone: str) -> None:
        """Show ``words`` in ``tone``."""
        self.words, self.tone = words, tone
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return pill_size(self.words, pill_font())

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_pill(QPainter(self), self.rect(), self.words, self.tone)


class PillButton(QAbstractButton):
    """A filter chip: a pill with a count that can be pressed and stays chosen."""

    def __init__(self, words: str, tone: str = "quiet", count: int | None = None) -> None:
        super().__init__()
        self.words, self.tone, self.count = words, tone, count
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self._said())

    def set_count(self, count: int | None) -> None:
        """Show another count."""
        self.count = count
        self.setAccessibleName(self._said())
        self.updateGeometry()
        self.update()

    def _said(self) -> str:
        return self.words if self.count is None else f"{self.words} {self.count}"

    def sizeHint(self) -> QSize:
        size, look = pill_size(self._said(), pill_font()), theme.now()
        return QSize(size.width() + look.px(20), size.height() + look.px(8))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme.now(), QPainter(self)
        ink, surface = TONES[self.tone]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        words = look.color("paper" if chosen else ink)
        ring = look.color("ink" if chosen else "info") if self.hasFocus() else None
        painter.setPen(QPen(ring, 2) if ring else QPen(look.color(ink if chosen or self.underMouse() else surface), 1))
        painter.setBrush(look.color(ink if chosen else surface))
        body = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.drawRoundedRect(body, body.height() / 2, body.height() / 2)
        painter.setPen(words)
        painter.setFont(pill_font())
        rest = self.rect()
        if chosen:
            side = look.px(14)
            tick = icons.pixmap("check", "paper", 14)
            painter.drawPixmap(QRect(look.px(8), (self.height() - side) // 2, side, side), tick)
            rest = rest.adjusted(look.px(14), 0, 0, 0)
        painter.drawText(rest.adjusted(0, 0, 0, -look.px(LIFT)), Qt.AlignmentFlag.AlignCenter, self._said())

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()


class Ring(_Painted):
    """How complete something is: a ring that fills; full it becomes a tick."""

    def __init__(self, done: int = 0, total: int = 0, side: int = 18) -> None:
        super().__init__()
        self._side = side
        self.set(done, total)

    def set(self, done: int, total: int) -> None:
        """Show ``done`` of ``total``."""
        self.done, self.total = done, total
        self.setAccessibleName(f"{done}/{total}")
        self.update()

    def sizeHint(self) -> QSize:
        side = theme.now().px(self._side)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_ring(QPainter(self), QRectF(self.rect()), self.done, self.total)


def paint_ring(painter: QPainter, rect: QRectF, done: int, total: int) -> None:
    """Paint a ring filled by ``done`` of ``total`` in the square in the middle of ``rect``; a tick when full."""
    look = theme.now()
    side = min(rect.width(), rect.height())
    thick = max(1.5, side / 8)
    square = QRectF(0, 0, side - thick, side - thick)
    square.moveCenter(rect.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if total and done >= total:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("main"))
        painter.drawEllipse(square.adjusted(-thick / 2, -thick / 2, thick / 2, thick / 2))
        painter.setPen(QPen(look.color("paper"), thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        tick = QPainterPath(square.topLeft() + QPointF(side * 0.22, side * 0.46))
        tick.lineTo(square.topLeft() + QPointF(side * 0.38, side * 0.62))
        tick.lineTo(square.topLeft() + QPointF(side * 0.66, side * 0.3))
        painter.drawPath(tick)
    else:
        painter.setPen(QPen(look.color("edge"), thick))
        painter.drawEllipse(square)
        painter.setPen(QPen(look.color("main"), thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        if done and total:
            painter.drawArc(square, 90 * 16, -int(360 * 16 * done / total))
    painter.restore()


def ring_icon(done: int, total: int, side: int) -> QIcon:
    """A ring as an icon; side: pixels at 100 %."""
    wide = theme.now().px(side)
    made = QPixmap(wide * 2, wide * 2)
    made.setDevicePixelRatio(2)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    paint_ring(painter, QRectF(0, 0, wide, wide), done, total)
    painter.end()
    return QIcon(made)


class SkeletonRows(QWidget):
    """Grey bars where rows will stand."""

    def __init__(self, rows: int = 6) -> None:
        super().__init__()
        self._rows = rows
        self.setAccessibleName(_("Đang tải"))

    def sizeHint(self) -> QSize:
        return QSize(theme.now().px(400), self._rows * theme.now().px(theme.ROW))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme.now(), QPainter(self)
        step = look.px(theme.ROW)
        for place in range(self._rows):
            paint_skeleton(painter, QRect(look.px(18), place * step, self.width() - look.px(36), step), place)


def paint_corner(painter: QPainter, rect: QRect) -> None:
    """Paint the corner of a mended cell at the top left of ``rect``; a surface of its own would look like a chosen row."""
    look = theme.now()
    side = look.px(9)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("main"))
    corner = QPointF(rect.topLeft())
    painter.drawPolygon(QPolygonF([corner, corner + QPointF(side, 0), corner + QPointF(0, side)]))
    painter.restore()


def paint_skeleton(painter: QPainter, rect: QRect, salt: int) -> None:
    """Paint a grey bar in ``rect``, its length varied by ``salt``."""
    look = theme.now()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("quiet_soft"))
    high = look.px(10)
    wide = rect.width() * (45 + salt * 37 % 40) // 100
    painter.drawRoundedRect(QRectF(rect.left(), rect.top() + (rect.height() - high) / 2, wide, high), high / 2, high / 2)
    painter.restore()
