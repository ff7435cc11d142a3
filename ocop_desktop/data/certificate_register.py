"""The register of recognitions: search, states, orders over 100,000 of them within milliseconds.

As lists of dossiers (see ``dossier_lists``) a page is read in two steps: first its ids, by whichever road is short - few found
are put in order, else the index of the order is walked until the page is full - then the rows of these ids.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, text

from ocop_desktop.data import search
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import Certificate, Commune, Decision, Dossier, Producer, Product
from ocop_desktop.rules.certificate_life import RENEWAL_CLOSES, RENEWAL_OPENS, State

STATES: tuple[State, ...] = ("valid", "due", "late", "extended", "expired", "revoked")
FEW = 3000  # so many are sorted about as fast as an index is walked for them
SHORT = {"due", "late"}  # states of a few months of last days: found by their index and sorted
CHUNK = 1000  # rows read at once for a spreadsheet


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
    extended_until: dt.date | None
    printed_at: dt.datetime | None
    dossier_id: int
    result_id: int | None
    rulebook: str
    description: str
    round: str
    application: str


_ROW: tuple[Any, ...] = (
    Certificate.id, Certificate.number, Product.name, Dossier.code, Product.set_no, Producer.name, Producer.kind,
    Producer.representative, Producer.phone, (Commune.kind + " " + Commune.name), Commune.code, Commune.province,
    Producer.address, Certificate.stars, Certificate.issued_on, Certificate.expires_on, Decision.number, Decision.date,
    Decision.authority, Certificate.revoked_on, Certificate.revoked_why, Certificate.extended_until, Certificate.printed_at,
    Dossier.id, Certificate.result_id, Dossier.rulebook, Product.description, Dossier.round,
    Dossier.kind)

_DOSSIER = " CROSS JOIN dossier ON dossier.product_id = product.id CROSS JOIN certificate ON certificate.dossier_id = dossier.id"
_FROM_FEW = ("certificate CROSS JOIN dossier ON dossier.id = certificate.dossier_id"
             " CROSS JOIN product ON product.id = dossier.product_id CROSS JOIN producer ON producer.id = product.producer_id")
# How an order is walked: tables in the order they are visited, and the columns of the order as the indexes give them. The
# roads are fixed (INDEXED BY, CROSS JOIN): the planner, without statistics of the file, sorts everything first.
ORDERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "issued_on": ("certificate INDEXED BY ix_certificate_issued_on", ("certificate.issued_on", "certificate.id")),
    "expires_on": ("certificate INDEXED BY ix_certificate_expires_on", ("certificate.expires_on", "certificate.id")),
    "number": ("certificate", ("certificate.number", "certificate.id")),
    "stars": ("certificate", ("certificate.stars", "certificate.id")),
    "product": ("product INDEXED BY ix_product_folded" + _DOSSIER,
                ("product.folded", "product.id", "dossier.id", "certificate.id")),
    "producer": ("producer INDEXED BY ix_producer_folded CROSS JOIN product ON product.producer_id = producer.id" + _DOSSIER,
                 ("producer.folded", "producer.id", "product.id", "dossier.id", "certificate.id")),
}

_STANDING = "(certificate.revoked_on IS NULL OR certificate.revoked_on > :day)"
_STATE = {  # the same lines as rules.certificate_life.state_on
    "revoked": "certificate.revoked_on <= :day",
    "expired": f"{_STANDING} AND certificate.expires_on < :day AND coalesce(certificate.extended_until, '') < :day",
    "extended": f"{_STANDING} AND certificate.expires_on < :day AND certificate.extended_until >= :day",
    "late": f"{_STANDING} AND certificate.expires_on >= :day AND certificate.expires_on < :late",
    "due": f"{_STANDING} AND certificate.expires_on >= :late AND certificate.expires_on <= :due",
    "valid": f"{_STANDING} AND certificate.expires_on > :due",
}


@dataclass(frozen=True)
class RegisterFilter:
    """What to look for: words of product, producer, commune, code or number; states on ``on``; stars; year of issue."""

    on: dt.date
    words: str = ""
    states: tuple[State, ...] = ()
    stars: int | None = None
    year: int | None = None


@dataclass(frozen=True)
class _Narrowing:
    """Conditions in SQL with their values; ``few`` when they leave so few that sorting them is short."""

    conditions: tuple[str, ...]
    values: dict[str, Any]
    few: bool = False

    def where(self, *more: str) -> str:
        """The WHERE clause, or nothing."""
        every = (*self.conditions, *more)
        return " WHERE " + " AND ".join(f"({one})" for one in every) if every else ""


def register_page(session: Session, wanted: RegisterFilter, sort: str, descending: bool, first: int,
                  size: int) -> tuple[dict[State, int], list[RegisterRow]]:
    """How many have each state (states themselves not filtered), and the rows of one page."""
    narrowing = _narrowing(session, wanted)
    ids = _ids(session, wanted, narrowing, sort, descending, first, size)
    return _counts(session, wanted, narrowing), _rows(session, ids)


def register_rows(session: Session, wanted: RegisterFilter, sort: str = "issued_on", descending: bool = True, first: int = 0,
                  size: int | None = None) -> Iterator[RegisterRow]:
    """Rows of the register in order; without ``size`` all of them, read in pieces."""
    ids = _ids(session, wanted, _narrowing(session, wanted), sort, descending, first, size)
    for start in range(0, len(ids), CHUNK):
        yield from _rows(session, ids[start:start + CHUNK])


def register_counts(session: Session, wanted: RegisterFilter) -> dict[State, int]:
    """How many recognitions have each state on the day, states themselves not filtered."""
    return _counts(session, wanted, _narrowing(session, wanted))


def _ids(session: Session, wanted: RegisterFilter, narrowing: _Narrowing, sort: str, descending: bool, first: int,
         size: int | None) -> Sequence[int]:
    road, keys = ORDERS[sort]
    if narrowing.few or (wanted.states and set(wanted.states) <= SHORT):
        road = "certificate" if road.startswith("certificate") else _FROM_FEW
    direction = " DESC" if descending else ""
    order = ", ".join(key + direction for key in keys)
    states = (" OR ".join(f"({_STATE[state]})" for state in wanted.states),) if wanted.states else ()
    query = f"SELECT certificate.id FROM {road}{narrowing.where(*states)} ORDER BY {order} LIMIT :size OFFSET :first"
    values = {**narrowing.values, **_days(wanted.on), "size": -1 if size is None else size, "first": first}
    return session.scalars(text(query), values).all()


def _rows(session: Session, ids: Sequence[int]) -> list[RegisterRow]:
    chosen = select(func.json_each(json.dumps(list(ids))).table_valued("value").c.value).scalar_subquery()
    found = {row[0]: RegisterRow(*row) for row in session.execute(
        select(*_ROW).select_from(Certificate).join(Dossier, Dossier.id == Certificate.dossier_id)
        .join(Product, Product.id == Dossier.product_id).join(Producer, Producer.id == Product.producer_id)
        .outerjoin(Commune, Commune.id == Producer.commune_id).outerjoin(Decision, Decision.id == Certificate.decision_id)
        .where(Certificate.id.in_(chosen)))}
    return [found[id] for id in ids]


def _counts(session: Session, wanted: RegisterFilter, narrowing: _Narrowing) -> dict[State, int]:
    if narrowing.conditions:
        cases = ", ".join(f"coalesce(sum({_STATE[state]}), 0)" for state in STATES)
        query = f"SELECT {cases} FROM certificate{narrowing.where()}"
        row = session.execute(text(query), {**narrowing.values, **_days(wanted.on)}).one()
        return {state: int(row[n]) for n, state in enumerate(STATES)}
    return _all_counts(session, wanted.on)


def _all_counts(session: Session, on: dt.date) -> dict[State, int]:
    """The whole register's states from the index of last days alone, the few revoked and extended ones counted apart."""
    days = _days(on)
    extended = session.scalar(text(f"SELECT count(*) FROM certificate WHERE {_STATE['extended']}"), days) or 0
    revoked = session.scalars(text("SELECT expires_on FROM certificate WHERE revoked_on <= :day"), days).all()

    def number(low: str, high: str) -> int:
        query = text("SELECT count(*) FROM certificate WHERE expires_on >= :low AND expires_on < :high")
        found = session.scalar(query, {"low": low, "high": high}) or 0
        return int(found) - sum(low <= day < high for day in revoked)

    after_due = (on + dt.timedelta(days=RENEWAL_OPENS + 1)).isoformat()
    return {"valid": number(after_due, "9999-99-99"), "due": number(days["late"], after_due),
            "late": number(days["day"], days["late"]), "extended": extended,
            "expired": number("", days["day"]) - extended, "revoked": len(revoked)}


def _days(on: dt.date) -> dict[str, str]:
    return {"day": on.isoformat(), "late": (on + dt.timedelta(days=RENEWAL_CLOSES)).isoformat(),
            "due": (on + dt.timedelta(days=RENEWAL_OPENS)).isoformat()}


def _narrowing(session: Session, wanted: RegisterFilter) -> _Narrowing:
    conditions: list[str] = []
    values: dict[str, Any] = {}
    few = False
    if wanted.words.strip():
        found = _matching(session, wanted.words)
        few = len(found) <= FEW
        conditions.append("certificate.id IN (SELECT value FROM json_each(:found))")
        values["found"] = json.dumps(found)
    if wanted.stars is not None:
        conditions.append("certificate.stars = :stars")
        values["stars"] = wanted.stars
    if wanted.year is not None:
        conditions.append("certificate.issued_on BETWEEN :year_begins AND :year_ends")
        values |= {"year_begins": f"{wanted.year:04d}-01-01", "year_ends": f"{wanted.year:04d}-12-31"}
    return _Narrowing(tuple(conditions), values, few)


def _matching(session: Session, words: str) -> list[int]:
    """Certificates whose dossier's search text or number has the words."""
    number = select(Certificate.id).where(Certificate.number.contains(words.strip(), autoescape=True))
    found = list(session.scalars(number))
    hits = search.hits(words)
    if hits is not None:
        found += session.scalars(select(Certificate.id).where(Certificate.dossier_id.in_(hits)))
    return list(dict.fromkeys(found))
