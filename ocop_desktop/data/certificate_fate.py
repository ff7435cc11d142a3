"""What becomes of certificates after their issue: what falls due when, conclusions that wait for a revocation, inspections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Row, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import Certificate, Commune, Dossier, Producer, Product
from ocop_desktop.data.tables_programme import Inspection

OPEN_STATES = ("draft", "ready", "in_session", "closed")  # a dossier of these is still under way


def get(session: Session, certificate_id: int) -> Certificate | None:
    """A certificate with its dossier, product and producer."""
    names = joinedload(Certificate.dossier).joinedload(Dossier.product).joinedload(Product.producer)
    return session.scalar(select(Certificate).options(names).where(Certificate.id == certificate_id))


def latest_of_product(session: Session, product_id: int) -> Certificate | None:
    """A product's latest recognition."""
    return session.scalar(select(Certificate).join(Dossier, Dossier.id == Certificate.dossier_id)
                          .where(Dossier.product_id == product_id).order_by(Certificate.issued_on.desc(), Certificate.id.desc())
                          .limit(1))


def of_product(session: Session, product_id: int) -> Sequence[Certificate]:
    """Every recognition of a product, the earliest first."""
    return session.scalars(select(Certificate).options(joinedload(Certificate.decision))
                           .join(Dossier, Dossier.id == Certificate.dossier_id).where(Dossier.product_id == product_id)
                           .order_by(Certificate.issued_on, Certificate.id)).all()


def certified_named(session: Session, words: str, most: int = 10) -> Sequence[Row[int, str, str]]:
    """Products ever recognised whose folded name holds every word: (product, name, producer)."""
    held = [Product.folded.contains(word, autoescape=True) for word in words.split()]
    recognised = exists().where(Dossier.product_id == Product.id, Certificate.dossier_id == Dossier.id)
    return session.execute(select(Product.id, Product.name, Producer.name).join(Producer, Producer.id == Product.producer_id)
                           .where(*held, recognised).order_by(Product.folded, Product.id).limit(most)).all()


def open_dossier_of(session: Session, product_id: int) -> Dossier | None:
    """A product's dossier that is still under way."""
    return session.scalar(select(Dossier).where(Dossier.product_id == product_id, Dossier.status.in_(OPEN_STATES))
                          .order_by(Dossier.id.desc()).limit(1))


def ending(session: Session, first: dt.date, last: dt.date) -> Sequence[Row[Certificate, str, str, str, str | None, int, bool]]:
    """Latest recognitions of products that end, or whose extension ends, between two days; not the revoked ones.

    Returns:
        certificate, product, producer, phone, commune or None, product id, whether a dossier is under way; by last day.
    """
    later, its = aliased(Certificate), aliased(Dossier)
    newest = ~exists().where(its.id == later.dossier_id, its.product_id == Dossier.product_id,
                             (later.issued_on > Certificate.issued_on)
                             | ((later.issued_on == Certificate.issued_on) & (later.id > Certificate.id)))
    handled = exists().where(its.product_id == Dossier.product_id, its.status.in_(OPEN_STATES))
    last_day = func.coalesce(Certificate.extended_until, Certificate.expires_on)
    return session.execute(
        select(Certificate, Product.name, Producer.name, Producer.phone, Commune.kind + " " + Commune.name, Product.id, handled)
        .join(Dossier, Dossier.id == Certificate.dossier_id).join(Product, Product.id == Dossier.product_id)
        .join(Producer, Producer.id == Product.producer_id).outerjoin(Commune, Commune.id == Producer.commune_id)
        .where(or_(Certificate.expires_on.between(first, last), Certificate.extended_until.between(first, last)),
               Certificate.revoked_on.is_(None), newest)
        .order_by(last_day, Product.folded)).all()


def concluded(session: Session) -> Sequence[Certificate]:
    """Certificates with an authority's conclusion against them that are not revoked yet."""
    names = joinedload(Certificate.dossier).joinedload(Dossier.product)
    return session.scalars(select(Certificate).options(names)
                           .where(Certificate.concluded_on.is_not(None), Certificate.revoked_on.is_(None))
                           .order_by(Certificate.concluded_on)).all()


def waiting_at_commune(session: Session) -> Sequence[Row[int, str, dt.date | None]]:
    """Dossiers a commune received and has not forwarded: (dossier, product, day received)."""
    return session.execute(
        select(Dossier.id, Product.name, Dossier.commune_received_on).join(Product, Product.id == Dossier.product_id)
        .where(Dossier.status.in_(("draft", "ready")), Dossier.commune_received_on.is_not(None),
               Dossier.province_received_on.is_(None)).order_by(Dossier.commune_received_on)).all()


def reevaluations(session: Session) -> Sequence[Row[int, str, dt.date | None]]:
    """Re-evaluations the province received and has not finished: (dossier, product, day received)."""
    return session.execute(
        select(Dossier.id, Product.name, Dossier.province_received_on).join(Product, Product.id == Dossier.product_id)
        .where(Dossier.kind == "reevaluation", Dossier.status.in_(("draft", "ready", "in_session")),
               Dossier.province_received_on.is_not(None)).order_by(Dossier.province_received_on)).all()


def get_inspection(session: Session, inspection_id: int) -> Inspection | None:
    """One inspection with its product."""
    return session.scalar(select(Inspection).options(joinedload(Inspection.product).joinedload(Product.producer))
                          .where(Inspection.id == inspection_id))


def inspections(session: Session, product_id: int | None = None) -> Sequence[Inspection]:
    """Inspections of a product, or all; the newest plan first."""
    query = (select(Inspection).options(joinedload(Inspection.product).joinedload(Product.producer).joinedload(Producer.commune))
             .order_by(Inspection.planned_on.desc(), Inspection.id.desc()))
    return session.scalars(query if product_id is None else query.where(Inspection.product_id == product_id)).all()


def add_inspection(session: Session, made: Inspection) -> int:
    """Write a new inspection; its id."""
    session.add(made)
    session.flush()
    return made.id
