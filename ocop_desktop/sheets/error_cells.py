"""Cells that hold an error value or an uncalculated formula: the reader gives '' for them, so they are found here."""

from __future__ import annotations

import re
import zipfile
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ocop_desktop.errors import UserError
from ocop_desktop.sheets.containers import Errors, Limits

_CELL = re.compile(rb"<c\b([^>]*)>(.*?)</c>", re.DOTALL)
_FAR = re.compile(rb' r="([A-Z]{3,})\d')
_ROW = re.compile(rb'<row [^>]*?\br="(\d+)"')
_REF = re.compile(rb'\br="([A-Z]+)(\d+)"')
_VALUE = re.compile(rb"<v>([^<]*)</v>")
_NO_RESULT = (b"</f></c>", b"</f><v></v></c>", b"</f><v/></c>", b"</f><v /></c>")
UNCALCULATED = "=?"  # a formula saved without its result
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"


def letters(column: int) -> str:
    """Excel's letters of a 0-based column: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_of(name: str) -> int:
    """The 0-based column of Excel's letters."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


def sheet_names(archive: zipfile.ZipFile, file: str) -> dict[str, str]:
    """Which member holds which sheet of an .xlsx: ``{"xl/worksheets/sheet1.xml": "Loc"}``."""
    try:
        book = fromstring(archive.read("xl/workbook.xml"))
        links = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except (KeyError, ParseError, DefusedXmlException, ValueError):
        raise UserError(
            "Tệp “{file}” bị hỏng, không đọc được; hãy mở bằng Excel hoặc LibreOffice, lưu lại dạng .xlsx rồi nhập lại.",
            file=file,
        ) from None
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    found = {}
    for sheet in book.iter():
        if sheet.tag.rsplit("}", 1)[-1] == "sheet":
            link = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), "")
            target = targets.get(link, "")
            found[target.lstrip("/") if target.startswith("/") else f"xl/{target}"] = sheet.get("name", "")
    return found


def check_reach(data: bytes, file: str, sheet: str, limits: Limits) -> None:
    """Refuse a sheet whose cells lie so far out that a dense grid of it would fill the memory."""
    rows = _ROW.findall(data)
    reach = max((int(r) for r in rows), default=0) if len(rows) <= limits.rows else len(rows)
    far = max((column_of(c.decode()) for c in set(_FAR.findall(data))), default=0)
    if reach > limits.rows or far >= limits.columns:
        raise UserError(
            "Trang “{sheet}” của tệp “{file}” trải tới {rows} dòng × {columns} cột, quá giới hạn {most_rows} dòng × "
            "{most_columns} cột; "
            "hãy xóa các dòng, cột thừa hoặc tách thành nhiều tệp.",
            sheet=sheet,
            file=file,
            rows=reach,
            columns=far + 1,
            most_rows=limits.rows,
            most_columns=limits.columns,
        )


def of_xlsx(data: bytes) -> dict[tuple[int, int], str]:
    """Error cells and uncalculated formulas of one sheet's XML."""
    if b't="e"' not in data and not any(end in data for end in _NO_RESULT):
        return {}
    found = {}
    for head, inside in _CELL.findall(data.replace(b"/>", b"></c>") if b"<c " in data else data):
        ref, value = _REF.search(head), _VALUE.search(inside)
        if not ref or not (b't="e"' in head or (b"<f" in inside and not (value and value[1]))):
            continue
        spot = (int(ref[2]) - 1, column_of(ref[1].decode()))
        found[spot] = value[1].decode("utf-8", "replace") if value and value[1] else UNCALCULATED
    return found


def of_ods(data: bytes, file: str) -> Errors:
    """Error cells of an .ods, per sheet."""
    if b'value-type="error"' not in data:
        return {}
    try:
        book = fromstring(data)
    except (ParseError, DefusedXmlException, ValueError):
        raise UserError(
            "Tệp “{file}” bị hỏng, không đọc được; hãy mở bằng Excel hoặc LibreOffice, lưu lại dạng .xlsx rồi nhập lại.",
            file=file,
        ) from None
    return {table.get(f"{_TABLE}name", ""): _ods_errors(table) for table in book.iter(f"{_TABLE}table")}


def _ods_errors(table: Element) -> dict[tuple[int, int], str]:
    found = {}
    at_row = 0
    for row in table.iter(f"{_TABLE}table-row"):
        at_column = 0
        for cell in row:
            if cell.get(f"{_CALCEXT}value-type") == "error" or cell.get(f"{_OFFICE}value-type") == "error":
                found[(at_row, at_column)] = "".join(cell.itertext()) or "#REF!"
            at_column += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        at_row += int(row.get(f"{_TABLE}number-rows-repeated", "1"))
    return found
