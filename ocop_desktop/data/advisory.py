"""The advisory team's review of a dossier and its answers. A row of answers with an empty choice holds a comment only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, select

from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import AgendaItem, Ballot, Result
from ocop_desktop.data.tables_advisory import AdvisoryAnswer, AdvisoryReview


def review(session: Session, dossier_id: int) -> AdvisoryReview | None:
    """What the team noted on the dossier beside the criteria."""
    return session.get(AdvisoryReview, dossier_id)


def answers_for(session: Session, dossier_id: int, rulebook: str, set_no: int | None) -> Sequence[AdvisoryAnswer]:
    """Its answers and comments, as far as they were given for this set of this rulebook."""
    return session.scalars(
        select(AdvisoryAnswer).join(AdvisoryReview, AdvisoryReview.dossier_id == AdvisoryAnswer.dossier_id)
        .where(AdvisoryAnswer.dossier_id == dossier_id, AdvisoryReview.rulebook == rulebook,
               AdvisoryReview.set_no == set_no)).all()


def mark(session: Session, dossier_id: int, **values: str | bool | int | dt.date | dt.datetime | None) -> dict[str, Any]:
    """Write columns of the review, made where there is none yet; what stood there, as plain values."""
    row = review(session, dossier_id)
    if row is None:
        row = AdvisoryReview(dossier_id=dossier_id, rulebook="", missing_papers="", finding="", opinion="", proposal="",
                             proposed_by="")
        session.add(row)
    before = {key: _plain(getattr(row, key)) for key in values}
    for key, value in values.items():
        setattr(row, key, value)
    session.flush()
    return before


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def write(session: Session, dossier_id: int, criterion: str, **values: str) -> None:
    """Write ``choice`` or ``comment`` of one criterion, leaving the other as it is; a row that says nothing goes away."""
    row = session.get(AdvisoryAnswer, (dossier_id, criterion))
    if row is None:
        row = AdvisoryAnswer(dossier_id=dossier_id, criterion=criterion, choice="", comment="")
        session.add(row)
    for key, value in values.items():
        setattr(row, key, value)
    session.flush()
    if not row.choice and not row.comment:
        session.delete(row)
        session.flush()


def begin_anew(session: Session, dossier_id: int) -> None:
    """Take all answers and comments away: they were given for another product set."""
    session.execute(delete(AdvisoryAnswer).where(AdvisoryAnswer.dossier_id == dossier_id))


def scored(session: Session, dossier_id: int) -> bool:
    """Whether a member of a council has begun to score the dossier."""
    query = (select(func.count()).select_from(Ballot).join(AgendaItem, AgendaItem.id == Ballot.item_id)
             .where(AgendaItem.dossier_id == dossier_id))
    return bool(session.scalar(query))


def states(session: Session, session_id: int) -> Mapping[int, tuple[str, bool, int]]:
    """For the dossiers of a session's agenda the team looked at: proposal, whether it finished scoring, answers given."""
    here = select(AgendaItem.dossier_id).where(AgendaItem.session_id == session_id)
    reviews = session.execute(select(AdvisoryReview.dossier_id, AdvisoryReview.proposal, AdvisoryReview.finished_at)
                              .where(AdvisoryReview.dossier_id.in_(here)))
    found = {row.dossier_id: (row.proposal, row.finished_at is not None, 0) for row in reviews}
    given = session.execute(select(AdvisoryAnswer.dossier_id, func.count()).where(
        AdvisoryAnswer.dossier_id.in_(here), AdvisoryAnswer.choice != "").group_by(AdvisoryAnswer.dossier_id))
    for dossier_id, count in given:
        proposal, finished, _none = found.get(dossier_id, ("", False, 0))
        found[dossier_id] = (proposal, finished, count)
    return found


def last_result(session: Session, dossier_id: int) -> Result | None:
    """The newest result a council closed the dossier with."""
    return session.scalar(select(Result).join(AgendaItem, AgendaItem.id == Result.item_id)
                           .where(AgendaItem.dossier_id == dossier_id, AgendaItem.status == "closed")
                           .order_by(Result.closed_at.desc(), Result.id.desc()).limit(1))
