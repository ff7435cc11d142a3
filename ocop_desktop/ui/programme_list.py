"""The list behind a figure of the programme: products or producers; a press opens the dossier."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.rules.terms import CERTIFICATE_STATES
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


class _Name(Column):
    def value(self, row: Any) -> Any:
        return row.name, row.detail


class _State(Column):
    def value(self, row: Any) -> Any:
        known = row.state in CERTIFICATE_STATES
        return (CERTIFICATE_STATES[row.state].said(text.language()), TONES[row.state]) if known else ("", "quiet")


COLUMNS = (
    _Name("name", N_("Tên"), 200, look="two", stretch=True),
    Column("commune", N_("Xã, phường"), 150, aside=2), Column("phone", N_("Điện thoại"), 116, look="figures", aside=3),
    Column("stars", N_("Hạng"), 112, look="stars", aside=1), _State("state", N_("Tình trạng"), 190, look="pill", aside=4))


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
        self.table.setMinimumHeight(theme.now().px(200))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        head = row(self.back)
        head.addWidget(self.title, 1)
        box.addLayout(head)
        box.addWidget(self.note)
        box.addWidget(self.table, 1)

    def show_lines(self, title: str, count: int, lines: Sequence[Line]) -> None:
        """Show the list of ``count`` lines, of which ``lines`` are known."""
        self.title.setText(_("{title}: {count}", title=title, count=text.number(count)))
        self.note.setText(_("Hiện {shown} dòng đầu theo tên. Nháy đúp để mở hồ sơ.", shown=text.number(len(lines)))
                          if count > len(lines) else _("Nháy đúp hoặc Enter để mở hồ sơ."))
        self.model.set_rows([])
        self.model.set_rows(lines)
        if lines:
            self.table.selectRow(0)
        self.table.setFocus()

    def _open(self, line: Line) -> None:
        if line.dossier_id:
            self._shell.go("dossiers", dossier_id=line.dossier_id)
        elif line.product_id:

            def find(session: Any) -> int | None:
                from ocop_desktop.actions import dashboard

                return dashboard.dossier_of(session, line.product_id)

            self._work.read(self, find, lambda found: self._shell.go("dossiers", dossier_id=found) if found else None)
