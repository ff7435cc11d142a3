"""Backups: verified before they count; restoring is all or nothing; broken and foreign files are named and left alone."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from ocop_desktop.actions import backups
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.data import backup
from ocop_desktop.data.engine import Database
from ocop_desktop.data.settings import get_setting, put_setting
from ocop_desktop.errors import UserError

ROOT = Path(__file__).resolve().parents[2]


def say_in(db: Database, value: str) -> None:
    with db.begin() as session:
        put_setting(session, "said", value)


def said_in(path: Path) -> object:
    db = open_or_create(path)
    with db.begin() as session:
        found = get_setting(session, "said")
    db.close()
    return found


def tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_backup_is_one_whole_file_beside_the_database(db: Database) -> None:
    say_in(db, "một")
    made = backups.by_hand(db)
    assert made.path.parent == db.path.with_name("ocop-sao-luu")
    assert made.reason == "tu-lam"
    assert abs(dt.datetime.now() - made.made_at) < dt.timedelta(minutes=1)
    assert backups.list_backups(db.path) == (made,)
    assert backups.newest(db.path) == made
    assert backups.newest_age(db.path, made.made_at + dt.timedelta(days=2)) == dt.timedelta(days=2)
    assert backups.newest_age(db.path, made.made_at - dt.timedelta(days=2)) == dt.timedelta(0)
    assert [p.name for p in made.path.parent.iterdir()] == [made.path.name]
    raw = sqlite3.connect(made.path)
    assert raw.execute("SELECT value FROM setting WHERE key = 'said'").fetchone() == ('"một"',)
    assert raw.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    raw.close()


def test_no_backups_yet(db: Database) -> None:
    assert backups.list_backups(db.path) == ()
    assert backups.newest(db.path) is None
    assert backups.newest_age(db.path, dt.datetime.now()) is None


def test_on_closing_only_when_something_changed(db: Database) -> None:
    assert backups.on_closing(db) is None
    say_in(db, "một")
    first = backups.on_closing(db)
    assert first is not None and first.reason == "khi-dong"
    assert backups.on_closing(db) is None
    backups.check_open(db)
    assert backups.on_closing(db) is None


def test_the_last_fourteen_are_kept_and_the_newest_always(db: Database) -> None:
    folder = backup.folder_of(db.path)
    folder.mkdir()
    (folder / "my own notes.txt").write_text("x", encoding="utf-8")
    (folder / "2026-01-01_00-00-00_tu-lam.ocop.dang-ghi").write_text("half", encoding="utf-8")
    made = [backups.by_hand(db) for _ in range(15)]
    kept = backups.list_backups(db.path)
    assert len(kept) == 14
    assert {b.path for b in kept} == {b.path for b in made[1:]}
    assert (folder / "my own notes.txt").exists()
    assert not list(folder.glob("*.dang-ghi"))
    year = dt.datetime.now().year + 1
    for n, old in enumerate(kept):  # the clock was wrong once: what is new now still stays
        os.replace(old.path, folder / f"{year}-01-01_00-00-{n:02d}_tu-lam.ocop")
    with db.begin() as session:
        newest = backups.before_import(session)
    assert newest.path.exists()
    assert len(backups.list_backups(db.path)) == 14


def test_before_an_import_only_what_is_committed_is_copied(db: Database) -> None:
    say_in(db, "một")
    with db.begin() as session:
        made = backups.before_import(session)
        put_setting(session, "said", "hai")
        with pytest.raises(RuntimeError):
            backups.before_import(session)
    assert made.reason == "truoc-khi-nhap"
    assert db.changed
    assert said_in(made.path) == "một"
    assert backups.list_backups(db.path) == (made,)
    with db.begin() as session:
        assert get_setting(session, "said") == "hai"


def test_restores_and_keeps_what_it_replaced(db: Database) -> None:
    say_in(db, "một")
    made = backups.by_hand(db)
    say_in(db, "hai")
    db.close()
    kept = backups.restore(made.path, db.path)
    assert said_in(db.path) == "một"
    assert kept is not None and kept.parent == made.path.parent
    backups.restore(kept, db.path)
    assert said_in(db.path) == "hai"
    assert not [p for p in db.path.parent.iterdir() if p.is_file() and p != db.path]


def test_restores_where_there_was_nothing(db: Database, tmp_path: Path) -> None:
    say_in(db, "một")
    made = backups.by_hand(db)
    assert backups.restore(made.path, tmp_path / "new.ocop") is None
    assert said_in(tmp_path / "new.ocop") == "một"


def test_restores_over_a_damaged_database_and_keeps_it(db: Database) -> None:
    say_in(db, "một")
    made = backups.by_hand(db)
    db.close()
    broken = db.path.read_bytes()[:20_000]
    db.path.write_bytes(broken)
    db.path.with_name("ocop.ocop-wal").write_bytes(b"")
    kept = backups.restore(made.path, db.path)
    assert kept is not None and kept.suffix == ".hong" and kept.read_bytes() == broken
    assert said_in(db.path) == "một"


def spoil_middle(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 * 10:4096 * 40] = b"\xab" * (4096 * 30)
    path.write_bytes(content)


def spoil_index(path: Path) -> None:
    """Whole pages, but two indexes changed places: only a full check sees it."""
    raw = sqlite3.connect(path)
    names = ("ix_commune_folded", "ix_commune_province_code")
    pages = [raw.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (n,)).fetchone()[0] for n in names]
    raw.execute("PRAGMA writable_schema=ON")
    raw.executemany("UPDATE sqlite_master SET rootpage = ? WHERE name = ?", zip(pages, reversed(names), strict=True))
    raw.commit()
    raw.close()


@pytest.mark.parametrize(("spoil", "sentence"), [
    (spoil_middle, "bị hỏng"),
    (spoil_index, "bị hỏng"),
    (lambda p: p.write_bytes(p.read_bytes()[:50_000]), "bị hỏng"),
    (lambda p: p.write_bytes(b""), "trống"),
    (lambda p: p.write_text("hello"), "không phải là tệp dữ liệu OCOP"),
    (lambda p: p.unlink(), "Không tìm thấy"),
    (lambda p: (p.unlink(), p.mkdir()), "thư mục"),
])
def test_a_broken_or_foreign_backup_is_refused_by_name(db: Database, spoil, sentence: str) -> None:  # type: ignore[no-untyped-def]
    say_in(db, "một")
    made = backups.by_hand(db)
    db.close()
    spoil(made.path)
    before = tree(db.path.parent)
    with pytest.raises(UserError, match=sentence) as caught:
        backups.restore(made.path, db.path)
    assert made.path.name in str(caught.value)
    assert tree(db.path.parent) == before


def test_an_open_or_foreign_database_is_not_replaced(db: Database, tmp_path: Path) -> None:
    made = backups.by_hand(db)
    with pytest.raises(UserError, match="đang mở"):
        backups.restore(made.path, db.path)
    with pytest.raises(UserError, match="chính là tệp đang dùng"):
        backups.restore(db.path, db.path)
    foreign = tmp_path / "luận văn.ocop"
    foreign.write_text("quý giá", encoding="utf-8")
    before = tree(tmp_path / "ocop-sao-luu")
    with pytest.raises(UserError, match=r"luận văn\.ocop"):
        backups.restore(made.path, foreign)
    assert foreign.read_text(encoding="utf-8") == "quý giá"
    with pytest.raises(UserError, match="Không có thư mục"):
        backups.restore(made.path, tmp_path / "no" / "x.ocop")
    assert tree(tmp_path / "ocop-sao-luu") == before
    say_in(db, "vẫn dùng được")


def test_a_file_where_the_folder_should_be(db: Database) -> None:
    backup.folder_of(db.path).write_text("x", encoding="utf-8")
    with pytest.raises(UserError, match="ocop-sao-luu"):
        backups.by_hand(db)
    say_in(db, "vẫn dùng được")


LIMITED = """
import resource, sys
from pathlib import Path
from ocop_desktop.actions import backups
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.errors import UserError
path = Path(sys.argv[1])
db = open_or_create(path)
kept = backups.by_hand(db)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
try:
    backups.by_hand(db); print("made")
except UserError as error:
    print(error)
db.close()
try:
    backups.restore(kept.path, path); print("restored")
except UserError as error:
    print(error)
"""


@pytest.mark.posix  # limits the size of files
def test_no_room_left_nothing_half_written(db: Database) -> None:
    say_in(db, "một")
    db.close()
    before = db.path.read_bytes()
    done = subprocess.run([sys.executable, "-c", LIMITED, str(db.path)], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.stderr == ""
    assert all("Không đủ chỗ trống" in line for line in done.stdout.splitlines())
    assert len(done.stdout.splitlines()) == 2
    assert len(os.listdir(backup.folder_of(db.path))) == 1
    assert db.path.read_bytes() == before
    assert sorted(p.name for p in db.path.parent.iterdir() if p.is_file()) == ["ocop.ocop"]


def test_checks_a_whole_file_and_changes_nothing(db: Database) -> None:
    say_in(db, "một")
    db.close()
    before = db.path.read_bytes()
    assert backups.check_database(db.path) == ()
    assert db.path.read_bytes() == before


def test_checks_find_what_is_wrong(db: Database) -> None:
    with db.begin() as session:
        session.execute(text("DELETE FROM commune WHERE province_code = '20'"))
    (problem,) = backups.check_open(db)
    assert (problem.kind, problem.values["provinces"]) == ("communes", 33)
    with db.alone() as raw:
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("INSERT INTO product VALUES (1, 99, 'Chè', 'che', NULL, '', '')")
        raw.execute("INSERT INTO dossier (id, product_id, rulebook, kind, round, status, note, search) "
                    "VALUES (1, 1, '', '', '', '', '', 'che')")
        raw.execute("INSERT INTO dossier_search(dossier_search, rowid, search) VALUES ('delete', 1, 'che')")
    assert {p.kind for p in backups.check_open(db)} == {"foreign_key", "search_index"}
    db.close()
    spoil_index(db.path)
    assert "integrity" in {p.kind for p in backups.check_database(db.path)}
