"""Finished ballots, conclusions and the snapshots of closed dossiers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, and_, func, select
from sqlalchemy.orm import Session, joinedload

from ocop_desktop.data.changes import lines_of
from ocop_desktop.data.tables import (
    AgendaItem,
    Answer,
    Ballot,
    Certificate,
    Change,
    CouncilSession,
    Decision,
    Dossier,
    Product,
    Result,
)

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


def conclusions(session: Session, item_ids: Iterable[int], after: int = 0) -> dict[int, list[Change]]:
    """Every conclusion written for the items after history line ``after``, oldest first."""
    found: dict[int, list[Change]] = {}
    for change in lines_of(session, "agenda_item", item_ids, CONCLUDED):
        if change.id <= after:
            continue
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


def newest_results(session: Session) -> set[int]:
    """The newest result of every dossier that is not being assessed again."""
    query = (select(func.max(Result.id)).join(AgendaItem, AgendaItem.id == Result.item_id)
             .join(Dossier, Dossier.id == AgendaItem.dossier_id).where(Dossier.status.in_(("closed", "recognised")))
             .group_by(AgendaItem.dossier_id))
    return set(session.scalars(query))


def corrected(session: Session, session_id: int) -> Decision | None:
    """The newest decision on earlier results of dossiers that a session assesses again."""
    here = select(AgendaItem.dossier_id).where(AgendaItem.session_id == session_id, AgendaItem.status != "removed")
    query = (select(Decision).join(AgendaItem, AgendaItem.session_id == Decision.session_id)
             .where(AgendaItem.dossier_id.in_(here), AgendaItem.status == "closed", AgendaItem.session_id != session_id))
    return session.scalar(query.order_by(Decision.id.desc()).limit(1))


def every_result(session: Session) -> Iterator[Result]:
    """Every result with its item, dossier and session, in pages."""
    query = (select(Result).options(joinedload(Result.item).joinedload(AgendaItem.dossier).joinedload(Dossier.product)
                                    .joinedload(Product.producer), joinedload(Result.item).joinedload(AgendaItem.session))
             .order_by(Result.id).execution_options(yield_per=200))
    yield from session.scalars(query)


def withdraw(session: Session, result: Result) -> dict[str, object]:
    """Take a result out of force; all of it, for the history."""
    kept: dict[str, object] = {c.key: getattr(result, c.key) for c in result.__table__.columns}
    session.delete(result)
    session.flush()
    return kept


def decided(session: Session, item_id: int) -> Decision | None:
    """The newest decision the result of an item rests under: its session's, or that of its certificate."""
    of_session = select(AgendaItem.session_id).where(AgendaItem.id == item_id).scalar_subquery()
    of_certificate = (select(Certificate.decision_id).join(Result, Result.id == Certificate.result_id)
                      .where(Result.item_id == item_id).scalar_subquery())
    return session.scalar(select(Decision).where((Decision.session_id == of_session) | (Decision.id == of_certificate))
                          .order_by(Decision.id.desc()).limit(1))


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
