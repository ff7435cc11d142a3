"""Who signs the paper on show, and choosing another for it alone: the deputy signs today."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ocop_desktop.rules.signatories import Signatory
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.form import ChoiceField
from ocop_desktop.ui.signatory_dialog import SignatoryDialog
from ocop_desktop.ui.widgets import button, label

if TYPE_CHECKING:
    from ocop_desktop.actions.paper_signers import Signing
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work


class SignerRow(QWidget):
    """Words and a button; gone where nobody can be chosen."""

    chosen = Signal()

    def __init__(self, work: Work, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._shell = work, shell
        self.paper: Any = None
        self.seen: Signing | None = None
        self.dialog: PaperSignerDialog | None = None
        self.state = label("", "quiet", wrap=True)
        self.change = button(_("Đổi người ký…"), self._ask, small=True)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.now().px(12))
        box.addWidget(self.state, 1)
        box.addWidget(self.change)
        self.hide()

    def show_paper(self, paper: Any) -> None:
        """Show who signs a paper."""
        self.hide()
        self._read(paper, lambda _seen: self.setVisible(self.change.isEnabled()), lambda _error: self.hide())

    def ask_for(self, paper: Any) -> None:
        """Ask who signs a paper that is shown elsewhere."""
        def ask(seen: Signing) -> None:
            if seen.issuer:
                self._ask()
            else:
                self._shell.say.info(_("Giấy tờ này không có chỗ ký của cơ quan để đổi người ký."))

        self._read(paper, ask, self._shell.say.error)

    def _read(self, paper: Any, done: Any, failed: Any) -> None:
        self.paper = paper

        def action(session: Any) -> Any:
            from ocop_desktop.actions import paper_signers

            return paper_signers.signing(session, paper, dt.date.today())

        def show(seen: Signing) -> None:
            self.seen = seen
            self.change.setEnabled(bool(seen.issuer))
            self.state.setText(_told(seen))
            done(seen)

        self._work.read(self, action, show, failed, key="paper-signer")

    def _ask(self) -> None:
        if self.seen is None or not self.seen.issuer:
            return
        dialog = self.dialog = PaperSignerDialog(self.seen, self)
        paper, who = self.paper, self._shell.settings.user

        def keep(one: Signatory | None) -> None:
            def action(session: Any) -> None:
                from ocop_desktop.actions import paper_signers

                paper_signers.choose(session, paper, one, who)

            def done(_none: None) -> None:
                dialog.accept()
                self._shell.say.ok(_("Giấy tờ này do {name} ký.", name=one.name) if one
                                   else _("Giấy tờ này do người ký theo ngày ký."))
                self.chosen.emit()

            self._work.save(self, action, done, dialog.refuse)

        dialog.wanted.connect(lambda one, _earlier: keep(one))
        dialog.by_day.connect(lambda: keep(None))
        dialog.open()


def _told(seen: Signing) -> str:
    if seen.chosen:
        return _("Người ký riêng cho giấy tờ này: {name}, {lines}", name=seen.chosen.name, lines=" / ".join(seen.chosen.lines))
    if seen.usual and seen.usual.name:
        return _("Người ký: {name}, {lines}", name=seen.usual.name, lines=" / ".join(seen.usual.lines))
    return _("Chưa ghi ai ký cho cơ quan này")


class PaperSignerDialog(SignatoryDialog):
    """The fields of a signatory without days; those known before are filled in at a choice."""

    by_day = Signal()

    def __init__(self, seen: Signing, parent: QWidget | None = None) -> None:
        self._people = seen.known
        super().__init__(seen.chosen or seen.usual or Signatory(seen.issuer, "", ""), False, parent)
        self.setWindowTitle(_("Người ký của giấy tờ này"))
        self.keep.setText(_("Dùng cho giấy tờ này"))
        self.people = ChoiceField(_("Chọn trong những người đã ghi"), [
            (number, f"{one.name} – {' / '.join(one.lines)}") for number, one in enumerate(seen.known)], empty=True)
        self.people.setVisible(bool(seen.known))
        self.people.edited.connect(self._take)
        self.parts.insertWidget(1, self.people)
        self.parts.insertWidget(2, label(_("Chỉ giấy tờ này đổi người ký; các giấy tờ khác vẫn theo người ký đã ghi ở Cài đặt. "
                                           "In lại vẫn mang tên người đã chọn."), "quiet", wrap=True))
        if seen.chosen:
            self.buttons.insertWidget(0, button(_("Trở lại người ký theo ngày"), self.by_day.emit, "quiet"))
        for key in ("first", "last", "earlier"):
            self.form.field(key).hide()

    def _take(self, number: Any) -> None:
        if number is not None:
            one = self._people[number]
            self.form.set_values({"name": one.name, "title": one.title, "way": one.way, "head": one.head,
                                  "together": bool(one.collective)})
            self._show_lines()
