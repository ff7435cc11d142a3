"""Producers with everything below them as plain values (``rules.merging``), and writing what another office's file adds."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import extract, func, or_, select
from sqlalchemy.orm import joinedload

from ocop_desktop.data.dossiers import plain, set_values, unplain
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import Certificate, Commune, Decision, Dossier, DossierPaper, Producer, Product, SelfAnswer
from ocop_desktop.rules.merging import CERTIFICATE, DOSSIER, PRODUCER, PRODUCT
from ocop_desktop.rules.names import fold

TABLES: dict[str, Any] = {"producer": Producer, "product": Product, "dossier": Dossier, "certificate": Certificate}
DECIDED = ("history", "closed", "recognised")
BEFORE_A_COUNCIL = ("in_session", "closed")


def dossier_ids(session: Session, communes: Sequence[str] = (), year: int | None = None, round: str = "") -> list[int]:
    """Dossiers of producers in communes (codes), filed or recognised in a year, of a round; what is empty does not narrow."""
    query = (select(Dossier.id).join(Product, Product.id == Dossier.product_id).join(Producer, Producer.id == Product.producer_id)
             .outerjoin(Commune, Commune.id == Producer.commune_id).outerjoin(Certificate, Certificate.dossier_id == Dossier.id))
    if communes:
        query = query.where(Commune.code.in_(communes))
    if year is not None:
        query = query.where(or_(extract("year", Dossier.filed_on) == year, extract("year", Certificate.issued_on) == year))
    if round:
        query = query.where(Dossier.round == round)
    return list(session.scalars(query.distinct().order_by(Dossier.id)))


def producers_of(session: Session, dossiers: Iterable[int]) -> list[dict[str, Any]]:
    """The producers of dossiers, each with its products and of those exactly these dossiers."""
    wanted = select(func.json_each(_list(dossiers)).table_valued("value").c.value)
    return _nested(session, wanted)


def producers_like(session: Session, theirs: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Every producer that could be one of a file's - by name, tax number or product code - with all that hangs below it."""
    names, taxes, codes = set[str](), set[str](), set[str]()
    for producer in theirs:
        names.add(fold(producer["name"]))
        taxes |= {producer["tax_code"]} - {""}
        codes |= {d["code"] for p in producer["products"] for d in p["dossiers"] if d["code"]}
    by_code = select(Product.producer_id).join(Dossier, Dossier.product_id == Product.id).where(Dossier.code.in_(_values(codes)))
    ids = list(session.scalars(select(Producer.id).where(or_(
        Producer.folded.in_(_values(names)), Producer.tax_code.in_(_values(taxes)), Producer.id.in_(by_code)))))
    dossiers = select(Dossier.id).join(Product, Product.id == Dossier.product_id).where(Product.producer_id.in_(_values(ids)))
    return _nested(session, dossiers, ids)


def _nested(session: Session, dossiers: Any, producers: Sequence[int] = ()) -> list[dict[str, Any]]:
    papers, answers = defaultdict[int, list[dict[str, Any]]](list), defaultdict[int, list[dict[str, Any]]](list)
    certificates: dict[int, dict[str, Any]] = {}
    kept = select(DossierPaper).where(DossierPaper.dossier_id.in_(dossiers)).order_by(DossierPaper.kind)
    for paper in session.scalars(kept):
        papers[paper.dossier_id].append(_plain(paper, ("kind", "number", "issuer", "issued_on", "expires_on")))
    for answer in session.scalars(select(SelfAnswer).where(SelfAnswer.dossier_id.in_(dossiers)).order_by(SelfAnswer.criterion)):
        answers[answer.dossier_id].append(_plain(answer, ("criterion", "choice", "evidence")))
    for certificate in session.scalars(select(Certificate).options(joinedload(Certificate.decision))
                                       .where(Certificate.dossier_id.in_(dossiers)).order_by(Certificate.id)):
        certificates[certificate.dossier_id] = _certificate(certificate)  # the newest stands for the dossier
    found: dict[int, dict[str, Any]] = {}
    products: dict[int, dict[str, Any]] = {}
    _start(session, producers, found, products)
    load = joinedload(Dossier.product).joinedload(Product.producer).joinedload(Producer.commune)
    for dossier in session.scalars(select(Dossier).options(load).where(Dossier.id.in_(dossiers)).order_by(Dossier.id)):
        product = _product(dossier.product, found, products)
        locked = dossier.status not in ("draft", "ready", "history")
        product["locked"] = product["locked"] or dossier.status in BEFORE_A_COUNCIL
        product["dossiers"].append({
            "locked": locked, "id": dossier.id, **_plain(dossier, DOSSIER), "rulebook": dossier.rulebook, "stars": dossier.stars,
            "status": "history" if dossier.status in DECIDED else "open", "certificate": certificates.get(dossier.id),
            "papers": papers[dossier.id], "answers": answers[dossier.id]})
    return list(found.values())


def _start(session: Session, producers: Sequence[int], found: dict[int, dict[str, Any]], products: dict[int, Any]) -> None:
    """Producers and products that have no dossier too."""
    load = joinedload(Producer.commune)
    for producer in session.scalars(select(Producer).options(load).where(Producer.id.in_(_values(producers)))):
        _producer(producer, found)
    for product in session.scalars(select(Product).where(Product.producer_id.in_(_values(producers))).order_by(Product.id)):
        _product(product, found, products)


def _producer(one: Producer, found: dict[int, dict[str, Any]]) -> dict[str, Any]:
    if one.id not in found:
        known = _plain(one, tuple(name for name in PRODUCER if name != "commune"))
        found[one.id] = {"id": one.id, **known, "commune": one.commune.code if one.commune else "", "products": []}
    return found[one.id]


def _product(one: Product, found: dict[int, dict[str, Any]], products: dict[int, dict[str, Any]]) -> dict[str, Any]:
    if one.id not in products:
        products[one.id] = {"id": one.id, **_plain(one, PRODUCT), "dossiers": [], "locked": False}
        _producer(one.producer, found)["products"].append(products[one.id])
    return products[one.id]


def _certificate(one: Certificate) -> dict[str, Any]:
    own = tuple(name for name in CERTIFICATE if name not in ("decision", "decided_on", "authority"))
    decision = one.decision
    told = (decision.number, decision.date.isoformat(), decision.authority) if decision else ("", None, "")
    return {"id": one.id, "locked": one.result_id is not None, **_plain(one, own),
            **dict(zip(("decision", "decided_on", "authority"), told, strict=True))}


def _plain(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: plain(getattr(row, name)) for name in names}


# -- writing --------------------------------------------------------------------------------------------------------------


def add(session: Session, entity: str, values: Mapping[str, Any]) -> int:
    """Write a record; its number. Days may be ISO texts."""
    table = TABLES[entity]
    made = table(**{name: unplain(table, name, value) for name, value in values.items()})
    session.add(made)
    session.flush()
    return int(made.id)


def add_below(session: Session, dossier_id: int, papers: Iterable[Mapping[str, Any]],
              answers: Iterable[Mapping[str, Any]]) -> None:
    """Write a dossier's legal papers and self-score."""
    for paper in papers:
        session.add(DossierPaper(dossier_id=dossier_id, **{n: unplain(DossierPaper, n, v) for n, v in paper.items()}))
    for answer in answers:
        session.add(SelfAnswer(dossier_id=dossier_id, **answer))
    session.flush()


def change(session: Session, entity: str, id: int, values: Mapping[str, Any]) -> dict[str, Any]:
    """Change fields of a record; what stood there before, as plain values."""
    row = session.get_one(TABLES[entity], id)
    before = set_values(row, values)
    session.flush()
    return before


def decision_of(session: Session, number: str, on: str | None, authority: str) -> tuple[int | None, bool]:
    """The decision of that number, day and authority, made when it is new; whether it was. None without number or day."""
    if not number or not on:
        return None, False
    day = dt.date.fromisoformat(on)
    found = session.scalar(select(Decision.id).where(Decision.number == number, Decision.date == day,
                                                     Decision.authority == authority))
    if found is not None:
        return found, False
    made = Decision(number=number, date=day, authority=authority)
    session.add(made)
    session.flush()
    return made.id, True


def taken(session: Session, number: str | None) -> bool:
    """Whether another certificate has that number."""
    return number is not None and session.scalar(select(Certificate.id).where(Certificate.number == number)) is not None


def _list(values: Iterable[Any]) -> str:
    return json.dumps(list(values), ensure_ascii=False)


def _values(values: Iterable[Any]) -> Any:
    return select(func.json_each(_list(values)).table_valued("value").c.value)


def decision_now(session: Session, certificate_id: int) -> dict[str, Any]:
    """The decision of a certificate as plain values."""
    known = _certificate(session.get_one(Certificate, certificate_id))
    return {name: known[name] for name in ("decision", "decided_on", "authority")}


def dossiers_below(session: Session, entity: str, id: int) -> list[int]:
    """The dossiers whose search text says something of a record."""
    query = select(Dossier.id).join(Product, Product.id == Dossier.product_id)
    if entity == "producer":
        return list(session.scalars(query.where(Product.producer_id == id)))
    if entity == "product":
        return list(session.scalars(query.where(Product.id == id)))
    return [id] if entity == "dossier" else []
