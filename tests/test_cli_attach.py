"""The command ``rulebook attach``: what it prints, its exit codes, and that a refused document leaves nothing."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

from ocop_desktop.cli import main
from tests import law_documents as made
from tests.law_document_writer import Writer


def document(folder: Path, sets: list[made.SetText]) -> str:
    return str(Writer(made.LAYOUTS[0], random.Random(1)).write(sets, folder))


def test_whole_with_differences_and_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = str(tmp_path / "a.ocop")
    sets = made.invented(1)
    assert main(["rulebook", "attach", document(tmp_path, sets), "--db", db, "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out) == {"criteria_attached": 787, "options_attached": 2579, "criteria_total": 787,
                                    "options_total": 2579, "differences": [], "unmatched": []} and not said.err
    faulty, faults = made.with_faults(sets, random.Random(3), 6)
    assert main(["rulebook", "attach", document(tmp_path, faulty), "--db", db, "--json"]) == 1
    said = capsys.readouterr()
    found = json.loads(said.out)["differences"]
    assert {(d["set"], d["criterion"], d["option"] or "") for d in found} == {fault[:3] for fault in faults}
    assert all(list(d) == ["set", "criterion", "option", "document", "rulebook"] for d in found)
    assert len(said.err.splitlines()) == 6
    assert main(["rulebook", "attach", document(tmp_path, sets), "--db", db]) == 0
    assert "787 trên 787 tiêu chí, 2579 trên 2579 mức" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["a.pdf", "a.doc", "a.docx", "gone.html"])
def test_a_refused_document_leaves_no_file(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if name != "gone.html":
        (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" if name == "a.doc" else b"PK\x03\x04")
    assert main(["rulebook", "attach", str(tmp_path / name), "--db", str(tmp_path / "new.ocop"), "--json"]) == 2
    said = capsys.readouterr()
    assert not said.out and len(said.err.splitlines()) == 1 and name in said.err
    assert not (tmp_path / "new.ocop").exists()


def test_what_a_document_lacks_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sets = made.invented(1)[:2]
    sets[0] = replace(sets[0], criteria=tuple(c for c in sets[0].criteria if c.code != "2.2"))
    assert main(["rulebook", "attach", document(tmp_path, sets), "--db", str(tmp_path / "a.ocop"), "--json"]) == 1
    unmatched = json.loads(capsys.readouterr().out)["unmatched"]
    assert {row["set"] for row in unmatched if row["criterion"] is None} == set(range(3, 27))
    assert {row["criterion"] for row in unmatched if row["set"] == 1} == {"2.2"}
