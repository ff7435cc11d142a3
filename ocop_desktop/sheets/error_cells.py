"""Cells that hold an error value or an uncalculated formula: the reader gives '' for them, so they are found here."""

from __future__ import annotations

import re
import zipfile
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring, iterparse

from ocop_desktop.errors import UserError
from ocop_desktop.sheets.containers import Limits, Spots

_CELL = re.compile(rb"<c\b([^>]*)>(.*?)</c>", re.DOTALL)
_FAR = re.compile(rb' r="([A-Z]{3,})\d')
_ROW = re.compile(rb'<row [^>]*?\br="(\d+)"')
_REF = re.compile(rb'\br="([A-Z]+)(\d+)"')
_STYLED = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*? s="(\d+)"')
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
    except (LookupError, ParseError, DefusedXmlException, ValueError):
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


class SheetScan:
    """Error cells, uncalculated formulas and old fonts of one sheet's XML, fed in blocks of whole rows.

    Args:
        styles: number of a cell style -> encoding of its font, where that is of before Unicode.
    """

    def __init__(self, file: str, sheet: str, limits: Limits, styles: dict[bytes, str]) -> None:
        self.sheet = sheet
        self.errors: Spots = {}
        self.fonts: Spots = {}
        self._file, self._limits, self._styles = file, limits, styles
        self._rows = 0

    def feed(self, block: bytes) -> None:
        """Look through a block.

        Raises:
            UserError: a cell lies so far out that a dense grid of the sheet would fill the memory.
        """
        self._check_reach(block)
        if b't="e"' in block or (b"</f>" in block and any(end in block for end in _NO_RESULT)):
            self.errors.update(_errors_in(block))
        if self._styles:
            for column, row, style in _STYLED.findall(block):
                if style in self._styles:
                    self.fonts[(int(row) - 1, column_of(column.decode()))] = self._styles[style]

    def _check_reach(self, block: bytes) -> None:
        limits, rows = self._limits, _ROW.findall(block)
        self._rows += len(rows)
        reach = max(self._rows, max((int(r) for r in rows), default=0))
        far = max((column_of(c.decode()) for c in set(_FAR.findall(block))), default=0)
        if reach > limits.rows or far >= limits.columns:
            raise UserError(
                "Trang “{sheet}” của tệp “{file}” trải tới {rows} dòng × {columns} cột, quá giới hạn {most_rows} dòng × "
                "{most_columns} cột; "
                "hãy xóa các dòng, cột thừa hoặc tách thành nhiều tệp.",
                sheet=self.sheet,
                file=self._file,
                rows=reach,
                columns=far + 1,
                most_rows=limits.rows,
                most_columns=limits.columns,
            )


def _errors_in(block: bytes) -> Spots:
    found = {}
    for cell in _CELL.finditer(block.replace(b"/>", b"></c>")):
        head, inside = cell[1], cell[2]
        if b't="e"' not in head and b"<f" not in inside:
            continue
        ref, value = _REF.search(head), _VALUE.search(inside)
        if ref and (b't="e"' in head or not (value and value[1])):
            spot = (int(ref[2]) - 1, column_of(ref[1].decode()))
            found[spot] = value[1].decode("utf-8", "replace") if value and value[1] else UNCALCULATED
    return found


def of_ods(stream: IO[bytes], file: str) -> dict[str, Spots]:
    """Error cells of an .ods, per sheet, row by row."""
    found: dict[str, Spots] = {}
    spots: Spots = {}
    at_row = 0
    try:
        for event, element in iterparse(stream, ("start", "end")):
            if event == "start" and element.tag == f"{_TABLE}table":
                spots, at_row = found.setdefault(element.get(f"{_TABLE}name", ""), {}), 0
            elif event == "end" and element.tag == f"{_TABLE}table-row":
                _ods_errors(element, at_row, spots)
                at_row += int(element.get(f"{_TABLE}number-rows-repeated", "1"))
                element.clear()
    except (ParseError, DefusedXmlException, ValueError, LookupError):  # the last: an encoding nobody knows
        raise UserError(
            "Tệp “{file}” bị hỏng, không đọc được; hãy mở bằng Excel hoặc LibreOffice, lưu lại dạng .xlsx rồi nhập lại.",
            file=file,
        ) from None
    return found


def _ods_errors(row: Element, at_row: int, spots: Spots) -> None:
    at_column = 0
    for cell in row:
        if cell.get(f"{_CALCEXT}value-type") == "error" or cell.get(f"{_OFFICE}value-type") == "error":
            spots[(at_row, at_column)] = "".join(cell.itertext()) or "#REF!"
        at_column += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
