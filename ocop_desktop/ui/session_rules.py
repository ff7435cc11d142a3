"""The working rules of one session, to be looked at and changed; once there are ballots only with a reason."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from PySide6.QtCore import Signal, Slot

from ocop_desktop.errors import UserError
from ocop_desktop.rules.working_rules import WorkingRules, read_working_rules
from ocop_desktop.text import _, points, say
from ocop_desktop.ui.form import CheckField, ChoiceField, DateField, Form, NumberField, TextField
from ocop_desktop.ui.widgets import Card, button, label, row

AMOUNTS = ("spread", "near_line")  # points, in halves and other parts too


class RulesCard(Card):
    """Quorum, spread, gates, extremes, secretary and the rule they come from."""

    saved = Signal(object, str)  # WorkingRules, reason

    def __init__(self, with_save: bool = True) -> None:
        super().__init__(_("Quy chế của phiên"))
        self._rules, self._begun = WorkingRules(), False
        self.form = Form(2)
        shares = [(Fraction(3, 4), _("Từ 3/4 thành viên")), (Fraction(2, 3), _("Từ 2/3 thành viên")),
                  (Fraction(1, 2), _("Từ 1/2 thành viên")), (Fraction(1), _("Đủ mọi thành viên"))]
        gates = [("majority", _("Quá nửa số phiếu đạt")), ("every", _("Mọi phiếu đạt")), ("chair", _("Chủ tịch kết luận"))]
        self.form.add("quorum", ChoiceField(_("Số lượng có mặt"), shares, empty=False))
        self.form.add("spread", TextField(_("Chênh lệch nhiều nhất (điểm)")))
        self.form.add("gate_rule", ChoiceField(_("Mức tối thiểu của hạng sao"), gates, empty=False))
        self.form.add("near_line", TextField(_("Gần ngưỡng (điểm)")))
        self.form.add("source", TextField(_("Theo quy chế số"), placeholder=_("Ví dụ 45/QC-HĐ")))
        self.form.add("source_date", DateField(_("Ngày quy chế")))
        self.form.add("source_article", TextField(_("Điều"), placeholder=_("Ví dụ Điều 7, Điều 9")))
        self.form.add("digits", NumberField(_("Chữ số lẻ"), lowest=0, highest=6))
        self.form.add("drop_extremes", CheckField(_("Bỏ một phiếu cao nhất, một thấp nhất")))
        self.form.add("secretary_scores", CheckField(_("Thư ký cũng chấm")))
        self.form.add("advisory_shown", CheckField(_("Cho xem ý kiến Tổ tư vấn")))
        self.body.addWidget(self.form)
        self.reason = TextField(_("Lý do thay đổi"), hint=_(
            "Phiên đã có phiếu: đổi quy chế phải có lý do, được giữ trong hồ sơ phiên. Hồ sơ đã chốt giữ quy chế lúc chốt."))
        self.body.addWidget(self.reason)
        self.save = button(_("Lưu quy chế"), self._save, small=True)
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        foot = row(self.problem, 1, self.save if with_save else None)
        foot.setStretch(0, 1)
        self.body.addLayout(foot)
        self.save.setVisible(with_save)
        self.set_rules(WorkingRules())

    def set_rules(self, rules: WorkingRules, begun: bool = False) -> None:
        """Show ``rules``; ``begun``: there are ballots, so a change needs a reason."""
        self._rules = rules
        quorum = self.form.field("quorum")
        if isinstance(quorum, ChoiceField) and all(quorum.combo.itemData(n) != rules.quorum for n in range(quorum.combo.count())):
            quorum.combo.addItem(_("Từ {share} thành viên", share=str(rules.quorum)), rules.quorum)
        values: dict[str, Any] = {key: getattr(rules, key) for key in self.form.values()}
        values |= {key: points(getattr(rules, key), 6) for key in AMOUNTS}
        values["source_date"] = dt.date.fromisoformat(rules.source_date) if rules.source_date else None
        self.form.set_values(values)
        self.reason.set_value("")
        self.reason.setVisible(begun)
        self._begun = begun

    def rules(self) -> WorkingRules:
        """What the fields say.

        Raises:
            UserError: a value that makes no sense; its field says so.
        """
        values = self.form.values()
        for key in AMOUNTS:
            written = str(values[key]).strip().replace(",", ".")
            try:
                values[key] = read_working_rules({key: written}).as_plain()[key] if written else getattr(self._rules, key)
            except UserError:
                error = UserError("Cần một số điểm từ 0 đến 100, ví dụ 10 hoặc 10,5.")
                self.form.field(key).set_error(say(error))
                raise error from None
            self.form.field(key).set_error("")
        values["digits"] = self._rules.digits if values["digits"] is None else values["digits"]
        values["source_date"] = values["source_date"].isoformat() if values["source_date"] else ""
        return read_working_rules({k: str(v) if isinstance(v, Fraction) else v for k, v in values.items()})

    @Slot()
    def _save(self) -> None:
        try:
            rules = self.rules()
        except UserError as error:
            self.problem.setText(say(error))
            self.problem.show()
            return
        self.problem.hide()
        reason = str(self.reason.value()).strip()
        if self._begun and rules != self._rules and not reason:
            self.reason.set_error(_("Cần ghi lý do"))
            self.reason.editor.setFocus()
            return
        self.saved.emit(rules, reason)
