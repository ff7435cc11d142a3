"""Decisions, results that may be certified, certificates and the register of all recognitions."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import exists, func, select, text
from sqlalchemy.orm import joinedload

from ocop_desktop.data.engine import Session
from ocop_desktop.data.reopened import REOPENED
from ocop_desktop.data.tables import (
    AgendaItem,
    Certificate,
    CouncilSession,
    Decision,
    Dossier,
    Producer,
    Product,
    Result,
)

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


def standing_certificates(session: Session, dossier_id: int, but: int) -> Sequence[Certificate]:
    """A dossier's certificates that were not revoked, without one."""
    return session.scalars(select(Certificate).where(Certificate.dossier_id == dossier_id, Certificate.id != but,
                                                     Certificate.revoked_on.is_(None))).all()


def reopened_items(session: Session, item_ids: Iterable[int]) -> set[int]:
    """Of these items those where a ballot was reopened and not finished again (recused members aside)."""
    return set(session.scalars(select(AgendaItem.id).where(AgendaItem.id.in_(list(item_ids)), text(REOPENED))))


def numbers_like(session: Session, pattern: str) -> list[str]:
    """Certificate numbers of a LIKE pattern whose escape is the backslash."""
    return [n for n in session.scalars(select(Certificate.number).where(Certificate.number.like(pattern, escape="\\"))) if n]


def by_number(session: Session, number: str) -> int | None:
    """The certificate of a number; its id."""
    return session.scalar(select(Certificate.id).where(Certificate.number == number))


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


def ids_of_numbers(session: Session, numbers: Sequence[str]) -> dict[str, int]:
    """Which certificate has which of these numbers."""
    found = session.execute(select(Certificate.number, Certificate.id).where(Certificate.number.in_(list(numbers))))
    return {number: id for number, id in found if number}


def _json_ids(ids: list[int]) -> Any:
    return func.json_each(json.dumps(ids)).table_valued("value").c.value


def count(session: Session) -> int:
    """How many recognitions the register holds."""
    return session.scalar(select(func.count()).select_from(Certificate)) or 0


def sessions_with_results(session: Session) -> Sequence[tuple[int, str, str, dt.date, int]]:
    """Council sessions that have closed results, newest first: (id, code, name, day, results)."""
    query = (select(CouncilSession.id, CouncilSession.code, CouncilSession.name, CouncilSession.held_on, func.count(Result.id))
             .join(AgendaItem, AgendaItem.session_id == CouncilSession.id).join(Result, Result.item_id == AgendaItem.id)
             .group_by(CouncilSession.id).order_by(CouncilSession.held_on.desc(), CouncilSession.id.desc()))
    return [(row[0], row[1], row[2], row[3], row[4]) for row in session.execute(query)]


def unclosed(session: Session, session_id: int) -> int:
    """How many products on a session's agenda are still open."""
    left = select(func.count(AgendaItem.id)).where(AgendaItem.session_id == session_id, AgendaItem.status == "open")
    return session.scalar(left) or 0


def longest_names(session: Session) -> dict[str, str]:
    """The longest product, producer and address among recognised products; empty texts where there are none."""
    certified = exists().where(Dossier.product_id == Product.id, Certificate.dossier_id == Dossier.id)

    def longest(column: Any) -> str:
        query = select(column).select_from(Product).join(Producer, Producer.id == Product.producer_id).where(certified)
        return session.scalar(query.order_by(func.length(column).desc()).limit(1)) or ""

    return {"product": longest(Product.name), "producer": longest(Producer.name), "address": longest(Producer.address)}
