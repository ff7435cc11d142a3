"""Open a spreadsheet of any common kind as plain rows; a bad file ends in one sentence. Nothing is ever extracted to disk.

The file is read in a process of its own (``reading_process``), which has little memory and little time: a file made to do harm
ends that process, never this one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ocop_desktop.errors import UserError, missing_file, why
from ocop_desktop.sheets import reading_process
from ocop_desktop.sheets.containers import Limits
from ocop_desktop.sheets.readers import Head

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
        fonts: cells written in a font of before Unicode, with its encoding (``legacy.of_font``).
        merged: merged ranges as (first row, first column, last row, last column), 0-based, both ends included.
    """

    name: str
    hidden: bool
    rows: list[list[Any]] = field(repr=False)
    errors: dict[Spot, str] = field(default_factory=dict)
    merged: tuple[tuple[int, int, int, int], ...] = ()
    fonts: dict[Spot, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Book:
    """A file with its sheets, visible ones first."""

    path: Path
    sha256: str
    kind: str
    sheets: tuple[Sheet, ...]
    found: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)  # its tables, as ``table_finding`` found them

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


def read(path: str | Path, limits: Limits = LIMITS, beat: Callable[[], None] = lambda: None) -> Book:
    """Read a spreadsheet file.

    Args:
        path: .xlsx, .xlsm, .xlsb, .xls, .ods, .csv, .tsv or .txt; the content decides, not the name.
        limits: what is still read.
        beat: called now and then; may raise to stop.

    Raises:
        UserError: missing, empty, damaged, locked, too big or no spreadsheet; says what and what to do.
    """
    path = Path(path)
    check_file(path, limits)
    parts = reading_process.parts(path.absolute(), path.name, limits, beat)
    kind, sha256 = next(parts)
    sheets: list[Sheet] = []
    for part in parts:
        if part is None:
            sheets.clear()
        elif isinstance(part, Head):
            sheets.append(Sheet(part.name, part.hidden, [], part.marks.errors, part.merged, part.marks.fonts))
        else:
            sheets[-1].rows.extend(part)
    if not any(cell not in ("", None) for sheet in sheets for row in sheet.rows for cell in row):
        raise UserError("Tệp “{file}” không có ô nào có chữ; hãy kiểm tra đã chọn đúng tệp.", file=path.name)
    return Book(path, sha256, kind, tuple(sorted(sheets, key=lambda s: s.hidden)))


def check_file(path: Path, limits: Limits) -> None:
    """Refuse what is no file, is missing or too big, before anything is read."""
    try:
        if path.is_dir():
            raise UserError("“{file}” là một thư mục; hãy chọn một tệp bảng tính.", file=path.name)
        size = path.stat().st_size
    except FileNotFoundError:
        raise missing_file(path) from None
    except (OSError, ValueError) as error:
        raise UserError(
            "Không đọc được tệp “{file}” ({why}); hãy đóng tệp ở chương trình khác rồi thử lại.",
            file=path.name,
            why=why(error),
        ) from None
    if size > limits.file_bytes:
        raise UserError(
            "Tệp “{file}” nặng {size} MB, quá giới hạn {limit} MB; hãy bỏ hình ảnh hoặc tách thành nhiều tệp.",
            file=path.name,
            size=size >> 20,
            limit=limits.file_bytes >> 20,
        )
