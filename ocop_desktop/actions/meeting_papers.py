"""Papers before and at the meeting: attendance list, invitations with the agenda."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ocop_desktop.actions.meeting_facts import Meeting
from ocop_desktop.rules.terms import APPLICATION_KINDS, COUNCIL_ROLES

if TYPE_CHECKING:
    from ocop_desktop.papers.attendance_list import AttendanceList
    from ocop_desktop.papers.invitation import Invitation


def attendance_list(meeting: Meeting) -> AttendanceList:
    """Everybody who has a seat, with room to sign."""
    from ocop_desktop.papers.attendance_list import AttendanceList

    return AttendanceList(meeting.office.body, meeting.council, meeting.name, meeting.held_on, meeting.place,
                          tuple(_members(meeting)), meeting.secretary)


def invitation(meeting: Meeting) -> Invitation:
    """An invitation of every member, with the agenda as it stands."""
    from ocop_desktop.papers.invitation import Invitation

    agenda = tuple((item.code, item.product, item.producer, item.set_name, APPLICATION_KINDS[item.kind].vi)
                   for item in meeting.on_agenda)
    return Invitation(
        meeting.office.body, meeting.office.agency or meeting.council, meeting.office.place, meeting.held_on.year,
        meeting.council, meeting.name, meeting.held_on, meeting.place, meeting.chair, tuple(_members(meeting)), agenda,
        meeting.due_on if meeting.kind == "written" else None)


def _members(meeting: Meeting) -> Iterator[tuple[str, str, str]]:
    for seat in meeting.seats:
        where = ", ".join(part for part in (meeting.positions.get(seat.member_id, ""), seat.agency) if part)
        yield seat.name, where, COUNCIL_ROLES[seat.role].vi
