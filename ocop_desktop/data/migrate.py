"""Bring a file to the schema of this program. Alembic (400 ms) is imported only for a file of an older program."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from ocop_desktop.data import guarding
from ocop_desktop.data.file import SCHEMA_VERSION, Database, damaged
from ocop_desktop.errors import UserError

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
SCHEMA = MIGRATIONS / "schema.sql"  # what all the migrations make together; ``python -m tests.old_databases.write`` writes it


def migrate(db: Database) -> bool:
    """Bring ``db`` to the current schema, whole or not at all; an older file is first copied into its backups.

    Returns:
        whether anything was done.

    Raises:
        UserError: the backup could not be made, the file does not know its version, or its content breaks the new schema.
    """
    version = db.schema_version
    if version == SCHEMA_VERSION:
        return False
    if _is_new(db):
        _make(db)
    else:
        if not _knows_its_version(db):
            raise damaged(db.path)
        if version > 0:
            from ocop_desktop.data import backup

            backup.back_up(db, backup.BEFORE_MIGRATION)
        run(db)
    db.guard()
    with db.begin() as session:
        guarding.take_in(session)
    return True


def _is_new(db: Database) -> bool:
    with db.alone() as raw:
        return raw.execute("SELECT 1 FROM sqlite_master").fetchone() is None


def _make(db: Database) -> None:
    """Give a new file the finished schema at once."""
    with db.alone() as raw:
        raw.executescript(SCHEMA.read_text(encoding="utf-8"))
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the version must stand in the header, where every program looks first


def _knows_its_version(db: Database) -> bool:
    """Whether a file tells which of our migrations made its tables; without that Alembic would make them again."""
    with db.alone() as raw:
        try:
            found = raw.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError:
            return False
    return found is not None and any((MIGRATIONS / "versions").glob(f"{found[0]}_*.py"))


def run(db: Database) -> None:
    """Run the migrations a file has not seen, whole or not at all; ``migrate`` looks at the file before and after.

    Raises:
        UserError: the file's content breaks the new schema.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with db.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA foreign_keys=OFF")  # batch migrations rebuild tables; only settable outside a transaction
        try:
            with connection.begin():
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchone()
                if broken:
                    raise UserError("Không nâng cấp được {file}: bảng {table} có dòng trỏ đến dữ liệu đã mất. "
                                    "Tệp được giữ nguyên; hãy khôi phục từ bản sao lưu.", file=str(db.path), table=broken[0])
                connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_VERSION}")
        finally:
            raw.execute("PRAGMA foreign_keys=ON")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the version must stand in the header, where every program looks first
