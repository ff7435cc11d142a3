"""The advisory team's round in the dossier: its scores, missing papers, site visit, opinion, proposal. Kept as one goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ocop_desktop import text
from ocop_desktop.text import _
from ocop_desktop.ui.dossier_self_score import Totals
from ocop_desktop.ui.dossier_tabs import FieldsTab
from ocop_desktop.ui.dossier_words import ADVISORY, advisory_state, field_words
from ocop_desktop.ui.form import ChoiceField, DateField, Form, LongTextField, TextField
from ocop_desktop.ui.widgets import LinkLabel, Pill, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.advisory import Review
    from ocop_desktop.actions.dossiers import DossierForm


class AdvisoryTab(FieldsTab):
    """What the team says; ``edited`` names the field (``advisory.finding``)."""

    score_wanted = Signal(str, str)  # sheet, code or nothing
    reopen_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.state, self.locked = Pill(), label("", "quiet", wrap=True)
        self.finished = label("", "quiet")
        self.reopen = LinkLabel(_("Mở lại phần chấm"), self.reopen_wanted.emit)
        self.box.addLayout(row(self.state, self.finished, self.reopen, 1, space=10))
        self.box.addWidget(self.locked)
        self.totals = Totals()
        self.totals.opened.connect(lambda code: self.score_wanted.emit("advisory", code))
        self.box.addWidget(self.totals)
        self.form = self.add_form(Form())
        needed = ((True, _("Cần đi thực địa")), (False, _("Không cần")))
        for key, field, span in (
                ("missing_papers", LongTextField(self._words("missing_papers"), lines=3), 2),
                ("visit_needed", ChoiceField(self._words("visit_needed"), needed), 1),
                ("visited_on", DateField(self._words("visited_on")), 1),
                ("finding", LongTextField(self._words("finding"), lines=3), 2),
                ("opinion", LongTextField(self._words("opinion"), lines=3), 2),
                ("proposal", ChoiceField(self._words("proposal"), [(key, _(words)) for key, (words, _tone) in ADVISORY.items()
                                                                   if key in ("council", "supplement", "return")]), 2),
                ("proposed_on", DateField(self._words("proposed_on")), 1),
                ("proposed_by", TextField(self._words("proposed_by"), longest=200), 1)):
            self.add(self.form, f"advisory.{key}", field, span)
        self.box.addStretch(1)

    @staticmethod
    def _words(key: str) -> str:
        return field_words(f"advisory.{key}")

    def show_form(self, form: DossierForm, saved: str = "") -> None:
        """Fields are shown with the review; see ``show_review``."""

    def show_review(self, form: DossierForm, review: Review, saved: str = "") -> None:
        """Show the team's round on a dossier; ``saved`` is the field that was just kept."""
        self.state.set(*advisory_state(review.state))
        self.locked.setText(text.say(review.locked) if review.locked else "")
        self.locked.setVisible(review.locked is not None)
        done = review.finished_at
        self.finished.setText(_("chấm xong {day} lúc {time}", day=text.date(done.date()), time=text.clock(done)) if done else "")
        self.reopen.setVisible(done is not None and review.locked is None)
        rules = form.self_score.rules
        self.totals.setVisible(rules is not None)
        if rules is not None and review.so_far is not None:
            self.totals.show_score(rules, review.so_far, review.locked is not None or done is not None)
        for key, field in self.fields.items():
            field.editor.setEnabled(review.locked is None)
            if key == saved or not (field.error() or field.wrong() or field.in_hand()):
                field.set_value(getattr(review, key.partition(".")[2]))
        proposed = bool(review.proposal)
        for key in ("proposed_on", "proposed_by"):
            self.fields[f"advisory.{key}"].setVisible(proposed)
