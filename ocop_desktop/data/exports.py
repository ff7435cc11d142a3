"""Everything an export tells of dossiers, in one statement, in the order of producers and products."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import select

from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import Certificate, Commune, Decision, Dossier, Producer, Product


class ExportRow(NamedTuple):
    """A dossier with its product, its producer and its recognition where it has one."""

    product_id: int
    product: str
    set_no: int | None
    category: str
    producer: str
    producer_kind: str
    tax_code: str
    commune: str | None
    commune_code: str | None
    address: str
    representative: str
    phone: str
    email: str
    dossier_id: int
    code: str | None
    kind: str
    round: str
    status: str
    stars: int | None
    filed_on: dt.date | None
    samples: int | None
    note: str
    issued_on: dt.date | None
    expires_on: dt.date | None
    certificate_stars: int | None
    revoked_on: dt.date | None
    revoked_why: str | None
    decision: str | None
    authority: str | None
    extended_until: dt.date | None


class ProducerRow(NamedTuple):
    """A producer."""

    name: str
    kind: str
    tax_code: str
    commune: str | None
    address: str
    representative: str
    phone: str
    email: str


_COMMUNE = Commune.kind + " " + Commune.name


def dossier_rows(session: Session, communes: tuple[str, ...] = ()) -> Iterator[ExportRow]:
    """Every dossier; ``communes``: only of producers in those (codes)."""
    query = (
        select(
            Product.id, Product.name, Product.set_no, Product.category, Producer.name, Producer.kind, Producer.tax_code, _COMMUNE,
            Commune.code, Producer.address, Producer.representative, Producer.phone, Producer.email, Dossier.id, Dossier.code,
            Dossier.kind, Dossier.round, Dossier.status, Dossier.stars, Dossier.filed_on, Dossier.samples, Dossier.note,
            Certificate.issued_on, Certificate.expires_on, Certificate.stars, Certificate.revoked_on, Certificate.revoked_why,
            Decision.number, Decision.authority, Certificate.extended_until)
        .select_from(Dossier)
        .join(Product, Product.id == Dossier.product_id)
        .join(Producer, Producer.id == Product.producer_id)
        .outerjoin(Commune, Commune.id == Producer.commune_id)
        .outerjoin(Certificate, Certificate.dossier_id == Dossier.id)
        .outerjoin(Decision, Decision.id == Certificate.decision_id)
        .order_by(Commune.folded, Producer.folded, Producer.id, Product.folded, Product.id, Dossier.id)
    )  # fmt: skip
    if communes:
        query = query.where(Commune.code.in_(communes))
    for row in session.execute(query.execution_options(yield_per=1000)):
        yield ExportRow._make(row)


def producer_rows(session: Session, communes: tuple[str, ...] = ()) -> Iterator[ProducerRow]:
    """Every producer; ``communes``: only those in them (codes)."""
    query = (
        select(Producer.name, Producer.kind, Producer.tax_code, _COMMUNE, Producer.address, Producer.representative,
               Producer.phone, Producer.email)
        .outerjoin(Commune, Commune.id == Producer.commune_id)
        .order_by(Commune.folded, Producer.folded, Producer.id)
    )  # fmt: skip
    if communes:
        query = query.where(Commune.code.in_(communes))
    for row in session.execute(query):
        yield ProducerRow._make(row)
