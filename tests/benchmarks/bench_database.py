"""One durable answer, opening, and searching 100,000 products: ``python -m tests.benchmarks database``."""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, select, update

from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.data.engine import Database
from ocop_desktop.data.search import count_matching, hits, refresh_search
from ocop_desktop.data.tables import Dossier, Product, Setting
from tests.benchmarks import big_file

DURABLE_RATIO = 3.0
SEARCH_MS = 5.0
ROUNDS = 1500
TYPED = ("chè shan tuyết", "mật ong rừng", "gạo nếp", "htx hương sơn", "trà hoa vàng", "cà phê đắk", "20-05980", "Rượu men lá",
         "thịt trâu", "bánh tráng")


def run() -> list[dict[str, Any]]:
    """Measure; each row has its name, median, p95 and, where there is one, its floor, ratio and limit."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [_durable(Path(folder)), _open(Path(folder))]
        db = big_file.make(Path(folder) / "big.ocop")
        try:
            rows += _search(db)
            rows.append(_refresh(db))
        finally:
            db.close()
    return rows


def _durable(folder: Path) -> dict[str, Any]:
    """One row changed and synced, ours and the driver's in turns, so that the disk's moods fall on both."""
    db = open_or_create(folder / "durable.ocop")
    raw = sqlite3.connect(folder / "raw.db", isolation_level=None)
    for pragma in ("locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=FULL"):
        raw.execute(f"PRAGMA {pragma}")
    raw.execute("CREATE TABLE setting (key VARCHAR NOT NULL PRIMARY KEY, value JSON NOT NULL)")
    raw.execute("INSERT INTO setting VALUES ('a', '1')")
    with db.begin() as session:
        session.add(Setting(key="a", value=1))
    table = Setting.__table__
    change = update(table).where(table.c.key == bindparam("k")).values(value=bindparam("v"))  # type: ignore[arg-type]

    def ours(value: int) -> None:
        with db.begin() as session:
            session.connection().execute(change, {"k": "a", "v": value})

    def floor(value: int) -> None:  # always another value: SQLite writes nothing when a row stays the same
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("UPDATE setting SET value = ? WHERE key = ?", (str(value), "a"))
        raw.execute("COMMIT")

    times = [(_milliseconds(lambda: ours(n)), _milliseconds(lambda: floor(n)))  # noqa: B023
             for n in range(ROUNDS)][ROUNDS // 10:]
    raw.close()
    db.close()
    return _row("one durable update", [t[0] for t in times], [t[1] for t in times], DURABLE_RATIO)


def _open(folder: Path) -> dict[str, Any]:
    path = folder / "open.ocop"
    open_or_create(path).close()

    def floor() -> None:
        raw = sqlite3.connect(path)
        raw.execute("SELECT count(*) FROM commune").fetchone()
        raw.close()

    times = [(_milliseconds(lambda: open_or_create(path).close()), _milliseconds(floor)) for _ in range(40)][4:]
    return _row("open and close an existing file", [t[0] for t in times], [t[1] for t in times])


def _search(db: Database) -> list[dict[str, Any]]:
    """Every beginning of what is typed, letter by letter."""
    queries = [text[:n] for text in TYPED for n in range(1, len(text) + 1)]
    counts: list[float] = []
    firsts: list[float] = []
    with db.begin() as session:
        for _ in range(3):
            for query in queries:
                found = hits(query)
                assert found is not None
                rows = found.subquery()
                first = (select(Dossier.id, Dossier.code, Product.name).join(Product).join(rows, rows.c.rowid == Dossier.id)
                         .order_by(rows.c.rowid).limit(50))
                counts.append(_milliseconds(lambda q=query: count_matching(session, q)))  # type: ignore[misc]
                firsts.append(_milliseconds(lambda s=first: session.execute(s).all()))  # type: ignore[misc]
    return [_row("search 100,000 products: count", counts, limit=SEARCH_MS),
            _row("search 100,000 products: first 50", firsts, limit=SEARCH_MS)]


def _refresh(db: Database) -> dict[str, Any]:
    """New search texts for 10,000 dossiers, undone each time."""
    def once() -> float:
        with db.begin() as session:
            session.connection().exec_driver_sql("UPDATE product SET name = name || ' mới' WHERE id <= 10000")
            chosen = list(session.scalars(select(Dossier.id).join(Product).where(Product.id <= 10000)))
            spent = _milliseconds(lambda: refresh_search(session, chosen))
            session.rollback()
        return spent

    return _row("search texts of 10,000 dossiers", [once() for _ in range(3)])


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _row(name: str, times: list[float], floors: list[float] | None = None, limit: float | None = None) -> dict[str, Any]:
    median = statistics.median(times)
    floor = statistics.median(floors) if floors else None
    return {"name": name, "median_ms": median, "p95_ms": statistics.quantiles(times, n=20)[-1], "floor_ms": floor,
            "ratio": median / floor if floor else None, "limit": limit}
