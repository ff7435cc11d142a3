"""Registers of 10,000 rows and 22 columns, previewed and accepted, against reading them and writing their rows, barely."""

from __future__ import annotations

import datetime as dt
import gc
import shutil
import sqlite3
import statistics
import tempfile
import time
import unicodedata
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from ocop_desktop.actions import importing
from ocop_desktop.actions.opening import open_or_create
from tests.sheets.made import KINDS_BACK, REGISTER, end_of, truth_of

ROWS, ROUNDS, LIMIT, DIRTY_LIMIT = 10_000, 5, 6.0, 10.0


def run() -> list[dict[str, Any]]:
    """Measure preview and accept together; every round measures the floor too."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        file = _file(place / "so.xlsx")
        open_or_create(place / "moi.ocop").close()
        _import(file, place)  # first use reads modules
        measured, floors = [], []
        for _round in range(ROUNDS):
            gc.collect()  # neither pays for what the other left behind
            floors.append(_floor(file, place))
            gc.collect()
            measured.append(_import(file, place))
        ours, floor = statistics.median(measured), statistics.median(floors)
        ratio = statistics.median(m / f for m, f in zip(measured, floors, strict=True))
        return [
            {"name": f"import of {ROWS} clean rows x 22", "median_ms": ours, "floor_ms": floor, "ratio": ratio, "limit": LIMIT},
            *_dirty(place),
        ]


def _dirty(place: Path) -> list[dict[str, Any]]:
    """The preview of a dirty register against calamine's bare read of it, its accept against one bare executemany."""
    file = _file(place / "ban.xlsx", dirty=True)
    ours, floors = [], []
    for _round in range(ROUNDS):
        gc.collect()
        floors.append(_parts_of_floor(file, place))
        ours.append(_parts_of_import(file, place, clean=False))
    return [
        {
            "name": f"{what} of {ROWS} dirty rows x 22",
            "median_ms": statistics.median(one[at] for one in ours),
            "floor_ms": statistics.median(one[at] for one in floors),
            "ratio": statistics.median(one[at] / floor[at] for one, floor in zip(ours, floors, strict=True)),
            "limit": DIRTY_LIMIT,
        }
        for at, what in enumerate(("preview", "accept"))
    ]


def _soiled(values: list[Any], number: int) -> list[Any]:
    """A row as offices send it: blanks, no-break spaces, letters in parts, phones as numbers, dates and stars as words."""
    name, producer, phone, first = 1, 4, 8, 12
    made = list(values)
    made[name] = f" {made[name]}\u00a0 " if number % 2 else unicodedata.normalize("NFD", made[name])
    made[producer] = made[producer].replace(" ", "  ", 1)
    made[phone] = int(made[phone]) if number % 3 else f"{made[phone][:4]}.{made[phone][4:]}"
    made[9], made[11] = f"OCOP {made[9]}*", f"{made[11]} sao"
    made[first], made[first - 2] = f"{made[first]:%d-%m-%Y}", made[first - 2].isoformat()
    return made


def _file(path: Path, dirty: bool = False) -> Path:
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Loc")
    sheet.write_row(0, 0, REGISTER)
    for number, row in enumerate(truth_of(ROWS, 1), 1):
        first = row["first"]
        values = [
            number,
            row["product"],
            f"Bộ {row['set']}",
            KINDS_BACK[row["kind"]],
            row["producer"],
            row["commune"],
            row["address"],
            row["representative"],
            row["phone"],
            row["stars"][0],
            end_of(first),
            row["stars"][0],
            first,
            first.year,
            row["decisions"][0],
            "UBND tỉnh Thử",
        ]
        for column, value in enumerate(_soiled(values, number) if dirty else values):
            if isinstance(value, dt.date):
                sheet.write_datetime(number, column, dt.datetime.combine(value, dt.time()))
            else:
                sheet.write(number, column, value)
    book.close()
    return path


def _floor(file: Path, place: Path) -> float:
    """Milliseconds to read with calamine and write the same rows with one durable executemany."""
    return sum(_parts_of_floor(file, place))


def _parts_of_floor(file: Path, place: Path) -> tuple[float, float]:
    for ending in ("", "-wal", "-shm"):
        (place / f"bare.db{ending}").unlink(missing_ok=True)
    raw = sqlite3.connect(place / "bare.db", isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        raw.execute(f"PRAGMA {pragma}")
    raw.execute(f"CREATE TABLE bare ({', '.join(f'c{n}' for n in range(len(REGISTER)))})")
    start = time.perf_counter()
    rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()[1:]
    read = time.perf_counter()
    width = len(rows[0])
    raw.execute("BEGIN IMMEDIATE")
    raw.executemany(
        f"INSERT INTO bare ({', '.join(f'c{n}' for n in range(width))}) VALUES ({', '.join('?' * width)})",
        [[v.isoformat() if isinstance(v, dt.date) else v for v in row] for row in rows],
    )
    raw.execute("COMMIT")
    end = time.perf_counter()
    raw.close()
    return (read - start) * 1000, (end - read) * 1000


def _import(file: Path, place: Path) -> float:
    """Milliseconds to preview and accept into a new database."""
    return sum(_parts_of_import(file, place))


def _parts_of_import(file: Path, place: Path, clean: bool = True) -> tuple[float, float]:
    for ending in ("", "-wal", "-shm"):
        (place / f"nhap.ocop{ending}").unlink(missing_ok=True)
    shutil.copyfile(place / "moi.ocop", place / "nhap.ocop")
    db = open_or_create(place / "nhap.ocop")
    start = time.perf_counter()
    with db.begin() as session:
        seen = importing.preview(session, file, {"province": "20"})
    looked = time.perf_counter()
    with db.begin() as session:
        importing.accept(session, seen)
    end = time.perf_counter()
    assert seen.counts["created"] == ROWS
    assert not seen.problems
    assert clean or len(seen.repairs) >= 6 * ROWS
    db.close()
    return (looked - start) * 1000, (end - looked) * 1000
