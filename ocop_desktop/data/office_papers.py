"""The office's numbers of papers and its own Word files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import delete, func, select

from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import Certificate, Decision
from ocop_desktop.data.tables_office import PaperNumber, PaperSigner, PaperTemplate


def numbers(session: Session, year: int | None = None) -> Sequence[PaperNumber]:
    """The register, by office, kind and number; of one year or whole."""
    query = select(PaperNumber).order_by(PaperNumber.year.desc(), PaperNumber.issuer, PaperNumber.sign, PaperNumber.number)
    return session.scalars(query if year is None else query.where(PaperNumber.year == year)).all()


def running(session: Session, issuer: str, sign: str, year: int, body: str = "") -> tuple[int, ...]:
    """The running numbers of a kind in a year, whatever became of them."""
    return tuple(session.scalars(select(PaperNumber.number).where(
        PaperNumber.issuer == issuer, PaperNumber.body == body, PaperNumber.sign == sign,
        PaperNumber.year == year).order_by(PaperNumber.number)))


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


def of_records(session: Session, paper: str, records: Sequence[str]) -> dict[str, PaperNumber]:
    """The numbers in force of a kind of paper, by whom it is of."""
    query = select(PaperNumber).where(PaperNumber.paper == paper, PaperNumber.state == "taken")
    found: dict[str, PaperNumber] = {}
    for start in range(0, len(records), 500):
        some = query.where(PaperNumber.record.in_(records[start:start + 500])).order_by(PaperNumber.id)
        found |= {row.record: row for row in session.scalars(some)}
    return found


class Decided(NamedTuple):
    """A decision of the province as it was recorded; ``paper``: the kind its number is of."""

    number: str
    date: dt.date
    session_id: int | None
    paper: str


def decided(session: Session, year: int) -> Sequence[Decided]:
    """The recognition and revocation decisions recorded in a year."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    known = session.execute(select(Decision.number, Decision.date, Decision.session_id).where(
        Decision.date.between(first, last)).order_by(Decision.id))
    revoked = session.execute(select(Certificate.revoked_by, Certificate.revoked_on).where(
        Certificate.revoked_on.between(first, last), Certificate.revoked_by != "").distinct())
    return (*(Decided(number, date, of, "decision") for number, date, of in known),
            *(Decided(number, date, None, "revocation") for number, date in revoked if date))


def number(session: Session, number_id: int) -> PaperNumber | None:
    """One number of the register."""
    return session.get(PaperNumber, number_id)


def signers(session: Session, paper: str, records: Sequence[str]) -> dict[str, PaperSigner]:
    """Who was chosen to sign papers of a kind, by what they are of."""
    found: dict[str, PaperSigner] = {}
    for start in range(0, len(records), 500):
        query = select(PaperSigner).where(PaperSigner.paper == paper, PaperSigner.record.in_(records[start:start + 500]))
        found |= {row.record: row for row in session.scalars(query)}
    return found


def chosen_before(session: Session, issuer: str) -> Sequence[PaperSigner]:
    """Everybody chosen for a paper of an office, the newest first."""
    return session.scalars(select(PaperSigner).where(PaperSigner.issuer == issuer).order_by(PaperSigner.id.desc())).all()


def drop_signer(session: Session, row: PaperSigner) -> None:
    """Forget who was chosen for a paper."""
    session.delete(row)
    session.flush()


def keep(session: Session, row: PaperNumber | PaperSigner | PaperTemplate) -> None:
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
