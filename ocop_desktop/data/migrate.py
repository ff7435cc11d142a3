"""Bring a file to the schema of this program. Alembic (400 ms) is imported only when the file's version differs."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from ocop_desktop.data import guarding
from ocop_desktop.data.file import SCHEMA_VERSION, Database, damaged, missing_tables
from ocop_desktop.errors import UserError

MIGRATIONS = Path(__file__).resolve().parent / "migrations"


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
    if not _knows_its_version(db):
        raise damaged(db.path)
    if version > 0:
        from ocop_desktop.data import backup

        backup.back_up(db, backup.BEFORE_MIGRATION)
    _run(db)
    db.guard()
    with db.begin() as session:
        guarding.take_in(session)
    return True


def _knows_its_version(db: Database) -> bool:
    """Whether a file with tables tells which of our migrations made them; without that Alembic would make them again."""
    with db.alone() as raw:
        if missing_tables(raw):  # a new file
            return True
        try:
            found = raw.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError:
            return False
    return found is not None and any((MIGRATIONS / "versions").glob(f"{found[0]}_*.py"))


def _run(db: Database) -> None:
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
