"""Files of every kind, good and bad: rows, error cells, or one sentence that says what is wrong."""

from __future__ import annotations

import random
import struct
import zipfile
from pathlib import Path

import pytest

from ocop_desktop.errors import UserError
from ocop_desktop.sheets.containers import Limits
from ocop_desktop.sheets.error_cells import UNCALCULATED, column_of, letters
from ocop_desktop.sheets.reading import read
from tests.sheets.made import book_of, edit_zip, ods_of

ROWS = [["STT", "Tên sản phẩm", "Chủ thể"], [1, "Mật ong", "HTX Thử"]]


def sentence(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(UserError) as caught:
        read(path, limits or Limits())
    said = str(caught.value)
    assert path.name in said or str(path) in said
    assert "{" not in said
    return said


def test_an_xlsx_gives_its_sheets_the_hidden_ones_last(tmp_path):
    book = read(book_of(tmp_path / "a.xlsx", ("Ẩn", ROWS), ("Hiện", ROWS), hidden="Ẩn"))
    assert [(s.name, s.hidden) for s in book.sheets] == [("Hiện", False), ("Ẩn", True)]
    assert book.sheets[0].rows[1] == [1.0, "Mật ong", "HTX Thử"]
    assert len(book.sha256) == 64


def test_error_values_and_uncalculated_formulas_are_not_lost(tmp_path):
    book = read(book_of(tmp_path / "a.xlsx", ("S", [["x", "#REF!", None, "#N/A"], ["=1+1", "y", None, None]])))
    assert book.sheets[0].errors == {(0, 1): "#REF!", (0, 3): "#N/A", (1, 0): UNCALCULATED}


def test_an_ods_gives_rows_and_error_cells(tmp_path):
    book = read(ods_of(tmp_path / "a.ods", [["Tên sản phẩm", "Sao"], ["Mật ong", "#REF!"]]))
    assert book.sheets[0].rows[0] == ["Tên sản phẩm", "Sao"]
    assert book.sheets[0].errors == {(1, 1): "#REF!"}


def test_an_old_xls_gives_rows_and_error_cells(tmp_path):
    path = tmp_path / "a.xls"
    path.write_bytes(_xls())
    book = read(path)
    assert book.kind == "xls"
    assert book.sheets[0].rows[0][0] == 7.0
    assert book.sheets[0].errors == {(0, 1): "#REF!"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_text_tables_in_common_encodings_and_separators(tmp_path, encoding, separator):
    words = 'Tên sản phẩm,Chủ thể\n"Chè, loại một",Hợp tác xã Đồng Tâm\n'.replace('",', '"\0').replace("phẩm,", "phẩm\0")
    text = words.replace("\0", separator)
    path = tmp_path / "a.csv"
    if encoding == "cp1258":
        import unicodedata

        parts = (unicodedata.normalize("NFD", c) for c in text)
        text = "".join(p if len(p) == 1 else _cp1258(p) for p in parts)
    path.write_bytes(text.encode(encoding))
    rows = read(path).sheets[0].rows
    assert rows == [["Tên sản phẩm", "Chủ thể"], ["Chè, loại một", "Hợp tác xã Đồng Tâm"]]


def _cp1258(parts: str) -> str:
    """A letter as Windows wrote it: base with its hat, then the tone."""
    import unicodedata

    tones = [c for c in parts[1:] if c in "\u0300\u0301\u0303\u0309\u0323"]
    base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
    return base + "".join(tones)


def test_the_content_decides_not_the_name(tmp_path):
    path = book_of(tmp_path / "a.xlsx", ("S", ROWS))
    renamed = path.rename(tmp_path / "a.csv")
    assert read(renamed).kind == "xlsx"


def test_missing_empty_and_folders(tmp_path):
    assert "Không tìm thấy" in sentence(tmp_path / "khong-co.xlsx")
    (tmp_path / "rong.xlsx").write_bytes(b"")
    assert "trống" in sentence(tmp_path / "rong.xlsx")
    assert "thư mục" in sentence(tmp_path)
    assert "không có ô nào" in sentence(book_of(tmp_path / "trang.xlsx", ("S", [])))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html><table><tr><td>x</td></tr></table></html>", "HTML"),
        (b"\n  <TABLE border=1><tr><td>x", "HTML"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "XML"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "không phải bảng tính"),
        (b"PK\x03\x04 cut off", "hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "Word"),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00", "rất cũ"),
    ],
)
def test_what_is_no_spreadsheet_is_named(tmp_path, content, said):
    path = tmp_path / "danh-sach.xls"
    path.write_bytes(content)
    assert said in sentence(path)


def test_other_archives_are_named(tmp_path):
    for member, said in (("word/document.xml", "Word"), ("anh/1.jpg", "tệp nén")):
        path = tmp_path / "x.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(member, "x")
        assert said in sentence(path)


def test_a_damaged_sheet_ends_in_a_sentence(tmp_path):
    path = edit_zip(book_of(tmp_path / "a.xlsx", ("S", ROWS)), "xl/worksheets/sheet1.xml", lambda data: data[: len(data) // 2])
    assert "hỏng" in sentence(path)
    whole = book_of(tmp_path / "b.xlsx", ("S", ROWS * 200)).read_bytes()
    for cut in (len(whole) // 3, len(whole) - 40):
        (tmp_path / "b.xlsx").write_bytes(whole[:cut])
        assert "hỏng" in sentence(tmp_path / "b.xlsx")


def test_entities_are_refused(tmp_path):
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet/>'
    path = edit_zip(book_of(tmp_path / "a.xlsx", ("S", ROWS)), "xl/worksheets/sheet1.xml", lambda _data: bomb)
    assert "không an toàn" in sentence(path)
    workbook = edit_zip(book_of(tmp_path / "b.xlsx", ("S", ROWS)), "xl/workbook.xml", lambda data: b"<!DOCTYPE a>" + data)
    assert "hỏng" in sentence(workbook) or "không an toàn" in sentence(workbook)


def test_limits_hold(tmp_path):
    path = book_of(tmp_path / "a.xlsx", ("S", ROWS * 50))
    assert "giới hạn" in sentence(path, Limits(file_bytes=100))
    assert "bung ra" in sentence(path, Limits(unpacked=1000))
    assert "dòng" in sentence(path, Limits(rows=20))
    assert "cột" in sentence(path, Limits(columns=2))
    csv = tmp_path / "a.csv"
    csv.write_text("a,b\n" * 30, encoding="utf-8")
    assert "20 dòng" in sentence(csv, Limits(rows=20))


def test_a_far_cell_does_not_fill_the_memory(tmp_path):
    def far(data: bytes) -> bytes:
        return data.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')

    path = edit_zip(book_of(tmp_path / "a.xlsx", ("S", ROWS)), "xl/worksheets/sheet1.xml", far)
    assert "1048576 dòng" in sentence(path)


def test_column_letters_go_both_ways():
    assert [letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert all(column_of(letters(n)) == n for n in range(2000))


def _xls() -> bytes:
    """A BIFF8 workbook with 7 in A1 and #REF! in B1, put together by hand."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    globals_ = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    name = b"\x05\x00Trang"
    offset = len(globals_) + 4 + 6 + len(name) + 4
    globals_ += record(0x85, struct.pack("<IH", offset, 0) + name) + record(0x0A, b"")
    sheet = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + record(0x200, struct.pack("<IIHHH", 0, 1, 0, 2, 0))
    sheet += (
        record(0x203, struct.pack("<HHHd", 0, 0, 0, 7.0))
        + record(0x205, struct.pack("<HHHBB", 0, 1, 0, 0x17, 1))
        + record(0x0A, b"")
    )
    stream = (globals_ + sheet).ljust(4096, b"\0")
    end, fat_mark, free = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[free] * 108)
    fat = struct.pack("<128I", fat_mark, end, *range(3, 10), end, *[free] * 118)
    entries = _entry("Root Entry", 5, end, 0, child=1) + _entry("Workbook", 2, 2, 4096) + b"\0" * 256
    return header + fat + entries + stream


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
    words = name.encode("utf-16-le") + b"\0\0"
    return (
        words.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(words), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        + b"\0" * 36
        + struct.pack("<III", start, size, 0)
    )


def test_mutated_files_end_in_rows_or_a_sentence(tmp_path):
    """A thousand broken files (flipped bits, cut tails, edits inside the zip): never anything but rows or a UserError."""
    dice = random.Random(7)
    made = {
        ".xlsx": book_of(tmp_path / "a.xlsx", ("S", ROWS * 5)).read_bytes(),
        ".ods": ods_of(tmp_path / "a.ods", [["Tên sản phẩm", "Sao"], ["Mật ong", "#REF!"]]).read_bytes(),
        ".xls": _xls(),
        ".csv": "Tên sản phẩm;Chủ thể\nChè;HTX\n".encode("utf-16"),
    }
    for number in range(1000):
        ending = dice.choice(list(made))
        data = bytearray(made[ending])
        if number % 3 == 0:
            data = data[: dice.randrange(len(data))]
        else:
            for _flip in range(dice.randint(1, 12)):
                data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        path = tmp_path / f"x{ending}"
        path.write_bytes(data)
        try:
            assert read(path).sheets
        except UserError as error:
            assert "x" in str(error)


def test_a_cell_longer_than_excel_keeps_is_refused_with_a_sentence(tmp_path):
    path = tmp_path / "dai.csv"
    path.write_text("Tên sản phẩm;Sao\n" + "a" * 40_000 + ";3\n", encoding="utf-8")
    with pytest.raises(UserError, match="dài"):
        read(path)
