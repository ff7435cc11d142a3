"""What the first screen counts, over a small register with every state in it."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from ocop_desktop.actions import backups, outside
from ocop_desktop.actions.home import Meeting, Undecided, Year, filing_day, overview
from ocop_desktop.actions.register import register
from ocop_desktop.data.tables import Dossier
from ocop_desktop.errors import UserError
from ocop_desktop.rules.deadlines import rounds
from tests.actions.home_register import DAY, ROUND, fill

ROOT = Path(__file__).resolve().parents[2]
STATES = ("valid", "due", "late")


@pytest.fixture
def filled(db):
    with db.begin() as session:
        fill(session)
    return db


def seen(db, day=DAY):
    return overview(db, day)


def test_an_empty_file_is_empty(db):
    found = seen(db)
    assert found.empty and not found.province and found.round == "" and found.drafts == 0
    assert found.meetings == () and found.undecided == () and found.last_import is None and found.backup is None
    assert all(year.total == 0 for year in found.years)


def test_certificates_are_counted_as_the_register_tells_their_states(filled):
    force = seen(filled).in_force
    with filled.begin() as session:
        listed = {stars: register(session, DAY, states=STATES, stars=stars).count for stars in (3, 4, 5)}
        states = register(session, DAY).states
    listed[3] -= 1  # the register also lists the one issued after the day
    assert (force.three, force.four, force.five) == (listed[3], listed[4], listed[5]) == (36, 12, 1)
    assert (force.late, force.due) == (states["late"], states["due"]) == (11, 2)


def test_a_certificate_moves_from_valid_to_due_to_late_to_expired_on_the_days_of_the_law(filled):
    ends = dt.date(2027, 5, 1)  # of the one issued on 1 May 2024; the next ends a day later
    base = seen(filled, ends - dt.timedelta(days=181)).in_force
    assert seen(filled, ends - dt.timedelta(days=180)).in_force.due == base.due + 1
    assert seen(filled, ends - dt.timedelta(days=120)).in_force.late == 1
    assert seen(filled, ends - dt.timedelta(days=119)).in_force.late == 2
    assert seen(filled, ends).in_force.three - seen(filled, ends + dt.timedelta(days=1)).in_force.three == 1


def test_recognitions_of_six_years_by_stars(filled):
    assert seen(filled).years == (Year(2021, 5, 1), Year(2022, 8, 2), Year(2023, 7, 3), Year(2024, 12, 3, 1), Year(2025, 11, 5),
                                  Year(2026, 6, 2))


def test_sessions_drafts_and_results_that_wait(filled):
    found = seen(filled)
    assert found.province == "Tỉnh Lạng Sơn" and not found.empty
    told = [(m.code, m.open, m.dossiers, m.untouched) for m in found.meetings]
    assert told == [("2026-2", True, 12, 5), ("2026-3", False, 2, 2)]
    assert found.today is not None and found.today.code == "2026-2"
    assert (found.drafts, found.round, found.in_round) == (7, ROUND, 24)
    with filled.begin() as session:
        drafts = session.query(Dossier).filter_by(status="draft").order_by(Dossier.id).limit(3).all()
        for draft, typed in zip(drafts, ("thử", "2062-1", "Đợt 1 - 2026"), strict=True):  # slips of the hand, and an older round
            draft.round = typed
    assert (seen(filled).round, seen(filled).in_round) == (ROUND, 21)
    assert found.undecided == (Undecided(found.undecided[0].session_id, "Đợt 1 - 2026", 2),)
    assert found.last_import is not None and found.last_import.counts["rejected"] == 2


def test_the_session_to_open_is_that_of_the_day_else_one_already_open(filled):
    def on(day):
        today = seen(filled, day).today
        return today.code if isinstance(today, Meeting) else None

    assert on(DAY + dt.timedelta(days=30)) == "2026-3"
    assert on(DAY + dt.timedelta(days=5)) == "2026-2"


@pytest.mark.parametrize("day, until", [((2026, 1, 1), (4, 29)), ((2026, 4, 29), (4, 29)), ((2026, 4, 30), (10, 29)),
                                        ((2026, 10, 29), (10, 29)), ((2026, 12, 31), (10, 29))])
def test_the_day_until_which_communes_send_dossiers(day, until):
    assert filing_day(dt.date(*day)) == dt.date(2026, *until)
    first, second = (r.proposed_before - dt.timedelta(days=1) for r in rounds(2026) if r.level == "provincial")
    assert dt.date(2026, *until) in (first, second)  # the days of the agenda


def test_the_number_of_queries_does_not_grow_with_the_register(db, filled):
    said = []
    with filled.alone() as raw:
        raw.set_trace_callback(said.append)
    overview(filled, DAY)
    with filled.alone() as raw:
        raw.set_trace_callback(None)
    assert len([one for one in said if "SELECT" in one]) <= 16


def test_opening_a_file_and_filling_the_first_screen_do_without_sqlalchemy(filled):
    """SQLAlchemy takes longer to read than all of the start up to there."""
    filled.close()
    seen_alone = f"""
import sys
from pathlib import Path
from ocop_desktop.actions import home, opening
db = opening.open_or_create(Path(sys.argv[1]))
print(home.overview(db, __import__("datetime").date({DAY.year}, {DAY.month}, {DAY.day})).drafts, "sqlalchemy" in sys.modules)
db.close()
"""
    said = subprocess.run([sys.executable, "-c", seen_alone, filled.path], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["7", "False"]


def test_a_copy_on_another_disk_is_whole_and_remembered(filled, tmp_path):
    stick = tmp_path / "usb"
    stick.mkdir()
    made = outside.copy_to(filled, stick)
    found = seen(filled)
    assert found.outside == made and made.path.parent == stick and found.backup is not None
    assert [p.name for p in stick.iterdir()] == [made.path.name]
    filled.close()
    faults = {p.kind for p in backups.check_database(made.path)}
    assert faults <= {"result_unreadable"}  # this file's results are made up; the copy itself is whole
    assert backups.restore(made.path, tmp_path / "again.ocop") is None


def test_a_copy_beside_the_data_is_refused(filled, tmp_path):
    with pytest.raises(UserError, match="chính dữ liệu này"):
        outside.copy_to(filled, filled.path.parent)
    with pytest.raises(UserError, match="Không ghi được bản sao"):
        outside.copy_to(filled, tmp_path / "no such folder")
    assert seen(filled).outside is None
