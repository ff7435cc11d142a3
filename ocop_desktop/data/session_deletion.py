"""Deleting a session nobody scored in: what stands in the way, and its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, or_, select

from ocop_desktop.data.engine import Session
from ocop_desktop.data.own_laptops import of_session
from ocop_desktop.data.tables import (
    AgendaItem,
    Ballot,
    Council,
    CouncilSession,
    Decision,
    Member,
    Presence,
    Recusal,
    Result,
    SessionMember,
)
from ocop_desktop.data.tables_keys import OwnLaptop, SecretKey
from ocop_desktop.data.tables_paper import PaperScan, PaperSheet


@dataclass(frozen=True)
class Begun:
    """What was done in a session already: ballots (typed sheets and scans among them), closed dossiers, packages handed out."""

    ballots: int
    closed: int
    packages: int


def begun(session: Session, session_id: int) -> Begun:
    """What of a session would be lost with it."""
    items = select(AgendaItem.id).where(AgendaItem.session_id == session_id)
    ballots = sum(_count(session, table, table.item_id.in_(items)) for table in (Ballot, PaperSheet, PaperScan))
    closed = _count(session, Result, Result.item_id.in_(items)) + _count(session, Decision, Decision.session_id == session_id)
    closed += _count(session, AgendaItem, AgendaItem.session_id == session_id, AgendaItem.status == "closed")
    handed = or_(OwnLaptop.package > 0, OwnLaptop.key != "")
    return Begun(ballots, closed, _count(session, OwnLaptop, OwnLaptop.session_id == session_id, handed))


def _count(session: Session, table: Any, *where: Any) -> int:
    return session.scalar(select(func.count()).select_from(table).where(*where)) or 0


def delete_rows(session: Session, meeting: CouncilSession) -> bool:
    """Delete a session's rows one table after another, each seen by the audit chain; whether its council went with it.

    The council goes when no other session sits under it: councils are made with sessions alone.
    """
    session_id, council_id = meeting.id, meeting.council_id
    items = select(AgendaItem.id).where(AgendaItem.session_id == session_id)
    session.flush()
    for table, where in ((Recusal, Recusal.item_id.in_(items)), (Presence, Presence.item_id.in_(items)),
                         (AgendaItem, AgendaItem.session_id == session_id),
                         (SessionMember, SessionMember.session_id == session_id), (OwnLaptop, OwnLaptop.session_id == session_id),
                         (SecretKey, SecretKey.name == of_session(session_id)),
                         (CouncilSession, CouncilSession.id == session_id)):
        session.execute(delete(table).where(where), execution_options={"synchronize_session": False})
    alone = _count(session, CouncilSession, CouncilSession.council_id == council_id) == 0
    if alone:
        session.execute(delete(Member).where(Member.council_id == council_id), execution_options={"synchronize_session": False})
        session.execute(delete(Council).where(Council.id == council_id), execution_options={"synchronize_session": False})
    session.expire_all()
    return alone
