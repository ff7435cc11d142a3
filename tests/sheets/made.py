"""Spreadsheets with invented producers for the tests: clean, and with what offices do to them; the truth beside each."""

from __future__ import annotations

import datetime as dt
import io
import random
import unicodedata
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook

COMMUNES = (("Mẫu Sơn", "Xã"), ("Tân Văn", "Xã"), ("Hữu Liên", "Xã"), ("Đông Kinh", "Phường"), ("Văn Quan", "Xã"))
KINDS = (
    ("Hợp tác xã", "cooperative"),
    ("Công ty TNHH", "company"),
    ("Hộ kinh doanh", "household"),
    ("Tổ hợp tác", "cooperative_group"),
)
GOODS = (("Mật ong rừng", 4), ("Chè đen", 11), ("Miến đao", 6), ("Rượu mầm thóc", 14), ("Homestay suối Đá", 26), ("Tương bần", 9))
REGISTER = (
    "TT",
    "Tên sản phẩm",
    "Nhóm sản phẩm",
    "Loại hình",
    "Chủ thể",
    "Xã/phường",
    "Địa chỉ",
    "Người đại diện",
    "Điện thoại",
    "Hạng sao hiện tại",
    "Ngày hết hạn",
    *(("Hạng sao", "Ngày", "Năm", "Số quyết định", "Cơ quan") * 2),
    "Ghi chú",
)
APPLICATIONS = (
    "STT",
    "Tên sản phẩm",
    "Bộ sản phẩm (số)",
    "Tên chủ thể",
    "Loại hình tổ chức",
    "Xã/phường",
    "Địa chỉ liên hệ",
    "Người đại diện",
    "Điện thoại",
    "Lần đăng ký",
    "Số sản phẩm mẫu",
)


@dataclass
class Made:
    """A file and what a careful clerk reads in it."""

    path: Path
    truth: list[dict[str, Any]] = field(default_factory=list)


def truth_of(count: int, seed: int) -> list[dict[str, Any]]:
    """Invented product rows; a producer has one to three neighbouring products, every third product two recognitions."""
    dice = random.Random(seed)
    rows: list[dict[str, Any]] = []
    while len(rows) < count:
        number = len(rows)
        kind, key = dice.choice(KINDS)
        commune, unit = dice.choice(COMMUNES)
        producer = {
            "producer": f"{kind} Bản Thử {number}",
            "kind": key,
            "commune": commune,
            "unit": unit,
            "address": f"Thôn {dice.randint(1, 9)}, {unit.lower()} {commune}",
            "representative": f"Người Thử {number}",
            "phone": f"09{dice.randint(0, 99999999):08d}",
        }
        for _n in range(dice.randint(1, 3)):
            name, set_no = dice.choice(GOODS)
            first = dt.date(2021, 1, 1) + dt.timedelta(days=dice.randint(0, 700))
            second = first + dt.timedelta(days=1000 + dice.randint(0, 200)) if len(rows) % 3 == 0 else None
            rows.append(
                {
                    **producer,
                    "product": f"{name} số {len(rows)}",
                    "set": set_no,
                    "first": first,
                    "second": second,
                    "stars": (dice.choice((3, 4)), 4 if second else None),
                    "decisions": (f"{100 + len(rows)}/QĐ-UBND", f"{900 + len(rows)}/QĐ-UBND"),
                    "application": dice.choice(("Lần đầu", "Nâng hạng", "Đánh giá lại")),
                    "samples": 0 if set_no == 26 else 5,
                }
            )
    return rows[:count]


def end_of(issued: dt.date) -> dt.date:
    """36 months later (no 29 February among the made days)."""
    return issued.replace(year=issued.year + 3, day=min(issued.day, 28) if issued.month == 2 else issued.day)


def register(path: Path, count: int = 30, seed: int = 1, dirty: bool = False) -> Made:
    """A register of 22 columns, as .xlsx."""
    truth, dice, book = truth_of(count, seed), random.Random(seed), Workbook()
    sheet = book.active
    sheet.title = "Loc"
    if dirty:
        sheet.append(["ỦY BAN NHÂN DÂN TỈNH"])
        sheet.append(["DANH SÁCH SẢN PHẨM OCOP"])
        sheet.append([])
        sheet.append([*REGISTER[:11], "Công nhận lần 1", *[None] * 4, "Công nhận lần 2/nâng hạng", *[None] * 4, REGISTER[21]])
        sheet.append([None] * 11 + list(REGISTER[11:21]))
        sheet.merge_cells("L4:P4")
        sheet.merge_cells("Q4:U4")
    else:
        sheet.append(list(REGISTER))
    before = ""
    for number, row in enumerate(truth, 1):
        if dirty and number % 7 == 1:
            sheet.append([f"{'I' * (number // 7 + 1)}. Huyện Cũ"])
        blank = dirty and row["producer"] == before
        before = row["producer"]
        second = row["second"]
        expires = end_of(second or row["first"])
        sheet.append(
            [
                number,
                spoil(dice, row["product"], dirty),
                f"Bộ {row['set']}",
                KINDS_BACK[row["kind"]],
                None if blank else row["producer"],
                f"{row['unit']} {row['commune']}" if dirty else row["commune"],
                row["address"],
                row["representative"],
                int(row["phone"]) if dirty else row["phone"],
                stars(dice, row["stars"][1] or row["stars"][0], dirty),
                day(dice, expires, dirty),
                stars(dice, row["stars"][0], dirty),
                day(dice, row["first"], dirty),
                row["first"].year,
                row["decisions"][0],
                "UBND tỉnh Thử",
                *(
                    (
                        stars(dice, row["stars"][1], dirty),
                        day(dice, second, dirty),
                        second.year,
                        row["decisions"][1],
                        "UBND tỉnh Thử",
                    )
                    if second
                    else [None] * 5
                ),
                None,
            ]
        )
        row["row"] = sheet.max_row
    _foot(sheet, dirty, count)
    book.save(path)
    return Made(path, truth)


def applications(path: Path, count: int = 30, seed: int = 1, dirty: bool = False) -> Made:
    """A registration list, as .xlsx."""
    truth, dice, book = truth_of(count, seed), random.Random(seed), Workbook()
    sheet = book.active
    if dirty:
        sheet.append(["DANH SÁCH ĐĂNG KÝ"])
        sheet.append([])
    sheet.append(list(APPLICATIONS))
    before = ""
    for number, row in enumerate(truth, 1):
        blank = dirty and row["producer"] == before
        before = row["producer"]
        sheet.append(
            [
                number,
                spoil(dice, row["product"], dirty),
                row["set"],
                None if blank else spoil(dice, row["producer"], dirty),
                KINDS_BACK[row["kind"]],
                row["commune"],
                row["address"],
                row["representative"],
                int(row["phone"]) if dirty else row["phone"],
                row["application"],
                row["samples"],
            ]
        )
        row["row"] = sheet.max_row
    _foot(sheet, dirty, count)
    book.save(path)
    return Made(path, truth)


def _foot(sheet: Any, dirty: bool, count: int) -> None:
    if dirty:
        sheet.append([])
        sheet.append([None, f"Tổng cộng: {count} sản phẩm"])
        sheet.append([None, None, None, None, "NGƯỜI LẬP BIỂU"])


KINDS_BACK = {key: words for words, key in KINDS}


def spoil(dice: random.Random, words: str, dirty: bool) -> str:
    """What copying between programs does to a text; never what it says."""
    if not dirty:
        return words
    return dice.choice(
        (words, unicodedata.normalize("NFD", words), f" {words}  ", words.replace(" ", "\u00a0", 1), words + "\u200b")
    )


def stars(dice: random.Random, count: int, dirty: bool) -> Any:
    """A number of stars in one of its spellings."""
    return dice.choice((count, f"{count} sao", f"OCOP {count}*", "*" * count, f"{count} Sao ")) if dirty else count


def day(dice: random.Random, value: dt.date, dirty: bool) -> Any:
    """A day in one of its spellings."""
    written = (
        value,
        value.strftime("%d/%m/%Y"),
        f"{value.day}/{value.month}/{value.year}",
        value.strftime("%d-%m-%Y"),
        value.isoformat(),
    )
    return dice.choice(written) if dirty else value


def book_of(path: Path, *sheets: tuple[str, list[list[Any]]], hidden: str = "") -> Path:
    """A workbook of plain rows; a value that begins with # becomes an error cell, with = a formula without result."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if name == hidden:
            sheet.sheet_state = "hidden"
    book.save(path)
    return path


_ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
 office:version="1.2"><office:body><office:spreadsheet>
<table:table table:name="Bảng">{rows}</table:table>
</office:spreadsheet></office:body>
</office:document-content>"""

_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/"
 manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>"""


def ods_of(path: Path, rows: list[list[str]]) -> Path:
    """An .ods of texts; a text that begins with # is an error cell."""

    def cell(words: str) -> str:
        error = ' office:string-value="" calcext:value-type="error"' if words.startswith("#") else ""
        return (
            f'<table:table-cell office:value-type="string"{error}><text:p>{words}</text:p></table:table-cell>'
            if words
            else "<table:table-cell/>"
        )

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("content.xml", _ODS.format(rows=body))
    return path


def edit_zip(path: Path, member: str, change: Any) -> Path:
    """Change one member of a zip file."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[member] = change(parts[member])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    path.write_bytes(buffer.getvalue())
    return path
