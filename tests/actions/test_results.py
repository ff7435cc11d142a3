"""Results: conclusions, re-scoring, closing, snapshots, recount. The whole session once without a window."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ocop_desktop.actions import results, rulebooks, sessions
from ocop_desktop.actions.session_matrix import matrix
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import AgendaItem, Ballot, Change, Dossier, Result
from ocop_desktop.errors import UserError
from ocop_desktop.rules import council
from ocop_desktop.rules.ballot import Ballot as Paper
from ocop_desktop.rules.ballot import settle, total
from ocop_desktop.rules.rulebook import CriteriaSet
from ocop_desktop.rules.scoring import evaluate
from ocop_desktop.rules.working_rules import WorkingRules
from tests.actions.meeting import LAW, answers, hand_in, open_meeting, put_in, rules_of

BOOK = rulebooks.rulebook(LAW)


def all_in(session: Session, item: int, members: list[int], points: int = 60, gates: int = 5) -> None:
    for member in members:
        hand_in(session, item, member, answers(rules_of(session, item), points, gates))


def below_gate(rules: CriteriaSet, choices: dict[str, str], code: str) -> dict[str, str]:
    """The same answers with one criterion just below its minimum for four stars."""
    return settle(rules, {**choices, code: str((rules.by_code[code].gate(4) or 0) - 1)})


def four_star_gate(rules: CriteriaSet) -> str:
    """A criterion that is a condition for four stars and no other rank."""
    return next(c.code for c in rules.criteria if [o.star for o in c.options if o.star] == [4] and not c.yes_no)


def test_no_score_of_anybody_before_all_ballots_are_in(session: Session) -> None:
    _id, items, members = open_meeting(session, 1)
    all_in(session, items[0], members[:5])
    view = results.result_of(session, items[0])
    assert (view.stage, view.handed_in, view.needed, len(view.missing)) == ("waiting", 5, 9, 4)
    assert view.outcome is None and view.votes == () and view.lines == () and view.stars is None and view.advice is None
    assert str(view.obstacles[0]).startswith("Còn thiếu 4 phiếu: Chi cục An toàn thực phẩm")
    with pytest.raises(UserError, match="Còn thiếu 4 phiếu"):
        results.close_dossier(session, items[0])
    with pytest.raises(UserError, match="chưa đủ phiếu"):
        results.conclude(session, items[0], "near_line", "", "kept")


def test_closing_fixes_the_result_in_a_snapshot(session: Session) -> None:
    _id, items, members = open_meeting(session, 1)
    all_in(session, items[0], members)
    closed = results.close_dossier(session, items[0], "Lan")
    stored = session.query(Result).one()
    assert (stored.mean_numerator, stored.mean_denominator, stored.stars) == (60, 1, 3)
    assert stored.snapshot["ballots"][0]["member"] == "Sở Nông nghiệp và Môi trường" and len(stored.snapshot["ballots"]) == 9
    assert stored.snapshot["rulebook"] == {"id": LAW, "fingerprint": BOOK.fingerprint}
    assert stored.rulebook_fingerprint == BOOK.fingerprint
    dossier = session.query(Dossier).one()
    assert (dossier.status, dossier.stars, session.query(AgendaItem).one().status) == ("closed", 3, "closed")
    assert (closed.stage, closed.stars, closed.closed_by) == ("closed", 3, "Lan")
    session.query(Ballot).delete()  # from now on only the snapshot speaks
    again = results.result_of(session, items[0])
    assert again.outcome == closed.outcome and again.votes == closed.votes
    with pytest.raises(UserError, match="đã chốt"):
        results.close_dossier(session, items[0])


def test_a_split_gate_is_concluded_with_the_rule_proposed(session: Session) -> None:
    _id, items, members = open_meeting(session, 1)
    rules = rules_of(session, items[0])
    code = four_star_gate(rules)
    met = answers(rules, 80)
    for number, member in enumerate(members):
        hand_in(session, items[0], member, met if number < 6 else below_gate(rules, met, code))
    view = results.result_of(session, items[0])
    matter = next(m for m in view.matters if m.matter.code == code)
    assert (matter.matter.proposed, matter.support[4], matter.ballots, view.stars) == (4, 6, 9, 4)
    with pytest.raises(UserError, match="lý do"):
        results.conclude(session, items[0], "gate", code, matter.matter.values[-1])
    results.conclude(session, items[0], "gate", code, matter.matter.values[-1], "Nhãn chưa có mã truy xuất", "Chủ tịch")
    view = results.result_of(session, items[0])
    assert view.stars == 3 and view.outcome is not None and code in view.outcome.unmet[4]
    results.take_back_conclusion(session, items[0], "gate", code)
    assert results.result_of(session, items[0]).stars == 4
    with pytest.raises(UserError, match="Còn 1 việc cần kết luận"):
        results.close_dossier(session, items[0])
    with pytest.raises(UserError, match="lý do"):
        results.conclude(session, items[0], "gate", code, 4)
    results.conclude(session, items[0], "gate", code, 4, "Sáu phiếu đạt, minh chứng đầy đủ")
    made = results.result_of(session, items[0]).matters[0].conclusion
    assert made is not None and (made.chair, made.reason) == ("Hoàng Văn Minh", "Sáu phiếu đạt, minh chứng đầy đủ")
    assert results.close_dossier(session, items[0]).stars == 4


def test_a_spread_ends_only_after_a_second_score(session: Session) -> None:
    _id, items, members = open_meeting(session, 1)
    rules = rules_of(session, items[0])
    for number, member in enumerate(members):
        hand_in(session, items[0], member, answers(rules, 75 if number == 0 else 60))
    view = results.result_of(session, items[0])
    spread = next(m for m in view.matters if m.matter.kind == "spread")
    assert spread.matter.points == 15 and len(spread.pairs) == 8 and all(p.gaps for p in spread.pairs) and not spread.may_conclude
    with pytest.raises(UserError, match="phải chấm lại"):
        results.conclude(session, items[0], "spread", "", "stands", "Đã trao đổi")
    with pytest.raises(UserError, match="lý do"):
        results.reopen_ballots(session, items[0], members[:1], " ")
    assert results.reopen_ballots(session, items[0], members, "Chênh lệch 15 điểm, trao đổi lại") == 9
    assert results.result_of(session, items[0]).stage == "waiting"
    for number, member in enumerate(members):
        hand_in(session, items[0], member, answers(rules, 72 if number == 0 else 60))
    view = results.result_of(session, items[0])
    assert view.votes[0].earlier == (75,) and view.votes[0].version == 2
    with pytest.raises(UserError, match="lý do"):
        results.conclude(session, items[0], "spread", "", "stands")
    with pytest.raises(UserError, match="cần kết luận"):
        results.close_dossier(session, items[0])
    results.conclude(session, items[0], "spread", "", "stands", "Hội đồng thống nhất giữ điểm chuyên gia")
    closed = results.close_dossier(session, items[0])
    assert closed.outcome is not None and closed.outcome.mean == Fraction(72 + 8 * 60, 9)
    ballot = session.query(Result).one().snapshot["ballots"][0]
    assert ballot["reopened_why"].startswith("Chênh lệch") and total(rules, ballot["earlier"][0]["choices"]) == 75


def test_conclusions_fall_when_ballots_change(session: Session) -> None:
    _id, items, members = open_meeting(session, 1)
    all_in(session, items[0], members, 70)
    results.conclude(session, items[0], "near_line", "", "kept")
    assert results.result_of(session, items[0]).can_close
    results.reopen_ballots(session, items[0], members[:1], "Chấm nhầm 1.4")
    hand_in(session, items[0], members[0], answers(rules_of(session, items[0]), 69))
    view = results.result_of(session, items[0])
    assert view.outcome is not None and view.outcome.mean == Fraction(629, 9) and view.stars == 3
    assert not view.can_close and [m.matter.kind for m in view.open_matters] == ["near_line"]


def test_an_exclusion_is_concluded_by_the_council(session: Session) -> None:
    _id, items, members = open_meeting(session, 2)
    for item in items:
        for number, member in enumerate(members):
            hand_in(session, item, member, answers(rules_of(session, item), 60), "Giả mạo hồ sơ" if number < 5 else "")
    assert results.result_of(session, items[0]).excluded
    results.conclude(session, items[0], "exclusion", "", True, "Năm phiếu nêu, giấy phép không có thật")
    closed = results.close_dossier(session, items[0])
    assert (closed.stars, closed.excluded, closed.advice) == (None, True, None)
    with pytest.raises(UserError, match="lý do"):
        results.conclude(session, items[1], "exclusion", "", False)
    results.conclude(session, items[1], "exclusion", "", False, "Đã xác minh giấy tờ")
    assert results.close_dossier(session, items[1]).stars == 3
    assert [r.stars for r in session.query(Result).order_by(Result.item_id)] == [None, 3]


def test_quorum_and_a_leader_are_needed(session: Session) -> None:
    id, items, members = open_meeting(session, 1)
    for member in members[3:]:
        sessions.set_presence(session, id, member, member in members[6:])
    all_in(session, items[0], [*members[:3], *members[6:]])
    with pytest.raises(UserError, match="có mặt 6 trên 9, cần từ 7"):
        results.close_dossier(session, items[0])
    for member in members:
        sessions.set_presence(session, id, member, member != members[0])
    for member in members[3:6]:
        hand_in(session, items[0], member, answers(rules_of(session, items[0]), 60))
    with pytest.raises(UserError, match="Chủ tịch"):
        results.close_dossier(session, items[0])


def test_nothing_is_half_closed(session: Session) -> None:
    _id, items, members = open_meeting(session, 2)
    all_in(session, items[0], members)
    all_in(session, items[1], members, 70)
    assert results.close_complete(session, session.get_one(AgendaItem, items[0]).session_id) == 1
    with pytest.raises(UserError):
        results.close_dossier(session, items[1])
    assert session.query(Result).count() == 1 and session.get_one(AgendaItem, items[1]).status == "open"


def test_check_finds_a_changed_result(session: Session) -> None:
    _id, items, members = open_meeting(session, 2)
    for item in items:
        all_in(session, item, members)
        results.close_dossier(session, item)
    assert results.check(session) == ()
    stored = session.query(Result).filter_by(item_id=items[0]).one()
    changed = {**stored.snapshot["ballots"][-1], "choices": answers(rules_of(session, items[0]), 69)}
    stored.snapshot = {**stored.snapshot, "ballots": [*stored.snapshot["ballots"][:-1], changed]}
    session.query(Result).filter_by(item_id=items[1]).one().snapshot = {"format": 1}
    session.flush()
    assert {p.values["what"] for p in results.check(session) if p.kind == "result_differs"} == {"mean", "outcome"}
    assert [p.kind for p in results.check(session)].count("result_unreadable") == 1


def test_a_whole_session_comes_to_what_the_ballots_come_to(session: Session) -> None:
    """Nine members, five dossiers: plain, recusal, split gate, spread with a second score, exclusion."""
    id, items, members = open_meeting(session, 5)
    final: dict[int, list[dict[str, str]]] = {}
    for place, item in enumerate(items):
        rules = rules_of(session, item)
        code = four_star_gate(rules)
        for number, member in enumerate(members):
            choices = answers(rules, 74 + number % 3)
            if place == 1 and number == 4:
                sessions.recuse(session, item, member, "Chồng là giám đốc hợp tác xã")
                continue
            if place == 2 and number in (3, 6, 8):
                choices = below_gate(rules, choices, code)
            if place == 3 and number == 0:
                choices = answers(rules, 92)
            hand_in(session, item, member, choices, "Giả mạo hồ sơ" if place == 4 and number < 6 else "")
            final.setdefault(item, []).append(choices)
    again = answers(rules_of(session, items[3]), 78)
    results.reopen_ballots(session, items[3], members[:1], "Lệch hơn 10 điểm")
    hand_in(session, items[3], members[0], again)
    final[items[3]][0] = again
    for row in matrix(session, id).rows:
        for matter in results.result_of(session, row.item_id).open_matters:
            assert matter.matter.proposed is not None
            results.conclude(session, row.item_id, matter.matter.kind, matter.matter.code, matter.matter.proposed, "Đã xem",
                             "Chủ tịch")
        results.close_dossier(session, row.item_id, "Chủ tịch")
    sessions.close_session(session, id)
    told = results.results_json(session, "2026-2")
    assert [t["position"] for t in told] == [1, 2, 3, 4, 5] and json.dumps(told)
    for place, (item, plain) in enumerate(zip(items, told, strict=True)):
        papers = [Paper(str(n), choices, "x" if place == 4 and n < 6 else None) for n, choices in enumerate(final[item])]
        outcome = evaluate(BOOK, rules_of(session, item), papers, WorkingRules())
        assert plain["mean_exact"] == str(outcome.mean) and plain["stars"] == outcome.rank
        assert plain["excluded"] == outcome.excluded and sorted(plain["totals"].values()) == sorted(outcome.totals.values())
    assert [t["excluded"] for t in told] == [False] * 4 + [True] and len(told[1]["totals"]) == 8
    assert results.check(session) == ()
    assert session.query(Change).filter_by(what="concluded").count() >= 2
    with pytest.raises(UserError, match="Không có phiên X"):
        results.results_json(session, "X")


SET = BOOK.set(11)
papers = st.lists(st.fixed_dictionaries({c.code: st.sampled_from(["0", *(o.choice for o in c.options)]) for c in SET.criteria}),
                  min_size=1, max_size=9).map(lambda many: [Paper(str(n), settle(SET, c)) for n, c in enumerate(many)])
rule_sets = st.builds(WorkingRules, gate_rule=st.sampled_from(["majority", "every", "chair"]), drop_extremes=st.booleans())


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(papers, rule_sets)
def test_concluding_what_is_proposed_changes_nothing(ballots: list[Paper], working: WorkingRules) -> None:
    found = council.matters(BOOK, SET, ballots, working)
    plain = evaluate(BOOK, SET, ballots, working)
    gates = {m.code: m.proposed for m in found if m.kind == "gate" and isinstance(m.proposed, int)}
    assert evaluate(BOOK, SET, ballots, working, gates).unmet == plain.unmet
    assert tuple(m.code for m in found if m.kind == "gate") == plain.split_gates
    assert any(m.kind == "spread" for m in found) == bool(plain.spread_over)
    assert [m.line for m in found if m.kind == "near_line"] == [x for x in [plain.near_line] if x is not None]
    assert not council.still_open(found, {(m.kind, m.code): m.values[0] for m in found})


@given(st.integers(1, 20), st.sampled_from([Fraction(3, 4), Fraction(2, 3), Fraction(1, 2), Fraction(1)]))
def test_quorum_is_the_least_whole_share(size: int, share: Fraction) -> None:
    seats = [council.Seat(n, str(n), "", "", "", "chair" if n == 0 else "member") for n in range(size)]
    found = council.quorum(seats, WorkingRules(quorum=share))
    assert found.met and share * size <= found.needed < share * size + 1


def test_large_sessions_close_at_once(session: Session) -> None:
    id, items, members = open_meeting(session, 12, 13)
    for item in items:
        for member in members:
            put_in(session, item, member, answers(rules_of(session, item), 60))
    session.flush()
    assert results.close_complete(session, id) == 12
    assert matrix(session, id).can_end and len(results.results_json(session, "2026-2")) == 12
