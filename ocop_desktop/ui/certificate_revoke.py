"""The question before a certificate is revoked: it cannot be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.rules.deadlines import revocation_due
from ocop_desktop.rules.terms import REVOCATION_GROUNDS
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.fields import ChoiceField, DateField, TextField
from ocop_desktop.ui.tall import Tall
from ocop_desktop.ui.widgets import button, column, label, row


class RevokeDialog(QDialog):
    """Ground, conclusion, decision and day; the verb stays grey until ground, decision and day are there.

    Args:
        number: of the certificate, or nothing; known: values of the fields that were noted before (a conclusion).
    """

    confirmed = Signal(dict)  # fields of a Revocation

    def __init__(self, product: str, number: str, issued_on: dt.date, parent: QWidget | None = None,
                 today: dt.date | None = None, known: Mapping[str, Any] | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Thu hồi giấy chứng nhận"))
        px = theme.now().px
        self.setMinimumWidth(px(520))
        self._issued_on = issued_on
        said = text.language()
        self.ground = ChoiceField(_("Căn cứ thu hồi"), [(key, words.said(said)) for key, words in REVOCATION_GROUNDS.items()])
        self.conclusion = TextField(_("Văn bản kết luận"), placeholder=_("Số, nội dung kết luận của cơ quan có thẩm quyền"),
                                    longest=300)
        self.concluded_on = DateField(_("Ngày kết luận"), _("Thu hồi trong 15 ngày kể từ ngày này"))
        self.decision = TextField(_("Số quyết định thu hồi"), longest=60)
        self.day = DateField(_("Ngày thu hồi"))
        self.day.set_value(today or dt.date.today())
        for key, value in (known or {}).items():
            getattr(self, key).set_value(value)
        self.wrong, self.late = label("", "error", wrap=True), label("", "", "warn", wrap=True)
        self.keep = button(_("Giữ nguyên"), self.reject)
        self.revoke = button(_("Thu hồi giấy chứng nhận"), self._confirm, "danger")
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(20))
        box.setSpacing(px(12))
        head = _("Thu hồi giấy chứng nhận của “{product}”?", product=product)
        box.addWidget(Tall(column(
            label(head, "strong", wrap=True),
            label(_("Việc này không hoàn tác được: giấy số {number} hết giá trị từ ngày thu hồi và không in lại được.",
                    number=number) if number else
                  _("Việc này không hoàn tác được: giấy chứng nhận hết giá trị từ ngày thu hồi."), wrap=True),
            self.ground, self.conclusion, self.concluded_on, row(self.decision, self.day), self.wrong, self.late)))
        box.addLayout(row(1, self.keep, self.revoke))
        self.ground.edited.connect(lambda _value: self._judge())
        for line_of in (self.concluded_on.line, self.decision.line, self.day.line):
            line_of.textChanged.connect(self._judge)
        self._judge()

    def _judge(self) -> None:
        wrong = self._complaint()
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))
        day, concluded = self.day.value(), self.concluded_on.value()
        due = revocation_due(concluded) if concluded is not None and not wrong else None
        self.late.setVisible(due is not None and day is not None and day > due)
        self.late.setText(_("Quá hạn thu hồi: chậm nhất là {day}.", day=text.date(due)) if due else "")
        self.revoke.setEnabled(bool(self.ground.value() and self.decision.value() and self.day.value()) and not wrong
                               and not self.concluded_on.wrong())

    def _complaint(self) -> str:
        day, concluded = self.day.value(), self.concluded_on.value()
        if day is not None and day < self._issued_on:
            return _("Ngày thu hồi không thể trước ngày cấp.")
        if concluded is not None and (concluded < self._issued_on or (day is not None and concluded > day)):
            return _("Ngày kết luận phải từ ngày cấp đến ngày thu hồi.")
        return ""

    def _confirm(self) -> None:
        self.confirmed.emit({"on": self.day.value(), "ground": self.ground.value(), "decision": self.decision.value(),
                             "conclusion": self.conclusion.value(), "concluded_on": self.concluded_on.value()})
        self.accept()
