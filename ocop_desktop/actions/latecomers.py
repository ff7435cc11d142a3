"""Nobody scores after others were seen: who stood aside while a dossier's ballots came in does not come back to it afterwards."""

from __future__ import annotations

from ocop_desktop.actions.counting import seats_of
from ocop_desktop.data import attendance
from ocop_desktop.data import sessions as rows
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import UserError
from ocop_desktop.rules.council import at_item, count, quorum
from ocop_desktop.rules.working_rules import WorkingRules, read_working_rules


def shown_without(session: Session, session_id: int, member_id: int) -> frozenset[int]:
    """Open dossiers whose ballots are all in, with a quorum, without this member's, so that their scores may have been seen.

    Args:
        member_id: absent or recused there, with no finished ballot.
    """
    seats = seats_of(session, session_id)
    working = read_working_rules(meeting.working_rules) if (meeting := rows.get(session, session_id)) else WorkingRules()
    absent = attendance.presences(session, session_id)
    recused: dict[int, set[int]] = {}
    for item_id, member in rows.recusals(session, session_id):
        recused.setdefault(item_id, set()).add(member)
    finished: dict[int, set[int]] = {}
    for item_id, member, _id, _version, done, *_more in rows.latest_ballots(session, session_id):
        if done is not None:
            finished.setdefault(item_id, set()).add(member)
    found = []
    for item_id, _place in attendance.open_items(session, session_id):
        here, aside = at_item(seats, absent.get(item_id, {})), recused.get(item_id, set())
        own = count(here, aside, finished.get(item_id, set()))
        if own.complete and quorum(here, working, aside).met and member_id not in own.counted:
            found.append(item_id)
    return frozenset(found)


def refuse_late(session: Session, session_id: int, item_id: int, member_id: int) -> None:
    """Let a member come back to a dossier only while its scores are hidden.

    Raises:
        UserError: the other ballots are all in; says what to do.
    """
    if item_id in shown_without(session, session_id, member_id):
        item = rows.get_item(session, item_id)
        raise UserError("Hồ sơ {product} đã đủ phiếu của các thành viên khác nên điểm đã xem được; muốn cho chấm thêm, hãy "
                        "mở lại phiếu của hồ sơ này trước.", product=item.dossier.product.name if item else "")
