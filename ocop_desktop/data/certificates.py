"""Decisions, results that may be certified, certificates and the register of all recognitions."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import joinedload

from ocop_desktop.data import search
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import (
    AgendaItem,
    Ballot,
    Certificate,
    Commune,
    CouncilSession,
    Decision,
    Dossier,
    Producer,
    Product,
    Recusal,
    Result,
)
from ocop_desktop.rules.certificate_life import RENEWAL_CLOSES, RENEWAL_OPENS, State

STATES: tuple[State, ...] = ("valid", "due", "late", "expired", "revoked")
_NAMES = joinedload(Dossier.product).joinedload(Product.producer).joinedload(Producer.commune)


def find_decision(session: Session, number: str, date: dt.date, authority: str) -> Decision | None:
    """The decision of that number, day and authority."""
    return session.scalar(select(Decision).filter_by(number=number, date=date, authority=authority))


def get_decision(session: Session, decision_id: int) -> Decision | None:
    """One decision."""
    return session.get(Decision, decision_id)


def newest_decision(session: Session, session_id: int | None = None) -> Decision | None:
    """The decision written last for a council session, or for any."""
    query = select(Decision).order_by(Decision.id.desc()).limit(1)
    return session.scalar(query if session_id is None else query.where(Decision.session_id == session_id))


def unused_decision(session: Session, session_id: int) -> Decision | None:
    """The newest decision of a council session no certificate was issued under."""
    used = exists().where(Certificate.decision_id == Decision.id)
    return session.scalar(select(Decision).where(Decision.session_id == session_id, ~used).order_by(Decision.id.desc()).limit(1))


def add(session: Session, made: Decision | Certificate) -> None:
    """Write a new decision or certificate; it has its id then."""
    session.add(made)
    session.flush()


def closed_results(session: Session, session_id: int | None = None,
                   result_ids: Iterable[int] | None = None) -> Sequence[tuple[Result, Certificate | None]]:
    """Closed results with their certificate: of a council session in agenda order, or chosen ones."""
    query = (select(Result, Certificate).join(AgendaItem, AgendaItem.id == Result.item_id)
             .join(CouncilSession, CouncilSession.id == AgendaItem.session_id)
             .outerjoin(Certificate, Certificate.result_id == Result.id)
             .where(AgendaItem.status == "closed")
             .options(joinedload(Result.item).joinedload(AgendaItem.session),
                      joinedload(Result.item).joinedload(AgendaItem.dossier).options(_NAMES))
             .order_by(CouncilSession.held_on, CouncilSession.id, AgendaItem.position, AgendaItem.id))
    if session_id is not None:
        query = query.where(AgendaItem.session_id == session_id)
    if result_ids is not None:
        query = query.where(Result.id.in_(list(result_ids)))
    return [(row[0], row[1]) for row in session.execute(query)]


def reopened_items(session: Session, item_ids: Iterable[int]) -> set[int]:
    """Of these items those where a ballot was reopened and not finished again (recused members aside)."""
    later = Ballot.__table__.alias("later")
    newest = ~exists().where(later.c.item_id == Ballot.item_id, later.c.member_id == Ballot.member_id,
                             later.c.version > Ballot.version)
    recused = exists().where(Recusal.item_id == Ballot.item_id, Recusal.member_id == Ballot.member_id)
    query = select(Ballot.item_id).where(Ballot.item_id.in_(list(item_ids)), Ballot.version > 1, Ballot.finished_at.is_(None),
                                         newest, ~recused)
    return set(session.scalars(query))


def numbers_like(session: Session, pattern: str) -> list[str]:
    """Certificate numbers of a LIKE pattern whose escape is the backslash."""
    return [n for n in session.scalars(select(Certificate.number).where(Certificate.number.like(pattern, escape="\\"))) if n]


def certificates(session: Session, certificate_ids: Sequence[int] | None = None,
                 session_id: int | None = None) -> Iterator[Certificate]:
    """Certificates with dossier, names and decision: chosen ones in the order given, else all, oldest first.

    Args:
        session_id: only those of a council session's results, in agenda order.
    """
    query = select(Certificate).options(joinedload(Certificate.dossier).options(_NAMES), joinedload(Certificate.decision))
    if certificate_ids is not None:
        place = {id: n for n, id in enumerate(certificate_ids)}
        yield from sorted(session.scalars(query.where(Certificate.id.in_(select(_json_ids(list(place))).scalar_subquery()))),
                          key=lambda c: place[c.id])
        return
    if session_id is not None:
        query = (query.join(Result, Result.id == Certificate.result_id).join(AgendaItem, AgendaItem.id == Result.item_id)
                 .where(AgendaItem.session_id == session_id).order_by(AgendaItem.position, Certificate.id))
    yield from session.scalars(query.order_by(Certificate.issued_on, Certificate.id).execution_options(yield_per=500))


def _json_ids(ids: list[int]) -> Any:
    return func.json_each(json.dumps(ids)).table_valued("value").c.value


@dataclass(frozen=True)
class RegisterRow:
    """One recognition with every field of its product."""

    id: int
    number: str | None
    product: str
    code: str | None
    set_no: int | None
    producer: str
    producer_kind: str
    representative: str
    phone: str
    commune: str | None
    commune_code: str | None
    province: str | None
    address: str
    stars: int
    issued_on: dt.date
    expires_on: dt.date
    decision_number: str | None
    decision_date: dt.date | None
    authority: str | None
    revoked_on: dt.date | None
    revoked_why: str
    printed_at: dt.datetime | None
    dossier_id: int
    result_id: int | None
    rulebook: str
    description: str
    round: str


_ROW = (
    Certificate.id, Certificate.number, Product.name, Dossier.code, Product.set_no, Producer.name, Producer.kind,
    Producer.representative, Producer.phone, (Commune.kind + " " + Commune.name), Commune.code, Commune.province,
    Producer.address, Certificate.stars, Certificate.issued_on, Certificate.expires_on, Decision.number, Decision.date,
    Decision.authority, Certificate.revoked_on, Certificate.revoked_why, Certificate.printed_at, Dossier.id,
    Certificate.result_id, Dossier.rulebook, Product.description, Dossier.round)

ORDERS: dict[str, tuple[Any, ...]] = {
    "number": (Certificate.number,), "product": (Product.folded,), "producer": (Producer.folded,), "stars": (Certificate.stars,),
    "issued_on": (Certificate.issued_on,), "expires_on": (Certificate.expires_on,), "decision_number": (Decision.number,),
    "commune": (Commune.folded,), "code": (Dossier.code,)}


@dataclass(frozen=True)
class RegisterFilter:
    """What to look for: words of product, producer, commune, code or number; states on ``on``; stars; year of issue."""

    on: dt.date
    words: str = ""
    states: tuple[State, ...] = ()
    stars: int | None = None
    year: int | None = None


def register_rows(session: Session, wanted: RegisterFilter, sort: str = "issued_on", descending: bool = True, first: int = 0,
                  size: int | None = None) -> Iterator[RegisterRow]:
    """Rows of the register in order."""
    keys = [key.desc() if descending else key for key in (*ORDERS[sort], Certificate.id)]
    query = _filtered(_joined(), wanted).order_by(*keys).offset(first)
    query = query if size is None else query.limit(size)
    for row in session.execute(query.execution_options(yield_per=1000)):
        yield RegisterRow(*row)


def register_counts(session: Session, wanted: RegisterFilter) -> dict[State, int]:
    """How many recognitions have each state on the day, states themselves not filtered."""
    counted = _filtered(select(*(func.sum(case((state_is(s, wanted.on), 1), else_=0)) for s in STATES)).select_from(Certificate),
                        replace(wanted, states=()))
    row = session.execute(counted).one()
    return {state: row[n] or 0 for n, state in enumerate(STATES)}


def state_is(state: State, on: dt.date) -> ColumnElement[bool]:
    """Condition for a state on a day; the same lines as ``rules.certificate_life.state_on``."""
    revoked = and_(Certificate.revoked_on.is_not(None), Certificate.revoked_on <= on)
    ends = Certificate.expires_on
    late, due = on + dt.timedelta(days=RENEWAL_CLOSES), on + dt.timedelta(days=RENEWAL_OPENS)
    standing = or_(Certificate.revoked_on.is_(None), Certificate.revoked_on > on)
    match state:
        case "revoked":
            return revoked
        case "expired":
            return and_(standing, ends < on)
        case "late":
            return and_(standing, ends >= on, ends < late)
        case "due":
            return and_(standing, ends >= late, ends <= due)
    return and_(standing, ends > due)


def _joined() -> Any:
    return (select(*_ROW).select_from(Certificate).join(Dossier, Dossier.id == Certificate.dossier_id)
            .join(Product, Product.id == Dossier.product_id).join(Producer, Producer.id == Product.producer_id)
            .outerjoin(Commune, Commune.id == Producer.commune_id).outerjoin(Decision, Decision.id == Certificate.decision_id))


def _filtered(query: Any, wanted: RegisterFilter) -> Any:
    if wanted.words.strip():
        number = Certificate.number.contains(wanted.words.strip(), autoescape=True)
        found = search.hits(wanted.words)
        query = query.where(number if found is None else or_(Certificate.dossier_id.in_(found), number))
    if wanted.states:
        query = query.where(or_(*(state_is(s, wanted.on) for s in wanted.states)))
    if wanted.year is not None:
        query = query.where(Certificate.issued_on.between(dt.date(wanted.year, 1, 1), dt.date(wanted.year, 12, 31)))
    return query if wanted.stars is None else query.where(Certificate.stars == wanted.stars)


def count(session: Session) -> int:
    """How many recognitions the register holds."""
    return session.scalar(select(func.count()).select_from(Certificate)) or 0


def sessions_with_results(session: Session) -> Sequence[tuple[int, str, str, dt.date, int]]:
    """Council sessions that have closed results, newest first: (id, code, name, day, results)."""
    query = (select(CouncilSession.id, CouncilSession.code, CouncilSession.name, CouncilSession.held_on, func.count(Result.id))
             .join(AgendaItem, AgendaItem.session_id == CouncilSession.id).join(Result, Result.item_id == AgendaItem.id)
             .group_by(CouncilSession.id).order_by(CouncilSession.held_on.desc(), CouncilSession.id.desc()))
    return [(row[0], row[1], row[2], row[3], row[4]) for row in session.execute(query)]
