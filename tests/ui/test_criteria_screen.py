"""The criteria screen with real clicks and keys: reading, searching, gates, comparing, paper, workbooks, versions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pypdf
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from ocop_desktop import text
from ocop_desktop.actions import rulebook_packs, rulebooks
from ocop_desktop.data.engine import Database
from ocop_desktop.ui.criteria_finds import FindRow
from ocop_desktop.ui.criteria_screen import CriteriaScreen
from tests.ui.screen_room import ScreenRoom

LEFT = Qt.MouseButton.LeftButton
LAW = "26/2026/QĐ-TTg"


class CriteriaRoom(ScreenRoom):
    """The screen opened on the rulebook in force, every set read."""

    screen: CriteriaScreen

    def settle(self) -> None:
        """Wait until every set is read and nothing is under way."""
        self.bot.waitUntil(self.work.at_rest, timeout=20000)
        self.bot.waitUntil(lambda: not self.screen.library.waiting(self.screen.book), timeout=20000)
        self.bot.waitUntil(self.work.at_rest, timeout=20000)

    def press(self, mode: str) -> None:
        """Press a way of looking."""
        self.bot.mouseClick(self.screen.views.modes[mode], LEFT)
        self.settle()

    def seek(self, words: str) -> list[FindRow]:
        """Type words into the search; what is listed."""
        self.screen.search.setFocus()
        self.screen.search.clear()
        self.bot.keyClicks(self.screen.search, words)
        return list(self.screen.views.finds.list.rows.rows())

    def strike(self, key: Qt.Key) -> None:
        """Press a key where the focus is."""
        self.screen.activateWindow()
        self.bot.waitUntil(self.screen.isActiveWindow)
        self.bot.keyClick(self.screen.focusWidget(), key)
        self.settle()


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication, db: Database) -> Iterator[CriteriaRoom]:
    made = CriteriaRoom(qtbot, qapp, db, "criteria", CriteriaScreen)
    made.shell.go("criteria")
    qtbot.waitUntil(lambda: made.screen.book is not None)
    made.settle()
    yield made
    made.close()
    rulebooks._of_file = ()


def test_it_opens_on_the_rulebook_in_force_with_all_sets_counted(room: CriteriaRoom) -> None:
    screen = room.screen
    assert screen.book.id == LAW and screen.set.number == 1
    rows = [row for row in screen.sets.rows.rows() if row.number]
    assert len(rows) == 26 and sum(row.count for row in rows) == 787
    assert [row.number for row in screen.sets.rows.rows()][:3] == [0, None, 1]
    assert screen.views.on_show(screen.views.reading)


def test_models_pass_the_model_tester(room: CriteriaRoom) -> None:
    views = room.screen.views
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(model, fatal) for model in (
        views.tree.set_model, room.screen.sets.rows, views.gates.list.rows, views.compare.list.rows, views.finds.list.rows,
        views.pack.list.rows)]
    room.go(set=26)
    room.press("4")
    room.press("compare")
    room.seek("che")
    room.go(set=11)
    assert len(testers) == 6


def test_a_set_is_read_with_points_marks_cases_and_notes(room: CriteriaRoom) -> None:
    room.go(set=26)
    nodes = {node.key: node for node in room.screen.views.tree.set_model.nodes()}
    assert nodes["A"].points == 40 and nodes["1.1"].said.startswith("1.1 Bộ phận điều phối")
    assert nodes["8/a"].name.startswith("Trường hợp 1") and nodes["8/a1"].points == 1
    assert nodes["3.5/2"].star == 4 and "4 sao" in nodes["3.5/2"].said
    room.go(set=7)
    nodes = {node.key: node for node in room.screen.views.tree.set_model.nodes()}
    assert "Số liệu cần xem lại" in nodes["3.1"].said
    assert nodes["excluded"].notes and "Hồ sơ bị loại khi" in nodes["excluded"].said
    assert "Trường hợp bị loại" in nodes["1.1"].said


def test_every_option_of_every_set_is_a_row(room: CriteriaRoom) -> None:
    for head in room.screen.book.heads:
        room.go(set=head.number)
        shown = sum(node.kind == "option" for node in room.screen.views.tree.set_model.nodes())
        assert shown == sum(len(c.options) for c in room.screen.set.criteria)


def test_arrows_in_the_list_switch_sets(room: CriteriaRoom) -> None:
    room.screen.sets.setFocus()
    room.strike(Qt.Key.Key_Down)
    assert room.screen.set.number == 2
    room.strike(Qt.Key.Key_Up)
    room.strike(Qt.Key.Key_Up)
    assert room.screen.number() == 0 and room.screen.views.on_show(room.screen.views.facts)
    assert not room.screen.primary.isEnabled()


def test_a_click_opens_a_set_and_enter_leads_to_its_criteria(room: CriteriaRoom) -> None:
    sets = room.screen.sets
    place = next(n for n, row in enumerate(sets.rows.rows()) if row.number == 3)
    room.bot.mouseClick(sets.viewport(), LEFT, pos=sets.visualRect(sets.rows.index(place)).center())
    room.settle()
    assert room.screen.set.number == 3
    room.strike(Qt.Key.Key_Return)
    assert room.screen.views.tree.hasFocus()


def test_left_right_enter_and_the_chevron_close_and_open_a_criterion(room: CriteriaRoom) -> None:
    tree = room.screen.views.tree
    tree.go_to("1.1")
    tree.setFocus()
    index = tree.set_model.at("1.1")
    room.strike(Qt.Key.Key_Left)
    assert not tree.isExpanded(index)
    room.strike(Qt.Key.Key_Right)
    assert tree.isExpanded(index)
    room.strike(Qt.Key.Key_Return)
    assert not tree.isExpanded(index)
    rect = tree.visualRect(index)
    room.bot.mouseClick(tree.viewport(), LEFT, pos=QPoint(rect.left() + 12, rect.top() + 12))
    assert tree.isExpanded(index)
    room.bot.mouseClick(room.screen.views.brief, LEFT)
    assert not tree.isExpanded(index) and tree.isExpanded(tree.set_model.at("A"))


def test_search_without_accents_over_all_sets_marks_the_words(room: CriteriaRoom) -> None:
    found = room.seek("truy xuat nguon goc")
    assert len({row.entry.set for row in found}) > 20
    assert all("truy xuất nguồn gốc" in row.said for row in found[:20])
    assert "Tìm thấy" in room.screen.views.finds.count.text()
    assert room.screen.views.on_show(room.screen.views.finds)


def test_enter_jumps_to_the_option_and_esc_gives_the_page_back(room: CriteriaRoom) -> None:
    found = room.seek("truy xuat nguon goc")
    room.bot.keyClick(room.screen.search, Qt.Key.Key_Down)
    wanted = found[1].entry
    room.bot.keyClick(room.screen.search, Qt.Key.Key_Return)
    room.settle()
    tree = room.screen.views.tree
    assert room.screen.set.number == wanted.set and room.screen.search.text() == ""
    assert tree.set_model.node(tree.currentIndex()).key == f"{wanted.criterion.code}/{wanted.option.choice}"
    assert tree.visualRect(tree.currentIndex()).intersects(tree.viewport().rect())
    room.seek("vietgap")
    room.bot.keyClick(room.screen.search, Qt.Key.Key_Escape)
    assert room.screen.search.text() == "" and room.screen.views.on_show(room.screen.views.reading)


def test_a_click_on_a_find_jumps_too(room: CriteriaRoom) -> None:
    room.seek("bo 11")
    room.settle()  # the finds are listed anew when the last set is read
    finds = room.screen.views.finds.list
    row = finds.rows.rows()[0]
    room.bot.waitUntil(lambda: finds.isVisible() and finds.indexAt(finds.visualRect(finds.rows.index(0)).center()).row() == 0)
    room.bot.mouseClick(finds.viewport(), LEFT, pos=finds.visualRect(finds.rows.index(0)).center())
    room.settle()
    assert room.screen.set.number == row.entry.set == 11


def test_slash_and_ctrl_f_lead_to_the_search(room: CriteriaRoom) -> None:
    room.screen.views.tree.setFocus()
    room.bot.keyClick(room.screen.views.tree, Qt.Key.Key_Slash)
    assert room.screen.search.hasFocus()
    room.bot.keyClicks(room.screen.search, "che/")
    assert room.screen.search.text() == "che/"
    room.screen.sets.setFocus()
    room.bot.keyClick(room.screen.sets, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert room.screen.search.hasFocus()


def test_nothing_found_says_what_else_to_try(room: CriteriaRoom) -> None:
    assert room.seek("xyzzy") == []
    assert "“xyzzy”" in room.screen.views.finds.count.text()


def test_what_four_stars_need(room: CriteriaRoom) -> None:
    room.go(set=11, stars=4)
    rows = [row.gate for row in room.screen.views.gates.list.rows.rows() if row.gate]
    rules = room.screen.set
    assert [gate.criterion.code for gate in rows] == [c.code for c, _level in rules.gates(4)]
    assert all(option.level == gate.criterion.gate(4) for gate in rows for _case, option in gate.options)
    head = room.screen.views.gates.list.rows.rows()[0]
    assert "từ 70 trở lên" in head.said and f"{len(rows)} điều kiện" in head.said
    room.press("3")
    assert all(row.gate.mark == 3 for row in room.screen.views.gates.list.rows.rows() if row.gate)
    room.screen.views.gates.list.setFocus()
    code = room.screen.views.gates.list.current().gate.criterion.code
    room.strike(Qt.Key.Key_Return)
    tree = room.screen.views.tree
    assert room.screen.views.on_show(room.screen.views.reading) and tree.set_model.node(tree.currentIndex()).key == code


def test_two_sets_side_by_side_show_only_what_differs(room: CriteriaRoom) -> None:
    room.go(set=11)
    room.press("compare")
    card = room.screen.views.compare
    assert card.pair() == ((LAW, 11), (LAW, 12))
    lines = [row.line for row in card.list.rows.rows() if row.line]
    assert any("star" in line.changes for line in lines) and any("added" in line.changes for line in lines)
    assert card.list.rows.rows()[0].said.startswith("21 chỗ khác nhau: 7 tiêu chí khác")
    room.bot.mouseClick(card.swap, LEFT)
    room.settle()
    assert card.pair() == ((LAW, 12), (LAW, 11))
    card.right_set.setCurrentIndex(card.right_set.findData(12))
    card.right_set.activated.emit(card.right_set.currentIndex())
    room.settle()
    assert [row.said for row in card.list.rows.rows()] == ["Hai bên giống nhau hoàn toàn."]


def test_decisions_of_the_past_have_bands_and_validity_but_no_criteria(room: CriteriaRoom) -> None:
    room.go(book="148/2023/QĐ-TTg")
    room.settle()
    screen = room.screen
    words = " ".join(w.text() for w in screen.views.facts.findChildren(type(screen.title)))
    assert "Giữ làm lịch sử" in words and "từ 90 điểm" in words and "36 tháng" in words and "1489/2025/QĐ-TTg" in words
    assert not screen.views.modes["4"].isEnabled() and not screen.primary.isEnabled()
    room.press("compare")
    assert screen.views.compare.pair() == (("148/2023/QĐ-TTg", 0), (LAW, 0))
    assert screen.primary.isEnabled()


def test_choosing_a_decision_in_the_drop_down_opens_it(room: CriteriaRoom) -> None:
    box = room.screen.books
    box.setCurrentIndex(box.findData("1048/2019/QĐ-TTg"))
    box.activated.emit(box.currentIndex())
    room.settle()
    assert room.screen.book.id == "1048/2019/QĐ-TTg" and room.screen.number() == 0


def test_pages_are_looked_at_saved_and_printed(room: CriteriaRoom, tmp_path: Path) -> None:
    room.go(set=11)
    room.bot.mouseClick(room.screen.look_at, LEFT)
    room.settle()
    paper = room.screen.views.paper
    made = paper.made()
    assert room.screen.views.on_show(paper) and made.count > 2 and paper.count.text() == f"/ {made.count}"
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "in.pdf"))
    with room.bot.waitSignal(room.screen.press.sent):
        room.screen.press.send(room.screen.printout(), made, printer)
    assert len(pypdf.PdfReader(tmp_path / "in.pdf").pages) == made.count
    room.strike(Qt.Key.Key_Escape)
    assert room.screen.views.on_show(room.screen.views.reading)
    room.bot.mouseClick(room.screen.primary, LEFT)
    dialog = room.screen.findChild(QFileDialog)
    assert dialog is not None and dialog.selectedFiles()[0].endswith("bộ 11 - tiêu chí.pdf")
    dialog.fileSelected.emit(str(tmp_path / "bo-11.pdf"))
    dialog.close()
    room.settle()
    assert "Chè tươi" in pypdf.PdfReader(tmp_path / "bo-11.pdf").pages[0].extract_text()
    assert [note.words for note in room.say.notes() if note.tone == "ok"][-1] == "Đã lưu bo-11.pdf"


def test_a_paper_that_cannot_be_written_is_told(room: CriteriaRoom, tmp_path: Path) -> None:
    room.screen.press.save(room.screen.printout(), tmp_path / "khong" / "a.pdf")
    room.settle()
    assert any("Không có thư mục" in note.words for note in room.say.notes())


def test_a_workbook_comes_in_as_a_new_version_with_its_reason(room: CriteriaRoom, tmp_path: Path) -> None:
    screen = room.screen
    words = [action.text() for action in screen.menu().actions() if not action.isSeparator()]
    assert words == ["Xuất ra Excel…", "Nhập bộ tiêu chí…", "Gắn lời văn của luật…"]
    screen.packs.export(screen.book, tmp_path / "bo.xlsx")
    room.settle()
    book = openpyxl.load_workbook(tmp_path / "bo.xlsx")
    words = next(cell for row in book["Bộ 11"].iter_rows() for cell in row if cell.value == "Nguyên liệu trong tỉnh: dưới 50%")
    words.value = "Nguyên liệu trong tỉnh: ít hơn 50%"
    book.save(tmp_path / "bo.xlsx")
    screen.packs.look(screen.book, tmp_path / "bo.xlsx")
    room.settle()
    pack = screen.views.pack
    assert screen.views.on_show(pack) and pack.keep.text() == "Lưu thành bản 2" and not pack.keep.isEnabled()
    assert any("ít hơn 50%" in row.said for row in pack.list.rows.rows())
    room.bot.keyClicks(pack.reason, "dinh chinh")
    room.bot.mouseClick(pack.keep, LEFT)
    room.settle()
    assert room.ask(lambda session: [(line.version, line.reason) for line in rulebook_packs.listing(session)
                                     if line.source == "file"]) == [(2, "dinh chinh")]
    room.bot.waitUntil(lambda: screen.book is not None and screen.book.id == f"{LAW}#2")
    room.settle()
    shown = " ".join(w.text() for w in screen.views.facts.findChildren(type(screen.title)))
    assert "Bản 2: dinh chinh · Lan lưu ngày" in shown
    screen.views.compare_whole(LAW, f"{LAW}#2")
    room.settle()
    lines = [row.line for row in screen.views.compare.list.rows.rows() if row.line]
    assert [line.kind for line in lines] == ["set", "criterion", "option"] and lines[-1].changes == ("words",)


def test_an_unchanged_workbook_has_nothing_to_save(room: CriteriaRoom, tmp_path: Path) -> None:
    screen = room.screen
    screen.packs.export(screen.book, tmp_path / "bo.xlsx")
    screen.packs.look(screen.book, tmp_path / "bo.xlsx")
    room.settle()
    room.bot.keyClicks(screen.views.pack.reason, "x")
    assert not screen.views.pack.keep.isEnabled()
    assert any("giống hệt" in row.said for row in screen.views.pack.list.rows.rows())
    room.strike(Qt.Key.Key_Escape)
    assert screen.views.on_show(screen.views.reading)


def test_a_narrow_window_offers_the_sets_as_a_drop_down(room: CriteriaRoom) -> None:
    screen = room.screen
    screen.resize(700, 600)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    assert screen.sets.isHidden() and screen.numbers.isVisible() and screen.title.isHidden()
    screen.numbers.setCurrentIndex(screen.numbers.findData(9))
    screen.numbers.activated.emit(screen.numbers.currentIndex())
    room.settle()
    assert screen.set.number == 9
    screen.resize(1170, 720)
    assert screen.sets.isVisible() and screen.numbers.isHidden() and screen.title.isVisible()


def test_in_english_every_word_is_english(qtbot: QtBot, qapp: QApplication, db: Database) -> None:
    text.set_language("en")
    made = CriteriaRoom(qtbot, qapp, db, "criteria", CriteriaScreen)
    made.go(set=11)
    made.settle()
    assert made.screen.views.tree.set_model.node(made.screen.views.tree.set_model.at("1.1")).name == "Raw-material source"
    assert len({row.entry.set for row in made.seek("traceability")}) > 20
    made.close()
