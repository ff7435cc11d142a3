"""Accounts, PINs, signing in, and what a role is let see and write: on a real file, through the actions and the command line."""

from __future__ import annotations

import datetime as dt
import sqlite3
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from ocop_desktop import cli
from ocop_desktop.actions import (
    activities,
    advisory,
    audit,
    backups,
    certificates,
    dashboard,
    deadlines,
    dossiers,
    exporting,
    inspections,
    office,
    outside,
    people,
    programme_report,
    results,
    scoring,
    session_matrix,
    sessions,
    side_by_side,
    summary,
)
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.data import sessions as rows
from ocop_desktop.data.engine import Database
from ocop_desktop.data.settings import put_setting
from ocop_desktop.data.tables import AgendaItem, Ballot, Change, Member, Producer, Setting
from ocop_desktop.data.tables_people import Person
from ocop_desktop.errors import UserError
from ocop_desktop.exchange import pin_hash
from tests.actions.meeting import answers, draft, hand_in, items_of, members_of, open_meeting, put_in, rules_of
from tests.actions.meeting import dossiers as dossiers_of

NOON = dt.datetime(2026, 11, 24, 12)
PINS = {"clerk": "2580", "chair": "8642", "member": "7391"}


class Hall:
    """A session of two dossiers and three members: the chair and one member have their PIN, the third none; so has the clerk."""

    def __init__(self, db: Database) -> None:
        self.db = db
        with db.begin() as session:
            self.session_id, self.items, self.members = open_meeting(session, 2, 3)
            people.begin(session, "Bà Thu", PINS["clerk"])
        with db.begin() as session:
            lines = people.listed(session)
            seats = {role: next(p for p in lines if p.role == role and not p.person_id) for role in ("chair", "member")}
            self.ids = {role: people.add(session, seat.name, seat.agency, role) for role, seat in seats.items()}
            codes = {role: people.give_code(session, id) for role, id in self.ids.items()}
            self.ids["clerk"] = next(p.person_id for p in lines if p.role == "clerk")
        for role, code in codes.items():
            self.out()
            with db.begin() as session:
                assert people.sign_in(session, self.ids[role], code) == people.SignedIn(choose=True)
            with db.begin() as session:
                done, recovery = people.choose_pin(session, self.ids[role], code, PINS[role])
                assert done.actor is not None and recovery == ""
        self.out()

    def out(self) -> None:
        """Hand the machine on."""
        with self.db.begin() as session:
            people.sign_out(session)

    def enter(self, role: str) -> None:
        """Sign somebody in."""
        self.out()
        with self.db.begin() as session:
            assert people.sign_in(session, self.ids[role], PINS[role]).actor is not None

    def do(self, action: Callable[[Any], Any]) -> Any:
        """One action in a transaction of its own."""
        with self.db.begin() as session:
            return action(session)

    def refused(self, action: Callable[[Any], Any], why: str = "") -> None:
        """An action that must be refused, and leave nothing behind."""
        with pytest.raises(UserError, match=why or None), self.db.begin() as session:
            action(session)


@pytest.fixture
def hall(db: Database) -> Hall:
    return Hall(db)


def test_without_a_pin_everything_is_as_ever(db: Database) -> None:
    with db.begin() as session:
        id, items, members = open_meeting(session, 1, 2)
        people.begin(session, "Bà Thu")
        scoring.open_ballot(session, items[0], members[0])
        session_matrix.matrix(session, id)
        people.sign_out(session)
        scoring.open_ballot(session, items[0], members[1])
    found = people.standing(db)
    assert not found.shut and found.actor is not None and (found.actor.name, found.actor.alone) == ("Bà Thu", True)


def test_the_first_pin_is_the_clerks(db: Database) -> None:
    with db.begin() as session:
        people.begin(session, "Bà Thu")
        id = people.add(session, "Ông Hoàng", "Sở Y tế", "member")
    with pytest.raises(UserError, match="PIN của thư ký trước"), db.begin() as session:
        people.give_code(session, id)


def test_a_pin_is_kept_with_argon2id_at_its_limits_for_signing_in(
        light_pins: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pin_hash, "LIMITS", light_pins)
    kept = pin_hash.keep("2580")
    assert kept.startswith("$argon2id$v=19$m=65536,t=2,p=1$")
    assert pin_hash.fits(kept, "2580") and not pin_hash.fits(kept, "2581")


def test_a_member_opens_the_own_ballot_only(hall: Hall) -> None:
    hall.enter("member")
    chair, own, other = hall.members
    hall.do(lambda s: scoring.open_ballot(s, hall.items[0], own))
    criterion = hall.do(lambda s: scoring.own_ballot(s, hall.items[0], own)).rules.criteria[0].code
    hall.do(lambda s: scoring.choose(s, hall.items[0], own, criterion, "0"))
    for stranger in (chair, other):
        for action in (lambda s, m=stranger: scoring.own_ballot(s, hall.items[0], m),
                       lambda s, m=stranger: scoring.agenda_for(s, hall.session_id, m),
                       lambda s, m=stranger: scoring.choose(s, hall.items[0], m, criterion, "0"),
                       lambda s, m=stranger: scoring.finish(s, hall.items[0], m)):
            hall.refused(action, "phiếu của chính mình")
    (meeting,) = hall.do(scoring.open_sessions)
    assert [seat.member_id for seat in meeting.seats] == [own]


def test_the_clerk_types_paper_but_opens_no_ballot_of_somebody_with_a_pin(hall: Hall) -> None:
    hall.enter("clerk")
    hall.do(lambda s: scoring.open_ballot(s, hall.items[0], hall.members[2]))
    hall.refused(lambda s: scoring.own_ballot(s, hall.items[0], hall.members[1]), "mã PIN riêng")
    assert [seat.member_id for seat in hall.do(scoring.open_sessions)[0].seats] == [hall.members[2]]
    hall.do(lambda s: session_matrix.matrix(s, hall.session_id))


def test_what_a_member_finished_stays_shut_when_the_pin_is_taken_away(hall: Hall) -> None:
    item, member = hall.items[0], hall.members[1]
    choices = hall.do(lambda s: answers(rules_of(s, item), 80))
    hall.enter("member")
    hall.do(lambda s: hand_in(s, item, member, choices))
    hall.enter("clerk")
    hall.do(lambda s: people.take_pin_away(s, hall.ids["member"]))
    hall.refused(lambda s: scoring.own_ballot(s, item, member), "mã PIN riêng")
    hall.do(lambda s: scoring.own_ballot(s, hall.items[1], member))  # not begun: typed from paper from now on
    hall.do(lambda s: people.take_pin_away(s, hall.ids["chair"]))
    hall.do(lambda s: people.take_pin_away(s, hall.ids["clerk"]))
    hall.refused(lambda s: scoring.own_ballot(s, item, member), "mã PIN riêng")
    hall.do(lambda s: put_in_of_others(s, item, hall.members, choices))
    hall.do(lambda s: results.close_dossier(s, item, "Bà Thu"))
    assert hall.do(lambda s: scoring.own_ballot(s, item, member)).choices == choices


def put_in_of_others(session: Any, item: int, members: list[int], choices: Any) -> None:
    """Finished ballots of everybody but the second member."""
    for member in (members[0], members[2]):
        put_in(session, item, member, choices)


def test_scores_show_only_when_all_ballots_are_finished_and_then_to_chair_and_clerk(hall: Hall) -> None:
    item = hall.items[0]
    fill_as_system(hall, item, hall.members[:2])
    for role in ("clerk", "chair"):
        hall.enter(role)
        seen = hall.do(lambda s: results.result_of(s, item))
        assert (seen.stage, seen.votes, seen.outcome, seen.lines) == ("waiting", (), None, ())
    hall.enter("member")
    hall.refused(lambda s: results.result_of(s, item), "khi hồ sơ đã chốt")
    assert hall.do(results.sessions_with_results) == () and hall.do(lambda s: results.agenda(s, hall.session_id)) == ()
    fill_as_system(hall, item, hall.members[2:])
    for role in ("clerk", "chair"):
        hall.enter(role)
        assert len(hall.do(lambda s: results.result_of(s, item)).votes) == 3
    hall.enter("member")
    hall.refused(lambda s: results.result_of(s, item), "khi hồ sơ đã chốt")
    hall.refused(lambda s: results.close_dossier(s, item), "chủ tịch")
    hall.enter("chair")
    hall.do(lambda s: results.close_dossier(s, item))
    hall.enter("member")
    assert len(hall.do(lambda s: results.result_of(s, item)).votes) == 3
    assert [id for id, _product, _state in hall.do(lambda s: results.agenda(s, hall.session_id))] == [item]


def fill_as_system(hall: Hall, item: int, members: list[int]) -> None:
    """Ballots as they come in, whoever brings them."""
    hall.enter("clerk")
    with hall.db.begin() as session:
        for member in members:
            put_in(session, item, member, answers(rules_of(session, item), 75))


def test_a_member_reaches_nothing_else(hall: Hall, tmp_path: Path) -> None:
    hall.enter("member")
    out = tmp_path / "x.xlsx"
    for action in (lambda s: exporting.export(s, "register", out), lambda s: summary.write_summary(s, out),
                   lambda s: dossiers.find(s, ""), people.listed, lambda s: people.give_code(s, hall.ids["chair"]),
                   lambda s: people.set_role(s, hall.ids["member"], "clerk"),
                   lambda s: session_matrix.matrix(s, hall.session_id),
                   lambda s: office.save_office(s, office.read_office(s)),
                   lambda s: sessions.recuse(s, hall.items[0], hall.members[0], "x")):
        hall.refused(action)
    assert not out.exists()


def test_a_role_without_closed_results_gets_none_by_any_road(hall: Hall, tmp_path: Path) -> None:
    item = hall.items[0]
    fill_as_system(hall, item, hall.members)
    hall.do(lambda s: results.close_dossier(s, item))
    dossier = hall.do(lambda s: s.get(AgendaItem, item).dossier_id)
    ids = {role: hall.do(lambda s, role=role: people.add(s, role, "", role)) for role in ("advisory", "viewer")}
    codes = {role: hall.do(lambda s, id=id: people.give_code(s, id)) for role, id in ids.items()}
    out, readers = tmp_path / "x.xlsx", (lambda s: results.results_json(s, "2026-2"), lambda s: certificates.candidates(s),
                                         lambda s: summary.write_summary(s, tmp_path / "x.xlsx"))
    for role, code in codes.items():
        hall.out()
        hall.do(lambda s, id=ids[role], code=code: people.choose_pin(s, id, code, "9517"))
        council = hall.do(lambda s: side_by_side.side_by_side(s, dossier)).council
        if role == "advisory":
            assert council is None
            for reader in readers:
                hall.refused(reader, "kết quả")
            assert not out.exists()
        else:
            assert council == 75
            assert [bool(hall.do(reader)) for reader in readers] == [True] * 3
            assert out.exists()
        assert hall.do(certificates.register_count) == 0


def test_readers_ask_not_only_the_rail(hall: Hall, tmp_path: Path) -> None:
    day = dt.date(2026, 11, 24)
    strange = hall.do(lambda s: s.scalars(select(AgendaItem.dossier_id).where(AgendaItem.id == hall.items[0])).one())
    span = programme_report.Span(day, day, day)
    readers: tuple[Callable[[Any], Any], ...] = (
        lambda s: certificates.register(s, day), certificates.register_count, certificates.candidates,
        lambda s: summary.write_register(s, tmp_path / "x.xlsx", day), lambda s: dashboard.dashboard(s, day),
        lambda s: dashboard.behind(s, day, {"in_force": 1}), lambda s: programme_report.report(s, day, day, day),
        lambda s: programme_report.period_states(s, day), lambda s: programme_report.behind(s, "valid", span),
        lambda s: deadlines.due(s, day, day, day), lambda s: activities.activities(s, day, day),
        lambda s: activities.funding(s, 2026, 2026), lambda s: inspections.inspections(s, day), backups.by_hand)
    hall.enter("member")
    for reader in readers:
        hall.refused(reader, "không ")
    with pytest.raises(UserError, match="thư ký"):
        backups.by_hand(hall.db)
    (tmp_path / "usb").mkdir()
    with pytest.raises(UserError, match="thư ký"):
        outside.copy_to(hall.db, tmp_path / "usb")
    assert hall.do(lambda s: advisory.review_of(s, strange)).state == ""  # of the own session
    hall.out()
    for reader in (*readers, lambda s: advisory.review_of(s, strange)):
        hall.refused(reader, "Chưa ai đăng nhập")
    assert not (tmp_path / "x.xlsx").exists() and backups.list_backups(hall.db.path) == ()
    hall.enter("clerk")
    for reader in readers[:-1]:
        hall.do(reader)
    assert backups.by_hand(hall.db).path.exists()


def test_what_no_action_asks_about_sqlite_refuses(hall: Hall) -> None:
    hall.enter("member")
    hall.refused(lambda s: s.add(Producer(name="Lạ", folded="la")), "không được ghi việc này")
    hall.refused(lambda s: rows.recuse(s, hall.items[0], hall.members[0], "x"), "không được ghi việc này")
    hall.refused(lambda s: setattr(s.get(Person, hall.ids["member"]), "role", "clerk"), "không được ghi việc này")
    hall.refused(lambda s: setattr(s.get(Person, hall.ids["chair"]), "name", "Lạ"), "không được ghi việc này")
    hall.refused(lambda s: s.add(Person(name="Lạ", role="clerk")), "không được ghi việc này")
    for write in (lambda s: put_setting(s, "office", {"province": "Lạ"}), lambda s: s.add(Setting(key="la", value=1)),
                  lambda s: s.execute(update(Setting).values(key="la")), lambda s: s.execute(delete(Setting)),
                  lambda s: s.execute(update(Change).values(who="Lạ")), lambda s: s.execute(delete(Change)),
                  lambda s: s.execute(delete(Person))):
        hall.refused(write, "không được ghi việc này")
    hall.out()
    hall.refused(lambda s: put_setting(s, "office", {}), "chưa ai đăng nhập")
    hall.refused(lambda s: scoring.own_ballot(s, hall.items[0], hall.members[1]), "Chưa ai đăng nhập")
    hall.refused(lambda s: s.add(Ballot(item_id=hall.items[0], member_id=hall.members[1], version=1)), "chưa ai đăng nhập")
    hall.enter("clerk")
    hall.do(lambda s: s.add(Producer(name="Quen", folded="quen")))


def test_without_its_head_the_chain_is_found_wanting_and_people_still_sign_in(hall: Hall) -> None:
    path = hall.db.path
    hall.db.close()
    raw = sqlite3.connect(path)
    raw.execute("DELETE FROM setting WHERE key = 'audit.head'")
    raw.commit()
    raw.close()
    hall.db = open_or_create(path)
    try:
        with hall.db.begin() as session:
            assert [p.kind for p in audit.check(session)] == ["chain_no_head"]
        hall.enter("member")
        with hall.db.begin() as session:
            assert audit.check(session) == ()
    finally:
        hall.db.close()


def test_wrong_pins_wait_longer_and_a_restart_does_not_forget(hall: Hall) -> None:
    id, now = hall.ids["member"], NOON
    for wait in (0, 0, 5, 15, 60, 300, 900, 900):
        tried = hall.do(lambda s, now=now: people.sign_in(s, id, "0000", now))
        assert (tried.actor, tried.wait) == (None, wait)
        if wait:
            early = now + dt.timedelta(seconds=wait - 1)
            assert hall.do(lambda s, early=early: people.sign_in(s, id, PINS["member"], early)) == people.SignedIn(wait=1)
        now += dt.timedelta(seconds=wait)
    path = hall.db.path
    hall.db.close()
    again = open_or_create(path)
    with again.begin() as session:
        assert people.sign_in(session, id, PINS["member"], now - dt.timedelta(seconds=1)).wait == 1
    with again.begin() as session:
        assert people.sign_in(session, id, PINS["member"], now).actor is not None
    with again.begin() as session:
        assert session.get(Person, id).wrong == 0
        kept = session.scalars(select(Change).where(Change.what == "wrong_pin")).all()
        assert [line.after["in_a_row"] for line in kept] == list(range(1, 9))
        assert audit.check(session) == ()
    again.close()


def test_a_clock_that_was_wrong_once_makes_one_wait_not_years(hall: Hall) -> None:
    id, wrong_clock = hall.ids["member"], dt.datetime(2099, 1, 1)
    for count in range(4):
        hall.do(lambda s, at=wrong_clock + dt.timedelta(hours=count): people.sign_in(s, id, "0000", at))
    assert hall.do(lambda s: people.sign_in(s, id, PINS["member"], NOON)) == people.SignedIn(wait=15)
    early, late = NOON + dt.timedelta(seconds=14), NOON + dt.timedelta(seconds=15)
    assert hall.do(lambda s: people.sign_in(s, id, PINS["member"], early)) == people.SignedIn(wait=1)
    assert hall.do(lambda s: people.sign_in(s, id, PINS["member"], late)).actor is not None


def test_the_recovery_code_passes_the_wait(db: Database) -> None:
    with db.begin() as session:
        code = people.begin(session, "Bà Thu", PINS["clerk"])
    clerk = people.standing(db).people[0].person_id
    with db.begin() as session:
        people.sign_out(session)
    for hour in range(-7, 1):
        with db.begin() as session:
            people.sign_in(session, clerk, "0000", NOON + dt.timedelta(hours=hour))
    with db.begin() as session:
        assert people.sign_in(session, clerk, PINS["clerk"], NOON) == people.SignedIn(wait=900)
        assert people.sign_in(session, clerk, "ABCD-EFGH-JKLM", NOON) == people.SignedIn(wait=900)
        assert people.choose_pin(session, clerk, code, "1470", NOON)[0].actor is not None


def test_the_clerk_resets_a_forgotten_pin_and_the_code_serves_once(hall: Hall) -> None:
    id = hall.ids["member"]
    for _time in range(5):
        hall.do(lambda s: people.sign_in(s, id, "0000", NOON))
    hall.enter("clerk")
    code = hall.do(lambda s: people.give_code(s, id))
    hall.out()
    assert hall.do(lambda s: people.sign_in(s, id, PINS["member"], NOON)).actor is None
    hall.refused(lambda s: people.choose_pin(s, id, code, code, NOON), "thư ký biết")
    done, _none = hall.do(lambda s: people.choose_pin(s, id, code, "5937", NOON))
    assert done.actor is not None
    hall.out()
    assert hall.do(lambda s: people.sign_in(s, id, code, NOON)).actor is None


def test_the_clerks_recovery_code_opens_the_file_once_more(db: Database) -> None:
    with db.begin() as session:
        code = people.begin(session, "Bà Thu", PINS["clerk"])
    clerk = people.standing(db).people[0].person_id
    with db.begin() as session:
        people.sign_out(session)
    with db.begin() as session:
        assert people.sign_in(session, clerk, code.lower()).choose
    with db.begin() as session:
        done, new = people.choose_pin(session, clerk, code, "1470")
        assert done.actor is not None and new and new != code
        people.sign_out(session)
    with db.begin() as session:
        assert not people.sign_in(session, clerk, code).choose


def test_every_line_of_history_is_of_who_signed_in(hall: Hall) -> None:
    hall.enter("member")
    own = hall.members[1]
    hall.do(lambda s: scoring.raise_exclusion(s, hall.items[0], own, "Giấy tờ giả"))
    hall.enter("clerk")
    hall.do(lambda s: sessions.recuse(s, hall.items[1], own, "Cùng đơn vị", who="ai đó khác"))
    with hall.db.begin() as session:
        lines = {line.what: line.who for line in session.scalars(select(Change).order_by(Change.id))}
        member = session.get(Person, hall.ids["member"])
        assert (lines["exclusion_raised"], lines["recused"], lines["signed_in"]) == (member.name, "Bà Thu", "Bà Thu")
        assert audit.check(session) == ()


def test_a_pin_replaced_behind_the_programs_back_is_found(hall: Hall) -> None:
    path = hall.db.path
    hall.db.close()
    raw = sqlite3.connect(path)
    raw.execute("UPDATE person SET pin = (SELECT pin FROM person WHERE id = ?) WHERE id = ?",
                (hall.ids["member"], hall.ids["chair"]))
    raw.commit()
    raw.close()
    again = open_or_create(path)
    with again.begin() as session:
        found = audit.check(session)
        assert [(p.kind, p.values["field"]) for p in found] == [("chain_record", "pin_sha256")]
    again.close()


def test_the_command_line_keeps_the_rights(hall: Hall, monkeypatch: pytest.MonkeyPatch,
                                           capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    fill_as_system(hall, hall.items[0], hall.members)
    hall.out()
    path = str(hall.db.path)
    hall.db.close()
    line = ["results", "--db", path, "--session", "2026-2", "--json"]
    assert cli.main(line) == 2
    assert "cần mã của thư ký" in capsys.readouterr().err
    monkeypatch.setenv("OCOP_PIN", "1111")
    assert cli.main(line) == 2
    assert "chưa đúng" in capsys.readouterr().err
    monkeypatch.setenv("OCOP_PIN", PINS["clerk"])
    assert cli.main(line) == 0
    assert capsys.readouterr().out.strip() == "[]"  # nothing is closed, so there is nothing to tell, even to the clerk
    out = tmp_path / "ho-so.zip"
    assert cli.main(["export-record", "--session", "2026-2", "--db", path, "--out", str(out)]) == 0
    import zipfile

    with zipfile.ZipFile(out) as zip:
        record = zip.read("ho-so-phien.json").decode()
    assert '"choices"' not in record and "argon2" not in record


def two_clerks(hall: Hall) -> None:
    """A second clerk, with a PIN of her own."""
    hall.enter("clerk")
    hall.ids["second"] = hall.do(lambda s: people.add(s, "Bà Bình", "", "clerk"))
    code = hall.do(lambda s: people.give_code(s, hall.ids["second"]))
    hall.out()
    hall.do(lambda s: people.choose_pin(s, hall.ids["second"], code, "1597"))
    hall.out()


def test_a_clerks_command_counts_nothing_against_another(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    two_clerks(hall)
    path = str(hall.db.path)
    hall.db.close()
    monkeypatch.setenv("OCOP_PIN", "1597")
    for _time in range(4):
        assert cli.main(["results", "--db", path, "--session", "2026-2", "--json"]) == 0
    monkeypatch.setenv("OCOP_PIN", "0000")
    for _time in range(2):
        assert cli.main(["results", "--db", path, "--session", "2026-2", "--json"]) == 2
    again = open_or_create(path)
    with again.begin() as session:
        assert not any(session.scalars(select(Person.wrong)))
        lines = session.scalars(select(Change).where(Change.what == "wrong_pin")).all()
        assert [(line.entity_id, line.after["in_a_row"]) for line in lines] == [(0, 1), (0, 2)]
        assert audit.check(session) == ()
        assert people.sign_in(session, hall.ids["clerk"], PINS["clerk"]).actor is not None
    again.close()


def test_pins_tried_by_commands_wait_too(hall: Hall) -> None:
    two_clerks(hall)
    now = dt.datetime(2099, 1, 1)  # a wrong clock
    for wait in (0, 0, 5, 15):
        assert hall.do(lambda s, now=now: people.sign_in_clerk(s, "0000", now)) == people.SignedIn(wait=wait)
        now += dt.timedelta(seconds=wait)
    assert hall.do(lambda s: people.sign_in_clerk(s, "1597", NOON)) == people.SignedIn(wait=15)
    assert hall.do(lambda s: people.sign_in_clerk(s, "1597", NOON + dt.timedelta(seconds=14))).wait == 1
    assert hall.do(lambda s: people.sign_in(s, hall.ids["second"], "1597", NOON)).actor is not None  # at the window at once
    hall.out()
    assert hall.do(lambda s: people.sign_in_clerk(s, "0000", NOON)) == people.SignedIn()  # counted anew
    for _time in range(4):
        hall.do(lambda s: people.sign_in(s, hall.ids["clerk"], "0000", NOON))
    assert hall.do(lambda s: people.sign_in_clerk(s, PINS["clerk"], NOON)).wait == 5  # the window's wait holds for commands
    assert hall.do(lambda s: people.sign_in_clerk(s, "1597", NOON + dt.timedelta(seconds=1))).actor is not None


def content_of(path: Path) -> list[str]:
    """Everything a file holds but SQLite's own statistics, which closing may count anew."""
    raw = sqlite3.connect(path)
    lines = [line for line in raw.iterdump() if "sqlite_stat" not in line]
    raw.close()
    return lines


def test_a_backup_comes_back_over_a_file_with_pins_only_by_its_clerk(hall: Hall, new_file: Path, monkeypatch: pytest.MonkeyPatch,
                                                                     capsys: pytest.CaptureFixture[str]) -> None:
    path = hall.db.path
    hall.db.close()
    line = ["restore", str(new_file), "--db", str(path)]
    before = content_of(path)
    assert cli.main(line) == 2
    assert "cần mã của thư ký" in capsys.readouterr().err and content_of(path) == before
    monkeypatch.setenv("OCOP_PIN", PINS["chair"])
    assert cli.main(line) == 2
    assert "chưa đúng" in capsys.readouterr().err
    raw = sqlite3.connect(path)
    assert raw.execute("SELECT count(*) FROM person").fetchone() == (3,)
    raw.close()
    monkeypatch.setenv("OCOP_PIN", PINS["clerk"])
    assert cli.main(line) == 0
    raw = sqlite3.connect(path)
    assert raw.execute("SELECT count(*) FROM person").fetchone() == (0,)
    raw.close()
    monkeypatch.delenv("OCOP_PIN")
    assert cli.main(line) == 0  # no PIN is left in the file


LONG = ("Chi cục Chất lượng, Chế biến và Phát triển thị trường Nông Lâm sản và Thủy sản, Sở Nông nghiệp và Môi trường "
        "tỉnh Lạng Sơn")


@pytest.mark.parametrize("name, agency, later", [
    (unicodedata.normalize("NFD", "Nông Thị Hòa"), "Sở Y tế", "Nông Thị Hòa"), ("Nông  Thị Hòa ", "Sở\u00a0Y tế", "Nông Thị Hòa"),
    ("Nông Thị\u200b Hòa", "Sở Y tế\n", "NÔNG THỊ HÒA"), ("Nông Thị Hòa", LONG, "Nông Thị Hoà")])
def test_a_pin_protects_however_the_name_is_spelled(db: Database, name: str, agency: str, later: str) -> None:
    with db.begin() as session:
        plan = draft(ids := dossiers_of(session, 1), 3)
        seats = [replace(plan.seats[0], name=name, agency=agency, role="member"), replace(plan.seats[1], role="chair"),
                 *plan.seats[2:]]
        meeting = sessions.create(session, replace(plan, seats=tuple(seats)))
        sessions.open_session(session, meeting)
        item, members = items_of(session, meeting)[0], members_of(session, meeting)
        people.begin(session, "Bà Thu", PINS["clerk"])
        seat = next(p for p in people.listed(session) if "H" in p.name.split()[-1] and p.name.startswith("Nông"))
        assert seat.name == unicodedata.normalize("NFC", seat.name) == " ".join(seat.name.split())
        account = people.add(session, seat.name, seat.agency, "member")
        code = people.give_code(session, account)
        assert [p.person_id for p in people.listed(session) if p.name == seat.name] == [account]
        with pytest.raises(UserError, match="đã có trong danh sách"):
            people.add(session, later, agency, "member")
        session.get_one(Member, members[0]).name = later  # another council's list, or a file of an earlier program
        session.flush()
        with pytest.raises(UserError, match="mã PIN riêng"):
            scoring.own_ballot(session, item, members[0])
        people.sign_out(session)
    with db.begin() as session:
        people.choose_pin(session, account, code, PINS["member"])
        scoring.own_ballot(session, item, members[0])
        assert [s.id for s in scoring.open_sessions(session)] == [meeting] and ids


def test_two_people_whose_names_differ_by_an_accent_are_two(hall: Hall) -> None:
    hall.enter("clerk")
    hall.do(lambda s: people.add(s, "Chu Thị Hà", "Sở Y tế", "member"))
    hall.do(lambda s: people.add(s, "Chu Thị Hạ", "Sở Y tế", "member"))


def test_a_name_too_long_is_refused_not_cut(hall: Hall) -> None:
    hall.enter("clerk")
    hall.refused(lambda s: people.add(s, "Chu Văn An", "Sở " * 100, "member"), "dài nhất 200")

    def create(session: Any) -> None:
        plan = draft([1], 3, "2026-9")
        sessions.create(session, replace(plan, seats=(replace(plan.seats[0], agency="Sở " * 100), *plan.seats[1:])))

    hall.refused(create, "dài quá 200")


def test_a_vice_chair_is_told_from_the_chair(db: Database) -> None:
    with db.begin() as session:
        _id, _items, members = open_meeting(session, 1, 3)
        session.get_one(Member, members[1]).role = "vice"
    with db.begin() as session:
        chairs = [p for p in people.listed(session) if p.role == "chair"]
        assert len(chairs) == 2
        assert [p.name for p in chairs if p.vice] == [session.get_one(Member, members[1]).name]
