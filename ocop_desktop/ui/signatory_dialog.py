"""Who signs, with what lines above the name, from when to when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.errors import ProblemsFound, UserError
from ocop_desktop.rules.signatories import ISSUERS, WAYS, Signatory
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.form import CheckField, ChoiceField, DateField, Form, TextField
from ocop_desktop.ui.tall import Tall
from ocop_desktop.ui.widgets import button, column, label, row

TOGETHER = {"committee": "Ủy ban nhân dân", "commune": "Ủy ban nhân dân", "council": "Hội đồng",
            "team": "Tổ tư vấn"}  # set after "TM."


class SignatoryDialog(QDialog):
    """The fields and, under them, the lines as the paper will have them.

    Args:
        known: the signatory to be corrected, or an empty one of an office; fresh: whether it is a new one.
    """

    wanted = Signal(object, bool)  # Signatory, end the time of the one before

    def __init__(self, known: Signatory, fresh: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._issuer = known.issuer
        self.setWindowTitle(_("Thêm người ký") if fresh else _("Sửa người ký"))
        px, said = theme.now().px, text.language()
        self.setMinimumWidth(px(560))
        self.form = Form()
        self._fill(known, fresh)
        self.preview = label("", "bold")
        self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.wrong = label("", "error", wrap=True)
        self.keep = button(_("Lưu người ký"), self._confirm, "primary")
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(20))
        box.setSpacing(px(12))
        self.parts = column(label(ISSUERS[known.issuer].said(said), "strong"), self.form,
                            column(label(_("Trên giấy sẽ ghi"), "quiet"), self.preview, space=4), self.wrong)
        self.buttons = row(1, button(_("Không lưu"), self.reject), self.keep)
        box.addWidget(Tall(self.parts))
        box.addLayout(self.buttons)
        for key in ("name", "title", "head"):
            line: Any = self.form.field(key)
            line.line.textChanged.connect(self._show_lines)
        for key in ("way", "together"):
            self.form.field(key).edited.connect(self._show_lines)
        self._show_lines()

    def _fill(self, known: Signatory, fresh: bool) -> None:
        form = self.form
        form.add("name", TextField(_("Họ tên"), longest=100))
        form.add("title", TextField(_("Chức vụ"), _("Ví dụ: Chủ tịch, Phó Giám đốc"), longest=100))
        form.add("way", ChoiceField(_("Hình thức ký"), [(key, words.said(text.language())) for key, words in WAYS.items()],
                                    empty=False))
        form.add("head", TextField(_("Chức vụ người đứng đầu"), _("Ghi sau KT., TUQ., TL.; ví dụ: Chủ tịch"), longest=100))
        together = TOGETHER.get(self._issuer, "")
        form.add("together", CheckField(_("Ký thay mặt tập thể: TM. {body}", body=together.upper())), 2)
        form.field("together").setVisible(bool(together))
        form.add("first", DateField(_("Ký từ ngày"), _("Để trống: từ trước đến nay")))
        form.add("last", DateField(_("Đến hết ngày"), _("Để trống: chưa có hạn")))
        form.add("earlier", CheckField(_("Người đang ký thôi ký từ hôm trước ngày ấy")), 2)
        form.field("earlier").setVisible(fresh)
        form.set_values({"name": known.name, "title": known.title, "way": known.way, "head": known.head, "first": known.first,
                         "last": known.last, "together": bool(known.collective), "earlier": False})

    def made(self) -> Signatory:
        """The signatory as typed."""
        values = self.form.values()
        together = TOGETHER.get(self._issuer, "") if values["together"] else ""
        return Signatory(self._issuer, values["name"], values["title"], values["way"] or "",
                         values["head"] if values["way"] else "", together, values["first"], values["last"])

    @Slot()
    def _show_lines(self, *_values: object) -> None:
        one = self.made()
        self.preview.setText("\n".join((*(one.lines or ("…",)), "", one.name or "…")))
        self.form.field("head").setEnabled(bool(one.way))

    def _confirm(self) -> None:
        if self.form.require("name", "title"):
            self.wanted.emit(self.made(), bool(self.form.field("earlier").value()))

    def refuse(self, error: UserError) -> None:
        """Show what is wrong; the fields stay as they are."""
        found = error.problems if isinstance(error, ProblemsFound) else [error]
        self.wrong.setText("\n".join(text.say(one) for one in found))


def span(one: Signatory) -> str:
    """The time a person signs in, in words."""
    day: Callable[[dt.date], str] = text.date
    if one.first and one.last:
        return _("{first} – {last}", first=day(one.first), last=day(one.last))
    if one.first:
        return _("từ {first}", first=day(one.first))
    return _("đến {last}", last=day(one.last)) if one.last else _("không ghi hạn")
