"""Counts for the first screen: a fixed few queries, quick over 100,000 dossiers."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, exists, func, select, text, union_all

from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import AgendaItem, Ballot, Certificate, CouncilSession, Dossier, Result
from ocop_desktop.rules.certificate_life import RENEWAL_CLOSES, RENEWAL_OPENS

LIVE = ("draft", "ready", "in_session", "closed", "recognised")  # not what came in as history
AT_MOST = 20  # sessions looked at

# Nearly half of the register is in force and its rows lie anywhere, so one walk over the table is five times quicker than the
# index on the dates; the plus keeps SQLite from taking that index.
_IN_FORCE = text("""
    SELECT coalesce(sum(stars = 3), 0), coalesce(sum(stars = 4), 0), coalesce(sum(stars = 5), 0),
           coalesce(sum(expires_on BETWEEN :opens AND :latest), 0), coalesce(sum(expires_on < :opens), 0)
    FROM certificate
    WHERE +expires_on >= :day AND +issued_on <= :day AND (revoked_on IS NULL OR revoked_on > :day)""")

# Sorting is what takes time in grouping: the days come sorted out of their index, and of the rows only the few with four and
# five stars are sorted. Three stars are what is left of the days.
_BY_DAY = text("SELECT issued_on, count(*) FROM certificate WHERE issued_on >= :first AND issued_on <= :day GROUP BY issued_on")
_HIGH = text("""
    SELECT CAST(substr(issued_on, 1, 4) AS INTEGER) * 10 + stars AS year_and_stars, count(*)
    FROM certificate WHERE stars > 3 AND +issued_on >= :first AND +issued_on <= :day GROUP BY year_and_stars""")


@dataclass(frozen=True)
class InForce:
    """Certificates in force on a day, and those of them that come up for renewal (``due``) or missed its time (``late``)."""

    three: int
    four: int
    five: int
    due: int
    late: int


def in_force(session: Session, day: dt.date) -> InForce:
    """Count certificates in force on ``day`` as ``rules.certificate_life.state_on`` tells their states."""
    row = session.execute(_IN_FORCE, {
        "day": day.isoformat(), "opens": (day + dt.timedelta(days=RENEWAL_CLOSES)).isoformat(),
        "latest": (day + dt.timedelta(days=RENEWAL_OPENS)).isoformat()}).one()
    return InForce(*row)


def by_year(session: Session, first: int, day: dt.date) -> dict[tuple[int, int], int]:
    """Recognitions (three stars and more) from the year ``first`` to ``day``: (year, stars) -> count."""
    days = {"first": f"{first}-01-01", "day": day.isoformat()}
    found: Counter[tuple[int, int]] = Counter()
    for issued, count in session.execute(_BY_DAY, days):
        found[int(issued[:4]), 3] += count
    for key, count in session.execute(_HIGH, days):
        found[key // 10, key % 10] = count
        found[key // 10, 3] -= count
    return dict(found)


def count_drafts(session: Session) -> int:
    """How many dossiers are incomplete."""
    return session.scalar(select(func.count()).select_from(Dossier).where(Dossier.status == "draft")) or 0


def newest_round(session: Session) -> str:
    """The round of the dossier added last that is no history, or an empty text."""
    newest = [select(select(Dossier.id, Dossier.round).where(Dossier.status == status, Dossier.round != "")
                     .order_by(Dossier.id.desc()).limit(1).subquery()) for status in LIVE]
    found = session.execute(union_all(*newest)).all()
    return str(max(found)[1]) if found else ""


def count_round(session: Session, name: str) -> int:
    """How many dossiers a round has."""
    return session.scalar(select(func.count()).select_from(Dossier).where(Dossier.round == name)) or 0


def meetings(session: Session) -> Sequence[Row[int, str, str, dt.date, str, int, int]]:
    """Sessions not closed yet by date: (id, code, name, day, status, dossiers on the agenda, of these without any ballot)."""
    listed = (select(func.count()).select_from(AgendaItem)
              .where(AgendaItem.session_id == CouncilSession.id, AgendaItem.status != "removed"))
    untouched = listed.where(~exists().where(Ballot.item_id == AgendaItem.id))
    return session.execute(
        select(CouncilSession.id, CouncilSession.code, CouncilSession.name, CouncilSession.held_on, CouncilSession.status,
               listed.correlate(CouncilSession).scalar_subquery(), untouched.correlate(CouncilSession).scalar_subquery())
        .where(CouncilSession.status.in_(("draft", "open"))).order_by(CouncilSession.held_on, CouncilSession.id)
        .limit(AT_MOST)).all()


def undecided(session: Session) -> Sequence[Row[int, str, int]]:
    """Closed results the province decides on (3 and 4 stars) without a certificate: (session, its name, agenda item)."""
    return session.execute(
        select(CouncilSession.id, CouncilSession.name, Result.item_id).select_from(Result)
        .join(AgendaItem, AgendaItem.id == Result.item_id).join(CouncilSession, CouncilSession.id == AgendaItem.session_id)
        .where(Result.stars.in_((3, 4)), Result.excluded.is_(False), ~exists().where(Certificate.result_id == Result.id))
        .order_by(CouncilSession.held_on, CouncilSession.id)).all()


def is_empty(session: Session) -> bool:
    """Whether the file has neither a dossier nor a session."""
    found: Any = session.execute(select(exists(select(Dossier.id)), exists(select(CouncilSession.id)))).one()
    return not any(found)
