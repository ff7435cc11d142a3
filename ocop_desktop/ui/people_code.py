"""A code that is shown once: for a person's first signing in, or the clerk's recovery code; and the clerk's own new PIN."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from ocop_desktop import text
from ocop_desktop.errors import UserError
from ocop_desktop.rules import pins
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.form import TextField
from ocop_desktop.ui.parts import answers
from ocop_desktop.ui.widgets import button, column, label, row


class CodeDialog(QDialog):
    """Shows a code large, once."""

    def __init__(self, title: str, code: str, what: str, over: QWidget) -> None:
        super().__init__(over)
        px = theme.now().px
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.code = label(code, "hall")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.done_button = button(_("Đã ghi lại"), self.accept, "primary")
        words = label(what, wrap=True)
        words.setMinimumWidth(px(420))
        inside = column(label(title, "strong", wrap=True), self.code, words, row(1, self.done_button), space=14)
        inside.setContentsMargins(px(24), px(20), px(24), px(20))
        self.setLayout(inside)

    @classmethod
    def once(cls, name: str, code: str, over: QWidget) -> CodeDialog:
        """The code for somebody's first signing in."""
        return cls(_("Mã của {name}", name=name), f"{code[:3]} {code[3:]}",
                   _("Đưa mã này cho {name}. Mã chỉ hiện lần này và chỉ dùng một lần: khi đăng nhập, người ấy tự chọn mã PIN "
                     "riêng mà thư ký không biết.", name=name), over)

    @classmethod
    def recovery(cls, code: str, over: QWidget) -> CodeDialog:
        """The clerk's recovery code."""
        return cls(_("Mã khôi phục của thư ký"), code,
                   _("Chép mã này ra giấy, cất trong phong bì. Quên mã PIN thì gõ mã khôi phục vào ô mã PIN để chọn mã mới. "
                     "Mã chỉ hiện lần này."), over)


class PinDialog(QDialog):
    """Asks for the clerk's own new PIN, twice.

    Args:
        keep: called with a PIN that was typed the same twice.
    """

    def __init__(self, keep: Callable[[str], object], over: QWidget) -> None:
        super().__init__(over)
        px = theme.now().px
        self.setWindowTitle(_("Mã PIN của tôi"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._keep = keep
        self.first = TextField(_("Mã PIN mới, từ {shortest} đến {longest} chữ số", shortest=pins.SHORTEST, longest=pins.LONGEST),
                               longest=pins.LONGEST)
        self.again = TextField(_("Gõ lại"), longest=pins.LONGEST)
        for field in (self.first, self.again):
            field.line.setEchoMode(QLineEdit.EchoMode.Password)
            field.setMinimumWidth(px(360))
        self.keep = button(_("Đặt mã PIN"), self._take, "primary")
        leave = button(_("Thôi"), self.reject)
        answers(self.keep, leave)
        inside = column(label(_("Từ nay mở tệp này phải chọn tên và gõ mã PIN."), "quiet", wrap=True), self.first, self.again,
                        row(1, leave, self.keep), space=10)
        inside.setContentsMargins(px(24), px(20), px(24), px(20))
        self.setLayout(inside)

    def _take(self) -> None:
        first, again = self.first.line.text(), self.again.line.text()
        if first != again:
            self.again.set_error(_("Hai lần gõ khác nhau"))
            return
        try:
            pins.check(pins.tidy(first))
        except UserError as error:
            self.first.set_error(text.say(error))
            return
        self._keep(first)
        self.accept()
