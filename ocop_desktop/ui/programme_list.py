"""The list behind a figure of the programme: products or producers; a press opens the dossier."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.rules.terms import ACTIVITY_KINDS, CERTIFICATE_STATES, FUNDING_SOURCES, PRODUCER_KINDS
from ocop_desktop.text import N_, _
from ocop_desktop.ui import theme
from ocop_desktop.ui.certificate_register import TONES
from ocop_desktop.ui.table import Column, FedTable
from ocop_desktop.ui.table_view import TableView
from ocop_desktop.ui.widgets import EmptyState, button, label, row

if TYPE_CHECKING:
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work


@dataclass(frozen=True)
class Line:
    """One line of a list; what is not known is empty. ``dossier_id`` or ``product_id`` opens it."""

    name: str
    detail: str
    commune: str = ""
    phone: str = ""
    stars: int = 0
    state: str = ""
    dossier_id: int = 0
    product_id: int = 0


@dataclass(frozen=True)
class SumLine:
    """An activity, or money of a source and year; ``counted``: what it adds to the figure."""

    when: str
    name: str
    detail: str
    counted: int | None
    people: int | None
    money: int | None


class _Name(Column):
    def value(self, row: Any) -> Any:
        return row.name, row.detail


class _State(Column):
    def value(self, row: Any) -> Any:
        known = row.state in CERTIFICATE_STATES
        return (CERTIFICATE_STATES[row.state].said(text.language()), TONES[row.state]) if known else None


COLUMNS = (
    _Name("name", N_("Tên"), 200, look="two", stretch=True),
    Column("commune", N_("Xã, phường"), 150, aside=2), Column("phone", N_("Điện thoại"), 116, look="figures", aside=3),
    Column("stars", N_("Hạng"), 112, look="stars", aside=1), _State("state", N_("Tình trạng"), 190, look="pill", aside=4))
SUMS = (Column("when", N_("Thời gian"), 110, look="figures", sortable=False),
        _Name("name", N_("Nội dung"), 220, look="two", stretch=True),
        Column("counted", N_("Cộng vào số này"), 150, align="right", look="figures"),
        Column("people", N_("Người dự"), 110, align="right", look="figures", aside=1),
        Column("money", N_("Số tiền (đồng)"), 170, align="right", look="figures"))


def line_of(found: Any) -> Line | SumLine:
    """What a report or a target counts, as a line: a product, a producer, an activity or money."""
    said = text.language()
    if hasattr(found, "product_id"):
        return Line(found.product, found.producer, found.commune, found.phone, found.stars or 0, found.state or "",
                    product_id=found.product_id)
    if hasattr(found, "producer_id"):
        kind = PRODUCER_KINDS[found.kind].said(said) if found.kind in PRODUCER_KINDS else ""
        return Line(found.producer, kind, found.commune, found.phone)
    kind = (ACTIVITY_KINDS | FUNDING_SOURCES)[found.kind].said(said)
    detail = " · ".join(filter(None, (kind if found.name else "", found.place)))
    when = text.date(found.on) if found.on else str(found.year)
    return SumLine(when, found.name or kind, detail, found.counted, found.people, found.money)


class ListPage(QWidget):
    """A title, the way back and the lines."""

    def __init__(self, work: Work, shell: Shell, back: Callable[[], object]) -> None:
        super().__init__()
        self._work, self._shell = work, shell
        self.back = button(_("Quay lại"), back, icon="chevron-left")
        self.title, self.note = label("", "strong", wrap=True), label("", "quiet", wrap=True)
        self.model = FedTable(COLUMNS)
        self.table = TableView(self.model, "programme_list", shell.table_store, row_height=52)
        self.table.set_empty(EmptyState("search", _("Không có dòng nào")))
        self.table.opened.connect(self._open)
        self.sums_model = FedTable(SUMS)
        self.sums = TableView(self.sums_model, "programme_sums", shell.table_store, row_height=52)
        for table in (self.table, self.sums):
            table.setMinimumHeight(theme.now().px(200))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        head = row(self.back)
        head.addWidget(self.title, 1)
        box.addLayout(head)
        box.addWidget(self.note)
        box.addWidget(self.table, 1)
        box.addWidget(self.sums, 1)
        self.sums.hide()

    def show_sums(self, title: str, lines: Sequence[SumLine]) -> None:
        """Show activities or money, and what they make together."""
        self.title.setText(_("{title}: {count}", title=title, count=text.number(sum(line.counted or 0 for line in lines))))
        self.note.setText(_("{count} dòng; sửa ở trang Hoạt động, kinh phí.", count=text.number(len(lines))))
        told = {key: [getattr(line, key) for line in lines] for key in ("counted", "people", "money")}
        empty = [key for key in ("people", "money") if not any(told[key])]
        said = ["counted"] if told["counted"] in (told["people"], told["money"]) else []  # by a column of its own name
        self.sums.leave_out(*empty, *said)
        self.sums_model.set_rows(lines)
        self._turn(self.sums)

    def _turn(self, table: TableView) -> None:
        for other in (self.table, self.sums):
            other.setVisible(other is table)
        table.setFocus()

    def show_lines(self, title: str, count: int, lines: Sequence[Line]) -> None:
        """Show the list of ``count`` lines, of which ``lines`` are known."""
        self._turn(self.table)
        self.title.setText(_("{title}: {count}", title=title, count=text.number(count)))
        self.note.setText(_("Hiện {shown} dòng đầu theo tên. Nháy đúp để mở hồ sơ.", shown=text.number(len(lines)))
                          if count > len(lines) else _("Nháy đúp hoặc Enter để mở hồ sơ."))
        self.model.set_rows([])
        self.model.set_rows(lines)
        if lines:
            self.table.selectRow(0)
        self.table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back.click()
        else:
            super().keyPressEvent(event)

    def _open(self, line: Line) -> None:
        if line.dossier_id:
            self._shell.go("dossiers", dossier_id=line.dossier_id)
        elif line.product_id:

            def find(session: Any) -> int | None:
                from ocop_desktop.actions import dashboard

                return dashboard.dossier_of(session, line.product_id)

            self._work.read(self, find, lambda found: self._shell.go("dossiers", dossier_id=found) if found else None)
