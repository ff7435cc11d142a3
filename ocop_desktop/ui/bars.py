"""A chart of bars one can press, by mouse or keyboard; every bar leads to the list behind it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ocop_desktop.ui import theme
from ocop_desktop.ui.parts import tip

HIGH, LINE = 116, 26  # pixels at 100 %: of upright bars, of one lying bar
NAMES = 0.42  # most of the width that lying bars leave to their names
AROUND = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


@dataclass(frozen=True)
class Shown:
    """One bar as painted: its name, parts from the axis out (amount, colour token), the figure beside it, and it in words."""

    words: str
    parts: tuple[tuple[int, str], ...]
    figure: str
    said: str

    @property
    def total(self) -> int:
        """All parts."""
        return sum(amount for amount, _token in self.parts)


class Bars(QWidget):
    """Upright bars (time) or lying ones (names). Arrows move between them, Enter or a click presses.

    Args:
        name: what the chart shows, for those who hear it.
        upright: names below the bars instead of before them.
    """

    pressed = Signal(int)  # place of the bar

    def __init__(self, name: str, upright: bool = False) -> None:
        super().__init__()
        self.bars: tuple[Shown, ...] = ()
        self._upright, self._at = upright, -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def set_bars(self, bars: Sequence[Shown]) -> None:
        """Show ``bars``."""
        self.bars, self._at = tuple(bars), -1
        self.setAccessibleDescription("; ".join(bar.said for bar in bars))
        self.updateGeometry()
        self.update()

    def room(self, place: int) -> QRectF:
        """The place of a bar with its name."""
        if self._upright:
            step = self.width() / max(len(self.bars), 1)
            return QRectF(place * step, 0, step, self.height())
        high = theme.now().px(LINE)
        return QRectF(0, place * high, self.width(), high)

    def sizeHint(self) -> QSize:
        look = theme.now()
        words = math.ceil(QFontMetricsF(theme.font(9.5)).height())
        high = look.px(HIGH) + 2 * words + look.px(8) if self._upright else look.px(LINE) * max(len(self.bars), 1)
        return QSize(look.px(260), high)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.now().px(160), self.sizeHint().height())

    # -- painting -----------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(9.5))
        most = max((bar.total for bar in self.bars), default=0) or 1
        for place, bar in enumerate(self.bars):
            room = self.room(place)
            if place == self._at:
                self._paint_mark(painter, room)
            (self._paint_upright if self._upright else self._paint_lying)(painter, bar, room, most)

    def _paint_lying(self, painter: QPainter, bar: Shown, room: QRectF, most: int) -> None:
        look, metrics = theme.now(), QFontMetricsF(painter.font())
        names = min(room.width() * NAMES, max(metrics.horizontalAdvance(b.words) for b in self.bars) + look.px(14))
        figures = max(metrics.horizontalAdvance(b.figure) for b in self.bars) + look.px(8)
        painter.setPen(look.color("ink"))
        words = metrics.elidedText(bar.words, Qt.TextElideMode.ElideRight, names - look.px(8))
        painter.drawText(QRectF(room.left() + look.px(2), room.top(), names, room.height()), AROUND, words)
        left, full = room.left() + names, room.width() - names - figures
        for amount, token in bar.parts:
            long = full * amount / most
            painter.fillRect(QRectF(left, room.top() + room.height() * 0.2, long, room.height() * 0.6), look.color(token))
            left += long
        painter.drawText(QRectF(left + look.px(6), room.top(), figures, room.height()), AROUND, bar.figure)

    def _paint_upright(self, painter: QPainter, bar: Shown, room: QRectF, most: int) -> None:
        look, high = theme.now(), QFontMetricsF(painter.font()).height()
        wide = min(look.px(30), room.width() * 0.6)
        foot = room.bottom() - high - look.px(3)
        full, top = foot - high - look.px(2), foot
        for amount, token in bar.parts:
            tall = full * amount / most
            painter.fillRect(QRectF(room.center().x() - wide / 2, top - tall, wide, tall), look.color(token))
            top -= tall
        middle = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextDontClip
        painter.setPen(look.color("ink" if bar.total else "quiet"))
        painter.drawText(QRectF(room.left(), top - high - look.px(1), room.width(), high), middle, bar.figure)
        painter.setPen(look.color("line"))
        painter.drawLine(int(room.left()), int(foot), int(room.right()), int(foot))
        painter.setPen(look.color("quiet"))
        words = self._foot_words(QFontMetricsF(painter.font()))[self.bars.index(bar)]
        painter.drawText(QRectF(room.left(), room.bottom() - high, room.width(), high), middle, words)

    def _foot_words(self, metrics: QFontMetricsF) -> list[str]:
        """What stands under upright bars: where they are narrow, a year stands under its first month only."""
        wide = self.room(0).width() - theme.now().px(6)
        if all(metrics.horizontalAdvance(bar.words) <= wide for bar in self.bars):
            return [bar.words for bar in self.bars]
        years = [bar.words.partition("/")[2] for bar in self.bars]
        return [bar.words if place == 0 or years[place - 1] != years[place] else bar.words.partition("/")[0]
                for place, bar in enumerate(self.bars)]

    def _paint_mark(self, painter: QPainter, room: QRectF) -> None:
        look = theme.now()
        painter.save()
        painter.setPen(QPen(look.color("info"), 2) if self.hasFocus() else QPen(QColor(Qt.GlobalColor.transparent)))
        painter.setBrush(look.color("hover"))
        painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), look.px(4), look.px(4))
        painter.restore()

    # -- mouse and keyboard -------------------------------------------------------------------------------------------

    def _look_at(self, place: int) -> None:
        if place != self._at:
            self._at = place
            self.setToolTip(tip(self.bars[place].said) if place >= 0 else "")
            self.setCursor(Qt.CursorShape.PointingHandCursor if place >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def _place_of(self, event: QMouseEvent) -> int:
        return next((n for n in range(len(self.bars)) if self.room(n).contains(event.position())), -1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._look_at(self._place_of(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._place_of(event)
        if event.button() == Qt.MouseButton.LeftButton and place >= 0:
            self._look_at(place)
            self.pressed.emit(place)

    def leaveEvent(self, event: QEvent) -> None:
        self._look_at(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._at < 0 and self.bars and event.reason() != Qt.FocusReason.MouseFocusReason:
            self._look_at(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._look_at(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and self.bars:
            self._look_at(max(0, min(len(self.bars) - 1, self._at + step)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at >= 0:
            self.pressed.emit(self._at)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()
