"""Secrets this file keeps, and what is known of each member's own laptop in a session."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert, select, update

from ocop_desktop.data.engine import Session
from ocop_desktop.data.settings import OWN, get_setting, put_setting
from ocop_desktop.data.tables import Answer, Ballot
from ocop_desktop.data.tables_keys import OwnLaptop, SecretKey

OFFICE, MEMBER = "office", "member"  # names of secrets; a session's is ``session 3``


def secret(session: Session, name: str) -> SecretKey | None:
    """A secret by name."""
    return session.get(SecretKey, name)


def keep_secret(session: Session, name: str, seed: bytes, mark: str, at: dt.datetime) -> SecretKey:
    """Keep a new secret."""
    made = SecretKey(name=name, seed=seed, mark=mark, made_at=at)
    session.add(made)
    session.flush()
    return made


def of_session(session_id: int) -> str:
    """The name of a session's secret."""
    return f"session {session_id}"


def session_by_mark(session: Session, mark: str) -> int | None:
    """The session whose packages carry a mark."""
    names = session.scalars(select(SecretKey.name).where(SecretKey.mark == mark, SecretKey.name.startswith("session ")))
    return next((int(name.removeprefix("session ")) for name in names), None)


def laptop(session: Session, session_id: int, member_id: int) -> OwnLaptop:
    """What is known of a member's laptop, written where there is nothing yet."""
    found = session.get(OwnLaptop, (session_id, member_id))
    if found is None:
        found = OwnLaptop(session_id=session_id, member_id=member_id, package=0, key="", sequence=0, digest="")
        session.add(found)
        session.flush()
    return found


def laptops(session: Session, session_id: int) -> dict[int, OwnLaptop]:
    """Every laptop of a session by member."""
    return {row.member_id: row for row in session.scalars(select(OwnLaptop).where(OwnLaptop.session_id == session_id))}


def version_of(session: Session, item_id: int, member_id: int, version: int) -> Any:
    """One version of a ballot (id, opinion, exclusion, finished_at), or None."""
    return session.execute(select(Ballot.id, Ballot.opinion, Ballot.exclusion, Ballot.finished_at).where(
        Ballot.item_id == item_id, Ballot.member_id == member_id, Ballot.version == version)).one_or_none()


def newest_of(session: Session, item_id: int, member_id: int) -> Any:
    """The newest version of a ballot (id, version, finished_at, reopened_why, package_digest), or None."""
    return session.execute(
        select(Ballot.id, Ballot.version, Ballot.finished_at, Ballot.reopened_why, Ballot.package_digest)
        .where(Ballot.item_id == item_id, Ballot.member_id == member_id).order_by(Ballot.version.desc()).limit(1)).one_or_none()


def replace_answers(session: Session, ballot_id: int, answers: Sequence[dict[str, str]]) -> None:
    """Write a ballot's answers in place of those before; rows (criterion, choice, note). Nothing is checked here."""
    session.execute(delete(Answer).where(Answer.ballot_id == ballot_id))
    if answers:
        session.execute(insert(Answer), [{"ballot_id": ballot_id, **row} for row in answers])


def mark_package(session: Session, ballot_id: int, digest: str) -> None:
    """Say what a package brought into a ballot."""
    session.execute(update(Ballot).where(Ballot.id == ballot_id).values(package_digest=digest))


def own(session: Session) -> dict[str, Any] | None:
    """In a member's own file, what it was made from; None in any other."""
    found: dict[str, Any] | None = get_setting(session, OWN)
    return found


def keep_own(session: Session, values: dict[str, Any]) -> None:
    """Keep what a member's own file was made from."""
    put_setting(session, OWN, values)
