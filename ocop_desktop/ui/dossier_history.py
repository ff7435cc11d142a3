"""The history of a dossier: when, who, what, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.text import N_, _
from ocop_desktop.ui.dossier_words import DONE, field_words, value_words
from ocop_desktop.ui.table import Column, FedTable
from ocop_desktop.ui.table_view import TableView
from ocop_desktop.ui.widgets import EmptyState

if TYPE_CHECKING:
    from ocop_desktop.actions.dossier_form import DossierForm, HistoryLine


@dataclass(frozen=True)
class Line:
    """One field of one change."""

    at: str
    who: str
    what: str
    before: str
    after: str


COLUMNS = (
    Column("at", N_("Lúc"), 180, look="figures", sortable=False),
    Column("who", N_("Ai"), 120, sortable=False),
    Column("what", N_("Việc"), 220, sortable=False),
    Column("before", N_("Trước"), 150, sortable=False),
    Column("after", N_("Sau"), 150, sortable=False, stretch=True),
)


class HistoryTab(QWidget):
    """A table, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        self.model = FedTable(COLUMNS, sorts_itself=False)
        self.table = TableView(self.model, compact=True)
        self.table.setStyleSheet("QTableView { border: none; }")  # the card around it has one
        self.table.set_empty(EmptyState("history", _("Chưa có thay đổi nào")))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.table)

    def show_form(self, form: DossierForm, saved: str = "") -> None:
        """Show a dossier's history."""
        self.model.set_rows([line for change in form.history for line in _lines(change)])


def _lines(change: HistoryLine) -> list[Line]:
    at = f"{text.date(change.at.date())} {text.clock(change.at)}"
    done = _(DONE[change.what]) if change.what in DONE else change.what
    if change.undone:
        done = _("Sửa (đã hoàn tác)")
    if change.what not in ("field", "undone"):
        return [Line(at, change.who, done, "", "")]
    return [Line(at, change.who, f"{done}: {field_words(field)}", value_words(field, before), value_words(field, after))
            for field, before, after in change.fields]
