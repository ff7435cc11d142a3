"""``ocop-desktop certificates``: prints what has a number, says how many have none."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from ocop_desktop.actions import demo
from ocop_desktop.cli import main


def test_the_register_prints_what_was_issued_and_says_what_has_no_number(tmp_path: Path,
                                                                         capsys: pytest.CaptureFixture[str]) -> None:
    db, out = tmp_path / "mau.ocop", tmp_path / "so.pdf"
    demo.create(db)
    for _time in range(2):  # printing gives no number, so a second time says the same
        assert main(["certificates", "--db", str(db), "--out", str(out)]) == 1
        said = capsys.readouterr()
        assert "Đã in 7 giấy" in said.out
        assert said.err.startswith("171 lần công nhận trước đây không có số giấy") and len(said.err.splitlines()) == 1
    assert len(pypdfium2.PdfDocument(out)) == 7
    assert main(["certificates", "--db", str(db), "--session", "2026-1", "--out", str(out)]) == 0
