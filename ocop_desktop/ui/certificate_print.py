"""Saving and printing certificates from the window: where to, in the background with Cancel, what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMarginsF, QObject, QRect, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from ocop_desktop import text
from ocop_desktop.errors import UserError
from ocop_desktop.text import _
from ocop_desktop.ui import file_dialogs
from ocop_desktop.ui.printer_offset import PrinterOffsetDialog, moved, shift_of

if TYPE_CHECKING:
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

DPI = 300  # pictures sent to a printer
PROBLEMS_SAID = 2


class Press(QObject):
    """Prints for a screen.

    Args:
        owner: the screen, over which the dialogs open.
    """

    def __init__(self, owner: QWidget, work: Work, shell: Shell) -> None:
        super().__init__(owner)
        self._owner, self._work, self._shell = owner, work, shell

    # -- asking -------------------------------------------------------------------------------------------------------

    def ask_file(self, ids: Sequence[int], proposed: str, copy: bool = False) -> None:
        """Ask for a file and print into it; ``copy``: every page says "BẢN SAO"."""
        file_dialogs.to_save(self._shell, self._owner, _("Lưu giấy chứng nhận"), proposed, _("Tệp PDF (*.pdf)"),
                         lambda path: self.save_file(ids, path, copy))

    def ask_folder(self, ids: Sequence[int]) -> None:
        """Ask for a folder and print one file per product into it."""
        file_dialogs.for_folder(self._shell, self._owner, _("Chọn thư mục lưu giấy chứng nhận"),
                            lambda folder: self.save_files(ids, folder))

    def ask_printer(self, ids: Sequence[int], copy: bool = False) -> None:
        """Ask for a printer and print; without ids the test page. ``copy``: every page says "BẢN SAO"."""
        printer = a4_printer()
        dialog = QPrintDialog(printer, self._owner)
        dialog.setWindowTitle(_("In giấy chứng nhận"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_on(ids, printer, copy) if ids else self.print_trial(printer))
        QDialog.open(dialog)

    # -- doing --------------------------------------------------------------------------------------------------------

    def save_file(self, ids: Sequence[int], path: Path, copy: bool = False) -> None:
        """Print certificates into one file."""
        who = self._shell.settings.user

        def job(session: Any, progress: Callable[[int, int, str], None]) -> Any:
            from ocop_desktop.actions import certificates

            return certificates.print_pdf(session, ids, path, _named(progress, _("Đang in giấy chứng nhận")), copy, who)

        self._long(job, lambda done: self._tell(done, _("Đã lưu {count} giấy chứng nhận vào {file}",
                                                        count=text.number(done.count), file=path.name), path))

    def save_files(self, ids: Sequence[int], folder: Path) -> None:
        """Print certificates, one file per product."""
        who = self._shell.settings.user

        def job(session: Any, progress: Callable[[int, int, str], None]) -> Any:
            from ocop_desktop.actions import certificates

            named = _named(progress, _("Đang in giấy chứng nhận"))
            return certificates.print_separately(session, ids, folder, named, who=who)

        self._long(job, lambda done: self._tell(done, _("Đã lưu {count} tệp vào thư mục {folder}", count=text.number(done.count),
                                                        folder=folder.name), folder))

    def print_on(self, ids: Sequence[int], printer: QPrinter, copy: bool = False) -> None:
        """Print certificates on a printer; painting happens in the background too."""
        who = self._shell.settings.user

        def job(session: Any, progress: Callable[[int, int, str], None]) -> Any:
            from ocop_desktop.actions import certificates

            with Painting(printer, self._shift(printer)) as painting:
                named = _named(progress, _("Đang in giấy chứng nhận"))
                return certificates.print_on(session, ids, DPI, painting.page, named, copy, who)

        self._long(job, lambda done: self._tell(done, printed(printer, _("Đã gửi {count} giấy chứng nhận đến máy in",
                                                                         count=text.number(done.count))), None))

    def print_trial(self, printer: QPrinter) -> None:
        """Print a test page."""

        def job(session: Any, _progress: Callable[[int, int, str], None]) -> None:
            from ocop_desktop.actions import certificate_preview

            with Painting(printer, self._shift(printer)) as painting:
                for picture in certificate_preview.pictures_of_trial_page(session, DPI):
                    painting.page(picture)

        self._long(job, lambda _done: self._shell.say.ok(printed(printer, _("Đã gửi trang thử đến máy in"))))

    def ask_shift(self) -> PrinterOffsetDialog:
        """Ask how far certificates are to be moved on a printer."""
        dialog = PrinterOffsetDialog(self._shell, self._try_on, self._owner)
        dialog.open()
        return dialog

    def _try_on(self, name: str) -> None:
        printer = a4_printer()
        printer.setPrinterName(name)
        self.print_ruler(printer)

    def print_ruler(self, printer: QPrinter) -> None:
        """Print the page a printer is aligned with."""

        def job(_session: Any, _progress: Callable[[int, int, str], None]) -> None:
            from ocop_desktop.actions import certificate_preview

            with Painting(printer, self._shift(printer)) as painting:
                painting.page(certificate_preview.picture_of_ruler(DPI))

        self._long(job, lambda _done: self._shell.say.ok(printed(printer, _("Đã gửi trang căn máy đến máy in"))))

    def _shift(self, printer: QPrinter) -> tuple[int, int]:
        return moved(printer, shift_of(self._shell, printer.printerName()))

    def _long(self, job: Callable[..., Any], done: Callable[[Any], object]) -> None:
        self._work.long(self._owner, job, done, cancelled=lambda: self._shell.say.info(_("Đã dừng in; chưa có gì thay đổi.")))

    def _tell(self, done: Any, sentence: str, place: Path | None) -> None:
        url = QUrl.fromLocalFile(str(place)) if place else None
        self._shell.say.ok(sentence, _("Mở") if url else "", (lambda: QDesktopServices.openUrl(url)) if url else None)
        for problem in done.problems[:PROBLEMS_SAID]:
            self._shell.say.warn(text.say(problem))
        if len(done.problems) > PROBLEMS_SAID:
            self._shell.say.warn(_("Còn {count} giấy chứng nhận khác chưa in được.", count=len(done.problems) - PROBLEMS_SAID))


def printed(printer: QPrinter, sentence: str) -> str:
    """``sentence``, or where it really went when the printer is a file."""
    file = printer.outputFileName()
    return _("Đã in vào tệp {file}", file=Path(file).name) if file else sentence


class Painting:
    """Pages on a printer, one picture each; ends the job, or aborts it when something is raised.

    Args:
        shift: dots each page is moved to the right and down.
    """

    def __init__(self, printer: QPrinter, shift: tuple[int, int] = (0, 0)) -> None:
        self._printer, self._shift = printer, shift
        self._painter: QPainter | None = None

    def __enter__(self) -> Painting:
        return self

    def page(self, picture: Any) -> None:
        """Print one page."""
        if self._painter is None:
            self._painter = QPainter()
            if not self._painter.begin(self._printer):
                raise UserError("Máy in không nhận việc in; hãy kiểm tra máy in rồi in lại.")
        else:
            self._printer.newPage()
        image = QImage(picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_BGR888)
        whole = self._printer.paperRect(QPrinter.Unit.DevicePixel)
        offset = self._printer.pageLayout().paintRectPixels(self._printer.resolution()).topLeft()
        size = whole.size().toSize()
        right, down = self._shift
        self._painter.drawImage(QRect(right - offset.x(), down - offset.y(), size.width(), size.height()), image)

    def __exit__(self, kind: object, _error: object, _trace: object) -> None:
        if kind is not None:
            self._printer.abort()
        if self._painter is not None:
            self._painter.end()


def a4_printer() -> QPrinter:
    """A printer set to A4 across."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(DPI)
    printer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Landscape, QMarginsF()))
    return printer


def _named(progress: Callable[[int, int, str], None], words: str) -> Callable[[int, int, str], None]:
    return lambda done, total, _what: progress(done, total, words)
