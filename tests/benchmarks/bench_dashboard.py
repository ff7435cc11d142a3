"""The programme over 100,000 products recognised in 20 years: the dashboard's first count and another day's, targets, report.

The floor is one walk over every recognition by product: whatever counts where products stand has to read that much.
"""

from __future__ import annotations

import datetime as dt
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import text

from ocop_desktop.actions import dashboard, programme_figures, programme_report, targets
from ocop_desktop.data.engine import Database, Session
from ocop_desktop.rules.certificate_life import end_of
from tests.benchmarks.big_file import make

DAYS = tuple(dt.date(2026 - back, month, 1) for back in (0, 2, 6) for month in (1, 7))
FIRST, SPAN = dt.date(2007, 1, 1), 7000  # days on which something was recognised
PERIOD = targets.PeriodForm("2026-2030", dt.date(2026, 1, 1), dt.date(2030, 12, 31), "", tuple(
    targets.TargetForm(measure, 10) for measure in ("new_products", "tourism_villages", "renewed", "cooperatives", "companies")))
WALK = text("""
    SELECT count(*), sum(length(certificate.expires_on) + product.set_no) FROM dossier INDEXED BY ix_dossier_product_id
    CROSS JOIN certificate INDEXED BY ix_certificate_dossier_id ON certificate.dossier_id = dossier.id
    CROSS JOIN product ON product.id = dossier.product_id""")


def run() -> list[dict[str, Any]]:
    """Rows for the runner: name, median_ms, p95_ms, floor_ms, ratio, limit."""
    with tempfile.TemporaryDirectory() as folder:
        db = make(Path(folder) / "big.ocop")
        try:
            _recognise(db)
            with db.begin() as session:
                targets.save_period(session, PERIOD)
            floor = statistics.median(_timed(db, lambda session: session.execute(WALK).all()) for _ in range(5))
            counts = [_timed(db, lambda session, day=day: dashboard.dashboard(session, day)) for day in DAYS]
            lights = [_timed(db, lambda session: programme_report.standing_periods(session, DAYS[1])) for _ in range(3)]
            reports = [_timed(db, lambda session: programme_figures.compare(session, dt.date(2023, 1, 1), DAYS[1], DAYS[1]))
                       for _ in range(3)]
        finally:
            db.close()
    return [_row("dashboard 100,000 products, first count", counts[:1], floor, 9),
            _row("dashboard 100,000 products, another day", counts[1:], floor, 4),
            _row("five targets of a period", lights, floor, 6),
            _row("report beside the period before", reports, floor, 12)]


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


def _timed(db: Database, count: Callable[[Session], object]) -> float:
    with db.begin() as session:
        start = time.perf_counter()
        count(session)
        return (time.perf_counter() - start) * 1000


def _row(name: str, times: list[float], floor: float, limit: float) -> dict[str, Any]:
    median = statistics.median(times)
    return {"name": name, "median_ms": median, "p95_ms": max(times), "floor_ms": floor, "ratio": median / floor, "limit": limit}
