"""The rows of a found table as clean values by field, with every repair and every question at its cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, NamedTuple, overload

from ocop_desktop.errors import Place, Problem, Severity
from ocop_desktop.sheets import headings, repair
from ocop_desktop.sheets.cell_readers import READERS
from ocop_desktop.sheets.column_reading import ColumnReader, Doubt, is_ditto
from ocop_desktop.sheets.error_cells import UNCALCULATED
from ocop_desktop.sheets.headings import Column
from ocop_desktop.sheets.refusals import Refusals
from ocop_desktop.sheets.repair import as_text
from ocop_desktop.sheets.row_values import RowValues, every
from ocop_desktop.sheets.table_finding import Table
from ocop_desktop.text import N_

Fixes = Mapping[tuple[int, str], str]  # (1-based row, field) -> text typed instead
PRODUCER_FIELDS = ("producer", "producer_kind", "tax_code", "commune", "district", "address", "representative", "phone", "email")
REPAIRS: dict[str, str] = {
    "nfc": N_("Chữ tổ hợp được ghép lại theo Unicode dựng sẵn"),
    "unseen": N_("Bỏ ký tự vô hình"),
    "no_break": N_("Đổi dấu cách cứng thành dấu cách thường"),
    "blanks": N_("Bỏ khoảng trắng thừa"),
    "stars": N_("Đọc cách ghi hạng sao"),
    "date": N_("Đọc cách ghi ngày"),
    "phone": N_("Sửa số điện thoại (thêm số 0 đầu, bỏ dấu)"),
    "count": N_("Đọc số trong ô có chữ"),
    "tax_code": N_("Sửa mã số thuế (số 0 đầu, dấu gạch)"),
    "filled": N_("Ô trống lấy theo chủ thể ở dòng trên"),
    "ditto": N_("Dấu “như trên”: lấy giá trị ô trên"),
    "legacy": N_("Chuyển phông cũ (TCVN3, VNI) sang Unicode"),
    "tone": N_("Vị trí dấu thanh viết theo cách thường gặp trong cột"),
    "merged": N_("Ô gộp: lấy giá trị của cả ô"),
    "commune": N_("Tên xã, phường viết theo danh mục"),
    "old_commune": N_("Xã, huyện trước 7/2025: lấy xã, phường hiện nay"),
}
DOUBTS: dict[str, tuple[Severity, str]] = {
    "stars": ("error", N_("Ô {cell} ({heading}): “{value}” không phải hạng sao; cần số từ 1 đến 5, ví dụ 3 hoặc “3 sao”.")),
    "date": ("warning", N_("Ô {cell} ({heading}): không đọc được ngày “{value}”; cần dạng ngày/tháng/năm, ví dụ 05/08/2026.")),
    "month": ("warning", N_("Ô {cell} ({heading}): “{value}” chỉ có tháng và năm; cần đủ ngày/tháng/năm.")),
    "year": ("warning", N_("Ô {cell} ({heading}): “{value}” chỉ có năm; cần đủ ngày/tháng/năm.")),
    "phone": ("warning", N_("Ô {cell} ({heading}): “{value}” không giống số điện thoại; cần 10 chữ số bắt đầu bằng 0.")),
    "set": ("warning", N_("Ô {cell} ({heading}): không có bộ sản phẩm “{value}”; cần số từ 1 đến 26.")),
    "count": ("warning", N_("Ô {cell} ({heading}): “{value}” không phải số lượng; cần số nguyên, ví dụ 5.")),
    "tax_code": (
        "warning",
        N_("Ô {cell} ({heading}): “{value}” không giống mã số thuế; cần 10 chữ số, hoặc 10 chữ số - 3 chữ số."),
    ),
    "kind": (
        "warning",
        N_("Ô {cell} ({heading}): chưa rõ loại hình “{value}”; ví dụ: HTX, THT, Công ty, Hộ kinh doanh, Trang trại."),
    ),
    "application": ("warning", N_("Ô {cell} ({heading}): chưa rõ “{value}”; cần một trong: Lần đầu, Nâng hạng, Đánh giá lại.")),
    "number": ("warning", N_("Ô {cell} ({heading}): “{value}” không phải số nguyên; cần số, ví dụ 120.")),
    "money": (
        "error",
        N_("Ô {cell} ({heading}): không đọc được số tiền “{value}”; cần số và đơn vị, ví dụ “17,5 tỷ” hoặc “1.250.000 đồng”."),
    ),
    "points": ("warning", N_("Ô {cell} ({heading}): “{value}” không phải điểm từ 0 đến 100; ví dụ 69,5.")),
    "period": (
        "error",
        N_("Ô {cell} ({heading}): không đọc được thời gian “{value}”; cần ngày, tháng, quý hoặc năm, ví dụ tháng 5/2022."),
    ),
    "activity": (
        "error",
        N_("Ô {cell} ({heading}): chưa rõ loại hoạt động “{value}”; ví dụ: Hội nghị tuyên truyền, Tập huấn, Hội chợ, Khác."),
    ),
    "source": (
        "error",
        N_("Ô {cell} ({heading}): chưa rõ nguồn vốn “{value}”; cần một trong: Trung ương, Tỉnh, Xã, Chủ thể, Khác."),
    ),
    "legacy": (
        "warning",
        N_("Ô {cell} ({heading}): “{value}” có vẻ viết bằng phông cũ (TCVN3 hoặc VNI); hãy chuyển sang Unicode hoặc gõ lại."),
    ),
}
DOUBTS["either"] = (
    "warning",
    N_("Ô {cell} ({heading}): cột có chữ phông cũ, mà “{value}” đọc theo phông cũ hay Unicode đều được; hãy gõ lại nếu sai."),
)
DOUBTS["letters"] = ("warning", N_("Ô {cell} ({heading}): “{value}” có chữ bị mất khi lưu tệp (dấu �); hãy gõ lại."))
DOUBTS["refused"] = ("warning", N_("Ô {cell} ({heading}): không dùng được “{value}” khi không sửa; hãy gõ giá trị đúng."))
DOUBTS["ditto"] = ("warning", N_("Ô {cell} ({heading}): “{value}” là dấu “như trên” nhưng ô trên trống; hãy gõ giá trị."))
SAID = ("cell", "row", "heading", "value", "field")  # what every question at a cell knows
_KINDS_AS_THEY_ARE = ("legacy", "month", "year", "either", "letters", "refused", "ditto")
_ERROR_CELL = N_("Ô {cell} ({heading}) chứa lỗi bảng tính “{value}”; hãy gõ lại giá trị đúng.")
_FORMULA = N_("Ô {cell} ({heading}) có công thức chưa tính ra kết quả; hãy mở tệp bằng Excel, lưu lại rồi nhập.")


class Row:
    """One row: its 1-based number in the sheet, clean values by field, the fields taken from above, its questions."""

    __slots__ = ("filled", "number", "problems", "values")

    def __init__(self, number: int, values: RowValues) -> None:
        self.number, self.values = number, values
        self.filled: tuple[str, ...] = ()
        self.problems: tuple[Problem, ...] = ()  # most of a hundred thousand rows have none


class Mended(NamedTuple):
    """A repair as it is kept: 1-based row, field, kind, what stood there and what it became."""

    row: int
    field: str
    kind: str
    before: Any
    after: Any


class Repairs(Sequence[Problem]):
    """Every repair of a file. A dirty register has a hundred thousand: each becomes a ``Problem`` only when it is looked at."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self.plain: list[Mended] = []

    def __len__(self) -> int:
        return len(self.plain)

    @overload
    def __getitem__(self, at: int) -> Problem: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Problem]: ...
    def __getitem__(self, at: int | slice) -> Problem | Sequence[Problem]:
        return [self._said(one) for one in self.plain[at]] if isinstance(at, slice) else self._said(self.plain[at])

    def _said(self, one: Mended) -> Problem:
        words = REPAIRS[one.kind]
        return self._contents.problem(one.row, one.field, "repair", one.kind, words, one.before, became=as_text(one.after))


@dataclass
class Contents:
    """A table read by its columns.

    Args:
        rows: in the order of the sheet; repairs: what was mended; problems: what concerns the whole file.
    """

    file: str
    table: Table
    columns: tuple[Column, ...]
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: Refusals = field(default_factory=Refusals)
    _by_field: dict[str, Column] = field(default_factory=dict)
    _saying: dict[str, int] = field(default_factory=lambda: {name: at for at, name in enumerate(SAID)})

    def __post_init__(self) -> None:
        self.repairs = Repairs(self)

    def column(self, name: str) -> Column | None:
        """The column taken for a field, or None."""
        if not self._by_field:
            self._by_field = {c.field: c for c in self.columns if c.field}
        return self._by_field.get(name)

    def every(self, name: str) -> list[Any]:
        """A field's value in every row, None where a row has none."""
        return every([row.values for row in self.rows], name)

    def problem(
        self, number: int, name: str, severity: Severity, kind: str, message: str, value: Any = "", **values: Any
    ) -> Problem:
        """A finding at the cell of a row and field; the message may use {cell}, {heading} and {value}."""
        column = self.column(name)
        return self._at(column, number, severity, kind, message, as_text(value), name, values)

    def _at(
        self,
        column: Column | None,
        number: int,
        severity: Severity,
        kind: str,
        message: str,
        value: str,
        name: str,
        values: dict[str, Any],
    ) -> Problem:
        letter, heading = (
            (column.letter, column.heading) if column else ("", headings.FIELDS[name][0] if name in headings.FIELDS else "")
        )
        said = RowValues(self._saying, (f"{letter}{number}", number, heading, value, name))
        for key, one in values.items():
            said[key] = one
        return Problem(message, said, Place(self.file, self.table.sheet.name, number, letter), value, severity, kind)

    def ask(self, row: Row, name: str, kind: str, severity: Severity, message: str, value: Any = "", **values: Any) -> None:
        """Put a question to a cell of a row."""
        row.problems += (self.problem(row.number, name, severity, kind, message, value, **values),)

    def mended(self, number: int, name: str, kind: str, value: Any, became: Any) -> None:
        """List a repair."""
        self.repairs.plain.append(Mended(number, name, kind, value, became))


def read(
    file: str,
    table: Table,
    fixes: Fixes | None = None,
    constants: Mapping[str, str] | None = None,
    beat: Callable[[], None] = lambda: None,
    refused: Iterable[str] = (),
) -> Contents:
    """Read the rows of a table.

    Args:
        fixes: texts typed instead of what a cell holds.
        constants: values every row without its own gets.
        beat: called now and then; may raise to stop.
        refused: repairs that are not wanted (see ``refusals``).
    """
    contents = Contents(file, table, table.columns, refused=Refusals(refused))
    numbers = [n + 1 for n in table.body]
    raw_cells = _RawCells(table, contents)
    sheet = table.sheet
    reader = ColumnReader(numbers, sheet.errors, sheet.fonts, fixes or {}, contents.refused, contents.mended)
    cells: dict[str, Sequence[Any]] = {}
    for column in table.columns:
        if column.field in ("", headings.IGNORED, "running"):
            continue
        beat()
        cells[column.field] = reader.read(column, raw_cells.of(column))
    places = {name: at for at, name in enumerate(cells)}
    contents.rows = (
        [Row(n, RowValues(places, values)) for n, values in zip(numbers, zip(*cells.values(), strict=True), strict=True)]
        if cells
        else [Row(n, RowValues(places, ())) for n in numbers]
    )
    _put_typed(contents, fixes or {})
    _put_constants(contents, constants or {})
    _put_doubts(contents, [name for name, values in cells.items() if Doubt in set(map(type, values))])
    _put_notes(contents, raw_cells)
    _fill_down(contents)
    return contents


def _merged(table: Table) -> dict[tuple[int, int], tuple[int, int]]:
    """Cells hidden under a merge that runs down over rows of the table, with the cell that holds the value."""
    body = set(table.body)
    columns = {c.index for c in table.columns if c.field not in ("product", "running")}
    return {
        (r, c1): (r1, c1)
        for r1, c1, r2, c2 in table.sheet.merged
        if r2 > r1 and c1 == c2 and r1 in body and c1 in columns
        for r in range(r1 + 1, r2 + 1)
        if r in body
    }


class _RawCells:
    """The cells of a table as they stand in its sheet, by column; one hidden under a merge holds what the merge does."""

    def __init__(self, table: Table, contents: Contents) -> None:
        self._table, self._contents, self._merged = table, contents, _merged(table)
        self._body = [table.sheet.rows[n] for n in table.body]
        self._narrowest = min(map(len, self._body), default=0)

    def of(self, column: Column) -> list[Any]:
        """The cells of a column; what a merge brings is listed as mended."""
        at = column.index
        if at < self._narrowest:
            raws = list(map(itemgetter(at), self._body))
        else:
            raws = [row[at] if at < len(row) else "" for row in self._body]
        if self._merged:
            self._unmerge(column, raws)
        return raws

    def _unmerge(self, column: Column, raws: list[Any]) -> None:
        rows, contents = self._table.sheet.rows, self._contents
        for place, number in enumerate(self._table.body):
            source = self._merged.get((number, column.index))
            if source and raws[place] in ("", None) and (found := rows[source[0]][column.index]) not in ("", None):
                if contents.refused.of("merged", column.letter, number + 1):
                    continue
                raws[place] = found
                if column.field:
                    contents.mended(number + 1, column.field, "merged", "", found)


def _put_doubts(contents: Contents, names: Sequence[str]) -> None:
    """Ask about the doubts in these fields' columns."""
    for row in contents.rows if names else ():
        for name in names:
            value = row.values[name]
            if value.__class__ is Doubt:
                row.values[name] = value.value
                _ask_doubt(contents, row, name, value)


def _ask_doubt(contents: Contents, row: Row, name: str, doubt: Doubt) -> None:
    if doubt.kind == "error_cell":
        vital = name in ("product", "producer") or name.endswith("_stars")
        message = _FORMULA if doubt.raw == UNCALCULATED else _ERROR_CELL
        contents.ask(row, name, "error_cell", "error" if vital else "warning", message, doubt.raw)
        return
    severity, message = DOUBTS[doubt.kind]
    contents.ask(
        row,
        name,
        doubt.kind if doubt.kind in _KINDS_AS_THEY_ARE else f"bad_{doubt.kind}",
        severity,
        message,
        doubt.raw,
    )
    if not doubt.value and doubt.kind != "stars":
        keep(row, contents, name, doubt.raw)


def keep(row: Row, contents: Contents, name: str, raw: Any) -> None:
    """Keep the text of a cell that could not be used in the row's note, under its heading."""
    column = contents.column(name)
    text = repair.text(raw).value
    if text:
        _add_note(row, f"{column.heading if column else headings.FIELDS[name][0]}: {text}")


def _add_note(row: Row, line: str) -> None:
    note = row.values.get("note")
    row.values["note"] = f"{note}\n{line}" if note else line


def _put_typed(contents: Contents, fixes: Fixes) -> None:
    """Values typed for a field the sheet has no column of."""
    rows = {row.number: row for row in contents.rows}
    for (number, name), words in fixes.items():
        if name in headings.FIELDS and contents.column(name) is None and number in rows:
            rows[number].values[name] = READERS[headings.FIELDS[name][1]](words).value


def _put_constants(contents: Contents, constants: Mapping[str, str]) -> None:
    for name, text in constants.items():
        value = READERS[headings.FIELDS[name][1]](text).value
        for row in contents.rows:
            if row.values.get(name) in ("", None):
                row.values[name] = value


def _put_notes(contents: Contents, raw_cells: _RawCells) -> None:
    """Unknown columns with a heading go into the note as "heading: value"."""
    for column in contents.columns:
        if column.field or not column.heading:
            continue
        for row, raw in zip(contents.rows, raw_cells.of(column), strict=True):
            if raw not in ("", None) and (text := repair.text(raw).value):
                _add_note(row, f"{column.heading}: {text}")


def _fill_down(contents: Contents) -> None:
    """A blank producer under a named one is the same producer: its own fields come along, never those of another."""
    producer = contents.column("producer")
    if producer is None:
        return
    owner: Row | None = None
    names, letter = [n for n in PRODUCER_FIELDS if contents.column(n)], producer.letter
    for row in contents.rows:
        if row.problems and any(p.kind == "error_cell" and p.values["field"] == "producer" for p in row.problems):
            owner = None
            continue
        name = row.values["producer"]
        ditto = is_ditto(name)
        if name and not ditto:
            owner = row
        elif owner is not None and row.values.get("product") and not contents.refused.of("filled", letter, row.number):
            _fill(contents, row, owner, names)
        elif ditto:
            row.values["producer"] = ""


def _fill(contents: Contents, row: Row, owner: Row, names: Iterable[str]) -> None:
    filled = []
    for name in names:
        value = row.values[name]
        if (not value or is_ditto(value)) and owner.values[name]:
            row.values[name] = owner.values[name]
            filled.append(name)
    row.filled = tuple(filled)
    contents.mended(row.number, "producer", "filled", "", owner.values["producer"])


def problems_of(contents: Contents) -> Iterator[Problem]:
    """Every question and repair, in the order of the sheet, those of the whole file first."""
    yield from contents.problems
    for row in contents.rows:
        yield from row.problems
    yield from contents.repairs
