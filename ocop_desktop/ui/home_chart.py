"""Products recognised by year: a few bars one can press, by mouse or keyboard."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ocop_desktop import text
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.widgets import Card, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.home import Year

HIGH, WIDEST = 128, 30  # pixels of the bars' room and of one bar at 100 %
COLORS = {3: "main", 4: "gold_fill", 5: "info"}


class YearBars(QWidget):
    """Stacked bars, the number above, the year below. Left and right move between them, Enter presses."""

    pressed = Signal(int)  # year
    looked_at = Signal(object)  # Year under the mouse or the keyboard, or None

    def __init__(self) -> None:
        super().__init__()
        self.years: tuple[Year, ...] = ()
        self._at: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Sản phẩm được công nhận theo năm"))

    def set_years(self, years: tuple[Year, ...]) -> None:
        """Show ``years``, the oldest first."""
        self.years, self._at = years, None
        self.setAccessibleDescription("; ".join(said(y) for y in years))
        self.update()

    def bar(self, place: int) -> QRectF:
        """The room of the bar at ``place``, from its number to its year."""
        step = self.width() / max(len(self.years), 1)
        return QRectF(place * step, 0, step, self.height())

    def sizeHint(self) -> QSize:
        look = theme.now()
        words = sum(math.ceil(QFontMetricsF(f).height()) for f in (self._number_font(), self._year_font()))
        return QSize(look.px(250), look.px(HIGH) + words + look.px(10))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.now().px(220), self.sizeHint().height())

    def _number_font(self) -> QFont:
        return theme.font(9.5, QFont.Weight.DemiBold)

    def _year_font(self) -> QFont:
        return theme.font(9.5)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max((y.total for y in self.years), default=0)
        for place, year in enumerate(self.years):
            self._paint_bar(painter, place, year, most)

    def _paint_bar(self, painter: QPainter, place: int, year: Year, most: int) -> None:
        look, room = theme.now(), self.bar(place)
        number, below = QFontMetricsF(self._number_font()).height(), QFontMetricsF(self._year_font()).height()
        full = room.height() - number - below - look.px(8)
        wide = min(look.px(WIDEST), room.width() * 0.62)
        left, foot = room.center().x() - wide / 2, room.bottom() - below - look.px(4)
        if self._at == place:
            self._paint_mark(painter, room)
        top = foot
        for stars, count in ((3, year.three), (4, year.four), (5, year.five)):
            high = full * count / most if most else 0.0
            painter.fillRect(QRectF(left, top - high, wide, high), look.color(COLORS[stars]))
            top -= high
        painter.setFont(self._number_font())
        painter.setPen(look.color("ink" if year.total else "quiet"))
        middle = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextDontClip
        painter.drawText(QRectF(room.left(), top - number - look.px(2), room.width(), number), middle, text.number(year.total))
        painter.setPen(look.color("line"))
        painter.drawLine(QPointF(room.left(), foot), QPointF(room.right(), foot))
        painter.setFont(self._year_font())
        painter.setPen(look.color("quiet"))
        painter.drawText(QRectF(room.left(), room.bottom() - below, room.width(), below), middle, str(year.year))

    def _paint_mark(self, painter: QPainter, room: QRectF) -> None:
        look = theme.now()
        painter.setPen(QPen(look.color("info"), 2) if self.hasFocus() else QPen(QColor(Qt.GlobalColor.transparent)))
        painter.setBrush(look.color("hover"))
        painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), look.px(4), look.px(4))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _look_at(self, place: int | None) -> None:
        if place != self._at:
            self._at = place
            self.looked_at.emit(None if place is None else self.years[place])
            self.setCursor(Qt.CursorShape.ArrowCursor if place is None else Qt.CursorShape.PointingHandCursor)
            self.update()

    def _place_of(self, x: float) -> int | None:
        place = int(x * len(self.years) / max(self.width(), 1))
        return place if 0 <= place < len(self.years) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._look_at(self._place_of(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._place_of(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and place is not None and self.rect().contains(event.position().toPoint()):
            self._look_at(place)
            self.pressed.emit(self.years[place].year)

    def leaveEvent(self, event: QEvent) -> None:
        self._look_at(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._at is None and self.years and event.reason() != Qt.FocusReason.MouseFocusReason:
            self._look_at(len(self.years) - 1)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._look_at(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and self.years:
            at = len(self.years) - 1 if self._at is None else self._at + step
            self._look_at(max(0, min(len(self.years) - 1, at)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at is not None:
            self.pressed.emit(self.years[self._at].year)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()


class _Mark(QWidget):
    """A square in a bar's colour."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = theme.now().px(10)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.now().color(self._token))


class ChartCard(Card):
    """The bars with their legend, and in words what one looks at."""

    def __init__(self, years: tuple[Year, ...]) -> None:
        super().__init__(_("Sản phẩm được công nhận theo năm"))
        self.heading.setWordWrap(True)
        self.bars = YearBars()
        self.bars.set_years(years)
        self.bars.looked_at.connect(self._say)
        self.words = label(_("Bấm vào cột để xem danh sách"), "quiet", wrap=True)
        legend = row(space=6)
        for stars, any_of in ((3, any(y.three for y in years)), (4, any(y.four for y in years)), (5, any(y.five for y in years))):
            if any_of:
                legend.addWidget(_Mark(COLORS[stars]))
                legend.addWidget(label(_("{count} sao", count=stars)))
                legend.addSpacing(theme.now().px(10))
        legend.addStretch(1)
        self.body.addWidget(self.bars)
        self.body.addLayout(legend)
        self.body.addWidget(self.words)
        self.body.addStretch(1)

    def _say(self, year: Year | None) -> None:
        self.words.setText(said(year) if year else _("Bấm vào cột để xem danh sách"))


def said(year: Year) -> str:
    """A year in words: "2025: 19 ba sao, 7 bốn sao"."""
    if year.five:
        return _("{year}: {three} ba sao, {four} bốn sao, {five} năm sao", year=year.year, three=text.number(year.three),
                 four=text.number(year.four), five=text.number(year.five))
    return _("{year}: {three} ba sao, {four} bốn sao", year=year.year, three=text.number(year.three), four=text.number(year.four))
