"""Finished ballots, conclusions and the snapshots of closed dossiers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, and_, func, select
from sqlalchemy.orm import Session, joinedload

from ocop_desktop.data.tables import AgendaItem, Answer, Ballot, Change, CouncilSession, Dossier, Product, Result

CONCLUDED = "concluded"
REOPENED = "reopened"


@dataclass(frozen=True)
class StoredBallot:
    """One version of a ballot as it stands in the file."""

    id: int
    item_id: int
    member_id: int
    version: int
    finished_at: dt.datetime | None
    opinion: str
    exclusion: str | None
    reopened_why: str
    choices: dict[str, str]


def ballots(session: Session, item_ids: Iterable[int], earlier: bool = False) -> Iterator[StoredBallot]:
    """The counting version of every ballot of the items, or with ``earlier`` every version, lowest first; one query."""
    ids = list(item_ids)
    answers = func.aggregate_strings(Answer.criterion + "=" + Answer.choice, ";")
    query = (select(Ballot.id, Ballot.item_id, Ballot.member_id, Ballot.version, Ballot.finished_at, Ballot.opinion,
                    Ballot.exclusion, Ballot.reopened_why, answers)
             .outerjoin(Answer, and_(Answer.ballot_id == Ballot.id, Answer.choice != ""))
             .where(Ballot.item_id.in_(ids)).group_by(Ballot.id).order_by(Ballot.item_id, Ballot.member_id, Ballot.version))
    if not earlier:
        newest = (select(Ballot.item_id, Ballot.member_id, func.max(Ballot.version).label("version"))
                  .where(Ballot.item_id.in_(ids)).group_by(Ballot.item_id, Ballot.member_id).subquery())
        query = query.join(newest, and_(Ballot.item_id == newest.c.item_id, Ballot.member_id == newest.c.member_id,
                                        Ballot.version == newest.c.version))
    for row in session.execute(query):
        pairs = row[8].split(";") if row[8] else []
        yield StoredBallot(*row[:8], dict(pair.split("=", 1) for pair in pairs))


def reopen(session: Session, ballot_id: int, reason: str) -> Ballot:
    """Write the next version of a ballot: same answers and opinion, not finished; the version before stays as it is."""
    old = session.get_one(Ballot, ballot_id)
    new = Ballot(item_id=old.item_id, member_id=old.member_id, version=old.version + 1, opinion=old.opinion,
                 exclusion=old.exclusion, reopened_why=reason)
    session.add(new)
    session.flush()
    for answer in session.scalars(select(Answer).where(Answer.ballot_id == old.id)):
        session.add(Answer(ballot_id=new.id, criterion=answer.criterion, choice=answer.choice, note=answer.note))
    session.flush()
    return new


def conclusions(session: Session, item_ids: Iterable[int]) -> dict[int, list[Change]]:
    """Every conclusion written for the items, oldest first."""
    query = (select(Change).where(Change.entity == "agenda_item", Change.entity_id.in_(list(item_ids)), Change.what == CONCLUDED)
             .order_by(Change.id))
    found: dict[int, list[Change]] = {}
    for change in session.scalars(query):
        found.setdefault(change.entity_id, []).append(change)
    return found


def result_of(session: Session, item_id: int) -> Result | None:
    """The snapshot of a closed item."""
    return session.scalar(select(Result).where(Result.item_id == item_id))


def results_of(session: Session, session_id: int) -> Sequence[Row[Result, AgendaItem]]:
    """Results of a session in agenda order."""
    query = (select(Result, AgendaItem).join(AgendaItem).where(AgendaItem.session_id == session_id)
             .order_by(AgendaItem.position, AgendaItem.id))
    return session.execute(query).all()


def every_result(session: Session) -> Iterator[Result]:
    """Every result with its item, dossier and session, in pages."""
    query = (select(Result).options(joinedload(Result.item).joinedload(AgendaItem.dossier).joinedload(Dossier.product)
                                    .joinedload(Product.producer), joinedload(Result.item).joinedload(AgendaItem.session))
             .order_by(Result.id).execution_options(yield_per=200))
    yield from session.scalars(query)


def add(session: Session, made: Result) -> Result:
    """Write the snapshot of a closed item."""
    session.add(made)
    session.flush()
    return made


def sessions_with_items(session: Session) -> Sequence[Row[int, str, str, str, int]]:
    """Sessions that were opened, newest first: (id, code, name, status, dossiers)."""
    query = (select(CouncilSession.id, CouncilSession.code, CouncilSession.name, CouncilSession.status, func.count(AgendaItem.id))
             .join(AgendaItem, and_(AgendaItem.session_id == CouncilSession.id, AgendaItem.status != "removed"))
             .where(CouncilSession.status != "draft").group_by(CouncilSession.id)
             .order_by(CouncilSession.held_on.desc(), CouncilSession.id.desc()))
    return session.execute(query).all()
