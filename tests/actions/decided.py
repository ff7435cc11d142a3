"""A closed council session for tests of certificates: five dossiers with 3, 4, 5, 2 stars and one excluded."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ocop_desktop.actions import certificates, office, results, sessions
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import Result
from tests.actions import meeting

ROUND = ((60, 3), (78, 4), (95, 5), (44, 3), (62, 3))  # points and gates met
EXCLUDED = 4


@dataclass(frozen=True)
class Decided:
    """The session's number, its results in agenda order, the first one's item."""

    session_id: int
    results: tuple[int, ...]
    items: tuple[int, ...]


def close_round(session: Session, members: int = 3) -> Decided:
    """Score and close the five dossiers."""
    meeting_id, items, seats = meeting.open_meeting(session, len(ROUND), members)
    for place, (item, (points, gates)) in enumerate(zip(items, ROUND, strict=True)):
        choices = meeting.answers(meeting.rules_of(session, item), points, gates)
        for member in seats:
            meeting.put_in(session, item, member, choices, exclusion="Giấy tờ giả" if place == EXCLUDED else "")
        for matter in results.result_of(session, item).matters:
            results.conclude(session, item, matter.matter.kind, matter.matter.code, matter.matter.proposed, "Hội đồng thống nhất")
        results.close_dossier(session, item)
    sessions.close_session(session, meeting_id)
    found = session.query(Result).order_by(Result.item_id).all()
    return Decided(meeting_id, tuple(r.id for r in found), tuple(items))


def set_up_office(session: Session) -> None:
    """Lạng Sơn."""
    office.save_office(session, office.proposed_office(session, "20"))


def issue_round(session: Session, day: dt.date) -> Decided:
    """The round closed, decided and its two certificates issued on ``day``."""
    set_up_office(session)
    decided = close_round(session)
    decision = certificates.record_decision(session, "2117/QĐ-UBND", day, "Chủ tịch UBND tỉnh", decided.session_id)
    certificates.issue(session, [c.result_id for c in certificates.certifiable(session, decided.session_id)], decision, day)
    return decided
