"""The law's own wording of criteria and options, as attached from a document to a version of a rulebook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import delete, func, insert, select

from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables_rulebook import Wording

NOTE, EXCLUSION = "note", "out"  # instead of an option's choice


class Text(NamedTuple):
    """Words of a criterion (``choice`` empty), of one of its options, of its remark, or of what throws a product out there."""

    set_no: int
    criterion: str
    choice: str
    text: str


class Source(NamedTuple):
    """The document whose words are attached to a version."""

    rulebook: str
    version: int
    file: str
    sha256: str
    attached_at: dt.datetime
    criteria: int
    options: int


def replace(session: Session, rulebook: str, version: int, texts: Iterable[Text], file: str, sha256: str,
            at: dt.datetime) -> None:
    """Keep the words of a version in the place of any kept before."""
    remove(session, rulebook, version)
    rows = [{"rulebook": rulebook, "version": version, **text._asdict(), "source_file": file, "source_sha256": sha256,
             "attached_at": at} for text in texts]
    session.execute(insert(Wording), rows)


def remove(session: Session, rulebook: str, version: int) -> int:
    """Take the words of a version away; how many there were."""
    w = Wording
    before = session.scalar(select(func.count()).where(w.rulebook == rulebook, w.version == version))
    session.execute(delete(w).where(w.rulebook == rulebook, w.version == version))
    return before or 0


def of_set(session: Session, rulebook: str, version: int, number: int) -> tuple[tuple[Text, ...], str]:
    """The words of one set, and the name of the document they are from."""
    w = Wording
    query = select(w.set_no, w.criterion, w.choice, w.text, w.source_file).where(
        w.rulebook == rulebook, w.version == version, w.set_no == number)
    rows = session.execute(query).all()
    return tuple(Text(*row[:4]) for row in rows), rows[0].source_file if rows else ""


def sources(session: Session) -> tuple[Source, ...]:
    """The document attached to each version that has one."""
    w = Wording
    criteria = func.count().filter(w.choice == "")
    options = func.count().filter(w.choice.not_in(("", NOTE, EXCLUSION)))
    query = select(w.rulebook, w.version, func.min(w.source_file), func.min(w.source_sha256), func.min(w.attached_at), criteria,
                   options).group_by(w.rulebook, w.version)
    return tuple(Source(*row) for row in session.execute(query))
