"""Council sessions: create, open, attendance, recusal, agenda, close. The matrix is in ``session_matrix``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ocop_desktop.actions import office, rulebooks
from ocop_desktop.actions.session_draft import Draft, SeatDraft, faults, scores, warnings
from ocop_desktop.data import attendance
from ocop_desktop.data import sessions as rows
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import AgendaItem, Council, CouncilSession, Dossier, Member
from ocop_desktop.errors import ProblemsFound, UserError
from ocop_desktop.rules.names import fold, tidy_name
from ocop_desktop.rules.rulebook import decision_of
from ocop_desktop.rules.working_rules import WorkingRules, changes_of, read_working_rules
from ocop_desktop.rules.written import ONLY, due

__all__ = ["Draft", "SeatDraft", "faults", "warnings"]
RULES = "rules"  # the history line of a change of working rules


@dataclass(frozen=True)
class CouncilView:
    """A council with its members, to choose from."""

    id: int
    name: str
    decision_number: str
    decision_date: dt.date | None
    seats: tuple[SeatDraft, ...]


@dataclass(frozen=True)
class SessionLine:
    """One line of the list of sessions."""

    id: int
    code: str
    name: str
    council: str
    held_on: dt.date
    place: str
    status: str
    dossiers: int
    closed: int
    members: int
    kind: str = "meeting"
    due_on: dt.date | None = None


@dataclass(frozen=True)
class Candidate:
    """A dossier that may go on an agenda. ``ready`` False: still being completed; ``blocked``: it has no product set yet."""

    dossier_id: int
    code: str
    product: str
    producer: str
    commune: str
    set_no: int | None
    round: str
    ready: bool
    blocked: bool
    kind: str = ""


@dataclass(frozen=True)
class Filters:
    """What to look for among dossiers: words of product, producer, commune or code; round; product set."""

    words: str = ""
    round: str = ""
    set_no: int | None = None


def propose(session: Session, today: dt.date | None = None) -> Draft:
    """A draft to start from: next code of the year, its name, the newest council, the office's working rules.

    Args:
        today: the day of the meeting (today when not given).
    """
    day = today or dt.date.today()
    pattern = re.compile(rf"{day.year}-(\d+)")
    numbers = [int(m[1]) for code in rows.codes(session) if (m := pattern.fullmatch(code))]
    number = max(numbers, default=0) + 1
    newest = next(iter(councils(session)), None)
    made = Draft(f"{day.year}-{number}", f"Phiên {number} - {day.year}", day, rules=office_rules(session))
    if newest is None:
        return made
    return replace(made, council_id=newest.id, council_name=newest.name, decision_number=newest.decision_number,
                   decision_date=newest.decision_date, seats=newest.seats)


def office_rules(session: Session) -> WorkingRules:
    """The office's default working rules."""
    return office.read_office(session).working_rules


def councils(session: Session) -> tuple[CouncilView, ...]:
    """Councils to choose from, newest first; of those with one name and decision only the newest."""
    found: dict[tuple[str, str], CouncilView] = {}
    for council in rows.councils(session):
        seats = tuple(SeatDraft(m.name, m.agency, m.agency_short, m.position, m.role, phone=m.phone, address=m.address)
                      for m in council.members)
        found.setdefault((fold(council.name), council.decision_number),
                         CouncilView(council.id, council.name, council.decision_number, council.decision_date, seats))
    return tuple(found.values())


def candidates(session: Session, filters: Filters | None = None) -> tuple[Candidate, ...]:
    """Dossiers that may go on an agenda: complete ones first; none that is on the agenda of a session not closed yet."""
    wanted = filters or Filters()
    found = rows.candidates(session, fold(wanted.words), wanted.round, wanted.set_no)
    return tuple(Candidate(d.id, d.code or "", p.name, m.name, commune or "", p.set_no, d.round, d.status == "ready",
                           p.set_no is None, d.kind) for d, p, m, commune in found)


def create(session: Session, draft: Draft, who: str = "") -> int:
    """Create a session with its council, seats and agenda; working rules and rulebook are copied into it.

    Args:
        draft: what was filled in.
        who: the person, for the history.

    Returns:
        The session's id. Its state is ``draft``: ballots start after ``open_session``.

    Raises:
        ProblemsFound: fields missing or contradicting; each named.
        UserError: the code is taken, or a dossier cannot go on the agenda; says which.
    """
    problems = faults(draft)
    if problems:
        raise ProblemsFound(list(problems))
    if rows.by_code(session, draft.code.strip()):
        raise UserError("Mã phiên {code} đã có; hãy đặt mã khác.", code=draft.code.strip())
    council, members = _council(session, draft)
    working = draft.rules or office_rules(session)
    book = rulebooks.current(draft.held_on)
    made = CouncilSession(code=draft.code.strip(), name=draft.name.strip(), council_id=council.id, held_on=draft.held_on,
                          place=draft.place.strip(), rulebook=book.id, working_rules=working.as_plain(), kind=draft.kind,
                          due_on=due(draft.held_on) if draft.kind == "written" else None)
    taken = [(m.id, s.present, scores(s, working)) for m, s in zip(members, draft.seats, strict=True)]
    rows.add_session(session, made, taken)
    rows.record(session, "session", made.id, "created", None,
                {"code": made.code, "kind": made.kind, "rulebook": book.id, **working.as_plain()}, who)
    add_to_agenda(session, made.id, draft.dossier_ids, who)
    return made.id


def _council(session: Session, draft: Draft) -> tuple[Council, Sequence[Member]]:
    """The chosen council when nothing of it was changed, else a new one: earlier sessions keep theirs."""
    for council in rows.councils(session):
        same = (council.name, council.decision_number, council.decision_date) == (
            draft.council_name.strip(), draft.decision_number.strip(), draft.decision_date)
        if council.id == draft.council_id and same and [_plain(m) for m in council.members] == [_plain(s) for s in draft.seats]:
            return council, council.members
    members = [Member(name=tidy_name(s.name), agency=tidy_name(s.agency), agency_short=s.agency_short.strip(),
                      position=s.position.strip(), role=s.role, phone=s.phone.strip(), address=s.address.strip())
               for s in draft.seats]
    made = rows.add_council(session, draft.council_name.strip(), draft.decision_number.strip(), draft.decision_date, members)
    return made, made.members


def _plain(seat: Member | SeatDraft) -> tuple[str, ...]:
    return (tidy_name(seat.name), tidy_name(seat.agency), seat.agency_short.strip(), seat.position.strip(), seat.role,
            (seat.phone or "").strip(), (seat.address or "").strip())


def add_to_agenda(session: Session, session_id: int, dossier_ids: Iterable[int], who: str = "") -> int:
    """Put dossiers at the end of the agenda of a session not closed yet; how many.

    Raises:
        UserError: closed session, unknown dossier, one without a product set, of another rulebook, or busy elsewhere; says which.
    """
    meeting = not_closed(session, session_id)
    ids = tuple(dict.fromkeys(dossier_ids))
    found, busy = rows.dossiers(session, ids), rows.busy_dossiers(session, ids)
    for id in ids:
        if id not in found:
            raise UserError("Có hồ sơ đã chọn không còn trong tệp; hãy chọn lại.")
        _check_dossier(found[id], meeting, busy.get(id))
        rows.add_item(session, session_id, id)
        _move(session, found[id], "in_session", who)
        found[id].rulebook = found[id].rulebook or meeting.rulebook
    return len(ids)


def _check_dossier(dossier: Dossier, meeting: CouncilSession, busy: str | None) -> None:
    product = dossier.product.name
    if busy:
        raise UserError("Hồ sơ {product} đang trong {session}; một hồ sơ chỉ ở một phiên chưa khép.",
                        product=product, session=busy)
    if dossier.status not in ("ready", "draft"):
        raise UserError("Hồ sơ {product} đã được đánh giá; muốn đánh giá lại cần lập hồ sơ mới.", product=product)
    if meeting.kind == "written" and dossier.kind != ONLY:
        raise UserError("Chỉ hồ sơ đánh giá lại mới lấy ý kiến bằng văn bản; {product} cần một phiên họp.", product=product)
    if dossier.product.set_no is None:
        raise UserError("Hồ sơ {product} chưa có bộ sản phẩm nên chưa chấm được; hãy chọn bộ trong hồ sơ.", product=product)
    if dossier.rulebook and decision_of(dossier.rulebook) != decision_of(meeting.rulebook):
        raise UserError("Hồ sơ {product} nộp theo Quyết định {theirs}, phiên này theo Quyết định {ours}.",
                        product=product, theirs=dossier.rulebook, ours=meeting.rulebook)


def _move(session: Session, dossier: Dossier, status: str, who: str) -> None:
    rows.record(session, "dossier", dossier.id, status, {"status": dossier.status}, {"status": status}, who)
    dossier.status = status


def remove_item(session: Session, item_id: int, reason: str, who: str = "") -> None:
    """Take a dossier off the agenda; it goes back to the state it came from, ballots begun are kept.

    Raises:
        UserError: no reason, or the dossier is closed already.
    """
    item = _open_item(session, item_id)
    why = require_reason(reason)
    item.status = "removed"
    give_back(session, item.dossier, who)
    rows.record(session, "agenda_item", item_id, "removed", {"status": "open"}, {"status": "removed", "reason": why}, who)


def give_back(session: Session, dossier: Dossier, who: str = "") -> None:
    """Bring a dossier back to the state it had before it went on an agenda."""
    came = rows.last_change(session, "dossier", dossier.id, "in_session")
    _move(session, dossier, ((came.before if came else None) or {}).get("status", "ready"), who)


def open_session(session: Session, session_id: int, who: str = "") -> None:
    """Open a session: members can score from now on.

    Raises:
        UserError: it is open or closed already, or its agenda is empty.
    """
    meeting = get(session, session_id)
    if meeting.status != "draft":
        raise UserError("{session} đã mở trước đó.", session=meeting.name)
    if not any(item.status == "open" for item, *_rest in rows.agenda(session, session_id)):
        raise UserError("Chương trình của {session} chưa có hồ sơ; hãy thêm hồ sơ rồi mở phiên.", session=meeting.name)
    meeting.status = "open"
    rows.record(session, "session", session_id, "opened", {"status": "draft"}, {"status": "open"}, who)


def close_session(session: Session, session_id: int, who: str = "") -> None:
    """Close a session whose every dossier is closed or was taken off the agenda with a reason.

    Raises:
        UserError: a dossier is still open (the first is named), or the session is not open.
    """
    meeting = get(session, session_id)
    if meeting.status != "open":
        raise UserError("{session} không ở trạng thái đang mở nên không khép được.", session=meeting.name)
    left = [product.name for item, _dossier, product, *_rest in rows.agenda(session, session_id) if item.status == "open"]
    if left:
        raise UserError("Còn {count} hồ sơ chưa chốt, trước hết là {product}. Hãy chốt hoặc rút khỏi phiên kèm lý do.",
                        count=len(left), product=left[0])
    meeting.status = "closed"
    rows.record(session, "session", session_id, "closed", {"status": "open"}, {"status": "closed"}, who)


def recuse(session: Session, item_id: int, member_id: int, reason: str, who: str = "") -> None:
    """Note that a member does not score a dossier (interest in the producer); a ballot begun is kept but does not count.

    Raises:
        UserError: no reason, no such seat, or the dossier is closed.
    """
    item = _open_item(session, item_id)
    why = require_reason(reason)
    if rows.seat_of(session, item.session_id, member_id) is None:
        raise UserError("Người này không thuộc hội đồng của phiên.")
    before = rows.recuse(session, item_id, member_id, why)
    rows.record(session, "agenda_item", item_id, "recused", {"reason_before": before} if before else None,
                {"member": member_id, "reason": why}, who)


def take_back_recusal(session: Session, item_id: int, member_id: int, who: str = "") -> None:
    """Let a recused member score again.

    Raises:
        UserError: the dossier is closed, or the other ballots are all in (see ``latecomers``).
    """
    from ocop_desktop.actions.latecomers import refuse_late

    item = _open_item(session, item_id)
    refuse_late(session, item.session_id, item_id, member_id)
    rows.take_back_recusal(session, item_id, member_id)
    rows.record(session, "agenda_item", item_id, "recusal_taken_back", {"member": member_id}, None, who)


def set_presence(session: Session, session_id: int, member_id: int, present: bool, who: str = "") -> None:
    """Mark a member present or absent on the roll, for every dossier that is not closed; see ``attendance`` for single ones.

    Where the others' ballots are all in, whoever comes later stays absent (see ``latecomers``).

    Raises:
        UserError: no such seat, or the session is closed.
    """
    not_closed(session, session_id)
    seat = rows.seat_of(session, session_id, member_id)
    if seat is None:
        raise UserError("Người này không thuộc hội đồng của phiên.")
    from ocop_desktop.actions.latecomers import shown_without

    late = shown_without(session, session_id, member_id) if present else frozenset()
    attendance.unmark(session, [item_id for item_id, _place in attendance.open_items(session, session_id)], member_id)
    for item_id in late:
        attendance.mark(session, item_id, member_id, False)
    if seat.present != present:
        rows.record(session, "session", session_id, "presence", None, {"member": member_id, "present": present}, who)
    seat.present = present


def set_rules(session: Session, session_id: int, rules: WorkingRules, who: str = "", reason: str = "") -> None:
    """Replace a session's working rules; the secretary's seat follows them. Closed dossiers keep those they were closed under.

    Args:
        reason: needed once a ballot has been begun; it stands in the record with what was changed.

    Raises:
        UserError: a ballot has been begun and there is no reason, or the session is closed.
    """
    meeting = not_closed(session, session_id)
    before = read_working_rules(meeting.working_rules)
    changed = changes_of(before, rules)
    if not changed:
        return
    begun = rows.ballots_begun(session, session_id) > 0
    if begun and not reason.strip():
        raise UserError("Phiên đã có phiếu: đổi quy chế phải ghi lý do; lý do được giữ trong hồ sơ phiên.")
    meeting.working_rules = rules.as_plain()
    for seat in rows.seats(session, session_id):
        if seat.member.role == "secretary" and "secretary_scores" in changed:
            seat.scores = rules.secretary_scores
    after = {**rules.as_plain(), "reason": reason.strip()} if begun else rules.as_plain()
    rows.record(session, "session", session_id, RULES, before.as_plain(), after, who)


def sessions_list(session: Session) -> tuple[SessionLine, ...]:
    """Every session, newest first."""
    return tuple(SessionLine(s.id, s.code, s.name, council, s.held_on, s.place, s.status, all, closed, members, s.kind, s.due_on)
                 for s, council, all, closed, members in rows.listed(session))


def get(session: Session, session_id: int) -> CouncilSession:
    """The session's row, for the other actions.

    Raises:
        UserError: there is none.
    """
    found = rows.get(session, session_id)
    if found is None:
        raise UserError("Không tìm thấy phiên này; có thể phiên đã bị xóa. Hãy mở lại danh sách phiên.")
    return found


def not_closed(session: Session, session_id: int) -> CouncilSession:
    """The session's row, when it can still be changed.

    Raises:
        UserError: there is none, or it is closed.
    """
    found = get(session, session_id)
    if found.status == "closed":
        raise UserError("{session} đã khép nên không thay đổi được.", session=found.name)
    return found


def _open_item(session: Session, item_id: int) -> AgendaItem:
    item = rows.get_item(session, item_id)
    if item is None:
        raise UserError("Không tìm thấy hồ sơ này trong phiên; có thể phiên đã bị xóa. Hãy mở lại danh sách phiên.")
    not_closed(session, item.session_id)
    if item.status != "open":
        raise UserError("Hồ sơ {product} đã chốt hoặc đã rút khỏi phiên nên không thay đổi được.",
                        product=item.dossier.product.name)
    return item


def require_reason(reason: str) -> str:
    """The reason, tidied.

    Raises:
        UserError: there is none.
    """
    if not reason.strip():
        raise UserError("Cần ghi lý do; lý do được giữ trong biên bản của phiên.")
    return reason.strip()
