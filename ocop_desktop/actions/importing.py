"""Import a spreadsheet: look at it first (nothing is written), accept it in one transaction, take it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from ocop_desktop.actions import importing_memory, importing_programme, rulebooks
from ocop_desktop.actions.collecting import uncollected
from ocop_desktop.actions.importing_doubts import NEW, Candidate, Choices
from ocop_desktop.actions.importing_leftovers import OUT
from ocop_desktop.actions.importing_places import gazetteer, place_rows
from ocop_desktop.actions.importing_plan import Plan, RowPlan
from ocop_desktop.actions.importing_planner import Planner
from ocop_desktop.actions.importing_preview import STATES, Change, Preview, PreviewRow, counts_of, shown
from ocop_desktop.actions.importing_undo import batches, undo
from ocop_desktop.actions.importing_write import write
from ocop_desktop.data import batches as kept
from ocop_desktop.data import importing as store
from ocop_desktop.data.batches import Batch
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import Place, Problem, UserError
from ocop_desktop.sheets import activities, applications, funding, layouts, mapping, product_sets, reading, table_finding
from ocop_desktop.sheets import contents as reading_rows
from ocop_desktop.sheets.contents import Contents, Fixes
from ocop_desktop.sheets.headings import FIELDS
from ocop_desktop.sheets.layout import Layout
from ocop_desktop.sheets.mapping import Mapping as FileMapping
from ocop_desktop.sheets.reading import Book
from ocop_desktop.sheets.table_finding import Table
from ocop_desktop.text import N_, say

Progress = Callable[[int, int, str], None]
_RECORDS = {activities.NAME: "activity", funding.NAME: "funding"}  # kinds that are records of a table of their own
MOST_KEPT = 500  # questions kept with a batch

_READING = N_("Đang đọc tệp")
_FINDING = N_("Đang tìm bảng")
_ROWS = N_("Đang đọc các dòng")
_MATCHING = N_("Đang so với dữ liệu đã có")
_WRITING = N_("Đang ghi")
_NO_COLUMN = N_("Chưa nhận ra cột “{name}” trong trang “{sheet}”; hãy chỉ cột này rồi xem lại.")
_SAME_FILE = N_("Tệp này đã nhập lúc {when}; nhập lại chỉ ghi những chỗ khác.")


def preview(
    session: Session,
    path: str | Path,
    mapping: FileMapping | Mapping[str, Any] | None = None,
    progress: Progress | None = None,
    strict: bool = False,
    fixes: Fixes | None = None,
    skip: Iterable[int] = (),
    choices: Choices | None = None,
) -> Preview:
    """Look at a spreadsheet: what it holds, what each row would do, every question at its cell. Writes nothing.

    Args:
        mapping: what is known of the file (``sheets.mapping``, or its JSON form); the rest is guessed.
        progress: told (done, total, what); may raise to stop.
        strict: rows with a question are rejected.
        fixes: (1-based row, field) -> text typed instead of the cell; skip: rows left out.
        choices: (1-based row, ``producer`` or ``product``) -> ``new``, ``same`` (as the likeliest) or a candidate's key, for rows
            that may be something known; row 0 stands for all rows. A file imported before keeps its choices.

    Raises:
        UserError: the file cannot be read, holds no table, or the mapping does not fit.
    """
    given = mapping if isinstance(mapping, FileMapping) else _mapping_of(mapping)
    tell = progress or _silent
    tell(0, 4, _READING)
    with uncollected():
        book = reading.read(path, beat=lambda: tell(0, 4, _READING))
        chosen = {**_chosen_before(session, book), **(choices or {})}
        meant, recalled = importing_memory.recall(session, book, given)
        seen = _look(session, book, meant, dict(fixes or {}), frozenset(skip), strict, tell, chosen)
        return replace(seen, problems=(recalled, *seen.problems)) if recalled else seen


def again(
    session: Session,
    seen: Preview,
    mapping: FileMapping | Mapping[str, Any] | None = None,
    fixes: Fixes | None = None,
    skip: Iterable[int] | None = None,
    progress: Progress | None = None,
    choices: Choices | None = None,
) -> Preview:
    """The preview of the same file with other columns, typed values or skipped rows; what is None stays as it was.

    Args:
        fixes: (1-based row, field) -> text typed instead of the cell.
        skip: rows left out; choices: as in ``preview``.
    """
    given = seen.mapping if mapping is None else mapping if isinstance(mapping, FileMapping) else _mapping_of(mapping)
    book = seen.book or reading.read(seen.path)
    with uncollected():
        return _look(
            session,
            book,
            given,
            dict(seen.fixes if fixes is None else fixes),
            seen.skip if skip is None else frozenset(skip),
            seen.strict,
            progress or _silent,
            dict(seen.choices if choices is None else choices),
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
        the batch; its counts hold every question (``problems``; the database keeps the first) and repair (``repaired``).

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
    kept_choices = {f"{number} {part}": chosen for (number, part), chosen in seen.choices.items()}
    counts = {**seen.counts, "repairs": len(seen.repairs), "choices": kept_choices}
    if seen.book is not None:
        counts["shape"] = importing_memory.shape_of(seen.book, seen.mapping)
    counts["problems"] = _kept_problems(seen)
    batch_id = kept.add_batch(session, seen.path.name, seen.sha256, seen.layout, seen.mapping.as_plain(), counts)
    assert seen.plan is not None
    with uncollected():
        write(session, seen.plan, batch_id, seen.sheet)
    batch = kept.batch_of(session, batch_id)
    assert batch is not None
    kept.note_imported(session, batch)
    (progress or _silent)(4, 4, _WRITING)
    return replace(batch, counts={**counts, "problems": seen.problems, "repaired": seen.repairs})


def _kept_problems(seen: Preview) -> list[dict[str, Any]]:
    """Questions as they stay with the batch, those of rows that stay out first and marked."""
    out = {row.number for row in seen.rows if row.action in ("reject", "wait")}
    first = sorted(seen.problems, key=lambda p: p.place.row not in out)
    return [_plain(p) | ({OUT: True} if p.place.row in out else {}) for p in first[:MOST_KEPT]]


def summary_of(seen: Preview | Batch) -> dict[str, Any]:
    """Counts of product rows and every finding as plain values, for machines (``import --json``); repairs by themselves too."""
    counts: Mapping[str, Any] = seen.counts
    if isinstance(seen, Preview):
        found: Iterable[Any] = (*seen.problems, *seen.repairs)
    else:
        found = (*counts.get("problems", ()), *counts.get("repaired", ()))
    problems = [_plain(p) if isinstance(p, Problem) else p for p in found]
    said = {key: counts.get(key, 0) for key in ("created", "updated", "unchanged", "rejected", "waiting")}
    repairs = [one for one in problems if one["severity"] == "repair"]
    return {"layout": seen.layout, **said, "problems": problems, "repairs": repairs}


def _plain(problem: Problem) -> dict[str, Any]:
    candidates: tuple[Candidate, ...] = problem.values.get("candidates", ())
    more = {"candidates": [asdict(one) for one in candidates]} if candidates else {}
    return more | {
        "sheet": problem.place.sheet,
        "row": problem.place.row,
        "column": problem.place.column,
        "heading": problem.values.get("heading", ""),
        "value": problem.value,
        "message": say(problem),
        "severity": problem.severity,
        "kind": problem.kind,
        **({"became": problem.values["became"]} if "became" in problem.values else {}),
    }


def _silent(done: int, total: int, what: str) -> None:
    """Tell nobody."""


def _mapping_of(raw: Mapping[str, Any] | None) -> FileMapping:
    return mapping.from_plain(dict(raw)) if raw else FileMapping()


def _look(
    session: Session,
    book: Book,
    given: FileMapping,
    fixes: dict[tuple[int, str], str],
    skip: frozenset[int],
    strict: bool,
    progress: Progress,
    choices: Choices,
) -> Preview:
    progress(1, 4, _FINDING)
    table, layout = _table(book, given)
    progress(2, 4, _ROWS)
    rows = reading_rows.read(book.file, table, fixes, given.constants, lambda: progress(2, 4, _ROWS), given.refuse)
    missing = list(_missing_columns(rows, given, layout))
    places = gazetteer(session, rows, given.province)
    if not missing:
        layout.gather(rows, book)
        layout.check(rows)
        place_rows(rows, places)
    if layout.name == applications.NAME and not missing:
        product_sets.tell_absent(rows)
        product_sets.name_sets(rows, {head.number: head.name.vi for head in rulebooks.current().heads})
    progress(3, 4, _MATCHING)
    plan = _nothing(rows) if missing else _plan(session, rows, layout, skip, strict, choices)
    rows.problems += [*missing, *_seen_before(session, book)]
    rows_shown = tuple(shown(row, plan.rows[row.number], row.number in skip) for row in rows.rows)
    return Preview(
        path=book.path,
        sha256=book.sha256,
        layout=layout.name,
        sheet=table.sheet.name,
        sheets=tuple(s.name for s in book.sheets),
        header_rows=table.header_rows,
        columns=table.columns,
        rows=rows_shown,
        problems=(*rows.problems, *(p for row in rows.rows for p in row.problems)),
        repairs=rows.repairs,
        counts=counts_of(rows_shown),
        province=(places.code, places.name),
        mapping=given,
        fixes=fixes,
        skip=skip,
        strict=strict,
        book=book,
        plan=plan,
        stamp=store.stamp(session),
        choices=choices,
    )


def _nothing(rows: Contents) -> Plan:
    """The plan of a table that lacks a column it needs."""
    return Plan(rows={r.number: RowPlan("reject") for r in rows.rows})


def _plan(session: Session, rows: Contents, layout: Layout, skip: frozenset[int], strict: bool, choices: Choices) -> Plan:
    if layout.name in _RECORDS:
        return importing_programme.plan(session, rows, skip, strict, _RECORDS[layout.name])
    return Planner(session, rows, layout.name, skip, strict, choices).run()


def _table(book: Book, given: FileMapping) -> tuple[Table, Layout]:
    """The table with its columns as mapping and layout want them; which rows belong to it follows from the columns."""
    found = table_finding.find(book, given.sheet or None, given.header_row or None)
    columns = mapping.apply(found.columns, given)
    layout = layouts.by_name(given.layout) or layouts.layout_of(columns)
    rows = found.sheet.rows
    columns = layouts.fitted(columns, layout, lambda at: [rows[n][at] if at < len(rows[n]) else "" for n in found.body])
    body = found.body if columns == found.columns else table_finding.body_of(found.sheet, found.header_rows, columns)
    return Table(found.sheet, found.header_rows, columns, body), layout


def _missing_columns(rows: Contents, given: FileMapping, layout: Layout) -> Iterable[Problem]:
    for name in layout.needs:
        words = FIELDS[name][0]
        if rows.column(name) is None and name not in given.constants:
            yield Problem(
                _NO_COLUMN,
                {"name": words, "sheet": rows.table.sheet.name or rows.file, "field": name},  # a .csv has no sheets
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


def _chosen_before(session: Session, book: Book) -> dict[tuple[int, str], str]:
    """What was chosen when the same file was imported."""
    earlier = kept.same_file(session, book.sha256)
    found: dict[tuple[int, str], str] = {}
    for place, chosen in (earlier.counts.get("choices") or {}).items() if earlier else ():
        number, _blank, part = place.partition(" ")
        found[int(number), part] = chosen
    return found


__all__ = [
    "NEW", "STATES", "Batch", "Candidate", "Change", "Preview", "PreviewRow", "accept", "again",
    "batches", "preview", "read_mapping", "summary_of", "undo",
]  # fmt: skip
