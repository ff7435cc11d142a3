"""Ký số: asks for the secret once, then signs a paper or a batch of them in the background and writes the files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QWidget
from shiboken6 import isValid

from ocop_desktop import text
from ocop_desktop.errors import UserError
from ocop_desktop.text import _
from ocop_desktop.ui import file_dialogs, theme
from ocop_desktop.ui.widgets import LinkLabel, button, column, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.paper_pages import Made
    from ocop_desktop.ui.printing import Printout
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

WIDE = 480  # pixels at 100 %


class SignDialog(QDialog):
    """Asks for passphrase or PIN, the reason, and where the paper has several places, which.

    Args:
        signing: the settings of signing; without a source the dialog leads there.
        what: what is signed; places: what stands under each place to sign.
    """

    wanted = Signal(str, str, int)  # secret, reason, place
    stop_wanted = Signal()
    settings_wanted = Signal()

    def __init__(self, signing: dict[str, str], what: str, places: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Ký số"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        source = signing.get("source", "")
        self.secret, self.reason, self.place = QLineEdit(), QLineEdit(signing.get("reason", "")), QComboBox()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.error = label("", "error", wrap=True)
        self.sign = button(_("Ký và lưu…"), self._sign, "primary", icon="key")
        self.leave = button(_("Thôi"), self.reject)
        self.told = label("", "quiet")  # how far signing is
        self._busy = False
        self.choose = LinkLabel(_("Chọn chứng thư số ở Cài đặt"), self._choose)
        for number, name in enumerate(places, 1):
            self.place.addItem(_("{number}. {name}", number=number, name=name) if name else _("Chỗ thứ {number}", number=number))
        self._build(source, signing, what, len(places))

    def _build(self, source: str, signing: dict[str, str], what: str, places: int) -> None:
        named = {"file": _("Tệp chứng thư {file}", file=Path(signing.get("file", "")).name),
                 "token": _("Thiết bị ký {token}", token=signing.get("token", ""))}.get(source, "")
        asked = label(_("Mã PIN của thiết bị") if source == "token" else _("Mật khẩu của chứng thư"))
        why, where = label(_("Lý do ký (hiện trên giấy)")), label(_("Chỗ ký"))
        for name, part in ((asked, self.secret), (why, self.reason), (where, self.place)):
            name.setBuddy(part)
            part.setAccessibleName(name.text())
        told = label(named or _("Máy này chưa chọn chứng thư số."), "quiet", wrap=True)
        inside = column(label(what, "strong", wrap=True), told, self.choose, asked, self.secret, why, self.reason, where,
                        self.place, self.error, 1,
                        row(self.told, 1, self.leave, self.sign), space=8)
        inside.setContentsMargins(*(theme.now().px(20),) * 4)
        self.setLayout(inside)
        self.setMinimumWidth(theme.now().px(WIDE))
        self.choose.setVisible(not named)
        needed: tuple[QWidget, ...] = (asked, self.secret, why, self.reason, self.sign)
        several: tuple[QWidget, ...] = (where, self.place)
        for one in (*needed, *several):
            one.setVisible(bool(named) and (one in needed or places > 1))
        self.error.hide()
        self.sign.setDefault(True)
        (self.secret if named else self.choose).setFocus()

    def _sign(self) -> None:
        self.error.hide()
        self.sign.setEnabled(False)
        self._busy = True
        self.wanted.emit(self.secret.text(), self.reason.text().strip(), self.place.currentIndex())

    def _choose(self) -> None:
        self.settings_wanted.emit()
        self.reject()

    def refuse(self, sentence: str) -> None:
        """Say why it was not signed; the secret is to be typed again."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        inside = self.layout()
        if inside is not None:  # lines that wrap make a layout taller, not its window
            inside.activate()
            self.resize(self.width(), max(self.height(), inside.totalHeightForWidth(self.width())))
        self.again()
        self.secret.clear()
        self.secret.setFocus()

    def again(self) -> None:
        """Nothing happened: let it be asked for again."""
        self._busy = False
        self.told.setText("")
        self.sign.setEnabled(True)

    def show_progress(self, _what: str, done: int, total: int) -> None:
        """Say how far signing is."""
        if self._busy and total > 1:
            self.told.setText(_("Đã ký {done} / {total}", done=text.number(done), total=text.number(total)))

    def reject(self) -> None:
        """Leave; while papers are being signed, stop that first."""
        if self._busy:
            self.stop_wanted.emit()
        else:
            super().reject()


class SigningDesk(QObject):
    """Signs papers for a screen.

    Args:
        owner: the screen, over which the dialogs open.
    """

    signed = Signal(object)  # the file or folder written

    def __init__(self, owner: QWidget, work: Work, shell: Shell) -> None:
        super().__init__(owner)
        self._owner, self._work, self._shell = owner, work, shell
        self._dialog: SignDialog | None = None
        self._files: dict[str, bytes] = {}  # what is signed, by the name proposed
        self._goal: Path | None = None  # chosen once; a wrong passphrase does not ask for it again

    def ask(self, printout: Printout, made: Made, over: QWidget) -> None:
        """Ask how to sign a paper that is made."""

        def look(session: Any) -> Any:
            from ocop_desktop.actions import pdf_signing

            files = dict(printout.pieces(session, made.keys)) if printout.pieces else {}
            files = files if len(files) > 1 else {next(iter(files), printout.file): made.pdf}
            return files, () if len(files) > 1 else pdf_signing.places(made.pdf, made.above)

        self._work.read(self._owner, look, lambda found: self._open(printout, made, over, *found), self._shell.say.error)

    def _open(self, printout: Printout, made: Made, over: QWidget, files: dict[str, bytes], found: Any) -> None:
        self._goal, self._files = None, files
        what = printout.title
        if len(files) > 1:
            what = _("{what}: {count} tờ, mỗi tờ một tệp", what=what, count=text.number(len(files)))
        places = tuple(place.name for place in found)
        dialog = SignDialog(dict(self._shell.settings.signing or {}), what, places, over)
        dialog.settings_wanted.connect(lambda: self._to_settings(over))
        dialog.wanted.connect(lambda secret, reason, place: self._wanted(printout, made, secret, reason, place))
        dialog.stop_wanted.connect(self._work.cancel)
        self._work.busy.connect(dialog.show_progress)
        self._dialog = dialog
        dialog.open()

    @property
    def dialog(self) -> SignDialog | None:
        """The dialog, while it is there: a person may close it while papers are being signed."""
        return self._dialog if self._dialog is not None and isValid(self._dialog) else None

    def _to_settings(self, over: QWidget) -> None:
        if isinstance(over, QDialog):
            over.reject()
        self._shell.go("settings", section="signing")

    def _wanted(self, printout: Printout, made: Made, secret: str, reason: str, place: int) -> None:
        self._shell.keep_settings(signing={**(self._shell.settings.signing or {}), "reason": reason})

        def go(goal: Path) -> None:
            self._goal = goal
            self.sign(printout, made, goal, secret, reason, max(place, 0))

        if self._goal is not None:
            go(self._goal)
            return
        over = self.dialog or self._owner
        asked = (file_dialogs.for_folder(self._shell, over, _("Chọn thư mục lưu các tệp đã ký"), go)
                 if len(self._files) > 1 else
                 file_dialogs.to_save(self._shell, over, _("Lưu tệp đã ký"), _signed_name(next(iter(self._files), "")),
                                      _("Tệp PDF (*.pdf)"), go))
        asked.rejected.connect(lambda: self.dialog.again() if self.dialog is not None else None)

    def sign(self, printout: Printout, made: Made, goal: Path, secret: str, reason: str = "", place: int = 0) -> None:
        """Sign a paper into the file ``goal``, or each of its pieces into the folder ``goal``."""
        settings, files = dict(self._shell.settings.signing or {}), self._files

        def job(session: Any, progress: Callable[[int, int, str], None]) -> Any:
            from ocop_desktop.actions import pdf_signing

            words = _("Đang ký {what}", what=printout.title)
            papers = {goal / name if len(files) > 1 else goal: pdf for name, pdf in files.items()}
            how = pdf_signing.Signing(reason, settings.get("tsa", ""), place, made.above)
            holder = pdf_signing.sign_all(papers, pdf_signing.key_of(settings, secret), how,
                                          lambda done, total, _what: progress(done, total, words))
            if printout.signed:
                printout.signed(session, made.keys, holder.name)
            return holder, len(papers)

        self._work.long(self._owner, job, lambda done: self._tell(goal, *done), self._refused, self._stopped,
                        quiet=printout.signed is None)

    def _tell(self, goal: Path, holder: Any, count: int) -> None:
        if self.dialog is not None:
            self.dialog.accept()
        words = (_("{name} đã ký {count} tệp trong thư mục {folder}", name=holder.name, count=text.number(count),
                   folder=goal.name) if goal.is_dir() else _("{name} đã ký; đã lưu {file}", name=holder.name, file=goal.name))
        self._shell.say.ok(words, _("Mở"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(goal))))
        self.signed.emit(goal)

    def _refused(self, error: UserError) -> None:
        if self.dialog is not None:
            self.dialog.refuse(text.say(error))
        else:
            self._shell.say.error(error)

    def _stopped(self) -> None:
        if self.dialog is not None:
            self.dialog.again()
        self._shell.say.info(_("Đã dừng; chưa có gì thay đổi."))


def _signed_name(file: str) -> str:
    path = Path(file or "giay.pdf")
    return _("{name}-da-ky", name=path.stem) + ".pdf"
