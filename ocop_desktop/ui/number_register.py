"""The register of paper numbers: taken, reserved and cancelled ones; to reserve, to cancel."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.rules.paper_number import KINDS
from ocop_desktop.text import N_, _
from ocop_desktop.ui import theme
from ocop_desktop.ui.form import ChoiceField, Form, NumberField, TextField
from ocop_desktop.ui.table import Column, FedTable
from ocop_desktop.ui.table_view import TableView
from ocop_desktop.ui.tall import on_screen
from ocop_desktop.ui.widgets import EmptyState, button, label, line, row

if TYPE_CHECKING:
    from ocop_desktop.actions.paper_numbers import NumberLine
    from ocop_desktop.errors import UserError
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

STATES = {"taken": (N_("Đã cấp"), "ok"), "reserved": (N_("Giữ chỗ"), "info"), "cancelled": (N_("Đã hủy"), "bad")}


class _State(Column):
    def value(self, row: Any) -> Any:
        words, tone = STATES[row.state]
        return _(words), tone


class _About(Column):
    def value(self, row: Any) -> Any:
        return row.reason if row.state == "reserved" else f"{row.about} – {row.reason}" if row.reason else row.about


COLUMNS = (Column("text", N_("Số"), 150), _State("state", N_("Tình trạng"), 110, look="pill"),
           Column("dated", N_("Ngày văn bản"), 110, look="figures"), _About("about", N_("Văn bản, lý do"), 200, stretch=True),
           Column("who", N_("Người ghi"), 110, aside=1))


class RegisterDialog(QDialog):
    """The numbers of one office this year, the newest last.

    Args:
        issuer: the office.
    """

    def __init__(self, work: Work, shell: Shell, issuer: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._work, self._shell, self._issuer, self._year = work, shell, issuer, dt.date.today().year
        self.setWindowTitle(_("Sổ số văn bản năm {year}", year=str(self._year)))
        px, said = theme.now().px, text.language()
        self.resize(on_screen(self, QSize(px(860), px(600))))
        self.chosen: NumberLine | None = None
        self.model = FedTable(COLUMNS)
        self.table = TableView(self.model, "paper_numbers", shell.table_store)
        self.table.set_empty(EmptyState("paper", _("Chưa có số nào trong năm"), filled=False))
        self.table.current_changed.connect(self._choose)
        self.form = Form()
        kinds = [(sign, words.said(said)) for (of, sign), words in KINDS.items() if of == issuer]
        self.form.add("sign", ChoiceField(_("Giữ chỗ số cho loại"), kinds, empty=False))
        self.form.add("count", NumberField(_("Bao nhiêu số"), lowest=1, highest=500))
        self.form.add("reason", TextField(_("Giữ cho việc gì"), longest=200))
        self.form.add("why", TextField(_("Lý do hủy số đang chọn"), longest=200))
        self.form.set_values({"sign": kinds[0][0], "count": 1})
        self.reserve = button(_("Giữ chỗ"), self._reserve)
        self.cancel = button(_("Hủy số đang chọn"), self._cancel, "danger")
        self.wrong = label("", "error", wrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(20))
        box.setSpacing(px(10))
        box.addWidget(self.table, 1)
        for part in (line(), self.form, self.wrong):
            box.addWidget(part)
        box.addLayout(row(self.reserve, self.cancel, 1, button(_("Đóng"), self.accept)))
        self._choose(None)
        self.refresh()

    def refresh(self) -> None:
        """Read again."""
        year, issuer = self._year, self._issuer

        def action(session: Any) -> Any:
            from ocop_desktop.actions import paper_numbers

            return [n for n in paper_numbers.register(session, year) if n.issuer == issuer]

        self._work.read(self, action, self.model.set_rows, key="paper-numbers")

    def _choose(self, found: Any) -> None:
        self.chosen = found
        self.cancel.setEnabled(found is not None and found.state != "cancelled")

    def _save(self, verb: Any, clear: str) -> None:
        def action(session: Any) -> Any:
            from ocop_desktop.actions import paper_numbers

            return verb(paper_numbers, session)

        def done(_made: Any) -> None:
            self.wrong.setText("")
            self.form.set_values({clear: ""})
            self.refresh()

        self._work.save(self, action, done, self._refused)

    def _refused(self, error: UserError) -> None:
        self.wrong.setText(text.say(error))

    def _reserve(self) -> None:
        values = self.form.values()
        if self.form.require("count", "reason"):
            self._save(lambda actions, session: actions.reserve(
                session, self._issuer, values["sign"], self._year, values["count"], values["reason"],
                self._shell.settings.user), "reason")

    def _cancel(self) -> None:
        if self.chosen is not None and self.form.require("why"):
            number, why = self.chosen.id, self.form.values()["why"]
            self._save(lambda actions, session: actions.cancel(session, number, why, self._shell.settings.user), "why")
