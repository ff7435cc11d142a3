"""Photos of products, read one at a time, never with a list; and those of an inspection, read together."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.sqlite import insert

from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import ProductPhoto
from ocop_desktop.data.tables_programme import InspectionPhoto


def get(session: Session, product_id: int) -> tuple[bytes, int, int] | None:
    """A product's photo: JPEG, width, height."""
    query = select(ProductPhoto.content, ProductPhoto.width, ProductPhoto.height).where(ProductPhoto.product_id == product_id)
    found = session.execute(query).one_or_none()
    return (found[0], found[1], found[2]) if found else None


def digest_of(session: Session, product_id: int) -> str | None:
    """The digest of a product's photo; None: it has none."""
    return session.scalar(select(ProductPhoto.sha256).where(ProductPhoto.product_id == product_id))


def put(session: Session, product_id: int, content: bytes, width: int, height: int) -> None:
    """Keep a product's photo in place of the one before."""
    values = {"content": content, "width": width, "height": height, "kept_at": dt.datetime.now().replace(microsecond=0),
              "sha256": hashlib.sha256(content).hexdigest()}
    session.execute(insert(ProductPhoto).values(product_id=product_id, **values).on_conflict_do_update(
        index_elements=["product_id"], set_=values))


def remove(session: Session, product_id: int) -> None:
    """Take a product's photo away."""
    session.execute(delete(ProductPhoto).where(ProductPhoto.product_id == product_id))


def of_inspection(session: Session, inspection_id: int) -> Sequence[InspectionPhoto]:
    """The photos of an inspection in the order they were added."""
    return session.scalars(select(InspectionPhoto).where(InspectionPhoto.inspection_id == inspection_id)
                           .order_by(InspectionPhoto.id)).all()


def count(session: Session, inspection_id: int) -> int:
    """How many photos one inspection has."""
    return session.scalar(select(func.count()).where(InspectionPhoto.inspection_id == inspection_id)) or 0


def counts(session: Session) -> dict[int, int]:
    """How many photos inspections have, by inspection."""
    counted = select(InspectionPhoto.inspection_id, func.count()).group_by(InspectionPhoto.inspection_id)
    return {row[0]: row[1] for row in session.execute(counted)}


def add(session: Session, inspection_id: int, name: str, content: bytes, width: int, height: int) -> int | None:
    """Keep a photo of an inspection; its number, or None where the inspection has the same one already."""
    digest = hashlib.sha256(content).hexdigest()
    known = select(InspectionPhoto.id).where(InspectionPhoto.inspection_id == inspection_id, InspectionPhoto.sha256 == digest)
    if session.scalar(known) is not None:
        return None
    made = InspectionPhoto(inspection_id=inspection_id, name=name, content=content, sha256=digest, width=width, height=height,
                           kept_at=dt.datetime.now().replace(microsecond=0))
    session.add(made)
    session.flush()
    return made.id


def get_of_inspection(session: Session, photo_id: int) -> InspectionPhoto | None:
    """One photo of an inspection."""
    return session.get(InspectionPhoto, photo_id)


def remove_of_inspection(session: Session, photo: InspectionPhoto) -> None:
    """Take one photo of an inspection away."""
    session.delete(photo)
    session.flush()
