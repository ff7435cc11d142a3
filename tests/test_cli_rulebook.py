"""The command ``rulebook``: show, list, export, import; exit codes and what is printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ocop_desktop.actions import rulebooks
from ocop_desktop.cli import main


@pytest.fixture(autouse=True)
def nothing_known_afterwards() -> object:
    yield
    rulebooks._of_file = ()


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    path = tmp_path / "F.xlsx"
    assert main(["rulebook", "export", "--out", str(path)]) == 0
    return path


def edit(path: Path, **cells: object) -> None:
    book = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        book["Bộ 11"][cell] = value
    book.save(path)


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any, str]:
    capsys.readouterr()
    code = main(["rulebook", *words, "--json"])
    said = capsys.readouterr()
    return code, json.loads(said.out), said.err


def test_unchanged_stored_refused_accepted(pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = str(tmp_path / "a.ocop")
    code, said, _ = printed(capsys, "import", str(pack), "--db", db)
    assert code == 0
    assert said == {"rulebook": "26/2026/QĐ-TTg", "version": 1, "stored": False, "sets": 26, "criteria": 787, "options": 2579,
                    "differences": [], "problems": []}
    edit(pack, J8=3, J9=4)
    code, said, _ = printed(capsys, "import", str(pack), "--db", db, "--reason", "Đính chính")
    assert (code, said["stored"], said["version"]) == (0, True, 2)
    assert [(d["criterion"], d["option"], d["what"], d["after"]) for d in said["differences"]] == [
        ("1.1", "1", "star", 3), ("1.1", "2", "star", 4)]
    edit(pack, I10=4)
    code, said, error = printed(capsys, "import", str(pack), "--db", db)
    assert (code, said["stored"], said["version"]) == (2, False, 3)
    assert [(p["sheet"], p["row"], p["column"], p["value"], p["severity"]) for p in said["problems"]] == [
        ("Bộ 11", 7, "I", "3", "error")]
    assert "Trang “Bộ 11”, ô I7: " in error and "tối đa 3" in error
    code, said, _ = printed(capsys, "import", str(pack), "--db", db, "--accept-faults", "Như văn bản")
    assert (code, said["stored"], said["version"], len(said["problems"])) == (1, True, 3, 1)
    code, said, _ = printed(capsys, "import", str(pack), "--db", db)
    assert (code, said["stored"], said["version"]) == (0, False, 3)
    code, said, _ = printed(capsys, "list", "--db", db)
    assert code == 0
    assert [(b["id"], b["version"], b["sets"], b["source"]) for b in said] == [
        ("1048/2019/QĐ-TTg", 1, 0, "program"), ("148/2023/QĐ-TTg", 1, 0, "program"), ("26/2026/QĐ-TTg", 1, 26, "program"),
        ("26/2026/QĐ-TTg#2", 2, 26, "file"), ("26/2026/QĐ-TTg#3", 3, 26, "file")]
    assert len({b["fingerprint"] for b in said}) == 5
    code, said, _ = printed(capsys, "show", "--set", "11", "--id", "26/2026/QĐ-TTg#3", "--db", db)
    assert said["1.1"]["options"] == [["1", 1, 3], ["2", 2, 4], ["3", 4, None]]


def test_a_refused_pack_leaves_no_file(pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(pack, I10=4)
    assert main(["rulebook", "import", str(pack), "--db", str(tmp_path / "new.ocop")]) == 2
    assert not (tmp_path / "new.ocop").exists()
    assert main(["rulebook", "import", str(tmp_path / "none.xlsx"), "--db", str(tmp_path / "new.ocop")]) == 2
    assert "Không tìm thấy tệp" in capsys.readouterr().err


def test_words_without_json(pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rulebook", "import", str(pack), "--db", str(tmp_path / "a.ocop")]) == 0
    assert main(["rulebook", "list"]) == 0
    assert main(["rulebook", "show", "--set", "26"]) == 0
    said = capsys.readouterr().out
    assert "Không có gì khác 26/2026/QĐ-TTg" in said
    assert "lịch sử" in said
    assert "[a2]" in said
    for words in (["show", "--set", "3", "--id", "148/2023/QĐ-TTg"], ["show", "--set", "40"], ["export", "--out", "/x/y.xlsx"]):
        assert main(["rulebook", *words]) == 2
    with pytest.raises(SystemExit):
        main(["rulebook"])
