"""Ballots side by side: one column per agency, the criteria that differ most first, those apart marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Slot
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QTableView

from ocop_desktop import text
from ocop_desktop.text import _
from ocop_desktop.ui import figures, theme
from ocop_desktop.ui.agency_head import AgencyHeader
from ocop_desktop.ui.cells import CellDelegate, ToneRole
from ocop_desktop.ui.parts import tip
from ocop_desktop.ui.widgets import Card, LinkLabel, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.result_view import Line, ResultView

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
NAME, FIRST = 0, 1
NAME_LEAST, SLIM = 150, 30  # pixels at 100 % of the names, and of a member's column under an upright head
SHOWN_FROM = 2  # points apart; smaller differences are folded away


class BallotsModel(QAbstractTableModel):
    """The total first, then one row per criterion."""

    def __init__(self) -> None:
        super().__init__()
        self.view: ResultView | None = None
        self.lines: tuple[Line, ...] = ()

    def set_view(self, view: ResultView, lines: tuple[Line, ...]) -> None:
        """Show these criteria of a result."""
        self.beginResetModel()
        self.view, self.lines = view, lines
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() or self.view is None or self.view.outcome is None else 1 + len(self.lines)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() or self.view is None else FIRST + len(self.view.votes)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.view is None or orientation != Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        vote = self.view.votes[section - FIRST] if section >= FIRST else None
        if role == Qt.ItemDataRole.DisplayRole:
            return vote.short if vote else _("Khác nhau nhiều nhất trước") if section == NAME else ""
        if role == Qt.ItemDataRole.ToolTipRole and vote:
            return tip(f"{vote.label}\n{vote.name}")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return (Qt.AlignmentFlag.AlignRight if vote else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self.view is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if index.column() >= FIRST else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        place = index.column() - FIRST
        if index.row() == 0:
            return self._total(place, index.column(), role)
        line = self.lines[index.row() - 1]
        if role == ToneRole:
            return "warn" if place >= 0 and line.odd[place] else None
        if role == Qt.ItemDataRole.ToolTipRole and place >= 0:
            return self._choice(line, place)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if place >= 0:
            return str(line.points[place])
        return f"{line.code}  {line.name.said(text.language())}"

    def _total(self, place: int, column: int, role: int) -> Any:
        if self.view is None or self.view.outcome is None:
            return None
        if place < 0:
            return _("Tổng điểm") if column == NAME and role == Qt.ItemDataRole.DisplayRole else None
        vote = self.view.votes[place]
        if role == Qt.ItemDataRole.DisplayRole:
            return str(self.view.outcome.totals[vote.label])
        if role == Qt.ItemDataRole.ToolTipRole and vote.earlier:
            return tip(_("Lần chấm trước: {totals}. Lý do chấm lại: {reason}", totals=", ".join(map(str, vote.earlier)),
                         reason=vote.reopened_why))
        return None

    def _choice(self, line: Line, place: int) -> str:
        choice = line.choices[place]
        return _("không đạt mức nào") if choice == "0" else _("mức {choice}", choice=choice)


class _Cell(CellDelegate):
    """Points as figures; the total bold, the criterion's name on as many lines as it needs."""

    def paint_inside(self, painter: QPainter, rect: QRect, index: Index, chosen: bool = False) -> None:
        bold = index.row() == 0
        painter.setFont(theme.font(weight=QFont.Weight.DemiBold if bold else QFont.Weight.Normal))
        if index.column() == NAME:
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, index.data() or "")
            return
        figures.draw(painter, rect, index.data() or "", Qt.AlignmentFlag.AlignRight)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        look = theme.now()
        if index.column() != NAME:
            return QSize(look.px(40), look.px(theme.ROW))
        view = option.widget
        wide = (view.columnWidth(NAME) if isinstance(view, QTableView) else look.px(140)) - look.px(20)
        bounds = QFontMetrics(theme.font()).boundingRect(0, 0, wide, 1000, int(Qt.TextFlag.TextWordWrap), index.data() or "")
        return QSize(wide, max(look.px(theme.ROW), bounds.height() + look.px(14)))


class BallotsView(QTableView):
    """The table of ballots; it scrolls sideways when a council is large."""

    def __init__(self) -> None:
        super().__init__()
        self.ballots = BallotsModel()
        self._delegate = _Cell(self)
        self.head = AgencyHeader(self, FIRST)
        self.setHorizontalHeader(self.head)
        self.setModel(self.ballots)
        self.setItemDelegate(self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setStyleSheet("QTableView { border: none; }")
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.ballots.modelReset.connect(self._dress)

    @Slot()
    def _dress(self) -> None:
        look, columns = theme.now(), self.ballots.columnCount()
        if not columns:
            return
        room = self.viewport().width()
        wide = self.head.fit(room - look.px(NAME_LEAST))
        spare = 0 if self.head.upright else max(room - sum(wide) - look.px(220), 0) // max(len(wide), 1)
        for place, least in enumerate(wide, FIRST):
            self.setColumnWidth(place, max(least, look.px(SLIM)) + min(spare, look.px(16)))
        self.setColumnWidth(NAME, max(look.px(124), room - sum(self.columnWidth(p) for p in range(FIRST, columns))))
        self.head.updateGeometry()
        self.updateGeometries()
        self.resizeRowsToContents()
        high = self.head.sizeHint().height() + self.verticalHeader().length() + 2  # the page scrolls, not the table in it
        if self.horizontalScrollBar().maximum() > 0:
            high += self.horizontalScrollBar().sizeHint().height()
        if high != self.height():
            self.setFixedHeight(high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange) and hasattr(self, "_delegate"):
            self._dress()


class BallotsCard(Card):
    """The table with the line that says how much is folded away."""

    def __init__(self) -> None:
        super().__init__(flush=True)
        self.table = BallotsView()
        self.rest = label("", "quiet", wrap=True)
        self.more = LinkLabel("", self._turn)
        self._view: ResultView | None = None
        self._all = False
        self.body.addWidget(self.table)
        foot = row(self.rest, self.more, space=6)
        foot.setStretch(0, 1)
        foot.setContentsMargins(*(theme.now().px(n) for n in (14, 8, 14, 8)))
        self.body.addLayout(foot)

    def set_view(self, view: ResultView) -> None:
        """Show a result's ballots, the differing criteria only until all are asked for."""
        if self._view is None or view.item_id != self._view.item_id:
            self._all = False
        self._view = view
        differing = tuple(x for x in view.lines if x.split or x.range >= SHOWN_FROM)
        rest = len(view.lines) - len(differing)
        said = _("{count} tiêu chí còn lại giống nhau hoặc lệch không quá 1 điểm.", count=rest) if differing else _(
            "Cả {count} tiêu chí giống nhau hoặc lệch không quá 1 điểm.", count=rest)
        self.table.ballots.set_view(view, view.lines if self._all else differing)
        self.rest.setText("" if self._all else said)
        self.more.setText(_("Chỉ hiện chỗ khác nhau") if self._all else _("Hiện tất cả"))
        self.more.setVisible(bool(rest))

    def show_criterion(self, code: str) -> QRect | None:
        """Choose a criterion's row, unfolded where it is folded away; where it stands in this card."""
        known = [line.code for line in self._view.lines] if self._view is not None else []
        if code not in known:
            return None
        if code not in {line.code for line in self.table.ballots.lines}:
            self._turn()
        row = 1 + next(n for n, line in enumerate(self.table.ballots.lines) if line.code == code)
        self.table.setCurrentIndex(self.table.ballots.index(row, NAME))
        self.table.setFocus()
        top = self.table.mapTo(self, QPoint(0, self.table.horizontalHeader().height() + self.table.rowViewportPosition(row)))
        return QRect(top, QSize(self.table.columnWidth(NAME), self.table.rowHeight(row)))

    def _turn(self) -> None:
        self._all = not self._all
        if self._view is not None:
            self.set_view(self._view)
