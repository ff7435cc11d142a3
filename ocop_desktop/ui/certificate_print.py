"""Saving and printing certificates from the window: where to, in the background with Cancel, what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from ocop_desktop import text
from ocop_desktop.text import _
from ocop_desktop.ui import file_dialogs
from ocop_desktop.ui.passphrase import PassphraseDialog
from ocop_desktop.ui.printer_offset import PrinterOffsetDialog, shift_of
from ocop_desktop.ui.printing import PaperRoad, Printout

if TYPE_CHECKING:
    from ocop_desktop.actions.certificate_keys import KeyView
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

PROBLEMS_SAID = 2


class Press(QObject):
    """Prints for a screen.

    Args:
        owner: the screen, over which the dialogs open.
    """

    def __init__(self, owner: QWidget, work: Work, shell: Shell) -> None:
        super().__init__(owner)
        self._owner, self._work, self._shell = owner, work, shell
        self.road = PaperRoad(owner, work, shell)
        self._told_unsigned = False
        self.dialog: PassphraseDialog | None = None

    # -- asking -------------------------------------------------------------------------------------------------------

    def ask_file(self, ids: Sequence[int], proposed: str, copy: bool = False) -> None:
        """Ask for a file and print into it; each page of a ``copy`` says that it is one."""
        file_dialogs.to_save(self._shell, self._owner, _("Lưu giấy chứng nhận"), proposed, _("Tệp PDF (*.pdf)"),
                         lambda path: self.save_file(ids, path, copy))

    def ask_folder(self, ids: Sequence[int]) -> None:
        """Ask for a folder and print one file per product into it."""
        file_dialogs.for_folder(self._shell, self._owner, _("Chọn thư mục lưu giấy chứng nhận"),
                            lambda folder: self.save_files(ids, folder))

    def preview(self, ids: Sequence[int], copy: bool = False) -> None:
        """Look at certificates, print or sign them; or at copies, to print them."""
        made = self._copies if copy else self._printout
        self._with_key(_("Mở khóa"), lambda signed: self.road.preview(made(ids, signed)))

    def ask_sign(self, ids: Sequence[int]) -> None:
        """Sign certificates, each as a file of its own, with one entry of the secret."""
        self._with_key(_("Mở khóa"), lambda signed: self.road.ask_sign(self._printout(ids, signed)))

    def _printout(self, ids: Sequence[int], with_key: bool) -> Printout:
        """Certificates on their way to printer or signature; what really was printed and signed goes into the history."""
        who = self._shell.settings.user

        def make(session: Any) -> Any:
            return _actions().paper(session, ids, signed=with_key)

        def printed(session: Any, keys: Sequence[int], printer: str) -> None:
            _actions().note_printed(session, keys, who, printer)

        def spoiled(session: Any, keys: Sequence[int]) -> None:
            _actions().note_spoiled(session, keys, who)

        def pieces(session: Any, keys: Sequence[int]) -> Any:
            return _actions().pieces(session, keys, with_key)

        def signed(session: Any, keys: Sequence[int], name: str) -> None:
            _actions().note_signed(session, keys, who, name)

        return Printout("certificates", _("Giấy chứng nhận"), make, across=True, printed=printed, spoiled=spoiled, pieces=pieces,
                        signed=signed, offset=self._shift)

    def _copies(self, ids: Sequence[int], signed: bool) -> Printout:
        who = self._shell.settings.user

        def make(session: Any) -> Any:
            return _actions().paper(session, ids, signed=signed, copy=True)

        def printed(session: Any, keys: Sequence[int], printer: str) -> None:
            _actions().note_copied(session, keys, who, printer)

        return Printout("certificates", _("Bản sao giấy chứng nhận"), make, across=True, printed=printed, offset=self._shift)

    def ask_shift(self) -> PrinterOffsetDialog:
        """Ask how far certificates are to be moved on a printer."""
        dialog = PrinterOffsetDialog(self._shell, self.preview_ruler, self._owner)
        dialog.open()
        return dialog

    def preview_ruler(self) -> None:
        """Look at the page a printer is aligned with, and print it."""

        def make(_session: Any) -> Any:
            from ocop_desktop.actions import certificate_preview, paper_pages

            return paper_pages.made_of(certificate_preview.ruler_page())

        self.road.preview(Printout("certificates", _("Trang căn máy in"), make, across=True, offset=self._shift))

    def _shift(self, printer: str) -> tuple[float, float]:
        """How far a printer's pages are moved, in millimetres."""
        right, down = shift_of(self._shell, printer)
        return right / 10, down / 10

    def preview_trial(self) -> None:
        """Look at the test page and print it; on the printer chosen for certificates."""

        def make(session: Any) -> Any:
            from ocop_desktop.actions import certificate_preview, paper_pages

            return paper_pages.made_of(certificate_preview.trial_page(session))

        self.road.preview(Printout("certificates", _("Trang in thử"), make, across=True, offset=self._shift))

    # -- doing --------------------------------------------------------------------------------------------------------

    def save_file(self, ids: Sequence[int], path: Path, copy: bool = False) -> None:
        """Print certificates into one file."""
        who = self._shell.settings.user

        def job(session: Any, progress: Callable[[int, int, str], None], signed: bool) -> Any:
            return _actions().print_pdf(session, ids, path, _named(progress, _("Đang in giấy chứng nhận")), signed, copy, who)

        self._save(job, lambda done: self._tell(done, _("Đã lưu {count} giấy chứng nhận vào {file}",
                                                        count=text.number(done.count), file=path.name), path))

    def save_files(self, ids: Sequence[int], folder: Path) -> None:
        """Print certificates, one file per product."""
        who = self._shell.settings.user

        def job(session: Any, progress: Callable[[int, int, str], None], signed: bool) -> Any:
            return _actions().print_separately(session, ids, folder, _named(progress, _("Đang in giấy chứng nhận")), signed, who)

        self._save(job, lambda done: self._tell(done, _("Đã lưu {count} tệp vào thư mục {folder}", count=text.number(done.count),
                                                        folder=folder.name), folder))

    def _save(self, job: Callable[..., Any], done: Callable[[Any], object]) -> None:
        self._with_key(_("Mở khóa và in"), lambda signed: self._long(
            lambda session, progress: job(session, progress, signed), done))

    def _with_key(self, verb: str, go: Callable[[bool], object]) -> None:
        """Go on with ``go(signed)``; a locked key's passphrase is asked for first, once for as long as the file is open.

        Going on without a signature stays possible, so a key nobody can open does not keep the office from printing.
        """
        def seen(key: KeyView) -> None:
            if not key.fingerprint or key.unlocked:
                go(True)
                return
            dialog = self.dialog = PassphraseDialog.to_unlock(self._owner, verb, _("In không có chữ ký"))
            dialog.given.connect(lambda typed, _old, _lost: self._unlock(typed, dialog, lambda: go(True)))
            dialog.without.connect(lambda: go(False))
            dialog.open()

        def look(session: Any) -> KeyView:
            from ocop_desktop.actions import certificate_keys

            return certificate_keys.view(session)

        self._work.read(self._owner, look, seen)

    def _unlock(self, typed: str, dialog: PassphraseDialog, then: Callable[[], object]) -> None:
        def action(session: Any) -> None:
            from ocop_desktop.actions import certificate_keys

            certificate_keys.unlock(session, typed)

        def opened(_done: Any) -> None:
            dialog.accept()
            then()

        self._work.read(self._owner, action, opened, dialog.refuse)

    def _long(self, job: Callable[..., Any], done: Callable[[Any], object]) -> None:
        self._work.long(self._owner, job, done, cancelled=lambda: self._shell.say.info(_("Đã dừng in; chưa có gì thay đổi.")))

    def _tell(self, done: Any, sentence: str, place: Path | None) -> None:
        url = QUrl.fromLocalFile(str(place)) if place else None
        if not done.signed and not self._told_unsigned:
            self._told_unsigned = True
            self._shell.say.info(_("Mã QR trên giấy vừa in chưa có chữ ký số."), _("Khóa mã QR"),
                                 lambda: self._shell.go("settings", section="key"))
        self._shell.say.ok(sentence, _("Mở") if url else "", (lambda: QDesktopServices.openUrl(url)) if url else None)
        for problem in done.problems[:PROBLEMS_SAID]:
            self._shell.say.warn(text.say(problem))
        if len(done.problems) > PROBLEMS_SAID:
            self._shell.say.warn(_("Còn {count} giấy chứng nhận khác chưa in được.", count=len(done.problems) - PROBLEMS_SAID))


def _actions() -> Any:
    from ocop_desktop.actions import certificates

    return certificates


def _named(progress: Callable[[int, int, str], None], words: str) -> Callable[[int, int, str], None]:
    return lambda done, total, _what: progress(done, total, words)
