"""Searching and opening the list of 100,000 products: SQL, painting, and the first rows against QSqlTableModel's.

The search figures are those of the window: its page size, its order, its count with every search. Each question is put in
several rounds and its median counts, so that p95 tells the slow questions and not what else the machine was doing.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ocop_desktop.actions import dossiers
from ocop_desktop.actions.dossiers import Filters, Sort
from ocop_desktop.data import dossier_lists
from ocop_desktop.data.engine import Database
from ocop_desktop.rules.names import fold
from tests.benchmarks.big_file import GOODS, NAMES, make

# What people type, letter by letter and whole: products, producers, communes, codes, and things that are not there.
QUERIES = (
    "c", "ch", "che", "che s", "che shan", "che shan tuyet", "mat ong", "mat ong rung", "gao nep", "ruou", "htx", "htx lan",
    "hop tac xa", "cong ty", "cong ty tnhh minh", "ho kinh doanh hoa", "buoi da xanh dac san", "ca phe", "nuoc mam",
    "tra hoa vang", "yen sao", "du lich", "lang du lich cong dong", "20-", "20-06", "06040", "mau son", "xa mau son", "phuong",
    "lan an binh", "dong trung ha thao", "tinh dau sa huu co", "khong co gi", "zz", "xyz", "bánh tráng", "HỒ TIÊU", "a",
)
# Words that meet seldom or never, and what is typed on the way to them: where the long tail is.
SELDOM = tuple(words for place, name in enumerate(fold(goods) for goods in GOODS) for other in [fold(NAMES[place % len(NAMES)])]
               for words in (f"{name} {other}", f"{other[:2]} {name.split()[-1]}", name[:4], f"xa {name.split()[0]} {other}"))
ROUNDS = 5
ROWS = 256  # what QSqlTableModel reads at first
# What the list shows, as one table for QSqlTableModel: the same tables joined, the same columns, the same order.
LIST = """
    CREATE TEMP VIEW list AS SELECT product.name AS product, dossier.code, producer.name AS producer, commune.name AS commune,
        product.set_no, dossier.kind, dossier.round, dossier.status, dossier.stars, producer.kind AS producer_kind,
        dossier.filed_on
    FROM dossier INDEXED BY ix_dossier_search CROSS JOIN product ON product.id = dossier.product_id
    CROSS JOIN producer ON producer.id = product.producer_id LEFT JOIN commune ON commune.id = producer.commune_id
    ORDER BY dossier.search, dossier.id
"""


def run() -> list[dict[str, Any]]:
    """Rows for the runner: name, median_ms, p95_ms, floor_ms, ratio, limit."""
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        db = make(Path(folder) / "big.ocop")
        try:
            found = [*_searches(db), *_orders(db), *_painting(db, app)]
        finally:
            db.close()
        found += _opening(Path(folder) / "big.ocop", app)
    return found


def page_size() -> int:
    """Rows the window asks for at once."""
    from ocop_desktop.ui.table import PAGE

    return PAGE


def _timed(action: Callable[[], Any]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def _row(name: str, times: list[float], limit: float | None) -> dict[str, Any]:
    ordered = sorted(times)
    high = ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]
    return {"name": name, "median_ms": statistics.median(ordered), "p95_ms": high, "limit": limit}


def _rounds(questions: list[Callable[[], float]], begin: Callable[[], None] = lambda: None) -> list[float]:
    """The median of each question's time over all rounds; ``begin`` is called before each."""
    rounds = []
    for _ in range(ROUNDS):
        begin()
        rounds.append([question() for question in questions])
    return [statistics.median(times) for times in zip(*rounds, strict=True)]


def _in(db: Database, action: Callable[[Any], Any]) -> float:
    with db.begin() as session:
        action(session)  # statements prepared once, as in a window that has been open for a moment
        return _timed(lambda: action(session))


def _searches(db: Database) -> list[dict[str, Any]]:
    everything, order = Filters(), Sort()
    first = _rounds([lambda q=q: _in(db, lambda s: dossier_lists.page_of(s, q, everything, order, 0, page_size()))
                     for q in QUERIES])
    seldom = _rounds([lambda q=q: _in(db, lambda s: dossier_lists.page_of(s, q, everything, order, 0, page_size()))
                      for q in SELDOM])
    counts = _rounds([lambda q=q: _in(db, lambda s: dossiers.count(s, q, everything)) for q in QUERIES])
    return [_row("search 100,000 products, first page", first, 5.0),
            _row(f"  {len(SELDOM)} questions of words that seldom meet", seldom, None),
            _row("search 100,000 products, count", counts, None)]


def _orders(db: Database) -> list[dict[str, Any]]:
    times = _rounds([lambda k=k, d=d: _in(db, lambda s: dossier_lists.page_of(s, "", Filters(), Sort(k, d), 0, page_size()))
                     for k in dossier_lists.ROADS for d in (False, True)])
    pages = _rounds([lambda p=p: _in(db, lambda s: dossiers.find(s, "", page=p, page_size=page_size(), count=100_000))
                     for p in range(0, 100_000 // page_size(), 120)])
    return [_row("first page in every order", times, 5.0), _row("any page, by product", pages, None)]


def _view(app: Any) -> tuple[Any, Any]:
    """The window's own table, on the screen."""
    from ocop_desktop.ui.dossier_list import COLUMNS
    from ocop_desktop.ui.table import PagedTable
    from ocop_desktop.ui.table_view import TableView

    model = PagedTable(COLUMNS)
    view = TableView(model)
    _show(view, app)
    return model, view


def _show(view: Any, app: Any) -> None:
    view.resize(1122, 570)
    view.show()
    while not view.windowHandle().isExposed():
        app.processEvents()
    app.processEvents()


def _painting(db: Database, app: Any) -> list[dict[str, Any]]:
    from ocop_desktop.ui import theme

    theme.load_fonts()
    theme.apply(app, "light", 100)
    model, view = _view(app)
    with db.begin() as session:
        pages = [dossiers.find(session, q, page_size=model.page_size) for q in QUERIES]

    def show(page: Any) -> float:
        return _timed(lambda: (model.set_count(page.count or 0, page.rows), view.viewport().repaint()))

    def anew() -> None:  # a new look forgets every word laid out before
        theme.apply(app, "light", 100)
        show(pages[-1])

    times = _rounds([lambda page=page: show(page) for page in pages], anew)
    view.deleteLater()
    return [_row("results to paint", times, 16.0)]


def _opening(path: Path, app: Any) -> list[dict[str, Any]]:
    """Rows, count and first picture of the table, against QSqlTableModel on the same file, columns, order and visible rows."""
    ours, fed, floors = [], [], []
    for _ in range(25):
        floors.append(_open_floor(path, app))
        ours.append(_open_ours(path, app, page_size()))
        fed.append(_open_ours(path, app, ROWS))
    found = [_row("open the table / QSqlTableModel's first 256 rows", ours, 2.0),
             _row("  the same with 256 rows read", fed, None)]
    for row in found:
        row["floor_ms"] = statistics.median(floors)
        row["ratio"] = row["median_ms"] / row["floor_ms"]
    return found


def _open_ours(path: Path, app: Any, rows: int) -> float:
    from ocop_desktop.actions.opening import open_or_create

    db = open_or_create(path)
    model, view = _view(app)
    model.page_size = rows
    with db.begin() as session:
        dossiers.find(session, "", page_size=rows)

        def show() -> None:
            page = dossiers.find(session, "", page_size=rows)
            model.set_count(page.count or 0, page.rows)
            view.viewport().repaint()

        time_taken = _timed(show)
    view.deleteLater()
    db.close()
    return time_taken


def _open_floor(path: Path, app: Any) -> float:
    from PySide6.QtSql import QSqlDatabase, QSqlTableModel
    from PySide6.QtWidgets import QTableView

    from ocop_desktop.ui import theme
    from ocop_desktop.ui.dossier_list import COLUMNS

    connection = QSqlDatabase.database("floor")
    if not connection.isValid():
        connection = QSqlDatabase.addDatabase("QSQLITE", "floor")
        connection.setDatabaseName(str(path))
    assert connection.open()
    connection.exec("PRAGMA cache_size=-65536")
    connection.exec(LIST)
    view = QTableView()
    model = QSqlTableModel(view, connection)
    model.setTable("list")
    assert model.select(), model.lastError().text()
    view.setModel(model)
    view.setShowGrid(False)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(theme.now().px(theme.ROW))
    for place, column in enumerate(COLUMNS):
        view.setColumnWidth(place, column.width)
        view.setColumnHidden(place, column.hidden)
    _show(view, app)
    time_taken = _timed(lambda: (model.select(), view.viewport().repaint()))
    view.setModel(None)
    model.clear()
    connection.close()
    return time_taken
