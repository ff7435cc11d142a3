"""Tables: both models under Qt's own tester, and the view through real clicks and keys."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from ocop_desktop.text import N_
from ocop_desktop.ui.table import Column, FedTable, LoadingRole, PagedTable
from ocop_desktop.ui.table_view import TableView
from ocop_desktop.ui.widgets import EmptyState

STRICT = QAbstractItemModelTester.FailureReportingMode.Fatal


@dataclass(frozen=True)
class Product:
    number: int
    name: str
    stars: int | None
    issued: dt.date | None
    turnover: int
    state: tuple[str, str]


COLUMNS = (
    Column("number", N_("TT"), 60, "right"),
    Column("name", N_("Tên sản phẩm"), 240, stretch=True),
    Column("stars", N_("Hạng sao"), 110, look="stars"),
    Column("issued", N_("Ngày cấp"), 110, look="figures"),
    Column("turnover", N_("Doanh thu"), 110, "right"),
    Column("state", N_("Tình trạng"), 130, look="pill"),
)


def products(count: int, start: int = 0) -> list[Product]:
    """Some rows."""
    names = ("Chè Shan tuyết", "Miến dong", "Ổi Lằng", "Đậu phụ")
    return [Product(i, names[i % 4], i % 5 or None, dt.date(2026, 1, 1) + dt.timedelta(i % 300), i * 1111, ("Đủ phiếu", "ok"))
            for i in range(start, start + count)]


class Store:
    """Remembers columns in a dict."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, Any]] = {}

    def get(self, name: str) -> dict[str, Any]:
        return self.kept.get(name, {})

    def put(self, name: str, columns: dict[str, Any]) -> None:
        self.kept[name] = columns


@pytest.fixture
def fed(qtbot: QtBot) -> FedTable:
    """A fed table of seven rows, watched by the tester."""
    model = FedTable(COLUMNS)
    model.tester = QAbstractItemModelTester(model, STRICT)
    model.set_rows(products(7))
    return model


def shown(qtbot: QtBot, model: FedTable | PagedTable, **more: Any) -> TableView:
    """A view of ``model`` on the screen."""
    view = TableView(model, **more)
    qtbot.addWidget(view)
    view.resize(900, 400)
    view.show()
    qtbot.waitExposed(view)
    return view


def press_head(qtbot: QtBot, view: TableView, column: int) -> None:
    """Press the head of a column."""
    head = view.horizontalHeader()
    place = QPoint(head.sectionViewportPosition(column) + head.sectionSize(column) // 2, head.height() // 2)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_fed_table_survives_the_tester_through_all_it_can_do(fed: FedTable) -> None:
    fed.set_rows(products(7, 100))
    fed.set_rows(products(3))
    fed.set_row(1, products(1, 50)[0])
    fed.sort(1, Qt.SortOrder.DescendingOrder)
    fed.set_rows([])
    assert fed.rowCount() == 0


def test_words_are_vietnamese(fed: FedTable) -> None:
    row = [fed.index(6, column).data() for column in range(6)]
    assert row == ["6", "Ổi Lằng", "1", "07/01/2026", "6.666", "Đủ phiếu"]
    assert fed.index(0, 2).data() == ""


def test_a_paged_table_survives_the_tester_and_asks_only_for_what_is_looked_at(qtbot: QtBot) -> None:
    model = PagedTable(COLUMNS, page_size=50)
    tester = QAbstractItemModelTester(model, STRICT)
    asked: list[int] = []
    model.page_wanted.connect(asked.append)
    model.page_wanted.connect(lambda page: model.set_page(page, products(50, page * 50)))
    model.set_count(3_000)
    assert model.rowCount() == 3_000
    qtbot.waitUntil(lambda: asked == [0])  # the tester looks at the first row
    asked.clear()
    assert model.index(2_777, 1).data() is None
    assert model.index(2_777, 1).data(LoadingRole) is True
    assert model.index(2_778, 1).data() is None
    qtbot.waitUntil(lambda: model.index(2_777, 0).data() == "2.777")
    assert asked == [55]
    model.set_count(3, products(3))
    assert model.index(2, 1).data() == "Ổi Lằng"
    assert tester is not None


def test_a_hundred_thousand_rows_are_shown_by_asking_for_one_page(qtbot: QtBot) -> None:
    model = PagedTable(COLUMNS)
    asked: list[int] = []
    model.page_wanted.connect(asked.append)
    view = shown(qtbot, model)
    model.set_count(100_000)
    view.grab()
    qtbot.waitUntil(lambda: asked == [0])
    model.set_page(0, products(64))
    view.scrollToBottom()
    view.grab()
    qtbot.waitUntil(lambda: asked == [0, 1562])


def test_only_so_many_pages_are_kept(qtbot: QtBot) -> None:
    model = PagedTable(COLUMNS, page_size=10)
    model.set_count(10_000)
    for page in range(200):
        model.set_page(page, products(10, page * 10))
    assert model.row_at(1999) is not None
    assert model.row_at(0) is None


def test_pressing_a_head_sorts_and_marks(qtbot: QtBot, fed: FedTable) -> None:
    view = shown(qtbot, fed)
    with qtbot.waitSignal(fed.sort_wanted) as wanted:
        press_head(qtbot, view, 3)
    assert wanted.args == ["issued", False]
    press_head(qtbot, view, 4)
    with qtbot.waitSignal(fed.sort_wanted) as wanted:
        press_head(qtbot, view, 4)
    assert wanted.args == ["turnover", True]
    assert [row.turnover for row in fed.rows()] == [i * 1111 for i in range(6, -1, -1)]
    assert view.horizontalHeader().sortIndicatorSection() == 4


def test_enter_and_double_click_open_a_row(qtbot: QtBot, fed: FedTable) -> None:
    view = shown(qtbot, fed)
    opened: list[Any] = []
    view.opened.connect(opened.append)
    view.setFocus()
    view.selectRow(2)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    place = view.visualRect(fed.index(4, 1)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [row.number for row in opened] == [2, 4]
    assert view.current().number == 4


def test_ctrl_c_copies_what_is_shown(qtbot: QtBot, fed: FedTable) -> None:
    view = shown(qtbot, fed)
    view.show_column(5, False)
    view.show_column(4, False)
    view.selectRow(1)
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "1\tMiến dong\t1\t02/01/2026"


def test_columns_remember_their_width_and_whether_they_are_shown(qtbot: QtBot, fed: FedTable) -> None:
    store = Store()
    view = shown(qtbot, fed, name="products", store=store)
    view.setColumnWidth(3, 177)
    menu = view.columns_menu()
    next(action for action in menu.actions() if action.text() == "Doanh thu").trigger()
    again = shown(qtbot, fed, name="products", store=store)
    assert again.columnWidth(3) == 177
    assert [column.key for column in again.columns_shown()] == ["number", "name", "stars", "issued", "state"]
    again.show_column(4, True)
    assert again.columnWidth(4) == 110


def test_a_column_left_out_comes_back_as_a_person_had_it(qtbot: QtBot, fed: FedTable) -> None:
    store = Store()
    view = shown(qtbot, fed, name="products", store=store)
    view.setColumnWidth(3, 177)
    view.show_column(4, False)
    view.leave_out("issued", "turnover")
    assert [column.key for column in view.columns_shown()] == ["number", "name", "stars", "state"]
    assert not {"Ngày cấp", "Doanh thu"} & {action.text() for action in view.columns_menu().actions()}
    view.setColumnWidth(0, 61)  # what is remembered now knows nothing of the lines on show
    for again in (view, shown(qtbot, fed, name="products", store=store)):
        again.leave_out()
        assert [column.key for column in again.columns_shown()] == ["number", "name", "stars", "issued", "state"]
        assert (again.columnWidth(0), again.columnWidth(3)) == (61, 177)


def test_the_last_column_cannot_be_hidden(qtbot: QtBot, fed: FedTable) -> None:
    view = shown(qtbot, fed)
    for place in range(len(COLUMNS)):
        view.show_column(place, False)
    assert len(view.columns_shown()) == 1


def test_an_empty_list_says_what_to_do(qtbot: QtBot, fed: FedTable) -> None:
    done: list[str] = []
    view = shown(qtbot, fed)
    empty = EmptyState("dossier", "Chưa có hồ sơ nào", "Nhập bảng tính", lambda: done.append("nhập"),
                       on_demo=lambda: done.append("mẫu"))
    view.set_empty(empty)
    assert not empty.isVisible()
    fed.set_rows([])
    assert empty.isVisible()
    for press in (empty.action, empty.demo):
        assert press is not None
        qtbot.mouseClick(press, Qt.MouseButton.LeftButton)
    assert done == ["nhập", "mẫu"]
    fed.set_rows(products(1))
    assert not empty.isVisible()


def test_every_row_has_one_height(qtbot: QtBot, fed: FedTable) -> None:
    assert {shown(qtbot, fed).rowHeight(row) for row in range(7)} == {36}
    assert {shown(qtbot, fed, compact=True).rowHeight(row) for row in range(7)} == {28}


def test_skeleton_rows_and_cells_are_painted(qtbot: QtBot, fed: FedTable) -> None:
    paged = PagedTable(COLUMNS)
    paged.set_count(10)
    empty, full = (shown(qtbot, model).grab().toImage() for model in (paged, fed))
    assert empty != full
    assert paged.index(0, 0, QModelIndex()).isValid()
