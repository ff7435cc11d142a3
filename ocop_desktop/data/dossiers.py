"""One dossier: read whole, its papers and self-score, its code, its history, taking it away and bringing it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, func, or_, select

from ocop_desktop.data.changes import NewLine, append
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import (
    AgendaItem,
    Ballot,
    Certificate,
    Change,
    Commune,
    Dossier,
    DossierPaper,
    Producer,
    Product,
    SelfAnswer,
)
from ocop_desktop.data.tables_advisory import AdvisoryAnswer, AdvisoryReview

TABLES: dict[str, type[Any]] = {"producer": Producer, "product": Product, "dossier": Dossier, "dossier_paper": DossierPaper,
                                "self_answer": SelfAnswer, "advisory_review": AdvisoryReview,
                                "advisory_answer": AdvisoryAnswer}

OF_DOSSIER = ("dossier_paper", "self_answer", "advisory_review", "advisory_answer")  # come and go with their dossier


@dataclass(frozen=True)
class Line:
    """One line of a dossier's history: also that of its product and producer."""

    id: int
    at: dt.datetime
    who: str
    entity: str
    entity_id: int
    what: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def get(session: Session, dossier_id: int) -> Row[Dossier, Product, Producer, Commune | None] | None:
    """A dossier with its product, producer and commune."""
    return session.execute(
        select(Dossier, Product, Producer, Commune).join(Product, Product.id == Dossier.product_id)
        .join(Producer, Producer.id == Product.producer_id).outerjoin(Commune, Commune.id == Producer.commune_id)
        .where(Dossier.id == dossier_id)).one_or_none()


def papers(session: Session, dossier_id: int) -> dict[str, DossierPaper]:
    """The ticked papers of a dossier by kind."""
    return {p.kind: p for p in session.scalars(select(DossierPaper).where(DossierPaper.dossier_id == dossier_id))}


def self_answers(session: Session, dossier_id: int) -> dict[str, SelfAnswer]:
    """The self-score by criterion; an empty choice is evidence without an answer."""
    return {a.criterion: a for a in session.scalars(select(SelfAnswer).where(SelfAnswer.dossier_id == dossier_id))}


def by_code(session: Session, code: str) -> int | None:
    """The number of the dossier with this code."""
    return session.scalar(select(Dossier.id).where(Dossier.code == code))


def asked_together(session: Session, dossier_id: int) -> tuple[int, ...]:
    """Dossiers of the same commune, round and rulebook, this one among them, by code.

    It alone without a commune or a round, or where it only came in as history.
    """
    own = get(session, dossier_id)
    if own is None or own[3] is None or not own[0].round or own[0].status == "history":
        return (dossier_id,)
    return tuple(session.scalars(
        select(Dossier.id).join(Product, Product.id == Dossier.product_id).join(Producer, Producer.id == Product.producer_id)
        .where(Producer.commune_id == own[3].id, Dossier.round == own[0].round, Dossier.rulebook == own[0].rulebook,
               Dossier.status != "history").order_by(Dossier.code.is_(None), Dossier.code, Dossier.id)))


def code_owner(session: Session, code: str) -> str | None:
    """The product whose dossier has this code."""
    return session.scalar(select(Product.name).join(Dossier, Dossier.product_id == Product.id).where(Dossier.code == code))


def codes_of(session: Session, province: str, commune: str, year: int) -> tuple[str, ...]:
    """Codes taken in a commune and year."""
    start = f"{province}-{commune}-"
    rows = session.scalars(select(Dossier.code).where(Dossier.code >= start, Dossier.code < start + "~"))
    return tuple(code for code in rows if code is not None and code.endswith(f"-{year}"))


def uses(session: Session, dossier_id: int) -> tuple[int, int, int]:
    """How many agendas, ballots and certificates a dossier has."""
    agendas = select(func.count()).select_from(AgendaItem).where(AgendaItem.dossier_id == dossier_id)
    ballots = (select(func.count()).select_from(Ballot).join(AgendaItem, AgendaItem.id == Ballot.item_id)
               .where(AgendaItem.dossier_id == dossier_id))
    certificates = select(func.count()).select_from(Certificate).where(Certificate.dossier_id == dossier_id)
    return session.scalar(agendas) or 0, session.scalar(ballots) or 0, session.scalar(certificates) or 0


def dossiers_of_product(session: Session, product_id: int) -> tuple[int, ...]:
    """Numbers of a product's dossiers."""
    return tuple(session.scalars(select(Dossier.id).where(Dossier.product_id == product_id)))


def add(session: Session, *, producer_id: int, name: str, folded: str, set_no: int | None, **values: Any) -> int:
    """Write a new product of a producer with its dossier; the dossier's number."""
    product = Product(producer_id=producer_id, name=name, folded=folded, set_no=set_no)
    session.add(product)
    session.flush()
    dossier = Dossier(product_id=product.id, **values)
    session.add(dossier)
    session.flush()
    return dossier.id


def add_again(session: Session, product_id: int, **values: Any) -> int:
    """Write a further dossier of a product; its number."""
    dossier = Dossier(product_id=product_id, **values)
    session.add(dossier)
    session.flush()
    return dossier.id


def take_over_papers(session: Session, from_dossier: int, to_dossier: int, day: dt.date) -> None:
    """Tick in a new dossier the papers of an earlier one that have not ended before ``day``."""
    for paper in papers(session, from_dossier).values():
        if paper.expires_on is None or paper.expires_on >= day:
            session.add(DossierPaper(dossier_id=to_dossier, kind=paper.kind, number=paper.number, issuer=paper.issuer,
                                     issued_on=paper.issued_on, expires_on=paper.expires_on))
    session.flush()


# -- rows as plain values -----------------------------------------------------------------------------------------------


def plain(value: Any) -> Any:
    """A value as JSON keeps it: dates as text."""
    return value.isoformat() if isinstance(value, dt.date) else value


def unplain(kind: type[Any], column: str, value: Any) -> Any:
    """A value of ``column`` as ``plain`` kept it."""
    read = {dt.date: dt.date.fromisoformat, dt.datetime: dt.datetime.fromisoformat}.get(
        kind.__table__.columns[column].type.python_type)
    return read(value) if read and isinstance(value, str) else value


def values_of(row: Any) -> dict[str, Any]:
    """All columns of a row as plain values."""
    return {column.key: plain(getattr(row, column.key)) for column in row.__table__.columns}


def set_values(row: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """Write values into a row; what stood there, plain."""
    before = {key: plain(getattr(row, key)) for key in values}
    for key, value in values.items():
        setattr(row, key, unplain(type(row), key, value))
    return before


def get_row(session: Session, entity: str, key: Any) -> Any:
    """A row of one of ``TABLES`` by its key, or None."""
    return session.get(TABLES[entity], key)


def add_row(session: Session, entity: str, values: Mapping[str, Any]) -> Any:
    """Write a row of one of ``TABLES`` from plain values."""
    kind = TABLES[entity]
    row = kind(**{key: unplain(kind, key, value) for key, value in values.items()})
    session.add(row)
    session.flush()
    return row


def delete_row(session: Session, row: Any) -> None:
    """Delete a row."""
    session.delete(row)
    session.flush()


def delete_whole(session: Session, dossier_id: int) -> dict[str, Any]:
    """Delete a dossier with all that is of it, and its product when nothing else needs it; all of it as plain values."""
    found = get(session, dossier_id)
    assert found is not None
    dossier, product = found[0], found[1]
    kept: dict[str, Any] = {"dossier": [values_of(dossier)], "product": []}
    for entity in OF_DOSSIER:
        kind = TABLES[entity]
        kept[entity] = [values_of(row) for row in session.scalars(select(kind).where(kind.dossier_id == dossier_id))]
        session.execute(delete(kind).where(kind.dossier_id == dossier_id))
    delete_row(session, dossier)
    if not dossiers_of_product(session, product.id):
        kept["product"] = [values_of(product)]
        delete_row(session, product)
    return kept


def bring_back(session: Session, kept: Mapping[str, Any]) -> None:
    """Write again what ``delete_whole`` took away."""
    for entity in ("product", "dossier", *OF_DOSSIER):
        for values in kept.get(entity, ()):
            add_row(session, entity, values)


# -- history ------------------------------------------------------------------------------------------------------------


def write_line(session: Session, who: str, entity: str, entity_id: int, what: str, before: Mapping[str, Any] | None,
               after: Mapping[str, Any] | None) -> int:
    """Write one line of history; its number."""
    return append(session, who, [NewLine(entity, entity_id, what, before, after)]).seq


def lines(session: Session, dossier_id: int, product_id: int, producer_id: int, limit: int = 300) -> tuple[Line, ...]:
    """History of a dossier, its product and its producer, the newest first."""
    where = or_(*((Change.entity == entity) & (Change.entity_id == number)
                  for entity, number in (("dossier", dossier_id), ("product", product_id), ("producer", producer_id))))
    query = select(Change).where(where).order_by(Change.id.desc()).limit(limit)
    return tuple(_line(c) for c in session.scalars(query))


def line(session: Session, change_id: int) -> Line | None:
    """One line of history."""
    c = session.get(Change, change_id)
    return _line(c) if c else None


def _line(c: Change) -> Line:
    return Line(c.id, c.at, c.who, c.entity, c.entity_id, c.what, c.before or {}, c.after or {})
