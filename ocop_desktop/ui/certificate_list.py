"""The list of results that become certificates: a tick, the product, points, stars, what may become of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen

from ocop_desktop import text
from ocop_desktop.rules.signatories import Signatory, who_signs
from ocop_desktop.text import N_, _
from ocop_desktop.ui import icons, theme
from ocop_desktop.ui.cells import CellDelegate, Index, ValueRole
from ocop_desktop.ui.table import Column, FedTable
from ocop_desktop.ui.table_view import TableView

if TYPE_CHECKING:
    from ocop_desktop.actions.certificates import Candidate

STATES = {
    "ready": (N_("Chờ cấp"), "info"), "issued": (N_("Đã cấp"), "ok"), "revoked": (N_("Đã thu hồi"), "bad"),
    "five": (N_("Tiềm năng 5 sao"), "gold"), "low": (N_("Dưới 3 sao"), "quiet"),
    "excluded": (N_("Bị loại"), "bad"), "rescore": (N_("Đang chấm lại"), "warn")}
COUNTED = {  # how many there are of each, above the list
    "ready": N_("{count} chờ cấp"), "issued": N_("{count} đã cấp"), "revoked": N_("{count} đã thu hồi"),
    "five": N_("{count} tiềm năng 5 sao"), "low": N_("{count} dưới 3 sao"),
    "excluded": N_("{count} bị loại"), "rescore": N_("{count} đang chấm lại")}
REASONS = {
    "five": N_("Tiềm năng 5 sao: tỉnh chuyển hồ sơ lên Bộ đánh giá; giấy chứng nhận 5 sao do Bộ cấp."),
    "low": N_("Dưới 3 sao: không có quyết định công nhận và giấy chứng nhận."),
    "excluded": N_("Hồ sơ bị loại nên không có giấy chứng nhận."),
    "rescore": N_("Còn phiếu đang chấm lại; hoàn tất rồi mới cấp được giấy.")}


def unclosed_words(count: int) -> str:
    """What to know before issuing while a session is still open; count: its products without a closed result."""
    return _("Phiên chưa kết thúc: còn {count} sản phẩm chưa chốt kết quả; lần này chỉ cấp cho sản phẩm đã chốt.",
             count=count) if count else ""


def doubt_words(today: dt.date, decided: dt.date | None, issued: dt.date | None, people: Iterable[Signatory]) -> tuple[str, ...]:
    """What does not keep certificates from being issued and yet wants a look; people: who signs, and when."""
    late = max(filter(None, (decided, issued)), default=dt.date.min)
    told = [] if late <= today else [
        _("Ngày {day} chưa tới; hãy xem lại ngày quyết định và ngày cấp.", day=text.date(late))]
    signs = who_signs(people, "committee", issued) if issued is not None else None
    if issued is not None and not (signs and signs.name):
        told.append(_("Chưa ghi ai ký giấy ngày {day} nên giấy để trống họ tên người ký; ghi ở Cài đặt, mục Văn bản.",
                      day=text.date(issued)))
    return tuple(told)


@dataclass(frozen=True)
class ResultRow:
    """One result on show. ``checked`` counts only where ``can_check``."""

    candidate: Candidate
    checked: bool = False

    @property
    def can_check(self) -> bool:
        """Whether a certificate can be issued or printed."""
        return self.candidate.state in ("ready", "issued")

    @property
    def tick(self) -> bool | None:
        """The box: ticked or not, None without a box."""
        return self.checked if self.can_check else None

    @property
    def product(self) -> tuple[str, str]:
        """Product over the certificate's number, which is never cut, and the producer."""
        return self.candidate.product, " · ".join(filter(None, (self.candidate.number, self.candidate.producer)))

    @property
    def mean(self) -> Fraction:
        """Points."""
        return self.candidate.mean

    @property
    def stars(self) -> int | None:
        """Stars, None for an excluded dossier."""
        return self.candidate.stars

    @property
    def state(self) -> tuple[str, str]:
        """The pill."""
        words, tone = STATES[self.candidate.state]
        return _(words), tone

    @property
    def number(self) -> str:
        """The certificate's number."""
        return self.candidate.number


class TickDelegate(CellDelegate):
    """A box with a tick, or nothing."""

    def paint_inside(self, painter: QPainter, rect: QRect, index: Index, chosen: bool = False) -> None:
        ticked = index.data(ValueRole)
        if ticked is None:
            return
        look = theme.now()
        side = look.px(18)
        box = QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2 + 1, side, side)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("main" if ticked else "edge"), 1.5))
        painter.setBrush(look.color("main" if ticked else "paper"))
        painter.drawRoundedRect(box, 4, 4)
        if ticked:
            tick = icons.pixmap("check", "on_main", 14)
            painter.drawPixmap(box.adjusted(2, 2, -2, -2), tick, QRectF(tick.rect()))
        painter.restore()


def columns() -> tuple[Column, ...]:
    """The columns; the delegate is made with them."""
    return (
        Column("tick", "", 44, "center", look=TickDelegate(), sortable=False, format=lambda on: _("chọn") if on else ""),
        Column("product", N_("Sản phẩm, chủ thể"), 210, look="two", stretch=True),
        Column("mean", N_("Điểm"), 74, "right", format=text.points, look="figures"),
        Column("stars", N_("Hạng"), 112, look="stars", aside=1),
        Column("number", N_("Số giấy"), 160, look="figures", hidden=True),
        Column("state", N_("Tình trạng"), 152, look="pill"))


class ResultTable(TableView):
    """The list; a click on the box or the space bar ticks."""

    ticked = Signal()

    def __init__(self, store: Any = None) -> None:
        self.rows = FedTable(columns())
        super().__init__(self.rows, "certificates_issue", store, row_height=52)

    def checked(self) -> tuple[Candidate, ...]:
        """What is ticked, in the order shown."""
        return tuple(row.candidate for row in self.rows.rows() if row.checked and row.can_check)

    def toggle(self, place: int) -> None:
        """Tick or untick one."""
        row = self.rows.row_at(place)
        if row.can_check:
            self.rows.set_row(place, replace(row, checked=not row.checked))
            self.ticked.emit()

    def tick_all(self, on: bool) -> None:
        """Tick all or none."""
        for place, row in enumerate(self.rows.rows()):
            if row.can_check and row.checked != on:
                self.rows.set_row(place, replace(row, checked=on))
        self.ticked.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index: QModelIndex = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and index.column() == 0:
            self.toggle(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.toggle(self.currentIndex().row())
        else:
            super().keyPressEvent(event)
