"""Open the file a person works in, or make a new one: schema, communes, all or nothing."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from ocop_desktop import paths
from ocop_desktop.actions import rulebooks
from ocop_desktop.actions.files import ENDINGS
from ocop_desktop.data import home, migrate, people
from ocop_desktop.data.file import Damaged, Database, is_held, open_database
from ocop_desktop.errors import UserError


@dataclass(frozen=True)
class OpenReport:
    """What opening did.

    Args:
        path: the file.
        created: it was made just now.
        migrated: it came from an older program and was brought up to date (after a backup).
        communes: units loaded into it now.
    """

    path: Path
    created: bool
    migrated: bool
    communes: int


def open_or_create(path: Path) -> Database:
    """Open ``path``, bring it to this program's schema, or make it with the communes' list.

    Raises:
        UserError: the file is open elsewhere, foreign, damaged, from a newer program, or cannot be written; it is left as it was.
    """
    return open_with_report(path)[0]


def open_with_report(path: Path) -> tuple[Database, OpenReport]:
    """Like ``open_or_create``, and tell what was done."""
    path = Path(path)
    created = not path.exists()
    made_with = _make(path) if created else 0
    db = open_database(path, create=False)
    try:
        migrated = migrate.migrate(db)
        loaded = _load_communes(db)
        with db.reading() as reading:
            rulebooks.load(reading)
        people.begin(db)
    except BaseException:
        db.close()
        raise
    return db, OpenReport(path, created, migrated, made_with or loaded)


def open_to_replace(path: Path) -> Database | None:
    """Open a file a backup is to take the place of, as it is, so that its clerk can be asked for; None where nobody can be.

    Raises:
        UserError: the file is open elsewhere, foreign, from a newer program, or cannot be written; it is left as it was.
    """
    if not path.exists():
        return None
    try:
        db = open_database(path, create=False)
    except Damaged:  # to mend that is what backups are for
        return None
    try:
        with db.reading() as reading:
            known = people.known(reading)
        if known:
            people.begin(db)
    except BaseException:
        db.close()
        raise
    if not known:
        db.close()
    return db if known else None


def _load_communes(db: Database) -> int:
    """Load the communes' list into a file that has none; how many units came in.

    Raises:
        UserError: the program's own list is missing or not as expected.
    """
    with db.reading() as reading:
        if home.has_communes(reading):
            return 0
    from ocop_desktop.data import communes

    source = paths.resources() / "communes.csv"
    if not source.is_file():
        raise UserError("Thiếu danh mục xã của chương trình ({file}). Hãy cài đặt lại chương trình.", file=str(source))
    with db.begin() as session:
        return communes.load_units(session, communes.read_units(source))


def _make(path: Path) -> int:
    """Make the whole file under another name first, so that a crash half-way leaves no half database; its communes."""
    if path.suffix.lower() in ENDINGS - {".ocop"}:
        raise UserError("Tệp dữ liệu mới “{file}” phải có tên kết thúc bằng .ocop.", file=path.name)
    if not path.absolute().parent.is_dir():
        raise UserError("Không có thư mục {folder}. Hãy tạo thư mục này hoặc chọn nơi khác.", folder=str(path.absolute().parent))
    unfinished = path.with_name(f".{path.name}.moi")
    remove_unfinished(unfinished)
    try:
        db = open_database(unfinished)
        try:
            migrate.migrate(db)
            loaded = _load_communes(db)
        finally:
            db.close()
        os.replace(unfinished, path)
        return loaded
    finally:
        remove_unfinished(unfinished)


def remove_unfinished(unfinished: Path) -> None:
    """Take away a file that was being made when the machine went off, unless it is open somewhere."""
    if is_held(unfinished):
        return
    for ending in ("", "-wal", "-journal"):
        unfinished.with_name(unfinished.name + ending).unlink(missing_ok=True)
