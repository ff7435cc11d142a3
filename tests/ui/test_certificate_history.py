"""A product over the years and its inspections, with real clicks on the example data; what counts is what stands in the file."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from ocop_desktop.actions import backups, dossier_form, office
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import Certificate, Dossier
from ocop_desktop.data.tables_programme import Inspection
from ocop_desktop.rules.names import fold
from ocop_desktop.ui.certificates_screen import HISTORY, INSPECTIONS, REGISTER, CertificatesScreen
from ocop_desktop.ui.dossier_words import goes_on
from ocop_desktop.ui.form_card import FormCard
from tests.ui.screen_room import ScreenRoom

LEFT = Qt.MouseButton.LeftButton
DAY = dt.date(2026, 11, 23)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory, example_of: Callable[..., Path]) -> Path:
    path = tmp_path_factory.mktemp("mau") / "mau.ocop"
    return example_of(path, DAY)


class Room(ScreenRoom):
    """The screen, with the hands of a clerk."""

    def click(self, widget) -> None:  # type: ignore[no-untyped-def]
        assert widget.isVisibleTo(self.screen) and widget.isEnabled(), widget
        self.bot.mouseClick(widget, LEFT)
        self.quiet()

    def fill(self, card: FormCard, **words: str) -> None:
        for key, said in words.items():
            editor = card.form.field(key).editor
            editor.setFocus()
            if isinstance(editor, QLineEdit):
                editor.selectAll()
            self.write(editor, said)

    def open(self, state: str) -> int:
        """Show the product of the first certificate of a state over the years; the certificate."""
        self.go(page="register")
        register = self.screen.register
        self.click(register.chips.chip(state))
        certificate: int = register.table.current().id
        self.click(register.history)
        assert self.screen.stack.currentIndex() == HISTORY
        return certificate


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication, example: Path, tmp_path: Path) -> Iterator[Room]:
    shutil.copyfile(example, tmp_path / "mau.ocop")
    made = Room(qtbot, qapp, open_or_create(tmp_path / "mau.ocop"), "certificates", CertificatesScreen)
    for page in (made.screen.register, made.screen.history, made.screen.inspections):
        page.today = lambda: DAY
    yield made
    made.close()


def test_a_late_certificate_gets_its_dossier_and_an_extension(room: Room):
    certificate = room.open("late")
    page = room.screen.history
    assert not page.extend.isEnabled()  # no dossier under way yet
    room.click(page.renew)
    (dossier,) = [where["dossier_id"] for screen, where in room.went if screen == "dossiers"]
    assert room.ask(lambda s: s.get(Dossier, dossier).kind) == "reevaluation"
    room.go(certificate_id=certificate)
    assert page.running.isVisibleTo(room.screen) and not page.renew.isVisibleTo(room.screen)
    room.click(page.extend)
    ends = page.shown.latest.expires_on
    assert page.extending.form.field("until").value() == ends + dt.timedelta(days=180)
    room.click(page.extending.save)
    assert page.extending.form.field("why").error()
    room.fill(page.extending, until=f"{ends + dt.timedelta(days=181):%d/%m/%Y}", why="Hồ sơ đang xử lý")
    room.click(page.extending.save)
    assert "không quá 180 ngày" in page.extending.wrong.text()
    room.fill(page.extending, until=f"{ends + dt.timedelta(days=90):%d/%m/%Y}")
    room.click(page.extending.save)
    assert page.extending.isHidden()
    assert room.ask(lambda s: s.get(Certificate, certificate).extended_until) == ends + dt.timedelta(days=90)
    turn = page.model.columns[1]
    assert f"được lưu hành đến {ends + dt.timedelta(days=90):%d/%m/%Y}: Hồ sơ đang xử lý" in turn.value(page.shown.latest)[1]
    room.click(page.back)
    assert room.screen.stack.currentIndex() == REGISTER
    assert "được lưu hành đến" in room.screen.register.facts.text()


def test_one_click_in_the_register_starts_the_re_evaluation(room: Room):
    room.go(page="register")
    register = room.screen.register
    room.click(register.chips.chip("due"))
    line = register.table.current()
    certificate = line.id
    room.click(register.renew)
    (dossier,) = [where["dossier_id"] for screen, where in room.went if screen == "dossiers"]
    product = room.ask(lambda s: s.get(Certificate, certificate).dossier.product_id)
    assert room.ask(lambda s: (s.get(Dossier, dossier).kind, s.get(Dossier, dossier).product_id)) == ("reevaluation", product)
    registration = room.ask(lambda s: dossier_form.open_dossier(s, dossier)).registration
    assert goes_on(registration).startswith("Đánh giá lại QĐ ")
    assert goes_on(registration).endswith(f" ({line.issued_on:%d/%m/%Y})")
    room.click(register.renew)
    assert "đã có hồ sơ đang xử lý" in room.say.notes()[-1].words
    room.click(register.chips.chip("due"))
    room.click(register.chips.chip("in_force"))
    assert not register.renew.isVisibleTo(room.screen)


def test_a_conclusion_runs_fifteen_days_and_fills_the_revocation(room: Room, tmp_path: Path):
    certificate = room.open("in_force")
    page = room.screen.history
    assert not page.draft.isVisibleTo(room.screen)
    room.click(page.conclude)
    field = page.concluding.form.field("ground")
    room.bot.keyClick(field.editor, Qt.Key.Key_End)
    room.fill(page.concluding, conclusion="12/KL-SNN", on="20/11/2026")
    room.click(page.concluding.save)
    assert "05/12/2026" in page.warning.text() and "còn 12 ngày" in page.warning.text()
    assert page.draft.isVisibleTo(room.screen)
    page.draft_menu.papers["revocation", "docx"].trigger()
    asked = page.draft.findChild(QFileDialog)
    asked.fileSelected.emit(str(tmp_path / "thu-hoi"))
    asked.close()
    room.quiet()
    assert "Căn cứ 12/KL-SNN, ngày 20 tháng 11 năm 2026;" in [p.text for p in docx.Document(tmp_path / "thu-hoi.docx").paragraphs]
    known = room.ask(office.read_office)
    room.work.save(None, lambda session: office.save_office(session, replace(known, body="")))
    room.quiet()
    page.draft_menu.papers["revocation", "signer"].trigger()
    room.quiet()
    assert "không có chỗ ký của cơ quan" in room.say.notes()[-1].words
    room.work.save(None, lambda session: office.save_office(session, known))
    room.quiet()
    page.draft_menu.papers["revocation", "number"].trigger()
    room.quiet()
    taking = page.draft_menu.number.dialog
    taking.day.set_value(DAY)
    room.bot.mouseClick(taking.keep, LEFT)
    room.quiet()
    room.click(page.revoke)
    dialog = page.dialog
    assert (dialog.ground.value(), dialog.conclusion.value(), dialog.concluded_on.value()) == (
        "other", "12/KL-SNN", dt.date(2026, 11, 20))
    assert (dialog.decision.value(), dialog.day.value()) == ("01/QĐ-UBND", DAY)  # as taken for the draft
    room.bot.mouseClick(dialog.revoke, LEFT)
    room.quiet()

    def kept(session: Session) -> tuple[object, ...]:
        one = session.get(Certificate, certificate)
        return one.revoked_on, one.revoked_by, one.concluded_on, one.revoked_ground

    assert room.ask(kept) == (DAY, "01/QĐ-UBND", dt.date(2026, 11, 20), "other")
    assert page.shown.latest.state == "revoked"
    assert f"{DAY:%d/%m/%Y} theo 01/QĐ-UBND" in page.window_words.text()
    room.bot.keyClick(page, Qt.Key.Key_Escape)
    assert not page.isVisibleTo(room.screen)
    assert not page.revoke.isVisibleTo(room.screen)


def test_an_inspection_is_planned_recorded_and_followed_up(room: Room):
    room.open("in_force")
    page, checks = room.screen.history, room.screen.inspections
    room.click(page.plan)
    room.fill(page.planning, on="24/11/2026", team="Chi cục Phát triển nông thôn")
    room.click(page.planning.save)
    (line,) = page.shown.inspections
    assert line.state == "planned"
    page.inspection_wanted.emit(line.id)
    room.quiet()
    assert room.screen.stack.currentIndex() == INSPECTIONS
    assert checks.table.current().id == line.id
    checks.today = lambda: dt.date(2026, 11, 25)
    checks.refresh()
    room.quiet()
    assert checks.table.current().state == "overdue"
    room.click(checks.record)
    assert checks.findings.form.field("team").value() == "Chi cục Phát triển nông thôn"
    room.fill(checks.findings, findings="Nhãn thiếu mã", follow_up="In lại nhãn")
    room.click(checks.findings.save)
    assert "cần có hạn" in checks.findings.wrong.text()
    room.fill(checks.findings, follow_up_due="10/12/2026")
    room.click(checks.findings.save)
    assert checks.findings.isHidden()
    assert checks.table.current().state == "following"
    assert "Phải khắc phục đến 10/12/2026: In lại nhãn" in checks.facts.text()
    room.click(checks.done)
    room.click(checks.finishing.save)
    assert checks.table.current().state == "held"
    assert room.ask(lambda s: s.get(Inspection, line.id).follow_up_done) == dt.date(2026, 11, 25)


def test_a_plan_from_the_list_asks_for_the_product(room: Room):
    room.go(page="inspections")
    page = room.screen.inspections
    room.click(page.primary)
    room.click(page.planning.save)
    assert page.planning.form.field("product").error()
    field = page.planning.form.field("product")
    field.line.setFocus()
    room.bot.keyClicks(field.line, "hoi")
    room.bot.waitUntil(field.completer.popup().isVisible)
    room.bot.keyClick(field.completer.popup(), Qt.Key.Key_Down)
    room.bot.keyClick(field.completer.popup(), Qt.Key.Key_Return)
    room.bot.waitUntil(lambda: field.value() is not None)
    room.click(page.planning.save)
    assert page.model.rowCount() == 1
    assert room.ask(lambda s: s.query(Inspection).one().product_id) == field.value()
    assert "hoi" in fold(page.model.row_at(0).product)


def test_photos_are_added_together_opened_large_taken_away_and_brought_back(room: Room, tmp_path: Path):
    for name, color in (("nhan.jpg", "red"), ("kho.png", "blue")):
        Image.new("RGB", (2400, 1200), color).save(tmp_path / name)
    (tmp_path / "hong.jpg").write_bytes(b"khong phai anh")
    room.open("in_force")
    page, checks = room.screen.history, room.screen.inspections
    room.click(page.plan)
    room.fill(page.planning, on="24/11/2026", team="Chi cục")
    room.click(page.planning.save)
    room.go(page="inspections")
    room.click(checks.record)
    room.fill(checks.findings, findings="Nhãn đúng")
    strip = checks.photos
    assert checks.findings.isAncestorOf(strip)
    room.click(strip.choose)
    dialog = checks.findChild(QFileDialog)
    assert dialog.fileMode() == QFileDialog.FileMode.ExistingFiles
    dialog.filesSelected.emit([str(tmp_path / name) for name in ("nhan.jpg", "hong.jpg", "kho.png")])
    dialog.reject()
    room.quiet()
    assert "hong.jpg: Tệp này không phải ảnh JPEG hoặc PNG" in room.say.notes()[-1].words
    assert checks.findings.form.field("findings").value() == "Nhãn đúng"  # what was typed stays
    room.click(checks.findings.save)
    assert checks.isAncestorOf(strip) and not checks.findings.isAncestorOf(strip)
    assert [(one.photo.name, one.large.width()) for one in strip.thumbnails] == [("nhan.jpg", 1600), ("kho.png", 1600)]
    assert "2 ảnh" in checks.facts.text()
    room.click(strip.thumbnails[0])
    assert strip.large.isVisible() and "1/2 · nhan.jpg" in strip.large.words.text()
    room.bot.keyClick(strip.large, Qt.Key.Key_Right)
    assert "kho.png" in strip.large.words.text()
    strip.large.reject()
    room.say.clear()
    strip.thumbnails[0].setFocus()
    room.bot.keyClick(strip.thumbnails[0], Qt.Key.Key_Delete)
    room.quiet()
    assert [one.photo.name for one in strip.thumbnails] == ["kho.png"]
    room.say.notes()[-1].action.click()
    room.quiet()
    assert sorted(one.photo.name for one in strip.thumbnails) == ["kho.png", "nhan.jpg"]
    room.close()
    assert backups.check_database(tmp_path / "mau.ocop") == ()
    raw = sqlite3.connect(tmp_path / "mau.ocop")  # another hand
    raw.execute("UPDATE inspection_photo SET content = x'ffd8' WHERE name = 'kho.png'")
    raw.commit()
    raw.close()
    (found,) = backups.check_database(tmp_path / "mau.ocop")
    assert str(found).startswith("Ảnh kiểm tra")
