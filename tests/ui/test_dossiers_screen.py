"""The list of dossiers: searching, filtering, sorting, opening, adding, export - with clicks and keys, on a real file."""

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QAbstractItemModelTester

from ocop_desktop.actions import dossiers
from ocop_desktop.actions.dossiers import NewDossier
from ocop_desktop.data import batches
from ocop_desktop.data.batches import BatchEntry
from ocop_desktop.data.search import refresh_search
from ocop_desktop.data.tables import Dossier, Product
from ocop_desktop.ui import states
from ocop_desktop.ui.dossiers_screen import DossiersScreen
from tests.ui.screen_room import ScreenRoom

NAMES = ("Chè Shan tuyết", "Mật ong hoa rừng", "Gạo nếp", "=Rượu men lá", "Chè xanh Vạn Linh", "Bánh chè lam")


@pytest.fixture
def filled(db):
    """300 dossiers, the first of them named, others to fill pages."""
    with db.begin() as session:
        place = dossiers.suggest_communes(session, "Mẫu Sơn", "20")[0].id
        first = dossiers.create(session, NewDossier(NAMES[0], 11, "first", None, "HTX Mẫu Sơn", "cooperative", place), "Lan")
        producer = dossiers.open_dossier(session, first).producer.id
        for name in NAMES[1:]:
            dossiers.create(session, NewDossier(name, 4, "upgrade", producer), "Lan")
        for place in range(294):
            state = {"status": "recognised", "stars": 3, "round": "Đợt 1 - 2026"} if place % 2 else {}
            session.add(Dossier(product=Product(name=f"Sản phẩm {place:03d}", folded=f"san pham {place:03d}", set_no=5,
                                                producer_id=producer), **state))
        refresh_search(session)
    return db


@pytest.fixture
def room(qtbot, qapp, filled):
    opened = ScreenRoom(qtbot, qapp, filled, "dossiers", DossiersScreen)
    opened.go()
    yield opened
    opened.close()


@pytest.fixture
def empty(qtbot, qapp, db):
    opened = ScreenRoom(qtbot, qapp, db, "dossiers", DossiersScreen)
    opened.go()
    yield opened
    opened.close()


def shown(room):
    """Products on show, from the pages that are fed."""
    model = room.screen.list.model
    return [row.product for place in range(model.rowCount()) if (row := model.row_at(place)) is not None]


def pick(room, key, words):
    box = room.screen.list.filters[key]
    box.setFocus()
    box.setCurrentIndex(box.findText(words))
    box.activated.emit(box.currentIndex())
    room.quiet()


def test_the_list_counts_and_feeds_itself(room):
    page = room.screen.list
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert page.subtitle.text() == "300 hồ sơ" and page.model.rowCount() == 300
    assert len(shown(room)) < 300
    page.table.scrollToBottom()
    page.table.viewport().repaint()
    room.bot.waitUntil(lambda: page.model.row_at(299) is not None)


def test_typing_finds_without_accents(room):
    page = room.screen.list
    room.bot.mouseClick(page.search, Qt.MouseButton.LeftButton)
    room.bot.keyClicks(page.search, "che")
    room.quiet()
    assert shown(room) == ["Chè Shan tuyết", "Chè xanh Vạn Linh", "Bánh chè lam"]
    assert page.subtitle.text() == "3 hồ sơ khớp"
    room.bot.keyClicks(page.search, " shan mau son")
    room.quiet()
    assert shown(room) == ["Chè Shan tuyết"]


def test_nothing_found_offers_to_start_again(room):
    page = room.screen.list
    room.bot.keyClicks(page.search, "zzz")
    room.quiet()
    assert page._none.isVisible() and not page.export.isEnabled()
    room.bot.mouseClick(page._none.action, Qt.MouseButton.LeftButton)
    room.quiet()
    assert page.search.text() == "" and page.model.rowCount() == 300


def test_filters_narrow_together_and_open_again(room):
    page = room.screen.list
    pick(room, "status", "Đã công nhận")
    assert page.model.rowCount() == 147
    pick(room, "round", "Đợt 1 - 2026")
    pick(room, "stars", "3 sao")
    pick(room, "producer_kind", "Hợp tác xã")
    assert page.model.rowCount() == 147
    pick(room, "stars", "Chưa có sao")
    assert page.model.rowCount() == 0
    assert page.clear.isVisible()
    room.bot.mouseClick(page.clear, Qt.MouseButton.LeftButton)
    room.quiet()
    assert page.model.rowCount() == 300 and not page.clear.isVisible()


def test_a_place_of_the_window_narrows_the_list(room):
    room.go(status="draft", query="gao")
    assert shown(room) == ["Gạo nếp"]
    assert room.screen.list.filters["status"].currentText() == "Đang hoàn thiện"


def test_a_press_on_a_head_sorts_in_the_file(room):
    page = room.screen.list
    header = page.table.horizontalHeader()
    place = page.table.model().columns.index(next(c for c in page.model.columns if c.key == "product"))
    middle = header.sectionViewportPosition(place) + 20
    for descending in (False, True):
        room.bot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=header.rect().center().__class__(middle, 10))
        room.quiet()
        products = shown(room)
        assert (products[0] == "Sản phẩm 293") == descending


def test_enter_opens_and_escape_comes_back_to_the_same_row(room):
    page = room.screen.list
    page.table.selectRow(2)
    chosen = page.table.current()
    page.table.setFocus()
    room.bot.keyClick(page.table, Qt.Key.Key_Return)
    room.quiet()
    assert room.screen.stack.currentWidget() is room.screen.form
    assert room.screen.form.title.text() == chosen.product
    room.bot.keyClick(room.screen.form, Qt.Key.Key_Escape)
    room.quiet()
    assert room.screen.stack.currentWidget() is page
    assert page.table.current().id == chosen.id


def test_double_click_opens(room):
    page = room.screen.list
    index = page.model.index(0, 0)
    place = page.table.visualRect(index).center()
    room.bot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    room.bot.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    room.quiet()
    assert room.went[-1] == ("dossiers", {"dossier_id": page.model.row_at(0).id})


def test_columns_remember_themselves(room):
    page = room.screen.list
    places = {column.key: place for place, column in enumerate(page.model.columns)}
    page.table.horizontalHeader().resizeSection(places["producer"], 222)
    page.table.columns_menu().actions()[places["filed_on"]].trigger()
    again = DossiersScreen(room.work, room.shell)
    room.bot.addWidget(again)
    assert again.list.table.columnWidth(places["producer"]) == 222
    assert not again.list.table.isColumnHidden(places["filed_on"])


def test_everything_that_matches_is_exported_as_text(room, tmp_path):
    path = tmp_path / "ho-so.xlsx"
    room.screen.list.export_to(path)
    room.quiet()
    rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    assert len(rows) == 301
    head = rows[0]
    assert head[:3] == ("Sản phẩm", "Mã sản phẩm", "Chủ thể")
    by_name = {row[0]: row for row in rows[1:]}
    assert by_name["=Rượu men lá"][head.index("Trạng thái")] == "Đang hoàn thiện"
    assert by_name["Sản phẩm 001"][head.index("Sao")] == 3
    cells = [cell for row in openpyxl.load_workbook(path).active.iter_rows(max_col=1) for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert any("300" in note.words for note in room.say.notes())


def test_an_export_that_cannot_be_written_says_so_and_leaves_nothing(room, tmp_path):
    room.screen.list.export_to(tmp_path / "khong-co" / "ho-so.xlsx")
    room.quiet()
    assert any("Không ghi được tệp" in note.words for note in room.say.notes())
    assert list(tmp_path.glob("*.moi")) == []


def test_an_empty_list_says_how_to_begin(empty):
    page = empty.screen.list
    assert page._nothing.isVisible() and page._nothing.demo is not None
    empty.bot.mouseClick(page._nothing.action, Qt.MouseButton.LeftButton)
    empty.quiet()
    assert empty.screen.stack.currentWidget() is empty.screen.new


def test_a_dossier_is_added_with_a_new_producer(empty):
    bot = empty.bot
    bot.mouseClick(empty.screen.list.add, Qt.MouseButton.LeftButton)
    empty.quiet()
    page = empty.screen.new
    bot.mouseClick(page.go, Qt.MouseButton.LeftButton)
    assert page.form.field("product").error() and page.form.field("producer").error()
    empty.write(page.form.field("product").editor, "Trà hoa vàng")
    page.producer.line.setFocus()
    empty.write(page.producer.line, "HTX Đồng Đăng")
    page.commune.line.setFocus()
    bot.keyClicks(page.commune.line, "mau son")
    bot.waitUntil(lambda: page.commune.completer.popup().isVisible())
    bot.keyClick(page.commune.completer.popup(), Qt.Key.Key_Down)
    bot.keyClick(page.commune.completer.popup(), Qt.Key.Key_Return)
    bot.waitUntil(lambda: page.commune.value() is not None)
    bot.mouseClick(page.go, Qt.MouseButton.LeftButton)
    product = empty.ask(lambda session: [(p.name, p.producer.name, p.producer.commune.name) for p in session.query(Product)])
    assert product == [("Trà hoa vàng", "HTX Đồng Đăng", "Mẫu Sơn")]
    bot.waitUntil(lambda: empty.screen.stack.currentWidget() is empty.screen.form)


def test_a_dossier_is_added_to_a_producer_already_known(room):
    page, bot = room.screen.new, room.bot
    room.go(new=True)
    room.write(page.form.field("product").editor, "Trà hoa vàng")
    page.producer.line.setFocus()
    bot.keyClicks(page.producer.line, "mau son")
    bot.waitUntil(lambda: page.producer.completer.popup().isVisible())
    bot.keyClick(page.producer.completer.popup(), Qt.Key.Key_Down)
    bot.keyClick(page.producer.completer.popup(), Qt.Key.Key_Return)
    bot.waitUntil(lambda: not page.commune.isVisible())
    bot.mouseClick(page.go, Qt.MouseButton.LeftButton)
    found = room.ask(lambda session: session.query(Product).filter_by(name="Trà hoa vàng").one().producer.name)
    assert found == "HTX Mẫu Sơn"


def test_the_dossiers_of_one_import_are_looked_at(room):
    with room.db.begin() as session:
        batch = batches.add_batch(session, "xa-mau-son.xlsx", "0" * 64, "applications", {}, {})
        ids = [number for number, in session.query(Dossier.id).order_by(Dossier.id).limit(2)]
        batches.add_entries(session, batch, [BatchEntry("dossier", number, "created", None, {}, "", 1) for number in ids])
    page = room.screen.list
    assert page.filters["batch_id"].isHidden()
    room.go(batch_id=batch)
    page.refresh()
    room.quiet()
    assert sorted(shown(room)) == sorted(NAMES[:2])
    assert page.filters["batch_id"].isVisible() and page.filters["batch_id"].currentText() == "xa-mau-son.xlsx"
    room.bot.mouseClick(page.clear, Qt.MouseButton.LeftButton)
    room.quiet()
    assert page.model.rowCount() == 300 and page.filters["batch_id"].isHidden()


def test_down_and_enter_go_from_the_search_to_what_it_found(room):
    page = room.screen.list
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        page.search.setFocus()
        page.search.selectAll()
        room.bot.keyClicks(page.search, "mat ong")
        room.bot.keyClick(page.search, key)  # before the list has come
        room.bot.waitUntil(page.table.hasFocus)
        assert page.table.current().product == "Mật ong hoa rừng" and "Enter để mở" in page.hint.text()
    room.bot.keyClick(page.table, Qt.Key.Key_Return)
    room.quiet()
    assert room.went[-1] == ("dossiers", {"dossier_id": page.table.current().id})


def test_a_name_that_looks_like_markup_stands_as_it_is(room):
    with room.db.begin() as session:
        producer = session.query(Product).first().producer_id
        dossiers.create(session, NewDossier("<b>Chè</b> & mật", 4, "first", producer), "Lan")
        refresh_search(session)
    page = room.screen.list
    room.bot.keyClicks(page.search, "mat")
    room.quiet()
    place = next(n for n in range(page.model.rowCount()) if page.model.row_at(n).product.startswith("<b>"))
    index = page.model.index(place, 0)
    assert index.data() == "<b>Chè</b> & mật"
    shown = QTextDocument()
    shown.setHtml(index.data(Qt.ItemDataRole.ToolTipRole))
    assert shown.toPlainText() == "<b>Chè</b> & mật"


def test_only_three_stars_and_more_look_like_a_success() -> None:
    assert [states.dossier("closed", stars)[1] for stars in (None, 2, 3, 4)] == ["quiet", "quiet", "ok", "ok"]
    assert states.dossier("recognised", 3)[1] == "ok"
