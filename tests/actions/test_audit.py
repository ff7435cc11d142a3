"""The audit chain in a real file: every change is an entry, and whatever another hand alters is told with its entry."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop_desktop.actions import audit, backups, importing, results, scoring, sessions
from ocop_desktop.data import changes, guarding, settings
from ocop_desktop.data.engine import Database
from ocop_desktop.data.file import open_database
from ocop_desktop.data.migrate import migrate
from ocop_desktop.data.tables import Change
from ocop_desktop.data.tables_keys import SecretKey
from ocop_desktop.errors import UserError
from ocop_desktop.rules.audit_chain import canonical
from tests.actions.imported import LANG_SON, take
from tests.actions.meeting import answers, hand_in, open_meeting, rules_of
from tests.old_databases import write
from tests.sheets.made import register


@pytest.fixture
def kept(db: Database) -> tuple[Path, str]:
    """A closed file with a closed dossier, and its head."""
    with db.begin() as session:
        _id, items, members = open_meeting(session, 1, 5)
        for member in members:
            hand_in(session, items[0], member, answers(rules_of(session, items[0]), 60))
        results.close_dossier(session, items[0], "Lan")
    with db.begin() as session:
        head = str(audit.head(session))
    db.close()
    return db.path, head


def spoiled(path: Path, *statements: str) -> list[str]:
    """What ``check`` says after another program wrote in the file."""
    raw = sqlite3.connect(path)
    for statement in statements:
        raw.execute(statement)
    raw.commit()
    raw.close()
    return [str(p) for p in backups.check_database(path)]


def test_a_file_nobody_touched_holds(kept: tuple[Path, str]) -> None:
    path, head = kept
    assert backups.check_database(path, head) == ()
    seq, _colon, digits = head.partition(":")
    assert backups.check_database(path, f"{seq}: {digits[:8]} {digits[8:16]}") == ()
    with pytest.raises(UserError, match="không phải dấu cuối"):
        backups.check_database(path, "12")


def test_an_answer_altered_after_the_ballot_was_finished_is_found(kept: tuple[Path, str]) -> None:
    raw = sqlite3.connect(kept[0])
    query = "SELECT ballot_id, criterion, choice FROM answer WHERE criterion = '1.1' LIMIT 1"
    ballot, code, choice = raw.execute(query).fetchone()
    query = "SELECT id FROM change WHERE entity = 'ballot' AND what = 'state' AND entity_id = ?"
    seq = raw.execute(query, (ballot,)).fetchone()[0]
    raw.close()
    found = spoiled(kept[0], f"UPDATE answer SET choice = '0' WHERE ballot_id = {ballot} AND criterion = '1.1'")
    assert found == [f"Phiếu {ballot}: tiêu chí {code} trong tệp là “0”, mục {seq} của nhật ký ghi “{choice}”."]


@pytest.mark.parametrize(("statement", "said"), [
    ("UPDATE result SET closed_at = '2026-01-01 00:00:00'", "Kết quả 1: closed_at"),
    ("UPDATE ballot SET exclusion = 'Giả mạo' WHERE id = 2", "Phiếu 2: exclusion"),
    ("UPDATE ballot SET finished_at = NULL WHERE id = 2", "Phiếu 2 không còn trong tệp"),
    ("UPDATE session SET working_rules = json_set(working_rules, '$.spread', '20')", "Phiên 1: working_rules"),
    ("UPDATE member SET role = 'chair' WHERE id = 3", "Thành viên 3: role"),
    ("UPDATE session_member SET scores = 0 WHERE member_id = 2", "Chỗ ngồi trong phiên 1 / 2: scores"),
    ("INSERT INTO recusal VALUES (1, 2, 'x')", "Ghi “không chấm” 1 / 2 không có mục nào trong nhật ký"),
    ("INSERT INTO certificate (dossier_id, stars, issued_on, expires_on, revoked_why, revoked_ground, conclusion, revoked_by, "
     "extended_why) VALUES (1, 4, '2026-12-01', '2029-12-01', '', '', '', '', '')",
     "Giấy chứng nhận 1 không có mục nào trong nhật ký"),
    ("INSERT INTO decision (number, date, authority) VALUES ('1/QĐ', '2026-12-01', '')", "Quyết định 1 không có mục nào"),
])
def test_records_altered_by_another_hand_are_named(kept: tuple[Path, str], statement: str, said: str) -> None:
    assert any(line.startswith(said) for line in spoiled(kept[0], statement))


def test_settings_with_legal_force_and_keys_are_guarded_and_what_is_no_json_stops_nothing(db: Database) -> None:
    with db.begin() as session:
        open_meeting(session, 1, 5)
        settings.put_setting(session, settings.SIGNATORIES, [{"name": "Bà Lan"}])
        settings.put_setting(session, "certificate.keys", "YWJj")
        session.add(SecretKey(name="certificates", seed=b"abc", mark="00", made_at=dt.datetime(2026, 1, 1)))
    db.close()
    assert backups.check_database(db.path) == ()
    said = spoiled(db.path, "UPDATE setting SET value = '\"eHl6\"' WHERE key = 'certificate.keys'",
                   "UPDATE setting SET value = 7 WHERE key = 'papers.signatories'", "UPDATE secret_key SET seed = x'00'",
                   "UPDATE session SET working_rules = '{hỏng'")
    assert len(said) == 4 and {s.partition(":")[0] for s in said} == {
        "Cài đặt certificate.keys", "Cài đặt papers.signatories", "Khóa ký certificates", "Phiên 1"}


def test_an_altered_entry_is_named(kept: tuple[Path, str]) -> None:
    (found,) = spoiled(kept[0], "UPDATE change SET who = 'Ai đó' WHERE id = 7")
    assert found.startswith("Mục 7 của nhật ký") and "không khớp mã của nó" in found


def test_missing_entries_are_named_in_the_middle_and_at_the_end(kept: tuple[Path, str]) -> None:
    last = int(kept[1].partition(":")[0])
    found = spoiled(kept[0], "DELETE FROM change WHERE id IN (5, 6)", f"DELETE FROM change WHERE id > {last - 3}")
    assert "Nhật ký thiếu các mục từ 5 đến 6." in found
    assert f"Cuối nhật ký thiếu các mục từ {last - 2} đến {last}." in found


def test_a_tail_cut_with_its_setting_still_shows(kept: tuple[Path, str]) -> None:
    path, head = kept
    last = int(head.partition(":")[0])
    cut = (f"DELETE FROM change WHERE id > {last - 4}",
           "UPDATE setting SET value = (SELECT json_object('seq', id, 'hash', hash) FROM change ORDER BY id DESC LIMIT 1) "
           "WHERE key = 'audit.head'")
    assert f"Cuối nhật ký thiếu các mục từ {last - 3} đến {last}." in spoiled(path, *cut)  # the table's counter tells
    found = spoiled(path, "UPDATE sqlite_sequence SET seq = (SELECT max(id) FROM change) WHERE name = 'change'")
    assert found and all("không có mục nào trong nhật ký" in line or "trong tệp là" in line for line in found)  # the records tell
    assert any("đã bị cắt đuôi" in str(p) for p in backups.check_database(path, head))  # what was printed tells


def test_a_history_written_anew_is_told_by_the_printed_head(kept: tuple[Path, str]) -> None:
    path, head = kept
    db = open_database(path)
    with db.begin() as session:
        lines = [(c.who, c.entity, c.entity_id, c.what, c.before, c.after, c.at)
                 for c in session.query(Change).order_by(Change.id)]
        for table in ("change", "sqlite_sequence"):
            session.connection().exec_driver_sql(f"DELETE FROM {table}")
        session.connection().exec_driver_sql("DELETE FROM setting WHERE key = 'audit.head'")
        for who, entity, id, what, before, after, at in lines:
            changes.append(session, "Kẻ khác" if who else "", [changes.NewLine(entity, id, what, before, after)], at)
    db.close()
    assert backups.check_database(path) == ()
    (found,) = backups.check_database(path, head)
    assert "đã bị viết lại" in str(found)


def test_the_gap_of_a_cut_tail_stays_when_the_program_goes_on(kept: tuple[Path, str]) -> None:
    path, head = kept
    last = int(head.partition(":")[0])
    spoiled(path, f"DELETE FROM change WHERE id > {last - 2}")
    db = open_database(path)
    with db.begin() as session:
        sessions.close_session(session, 1, "Lan")
    db.close()
    assert f"Nhật ký thiếu các mục từ {last - 1} đến {last}." in [str(p) for p in backups.check_database(path)]


def test_answers_of_an_open_ballot_are_no_entries_and_finishing_is_one(db: Database) -> None:
    with db.begin() as session:
        _id, items, members = open_meeting(session, 1)
    with db.begin() as session:
        before = audit.head(session).seq
    for number, choice in enumerate("121"):
        with db.begin() as session:
            scoring.choose(session, items[0], members[0], f"1.{number + 1}", choice)
    with db.begin() as session:
        assert audit.head(session).seq == before
        hand_in(session, items[0], members[0], answers(rules_of(session, items[0]), 60))
    with db.begin() as session:
        state = session.query(Change).filter_by(entity="ballot", what="state").one()
        assert len(state.after["choices"]) == len(rules_of(session, items[0]).criteria) and state.before is None
        assert state.who == "Hoàng Văn Minh"


def test_what_fails_leaves_no_entry(db: Database) -> None:
    with db.begin() as session:
        _id, items, members = open_meeting(session, 1)
    with db.begin() as session:
        before = audit.head(session)
    with pytest.raises(RuntimeError), db.begin() as session:
        sessions.recuse(session, items[0], members[0], "Người thân")
        raise RuntimeError
    with db.begin() as session:
        assert audit.head(session) == before
        sessions.recuse(session, items[0], members[1], "Người thân", "Lan")
    with db.begin() as session:
        lines = session.query(Change).filter(Change.id > before.seq).order_by(Change.id).all()
        assert [(c.entity, c.what, c.who) for c in lines] == [("agenda_item", "recused", "Lan"), ("recusal", "state", "Lan")]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_old_files_are_chained_when_they_are_brought_up(number: int, tmp_path: Path) -> None:
    path = tmp_path / "old.ocop"
    write.read(number, path)
    db = open_database(path, create=False)
    migrate(db)
    with db.begin() as session:
        lines = session.query(Change).order_by(Change.id).all()
        assert [c.what for c in lines][:1] == ["saved"] and {c.what for c in lines[1:]} == {"state"}
        assert audit.check(session) == ()
    db.close()
    found = spoiled(path, "UPDATE certificate SET stars = 4")
    assert any("Giấy chứng nhận 1: stars trong tệp là “4”" in line for line in found)


def test_rows_of_a_large_register_share_entries_and_each_is_still_guarded(db: Database, tmp_path: Path) -> None:
    take(db, register(tmp_path / "so.xlsx", 2 * guarding.MANY, 1).path, LANG_SON)
    with db.begin() as session:
        lines = session.query(Change).filter_by(entity="certificate").all()
        assert {c.what for c in lines} == {"states"}
        count = sum(len(c.after) for c in lines)
        assert count >= guarding.MANY > len(lines)
        assert audit.check(session) == ()
    db.close()
    found = spoiled(db.path, "UPDATE certificate SET stars = 5 - stars / 5 WHERE id = 150")
    assert len(found) == 1 and "Giấy chứng nhận 150: stars trong tệp là" in found[0]
    assert any("151" in line for line in spoiled(db.path, "DELETE FROM certificate WHERE id = 151"))


def test_a_large_register_taken_back_leaves_a_whole_chain(db: Database, tmp_path: Path) -> None:
    _seen, batch = take(db, register(tmp_path / "so.xlsx", 2 * guarding.MANY, 1).path, LANG_SON)
    with db.begin() as session:
        importing.undo(session, batch.id)
    with db.begin() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM certificate").scalar() == 0
        assert audit.check(session) == ()


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), st.integers(-2**62, 2**62) | st.none())
def test_what_the_file_calls_json_is_canonical(text: str, number: int | None) -> None:
    raw = sqlite3.connect(":memory:")
    raw.execute("CREATE TABLE paper (number, title)")
    raw.execute("INSERT INTO paper VALUES (?, ?)", (number, text))
    state = guarding.Guard("paper", ("number",), ("title",)).state("paper")
    (rows,) = raw.execute(f"SELECT json_group_array({state}) FROM paper").fetchone()
    assert rows == canonical([{"number": number, "title": text}])


def test_a_migration_takes_no_table_in_twice(db: Database, tmp_path: Path) -> None:
    take(db, register(tmp_path / "so.xlsx", 2 * guarding.MANY, 1).path, LANG_SON)
    with db.begin() as session:
        head = str(audit.head(session))
    db.close()
    assert spoiled(db.path, "UPDATE certificate SET stars = 5 - stars / 5 WHERE id = 150",
                   "INSERT INTO council (id, name, decision_number) VALUES (9, 'Lạ', '')")
    raw = sqlite3.connect(db.path)
    raw.execute("PRAGMA user_version = 3")
    raw.close()
    again = open_database(db.path, create=False)
    migrate(again)
    again.close()
    found = [str(p) for p in backups.check_database(db.path, head)]
    assert any("Giấy chứng nhận 150" in line for line in found)
    assert any("không có mục nào trong nhật ký" in line for line in found)


@pytest.mark.parametrize("value", ["NULL", "'5'", "'{'", "'[1]'", "'NaN'", "x'ff'"])
def test_an_entry_that_is_no_json_any_more_is_an_altered_one(kept: tuple[Path, str], value: str) -> None:
    newest = "SELECT max(id) FROM change WHERE what = 'state'"
    found = spoiled(kept[0], f'UPDATE change SET "after" = {value} WHERE id = ({newest})')
    assert any("không khớp mã của nó" in line for line in found)


def test_nothing_of_a_ballot_whose_dossier_is_open_is_told(db: Database) -> None:
    with db.begin() as session:
        _id, items, members = open_meeting(session, 1)
        hand_in(session, items[0], members[0], answers(rules_of(session, items[0]), 60), "Có chất cấm")
    db.close()
    found = spoiled(db.path, "UPDATE ballot SET exclusion = 'Khác', opinion = 'Nói nhỏ'")
    assert len(found) == 2 and not any(word in line for line in found for word in ("chất cấm", "Khác", "Nói nhỏ"))
