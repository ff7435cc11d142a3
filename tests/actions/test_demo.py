"""The example province: its figures are those of the programme report it follows, and its current round works."""

import datetime as dt

import pytest

from ocop_desktop.actions import backups, demo, home, results, sessions
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.actions.register import register
from ocop_desktop.actions.session_matrix import matrix
from ocop_desktop.data.tables import Ballot, Certificate, CouncilSession, Dossier, Result
from ocop_desktop.errors import UserError

TODAY = dt.date(2026, 11, 23)
REPORTED = dt.date(2023, 6, 2)


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "mau.ocop"
    demo.create(path, TODAY)
    return path


@pytest.fixture
def opened(example):
    db = open_or_create(example)
    yield db
    db.close()


def test_the_figures_of_2019_to_2022(opened):
    with opened.begin() as session:
        registered = session.query(Dossier).filter(Dossier.filed_on < dt.date(2023, 1, 1)).count()
        issued = session.query(Certificate).filter(Certificate.issued_on < dt.date(2023, 1, 1)).all()
    stars = [c.stars for c in issued]
    valid = [c.stars for c in issued if c.expires_on >= REPORTED]
    assert (registered, len(stars), stars.count(3), stars.count(4)) == (105, 94, 73, 21)
    assert (len(valid), valid.count(3), valid.count(4), len(stars) - len(valid)) == (84, 65, 19, 10)


def test_the_register_agrees_on_that_day(opened):
    with opened.begin() as session:
        assert register(session, REPORTED).states["expired"] == 10


def test_the_current_round(opened):
    with opened.begin() as session:
        lines = {s.code: s for s in sessions.sessions_list(session)}
        half = matrix(session, next(s.id for s in lines.values() if s.status == "open"))
        decided = results.results_json(session, next(s.code for s in lines.values() if s.status == "closed"))
    done = sum(cell.state == "done" for row in half.rows for cell in row.cells)
    assert (len(half.rows), sum(seat.scores for seat in half.seats), done) == (12, 9, 54)
    assert {row.state for row in half.rows} >= {"spread", "scoring", "not_started"}
    assert [r["stars"] for r in decided] == [stars for _points, stars in demo.CLOSED_ROUND]
    assert home.overview(opened, TODAY).today


def test_the_dates_of_the_example_follow_each_other(opened):
    with opened.begin() as session:
        met = {s.name: s.held_on for s in session.query(CouncilSession)}
        closed = [(r.item.session, r) for r in session.query(Result)]
        assert len(closed) == len(demo.CLOSED_ROUND)
        for meeting, result in closed:
            assert meeting.council.decision_date <= meeting.held_on == result.closed_at.date()
            assert all(b.finished_at < result.closed_at for b in session.query(Ballot).filter_by(item_id=result.item_id))
        issued = session.query(Certificate).filter(Certificate.result_id.is_not(None)).all()
        assert len(issued) == sum(stars >= 3 for _points, stars in demo.CLOSED_ROUND)
        for one in issued:
            assert closed[0][0].held_on <= one.decision.date <= one.issued_on <= TODAY
        assert all(d.filed_on <= d.province_received_on <= TODAY for d in session.query(Dossier))
        assert {one.decision.authority for one in session.query(Certificate)} == {"Ủy ban nhân dân tỉnh Lạng Sơn"}
    assert set(met) == {"Phiên 1 - 2026", "Phiên 2 - 2026"}


def test_everything_checks(example):
    assert backups.check_database(example) == ()


def test_an_existing_file_is_refused_and_kept(example):
    before = example.read_bytes()
    with pytest.raises(UserError, match="đã có"):
        demo.create(example)
    assert example.read_bytes() == before
