"""The options of a criterion as large rows: key, words, star mark, points, tick. Painted, so that a key press shows at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ocop_desktop.rules.rulebook import NONE_APPLIES, Criterion
from ocop_desktop.text import _, language
from ocop_desktop.ui import figures, icons, theme
from ocop_desktop.ui.painted import paint_pill, pill_font, pill_size

WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
# From free to closed up: least height of a row, room above and below its words, gap between rows, gap under a case's title.
DENSITIES = ((52, 15, 8, 8), (44, 11, 6, 6), (36, 7, 5, 4))


@dataclass(frozen=True)
class Row:
    """What one row says."""

    choice: str
    key: str
    words: str
    points: int
    star: int | None = None
    case: str = ""


def rows_of(criterion: Criterion) -> tuple[Row, ...]:
    """Rows of a criterion: its options in their order under 1-9 (cases go on counting), last "none applies" under 0."""
    said = language()
    options = (Row(o.choice, str(n), o.label.said(said), o.points, o.star, o.case) for n, o in enumerate(criterion.options, 1))
    return (*options, Row(NONE_APPLIES, "0", _("Không đạt mức nào"), 0))


class OptionButton(QAbstractButton):
    """One row."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.row = Row("", "", "", 0)
        self.waiting = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_row(self, row: Row, chosen: bool, waiting: bool, enabled: bool) -> None:
        """Show ``row``; a chosen one has a tick, quiet while it is on its way to the file."""
        before = (self.row, self.isChecked(), self.waiting, self.isEnabled())
        if not self.isHidden() and before == (row, chosen, waiting, enabled):
            return
        self.row, self.waiting = row, waiting
        self.setChecked(chosen)
        self.setEnabled(enabled)
        star = " · " + _("{count} sao", count=row.star) if row.star else ""
        self.setAccessibleName(f"{row.key}. {row.words}{star} · " + _("{count} điểm", count=row.points))
        self.setVisible(True)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second click of two quick ones answers nothing: the next criterion may stand here by then."""
        event.accept()

    def nextCheckState(self) -> None:
        """Leave the tick to whoever shows the ballot."""

    def height_for(self, width: int, measures: tuple[int, int, int, int]) -> int:
        """Height at ``width``: the words wrap, also when they are bold."""
        look, room = theme.now(), self._words_rect(QRect(0, 0, width, 0))
        high = _wrapped(self.row.words, room.width(), _font(True).toString())[1]
        return max(look.px(measures[0]), high + 2 * look.px(measures[1]))

    def _words_rect(self, rect: QRect) -> QRect:
        look = theme.now()
        right = look.px(84)
        if self.row.star:
            right += self._tag_width() + look.px(16)
        return rect.adjusted(look.px(50), 0, -right, 0)

    def _tag_width(self) -> int:
        return pill_size(_("{count} sao", count=self.row.star), pill_font()).width()

    def sizeHint(self) -> QSize:
        return QSize(theme.now().px(400), self.height_for(theme.now().px(400), DENSITIES[0]))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter, rect = theme.now(), QPainter(self), self.rect()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, pointed = self.isChecked(), self.underMouse() and self.isEnabled()
        edge = "info" if self.hasFocus() else "main" if chosen else "edge" if pointed else "line"
        painter.setPen(QPen(look.color(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(look.color("main_soft" if chosen else "hover" if pointed else "paper"))
        painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), look.px(6), look.px(6))
        self._paint_key(painter, rect)
        ink = "ink" if self.isEnabled() or chosen else "quiet"
        painter.setFont(_font(chosen))
        painter.setPen(look.color(ink))
        room = self._words_rect(rect)
        room.setWidth(_wrapped(self.row.words, room.width(), _font(True).toString())[0])
        painter.drawText(room, WRAP, self.row.words)
        self._paint_right(painter, rect, ink)

    def _paint_key(self, painter: QPainter, rect: QRect) -> None:
        look, side = theme.now(), theme.now().px(18)
        cap = QRectF(look.px(16) + 0.5, (rect.height() - side) / 2 + 0.5, look.px(18), side)
        painter.setBrush(look.color("paper"))
        painter.setPen(QPen(look.color("edge"), 1))
        painter.drawRoundedRect(cap, look.px(4), look.px(4))
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(look.color("ink" if self.isEnabled() else "quiet"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self.row.key)

    def _paint_right(self, painter: QPainter, rect: QRect, ink: str) -> None:
        look = theme.now()
        if self.row.star:
            wide = self._tag_width()
            paint_pill(painter, QRect(rect.right() - look.px(88) - wide, 0, wide, rect.height()),
                       _("{count} sao", count=self.row.star), "gold")
        painter.setFont(theme.font(theme.STRONG, QFont.Weight.DemiBold))
        painter.setPen(look.color(ink))
        figures.draw(painter, rect.adjusted(0, 0, -look.px(46), 0), str(self.row.points))
        if self.isChecked():
            side = look.px(16)
            tick = icons.pixmap("check", "edge" if self.waiting else "main", 16)
            painter.drawPixmap(QPoint(rect.right() - look.px(18) - side, (rect.height() - side) // 2), tick)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()


class OptionsPanel(QWidget):
    """The rows of one criterion, cases under their titles; ``density`` closes them up where the room is small."""

    chosen = Signal(str)  # choice

    def __init__(self) -> None:
        super().__init__()
        self.density = 0
        self._titles: dict[str, str] = {}
        self._title_rects: list[tuple[QRect, str]] = []
        self._buttons: list[OptionButton] = []
        self._shown: tuple[Row, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def buttons(self) -> tuple[OptionButton, ...]:
        """The rows on show."""
        return tuple(self._buttons[:len(self._shown)])

    def show_criterion(self, criterion: Criterion, choice: str | None, waiting: bool, enabled: bool) -> None:
        """Show a criterion with its answer; not enabled it can be read only."""
        rows = rows_of(criterion)
        changed = rows != self._shown
        self._shown = rows
        self._titles = {case: words.said(language()) for case, words in criterion.cases}
        while len(self._buttons) < len(rows):
            made = OptionButton(self)
            made.clicked.connect(lambda _on=False, made=made: self.chosen.emit(made.row.choice))
            self._buttons.append(made)
        for button, row in zip(self._buttons, rows, strict=False):
            button.show_row(row, row.choice == choice, waiting and row.choice == choice, enabled)
        for button in self._buttons[len(rows):]:
            button.hide()
        if changed:
            self._place(self.width())
            self.updateGeometry()

    def set_density(self, density: int) -> None:
        """Close the rows up, or let them stand freely: a place in ``DENSITIES``."""
        if density != self.density:
            self.density = density
            self._place(self.width())
            self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._places(width, self.density)[2]

    def height_at(self, width: int, density: int) -> int:
        """The height at another density."""
        return self._places(width, density)[2]

    def sizeHint(self) -> QSize:
        wide = theme.now().px(400)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.now().px(240), 0)

    def _places(self, width: int, density: int) -> tuple[list[QRect], list[tuple[QRect, str]], int]:
        """Where rows and titles stand at ``width``, and the height of all."""
        look, measures = theme.now(), DENSITIES[density]
        gap, top, case = look.px(measures[2]), 0, ""
        places: list[QRect] = []
        titles: list[tuple[QRect, str]] = []
        for button in self.buttons():
            if button.row.case != case:
                case = button.row.case
                if case:
                    words = self._titles.get(case, "")
                    high = _title_height(words, width) + look.px(measures[3])
                    titles.append((QRect(0, top, width, high), words))
                    top += high
            high = button.height_for(width, measures)
            places.append(QRect(0, top, width, high))
            top += high + gap
        return places, titles, max(top - gap, 0)

    def _place(self, width: int) -> None:
        places, self._title_rects, _high = self._places(width, self.density)
        for button, place in zip(self.buttons(), places, strict=True):
            button.setGeometry(place)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(self.width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(theme.SMALL, QFont.Weight.DemiBold))
        painter.setPen(theme.now().color("quiet"))
        for rect, words in self._title_rects:
            painter.drawText(rect, WRAP, words)


@lru_cache(maxsize=1024)
def _wrapped(words: str, width: int, key: str) -> tuple[int, int]:
    """The least width that takes no more lines than ``width`` does, so that no word is left alone; and the height."""
    font = QFont()
    font.fromString(key)
    metrics = QFontMetrics(font)

    def high(wide: int) -> int:
        return metrics.boundingRect(QRect(0, 0, wide, 10_000), WRAP, words).height()

    least, most, whole = width * 3 // 4, width, high(width)
    if whole <= metrics.height() * 3 // 2:
        return width, whole
    while most - least > 8:
        middle = (least + most) // 2
        if high(middle) > whole:
            least = middle
        else:
            most = middle
    return most, whole


def _font(bold: bool) -> QFont:
    return theme.font(weight=QFont.Weight.DemiBold if bold else QFont.Weight.Normal)


def _title_height(words: str, width: int) -> int:
    metrics = QFontMetrics(theme.font(theme.SMALL, QFont.Weight.DemiBold))
    return metrics.boundingRect(QRect(0, 0, width, 1000), WRAP, words).height()
