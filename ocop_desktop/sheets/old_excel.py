"""Error cells and old fonts of an .xls (BIFF5/8 inside an OLE container): the reader drops them, so they are read here."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from ocop_desktop.errors import UserError
from ocop_desktop.sheets.containers import Limits, Marks
from ocop_desktop.sheets.legacy import of_font

_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_FORMULA, _EOF, _BOUNDSHEET, _DIMENSIONS, _FILEPASS, _BOOLERR, _BOF = 0x06, 0x0A, 0x85, 0x200, 0x2F, 0x205, 0x809
_FONT, _XF, _TEXTS = 0x31, 0xE0, (0xFD, 0x204, 0xD6)
_LAST_SECTOR = 0xFFFFFFFA  # above it: free, end of chain


def marks_of(data: bytes, file: str, limits: Limits) -> dict[str, Marks]:
    """Error cells and old fonts per sheet.

    Raises:
        UserError: it is damaged, or a sheet reaches too far.
    """
    try:
        stream = _workbook(data)
        styles = _styles(stream)
        found = {}
        for offset, name in dict(_sheets(stream)).items():
            found[name] = Marks({}, {})
            _look_through(stream, offset, file, name, limits, styles, found[name])
    except (struct.error, IndexError, KeyError, ValueError):
        raise UserError(
            "Tệp “{file}” bị hỏng, không đọc được; hãy mở bằng Excel hoặc LibreOffice, lưu lại dạng .xlsx rồi nhập lại.",
            file=file,
        ) from None
    return found


def _styles(stream: bytes) -> dict[int, str]:
    """Number of a cell style -> encoding of its font, where that is of before Unicode."""
    old = struct.unpack_from("<H", stream, 4)[0] < 0x600
    fonts: list[str] = []
    styles: list[int] = []
    for kind, body in _records(stream, 0):
        if kind == _FONT and len(body) > 15:
            wide = not old and body[15] & 1
            start, length = (15, body[14]) if old else (16, body[14] * (2 if wide else 1))
            fonts.append(of_font(body[start : start + length].decode("utf-16-le" if wide else "latin-1", "replace")))
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", body)[0])
    if not any(fonts):
        return {}
    places = {font: font - (font > 4) for font in set(styles)}  # the format counts without a font 4
    return {n: fonts[places[f]] for n, f in enumerate(styles) if places[f] < len(fonts) and fonts[places[f]]}


def _workbook(data: bytes) -> bytes:
    """The stream ``Workbook`` or ``Book``, put together from its sectors."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    (directory,) = struct.unpack_from("<I", data, 48)
    sectors = [s for s in struct.unpack_from("<109I", data, 76) if s < _LAST_SECTOR]
    (more,) = struct.unpack_from("<I", data, 68)
    while more < _LAST_SECTOR and len(sectors) < len(data) // size + 1:
        entries = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        sectors += [s for s in entries[:-1] if s < _LAST_SECTOR]
        more = entries[-1]
    table: list[int] = []
    for sector in sectors:
        table += struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)
    entries_data = _chain(data, table, directory, size)
    for at in range(0, len(entries_data) - 127, 128):
        entry = entries_data[at : at + 128]
        name = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace")
        if name in ("Workbook", "Book"):
            start, length = struct.unpack_from("<II", entry, 116)
            if length < struct.unpack_from("<I", data, 56)[0]:  # kept in the container's small sectors
                return _chain(_root_stream(data, table, entries_data, size), _small_table(data, table, size), start, 64, first=0)[
                    :length
                ]
            return _chain(data, table, start, size)[:length]
    raise KeyError("Workbook")


def _root_stream(data: bytes, table: list[int], entries: bytes, size: int) -> bytes:
    return _chain(data, table, struct.unpack_from("<I", entries, 116)[0], size)


def _small_table(data: bytes, table: list[int], size: int) -> list[int]:
    whole = _chain(data, table, struct.unpack_from("<I", data, 60)[0], size)
    return list(struct.unpack(f"<{len(whole) // 4}I", whole))


def _chain(data: bytes, table: list[int], sector: int, size: int, first: int = 1) -> bytes:
    """The bytes of a chain of sectors; ``first``: sectors of header before them.

    Raises:
        ValueError: the chain leaves the file or runs in a ring.
    """
    parts: list[bytes] = []
    while sector < _LAST_SECTOR:
        part = data[(sector + first) * size : (sector + first + 1) * size]
        if not part or len(parts) > len(table):
            raise ValueError(sector)
        parts.append(part)
        sector = table[sector]
    return b"".join(parts)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        if kind == _EOF:
            return
        at += 4 + length


def _sheets(stream: bytes) -> Iterator[tuple[int, str]]:
    version = struct.unpack_from("<H", stream, 4)[0]
    for kind, body in _records(stream, 0):
        if kind != _BOUNDSHEET:
            continue
        (offset,) = struct.unpack_from("<I", body)
        if version < 0x600:
            yield offset, body[7 : 7 + body[6]].decode("cp1252", "replace")
        elif body[7] & 1:
            yield offset, body[8 : 8 + 2 * body[6]].decode("utf-16-le", "replace")
        else:
            yield offset, body[8 : 8 + body[6]].decode("latin-1")


def _look_through(
    stream: bytes, offset: int, file: str, sheet: str, limits: Limits, styles: dict[int, str], marks: Marks
) -> None:
    errors, fonts = marks
    for kind, body in _records(stream, offset):
        if kind == _DIMENSIONS and len(body) >= 12:
            last_row, last_column = struct.unpack_from("<IxxH", body, 4)
            if last_column > limits.columns or last_row * last_column > limits.cells:
                raise UserError(
                    "Trang “{sheet}” của tệp “{file}” trải tới {rows} dòng × {columns} cột, quá giới hạn {most_rows} dòng × "
                    "{most_columns} cột; hãy xóa các dòng, cột thừa hoặc tách thành nhiều tệp.",
                    sheet=sheet,
                    file=file,
                    rows=last_row,
                    columns=last_column,
                    most_rows=limits.rows,
                    most_columns=limits.columns,
                )
        elif kind == _BOOLERR and body[7]:
            errors[struct.unpack_from("<HH", body)] = _ERRORS.get(body[6], "#REF!")
        elif kind == _FORMULA and body[6] == 2 and body[12:14] == b"\xff\xff":
            errors[struct.unpack_from("<HH", body)] = _ERRORS.get(body[8], "#REF!")
        elif styles and kind in _TEXTS:
            row, column, style = struct.unpack_from("<HHH", body)
            if style in styles:
                fonts[(row, column)] = styles[style]
