"""Migrations give the tables of the program, whole or not at all; old files open."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from ocop_desktop.data import (
    backup,
    file,
    migrate,
    tables_advisory,
    tables_keys,
    tables_office,
    tables_programme,
    tables_rulebook,
)
from ocop_desktop.data.file import SCHEMA_VERSION, Database, open_database
from ocop_desktop.data.search import matching
from ocop_desktop.data.settings import put_setting
from ocop_desktop.data.tables import Dossier, Table
from tests.old_databases import write

# Every table stands in ``Table.metadata`` once these are imported.
TABLES = (tables_advisory, tables_keys, tables_office, tables_programme, tables_rulebook)


def differences(db: Database) -> list[object]:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    def ours(name: str | None, kind: str, _parents: object) -> bool:
        return not (kind == "table" and (name or "").startswith(("dossier_search", "dossier_word")))

    with db.connect() as connection:
        options = {"include_name": ours, "compare_type": True, "compare_server_default": True}
        return compare_metadata(MigrationContext.configure(connection, opts=options), Table.metadata)


def test_the_migrated_schema_is_the_tables(db: Database) -> None:
    assert differences(db) == []
    assert db.schema_version == SCHEMA_VERSION


def test_a_new_file_is_what_the_migrations_make(db: Database, tmp_path: Path) -> None:
    """Else run ``python -m tests.old_databases.write``. A rebuilt table has its constraints and indexes in any order."""
    migrated = open_database(tmp_path / "x.ocop")
    migrate.run(migrated)
    assert schema(db) == schema(migrated)
    migrated.close()


def schema(db: Database) -> dict[tuple[str, str], tuple[object, ...]]:
    with db.alone() as raw:
        found = raw.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
        return {(kind, name): (sorted(line.strip(" \t,") for line in (sql or "").splitlines()),
                               raw.execute(f"PRAGMA table_info({name})").fetchall()) for kind, name, sql in found}


def test_the_version_is_the_last_migration() -> None:
    names = sorted(p.name for p in (migrate.MIGRATIONS / "versions").glob("[0-9]*.py"))
    assert [int(n[:4]) for n in names] == list(range(1, SCHEMA_VERSION + 1))


@pytest.mark.parametrize("number", range(1, SCHEMA_VERSION + 1))
def test_old_files_open(number: int, tmp_path: Path) -> None:
    path = tmp_path / "old.ocop"
    write.read(number, path)
    db = open_database(path, create=False)
    assert migrate.migrate(db) is (number != SCHEMA_VERSION)
    assert differences(db) == []
    with db.begin() as session:
        dossier = session.scalars(select(Dossier).where(matching("che shan mau son 06040"))).one()
        assert dossier.product.producer.name == "Hợp tác xã Chè Mẫu Sơn"
    db.close()
    assert len(backup.list_backups(path)) == (number != SCHEMA_VERSION)


def test_every_released_schema_has_its_file() -> None:
    assert [p.name for p in sorted(write.FOLDER.glob("*.sql"))] == [f"version-{n}.sql" for n in range(1, SCHEMA_VERSION + 1)]


NEXT = SCHEMA_VERSION + 1
NEXT_MIGRATION = '''
"""Scratch."""
import sqlalchemy as sa
from alembic import op
revision = "{next:04d}"
down_revision = "{last:04d}"

def upgrade() -> None:
    with op.batch_alter_table("producer") as batch:
        batch.add_column(sa.Column("website", sa.String(), nullable=False, server_default=""))
    {more}
'''


def older(db: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, more: str = "") -> Database:
    """``db`` opened by a program one schema further."""
    import shutil

    folder = tmp_path / "migrations"
    shutil.copytree(migrate.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    script = NEXT_MIGRATION.format(next=NEXT, last=SCHEMA_VERSION, more=more)
    (folder / "versions" / f"{NEXT:04d}_next.py").write_text(script, encoding="utf-8")
    monkeypatch.setattr(migrate, "MIGRATIONS", folder)
    for module in (migrate, file):
        monkeypatch.setattr(module, "SCHEMA_VERSION", NEXT)
    with db.begin() as session:
        put_setting(session, "kept", "yes")
    db.close()
    return open_database(db.path, create=False)


def test_a_migration_is_preceded_by_a_backup(db: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened = older(db, monkeypatch, tmp_path)
    assert migrate.migrate(opened)
    assert opened.schema_version == NEXT
    with opened.alone() as raw:
        assert "website" in [c[1] for c in raw.execute("PRAGMA table_info(producer)")]
        assert raw.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    opened.close()
    (copy,) = backup.list_backups(db.path)
    assert copy.reason == backup.BEFORE_MIGRATION
    assert int.from_bytes(copy.path.read_bytes()[60:64], "big") == SCHEMA_VERSION


def test_a_migration_that_fails_leaves_everything(db: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened = older(db, monkeypatch, tmp_path, more='op.execute("INSERT INTO nowhere VALUES (1)")')
    with pytest.raises(Exception, match="nowhere"):
        migrate.migrate(opened)
    assert opened.schema_version == SCHEMA_VERSION
    with opened.alone() as raw:
        assert "website" not in [c[1] for c in raw.execute("PRAGMA table_info(producer)")]
        assert raw.execute("SELECT value FROM setting WHERE key = 'kept'").fetchone() == ('"yes"',)
        assert raw.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    opened.close()


def test_alembic_is_not_imported_for_a_file_of_today(db: Database) -> None:
    db.close()
    code = ("import sys; from pathlib import Path; from ocop_desktop.actions.opening import open_or_create; "
            "open_or_create(Path(sys.argv[1])).close(); print('alembic' in sys.modules)")
    said = subprocess.run([sys.executable, "-c", code, str(db.path)], capture_output=True, text=True, check=True,
                          cwd=Path(__file__).resolve().parents[2])
    assert said.stdout.strip() == "False"
