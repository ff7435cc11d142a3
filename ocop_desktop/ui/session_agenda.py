"""Dossiers to choose for an agenda: search, round, ticks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPointF, QRect, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from ocop_desktop.text import N_, _
from ocop_desktop.ui import states, theme
from ocop_desktop.ui.cells import CellDelegate, Index, RowRole, ValueRole
from ocop_desktop.ui.fields import TYPING_PAUSE
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.table import Column, FedTable
from ocop_desktop.ui.table_view import TableView
from ocop_desktop.ui.widgets import EmptyState, button, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.sessions import Candidate
    from ocop_desktop.ui.work import Work


@dataclass(frozen=True)
class Pick:
    """A dossier with its tick."""

    candidate: Candidate
    chosen: bool
    product: tuple[str, str]
    set_no: int | None
    state: tuple[str, str]


class TickDelegate(CellDelegate):
    """A tick box."""

    def paint_inside(self, painter: QPainter, rect: QRect, index: Index, chosen: bool = False) -> None:
        look, on = theme.now(), index.data(ValueRole)
        if index.data(RowRole).candidate.blocked:
            return
        side = look.px(16)
        box = QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("main" if on else "edge"), 1))
        painter.setBrush(look.color("main" if on else "paper"))
        painter.drawRoundedRect(box, look.px(4), look.px(4))
        if on:
            painter.setPen(QPen(look.color("on_main"), 2))
            painter.drawPolyline([box.topLeft() + QPointF(x, y) * side for x, y in ((0.22, 0.52), (0.42, 0.72), (0.78, 0.3))])
        painter.restore()


class AgendaTable(TableView):
    """Rows are ticked by a press or the space bar."""

    toggled = Signal(object)  # Candidate

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current() is not None:
            self.toggled.emit(self.current().candidate)
            return
        super().keyPressEvent(event)


class AgendaPicker(QWidget):
    """Dossiers that may be chosen; what is ticked stays ticked while searching."""

    edited = Signal()

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._candidates: Sequence[Candidate] = ()
        self.ticked: dict[int, Candidate] = {}
        self._wanted: tuple[int, ...] = ()
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Tìm sản phẩm, chủ thể, xã, mã"))
        self.search.setAccessibleName(_("Tìm hồ sơ"))
        self.search.setClearButtonEnabled(True)
        self.round, self.set_no = QComboBox(), QComboBox()
        self.all = button(_("Chọn mọi hồ sơ đủ"), self._tick_all, small=True)
        self.none = button(_("Bỏ chọn"), self._tick_none, "quiet", small=True)
        self.count = label("", "bold")
        columns = (Column("chosen", "", 40, look=TickDelegate(self), sortable=False),
                   Column("product", N_("Sản phẩm, chủ thể"), 200, look="two", stretch=True),
                   Column("set_no", N_("Bộ"), 44, "right"), Column("state", N_("Hồ sơ"), 148, look="pill"))
        self.model = FedTable(columns)
        self.table = AgendaTable(self.model, row_height=52)
        self.table.set_empty(EmptyState("dossier", _("Không có hồ sơ nào chờ đánh giá"),
                                        hint=_("Hồ sơ đủ hoặc đang hoàn thiện, chưa ở phiên nào, sẽ hiện ở đây.")))
        self.table.toggled.connect(self._toggle)
        self.table.clicked.connect(self._press)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self.refresh)
        self.search.textEdited.connect(lambda: self._pause.start(TYPING_PAUSE))
        for combo, name in ((self.round, _("Mọi đợt")), (self.set_no, _("Mọi bộ"))):
            combo.setAccessibleName(name)
            combo.addItem(name, None)
            combo.activated.connect(self.refresh)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.now().px(8))
        head = row(space=8)
        head.addWidget(self.search, 1)
        head.addWidget(self.round)
        head.addWidget(self.set_no)
        inside.addLayout(head)
        inside.addWidget(self.table, 1)
        inside.addLayout(Flow(self.count, self.none, self.all))

    def clear(self) -> None:
        """Untick everything and forget the search."""
        self.ticked.clear()
        self.search.clear()
        self.round.setCurrentIndex(0)
        self.set_no.setCurrentIndex(0)
        self._show_picks()

    def choose(self, dossier_ids: Sequence[int]) -> None:
        """Read the dossiers and tick these, in their order."""
        self._wanted = tuple(dossier_ids)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read the dossiers that fit the search."""
        words, round, set_no = self.search.text(), self.round.currentData() or "", self.set_no.currentData()
        self._work.read(self, lambda session: _candidates(session, words, round, set_no), self._show, key="candidates")

    def _show(self, found: Sequence[Candidate]) -> None:
        self._candidates = found
        if not self.search.text() and self.round.currentData() is None and self.set_no.currentData() is None:
            _offer(self.round, sorted({(c.round, c.round) for c in found if c.round}))
            _offer(self.set_no, [(n, _("Bộ {number}", number=n)) for n in sorted({c.set_no for c in found if c.set_no})])
            known = {c.dossier_id: c for c in found if not c.blocked or c.dossier_id in self.ticked}
            self.ticked = {id: known[id] for id in (*self.ticked, *self._wanted) if id in known}
            self._wanted = ()
        self._show_picks()

    def _show_picks(self) -> None:
        self.model.set_rows([_pick(c, c.dossier_id in self.ticked) for c in self._candidates])
        self.count.setText(_("Đã chọn {count} hồ sơ", count=len(self.ticked)))
        self.edited.emit()

    @Slot(QModelIndex)
    def _press(self, index: QModelIndex) -> None:
        self._toggle(self.model.row_at(index.row()).candidate)

    @Slot(object)
    def _toggle(self, candidate: Candidate) -> None:
        if candidate.blocked:
            return
        if self.ticked.pop(candidate.dossier_id, None) is None:
            self.ticked[candidate.dossier_id] = candidate
        self._show_picks()

    def _tick_all(self) -> None:
        self.ticked.update({c.dossier_id: c for c in self._candidates if c.ready and not c.blocked})
        self._show_picks()

    def _tick_none(self) -> None:
        self.ticked.clear()
        self._show_picks()


def _offer(combo: QComboBox, choices: Sequence[tuple[Any, str]]) -> None:
    """Offer ``choices`` after the first entry, which stands for all of them."""
    while combo.count() > 1:
        combo.removeItem(1)
    for value, words in choices:
        combo.addItem(words, value)
    combo.setVisible(len(choices) > 1)


def _candidates(session: Any, words: str, round: str, set_no: int | None) -> Sequence[Candidate]:
    from ocop_desktop.actions import sessions

    return sessions.candidates(session, sessions.Filters(words, round, set_no))


def _pick(candidate: Candidate, chosen: bool) -> Pick:
    state = (_("Chưa có bộ"), "bad") if candidate.blocked else states.dossier("ready" if candidate.ready else "draft")
    quiet = " · ".join(part for part in (candidate.producer, candidate.commune) if part)
    return Pick(candidate, chosen, (candidate.product, quiet), candidate.set_no, state)
