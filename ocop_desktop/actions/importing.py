"""Import a spreadsheet: look at it first (nothing is written), accept it in one transaction, take it back."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ocop_desktop.actions.importing_places import gazetteer, place_rows
from ocop_desktop.actions.importing_plan import Plan, RowPlan
from ocop_desktop.actions.importing_planner import Planner
from ocop_desktop.actions.importing_undo import batches, undo
from ocop_desktop.actions.importing_write import write
from ocop_desktop.data import batches as kept
from ocop_desktop.data import importing as store
from ocop_desktop.data.batches import Batch
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import Place, Problem, UserError
from ocop_desktop.sheets import contents as reading_rows
from ocop_desktop.sheets import layouts, mapping, reading, register, table_finding
from ocop_desktop.sheets.contents import Contents, Fixes, Row
from ocop_desktop.sheets.headings import Column
from ocop_desktop.sheets.mapping import Mapping as FileMapping
from ocop_desktop.sheets.reading import Book
from ocop_desktop.sheets.repair import as_text
from ocop_desktop.sheets.table_finding import Table
from ocop_desktop.text import N_, say

Progress = Callable[[int, int, str], None]
STATES = ("new", "update", "unchanged", "doubtful", "rejected", "skipped")
MOST_KEPT = 500  # questions kept with a batch

_READING = N_("Đang đọc tệp")
_FINDING = N_("Đang tìm bảng")
_ROWS = N_("Đang đọc các dòng")
_MATCHING = N_("Đang so với dữ liệu đã có")
_WRITING = N_("Đang ghi")
_NO_COLUMN = N_("Chưa nhận ra cột “{name}” trong trang “{sheet}”; hãy chỉ cột này rồi xem lại.")
_SAME_FILE = N_("Tệp này đã nhập lúc {when}; nhập lại chỉ ghi những chỗ khác.")


@dataclass(frozen=True)
class Change:
    """One field of a row that differs from the database."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row of the table.

    Args:
        number: 1-based row of the sheet.
        state: one of STATES, for the eye; action: ``create``, ``update``, ``none`` or ``reject``, what accepting does.
        values: clean values by field; filled: fields taken from the row above.
        problems: questions at its cells.
    """

    number: int
    state: str
    action: str
    values: Mapping[str, Any]
    filled: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Preview:
    """A spreadsheet as it would be imported; nothing is written yet.

    Args:
        layout: ``register`` or ``applications``; sheet: its name; sheets: every sheet's name.
        header_rows: 1-based.
        columns: every column with its guessed field and confidence.
        rows: every row of the table; problems: questions, those of the whole file first; repairs: what was mended.
        counts: ``rows``, and ``created``, ``updated``, ``unchanged``, ``rejected`` by what accepting does.
        province: code and name, empty when the file names no place.
    """

    path: Path
    sha256: str
    layout: str
    sheet: str
    sheets: tuple[str, ...]
    header_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    rows: tuple[PreviewRow, ...]
    problems: tuple[Problem, ...]
    repairs: tuple[Problem, ...]
    counts: Mapping[str, int]
    province: tuple[str, str]
    mapping: FileMapping
    fixes: Mapping[tuple[int, str], str] = field(default_factory=dict)
    skip: frozenset[int] = frozenset()
    strict: bool = False
    book: Book | None = field(default=None, repr=False, compare=False)
    plan: Plan | None = field(default=None, repr=False, compare=False)
    stamp: tuple[int, ...] = ()

    @property
    def states(self) -> Mapping[str, int]:
        """Rows by state."""
        found = Counter(r.state for r in self.rows)
        return {state: found[state] for state in STATES}

    def first_rows(self, count: int) -> tuple[int, ...]:
        """The 1-based numbers of the table's first rows."""
        return tuple(r.number for r in self.rows[:count])

    def raw_text(self, number: int, index: int) -> str:
        """A cell as it stands in the sheet (1-based row, 0-based column)."""
        row = self._raw_row(number)
        return as_text(row[index]) if index < len(row) else ""

    def row_text(self, number: int) -> str:
        """A whole row of the sheet in a line (1-based), for choosing the header."""
        return " · ".join(word for cell in self._raw_row(number) if (word := " ".join(as_text(cell).split())))

    def _raw_row(self, number: int) -> list[Any]:
        if self.book is None:
            return []
        rows = next(s.rows for s in self.book.sheets if s.name == self.sheet)
        return rows[number - 1] if number <= len(rows) else []

    @property
    def to_write(self) -> int:
        """How many rows accepting would write."""
        return self.counts["created"] + self.counts["updated"]

    @property
    def waiting(self) -> frozenset[int]:
        """Numbers of the rows with a question that nobody has answered yet."""
        return frozenset(row.number for row in self.rows if row.state == "doubtful")

    @property
    def sure(self) -> int:
        """How many rows accepting would write while those with a question wait."""
        return self.states["new"] + self.states["update"]


def preview(
    session: Session,
    path: str | Path,
    mapping: FileMapping | Mapping[str, Any] | None = None,
    progress: Progress | None = None,
    strict: bool = False,
) -> Preview:
    """Look at a spreadsheet: what it holds, what each row would do, every question at its cell. Writes nothing.

    Args:
        mapping: what is known of the file (``sheets.mapping``, or its JSON form); the rest is guessed.
        progress: told (done, total, what); may raise to stop.
        strict: rows with a question are rejected.

    Raises:
        UserError: the file cannot be read, holds no table, or the mapping does not fit.
    """
    given = mapping if isinstance(mapping, FileMapping) else _mapping_of(mapping)
    (progress or _silent)(0, 4, _READING)
    with _no_collecting():
        return _look(session, reading.read(path), given, {}, frozenset(), strict, progress or _silent)


def again(
    session: Session,
    seen: Preview,
    mapping: FileMapping | Mapping[str, Any] | None = None,
    fixes: Fixes | None = None,
    skip: Iterable[int] | None = None,
    progress: Progress | None = None,
) -> Preview:
    """The preview of the same file with other columns, typed values or skipped rows; what is None stays as it was.

    Args:
        fixes: (1-based row, field) -> text typed instead of the cell.
        skip: rows left out.
    """
    given = seen.mapping if mapping is None else mapping if isinstance(mapping, FileMapping) else _mapping_of(mapping)
    book = seen.book or reading.read(seen.path)
    with _no_collecting():
        return _look(
            session,
            book,
            given,
            dict(seen.fixes if fixes is None else fixes),
            seen.skip if skip is None else frozenset(skip),
            seen.strict,
            progress or _silent,
        )


def read_mapping(path: str | Path) -> FileMapping:
    """A mapping from a JSON file.

    Raises:
        UserError: missing, not JSON, or a key or value that is not known; names it.
    """
    return mapping.read_file(path)


def accept(
    session: Session,
    seen: Preview,
    fixes: Fixes | None = None,
    skip: Iterable[int] | None = None,
    progress: Progress | None = None,
) -> Batch:
    """Write a preview as a batch, all of it or nothing; rejected and skipped rows stay out.

    Args:
        fixes, skip: as in ``again``.

    Returns:
        the batch; its ``counts["problems"]`` hold every question and repair (the database keeps the first questions).

    Raises:
        UserError: a column that is needed is not known, or no row can be imported.
    """
    if fixes is not None or skip is not None or seen.plan is None or seen.stamp != store.stamp(session):
        seen = again(session, seen, fixes=fixes, skip=skip, progress=progress)
    missing = next((p for p in seen.problems if p.kind == "no_column"), None)
    if missing is not None:
        raise UserError(missing.message, **missing.values)
    if not seen.rows:
        raise UserError(
            "Trang “{sheet}” của tệp “{file}” không có dòng nào dưới tiêu đề; hãy chọn trang khác.",
            sheet=seen.sheet,
            file=seen.path.name,
        )
    (progress or _silent)(3, 4, _WRITING)
    counts = {**seen.counts, "repairs": len(seen.repairs), "problems": [_plain(p) for p in seen.problems[:MOST_KEPT]]}
    batch_id = kept.add_batch(session, seen.path.name, seen.sha256, seen.layout, seen.mapping.as_plain(), counts)
    assert seen.plan is not None
    with _no_collecting():
        write(session, seen.plan, batch_id, seen.sheet)
    (progress or _silent)(4, 4, _WRITING)
    batch = kept.batch_of(session, batch_id)
    assert batch is not None
    return replace(batch, counts={**counts, "problems": [_plain(p) for p in (*seen.problems, *seen.repairs)]})


def summary_of(seen: Preview | Batch) -> dict[str, Any]:
    """Counts of product rows and every finding as plain values, for machines (``import --json``)."""
    counts: Mapping[str, Any] = seen.counts
    if isinstance(seen, Preview):
        problems = [_plain(p) for p in (*seen.problems, *seen.repairs)]
    else:
        problems = list(counts.get("problems", ()))
    return {**{key: counts.get(key, 0) for key in ("created", "updated", "unchanged", "rejected")}, "problems": problems}


def _plain(problem: Problem) -> dict[str, Any]:
    return {
        "sheet": problem.place.sheet,
        "row": problem.place.row,
        "column": problem.place.column,
        "heading": problem.values.get("heading", ""),
        "value": problem.value,
        "message": say(problem),
        "severity": problem.severity,
        "kind": problem.kind,
    }


def _silent(done: int, total: int, what: str) -> None:
    """Tell nobody."""


def _mapping_of(raw: Mapping[str, Any] | None) -> FileMapping:
    return mapping.from_plain(dict(raw)) if raw else FileMapping()


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Keep Python from searching for dead cycles while hundreds of thousands of live values are made: a quarter of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _look(
    session: Session,
    book: Book,
    given: FileMapping,
    fixes: dict[tuple[int, str], str],
    skip: frozenset[int],
    strict: bool,
    progress: Progress,
) -> Preview:
    progress(1, 4, _FINDING)
    table = _table(book, given)
    layout = layouts.by_name(given.layout) or layouts.layout_of({c.field for c in table.columns} | set(given.constants))
    progress(2, 4, _ROWS)
    rows = reading_rows.read(book.file, table, fixes, given.constants, lambda: progress(2, 4, _ROWS))
    missing = list(_missing_columns(rows, given))
    places = gazetteer(session, rows, given.province)
    if not missing:
        layout.check(rows)
        place_rows(rows, places)
    progress(3, 4, _MATCHING)
    plan = (
        Plan(rows={r.number: RowPlan("reject") for r in rows.rows})
        if missing
        else Planner(session, rows, layout.name == register.NAME, skip, strict).run()
    )
    rows.problems += [*missing, *_seen_before(session, book)]
    shown = tuple(_shown(row, plan.rows[row.number], row.number in skip) for row in rows.rows)
    problems = (*rows.problems, *(p for row in rows.rows for p in row.problems))
    return Preview(
        book.path,
        book.sha256,
        layout.name,
        table.sheet.name,
        tuple(s.name for s in book.sheets),
        table.header_rows,
        table.columns,
        shown,
        problems,
        tuple(rows.repairs),
        _counts(shown),
        (places.code, places.name),
        given,
        fixes,
        skip,
        strict,
        book,
        plan,
        store.stamp(session),
    )


def _table(book: Book, given: FileMapping) -> Table:
    """The table with its columns as the mapping wants them; which rows belong to it follows from the columns."""
    found = table_finding.find(book, given.sheet or None, given.header_row or None)
    table = Table(found.sheet, found.header_rows, mapping.apply(found.columns, given), ())
    return replace(table, body=table_finding.body_of(table.sheet, table.header_rows, table.columns))


def _missing_columns(rows: Contents, given: FileMapping) -> Iterable[Problem]:
    for name, words in (("product", N_("Tên sản phẩm")), ("producer", N_("Chủ thể"))):
        if rows.column(name) is None and name not in given.constants:
            yield Problem(
                _NO_COLUMN,
                {"name": words, "sheet": rows.table.sheet.name, "field": name},
                Place(rows.file, rows.table.sheet.name, rows.table.header_rows[-1]),
                words,
                "error",
                "no_column",
            )


def _seen_before(session: Session, book: Book) -> Iterable[Problem]:
    earlier = kept.same_file(session, book.sha256)
    if earlier:
        yield Problem(
            _SAME_FILE,
            {"when": earlier.imported_at.strftime("%H:%M %d/%m/%Y")},
            Place(book.file),
            book.file,
            "warning",
            "same_file",
        )


def _shown(row: Row, plan: RowPlan, skipped: bool) -> PreviewRow:
    if plan.action == "reject":
        state = "skipped" if skipped else "rejected"
    elif plan.asked or (row.problems and plan.action != "none"):
        state = "doubtful"
    else:
        state = {"create": "new", "update": "update", "none": "unchanged"}[plan.action]
    return PreviewRow(
        row.number, state, plan.action, row.values, row.filled, tuple(row.problems), tuple(Change(*c) for c in plan.changes)
    )


def _counts(rows: tuple[PreviewRow, ...]) -> dict[str, int]:
    actions = Counter(r.action for r in rows)
    return {
        "rows": len(rows),
        "created": actions["create"],
        "updated": actions["update"],
        "unchanged": actions["none"],
        "rejected": actions["reject"],
    }


__all__ = [
    "STATES", "Batch", "Change", "Preview", "PreviewRow", "accept", "again",
    "batches", "preview", "read_mapping", "summary_of", "undo",
]  # fmt: skip
