"""Counts of the programme from the register, at any day: products, producers, activities, money; and the lists behind them.

A product stands, on a day, by the latest of its recognitions issued until then; that one's state is the product's state
(``rules.certificate_life``). Recognitions are those of three stars and more.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import selectinload

from ocop_desktop.data import recognitions
from ocop_desktop.data.engine import Session, reading_of
from ocop_desktop.data.recognitions import EXPIRES, EXTENDED, ISSUED, PRODUCT, REVOKED, STARS, UNTIL, Recognition, Recognitions
from ocop_desktop.data.tables_programme import Activity, Funding, ProgrammePeriod
from ocop_desktop.rules.certificate_life import State, state_on

# The latest recognition of each product until :day. One walk along the index of dossiers by product keeps the latest (SQLite
# takes the other columns from the row of the one max): quicker than sorting all recognitions in a window.
_STANDING = """
    SELECT dossier.product_id AS product_id, certificate.stars AS stars, certificate.issued_on AS issued_on,
           certificate.expires_on AS expires_on, certificate.revoked_on AS revoked_on,
           certificate.extended_until AS extended_until, max(certificate.issued_on || printf('%012d', certificate.id)) AS latest
    FROM dossier INDEXED BY ix_dossier_product_id
    CROSS JOIN certificate INDEXED BY ix_certificate_dossier_id ON certificate.dossier_id = dossier.id
    WHERE +certificate.issued_on <= :{day} AND certificate.stars >= 3 GROUP BY dossier.product_id"""
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
PRODUCT_LISTS |= {f"certified_{stars}": f"SELECT product_id FROM ({_STOOD}) WHERE stars = {stars}" for stars in (3, 4, 5)}
PRODUCT_LISTS |= {f"valid_{stars}": f"{PRODUCT_LISTS['valid']} AND now.stars = {stars}" for stars in (3, 4, 5)}
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
    """A product behind a figure, with its latest recognition until the day of the figure where it has one."""

    product_id: int
    product: str
    producer: str
    commune: str
    set_no: int | None
    phone: str = ""
    stars: int | None = None
    issued_on: dt.date | None = None
    expires_on: dt.date | None = None
    state: State | None = None


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
    """How many products or producers a list has; those of measures are counted in memory (``recognitions``)."""
    known, at = recognitions.of(session), span.values
    if name in ("new_products", "renewed", "renewed_of", "tourism_villages"):
        if name == "renewed_of":
            return len({one[PRODUCT] for one in known.every if one[ISSUED] < at["first"]})
        certified = {one[PRODUCT]: one for one in known.within(at["first"], at["last"])}
        if name == "tourism_villages":
            return sum(its.set_no == 26 for its in known.facts(reading_of(session), certified.values()))
        before = {one[PRODUCT] for one in known.followed if one[ISSUED] < at["first"]}
        return len(certified.keys() - before if name == "new_products" else certified.keys() & before)
    if name in ("in_force", "four_stars"):
        return sum(name == "in_force" or one[STARS] >= 4 for one in known.in_force(at["day"]))
    if name in PRODUCER_LISTS:
        kind = {"cooperatives": "cooperative", "companies": "company"}.get(name)
        held = known.facts(reading_of(session), known.in_force(at["day"]))
        return len({its.producer for its in held if kind in (None, its.kind)})
    return int(session.scalar(text(f"SELECT count(*) FROM ({PRODUCT_LISTS[name]})"), at) or 0)


def _stood(known: Recognitions, at: Mapping[str, str]) -> list[Recognition]:
    """The last recognition within a period of each product recognised in it."""
    return [one for one in known.within(at["first"], at["last"]) if one[UNTIL] is None or one[UNTIL] > at["last"]]


def certified(session: Session, span: Span) -> dict[int, int]:
    """Products of the list "certified" by the stars they were certified with last in the period."""
    return Counter(one[STARS] for one in _stood(recognitions.of(session), span.values))


def standing(session: Session, span: Span) -> dict[tuple[str, int], int]:
    """The same products by (valid, expired or revoked; stars) as they stand on the day."""
    known, at = recognitions.of(session), span.values
    day, certified = at["day"], {one[PRODUCT] for one in _stood(known, at)}
    found: dict[tuple[str, int], int] = Counter()
    for one in known.standing(day):
        if one[PRODUCT] in certified:
            held = one[EXPIRES] >= day or (one[EXTENDED] is not None and one[EXTENDED] >= day)
            gone = one[REVOKED] is not None and one[REVOKED] <= day
            found["revoked" if gone else "valid" if held else "expired", one[STARS]] += 1
    return found


def products(session: Session, name: str, span: Span) -> tuple[ListedProduct, ...]:
    """The products behind a figure, by name."""
    rows = session.execute(text(f"""
        SELECT product.id, product.name, producer.name, coalesce(commune.kind || ' ' || commune.name, ''), product.set_no,
               producer.phone, latest.stars, latest.issued_on, latest.expires_on, latest.revoked_on, latest.extended_until
        FROM product JOIN producer ON producer.id = product.producer_id LEFT JOIN commune ON commune.id = producer.commune_id
        LEFT JOIN ({_STANDING.format(day='day')}) AS latest ON latest.product_id = product.id
        WHERE product.id IN ({PRODUCT_LISTS[name]}) ORDER BY product.folded, product.id"""), span.values)
    return tuple(_listed(row, span.day) for row in rows)


def _listed(row: Sequence[Any], day: dt.date) -> ListedProduct:
    id, product, producer, commune, set_no, phone, stars, *days = row
    issued, ends, gone, until = (dt.date.fromisoformat(text) if text else None for text in days)
    state = state_on(day, ends, gone, until) if ends else None
    return ListedProduct(id, product, producer, commune, set_no, phone, stars, issued, ends, state)


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
