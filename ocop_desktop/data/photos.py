"""Photos of products. Read one at a time, never with a list."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import ProductPhoto


def get(session: Session, product_id: int) -> tuple[bytes, int, int] | None:
    """A product's photo: JPEG, width, height."""
    query = select(ProductPhoto.content, ProductPhoto.width, ProductPhoto.height).where(ProductPhoto.product_id == product_id)
    found = session.execute(query).one_or_none()
    return (found[0], found[1], found[2]) if found else None


def put(session: Session, product_id: int, content: bytes, width: int, height: int) -> None:
    """Keep a product's photo in place of the one before."""
    values = {"content": content, "width": width, "height": height, "kept_at": dt.datetime.now().replace(microsecond=0)}
    session.execute(insert(ProductPhoto).values(product_id=product_id, **values).on_conflict_do_update(
        index_elements=["product_id"], set_=values))


def remove(session: Session, product_id: int) -> None:
    """Take a product's photo away."""
    session.execute(delete(ProductPhoto).where(ProductPhoto.product_id == product_id))
