"""The office's numbers of papers and its own Word files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import delete, func, select

from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import Decision
from ocop_desktop.data.tables_office import PaperNumber, PaperTemplate


def numbers(session: Session, year: int | None = None) -> Sequence[PaperNumber]:
    """The register, by office, kind and number; of one year or whole."""
    query = select(PaperNumber).order_by(PaperNumber.year.desc(), PaperNumber.issuer, PaperNumber.sign, PaperNumber.number)
    return session.scalars(query if year is None else query.where(PaperNumber.year == year)).all()


def running(session: Session, issuer: str, sign: str, year: int) -> tuple[int, ...]:
    """The running numbers of a kind in a year, whatever became of them."""
    return tuple(session.scalars(select(PaperNumber.number).where(
        PaperNumber.issuer == issuer, PaperNumber.sign == sign, PaperNumber.year == year).order_by(PaperNumber.number)))


def highest(session: Session, year: int) -> dict[tuple[str, str], int]:
    """The highest running number of every kind in a year."""
    query = (select(PaperNumber.issuer, PaperNumber.sign, func.max(PaperNumber.number)).where(PaperNumber.year == year)
             .group_by(PaperNumber.issuer, PaperNumber.sign))
    return {(issuer, sign): most for issuer, sign, most in session.execute(query)}


def of_session(session: Session, session_id: int, paper: str) -> dict[str, PaperNumber]:
    """The numbers in force of a session's paper, by subject."""
    query = (select(PaperNumber).where(PaperNumber.session_id == session_id, PaperNumber.paper == paper,
                                       PaperNumber.state == "taken").order_by(PaperNumber.id))
    return {row.subject: row for row in session.scalars(query)}


def by_text(session: Session, text: str, year: int) -> PaperNumber | None:
    """The number written so in a year."""
    return session.scalar(select(PaperNumber).where(PaperNumber.text == text, PaperNumber.year == year)
                          .order_by(PaperNumber.id.desc()).limit(1))


def decision_numbered(session: Session, text: str, year: int) -> Decision | None:
    """A decision of the province recorded with that number in a year."""
    return session.scalar(select(Decision).where(Decision.number == text, Decision.date >= dt.date(year, 1, 1),
                                                 Decision.date <= dt.date(year, 12, 31)).limit(1))


def number(session: Session, number_id: int) -> PaperNumber | None:
    """One number of the register."""
    return session.get(PaperNumber, number_id)


def keep(session: Session, row: PaperNumber | PaperTemplate) -> None:
    """Write a row; it has its id then."""
    session.add(row)
    session.flush()


def templates(session: Session) -> Sequence[tuple[str, str, str, dt.datetime]]:
    """The office's Word files without their content: (kind, name, who, when)."""
    query = select(PaperTemplate.kind, PaperTemplate.name, PaperTemplate.who, PaperTemplate.kept_at)
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(query)]


def template(session: Session, kind: str) -> PaperTemplate | None:
    """The office's Word file for a kind of paper."""
    return session.scalar(select(PaperTemplate).where(PaperTemplate.kind == kind))


def drop_template(session: Session, kind: str) -> None:
    """Take the office's Word file away."""
    session.execute(delete(PaperTemplate).where(PaperTemplate.kind == kind))
