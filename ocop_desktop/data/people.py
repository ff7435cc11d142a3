"""People who sign in, and which seats of councils are theirs. What opening asks is plain SQL, before SQLAlchemy is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ocop_desktop.rules.names import name_key
from ocop_desktop.rules.rights import SEATS, Actor

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session
    from ocop_desktop.data.file import Database, Reading
    from ocop_desktop.data.tables_people import Person


@dataclass(frozen=True)
class Seated:
    """A seat of a council that is at work, whose person has no account: the role its person would have."""

    name: str
    agency: str
    role: str


# Seats of sessions not closed and of the newest council.
_SEATED = """
    SELECT name, agency, role FROM member
    WHERE council_id IN (SELECT council_id FROM session WHERE status <> 'closed' UNION SELECT max(id) FROM council)
    ORDER BY council_id DESC, seat"""
_SITS = """
    SELECT 1 FROM session_member JOIN member ON member.id = session_member.member_id
    WHERE session_member.session_id = ? AND name_key(member.name) = ? AND name_key(member.agency) = ?
      AND (? OR member.role IN ('chair', 'vice'))"""
_HAS_PIN = """
    SELECT 1 FROM member JOIN person ON person.pin IS NOT NULL
      AND name_key(person.name) = name_key(member.name) AND name_key(person.agency) = name_key(member.agency)
    WHERE member.id = ?"""
_SESSIONS = """
    SELECT session_member.session_id FROM session_member JOIN member ON member.id = session_member.member_id
    WHERE name_key(member.name) = ? AND name_key(member.agency) = ?"""

# A ballot a laptop brought sealed, or one finished before its member's PIN was taken away: while the dossier is not closed.
_SEALED = """
    SELECT 1 FROM ballot JOIN agenda_item ON agenda_item.id = ballot.item_id
    WHERE ballot.item_id = ? AND ballot.member_id = ? AND agenda_item.status <> 'closed' AND (
        ballot.package_digest <> '' OR EXISTS (
            SELECT 1 FROM change AS finished
            JOIN change AS taken ON taken.id > finished.id AND taken.entity = 'person' AND taken.what = 'pin_taken'
            JOIN person ON person.id = taken.entity_id
            JOIN member ON name_key(member.name) = name_key(person.name)
              AND name_key(member.agency) = name_key(person.agency)
            WHERE finished.entity = 'ballot' AND finished.entity_id = ballot.id AND finished.what = 'finished'
              AND member.id = ballot.member_id))"""

# The newest PIN at a command that was no clerk's, unless a clerk has signed in since.
_AT_LARGE = """
    SELECT entity_id, at, json_extract("after", '$.in_a_row') FROM change
    WHERE entity = 'person' AND (entity_id = 0
        OR (what = 'signed_in' AND entity_id IN (SELECT id FROM person WHERE role = 'clerk')))
    ORDER BY id DESC LIMIT 1"""


def known(reading: Reading) -> bool:
    """Whether a file is of a program that knew PINs; one not brought up to date may be older."""
    return reading.execute("SELECT 1 FROM pragma_table_info('person') WHERE name = 'pin'").fetchone() is not None


def shut(reading: Reading) -> bool:
    """Whether somebody has a PIN, so that people have to sign in."""
    return reading.execute("SELECT 1 FROM person WHERE pin IS NOT NULL LIMIT 1").fetchone() is not None


def listed(reading: Reading) -> tuple[tuple[Actor, str], ...]:
    """Everybody with an account and the state of their PIN (never, once, own): clerks first, then by name."""
    rows = reading.execute("SELECT id, name, agency, role, pin IS NOT NULL, once FROM person ORDER BY role <> 'clerk', name, id")
    return tuple((Actor(role, name, agency, id), ("once" if once else "own") if pin else "never")
                 for id, name, agency, role, pin, once in rows)


def begin(database: Database) -> None:
    """A file somebody has a PIN for is shut until a person signs in; called once it is open."""
    with database.reading() as reading:
        locked = shut(reading)
    if locked:
        with database.alone() as raw:  # taken out by another hand, it could not be put back by who signs in
            raw.execute("INSERT INTO setting (key, value) SELECT 'audit.head', 'null'"
                        " WHERE NOT EXISTS (SELECT 1 FROM setting WHERE key = 'audit.head')")
        database.work_as(None)


def get(session: Session, person_id: int) -> Person | None:
    """A person's row."""
    from ocop_desktop.data.tables_people import Person

    return session.get(Person, person_id)


def add(session: Session, name: str, agency: str, role: str) -> Person:
    """A new person, without a PIN."""
    from ocop_desktop.data.tables_people import Person

    made = Person(name=name, agency=agency, role=role)
    session.add(made)
    session.flush()
    return made


def by_name(session: Session, name: str, agency: str) -> Person | None:
    """The person of that name and agency, however they are spelled."""
    from sqlalchemy import func, select

    from ocop_desktop.data.tables_people import Person

    return session.scalars(select(Person).where(func.name_key(Person.name) == name_key(name),
                                                func.name_key(Person.agency) == name_key(agency))).first()


def clerks(session: Session) -> Sequence[Person]:
    """Clerks with a PIN of their own."""
    from sqlalchemy import select

    from ocop_desktop.data.tables_people import Person

    own = Person.role == "clerk", Person.pin.is_not(None), Person.once.is_(False)
    return session.scalars(select(Person).where(*own).order_by(Person.id)).all()


def wrong_at_large(session: Session) -> tuple[int, dt.datetime | None]:
    """How many PINs in a row were no clerk's where several might have been meant, and when the last one was typed."""
    session.flush()
    for person_id, at, wrong in _rows(session, _AT_LARGE):
        if person_id == 0:
            return wrong, dt.datetime.fromisoformat(at)
    return 0, None


def seated(session: Session) -> tuple[Seated, ...]:
    """People on councils at work who have no account, each once, the highest seat first met."""
    accounts = [actor for actor, _pin in listed(_raw(session))]
    known = {_key(actor) for actor in accounts}
    clerks = {name_key(actor.name) for actor in accounts if actor.role == "clerk"}
    found: dict[tuple[str, str], Seated] = {}
    for name, agency, role in _rows(session, _SEATED):
        key = name_key(name), name_key(agency)
        if key not in known and not (role == "secretary" and key[0] in clerks):
            found.setdefault(key, Seated(name, agency, SEATS.get(role, "member")))
    return tuple(found.values())


def vice_chairs(session: Session) -> frozenset[tuple[str, str]]:
    """Names and agencies, as ``name_key`` writes them, of those whose first seat on councils at work is a vice-chair's."""
    first: dict[tuple[str, str], str] = {}
    for name, agency, role in _rows(session, _SEATED):
        first.setdefault((name_key(name), name_key(agency)), role)
    return frozenset(key for key, role in first.items() if role == "vice")


def owns(session: Session, actor: Actor, member_id: int) -> bool:
    """Whether a seat is this person's."""
    return bool(_rows(session, "SELECT 1 FROM member WHERE id = ? AND name_key(name) = ? AND name_key(agency) = ?",
                      member_id, *_key(actor)))


def member_has_pin(session: Session, member_id: int) -> bool:
    """Whether the person of a seat has a PIN."""
    return bool(_rows(session, _HAS_PIN, member_id))


def sealed(session: Session, item_id: int, member_id: int) -> bool:
    """Whether a ballot, in any of its versions, is nobody's but its member's until its dossier is closed."""
    return bool(_rows(session, _SEALED, item_id, member_id))


def sits(session: Session, actor: Actor, session_id: int, leading: bool = False) -> bool:
    """Whether a person has a seat in a session; ``leading``: as its chair or vice-chair."""
    return bool(_rows(session, _SITS, session_id, *_key(actor), not leading))


def assesses(session: Session, actor: Actor, dossier_id: int) -> bool:
    """Whether a dossier is on the agenda of a session in which a person has a seat."""
    return bool(_rows(session, f"SELECT 1 FROM agenda_item WHERE dossier_id = ? AND session_id IN ({_SESSIONS})",
                      dossier_id, *_key(actor)))


def own_sessions(session: Session, actor: Actor) -> frozenset[int]:
    """Sessions in which a person has a seat."""
    return frozenset(row[0] for row in _rows(session, _SESSIONS, *_key(actor)))


def _key(actor: Actor) -> tuple[str, str]:
    return name_key(actor.name), name_key(actor.agency)


def _rows(session: Session, query: str, *values: Any) -> Sequence[Any]:
    return session.connection().exec_driver_sql(query, values).fetchall()


def _raw(session: Session) -> Reading:
    from ocop_desktop.data.engine import reading_of

    return reading_of(session)
