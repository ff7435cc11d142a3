"""Who is there for which dossier, what members and producers have in common, and hints put aside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import AgendaItem, DismissedHint, Dossier, Presence, Producer, Product


def presences(session: Session, session_id: int) -> dict[int, dict[int, bool]]:
    """Presence per dossier where it is not what the roll says: by item, then by member."""
    query = (select(Presence.item_id, Presence.member_id, Presence.present).join(AgendaItem, AgendaItem.id == Presence.item_id)
             .where(AgendaItem.session_id == session_id))
    found: dict[int, dict[int, bool]] = {}
    for item_id, member_id, present in session.execute(query):
        found.setdefault(item_id, {})[member_id] = present
    return found


def mark(session: Session, item_id: int, member_id: int, present: bool) -> None:
    """Write a member's presence for one dossier."""
    row = insert(Presence).values(item_id=item_id, member_id=member_id, present=present)
    session.execute(row.on_conflict_do_update(index_elements=["item_id", "member_id"], set_={"present": present}))


def unmark(session: Session, item_ids: Iterable[int], member_id: int) -> None:
    """Let the roll speak for these dossiers again."""
    session.execute(delete(Presence).where(Presence.item_id.in_(list(item_ids)), Presence.member_id == member_id))


def open_items(session: Session, session_id: int) -> list[tuple[int, int]]:
    """Dossiers of a session that are not closed, in agenda order: (item, place)."""
    query = (select(AgendaItem.id, AgendaItem.position).where(AgendaItem.session_id == session_id, AgendaItem.status == "open")
             .order_by(AgendaItem.position, AgendaItem.id))
    return [(row[0], row[1]) for row in session.execute(query)]


def makers(session: Session, session_id: int) -> Sequence[Any]:
    """Producers of a session's open dossiers: one row per dossier."""
    return session.execute(
        select(AgendaItem.id.label("item_id"), Producer.id.label("producer_id"), Producer.name, Producer.representative,
               Producer.phone, Producer.address)
        .join(Dossier, Dossier.id == AgendaItem.dossier_id).join(Product, Product.id == Dossier.product_id)
        .join(Producer, Producer.id == Product.producer_id)
        .where(AgendaItem.session_id == session_id, AgendaItem.status == "open")
        .order_by(AgendaItem.position, AgendaItem.id)).all()


def dismissed(session: Session) -> set[tuple[str, int, str, str]]:
    """Hints put aside: (person, producer, kind, shared)."""
    query = select(DismissedHint.person, DismissedHint.producer_id, DismissedHint.kind, DismissedHint.shared)
    return {(row[0], row[1], row[2], row[3]) for row in session.execute(query)}


def dismiss(session: Session, person: str, producer_id: int, kind: str, shared: str, reason: str) -> None:
    """Put a hint aside for good."""
    row = insert(DismissedHint).values(person=person, producer_id=producer_id, kind=kind, shared=shared, reason=reason)
    session.execute(row.on_conflict_do_nothing())
