"""One answer: durable against a raw SQLite update with the same settings, and from the key to the picture."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from ocop_desktop.actions import rulebooks, scoring
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.data.engine import Database

LAW, SET = "26/2026/QĐ-TTg", 11
MEMBERS, ANSWERS = 10, 1_000_000
ROUNDS = 600
KEYS = 300
DURABLE_LIMIT, PAINTED_LIMIT = 3.0, 16.0


def run() -> list[dict[str, Any]]:
    """Measure both; 1,000,000 answers stand in the file."""
    with tempfile.TemporaryDirectory(prefix="ocop-bench-") as folder:
        path = Path(folder) / "bench.ocop"
        db = open_or_create(path)
        try:
            ballots = _fill(db)
            places = [(n // MEMBERS + 1, n % MEMBERS + 1) for n in range(ballots)]
            row = durable(db, Path(folder) / "floor.db", places, (LAW, SET))
        finally:
            db.close()
        return [{**row, "name": "answer durable, 1,000,000 answers (floor: raw update)"}, painted(path, 5, 3)]


def _fill(db: Database) -> int:
    """Write ballots with every criterion answered until there are enough answers; how many ballots."""
    codes = list(rulebooks.criteria(LAW, SET).by_code)
    count = -(-ANSWERS // len(codes))
    items = -(-count // MEMBERS)
    with db.alone() as raw:
        raw.execute("BEGIN")
        raw.execute("INSERT INTO council (id, name, decision_number) VALUES (1, 'c', '')")
        raw.executemany("INSERT INTO member (id, council_id, seat, name, agency, agency_short, position, role)"
                        " VALUES (?, 1, ?, ?, ?, '', '', 'member')", [(n, n, f"m{n}", f"a{n}") for n in range(1, MEMBERS + 1)])
        raw.execute("INSERT INTO session (id, code, name, council_id, held_on, place, status, rulebook, working_rules)"
                    " VALUES (1, 's', 's', 1, ?, '', 'open', ?, '{}')", (dt.date.today().isoformat(), LAW))
        raw.executemany("INSERT INTO session_member (session_id, member_id, present, scores) VALUES (1, ?, 1, 1)",
                        [(n,) for n in range(1, MEMBERS + 1)])
        _insert(raw, "producer", {"name": "p", "folded": "p"}, [1])
        _insert(raw, "product", {"producer_id": 1, "name": "Chè", "folded": "che", "set_no": SET}, range(1, items + 1))
        dossier = {"product_id": None, "rulebook": LAW, "kind": "first", "status": "in_session"}
        _insert(raw, "dossier", dossier, range(1, items + 1))
        raw.executemany("INSERT INTO agenda_item (id, session_id, dossier_id, position, status) VALUES (?, 1, ?, ?, 'open')",
                        [(n, n, n) for n in range(1, items + 1)])
        raw.executemany("INSERT INTO ballot (id, item_id, member_id, version, opinion, reopened_why) VALUES (?, ?, ?, 1, '', '')",
                        [(n + 1, n // MEMBERS + 1, n % MEMBERS + 1) for n in range(count)])
        raw.executemany("INSERT INTO answer (ballot_id, criterion, choice, note) VALUES (?, ?, '1', '')",
                        ((n, code) for n in range(1, count + 1) for code in sorted(codes)))
        raw.execute("COMMIT")
    return count


def _insert(raw: sqlite3.Connection, table: str, values: dict[str, Any], ids: Any) -> None:
    """Insert rows with every column that must not be empty; None stands for the row's own id."""
    needed = {row[1]: "" for row in raw.execute(f"PRAGMA table_info({table})") if row[3] and row[1] != "id"}
    columns = {**needed, **values}
    sql = f"INSERT INTO {table} (id, {', '.join(columns)}) VALUES (?{', ?' * len(columns)})"
    raw.executemany(sql, ((n, *(n if value is None else value for value in columns.values())) for n in ids))


def durable(db: Database, floor_path: Path, places: list[tuple[int, int]], filed: tuple[str, int]) -> dict[str, Any]:
    """Interleave one answer by the program and one raw update of one row in a copy of the same file.

    Args:
        places: (item, member) of every ballot, in the order of the ballots' numbers.
        filed: rulebook and set of all of them.
    """
    floor = sqlite3.connect(floor_path, isolation_level=None)
    with db.alone() as raw:
        raw.backup(floor)
    floor.close()
    floor = sqlite3.connect(floor_path, isolation_level=None)
    for pragma in ("locking_mode=EXCLUSIVE", "foreign_keys=ON", "synchronous=FULL", "cache_size=-65536", "journal_mode=WAL"):
        floor.execute(f"PRAGMA {pragma}")
    plain = [c for c in rulebooks.criteria(*filed).criteria if not c.story and c.code != "5.1" and len(c.options) > 2]
    ours: list[float] = []
    theirs: list[float] = []
    for number in range(ROUNDS + 20):
        ballot = number * 7919 % len(places)
        code, choice = plain[number % len(plain)].code, "23"[number // len(places) % 2]
        start = time.perf_counter()
        with db.begin() as session:
            scoring.choose(session, *places[ballot], code, choice, filed)
        middle = time.perf_counter()
        floor.execute("UPDATE answer SET choice = ? WHERE ballot_id = ? AND criterion = ?", (choice, ballot + 1, code))
        end = time.perf_counter()
        ours.append(middle - start)
        theirs.append(end - middle)
    floor.close()
    mine, least = ours[20:], theirs[20:]
    ratio = statistics.median(mine) / statistics.median(least)
    return {**_times(mine), "floor_ms": _ms(statistics.median(least)), "ratio": ratio, "limit": DURABLE_LIMIT}


def painted(path: Path, item_id: int, member_id: int) -> dict[str, Any]:
    """From the key press to the picture, the answers being saved meanwhile."""
    from PySide6.QtCore import QEvent, QObject, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from ocop_desktop.settings import Settings
    from ocop_desktop.ui import theme
    from ocop_desktop.ui.say import Say
    from ocop_desktop.ui.scoring_screen import ScoringScreen
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

    class Painted(QObject):
        """Remembers when a widget was last painted."""

        at = 0.0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.UpdateRequest:
                watched.event(event)
                self.at = time.perf_counter()
                return True
            return False

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.load_fonts()
    theme.apply(app, "light", 100)
    work = Work(lambda: open_or_create(path))
    screen = ScoringScreen(work, Shell(Settings(), Say()))
    screen.resize(1170, 720)
    screen.show()
    QTest.qWaitForWindowExposed(screen)
    screen.activateWindow()
    QTest.qWaitForWindowActive(screen)
    work.start()
    screen.show_place(item_id=item_id, member_id=member_id)
    while screen.ballot.state is None:
        app.processEvents()
    eye = Painted()
    screen.installEventFilter(eye)
    took: list[float] = []
    for number in range(KEYS + 20):
        key = (Qt.Key.Key_0, Qt.Key.Key_2, Qt.Key.Key_Return)[number % 3]
        start, eye.at = time.perf_counter(), 0.0
        QTest.keyPress(screen.ballot.list, key)
        while not eye.at:
            app.processEvents()
            if time.perf_counter() - start > 5:
                raise RuntimeError(f"nothing painted after {key} at {screen.ballot.code}")
        took.append(eye.at - start)
        QTest.keyRelease(screen.ballot.list, key)
        if screen.ballot.code == "opinion":
            screen.ballot.go("1.1")
        while work.unsaved():
            app.processEvents()
        app.processEvents()
    work.stop()
    work.join()
    screen.close()
    return {"name": "answer painted: key press to picture (p95)", **_times(took[20:]), "floor_ms": None, "ratio": None,
            "limit": PAINTED_LIMIT}


def _times(seconds: list[float]) -> dict[str, float]:
    return {"median_ms": _ms(statistics.median(seconds)), "p95_ms": _ms(sorted(seconds)[int(len(seconds) * 0.95)])}


def _ms(seconds: float) -> float:
    return seconds * 1000
