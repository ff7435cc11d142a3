"""A member's ballot in the file: opening, answering, refusing, finishing."""

from __future__ import annotations

import datetime as dt
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from ocop_desktop.actions import rulebooks, scoring
from ocop_desktop.data import ballots
from ocop_desktop.data.engine import Database, Session
from ocop_desktop.data.tables import (
    AgendaItem,
    Answer,
    Ballot,
    Change,
    CouncilSession,
    Member,
    Product,
    Recusal,
    SelfAnswer,
    SessionMember,
)
from ocop_desktop.errors import ProblemsFound, UserError
from tests.actions.hall import LAW, open_hall

FILED = (LAW, 11)


@pytest.fixture
def hall(session: Session) -> Session:
    """The hall in one transaction."""
    open_hall(session)
    return session


def answer_all(session: Session, item: int, member: int, number: int = 11) -> None:
    for criterion in rulebooks.criteria(LAW, number).criteria:
        scoring.choose(session, item, member, criterion.code, criterion.options[-1].choice, (LAW, number))


def stored(session: Session, item: int = 1, member: int = 1) -> dict[str, str]:
    return dict(session.execute(select(Answer.criterion, Answer.choice).join(Ballot).where(
        Ballot.item_id == item, Ballot.member_id == member)).all())  # type: ignore[arg-type]


def test_opening_writes_nothing_and_the_first_answer_makes_version_1(hall: Session) -> None:
    view = scoring.open_ballot(hall, 1, 1)
    assert (view.version, view.choices, view.locked, view.product, view.items) == (0, {}, None, "Chè Shan tuyết Mẫu Sơn", 3)
    assert view.rules.number == 11 and view.book.id == LAW and view.agency == "Sở Công Thương"
    assert hall.scalar(select(func.count()).select_from(Ballot)) == 0
    assert scoring.choose(hall, 1, 1, "1.1", "2") == {"1.1": "2"}
    assert hall.execute(select(Ballot.version, Ballot.member_id)).all() == [(1, 1)]
    assert scoring.open_ballot(hall, 1, 1).choices == {"1.1": "2"}


@pytest.mark.parametrize("filed", [None, FILED, (LAW, 26)], ids=["looked up", "as read", "read before the set was changed"])
def test_an_answer_is_written_and_written_over(hall: Session, filed: tuple[str, int] | None) -> None:
    for choice in ("1", "3", "0"):
        scoring.choose(hall, 1, 1, "1.1", choice, filed)
        assert stored(hall) == {"1.1": choice}
    scoring.clear(hall, 1, 1, "1.1")
    assert stored(hall) == {}


@pytest.mark.parametrize(("criterion", "choice"), [("99", "1"), ("1.1", "4"), ("1.1", "a1"), ("1.1", ""), ("", "1")])
def test_an_answer_that_is_not_in_the_set_is_refused(hall: Session, criterion: str, choice: str) -> None:
    scoring.choose(hall, 1, 1, "1.2", "1")
    for filed in (None, FILED):
        with pytest.raises(UserError):
            scoring.choose(hall, 1, 1, criterion, choice, filed)
    assert stored(hall) == {"1.2": "1"}


def test_cases_of_set_26(hall: Session) -> None:
    scoring.choose(hall, 2, 1, "8", "a2", (LAW, 26))
    scoring.choose(hall, 2, 1, "9", "b1", (LAW, 26))
    assert stored(hall, 2) == {"8": "a2", "9": "b1"}


def test_a_story_at_0_takes_its_structure_with_it(hall: Session) -> None:
    scoring.choose(hall, 1, 1, "5.1", "4", FILED)
    scoring.choose(hall, 1, 1, "5.2", "3", FILED)
    assert scoring.choose(hall, 1, 1, "5.1", "1", FILED) == {"5.1": "1", "5.2": "0"}
    assert stored(hall) == {"5.1": "1", "5.2": "0"}
    with pytest.raises(UserError, match=r"5\.2 không chấm được"):
        scoring.choose(hall, 1, 1, "5.2", "2", FILED)
    with pytest.raises(UserError, match=r"5\.2 không chấm được"):
        scoring.clear(hall, 1, 1, "5.2")
    assert scoring.choose(hall, 1, 1, "5.2", "0", FILED) == {"5.2": "0"}
    assert scoring.choose(hall, 1, 1, "5.1", "2", FILED) == {"5.1": "2", "5.2": None}
    assert stored(hall) == {"5.1": "2"}
    scoring.choose(hall, 1, 1, "5.1", "0", FILED)
    assert scoring.clear(hall, 1, 1, "5.1") == {"5.1": None, "5.2": None}
    assert stored(hall) == {}


def test_notes_stand_beside_answers(hall: Session) -> None:
    scoring.note(hall, 1, 1, "1.3", "  xem bản gốc ")
    view = scoring.open_ballot(hall, 1, 1)
    assert view.notes == {"1.3": "xem bản gốc"} and view.choices == {}
    assert scoring.agenda_for(hall, 1, 1)[0].answered == 0
    scoring.choose(hall, 1, 1, "1.3", "2", FILED)
    scoring.clear(hall, 1, 1, "1.3")
    assert scoring.open_ballot(hall, 1, 1).notes == {"1.3": "xem bản gốc"}
    scoring.choose(hall, 1, 1, "1.3", "2", FILED)
    scoring.note(hall, 1, 1, "1.3", "")
    assert stored(hall) == {"1.3": "2"}
    with pytest.raises(UserError):
        scoring.note(hall, 1, 1, "x", "y")


def refusals(hall: Session, item: int = 1, member: int = 1) -> set[str]:
    """Sentences with which every way to write is refused; nothing may have changed."""
    before = hall.execute(select(Answer.ballot_id, Answer.criterion, Answer.choice, Answer.note)).all()
    said = set()
    for attempt in (
        lambda: scoring.choose(hall, item, member, "1.1", "1"), lambda: scoring.choose(hall, item, member, "1.1", "1", FILED),
        lambda: scoring.choose(hall, item, member, "5.1", "1", FILED),
        lambda: scoring.clear(hall, item, member, "1.1"), lambda: scoring.note(hall, item, member, "1.1", "x"),
        lambda: scoring.opinion(hall, item, member, "x"), lambda: scoring.raise_exclusion(hall, item, member, "x"),
        lambda: scoring.withdraw_exclusion(hall, item, member), lambda: scoring.finish(hall, item, member),
    ):
        with pytest.raises(UserError) as refused:
            attempt()
        said.add(str(refused.value))
    assert hall.execute(select(Answer.ballot_id, Answer.criterion, Answer.choice, Answer.note)).all() == before
    return said


@pytest.mark.parametrize("begun", [False, True], ids=["no ballot yet", "ballot begun"])
@pytest.mark.parametrize("case", [
    "recused", "item closed", "item removed", "draft", "session closed", "does not score", "secretary", "no seat"])
def test_who_may_not_score_is_refused_at_every_door(hall: Session, case: str, begun: bool) -> None:
    if begun:
        scoring.choose(hall, 1, 1, "1.1", "3")
    match case:
        case "recused":
            hall.add(Recusal(item_id=1, member_id=1, reason="anh em ruột của giám đốc"))
        case "item closed":
            hall.get_one(AgendaItem, 1).status = "closed"
        case "item removed":
            hall.get_one(AgendaItem, 1).status = "removed"
        case "draft" | "session closed":
            hall.get_one(CouncilSession, 1).status = case.removeprefix("session ")
        case "does not score":
            hall.get_one(SessionMember, (1, 1)).scores = False
        case "secretary":
            hall.get_one(Member, 1).role = "secretary"
        case "no seat":
            hall.delete(hall.get_one(SessionMember, (1, 1)))
    hall.flush()
    assert len(refusals(hall)) == 1
    with pytest.raises(UserError) as refused:
        scoring.open_ballot(hall, 1, 1)
    seen = scoring.own_ballot(hall, 1, 1)
    assert str(seen.locked) == str(refused.value)
    assert seen.choices == ({"1.1": "3"} if begun else {})
    if case == "recused":
        assert str(refused.value) == "Ông Hoàng không chấm hồ sơ này: anh em ruột của giám đốc."
    assert hall.scalar(select(func.count()).select_from(Ballot)) == int(begun)


def test_the_secretary_scores_where_the_working_rules_say_so(hall: Session) -> None:
    assert [seat.name for seat in scoring.open_sessions(hall)[0].seats] == ["Ông Hoàng", "Bà Lan"]
    hall.get_one(CouncilSession, 1).working_rules = {"secretary_scores": True}
    hall.flush()
    scoring.choose(hall, 1, 3, "1.1", "1")
    assert ballots.answer(hall, 1, 3, "1.2", "1", *FILED)
    assert stored(hall, 1, 3) == {"1.1": "1", "1.2": "1"}
    assert len(scoring.open_sessions(hall)[0].seats) == 3


def test_finishing_wants_every_answer_and_locks(hall: Session) -> None:
    scoring.choose(hall, 1, 1, "1.1", "1", FILED)
    with pytest.raises(ProblemsFound) as refused:
        scoring.finish(hall, 1, 1)
    assert [p.place.column for p in refused.value.problems] == list(rulebooks.criteria(*FILED).by_code)[1:]
    answer_all(hall, 1, 1)
    scoring.opinion(hall, 1, 1, "Đạt")
    moment = dt.datetime(2026, 11, 20, 14, 32, 5)
    assert scoring.finish(hall, 1, 1, moment) == moment
    assert refusals(hall) == {
        "Phiếu đã hoàn tất lúc 14:32:05 ngày 20/11/2026 và đã khóa. Muốn sửa, đề nghị Hội đồng mở lại phiếu."}
    view = scoring.open_ballot(hall, 1, 1)
    assert (view.finished_at, view.opinion, len(view.choices)) == (moment, "Đạt", 32)
    assert hall.scalar(select(Change.what).where(Change.entity == "ballot")) == "finished"


def test_the_highest_version_counts_and_the_first_is_kept(hall: Session) -> None:
    answer_all(hall, 1, 1)
    scoring.finish(hall, 1, 1)
    second = ballots.start(hall, 1, 1, version=2, reopened_why="chênh lệch")
    scoring.choose(hall, 1, 1, "1.1", "1", FILED)
    assert ballots.choices_of(hall, second) == {"1.1": "1"}
    view = scoring.open_ballot(hall, 1, 1)
    assert (view.version, view.choices, view.reopened_why, view.finished_at) == (2, {"1.1": "1"}, "chênh lệch", None)
    assert scoring.agenda_for(hall, 1, 1)[0].answered == 1
    first = hall.scalar(select(Ballot.id).where(Ballot.version == 1))
    assert first is not None and ballots.choices_of(hall, first)["1.1"] == "3"


def test_exclusion_is_raised_with_a_reason_and_withdrawn(hall: Session) -> None:
    with pytest.raises(UserError, match="lý do"):
        scoring.raise_exclusion(hall, 1, 1, "  ")
    scoring.raise_exclusion(hall, 1, 1, " Giả mạo hồ sơ ")
    assert scoring.open_ballot(hall, 1, 1).exclusion == "Giả mạo hồ sơ"
    scoring.withdraw_exclusion(hall, 1, 1)
    assert scoring.open_ballot(hall, 1, 1).exclusion is None
    assert hall.scalars(select(Change.what).order_by(Change.id)).all() == ["exclusion_raised", "exclusion_withdrawn"]


def test_the_agenda_shows_ones_own_progress_only(hall: Session) -> None:
    answer_all(hall, 1, 2)
    scoring.choose(hall, 1, 1, "1.1", "1", FILED)
    hall.add(Recusal(item_id=2, member_id=1, reason="họ hàng"))
    hall.get_one(AgendaItem, 3).status = "closed"
    hall.flush()
    lines = scoring.agenda_for(hall, 1, 1)
    assert [(x.item_id, x.answered, x.total, x.recused, x.closed, x.to_do) for x in lines] == [
        (1, 1, 32, None, False, True), (2, 0, 32, "họ hàng", False, False), (3, 0, 29, None, True, False)]
    assert scoring.own_ballot(hall, 1, 1).choices == {"1.1": "1"}


def test_next_unfinished_goes_round(hall: Session) -> None:
    assert scoring.next_unfinished(hall, 1, 1) == 1
    assert scoring.next_unfinished(hall, 1, 1, 1) == 2
    assert scoring.next_unfinished(hall, 1, 1, 3) == 1
    answer_all(hall, 2, 1, 26)
    scoring.finish(hall, 2, 1)
    assert scoring.next_unfinished(hall, 1, 1, 1) == 3
    hall.get_one(AgendaItem, 3).status = "closed"
    hall.flush()
    assert scoring.next_unfinished(hall, 1, 1, 1) is None


def test_evidence_is_read_and_the_producers_own_choice_is_not(hall: Session) -> None:
    hall.add(SelfAnswer(dossier_id=1, criterion="1.5", choice="4", evidence="Hợp đồng liên kết 2025"))
    hall.flush()
    view = scoring.open_ballot(hall, 1, 1)
    assert view.evidence == {"1.5": "Hợp đồng liên kết 2025"} and view.choices == {}


@pytest.mark.parametrize(("item", "member"), [(99, 1), (1, 99)])
def test_unknown_item_or_member_is_a_sentence(hall: Session, item: int, member: int) -> None:
    with pytest.raises(UserError, match="Không còn"):
        scoring.open_ballot(hall, item, member)


def test_a_product_without_a_set_cannot_be_scored(hall: Session) -> None:
    hall.get_one(Product, 1).set_no = None
    hall.flush()
    assert scoring.agenda_for(hall, 1, 1)[0].total == 0
    with pytest.raises(UserError, match="chưa có bộ tiêu chí"):
        scoring.open_ballot(hall, 1, 1)
    with pytest.raises(UserError, match="chưa có bộ tiêu chí"):
        scoring.choose(hall, 1, 1, "1.1", "1", FILED)


def test_each_answer_is_in_the_file_when_its_transaction_ends(db: Database) -> None:
    """What another reader finds in a copy of the file and its log is what survives a killed program."""
    with db.begin() as session:
        open_hall(session)
    for number, criterion in enumerate(rulebooks.criteria(*FILED).criteria, 1):
        with db.begin() as session:
            scoring.choose(session, 1, 1, criterion.code, criterion.options[-1].choice, FILED)
        if number % 8 == 1:
            assert answers_in_a_copy(db.path, db.path.with_name(f"copy{number}.ocop")) == number


def answers_in_a_copy(path: Path, copy: Path) -> int:
    """Copy file and log as they lie on the disk (in another process: closing a handle here would drop the lock), and count."""
    copying = "import shutil, sys; [shutil.copyfile(sys.argv[1] + e, sys.argv[2] + e) for e in ('', '-wal')]"
    subprocess.run([sys.executable, "-c", copying, str(path), str(copy)], check=True)
    reader = sqlite3.connect(copy)
    try:
        return int(reader.execute("SELECT count(*) FROM answer").fetchone()[0])
    finally:
        reader.close()


def test_typed_words_are_refused_when_too_long_and_lose_what_cannot_be_seen(hall: Session) -> None:
    for action in (lambda: scoring.note(hall, 1, 1, "1.1", "q" * 501), lambda: scoring.opinion(hall, 1, 1, "q" * 20_001),
                   lambda: scoring.raise_exclusion(hall, 1, 1, "q" * 20_001)):
        with pytest.raises(UserError, match="chỉ nhận nhiều nhất"):
            action()
    scoring.opinion(hall, 1, 1, " tốt\0\x07\nlắm ")
    assert scoring.own_ballot(hall, 1, 1).opinion == "tốt\nlắm"
