"""The one road from a paper to a printer: preview, dialog, pages sent in the background, and again those a jam took.

Printer, duplex and number of copies are remembered for each kind of paper.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMarginsF, QObject, QRect, QSizeF, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QPageLayout, QPageRanges, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid

from ocop_desktop import text
from ocop_desktop.errors import Problem, UserError
from ocop_desktop.text import _
from ocop_desktop.ui import file_dialogs
from ocop_desktop.ui.paper_view import image_of
from ocop_desktop.ui.print_missing import MissingDialog
from ocop_desktop.ui.signing import SigningDesk

if TYPE_CHECKING:
    from ocop_desktop.actions.paper_pages import Made
    from ocop_desktop.ui.paper_card import PaperCard
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

DPI = 300  # of pictures sent to a printer
PROBLEMS_SAID = 2
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Printout:
    """A paper on its way to a printer.

    Args:
        kind: whose printer, duplex and copies are remembered.
        title: what it is called in the window and in the printer's queue.
        make: makes it, on the worker thread.
        file: the name proposed where it is saved.
        across: the sheet lies across in the printer; else pages across are turned upright.
        printed: on the worker thread, ``printed(session, keys, printer)`` once a printer took the pages of these records.
        spoiled: the same, ``spoiled(session, keys)``, when some of them did not come out well.
        pieces: the same paper as files by name, of the records given, where each is signed for itself.
        signed: on the worker thread, ``signed(session, keys, name)`` once that person signed.
        offset: how far a printer's pages are moved, right and down in millimetres, by the printer's name.
    """

    kind: str
    title: str
    make: Callable[[Any], Made]
    file: str = ""
    across: bool = False
    printed: Callable[[Any, Sequence[int], str], object] | None = None
    spoiled: Callable[[Any, Sequence[int]], object] | None = None
    pieces: Callable[[Any, Sequence[int]], Mapping[str, bytes]] | None = None
    signed: Callable[[Any, Sequence[int], str], object] | None = None
    offset: Callable[[str], tuple[float, float]] | None = None


@dataclass(frozen=True)
class Sent:
    """Pages a printer took: which, in the order they come out, and where to."""

    printout: Printout
    made: Made
    pages: tuple[int, ...]
    at: dt.datetime
    printer: str
    file: str
    duplex: QPrinter.DuplexMode
    copies: int  # made by the printer itself; else they stand in ``pages``

    def label(self, place: int) -> str:
        """What people call the page at a place of the order: a certificate's number, or its page number."""
        page = self.pages[place]
        return self.made.labels[page] if self.made.labels else _("trang {number}", number=text.number(page + 1))

    def again_from(self, good: int) -> int:
        """Where printing goes on when the first ``good`` pages came out well: a sheet of two sides is printed anew whole."""
        return good - good % 2 if self.duplex != QPrinter.DuplexMode.DuplexNone else good


class PaperRoad(QObject):
    """Shows and prints papers for a screen.

    Args:
        owner: the screen, over which the dialogs open.
    """

    sent = Signal(object)  # Sent

    def __init__(self, owner: QWidget, work: Work, shell: Shell) -> None:
        super().__init__(owner)
        self._owner, self._work, self._shell = owner, work, shell
        self.last: dict[str, Sent] = {}  # by kind of paper
        self.dialog: QDialog | None = None
        self.desk = SigningDesk(owner, work, shell)

    # -- looking ------------------------------------------------------------------------------------------------------

    def draw(self, printout: Printout, card: PaperCard, done: Callable[[Any], object] | None = None) -> None:
        """Make a paper and show it on a card."""
        card.wait(printout, self)

        def made(paper: Made) -> None:
            if isValid(card):  # a preview may be closed before its pages are there
                card.show_paper(paper)
                self._tell_problems(paper.problems)
            if done:
                done(paper)

        def refused(error: UserError) -> None:
            if isValid(card):
                card.refuse(text.say(error))

        self._work.read(self._owner, printout.make, made, refused, key="paper")

    def preview(self, printout: Printout) -> None:
        """Show a paper over the page, from where it can be printed."""
        from ocop_desktop.ui.paper_card import PreviewDialog

        self.dialog = PreviewDialog(self._work, printout.title, self._owner)
        self.draw(printout, self.dialog.card)
        self.dialog.open()

    # -- saving -------------------------------------------------------------------------------------------------------

    def ask_file(self, printout: Printout) -> None:
        """Ask for a file and save a paper there."""
        file_dialogs.to_save(self._shell, self._owner, _("Lưu PDF"), printout.file, _("Tệp PDF (*.pdf)"),
                             lambda path: self.save(printout, path))

    def save(self, printout: Printout, path: Path) -> None:
        """Save a paper as PDF."""

        def job(session: Any) -> None:
            from ocop_desktop.actions.files import write_whole

            write_whole({path: printout.make(session).pdf})

        self._work.read(self._owner, job, lambda _none: self._shell.say.ok(
            _("Đã lưu {file}", file=path.name), _("Mở"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))))

    def ask_sign(self, printout: Printout, made: Made | None = None) -> None:
        """Ask for passphrase or PIN and sign a paper; one that is not made yet is made first."""
        if made is None:
            self._work.read(self._owner, printout.make, lambda paper: self.ask_sign(printout, paper), key="paper")
            return
        self.desk.ask(printout, made, self._over())

    def _over(self) -> QWidget:
        """Over what a dialog opens: the preview where there is one."""
        return self.dialog if self.dialog is not None and isValid(self.dialog) and self.dialog.isVisible() else self._owner

    # -- printing -----------------------------------------------------------------------------------------------------

    def ask_printer(self, printout: Printout, made: Made | None = None) -> None:
        """Ask for a printer and print a paper; one that is not made yet is made first."""
        if made is None:
            self._work.read(self._owner, printout.make, lambda paper: self.ask_printer(printout, paper), key="paper")
            return
        printer = self._remembered(printout, made)
        dialog = QPrintDialog(printer, self._over())
        dialog.setWindowTitle(_("In {what}", what=printout.title))
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, made.count)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._accepted(printout, made, printer))
        QDialog.open(dialog)

    def _accepted(self, printout: Printout, made: Made, printer: QPrinter) -> None:
        if not printer.outputFileName():
            chosen = {"printer": printer.printerName(), "duplex": printer.duplex().name, "copies": printer.copyCount()}
            self._shell.keep_settings(printing={**(self._shell.settings.printing or {}), printout.kind: chosen})
        self.send(printout, made, printer)

    def send(self, printout: Printout, made: Made, printer: QPrinter) -> None:
        """Print the pages chosen in the dialog, so many times as it says."""
        pages, copies = _chosen_pages(printer, made.count), printer.copyCount()
        if not pages:
            self._shell.say.error(UserError("Giấy tờ này có {count} trang, không có trang nào đã chọn; hãy chọn lại trang.",
                                            count=made.count))
            return
        if not printer.supportsMultipleCopies():
            pages, copies = _copied(pages, copies, printer.collateCopies()), 1
        self._send(Sent(printout, made, pages, dt.datetime.now(), printer.printerName(), printer.outputFileName(),
                        printer.duplex(), copies), printer)

    def _send(self, sent: Sent, printer: QPrinter, spoiled: Sequence[int] = ()) -> None:
        printout, made = sent.printout, sent.made
        if self.dialog is not None and isValid(self.dialog):
            self.dialog.accept()  # what is under way and Cancel stand in the window

        def job(session: Any, progress: Progress) -> None:
            from ocop_desktop.actions import paper_pages

            if spoiled and printout.spoiled:
                printout.spoiled(session, _keys(made, spoiled))
            dpi = min(DPI, printer.resolution())
            drawn = paper_pages.pictures(made, sent.pages, dpi, upright=not printout.across)
            shift = printout.offset(sent.printer) if printout.offset else (0.0, 0.0)
            with Painting(printer, shift) as painting:
                for done, picture in enumerate(drawn, 1):
                    painting.page(picture)
                    progress(done, len(sent.pages), _("Đang in {what}", what=printout.title))
            if printout.printed:
                printout.printed(session, _keys(made, sent.pages), sent.printer or Path(sent.file).name)

        self._work.long(self._owner, job, lambda _none: self._tell(sent), self._shell.say.error, self._stopped,
                        quiet=printout.printed is None)

    def _tell(self, sent: Sent) -> None:
        self.last[sent.printout.kind] = sent
        if sent.file:
            self._shell.say.ok(_("Đã in vào tệp {file}", file=Path(sent.file).name))
        elif len(sent.pages) == 1:
            self._shell.say.ok(_("Đã gửi 1 trang đến máy in {printer}", printer=sent.printer))
        else:
            self._shell.say.ok(_("Đã gửi {count} trang đến máy in {printer}", count=text.number(len(sent.pages)),
                                 printer=sent.printer), _("Giấy kẹt? In tờ còn thiếu…"), lambda: self.ask_missing(sent))
        self.sent.emit(sent)

    def _stopped(self) -> None:
        self._shell.say.info(_("Đã dừng in. Tờ nào đã ra khỏi máy thì bỏ đi: lần in này không được ghi."))

    def _tell_problems(self, problems: Sequence[Problem]) -> None:
        for problem in problems[:PROBLEMS_SAID]:
            self._shell.say.warn(text.say(problem))
        if len(problems) > PROBLEMS_SAID:
            self._shell.say.warn(_("Còn {count} tờ khác chưa in được.", count=text.number(len(problems) - PROBLEMS_SAID)))

    # -- after a jam --------------------------------------------------------------------------------------------------

    def ask_missing(self, sent: Sent) -> None:
        """Ask up to where pages came out well, and print the rest."""
        asked = MissingDialog(sent, self._over())
        asked.wanted.connect(lambda good: self.print_missing(sent, good))
        asked.open()

    def print_missing(self, sent: Sent, good: int) -> None:
        """Print what is missing, on the same printer in the same way, when the first ``good`` pages came out well."""
        printer = _printer(sent.made, sent.printout, sent.printer, sent.duplex.name, sent.copies)
        file = Path(sent.file)
        if sent.file:
            file = file.with_stem(_("{file}-con-thieu", file=file.stem))
            printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            printer.setOutputFileName(str(file))
        rest = Sent(sent.printout, sent.made, sent.pages[sent.again_from(good):], dt.datetime.now(), sent.printer,
                    str(file) if sent.file else "", sent.duplex, sent.copies)
        self._send(rest, printer, sent.pages[good:])

    def _remembered(self, printout: Printout, made: Made) -> QPrinter:
        kept = (self._shell.settings.printing or {}).get(printout.kind, {})
        name, duplex, copies = kept.get("printer", ""), kept.get("duplex", ""), kept.get("copies", 1)
        known = isinstance(name, str) and name in QPrinterInfo.availablePrinterNames()
        return _printer(made, printout, name if known else "", str(duplex), copies if isinstance(copies, int) else 1)


class Painting:
    """Pages on a printer, one picture each; ends the job, or aborts it when something is raised.

    Args:
        shift: how far pages are moved, right and down, in millimetres.
    """

    def __init__(self, printer: QPrinter, shift: tuple[float, float] = (0.0, 0.0)) -> None:
        self._printer = printer
        self._painter: QPainter | None = None
        self._right, self._down = (round(mm / 25.4 * printer.resolution()) for mm in shift)

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
        whole = self._printer.paperRect(QPrinter.Unit.DevicePixel).size().toSize()
        offset = self._printer.pageLayout().paintRectPixels(self._printer.resolution()).topLeft()
        self._painter.drawImage(QRect(self._right - offset.x(), self._down - offset.y(), whole.width(), whole.height()),
                                image_of(picture))

    def __exit__(self, kind: object, _error: object, _trace: object) -> None:
        if kind is not None:
            self._printer.abort()
        if self._painter is not None:
            self._painter.end()


def _printer(made: Made, printout: Printout, name: str, duplex: str, copies: int) -> QPrinter:
    """A printer set up for the paper's size, its sheets upright or across."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if name:
        printer.setPrinterName(name)
    printer.setResolution(DPI)
    printer.setDocName(printout.title)
    short, long = sorted(made.sizes[0]) if made.sizes else (595.28, 841.89)
    across = QPageLayout.Orientation.Landscape if printout.across else QPageLayout.Orientation.Portrait
    size = QPageSize(QSizeF(short, long), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    printer.setPageLayout(QPageLayout(size, across, QMarginsF()))
    if duplex in QPrinter.DuplexMode.__members__:
        printer.setDuplex(QPrinter.DuplexMode[duplex])
    printer.setCopyCount(max(1, copies))
    return printer


def _chosen_pages(printer: QPrinter, count: int) -> tuple[int, ...]:
    """The pages chosen in the dialog. We leave the others out ourselves, so the printer must not do it a second time."""
    ranges = printer.pageRanges()
    printer.setPageRanges(QPageRanges())
    chosen = tuple(n for n in range(count) if ranges.isEmpty() or ranges.contains(n + 1))
    return chosen[::-1] if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst else chosen


def _copied(pages: tuple[int, ...], copies: int, collate: bool) -> tuple[int, ...]:
    return pages * copies if collate else tuple(page for page in pages for _copy in range(copies))


def _keys(made: Made, pages: Sequence[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(made.keys[page] for page in pages)) if made.keys else ()
