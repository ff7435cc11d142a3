"""The certificates screen with real clicks; what counts is what stands in the file and on the disk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog, QLayout, QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ocop_desktop.actions import certificates, home, pdf_signing
from ocop_desktop.actions.office import proposed_office, read_office, save_office
from ocop_desktop.data.engine import Database
from ocop_desktop.data.search import refresh_search
from ocop_desktop.data.tables import Certificate, Change, CouncilSession, Decision, Dossier
from ocop_desktop.settings import Settings
from ocop_desktop.ui import theme
from ocop_desktop.ui.certificates_screen import CertificatesScreen
from ocop_desktop.ui.print_missing import MissingDialog
from ocop_desktop.ui.say import Say
from ocop_desktop.ui.shell import Shell
from ocop_desktop.ui.work import Work
from tests.actions.decided import close_round
from tests.exchange.certificates_made import NAME, PASSPHRASE, made

LEFT = Qt.MouseButton.LeftButton
DAY = dt.date(2026, 11, 30)


class Office:
    """The screen on a closed council session, and the file behind it."""

    def __init__(self, qtbot: QtBot, db: Database) -> None:
        self.bot, self.db = qtbot, db
        self.say = Say()
        self.work = Work(lambda: db)
        self.shell = Shell(Settings(user="Bà Lan"), self.say)
        self.screen = CertificatesScreen(self.work, self.shell)
        self.work.failed.connect(self.say.error)
        self.work.changed.connect(self.screen.refresh)
        self.went: list[tuple[str, dict[str, object]]] = []
        self.shell.went.connect(lambda *where: self.went.append(where))
        self.screen.issue.today = self.screen.register.today = lambda: dt.date(2026, 12, 5)
        self.work.start()
        for widget in (self.screen, self.say):
            qtbot.addWidget(widget)
        self.screen.resize(1170, 720)
        self.screen.show()
        self.screen.activateWindow()
        qtbot.waitUntil(self.screen.isActiveWindow)
        self.screen.show_place()
        self.settle()

    @property
    def issue(self):  # type: ignore[no-untyped-def]
        return self.screen.issue

    @property
    def register(self):  # type: ignore[no-untyped-def]
        return self.screen.register

    def settle(self) -> None:
        """Wait until nothing is read or saved any more."""
        self.bot.waitUntil(lambda: not self.work._jobs, timeout=20000)

    def click(self, widget) -> None:  # type: ignore[no-untyped-def]
        self.bot.mouseClick(widget, LEFT)
        self.settle()

    def type_decision(self, number: str = "2117/QĐ-UBND", day: str = "30/11/2026") -> None:
        """Fill in the decision as a clerk does, leaving each field."""
        for field, words in ((self.issue.number, number), (self.issue.date, day)):
            field.editor.setFocus()
            field.editor.selectAll()
            field.editor.insert(words)  # as an input method does: Qt's test keyboard has no Đ
            self.bot.keyClick(field.editor, Qt.Key.Key_Return)
        self.settle()

    def click_box(self, place: int) -> None:
        """Click the tick of a row."""
        table = self.issue.table
        self.bot.mouseClick(table.viewport(), LEFT, pos=table.visualRect(table.rows.index(place, 0)).center())

    def grant(self) -> None:
        """Press twice: the first press tells the numbers, the second uses them."""
        self.click(self.issue.primary)
        self.click(self.issue.primary)

    def words(self) -> list[str]:
        return [note.words for note in self.say.notes()]


@pytest.fixture
def office(qtbot: QtBot, db: Database) -> Iterator[Office]:
    with db.begin() as session:
        save_office(session, replace(proposed_office(session, "20"), signatory_name="Hồ Tiến Thiệu"))
        close_round(session)
        refresh_search(session)
    made = Office(qtbot, db)
    yield made
    made.work.stop()
    assert made.work.join()


def test_models_pass_the_model_tester(office: Office):
    for model in (office.issue.table.rows, office.register.model):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    office.type_decision()
    office.grant()
    office.click(office.screen.to_register)
    office.issue.table.rows.sort_by("mean", True)
    assert office.register.model.rowCount() == 2


def test_decision_is_missing_then_typed_then_certificates_are_issued(office: Office):
    page = office.issue
    assert not page.warning.isHidden()
    assert not page.primary.isEnabled()
    assert page.primary.text() == "Cấp 2 giấy chứng nhận"
    assert page.authority.value() == "Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn"
    office.type_decision()
    assert page.warning.isHidden()
    assert page.issued_on.value() == DAY
    with office.db.begin() as session:
        assert [(d.number, d.date) for d in session.query(Decision)] == [("2117/QĐ-UBND", DAY)]
    office.click(page.primary)
    assert page.warning_words.text().startswith("Sẽ cấp 2 số, từ 01-2026/GCN-OCOP đến 02-2026/GCN-OCOP")
    assert page.primary.text() == "Cấp ngay 2 giấy"
    office.click_box(0)  # others than told: told anew
    assert page.primary.text() == "Cấp 1 giấy chứng nhận" and page.warning.isHidden()
    office.click_box(0)
    office.click(page.primary)
    office.bot.keyClick(page, Qt.Key.Key_Escape)
    assert page.primary.text() == "Cấp 2 giấy chứng nhận"
    with office.db.begin() as session:
        assert session.query(Certificate).count() == 0
    office.grant()
    with office.db.begin() as session:
        assert [(c.number, c.stars) for c in session.query(Certificate).order_by(Certificate.number)] == [
            ("01-2026/GCN-OCOP", 3), ("02-2026/GCN-OCOP", 4)]
    assert page.primary.text() == "Lưu PDF 2 giấy…"
    assert page.print.isEnabled()
    rows = page.table.rows.rows()  # the line above the list counts every one of them
    assert page.summary.text().startswith("2 đã cấp") and len(rows) == sum(
        int(part.split()[0]) for part in page.summary.text().split(" · "))
    assert "Đã cấp 2 giấy chứng nhận, số 01-2026/GCN-OCOP đến 02-2026/GCN-OCOP" in office.words()


def test_a_day_that_has_not_come_is_pointed_at_and_not_refused(office: Office):
    office.type_decision(day="06/12/2026")
    assert office.issue.warning_words.text() == "Ngày 06/12/2026 chưa tới; hãy xem lại ngày quyết định và ngày cấp."
    assert office.issue.primary.isEnabled()
    office.type_decision(day="05/12/2026")
    office.issue.issued_on.set_value(dt.date(2026, 12, 5))
    office.issue._say_state()
    assert office.issue.warning.isHidden()
    with office.db.begin() as session:
        save_office(session, replace(read_office(session), signatory_name=""))
    office.screen.refresh()
    office.settle()
    assert "Chưa ghi ai ký giấy ngày 05/12/2026" in office.issue.warning_words.text() and office.issue.primary.isEnabled()


def test_the_page_follows_the_session_last_worked_in_unless_a_decision_is_half_typed(office: Office):
    with office.db.begin() as session:
        for kept in (*session.query(Dossier), *session.query(CouncilSession)):
            kept.code += "-1"
        session.flush()
        second = close_round(session).session_id
    first = office.issue.session_id
    assert first != second
    office.shell.session_id = second  # as the results page says when it shows one of that session
    office.issue.number.editor.setFocus()
    office.issue.number.editor.insert("2117/QĐ-UBND")
    office.screen.show_place()
    office.settle()
    assert (office.issue.session_id, office.issue.number.value()) == (first, "2117/QĐ-UBND")
    office.type_decision()
    office.screen.show_place()
    office.settle()
    assert office.issue.session_id == second and office.issue.sessions.currentData() == second
    office.issue.sessions.activated.emit(office.issue.sessions.findData(first))
    office.settle()
    assert office.issue.session_id == office.shell.session_id == first


def test_a_corrected_decision_stays_one(office: Office):
    office.type_decision("2117/QĐ-UBND")
    office.type_decision("2118/QĐ-UBND")
    with office.db.begin() as session:
        assert [d.number for d in session.query(Decision)] == ["2118/QĐ-UBND"]


def test_a_day_before_the_meeting_is_refused_in_place(office: Office):
    office.type_decision(day="01/01/2026")
    assert "trước ngày họp" in office.issue.date.error()
    with office.db.begin() as session:
        assert session.query(Decision).count() == 0


def test_boxes_tick_by_mouse_and_space_and_only_where_the_law_allows(office: Office):
    page = office.issue
    office.type_decision()
    office.click_box(0)
    assert page.primary.text() == "Cấp 1 giấy chứng nhận"
    office.click_box(2)
    assert [c.product for c in page.table.checked()] == ["Miến dong Vạn Linh"]
    page.table.selectRow(0)
    page.table.setFocus()
    office.bot.keyClick(page.table, Qt.Key.Key_Space)
    assert len(page.table.checked()) == 2
    office.click(page.none)
    assert page.table.checked() == ()
    assert not page.primary.isEnabled()
    office.click(page.all)
    assert len(page.table.checked()) == 2


def test_page_is_shown_as_it_will_be_and_five_stars_say_why_not(office: Office):
    page = office.issue
    office.bot.waitUntil(lambda: page.preview.image() is not None)
    draft = page.preview.image()
    office.type_decision()
    office.bot.waitUntil(lambda: page.preview.image() is not None and page.preview.image() != draft)
    page.table.selectRow(2)
    assert "do Bộ cấp" in page.preview.sentence
    page.table.selectRow(4)
    assert "bị loại" in page.preview.sentence
    target = QPixmap(page.preview.size())
    page.preview.render(target)
    painter = QPainter(target)
    painter.end()


def test_saving_writes_one_file_and_marks_it_printed(office: Office, tmp_path: Path):
    office.type_decision()
    office.grant()
    office.bot.mouseClick(office.issue.primary, LEFT)
    dialog = office.screen.findChild(QFileDialog)
    assert dialog is not None
    dialog.close()
    ids = office.issue._ids()
    office.issue.press.save_file(ids, tmp_path / "giay.pdf")
    office.settle()
    assert len(pypdf.PdfReader(tmp_path / "giay.pdf").pages) == 2
    with office.db.begin() as session:
        assert all(c.printed_at for c in session.query(Certificate))
    assert "Đã lưu 2 giấy chứng nhận vào giay.pdf" in office.words()


def test_saving_one_file_per_product(office: Office, tmp_path: Path):
    office.type_decision()
    office.grant()
    office.issue.separately.click()
    office.bot.mouseClick(office.issue.primary, LEFT)
    dialog = office.screen.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.fileMode() == QFileDialog.FileMode.Directory
    dialog.close()
    office.issue.press.save_files(office.issue._ids(), tmp_path)
    office.settle()
    assert len(list(tmp_path.glob("0*.pdf"))) == 2


def test_a_place_that_cannot_be_written_is_told(office: Office, tmp_path: Path):
    office.type_decision()
    office.grant()
    office.issue.press.save_file(office.issue._ids(), tmp_path / "khong" / "giay.pdf")
    office.settle()
    assert any("Không có thư mục" in words for words in office.words())


def printed_log(office: Office) -> list[tuple[str, str]]:
    with office.db.begin() as session:
        lines = session.query(Change).filter(Change.what.in_(("printed", "spoiled"))).order_by(Change.id)
        return [(line.what, line.after["number"]) for line in lines]


def test_certificates_are_looked_at_printed_across_and_the_spoiled_ones_again(office: Office, tmp_path: Path):
    office.type_decision()
    office.grant()
    road = office.issue.press.road
    office.bot.mouseClick(office.issue.print, LEFT)
    office.settle()
    dialog, card = road.dialog, road.dialog.card
    made = card.made()
    assert dialog.isVisible() and made.count == 2 and printed_log(office) == []
    office.bot.mouseClick(card.print, LEFT)
    asked = dialog.findChild(QPrintDialog)
    asked.printer().setResolution(72)
    asked.findChild(QLineEdit, "filename").setText(str(tmp_path / "in.pdf"))
    with office.bot.waitSignal(road.sent) as sent:
        asked.accept()
    office.settle()
    pages = pypdf.PdfReader(tmp_path / "in.pdf").pages
    assert len(pages) == 2 and float(pages[0].mediabox.width) > float(pages[0].mediabox.height)
    assert "Đã in vào tệp in.pdf" in office.words()
    assert printed_log(office) == [("printed", label) for label in made.labels]
    assert not isValid(dialog)  # progress, Cancel and what came of it stand in the window
    office.bot.mouseClick(office.issue.print, LEFT)
    office.settle()
    dialog, card = road.dialog, road.dialog.card
    assert sent.args[0].pages == (0, 1) and card.made() is not made
    office.bot.mouseClick(card.missing, LEFT)
    jam = dialog.findChild(MissingDialog)
    assert made.labels[0] in jam.rest.text() and "2" in jam.print.text()
    jam.good.setValue(1)
    assert jam.last.text() == f"đến {made.labels[0]}" and jam.rest.text() == f"In lại {made.labels[1]}."
    with office.bot.waitSignal(road.sent):
        office.bot.mouseClick(jam.print, LEFT)
    office.settle()
    assert len(pypdf.PdfReader(tmp_path / "in-con-thieu.pdf").pages) == 1
    assert printed_log(office)[2:] == [("spoiled", made.labels[1]), ("printed", made.labels[1])]
    office.bot.mouseClick(office.issue.print, LEFT)
    office.settle()
    office.bot.keyClick(road.dialog.card.view, Qt.Key.Key_Escape)
    office.bot.waitUntil(lambda: not isValid(road.dialog))


def test_certificates_are_signed_each_for_itself_with_one_entry(office: Office, tmp_path: Path):
    office.type_decision()
    office.grant()
    office.click(office.issue.sign)
    dialog = office.issue.press.road.desk.dialog
    assert dialog.secret.isHidden() and not dialog.choose.isHidden()  # nothing is chosen on this computer yet
    office.click(dialog.choose)
    assert office.went[-1] == ("settings", {"section": "signing"})
    (tmp_path / "ky.p12").write_bytes(made().p12())
    office.shell.keep_settings(signing={"source": "file", "file": str(tmp_path / "ky.p12")})
    (tmp_path / "ra").mkdir()
    office.click(office.issue.sign)
    desk = office.issue.press.road.desk
    dialog = desk.dialog
    dialog.secret.setText("sai")
    office.bot.mouseClick(dialog.sign, LEFT)
    chosen = dialog.findChild(QFileDialog)
    chosen.fileSelected.emit(str(tmp_path / "ra"))
    chosen.close()
    office.settle()
    assert dialog.error.text() == "Mật khẩu của tệp chứng thư ky.p12 chưa đúng. Hãy gõ lại." and dialog.secret.text() == ""
    assert list((tmp_path / "ra").iterdir()) == []
    dialog.secret.setText(PASSPHRASE)
    dialog.reason.setText("Cấp giấy chứng nhận")
    with office.bot.waitSignal(desk.signed):
        office.bot.keyClick(dialog.secret, Qt.Key.Key_Return)
    office.settle()
    files = sorted((tmp_path / "ra").iterdir())
    assert len(files) == 2 and all(pdf_signing.check(file)[0].good for file in files)
    assert f"{NAME} đã ký 2 tệp trong thư mục ra" in office.words()
    assert PASSPHRASE not in str(office.shell.settings) and office.shell.settings.signing["reason"] == "Cấp giấy chứng nhận"
    with office.db.begin() as session:
        lines = session.query(Change).filter(Change.what == "signed").all()
        assert [line.after["signer"] for line in lines] == [NAME, NAME]


def test_test_page_and_printer_dialog(office: Office, tmp_path: Path):
    office.bot.mouseClick(office.issue.trial, LEFT)
    office.settle()
    road = office.issue.press.road
    office.bot.mouseClick(road.dialog.card.print, LEFT)
    asked = road.dialog.findChild(QPrintDialog)
    asked.printer().setResolution(72)
    asked.findChild(QLineEdit, "filename").setText(str(tmp_path / "thu.pdf"))
    with office.bot.waitSignal(road.sent):
        asked.accept()
    assert len(pypdf.PdfReader(tmp_path / "thu.pdf").pages) == 1 and printed_log(office) == []


def test_register_finds_filters_exports_and_revokes(office: Office, tmp_path: Path):
    office.type_decision()
    office.grant()
    office.click(office.screen.to_register)
    page = office.register
    assert page.model.rowCount() == 2
    office.bot.keyClicks(page.search, "mien dong")
    office.settle()
    assert page.model.rowCount() == 1
    page.search.clear()
    office.settle()
    page.export_to(tmp_path / "so.xlsx")
    office.settle()
    assert openpyxl.load_workbook(tmp_path / "so.xlsx").worksheets[0].max_row == 3
    page.table.selectRow(0)
    office.bot.mouseClick(page.revoke, LEFT)
    dialog = page.dialog
    assert dialog is not None
    assert not dialog.revoke.isEnabled()
    dialog.ground.combo.setFocus()
    office.bot.keyClick(dialog.ground.combo, Qt.Key.Key_Down)
    dialog.ground.combo.activated.emit(dialog.ground.combo.currentIndex())
    assert not dialog.revoke.isEnabled()
    office.bot.keyClicks(dialog.conclusion.line, "12/KL-TTr")
    office.bot.keyClicks(dialog.concluded_on.line, "06/12/2026")
    office.bot.keyClicks(dialog.decision.line, "88/2026")
    assert not dialog.revoke.isEnabled()  # concluded after the revocation
    dialog.concluded_on.line.clear()
    office.bot.keyClicks(dialog.concluded_on.line, "04/12/2026")
    assert dialog.day.value() == dt.date(2026, 12, 5) and not dialog.late.isVisible()
    dialog.day.line.setText("20/12/2026")
    assert dialog.late.isVisible() and "19/12/2026" in dialog.late.text() and dialog.revoke.isEnabled()
    dialog.day.line.setText("05/12/2026")
    office.bot.mouseClick(dialog.revoke, LEFT)
    office.settle()
    with office.db.begin() as session:
        revoked = session.query(Certificate).filter(Certificate.revoked_on.is_not(None)).one()
        assert (revoked.revoked_ground, revoked.revoked_by, revoked.conclusion, revoked.concluded_on) == (
            "untruthful", "88/2026", "12/KL-TTr", dt.date(2026, 12, 4))
        assert revoked.revoked_why == "Hồ sơ không trung thực: 12/KL-TTr"
    office.bot.waitUntil(lambda: page.chips.chip("revoked").count == 1)
    office.click(page.chips.chip("revoked"))
    assert page.model.rowCount() == 1
    assert not page.revoke.isEnabled()
    assert not page.print.isEnabled()


def test_home_opens_the_register_narrowed(office: Office):
    office.type_decision()
    office.grant()
    office.screen.show_place(state="in_force", stars=4)
    office.settle()
    assert office.register.isVisible()
    assert office.register.model.rowCount() == 1
    assert office.register.chips.keys() == ("in_force",)
    office.screen.show_place(year=2020)
    office.settle()
    assert office.register.model.rowCount() == 0
    office.click(office.register.narrowed)
    assert office.register.model.rowCount() == 2


def test_in_force_counts_those_due_and_late_too_as_home_does(office: Office):
    office.type_decision()
    office.grant()
    with office.db.begin() as session:
        first = session.query(Certificate).order_by(Certificate.id).first()
        assert first is not None
        first.expires_on -= dt.timedelta(days=60)
    page = office.register
    page.today = lambda: dt.date(2029, 11, 30) - dt.timedelta(days=150)  # one is due, the other has 90 days left
    office.click(office.screen.to_register)
    assert [page.chips.chip(key).count for key in ("in_force", "due", "late")] == [2, 1, 1]
    force = home.overview(office.db, page.today()).in_force
    assert force.three + force.four + force.five == page.chips.chip("in_force").count
    office.click(page.chips.chip("in_force"))
    assert page.model.rowCount() == 2
    office.click(page.chips.chip("late"))  # a part of them: the whole gives way
    assert page.chips.keys() == ("late",) and page.model.rowCount() == 1
    office.click(page.chips.chip("due"))
    assert page.chips.keys() == ("due", "late") and page.model.rowCount() == 2
    office.click(page.chips.chip("in_force"))
    assert page.chips.keys() == ("in_force",) and page.model.rowCount() == 2


def test_summary_is_written_from_the_window(office: Office, tmp_path: Path):
    office.bot.mouseClick(office.screen.summary, LEFT)
    dialog = office.screen.findChild(QFileDialog)
    assert dialog is not None
    dialog.close()
    office.screen.write_summary(tmp_path / "tong.xlsx")
    office.settle()
    assert "Kết quả 2026-2" in openpyxl.load_workbook(tmp_path / "tong.xlsx").sheetnames


def test_cancelling_a_batch_leaves_no_file(office: Office, tmp_path: Path):
    office.type_decision()
    office.grant()

    def slow(session, progress):  # type: ignore[no-untyped-def]
        office.work.cancel()
        return certificates.print_pdf(session, office.issue._ids(), tmp_path / "a.pdf", progress)

    office.issue.press._long(slow, lambda _done: None)
    office.settle()
    assert "Đã dừng in; chưa có gì thay đổi." in office.words()
    assert list(tmp_path.glob("*a.pdf*")) == []
    with office.db.begin() as session:
        assert all(c.printed_at is None for c in session.query(Certificate))


def test_empty_file_says_what_to_do_first(qtbot: QtBot, db: Database):
    office = Office(qtbot, db)
    assert not office.issue.nothing.isHidden()
    office.click(office.issue.nothing.action)
    assert office.went[-1][0] == "sessions"
    office.click(office.screen.to_register)
    office.click(office.register._nothing.action)
    assert office.went[-1][0] == "importing"
    office.work.stop()
    assert office.work.join()


def test_another_text_size_and_look_are_taken(office: Office):
    theme.apply(QApplication.instance(), "dark", 200)
    office.screen.layout().setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # as inside the window
    office.screen.setMinimumSize(0, 0)
    office.screen.resize(1000, 640)
    assert office.screen.grab().width() >= 1000
    assert office.issue.preview.isHidden()
    theme.apply(QApplication.instance(), "light", 100)


def test_papers_of_the_certificates_chosen_are_saved_from_their_menu(office: Office, tmp_path: Path):
    office.type_decision()
    office.grant()
    page = office.register
    office.click(office.screen.to_register)
    page.table.selectAll()
    office.settle()
    assert page.papers_menu.papers["handover", "pdf"].text() == "Danh sách giao nhận, 2 giấy: lưu PDF…"
    page.papers_menu.papers["handover", "pdf"].trigger()
    dialog = page.papers.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "giao"))
    dialog.close()
    office.settle()
    assert "02-2026/GCN-OCOP" in pypdf.PdfReader(tmp_path / "giao.pdf").pages[0].extract_text()
    page.papers_menu.save("revocation", [page.table.current().id], tmp_path / "thu-hoi.docx")
    office.settle()
    assert "Chưa ghi căn cứ và văn bản kết luận" in " ".join(office.words()) and not (tmp_path / "thu-hoi.docx").exists()
