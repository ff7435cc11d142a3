"""The advisory team's round: its scores and notes, what locks it, its proposal; beside the council's scores, never in them."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ocop_desktop.actions import advisory, dossiers, results, rulebooks, scoring, self_score, sessions
from ocop_desktop.actions.dossiers import NewDossier
from ocop_desktop.actions.session_matrix import matrix
from ocop_desktop.actions.side_by_side import side_by_side
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import AgendaItem, Change
from ocop_desktop.data.tables_advisory import AdvisoryAnswer, AdvisoryReview
from ocop_desktop.errors import ProblemsFound, UserError
from ocop_desktop.rules.ballot import settle, total
from ocop_desktop.rules.working_rules import WorkingRules
from tests.actions.meeting import LAW, answers, draft, hand_in, open_meeting, put_in, rules_of
from tests.actions.meeting import dossiers as made_dossiers

WHO = "Ông Thành"
SET = rulebooks.criteria(LAW, 11)


@pytest.fixture
def number(session: Session) -> int:
    """A dossier of set 11 in preparation."""
    return dossiers.create(session, NewDossier("Chè Shan", 11, "first", None, "HTX Mẫu Sơn", "cooperative"), "Lan")


def score_all(session: Session, dossier: int, points: int = 70) -> dict[str, str]:
    choices = answers(SET, points, 4)
    for code, choice in choices.items():
        advisory.choose(session, dossier, code, choice, WHO)
    return choices


def test_scores_and_comments_are_kept_by_criterion(session: Session, number: int) -> None:
    assert advisory.review_of(session, number).state == ""
    advisory.note(session, number, "1.5", " Hợp đồng bản gốc ", WHO)
    assert advisory.review_of(session, number).state == ""
    choices = score_all(session, number)
    review = advisory.review_of(session, number)
    assert review.choices == choices and review.comments == {"1.5": "Hợp đồng bản gốc"} and review.state == "scoring"
    assert review.so_far is not None and review.so_far.total == total(SET, choices)
    advisory.choose(session, number, "1.5", None, WHO)
    assert "1.5" not in advisory.review_of(session, number).choices
    assert advisory.review_of(session, number).comments == {"1.5": "Hợp đồng bản gốc"}


def test_a_story_at_zero_settles_what_depends_on_it(session: Session, number: int) -> None:
    advisory.choose(session, number, "5.2", "2", WHO)
    assert advisory.choose(session, number, "5.1", "0", WHO) == {"5.1": "0", "5.2": "0"}
    with pytest.raises(UserError, match="không có câu chuyện"):
        advisory.choose(session, number, "5.2", "2", WHO)
    assert advisory.choose(session, number, "5.1", "2", WHO) == {"5.1": "2", "5.2": None}


@pytest.mark.parametrize(("code", "choice"), [("1.1", "9"), ("99", "1")])
def test_unknown_answers_are_refused(session: Session, number: int, code: str, choice: str) -> None:
    with pytest.raises(UserError, match="không có mức"):
        advisory.choose(session, number, code, choice, WHO)
    assert session.query(AdvisoryAnswer).count() == 0


def test_the_council_is_proposed_after_all_is_scored_and_reopening_takes_it_back(session: Session, number: int) -> None:
    with pytest.raises(UserError, match="chấm xong mọi tiêu chí"):
        advisory.propose(session, number, "council", WHO)
    with pytest.raises(ProblemsFound):
        advisory.finish(session, number, WHO)
    score_all(session, number)
    advisory.finish(session, number, WHO, dt.datetime(2026, 11, 10, 16, 5))
    with pytest.raises(UserError, match="đã chấm xong"):
        advisory.choose(session, number, "1.1", "1", WHO)
    advisory.propose(session, number, "council", WHO, dt.date(2026, 11, 11))
    review = advisory.review_of(session, number)
    assert (review.state, review.proposed_on, review.proposed_by) == ("council", dt.date(2026, 11, 11), WHO)
    advisory.reopen(session, number, WHO)
    review = advisory.review_of(session, number)
    assert (review.state, review.finished_at, review.proposed_on, review.proposed_by) == ("scoring", None, None, "")
    told = [c.what for c in session.query(Change).filter_by(entity="dossier", entity_id=number).order_by(Change.id)]
    assert told == ["created", "advisory_finished", "advisory_proposed", "advisory_reopened"]


def test_a_supplement_says_what_is_missing(session: Session, number: int) -> None:
    with pytest.raises(UserError, match="để chủ thể biết vì sao"):
        advisory.propose(session, number, "supplement", WHO)
    advisory.note_missing_papers(session, number, "Phiếu kiểm nghiệm", WHO)
    advisory.propose(session, number, "supplement", WHO, by="Tổ trưởng")
    review = advisory.review_of(session, number)
    assert (review.state, review.proposed_by, review.proposed_on) == ("supplement", "Tổ trưởng", dt.date.today())
    advisory.propose(session, number, "", WHO)
    assert advisory.review_of(session, number).state == ""
    with pytest.raises(UserError, match="trong danh sách"):
        advisory.propose(session, number, "khác", WHO)


def test_a_visit_made_was_needed(session: Session, number: int) -> None:
    with pytest.raises(UserError, match="chưa đến"):
        advisory.record_visit(session, number, dt.date.today() + dt.timedelta(days=1), "", WHO)
    advisory.plan_visit(session, number, False, WHO)
    advisory.record_visit(session, number, dt.date(2026, 11, 9), "Xưởng sạch", WHO)
    review = advisory.review_of(session, number)
    assert (review.visit_needed, review.visited_on, review.finding) == (True, dt.date(2026, 11, 9), "Xưởng sạch")
    with pytest.raises(UserError, match="xóa ngày đó trước"):
        advisory.plan_visit(session, number, False, WHO)


def test_answers_belong_to_the_set_they_were_given_for(session: Session, number: int) -> None:
    score_all(session, number)
    advisory.finish(session, number, WHO)
    dossiers.change(session, number, "product.set_no", 12, "Lan")
    review = advisory.review_of(session, number)
    assert not review.choices and review.finished_at is None
    dossiers.undo_last(session, number, "Lan")
    assert len(advisory.review_of(session, number).choices) == len(SET.criteria)
    dossiers.change(session, number, "product.set_no", 12, "Lan")
    advisory.choose(session, number, "1.1", "1", WHO)
    assert session.query(AdvisoryAnswer).count() == 1 and advisory.review_of(session, number).choices == {"1.1": "1"}


def test_a_deleted_draft_comes_back_with_its_review(session: Session, number: int) -> None:
    score_all(session, number)
    advisory.finish(session, number, WHO)
    advisory.record_visit(session, number, dt.date(2026, 11, 9), "Xưởng sạch", WHO)
    before = advisory.review_of(session, number)
    deleted = dossiers.delete_draft(session, number, "Lan")
    assert session.query(AdvisoryReview).count() == session.query(AdvisoryAnswer).count() == 0
    session.expire_all()
    dossiers.undo_delete(session, deleted.change_id, "Lan")
    assert advisory.review_of(session, number) == before


def test_the_council_beginning_to_score_ends_the_round(session: Session) -> None:
    ids = made_dossiers(session, 1)
    meeting = sessions.create(session, draft(ids, 3))
    sessions.open_session(session, meeting)
    item = session.query(AgendaItem).one()
    advisory.choose(session, ids[0], "1.1", "1", WHO)
    scoring.choose(session, item.id, 1, "1.1", "2")
    for again in (lambda: advisory.choose(session, ids[0], "1.1", "2", WHO), lambda: advisory.opinion(session, ids[0], "x", WHO),
                  lambda: advisory.propose(session, ids[0], "", WHO)):
        with pytest.raises(UserError, match="Hội đồng đã bắt đầu chấm"):
            again()
    assert advisory.own_ballot(session, ids[0]).locked is not None


def test_members_see_it_beside_the_criterion_where_the_rules_allow(session: Session) -> None:
    ids = made_dossiers(session, 1)
    advisory.choose(session, ids[0], "1.1", "1", WHO)
    advisory.note(session, ids[0], "1.2", "Chưa thấy giấy", WHO)
    meeting = sessions.create(session, draft(ids, 3))
    item = session.query(AgendaItem).one().id
    seen = scoring.own_ballot(session, item, 1).beside
    assert {code: (b.choice, b.comment) for code, b in seen.items()} == {"1.1": ("1", ""), "1.2": (None, "Chưa thấy giấy")}
    sessions.set_rules(session, meeting, WorkingRules(advisory_shown=False))
    assert scoring.own_ballot(session, item, 1).beside == {}


def test_the_matrix_says_how_far_the_round_is(session: Session) -> None:
    ids = made_dossiers(session, 4)
    score_all(session, ids[0])
    advisory.finish(session, ids[0], WHO)
    advisory.choose(session, ids[1], "1.1", "1", WHO)
    advisory.opinion(session, ids[2], "Nhãn sai", WHO)
    advisory.propose(session, ids[2], "return", WHO)
    meeting = sessions.create(session, draft(ids, 3))
    assert [row.advisory for row in matrix(session, meeting).rows] == ["scored", "scoring", "return", ""]


def test_nobody_sees_the_council_beside_before_closing(session: Session) -> None:
    _id, items, members = open_meeting(session, 1, 5)
    dossier = session.get_one(AgendaItem, items[0]).dossier_id
    for code, choice in answers(rules_of(session, items[0]), 64).items():
        advisory.choose(session, dossier, code, choice, WHO)
    for member, points in zip(members, (60, 60, 62, 61, 60), strict=True):
        hand_in(session, items[0], member, answers(rules_of(session, items[0]), points))
    waiting = side_by_side(session, dossier)
    assert waiting.council is None and all(line.council is None and line.usual is None for line in waiting.lines)
    assert results.result_of(session, items[0]).stage == "open"
    results.close_dossier(session, items[0])
    closed = side_by_side(session, dossier)
    assert closed.council == Fraction(303, 5) and closed.advisory == 64 and closed.own is None
    assert sum((line.council or Fraction(0) for line in closed.lines), Fraction(0)) == Fraction(303, 5)
    apart = [line.apart for line in closed.lines]
    assert apart == sorted(apart, reverse=True) and apart[0] > 0


def test_dropped_extremes_are_not_in_the_council_column(session: Session) -> None:
    ids = made_dossiers(session, 1)
    meeting = sessions.create(session, draft(ids, 3))
    sessions.set_rules(session, meeting, WorkingRules(drop_extremes=True))
    sessions.open_session(session, meeting)
    item, rules = session.query(AgendaItem).one().id, SET
    for member, points in ((1, 56), (2, 60), (3, 64)):
        hand_in(session, item, member, answers(rules, points))
    results.close_dossier(session, item)
    found = side_by_side(session, ids[0])
    assert found.council == 60 and sum(line.council or 0 for line in found.lines) == 60


def test_the_producer_is_advised_before_any_session(session: Session, number: int) -> None:
    assert self_score.advice_of(dossiers.open_dossier(session, number)) is None
    for code, choice in answers(SET, 66, 3).items():
        self_score.choose(session, number, code, choice, "Lan")
    form = dossiers.open_dossier(session, number)
    found = self_score.advice_of(form)
    assert found is not None and found.stars == 4 and found.enough and found.steps
    assert self_score.own_ballot(session, number).choices == form.self_score.choices
    self_score.note(session, number, "1.1", "Ảnh vườn chè.jpg", "Lan")
    assert self_score.own_ballot(session, number).notes == {"1.1": "Ảnh vườn chè.jpg"}
    self_score.choose(session, number, "1.1", None, "Lan")
    assert self_score.advice_of(dossiers.open_dossier(session, number)) is None


def test_zero_in_a_sensory_criterion_of_set_16_leaves_nothing_to_advise(session: Session) -> None:
    number = dossiers.create(session, NewDossier("Nước", 16, "first", None, "HTX", "cooperative"), "Lan")
    rules = rulebooks.criteria(LAW, 16)
    code = next(c.code for c in rules.criteria if c.zero_excludes)
    for criterion, choice in {**answers(rules, 60), code: "0"}.items():
        self_score.choose(session, number, criterion, choice, "Lan")
    form = dossiers.open_dossier(session, number)
    outcome = self_score.outcome_of(form)
    assert outcome is not None and outcome.excluded and self_score.advice_of(form) is None


sheets = st.fixed_dictionaries({c.code: st.sampled_from(["0", *c.by_choice]) for c in SET.criteria})


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(team=sheets, members=st.lists(sheets, min_size=3, max_size=3))
def test_advisory_scores_never_change_an_outcome(session: Session, team: dict[str, str], members: list[dict[str, str]]) -> None:
    """Whatever the team scores, the council's result is the same as without it, before and after closing."""
    with session.begin_nested() as nested:
        ids = made_dossiers(session, 1, "ready")
        meeting = sessions.create(session, draft(ids, 3, code="T"))
        sessions.open_session(session, meeting)
        item = session.query(AgendaItem).filter_by(dossier_id=ids[0]).one().id
        seats = [s.member_id for s in matrix(session, meeting).seats if s.scores]
        before = None
        for with_team in (False, True):
            if with_team:
                for code, choice in settle(SET, team).items():
                    session.add(AdvisoryAnswer(dossier_id=ids[0], criterion=code, choice=choice, comment="x"))
                session.add(AdvisoryReview(dossier_id=ids[0], rulebook=LAW, set_no=11, proposal="return", missing_papers="",
                                           finding="", opinion="", proposed_by=""))
                session.flush()
                assert len(advisory.review_of(session, ids[0]).choices) == len(SET.criteria)
            else:
                for member, choices in zip(seats, members, strict=True):
                    put_in(session, item, member, settle(SET, choices))
            view = results.result_of(session, item)
            assert view.outcome is not None and (before is None or before == (view.outcome, view.stars, view.advice))
            before = (view.outcome, view.stars, view.advice)
        nested.rollback()
