"""The history of records: what was changed, when, by whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select

from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import Change


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


def record_change(session: Session, who: str, entity: str, entity_id: int, what: str, before: Mapping[str, Any] | None = None,
                  after: Mapping[str, Any] | None = None, at: dt.datetime | None = None) -> None:
    """Write one line of history. Fields that are the same before and after are left out; no line when nothing differs.

    Args:
        entity: the table's name ("dossier").
        before, after: fields with plain values; dates and fractions become text.
    """
    if before is not None and after is not None:
        keys = [k for k in after if k not in before or before[k] != after[k]] + [k for k in before if k not in after]
        if not keys:
            return
        before, after = {k: before[k] for k in keys if k in before}, {k: after[k] for k in keys if k in after}
    session.execute(insert(Change).values(
        at=at or dt.datetime.now().replace(microsecond=0), who=who, entity=entity, entity_id=entity_id, what=what,
        before=dict(before) if before is not None else None, after=dict(after) if after is not None else None))


def history_of(session: Session, entity: str, entity_id: int, limit: int = 500) -> tuple[ChangeLine, ...]:
    """A record's history, the newest first."""
    query = (select(Change.at, Change.who, Change.what, Change.before, Change.after)
             .where(Change.entity == entity, Change.entity_id == entity_id).order_by(Change.id.desc()).limit(limit))
    return tuple(ChangeLine(at, who, what, before, after) for at, who, what, before, after in session.execute(query))
