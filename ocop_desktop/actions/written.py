"""Written rounds: re-evaluations by opinions, counted to their last day, and the meeting that follows where opinions differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from ocop_desktop.actions.session_matrix import matrix
from ocop_desktop.actions.sessions import add_to_agenda, get, remove_item
from ocop_desktop.data import sessions as rows
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import CouncilSession
from ocop_desktop.errors import UserError
from ocop_desktop.rules.written import days_left

MEETING = "H"  # ends the code of the meeting that follows a written round


@dataclass(frozen=True)
class Deadline:
    """The last day of a written round and the days until it (negative after it)."""

    due_on: dt.date
    left: int


def deadline(session: Session, session_id: int, today: dt.date | None = None) -> Deadline | None:
    """How long a written round has; None for a meeting or once the round is closed.

    Raises:
        UserError: there is no such session.
    """
    found = get(session, session_id)
    if found.kind != "written" or found.due_on is None or found.status == "closed":
        return None
    return Deadline(found.due_on, days_left(found.due_on, today or dt.date.today()))


def escalate(session: Session, session_id: int, held_on: dt.date, place: str = "", item_ids: Collection[int] | None = None,
             who: str = "") -> int:
    """Hand dossiers whose opinions differ to a meeting of the same council under the same working rules, and open it not yet.

    The written opinions stay with the written round and are part of its record; the meeting scores anew.

    Args:
        held_on: day of the meeting; place: where.
        item_ids: which of the differing dossiers; all when not given.

    Returns:
        The meeting's number; further dossiers of the same round join a meeting that is not closed yet.

    Raises:
        UserError: not a written round, or a dossier whose opinions do not differ (or are not all in).
    """
    seen = matrix(session, session_id)
    if seen.kind != "written":
        raise UserError("{session} là phiên họp; chỉ đợt lấy ý kiến bằng văn bản mới chuyển hồ sơ ra họp.", session=seen.name)
    chosen = seen.differing if item_ids is None else tuple(item_ids)
    if not chosen or not set(chosen) <= set(seen.differing):
        raise UserError("Chỉ chuyển ra họp những hồ sơ đã đủ ý kiến và có ý kiến khác nhau.")
    meeting = _meeting(session, get(session, session_id), held_on, place, who)
    for line in (line for line in seen.rows if line.item_id in chosen):
        remove_item(session, line.item_id, "Ý kiến khác nhau, đưa ra họp", who)
        add_to_agenda(session, meeting, [line.dossier_id], who)
        rows.record(session, "agenda_item", line.item_id, rows.ESCALATED, None, {"meeting": meeting}, who)
    return meeting


def _meeting(session: Session, written: CouncilSession, held_on: dt.date, place: str, who: str) -> int:
    code = f"{written.code}-{MEETING}"
    found = rows.by_code(session, code)
    if found is not None and found.status != "closed":
        return found.id
    if held_on < written.held_on:
        raise UserError("Ngày họp {date} có trước ngày lấy ý kiến ({sent}); hãy sửa ngày.", date=f"{held_on:%d/%m/%Y}",
                        sent=f"{written.held_on:%d/%m/%Y}")
    number = 1
    while found is not None:
        number += 1
        found = rows.by_code(session, code := f"{written.code}-{MEETING}{number}")
    made = CouncilSession(code=code, name=f"{written.name} - họp", council_id=written.council_id, held_on=held_on,
                          place=place.strip(), rulebook=written.rulebook, working_rules=dict(written.working_rules))
    rows.add_session(session, made, [(s.member_id, True, s.scores) for s in rows.seats(session, written.id)])
    rows.record(session, "session", made.id, "created", None, {"code": code, "kind": "meeting", "from": written.code}, who)
    return made.id
