"""The papers of a session in the window: found behind one button, looked at, saved, edited in Word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from ocop_desktop.actions import pdf_signing, results, session_papers
from ocop_desktop.actions.session_papers import PAPERS, SessionPaper
from ocop_desktop.data.engine import Database
from ocop_desktop.ui.session_papers import PapersPage
from ocop_desktop.ui.sessions_screen import SessionsScreen
from tests.actions.meeting import answers, hand_in, open_meeting, rules_of
from tests.exchange.certificates_made import NAME, PASSPHRASE, made
from tests.ui.screen_room import ScreenRoom


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication, db: Database) -> Iterator[ScreenRoom]:
    made = ScreenRoom(qtbot, qapp, db, "sessions", SessionsScreen)
    yield made
    made.close()


def opened(room: ScreenRoom) -> PapersPage:
    """The page, reached as a clerk reaches it; one dossier is closed."""
    with room.db.begin() as session:
        session_id, items, members = open_meeting(session, 2, 5)
        for member in members:
            hand_in(session, items[0], member, answers(rules_of(session, items[0]), 60))
        results.close_dossier(session, items[0], "Lan")
    with room.db.begin() as session:  # fonts and libraries are read here, so that no wait below is for them
        session_papers.pdf(session, SessionPaper(session_id, "minutes"))
    room.go(session_id=session_id)
    menu = room.screen.matrix_page.more.menu
    next(action for action in menu.actions() if action.text() == "In giấy tờ phiên…").trigger()
    room.quiet()
    page: PapersPage = room.screen.papers_page
    assert room.screen.currentWidget() is page
    return page


def row_of(kind: str) -> int:
    return [k.key for k in PAPERS].index(kind)


def test_every_paper_is_listed_and_its_pages_are_shown(room: ScreenRoom) -> None:
    page = opened(room)
    assert [page.list.item(n).text() for n in range(page.list.count())] == [k.title for k in PAPERS]
    assert page.list.hasFocus() and page.kind() == "minutes"
    view = page.card.view
    assert view.made().count == 5 and page.card.count.text() == "/ 5"
    room.bot.waitUntil(lambda: view.picture(0) is not None)
    room.bot.keyClick(page.list, Qt.Key.Key_Down)
    room.quiet()
    assert page.list.currentRow() == row_of("results")
    assert page.kind() == PAPERS[1].key and page.title.text() == PAPERS[1].title
    room.bot.waitUntil(lambda: view.picture(0) is not None)
    assert view.picture(0).width() > view.picture(0).height() and view.page_rect(0).width() > view.page_rect(0).height()


def test_the_paper_on_show_is_saved_as_pdf_and_as_word(room: ScreenRoom, tmp_path: Path) -> None:
    page = opened(room)
    for button, ending in ((page.save_pdf, "pdf"), (page.save_word, "docx")):
        assert button.isEnabled()
        room.bot.mouseClick(button, Qt.MouseButton.LeftButton)
        dialog = page.findChild(QFileDialog)
        assert dialog is not None and Path(dialog.selectedFiles()[0]).name.startswith("Biên bản họp Hội đồng 2026-2")
        dialog.close()
        page.save(tmp_path / f"bb.{ending}")
        room.quiet()
    assert "BIÊN BẢN" in pypdf.PdfReader(tmp_path / "bb.pdf").pages[0].extract_text()
    assert any("BIÊN BẢN" in p.text for p in docx.Document(str(tmp_path / "bb.docx")).paragraphs)


def test_pages_across_are_printed_upright(room: ScreenRoom, tmp_path: Path) -> None:
    page = opened(room)
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "in.pdf"))
    page.list.setCurrentRow(row_of("results"))
    room.quiet()
    made = page.card.made()
    assert made.sizes[0][0] > made.sizes[0][1]
    with room.bot.waitSignal(page.press.sent):
        page.press.send(page.printout(PAPERS[1]), made, printer)
    (printed,) = pypdf.PdfReader(tmp_path / "in.pdf").pages
    assert printed.mediabox.height > printed.mediabox.width


def test_the_minutes_are_signed_where_the_person_says(room: ScreenRoom, tmp_path: Path) -> None:
    page = opened(room)
    (tmp_path / "ky.p12").write_bytes(made().p12())
    room.shell.keep_settings(signing={"source": "file", "file": str(tmp_path / "ky.p12")})
    room.bot.mouseClick(page.card.sign, Qt.MouseButton.LeftButton)
    room.quiet()
    dialog = page.press.desk.dialog
    assert dialog is not None and dialog.place.count() == 2 and not dialog.place.isHidden()
    dialog.place.setCurrentIndex(1)
    dialog.secret.setText(PASSPHRASE)
    room.bot.mouseClick(dialog.sign, Qt.MouseButton.LeftButton)
    asked = dialog.findChild(QFileDialog)
    assert asked is not None and asked.selectedFiles()[0].endswith("-da-ky.pdf")
    asked.fileSelected.emit(str(tmp_path / "bb.pdf"))
    with room.bot.waitSignal(page.press.desk.signed):
        asked.close()
    room.quiet()
    (found,) = pdf_signing.check(tmp_path / "bb.pdf")
    assert found.good and found.holder.name == NAME and page.press.desk.dialog is None


def test_invitations_are_signed_each_for_itself(room: ScreenRoom, tmp_path: Path) -> None:
    page = opened(room)
    (tmp_path / "ky.p12").write_bytes(made().p12())
    room.shell.keep_settings(signing={"source": "file", "file": str(tmp_path / "ky.p12")})
    page.list.setCurrentRow(row_of("invitation"))
    room.quiet()
    room.bot.mouseClick(page.card.sign, Qt.MouseButton.LeftButton)
    room.quiet()
    desk = page.press.desk
    assert desk.dialog is not None and desk.dialog.place.isHidden()
    folder = tmp_path / "ra"
    folder.mkdir()
    with room.bot.waitSignal(desk.signed):
        desk.sign(page.printout(PAPERS[row_of("invitation")]), page.card.made(), folder, PASSPHRASE)
    room.quiet()
    files = sorted(folder.iterdir())  # to five members and the secretary
    assert len(files) == 6 and all(pdf_signing.check(file)[0].state == "untouched" for file in files)


def test_esc_and_the_link_lead_back(room: ScreenRoom) -> None:
    page = opened(room)
    room.bot.keyClick(page.card, Qt.Key.Key_Escape)
    room.quiet()
    assert room.screen.currentWidget() is room.screen.matrix_page
