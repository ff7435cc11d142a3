"""Who is there for which dossier, and hints that a member may have an interest in a producer. Recusal is in ``sessions``."""

from __future__ import annotations

from dataclasses import dataclass

from ocop_desktop.actions.latecomers import refuse_late, shown_without
from ocop_desktop.actions.sessions import not_closed, recuse
from ocop_desktop.data import attendance as rows
from ocop_desktop.data import sessions as meetings
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import UserError
from ocop_desktop.rules.interests import HintKind, Maker, Person, hints, person_key


@dataclass(frozen=True)
class Interest:
    """A member and a producer with something in common.

    Args:
        item_ids: the producer's dossiers in the session that are not closed and not yet left to the others.
        shared: what both have, folded.
    """

    member_id: int
    member: str
    agency: str
    producer_id: int
    producer: str
    kind: HintKind
    shared: str
    item_ids: tuple[int, ...]


def mark_presence(session: Session, item_id: int, member_id: int, present: bool, onwards: bool = False, who: str = "") -> int:
    """Note that a member is or is not there for a dossier; with ``onwards`` also for every later one (came late, left early).

    Only dossiers that are not closed are touched: a closed one keeps the attendance it was closed with.

    Returns:
        How many dossiers.

    Raises:
        UserError: no such dossier or seat, the dossier is closed, or the session is; or the others' ballots are all in and
            their scores may have been seen (see ``latecomers``; later dossiers of that kind are passed over).
    """
    item = meetings.get_item(session, item_id)
    if item is None:
        raise UserError("Không tìm thấy hồ sơ này trong phiên; có thể phiên đã bị xóa. Hãy mở lại danh sách phiên.")
    not_closed(session, item.session_id)
    if meetings.seat_of(session, item.session_id, member_id) is None:
        raise UserError("Người này không thuộc hội đồng của phiên.")
    if item.status != "open":
        raise UserError("Hồ sơ {product} đã chốt hoặc đã rút khỏi phiên nên không thay đổi được.",
                        product=item.dossier.product.name)
    chosen = [id for id, place in rows.open_items(session, item.session_id)
              if id == item_id or (onwards and (place, id) > (item.position, item_id))]
    if present:
        refuse_late(session, item.session_id, item_id, member_id)
        late = shown_without(session, item.session_id, member_id)
        chosen = [id for id in chosen if id not in late]
    for id in chosen:
        rows.mark(session, id, member_id, present)
    what = {"member": member_id, "present": present, "from": item.position, "items": chosen}
    meetings.record(session, "session", item.session_id, "presence", None, what, who)
    return len(chosen)


def interests(session: Session, session_id: int) -> tuple[Interest, ...]:
    """Hints of a session that nobody has answered yet: not put aside, and the member still scores the dossier.

    Raises:
        UserError: there is no such session.
    """
    aside, gone = rows.dismissed(session), meetings.recusals(session, session_id)
    makers: dict[int, tuple[Maker, list[int]]] = {}
    for row in rows.makers(session, session_id):
        maker = Maker(row.name, row.representative, row.phone, row.address)
        makers.setdefault(row.producer_id, (maker, []))[1].append(row.item_id)
    found = []
    for seat in meetings.seats(session, session_id):
        member = seat.member
        person = Person(member.name, member.agency, member.phone, member.address)
        for producer_id, (maker, items) in makers.items() if seat.scores else ():
            left = tuple(i for i in items if (i, member.id) not in gone)
            for hint in hints(person, maker) if left else ():
                if (person_key(member.name), producer_id, hint.kind, hint.shared) not in aside:
                    found.append(Interest(member.id, member.name, member.agency, producer_id, maker.name, hint.kind, hint.shared,
                                          left))
    return tuple(found)


def dismiss_interest(session: Session, session_id: int, interest: Interest, reason: str = "", who: str = "") -> None:
    """Put a hint aside: it is not shown again, in this or any later session; the history keeps who did it.

    Raises:
        UserError: there is no such session.
    """
    not_closed(session, session_id)
    rows.dismiss(session, person_key(interest.member), interest.producer_id, interest.kind, interest.shared, reason.strip())
    meetings.record(session, "session", session_id, "hint_dismissed", None,
                    {"member": interest.member_id, "producer": interest.producer_id, "kind": interest.kind,
                     "shared": interest.shared, "reason": reason.strip()}, who)


def recuse_from(session: Session, interest: Interest, reason: str, who: str = "") -> int:
    """Leave every open dossier of the producer to the others; how many dossiers.

    Raises:
        UserError: no reason, or a dossier is closed by now.
    """
    for item_id in interest.item_ids:
        recuse(session, item_id, interest.member_id, reason, who)
    return len(interest.item_ids)


