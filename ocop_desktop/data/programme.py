"""Counts of the programme from the register, at any day: products, producers, activities, money; and the lists behind them.

A product stands, on a day, by the latest of its recognitions issued until then; that one's state is the product's state
(``rules.certificate_life``). Recognitions are those of three stars and more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import selectinload

from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables_programme import Activity, Funding, ProgrammePeriod

# The latest recognition of each product until :day, of all those issued from :first on.
_STANDING = """
    SELECT product_id, stars, issued_on, expires_on, revoked_on, extended_until FROM (
        SELECT dossier.product_id AS product_id, certificate.stars AS stars, certificate.issued_on AS issued_on,
               certificate.expires_on AS expires_on, certificate.revoked_on AS revoked_on,
               certificate.extended_until AS extended_until,
               row_number() OVER (PARTITION BY dossier.product_id
                                  ORDER BY certificate.issued_on DESC, certificate.id DESC) AS place
        FROM certificate JOIN dossier ON dossier.id = certificate.dossier_id
        WHERE certificate.issued_on <= :{day} AND certificate.stars >= 3) WHERE place = 1"""
_REVOKED = "(revoked_on IS NOT NULL AND revoked_on <= :day)"
_IN_FORCE = f"(NOT {_REVOKED} AND (expires_on >= :day OR extended_until >= :day))"
# A dossier counts as registered on the day it was filed; one that came in as history without that day, on its recognition.
_REGISTERED = """
    SELECT product_id FROM dossier WHERE filed_on BETWEEN :first AND :last
    UNION
    SELECT dossier.product_id FROM dossier JOIN certificate ON certificate.dossier_id = dossier.id
    WHERE dossier.filed_on IS NULL AND certificate.issued_on BETWEEN :first AND :last"""
_CERTIFIED = """
    SELECT DISTINCT dossier.product_id AS product_id FROM certificate JOIN dossier ON dossier.id = certificate.dossier_id
    WHERE certificate.issued_on BETWEEN :first AND :last AND certificate.stars >= 3"""
_BEFORE = """
    SELECT DISTINCT dossier.product_id AS product_id FROM certificate JOIN dossier ON dossier.id = certificate.dossier_id
    WHERE certificate.issued_on < :first AND certificate.stars >= 3"""
_STOOD = f"SELECT product_id, stars FROM ({_STANDING.format(day='last')}) WHERE issued_on >= :first"
_NOW = f"""SELECT product_id, stars, CASE WHEN {_REVOKED} THEN 'revoked' WHEN {_IN_FORCE} THEN 'valid' ELSE 'expired' END AS state
           FROM ({_STANDING.format(day='day')})"""
_PRODUCERS = f"""
    SELECT DISTINCT product.producer_id AS producer_id FROM ({_NOW}) AS now JOIN product ON product.id = now.product_id
    WHERE now.state = 'valid'"""

# Each list gives product_id, or producer_id, of what a figure counts; ``part`` and ``whole`` of a measure.
PRODUCT_LISTS: dict[str, str] = {
    "registered": _REGISTERED,
    "certified": f"SELECT product_id FROM ({_STOOD})",
    "valid": f"SELECT now.product_id FROM ({_NOW}) AS now JOIN ({_STOOD}) AS stood USING (product_id) WHERE state = 'valid'",
    "expired": f"SELECT now.product_id FROM ({_NOW}) AS now JOIN ({_STOOD}) AS stood USING (product_id) WHERE state = 'expired'",
    "revoked": f"SELECT now.product_id FROM ({_NOW}) AS now JOIN ({_STOOD}) AS stood USING (product_id) WHERE state = 'revoked'",
    "new_products": f"{_CERTIFIED} EXCEPT {_BEFORE}",
    "tourism_villages": f"SELECT product_id FROM ({_CERTIFIED}) JOIN product ON product.id = product_id WHERE set_no = 26",
    "renewed": f"{_CERTIFIED} INTERSECT {_BEFORE}",
    "renewed_of": _BEFORE,
    "in_force": f"SELECT product_id FROM ({_NOW}) WHERE state = 'valid'",
    "four_stars": f"SELECT product_id FROM ({_NOW}) WHERE state = 'valid' AND stars >= 4",
}
PRODUCER_LISTS: dict[str, str] = {
    "cooperatives": f"{_PRODUCERS} AND producer_id IN (SELECT id FROM producer WHERE kind = 'cooperative')",
    "companies": f"{_PRODUCERS} AND producer_id IN (SELECT id FROM producer WHERE kind = 'company')",
    "cooperatives_of": _PRODUCERS,
    "companies_of": _PRODUCERS,
}


@dataclass(frozen=True)
class Span:
    """A period from ``first`` to ``last``, and the day ``day`` that states are told for; nothing after ``day`` counts."""

    first: dt.date
    last: dt.date
    day: dt.date

    @property
    def values(self) -> dict[str, Any]:
        """What the queries take."""
        return {"first": self.first.isoformat(), "last": min(self.last, self.day).isoformat(), "day": self.day.isoformat()}


@dataclass(frozen=True)
class ListedProduct:
    """A product behind a figure."""

    product_id: int
    product: str
    producer: str
    commune: str
    set_no: int | None


@dataclass(frozen=True)
class ListedProducer:
    """A producer behind a figure."""

    producer_id: int
    producer: str
    kind: str
    commune: str
    phone: str


@dataclass(frozen=True)
class ActivitySums:
    """What the activities of one kind that began in a period come to."""

    events: int
    people: int
    women: int
    minorities: int
    documents: int
    cost_vnd: int


def count(session: Session, name: str, span: Span) -> int:
    """How many products or producers a list has."""
    query = (PRODUCT_LISTS | PRODUCER_LISTS)[name]
    return int(session.scalar(text(f"SELECT count(*) FROM ({query})"), span.values) or 0)


def by_stars(session: Session, name: str, span: Span) -> dict[int, int]:
    """Products of the list "certified" or "valid" by stars: those they were certified with last, those they stand with."""
    stood = f"SELECT stars, count(*) FROM ({_STOOD}) GROUP BY stars"
    now = f"""SELECT now.stars, count(*) FROM ({_NOW}) AS now JOIN ({_STOOD}) AS stood USING (product_id)
              WHERE state = 'valid' GROUP BY now.stars"""
    rows = session.execute(text({"certified": stood, "valid": now}[name]), span.values)
    return {stars: int(number) for stars, number in rows}


def products(session: Session, name: str, span: Span) -> tuple[ListedProduct, ...]:
    """The products behind a figure, by name."""
    rows = session.execute(text(f"""
        SELECT product.id, product.name, producer.name, coalesce(commune.kind || ' ' || commune.name, ''), product.set_no
        FROM product JOIN producer ON producer.id = product.producer_id LEFT JOIN commune ON commune.id = producer.commune_id
        WHERE product.id IN ({PRODUCT_LISTS[name]}) ORDER BY product.folded, product.id"""), span.values)
    return tuple(ListedProduct(*row) for row in rows)


def producers(session: Session, name: str, span: Span) -> tuple[ListedProducer, ...]:
    """The producers behind a figure, by name."""
    rows = session.execute(text(f"""
        SELECT producer.id, producer.name, producer.kind, coalesce(commune.kind || ' ' || commune.name, ''), producer.phone
        FROM producer LEFT JOIN commune ON commune.id = producer.commune_id
        WHERE producer.id IN ({PRODUCER_LISTS[name]}) ORDER BY producer.folded, producer.id"""), span.values)
    return tuple(ListedProducer(*row) for row in rows)


def activity_sums(session: Session, span: Span) -> dict[str, ActivitySums]:
    """Activities that began in the period, by kind; what a line does not tell counts as 0."""
    sums = [func.coalesce(func.sum(column), 0) for column in (
        Activity.events, Activity.people, Activity.women, Activity.minorities, Activity.documents, Activity.cost_vnd)]
    query = (select(Activity.kind, *sums).where(Activity.begins_on >= span.first, Activity.begins_on <= min(span.last, span.day))
             .group_by(Activity.kind))
    return {kind: ActivitySums(*map(int, numbers)) for kind, *numbers in session.execute(query)}


def money(session: Session, span: Span) -> dict[tuple[int, str], int]:
    """Money mobilised in the years the period touches, in VND: (year, source) -> amount."""
    query = (select(Funding.year, Funding.source, func.sum(Funding.amount_vnd))
             .where(Funding.year >= span.first.year, Funding.year <= min(span.last, span.day).year)
             .group_by(Funding.year, Funding.source))
    return {(year, source): int(amount) for year, source, amount in session.execute(query)}


def periods(session: Session) -> Sequence[ProgrammePeriod]:
    """Every period with its targets, the newest first."""
    return session.scalars(select(ProgrammePeriod).options(selectinload(ProgrammePeriod.targets))
                           .order_by(ProgrammePeriod.begins_on.desc(), ProgrammePeriod.id.desc())).all()
