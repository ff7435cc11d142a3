"""The readers themselves, as the reading process runs them: bytes to sheets, calamine first and openpyxl where it fails."""

from __future__ import annotations

import datetime as dt
import hashlib
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile

from ocop_desktop.errors import UserError
from ocop_desktop.sheets import containers, separated
from ocop_desktop.sheets.containers import Limits, Marks

CHUNK = 2000  # rows handed over at once
LONGEST = 32_767  # characters of a cell, as Excel has it
_SHARED = frozenset((str, dt.date, dt.datetime))


class Head(NamedTuple):
    """A sheet without its rows: see ``reading.Sheet``."""

    name: str
    hidden: bool
    merged: tuple[tuple[int, int, int, int], ...]
    marks: Marks


Part = Head | list[list[Any]] | None  # a sheet, then its rows in portions; None: forget the sheets given, they come again


def read(path: Path, name: str, limits: Limits) -> Iterator[tuple[str, str] | Part]:
    """The kind and the SHA-256 of a file, then its sheets.

    Args:
        name: what sentences call it.

    Raises:
        UserError: it cannot be read; says why and what to do.
    """
    data = _bytes_of(path, name)
    kind = containers.kind_of(data, name)
    yield kind, hashlib.sha256(data).hexdigest()
    if kind == "text":
        yield Head("", False, (), Marks())
        yield from (once(rows, name) for rows in separated.read(data, name, limits, CHUNK))
        return
    marks = containers.examine(data, kind, name, limits)
    del data
    yield from _by_calamine(path, name, kind, marks, limits)


def _bytes_of(path: Path, name: str) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError(
            "Không đọc được tệp “{file}” ({why}); hãy đóng tệp ở chương trình khác rồi thử lại.",
            file=name,
            why=error.strerror or type(error).__name__,
        ) from None
    if not data.strip(b"\x00 \t\r\n"):
        raise UserError("Tệp “{file}” trống; hãy kiểm tra đã lưu bảng tính trước khi gửi.", file=name)
    return data


def _by_calamine(path: Path, name: str, kind: str, marks: dict[str, Marks], limits: Limits) -> Iterator[Part]:
    """Sheets by calamine; an .xlsx it cannot read goes to openpyxl."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    given = charts = 0
    try:
        with CalamineWorkbook.from_path(path) as book:
            metas = book.sheets_metadata
            if len(metas) > limits.sheets:
                raise _too_many_sheets(name, len(metas), limits)
            for meta in metas:
                if meta.typ != SheetTypeEnum.WorkSheet:
                    charts += 1
                    continue
                sheet = book.get_sheet_by_name(meta.name)
                last_row, last_column = sheet.end or (-1, -1)
                check_size(name, meta.name, last_row + 1, last_column + 1, limits)
                merged = tuple((a, b, c, d) for (a, b), (c, d) in sheet.merged_cell_ranges or ())
                yield Head(meta.name, meta.visible != SheetVisibleEnum.Visible, merged, marks.get(meta.name, Marks()))
                given += 1
                yield from _portions(sheet, name)
                del sheet
    except PasswordError:
        raise locked(name) from None
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        if kind != "xlsx":
            raise damaged(name) from error
        yield None
        yield from _by_openpyxl(path, name, marks, limits)
        return
    except BaseException as error:  # a panic of the reader's Rust has no class one could name, and is no Exception
        if type(error).__name__ != "PanicException":
            raise
        if kind != "xlsx":
            raise damaged(name) from error
        yield None
        yield from _by_openpyxl(path, name, marks, limits)
        return
    if not given and charts:
        raise UserError("Tệp “{file}” chỉ có biểu đồ, không có trang nào chứa bảng; hãy chọn tệp có bảng số liệu.", file=name)


def _portions(sheet: Any, name: str) -> Iterator[list[list[Any]]]:
    """Rows from the first of the sheet on; rows before the used area are empty ones."""
    first_row, first_column = sheet.start or (0, 0)
    before: list[Any] = [""] * first_column
    rows: list[list[Any]] = [[] for _ in range(first_row)]
    for row in sheet.iter_rows():
        rows.append([*before, *row] if first_column else row)
        if len(rows) >= CHUNK:
            yield once(rows, name)
            rows = []
    if rows:
        yield once(rows, name)


def once(rows: list[list[Any]], name: str) -> list[list[Any]]:
    """The rows with each text and day of theirs there only once: a register says the same things again and again.

    Raises:
        UserError: a text is longer than Excel keeps in a cell.
    """
    known: dict[Any, Any] = {}
    if len(widths := set(map(len, rows))) == 1 and widths != {0}:  # by columns: what is in one is mostly of one kind
        rows = list(map(list, zip(*(_once(column, known) for column in zip(*rows, strict=True)), strict=True)))
    else:
        rows = [_once(row, known) for row in rows]
    if (longest := max((len(text) for text in known if text.__class__ is str), default=0)) > LONGEST:
        raise UserError("Tệp “{file}” có một ô dài {count} ký tự, quá giới hạn {limit} ký tự của Excel; hãy xóa bớt "
                        "chữ của ô ấy.", file=name, count=longest, limit=LONGEST)
    return rows


def _once(cells: Sequence[Any], known: dict[Any, Any]) -> list[Any]:
    """Cells, each text and day as it was first met; numbers are left alone, for 1, 1.0 and True are equal and not the same."""
    if _SHARED.issuperset(map(type, cells)):
        return list(map(known.setdefault, cells, cells))
    return [known.setdefault(cell, cell) if cell.__class__ in _SHARED else cell for cell in cells]


def _by_openpyxl(path: Path, name: str, marks: dict[str, Marks], limits: Limits) -> Iterator[Part]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # notes about styles and extensions that do not matter here
        try:
            book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
            if len(book.sheetnames) > limits.sheets:
                raise _too_many_sheets(name, len(book.sheetnames), limits)
            for sheet in book.worksheets:
                sheet.reset_dimensions()
                rows: list[list[Any]] = []
                for values in sheet.iter_rows(max_col=limits.columns + 1, values_only=True):
                    rows.append(["" if v is None else v for v in values])
                    check_size(name, sheet.title, len(rows), len(values), limits)
                yield Head(sheet.title, sheet.sheet_state != "visible", (), marks.get(sheet.title, Marks()))
                yield once(rows, name)
            book.close()
        except (
            InvalidFileException,
            BadZipFile,
            SyntaxError,  # what every XML reader raises for broken XML
            LookupError,
            ValueError,
            TypeError,
            AttributeError,
            OSError,
        ) as error:
            raise damaged(name) from error


def _too_many_sheets(file: str, count: int, limits: Limits) -> UserError:
    return UserError(
        "Tệp “{file}” có {count} trang, quá giới hạn {limit} trang; hãy chép các trang cần nhập sang tệp mới.",
        file=file,
        count=count,
        limit=limits.sheets,
    )


def check_size(file: str, sheet: str, height: int, width: int, limits: Limits) -> None:
    """Refuse a sheet that is larger than what is read, before its cells are unfolded."""
    if height > limits.rows or width > limits.columns or height * width > limits.cells:
        raise UserError(
            "Trang “{sheet}” của tệp “{file}” trải tới {rows} dòng × {columns} cột, quá giới hạn {most_rows} dòng × "
            "{most_columns} cột; "
            "hãy xóa các dòng, cột thừa hoặc tách thành nhiều tệp.",
            sheet=sheet,
            file=file,
            rows=height,
            columns=width,
            most_rows=limits.rows,
            most_columns=limits.columns,
        )


def damaged(file: str) -> UserError:
    """The file is of a known kind but cannot be read."""
    return UserError(
        "Tệp “{file}” bị hỏng, không đọc được; hãy mở bằng Excel hoặc LibreOffice, lưu lại dạng .xlsx rồi nhập lại.", file=file
    )


def locked(file: str) -> UserError:
    """The file asks for a password."""
    return UserError("Tệp “{file}” có đặt mật khẩu; hãy mở bằng Excel, bỏ mật khẩu, lưu lại rồi nhập lại.", file=file)
