"""Writing spreadsheets: typed columns, frozen header, filter, print set-up; text is never a formula. Rows stream."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from ocop_desktop.sheets.charts import COLUMNS, ChartPage, draw
from ocop_desktop.text import _

Kind = Literal["text", "wrapped", "number", "change", "stars", "points", "date"]
Value = str | int | Decimal | dt.date | None

A4 = 9  # Excel's number for it
HIGH = 15.0  # points of one line
LETTER = 0.95  # width of a letter in Excel's units
LONGEST = 32767  # characters a cell holds
LIVE = ("=", "+", "-", "@", "\t", "\r", "\n")  # what a spreadsheet takes for the beginning of a formula
WITH_DECIMALS = {"OCOP number": "OCOP decimal number", "OCOP change": "OCOP decimal change"}
GREEN, LINE = "FF1B6B4A", Side("thin", "FFDDE2DE")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


@dataclass(frozen=True)
class Column:
    """One column.

    Args:
        title: words at its head, in the language wanted.
        kind: how its values are written: text, wrapped (text in several lines), number (whole), change (with its
            sign), stars, points, date. Points in a column of whole numbers keep their decimals.
        width: in letters.
        digits: decimals of points.
    """

    title: str
    kind: Kind = "text"
    width: float = 14
    digits: int = 2


@dataclass(frozen=True)
class Sheet:
    """One sheet: quiet lines above, a header that repeats on every printed page, rows.

    Args:
        name: of its tab; made safe and unique by the writer.
        heading: lines above the header; the first one is the title.
        pages_wide: printed pages its columns are fitted to.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Value]]
    heading: tuple[str, ...] = ()
    pages_wide: int = 1


def write_book(path: Path, sheets: Iterable[Sheet | ChartPage], title: str = "",
               progress: Callable[[int], None] | None = None) -> int:
    """Write ``sheets`` to an .xlsx file, in order; how many rows.

    Args:
        progress: called with the number of rows written now and then; what it raises ends the work.
    """
    book = Workbook(write_only=True)
    book.properties.title = title
    book.properties.creator = "OCOP Desktop"
    for style in _styles():
        book.add_named_style(style)
    taken: set[str] = set()
    tabs: dict[str, str] = {}
    count = 0
    for sheet in sheets:
        tabs[sheet.name] = _tab(sheet.name, taken)
        if isinstance(sheet, ChartPage):
            _draw(book, sheet, tabs)
        else:
            count = _write(book, sheet, tabs[sheet.name], count, progress)
    book.save(path)
    return count


def _draw(book: Workbook, sheet: ChartPage, tabs: dict[str, str]) -> None:
    page: Any = book.create_sheet(tabs[sheet.name])
    for place in range(1, COLUMNS + 1):
        page.column_dimensions[get_column_letter(place)].width = 12.3
    _set_up_print(page, 0, 1)
    for number, line in enumerate(sheet.heading):
        page.append([_cell(page, line, "OCOP title" if number == 0 else "")])
    last = draw(page, sheet.charts, tabs, len(sheet.heading) + 2)
    page.print_area = f"A1:{get_column_letter(COLUMNS)}{last}"
    page.close()


def _write(book: Workbook, sheet: Sheet, name: str, count: int, progress: Callable[[int], None] | None) -> int:
    page: Any = book.create_sheet(name)
    head = len(sheet.heading) + 1 + bool(sheet.heading)
    last = get_column_letter(len(sheet.columns))
    for place, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(place)].width = column.width
    page.freeze_panes = f"A{head + 1}"
    _set_up_print(page, head, sheet.pages_wide)
    for number, line in enumerate(sheet.heading):
        page.append([_cell(page, line, "OCOP title" if number == 0 else "")])
    if sheet.heading:
        page.append([])
    page.row_dimensions[head].height = HIGH * max(_lines(column.title, column.width - 1) for column in sheet.columns) + 6
    page.append([_cell(page, column.title, "OCOP head") for column in sheet.columns])
    wrapped = [place for place, column in enumerate(sheet.columns) if column.kind == "wrapped"]
    styles = [_style_of(column) for column in sheet.columns]
    rows = 0
    for row in sheet.rows:
        if wrapped:
            lines = max(_lines(str(row[place] or ""), sheet.columns[place].width) for place in wrapped)
            page.row_dimensions[head + rows + 1].height = HIGH * lines + 2
        page.append([_cell(page, value, style) for value, style in zip(row, styles, strict=True)])
        rows += 1
        if progress and rows % 500 == 0:
            progress(count + rows)
    page.auto_filter.ref = f"A{head}:{last}{head + rows}"
    page.print_area = f"A1:{last}{head + rows}"
    page.close()
    return count + rows


def _set_up_print(page: Any, head: int, pages_wide: int) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = pages_wide, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if head:
        page.print_title_rows = f"{head}:{head}"
    page.print_options.horizontalCentered = True
    margins = page.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.footer = 0.6, 0.6, 0.3
    page.oddFooter.right.text = _("Trang {page}/{pages}", page="&P", pages="&N")
    page.oddFooter.left.text = "&A"


def _lines(words: str, width: float) -> int:
    """Lines that words take in a column; viewers do not all measure rows by themselves."""
    lines, used = 1, 0.0
    for word in words.split():
        long = len(word) * LETTER
        if used and used + 1 + long > width:
            lines, used = lines + 1, 0.0
        used += long + (1 if used else 0)
        lines += int(long // width) if long > width else 0
    return lines


def _cell(page: Any, value: Value, style: str) -> Any:
    """A cell; text stays text whatever it begins with."""
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST]
        if not style and not value.startswith(LIVE):
            return value or None
    elif not style or value is None:
        return value
    elif isinstance(value, Decimal) and style in WITH_DECIMALS:
        style = WITH_DECIMALS[style]
    cell: Any = WriteOnlyCell(page)
    cell.value = value
    if style:
        cell.style = style
    if isinstance(value, str):
        cell.data_type = "s"
        if value.startswith(LIVE):
            cell.quotePrefix = True
    return cell


def _style_of(column: Column) -> str:
    match column.kind:
        case "text":
            return ""
        case "points":
            return f"OCOP points {column.digits}"
        case _:
            return f"OCOP {column.kind}"


def _styles() -> list[NamedStyle]:
    """The looks of cells; text without a look of its own costs nothing."""
    below = Border(bottom=LINE)
    top = Alignment(vertical="top")
    right, centre = Alignment(vertical="top", horizontal="right", indent=1), Alignment(vertical="top", horizontal="center")
    plain = Font(name="Calibri", sz=11)
    made = [
        NamedStyle("OCOP title", font=Font(name="Calibri", b=True, sz=14)),
        NamedStyle(
            "OCOP head",
            font=Font(name="Calibri", sz=11, b=True, color="FFFFFFFF"),
            fill=PatternFill("solid", GREEN),
            border=Border(right=LINE),
            alignment=Alignment(horizontal="center", vertical="center", wrap_text=True),
        ),
        NamedStyle("OCOP wrapped", font=plain, border=below, alignment=Alignment(vertical="top", wrap_text=True)),
        NamedStyle("OCOP number", font=plain, border=below, alignment=right, number_format="#,##0"),
        NamedStyle("OCOP change", font=plain, border=below, alignment=right, number_format="+#,##0;-#,##0;0"),
        NamedStyle("OCOP decimal number", font=plain, border=below, alignment=right, number_format="#,##0.00"),
        NamedStyle("OCOP decimal change", font=plain, border=below, alignment=right, number_format="+#,##0.00;-#,##0.00;0"),
        NamedStyle("OCOP stars", font=plain, border=below, alignment=centre, number_format='0" sao"'),
        NamedStyle("OCOP date", font=plain, border=below, alignment=top, number_format="dd/mm/yyyy"),
    ]
    for digits in range(7):
        form = "0." + "0" * digits if digits else "0"
        made.append(NamedStyle(f"OCOP points {digits}", font=plain, border=below, alignment=top, number_format=form))
    return made


def _tab(name: str, taken: set[str]) -> str:
    """A tab's name as Excel takes it: 31 characters, some forbidden, none twice."""
    safe = _FORBIDDEN.sub("-", " ".join(name.split())).strip("'") or "Bảng"
    tab, number = safe[:31], 2
    while tab.casefold() in taken:
        ending = f" ({number})"
        tab, number = safe[: 31 - len(ending)] + ending, number + 1
    taken.add(tab.casefold())
    return tab
