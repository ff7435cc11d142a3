"""``ocop-desktop certificates``: prints what has a number, says how many have none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from ocop_desktop.cli import main
from ocop_desktop.exchange import key_files


def test_the_register_prints_what_was_issued_and_says_what_has_no_number(tmp_path: Path,
                                                                         capsys: pytest.CaptureFixture[str],
                                                                         monkeypatch: pytest.MonkeyPatch,
                                                                         example_of: Callable[..., Path]) -> None:
    db, out = tmp_path / "mau.ocop", tmp_path / "so.pdf"
    example_of(db)
    for _time in range(2):  # printing gives no number, so a second time says the same
        assert main(["certificates", "--db", str(db), "--out", str(out)]) == 1
        said = capsys.readouterr()
        assert "Đã in 7 giấy" in said.out
        assert said.err.startswith("171 lần công nhận trước đây không có số giấy") and len(said.err.splitlines()) == 1
    assert len(pypdfium2.PdfDocument(out)) == 7
    assert main(["certificates", "--db", str(db), "--session", "2026-1", "--out", str(out)]) == 0

    monkeypatch.setattr(key_files, "MEMORY", 1 << 20)  # argon2id the same, only quicker
    words = tmp_path / "cum.txt"
    words.write_text("con gà gáy sáng\n", encoding="utf-8")
    some, given = ["--db", str(db)], ["--passphrase-file", str(words)]
    assert main(["key", "make", *some, *given]) == 0
    printing = ["certificates", *some, "--session", "2026-1", "--out", str(out)]
    out.unlink()
    assert main(printing) == 2 and not out.exists()  # nobody to ask
    assert main([*printing, "--unsigned"]) == 0 and main(["verify", str(out), *some]) == 1
    keys, revoked = str(tmp_path / "k.ocopkhoa"), str(tmp_path / "t.ocopthuhoi")
    assert main([*printing, *given]) == 0 and main(["verify", str(out), *some]) == 0
    assert main(["key", "export", *some, "--out", keys]) == 0 and main(["key", "revoked", *some, *given, "--out", revoked]) == 0
    assert main(["verify", str(out), "--key", keys, "--revoked", revoked]) == 0
    backup = str(tmp_path / "k.ocopkhoamat")
    assert main(["key", "backup", *some, "--out", backup]) == 0 and main(["key", "restore", backup, *some, *given]) == 0
    capsys.readouterr()
    assert main(["key", "show", *some]) == 0
    first = capsys.readouterr().out.strip()
    assert main(["key", "change", "--lost", *some, *given]) == 0 and first not in capsys.readouterr().out
    assert main(["verify", str(out), *some]) == 1 and main(["check", *some]) == 0

def test_a_layout_travels_a_certificate_is_issued_again_and_copies_say_so(tmp_path: Path,
                                                                          capsys: pytest.CaptureFixture[str],
                                                                          example_of: Callable[..., Path]) -> None:
    db, layout, out = tmp_path / "mau.ocop", tmp_path / "mau.json", tmp_path / "so.pdf"
    example_of(db)
    assert main(["certificate", "layout", "--db", str(db), "--out", str(layout)]) == 0
    layout.write_text(layout.read_text(encoding="utf-8").replace("SẢN PHẨM OCOP", "SẢN PHẨM XỨ LẠNG"), encoding="utf-8")
    assert main(["certificate", "take-layout", str(layout), "--db", str(db)]) == 0
    assert main(["certificate", "reissue", "--db", str(db), "--number", "01-2026/GCN-OCOP", "--why", "Giấy cũ bị mất",
                 "--date", "01/12/2026"]) == 0
    assert "08-2026/GCN-OCOP" in capsys.readouterr().out
    assert main(["certificate", "reissue", "--db", str(db), "--number", "01-2026/GCN-OCOP", "--why", "lại"]) == 2
    assert main(["certificates", "--db", str(db), "--session", "2026-1", "--copy", "--out", str(out)]) == 0
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(out)]
    assert len(pages) == 7
    assert all("BẢN SAO" in page and "SẢN PHẨM XỨ LẠNG" in page for page in pages)
    assert sum("Cấp lại, thay giấy số 01-2026/GCN-OCOP" in page for page in pages) == 1
    layout.write_text(layout.read_text(encoding="utf-8").replace('"size": 310', '"size": "to"'), encoding="utf-8")
    assert main(["certificate", "take-layout", str(layout), "--db", str(db)]) == 2
    assert "product" in capsys.readouterr().err
