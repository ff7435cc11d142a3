"""What an inspector's copy of a session is made of, beyond what the other modules read: decisions, certificates, the chain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from ocop_desktop.data.audit import entries, raw_of
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import AgendaItem, Ballot, Certificate, Change, Decision, Result
from ocop_desktop.data.tables_paper import PaperScan, PaperSheet
from ocop_desktop.rules.audit_chain import BEGINNING, Entry


@dataclass
class Scope:
    """Records whose entries belong to one session and may be read by others: by entity, the ids."""

    ids: dict[str, set[int]] = field(default_factory=dict)

    def add(self, entity: str, ids: Iterable[int]) -> None:
        """Let entries of these records be read."""
        self.ids.setdefault(entity, set()).update(ids)

    def holds(self, entry: Entry) -> bool:
        """Whether an entry may be read; the others are shown by their digests alone."""
        return entry.entity_id in self.ids.get(entry.entity, ())


def decisions(session: Session, session_id: int) -> Sequence[Decision]:
    """Decisions of a session, the earliest first."""
    return session.scalars(select(Decision).where(Decision.session_id == session_id).order_by(Decision.id)).all()


def decision_number(session: Session, decision_id: int | None) -> str | None:
    """The number of a decision."""
    return session.scalar(select(Decision.number).where(Decision.id == decision_id)) if decision_id is not None else None


def certificates(session: Session, session_id: int) -> Sequence[Certificate]:
    """Certificates of a session's results, by their dossiers' place."""
    return session.scalars(
        select(Certificate).join(Result, Result.id == Certificate.result_id).join(AgendaItem, AgendaItem.id == Result.item_id)
        .where(AgendaItem.session_id == session_id).order_by(AgendaItem.position, Certificate.id)).all()


def ballot_ids(session: Session, item_ids: Iterable[int]) -> set[int]:
    """Every version of every ballot of the items."""
    return set(session.scalars(select(Ballot.id).where(Ballot.item_id.in_(list(item_ids)))))


def paper_ids(session: Session, item_ids: Iterable[int]) -> dict[str, set[int]]:
    """Typings of the items' paper ballots and their scans, by entity."""
    items = list(item_ids)
    return {table.__tablename__: set(session.scalars(select(table.id).where(table.item_id.in_(items))))
            for table in (PaperSheet, PaperScan)}


def chain_from(session: Session, session_id: int) -> tuple[str, Iterator[tuple[Entry, Any, Any]]]:
    """The chain from a session's first entry on, and the hash before it."""
    first = session.scalar(select(func.min(Change.id)).where(Change.entity == "session", Change.entity_id == session_id)) or 1
    before = session.scalar(select(Change.hash).where(Change.id < first).order_by(Change.id.desc()).limit(1))
    return before or BEGINNING, entries(raw_of(session), first)
