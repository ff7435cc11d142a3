"""Text tables (.csv, .tsv) in any common encoding and with any common separator."""

from __future__ import annotations

import csv
import io
import re
import statistics
import unicodedata
from typing import Any

from ocop_desktop.errors import UserError
from ocop_desktop.sheets.containers import Limits

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_SEPARATORS = ",;\t|"
# Letters a Vietnamese text does not have; a wrong code page shows itself by them.
_ALIEN = re.compile(r"[\x80-\x9f¡-©«-¿ÄÅÆÇËÎÏÑÖ×ØÛÜÞßäåæçëîïðñö÷øûüþÿ]")


def read(data: bytes, file: str, limits: Limits) -> list[list[Any]]:
    """Rows of a text table, all cells texts.

    Raises:
        UserError: cannot be decoded or split, or is too long.
    """
    text = decode(data, file)
    separator = separator_of(text)
    rows: list[list[Any]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            rows.append(row)
            if len(rows) > limits.rows or len(row) > limits.columns:
                raise UserError(
                    "Tệp “{file}” vượt quá {rows} dòng hoặc {columns} cột; hãy tách thành nhiều tệp.",
                    file=file,
                    rows=limits.rows,
                    columns=limits.columns,
                )
    except csv.Error:
        raise UserError(
            "Tệp “{file}” có dòng {row} không tách được thành cột; hãy mở bằng Excel, lưu lại dạng .xlsx rồi nhập lại.",
            file=file,
            row=len(rows) + 1,
        ) from None
    return rows


def decode(data: bytes, file: str) -> str:
    """The text of the bytes: byte-order mark, UTF-8, else the code page that gives the fewest letters strange to Vietnamese."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    found = [unicodedata.normalize("NFC", text) for text in _readings(data)]
    if not found:
        raise UserError(
            "Không nhận ra bảng mã chữ của tệp “{file}”; hãy mở bằng Excel, lưu lại dạng .xlsx rồi nhập lại.", file=file
        )
    return min(found, key=lambda text: len(_ALIEN.findall(text)))


def _readings(data: bytes) -> list[str]:
    from charset_normalizer import from_bytes

    found = []
    for encoding in ("cp1258", "cp1252"):
        try:
            found.append(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    best = None if found else from_bytes(data).best()
    return [*found, str(best)] if best is not None else found


def separator_of(text: str) -> str:
    """The separator that splits the first lines into the most columns, most evenly."""
    head = "\n".join(text.splitlines()[:40])
    scores = {}
    for separator in _SEPARATORS:
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(head, newline=""), delimiter=separator) if any(row)]
        except csv.Error:
            continue
        middle = statistics.median_low(widths) if widths else 1
        scores[separator] = (middle > 1, sum(w == middle for w in widths) * (middle > 1), middle)
    return max(scores, key=lambda s: scores[s]) if scores else ","
