"""The working rules of one session, to be looked at and, until the first ballot, changed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from PySide6.QtCore import Signal, Slot

from ocop_desktop.errors import UserError
from ocop_desktop.rules.working_rules import WorkingRules, read_working_rules
from ocop_desktop.text import _, say
from ocop_desktop.ui.form import CheckField, ChoiceField, Form, NumberField, TextField
from ocop_desktop.ui.widgets import Card, button, label, row


class RulesCard(Card):
    """Quorum, spread, gates, extremes, secretary and the rule they come from."""

    saved = Signal(object)  # WorkingRules

    def __init__(self, with_save: bool = True) -> None:
        super().__init__(_("Quy chế của phiên"))
        self._rules = WorkingRules()
        self.form = Form(2)
        shares = [(Fraction(3, 4), _("Từ 3/4 thành viên")), (Fraction(2, 3), _("Từ 2/3 thành viên")),
                  (Fraction(1, 2), _("Từ 1/2 thành viên")), (Fraction(1), _("Đủ mọi thành viên"))]
        gates = [("majority", _("Quá nửa số phiếu đạt")), ("every", _("Mọi phiếu đạt")), ("chair", _("Chủ tịch kết luận"))]
        self.form.add("quorum", ChoiceField(_("Số lượng có mặt"), shares, empty=False))
        self.form.add("spread", NumberField(_("Chênh lệch nhiều nhất (điểm)"), lowest=0, highest=100))
        self.form.add("gate_rule", ChoiceField(_("Mức tối thiểu của hạng sao"), gates, empty=False))
        self.form.add("source", TextField(_("Theo quy chế"), placeholder=_("Số, ngày, điều")))
        self.form.add("drop_extremes", CheckField(_("Bỏ một phiếu cao nhất, một thấp nhất")))
        self.form.add("secretary_scores", CheckField(_("Thư ký cũng chấm")))
        self.form.add("advisory_shown", CheckField(_("Cho xem ý kiến Tổ tư vấn")))
        self.body.addWidget(self.form)
        self.fixed = label(_("Phiên đã có phiếu nên quy chế không đổi được nữa."), "quiet", wrap=True)
        self.save = button(_("Lưu quy chế"), self._save, small=True)
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        foot = row(self.fixed, self.problem, self.save if with_save else None)
        foot.setStretch(0, 1)
        self.body.addLayout(foot)
        self.save.setVisible(with_save)
        self.set_rules(WorkingRules())

    def set_rules(self, rules: WorkingRules, free: bool = True) -> None:
        """Show ``rules``; not ``free``: they cannot be changed any more."""
        self._rules = rules
        quorum = self.form.field("quorum")
        if isinstance(quorum, ChoiceField) and all(quorum.combo.itemData(n) != rules.quorum for n in range(quorum.combo.count())):
            quorum.combo.addItem(_("Từ {share} thành viên", share=str(rules.quorum)), rules.quorum)
        values: dict[str, Any] = {key: getattr(rules, key) for key in self.form.values()}
        values["spread"] = int(rules.spread)
        self.form.set_values(values)
        self.form.setEnabled(free)
        self.save.setEnabled(free)
        self.fixed.setVisible(not free)

    def rules(self) -> WorkingRules:
        """What the fields say.

        Raises:
            UserError: a value that makes no sense.
        """
        values = self.form.values()
        if values["spread"] is None:
            values["spread"] = self._rules.spread
        found = read_working_rules({k: str(v) if isinstance(v, Fraction) else v for k, v in values.items()})
        return replace(found, digits=self._rules.digits, near_line=self._rules.near_line)

    @Slot()
    def _save(self) -> None:
        try:
            rules = self.rules()
        except UserError as error:
            self.problem.setText(say(error))
            self.problem.show()
            return
        self.problem.hide()
        self.saved.emit(rules)
