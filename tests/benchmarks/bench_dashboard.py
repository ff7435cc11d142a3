"""The dashboard over 100,000 products recognised in 20 years: its first count, and another day's."""

from __future__ import annotations

import datetime as dt
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ocop_desktop.actions import dashboard
from ocop_desktop.data.engine import Database
from ocop_desktop.rules.certificate_life import end_of
from tests.benchmarks.big_file import make

DAYS = tuple(dt.date(2026 - back, month, 1) for back in (0, 2, 6) for month in (1, 7))
FIRST, SPAN = dt.date(2007, 1, 1), 7000  # days on which something was recognised


def run() -> list[dict[str, Any]]:
    """Rows for the runner: name, median_ms, p95_ms, limit."""
    with tempfile.TemporaryDirectory() as folder:
        db = make(Path(folder) / "big.ocop")
        try:
            _recognise(db)
            times = [_timed(db, day) for day in DAYS]
        finally:
            db.close()
    return [_row("dashboard 100,000 products, first count", times[:1]),
            _row("dashboard 100,000 products, another day", times[1:])]


def _recognise(db: Database) -> None:
    draw = random.Random(26)

    def rows() -> Iterator[tuple[int, int, str, str]]:
        for dossier in range(1, 100_001):
            day = FIRST + dt.timedelta(days=draw.randrange(SPAN))
            yield dossier, draw.choice((3, 3, 3, 4, 4, 5)), day.isoformat(), end_of(day).isoformat()

    with db.alone() as raw:
        raw.execute("BEGIN")
        raw.executemany("INSERT INTO certificate(dossier_id, stars, issued_on, expires_on, revoked_why, revoked_ground,"
                        " conclusion, revoked_by, extended_why) VALUES (?, ?, ?, ?, '', '', '', '', '')", rows())
        raw.execute("COMMIT")


def _timed(db: Database, day: dt.date) -> float:
    with db.begin() as session:
        start = time.perf_counter()
        dashboard.dashboard(session, day)
        return (time.perf_counter() - start) * 1000


def _row(name: str, times: list[float]) -> dict[str, Any]:
    return {"name": name, "median_ms": statistics.median(times), "p95_ms": max(times), "limit": None}
