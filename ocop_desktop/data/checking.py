"""Whether a file is whole: pages, references between tables, the search index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from ocop_desktop.errors import Place, Problem

MOST = 20  # findings of one kind


def file_problems(raw: sqlite3.Connection, place: Place) -> Iterator[Problem]:
    """Findings of SQLite's own checks; changes nothing."""
    for (finding,) in raw.execute(f"PRAGMA integrity_check({MOST})"):
        if finding != "ok":
            yield Problem("Tệp {file} bị hỏng ở bên trong: {finding}. Hãy khôi phục từ bản sao lưu.",
                          {"file": place.file, "finding": finding}, place, kind="integrity")
    for table, row, parent, _key in raw.execute("PRAGMA foreign_key_check").fetchmany(MOST):
        yield Problem("Bảng {table}, dòng {row}: trỏ đến dữ liệu đã mất trong bảng {parent}.",
                      {"table": table, "row": row, "parent": parent}, place, kind="foreign_key")
    for index in ("dossier_search", "dossier_word"):
        if raw.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (index,)).fetchone() and not _agrees(raw, index):
            yield Problem("Bảng tra cứu hồ sơ không khớp dữ liệu nên tìm kiếm có thể thiếu. Hãy khôi phục từ bản sao lưu.",
                          {}, place, kind="search_index")


def _agrees(raw: sqlite3.Connection, index: str) -> bool:
    try:
        raw.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")  # compares, writes nothing
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorname.startswith("SQLITE_CORRUPT"):
            return False
        raise
    return True
