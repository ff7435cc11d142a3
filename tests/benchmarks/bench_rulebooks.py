"""A rulebook of 26 sets out to a workbook, looked at and kept as a version; a loose table; against reading the file."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from lxml import html
from python_calamine import CalamineWorkbook

from ocop_desktop.actions import rulebook_packs, rulebooks, wording
from ocop_desktop.actions.opening import open_or_create
from tests import law_documents
from tests.law_document_writer import Writer
from tests.sheets.loose_packs import write_one_sheet

ROUNDS, LIMIT_MS = 5, 3000
DOCUMENT, ATTACH_MS = 2_500_000, 5000


def run() -> list[dict[str, Any]]:
    """Measure export, import into a new file, and looking at a loose table."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        out, loose = place / "bo.xlsx", place / "bang.xlsx"
        exported = [_took(lambda: rulebook_packs.export(out)) for _ in range(ROUNDS)]
        book = openpyxl.load_workbook(out)
        book["Bộ 11"]["G8"] = "Khác"
        book.save(out)
        write_one_sheet(rulebooks.current(), loose)
        open_or_create(place / "moi.ocop").close()
        floor = statistics.median(_took(lambda: _barely(out)) for _ in range(ROUNDS))
        stored = [_import(out, place / f"{n}.ocop") for n in range(ROUNDS)]
        looked = [_import(loose, place / f"l{n}.ocop") for n in range(ROUNDS)]
    rulebooks._of_file = ()
    return [*_attach(), _row("export of a rulebook of 26 sets", exported, None),
            _row("import of a pack of 26 sets", stored, floor),
            _row("import of a loose table of 26 sets", looked, None)]


def _attach() -> list[dict[str, Any]]:
    """The law's document of 2.5 MB, read, laid beside the rulebook and attached; against parsing the same file alone."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        path = Writer(law_documents.LAYOUTS[0], random.Random(1)).write(law_documents.invented(1), place)
        words = path.read_text("utf-8")
        styled = "<p class=MsoNormal style='margin-top:6.0pt;text-align:justify;line-height:150%'>"
        path.write_text(words.replace("<p class=MsoNormal>", styled).ljust(DOCUMENT), "utf-8")
        floor = statistics.median(_took(lambda: html.document_fromstring(path.read_bytes())) for _ in range(ROUNDS))
        db = open_or_create(place / "a.ocop")

        def job() -> None:
            with db.begin() as session:
                wording.attach(session, wording.look(session, path))

        took = [_took(job) for _ in range(ROUNDS)]
        db.close()
    return [_row("attaching a law document of 2.5 MB", took, floor) | {"limit": ATTACH_MS}]


def _row(name: str, took: list[float], floor: float | None) -> dict[str, Any]:
    found = {"name": name, "median_ms": statistics.median(took), "p95_ms": max(took), "limit": LIMIT_MS}
    return found | ({"floor_ms": floor} if floor else {})


def _barely(path: Path) -> None:
    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def _import(path: Path, database: Path) -> float:
    db = open_or_create(database)

    def job() -> None:
        with db.begin() as session:
            seen = rulebook_packs.look(session, path)
        with db.begin() as session:
            rulebook_packs.keep(session, seen)

    took = _took(job)
    db.close()
    return took


def _took(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return (time.perf_counter() - start) * 1000
