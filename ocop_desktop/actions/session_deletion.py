"""Take a session away that was made by mistake, as long as nobody scored in it."""

from __future__ import annotations

from dataclasses import replace

from ocop_desktop.actions.session_draft import Draft, SeatDraft
from ocop_desktop.actions.sessions import get as session_of
from ocop_desktop.actions.sessions import give_back, require_reason
from ocop_desktop.data import session_deletion as rows
from ocop_desktop.data import sessions as meetings
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import CouncilSession
from ocop_desktop.errors import UserError
from ocop_desktop.rules.working_rules import read_working_rules


def deletable(session: Session, session_id: int) -> Draft:
    """What would be deleted, as a draft from which it can be made again; its dossiers are those still on the agenda.

    Raises:
        UserError: no such session, it is closed, ballots were begun or packages handed out; says what to do instead.
    """
    meeting = session_of(session, session_id)
    begun = rows.begun(session, session_id)
    if meeting.status == "closed" or begun.closed:
        raise UserError("{session} đã có hồ sơ chốt kết quả nên không xóa được.", session=meeting.name)
    if begun.ballots:
        raise UserError("{session} đã có {count} phiếu chấm nên không xóa được; hãy rút từng hồ sơ khỏi phiên kèm lý do, "
                        "hồ sơ đã rút vào được phiên khác.", session=meeting.name, count=begun.ballots)
    if begun.packages:
        raise UserError("{session} đã giao gói chấm cho {count} máy của thành viên nên không xóa được; hãy rút từng hồ sơ khỏi "
                        "phiên kèm lý do, hồ sơ đã rút vào được phiên khác.", session=meeting.name, count=begun.packages)
    return _draft(session, meeting)


def delete_session(session: Session, session_id: int, reason: str, who: str = "") -> Draft:
    """Delete a session in which no ballot was begun and nothing is closed; its dossiers can be chosen for another one.

    Agenda, seats, recusals and roll go with it, and its council where no other session has it. The history keeps what it was.

    Args:
        reason: why; stands in the history.

    Returns:
        the session as a draft, to make it again with what was wrong put right.

    Raises:
        UserError: no reason, or it cannot be deleted (see ``deletable``).
    """
    was = deletable(session, session_id)
    why = require_reason(reason)
    meeting = session_of(session, session_id)
    for item, dossier, *_rest in meetings.agenda(session, session_id):
        if item.status == "open":
            give_back(session, dossier, who)
    before = {"code": was.code, "name": was.name, "held_on": was.held_on, "dossiers": list(was.dossier_ids),
              "members": [f"{seat.name} ({seat.agency})" for seat in was.seats]}
    with_council = rows.delete_rows(session, meeting)
    meetings.record(session, "session", session_id, "deleted", before, {"reason": why, "council_deleted": with_council}, who)
    return replace(was, council_id=None) if with_council else was


def _draft(session: Session, meeting: CouncilSession) -> Draft:
    council = meeting.council
    seats = tuple(SeatDraft(s.member.name, s.member.agency, s.member.agency_short, s.member.position, s.member.role,
                            phone=s.member.phone, address=s.member.address) for s in meetings.seats(session, meeting.id))
    ids = tuple(item.dossier_id for item, *_rest in meetings.agenda(session, meeting.id) if item.status == "open")
    return Draft(meeting.code, meeting.name, meeting.held_on, meeting.place, meeting.council_id, council.name,
                 council.decision_number, council.decision_date, seats, ids, read_working_rules(meeting.working_rules),
                 "written" if meeting.kind == "written" else "meeting")
