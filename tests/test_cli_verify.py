"""``verify`` on a computer that has nothing but files from a stick: exit codes, sentences, JSON."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
import zxingcpp

from ocop_desktop.cli import main
from ocop_desktop.exchange.certificate_signature import fingerprint
from tests.exchange.vectors import FOLDER
from tests.exchange.vectors.qr import CODE, SIGNER

KEY, LIST = str(FOLDER / "khoa.ocopkhoa"), str(FOLDER / "thu-hoi.ocopthuhoi")
TEXT, DAY = SIGNER(CODE), ("--on", "24/11/2026")


def test_a_fresh_computer_verifies_with_the_key_file_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*words: str) -> tuple[int, str, str]:
        code = main(["verify", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    code, out, _err = run(TEXT, "--key", KEY, "--revoked", LIST, *DAY)
    assert code == 0 and out.startswith("GIẤY THẬT, CÒN HIỆU LỰC đến 05/02/2029.")
    for words in (CODE.number, CODE.product, CODE.producer, "4 sao", "3981/QĐ-UBND ngày 09/01/2026",
                  "danh sách thu hồi ngày 01/10/2026"):
        assert words in out
    code, out, _err = run(TEXT, "--key", KEY, "--json", "--on", "2029-02-06")
    (told,) = json.loads(out)
    assert (code, told["state"], told["genuine"], told["in_force"], told["list_of"], told["day"]) == (
        1, "expired", True, False, None, "2029-02-05")
    assert told["paper"]["product"] == CODE.product
    code, out, _err = run(TEXT, *DAY)
    assert code == 1 and out.startswith("CHƯA XÁC ĐỊNH ĐƯỢC") and f"({fingerprint(SIGNER.key)[:19]})" in out
    code, out, _err = run(TEXT.replace("7", "8", 1), "--key", KEY, *DAY)
    assert code == 1 and out.startswith("KHÔNG PHẢI GIẤY THẬT")

    picture = zxingcpp.create_barcode(TEXT, zxingcpp.BarcodeFormat.QRCode, ec_level="M").to_image(scale=4)
    from PIL import Image

    Image.fromarray(picture).save(tmp_path / "anh.png")
    assert run(str(tmp_path / "anh.png"), "--key", KEY, *DAY)[0] == 0
    monkeypatch.chdir(tmp_path)
    for name in ("ocop-anh.png", "OCOP2 anh"):  # begins as a code does, and is a photo all the same
        (tmp_path / name).write_bytes((tmp_path / "anh.png").read_bytes())
        assert run(name, "--key", KEY, *DAY)[0] == 0
    assert run("OCOP-khong-co.jpg", "--key", KEY)[0] == 2
    (tmp_path / "ma.txt").write_text(f"{TEXT}\n{TEXT[:-3]}\n", encoding="utf-8")
    code, out, _err = run(str(tmp_path / "ma.txt"), "--key", KEY, *DAY, "--json")
    assert code == 1 and [one["state"] for one in json.loads(out)] == ["valid", "not_genuine"]
    for words in (TEXT.swapcase(), TEXT.lower() + "ô" * 300):  # a keyboard's doing, longer than any file's name
        assert run(words, "--key", KEY)[1].startswith("ĐỌC SAI")
    for words in ("", "x" * 300, "a\x00b"):
        assert run(words, "--key", KEY)[1].startswith("KHÔNG PHẢI GIẤY THẬT")
    monkeypatch.setattr("sys.stdin", io.StringIO(TEXT + "\r\n"))
    assert run("-", "--key", KEY, *DAY)[0] == 0
    assert run(str(tmp_path / "khong-co.jpg"), "--key", KEY)[0] == 2 and run(TEXT, "--key", LIST)[0] == 2


def test_keys_are_taken_in_once_their_fingerprint_was_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify-import", LIST]) == 2 and "nhận khóa công khai" in capsys.readouterr().err
    assert main(["verify-import", KEY]) == 2
    said = capsys.readouterr().err
    fingerprint = said.partition("có dấu ")[2].partition(".")[0]
    assert main(["verify-import", KEY, "--fingerprint", "0" * 32]) == 2 and main(["verify", TEXT, *DAY]) == 1
    assert main(["verify-import", KEY, LIST, "--fingerprint", fingerprint.lower()]) == 0
    assert main(["verify-import", KEY]) == 0  # known by now
    capsys.readouterr()
    assert main(["verify", TEXT, *DAY]) == 0 and "ngày 01/10/2026 của Ủy ban nhân dân tỉnh Lạng Sơn" in capsys.readouterr().out
