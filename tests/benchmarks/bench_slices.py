"""A slice of 20,000 dossiers with self-scores, recognitions, inspections and 1,000 photos: written, looked at, taken in.

Floors of the same run: its records as bare JSON written and read again; the same rows written with bare executemany.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import random
import sqlite3
import statistics
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PIL import Image

from ocop_desktop.actions import slices
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.data.engine import Database
from ocop_desktop.rules.certificate_life import end_of
from tests.benchmarks.big_file import make

DOSSIERS, PRODUCERS, PHOTOS, ANSWERS = 20_000, 8_000, 1_000, 30
DAY = dt.date(2026, 7, 1)


def run() -> list[dict[str, Any]]:
    """Rows for the runner: name, median_ms, floor_ms, ratio, limit."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        db = make(place / "tinh.ocop", DOSSIERS, PRODUCERS)
        try:
            _fill(db)
            file = place / "a.trich"
            write = [_timed(db, lambda session: slices.export(session, slices.Cut(), file, True, DAY)) for _ in range(3)]
            same = [_timed(db, lambda session: slices.preview(session, file)) for _ in range(3)]
        finally:
            db.close()
        floor = statistics.median(_json(file) for _ in range(3))
        look, take, bare = [], [], []
        for number in range(3):
            new = open_or_create(place / f"xa{number}.ocop")
            seen: list[slices.SlicePreview] = []
            look.append(_timed(new, lambda session, seen=seen: seen.append(slices.preview(session, file))))
            take.append(_timed(new, lambda session, seen=seen: slices.accept(session, seen[0])))
            bare.append(_bare(new, place / f"bare{number}.db"))
            new.close()
    size = f"{DOSSIERS:,} dossiers"
    return [_row(f"slice of {size}: write", write, floor, 6), _row(f"slice of {size}: look, all new", look, floor, 6),
            _row(f"slice of {size}: look, all the same", same, floor, 12),
            _row(f"slice of {size}: take in", take, statistics.median(bare), 10)]


def _fill(db: Database) -> None:
    draw = random.Random(7)
    days = [dt.date(2019, 1, 1) + dt.timedelta(days=draw.randrange(2700)) for _ in range(DOSSIERS)]
    with db.alone() as raw:
        raw.execute("BEGIN")
        raw.execute("UPDATE dossier SET status = 'history'")
        raw.executemany("INSERT INTO self_answer(dossier_id, criterion, choice, evidence) VALUES (?, ?, '2', 'Hợp đồng 2025')",
                        ((dossier, f"{part}.{number}") for dossier in range(1, DOSSIERS + 1)
                         for part in range(1, 4) for number in range(ANSWERS // 3)))
        raw.executemany("INSERT INTO certificate(dossier_id, number, stars, issued_on, expires_on, revoked_why, revoked_ground,"
                        " conclusion, revoked_by, extended_why) VALUES (?, ?, 3, ?, ?, '', '', '', '', '')",
                        ((n, f"{n}/GCN", day.isoformat(), end_of(day).isoformat()) for n, day in enumerate(days, 1)))
        raw.executemany("INSERT INTO inspection(product_id, planned_on, held_on, team, findings, follow_up)"
                        " VALUES (?, '2026-03-02', '2026-03-02', 'Chi cục', 'Đúng', '')", ((n,) for n in range(1, DOSSIERS, 10)))
        raw.executemany("INSERT INTO product_photo(product_id, content, width, height, kept_at, sha256)"
                        " VALUES (?, ?, 800, 600, '2026-01-01 00:00:00', ?)", _photos())
        raw.execute("COMMIT")


def _photos() -> Iterator[tuple[int, bytes, str]]:
    noise = Image.effect_noise((800, 600), 60).convert("RGB")
    for number in range(1, PHOTOS + 1):
        out = io.BytesIO()
        noise.putpixel((0, 0), (number % 256, number // 256, 0))
        noise.save(out, "JPEG", quality=60)
        yield number, out.getvalue(), hashlib.sha256(out.getvalue()).hexdigest()


def _json(file: Path) -> float:
    with zipfile.ZipFile(file) as packed:
        content = packed.read("du-lieu.json")
    start = time.perf_counter()
    (file.parent / "bare.json").write_text(json.dumps(json.loads(content), ensure_ascii=False))
    return (time.perf_counter() - start) * 1000


def _bare(db: Database, path: Path) -> float:
    tables = ("producer", "product", "dossier", "self_answer", "certificate", "inspection", "product_photo")
    with db.alone() as raw:
        rows = {table: raw.execute(f"SELECT * FROM {table}").fetchall() for table in tables}
    bare = sqlite3.connect(path, isolation_level=None)
    for table, found in rows.items():
        bare.execute(f"CREATE TABLE {table} ({', '.join(f'c{n}' for n in range(len(found[0])))})")
    start = time.perf_counter()
    bare.execute("BEGIN")
    for table, found in rows.items():
        bare.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(found[0]))})", found)
    bare.execute("COMMIT")
    bare.close()
    return (time.perf_counter() - start) * 1000


def _timed(db: Database, do: Callable[[Any], object]) -> float:
    start = time.perf_counter()
    with db.begin() as session:
        do(session)
    return (time.perf_counter() - start) * 1000


def _row(name: str, times: list[float], floor: float, limit: float) -> dict[str, Any]:
    median = statistics.median(times)
    return {"name": name, "median_ms": median, "p95_ms": max(times), "floor_ms": floor, "ratio": median / floor, "limit": limit}
