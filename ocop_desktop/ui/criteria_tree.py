"""One set to read: parts, groups, criteria, options as a tree that is painted, not built of widgets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QTreeView

from ocop_desktop.rules.criteria import CriteriaSet, Criterion, Option, Words
from ocop_desktop.text import _, language
from ocop_desktop.ui import icons, theme
from ocop_desktop.ui.criteria_library import set_facts, set_title
from ocop_desktop.ui.criteria_paint import BOLD, PLAIN, QUIET, ROLE, SMALL, Drawn, Face, Index, RowDelegate, dress, look_key
from ocop_desktop.ui.painted import pill_font, pill_size

TITLE = Face(points=theme.STRONG, bold=True)
GROUP = Face(bold=True, token="quiet")
BAD, WARN = Face(points=theme.SMALL, token="bad"), Face(points=theme.SMALL, token="warn")
LEFT, CODE, RIGHT, POINTS = 32, 46, 16, 52  # before the code, of the code, after the points, from the right edge to the marks
CHEVRON = 30


@dataclass(eq=False)
class Node:
    """One row of the reading.

    Args:
        kind: about, excluded, part, group, criterion, case, option.
        key: part, group or criterion code; with "/choice" for an option.
        notes: further lines with their letters.
    """

    kind: str
    key: str
    code: str
    name: str
    points: int | None = None
    star: int | None = None
    notes: tuple[tuple[str, Face], ...] = ()
    parent: Node | None = None
    row: int = 0
    children: list[Node] = field(default_factory=list)

    @property
    def said(self) -> str:
        """What it says in one line."""
        star = _("{count} sao", count=self.star) if self.star else ""
        points = _("{count} điểm", count=self.points) if self.points is not None else ""
        return " · ".join(w for w in (f"{self.code} {self.name}".strip(), *(n for n, _face in self.notes), star, points) if w)


def nodes_of(found: CriteriaSet, parts: Mapping[str, Words]) -> list[Node]:
    """The top rows of a set, with all that stands under them."""
    said = language()
    top = [Node("about", "about", "", set_title(found), notes=((set_facts(found), QUIET),))]
    if found.exclusions:
        lines = tuple((f"–  {x.said(said)}", PLAIN) for x in found.exclusions)
        top.append(Node("excluded", "excluded", "", _("Hồ sơ bị loại khi"), notes=lines, row=1))
    groups = {(g.part, g.code): g for g in found.groups}
    part: Node | None = None
    nested: dict[str, Node] = {}
    for criterion in found.criteria:
        if part is None or criterion.part != part.code:
            name = parts[criterion.part].said(said) if criterion.part in parts else ""
            part = Node("part", criterion.part, criterion.part, name, found.part_max[criterion.part], row=len(top))
            top.append(part)
            nested = {}
        parent = part
        for code in _steps(criterion.group):
            if (part.code, code) in groups and code not in nested:
                one = groups[part.code, code]
                nested[code] = _under(parent, Node("group", f"{part.code} {code}", code, one.name.said(said), one.max))
            parent = nested.get(code, parent)
        _add_criterion(parent, criterion)
    return top


def _steps(group: str) -> list[str]:
    """ "6.1" -> "6", "6.1". """
    steps = group.split(".") if group else []
    return [".".join(steps[: n + 1]) for n in range(len(steps))]


def _under(parent: Node, node: Node) -> Node:
    node.parent, node.row = parent, len(parent.children)
    parent.children.append(node)
    return node


def _add_criterion(parent: Node, c: Criterion) -> None:
    said, case = language(), ""
    node = _under(parent, Node("criterion", c.code, c.code, c.name.said(said), c.max, notes=tuple(_notes(c))))
    names = dict(c.cases)
    for option in c.options:
        if option.case != case:
            case = option.case
            _under(node, Node("case", f"{c.code}/{case}", "", names[case].said(said)))
        _under(node, _option_node(c, option))


def _option_node(c: Criterion, o: Option) -> Node:
    return Node("option", f"{c.code}/{o.choice}", o.choice, o.label.said(language()), o.points, o.star)


def _notes(c: Criterion) -> Iterator[tuple[str, Face]]:
    said = language()
    if c.hint:
        yield c.hint.said(said), SMALL
    if c.yes_no:
        yield _("Câu hỏi có hoặc không"), SMALL
    if c.story:
        yield _("Chỉ tính khi tiêu chí {code} trên 0 điểm", code=c.story), SMALL
    if c.exclusion:
        yield _("Trường hợp bị loại: {reason}", reason=c.exclusion.said(said)), BAD
    if c.zero_excludes:
        yield _("0 điểm ở đây thì dừng đánh giá"), BAD
    if c.doubtful:
        yield _("Số liệu cần xem lại: {reason}", reason=c.doubt.said(language())), WARN


class SetModel(QAbstractItemModel):
    """The tree of one set."""

    def __init__(self) -> None:
        super().__init__()
        self._top: list[Node] = []
        self._all: list[Node] = []
        self._place: dict[int, int] = {}
        self._keys: dict[str, Node] = {}

    def set_nodes(self, top: list[Node]) -> None:
        """Show another set."""
        self.beginResetModel()
        self._top = top
        self._all = list(_walk(top))
        self._place = {id(node): place for place, node in enumerate(self._all)}
        self._keys = {node.key: node for node in self._all}
        self.endResetModel()

    def nodes(self) -> tuple[Node, ...]:
        """Every row, in the order of reading."""
        return tuple(self._all)

    def at(self, key: str) -> QModelIndex:
        """The row of a criterion ("1.5") or option ("1.5/2"); an invalid index where there is none."""
        node = self._keys.get(key)
        return self._index(node) if node else QModelIndex()

    def node(self, index: Index) -> Node:
        """The row behind an index."""
        return self._all[index.internalId()]

    def _index(self, node: Node) -> QModelIndex:
        return self.createIndex(node.row, 0, self._place[id(node)])

    def index(self, row: int, column: int, parent: Index | None = None) -> QModelIndex:
        rows = self.node(parent).children if parent is not None and parent.isValid() else self._top
        return self._index(rows[row]) if 0 <= row < len(rows) and column == 0 else QModelIndex()

    def parent(self, index: Index | None = None) -> Any:
        if index is None:
            return super().parent()
        above = self.node(index).parent if index.isValid() else None
        return self._index(above) if above else QModelIndex()

    def rowCount(self, parent: Index | None = None) -> int:
        if parent is None or not parent.isValid():
            return len(self._top)
        return len(self.node(parent).children) if parent.column() == 0 else 0

    def columnCount(self, _parent: Index | None = None) -> int:
        return 1

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        node = self.node(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return node.said
        return node if role == ROLE else None


def _walk(nodes: list[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _walk(node.children)


def lay_node(node: Node, width: int) -> Drawn:
    """Lay out one row."""
    px = theme.now().px
    drawn = Drawn(width)
    if node.kind in ("about", "excluded"):
        return _lay_excluded(drawn, node) if node.kind == "excluded" else _lay_about(drawn, node)
    above, below = {"part": (16, 8), "group": (10, 6), "criterion": (9, 4), "case": (6, 3), "option": (4, 5)}[node.kind]
    face = {"part": TITLE, "group": GROUP, "criterion": BOLD, "case": QUIET, "option": PLAIN}[node.kind]
    top, left, right = px(above), px(LEFT), width - px(RIGHT)
    if node.kind in ("option", "case"):
        left += px(CODE)
    if node.points is not None:
        end = drawn.number(right, top, _points_words(node), QUIET if node.kind in ("criterion", "group") else face)
        right = min(end, width - px(POINTS)) - px(8)
    if node.star:
        words = _("{count} sao", count=node.star)
        drawn.pill(width - px(POINTS), top, words, "gold")
        right = width - px(POINTS) - _star_width(words, look_key()) - px(12)
    if node.code:
        drawn.words(left, top, px(CODE) + px(20), node.code, SMALL if node.kind == "option" else face)
        left += px(28 if node.kind in ("option", "part") else CODE)
    bottom = drawn.words(left, top, right - left, node.name, face)
    for words, letters in node.notes:
        bottom = drawn.words(left, bottom, right - left, words, letters)
    drawn.height = bottom + px(below)
    drawn.rule = {"part": "edge", "group": "line", "option": "", "case": "", "criterion": ""}[node.kind]
    return drawn


def _points_words(node: Node) -> str:
    if node.kind == "option":
        return str(node.points)
    return _("tối đa {points}", points=node.points) if node.kind == "criterion" else _("{count} điểm", count=node.points)


@lru_cache(maxsize=16)
def _star_width(words: str, _look: tuple[str, int]) -> int:
    return pill_size(words, pill_font()).width()


def _lay_about(drawn: Drawn, node: Node) -> Drawn:
    px = theme.now().px
    bottom = drawn.words(px(16), px(12), drawn.width - px(32), node.name, TITLE)
    for words, letters in node.notes:
        bottom = drawn.words(px(16), bottom + px(2), drawn.width - px(32), words, letters)
    drawn.height = bottom + px(4)
    drawn.surface = "paper"
    return drawn


def _lay_excluded(drawn: Drawn, node: Node) -> Drawn:
    px = theme.now().px
    left, room = px(32), drawn.width - px(64)
    bottom = drawn.words(left, px(20), room, node.name, Face(bold=True, token="bad"))
    for words, letters in node.notes:
        bottom = drawn.words(left, bottom + px(2), room, words, letters)
    drawn.boxes.append((QRect(px(16), px(12), drawn.width - px(32), bottom - px(2)), "bad_soft", "bad"))
    drawn.height = bottom + px(12)
    drawn.surface = "paper"  # the box is coloured already
    return drawn


class _TreeDelegate(RowDelegate):
    """As every row, with a chevron where something stands below."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if not option.state & QStyle.StateFlag.State_Children:
            return
        look, node = theme.now(), index.data(ROLE)
        side = look.px(16)
        line = {"part": 16, "group": 10}.get(node.kind, 9)
        name = "chevron-down" if option.state & QStyle.StateFlag.State_Open else "chevron-right"
        top = option.rect.top() + look.px(line) + (painter.fontMetrics().height() - side) // 2
        painter.drawPixmap(QPoint(option.rect.left() + look.px(10), top), icons.pixmap(name, "quiet", 16))


class SetTree(QTreeView):
    """The reading of one set: arrows go through it, Left and Right and Enter close and open, a click on a chevron too."""

    def __init__(self) -> None:
        super().__init__()
        self.set_model = SetModel()
        self.setModel(self.set_model)
        self.delegate = _TreeDelegate(self, lay_node)
        self.setItemDelegate(self.delegate)
        dress(self, _("Tiêu chí và các mức"))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(False)
        self.setAnimated(False)
        self._brief = False
        self.shown: CriteriaSet | None = None

    def show_set(self, found: CriteriaSet, parts: Mapping[str, Words]) -> None:
        """Show a set from its beginning, its options open unless only names are wanted."""
        self.shown = found
        self.delegate.forget()
        self.set_model.set_nodes(nodes_of(found, parts))
        self._open_all()
        self.scrollToTop()
        self.setCurrentIndex(self.set_model.index(0, 0))

    def here(self) -> str:
        """Code of the criterion the current row belongs to, or empty."""
        index = self.currentIndex()
        node: Node | None = self.set_model.node(index) if index.isValid() else None
        while node is not None and node.kind != "criterion":
            node = node.parent
        return node.code if node else ""

    def set_brief(self, brief: bool) -> None:
        """Show the names of criteria only, or their options too."""
        if brief != self._brief:
            self._brief = brief
            current = self.currentIndex()
            self._open_all()
            if current.isValid():
                self.scrollTo(current)

    def _open_all(self) -> None:
        if not self._brief:
            self.expandAll()
            return
        self.collapseAll()
        for node in self.set_model.nodes():
            if node.kind in ("part", "group"):
                self.setExpanded(self.set_model.at(node.key), True)

    def go_to(self, code: str, choice: str = "") -> bool:
        """Bring a criterion, or an option of it, into view and mark it; whether it is there."""
        index = self.set_model.at(f"{code}/{choice}" if choice else code)
        if not index.isValid():
            return False
        self.setExpanded(self.set_model.at(code), True)
        self.setCurrentIndex(index)
        self.scrollTo(self.set_model.at(code), QTreeView.ScrollHint.PositionAtCenter)
        self.scrollTo(index, QTreeView.ScrollHint.EnsureVisible)
        return True

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.position().x() < theme.now().px(CHEVRON) and self.set_model.hasChildren(index):
            self.setExpanded(index, not self.isExpanded(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.setExpanded(index, not self.isExpanded(index))
        elif event.key() == Qt.Key.Key_Slash:
            event.ignore()  # the screen's search; a tree would look for a row that begins with it
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
