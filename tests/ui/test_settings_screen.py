"""The settings page with real clicks and keys; what counts is what stands in the file and in the settings file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QScrollArea, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from ocop_desktop import settings
from ocop_desktop.actions import backups, office
from ocop_desktop.actions.office import Office
from ocop_desktop.actions.outside import last_copy
from ocop_desktop.settings import Settings
from ocop_desktop.ui import theme
from ocop_desktop.ui.settings_restore import RestoreDialog
from ocop_desktop.ui.settings_screen import SettingsScreen
from tests.ui.home_window import Opened, opened, read


@pytest.fixture
def file(new_file: Path, tmp_path: Path) -> Path:
    made = tmp_path / "lang-son.ocop"
    shutil.copyfile(new_file, made)
    return made


@pytest.fixture
def at_settings(qtbot: QtBot, file: Path) -> Iterator[Opened]:
    with opened(qtbot, file) as found:
        found.window.shell.go("settings")
        found.settle()
        found.activate()
        yield found


def kept(found: Opened) -> Office:
    """The office as the file has it once everything is saved."""
    found.settle()
    got: list[Office] = []
    found.window.work.read(None, office.read_office, got.append)
    found.bot.waitUntil(lambda: bool(got))
    return got[0]


def choose(found: Opened, combo: QComboBox, value: object) -> None:
    """Choose an entry by keyboard, as a person would."""
    place = next(i for i in range(combo.count()) if combo.itemData(i) == value)
    combo.setFocus()
    found.bot.keyClick(combo, Qt.Key.Key_Home)
    for _step in range(place):
        found.bot.keyClick(combo, Qt.Key.Key_Down)
    combo.activated.emit(combo.currentIndex())


def write(found: Opened, field: object, words: str) -> None:
    """Put other words into a line and leave it with Enter."""
    line = field.line  # type: ignore[attr-defined]
    line.setFocus()
    line.selectAll()
    paste(found, line, words)
    found.bot.keyClick(line, Qt.Key.Key_Return)


def paste(found: Opened, editor: QWidget, words: str) -> None:
    """Put words with their accents where the cursor is: the robot's keys are plain letters only."""
    QApplication.clipboard().setText(words)
    found.bot.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_choosing_the_province_fills_what_it_lets_one_guess(at_settings: Opened) -> None:
    forms = at_settings.page().forms
    write(at_settings, forms.office.field("agency"), "Văn phòng Điều phối")
    at_settings.settle()
    choose(at_settings, forms.province.combo, "20")
    made = kept(at_settings)
    assert (made.province_name, made.body, made.place) == ("Tỉnh Lạng Sơn", "Ủy ban nhân dân tỉnh Lạng Sơn", "Lạng Sơn")
    assert made.agency == "Văn phòng Điều phối" and made.signatory_title == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    assert forms.office.field("body").value() == "Ủy ban nhân dân tỉnh Lạng Sơn"
    assert at_settings.window.rail._names["province"] == "Tỉnh Lạng Sơn"
    choose(at_settings, forms.province.combo, "04")
    again = kept(at_settings)
    assert (again.body, again.agency) == ("Ủy ban nhân dân tỉnh Cao Bằng", "Văn phòng Điều phối")


def test_the_numbers_pattern_shows_its_example_while_typing(at_settings: Opened) -> None:
    field = at_settings.page().forms.pattern
    assert field.line.text() == "[số 2 chữ số]-[năm]/GCN-OCOP"
    field.line.setFocus()
    field.line.selectAll()
    paste(at_settings, field.line, "GCN {A} [số 3 chữ số]/[năm]")
    assert field.note.text().startswith("Ví dụ: GCN {A} 007/20")
    at_settings.bot.keyClick(field.line, Qt.Key.Key_Return)
    made = kept(at_settings)
    assert made.certificate_number_pattern == "GCN {{A}} {number:03d}/{year}"
    assert made.certificate_number(7, 2026) == "GCN {A} 007/2026"
    assert field.line.text() == "GCN {A} [số 3 chữ số]/[năm]"


def test_a_pattern_without_a_number_is_refused_in_place(at_settings: Opened) -> None:
    field = at_settings.page().forms.pattern
    write(at_settings, field, "GCN-[năm]")
    assert "mẫu cũ vẫn được giữ" in field.error()
    assert kept(at_settings).certificate_number_pattern == office.DEFAULT_PATTERN


def test_a_folder_that_is_not_there_says_so_under_its_field(at_settings: Opened, tmp_path: Path) -> None:
    field = at_settings.page().forms.folder
    write(at_settings, field, str(tmp_path / "khong-co"))
    at_settings.settle()
    assert "Không có thư mục" in field.error()
    field.take(str(tmp_path))
    assert kept(at_settings).output_folder == str(tmp_path) and field.error() == ""


def test_a_fault_elsewhere_is_named_where_it_is_and_where_one_types(at_settings: Opened, tmp_path: Path) -> None:
    forms, gone = at_settings.page().forms, tmp_path / "usb"
    gone.mkdir()
    forms.folder.take(str(gone))
    at_settings.settle()
    gone.rmdir()
    write(at_settings, forms.office.field("place"), "Lạng Sơn")
    at_settings.settle()
    assert "Không có thư mục" in forms.folder.error()
    assert "hãy sửa trước mục đang báo lỗi" in forms.office.field("place").error()
    assert kept(at_settings).place == ""


def test_working_rules_are_kept_exactly(at_settings: Opened) -> None:
    rules = at_settings.page().forms.rules
    choose(at_settings, rules.field("quorum").combo, Fraction(2, 3))
    write(at_settings, rules.field("spread"), "7,5")
    write(at_settings, rules.field("near_line"), "0,25")
    choose(at_settings, rules.field("gate_rule").combo, "every")
    choose(at_settings, rules.field("digits").combo, 3)
    for tick in ("drop_extremes", "secretary_scores", "advisory_shown"):
        box = rules.field(tick).box
        at_settings.bot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(14, box.height() // 2))
    write(at_settings, rules.field("source"), "Quyết định 12/QĐ-HĐ")
    made = kept(at_settings).working_rules
    assert (made.quorum, made.spread, made.near_line) == (Fraction(2, 3), Fraction(15, 2), Fraction(1, 4))
    assert (made.gate_rule, made.digits, made.drop_extremes, made.secretary_scores) == ("every", 3, True, True)
    assert made.advisory_shown is False
    assert made.source == "Quyết định 12/QĐ-HĐ"


@pytest.mark.parametrize("words", ["nhieu", "101", "", "-1"])
def test_points_that_make_no_sense_are_refused_in_place(at_settings: Opened, words: str) -> None:
    field = at_settings.page().forms.rules.field("spread")
    line = field.line
    line.setFocus()
    line.selectAll()
    at_settings.bot.keyClick(line, Qt.Key.Key_Delete)
    at_settings.bot.keyClicks(line, words)
    at_settings.bot.keyClick(line, Qt.Key.Key_Return)
    assert field.error()
    assert kept(at_settings).working_rules.spread == 10


def test_look_text_size_and_name_apply_at_once_and_are_kept(at_settings: Opened) -> None:
    page = at_settings.page()
    choose(at_settings, page.display.field("theme").combo, "dark")
    choose(at_settings, page.display.field("text_size").combo, 150)
    write(at_settings, page.user.field("user"), "Bà Lan")
    assert (theme.now().name, theme.now().scale) == ("dark", 150)
    now = settings.load()
    assert (now.theme, now.text_size, now.user) == ("dark", 150, "Bà Lan")
    at_settings.bot.keyClick(at_settings.window, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert page.display.field("text_size").value() == settings.load().text_size == 125


def test_what_papers_are_signed_with_is_kept_on_this_computer_without_any_secret(at_settings: Opened, tmp_path: Path) -> None:
    form = at_settings.window.findChild(SettingsScreen).signing
    assert form.field("file").isHidden() and form.field("library").isHidden()
    choose(at_settings, form.source.combo, "file")
    assert not form.field("file").isHidden() and form.field("token").isHidden()
    write(at_settings, form.field("file"), str(tmp_path / "ky.p12"))
    assert "Không tìm thấy tệp" in form.field("file").note.text()
    (tmp_path / "ky.p12").touch()
    write(at_settings, form.field("file"), "")
    write(at_settings, form.field("file"), str(tmp_path / "ky.p12"))
    assert not form.field("file").error()
    write(at_settings, form.field("tsa"), "tsa.example.vn")
    assert "http://" in form.field("tsa").error()
    write(at_settings, form.field("tsa"), "http://tsa.example.vn")
    assert not form.field("tsa").error()
    choose(at_settings, form.source.combo, "token")
    write(at_settings, form.field("library"), str(tmp_path / "khong-co.so"))
    at_settings.click(form.search)
    at_settings.settle()
    assert "Không tìm thấy tệp" in form.field("library").note.text()
    assert settings.load().signing == {"source": "token", "file": str(tmp_path / "ky.p12"), "tsa": "http://tsa.example.vn",
                                       "library": str(tmp_path / "khong-co.so")}


def test_links_bring_their_section(at_settings: Opened) -> None:
    page = at_settings.page()
    at_settings.click(page.links["data"])
    assert page.data.now.hasFocus()
    assert [key for key, link in page.links.items() if link.property("current")] == ["data"]
    at_settings.window.shell.go("settings", section="rules")
    at_settings.bot.waitUntil(lambda: page.forms.rules.field("quorum").editor.hasFocus())
    for place, key in (("minimum", "office"), ("maximum", "people")):  # what is in sight is marked, however one came there
        bar = page.findChild(QScrollArea).verticalScrollBar()
        bar.setValue(getattr(bar, place)())
        assert [key for key, link in page.links.items() if link.property("current")] == [key]


def test_a_backup_by_hand_is_listed_and_can_be_brought_back(at_settings: Opened, file: Path) -> None:
    page = at_settings.page()
    write(at_settings, page.forms.office.field("place"), "Lạng Sơn")
    at_settings.settle()
    at_settings.click(page.data.now)
    at_settings.bot.waitUntil(lambda: len(page.data.restores) == 1)
    assert page.data.now.isEnabled() and "làm bằng tay" in {one.text() for one in page.data.findChildren(QLabel)}
    write(at_settings, page.forms.office.field("place"), "Nơi khác")
    at_settings.settle()
    at_settings.click(page.data.restores[0])
    dialog = page.data.restore_dialog
    assert isinstance(dialog, RestoreDialog) and dialog.isVisible() and "lang-son.ocop" in dialog.findChildren(QLabel)[1].text()
    at_settings.click(dialog.restore)
    at_settings.bot.waitUntil(lambda: page.forms.office.field("place").value() == "Lạng Sơn")
    at_settings.bot.waitUntil(lambda: len(page.data.restores) == 2)
    at_settings.settle()
    assert not page.data.restores[0].visibleRegion().isEmpty()  # the list worked in stays on show
    assert "Đã khôi phục" in at_settings.window.say.notes()[-1].words
    assert [b.reason for b in backups.list_backups(file)] == ["truoc-khi-khoi-phuc", "tu-lam"]
    assert kept(at_settings).place == "Lạng Sơn"


def test_a_restore_can_be_declined(at_settings: Opened) -> None:
    page = at_settings.page()
    at_settings.click(page.data.now)
    at_settings.bot.waitUntil(lambda: len(page.data.restores) == 1)
    at_settings.click(page.data.restores[0])
    at_settings.click(page.data.restore_dialog.keep)
    at_settings.settle()
    assert len(page.data.restores) == 1


def test_a_broken_backup_is_refused_and_the_file_stays(at_settings: Opened, tmp_path: Path) -> None:
    page, broken = at_settings.page(), tmp_path / "hong.ocop"
    broken.write_bytes(b"not a database at all" * 20)
    write(at_settings, page.forms.office.field("place"), "Lạng Sơn")
    at_settings.settle()
    page.data._ask_restore(broken, broken.name)
    at_settings.click(page.data.restore_dialog.restore)
    at_settings.bot.waitUntil(lambda: bool(at_settings.window.say.notes()))
    assert "hong.ocop" in at_settings.window.say.notes()[0].words
    assert kept(at_settings).place == "Lạng Sơn" and page.data.now.isEnabled()


def test_a_copy_on_another_disk(at_settings: Opened, file: Path, tmp_path: Path) -> None:
    page, stick = at_settings.page(), tmp_path / "usb"
    stick.mkdir()
    page.data.copy_to(str(stick))
    at_settings.bot.waitUntil(lambda: "gần nhất" in page.data.outside.text())
    assert len(list(stick.glob("lang-son_*.ocop"))) == 1
    at_settings.window.work.stop()
    assert at_settings.window.work.join()
    assert read(file, last_copy).path.parent == stick


def test_the_file_is_named_and_another_can_be_asked_for(at_settings: Opened, file: Path) -> None:
    page = at_settings.page()
    assert page.data.path.text() == str(file)
    at_settings.window.shell.file_wanted.disconnect(at_settings.window._open_file)
    at_settings.click(page.data.open)
    assert at_settings.wanted == [""]


def test_changing_the_language_comes_back_to_the_same_place(qtbot: QtBot, file: Path) -> None:
    with opened(qtbot, file, Settings(user="Lan")) as found:
        found.window.shell.go("settings")
        found.settle()
        found.activate()
        before = found.page()
        choose(found, before.display.field("language").combo, "en")
        qtbot.waitUntil(lambda: isinstance(found.page(), SettingsScreen) and found.page() is not before)
        found.settle()
        assert settings.load().language == "en"
        qtbot.waitUntil(lambda: found.page().display.field("language").editor.hasFocus())
        choose(found, found.page().display.field("language").combo, "vi")
        qtbot.waitUntil(lambda: settings.load().language == "vi")


@pytest.mark.parametrize("size", [100, 200])
def test_nothing_is_cut_at_the_right(qtbot: QtBot, file: Path, size: int) -> None:
    with opened(qtbot, file, Settings(text_size=size)) as found:
        found.window.shell.go("settings")
        found.settle()
        found.activate()
        page = found.page()
        inner = page.body.parentWidget()
        assert inner.width() <= inner.parentWidget().width()


def test_with_large_letters_a_menu_leads_to_every_section(qtbot: QtBot, file: Path) -> None:
    with opened(qtbot, file, Settings(text_size=200)) as found:
        found.window.resize(1366, 768)
        found.window.shell.go("settings")
        found.settle()
        page = found.page()
        assert page.jump.isVisible() and not page.links["people"].isVisible()
        ways = page.jump.menu().actions()
        assert [way.text() for way in ways] == [link.text() for link in page.links.values()]
        ways[-1].trigger()
        assert page.area.verticalScrollBar().value() > 0 and page.links["people"].property("current")


def test_a_section_gone_to_stays_at_the_top_while_what_stands_above_it_is_filled(at_settings: Opened) -> None:
    page = at_settings.page()
    bar, rules = page.findChild(QScrollArea).verticalScrollBar(), page._sections["rules"]
    page.go_to("rules")
    before = bar.value()
    page.forms.office.setMinimumHeight(page.forms.office.height() + 300)  # as when what was read arrives
    at_settings.bot.waitUntil(lambda: bar.value() == rules.y() > before)
    bar.triggerAction(QScrollBar.SliderAction.SliderToMinimum)
    page.forms.office.setMinimumHeight(page.forms.office.height() + 300)
    QApplication.processEvents()
    assert bar.value() == 0  # who scrolled on is left alone
