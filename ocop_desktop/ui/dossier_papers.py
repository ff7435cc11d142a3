"""The tick list of legal papers: which are there, with number, issuer and dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ocop_desktop.rules.terms import LEGAL_PAPERS
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.dossier_tabs import WIDEST, FieldsTab
from ocop_desktop.ui.dossier_words import PAPER_COLUMNS, field_words, said
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.form import CheckField, DateField, Field, TextField
from ocop_desktop.ui.widgets import Pill, row

if TYPE_CHECKING:
    from ocop_desktop.actions.dossiers import DossierForm

DATE, WORDS = 124, 150  # pixels at 100 % a date and a line of words begin with
COLUMNS = ("number", "issuer", "issued_on", "expires_on")


class PapersTab(FieldsTab):
    """One line per paper; its details open below it once it is ticked."""

    def __init__(self) -> None:
        super().__init__()
        self.needed: dict[str, Pill] = {}
        self.details: dict[str, QWidget] = {}
        self.box.setSpacing(theme.now().px(4))
        for kind in LEGAL_PAPERS:
            self._add_paper(kind)
        self.box.addStretch(1)

    def _add_paper(self, kind: str) -> None:
        tick = CheckField(said(LEGAL_PAPERS, kind))
        self._keep(f"paper.{kind}.ticked", tick)
        self.needed[kind] = Pill(_("cần có"), "warn")
        self.needed[kind].hide()
        self.box.addLayout(row(tick, self.needed[kind], 1, space=6))
        self.details[kind] = QWidget()
        inside = Flow(space=8)
        inside.setContentsMargins(theme.now().px(30), 0, 0, theme.now().px(10))
        for column in COLUMNS:
            title = _(PAPER_COLUMNS[column])
            field: Field = DateField(title) if column.endswith("_on") else TextField(title, longest=300)
            self._keep(f"paper.{kind}.{column}", field)
            inside.add(field, *((2, DATE) if column.endswith("_on") else (3, WORDS)))
        self.details[kind].setLayout(inside)
        self.details[kind].setMaximumWidth(theme.now().px(WIDEST))
        self.details[kind].hide()
        self.box.addWidget(self.details[kind])

    def _keep(self, key: str, field: Field) -> None:
        self.fields[key] = field
        field.editor.setAccessibleName(field_words(key))
        field.edited.connect(lambda value: self.edited.emit(key, value))

    def show_form(self, form: DossierForm, saved: str = "") -> None:
        super().show_form(form, saved)
        for paper in form.papers:
            if paper.kind in self.details:
                self.details[paper.kind].setVisible(paper.ticked)

    def show_needed(self, kinds: tuple[str, ...]) -> None:
        """Mark the papers this dossier cannot do without and does not have."""
        for kind, pill in self.needed.items():
            pill.setVisible(kind in kinds)
