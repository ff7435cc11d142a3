"""The office's settings in the database, as JSON by key. In plain SQL: the first screen asks before SQLAlchemy is read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session
    from ocop_desktop.data.file import Reading

OFFICE = "office"
WORKING_RULES = "rules.default"
DESIGNS = "certificate.designs"  # the office's certificate layouts by template
PICTURE = "certificate.picture."  # and by digest the pictures behind them, base64
LETTERHEADS, SIGNATORIES, NUMBERING = "papers.letterheads", "papers.signatories", "papers.numbering"
OWN = "exchange.own"  # in a member's own file: which package it was made from, and what was handed in

_READ = "SELECT CAST(value AS TEXT) FROM setting WHERE key = ?"  # SQLite keeps the JSON of a number as the number
_WRITE = "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"


def read_setting(reading: Reading, key: str, default: Any = None) -> Any:
    """The value kept under ``key``, or ``default``."""
    found = reading.execute(_READ, (key,)).fetchone()
    return default if found is None else json.loads(found[0])


def drop_setting(session: Session, key: str) -> None:
    """Forget the value kept under ``key``."""
    session.connection().exec_driver_sql("DELETE FROM setting WHERE key = ?", (key,))


def keys_like(session: Session, start: str) -> list[str]:
    """Keys that begin with ``start``."""
    found = session.connection().exec_driver_sql("SELECT key FROM setting WHERE substr(key, 1, ?) = ?", (len(start), start))
    return [row[0] for row in found]


def get_setting(session: Session, key: str, default: Any = None) -> Any:
    """Like ``read_setting``, in a session."""
    found = session.connection().exec_driver_sql(_READ, (key,)).fetchone()
    return default if found is None else json.loads(found[0])


def put_setting(session: Session, key: str, value: Any) -> None:
    """Keep ``value`` (plain JSON) under ``key``."""
    session.connection().exec_driver_sql(_WRITE, (key, json.dumps(value, ensure_ascii=False, separators=(",", ":"))))
