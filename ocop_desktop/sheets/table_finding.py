"""Where the table stands: its sheet, its header rows under a title block, and which rows below are rows of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ocop_desktop.errors import UserError
from ocop_desktop.rules.names import fold
from ocop_desktop.sheets import headings
from ocop_desktop.sheets.headings import Column
from ocop_desktop.sheets.legacy import readable
from ocop_desktop.sheets.reading import Book, Sheet
from ocop_desktop.sheets.repair import as_text

LOOK_AT = 60  # rows searched for the header
DEEPEST = 3  # rows a header may have
HIDDEN_COSTS = 6  # points of likeness a hidden sheet must be ahead
ENOUGH = 2  # columns that must be understood


@dataclass(frozen=True)
class Table:
    """A table found in a sheet.

    Args:
        header_rows: 1-based rows of the header.
        columns: every column with what it is taken for.
        body: 0-based rows of the sheet that belong to the table, in order.
    """

    sheet: Sheet
    header_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    body: tuple[int, ...]


NO_TEXT = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")  # names that promise a workbook


def find(book: Book, sheet: str | None = None, header_rows: Sequence[int] | None = None) -> Table:
    """The likeliest table of a book.

    Args:
        sheet: look only there; header_rows: 1-based, when known.

    Raises:
        UserError: no row could be a header; says what is looked for.
    """
    asked = sheet, tuple(header_rows) if header_rows else None
    if asked not in book.found:
        book.found[asked] = _find(book, *asked)
    table: Table = book.found[asked]
    return table


def _find(book: Book, sheet: str | None, header_rows: tuple[int, ...] | None) -> Table:
    sheets = [book.sheet(sheet)] if sheet else list(book.sheets)
    if header_rows:
        return _with_header(book, sheets[0], header_rows)
    best: tuple[int, Sheet, tuple[int, ...], tuple[Column, ...]] | None = None
    for candidate in sheets:
        found = _header_of(candidate)
        if found and (best is None or found[0] - (HIDDEN_COSTS if candidate.hidden else 0) > best[0]):
            best = (found[0], candidate, *found[1:])
    if best is None:
        if book.kind == "text" and book.path.suffix.lower() in NO_TEXT:
            raise UserError(
                "Tệp “{file}” mang đuôi {suffix} nhưng bên trong chỉ là văn bản, không phải bảng tính Excel; "
                "hãy mở bằng Excel hoặc LibreOffice, lưu đúng dạng .xlsx, hoặc xin lại tệp gốc.",
                file=book.file,
                suffix=book.path.suffix,
            )
        raise UserError(
            "Không tìm thấy dòng tiêu đề trong tệp “{file}”: cần một dòng có các cột như “Tên sản phẩm”, “Chủ thể”, “Xã/phường”. "
            "Hãy thêm dòng tiêu đề hoặc tự chỉ dòng tiêu đề.",
            file=book.file,
        )
    _, found_sheet, rows, columns = best
    return Table(found_sheet, rows, columns, body_of(found_sheet, rows, columns))


def _with_header(book: Book, sheet: Sheet, rows: tuple[int, ...]) -> Table:
    if any(not 1 <= r <= len(sheet.rows) for r in rows):
        raise UserError(
            "Trang “{sheet}” của tệp “{file}” không có dòng {row} để làm tiêu đề; trang có {count} dòng.",
            sheet=sheet.name,
            file=book.file,
            row=max(rows),
            count=len(sheet.rows),
        )
    columns = headings.guess(*_words(sheet, rows[0] - 1, rows[-1] - rows[0] + 1))
    return Table(sheet, rows, columns, body_of(sheet, rows, columns))


def _header_of(sheet: Sheet) -> tuple[int, tuple[int, ...], tuple[Column, ...]] | None:
    best: tuple[int, tuple[int, ...], tuple[Column, ...]] | None = None
    for first in range(min(LOOK_AT, len(sheet.rows))):
        texts = [c for c in sheet.rows[first] if isinstance(c, str) and c.strip()]
        if len(texts) < ENOUGH:
            continue
        for depth in range(1, DEEPEST + 1):
            if first + depth > len(sheet.rows) or (depth > 1 and not _may_be_header(sheet.rows[first + depth - 1])):
                break
            columns = headings.guess(*_words(sheet, first, depth))
            known = {c.field for c in columns if c.field}
            score = 10 * len(known) + (15 if "product" in known else 0) + (5 if "producer" in known else 0) - depth
            understood = len(known - {"running"}) >= ENOUGH or "product" in known
            if (understood or best is None) and (best is None or score > best[0]):
                best = (score, tuple(range(first + 1, first + depth + 1)), columns)
    return best  # where nothing is understood: the first row of words, for a person to say what its columns are


def _may_be_header(row: Sequence[Any]) -> bool:
    """A further header row has words and no numbers."""
    filled = [c for c in row if c not in ("", None)]
    return bool(filled) and all(isinstance(c, str) for c in filled)


def _words(sheet: Sheet, first: int, depth: int) -> tuple[list[str], list[str]]:
    """The lowest heading of every column and the group heading above it; merged group headings reach over their columns."""
    rows = sheet.rows[first : first + depth]
    width = max(len(r) for r in rows)
    grid = [[readable(as_text(c).strip()) for c in row] + [""] * (width - len(row)) for row in rows]
    for at, row in enumerate(grid[:-1]):
        below = [any(grid[lower][c] for lower in range(at + 1, depth)) for c in range(width)]
        spans = [(c1, c2) for r1, c1, r2, c2 in sheet.merged if r1 <= first + at <= r2 and c2 > c1]
        group = ""
        for c in range(width):
            if row[c]:
                group = row[c] if below[c] else ""
            elif below[c] and group and (not spans or any(c1 <= c <= c2 and row[c1] == group for c1, c2 in spans)):
                row[c] = group
    lowest, above = [], []
    for c in range(width):
        words = [grid[r][c] for r in range(depth) if grid[r][c]]
        lowest.append(words[-1] if words else "")
        above.append(" ".join(dict.fromkeys(words[:-1])) if words else "")
    return lowest, above


_GROUP = re.compile(
    r"^\(?([ivxlc]+|[a-zđ]|\d{1,2}(\.\d{1,2})?)\s*[.):/\-]\s*\S"
    r"|^(huyen|thanh pho|tp|thi xa|cum|xa|phuong|nhom|nganh|dac khu|khu vuc|linh vuc)\b"
)
_ORDINAL = re.compile(r"[IVXLC]+\.?|[A-ZĐ]\.?")
_TOTAL = re.compile(r"^(tong|tong cong|cong|cong don|tong so|luy ke)\b")
_SIGNATURE = re.compile(
    r"^(nguoi lap|lap bieu|nguoi tong hop|nguoi ky|thu truong|tm\.|kt\.|t/m|chu tich|pho chu tich|giam doc|ke toan|noi nhan|"
    r"xac nhan|\(?ky|ghi chu:|\.{3}|.*ngay .* thang .* nam)"
)


def body_of(sheet: Sheet, header_rows: Sequence[int], columns: Sequence[Column]) -> tuple[int, ...]:
    """0-based rows of the table.

    Without blank rows, group rows, totals, repeated headers, column numbers and what stands below the table.
    """
    at = {c.field: c.index for c in columns if c.field}
    product, producer, running = at.get("product"), at.get("producer"), at.get("running")
    first = max(header_rows)
    said = {fold(c.heading.split(" · ")[-1]) for c in columns if c.heading}
    body = []
    for number in range(first, len(sheet.rows)):
        row = sheet.rows[number]
        name = row[product] if product is not None and product < len(row) else ""
        if (
            name
            and producer is not None
            and producer < len(row)
            and row[producer]
            and running is not None
            and _is_number(row[running])
            and isinstance(name, str)
        ):
            body.append(number)  # the ordinary row, quickly
        elif _belongs(row, number, sheet, product, running, said):
            body.append(number)
    return tuple(_without_tail(sheet, body, product, running))


def _belongs(row: Sequence[Any], number: int, sheet: Sheet, product: int | None, running: int | None, said: set[str]) -> bool:
    filled = [(i, c) for i, c in enumerate(row) if c not in ("", None) and not (isinstance(c, str) and not c.strip())]
    errors = [c for (r, c) in sheet.errors if r == number] if sheet.errors else []
    if not filled or (len(filled) == 1 and filled[0][0] == running and _is_number(filled[0][1]) and not errors):
        return False
    texts = [(i, fold(readable(c))) for i, c in filled if isinstance(c, str)]
    if (
        not errors
        and len(filled) >= 3
        and [c for _, c in filled] == [type(c)(i + 1) if _is_number(c) else f"({i + 1})" for i, c in filled]
    ):
        return False  # the line that numbers the columns
    if len(texts) >= 2 and sum(t in said for _, t in texts) * 2 > len(filled):
        return False  # the header again, after a page break
    distinct = {t for _, t in texts} | {as_text(c) for _, c in filled if not isinstance(c, str)}
    lead = texts[0][1] if texts else ""
    if (
        any(_TOTAL.match(t) for _, t in texts[:2])
        and len(texts) <= 3
        and not (texts and texts[0][0] == product and len(filled) > 3)
    ):
        return False
    if len(distinct) == 1 and texts and not errors:
        where = filled[0][0]
        return where == product and not _GROUP.match(lead) and not _SIGNATURE.match(lead)
    if len(filled) <= 3 and texts and all(_SIGNATURE.match(t) for _, t in texts[:1]):
        return False
    mark = row[running] if running is not None and running < len(row) else ""
    if len(filled) == 2 and isinstance(mark, str) and _ORDINAL.fullmatch(mark.strip()):
        return False  # "A  Nhóm thực phẩm"
    if product is not None and (product >= len(row) or not row[product]) and running is not None and running < len(row):
        mark = row[running]
        if (
            isinstance(mark, str)
            and mark.strip()
            and not mark.strip().rstrip(".").isdigit()
            and _GROUP.match(fold(mark))
            and len(filled) <= 4
        ):
            return False  # a group row with its subtotals
        if isinstance(mark, str) and _ORDINAL.fullmatch(mark.strip()) and len(filled) <= 3:
            return False
    return True


def _is_number(cell: Any) -> bool:
    return isinstance(cell, (int, float)) or (isinstance(cell, str) and cell.strip().rstrip(".").isdigit())


def _without_tail(sheet: Sheet, body: list[int], product: int | None, running: int | None) -> list[int]:
    """Cut what stands under the table: after the last row with a product or a running number, notes and signatures."""

    def is_row(number: int) -> bool:
        row = sheet.rows[number]
        named = product is not None and product < len(row) and bool(as_text(row[product]).strip())
        numbered = running is not None and running < len(row) and _is_number(row[running])
        others = sum(1 for i, c in enumerate(row) if i not in (product, running) and c not in ("", None))
        return (named and others > 0) or (numbered and (named or others > 1)) or others > (1 if product is None else 2)

    def follows(end: int) -> bool:
        """A lone product name right under a row is a row too; after a gap it is somebody's name."""
        row = sheet.rows[body[end - 1]]
        named = product is not None and product < len(row) and bool(as_text(row[product]).strip())
        return named and end > 1 and body[end - 2] == body[end - 1] - 1

    end = len(body)
    while end and not is_row(body[end - 1]) and not follows(end):
        end -= 1
    return body[:end]
