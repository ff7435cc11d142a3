"""Council sessions: what is read for lists, the matrix and closing, and what is written. A fixed number of queries each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, and_, case, delete, exists, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from ocop_desktop.data.changes import record_change
from ocop_desktop.data.tables import (
    AgendaItem,
    Answer,
    Ballot,
    Change,
    Commune,
    Council,
    CouncilSession,
    Dossier,
    Member,
    Producer,
    Product,
    Recusal,
    Result,
    SessionMember,
)

OPEN_STATES = ("draft", "open")
ESCALATED = "escalated"  # the history line of a dossier a written round hands to a meeting


def codes(session: Session) -> set[str]:
    """Codes of every session."""
    return set(session.scalars(select(CouncilSession.code)))


def councils(session: Session) -> Sequence[Council]:
    """Councils with their members, the newest first."""
    return session.scalars(select(Council).options(selectinload(Council.members)).order_by(Council.id.desc())).all()


def by_code(session: Session, code: str) -> CouncilSession | None:
    """The session with ``code``."""
    return session.scalar(select(CouncilSession).where(CouncilSession.code == code))


def get(session: Session, session_id: int) -> CouncilSession | None:
    """One session with its council."""
    return session.get(CouncilSession, session_id, options=[joinedload(CouncilSession.council)])


def get_item(session: Session, item_id: int) -> AgendaItem | None:
    """One item with its session, dossier, product and producer."""
    parts = joinedload(AgendaItem.dossier).joinedload(Dossier.product).joinedload(Product.producer)
    return session.get(AgendaItem, item_id, options=[joinedload(AgendaItem.session), parts])


def listed(session: Session) -> Sequence[Row[CouncilSession, str, int, int, int]]:
    """Every session, newest first: (session, council's name, dossiers on the agenda, closed, seats that score)."""
    closed = func.sum(case((AgendaItem.status == "closed", 1), else_=0)).label("closed")
    items = (select(AgendaItem.session_id, func.count().label("all"), closed)
             .where(AgendaItem.status != "removed").group_by(AgendaItem.session_id).subquery())
    seats = (select(SessionMember.session_id, func.count().label("seats")).where(SessionMember.scores)
             .group_by(SessionMember.session_id).subquery())
    return session.execute(
        select(CouncilSession, Council.name, func.coalesce(items.c.all, 0), func.coalesce(items.c.closed, 0),
               func.coalesce(seats.c.seats, 0))
        .join(Council).outerjoin(items, items.c.session_id == CouncilSession.id)
        .outerjoin(seats, seats.c.session_id == CouncilSession.id)
        .order_by(CouncilSession.held_on.desc(), CouncilSession.id.desc())).all()


def candidates(session: Session, folded: str = "", round: str = "", set_no: int | None = None, limit: int = 500,
               ) -> Sequence[Row[Dossier, Product, Producer, str | None]]:
    """Dossiers that may go on an agenda: ready or draft, on none that is not closed yet; complete ones first."""
    query = (
        select(Dossier, Product, Producer, Commune.name).join(Product, Product.id == Dossier.product_id)
        .join(Producer, Producer.id == Product.producer_id).outerjoin(Commune, Commune.id == Producer.commune_id)
        .where(Dossier.status.in_(("ready", "draft")), ~_on_open_agenda()))
    for word in folded.split():
        query = query.where(Dossier.search.contains(word, autoescape=True))
    if round:
        query = query.where(Dossier.round == round)
    if set_no is not None:
        query = query.where(Product.set_no == set_no)
    return session.execute(query.order_by(Dossier.status.desc(), Product.folded, Dossier.id).limit(limit)).all()


def _on_open_agenda() -> Any:
    return exists().where(AgendaItem.dossier_id == Dossier.id, AgendaItem.status == "open",
                          AgendaItem.session_id == CouncilSession.id, CouncilSession.status.in_(OPEN_STATES))


def dossiers(session: Session, ids: Iterable[int]) -> dict[int, Dossier]:
    """Dossiers by id, with product and producer."""
    query = select(Dossier).where(Dossier.id.in_(list(ids))).options(joinedload(Dossier.product).joinedload(Product.producer))
    return {d.id: d for d in session.scalars(query)}


def busy_dossiers(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """Of these dossiers the ones on an agenda of a session not closed yet, with that session's name."""
    query = (select(AgendaItem.dossier_id, CouncilSession.name).join(CouncilSession)
             .where(AgendaItem.dossier_id.in_(list(ids)), AgendaItem.status == "open", CouncilSession.status.in_(OPEN_STATES)))
    return {row[0]: row[1] for row in session.execute(query)}


def agenda(session: Session, session_id: int, item_ids: Iterable[int] | None = None,
           ) -> Sequence[Row[AgendaItem, Dossier, Product, Producer, int | None, bool | None]]:
    """Items in agenda order: (item, dossier, product, producer, result's stars, result's exclusion)."""
    query = (select(AgendaItem, Dossier, Product, Producer, Result.stars, Result.excluded)
             .where(AgendaItem.session_id == session_id).join(Dossier, Dossier.id == AgendaItem.dossier_id)
             .join(Product, Product.id == Dossier.product_id).join(Producer, Producer.id == Product.producer_id)
             .outerjoin(Result, Result.item_id == AgendaItem.id).order_by(AgendaItem.position, AgendaItem.id))
    if item_ids is not None:
        query = query.where(AgendaItem.id.in_(list(item_ids)))
    return session.execute(query).all()


def newest_item(session: Session, dossier_id: int) -> AgendaItem | None:
    """Where a dossier stands on an agenda, the newest session first; not where it was taken off."""
    return session.scalars(select(AgendaItem).where(AgendaItem.dossier_id == dossier_id, AgendaItem.status != "removed")
                           .order_by(AgendaItem.session_id.desc()).limit(1)).first()


def seats(session: Session, session_id: int) -> Sequence[SessionMember]:
    """Seats of a session with their members, by seat."""
    query = (select(SessionMember).join(Member).where(SessionMember.session_id == session_id)
             .options(joinedload(SessionMember.member)).order_by(Member.seat, Member.id))
    return session.scalars(query).all()


def recusals(session: Session, session_id: int) -> dict[tuple[int, int], str]:
    """Reasons of recusal of a session by (item, member)."""
    query = select(Recusal.item_id, Recusal.member_id, Recusal.reason).join(AgendaItem).where(AgendaItem.session_id == session_id)
    return {(row[0], row[1]): row[2] for row in session.execute(query)}


def ballots_begun(session: Session, session_id: int) -> int:
    """How many ballots of a session exist."""
    query = select(func.count()).select_from(Ballot).join(AgendaItem).where(AgendaItem.session_id == session_id)
    return session.scalar(query) or 0


def latest_ballots(session: Session, session_id: int) -> Sequence[Row[int, int, int, int, dt.datetime | None, int, str]]:
    """The counting version of every ballot: (item, member, ballot, version, finished at, answers given: 0 once finished, the
    mark of what a package brought).
    """
    newest = _newest(session_id)
    given = (select(Answer.ballot_id, func.count().label("given")).join(Ballot, Ballot.id == Answer.ballot_id)
             .join(newest, _is_newest(newest)).where(Ballot.finished_at.is_(None), Answer.choice != "")
             .group_by(Answer.ballot_id).subquery())
    return session.execute(
        select(Ballot.item_id, Ballot.member_id, Ballot.id, Ballot.version, Ballot.finished_at, func.coalesce(given.c.given, 0),
               Ballot.package_digest)
        .join(newest, _is_newest(newest)).outerjoin(given, given.c.ballot_id == Ballot.id)).all()


def _newest(session_id: int) -> Any:
    return (select(Ballot.item_id, Ballot.member_id, func.max(Ballot.version).label("version")).join(AgendaItem)
            .where(AgendaItem.session_id == session_id).group_by(Ballot.item_id, Ballot.member_id).subquery())


def _is_newest(newest: Any) -> Any:
    return and_(Ballot.item_id == newest.c.item_id, Ballot.member_id == newest.c.member_id, Ballot.version == newest.c.version)


def moved(session: Session, session_id: int) -> set[int]:
    """Items of a written round that were taken off because a meeting scores them."""
    query = (select(Change.entity_id).join(AgendaItem, AgendaItem.id == Change.entity_id)
             .where(AgendaItem.session_id == session_id, AgendaItem.status == "removed", Change.entity == "agenda_item",
                    Change.what == ESCALATED))
    return set(session.scalars(query))


def add_council(session: Session, name: str, number: str, date: dt.date | None, members: Iterable[Member]) -> Council:
    """Write a new council with its members in order."""
    made = Council(name=name, decision_number=number, decision_date=date)
    made.members = list(members)
    for seat, member in enumerate(made.members, 1):
        member.seat = seat
    session.add(made)
    session.flush()
    return made


def add_session(session: Session, made: CouncilSession, seats_taken: Iterable[tuple[int, bool, bool]]) -> None:
    """Write a session with its seats: (member, present, scores)."""
    session.add(made)
    session.flush()
    for member_id, present, scores in seats_taken:
        session.add(SessionMember(session_id=made.id, member_id=member_id, present=present, scores=scores))
    session.flush()


def add_item(session: Session, session_id: int, dossier_id: int) -> AgendaItem:
    """Put a dossier at the end of an agenda; one that was taken off comes back in its own place."""
    found = session.scalar(select(AgendaItem).where(AgendaItem.session_id == session_id, AgendaItem.dossier_id == dossier_id))
    if found is None:
        last = session.scalar(select(func.max(AgendaItem.position)).where(AgendaItem.session_id == session_id)) or 0
        found = AgendaItem(session_id=session_id, dossier_id=dossier_id, position=last + 1)
        session.add(found)
    found.status = "open"
    session.flush()
    return found


def seat_of(session: Session, session_id: int, member_id: int) -> SessionMember | None:
    """One seat of a session."""
    return session.get(SessionMember, (session_id, member_id), options=[joinedload(SessionMember.member)])


def recuse(session: Session, item_id: int, member_id: int, reason: str) -> str | None:
    """Write a recusal; the reason it had before."""
    found = session.get(Recusal, (item_id, member_id))
    before = found.reason if found else None
    if found:
        found.reason = reason
    else:
        session.add(Recusal(item_id=item_id, member_id=member_id, reason=reason))
    session.flush()
    return before


def take_back_recusal(session: Session, item_id: int, member_id: int) -> None:
    """Delete a recusal."""
    session.execute(delete(Recusal).where(Recusal.item_id == item_id, Recusal.member_id == member_id))


def record(session: Session, entity: str, entity_id: int, what: str, before: dict[str, Any] | None, after: dict[str, Any] | None,
           who: str = "") -> None:
    """Add a line to the history of a record."""
    record_change(session, who, entity, entity_id, what, before, after)


def last_change(session: Session, entity: str, entity_id: int, what: str) -> Change | None:
    """The newest history line of one kind."""
    return session.scalar(select(Change).where(Change.entity == entity, Change.entity_id == entity_id, Change.what == what)
                          .order_by(Change.id.desc()).limit(1))
