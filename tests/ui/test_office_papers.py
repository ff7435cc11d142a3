"""The office's papers with real clicks: who signs, numbers, own Word files; what counts is what stands in the file."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ocop_desktop.actions import letterheads, paper_numbers, paper_templates, signatories
from ocop_desktop.actions.office import proposed_office, save_office
from ocop_desktop.data.file import open_database
from ocop_desktop.ui.number_register import RegisterDialog
from ocop_desktop.ui.settings_papers import PapersSection
from tests.actions.meeting import open_meeting
from tests.ui.home_window import Opened, opened
from tests.ui.test_settings_screen import choose, write


@pytest.fixture(scope="module")
def office_file(new_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lạng Sơn with an open session."""
    made = tmp_path_factory.mktemp("office") / "lang-son.ocop"
    shutil.copyfile(new_file, made)
    db = open_database(made)
    with db.begin() as session:
        save_office(session, proposed_office(session, "20"))
        open_meeting(session, 2, 3)
    db.close()
    return made


@pytest.fixture
def window(qtbot: QtBot, office_file: Path, tmp_path: Path) -> Iterator[Opened]:
    file = tmp_path / "lang-son.ocop"
    shutil.copyfile(office_file, file)
    with opened(qtbot, file) as found:
        yield found


@pytest.fixture
def section(window: Opened) -> PapersSection:
    window.window.shell.go("settings", section="papers")
    window.settle()
    window.activate()
    part: PapersSection = window.page().papers
    return part


def read(found: Opened, action: Callable[[Any], Any]) -> Any:
    """What the file says."""
    got: list[Any] = []
    found.window.work.read(None, action, got.append)
    found.bot.waitUntil(lambda: bool(got))
    return got[0]


def press(found: Opened, part: Any) -> None:
    found.bot.mouseClick(part, Qt.MouseButton.LeftButton)
    found.settle()


def fill(found: Opened, form: Any, **words: str) -> None:
    for key, said in words.items():
        write(found, form.field(key), said)


def test_a_deputy_signs_from_a_day_on(window: Opened, section: PapersSection) -> None:
    assert [one.lines for one, _c, _g in section.rows] == [("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")]
    press(window, section.add)
    dialog = section.dialog
    window.bot.waitUntil(dialog.form.field("name").editor.hasFocus)  # what is typed first is not lost
    fill(window, dialog.form, name="Đoàn Thanh Sơn", title="Phó Chủ tịch")
    choose(window, dialog.form.field("way").combo, "KT.")
    fill(window, dialog.form, head="Chủ tịch", first="01/03/2026")
    assert dialog.preview.text() == "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nĐoàn Thanh Sơn"
    press(window, dialog.keep)
    assert dialog.isVisible() and "Mỗi ngày chỉ một người ký" in dialog.wrong.text()
    press(window, dialog.form.field("earlier").editor)
    press(window, dialog.keep)
    people = read(window, signatories.listed)
    assert [(p.name, p.first, p.last) for p in people] == [
        ("", None, dt.date(2026, 2, 28)), ("Đoàn Thanh Sơn", dt.date(2026, 3, 1), None)]
    press(window, section.rows[0][2])
    assert len(read(window, signatories.listed)) == len(section.rows) == 1


def test_head_and_numbers_of_the_agency(window: Opened, section: PapersSection) -> None:
    choose(window, section.issuer.combo, "agency")
    write(window, section.head.field("code"), "SNNMT")
    window.settle()
    assert read(window, letterheads.read_heads)["agency"].code == "SNNMT"
    assert section.following["GM"].text() == "Số tiếp theo: 01/GM-SNNMT"
    write(window, section.numbers.field("GM"), "[số]/GM-VPĐP")
    window.settle()
    assert section.following["GM"].text() == "Số tiếp theo: 1/GM-VPĐP"
    write(window, section.numbers.field("GM:first"), "1")
    write(window, section.numbers.field("CV:first"), "41")
    window.settle()
    assert section.following["CV"].text() == "Số tiếp theo: 41/SNNMT"
    press(window, section.register)
    dialog: RegisterDialog = section.register_dialog
    fill(window, dialog.form, count="2", reason="Họp bổ sung")
    press(window, dialog.reserve)
    assert [row.text for row in read(window, paper_numbers.register)] == ["1/GM-VPĐP", "2/GM-VPĐP"]
    dialog.table.selectRow(0)
    fill(window, dialog.form, why="Không họp")
    press(window, dialog.cancel)
    assert [row.state for row in read(window, paper_numbers.register)] == ["cancelled", "reserved"]
    assert not dialog.wrong.text()
    dialog.accept()
    window.settle()
    assert not section.numbers.field("GM:first").isEnabled() and section.numbers.field("CV:first").isEnabled()


def test_a_number_is_taken_on_the_papers_page(window: Opened) -> None:
    window.window.shell.go("sessions", session_id=1, printing=True)
    window.settle()
    page = window.page().papers_page
    kinds = [page.list.item(n).data(Qt.ItemDataRole.UserRole).key for n in range(page.list.count())]
    page.list.setCurrentRow(kinds.index("invitation"))
    window.settle()
    assert page.number.state.text() == "Chưa lấy số; số tiếp theo: 01/GM"
    press(window, page.number.take)
    write(window, page.number.dialog.day, "05/02/2026")
    press(window, page.number.dialog.keep)
    assert page.number.state.text() == "Số 01/GM, ngày 05/02/2026" and not page.number.take.isVisible()
    assert [row.text for row in read(window, paper_numbers.register)] == ["01/GM"]


def test_the_deputy_signs_the_paper_on_show(window: Opened) -> None:
    window.window.shell.go("sessions", session_id=1, printing=True)
    window.settle()
    page = window.page().papers_page
    kinds = [page.list.item(n).data(Qt.ItemDataRole.UserRole).key for n in range(page.list.count())]
    page.list.setCurrentRow(kinds.index("invitation"))
    window.settle()
    press(window, page.signer.change)
    dialog = page.signer.dialog
    fill(window, dialog.form, name="Nông Văn Ba", title="Phó Giám đốc")
    choose(window, dialog.form.field("way").combo, "KT.")
    press(window, dialog.keep)
    assert dialog.isVisible() and "chức vụ người đứng đầu" in dialog.wrong.text()
    fill(window, dialog.form, head="Giám đốc")
    press(window, dialog.keep)
    assert "Nông Văn Ba, KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC" in page.signer.state.text()
    press(window, page.signer.change)
    assert page.signer.dialog.people.combo.count() == 2  # nobody, and the one chosen before
    page.signer.dialog.by_day.emit()
    window.settle()
    assert "Nông Văn Ba" not in page.signer.state.text()
    page.list.setCurrentRow(kinds.index("minutes"))
    window.settle()
    assert not page.signer.isVisible()


def test_own_words_go_out_come_back_and_broken_ones_are_listed(window: Opened, section: PapersSection, tmp_path: Path) -> None:
    file, texts = tmp_path / "mau.docx", section.texts
    texts.save_to("invitation", file)
    window.settle()
    edited = docx.Document(str(file))
    edited.add_paragraph("{{ chu_tich }}")
    edited.save(str(file))
    texts.use("invitation", file)
    window.settle()
    assert texts.dialog is not None and "chu_tich" in texts.dialog.words.toPlainText()
    texts.dialog.accept()
    edited.paragraphs[-1].text = "Trân trọng, {{ chu_tri }}"
    edited.save(str(file))
    pressed = texts.buttons["invitation"]["use"]
    texts.use("invitation", file)
    window.settle()
    assert texts.buttons["invitation"]["use"] is pressed  # the page does not jump away from the line
    assert "mau.docx" in texts.states["invitation"].text() and read(window, lambda s: paper_templates.has_own(s, "invitation"))
    press(window, texts.buttons["invitation"]["reset"])
    assert not read(window, lambda s: paper_templates.has_own(s, "invitation"))
    assert texts.states["invitation"].text() == "Lời văn có sẵn"
