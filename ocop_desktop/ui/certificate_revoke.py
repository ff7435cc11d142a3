"""The question before a certificate is revoked: it cannot be undone."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ocop_desktop.text import N_, _
from ocop_desktop.ui import theme
from ocop_desktop.ui.fields import ChoiceField, DateField, TextField
from ocop_desktop.ui.widgets import button, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.register import RegisterLine

# Article 12 of Decision 26/2026/QĐ-TTg.
REASONS = (
    N_("Hồ sơ không trung thực"), N_("Không còn đáp ứng tiêu chí"),
    N_("Vi phạm pháp luật về chất lượng, an toàn thực phẩm, môi trường, sở hữu trí tuệ, nhãn"),
    N_("Sử dụng nhãn hiệu OCOP sai quy định"), N_("Ngừng sản xuất"), N_("Kết luận khác của cơ quan có thẩm quyền"))


class RevokeDialog(QDialog):
    """Day and reason; the verb stays grey until both are there."""

    confirmed = Signal(object, str)  # day, reason

    def __init__(self, line: RegisterLine, parent: QWidget | None = None, today: dt.date | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Thu hồi giấy chứng nhận"))
        px = theme.now().px
        self.setMinimumWidth(px(520))
        self._line = line
        self.reason = ChoiceField(_("Lý do (Điều 12)"), [(_(words), _(words)) for words in REASONS])
        self.detail = TextField(_("Nội dung kết luận"), placeholder=_("Số, ngày văn bản kết luận"), longest=300)
        self.day = DateField(_("Ngày thu hồi"))
        self.day.set_value(today or dt.date.today())
        self.wrong = label("", "error", wrap=True)
        self.keep = button(_("Giữ nguyên"), self.reject)
        self.revoke = button(_("Thu hồi giấy chứng nhận"), self._confirm, "danger")
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(20))
        box.setSpacing(px(12))
        head = _("Thu hồi giấy chứng nhận của “{product}”?", product=line.product)
        for part in (label(head, "strong", wrap=True),
                     label(_("Việc này không hoàn tác được: giấy số {number} hết giá trị từ ngày thu hồi và không in lại được.",
                             number=line.number or "–"), wrap=True),
                     self.reason, self.detail, self.day, self.wrong):
            box.addWidget(part)
        box.addLayout(row(1, self.keep, self.revoke))
        self.reason.edited.connect(lambda _value: self._judge())
        self.day.line.textChanged.connect(self._judge)
        self._judge()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as the words need: a dialog asks for the height its words would take on lines as long as they like."""
        box = self.layout()
        if box is not None and self.isVisible():
            box.activate()
            self.setMinimumHeight(box.totalHeightForWidth(self.width()))

    def _judge(self) -> None:
        day = self.day.value()
        early = day is not None and day < self._line.issued_on
        self.wrong.setText(_("Ngày thu hồi không thể trước ngày cấp.") if early else "")
        self.wrong.setVisible(early)
        self._fit()
        self.revoke.setEnabled(bool(self.reason.value()) and day is not None and not early)

    def _confirm(self) -> None:
        words = ": ".join(filter(None, (self.reason.value(), self.detail.value())))
        self.confirmed.emit(self.day.value(), words)
        self.accept()
