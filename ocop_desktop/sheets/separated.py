"""Text tables (.csv, .tsv) in any common encoding and with any common separator."""

from __future__ import annotations

import csv
import io
import re
import statistics
import unicodedata
from collections.abc import Iterator
from typing import Any

from ocop_desktop.errors import UserError
from ocop_desktop.sheets.containers import Limits
from ocop_desktop.sheets.legacy import TCVN3, VNI, to_unicode
from ocop_desktop.sheets.syllables import is_syllable, words

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
LOOKED_AT = 200_000  # bytes or letters that decide
_LINE = re.compile(r"[^\n\r]*(?:\r\n|\n|\r)|[^\n\r]+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ud800-\udfff]")
_SEPARATORS = ",;\t|"
# Letters a Vietnamese text does not have; a wrong code page shows itself by them.
_ALIEN = re.compile(r"[\x80-\x9f¡-©«-¿ÄÅÆÇËÎÏÑÖ×ØÛÜÞßäåæçëîïðñö÷øûüþÿ]")


def read(data: bytes, file: str, limits: Limits, portion: int) -> Iterator[list[list[Any]]]:
    """Rows of a text table in portions, all cells texts.

    Raises:
        UserError: cannot be decoded or split, or is too long.
    """
    text = decode(data, file)
    separator = separator_of(text[:LOOKED_AT])
    rows: list[list[Any]] = []
    count = 0
    try:
        for row in csv.reader(_lines(text), delimiter=separator):
            rows.append(row)
            count += 1
            if count > limits.rows or len(row) > limits.columns:
                raise UserError(
                    "Tệp “{file}” vượt quá {rows} dòng hoặc {columns} cột; hãy tách thành nhiều tệp.",
                    file=file,
                    rows=limits.rows,
                    columns=limits.columns,
                )
            if len(rows) >= portion:
                yield rows
                rows = []
    except csv.Error:
        raise UserError(
            "Tệp “{file}” có dòng {row} không tách được thành cột; hãy mở bằng Excel, lưu lại dạng .xlsx rồi nhập lại.",
            file=file,
            row=count + 1,
        ) from None
    if rows:
        yield rows


def _lines(text: str) -> Iterator[str]:
    """Lines with their ends, as they stand; the text is not copied."""
    return (line[0] for line in _LINE.finditer(text))


def decode(data: bytes, file: str) -> str:
    """The text of the bytes: byte-order mark, UTF-8, UTF-16 by its zeros, else the code page of most Vietnamese words.

    Text of TCVN3 and VNI comes out as the Western letters such a font shows; ``legacy`` converts it, column by column.
    """
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error.start
    if wide := utf_16(data):
        return data.decode(wide, "replace")
    if _mostly_utf_8(data, broken):
        return data.decode("utf-8", "replace")
    found = [(encoding, unicodedata.normalize("NFC", text)) for encoding, text in _readings(data)]
    if not found:
        raise UserError(
            "Không nhận ra bảng mã chữ của tệp “{file}”; hãy mở bằng Excel, lưu lại dạng .xlsx rồi nhập lại.", file=file
        )
    return max(found, key=lambda one: _likeness(one[0], one[1][:LOOKED_AT]))[1]


def utf_16(data: bytes) -> str:
    """``utf-16-le`` or ``utf-16-be`` for text without a byte-order mark that can only be that; else empty."""
    head = data[: LOOKED_AT & ~1]
    for encoding, odd in (("utf-16-le", 1), ("utf-16-be", 0)):
        if head[odd::2].count(0) * 3 > len(head) // 2 and not head[1 - odd :: 2].count(0):
            text = head.decode(encoding, "replace")
            if not _CONTROL.search(text) and all(c < "\u2200" or c in "\ufeff" for c in set(text)):
                return encoding
    return ""


def _mostly_utf_8(data: bytes, broken: int) -> bool:
    """UTF-8 with a few broken or cut letters: far more good letters than bad ones."""
    text = data[: broken + LOOKED_AT].decode("utf-8", "replace")
    return sum(1 for c in text if c > "\x7f" and c != "\ufffd") > 20 * text.count("\ufffd")


def _likeness(encoding: str, text: str) -> tuple[int, int]:
    """How many words are Vietnamese, as they stand or (Western letters) out of an old font; fewest strange letters next."""
    toned = {w for w in words(text) if not w.isascii()}
    ways = [toned] if encoding != "cp1252" else [toned, *({to_unicode(w, old) for w in toned} for old in (TCVN3, VNI))]
    return max(sum(map(is_syllable, way)) for way in ways), -len(_ALIEN.findall(text))


def _readings(data: bytes) -> list[tuple[str, str]]:
    from charset_normalizer import from_bytes

    found = []
    for encoding in ("cp1258", "cp1252"):
        try:
            found.append((encoding, data.decode(encoding)))
        except UnicodeDecodeError:
            continue
    best = None if found else from_bytes(data[:LOOKED_AT]).best()
    return [*found, (best.encoding, data.decode(best.encoding, "replace"))] if best is not None else found


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
