"""Typings of paper ballots and their scans. What a typing says counts nowhere; the ballot made of it does."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.orm import Session

from ocop_desktop.data.tables import AgendaItem, Ballot, Member, Recusal, SessionMember
from ocop_desktop.data.tables_paper import PaperScan, PaperSheet

FIRST, SECOND = 1, 2


def sheet(session: Session, item_id: int, member_id: int, version: int, typing: int) -> PaperSheet | None:
    """One typing of a ballot."""
    return session.scalar(select(PaperSheet).where(
        PaperSheet.item_id == item_id, PaperSheet.member_id == member_id, PaperSheet.version == version,
        PaperSheet.typing == typing))


def start(session: Session, item_id: int, member_id: int, version: int, typing: int) -> PaperSheet:
    """The typing of a ballot, made where there is none yet."""
    found = sheet(session, item_id, member_id, version, typing)
    if found is None:
        found = PaperSheet(item_id=item_id, member_id=member_id, version=version, typing=typing, choices={})
        session.add(found)
    return found


def forget(session: Session, item_id: int, member_id: int, version: int, *typings: int) -> None:
    """Take typings away."""
    session.execute(delete(PaperSheet).where(PaperSheet.item_id == item_id, PaperSheet.member_id == member_id,
                                             PaperSheet.version == version, PaperSheet.typing.in_(typings)))


def members(session: Session, session_id: int) -> set[int]:
    """Members of a session who may hand in paper: all that score, but for those who score at a screen (no sheet was typed)."""
    def of(table: type[PaperSheet | Ballot]) -> set[int]:
        query = select(table.member_id).join(AgendaItem, AgendaItem.id == table.item_id)
        return set(session.scalars(query.where(AgendaItem.session_id == session_id).distinct()))

    every = select(SessionMember.member_id).where(SessionMember.session_id == session_id, SessionMember.scores)
    return set(session.scalars(every)) - (of(Ballot) - of(PaperSheet))


def open_places(session: Session, session_id: int) -> Sequence[Any]:
    """Ballots that are still to be typed or checked, in agenda order: (item, member, the first typing is done)."""
    newest = (select(Ballot.item_id, Ballot.member_id, func.max(Ballot.version).label("version"))
              .join(AgendaItem, AgendaItem.id == Ballot.item_id).where(AgendaItem.session_id == session_id)
              .group_by(Ballot.item_id, Ballot.member_id).subquery())
    return session.execute(
        select(AgendaItem.id, SessionMember.member_id, PaperSheet.typed_at.is_not(None))
        .join(SessionMember, SessionMember.session_id == AgendaItem.session_id)
        .join(Member, Member.id == SessionMember.member_id)
        .outerjoin(Recusal, and_(Recusal.item_id == AgendaItem.id, Recusal.member_id == SessionMember.member_id))
        .outerjoin(newest, and_(newest.c.item_id == AgendaItem.id, newest.c.member_id == SessionMember.member_id))
        .outerjoin(Ballot, and_(Ballot.item_id == newest.c.item_id, Ballot.member_id == newest.c.member_id,
                                Ballot.version == newest.c.version))
        .outerjoin(PaperSheet, and_(PaperSheet.item_id == AgendaItem.id, PaperSheet.member_id == SessionMember.member_id,
                                    PaperSheet.version == func.coalesce(newest.c.version, 1), PaperSheet.typing == FIRST))
        .where(AgendaItem.session_id == session_id, AgendaItem.status == "open", SessionMember.scores,
               Recusal.item_id.is_(None), or_(Ballot.id.is_(None), Ballot.finished_at.is_(None)))
        .order_by(AgendaItem.position, AgendaItem.id, Member.seat, Member.id)).all()


def marks(session: Session, session_id: int) -> dict[tuple[int, int, int], int]:
    """How often sheets of a session were typed to the end: (item, member, version) -> 1 or 2."""
    query = (select(PaperSheet.item_id, PaperSheet.member_id, PaperSheet.version, func.count())
             .join(AgendaItem, AgendaItem.id == PaperSheet.item_id)
             .where(AgendaItem.session_id == session_id, PaperSheet.typed_at.is_not(None))
             .group_by(PaperSheet.item_id, PaperSheet.member_id, PaperSheet.version))
    return {(item, member, version): count for item, member, version, count in session.execute(query)}


def scan(session: Session, item_id: int, member_id: int, version: int) -> PaperScan | None:
    """The scan of a ballot's sheet."""
    return session.scalar(select(PaperScan).where(PaperScan.item_id == item_id, PaperScan.member_id == member_id,
                                                  PaperScan.version == version))


def scan_name(session: Session, item_id: int, member_id: int, version: int) -> str:
    """The name of a ballot's scan, or empty."""
    return session.scalar(select(PaperScan.name).where(PaperScan.item_id == item_id, PaperScan.member_id == member_id,
                                                       PaperScan.version == version)) or ""


def put_scan(session: Session, place: tuple[int, int, int], name: str, content: bytes, who: str, at: dt.datetime) -> PaperScan:
    """Keep a scan in place of the one before; ``place``: item, member, version."""
    found = scan(session, *place)
    if found is None:
        found = PaperScan(item_id=place[0], member_id=place[1], version=place[2])
        session.add(found)
    found.name, found.content, found.who, found.kept_at = name, content, who, at
    found.sha256 = hashlib.sha256(content).hexdigest()
    session.flush()
    return found
