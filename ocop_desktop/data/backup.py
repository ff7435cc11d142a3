"""Copies of the database: made with SQLite's backup API, verified before they count, the last 14 kept."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ocop_desktop.data.file import (
    APPLICATION_ID,
    TABLES,
    Damaged,
    Database,
    damaged,
    explain,
    missing_tables,
    open_database,
    refuse_unsuitable,
    without_tables,
)
from ocop_desktop.errors import UserError, missing_file, why

KEPT = 14
BY_HAND = "tu-lam"
ON_CLOSING = "khi-dong"
BEFORE_IMPORT = "truoc-khi-nhap"
BEFORE_MIGRATION = "truoc-khi-nang-cap"
BEFORE_RESTORE = "truoc-khi-khoi-phuc"
REASONS = (BY_HAND, ON_CLOSING, BEFORE_IMPORT, BEFORE_MIGRATION, BEFORE_RESTORE)
UNFINISHED = ".dang-ghi"

_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})_(\d{2}-\d{2}-\d{2})_([a-z-]+?)(?:_(\d+))?\.ocop")


@dataclass(frozen=True)
class Backup:
    """One verified copy: its file, when and why it was made, its size in bytes."""

    path: Path
    made_at: dt.datetime
    reason: str
    size: int


def folder_of(database: Path) -> Path:
    """Where a database's backups lie: ``NAME-sao-luu`` beside it."""
    return database.with_name(f"{database.stem}-sao-luu")


def list_backups(database: Path) -> tuple[Backup, ...]:
    """A database's backups, the newest first."""
    folder = folder_of(database)
    found = []
    for path in folder.glob("*.ocop") if folder.is_dir() else ():
        match = _NAME.fullmatch(path.name)
        if match:
            with suppress(ValueError, OSError):
                made = dt.datetime.strptime(f"{match[1]} {match[2]}", "%Y-%m-%d %H-%M-%S")
                found.append((made, int(match[4] or 1), Backup(path, made, match[3], path.stat().st_size)))
    return tuple(b for _made, _number, b in sorted(found, key=lambda f: f[:2], reverse=True))


def back_up(db: Database, reason: str) -> Backup:
    """Copy the open database into its folder and verify the copy; then the oldest beyond ``KEPT`` go.

    Args:
        reason: one of ``REASONS``; part of the file's name.

    Raises:
        UserError: no room, no right to write there, or the copy does not verify; nothing half-written is left.
    """
    folder = folder_of(db.path)
    with _explained(folder), db.committed() as raw:
        folder.mkdir(exist_ok=True)
        _sweep(folder)
        made = dt.datetime.now().replace(microsecond=0)
        target = _free_name(folder, made, reason)
        unfinished = target.with_name(target.name + UNFINISHED)
        try:
            _copy(raw, unfinished)
            if _counts(raw) != _verified_counts(unfinished):
                raise UserError("Bản sao lưu vừa ghi ở {folder} không khớp dữ liệu nên bị bỏ. Hãy kiểm tra ổ đĩa.",
                                folder=str(folder))
            _settle(unfinished, target)
            db.mark_kept()
        finally:
            unfinished.unlink(missing_ok=True)
    _remove_oldest(db.path, target)
    return Backup(target, made, reason, target.stat().st_size)


def verify(path: Path) -> None:
    """Look through a whole copy without changing it or leaving anything beside it.

    Raises:
        UserError: missing, foreign, from a newer program, cut off or damaged; names the file.
    """
    if not path.exists():
        raise missing_file(path)
    refuse_unsuitable(path)
    _verified_counts(path)


def restore(backup: Path, database: Path) -> Path | None:
    """Put a verified backup in the place of ``database``, whole or not at all.

    Returns:
        where the replaced database is kept (a backup; a damaged one as it was, ending in ``.hong``), or None if there was none.

    Raises:
        UserError: the backup is broken or foreign, the database is open or foreign, no room; both files stay as they were.
    """
    if database.exists() and backup.exists() and backup.samefile(database):
        raise UserError("{file} chính là tệp đang dùng, không phải bản sao lưu. Hãy chọn một bản sao lưu.", file=str(backup))
    verify(backup)
    unfinished = database.with_name(f".{database.name}{UNFINISHED}")
    with _explained(database.parent):
        if not database.parent.is_dir():
            raise UserError("Không có thư mục {folder}. Hãy tạo thư mục này hoặc chọn nơi khác.", folder=str(database.parent))
        try:
            with closing(_read_only(backup)) as raw:
                _copy(raw, unfinished)
            _verified_counts(unfinished)
            kept = _keep_replaced(database) if database.exists() else None
            _settle(unfinished, database)
        finally:
            unfinished.unlink(missing_ok=True)
    return kept


def _keep_replaced(database: Path) -> Path:
    """Keep what stands at ``database``: a verified backup, or as it is when it is damaged."""
    try:
        db = open_database(database, create=False)
    except Damaged:
        folder = folder_of(database)
        folder.mkdir(exist_ok=True)
        kept = folder / f"{dt.datetime.now():%Y-%m-%d_%H-%M-%S}_{database.name}.hong"
        shutil.copyfile(database, kept)
        _sync(kept)
        log = database.with_name(database.name + "-wal")
        if log.exists():  # left there it would be taken for the log of the restored file
            os.replace(log, kept.with_name(kept.name + "-wal"))
        return kept
    try:
        return back_up(db, BEFORE_RESTORE).path
    finally:
        db.close()


def _copy(raw: sqlite3.Connection, target: Path) -> None:
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        copy.execute("PRAGMA synchronous=OFF")  # made durable at the end, in one go
        raw.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, complete by itself
    _sync(target)


def _read_only(path: Path) -> sqlite3.Connection:
    """Open a copy that nobody writes; SQLite then takes no locks and leaves no files."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)


def _verified_counts(path: Path) -> dict[str, int]:
    try:
        with closing(_read_only(path)) as raw:
            ours = raw.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
            whole = raw.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
            lacking = missing_tables(raw) if ours and whole else ()
            if lacking:
                raise without_tables(path, lacking)
            if ours and whole:
                return _counts(raw)
    except sqlite3.DatabaseError as error:
        raise explain(error, path) or error from error
    raise damaged(path)


def _counts(raw: sqlite3.Connection) -> dict[str, int]:
    return {name: raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in TABLES}


def _settle(unfinished: Path, target: Path) -> None:
    """Give a finished, synced file its name, durably."""
    os.replace(unfinished, target)
    if os.name == "posix":
        _sync(target.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY if path.is_dir() or os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _free_name(folder: Path, made: dt.datetime, reason: str) -> Path:
    """A name above every other of the same second, so that names keep the order of making."""
    stem = f"{made:%Y-%m-%d_%H-%M-%S}"
    taken = [int(m[4] or 1) for m in (_NAME.fullmatch(p.name) for p in folder.glob(f"{stem}_*.ocop")) if m]
    return folder / (f"{stem}_{reason}_{max(taken) + 1}.ocop" if taken else f"{stem}_{reason}.ocop")


def _sweep(folder: Path) -> None:
    """Remove what a crash left half-written."""
    for leftover in folder.glob(f"*{UNFINISHED}*"):
        leftover.unlink(missing_ok=True)


def _remove_oldest(database: Path, newest: Path) -> None:
    for old in [b for b in list_backups(database) if b.path != newest][KEPT - 1:]:
        with suppress(OSError):  # one that cannot be removed is in nobody's way
            old.path.unlink()


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    """Turn the file system's and the driver's errors into sentences."""
    try:
        yield
    except OSError as error:
        raise UserError("Không ghi được bản sao vào {folder}: {reason}. Hãy kiểm tra chỗ trống và quyền ghi của thư mục.",
                        folder=str(folder), reason=why(error)) from error
    except sqlite3.Error as error:
        known = explain(error, folder)
        if known is None:
            raise
        if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_FULL", "SQLITE_IOERR")):
            known = UserError("Không đủ chỗ trống để ghi bản sao vào {folder}. Hãy dọn bớt ổ đĩa rồi làm lại.",
                              folder=str(folder))
        raise known from error
