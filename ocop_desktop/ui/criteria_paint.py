"""Rows of wrapping words, pills and figures, laid out once and painted by one delegate: hundreds of rows without widgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ocop_desktop.ui import figures, theme
from ocop_desktop.ui.painted import paint_pill, pill_font, pill_size

Index = QModelIndex | QPersistentModelIndex
Marks = tuple[tuple[int, int], ...]
ROLE = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True)
class Face:
    """Letters of some words: points, weight, colour; ``mark`` is how marked places look: hit, added, removed."""

    points: float = theme.BODY
    bold: bool = False
    token: str = "ink"
    mark: str = "hit"

    def font(self) -> QFont:
        """The font at the text size in force."""
        return theme.font(self.points, QFont.Weight.DemiBold if self.bold else QFont.Weight.Normal)


PLAIN, BOLD, QUIET = Face(), Face(bold=True), Face(token="quiet")
SMALL = Face(points=theme.SMALL, token="quiet")


@lru_cache(maxsize=8192)
def _laid(words: str, width: int, face: Face, marks: Marks, _look: tuple[str, int]) -> tuple[QTextLayout, int]:
    layout = QTextLayout(words, face.font())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    if marks:
        layout.setFormats([_range(start, long, face.mark) for start, long in marks])
    layout.beginLayout()
    high = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, high))
        high += line.height()
    layout.endLayout()
    return layout, int(high + 0.99)


@lru_cache(maxsize=2048)
def _size(words: str, face: Face, _look: tuple[str, int]) -> tuple[int, int]:
    """Width and height of a figure, or of a few words with one, on one line."""
    font = face.font()
    metrics = QFontMetrics(font)
    wide = int(figures.width(words, font)) if words.isdigit() else metrics.horizontalAdvance(words)
    return wide + 1, metrics.height()


@lru_cache(maxsize=256)
def _pill(words: str, _look: tuple[str, int]) -> QSize:
    return pill_size(words, pill_font())


def look_key() -> tuple[str, int]:
    """What measures depend on besides the words."""
    look = theme.now()
    return look.name, look.scale


def _range(start: int, long: int, mark: str) -> QTextLayout.FormatRange:
    look, made = theme.now(), QTextCharFormat()
    made.setBackground(look.color({"hit": "warn_soft", "added": "main_soft", "removed": "bad_soft"}[mark]))
    made.setForeground(look.color({"hit": "warn", "added": "main", "removed": "bad"}[mark]))
    made.setFontWeight(QFont.Weight.DemiBold)
    made.setFontUnderline(mark == "added")
    made.setFontStrikeOut(mark == "removed")
    found = QTextLayout.FormatRange()
    found.start, found.length, found.format = start, long, made
    return found


@dataclass
class Drawn:
    """One row laid out at a width: what stands where. Lengths in pixels on the screen.

    Args:
        height: of the row; surface: token behind it, or empty; rule: whether a hairline closes it.
    """

    width: int
    height: int = 0
    surface: str = ""
    rule: str = ""
    said: list[tuple[QPointF, QTextLayout, str]] = field(default_factory=list)
    pills: list[tuple[QRect, str, str]] = field(default_factory=list)
    numbers: list[tuple[QRect, str, Face]] = field(default_factory=list)
    boxes: list[tuple[QRect, str, str]] = field(default_factory=list)

    def words(self, left: int, top: int, room: int, words: str, face: Face = PLAIN, marks: Marks = ()) -> int:
        """Words from ``left``, wrapped at ``room``; where they end below."""
        layout, high = _laid(words, max(room, theme.now().px(24)), face, marks, look_key())
        self.said.append((QPointF(left, top), layout, face.token))
        self.height = max(self.height, top + high)
        return top + high

    def pill(self, right: int, top: int, words: str, tone: str) -> int:
        """A pill that ends at ``right``, beside a line of words that begins at ``top``; where it begins."""
        size = _pill(words, look_key())
        middle = top + _size("", PLAIN, look_key())[1] // 2
        self.pills.append((QRect(right - size.width(), middle - size.height() // 2, size.width(), size.height()), words, tone))
        return right - size.width()

    def number(self, right: int, top: int, words: str, face: Face = PLAIN) -> int:
        """A figure, or a few words with one, that end at ``right``; where they begin."""
        wide, high = _size(words, face, look_key())
        self.numbers.append((QRect(right - wide, top, wide, high), words, face))
        self.height = max(self.height, top + high)
        return right - wide

    def paint(self, painter: QPainter, rect: QRect) -> None:
        """Paint it at the place of a row."""
        look = theme.now()
        painter.save()
        painter.translate(rect.topLeft())
        for box, fill, edge in self.boxes:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(look.color(fill))
            painter.setPen(QPen(look.color(edge), 1) if edge else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), look.px(6), look.px(6))
        for place, layout, token in self.said:
            painter.setPen(look.color(token))
            layout.draw(painter, place)
        for box, words, face in self.numbers:
            painter.setFont(face.font())
            painter.setPen(look.color(face.token))
            if words.isdigit():
                figures.draw(painter, box, words)
            else:
                painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), words)
        for box, words, tone in self.pills:
            paint_pill(painter, box, words, tone)
        painter.restore()


Lay = Callable[[Any, int], Drawn]


class RowDelegate(QStyledItemDelegate):
    """Paints rows as ``lay(row, width)`` lays them out; a row laid out once at a width is kept."""

    def __init__(self, view: QAbstractItemView, lay: Lay) -> None:
        super().__init__(view)
        self._view, self._lay = view, lay
        self._kept: dict[int, tuple[Any, Drawn]] = {}
        self._for: tuple[int, ...] | tuple[int, str, int] = ()

    def drawn(self, row: Any) -> Drawn:
        """The row laid out at the view's width."""
        now = (self._view.viewport().width(), *look_key())
        if now != self._for:
            self._for = now
            self._kept.clear()
        kept = self._kept.get(id(row))
        if kept is None or kept[0] is not row:
            kept = self._kept[id(row)] = (row, self._lay(row, now[0]))
        return kept[1]

    def forget(self) -> None:
        """Lay every row out anew."""
        self._kept.clear()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self.drawn(index.data(ROLE)).height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, rect, state = theme.now(), option.rect, option.state
        drawn = self.drawn(index.data(ROLE))
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if drawn.surface:
            painter.fillRect(rect, look.color(drawn.surface))
        elif chosen:
            painter.fillRect(rect, look.color("main_soft"))
        elif state & QStyle.StateFlag.State_MouseOver and index.flags() & Qt.ItemFlag.ItemIsSelectable:
            painter.fillRect(rect, look.color("hover"))
        if drawn.rule:
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.color(drawn.rule))
        if chosen:
            token = "info" if self._view.hasFocus() else "edge"
            painter.fillRect(rect.left(), rect.top(), look.px(3), rect.height(), look.color(token))
        drawn.paint(painter, rect)


class RowsModel(QAbstractListModel):
    """Rows fed at once; each has ``said`` (what it says in one line) and ``opens`` (whether it can be chosen)."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Any, ...] = ()

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rows(self) -> tuple[Any, ...]:
        """What is shown."""
        return self._rows

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.said
        return row if role == ROLE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or not self._rows[index.row()].opens:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class RowsView(QListView):
    """A list of painted rows of any height; Enter or a double click opens one."""

    opened = Signal(object)
    chosen = Signal(object)  # the row that became the current one

    def __init__(self, lay: Lay, name: str) -> None:
        super().__init__()
        self.rows = RowsModel()
        self.setModel(self.rows)
        self.delegate = RowDelegate(self, lay)
        self.setItemDelegate(self.delegate)
        dress(self, name)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.selectionModel().currentChanged.connect(self._tell)
        self.doubleClicked.connect(lambda index: self._open(index))

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows, from the top."""
        self.delegate.forget()
        self.rows.set_rows(rows)
        self.scrollToTop()

    def current(self) -> Any:
        """The current row, or None."""
        index = self.currentIndex()
        return index.data(ROLE) if index.isValid() else None

    def choose(self, place: int) -> None:
        """Make a row the current one and bring it into view."""
        self.setCurrentIndex(self.rows.index(place))

    def step(self, by: int) -> None:
        """Go to the next row (or the one before) that can be chosen."""
        place = (self.currentIndex().row() if self.currentIndex().isValid() else -1 if by > 0 else len(self.rows.rows())) + by
        while 0 <= place < len(self.rows.rows()):
            if self.rows.rows()[place].opens:
                self.choose(place)
                return
            place += by

    def _tell(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.data(ROLE))

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEnabled:
            self.opened.emit(index.data(ROLE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.scheduleDelayedItemsLayout()


def dress(view: QAbstractItemView, name: str) -> None:
    """What every list of painted rows has in common."""
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # a width that comes and goes would lay all out again
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setMouseTracking(True)
    view.setAccessibleName(name)
    view.verticalScrollBar().setSingleStep(theme.now().px(20))


def frameless(view: QAbstractItemView) -> None:
    """Take the view's own frame away: it stands on a card, under a hairline; the bar of its current row shows the focus."""
    view.setStyleSheet("QAbstractItemView, QAbstractItemView:focus { border: none; border-radius: 0; background: transparent; }")
