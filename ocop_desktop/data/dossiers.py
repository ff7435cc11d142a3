"""Dossiers: lists over 100,000 of them within milliseconds, one of them whole, its papers and self-score.

A list is read in two steps. First the ids of one page, by whichever road is short: where the search words or the filters leave
few dossiers these are put in order; else the index of the order is walked until the page is full. Then the rows of these ids.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, column, func, literal, select, table, text
from sqlalchemy.dialects.sqlite import insert

from ocop_desktop.data.engine import Session
from ocop_desktop.data.search import LONGEST, TRIGRAM, query_words
from ocop_desktop.data.tables import (
    AgendaItem, Ballot, Certificate, Commune, Dossier, DossierPaper, Producer, Product, SelfAnswer,
)

FEW = 600  # so many are sorted faster than an index is walked for them
NO_STARS = 0  # the filter for dossiers without stars
_INDEX = table("dossier_search", column("rowid"))

# Columns of every order, each as an index gives it: no sorting on the way.
ORDERS: dict[str, tuple[Any, ...]] = {
    "product": (Dossier.search, Dossier.id),
    "code": (Dossier.code, Dossier.id),
    "producer": (Producer.folded, Producer.id, Product.id, Dossier.id),
    "commune": (Commune.folded, Commune.id, Producer.id, Product.id, Dossier.id),
    "set_no": (Product.set_no, Product.id, Dossier.id),
    "kind": (Dossier.kind, Dossier.id),
    "round": (Dossier.round, Dossier.id),
    "status": (Dossier.status, Dossier.id),
    "stars": (Dossier.stars, Dossier.id),
    "filed_on": (Dossier.filed_on, Dossier.id),
}


@dataclass(frozen=True)
class Filters:
    """What a list of dossiers is narrowed to; None leaves a field open.

    Args:
        round: the round's name ("": without one).
        commune_id, set_no, producer_kind, status: as in the tables.
        stars: 1-5, or 0 for dossiers without stars.
    """

    round: str | None = None
    commune_id: int | None = None
    set_no: int | None = None
    producer_kind: str | None = None
    status: str | None = None
    stars: int | None = None


@dataclass(frozen=True)
class Sort:
    """The order of a list: a key of ``ORDERS``, and whether from the end."""

    key: str = "product"
    descending: bool = False


@dataclass(frozen=True)
class DossierRow:
    """One line of a list."""

    id: int
    product: str
    code: str | None
    producer: str
    producer_kind: str
    commune: str
    set_no: int | None
    kind: str
    round: str
    status: str
    stars: int | None
    filed_on: dt.date | None


def page_of(session: Session, query: str, filters: Filters, sort: Sort, first: int, size: int) -> tuple[tuple[DossierRow, ...], int | None]:
    """Rows ``first`` to ``first + size`` of a list, and its length where that is known without counting."""
    few = _few(session, query, filters)
    if few is not None:
        ids = list(session.scalars(_ordered(_narrowed(select(Dossier.id), query, filters).where(_among(few)), sort, filters)))
        return rows_of(session, ids[first:first + size]), len(ids)
    ids = _walk(session, query, filters, sort, first, size)
    return rows_of(session, ids), (first + len(ids) if ids and len(ids) < size else None)


def count(session: Session, query: str, filters: Filters) -> int:
    """How many dossiers match."""
    few = _few(session, query, filters)
    counted = _narrowed(select(func.count(Dossier.id)), query, filters)
    return session.scalar(counted if few is None else counted.where(_among(few))) or 0


def all_rows(session: Session, query: str, filters: Filters, sort: Sort) -> tuple[DossierRow, ...]:
    """Every matching row, for export."""
    few = _few(session, query, filters)
    if few is None:
        return rows_of(session, _walk(session, query, filters, sort, 0, -1))
    return page_of(session, query, filters, sort, 0, FEW)[0]


def rows_of(session: Session, ids: Sequence[int]) -> tuple[DossierRow, ...]:
    """The rows of these dossiers, in the order given."""
    if not ids:
        return ()
    found = session.execute(
        select(Dossier.id, Product.name, Dossier.code, Producer.name, Producer.kind, func.coalesce(Commune.name, ""), Product.set_no,
               Dossier.kind, Dossier.round, Dossier.status, Dossier.stars, Dossier.filed_on)
        .join(Product, Product.id == Dossier.product_id).join(Producer, Producer.id == Product.producer_id)
        .outerjoin(Commune, Commune.id == Producer.commune_id).where(_among(ids)))
    by_id = {row[0]: row for row in found}
    return tuple(DossierRow(*by_id[i]) for i in ids if i in by_id)


def _among(ids: Sequence[int]) -> ColumnElement[bool]:
    return Dossier.id.in_(select(func.json_each(json.dumps(list(ids))).table_valued("value").c.value))


def _few(session: Session, query: str, filters: Filters) -> list[int] | None:
    """Ids that hold everything matching, when the index of words or the filters leave at most ``FEW``; else None."""
    indexed = [w for w in query_words(query) if len(w) >= TRIGRAM]
    if indexed:
        expression = " AND ".join('"' + _head(w).replace('"', '""') + '"' for w in indexed)
        hits = select(_INDEX.c.rowid).where(text("dossier_search MATCH :words").bindparams(words=expression)).limit(FEW + 1)
        ids = list(session.scalars(hits))
        if len(ids) <= FEW:
            return ids
    if filters != Filters():
        ids = list(session.scalars(_narrowed(select(Dossier.id), "", filters).limit(FEW + 1)))
        if len(ids) <= FEW:
            return ids
    return None


def _head(word: str) -> str:
    """What the index is asked for: a syllable's first letters tell enough and are quicker; codes and numbers stay whole."""
    return word[:TRIGRAM] if word.isalpha() else word[:LONGEST]


def _narrowed(query: Select[Any], words: str, filters: Filters) -> Select[Any]:
    """``query`` over Dossier, joined to what the filters need."""
    for word in query_words(words):
        query = query.where(Dossier.search.contains(word, autoescape=True))
    by_producer = filters.commune_id is not None or filters.producer_kind is not None
    if by_producer or filters.set_no is not None:
        query = query.join(Product, Product.id == Dossier.product_id)
    if by_producer:
        query = query.join(Producer, Producer.id == Product.producer_id)
    for field, value in ((Producer.commune_id, filters.commune_id), (Producer.kind, filters.producer_kind), (Product.set_no, filters.set_no),
                         (Dossier.round, filters.round), (Dossier.status, filters.status)):
        if value is not None:
            query = query.where(field == value)
    if filters.stars is not None:
        query = query.where(Dossier.stars.is_(None) if filters.stars == NO_STARS else Dossier.stars == filters.stars)
    return query


def _ordered(query: Select[Any], sort: Sort, filters: Filters, communes: bool = False) -> Select[Any]:
    """``query`` from ``_narrowed`` in an order, joined to what the order needs and the filters did not."""
    keys = ORDERS[sort.key]
    by_producer = filters.commune_id is not None or filters.producer_kind is not None
    if any(k.class_ in (Product, Producer, Commune) for k in keys) and not (by_producer or filters.set_no is not None):
        query = query.join(Product, Product.id == Dossier.product_id)
    if any(k.class_ in (Producer, Commune) for k in keys) and not by_producer:
        query = query.join(Producer, Producer.id == Product.producer_id)
    if Commune.folded in keys:
        query = query.join(Commune, Commune.id == Producer.commune_id, isouter=not communes)
    return query.order_by(*(key.desc() if sort.descending else key for key in keys))


def _walk(session: Session, words: str, filters: Filters, sort: Sort, first: int, size: int) -> list[int]:
    """Ids of a page by walking the order's index; a size of -1 is all. Dossiers without a commune come last in that order."""
    narrowed = _narrowed(select(Dossier.id), words, filters)
    if sort.key != "commune":
        return list(session.scalars(_ordered(narrowed, sort, filters).limit(size).offset(first)))
    ids = list(session.scalars(_ordered(narrowed, sort, filters, communes=True).limit(size).offset(first)))
    if len(ids) == size or filters.commune_id is not None:
        return ids
    counted = _ordered(_narrowed(select(func.count(Dossier.id)), words, filters), sort, filters, communes=True).order_by(None)
    skipped = max(0, first - (session.scalar(counted) or 0)) if not ids else 0
    rest = _ordered(narrowed, Sort("producer", sort.descending), filters).where(Producer.commune_id.is_(None))
    return ids + list(session.scalars(rest.limit(size if size < 0 else size - len(ids)).offset(skipped)))


# -- what the filters offer ---------------------------------------------------------------------------------------------


def rounds(session: Session) -> tuple[str, ...]:
    """Names of rounds in use, by name."""
    return tuple(session.scalars(select(Dossier.round).distinct().order_by(Dossier.round)))


def communes_in_use(session: Session) -> tuple[tuple[int, str, str], ...]:
    """Communes that have a producer: (id, kind and name, province), by name."""
    used = select(Producer.commune_id).where(Producer.commune_id.is_not(None)).distinct()
    rows = session.execute(select(Commune.id, Commune.kind, Commune.name, Commune.province).where(Commune.id.in_(used))
                           .order_by(Commune.folded, Commune.id))
    return tuple((row[0], f"{row[1]} {row[2]}", row[3]) for row in rows)


# -- one dossier --------------------------------------------------------------------------------------------------------


def get(session: Session, dossier_id: int) -> Row[tuple[Dossier, Product, Producer, Commune | None]] | None:
    """A dossier with its product, producer and commune."""
    return session.execute(
        select(Dossier, Product, Producer, Commune).join(Product, Product.id == Dossier.product_id)
        .join(Producer, Producer.id == Product.producer_id).outerjoin(Commune, Commune.id == Producer.commune_id)
        .where(Dossier.id == dossier_id)).one_or_none()


def papers(session: Session, dossier_id: int) -> dict[str, DossierPaper]:
    """The ticked papers of a dossier by kind."""
    return {p.kind: p for p in session.scalars(select(DossierPaper).where(DossierPaper.dossier_id == dossier_id))}


def self_answers(session: Session, dossier_id: int) -> dict[str, tuple[str, str]]:
    """The self-score: criterion -> (choice, evidence); a choice of "" is evidence without an answer."""
    rows = session.execute(select(SelfAnswer.criterion, SelfAnswer.choice, SelfAnswer.evidence).where(SelfAnswer.dossier_id == dossier_id))
    return {row[0]: (row[1], row[2]) for row in rows}


def write_self_answer(session: Session, dossier_id: int, criterion: str, choice: str, evidence: str) -> None:
    """Write one answer; without choice and evidence the line is taken away."""
    if not choice and not evidence:
        found = session.get(SelfAnswer, (dossier_id, criterion))
        if found is not None:
            session.delete(found)
            session.flush()
        return
    values = {"choice": choice, "evidence": evidence}
    session.execute(insert(SelfAnswer).values(dossier_id=dossier_id, criterion=criterion, **values)
                    .on_conflict_do_update(index_elements=["dossier_id", "criterion"], set_=values))
    session.expire_all()


def code_owner(session: Session, code: str) -> int | None:
    """The dossier that has a product code."""
    return session.scalar(select(Dossier.id).where(Dossier.code == code))


def codes_like(session: Session, province: str, commune: str, year: int) -> tuple[str, ...]:
    """Codes taken in a commune and year."""
    start = f"{province}-{commune}-"
    rows = session.scalars(select(Dossier.code).where(Dossier.code >= start, Dossier.code < start + "~"))
    return tuple(code for code in rows if code is not None and code.endswith(f"-{year}"))


def uses(session: Session, dossier_id: int) -> tuple[int, int, int]:
    """How many agendas, ballots and certificates a dossier has."""
    agendas = select(func.count()).select_from(AgendaItem).where(AgendaItem.dossier_id == dossier_id)
    ballots = select(func.count()).select_from(Ballot).join(AgendaItem, AgendaItem.id == Ballot.item_id).where(AgendaItem.dossier_id == dossier_id)
    certificates = select(func.count()).select_from(Certificate).where(Certificate.dossier_id == dossier_id)
    return session.scalar(agendas) or 0, session.scalar(ballots) or 0, session.scalar(certificates) or 0


def siblings(session: Session, product_id: int) -> int:
    """How many dossiers a product has."""
    return session.scalar(select(func.count()).select_from(Dossier).where(Dossier.product_id == product_id)) or 0


def values_of(row: Any) -> dict[str, Any]:
    """The columns of a row as plain values: dates as text."""
    return {c.key: (v.isoformat() if isinstance(v := getattr(row, c.key), dt.date) else v) for c in row.__table__.columns}


def bring_back(session: Session, kind: type[Any], values: dict[str, Any]) -> None:
    """Write a row again as ``values_of`` kept it."""
    dates = {c.key for c in kind.__table__.columns if c.type.python_type is dt.date}
    session.add(kind(**{k: dt.date.fromisoformat(v) if k in dates and v else v for k, v in values.items()}))
    session.flush()


def exists(session: Session) -> bool:
    """Whether there is any dossier."""
    return session.scalar(select(literal(1)).select_from(Dossier).limit(1)) is not None


def delete_rows(session: Session, rows: Iterable[Any]) -> None:
    """Delete these rows, in this order."""
    for row in rows:
        session.delete(row)
        session.flush()
