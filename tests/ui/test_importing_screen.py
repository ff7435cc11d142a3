"""The import page with real clicks and keys; what counts is what stands in the database afterwards."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QAbstractItemModel, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog
from sqlalchemy import text

from ocop_desktop.actions import backups, dossiers
from ocop_desktop.ui.importing_screen import ImportingScreen
from tests.sheets.made import applications, book_of, register
from tests.ui.screen_room import ScreenRoom

HEAD = ["STT", "Tên sản phẩm", "Chủ thể", "Xã/phường", "Điện thoại", "Hạng sao", "Ngày công nhận"]


@pytest.fixture
def room(qtbot, qapp, db):
    made = ScreenRoom(qtbot, qapp, db, "importing", ImportingScreen)
    made.go()
    yield made
    made.close()


def opened(room: ScreenRoom, path: Path) -> ImportingScreen:
    screen = room.screen
    screen.open_file(str(path))
    room.bot.waitUntil(
        lambda: (screen.accept.isVisible() and screen.accept.isEnabled()) or bool(screen.start.trouble.text()), timeout=15_000
    )
    return screen


def read_again(room: ScreenRoom, act) -> None:
    """Do something that reads the file again, and wait for it."""
    before = room.screen._seen
    act()
    room.bot.waitUntil(lambda: room.screen._seen is not before, timeout=15_000)


def press(room: ScreenRoom, button) -> None:
    room.bot.waitUntil(button.isVisible)
    room.bot.mouseClick(button, Qt.MouseButton.LeftButton)


def count(room: ScreenRoom, table: str) -> int:
    room.quiet()
    got: list[int] = []
    room.work.read(None, lambda session: session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one(), got.append)
    room.bot.waitUntil(lambda: bool(got))
    return got[0]


def rows_of(room: ScreenRoom, query: str) -> list[tuple]:
    room.quiet()
    got: list = []
    room.work.read(None, lambda session: [tuple(r) for r in session.execute(text(query))], got.append)
    room.bot.waitUntil(lambda: bool(got))
    return got[0]


def troubled(tmp_path: Path) -> Path:
    good = ["HTX A", "Mẫu Sơn", "0912345678", "3 sao", dt.date(2025, 4, 21)]
    rows = [
        HEAD,
        [1, "Mật ong", *good],
        [2, "Chè", "HTX A", "Xã Không Có", 912345678, 3, dt.date(2025, 4, 21)],
        [3, "Miến", "HTX B", "Xã Không Có", "0912345678", 4, dt.date(2025, 4, 21)],
        [4, "Rượu", "HTX C", "Tân Văn", None, "#REF!", dt.date(2025, 4, 21)],
        [5, None, "HTX D", "Tân Văn", None, 3, dt.date(2025, 4, 21)],
    ]
    return book_of(tmp_path / "danh-sach.xlsx", ("Loc", rows))


def test_an_empty_start_says_what_to_do(room):
    assert room.screen.start.isVisible()
    assert room.screen.start.drop.choose.text().startswith("Chọn tệp")
    assert not room.screen.start.batches.isVisible()
    assert not room.screen.accept.isVisible()


def test_a_list_is_previewed_imported_and_taken_back(room, tmp_path):
    screen = opened(room, applications(tmp_path / "a.xlsx", 12, 3, True).path)
    assert screen.accept.text() == "Nhập 12 dòng"
    room.bot.waitUntil(screen.part.chips.chip("new").isVisible)
    assert "a.xlsx" in screen.subtitle.text()
    assert count(room, "product") == 0
    press(room, screen.accept)
    room.bot.waitUntil(lambda: screen.start.isVisible(), timeout=15_000)
    assert count(room, "product") == 12
    assert backups.list_backups(room.db.path)
    (note,) = room.say.notes()
    assert "12 mới" in note.words
    room.bot.waitUntil(lambda: bool(screen.start.batches.undo_links))
    (look,) = screen.start.batches.look_links.values()
    press(room, look)
    (screen_name, where) = room.went[-1]
    assert screen_name == "dossiers"
    assert room.ask(lambda s: dossiers.find(s, "", dossiers.Filters(**where)).count) == 12
    press(room, note.action)
    room.bot.waitUntil(lambda: not screen.start.batches.undo_links, timeout=15_000)
    assert count(room, "product") == 0
    assert "hoàn tác" in room.say.notes()[-1].words


def test_the_file_is_asked_for_beside_the_page_not_instead_of_it(room, tmp_path):
    press(room, room.screen.start.drop.choose)
    dialog = room.screen.findChild(QFileDialog)
    assert dialog is not None and dialog.isVisible()
    assert count(room, "product") == 0  # the window goes on while it asks
    dialog.fileSelected.emit(str(applications(tmp_path / "a.xlsx", 3).path))
    dialog.close()
    room.bot.waitUntil(lambda: room.screen.accept.isVisible() and room.screen.accept.isEnabled(), timeout=15_000)
    assert room.screen.accept.text() == "Nhập 3 dòng"


def test_an_earlier_import_is_taken_back_from_the_list(room, tmp_path):
    screen = opened(room, register(tmp_path / "a.xlsx", 5).path)
    press(room, screen.accept)
    room.bot.waitUntil(lambda: bool(screen.start.batches.undo_links), timeout=15_000)
    (link,) = screen.start.batches.undo_links.values()
    press(room, link)
    room.bot.waitUntil(lambda: not screen.start.batches.undo_links, timeout=15_000)
    assert count(room, "certificate") == 0


def test_questions_are_answered_in_place(room, tmp_path):
    screen = opened(room, troubled(tmp_path))
    part = screen.part
    assert screen.accept.text() == "Nhập 1 dòng" and screen.waits.text() == "2 dòng chờ trả lời"
    assert [part._seen.states[key] for key in ("doubtful", "rejected")] == [2, 2]
    assert part.bar.problem.place.row == 5
    part.bar.field.line.setFocus()
    room.bot.keyClicks(part.bar.field.line, "4 sao")
    read_again(room, lambda: room.bot.keyClick(part.bar.field.line, Qt.Key.Key_Return))
    assert screen.accept.text() == "Nhập 2 dòng"
    assert part.bar.problem.place.row == 6
    read_again(room, lambda: press(room, part.bar.skip))
    assert part.bar.problem.kind == "unknown_commune"
    assert part.bar.apply_all.isVisible()
    room.bot.keyClicks(part.bar.field.line, "mau son")
    read_again(room, lambda: press(room, part.bar.apply_all))
    assert part.bar.problem is None
    assert screen.accept.text() == "Nhập 4 dòng" and not screen.waits.isVisible() and not part.also.isVisible()
    assert part._seen.states == {"new": 4, "update": 0, "unchanged": 0, "waiting": 0, "doubtful": 0, "rejected": 0, "skipped": 1}
    press(room, screen.accept)
    room.bot.waitUntil(lambda: screen.start.isVisible(), timeout=15_000)
    found = rows_of(
        room,
        "SELECT product.name, commune.name, dossier.stars FROM dossier JOIN product ON product.id = product_id "
        "JOIN producer ON producer.id = producer_id JOIN commune ON commune.id = commune_id ORDER BY dossier.id",
    )
    assert found == [("Mật ong", "Mẫu Sơn", 3), ("Chè", "Mẫu Sơn", 3), ("Miến", "Mẫu Sơn", 4), ("Rượu", "Tân Văn", 4)]


def test_rows_with_a_question_wait_and_stay_on_the_page(room, tmp_path):
    screen = opened(room, troubled(tmp_path))
    part = screen.part
    press(room, screen.accept)
    room.bot.waitUntil(lambda: screen.accept.text() == "Nhập 0 dòng", timeout=15_000)
    assert rows_of(room, "SELECT name FROM product") == [("Mật ong",)]
    assert "Còn 2 dòng chờ trả lời." in room.say.notes()[-1].words
    assert part.isVisible() and not screen.accept.isEnabled()
    assert part._seen.states["unchanged"] == 1 and part._seen.asked == {3, 4}
    press(room, part.also)
    assert screen.accept.text() == "Nhập 2 dòng" and not screen.waits.isVisible()
    press(room, screen.accept)
    room.bot.waitUntil(lambda: screen.start.isVisible(), timeout=15_000)
    assert rows_of(room, "SELECT name FROM product ORDER BY id") == [("Mật ong",), ("Chè",), ("Miến",)]


def test_a_text_file_called_a_workbook_is_told_as_that(room, tmp_path):
    path = tmp_path / "danh-sach.xlsx"
    path.write_text("Đây là một bức thư\nkhông phải bảng tính\n", encoding="utf-8")
    screen = opened(room, path)
    assert "mang đuôi .xlsx nhưng bên trong chỉ là văn bản" in screen.start.trouble.text()


def test_f8_walks_the_questions_and_marks_their_cells(room, tmp_path):
    part = opened(room, troubled(tmp_path)).part
    part.grid.setFocus()
    seen = []
    for _n in range(4):
        seen.append((part.bar.problem.place.row, part.grid.current().number))
        room.bot.keyClick(part.grid, Qt.Key.Key_F8)
    assert seen == [(5, 5), (6, 6), (3, 3), (4, 4)]
    assert part.bar.problem.place.row == 5
    tones = {(r.number, c.key): part.model.tint(r, c.key) for r in part.model.rows() for c in part.model.columns}
    assert tones[(5, "first_stars")] == "bad"
    assert tones[(3, "commune")] == "warn"
    assert tones[(3, "phone")] == "mended"
    assert tones[(2, "product")] is None


def test_a_skipped_row_comes_back(room, tmp_path):
    part = opened(room, troubled(tmp_path)).part
    read_again(room, lambda: press(room, part.bar.skip))
    assert part._seen.states["skipped"] == 1
    at = next(i for i, row in enumerate(part.model.rows()) if row.state == "skipped")
    part.grid.setCurrentIndex(part.model.index(at, 0))
    assert part.bar.skip.text() == "Nhập lại dòng này"
    read_again(room, lambda: press(room, part.bar.skip))
    assert part._seen.states["skipped"] == 0


def test_chips_filter_the_rows(room, tmp_path):
    part = opened(room, troubled(tmp_path)).part
    assert part.model.rowCount() == 5
    press(room, part.chips.chip("rejected"))
    assert {row.state for row in part.model.rows()} == {"rejected"}
    press(room, part.chips.chip("doubtful"))
    assert part.model.rowCount() == 4


def test_columns_are_shown_and_corrected(room, tmp_path):
    rows = [["Hàng hóa bán", "Chủ thể", "Tên sãn phâmm"], ["x", "HTX A", "Chè"]]
    screen = room.screen
    screen.open_file(str(book_of(tmp_path / "a.xlsx", ("S", rows))))
    room.bot.waitUntil(lambda: screen.part._seen is not None, timeout=15_000)
    press(room, screen.part.steps.edit)
    columns = screen.part.columns
    assert columns.isVisible()
    assert columns.boxes["C"].combo.currentData() == "product"
    assert "chưa chắc" in screen.part.steps.columns.text()
    combo = columns.boxes["A"].combo
    combo.setFocus()
    combo.setCurrentIndex(combo.findData("product"))
    read_again(room, lambda: combo.activated.emit(combo.currentIndex()))
    assert screen.part._seen.rows[0].values["product"] == "x"
    assert screen.part._seen.rows[0].values["note"] == "Tên sãn phâmm: Chè"
    columns.round.setFocus()
    room.write(columns.round, "Đợt 1")
    read_again(room, lambda: room.bot.keyClick(columns.round, Qt.Key.Key_Return))
    press(room, screen.accept)
    room.bot.waitUntil(lambda: screen.start.isVisible(), timeout=15_000)
    assert rows_of(room, "SELECT round FROM dossier") == [("Đợt 1",)]


def test_a_missing_column_opens_the_columns(room, tmp_path):
    screen = room.screen
    screen.open_file(str(book_of(tmp_path / "a.xlsx", ("S", [["Tên sản phẩm", "Ai làm ra"], ["Chè", "HTX A"]]))))
    room.bot.waitUntil(lambda: screen.part._seen is not None, timeout=15_000)
    assert screen.part.columns.isVisible()
    assert not screen.accept.isEnabled()
    assert "Chủ thể" in screen.part.trouble.text()
    combo = screen.part.columns.boxes["B"].combo
    combo.setCurrentIndex(combo.findData("producer"))
    read_again(room, lambda: combo.activated.emit(combo.currentIndex()))
    assert screen.accept.isEnabled()


def test_another_header_row_can_be_chosen(room, tmp_path):
    rows = [["Tên sản phẩm", "Chủ thể"], ["Tên sản phẩm", "Tên chủ thể"], ["Chè", "HTX A"]]
    part = opened(room, book_of(tmp_path / "a.xlsx", ("S", rows))).part
    press(room, part.steps.edit)
    header = part.columns.header
    wanted = 2 if part._seen.header_rows[0] == 1 else 1
    header.setCurrentIndex(header.findData(wanted))
    part.columns.deep.setCurrentIndex(0)
    read_again(room, lambda: header.activated.emit(header.currentIndex()))
    assert part._seen.header_rows == (wanted,)


def test_what_was_mended_is_listed(room, tmp_path):
    part = opened(room, troubled(tmp_path)).part
    assert "Tự sửa" in part.repair_line.words.text()
    press(room, part.repair_line.link)
    assert part.repairs.isVisible()
    assert ("E3", "0912345678") in {(r.cell, r.became) for r in part.repairs.model.rows()}
    press(room, part.repairs.back)
    assert part.grid.isVisible()


def test_a_repair_is_refused_at_its_cell_and_in_its_column_and_made_again(room, tmp_path):
    part = opened(room, troubled(tmp_path)).part
    press(room, part.repair_line.link)
    card = part.repairs
    assert not card.again.isVisible()
    at = next(i for i, r in enumerate(card.model.rows()) if r.cell == "E3")
    card.view.setCurrentIndex(card.model.index(at, 0))
    read_again(room, lambda: press(room, card.cell))
    assert part._seen.mapping.refuse == ("E3",)
    assert card.isVisible()
    assert "E3" not in {r.cell for r in card.model.rows()}
    assert next(r for r in part._seen.rows if r.number == 3).values["phone"] != "0912345678"
    kinds = {(r.cell[:1], r.kind) for r in card.model.rows() if r.cell}
    letter, kind = sorted(kinds)[0]
    at = next(i for i, r in enumerate(card.model.rows()) if (r.cell[:1], r.kind) == (letter, kind))
    card.view.setCurrentIndex(card.model.index(at, 0))
    read_again(room, lambda: press(room, card.kind))
    assert part._seen.mapping.refuse == ("E3", f"{letter}:{kind}")
    assert (letter, kind) not in {(r.cell[:1], r.kind) for r in card.model.rows() if r.cell}
    read_again(room, lambda: press(room, card.again))
    assert part._seen.mapping.refuse == ()
    at = next(i for i, r in enumerate(card.model.rows()) if r.kind == kind)
    card.view.setCurrentIndex(card.model.index(at, 0))
    read_again(room, lambda: press(room, card.everywhere))
    assert part._seen.mapping.refuse == (kind,) and kind not in {r.kind for r in card.model.rows()}
    read_again(room, lambda: press(room, card.again))
    assert ("E3", "0912345678") in {(r.cell, r.became) for r in card.model.rows()}


@pytest.mark.parametrize(
    ("name", "content", "said"), [("a.xlsx", b"", "trống"), ("a.xls", b"<html><table>", "HTML"), ("b.csv", b"x\n1\n", "tiêu đề")]
)
def test_a_bad_file_is_a_sentence_in_place(room, tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    screen = opened(room, path)
    assert said in screen.start.trouble.text()
    assert screen.start.isVisible()
    assert not screen.accept.isVisible()
    opened(room, applications(tmp_path / "gut.xlsx", 3).path)
    assert screen.start.trouble.text() == ""


def test_a_file_is_dropped_anywhere(room, tmp_path):
    path = applications(tmp_path / "a.xlsx", 3).path
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    where = QPointF(20, 20)
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for target in (room.screen.start.drop, room.screen):
        QApplication.sendEvent(target, QDragEnterEvent(where.toPoint(), Qt.DropAction.CopyAction, data, buttons, keys))
        QApplication.sendEvent(target, QDropEvent(where, Qt.DropAction.CopyAction, data, buttons, keys))
        room.bot.waitUntil(lambda: room.screen.accept.isVisible() and room.screen.accept.isEnabled(), timeout=15_000)
        assert room.screen.accept.text() == "Nhập 3 dòng"
        press(room, room.screen.other)
        assert room.screen.start.isVisible()


def test_the_keyboard_alone_imports(room, tmp_path):
    screen = opened(room, applications(tmp_path / "a.xlsx", 3).path)
    screen.part.grid.setFocus()
    room.bot.keyClick(screen.part.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    room.bot.waitUntil(lambda: screen.start.isVisible(), timeout=15_000)
    assert count(room, "dossier") == 3


def test_reading_can_be_stopped(room, tmp_path):
    screen = room.screen
    screen.open_file(str(register(tmp_path / "a.xlsx", 300).path))
    assert screen.other.text() == "Dừng lại"
    press(room, screen.other)
    assert screen.start.isVisible()
    room.quiet()
    assert screen._seen is None
    assert not screen.accept.isVisible()


def test_the_same_file_again_has_nothing_to_import(room, tmp_path):
    path = applications(tmp_path / "a.xlsx", 4).path
    screen = opened(room, path)
    press(room, screen.accept)
    room.bot.waitUntil(lambda: screen.start.isVisible(), timeout=15_000)
    room.quiet()
    screen.open_file(str(path))
    room.bot.waitUntil(lambda: screen.part._seen is not None, timeout=15_000)
    assert not screen.accept.isEnabled()
    assert "đã nhập" in screen.part.trouble.text()


def test_the_models_keep_their_word(room, tmp_path):
    part = opened(room, troubled(tmp_path)).part
    for model in (part.model, part.repairs.model):
        assert isinstance(model, QAbstractItemModel)
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    press(room, part.chips.chip("rejected"))
    for place, column in enumerate(part.model.columns):
        if column.sortable:
            part.model.sort(place)


def known_then(room: ScreenRoom, tmp_path: Path, *rows: list) -> ImportingScreen:
    """A producer is in the file already; a list comes whose rows may speak of it."""
    head = ["Tên sản phẩm", "Chủ thể", "Xã/phường", "Lần đăng ký"]
    first = book_of(tmp_path / "goc.xlsx", ("S", [head, ["Chè", "Hợp tác xã Mẫu Sơn", "Mẫu Sơn", "Lần đầu"]]))
    screen = opened(room, first)
    press(room, screen.accept)
    room.bot.waitUntil(lambda: screen.start.isVisible(), timeout=15_000)
    room.quiet()
    screen.open_file(str(book_of(tmp_path / "sau.xlsx", ("S", [head, *rows]))))
    room.bot.waitUntil(lambda: screen.part._seen is not None, timeout=15_000)
    return screen


OTHER = "HTX Nông nghiệp Mẫu Sơn"


def test_doubtful_rows_wait_and_are_chosen_in_bulk(room, tmp_path):
    rows = [["Mật ong", OTHER, "Mẫu Sơn", "Lần đầu"], ["Miến", OTHER, "Mẫu Sơn", "Lần đầu"]]
    screen = known_then(room, tmp_path, *rows)
    choice = screen.part.choice
    assert choice.isVisible() and not screen.part.bar.isVisible()
    assert not screen.accept.isEnabled()
    assert "Hợp tác xã Mẫu Sơn" in choice.candidates.currentText()
    press(room, choice.bulk)
    assert choice.bulk.isChecked()
    read_again(room, lambda: press(room, choice.same))
    assert screen.part._seen.states["new"] == 2
    press(room, screen.accept)
    room.bot.waitUntil(lambda: screen.start.isVisible(), timeout=15_000)
    assert count(room, "producer") == 1
    assert count(room, "product") == 3


@pytest.mark.parametrize(("way", "producers", "products"), [("new", 2, 2), ("skip", 1, 1)])
def test_a_doubtful_row_is_new_or_left_out(room, tmp_path, way, producers, products):
    screen = known_then(room, tmp_path, ["Mật ong", OTHER, "Mẫu Sơn", "Lần đầu"])
    read_again(room, lambda: press(room, getattr(screen.part.choice, way)))
    assert not screen.part.choice.isVisible()
    if screen.accept.isEnabled():
        press(room, screen.accept)
        room.bot.waitUntil(lambda: screen.start.isVisible(), timeout=15_000)
    assert (count(room, "producer"), count(room, "product")) == (producers, products)


def test_a_cell_is_mended_where_it_stands(room, tmp_path):
    screen = opened(room, troubled(tmp_path))
    part = screen.part
    at = next(i for i, row in enumerate(part.model.rows()) if row.number == 5)
    place = next(i for i, c in enumerate(part.model.columns) if c.key == "first_stars")
    cell = part.model.index(at, place)
    part.grid.scrollTo(cell)
    where = part.grid.visualRect(cell).center()
    room.bot.mouseClick(part.grid.viewport(), Qt.MouseButton.LeftButton, pos=where)
    room.bot.mouseDClick(part.grid.viewport(), Qt.MouseButton.LeftButton, pos=where)
    editor = QApplication.focusWidget()
    assert editor is not part.grid
    editor.selectAll()
    room.bot.keyClicks(editor, "4 sao")
    read_again(room, lambda: room.bot.keyClick(editor, Qt.Key.Key_Return))
    assert part._seen.fixes == {(5, "first_stars"): "4 sao"}
    assert screen.accept.text() == "Nhập 2 dòng" and part._seen.asked == {3, 4}
    names = [c.key for c in part.model.columns if part.model.flags(part.model.index(0, part.model.columns.index(c))) & EDITABLE]
    assert "number" not in names and "state" not in names and "product" in names


EDITABLE = Qt.ItemFlag.ItemIsEditable


def test_questions_are_filtered_by_their_kind(room, tmp_path):
    part = opened(room, troubled(tmp_path)).part
    kinds = part.kinds
    assert kinds.isVisible()
    kinds.setCurrentIndex(kinds.findData("unknown_commune"))
    kinds.activated.emit(kinds.currentIndex())
    assert {row.number for row in part.model.rows()} == {3, 4}
    assert part.bar.problem.kind == "unknown_commune"
    assert "trên 2" in part.bar.more.text()


def test_a_template_is_saved_from_the_start(room, tmp_path):
    drop = room.screen.start.drop
    drop.templates.aboutToShow.emit()
    assert len(drop.templates.actions()) == 7
    drop.templates.actions()[0].trigger()
    dialog = room.screen.findChild(QFileDialog)
    assert dialog is not None and dialog.isVisible()
    dialog.fileSelected.emit(str(tmp_path / "mau.xlsx"))
    dialog.close()
    room.bot.waitUntil(lambda: (tmp_path / "mau.xlsx").exists(), timeout=15_000)
    room.quiet()
    assert "mau.xlsx" in room.say.notes()[-1].words


def test_rows_that_stayed_out_are_listed_afterwards_and_saved_for_the_commune(room, tmp_path):
    screen = opened(room, troubled(tmp_path))
    room.bot.keyClick(screen.part.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    room.bot.waitUntil(lambda: not screen.part.also.isChecked() and count(room, "import_batch") == 1, timeout=15_000)
    press(room, screen.other)
    room.go()
    (link,) = screen.start.batches.left_links.values()
    press(room, link)
    card = screen.start.leftovers
    assert card.isVisible() and not screen.start.drop.isVisible() and "danh-sach.xlsx" in card.title.text()
    assert [line.cell for line in card.model.rows()] == ["D3", "D4", "F5", "B6"]
    assert "Xã Không Có" in card.model.rows()[0].message
    screen.save_leftovers(card.batch.id, tmp_path / "can-sua.xlsx")
    room.quiet()
    sheet = load_workbook(tmp_path / "can-sua.xlsx").active
    assert [cell.value for cell in sheet[1]] == ["Trang", "Ô", "Cột", "Trong tệp ghi", "Cần sửa"]
    assert [cell.value for cell in sheet[4]][1:4] == ["F5", "Hạng sao", "#REF!"] and sheet.max_row == 5
    press(room, card.close_card)
    assert screen.start.drop.isVisible() and not card.isVisible()
    room.go(batch_id=card_batch(room))
    assert card.isVisible()


def card_batch(room: ScreenRoom) -> int:
    return rows_of(room, "SELECT max(id) FROM import_batch")[0][0]
