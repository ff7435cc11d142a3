"""What was corrected in a spreadsheet is remembered for files of the same shape: sheet, header rows, columns, repairs refused."""

from __future__ import annotations

import re
from dataclasses import replace

from ocop_desktop.data import batches
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import Place, Problem, UserError
from ocop_desktop.rules.audit_chain import digest
from ocop_desktop.rules.names import fold
from ocop_desktop.sheets import mapping, table_finding
from ocop_desktop.sheets.mapping import Mapping
from ocop_desktop.sheets.reading import Book
from ocop_desktop.sheets.table_finding import Table
from ocop_desktop.text import N_

_RECALLED = N_("Bảng cùng dạng với “{other}” (nhập {when}): hiểu các cột như lần ấy; có thể sửa lại.")
_ONE_CELL = re.compile(r"[A-Z]+\d+")


def shape_of(book: Book, given: Mapping) -> str:
    """What names files of one shape: the headings the program finds by itself, and those a person pointed at."""
    try:
        guessed = table_finding.find(book)
    except UserError:  # found by a person alone: nothing to know it by again
        return ""
    return _shape(guessed, table_finding.find(book, given.sheet or None, given.header_row or None))


def recall(session: Session, book: Book, given: Mapping) -> tuple[Mapping, Problem | None]:
    """What is known of a file with what was corrected in the last file of its shape, and the sentence that says so.

    Nothing is recalled when a person already said something of its columns, or when a correction does not fit this file.
    """
    if given.sheet or given.header_row or given.columns or given.ignore or given.layout or given.refuse:
        return given, None
    guessed = table_finding.find(book)
    for batch in batches.same_shape(session, _heads(guessed)):
        kept = mapping.from_plain(dict(batch.mapping))
        refuse = tuple(one for one in kept.refuse if not _ONE_CELL.fullmatch(one))
        meant = replace(kept, province=given.province, constants=given.constants, refuse=refuse)
        if meant == given:  # nothing was corrected in the newest one
            return given, None
        try:
            table = table_finding.find(book, meant.sheet or None, meant.header_row or None)
        except UserError:  # another sheet, fewer rows
            continue
        if _shape(guessed, table) == batch.counts["shape"]:
            when = batch.imported_at.strftime("%d/%m/%Y")
            return meant, Problem(_RECALLED, {"other": batch.file_name, "when": when}, Place(book.file, table.sheet.name),
                                  batch.file_name, "warning", "recalled")
    return given, None


def _shape(guessed: Table, meant: Table) -> str:
    return f"{_heads(guessed)} {_heads(meant)}"


def _heads(table: Table) -> str:
    return digest([fold(column.heading) for column in table.columns])[:16]
