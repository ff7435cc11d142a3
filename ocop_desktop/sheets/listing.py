"""A list as a spreadsheet: headings, rows, real numbers and dates; whatever begins like a formula stays text."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from ocop_desktop.errors import UserError, why

SHEET_NAME = 31  # letters a sheet's name may have
STEP = 500  # rows between two signs of progress


def write_listing(
    path: Path,
    title: str,
    headings: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[Any]],
    progress: Callable[[int], None] | None = None,
) -> int:
    """Write a list into a new .xlsx file, whole or not at all; how many rows it has.

    Args:
        title: name of the sheet.
        headings: words and width (in letters) of each column.
        rows: values: text, int, date or None.
        progress: called with the rows written so far; may raise to stop, then nothing is left behind.

    Raises:
        UserError: the file cannot be written there (open in another program, no room, no permission).
    """
    from openpyxl import Workbook

    unfinished = _reserved(Path(path))
    try:
        book = Workbook(write_only=True)
        sheet = book.create_sheet(_sheet_name(title))
        try:
            count = _fill(sheet, headings, rows, progress)
        finally:
            sheet.close()
        try:
            book.save(unfinished)
            os.replace(unfinished, path)
        except OSError as error:
            raise _not_written(Path(path), error) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def _fill(sheet: Any, headings: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]],
          progress: Callable[[int], None] | None) -> int:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for place, (_words, width) in enumerate(headings, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    bold = Font(bold=True)
    head = [_cell(sheet, words) for words, _width in headings]
    for cell in head:
        cell.font = bold
    sheet.append(head)
    count = 0
    for row in rows:
        sheet.append([_value(sheet, value) for value in row])
        count += 1
        if progress and count % STEP == 0:
            progress(count)
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(len(headings), 1))}{count + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    return count


def _sheet_name(title: str) -> str:
    return "".join(c for c in title if c not in "[]:*?/\\")[:SHEET_NAME] or "1"


def _cell(sheet: Any, words: str) -> Any:
    """A cell of text whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", words))
    cell.data_type = "s"
    return cell


def _value(sheet: Any, value: Any) -> Any:
    if isinstance(value, str):
        plain = value.isprintable() and not value.startswith(("=", "#"))
        return value if plain else _cell(sheet, value)
    if isinstance(value, dt.date):
        from openpyxl.cell import WriteOnlyCell

        cell = WriteOnlyCell(sheet, dt.datetime(value.year, value.month, value.day))
        cell.number_format = "dd/mm/yyyy"
        return cell
    return value


def _reserved(path: Path) -> Path:
    """An empty file beside ``path`` to write into: a place that cannot be written is found before the work."""
    unfinished = path.with_name(f".{path.name}.moi")
    try:
        unfinished.write_bytes(b"")
    except OSError as error:
        raise _not_written(path, error) from error
    return unfinished


def _not_written(path: Path, error: OSError) -> UserError:
    return UserError("Không ghi được tệp {file}: {reason}. Hãy đóng tệp nếu đang mở, hoặc chọn nơi khác.",
                     file=str(path), reason=why(error))
