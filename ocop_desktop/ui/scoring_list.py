"""The criteria of a ballot as a list: parts with their totals, criteria with their points, last the opinion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ocop_desktop.text import _, language
from ocop_desktop.ui import figures, icons, theme
from ocop_desktop.ui.elided_box import ElidedBox
from ocop_desktop.ui.painted import paint_pill, paint_stars, pill_font, pill_size
from ocop_desktop.ui.scoring_state import BallotState

Index = QModelIndex | QPersistentModelIndex
ROLE = int(Qt.ItemDataRole.UserRole)
ROW_HIGH, PART_HIGH = 29, 36
BESIDE = 62  # pixels at 100 % of a row beside code and name: margins, points, a scroll bar
OPINION = "opinion"  # code of the last row
OPEN = "·"  # no answer yet
LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


@dataclass(frozen=True)
class Line:
    """One row: kind part, criterion or opinion."""

    kind: str
    code: str
    name: str
    right: str = ""
    tag: str = ""
    quiet: bool = False
    tone: str = ""


class CriteriaModel(QAbstractListModel):
    """Rows of a ballot; fed with its state."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []
        self._rows: dict[str, int] = {}
        self.longest = ""  # the longest code: names stand in one column after it

    def set_state(self, state: BallotState | None) -> None:
        """Show another ballot."""
        self.beginResetModel()
        self._lines = list(_lines(state)) if state else []
        self._rows = {line.code: row for row, line in enumerate(self._lines)}
        self.longest = max((line.code for line in self._lines if line.kind == "criterion"), key=len, default="")
        self.endResetModel()

    def update_state(self, state: BallotState) -> None:
        """Show what changed in the same ballot."""
        for row, line in enumerate(_lines(state)):
            if line != self._lines[row]:
                self._lines[row] = line
                self.dataChanged.emit(self.index(row), self.index(row))

    def row_of(self, code: str) -> int:
        """The row of a criterion (or of ``OPINION``)."""
        return self._rows[code]

    def line(self, index: Index) -> Line:
        """The row behind an index."""
        return self._lines[index.row()]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{line.code} {line.name}" if line.kind == "criterion" else line.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            code = line.code if line.kind == "criterion" else ""
            return " ".join(words for words in (code, line.name, line.right, line.tag) if words)
        return line if role == ROLE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self._lines[index.row()].kind == "part":
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def _lines(state: BallotState) -> list[Line]:
    said, found, part = language(), [], ""
    for criterion in state.rules.criteria:
        if criterion.part != part:
            part = criterion.part
            points = f"{state.so_far.parts[part]} / {state.rules.part_max[part]}"
            found.append(Line("part", f"part {part}", f"{part} · {state.view.book.parts[part].said(said)}", points))
        answer, missed = state.points(criterion.code), state.so_far.missed.get(criterion.code)
        copied = criterion.code in state.copied
        tag = _("chép") if copied else _("{count} sao", count=missed) if missed else ""
        found.append(Line("criterion", criterion.code, criterion.name.said(said), OPEN if answer is None else str(answer),
                          tag, criterion.code in state.blocked, "info" if copied else ""))
    if not state.has_opinion:
        return found
    if state.exclusion:
        found.append(Line(OPINION, OPINION, _("Ý kiến và đề nghị"), "", _("đề nghị loại"), tone="bad"))
    else:
        found.append(Line(OPINION, OPINION, _("Ý kiến và đề nghị"), "✓" if state.opinion else ""))
    return found


class _Delegate(QStyledItemDelegate):
    """Paints a row: code, name, tag, points."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line, look, model = index.data(ROLE), theme.now(), index.model()
        if line.kind in ("part", OPINION):
            return QSize(0, look.px(PART_HIGH))
        assert isinstance(model, CriteriaModel)
        room = option.widget.width() - look.px(BESIDE) - _left(model.longest)  # a scroll bar may come, and the row may turn bold
        lines = 2 if _wide(line.name, theme.font(10, QFont.Weight.DemiBold).toString()) > room else 1
        return QSize(0, look.px(ROW_HIGH) + (lines - 1) * QFontMetrics(theme.font(10)).lineSpacing())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = index.data(ROLE)
        look, rect, state = theme.now(), option.rect, option.state
        current = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if current:
            painter.fillRect(rect, look.color("main_soft"))
            painter.fillRect(QRect(rect.topLeft(), QSize(look.px(3), rect.height())), look.color("main"))
        elif state & QStyle.StateFlag.State_MouseOver and line.kind != "part":
            painter.fillRect(rect, look.color("hover"))
        inner = rect.adjusted(look.px(12), 0, -look.px(12), 0)
        if line.kind == "part":
            self._part(painter, inner, line)
        else:
            model = index.model()
            assert isinstance(model, CriteriaModel)
            self._criterion(painter, inner, line, current, model.longest)
        painter.restore()

    def _part(self, painter: QPainter, rect: QRect, line: Line) -> None:
        look = theme.now()
        painter.setFont(theme.font(theme.SMALL, QFont.Weight.DemiBold))
        painter.setPen(look.color("quiet"))
        rect = rect.adjusted(0, look.px(4), 0, 0)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), line.right)
        _words(painter, rect.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(line.right) - look.px(8), 0), line.name)

    def _criterion(self, painter: QPainter, rect: QRect, line: Line, current: bool, longest: str) -> None:
        look = theme.now()
        weight = QFont.Weight.DemiBold if current else QFont.Weight.Normal
        words_font = theme.font(10, weight)
        painter.setFont(words_font)
        painter.setPen(look.color("quiet" if line.quiet else "ink"))
        if line.right == "✓":
            side = look.px(16)
            painter.drawPixmap(QPoint(rect.right() - side + 1, rect.center().y() - side // 2), icons.pixmap("check", "main", 16))
        elif line.right == OPEN:
            _dot(painter, rect)
        else:
            figures.draw(painter, rect, line.right)
        left = rect.left()
        if line.kind == "criterion":
            painter.setPen(look.color("ink" if current else "quiet"))
            _words(painter, rect, line.code)
            left += _left(longest)
        right = rect.right() - look.px(22)
        cramped = line.kind == OPINION and rect.width() < look.px(160)
        if line.tag and not cramped:
            room = QRect(left, rect.top(), right - left, rect.height())
            beside = room.width() - pill_size(line.tag, pill_font()).width() - look.px(6)
            if not line.tone and not _fits(line.name, beside, rect.height(), words_font):
                room.setLeft(room.right() - look.px(12))  # the star alone: the name goes first
            right = _tag(painter, room, line) - look.px(6)
        painter.setFont(words_font)
        painter.setPen(look.color("quiet" if line.quiet else "bad" if cramped and line.tag else "ink"))
        if right - left > look.px(60) or line.kind == OPINION:
            _lines_of(painter, QRect(left, rect.top(), right - left, rect.height()), line.name)


def _tag(painter: QPainter, rect: QRect, line: Line) -> int:
    """Paint the tag at the right of ``rect``, as a star alone where there is no room for it; its left end."""
    look, size = theme.now(), pill_size(line.tag, pill_font())
    if size.width() > rect.width():
        side = look.px(12)
        paint_stars(painter, rect.right() - side, rect.center().y() + 1, 1, side)
        return rect.right() - side
    place = QRect(rect.right() - size.width(), rect.top(), size.width(), rect.height())
    paint_pill(painter, place, line.tag, line.tone or "gold")
    return rect.right() - size.width()


def _dot(painter: QPainter, rect: QRect) -> None:
    look = theme.now()
    side = look.px(4)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("edge"))
    painter.drawEllipse(QRect(rect.right() - look.px(5), rect.center().y() - side // 2, side, side))


def _words(painter: QPainter, rect: QRect, words: str) -> None:
    font = painter.font()
    shown = _elided(words, rect.width(), font.pointSizeF(), font.bold())
    painter.drawText(rect, LEFT, shown)


def _left(longest: str) -> int:
    """Pixels the codes take: names stand in one column after them."""
    look = theme.now()
    return max(look.px(35), QFontMetrics(theme.font(10, QFont.Weight.DemiBold)).horizontalAdvance(longest) + look.px(8))


@lru_cache(maxsize=2048)
def _wide(words: str, font: str) -> int:
    made = QFont()
    made.fromString(font)
    return QFontMetrics(made).horizontalAdvance(words)


def _fits(words: str, width: int, height: int, font: QFont) -> bool:
    """Whether a name stands whole on the one or two lines of a row."""
    first, rest = _broken(words, width, font.toString())
    two = height >= 2 * QFontMetrics(font).lineSpacing()
    return max(_wide(first, font.toString()), _wide(rest, font.toString())) <= width and (two or not rest)


def _lines_of(painter: QPainter, rect: QRect, words: str) -> None:
    """A name on the one or two lines its row has; … only where even two are not enough."""
    metrics = painter.fontMetrics()
    first, rest = _broken(words, rect.width(), painter.font().toString())
    if not rest or rect.height() < 2 * metrics.lineSpacing():
        _words(painter, rect, words)
        return
    high = metrics.lineSpacing()
    top = rect.center().y() + 1 - high
    _words(painter, QRect(rect.left(), top, rect.width(), high), first)
    _words(painter, QRect(rect.left(), top + high, rect.width(), high), rest)


@lru_cache(maxsize=2048)
def _broken(words: str, width: int, font: str) -> tuple[str, str]:
    """The words that fit on a first line, and the rest; at least one word stands on the first."""
    parts = words.split()
    count = next((n for n in range(len(parts), 1, -1) if _wide(" ".join(parts[:n]), font) <= width), 1)
    return " ".join(parts[:count]), " ".join(parts[count:])


@lru_cache(maxsize=2048)
def _elided(words: str, width: int, points: float, bold: bool) -> str:
    font = theme.font(weight=QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    font.setPointSizeF(points)
    return QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, width)


class CriteriaList(QListView):
    """The list of criteria; the current one stays in view."""

    jumped = Signal(str)  # code: the member pressed a row

    def __init__(self) -> None:
        super().__init__()
        self.criteria = CriteriaModel()
        self.setModel(self.criteria)
        self.setItemDelegate(_Delegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)  # names break anew where the list's width changes
        self.setMouseTracking(True)
        self.setAccessibleName(_("Các tiêu chí"))
        self.clicked.connect(self._press)

    def set_current(self, code: str) -> None:
        """Mark a row and bring it, and a few rows around it, into view."""
        row = self.criteria.row_of(code)
        index = self.criteria.index(row)
        self.setCurrentIndex(index)
        for near in (min(row + 2, self.criteria.rowCount() - 1), max(row - 2, 0), row):
            self.scrollTo(self.criteria.index(near), QAbstractItemView.ScrollHint.EnsureVisible)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.EnsureVisible)

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Paint the rows that changed; heights never do, so the list need not be laid out anew (which Qt would do)."""
        for row in range(first.row(), last.row() + 1):
            self.update(self.criteria.index(row))

    def _press(self, index: QModelIndex) -> None:
        self.jumped.emit(self.criteria.line(index).code)


class CriterionBox(ElidedBox):
    """The same criteria as one line that opens, where there is no room for the list."""

    jumped = Signal(str)  # code: the member chose it

    def __init__(self, criteria: CriteriaModel) -> None:
        super().__init__()
        self.setModel(criteria)
        self.setItemDelegate(_Delegate(self))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(_("Các tiêu chí"))
        self.activated.connect(lambda row: self.jumped.emit(criteria.line(criteria.index(row)).code))
