"""The history of records: what was changed, when, by whom. Every line is an entry of the audit chain (``rules.audit_chain``).

Lines are only ever added, here. The newest number and hash are also kept under the setting ``HEAD``; new lines follow that, not
the last line found, so a cut tail stays a gap for good.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update

from ocop_desktop.data.engine import SIGNED_IN, Session, plain
from ocop_desktop.data.tables import Change, Setting
from ocop_desktop.rules.audit_chain import Entry, Head, digest, digest_of, hash_of

HEAD = "audit.head"
WHO = "who"  # in a session's info: the person named last, for lines nobody names a person for


@dataclass(frozen=True)
class ChangeLine:
    """One line of a record's history.

    Args:
        what: short stable name of what was done ("saved", "closed", "revoked").
        before, after: the fields that differ, plain values; None where there was or is nothing.
    """

    at: dt.datetime
    who: str
    what: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True)
class NewLine:
    """A line about to be written; ``after`` may be its canonical JSON text already."""

    entity: str
    entity_id: int
    what: str
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | str | None = None
    plain: bool = False  # values come from JSON already


_INSERT = 'INSERT INTO change (id, at, who, entity, entity_id, what, "before", "after", hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'


def record_change(session: Session, who: str, entity: str, entity_id: int, what: str, before: Mapping[str, Any] | None = None,
                  after: Mapping[str, Any] | None = None, at: dt.datetime | None = None) -> int | None:
    """Write one line of history. Fields that are the same before and after are left out; no line when nothing differs.

    Args:
        entity: the table's name ("dossier").
        before, after: fields with plain values; dates and fractions become text.

    Returns:
        The line's number, or None when nothing differs.
    """
    if before is not None and after is not None:
        keys = [k for k in after if k not in before or before[k] != after[k]] + [k for k in before if k not in after]
        if not keys:
            return None
        before, after = {k: before[k] for k in keys if k in before}, {k: after[k] for k in keys if k in after}
    return append(session, who, [NewLine(entity, entity_id, what, before, after)], at).seq


def append(session: Session, who: str, lines: Sequence[NewLine], at: dt.datetime | None = None) -> Head:
    """Write lines at the end of the chain, many at once; the head from then on."""
    session.flush()
    who = session.info.get(SIGNED_IN) or who
    if who:
        session.info[WHO] = who
    moment = (at or dt.datetime.now()).replace(microsecond=0)
    last, rows = head_of(session) or _newest(session), []
    for line in lines:
        (before, old), (after, new) = _written(line.before, line.plain), _written(line.after, line.plain)
        entry = Entry(last.seq + 1, moment.isoformat(), who, line.entity, line.entity_id, line.what, old, new)
        last = Head(entry.seq, hash_of(entry, last.hash))
        rows.append((last.seq, str(moment) + ".000000", who, line.entity, line.entity_id, line.what, before, after, last.hash))
    if rows:
        session.connection().exec_driver_sql(_INSERT, rows)  # taking a large import back writes 20,000: bare, it takes a third
        _move_head(session, last)
    return last


def _move_head(session: Session, head: Head) -> None:
    """Not one upsert: roles other than the clerk's may change a setting's value, and add none (``data.writing_rights``)."""
    kept = {"seq": head.seq, "hash": head.hash}
    moved: Any = session.execute(update(Setting).where(Setting.key == HEAD).values(value=kept))
    if not moved.rowcount:
        session.execute(insert(Setting).values(key=HEAD, value=kept))


def head_of(session: Session) -> Head | None:
    """The head kept beside the lines, or None when there is none."""
    kept = session.scalar(select(Setting.value).where(Setting.key == HEAD))
    try:
        return Head(int(kept["seq"]), str(kept["hash"])) if kept else None
    except (TypeError, KeyError, ValueError):  # written over by another hand; the check tells
        return None


def _newest(session: Session) -> Head:
    found = session.execute(select(Change.id, Change.hash).order_by(Change.id.desc()).limit(1)).one_or_none()
    return Head(*found) if found else Head()


def _written(values: Mapping[str, Any] | str | None, plain: bool) -> tuple[str | None, str]:
    """Values as they are kept, and their digest."""
    if values is None:
        return None, ""
    if isinstance(values, str):
        return values, digest_of(values)
    values = values if plain else _plain(values)
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")), digest(values)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values exactly as they will be read back from JSON."""
    read: dict[str, Any] = json.loads(json.dumps(dict(values), ensure_ascii=False, default=plain))
    return read


def lines_of(session: Session, entity: str, entity_ids: Iterable[int], *whats: str) -> Sequence[Change]:
    """Lines of certain kinds of several records, the oldest first."""
    query = select(Change).where(Change.entity == entity, Change.entity_id.in_(list(entity_ids)), Change.what.in_(whats))
    return session.scalars(query.order_by(Change.id)).all()


def history_of(session: Session, entity: str, entity_id: int, limit: int = 500) -> tuple[ChangeLine, ...]:
    """A record's history, the newest first."""
    query = (select(Change.at, Change.who, Change.what, Change.before, Change.after)
             .where(Change.entity == entity, Change.entity_id == entity_id).order_by(Change.id.desc()).limit(limit))
    return tuple(ChangeLine(at, who, what, before, after) for at, who, what, before, after in session.execute(query))
