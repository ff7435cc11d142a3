"""Signing and checking a PDF from the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ocop_desktop.cli import main
from tests.exchange.certificates_made import NAME, PASSPHRASE, made


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    canvas = Canvas("giay.pdf")
    canvas.drawString(100, 100, "OCOP")
    canvas.save()
    Path("ky.p12").write_bytes(made().p12())
    Path("goc.pem").write_bytes(made().pem())
    Path("mat-khau.txt").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    return tmp_path


def test_a_file_is_signed_and_checked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sign = ["sign", "giay.pdf", "--p12", "ky.p12", "--secret-file", "mat-khau.txt", "--reason", "Phê duyệt"]
    assert main([*sign, "--out", "da-ky.pdf"]) == 0
    assert capsys.readouterr().out == f"Đã ký và ghi da-ky.pdf; người ký: {NAME}.\n"
    assert main(["verify-pdf", "da-ky.pdf", "--trust", "goc.pem"]) == 0
    said = capsys.readouterr()
    assert "Tệp nguyên vẹn từ khi ký." in said.out and "(tin cậy)" in said.out and said.err == ""
    assert main(["verify-pdf", "da-ky.pdf", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["name"], told["state"], told["reason"], told["trusted"]) == (NAME, "untouched", "Phê duyệt", None)
    content = (folder / "da-ky.pdf").read_bytes().replace(b"/MediaBox", b"/MediaBux", 1)
    (folder / "sua.pdf").write_bytes(content)
    assert main(["verify-pdf", "sua.pdf"]) == 1 and "ĐÃ BỊ SỬA" in capsys.readouterr().out
    assert main(["verify-pdf", "giay.pdf"]) == 2 and "không có chữ ký" in capsys.readouterr().out


def test_a_wrong_passphrase_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("mat-khau.txt").write_text("bi mat sai\n", encoding="utf-8")
    assert main(["sign", "giay.pdf", "--p12", "ky.p12", "--secret-file", "mat-khau.txt", "--out", "da-ky.pdf"]) == 2
    said = capsys.readouterr()
    assert said.err == "Mật khẩu của tệp chứng thư ky.p12 chưa đúng. Hãy gõ lại.\n" and "bi mat sai" not in said.out + said.err
    assert not (folder / "da-ky.pdf").exists()


def test_a_file_or_a_token_not_both_and_not_neither(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in ([], ["--p12", "ky.p12", "--pkcs11", "a.so"]):
        with pytest.raises(SystemExit) as end:
            main(["sign", "giay.pdf", *words, "--out", "a.pdf"])
        assert end.value.code == 2 and "--pkcs11" in capsys.readouterr().err


def test_start_up_reads_no_library_of_signing() -> None:
    code = ("import sys, ocop_desktop.cli, ocop_desktop.commands.parsing, ocop_desktop.ui.main_window, ocop_desktop.ui.screens;"
            "print([m for m in ('pyhanko', 'cryptography', 'asn1crypto', 'pkcs11', 'aiohttp', 'pypdfium2') if m in sys.modules])")
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
