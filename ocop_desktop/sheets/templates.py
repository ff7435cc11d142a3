"""Workbooks in the layouts the program reads: templates to fill in, and lists written out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ocop_desktop.sheets.layout import Layout, TemplateColumn
from ocop_desktop.sheets.writing import GREEN, Column, Kind, Sheet, write_book

EARLIEST = "DATE(1990,1,1)"  # a day before it is a slip
ROWS = 2000  # rows of a template that are made ready
LISTS = "Danh mục"  # the sheet the drop-down lists take their words from
HEAD = 3  # row of the headings of a template
_KINDS: dict[str, Kind] = {"year": "text", "date": "date", "number": "number", "wrapped": "wrapped", "points": "points"}
_FORMATS = {"date": "dd/mm/yyyy", "number": "#,##0", "year": "0", "points": "0.##", "text": "@", "wrapped": "@"}
_HOW = (
    "Ghi mỗi dòng một mục, từ dòng 4 của trang “Nhập”. Không gộp ô, không đổi tên cột.",
    "Ô có danh sách thả xuống thì chọn trong danh sách. Ngày ghi dạng ngày/tháng/năm.",
    "Điện thoại, mã số thuế là ô chữ: số 0 đầu được giữ nguyên.",
    "Trang “Ví dụ” chỉ để xem, không được nhập.",
    "Lưu tệp, mở OCOP Desktop, chọn Nhập bảng tính; mọi dòng được xem trước rồi mới ghi.",
)


def write_rows(path: Path, layout: Layout, rows: Iterable[Sequence[Any]], progress: Callable[[int], None] | None = None) -> int:
    """Write rows in a layout's columns; text is never a formula; how many rows."""
    columns = tuple(Column(c.heading, _KINDS.get(c.kind, "text"), c.width) for c in layout.template.columns)
    made = (tuple(_value(c, v) for c, v in zip(layout.template.columns, row, strict=True)) for row in rows)
    return write_book(path, [Sheet("Danh sách", columns, made, (layout.template.title,))], layout.template.title, progress)


def _value(column: TemplateColumn, value: Any) -> Any:
    return None if value == "" else value


def write_template(path: Path, layout: Layout) -> None:
    """Write an empty sheet with drop-down lists, an example sheet, a help sheet."""
    book = Workbook()
    book.properties.creator = "OCOP Desktop"
    book.properties.title = layout.template.title
    entry = book.active
    assert isinstance(entry, Worksheet)
    entry.title = "Nhập"
    example, help_sheet, lists = book.create_sheet("Ví dụ"), book.create_sheet("Hướng dẫn"), book.create_sheet(LISTS)
    for sheet in (entry, example):
        _head(sheet, layout)
    for number, row in enumerate(layout.template.examples, HEAD + 1):
        for place, value in enumerate(row, 1):
            cell = example.cell(number, place, value if value != "" else None)
            cell.number_format = _FORMATS[layout.template.columns[place - 1].kind]
            if isinstance(value, str):
                cell.data_type = "s"
    _make_ready(entry, lists, layout)
    _help(help_sheet, layout)
    lists.sheet_state = "hidden"
    book.save(path)


def _head(sheet: Worksheet, layout: Layout) -> None:
    sheet["A1"] = layout.template.title
    sheet["A1"].font = Font(bold=True, size=14)
    for place, column in enumerate(layout.template.columns, 1):
        cell = sheet.cell(HEAD, place, column.heading)
        cell.font, cell.fill = Font(bold=True, color="FFFFFFFF"), PatternFill("solid", GREEN)
        cell.alignment = Alignment(wrap_text=True, horizontal="center", vertical="center")
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.row_dimensions[HEAD].height = 36
    sheet.freeze_panes = f"A{HEAD + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{HEAD}:{HEAD}"


def _make_ready(entry: Worksheet, lists: Worksheet, layout: Layout) -> None:
    """Formats and drop-down lists for the rows to come; lists stand in a sheet, Excel takes only 255 letters in a cell."""
    for place, column in enumerate(layout.template.columns, 1):
        letter = get_column_letter(place)
        entry.column_dimensions[letter].number_format = _FORMATS[column.kind]
        for number in range(HEAD + 1, HEAD + 201):
            entry.cell(number, place).number_format = _FORMATS[column.kind]
        if column.choices:
            for number, words in enumerate(column.choices, 1):
                lists.cell(number, place, words).data_type = "s"
            rule = DataValidation(
                type="list", formula1=f"'{LISTS}'!${letter}$1:${letter}${len(column.choices)}", allow_blank=True,
                showErrorMessage=True, errorStyle="warning", errorTitle=column.heading, error="Nên chọn trong danh sách.")
            rule.add(f"{letter}{HEAD + 1}:{letter}{ROWS}")
            entry.add_data_validation(rule)
        elif column.kind == "date":
            rule = DataValidation(
                type="date", operator="greaterThan", formula1=EARLIEST, allow_blank=True, showErrorMessage=True,
                errorStyle="warning", errorTitle=column.heading, error="Cần một ngày, ví dụ 05/08/2026.")
            rule.add(f"{letter}{HEAD + 1}:{letter}{ROWS}")
            entry.add_data_validation(rule)


def _help(sheet: Worksheet, layout: Layout) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, 90
    sheet["A1"] = "Cách ghi"
    sheet["A1"].font = Font(bold=True, size=14)
    number = 2
    for line in _HOW:
        sheet.cell(number, 1, line)
        number += 1
    number += 1
    for column in layout.template.columns:
        words = column.help or ("Chọn trong danh sách." if column.choices else "")
        if words:
            sheet.cell(number, 1, column.heading).font = Font(bold=True)
            sheet.cell(number, 2, words).alignment = Alignment(wrap_text=True, vertical="top")
            number += 1
