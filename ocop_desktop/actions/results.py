"""Results: look at them, conclude, let ballots be scored again, close dossiers, recount.

How the council ends a spread over the limit: the members of every pair too far apart score again (their ballots are reopened
with a reason; first scores are kept). Where the spread remains, the chair may let it stand with a reason, but only after both
members of every remaining pair have scored again. Until then the dossier cannot be closed, so no certificate can follow.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from ocop_desktop.actions import rulebooks, snapshots
from ocop_desktop.actions.counting import Conclusion, Facts, facts_of
from ocop_desktop.actions.result_view import (
    Basis,
    Line,
    MatterView,
    ResultView,
    Stage,
    Vote,
    advice_of,
    lines,
    matter_views,
    totals_before,
)
from ocop_desktop.actions.rights import need, own_sessions, sees
from ocop_desktop.actions.session_matrix import matrix
from ocop_desktop.data import results as stored
from ocop_desktop.data import sessions as rows
from ocop_desktop.data.engine import Session
from ocop_desktop.data.results import StoredBallot
from ocop_desktop.data.tables import Result
from ocop_desktop.errors import Problem, UserError
from ocop_desktop.rules.council import Kind, Matter, Quorum, Seat, Value, fingerprint, presiding, quorum, reason_needed
from ocop_desktop.rules.rulebook import Words
from ocop_desktop.rules.scoring import Outcome, shown

__all__ = [
    "Conclusion", "Line", "MatterView", "ResultView", "Vote", "agenda", "check", "close_complete", "close_dossier", "conclude",
    "reopen_ballots", "result_of", "results_json", "sessions_with_results", "take_back_conclusion",
]


def result_of(session: Session, item_id: int) -> ResultView:
    """The result of one item: counts only while ballots or the quorum are missing, all when they are there, from the snapshot
    once closed. Without a quorum nothing shows: who comes late to make it must not score after the others were seen.

    Raises:
        UserError: there is no such item, or the role does not see it yet (``rules.rights``).
    """
    facts = facts_of(session, item_id)
    need(session, "closed_results" if facts.item.status == "closed" else "finished_ballots", facts.meeting.id)
    if facts.item.status == "closed":
        return _closed(session, facts)
    shown = facts.count.complete and quorum(facts.seats, facts.working, facts.recused).met
    if facts.item.status == "removed" or not shown:
        return _head(facts, "removed" if facts.item.status == "removed" else "waiting", tuple(_obstacles(facts, None, None)))
    history = _history(session, item_id)
    basis = _basis(facts, history)
    outcome = basis.outcome
    return _view(facts, basis, outcome, "open", tuple(_obstacles(facts, basis, outcome)))


def conclude(session: Session, item_id: int, kind: Kind, code: str, value: Value, reason: str = "", who: str = "") -> None:
    """Write what the council concluded on one matter; it holds for exactly the ballots that count now.

    Args:
        kind: exclusion (value True or False), spread ("stands"), gate (highest star mark held to be met, 0 none),
            near_line ("kept").
        code: the criterion, for a gate; else empty.
        reason: needed for all but ``near_line``; it stands in the record beside the name of the chair.

    Raises:
        UserError: ballots are missing, no such matter or value, the reason is missing, nobody presides, or a spread that was not
            scored again.
    """
    facts = _open_facts(session, item_id)
    if not facts.count.complete:
        raise UserError("Hồ sơ {product} chưa đủ phiếu nên chưa kết luận được.", product=facts.dossier.product.name)
    basis = _basis(facts, {})
    outcome = basis.outcome
    matter = next((m for m in basis.matters if (m.kind, m.code) == (kind, code)), None)
    if matter is None or value not in matter.values:
        raise UserError("Hồ sơ {product} không có việc này để kết luận; hãy mở lại trang kết quả.",
                        product=facts.dossier.product.name)
    _check_conclusion(facts, basis, outcome, matter, value, reason)
    chair = presiding_of(facts)
    before = facts.conclusions.get((kind, code))
    rows.record(session, "agenda_item", item_id, stored.CONCLUDED,
                {"earlier": before.as_plain()} if before else None,
                {"kind": kind, "code": code, "value": value, "proposed": matter.proposed, "reason": reason.strip(),
                 "ballots": fingerprint(basis.ballots), "chair": chair}, who)


def presiding_of(facts: Facts) -> str:
    """The name of who presides over a dossier: the chair, else a vice-chair, who is there and not recused.

    Raises:
        UserError: nobody who may preside is there.
    """
    found = presiding(facts.seats, facts.recused)
    if found is None:
        raise UserError("Chủ tịch hoặc phó chủ tịch Hội đồng phải có mặt thì mới kết luận được.")
    return found.name


def _check_conclusion(facts: Facts, basis: Basis, outcome: Outcome, matter: Matter, value: Value, reason: str) -> None:
    if matter.kind == "spread" and not basis.may_end_spread(outcome):
        raise UserError("Chênh lệch {points} điểm vượt giới hạn {limit}: các thành viên liên quan phải chấm lại ít nhất một lần "
                        "rồi mới kết luận được. Hãy mở lại phiếu của họ.", points=matter.points, limit=str(basis.working.spread))
    if reason_needed(matter, value) and not reason.strip():
        raise UserError("Cần ghi lý do kết luận; lý do được ghi vào biên bản ({product}).", product=facts.dossier.product.name)


def take_back_conclusion(session: Session, item_id: int, kind: Kind, code: str = "", who: str = "") -> None:
    """Take a conclusion back while the dossier is open; both stay in the history.

    Raises:
        UserError: there is none, or the dossier is closed.
    """
    facts = _open_facts(session, item_id)
    made = facts.conclusions.get((kind, code))
    if made is None:
        raise UserError("Việc này chưa có kết luận nào để bỏ.")
    rows.record(session, "agenda_item", item_id, stored.CONCLUDED, {"earlier": made.as_plain()}, {
        "kind": kind, "code": code, "value": "taken_back", "proposed": made.proposed, "reason": "", "ballots": made.ballots,
        "chair": presiding_of(facts)}, who)


def reopen_ballots(session: Session, item_id: int, member_ids: Collection[int], reason: str, who: str = "") -> int:
    """Let members score a dossier again: a new version with the same answers; the finished one is kept.

    Args:
        member_ids: whose finished ballots.
        reason: why, kept with every new version.

    Returns:
        How many ballots were reopened.

    Raises:
        UserError: no reason, the dossier is closed, nobody named, or a member without a finished ballot.
    """
    facts = _open_facts(session, item_id)
    if not reason.strip():
        raise UserError("Cần ghi lý do mở lại phiếu; phiếu đầu vẫn được giữ.")
    if not member_ids:
        raise UserError("Chưa chọn thành viên nào để mở lại phiếu.")
    names = {s.member_id: s.label for s in facts.seats}
    for member_id in member_ids:
        ballot = facts.ballots.get(member_id)
        if ballot is None or ballot.finished_at is None:
            raise UserError("{member} chưa hoàn tất phiếu nên không cần mở lại.", member=names.get(member_id, str(member_id)))
        stored.reopen(session, ballot.id, reason.strip())
    rows.record(session, "agenda_item", item_id, stored.REOPENED, None,
                {"members": sorted(member_ids), "reason": reason.strip()}, who)
    return len(member_ids)


def close_dossier(session: Session, item_id: int, who: str = "", at: dt.datetime | None = None) -> ResultView:
    """Fix a dossier's result: a snapshot of ballots, rules and conclusions with what they come to; all or nothing.

    Args:
        at: the moment it is closed (now when not given).

    Returns:
        The result as it is from now on.

    Raises:
        UserError: whatever is still missing: ballots, quorum, conclusions; the first is named.
    """
    facts = _open_facts(session, item_id)
    if not facts.count.complete:
        raise next(_obstacles(facts, None, None))
    history = _history(session, item_id)
    basis = _basis(facts, history)
    outcome = basis.outcome
    for obstacle in _obstacles(facts, basis, outcome):
        raise obstacle
    excluded = basis.excluded(outcome)
    present = quorum(facts.seats, facts.working, facts.recused)
    stored.add(session, Result(
        item_id=item_id, mean_numerator=outcome.mean.numerator, mean_denominator=outcome.mean.denominator,
        stars_by_points=outcome.stars_by_points, stars=None if excluded else outcome.stars, excluded=excluded,
        rulebook=basis.book.id, rulebook_fingerprint=basis.book.fingerprint,
        snapshot=snapshots.write(facts, basis, outcome, present, history, presiding_of(facts)),
        conclusions={f"{c.kind} {c.code}".strip(): c.value for c in basis.conclusions.values()},
        closed_at=(at or dt.datetime.now()).replace(microsecond=0)))
    before = {"status": facts.dossier.status, "stars": facts.dossier.stars}
    facts.item.status, facts.dossier.status = "closed", "closed"
    facts.dossier.stars = None if excluded else outcome.stars
    after = {"status": "closed", "stars": facts.dossier.stars, "mean": str(outcome.mean), "excluded": excluded}
    rows.record(session, "dossier", facts.dossier.id, "closed", before, after, who)
    rows.record(session, "agenda_item", item_id, "closed", {"status": "open"}, after, who)
    session.flush()
    return result_of(session, item_id)


def close_complete(session: Session, session_id: int, who: str = "") -> int:
    """Close every dossier of a session that has all ballots and needs no conclusion; how many.

    Raises:
        UserError: the session is not open.
    """
    ready = matrix(session, session_id).closable
    for item_id in ready:
        close_dossier(session, item_id, who)
    return len(ready)


def results_json(session: Session, code: str) -> list[dict[str, Any]]:
    """Closed results of a session in agenda order, in plain values (points as text, exact mean as a fraction).

    Args:
        code: the session's code, e.g. "2026-2".

    Raises:
        UserError: there is no such session.
    """
    meeting = rows.by_code(session, code)
    if meeting is None:
        known = ", ".join(sorted(rows.codes(session)))
        raise UserError("Không có phiên {code}; các phiên có trong tệp: {known}.", code=code, known=known or "-")
    need(session, "closed_results", meeting.id)
    return [_plain(result, item.position) for result, item in stored.results_of(session, meeting.id)]


def _plain(result: Result, position: int) -> dict[str, Any]:
    basis = snapshots.read(result.snapshot)
    outcome, dossier = basis.outcome, result.snapshot["dossier"]
    return {
        **snapshots.as_plain(basis.book, outcome, basis.working),
        "position": position, "code": dossier["code"], "product": dossier["product"], "producer": dossier["producer"],
        "set": dossier["set"], "rulebook": basis.book.id, "mean": shown(outcome.mean, basis.working.digits),
        "mean_exact": str(outcome.mean), "stars": result.stars, "stars_by_points": outcome.stars_by_points,
        "excluded": result.excluded, "totals": dict(outcome.totals), "conclusions": result.snapshot["conclusions"],
        "recusals": result.snapshot["recusals"], "closed_at": result.closed_at.isoformat()}


def check(session: Session) -> tuple[Problem, ...]:
    """Recount every snapshot; each difference from what is stored, at its session and dossier."""
    newest = stored.newest_results(session)
    return tuple(p for result in stored.every_result(session) for p in snapshots.faults(result, result.id in newest))


def sessions_with_results(session: Session) -> tuple[tuple[int, str, str], ...]:
    """Sessions to look at on the results page, newest first: (id, code, name); none with nothing the role may see."""
    own, every = own_sessions(session), sees(session, "finished_ballots")
    return tuple((row[0], row[1], row[2]) for row in stored.sessions_with_items(session)
                 if every or ((own is None or row[0] in own) and agenda(session, row[0])))


def agenda(session: Session, session_id: int) -> tuple[tuple[int, str, str], ...]:
    """Dossiers of a session in order: (item, product, its state); without those taken off, and those not to be seen yet."""
    seen = ("open", "closed") if sees(session, "finished_ballots", session_id) else ("closed",)
    return tuple((item.id, product.name, item.status)
                 for item, _dossier, product, *_rest in rows.agenda(session, session_id) if item.status in seen)


def _open_facts(session: Session, item_id: int) -> Facts:
    facts = facts_of(session, item_id)
    need(session, "conclude", facts.meeting.id)
    if facts.item.status != "open":
        raise UserError("Hồ sơ {product} đã chốt hoặc đã rút khỏi phiên nên không thay đổi được.",
                        product=facts.dossier.product.name)
    if facts.meeting.status != "open":
        raise UserError("{session} chưa mở hoặc đã khép; chỉ làm được khi phiên đang mở.", session=facts.meeting.name)
    return facts


def _history(session: Session, item_id: int) -> dict[int, list[StoredBallot]]:
    found: dict[int, list[StoredBallot]] = {}
    for ballot in stored.ballots(session, [item_id], earlier=True):
        found.setdefault(ballot.member_id, []).append(ballot)
    return found


def _basis(facts: Facts, history: dict[int, list[StoredBallot]]) -> Basis:
    rules = facts.rules
    first = {m: totals_before(rules, [b.choices for b in versions[:-1]]) for m, versions in history.items()}
    votes = tuple(_vote(s, facts.ballots[s.member_id], first.get(s.member_id, ()))
                  for s in facts.seats if s.member_id in facts.count.counted)
    return Basis(facts.book, rules, facts.working, votes, facts.conclusions)


def _vote(seat: Seat, ballot: StoredBallot, earlier: tuple[int, ...]) -> Vote:
    return Vote(seat.member_id, seat.label, seat.short, seat.name, ballot.choices, ballot.exclusion or None, ballot.opinion,
                ballot.version, ballot.reopened_why, ballot.finished_at.isoformat() if ballot.finished_at else "", earlier)


def _obstacles(facts: Facts, basis: Basis | None, outcome: Outcome | None) -> Iterator[UserError]:
    """What keeps the dossier from being closed, the first thing to do first."""
    if facts.meeting.status != "open":
        yield UserError("{session} chưa mở hoặc đã khép.", session=facts.meeting.name)
    missing = [s.label for s in facts.seats if s.member_id in facts.count.missing]
    if missing:
        yield UserError("Còn thiếu {count} phiếu: {who}.", count=len(missing), who=", ".join(missing))
    elif not facts.count.counted:
        yield UserError("Chưa có phiếu nào được tính cho hồ sơ này.")
    present = quorum(facts.seats, facts.working, facts.recused)
    if present.present < present.needed:
        yield UserError("Chưa đủ số lượng: có mặt {present} trên {seats}, cần từ {needed}.",
                        present=present.present, seats=present.seats, needed=present.needed)
    elif not present.led:
        yield UserError("Chủ tịch hoặc phó chủ tịch Hội đồng phải có mặt.")
    if basis is None or outcome is None:
        return
    if facts.meeting.kind == "written" and basis.differs:
        yield UserError("Ý kiến bằng văn bản khác nhau; hồ sơ này phải đưa ra họp.")
    left = basis.open_matters
    if left:
        yield UserError("Còn {count} việc cần kết luận.", count=len(left))


def _head(facts: Facts, stage: Stage, obstacles: tuple[UserError, ...]) -> ResultView:
    dossier, names = facts.dossier, {s.member_id: s.label for s in facts.seats}
    head = rulebooks.rulebook(dossier.rulebook or facts.meeting.rulebook).head.get(dossier.product.set_no or 0)
    return ResultView(
        item_id=facts.item.id, session_id=facts.meeting.id, session_code=facts.meeting.code, session_name=facts.meeting.name,
        session_status=facts.meeting.status, position=facts.item.position, dossier_id=dossier.id, code=dossier.code or "",
        product=dossier.product.name, producer=dossier.product.producer.name, set_name=head.name if head else Words(""),
        rulebook=dossier.rulebook or facts.meeting.rulebook, stage=stage,
        needed=len({*facts.count.needed, *facts.count.counted}), handed_in=len(facts.count.counted),
        missing=tuple(names[m] for m in facts.count.missing),
        recused=tuple((names.get(m, ""), why) for m, why in facts.recused.items()),
        quorum=quorum(facts.seats, facts.working, facts.recused), working=facts.working, obstacles=obstacles,
        kind=facts.meeting.kind)


def _view(facts: Facts, basis: Basis, outcome: Outcome, stage: Stage, obstacles: tuple[UserError, ...]) -> ResultView:
    excluded = basis.excluded(outcome)
    return replace(_head(facts, stage, obstacles), votes=basis.votes, lines=lines(basis, outcome.split_gates), outcome=outcome,
                   stars=None if excluded else outcome.stars, excluded=excluded, matters=tuple(matter_views(basis, outcome)),
                   working=basis.working, rulebook=basis.book.id, advice=advice_of(basis, outcome, excluded))


def _closed(session: Session, facts: Facts) -> ResultView:
    result = stored.result_of(session, facts.item.id)
    if result is None:
        raise UserError("Hồ sơ {product} đã chốt nhưng không thấy kết quả đã lưu. Hãy chạy kiểm tra tệp dữ liệu.",
                        product=facts.dossier.product.name)
    basis = snapshots.read(result.snapshot)
    seats = {s["member_id"]: s["label"] for s in result.snapshot["seats"]}
    view = _view(facts, basis, basis.outcome, "closed", ())
    recused = tuple((seats.get(r["member_id"], ""), r["reason"]) for r in result.snapshot["recusals"])
    change = rows.last_change(session, "agenda_item", facts.item.id, "closed")
    decision = stored.decided(session, facts.item.id)
    return replace(view, stars=result.stars, excluded=result.excluded, needed=len(basis.votes), handed_in=len(basis.votes),
                   missing=(), recused=recused, quorum=Quorum(**result.snapshot["quorum"]), closed_at=result.closed_at,
                   closed_by=change.who if change else "", decision=decision.number if decision else "")
