"""The number of a session's paper: the one it has, or the next one, and taking it with the paper's date."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.form import ChoiceField, DateField
from ocop_desktop.ui.tall import Tall
from ocop_desktop.ui.widgets import button, column, label, row

if TYPE_CHECKING:
    from ocop_desktop.errors import UserError
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work


class NumberRow(QWidget):
    """Words and a button; gone where a paper has no number to take."""

    taken = Signal()

    def __init__(self, work: Work, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._shell = work, shell
        self.paper: Any = None
        self._reserved: tuple[tuple[int, str], ...] = ()
        self.dialog: TakeDialog | None = None
        self.state = label("", "quiet", wrap=True)
        self.take = button(_("Lấy số…"), self._ask, small=True)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.now().px(12))
        box.addWidget(self.state, 1)
        box.addWidget(self.take)
        self.hide()

    def show_paper(self, paper: Any) -> None:
        """Show the number of a paper."""
        self.hide()
        self._read(paper, self._show, lambda _error: self.hide())

    def ask_for(self, paper: Any) -> None:
        """Ask for the number of a paper that is shown elsewhere; say which it has."""
        def show(found: Any) -> None:
            self._note(found)
            if found.count:
                self._ask()
            else:
                self._shell.say.ok(self.state.text() or _("Giấy tờ này không có số để lấy."))

        self._read(paper, show, self._shell.say.error)

    def _read(self, paper: Any, done: Any, failed: Any) -> None:
        self.paper = paper

        def action(session: Any) -> Any:
            from ocop_desktop.actions import numbering

            return numbering.numbering(session, paper, dt.date.today())

        self._work.read(self, action, done, failed, key="paper-number")

    def _show(self, found: Any) -> None:
        self._note(found)
        self.setVisible(bool(found.taken or found.count))
        self.take.setVisible(bool(found.count))

    def _note(self, found: Any) -> None:
        """Keep what is known of the numbers, in words."""
        said = []
        if found.taken:
            said.append(_("Số {number}, ngày {day}", number=_row(found.taken), day=text.date(found.day) if found.day else "…"))
        if found.count:
            said.append(_("Chưa lấy số; số tiếp theo: {number}", number=_row(found.following)))
        self.state.setText(" · ".join(said))
        self._reserved = found.reserved if found.count == 1 else ()

    def _ask(self) -> None:
        dialog = self.dialog = TakeDialog(self.state.text(), self._reserved, self)
        paper, who = self.paper, self._shell.settings.user

        def keep(day: dt.date, reserved: int | None) -> None:
            def action(session: Any) -> Any:
                from ocop_desktop.actions import numbering

                return numbering.take_numbers(session, paper, day, who, reserved)

            def done(numbers: tuple[str, ...]) -> None:
                dialog.accept()
                self._shell.say.ok(_("Đã lấy số {number}", number=_row(numbers)))
                self.taken.emit()

            self._work.save(self, action, done, dialog.refuse)

        dialog.wanted.connect(keep)
        dialog.open()


def _row(numbers: tuple[str, ...]) -> str:
    """One number, or the first and the last."""
    return numbers[0] if len(numbers) == 1 else _("{first} đến {last}", first=numbers[0], last=numbers[-1])


class TakeDialog(QDialog):
    """The paper's date, and a reserved number instead of the next one.

    Args:
        about: what will be taken, in words; reserved: numbers kept, as (id, text).
    """

    wanted = Signal(object, object)  # day, id of a reserved number or None

    def __init__(self, about: str, reserved: tuple[tuple[int, str], ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Lấy số văn bản"))
        px = theme.now().px
        self.setMinimumWidth(px(480))
        self.day = DateField(_("Ngày văn bản"), _("Số và người ký theo ngày này"))
        self.day.set_value(dt.date.today())
        self.number = ChoiceField(_("Số"), [(0, _("số tiếp theo")), *((id, _("{number}, đang giữ chỗ", number=number))
                                                                     for id, number in reserved)], empty=False)
        self.number.set_value(0)
        self.number.setVisible(bool(reserved))
        self.wrong = label("", "error", wrap=True)
        self.keep = button(_("Lấy số"), self._confirm, "primary")
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(20))
        box.setSpacing(px(12))
        about_number = _("Số đã lấy không trả lại: văn bản không dùng thì hủy số, số ấy vẫn ở trong sổ.")
        box.addWidget(Tall(column(label(about, "strong", wrap=True), label(about_number, wrap=True), self.day, self.number,
                                  self.wrong)))
        box.addLayout(row(1, button(_("Chưa lấy"), self.reject), self.keep))

    def _confirm(self) -> None:
        day = self.day.value()
        if day is not None and not self.day.wrong():
            self.wanted.emit(day, self.number.value() or None)

    def refuse(self, error: UserError) -> None:
        """Show why no number was taken."""
        self.wrong.setText(text.say(error))
