"""Versions of rulebooks kept in the user's file. A version once written is never changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select

from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables_rulebook import RulebookVersion
from ocop_desktop.rules.rulebook import version_id


@dataclass(frozen=True)
class StoredVersion:
    """What is kept beside a version's content.

    Args:
        decision: number of the decision; version: 1 or higher.
        in_force: the day the decision came into force.
        made_at, made_by, reason: when, who, why.
        source_file, source_sha256: the workbook it was read from.
        fingerprint: of its content.
        differences: from the version before, plain values.
        accepted: faults accepted, plain values; accepted_why: the reason, or empty.
    """

    decision: str
    version: int
    in_force: dt.date
    made_at: dt.datetime
    made_by: str
    reason: str
    source_file: str
    source_sha256: str
    fingerprint: str
    differences: list[Any]
    accepted: list[Any]
    accepted_why: str

    @property
    def id(self) -> str:
        """The id dossiers, sessions and results carry."""
        return version_id(self.decision, self.version)


def history(session: Session) -> tuple[StoredVersion, ...]:
    """What is kept of every version but its content, by decision and version."""
    r = RulebookVersion
    query = select(r.rulebook, r.version, r.in_force, r.made_at, r.made_by, r.reason, r.source_file, r.source_sha256,
                   r.fingerprint, r.differences, r.accepted, r.accepted_why).order_by(r.rulebook, r.version)
    return tuple(StoredVersion(*row) for row in session.execute(query))


def add(session: Session, version: StoredVersion, content: dict[str, Any]) -> None:
    """Keep a further version; its decision and number are not in the file yet."""
    session.execute(insert(RulebookVersion).values(
        rulebook=version.decision, version=version.version, in_force=version.in_force, made_at=version.made_at,
        made_by=version.made_by, reason=version.reason, source_file=version.source_file, source_sha256=version.source_sha256,
        fingerprint=version.fingerprint, differences=version.differences, accepted=version.accepted,
        accepted_why=version.accepted_why, content=content))
