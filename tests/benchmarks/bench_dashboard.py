"""The programme over 100,000 products recognised in 20 years: the dashboard's first count and another day's, targets, report.

The floor is one walk over every recognition by product: whatever counts where products stand has to read that much.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from ocop_desktop.actions import dashboard, programme_figures, programme_report, targets
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.data.engine import Database, Session
from ocop_desktop.rules.certificate_life import end_of
from tests.benchmarks.big_file import make

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ocop_desktop.ui.programme_overview import OverviewPage
    from ocop_desktop.ui.work import Work

DAYS = tuple(dt.date(2026 - back, month, 1) for back in (0, 2, 6) for month in (1, 7))
OPENED, FIRST_LIMIT, DAY_LIMIT = 5, 300.0, 150.0  # times the page is opened in the window; milliseconds
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
        at_once, opened, again, turned = _window(Path(folder) / "big.ocop")
    return [{"name": "dashboard page: first opened, to its picture", **_times(opened), "limit": FIRST_LIMIT},
            {"name": "  the same in the moment the file is open", **_times(at_once)},
            {"name": "  read again after a save", **_times(again), "limit": FIRST_LIMIT},
            {"name": "dashboard page: another day, to its picture", **_times(turned), "limit": DAY_LIMIT},
            _row("dashboard 100,000 products, first count", counts[:1], floor, 9),
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


def _window(path: Path) -> tuple[list[float], list[float], list[float], list[float]]:
    """Milliseconds in a window of 1170 x 720 until cards, charts and targets are painted, also those one has to scroll to.

    The page is made and filled in the moment the file is open; or a little later, as a person can, when the program has read
    ahead (``app.read_ahead``); it is shown again after a save; then it turns to other days.
    """
    from PySide6.QtWidgets import QApplication

    from ocop_desktop.app import read_ahead
    from ocop_desktop.ui import theme
    from ocop_desktop.ui.work import Work

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.load_fonts()
    theme.apply(app, "light", 100)
    at_once: list[float] = []
    opened: list[float] = []
    again: list[float] = []
    turned: list[float] = []
    for round_ in range(2 * OPENED + 1):
        work = Work(lambda: open_or_create(path))
        work.start()
        _rest(app, work)
        if round_ % 2:
            read_ahead(work, lambda: None)
            _rest(app, work)
        first, after, *others = _visit(app, work)
        if round_:  # the very first one reads modules and fonts
            (opened if round_ % 2 else at_once).append(first)
            again.append(after)
            turned += others
        work.stop()
        work.join()
    return at_once, opened, again, turned


def _visit(app: QApplication, work: Work) -> Iterator[float]:
    from ocop_desktop.settings import Settings
    from ocop_desktop.ui.programme_screen import ProgrammeScreen
    from ocop_desktop.ui.say import Say
    from ocop_desktop.ui.shell import Shell

    start = time.perf_counter()
    screen = ProgrammeScreen(work, Shell(Settings(), Say()))
    screen.resize(1170, 720)
    screen.show()
    screen.overview.today = lambda: DAYS[1]
    screen.show_place("overview")
    yield _painted(app, work, screen.overview, DAYS[1], start)
    work.save(None, lambda session: session.execute(text("UPDATE product SET category = '' WHERE id = 1")))
    _rest(app, work)
    start = time.perf_counter()
    screen.show_place("overview")
    yield _painted(app, work, screen.overview, DAYS[1], start)
    for day in DAYS[2:]:
        start = time.perf_counter()
        screen.overview.day.set_value(day)
        screen.overview.refresh()
        yield _painted(app, work, screen.overview, day, start)
    screen.close()
    screen.deleteLater()
    app.processEvents()


def _painted(app: QApplication, work: Work, page: OverviewPage, day: dt.date, start: float) -> float:
    _rest(app, work)
    assert page.shown is not None and page.shown.day == day
    page.grab()
    return (time.perf_counter() - start) * 1000


def _rest(app: QApplication, work: Work) -> None:
    """Wait as a window waits, without a loop that takes turns with the work."""
    from PySide6.QtCore import QEventLoop

    loop = QEventLoop()
    work.rested.connect(loop.quit)
    while not work.at_rest():
        loop.exec()
    work.rested.disconnect(loop.quit)
    app.processEvents()


def _times(took: list[float]) -> dict[str, float]:
    return {"median_ms": statistics.median(took)}


def _timed(db: Database, count: Callable[[Session], object]) -> float:
    with db.begin() as session:
        start = time.perf_counter()
        count(session)
        return (time.perf_counter() - start) * 1000


def _row(name: str, times: list[float], floor: float, limit: float) -> dict[str, Any]:
    median = statistics.median(times)
    return {"name": name, "median_ms": median, "p95_ms": max(times), "floor_ms": floor, "ratio": median / floor, "limit": limit}
