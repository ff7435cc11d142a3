"""Opening, refusing, transactions, crashes: with real files and other processes."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from ocop_desktop.data.engine import DBAPIError, reading_of
from ocop_desktop.data.file import SCHEMA_VERSION, Damaged, Database, Foreign, OpenElsewhere, open_database
from ocop_desktop.data.settings import get_setting, put_setting, read_setting
from ocop_desktop.data.tables import Answer, Setting
from ocop_desktop.errors import UserError

ROOT = Path(__file__).resolve().parents[2]


def python(code: str, *arguments: object, **options: object) -> subprocess.Popen[str]:
    """Another program that runs ``code``."""
    return subprocess.Popen([sys.executable, "-c", code, *map(str, arguments)], cwd=ROOT, text=True,  # type: ignore[call-overload]
                            encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.PIPE,
                            env={**os.environ, "PYTHONUTF8": "1"}, **options)


def around(path: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {p.name: p.read_bytes() for p in sorted(path.parent.iterdir()) if p.is_file()}


def test_settings_of_the_file(db: Database) -> None:
    with db.alone() as raw:
        def pragma(name: str) -> object:
            return raw.execute(f"PRAGMA {name}").fetchone()[0]

        assert pragma("application_id") == int.from_bytes(b"OCOP", "big")
        assert pragma("journal_mode") == "wal"
        assert pragma("locking_mode") == "exclusive"
        assert pragma("synchronous") == 2
        assert pragma("foreign_keys") == 1
    assert not db.path.with_name(db.path.name + "-shm").exists()


def test_commits_and_rolls_back(db: Database) -> None:
    with db.begin() as session:
        put_setting(session, "a", {"tên": "Chè"})
    with pytest.raises(ZeroDivisionError), db.begin() as session:
        put_setting(session, "b", 1)
        session.execute(text("CREATE TABLE later (x)"))
        _ = 1 // 0
    with db.begin() as session:
        assert get_setting(session, "a") == {"tên": "Chè"}
        assert get_setting(session, "b") is None
        assert session.execute(text("SELECT 1 FROM sqlite_master WHERE name = 'later'")).first() is None


def test_a_failed_statement_leaves_the_connection_usable(db: Database) -> None:
    with pytest.raises(Exception, match="UNIQUE"), db.begin() as session:
        session.execute(text("INSERT INTO setting VALUES ('k', '1'), ('k', '2')"))
    with db.begin() as session:
        assert session.get(Setting, "k") is None


def test_foreign_keys_are_enforced(db: Database) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"), db.begin() as session:
        session.execute(text("INSERT INTO member VALUES (1, 99, 0, 'A', 'B', '', '', 'member', '', '')"))


def test_plain_questions_see_what_a_session_wrote_and_write_nothing(db: Database) -> None:
    with db.begin() as session:
        put_setting(session, "a", "Chè")
        session.add(Setting(key="b", value=2))
        assert [read_setting(reading_of(session), key) for key in "ab"] == ["Chè", 2]
    with db.reading() as reading:
        assert read_setting(reading, "b") == 2 and read_setting(reading, "c", 3) == 3
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reading.execute("DELETE FROM setting")
    with db.begin() as session:
        put_setting(session, "b", None)
        assert get_setting(session, "b", 1) is None


def test_threads_take_turns(db: Database) -> None:
    def add() -> None:
        for _ in range(50):
            with db.begin() as session:
                put_setting(session, "n", get_setting(session, "n", 0) + 1)

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with db.begin() as session:
        assert get_setting(session, "n") == 200


def test_a_transaction_inside_a_transaction_is_a_bug(db: Database) -> None:
    with db.begin(), pytest.raises(RuntimeError), db.begin():
        pass


def test_a_second_opener_in_this_process_is_told(db: Database) -> None:
    with pytest.raises(OpenElsewhere, match=r"ocop\.ocop đang mở ở một cửa sổ khác"):
        open_database(db.path)
    with db.begin() as session:  # and being asked did not drop the lock
        put_setting(session, "a", 1)
    other = python(SECOND, db.path)
    assert other.communicate()[0].startswith("OpenElsewhere")


SECOND = """
import sys, time
from pathlib import Path
from ocop_desktop.data.file import open_database
from ocop_desktop.errors import UserError
start = time.monotonic()
try:
    open_database(Path(sys.argv[1])); print("opened")
except UserError as error:
    print(type(error).__name__, error, "soon" if time.monotonic() - start < 1 else "late")
"""

HOLDER = """
import sys
from pathlib import Path
from ocop_desktop.data.file import open_database
from ocop_desktop.data.settings import put_setting
db = open_database(Path(sys.argv[1]))
n = 0
while True:
    with db.begin() as session:
        put_setting(session, f"answer-{n}", n)
    print(n, flush=True)
    n += 1
"""


def test_a_second_program_is_told_within_a_second(db: Database) -> None:
    with db.begin() as session:
        put_setting(session, "a", 1)
    answer = python(SECOND, db.path).communicate()[0]
    assert answer.startswith("OpenElsewhere")
    assert "đang mở ở một cửa sổ khác" in answer
    assert answer.strip().endswith("soon")


def test_killed_while_writing_every_committed_answer_is_there(new_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "ocop.ocop"
    shutil.copyfile(new_file, path)
    writer = python(HOLDER, path)
    assert writer.stdout is not None
    said = -1
    while said < 120:
        said = int(writer.stdout.readline())
    writer.kill()
    rest = writer.stdout.read()  # what it had said; communicate() would leave out what the lines before brought along
    writer.communicate()
    said = max([said, *map(int, rest.split())])
    db = open_database(path, create=False)  # no lock is left behind
    assert db.changed  # so closing makes a backup of what the crash kept from one
    with db.begin() as session:
        kept = {row.value for row in session.scalars(select(Setting))}
    db.close()
    assert kept >= set(range(said + 1))
    assert len(kept) <= said + 2
    assert not list(tmp_path.glob("*-wal"))


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Không tìm thấy tệp"):
        open_database(tmp_path / "x.ocop", create=False)
    with pytest.raises(UserError, match="Không có thư mục"):
        open_database(tmp_path / "no" / "x.ocop")
    assert list(tmp_path.iterdir()) == []


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="là một thư mục"):
        open_database(tmp_path)


def foreign_sqlite(path: Path) -> None:
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE t (x)")
    raw.execute("PRAGMA journal_mode=WAL")
    raw.close()


def newer(path: Path) -> None:
    raw = sqlite3.connect(path)
    raw.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    raw.close()


def cut(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:len(content) // 2])


def broken_header(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[100:300] = b"\xff" * 200
    path.write_bytes(content)


def broken_pages(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 * 60:4096 * 70] = b"\xab" * (4096 * 10)
    path.write_bytes(content)


@pytest.mark.parametrize(("spoil", "kind", "sentence"), [
    (lambda p: p.write_bytes(b""), Damaged, "trống"),
    (lambda p: p.write_bytes(b"x"), Foreign, "không phải là tệp dữ liệu OCOP"),
    (lambda p: p.write_bytes(b"PK\x03\x04" + b"x" * 9000), Foreign, "không phải là tệp dữ liệu OCOP"),
    (lambda p: (p.unlink(), foreign_sqlite(p)), Foreign, "chương trình khác"),
    (newer, Foreign, "phiên bản mới hơn"),
    (cut, Damaged, "bị hỏng"),
    (broken_header, Damaged, "bị hỏng"),
    (broken_pages, Damaged, "bị hỏng"),
])
def test_refused_files_are_left_as_they_were(new_file: Path, tmp_path: Path, spoil, kind, sentence) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "ocop.ocop"
    shutil.copyfile(new_file, path)
    spoil(path)
    before = around(path)
    with pytest.raises(kind, match=sentence) as caught:
        open_database(path)
    assert str(path) in str(caught.value)
    assert around(path) == before


@pytest.mark.parametrize("spoil", ["pages", "newer"])
def test_after_a_crash_a_damaged_or_newer_file_is_left_as_it_was(new_file: Path, tmp_path: Path, spoil: str) -> None:
    path = tmp_path / "ocop.ocop"
    shutil.copyfile(new_file, path)
    writer = python(HOLDER, path)
    assert writer.stdout is not None
    while int(writer.stdout.readline()) < 5:
        pass
    writer.kill()
    writer.communicate()
    if spoil == "pages":
        content = bytearray(path.read_bytes())
        content[4096 * 10:4096 * 60] = b"\xab" * (4096 * 50)
        path.write_bytes(content)
    else:
        content = bytearray(path.read_bytes())
        content[60:64] = (99).to_bytes(4, "big")
        path.write_bytes(content)
    before = around(path)
    assert path.name + "-wal" in before
    with pytest.raises(Damaged if spoil == "pages" else Foreign):
        open_database(path)
    assert around(path) == before


READ_ONLY = """
import os, sys
from pathlib import Path
from ocop_desktop.data.file import open_database
from ocop_desktop.errors import UserError
if os.geteuid() == 0:  # nothing is read-only for root
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
for path in sys.argv[1:]:
    try:
        open_database(Path(path)); print("opened")
    except UserError as error:
        print(error)
"""


@pytest.fixture
def entered_by_anybody(tmp_path: Path) -> Iterator[Path]:
    """The test's folder, with every folder above it that only its owner may enter (pytest's own) open to another user."""
    shut = {folder: mode for folder in (tmp_path, *tmp_path.parents) if not (mode := folder.stat().st_mode) & stat.S_IXOTH}
    for folder, mode in shut.items():
        folder.chmod(mode | stat.S_IXOTH)
    yield tmp_path
    for folder, mode in shut.items():
        folder.chmod(mode)


@pytest.mark.posix  # becomes another user
def test_a_read_only_place(new_file: Path, entered_by_anybody: Path) -> None:
    kept = entered_by_anybody / "kept"
    kept.mkdir()
    path = kept / "ocop.ocop"
    shutil.copyfile(new_file, path)
    path.chmod(0o444)
    kept.chmod(0o555)
    before = around(path)
    said = python(READ_ONLY, path, kept / "new.ocop").communicate()
    kept.chmod(0o755)
    assert said[0].count("chỉ cho đọc") == 2, said
    assert around(path) == before


FULL = """
import resource, sys
from pathlib import Path
from ocop_desktop.data.file import open_database
from ocop_desktop.data.settings import get_setting, put_setting
from ocop_desktop.errors import UserError
db = open_database(Path(sys.argv[1]))
with db.begin() as session:
    put_setting(session, "first", 1)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
try:
    with db.begin() as session:
        put_setting(session, "second", "x" * 500_000)
    print("written")
except UserError as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
with db.begin() as session:
    print(get_setting(session, "first"), get_setting(session, "second"))
    put_setting(session, "third", 3)
db.close()
db = open_database(Path(sys.argv[1]))
with db.begin() as session:
    print(get_setting(session, "first"), get_setting(session, "second"), get_setting(session, "third"))
"""


@pytest.mark.posix  # limits the size of files
def test_no_room_left(db: Database) -> None:
    db.close()
    said, bug = python(FULL, db.path).communicate()
    assert bug == ""
    lines = said.splitlines()
    assert "chưa được lưu" in lines[0]
    assert lines[1:] == ["1 None", "1 None 3"]


def test_closing_twice_and_opening_again(db: Database) -> None:
    with db.begin() as session:
        session.execute(update(Setting).values(value=1))
    db.close()
    db.close()
    open_database(db.path, create=False).close()
    assert [p.name for p in db.path.parent.iterdir() if p.is_file()] == ["ocop.ocop"]


def test_a_bug_report_tells_no_values(db: Database) -> None:
    with pytest.raises(DBAPIError) as told, db.begin() as session:
        session.add(Answer(ballot_id=1, criterion="1.1", choice="geheim"))
        session.flush()
    assert "geheim" not in str(told.value)
