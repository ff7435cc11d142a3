"""Guarded tables: every change of their rows becomes an entry of the audit chain, whoever writes it and however.

Triggers that live only in our own connection note which rows a transaction touched; before it is committed, each row's state is
written as an entry ``state`` (before and after). So no action can forget it, and a row changed by another hand is not what
the newest entry says: ``audit`` finds it. Answers are not watched one by one: a ballot's answers enter the chain when the
ballot is finished, which is when they begin to count. Rows of a register that come in by the thousand share an entry ``states``.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ocop_desktop.rules.audit_chain import digest

if TYPE_CHECKING:
    from ocop_desktop.data.changes import NewLine
    from ocop_desktop.data.engine import Session

STATE, STATES = "state", "states"
MANY, TOGETHER = 200, 1000  # so many new rows of a table at once share entries; rows in one of them
TAKEN_IN = "audit.taken_in"  # setting: the tables whose rows entered the chain once
Key = tuple[int | str, ...]


@dataclass(frozen=True)
class Guard:
    """A guarded table.

    Args:
        key: columns that name a row; the first one, where it is a number, is the entry's ``entity_id``.
        columns: what is kept of it; ``nested`` ones are JSON; large JSON columns (``json``) and files (``blobs``) are kept as
            their digest.
        when: condition on ``ROW``: only such rows are guarded.
        many: condition on ``ROW``: only such new rows may share an entry; none where it is empty. Flat columns only.
    """

    table: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    nested: tuple[str, ...] = ()
    json: tuple[str, ...] = ()
    blobs: tuple[str, ...] = ()
    when: str = ""
    many: str = ""

    def state(self, row: str) -> str:
        """SQL for the state of a row named ``row`` as JSON; of flat columns it is the canonical JSON of ``audit_chain``."""
        parts = [f"'{c}', {row}.{c}" for c in sorted((*self.key, *self.columns))]
        parts += [f"'{c}', json(CASE WHEN json_valid({row}.{c}) THEN {row}.{c}"  # another hand may have made no JSON of it
                  f" ELSE json_quote(CAST({row}.{c} AS TEXT)) END)" for c in self.nested]
        parts += [f"'{c}_sha256', json_sha256({row}.{c})" for c in self.json]
        parts += [f"'{c}_sha256', blob_sha256({row}.{c})" for c in self.blobs]
        if self.table == "ballot" and row == "ballot":
            parts.append("'choices', (SELECT json_group_object(criterion, choice) FROM answer"
                         " WHERE ballot_id = ballot.id AND choice != '')")
        return f"json_object({', '.join(parts)})"

    def condition(self, row: str) -> str:
        """SQL of ``when`` for a row named ``row``."""
        return self.when.replace("ROW", row) or "1"


# What is guarded. A further table is one more line; columns added to a line count from the next change of a row on.
GUARDS: tuple[Guard, ...] = (
    Guard("session", ("id",), ("code", "name", "council_id", "held_on", "status", "rulebook", "kind", "due_on"),
          nested=("working_rules",)),
    Guard("council", ("id",), ("name", "decision_number", "decision_date")),
    Guard("member", ("id",), ("council_id", "seat", "name", "agency", "role")),
    Guard("session_member", ("session_id", "member_id"), ("present", "scores")),
    Guard("agenda_item", ("id",), ("session_id", "dossier_id", "status")),
    Guard("recusal", ("item_id", "member_id"), ("reason",)),
    Guard("presence", ("item_id", "member_id"), ("present",)),
    Guard("ballot", ("id",), ("item_id", "member_id", "version", "opinion", "exclusion", "finished_at", "reopened_why"),
          when="ROW.finished_at IS NOT NULL"),
    Guard("own_laptop", ("session_id", "member_id"), ("package", "key", "enrolled_at", "sequence", "digest")),
    Guard("paper_sheet", ("id",), ("item_id", "member_id", "version", "typing", "opinion", "exclusion", "hand_total", "who",
                                   "typed_at"),
          nested=("choices",), when="ROW.typed_at IS NOT NULL"),
    Guard("paper_scan", ("id",), ("item_id", "member_id", "version", "name", "sha256", "kept_at", "who")),
    Guard("result", ("id",), ("item_id", "mean_numerator", "mean_denominator", "stars_by_points", "stars", "excluded", "rulebook",
                              "rulebook_fingerprint", "closed_at"), json=("snapshot", "conclusions")),
    Guard("decision", ("id",), ("number", "date", "authority", "session_id", "corrects_id"),
          many="ROW.session_id IS NULL"),
    Guard("certificate", ("id",), ("dossier_id", "result_id", "decision_id", "number", "stars", "issued_on", "expires_on",
                                   "revoked_on", "revoked_why", "revoked_ground", "concluded_on", "conclusion", "revoked_by",
                                   "extended_until", "extended_why", "replaces_id", "reissued_on"),
          json=("wording",),
          many="ROW.result_id IS NULL"),
    Guard("inspection", ("id",), ("product_id", "planned_on", "held_on", "team", "findings", "label_right", "follow_up",
                                  "follow_up_due", "follow_up_done"), many="1"),
    Guard("inspection_photo", ("id",), ("inspection_id", "name", "kept_at"), blobs=("content",)),
    Guard("person", ("id",), ("name", "agency", "role", "once"), json=("pin", "recovery")),
    Guard("paper_number", ("id",), ("issuer", "sign", "year", "number", "text", "state", "about", "session_id", "paper",
                                    "subject", "body", "record", "dated", "reason")),
    Guard("paper_signer", ("id",), ("paper", "record", "issuer", "name", "title", "way", "head", "collective")),
    Guard("paper_template", ("id",), ("kind", "name", "sha256"), blobs=("content",)),
    Guard("rulebook_version", ("id",), ("rulebook", "version", "in_force", "reason", "fingerprint", "accepted_why"),
          json=("content",)),
    Guard("secret_key", ("name",), ("mark", "made_at"), blobs=("seed",)),
    Guard("setting", ("key",), (), json=("value",),
          when="ROW.key IN ('office', 'rules.default', 'certificate.keys', 'papers.letterheads', 'papers.signatories',"
               " 'papers.numbering')"),
)
BY_TABLE = {guard.table: guard for guard in GUARDS}


class Watch:
    """Notes the rows the transaction under way touched, with their state before it."""

    def __init__(self) -> None:
        self.touched: dict[str, dict[Key, dict[str, Any] | None]] = {}

    def note(self, table: str, before: str | None, *key: int | str) -> None:
        """Called by the triggers; the state before the first touch is the one that counts."""
        self.touched.setdefault(table, {}).setdefault(key, json.loads(before) if before else None)


def watch(raw: sqlite3.Connection) -> Watch:
    """Begin to watch the guarded tables of a connection whose schema is today's; again after every migration."""
    made = Watch()
    raw.create_function("json_sha256", 1, _json_sha256, deterministic=True)
    raw.create_function("blob_sha256", 1, _blob_sha256, deterministic=True)
    raw.create_function("note_change", -1, made.note)
    for guard in GUARDS:
        for verb, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
            raw.execute(f"DROP TRIGGER IF EXISTS temp.guard_{guard.table}_{verb.lower()}")
            raw.execute(f"CREATE TEMP TRIGGER guard_{guard.table}_{verb.lower()} AFTER {verb} ON main.{guard.table}"
                        f"{_when(guard, verb)} BEGIN SELECT note_change('{guard.table}', {_before(guard, verb)},"
                        f" {', '.join(f'{row}.{c}' for c in guard.key)}); END")
    return made


def _json_sha256(text: str | None) -> str | None:
    try:
        return digest(json.loads(str(text))) if text is not None else None
    except ValueError:  # another hand wrote it: the digest of what stands there is then another one
        return _blob_sha256(text)


def _blob_sha256(blob: bytes | str | None) -> str | None:
    """Text or nothing is there only where another hand put it."""
    if blob is None:
        return None
    return hashlib.sha256(blob if isinstance(blob, bytes) else str(blob).encode()).hexdigest()


def _when(guard: Guard, verb: str) -> str:
    rows = {"INSERT": ("NEW",), "UPDATE": ("NEW", "OLD"), "DELETE": ("OLD",)}[verb]
    return f" WHEN {' OR '.join(guard.condition(row) for row in rows)}" if guard.when else ""


def _before(guard: Guard, verb: str) -> str:
    if verb == "INSERT":
        return "NULL"
    return f"CASE WHEN {guard.condition('OLD')} THEN {guard.state('OLD')} END"


def seal(session: Session, watched: Watch) -> None:
    """Write an entry for every row touched that is not as it was before; called before a transaction is committed."""
    from ocop_desktop.data.changes import WHO, NewLine, append

    session.flush()
    touched, watched.touched = watched.touched, {}
    lines: list[NewLine] = []
    for table, keys in touched.items():
        guard = BY_TABLE[table]
        if guard.many and len(keys) >= MANY:
            lines += _together(_raw(session), guard, keys)
        now = states(_raw(session), guard, keys) if keys else {}
        for key, before in keys.items():
            after = now.get(key)
            if after != before and (after or before):
                lines.append(NewLine(table, _number(key), STATE, before, after, plain=True))
    if lines:
        append(session, session.info.get(WHO, ""), lines)


def _together(raw: sqlite3.Connection, guard: Guard, keys: dict[Key, dict[str, Any] | None]) -> Iterator[NewLine]:
    """Entries of many new rows; those rows are taken out of ``keys``."""
    from ocop_desktop.data.changes import NewLine

    new = sorted(key[0] for key, before in keys.items() if before is None)
    for first in range(0, len(new), TOGETHER):
        ids, rows = raw.execute(
            f"SELECT json_group_array({guard.key[0]}), json_group_array({guard.state(guard.table)}) FROM {guard.table} WHERE"
            f" {guard.key[0]} IN (SELECT value FROM json_each(?)) AND {guard.many.replace('ROW', guard.table)}",
            (json.dumps(new[first:first + TOGETHER]),)).fetchone()
        taken = json.loads(ids)
        for one in taken:
            del keys[(one,)]
        if taken:
            yield NewLine(guard.table, taken[0], STATES, None, rows)


def states(raw: sqlite3.Connection, guard: Guard, keys: Iterable[Key] | None = None) -> dict[Key, dict[str, Any]]:
    """The state of a table's guarded rows by key; of all, or of those asked for."""
    columns = ", ".join(f"{guard.table}.{c}" for c in guard.key)
    query = f"SELECT {columns}, {guard.state(guard.table)} FROM {guard.table} WHERE ({guard.condition(guard.table)})"
    given: tuple[str, ...] = ()
    if keys is not None:
        query += f" AND {guard.table}.{guard.key[0]} IN (SELECT value FROM json_each(?))"
        given = (json.dumps(sorted({key[0] for key in keys}, key=str)),)
    return {tuple(row[:-1]): json.loads(row[-1]) for row in raw.execute(query, given)}


def take_in(session: Session) -> None:
    """After a migration: write an entry for every row of tables guarded from now on. A table is taken in once, were it empty."""
    from ocop_desktop.data.changes import NewLine, append

    raw = _raw(session)
    kept = raw.execute("SELECT value FROM setting WHERE key = ?", (TAKEN_IN,)).fetchone()
    known = {*(json.loads(kept[0]).split() if kept else ()), *(row[0] for row in raw.execute(
        "SELECT DISTINCT entity FROM change WHERE what IN (?, ?)", (STATE, STATES)))}
    append(session, "", [NewLine(g.table, _number(key), STATE, None, state)
                         for g in GUARDS if g.table not in known for key, state in states(raw, g).items()])
    raw.execute("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", (TAKEN_IN, json.dumps(" ".join(sorted(BY_TABLE)))))


def _number(key: Key) -> int:
    return key[0] if isinstance(key[0], int) else 0


def _raw(session: Session) -> sqlite3.Connection:
    raw = session.connection().connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw


def rows_of(raw: sqlite3.Connection) -> Iterator[tuple[Guard, dict[Key, dict[str, Any]]]]:
    """Every guarded table with the states of its rows."""
    for guard in GUARDS:
        yield guard, states(raw, guard)
