"""The one road to a printer: pages looked at, sent, sent again after a jam; read back from what a printer to a file wrote."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageRanges
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from ocop_desktop import settings
from ocop_desktop.actions.paper_pages import Made, made_of
from ocop_desktop.errors import UserError
from ocop_desktop.settings import Settings
from ocop_desktop.ui.paper_card import PaperCard
from ocop_desktop.ui.print_missing import MissingDialog
from ocop_desktop.ui.printing import PaperRoad, Printout
from ocop_desktop.ui.say import Say
from ocop_desktop.ui.shell import Shell
from ocop_desktop.ui.work import Work


def paper(session: object, pages: int = 6) -> Made:
    """Pages of which each has a black square at a height of its own, so that it is known again; the last lies across."""
    file = io.BytesIO()
    canvas = Canvas(file)
    for number in range(pages):
        canvas.setPageSize(landscape(A4) if number == pages - 1 else A4)
        canvas.rect(100, 100 + 60 * number, 200, 40, fill=1)
        canvas.showPage()
    canvas.save()
    return made_of(file.getvalue())


class Desk:
    """A card with a road to the printer, and the lane behind them."""

    def __init__(self, bot: QtBot, work: Work) -> None:
        self.bot, self.work, self.say = bot, work, Say()
        self.shell, self.page = Shell(Settings(), self.say), QWidget()
        self.card = PaperCard(work)
        QVBoxLayout(self.page).addWidget(self.card)
        self.road = PaperRoad(self.page, work, self.shell)
        self.printout = Printout("letters", "Thư", paper)
        for part in (self.page, self.say):
            bot.addWidget(part)
        self.page.resize(900, 640)
        self.page.show()

    def settle(self) -> None:
        self.bot.waitUntil(lambda: not self.work._jobs)

    def draw(self) -> Made:
        self.road.draw(self.printout, self.card)
        self.settle()
        made = self.card.made()
        assert made is not None
        return made

    def printer(self, file: Path) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(file))
        return printer

    def send(self, printer: QPrinter) -> object:
        with self.bot.waitSignal(self.road.sent) as sent:
            self.road.send(self.printout, self.draw(), printer)
        return sent.args[0]


@pytest.fixture
def desk(qtbot: QtBot, work: Work) -> Iterator[Desk]:
    made = Desk(qtbot, work)
    yield made
    made.settle()


def order(file: Path) -> list[int]:
    """Which page of ``paper`` stands on each printed page: told by where its black square is."""
    import pypdfium2

    document, found = pypdfium2.PdfDocument(file), []
    for page in document:
        picture = page.render(scale=0.5).to_pil().convert("L")
        wide, high = picture.size
        upright = [y for y in range(high) if picture.getpixel((round(wide * 200 / 595), y)) < 90]
        found.append(round((high - max(upright) - 1) * 2 / 60 - 100 / 60) if upright else -1)
    document.close()
    return found


def test_pages_are_drawn_as_they_come_into_view_and_keys_lead_through_them(desk: Desk) -> None:
    made, view, card = desk.draw(), desk.card.view, desk.card
    assert made.count == 6 and card.count.text() == "/ 6" and card.page.value() == 1
    desk.bot.waitUntil(lambda: view.picture(0) is not None)
    assert view.picture(5) is None and abs(view.page_rect(0).width() - view.viewport().width()) < 40
    view.setFocus()
    desk.bot.keyClick(view, Qt.Key.Key_End)
    assert card.page.value() == 6
    desk.bot.waitUntil(lambda: view.picture(5) is not None)
    desk.bot.keyClick(view, Qt.Key.Key_Home)
    desk.bot.keyClick(view, Qt.Key.Key_0)
    assert card.zoom.currentText() == "Cả trang" and view.page_rect(0).height() < view.viewport().height()
    desk.bot.keyClick(view, Qt.Key.Key_Right)
    assert card.page.value() == 2
    wide = view.page_rect(0).width()
    desk.bot.keyClick(view, Qt.Key.Key_Plus)
    assert view.page_rect(0).width() > wide and card.zoom.currentText().endswith(" %")
    card.page.setValue(4)
    assert view.page() == 3
    left: list[bool] = []
    card.left.connect(lambda: left.append(True))
    desk.bot.keyClick(view, Qt.Key.Key_Escape)
    assert left == [True]
    desk.settle()


def test_copies_and_chosen_pages_come_out_once_each(desk: Desk, tmp_path: Path) -> None:
    printer = desk.printer(tmp_path / "in.pdf")
    printer.setPageRanges(QPageRanges.fromString("2-3,5"))
    printer.setCopyCount(2)
    sent = desk.send(printer)
    assert sent.pages == (1, 2, 4, 1, 2, 4) and order(tmp_path / "in.pdf") == [1, 2, 4, 1, 2, 4]


def test_pages_the_paper_does_not_have_print_nothing_instead_of_everything(desk: Desk, tmp_path: Path) -> None:
    printer = desk.printer(tmp_path / "in.pdf")
    printer.setPageRanges(QPageRanges.fromString("50-60"))
    before = dict(desk.road.last)
    desk.road.send(desk.printout, desk.draw(), printer)
    desk.settle()
    assert desk.road.last == before and not (tmp_path / "in.pdf").exists()


def test_after_a_jam_the_rest_comes_out_and_sheets_of_two_sides_whole(desk: Desk, tmp_path: Path) -> None:
    sent = desk.send(desk.printer(tmp_path / "in.pdf"))
    assert all(float(p.mediabox.height) > float(p.mediabox.width) for p in pypdf.PdfReader(tmp_path / "in.pdf").pages)
    assert not desk.card.missing.isHidden()
    desk.road.last["letters"] = sent = replace(sent, duplex=QPrinter.DuplexMode.DuplexLongSide)  # a file has no second side
    desk.bot.mouseClick(desk.card.missing, Qt.MouseButton.LeftButton)
    dialog = desk.page.findChild(MissingDialog)
    dialog.good.setValue(3)
    assert dialog.last.text() == "đến trang 3" and dialog.print.text() == "In 4 trang còn thiếu"
    assert "từ trang 3 đến trang 6" in dialog.rest.text() and "hai mặt" in dialog.rest.text()
    with desk.bot.waitSignal(desk.road.sent) as again:
        desk.bot.mouseClick(dialog.print, Qt.MouseButton.LeftButton)
    assert again.args[0].pages == sent.pages[2:] and order(tmp_path / "in-con-thieu.pdf")[:3] == [2, 3, 4]


def test_a_batch_that_is_stopped_writes_and_notes_nothing(desk: Desk, tmp_path: Path) -> None:
    noted: list[object] = []
    desk.printout = Printout("letters", "Thư", paper, printed=lambda *what: noted.append(what))
    made = desk.draw()
    desk.work.busy.connect(lambda *_progress: desk.work.cancel())
    desk.work.long(None, lambda _session, progress: progress(1, 1, ""))  # so that the lane is at work when it is stopped
    desk.road.send(desk.printout, made, desk.printer(tmp_path / "in.pdf"))
    desk.bot.waitUntil(lambda: any("Đã dừng in" in note.words for note in desk.say.notes()) or bool(noted))
    assert noted == [] and desk.road.last == {}


def test_printer_duplex_and_copies_are_kept_for_each_kind_of_paper(desk: Desk, tmp_path: Path) -> None:
    made = desk.draw()
    chosen = desk.road._remembered(desk.printout, made)
    chosen.setCopyCount(3)
    chosen.setOutputFileName("")
    desk.road.send = lambda *_paper: None  # type: ignore[method-assign]  # there is no printer here
    desk.road._accepted(desk.printout, made, chosen)
    settings.save(desk.shell.settings)
    desk.shell.settings = settings.load()
    again = desk.road._remembered(desk.printout, made)
    kept = desk.shell.settings.printing["letters"]
    assert again.copyCount() == 3 and kept["duplex"] in QPrinter.DuplexMode.__members__ and kept["copies"] == 3
    other = desk.road._remembered(Printout("minutes", "Biên bản", paper), made)
    assert other.copyCount() == 1


def test_pages_are_moved_for_a_printer_that_draws_them_askew(desk: Desk, tmp_path: Path) -> None:
    desk.send(desk.printer(tmp_path / "thang.pdf"))
    desk.printout = Printout("letters", "Thư", paper, offset=lambda _printer: (0.0, -60 / 72 * 25.4))
    desk.send(desk.printer(tmp_path / "len.pdf"))
    assert order(tmp_path / "thang.pdf")[:3] == [0, 1, 2] and order(tmp_path / "len.pdf")[:3] == [1, 2, 3]


def test_why_there_is_no_paper_stands_in_its_place(desk: Desk) -> None:
    def refused(_session: object) -> Made:
        raise UserError("Chưa có gì để in.")

    desk.road.draw(Printout("letters", "Thư", refused), desk.card)
    desk.settle()
    assert desk.card.view.accessibleDescription() == "Chưa có gì để in." and not desk.card.print.isEnabled()
