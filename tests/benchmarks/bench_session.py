"""A session of 9 x 60: answers with all of them in the file, its chain and its record; and a matrix of 13 x 200."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from ocop_desktop.actions import audit, rulebooks, session_record
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.actions.session_matrix import matrix
from tests.actions import province
from tests.actions.meeting import answers, open_meeting, put_in, rules_of
from tests.benchmarks.bench_scoring import LAW, durable, painted

PAINTED_LIMIT, ROUNDS = 100.0, 30
MEMBERS, DOSSIERS, SET = 9, 60, 13  # set 13 has 34 criteria


def run() -> list[dict[str, Any]]:
    """Measure on three files: a session under way, one that is over, a large matrix."""
    with tempfile.TemporaryDirectory(prefix="ocop-bench-") as folder:
        return [*_answers(Path(folder)), *_matrix(Path(folder) / "matrix.ocop"), *_over(Path(folder) / "over.ocop")]


def _answers(folder: Path) -> list[dict[str, Any]]:
    """One answer while every ballot of nine members for sixty dossiers is full."""
    path = folder / "answers.ocop"
    db = open_or_create(path)
    try:
        with db.begin() as session:
            _id, items, members = open_meeting(session, DOSSIERS, MEMBERS)
            session.connection().exec_driver_sql(f"UPDATE product SET set_no = {SET}")
            rules = rulebooks.criteria(LAW, SET)
            full = {c.code: c.options[0].choice for c in rules.criteria}
            for item in items:
                for member in members:
                    put_in(session, item, member, full, finished=False)
        row = durable(db, folder / "floor.db", [(i, m) for i in items for m in members], (LAW, SET))
        name = f"{MEMBERS} x {DOSSIERS} x {len(rules.criteria)} answers"
    finally:
        db.close()
    return [{**row, "name": f"answer durable, {name} (floor: raw update)"},
            {**painted(path, items[4], members[2]), "name": f"answer painted, {name} (p95)"}]


def _matrix(path: Path) -> list[dict[str, Any]]:
    """Thirteen members and two hundred dossiers: read, and fed to the view and painted."""
    from PySide6.QtWidgets import QApplication

    from ocop_desktop.ui import theme
    from ocop_desktop.ui.session_matrix_view import MatrixView

    db = open_or_create(path)
    try:
        with db.begin() as session:
            id, items, members = open_meeting(session, 200, 13)
            for item in items[::2]:
                choices = answers(rules_of(session, item), 60)
                for member in members:
                    put_in(session, item, member, choices)
        read: list[float] = []
        for _round in range(5):
            with db.begin() as session:
                start = time.perf_counter()
                seen = matrix(session, id)
                read.append(time.perf_counter() - start)
    finally:
        db.close()
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.load_fonts()
    theme.apply(app, "light", 100)
    took = []
    for _round in range(ROUNDS):
        view = MatrixView()
        view.resize(1120, 560)
        view.show()
        app.processEvents()
        start = time.perf_counter()
        view.matrix_model.set_matrix(seen, seen.rows)
        view.grab()
        took.append(time.perf_counter() - start)
        view.close()
    return [_row("matrix 13 x 200 painted (p95)", took, PAINTED_LIMIT), _row("matrix 13 x 200 read, 100 complete", read, None)]


def _over(path: Path) -> list[dict[str, Any]]:
    """The whole chain of a session that is over: checked, and written as a record."""
    db = open_or_create(path)
    try:
        with db.begin() as session:
            province.hold(session)
        checked, written = [], []
        for _round in range(3):
            with db.begin() as session:
                start = time.perf_counter()
                assert audit.check(session) == ()
                middle = time.perf_counter()
                session_record.export_record(session, "2026-2", path.with_suffix(".zip"))
                checked.append(middle - start)
                written.append(time.perf_counter() - middle)
    finally:
        db.close()
    return [_row("chain of 9 x 60 checked", checked, None), _row("record of 9 x 60 written (JSON, PDF, zip)", written, None)]


def _row(name: str, seconds: list[float], limit: float | None) -> dict[str, Any]:
    times = sorted(seconds)
    return {"name": name, "median_ms": statistics.median(times) * 1000, "p95_ms": times[int(len(times) * 0.95)] * 1000,
            "floor_ms": None, "ratio": None, "limit": limit}
