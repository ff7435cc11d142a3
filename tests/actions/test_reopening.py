"""Written rounds, rules with reasons, results opened again before the decision and corrected after it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest

from ocop_desktop.actions import certificates, reopening, results, session_record, sessions, written
from ocop_desktop.actions.session_matrix import matrix
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import AgendaItem, Certificate, Change, Decision, Dossier, Result
from ocop_desktop.errors import UserError
from ocop_desktop.rules.working_rules import WorkingRules
from tests.actions.decided import set_up_office
from tests.actions.meeting import DAY, answers, dossiers, draft, hand_in, items_of, members_of, open_meeting, put_in, rules_of

LATER = dt.date(2026, 12, 10)


def closed(session: Session, points: int = 60) -> tuple[int, int, list[int]]:
    """A session whose one dossier is closed: session, item, members."""
    id, items, members = open_meeting(session, 1)
    for member in members:
        put_in(session, items[0], member, answers(rules_of(session, items[0]), points))
    results.close_dossier(session, items[0], "Lan")
    return id, items[0], members


def test_before_the_decision_a_result_is_opened_again_and_the_old_one_kept(session: Session) -> None:
    id, item, members = closed(session)
    sessions.close_session(session, id)
    before = session.query(Result).one().snapshot
    with pytest.raises(UserError, match="lý do"):
        reopening.reopen_dossier(session, item, " ")
    reopening.reopen_dossier(session, item, "Có đơn khiếu nại", "Lan")
    assert session.query(Result).count() == 0 and matrix(session, id).status == "open"
    assert (session.query(Dossier).one().status, session.query(Dossier).one().stars) == ("in_session", None)
    results.reopen_ballots(session, item, members[:1], "Xem lại minh chứng")
    hand_in(session, item, members[0], answers(rules_of(session, item), 51))
    view = results.close_dossier(session, item, "Lan")
    assert view.outcome is not None and view.outcome.mean == Fraction(51 + 8 * 60, 9)
    (old,) = reopening.withdrawn(session, [item])[item]
    assert (old.reason, old.chair, old.snapshot) == ("Có đơn khiếu nại", "Hoàng Văn Minh", before)
    record = session_record.record_of(session, id)
    assert record["dossiers"][0]["withdrawn"][0]["snapshot"] == before and results.check(session) == ()


def test_nothing_open_is_opened_again(session: Session) -> None:
    _id, items, _members = open_meeting(session, 1)
    with pytest.raises(UserError, match="chưa chốt"):
        reopening.reopen_dossier(session, items[0], "x")


def test_after_the_decision_results_are_read_only_and_a_correction_is_a_new_decision(session: Session) -> None:
    set_up_office(session)
    id, item, _members = closed(session)
    first = certificates.record_decision(session, "2117/QĐ-UBND", LATER, "UBND tỉnh", id)
    ready = [c.result_id for c in certificates.certifiable(session, id)]
    (issued,) = certificates.issue(session, ready, first, LATER)
    with pytest.raises(UserError, match="2117/QĐ-UBND"):
        reopening.reopen_dossier(session, item, "Khiếu nại")
    reopening.start_correction(session, item, "Kết luận kiểm tra số 7", "Lan")
    with pytest.raises(UserError, match="đang được đánh giá lại"):
        reopening.start_correction(session, item, "Kết luận kiểm tra số 7")
    again = sessions.create(session, replace(draft([session.query(Dossier).one().id], code="2026-3"), held_on=LATER))
    sessions.open_session(session, again)
    (other,) = items_of(session, again)
    for member in members_of(session, again):
        put_in(session, other, member, answers(rules_of(session, other), 75, 4))
    results.close_dossier(session, other)
    second = certificates.record_decision(session, "2500/QĐ-UBND", LATER, "UBND tỉnh", again)
    assert session.get_one(Decision, second).corrects_id == first
    ready = [c.result_id for c in certificates.certifiable(session, again)]
    (new,) = certificates.issue(session, ready, second, LATER)
    old = session.get_one(Certificate, issued.certificate_id)
    assert (old.revoked_on, old.revoked_why) == (LATER, "Thay thế theo Quyết định 2500/QĐ-UBND")
    assert (new.stars, session.query(Result).count(), results.check(session)) == (4, 2, ())
    assert results.result_of(session, item).stars == 3  # what was decided stays


def test_rules_change_with_a_reason_that_is_in_the_record_and_voids_conclusions(session: Session) -> None:
    id, items, members = open_meeting(session, 2)
    sessions.set_rules(session, id, WorkingRules(source="45/QC-HĐ", source_date="2026-03-02", source_article="Điều 7"))
    for item in items:
        for member in members:
            put_in(session, item, member, answers(rules_of(session, item), 70))
    results.conclude(session, items[0], "near_line", "", "kept")
    results.close_dossier(session, items[0])
    results.conclude(session, items[1], "near_line", "", "kept")
    with pytest.raises(UserError, match="lý do"):
        sessions.set_rules(session, id, WorkingRules(near_line=Fraction(1, 4)))
    changed = WorkingRules(source="45/QC-HĐ", source_date="2026-03-02", source_article="Điều 7", near_line=Fraction(1, 4))
    sessions.set_rules(session, id, changed, "Lan", "Hội đồng thống nhất")
    assert not results.result_of(session, items[1]).can_close  # concluded under other rules
    results.conclude(session, items[1], "near_line", "", "kept")
    results.close_dossier(session, items[1])
    record = session_record.record_of(session, id)
    assert [(c["before"], c["after"], c["reason"]) for c in record["rule_changes"]][-1] == (
        {"near_line": "1/2"}, {"near_line": "1/4"}, "Hội đồng thống nhất")
    assert [d["result"]["snapshot"]["working_rules"]["near_line"] for d in record["dossiers"]] == ["1/2", "1/4"]


def round_of(session: Session, count: int = 3) -> tuple[int, list[int], list[int]]:
    ids = dossiers(session, count)
    for dossier in session.query(Dossier):
        dossier.kind = "reevaluation"
    id = sessions.create(session, replace(draft(ids), kind="written"))
    sessions.open_session(session, id)
    return id, items_of(session, id), members_of(session, id)


def test_only_re_evaluations_are_done_in_writing(session: Session) -> None:
    with pytest.raises(UserError, match="Chỉ hồ sơ đánh giá lại"):
        sessions.create(session, replace(draft(dossiers(session, 1)), kind="written"))


def test_a_written_round_counts_45_days_and_goes_to_a_meeting_where_opinions_differ(session: Session) -> None:
    id, items, members = round_of(session)
    left = written.deadline(session, id, DAY + dt.timedelta(days=50))
    assert left is not None and (left.due_on, left.left) == (DAY + dt.timedelta(days=45), -5)
    for place, points in enumerate((60, 60, 75)):
        for seat, member in enumerate(members):
            other = 52 if place == 2 and seat == 8 else points
            put_in(session, items[place], member, answers(rules_of(session, items[place]), other, 4))
    assert [r.state for r in matrix(session, id).rows] == ["complete", "complete", "differ"]
    with pytest.raises(UserError, match="phải đưa ra họp"):
        results.close_dossier(session, items[2])
    with pytest.raises(UserError, match="đủ ý kiến"):
        written.escalate(session, id, LATER, item_ids=[items[0]])
    assert results.close_complete(session, id) == 2
    meeting = written.escalate(session, id, LATER, "Hội trường", who="Lan")
    assert [(r.state, r.moved) for r in matrix(session, id).rows] == [("closed", False), ("closed", False), ("removed", True)]
    sessions.close_session(session, id)
    made = matrix(session, meeting)
    assert (made.kind, made.code, made.held_on, len(made.rows)) == ("meeting", "2026-2-H", LATER, 1)
    assert made.seats[0].name == "Hoàng Văn Minh" and made.working == matrix(session, id).working
    assert session.query(AgendaItem).filter_by(session_id=meeting).one().dossier.status == "in_session"
    assert session.query(Change).filter_by(what="escalated").one().after == {"meeting": meeting}
