"""Bad data files at every door of the command line: one sentence, exit code 2, nothing changed and nothing left beside."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ocop_desktop.cli import main
from ocop_desktop.data.file import APPLICATION_ID, SCHEMA_VERSION

Spoil = Callable[[Path], object]

DOORS = {
    "check": ["check", "--db", "DB"],
    "import": ["import", "LIST", "--db", "DB"],
    "dry run": ["import", "LIST", "--db", "DB", "--dry-run", "--json"],
    "results": ["results", "--db", "DB", "--session", "2026-1", "--json"],
    "certificates": ["certificates", "--db", "DB", "--out", "OUT.pdf"],
    "summary": ["summary", "--db", "DB", "--out", "OUT.xlsx"],
    "export": ["export", "register", "--db", "DB", "--out", "OUT.xlsx"],
    "report": ["report", "--db", "DB", "--from", "2023-01-01", "--to", "2025-12-31"],
    "record": ["export-record", "--session", "2026-1", "--db", "DB", "--out", "OUT.zip"],
    "rulebook list": ["rulebook", "list", "--db", "DB"],
    "restore from": ["restore", "DB", "--db", "OTHER"],
}


def words(door: str, folder: Path) -> list[str]:
    places = {"DB": folder / "x.ocop", "OTHER": folder / "other.ocop", "LIST": folder / "list.csv"}
    return [str(places.get(word, folder / word if word.startswith("OUT") else word)) for word in DOORS[door]]


def around(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() if p.is_file() else b"" for p in sorted(folder.iterdir())}


def sql(*statements: str) -> Spoil:
    def run(path: Path) -> None:
        raw = sqlite3.connect(path, isolation_level=None)
        for statement in statements:
            raw.execute(statement)
        raw.close()
    return run


def cut(share: float) -> Spoil:
    return lambda path: path.write_bytes(path.read_bytes()[:int(path.stat().st_size * share)])


def empty_ours(path: Path) -> None:
    path.unlink()
    sql("CREATE TABLE t (x)", f"PRAGMA application_id={APPLICATION_ID}", f"PRAGMA user_version={SCHEMA_VERSION}")(path)


def only_our_mark(path: Path) -> None:
    path.unlink()
    sql(f"PRAGMA application_id={APPLICATION_ID}")(path)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


SPOILS: dict[str, tuple[Spoil, str]] = {
    "no tables": (only_our_mark, "mất 16 phần dữ liệu"),
    "other tables": (empty_ours, "không còn đủ"),
    "a table gone": (sql("DROP TABLE certificate"), "mất 1 phần dữ liệu"),
    "a newer table gone": (sql("DROP TABLE presence"), "mất 1 phần dữ liệu"),
    "zero bytes": (lambda path: path.write_bytes(b""), "trống (0 byte)"),
    "half": (cut(0.5), "bị hỏng"),
    "all but the last page": (cut(0.99), "bị hỏng"),
    "only the header": (lambda path: path.write_bytes(path.read_bytes()[:100]), "bị hỏng"),
    "text": (lambda path: path.write_text("không phải dữ liệu", encoding="utf-8"), "không phải là tệp dữ liệu OCOP"),
    "a folder": (folder, "là một thư mục"),
    "newer": (sql(f"PRAGMA user_version={SCHEMA_VERSION + 1}"), "phiên bản mới hơn"),
    "another program's": (sql("PRAGMA application_id=7"), "chương trình khác"),
}


@pytest.fixture
def place(new_file: Path, tmp_path: Path) -> Path:
    shutil.copyfile(new_file, tmp_path / "x.ocop")
    shutil.copyfile(new_file, tmp_path / "other.ocop")
    (tmp_path / "list.csv").write_text("Tên sản phẩm,Chủ thể\nChè,HTX A\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("spoil", SPOILS)
def test_a_bad_file_is_refused_at_every_door_and_left_alone(place: Path, spoil: str, capsys: pytest.CaptureFixture[str]) -> None:
    how, sentence = SPOILS[spoil]
    how(place / "x.ocop")
    before = around(place)
    for door in DOORS:
        assert main(words(door, place)) == 2, door
        said = capsys.readouterr()
        assert said.out == "" and sentence in said.err and len(said.err.splitlines()) == 1, (door, said)
        assert around(place) == before, door


@pytest.mark.parametrize("spoil", SPOILS)
def test_bringing_a_backup_back_over_a_bad_file_keeps_or_refuses_it(place: Path, spoil: str,
                                                                    capsys: pytest.CaptureFixture[str]) -> None:
    SPOILS[spoil][0](place / "x.ocop")
    before = around(place)
    code = main(["restore", str(place / "other.ocop"), "--db", str(place / "x.ocop")])
    said = capsys.readouterr()
    if code == 2:  # not ours, or from a newer program: nothing of it may be lost
        assert spoil in ("text", "a folder", "newer", "another program's")
        assert around(place) == before and SPOILS[spoil][1] in said.err
    else:
        (kept,) = (place / "x-sao-luu").iterdir()
        assert kept.read_bytes() == before["x.ocop"] and str(kept) in said.out
        assert main(["check", "--db", str(place / "x.ocop")]) == 0


AS_NOBODY = """
import contextlib, io, os, sys
from ocop_desktop.cli import main
from ocop_desktop.sheets import reading_process
path, *doors = sys.argv[1:]
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    for door in doors:  # everything is imported while this may still read it
        main(door.split("|"))
reading_process.stop()  # later it could not be ended
os.chmod(path, 0)
if os.geteuid() == 0:  # nothing is shut to root
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
for door in doors:
    print(main(door.split("|")))
"""


@pytest.mark.posix  # becomes another user
def test_a_file_nobody_may_read_is_refused_at_every_door(place: Path) -> None:
    place.chmod(0o755)  # the folders above may stay shut: names are relative to it
    doors = ["|".join(words(door, Path())) for door in DOORS]
    said = subprocess.run([sys.executable, "-c", AS_NOBODY, "x.ocop", *doors], check=False, capture_output=True, text=True,
                          encoding="utf-8", cwd=place, env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)})
    assert said.stdout.split() == ["2"] * len(DOORS), said
    assert len(said.stderr.splitlines()) == len(DOORS)
    assert all(line.startswith("Không đọc được tệp") for line in said.stderr.splitlines()), said.stderr


def test_a_log_left_beside_by_a_crash_is_taken_in(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = place / "x.ocop"
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("INSERT INTO setting (key, value) VALUES ('left', '1')")
    file, log = path.read_bytes(), path.with_name("x.ocop-wal").read_bytes()
    raw.close()
    path.write_bytes(file)
    path.with_name("x.ocop-wal").write_bytes(log)
    assert main(["check", "--db", str(path)]) == 0
    assert not path.with_name("x.ocop-wal").exists()
    raw = sqlite3.connect(path)
    assert raw.execute("SELECT value FROM setting WHERE key = 'left'").fetchone() == (1,)
    raw.close()


def test_a_stray_log_of_another_file_changes_nothing(place: Path) -> None:
    path = place / "x.ocop"
    path.with_name("x.ocop-wal").write_bytes(b"\x00" * 5000)
    assert main(["check", "--db", str(path)]) == 0


@pytest.mark.parametrize("statement", ["DROP TABLE alembic_version", "UPDATE alembic_version SET version_num = 'zz'"])
def test_an_older_file_that_does_not_know_its_version_is_damaged(place: Path, statement: str,
                                                                 capsys: pytest.CaptureFixture[str]) -> None:
    sql(statement, "PRAGMA user_version=2")(place / "x.ocop")
    before = around(place)
    assert main(words("summary", place)) == 2
    assert "bị hỏng" in capsys.readouterr().err
    assert around(place) == before


def test_a_dry_run_makes_no_file(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = around(place)
    assert main(["import", str(place / "list.csv"), "--db", str(place / "new.ocop"), "--dry-run"]) == 0
    assert capsys.readouterr().out.startswith("Mới 1,")
    assert around(place) == before


@pytest.mark.parametrize("words", [["demo", "--db", "x.pdf"], ["import", "list.csv", "--db", "x.xlsx"]])
def test_a_new_data_file_has_its_own_ending(place: Path, words: list[str], monkeypatch: pytest.MonkeyPatch,
                                            capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(place)
    before = around(place)
    assert main(words) == 2
    assert "phải có tên kết thúc bằng .ocop" in capsys.readouterr().err
    assert around(place) == before


@pytest.mark.parametrize("name", ["no/x.ocop", "list.csv/x.ocop"])
def test_a_new_data_file_needs_a_folder(place: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = around(place)
    assert main(["demo", "--db", str(place / name)]) == 2
    assert capsys.readouterr().err.startswith(f"Không có thư mục {(place / name).parent}.")
    assert around(place) == before


def test_a_file_that_is_missing_is_said_in_one_way(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "x.ocop").unlink()
    for door in sorted(DOORS.keys() - {"import", "dry run"}):
        assert main(words(door, place)) == 2, door
        said = capsys.readouterr()
        assert said.err.splitlines() == [f"Không tìm thấy tệp “{place / 'x.ocop'}”; hãy kiểm tra lại tên và thư mục."], door
