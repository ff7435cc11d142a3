"""The office's settings in the database, as JSON by key."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects.sqlite import insert

from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import Setting

OFFICE = "office"
WORKING_RULES = "rules.default"


def get_setting(session: Session, key: str, default: Any = None) -> Any:
    """The value kept under ``key``, or ``default``."""
    found = session.get(Setting, key, populate_existing=True)
    return default if found is None else found.value


def put_setting(session: Session, key: str, value: Any) -> None:
    """Keep ``value`` (plain JSON) under ``key``."""
    row = insert(Setting).values(key=key, value=value)
    session.execute(row.on_conflict_do_update(index_elements=["key"], set_={"value": value}))
