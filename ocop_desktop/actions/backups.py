"""Keep, list, bring back and check copies of the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path

from ocop_desktop.actions import audit, rulebooks
from ocop_desktop.actions.rights import need
from ocop_desktop.data import backup, checking, communes
from ocop_desktop.data.backup import BEFORE_IMPORT, BY_HAND, ON_CLOSING, Backup
from ocop_desktop.data.engine import Session, database_of
from ocop_desktop.data.file import SCHEMA_VERSION, Database, open_database
from ocop_desktop.errors import Place, Problem
from ocop_desktop.rules.audit_chain import read_head

PROVINCES, UNITS = 34, 3321  # Decision 19/2025/QĐ-TTg

__all__ = ["CHECKS", "Backup", "before_import", "by_hand", "check_database", "check_open", "list_backups", "newest", "newest_age",
           "on_closing", "restore", "verify"]


def by_hand(where: Database | Session) -> Backup:
    """Make a backup because a person asked for one; in a session, before anything is written in it.

    Raises:
        UserError: not the clerk, no room, no right to write there; nothing half-written is left.
    """
    if not isinstance(where, Database):
        need(where, "work")
        return backup.back_up(database_of(where), BY_HAND)
    with where.begin() as session:
        need(session, "work")
    return backup.back_up(where, BY_HAND)


def before_import(session: Session) -> Backup:
    """Make the backup that stands before every import: first thing in its transaction. Raises as ``by_hand``."""
    return backup.back_up(database_of(session), BEFORE_IMPORT)


def on_closing(db: Database) -> Backup | None:
    """Make the backup of closing; none when nothing changed since the last one. Raises as ``by_hand``."""
    return backup.back_up(db, ON_CLOSING) if db.changed else None


def list_backups(database: Path) -> tuple[Backup, ...]:
    """A database's backups, the newest first."""
    return backup.list_backups(Path(database))


def newest(database: Path) -> Backup | None:
    """The newest backup, or None."""
    return next(iter(list_backups(database)), None)


def newest_age(database: Path, now: dt.datetime) -> dt.timedelta | None:
    """How old the newest backup is, never negative; None when there is none."""
    found = newest(database)
    return max(now - found.made_at, dt.timedelta()) if found else None


def verify(backup_path: Path) -> None:
    """Look through a whole backup without changing it.

    Raises:
        UserError: missing, foreign, from a newer program, cut off or damaged; names the file.
    """
    backup.verify(Path(backup_path))


def restore(backup_path: Path, database_path: Path) -> Path | None:
    """Put a backup, verified first, in the place of a database that is not open; all or nothing.

    Returns:
        where the replaced database is kept, or None when there was none.

    Raises:
        UserError: a broken or foreign file (named and left untouched), the database is open, no room.
    """
    return backup.restore(Path(backup_path), Path(database_path))


def check_database(path: Path, head: str = "") -> tuple[Problem, ...]:
    """Look through a database that is not open: the file, its references, and every check of ``CHECKS``. Changes nothing.

    Args:
        head: a head of the audit chain as printed in a record ("1204:3f2a..."), to be found in the file.

    Raises:
        UserError: no head, missing, open elsewhere, foreign, from a newer program, damaged beyond opening.
    """
    if head:
        read_head(head)
    db = open_database(Path(path), create=False)
    try:
        found = check_open(db)
        if head and db.schema_version == SCHEMA_VERSION:
            with db.begin() as session:
                found = (*found, *audit.check_head(session, head))
        return found
    finally:
        db.close()


def check_open(db: Database) -> tuple[Problem, ...]:
    """Like ``check_database``, for the database that is open here."""
    place = Place(file=str(db.path))
    changed = db.changed
    with db.alone() as raw:
        found = list(checking.file_problems(raw, place))
        if not changed:
            db.mark_kept()  # asking the search index for its check counts as a change of rows, though none is made
    if db.schema_version != SCHEMA_VERSION:
        return (*found, Problem("Tệp {file} thuộc phiên bản cũ; mở bằng chương trình để nâng cấp rồi kiểm tra lại.",
                                {"file": str(db.path)}, place, severity="warning", kind="old_schema"))
    if not found:
        with db.begin() as session, rulebooks.within(session):
            found = [problem for check in CHECKS for problem in check(session)]
    return tuple(found)


def _communes_complete(session: Session) -> Iterable[Problem]:
    provinces, units = communes.count_communes(session)
    if (provinces, units) != (PROVINCES, UNITS):
        yield Problem("Danh mục có {provinces} tỉnh và {units} xã; đúng ra phải có {all_provinces} tỉnh và {all_units} xã.",
                      {"provinces": provinces, "units": units, "all_provinces": PROVINCES, "all_units": UNITS}, kind="communes")


def _results_recount(session: Session) -> Iterable[Problem]:
    from ocop_desktop.actions import results  # the heaviest of the checks; backups alone do not need it

    return results.check(session)


def _chain_holds(session: Session) -> Iterable[Problem]:
    return audit.check(session)


# What is looked at inside the data, one function per question. A further check is one more line here.
CHECKS: tuple[Callable[[Session], Iterable[Problem]], ...] = (
    _communes_complete,
    _results_recount,
    _chain_holds,
)
