"""Dossiers of a written round handed to a meeting: its day and place, asked in place."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal, Slot

from ocop_desktop.text import _
from ocop_desktop.ui.form import DateField, Form, TextField
from ocop_desktop.ui.widgets import Card, button, label, row


class EscalateCard(Card):
    """Hidden until it is asked for."""

    wanted = Signal(object, str)  # day, place

    def __init__(self) -> None:
        super().__init__(" ")
        self.form = Form(2)
        self.form.add("held_on", DateField(_("Ngày họp")))
        self.form.add("place", TextField(_("Địa điểm")))
        self.note = label(_("Ý kiến đã có được giữ trong hồ sơ của đợt này; cuộc họp chấm lại từ đầu."), "quiet", wrap=True)
        self.yes, self.no = button(_("Chuyển ra họp"), self._go, small=True), button(_("Thôi"), self.hide, "quiet", small=True)
        self.body.addWidget(self.form)
        foot = row(self.note, self.no, self.yes, space=8)
        foot.setStretch(0, 1)
        self.body.addLayout(foot)
        self.hide()

    def ask(self, count: int) -> None:
        """Ask for the meeting's day and place."""
        self.heading.setText(_("Chuyển {count} hồ sơ ra họp", count=count))
        self.form.set_values({"held_on": dt.date.today(), "place": ""})
        self.show()
        self.form.go_to("held_on")

    @Slot()
    def _go(self) -> None:
        if self.form.require("held_on"):
            values = self.form.values()
            self.hide()
            self.wanted.emit(values["held_on"], values["place"])
