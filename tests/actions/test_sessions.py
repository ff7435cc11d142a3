"""Council sessions: creating, agenda, attendance, recusal, the matrix, closing."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import event

from ocop_desktop.actions import attendance, results, scoring, sessions
from ocop_desktop.actions.session_matrix import matrix
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import AgendaItem, Answer, Ballot, Change, Council, CouncilSession, Dossier, SessionMember
from ocop_desktop.errors import ProblemsFound, UserError
from ocop_desktop.rules.working_rules import WorkingRules
from tests.actions.meeting import DAY, LAW, answers, dossiers, draft, hand_in, items_of, open_meeting, put_in, rules_of, seats


def test_created_session_holds_copies_of_rules_and_rulebook(session: Session) -> None:
    ids = dossiers(session, 3)
    wanted = dataclasses.replace(draft(ids), rules=WorkingRules(spread=Fraction(8), source="QĐ 1253"))
    id = sessions.create(session, wanted, "Lan")
    made = session.get_one(CouncilSession, id)
    assert (made.code, made.status, made.rulebook, made.held_on) == ("2026-2", "draft", LAW, DAY)
    assert made.working_rules["spread"] == "8" and made.working_rules["source"] == "QĐ 1253"
    assert [i.position for i in session.query(AgendaItem).filter_by(session_id=id)] == [1, 2, 3]
    assert {d.status for d in session.query(Dossier)} == {"in_session"}
    taken = session.query(SessionMember).filter_by(session_id=id).all()
    assert len(taken) == 10 and [s.member.role for s in taken if not s.scores] == ["secretary"]


def test_proposed_code_follows_the_year(session: Session) -> None:
    assert sessions.propose(session, DAY).code == "2026-1"
    sessions.create(session, draft(dossiers(session, 1), code="2026-4"))
    again = sessions.propose(session, DAY)
    assert (again.code, again.council_name, len(again.seats)) == ("2026-5", "Hội đồng đánh giá, phân hạng", 10)


def test_an_unchanged_council_is_kept_a_changed_one_is_new(session: Session) -> None:
    ids = dossiers(session, 3)
    sessions.create(session, draft(ids[:1]))
    known = sessions.councils(session)[0]
    same = dataclasses.replace(draft(ids[1:2], code="2026-3"), council_id=known.id)
    sessions.create(session, same)
    assert session.query(Council).count() == 1
    other = dataclasses.replace(draft(ids[2:], code="2026-4"), council_id=known.id, seats=seats(7))
    sessions.create(session, other)
    assert session.query(Council).count() == 2
    assert len(sessions.councils(session)) == 1 and len(sessions.councils(session)[0].seats) == 8


@pytest.mark.parametrize(("change", "kind"), [
    ({"code": " "}, "code"), ({"name": ""}, "name"), ({"council_name": ""}, "council"), ({"dossier_ids": ()}, "agenda"),
    ({"seats": seats()[1:]}, "chair"), ({"seats": (*seats(), seats()[3])}, "member_twice"),
    ({"seats": (*seats(), sessions.SeatDraft("", "Sở X"))}, "member"),
])
def test_an_unfinished_draft_is_refused_whole(session: Session, change: dict[str, Any], kind: str) -> None:
    wrong = dataclasses.replace(draft(dossiers(session, 1)), **change)
    with pytest.raises(ProblemsFound) as found:
        sessions.create(session, wrong)
    assert kind in {p.kind for p in found.value.problems}
    assert session.query(CouncilSession).count() == session.query(Council).count() == 0


def test_unusual_councils_are_pointed_out(session: Session) -> None:
    small = dataclasses.replace(draft([1]), seats=seats(5, secretary=False))
    assert {p.kind for p in sessions.warnings(small)} == {"council_size", "no_secretary"}
    assert not sessions.warnings(draft([1]))


def test_one_dossier_is_on_one_open_agenda_only(session: Session) -> None:
    ids = dossiers(session, 2)
    sessions.create(session, draft(ids[:1]))
    assert [c.dossier_id for c in sessions.candidates(session)] == ids[1:]
    with pytest.raises(UserError, match="đang trong Đợt 2"):
        sessions.create(session, draft(ids, code="2026-3"))


def test_candidates_are_found_without_accents_and_say_what_they_lack(session: Session) -> None:
    ids = dossiers(session, 3, "draft")
    session.get_one(Dossier, ids[1]).product.set_no = None
    session.get_one(Dossier, ids[2]).status = "ready"
    session.flush()
    assert [c.dossier_id for c in sessions.candidates(session, sessions.Filters("che shan"))] == ids[:1]
    assert [(c.ready, c.blocked) for c in sessions.candidates(session)] == [(True, False), (False, False), (False, True)]
    with pytest.raises(UserError, match="chưa có bộ sản phẩm"):
        sessions.create(session, draft(ids))


def test_a_dossier_taken_off_goes_back_to_where_it_came_from(session: Session) -> None:
    ids = dossiers(session, 2, "draft")
    id = sessions.create(session, draft(ids))
    item = items_of(session, id)[0]
    with pytest.raises(UserError, match="lý do"):
        sessions.remove_item(session, item, "  ")
    sessions.remove_item(session, item, "Thiếu mẫu")
    assert session.get_one(Dossier, ids[0]).status == "draft"
    assert session.get_one(AgendaItem, item).status == "removed"
    sessions.add_to_agenda(session, id, ids[:1])
    assert session.get_one(AgendaItem, item).status == "open"


def test_rules_can_be_changed_until_the_first_ballot(session: Session) -> None:
    id, items, members = open_meeting(session, 1)
    sessions.set_rules(session, id, WorkingRules(secretary_scores=True))
    assert session.query(SessionMember).filter_by(session_id=id, scores=True).count() == 10
    scoring.choose(session, items[0], members[0], "1.1", "1")
    with pytest.raises(UserError, match="đã có phiếu"):
        sessions.set_rules(session, id, WorkingRules())


def test_matrix_shows_progress_and_never_scores(session: Session) -> None:
    id, items, members = open_meeting(session, 4)
    rules = rules_of(session, items[0])
    for member in members:
        hand_in(session, items[0], member, answers(rules, 60))
    scoring.choose(session, items[1], members[2], "1.1", "1")
    scoring.note(session, items[1], members[2], "1.2", "xem lại")
    sessions.recuse(session, items[1], members[4], "Cùng cơ quan với chủ thể")
    sessions.set_presence(session, id, members[8], False)
    found = matrix(session, id)
    assert [r.state for r in found.rows] == ["complete", "scoring", "not_started", "not_started"]
    cells = found.rows[1].cells
    assert [c.state for c in cells] == [
        "empty", "empty", "half", "empty", "recused", "empty", "empty", "empty", "absent", "not_scoring"]
    assert (cells[2].answered, cells[2].total) == (1, len(rules_of(session, items[1]).criteria))
    assert found.quorum.present == 8 and found.quorum.needed == 7 and found.quorum.met
    assert found.rows[0].cells[8].state == "done"  # handed in before leaving: it counts
    assert found.closable == (items[0],) and found.counts == {"complete": 1, "scoring": 1, "not_started": 2}
    fields = {f.name for f in dataclasses.fields(found.rows[0])}
    assert not fields & {"mean", "total", "totals", "points"} and all(r.stars is None for r in found.rows)


def test_matrix_says_spread_and_conclusions_only_when_all_ballots_are_in(session: Session) -> None:
    id, items, members = open_meeting(session, 2)
    rules = rules_of(session, items[0])
    for number, member in enumerate(members[:-1]):
        hand_in(session, items[0], member, answers(rules, 60 if number else 75))
    assert matrix(session, id).rows[0].state == "scoring" and matrix(session, id).rows[0].spread == 0
    hand_in(session, items[0], members[-1], answers(rules, 60))
    row = matrix(session, id).rows[0]
    assert (row.state, row.spread, row.can_close) == ("spread", 15, False)


def test_matrix_takes_a_fixed_number_of_queries(session: Session) -> None:
    counts = []
    for products, members, code in ((2, 7, "a"), (12, 13, "b")):
        id = sessions.create(session, draft(dossiers_apart(session, products, code), members, code))
        sessions.open_session(session, id)
        for item in items_of(session, id):
            for seat in session.query(SessionMember).filter_by(session_id=id, scores=True):
                put_in(session, item, seat.member_id, answers(rules_of(session, item), 60))
        session.flush()
        session.expire_all()
        counts.append(queries_of(session, id))
    assert counts[0] == counts[1] <= 12


def dossiers_apart(session: Session, count: int, code: str) -> list[int]:
    ids = dossiers(session, count) if code == "a" else []
    if not ids:
        session.query(Dossier).update({Dossier.code: None})
        session.flush()
        ids = dossiers(session, count)
    return ids


def queries_of(session: Session, session_id: int) -> int:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", note)
    matrix(session, session_id)
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def test_recusal_needs_a_reason_and_can_be_taken_back(session: Session) -> None:
    id, items, members = open_meeting(session, 1)
    with pytest.raises(UserError, match="lý do"):
        sessions.recuse(session, items[0], members[0], "")
    sessions.recuse(session, items[0], members[0], "Em ruột chủ thể")
    with pytest.raises(UserError, match="không chấm"):
        scoring.choose(session, items[0], members[0], "1.1", "1")
    sessions.take_back_recusal(session, items[0], members[0])
    scoring.choose(session, items[0], members[0], "1.1", "1")
    assert session.query(Answer).count() == session.query(Ballot).count() == 1
    told = {c.what for c in session.query(Change).filter_by(entity="agenda_item", entity_id=items[0])}
    assert told >= {"recused", "recusal_taken_back"}
    assert matrix(session, id).rows[0].cells[0].state == "half"


def test_a_session_closes_only_when_nothing_is_open(session: Session) -> None:
    id, items, members = open_meeting(session, 2)
    for member in members:
        hand_in(session, items[0], member, answers(rules_of(session, items[0]), 60))
    with pytest.raises(UserError, match="Còn 2 hồ sơ chưa chốt"):
        sessions.close_session(session, id)
    assert results.close_complete(session, id) == 1
    sessions.remove_item(session, items[1], "Chủ thể xin rút")
    assert matrix(session, id).can_end
    sessions.close_session(session, id)
    line = sessions.sessions_list(session)[0]
    assert (line.status, line.dossiers, line.closed, line.members) == ("closed", 1, 1, 9)
    with pytest.raises(UserError, match="đã khép"):
        sessions.set_presence(session, id, members[0], False)


def test_a_product_moved_to_another_set_after_scoring_is_not_closed(session: Session) -> None:
    id, items, members = open_meeting(session, 1)
    for member in members:
        put_in(session, items[0], member, answers(rules_of(session, items[0]), 60))
    session.get_one(AgendaItem, items[0]).dossier.product.set_no = 26
    session.flush()
    assert matrix(session, id).rows[0].state == "scoring"
    with pytest.raises(ProblemsFound):
        results.close_dossier(session, items[0])


def test_nobody_scores_after_the_others_were_seen(session: Session) -> None:
    id, items, members = open_meeting(session, 2, 5)
    for member in members[:4]:
        hand_in(session, items[0], member, answers(rules_of(session, items[0]), 60))
    sessions.set_presence(session, id, members[4], False)  # the scores of the first dossier show now
    sessions.set_presence(session, id, members[4], True)
    states = [[c.state for c in r.cells if c.state != "not_scoring"][4] for r in matrix(session, id).rows]
    assert states == ["absent", "empty"]
    with pytest.raises(UserError, match="điểm đã xem được"):
        attendance.mark_presence(session, items[0], members[4], True)
    sessions.recuse(session, items[0], members[4], "Em ruột chủ thể")
    with pytest.raises(UserError, match="điểm đã xem được"):
        sessions.take_back_recusal(session, items[0], members[4])
    results.reopen_ballots(session, items[0], members[:4], "Thành viên đến muộn", "Lan")
    sessions.take_back_recusal(session, items[0], members[4])
    attendance.mark_presence(session, items[0], members[4], True)
    assert matrix(session, id).rows[0].cells[4].state == "empty"
