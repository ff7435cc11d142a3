"""Accepted spreadsheets: what each did to every record, so that it can be taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Select, exists, func, insert, or_, select, update
from sqlalchemy.orm import aliased

from ocop_desktop.data.changes import record_change
from ocop_desktop.data.engine import Session
from ocop_desktop.data.guarding import STATE, STATES
from ocop_desktop.data.tables import BatchRow, Change, ImportBatch

Did = Literal["created", "updated"]
ENTITY, IMPORTED, TAKEN_BACK = "import_batch", "imported", "taken_back"


@dataclass(frozen=True)
class Batch:
    """One accepted spreadsheet.

    Args:
        mapping: how its columns were read; counts: rows by what became of them.
        undone_at: when it was taken back, or None.
    """

    id: int
    file_name: str
    sha256: str
    layout: str
    mapping: Mapping[str, Any]
    counts: Mapping[str, Any]
    imported_at: dt.datetime
    undone_at: dt.datetime | None


@dataclass(frozen=True)
class BatchEntry:
    """What a batch did to one record: ``created``, or ``updated`` with the fields before and after; and the source row."""

    entity: str
    entity_id: int
    did: Did
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    sheet: str = ""
    row: int | None = None


def add_batch(session: Session, file_name: str, sha256: str, layout: str, mapping: Mapping[str, Any], counts: Mapping[str, Any],
              imported_at: dt.datetime | None = None) -> int:
    """Write a batch; its number."""
    batch = ImportBatch(file_name=file_name, sha256=sha256, layout=layout, mapping=dict(mapping), counts=dict(counts),
                        imported_at=imported_at or dt.datetime.now().replace(microsecond=0), undone_at=None)
    session.add(batch)
    session.flush()
    return batch.id


def add_entries(session: Session, batch_id: int, entries: Iterable[BatchEntry]) -> None:
    """Write what a batch did, many at once."""
    rows = [{"batch_id": batch_id, "entity": e.entity, "entity_id": e.entity_id, "did": e.did,
             "before": dict(e.before) if e.before is not None else None, "after": dict(e.after) if e.after is not None else None,
             "sheet": e.sheet, "row": e.row} for e in entries]
    if rows:
        session.execute(insert(BatchRow), rows)


def batch_of(session: Session, batch_id: int) -> Batch | None:
    """The batch of that number, or None."""
    found = session.get(ImportBatch, batch_id)
    return _batch(found) if found else None


def batch_list(session: Session, limit: int = 50) -> tuple[Batch, ...]:
    """Batches, the newest first."""
    return tuple(map(_batch, session.scalars(select(ImportBatch).order_by(ImportBatch.id.desc()).limit(limit))))


def same_file(session: Session, sha256: str) -> Batch | None:
    """The newest batch of a file with the same bytes that was not taken back, or None."""
    query = select(ImportBatch).where(ImportBatch.sha256 == sha256, ImportBatch.undone_at.is_(None))
    found = session.scalars(query.order_by(ImportBatch.id.desc()).limit(1)).one_or_none()
    return _batch(found) if found else None


def same_shape(session: Session, guessed: str, limit: int = 5) -> tuple[Batch, ...]:
    """The newest batches of files with these headings (``actions.importing_memory``) that were not taken back."""
    shape = func.json_extract(ImportBatch.counts, "$.shape")
    query = select(ImportBatch).where(func.substr(shape, 1, len(guessed)) == guessed, ImportBatch.undone_at.is_(None))
    return tuple(map(_batch, session.scalars(query.order_by(ImportBatch.id.desc()).limit(limit))))


def entries_of(session: Session, batch_id: int) -> tuple[BatchEntry, ...]:
    """What a batch did, the last first: the order for taking it back."""
    query = _entries().where(BatchRow.batch_id == batch_id).order_by(BatchRow.id.desc())
    return tuple(BatchEntry(*values) for values in session.execute(query))


def note_imported(session: Session, batch: Batch) -> None:
    """Write into the history that a batch is whole; changes are later than the batch when they stand after this line."""
    record_change(session, "", ENTITY, batch.id, IMPORTED, after={"file_name": batch.file_name, "sha256": batch.sha256})


def touched_later(session: Session, batch_id: int) -> tuple[BatchEntry, ...]:
    """Entries of a batch whose records a later batch or a person changed since: what stands in the way of taking it back.

    Later is told by numbers, not by the clock: two things can happen in one second. Entries of guarded rows do not count.
    """
    later, other = aliased(BatchRow), aliased(ImportBatch)
    by_batch = exists().where(later.entity == BatchRow.entity, later.entity_id == BatchRow.entity_id, later.batch_id > batch_id,
                              other.id == later.batch_id, other.undone_at.is_(None))
    noted = select(func.coalesce(func.max(Change.id), 0)).where(
        Change.entity == ENTITY, Change.entity_id == batch_id, Change.what == IMPORTED).scalar_subquery()
    by_person = exists().where(Change.entity == BatchRow.entity, Change.entity_id == BatchRow.entity_id, Change.id > noted,
                                Change.what.not_in((STATE, STATES)))
    query = _entries().where(BatchRow.batch_id == batch_id, or_(by_batch, by_person)).order_by(BatchRow.id)
    return tuple(BatchEntry(*values) for values in session.execute(query))


@dataclass(frozen=True)
class Source:
    """Where a record, or a change of it, comes from: a row of a sheet of a file."""

    entity: str
    did: str
    file_name: str
    sha256: str
    sheet: str
    row: int | None
    imported_at: dt.datetime


def sources_of(session: Session, records: Iterable[tuple[str, int]]) -> tuple[Source, ...]:
    """Every import that made or changed one of these records (entity, number), the newest first; taken back ones not."""
    where = or_(*((BatchRow.entity == entity) & (BatchRow.entity_id == number) for entity, number in records))
    query = (
        select(BatchRow.entity, BatchRow.did, ImportBatch.file_name, ImportBatch.sha256, BatchRow.sheet, BatchRow.row,
               ImportBatch.imported_at)
        .join(ImportBatch, ImportBatch.id == BatchRow.batch_id)
        .where(where, ImportBatch.undone_at.is_(None))
        .order_by(BatchRow.id.desc())
    )  # fmt: skip
    return tuple(Source(*row) for row in session.execute(query))


def mark_undone(session: Session, batch_id: int, at: dt.datetime | None = None) -> None:
    """Say that a batch was taken back, in the history too."""
    moment = at or dt.datetime.now().replace(microsecond=0)
    session.execute(update(ImportBatch).where(ImportBatch.id == batch_id).values(undone_at=moment))
    record_change(session, "", ENTITY, batch_id, TAKEN_BACK)


def _entries() -> Select[Any]:
    return select(BatchRow.entity, BatchRow.entity_id, BatchRow.did, BatchRow.before, BatchRow.after,
                  BatchRow.sheet, BatchRow.row)


def _batch(row: ImportBatch) -> Batch:
    return Batch(row.id, row.file_name, row.sha256, row.layout, row.mapping, row.counts, row.imported_at, row.undone_at)
