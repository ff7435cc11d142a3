"""The criteria screen: from asking for it to the picture, from one set to another, one more letter in the search."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from ocop_desktop.actions import rulebooks
from ocop_desktop.actions.opening import open_or_create

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ocop_desktop.ui.criteria_screen import CriteriaScreen
    from ocop_desktop.ui.work import Work

OPENED, KEYS = 12, "truy xuat nguon goc"
OPEN_TARGET, SWITCH_LIMIT, KEY_LIMIT = 150.0, 50.0, 16.0


def run() -> list[dict[str, Any]]:
    """Measure in a window of 1170 x 720, the file being open."""
    from PySide6.QtWidgets import QApplication

    from ocop_desktop.ui import theme
    from ocop_desktop.ui.work import Work

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.load_fonts()
    theme.apply(app, "light", 100)
    with tempfile.TemporaryDirectory(prefix="ocop-bench-") as folder:
        work = Work(lambda: open_or_create(Path(folder) / "bench.ocop"))
        work.start()
        _rest(app, work)
        opened = [_open(app, work) for _round in range(OPENED)]
        screen = _screen(work)
        screen.show_place()
        _rest(app, work)
        switched = _switch(app, screen)
        keys = _search(app, screen)
        screen.close()
        screen.deleteLater()
        work.stop()
        work.join()
    return [
        {"name": f"criteria screen: asked for to picture (target {OPEN_TARGET:.0f})", **_times(opened), "limit": None},
        {"name": "criteria screen: another set, key to picture", **_times(switched), "limit": SWITCH_LIMIT},
        {"name": "criteria search over 26 sets: letter to picture", **_times(keys), "limit": KEY_LIMIT},
    ]


def _screen(work: Work) -> CriteriaScreen:
    from ocop_desktop.settings import Settings
    from ocop_desktop.ui.criteria_screen import CriteriaScreen
    from ocop_desktop.ui.say import Say
    from ocop_desktop.ui.shell import Shell

    made = CriteriaScreen(work, Shell(Settings(), Say()))
    made.resize(1170, 720)
    return made


def _open(app: QApplication, work: Work) -> float:
    """A new screen until its first set is painted; the rulebook's files are read anew."""
    rulebooks.program_rulebooks.cache_clear()
    start = time.perf_counter()
    screen = _screen(work)
    screen.show()
    screen.show_place()
    _until(app, lambda: screen.views.on_show(screen.views.reading))
    screen.grab()
    took = time.perf_counter() - start
    _rest(app, work)
    screen.close()
    screen.deleteLater()
    app.processEvents()
    return took


def _switch(app: QApplication, screen: CriteriaScreen) -> list[float]:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    screen.show()
    QTest.qWaitForWindowExposed(screen)
    took = []
    for key in [Qt.Key.Key_Down] * 25 + [Qt.Key.Key_Up] * 25:
        before, start = screen.views.tree.shown, time.perf_counter()
        QTest.keyPress(screen.sets, key)
        _until(app, lambda before=before: screen.views.tree.shown is not before)
        screen.views.grab()
        took.append(time.perf_counter() - start)
    return took


def _search(app: QApplication, screen: CriteriaScreen) -> list[float]:
    from PySide6.QtTest import QTest

    took = []
    for _round in range(4):
        screen.search.clear()
        for letter in KEYS:
            app.processEvents()
            start = time.perf_counter()
            QTest.keyPress(screen.search, letter)
            screen.views.finds.grab()
            took.append(time.perf_counter() - start)
    return took


def _until(app: QApplication, done: Callable[[], bool]) -> None:
    end = time.perf_counter() + 20
    while not done():
        app.processEvents()
        if time.perf_counter() > end:
            raise RuntimeError("the screen never showed what was asked for")


def _rest(app: QApplication, work: Work) -> None:
    while not work.at_rest():
        app.processEvents()
    app.processEvents()


def _times(seconds: list[float]) -> dict[str, float]:
    return {"median_ms": statistics.median(seconds) * 1000, "p95_ms": sorted(seconds)[int(len(seconds) * 0.95)] * 1000}
