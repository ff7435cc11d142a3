"""Ballots and their answers. The highest version of a member's ballot for an item counts; earlier ones are kept.

A row of ``answer`` with an empty choice holds a note on a criterion that is not answered yet; ``choices_of`` leaves it out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import CursorResult, Integer, String, and_, bindparam, delete, exists, func, insert, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.base import Executable

from ocop_desktop.data.tables import (
    AgendaItem,
    Answer,
    Ballot,
    CouncilSession,
    Dossier,
    Member,
    Producer,
    Product,
    Recusal,
    SelfAnswer,
    SessionMember,
)

_BALLOT, _ITEM, _SESSION, _ANSWER, _RECUSAL = (
    t.__table__ for t in (Ballot, AgendaItem, CouncilSession, Answer, Recusal))
_SEAT, _MEMBER, _DOSSIER, _PRODUCT, _PRODUCER = (
    t.__table__ for t in (SessionMember, Member, Dossier, Product, Producer))
_LATER = _BALLOT.alias("later")


def _upsert(dialect: Any) -> Executable:
    """One statement for the whole fast road: the answer is written only where every condition of the law still holds."""
    row = (
        select(_BALLOT.c.id, bindparam("criterion", type_=String), bindparam("choice", type_=String), literal(""))
        .select_from(_BALLOT.join(_ITEM, _ITEM.c.id == _BALLOT.c.item_id).join(_SESSION, _SESSION.c.id == _ITEM.c.session_id)
                     .join(_DOSSIER, _DOSSIER.c.id == _ITEM.c.dossier_id).join(_PRODUCT, _PRODUCT.c.id == _DOSSIER.c.product_id)
                     .join(_SEAT, and_(_SEAT.c.session_id == _SESSION.c.id, _SEAT.c.member_id == _BALLOT.c.member_id))
                     .join(_MEMBER, _MEMBER.c.id == _BALLOT.c.member_id))
        .where(_BALLOT.c.item_id == bindparam("item"), _BALLOT.c.member_id == bindparam("member"),
               _BALLOT.c.finished_at.is_(None), _ITEM.c.status == "open", _SESSION.c.status == "open", _SEAT.c.scores,
               _DOSSIER.c.rulebook == bindparam("rulebook"), _PRODUCT.c.set_no == bindparam("set"),
               or_(_MEMBER.c.role != "secretary", _SESSION.c.working_rules["secretary_scores"].as_boolean()),
               ~exists().where(_LATER.c.item_id == _BALLOT.c.item_id, _LATER.c.member_id == _BALLOT.c.member_id,
                               _LATER.c.version > _BALLOT.c.version),
               ~exists().where(_RECUSAL.c.item_id == _ITEM.c.id, _RECUSAL.c.member_id == _BALLOT.c.member_id)))
    statement = dialect(_ANSWER).from_select(["ballot_id", "criterion", "choice", "note"], row)
    return statement.on_conflict_do_update(index_elements=["ballot_id", "criterion"],
                                           set_={"choice": statement.excluded.choice, "copied_from": None})


_ANSWERING = {"sqlite": _upsert(insert_sqlite), "postgresql": _upsert(insert_postgresql)}


def answer(session: Session, item_id: int, member_id: int, criterion: str, choice: str, rulebook: str, set_no: int) -> bool:
    """Write one answer in one round trip; False, and nothing written, where any condition for answering is not met.

    Conditions: a ballot of the highest version that is not finished, item and session open, the member scores in the session
    and is not recused, the secretary only where the working rules say so, and the dossier still filed under this set.
    """
    connection = session.connection()
    done: CursorResult[Any] = connection.execute(_ANSWERING[connection.dialect.name], {
        "item": item_id, "member": member_id, "criterion": criterion, "choice": choice, "rulebook": rulebook, "set": set_no})
    return done.rowcount == 1


# Both are asked with every answer: putting such a statement together takes longer than the file takes to answer it.
_THIS_ITEM, _THIS_MEMBER = bindparam("item_id", type_=Integer), bindparam("member_id", type_=Integer)
_STANDING = (
    select(AgendaItem.id.label("item_id"), AgendaItem.status.label("item_status"), AgendaItem.position,
           CouncilSession.id.label("session_id"), CouncilSession.code.label("session_code"),
           CouncilSession.name.label("session_name"), CouncilSession.status.label("session_status"),
           CouncilSession.working_rules, Dossier.id.label("dossier_id"), Dossier.code, Dossier.kind, Dossier.rulebook,
           Product.name.label("product"), Product.set_no, Producer.name.label("producer"),
           Member.name.label("member_name"), Member.agency, Member.role,
           SessionMember.scores, Recusal.reason.label("recused"),
           select(func.count()).where(AgendaItem.session_id == CouncilSession.id, AgendaItem.status != "removed")
           .correlate(CouncilSession).scalar_subquery().label("items"))
    .join(CouncilSession, CouncilSession.id == AgendaItem.session_id).join(Dossier, Dossier.id == AgendaItem.dossier_id)
    .join(Product, Product.id == Dossier.product_id).join(Producer, Producer.id == Product.producer_id)
    .join(Member, Member.id == _THIS_MEMBER)
    .outerjoin(SessionMember, and_(SessionMember.session_id == CouncilSession.id, SessionMember.member_id == _THIS_MEMBER))
    .outerjoin(Recusal, and_(Recusal.item_id == AgendaItem.id, Recusal.member_id == _THIS_MEMBER))
    .where(AgendaItem.id == _THIS_ITEM))
_NEWEST = (
    select(Ballot.id, Ballot.version, Ballot.opinion, Ballot.exclusion, Ballot.finished_at, Ballot.reopened_why)
    .where(Ballot.item_id == _THIS_ITEM, Ballot.member_id == _THIS_MEMBER).order_by(Ballot.version.desc()).limit(1))


def standing(session: Session, item_id: int, member_id: int) -> Any:
    """All that decides whether this member may score this item, and the head of the ballot: one row, or None when unknown."""
    return session.execute(_STANDING, {"item_id": item_id, "member_id": member_id}).one_or_none()


def newest(session: Session, item_id: int, member_id: int) -> Any:
    """The ballot that counts (highest version), or None."""
    return session.execute(_NEWEST, {"item_id": item_id, "member_id": member_id}).one_or_none()


def start(session: Session, item_id: int, member_id: int, version: int = 1, reopened_why: str = "") -> int:
    """Insert an empty ballot; its id."""
    return session.execute(insert(Ballot).values(item_id=item_id, member_id=member_id, version=version, opinion="",
                                                 reopened_why=reopened_why).returning(Ballot.id)).scalar_one()


def answers_of(session: Session, ballot_id: int) -> Sequence[Any]:
    """Rows (criterion, choice, note, copied_from) of a ballot; the choice is empty where there is only a note."""
    return session.execute(select(Answer.criterion, Answer.choice, Answer.note, Answer.copied_from)
                           .where(Answer.ballot_id == ballot_id)).all()


def of_items(session: Session, item_ids: Iterable[int]) -> Sequence[Any]:
    """Every version of every ballot of the items: (id, item_id, member_id, version), in the order they were begun."""
    return session.execute(select(Ballot.id, Ballot.item_id, Ballot.member_id, Ballot.version)
                           .where(Ballot.item_id.in_(list(item_ids))).order_by(Ballot.id)).all()


def choices_of(session: Session, ballot_id: int) -> dict[str, str]:
    """Answered criteria of a ballot: code -> choice."""
    return {row.criterion: row.choice for row in answers_of(session, ballot_id) if row.choice}


def erase(session: Session, ballot_id: int, criterion: str) -> None:
    """Take an answer back; its note stays."""
    here = (Answer.ballot_id == ballot_id, Answer.criterion == criterion)
    session.execute(delete(Answer).where(*here, Answer.note == ""))
    session.execute(update(Answer).where(*here).values(choice="", copied_from=None))


def write(session: Session, ballot_id: int, criterion: str, **values: str | None) -> None:
    """Write ``choice`` or ``note`` of one criterion of a ballot, leaving the other as it is. Nothing is checked here.

    A choice written anew is the member's own: it no longer counts as copied.
    """
    if "choice" in values:
        values = {**values, "copied_from": None}
    here = (Answer.ballot_id == ballot_id, Answer.criterion == criterion)
    if session.scalar(select(func.count()).select_from(Answer).where(*here)):
        session.execute(update(Answer).where(*here).values(**values))
    else:
        session.execute(insert(Answer).values(ballot_id=ballot_id, criterion=criterion, **{"choice": "", "note": "", **values}))
    session.execute(delete(Answer).where(*here, Answer.choice == "", Answer.note == ""))


def mark(session: Session, ballot_id: int, **values: str | dt.datetime | None) -> None:
    """Write ``opinion``, ``exclusion`` or ``finished_at`` of a ballot."""
    session.execute(update(Ballot).where(Ballot.id == ballot_id).values(**values))


def sisters(session: Session, item_id: int, member_id: int) -> Sequence[Any]:
    """Other items of the same session, producer and set, with the answers of this member's ballot: (item, product, count).

    Only ballots with answers, the fullest first; nobody else's ballot is read.
    """
    here = (select(AgendaItem.session_id, Product.producer_id, Product.set_no, Dossier.rulebook)
            .join(Dossier, Dossier.id == AgendaItem.dossier_id).join(Product, Product.id == Dossier.product_id)
            .where(AgendaItem.id == item_id).subquery())
    later = Ballot.__table__.alias("later")
    answers = func.count().label("answers")
    return session.execute(
        select(AgendaItem.id, Product.name, answers).select_from(Ballot)
        .join(AgendaItem, AgendaItem.id == Ballot.item_id).join(Dossier, Dossier.id == AgendaItem.dossier_id)
        .join(Product, Product.id == Dossier.product_id).join(Answer, Answer.ballot_id == Ballot.id)
        .join(here, and_(here.c.session_id == AgendaItem.session_id, here.c.producer_id == Product.producer_id,
                         here.c.set_no == Product.set_no, here.c.rulebook == Dossier.rulebook))
        .where(Ballot.member_id == member_id, AgendaItem.id != item_id, AgendaItem.status != "removed", Answer.choice != "",
               ~exists().where(later.c.item_id == Ballot.item_id, later.c.member_id == member_id,
                               later.c.version > Ballot.version))
        .group_by(AgendaItem.id, Product.name).order_by(answers.desc(), AgendaItem.position)).all()


def copy(session: Session, source_id: int, ballot_id: int, item_id: int) -> int:
    """Copy the answers of one ballot into another that has none, each marked with the item it comes from; how many."""
    session.execute(delete(Answer).where(Answer.ballot_id == ballot_id, Answer.choice == "", Answer.note == ""))
    noted = {row.criterion for row in answers_of(session, ballot_id)}
    choices = choices_of(session, source_id)
    for code in noted & set(choices):
        session.execute(update(Answer).where(Answer.ballot_id == ballot_id, Answer.criterion == code)
                        .values(choice=choices[code], copied_from=item_id))
    fresh = [{"ballot_id": ballot_id, "criterion": code, "choice": choice, "note": "", "copied_from": item_id}
             for code, choice in sorted(choices.items()) if code not in noted]
    if fresh:
        session.execute(insert(Answer), fresh)
    return len(choices)


def confirm_copied(session: Session, ballot_id: int, criterion: str | None = None) -> None:
    """Take the mark of copied answers away: of one criterion, or of all."""
    here = [Answer.ballot_id == ballot_id, Answer.copied_from.is_not(None)]
    session.execute(update(Answer).where(*here, *([Answer.criterion == criterion] if criterion else [])).values(copied_from=None))


def products_of(session: Session, item_ids: Iterable[int]) -> dict[int, str]:
    """Product names by item."""
    query = (select(AgendaItem.id, Product.name).join(Dossier, Dossier.id == AgendaItem.dossier_id)
             .join(Product, Product.id == Dossier.product_id).where(AgendaItem.id.in_(list(item_ids))))
    return {row[0]: row[1] for row in session.execute(query)}


def evidence_of(session: Session, dossier_id: int) -> dict[str, str]:
    """The producer's evidence per criterion (form 02); the producer's own choice is not read."""
    rows = session.execute(select(SelfAnswer.criterion, SelfAnswer.evidence)
                           .where(SelfAnswer.dossier_id == dossier_id, SelfAnswer.evidence != ""))
    return {row.criterion: row.evidence for row in rows}


def agenda(session: Session, session_id: int, member_id: int) -> Sequence[Any]:
    """A session's items with what this one member answered; no other ballot is read."""
    own = (select(Ballot.item_id, func.max(Ballot.version).label("version")).where(Ballot.member_id == member_id)
           .group_by(Ballot.item_id).subquery())
    answered = (select(func.count()).select_from(Answer).where(Answer.ballot_id == Ballot.id, Answer.choice != "")
                .correlate(Ballot).scalar_subquery())
    return session.execute(
        select(AgendaItem.id.label("item_id"), AgendaItem.position, AgendaItem.status, Dossier.code, Dossier.rulebook,
               Product.name.label("product"), Product.set_no, Producer.name.label("producer"), Recusal.reason.label("recused"),
               Ballot.finished_at, answered.label("answered"))
        .join(Dossier, Dossier.id == AgendaItem.dossier_id).join(Product, Product.id == Dossier.product_id)
        .join(Producer, Producer.id == Product.producer_id)
        .outerjoin(own, own.c.item_id == AgendaItem.id)
        .outerjoin(Ballot, and_(Ballot.item_id == AgendaItem.id, Ballot.member_id == member_id, Ballot.version == own.c.version))
        .outerjoin(Recusal, and_(Recusal.item_id == AgendaItem.id, Recusal.member_id == member_id))
        .where(AgendaItem.session_id == session_id, AgendaItem.status != "removed")
        .order_by(AgendaItem.position, AgendaItem.id)).all()


def open_sessions(session: Session) -> Sequence[Any]:
    """Open sessions, the latest first, with the seats that score: one row per seat."""
    return session.execute(
        select(CouncilSession.id, CouncilSession.code, CouncilSession.name, CouncilSession.held_on, CouncilSession.working_rules,
               Member.id.label("member_id"), Member.name.label("member_name"), Member.agency, Member.role, SessionMember.scores)
        .outerjoin(SessionMember, SessionMember.session_id == CouncilSession.id)
        .outerjoin(Member, Member.id == SessionMember.member_id)
        .where(CouncilSession.status == "open")
        .order_by(CouncilSession.held_on.desc(), CouncilSession.id.desc(), Member.seat, Member.id)).all()


def progress(session: Session) -> dict[tuple[int, int], tuple[int, int]]:
    """How far members are in open sessions: (session, member) -> ballots finished, ballots to fill in; without recusals."""
    sitting = (select(SessionMember.session_id, SessionMember.member_id, AgendaItem.id.label("item_id"))
               .join(CouncilSession, CouncilSession.id == SessionMember.session_id)
               .join(AgendaItem, AgendaItem.session_id == SessionMember.session_id)
               .outerjoin(Recusal, and_(Recusal.item_id == AgendaItem.id, Recusal.member_id == SessionMember.member_id))
               .where(CouncilSession.status == "open", AgendaItem.status != "removed", Recusal.item_id.is_(None)).subquery())
    newest = (select(Ballot.item_id, Ballot.member_id, func.max(Ballot.version).label("version"))
              .group_by(Ballot.item_id, Ballot.member_id).subquery())
    rows = session.execute(
        select(sitting.c.session_id, sitting.c.member_id, func.count(Ballot.finished_at), func.count())
        .outerjoin(newest, and_(newest.c.item_id == sitting.c.item_id, newest.c.member_id == sitting.c.member_id))
        .outerjoin(Ballot, and_(Ballot.item_id == newest.c.item_id, Ballot.member_id == newest.c.member_id,
                                Ballot.version == newest.c.version))
        .group_by(sitting.c.session_id, sitting.c.member_id))
    return {(row[0], row[1]): (row[2], row[3]) for row in rows}
