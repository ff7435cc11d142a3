"""Asks for the passphrase of the key that signs certificates: the one there is, or a new one, typed twice."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from ocop_desktop import text
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.fields import CheckField
from ocop_desktop.ui.form import TextField
from ocop_desktop.ui.widgets import button, column, label, row

LONGEST = 200


class PassphraseDialog(QDialog):
    """Stays open until what was typed is taken (``accept``) or refused (``refuse``) by who asked.

    Args:
        new: a new passphrase is asked for, twice; old: the one in force too. without: words of the way that needs none.
        lost: asks too whether the key in use may be in strange hands.
    """

    given = Signal(str, str, bool)  # the passphrase (or the new one), the one in force before, whether the key is lost
    without = Signal()

    def __init__(self, over: QWidget, title: str, about: str, verb: str, new: bool = False, old: bool = False, without: str = "",
                 lost: bool = False) -> None:
        super().__init__(over)
        px = theme.now().px
        self.setWindowTitle(title)
        self.old = TextField(_("Cụm mật khẩu đang dùng"), longest=LONGEST) if old else None
        self.first = TextField(_("Cụm mật khẩu mới, ít nhất 10 ký tự") if new else _("Cụm mật khẩu của khóa"), longest=LONGEST)
        self.again = TextField(_("Gõ lại"), longest=LONGEST) if new else None
        self.lost = CheckField(_("Khóa cũ đã lộ: mọi giấy ký bằng khóa ấy không còn được tin, phải in lại")) if lost else None
        self._fields = fields = [field for field in (self.old, self.first, self.again) if field is not None]
        for field in fields:
            field.line.setEchoMode(QLineEdit.EchoMode.Password)
            field.setMinimumWidth(px(440))
            field.line.returnPressed.connect(self._take)
        self.verb = button(verb, self._take, "primary")
        self.other = button(without, self._go_without) if without else None
        self._inside = column(label(title, "strong", wrap=True), label(about, "quiet", wrap=True), *fields, self.lost,
                              row(1, button(_("Thôi"), self.reject), self.other, self.verb), space=10)
        self._inside.setContentsMargins(px(24), px(20), px(24), px(20))
        self.setLayout(self._inside)
        fields[0].line.setFocus()
        self.finished.connect(self._forget)

    @classmethod
    def to_unlock(cls, over: QWidget, verb: str, without: str = "") -> PassphraseDialog:
        """Asks for the passphrase of the key there is."""
        return cls(over, _("Mở khóa ký giấy chứng nhận"),
                   _("Chỉ hỏi một lần: khóa mở cho đến khi đóng tệp dữ liệu này."), verb, without=without)

    def refuse(self, error: Any) -> None:
        """Show why what was typed was not taken."""
        self.verb.setEnabled(True)
        (self.old or self.first).set_error(text.say(error))
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as the words need: a dialog asks for the height its words would take on lines as long as they like."""
        self._inside.activate()
        self.setMinimumHeight(self._inside.totalHeightForWidth(self.width()))

    def _take(self) -> None:
        if self.again is not None and self.again.line.text() != self.first.line.text():
            self.again.set_error(_("Hai lần gõ khác nhau"))
            self._fit()
        elif self.first.line.text() and self.verb.isEnabled():
            self.verb.setEnabled(False)  # stretching a passphrase takes a second; a second press would ask again
            self.given.emit(self.first.line.text(), self.old.line.text() if self.old else "",
                            bool(self.lost and self.lost.value()))

    def _forget(self) -> None:
        for field in self._fields:
            field.line.clear()

    def _go_without(self) -> None:
        self.without.emit()
        self.accept()
