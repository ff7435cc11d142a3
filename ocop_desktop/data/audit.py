"""Looks through the audit chain: numbers, hashes, head, and whether every guarded row is what its newest entry says."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ocop_desktop.data.changes import HEAD, head_of
from ocop_desktop.data.engine import Session
from ocop_desktop.data.guarding import GUARDS, STATE, STATES, Key, rows_of
from ocop_desktop.data.tables import Change
from ocop_desktop.rules.audit_chain import Entry, Finding, Head, digest, findings

_COLUMNS = "id, at, who, entity, entity_id, what, before, after, hash"
Raw = sqlite3.Connection


@dataclass(frozen=True)
class Difference:
    """A guarded row that is not what its newest entry says.

    Args:
        seq: that entry; 0 where there is none.
        field: which value ("choices 1.5" for an answer); empty where the whole row is missing or unknown to the chain.
        recorded, found: the value in the entry and in the file.
    """

    table: str
    key: Key
    seq: int
    field: str = ""
    recorded: Any = None
    found: Any = None


def entries(raw: Raw, first: int = 1) -> Iterator[tuple[Entry, Any, Any]]:
    """Entries from number ``first`` on with their values before and after."""
    for seq, at, who, entity, entity_id, what, before, after, hash in raw.execute(
            f"SELECT {_COLUMNS} FROM change WHERE id >= ? ORDER BY id", (first,)):
        old, new = _read(before), _read(after)
        yield Entry(seq, _moment(at), who, entity, entity_id, what, digest(old), digest(new), hash), old, new


def _read(kept: Any) -> Any:
    """A value of an entry; what another hand made of it is kept as it is, and its hash will not fit."""
    try:
        return json.loads(kept, parse_constant=str) if kept is not None else None
    except (TypeError, ValueError):
        return repr(kept)


def _moment(text: str) -> str:
    try:
        return dt.datetime.fromisoformat(text).isoformat()
    except (TypeError, ValueError):  # not ours: the hash will not fit
        return str(text)


def chain_findings(raw: Raw) -> list[Finding]:
    """What is wrong with the chain itself."""
    kept = raw.execute("SELECT value FROM setting WHERE key = ?", (HEAD,)).fetchone()
    try:
        head = Head(**json.loads(kept[0])) if kept else None
    except (ValueError, TypeError):
        head = None
    found = list(findings((entry for entry, _before, _after in entries(raw)), head))
    last = raw.execute("SELECT coalesce(max(id), 0) FROM change").fetchone()[0]
    used = raw.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'change'").fetchone()[0]
    if used > last and not any(f.fault == "missing_at_the_end" for f in found):
        found.append(Finding("missing_at_the_end", last + 1, used))
    return found


def differences(raw: Raw) -> Iterator[Difference]:
    """Guarded rows that are not what the chain says of them."""
    recorded: dict[str, dict[Key, tuple[int, dict[str, Any] | None]]] = {g.table: {} for g in GUARDS}
    keys = {g.table: g.key for g in GUARDS}
    for entry, before, after in entries(raw):
        if entry.what in (STATE, STATES) and entry.entity in recorded:
            for state in (after if isinstance(after, list) else ()) if entry.what == STATES else (after,):
                one = state or before or {}
                if isinstance(one, dict):  # else the entry was altered, which its hash tells
                    recorded[entry.entity][tuple(one.get(k, "") for k in keys[entry.entity])] = (entry.seq, state)
    for guard, found in rows_of(raw):
        known = recorded[guard.table]
        for key in sorted({*known, *found}, key=str):
            seq, state = known.get(key, (0, None))
            yield from _compare(guard.table, key, seq, state, found.get(key))


def ballots_of_open_dossiers(raw: Raw) -> frozenset[Key]:
    """Keys of ballots whose dossier is not closed."""
    return frozenset(raw.execute("SELECT ballot.id FROM ballot JOIN agenda_item ON agenda_item.id = ballot.item_id"
                                 " WHERE agenda_item.status <> 'closed'").fetchall())


def _compare(table: str, key: Key, seq: int, state: dict[str, Any] | None, row: dict[str, Any] | None) -> Iterator[Difference]:
    if state is None or row is None:
        if state is not row:
            yield Difference(table, key, seq, "", state, row)
        return
    for field, value in state.items():
        here = row.get(field)
        if field == "choices" and isinstance(value, dict) and isinstance(here, dict):
            for code in sorted({*value, *here}):
                if value.get(code) != here.get(code):
                    yield Difference(table, key, seq, f"choices {code}", value.get(code), here.get(code))
        elif value != here:
            yield Difference(table, key, seq, field, value, here)


def head(session: Session) -> Head:
    """The newest entry's number and hash."""
    return head_of(session) or Head()


def entry_at(session: Session, seq: int) -> Head | None:
    """Number and hash of an entry, or None."""
    found = session.execute(select(Change.id, Change.hash).where(Change.id == seq)).one_or_none()
    return Head(*found) if found else None


def raw_of(session: Session) -> Raw:
    """The driver's connection of a session, for reading the chain as it stands in the file."""
    raw = session.connection().connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw
