"""SQLAlchemy on an open file: its one connection, sessions in its transactions. The first screen does without (``data.file``)."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from functools import partial

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from ocop_desktop.data.file import Database, Reading
from ocop_desktop.data.guarding import seal

__all__ = ["DBAPIError", "Database", "Session", "connect", "database_of", "plain", "reading_of", "session_on"]


SIGNED_IN = "signed_in"  # in a session's info: the name of who signed in with a PIN; every line of history is theirs


def connect(raw: sqlite3.Connection) -> Connection:
    """SQLAlchemy's connection over the driver's."""
    engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool,
                           hide_parameters=True,  # a report of a bug in the log must not tell a ballot's answers
                           json_serializer=partial(json.dumps, ensure_ascii=False, separators=(",", ":"), default=plain))

    # The driver is told to begin nothing by itself; every transaction takes the write lock at once and covers DDL too.
    @event.listens_for(engine, "begin")
    def begin_immediate(_connection: Connection) -> None:
        raw.execute("BEGIN IMMEDIATE")  # not through SQLAlchemy: its cursor costs more than the statement

    return engine.connect()


@contextmanager
def session_on(database: Database, connection: Connection) -> Iterator[Session]:
    """A session in a transaction of its own, for ``Database.begin``. What it did to guarded tables enters the audit chain."""
    with Session(connection, expire_on_commit=False, info=_info(database)) as session, session.begin():
        database.watched.touched.clear()
        yield session
        session.flush()
        if database.watched.touched:
            seal(session, database.watched)


def _info(database: Database) -> dict[object, object]:
    actor = database.actor
    return {Database: database, SIGNED_IN: actor.name if actor is not None and not actor.alone else ""}


def database_of(session: Session) -> Database:
    """The database a session of ``Database.begin`` works in."""
    found: Database = session.info[Database]
    return found


def reading_of(session: Session) -> Reading:
    """The same transaction for questions in plain SQL, with everything the session has written."""
    session.flush()
    raw = session.connection().connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw


def plain(value: object) -> str:
    """Dates and fractions as JSON keeps them: text."""
    if isinstance(value, dt.date | Fraction):
        return value.isoformat() if isinstance(value, dt.date) else str(value)
    raise TypeError(f"not for JSON: {value!r}")
