"""Open a spreadsheet of any common kind as plain rows; a bad file ends in one sentence. Nothing is ever extracted to disk."""

from __future__ import annotations

import datetime as dt
import hashlib
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from ocop_desktop.errors import UserError
from ocop_desktop.sheets import containers, separated
from ocop_desktop.sheets.containers import Limits

Cell = str | float | int | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
Spot = tuple[int, int]  # 0-based row and column


@dataclass(frozen=True)
class Sheet:
    """One sheet as it stands, from its first row and column on.

    Args:
        name: as the tab shows it; empty for text files.
        hidden: not shown to who opens the file.
        rows: cells as read; blank cells are ''.
        errors: cells that hold an error value or an uncalculated formula, with its text.
        merged: merged ranges as (first row, first column, last row, last column), 0-based, both ends included.
    """

    name: str
    hidden: bool
    rows: list[list[Any]] = field(repr=False)
    errors: dict[Spot, str] = field(default_factory=dict)
    merged: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True)
class Book:
    """A file with its sheets, visible ones first."""

    path: Path
    sha256: str
    kind: str
    sheets: tuple[Sheet, ...]

    @property
    def file(self) -> str:
        """The file's own name."""
        return self.path.name

    def sheet(self, name: str) -> Sheet:
        """The sheet of that name (or 1-based number).

        Raises:
            UserError: there is none; names those that exist.
        """
        for number, sheet in enumerate(self.sheets, 1):
            if name in (sheet.name, str(number)):
                return sheet
        raise UserError(
            "Tệp “{file}” không có trang “{sheet}”; các trang hiện có: {sheets}.",
            file=self.file,
            sheet=name,
            sheets=", ".join(s.name for s in self.sheets),
        )


LIMITS = Limits()


def read(path: str | Path, limits: Limits = LIMITS) -> Book:
    """Read a spreadsheet file.

    Args:
        path: .xlsx, .xlsm, .xlsb, .xls, .ods, .csv, .tsv or .txt; the content decides, not the name.
        limits: what is still read.

    Raises:
        UserError: missing, empty, damaged, locked, too big or no spreadsheet; says what and what to do.
    """
    path = Path(path)
    data = _bytes_of(path, limits)
    kind = containers.kind_of(data, path.name)
    if kind == "text":
        sheets = [Sheet("", False, separated.read(data, path.name, limits))]
    else:
        errors = containers.examine(data, kind, path.name, limits)
        sheets = _by_calamine(path, kind, errors, limits)
    if not any(cell not in ("", None) for sheet in sheets for row in sheet.rows for cell in row):
        raise UserError("Tệp “{file}” không có ô nào có chữ; hãy kiểm tra đã chọn đúng tệp.", file=path.name)
    return Book(path, hashlib.sha256(data).hexdigest(), kind, tuple(sorted(sheets, key=lambda s: s.hidden)))


def _bytes_of(path: Path, limits: Limits) -> bytes:
    try:
        if path.is_dir():
            raise UserError("“{file}” là một thư mục; hãy chọn một tệp bảng tính.", file=path.name)
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise UserError(
                "Tệp “{file}” nặng {size} MB, quá giới hạn {limit} MB; hãy bỏ hình ảnh hoặc tách thành nhiều tệp.",
                file=path.name,
                size=size >> 20,
                limit=limits.file_bytes >> 20,
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise UserError("Không tìm thấy tệp “{file}”; hãy kiểm tra lại tên và thư mục.", file=str(path)) from None
    except OSError as error:
        raise UserError(
            "Không đọc được tệp “{file}” ({why}); hãy đóng tệp ở chương trình khác rồi thử lại.",
            file=path.name,
            why=error.strerror or type(error).__name__,
        ) from None
    if not data.strip(b"\x00 \t\r\n"):
        raise UserError("Tệp “{file}” trống; hãy kiểm tra đã lưu bảng tính trước khi gửi.", file=path.name)
    return data


def _by_calamine(path: Path, kind: str, errors: dict[str, dict[Spot, str]], limits: Limits) -> list[Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        with CalamineWorkbook.from_path(path) as book:
            found = []
            for meta in book.sheets_metadata[: limits.sheets]:
                if meta.typ != SheetTypeEnum.WorkSheet:
                    continue
                sheet = book.get_sheet_by_name(meta.name)
                last_row, last_column = sheet.end or (-1, -1)
                check_size(path.name, meta.name, last_row + 1, last_column + 1, limits)
                merged = tuple((a, b, c, d) for (a, b), (c, d) in sheet.merged_cell_ranges or ())
                rows: list[list[Any]] = list(sheet.to_python(skip_empty_area=False))
                found.append(Sheet(meta.name, meta.visible != SheetVisibleEnum.Visible, rows, errors.get(meta.name, {}), merged))
            return found
    except PasswordError:
        raise locked(path.name) from None
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        if kind == "xlsx":
            return _by_openpyxl(path, errors, limits)
        raise damaged(path.name) from error
    except BaseException as error:  # a panic of the reader's Rust has no class one could name, and is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(path.name) from error


def _by_openpyxl(path: Path, errors: dict[str, dict[Spot, str]], limits: Limits) -> list[Sheet]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # notes about styles and extensions that do not matter here
        try:
            book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
            found = []
            for sheet in book.worksheets[: limits.sheets]:
                sheet.reset_dimensions()
                rows: list[list[Any]] = []
                for values in sheet.iter_rows(max_col=limits.columns + 1, values_only=True):
                    rows.append(["" if v is None else v for v in values])
                    check_size(path.name, sheet.title, len(rows), len(values), limits)
                found.append(Sheet(sheet.title, sheet.sheet_state != "visible", rows, errors.get(sheet.title, {})))
            book.close()
            return found
        except (
            InvalidFileException,
            BadZipFile,
            SyntaxError,  # what every XML reader raises for broken XML
            KeyError,
            ValueError,
            TypeError,
            AttributeError,
            IndexError,
            OSError,
        ) as error:
            raise damaged(path.name) from error


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
