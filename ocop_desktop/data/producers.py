"""Producers: finding one by what people type, adding one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, case, func, or_, select

from ocop_desktop.data.engine import Session
from ocop_desktop.data.search import query_words
from ocop_desktop.data.tables import Commune, Dossier, Producer, Product
from ocop_desktop.rules.names import fold


@dataclass(frozen=True)
class ProducerHit:
    """A producer as a suggestion names it."""

    id: int
    name: str
    kind: str
    commune: str
    tax_code: str


def find_producers(session: Session, text: str, limit: int = 8) -> tuple[ProducerHit, ...]:
    """Producers whose name holds every word of ``text``, or with that tax code; accents aside, those beginning with it first."""
    words, whole = query_words(text), fold(text)
    if not words:
        return ()
    named = [Producer.folded.contains(word, autoescape=True) for word in words]
    begins = case((Producer.folded.startswith(whole, autoescape=True), 0), else_=1)
    rows = session.execute(
        select(Producer.id, Producer.name, Producer.kind, func.coalesce(Commune.kind + " " + Commune.name, ""), Producer.tax_code)
        .outerjoin(Commune, Commune.id == Producer.commune_id)
        .where(or_(and_(*named), Producer.tax_code == text.strip()))
        .order_by(begins, Producer.folded, Producer.id).limit(limit))
    return tuple(ProducerHit(*row) for row in rows)


def get(session: Session, producer_id: int) -> Producer | None:
    """One producer."""
    return session.get(Producer, producer_id)


def add(session: Session, name: str, **values: Any) -> int:
    """Write a new producer; its number."""
    made = Producer(name=name, folded=fold(name), **values)
    session.add(made)
    session.flush()
    return made.id


def count_dossiers(session: Session, producer_id: int) -> int:
    """How many dossiers a producer has."""
    return session.scalar(select(func.count()).select_from(Dossier).join(Product, Product.id == Dossier.product_id)
                          .where(Product.producer_id == producer_id)) or 0
