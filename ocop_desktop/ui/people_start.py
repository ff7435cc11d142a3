"""First start: who the clerk is, with a PIN or without. Nothing waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from ocop_desktop.errors import UserError
from ocop_desktop.rules import pins
from ocop_desktop.rules.rights import Actor
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.form import TextField
from ocop_desktop.ui.people_code import CodeDialog
from ocop_desktop.ui.widgets import button, column, label, line, row

if TYPE_CHECKING:
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work


class PeopleStart(QWidget):
    """Name, PIN (may be left out), one button; gone once the clerk has an account."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__()
        self._work, self._shell = work, shell
        self.setObjectName("people_start")
        px = theme.now().px
        self.name = TextField(_("Tên thư ký"), longest=100)
        self.name.set_value(shell.settings.user)
        self.pin = TextField(_("Mã PIN (để trống cũng được)"), longest=pins.LONGEST)
        self.pin.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.keep = button(_("Ghi"), self._keep)
        for field in (self.name, self.pin):
            field.line.returnPressed.connect(self.keep.click)
        fields = row(space=12)
        fields.addWidget(self.name, 3)
        fields.addWidget(self.pin, 2)
        fields.addLayout(column(label(" "), self.keep, 1, space=3))
        whole = column(label(_("Người làm việc với tệp này"), "bold"),
                       label(_("Tên được ghi vào lịch sử. Làm một mình thì không cần mã PIN; thêm thành viên sau ở Cài đặt."),
                             "quiet", wrap=True), fields, space=4)
        whole.setContentsMargins(px(18), px(12), px(18), px(14))
        self.setLayout(column(line(), whole, space=0))
        shell.person_changed.connect(self._show_or_hide)  # a file just opened says who works only after the first page is made
        self._show_or_hide()

    @Slot()
    def _show_or_hide(self) -> None:
        self.setVisible(not self._shell.person.person_id)

    def _keep(self) -> None:
        name, pin = self.name.value(), self.pin.value()
        if not name:
            self.name.set_error(_("Cần điền mục này"))
            return
        self.keep.setEnabled(False)

        def action(session: Any) -> str:
            from ocop_desktop.actions import people

            return people.begin(session, name, pin)

        self._work.save(self, action, self._kept, self._failed)

    def _kept(self, recovery: str) -> None:
        name = self.name.value()
        self._shell.change_settings(user=name)
        self.hide()
        self._work.look(None, _standing, self._shell.sign_in)
        if recovery:  # over the window: this page is read anew meanwhile and goes
            CodeDialog.recovery(recovery, self.window()).open()

    def _failed(self, error: UserError) -> None:
        self.keep.setEnabled(True)
        self._shell.say.error(error)


def _standing(database: Any) -> Actor:
    from ocop_desktop.actions import people

    found = database.actor or people.standing(database).actor
    assert isinstance(found, Actor)  # the clerk, with a PIN or without
    return found
