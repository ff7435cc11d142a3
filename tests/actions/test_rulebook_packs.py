"""Packs in and out of a file, versions beside the program's, and dossiers that keep the one they were filed under."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from ocop_desktop.actions import backups, dossier_fields, results, rulebook_packs, rulebooks, snapshots
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.data.engine import Database
from ocop_desktop.data.tables import AgendaItem, Result
from ocop_desktop.errors import ProblemsFound, UserError
from ocop_desktop.rules.rulebook import as_plain, from_plain
from ocop_desktop.sheets.rulebook_pack_writing import write_pack
from tests.actions import imported, meeting
from tests.sheets.loose_packs import write_one_sheet
from tests.sheets.made import book_of

LAW, SECOND = "26/2026/QĐ-TTg", "26/2026/QĐ-TTg#2"
NOW = dt.datetime(2026, 9, 1, 8, 30)


@pytest.fixture(autouse=True)
def nothing_known_afterwards() -> object:
    yield
    rulebooks._of_file = ()


def corrected(tmp_path: Path, book: str = LAW, **changes: object) -> Path:
    """A pack of ``book``, changed: in set 11 ``first`` and ``third`` option of 1.1, ``code`` of 1.2; else of the decision."""
    plain = as_plain(rulebooks.rulebook(book))
    one, two = plain["sets"][10]["criterion"][:2]
    one["options"][0] |= changes.pop("first", {})
    one["options"][2] |= changes.pop("third", {})
    two["code"] = changes.pop("code", two["code"])
    plain |= changes
    write_pack(from_plain(plain, plain["id"]), tmp_path / "bo.xlsx")
    return tmp_path / "bo.xlsx"


def bring_in(db: Database, path: Path, accepted: str = "") -> rulebook_packs.Preview:
    with db.begin() as session:
        seen = rulebook_packs.look(session, path)
    with db.begin() as session:
        rulebook_packs.keep(session, seen, "Đính chính", accepted, "Lan", NOW)
    return seen


def test_what_was_exported_comes_in_unchanged(db: Database, tmp_path: Path) -> None:
    seen = bring_in(db, corrected(tmp_path))
    assert (seen.unchanged, seen.version, seen.id, seen.differences, seen.problems) == (True, 1, LAW, (), ())
    with db.begin() as session:
        assert rulebooks.stored(session) == ()


def test_a_correction_is_a_further_version_and_the_first_stays(db: Database, tmp_path: Path) -> None:
    before = rulebooks.rulebook(LAW).fingerprint
    seen = bring_in(db, corrected(tmp_path, first={"vi": "Dưới một nửa nguyên liệu trong tỉnh"}))
    assert seen.id == SECOND
    assert [(d.set, d.criterion, d.option, d.what) for d in seen.differences] == [(11, "1.1", "1", "wording")]
    assert rulebooks.rulebook(SECOND).set(11).by_code["1.1"].by_choice["1"].label.vi == "Dưới một nửa nguyên liệu trong tỉnh"
    assert rulebooks.rulebook(LAW).fingerprint == before
    assert [b.id for b in rulebooks.versions(LAW)] == [LAW, SECOND]
    assert rulebooks.current(dt.date(2026, 9, 2)).id == SECOND
    assert rulebooks.falls_under(dt.date(2026, 9, 1), "first", dt.date(2026, 9, 2)).rulebook == SECOND
    assert rulebook_packs.between(LAW, SECOND) == seen.differences
    with db.begin() as session:
        line = rulebook_packs.listing(session)[-1]
    assert (line.id, line.source, line.reason, line.made_by, line.made_at, line.differences) == (
        SECOND, "file", "Đính chính", "Lan", NOW, 1)
    assert line.fingerprint == rulebooks.rulebook(SECOND).fingerprint
    assert backups.newest(db.path) is not None


def test_versions_belong_to_their_file(db: Database, tmp_path: Path) -> None:
    bring_in(db, corrected(tmp_path, first={"vi": "Khác"}))
    db.close()
    open_or_create(tmp_path / "other.ocop").close()
    with pytest.raises(UserError, match="không có bộ tiêu chí"):
        rulebooks.rulebook(SECOND)
    assert rulebooks.current(dt.date(2026, 9, 2)).id == LAW
    assert backups.check_database(db.path) == ()
    again = open_or_create(db.path)
    assert rulebooks.rulebook(SECOND).set(11).number == 11
    again.close()


def test_faults_keep_it_out_until_each_is_accepted(db: Database, tmp_path: Path) -> None:
    path = corrected(tmp_path, third={"points": 4}, code="1.1")
    with pytest.raises(ProblemsFound) as refused:
        bring_in(db, path)
    assert sorted(p.kind for p in refused.value.problems) == ["code_twice", "max"]
    with db.begin() as session:
        assert rulebooks.stored(session) == ()
    bring_in(db, path, "Đúng như bản đã ký")
    with db.begin() as session:
        line = rulebook_packs.listing(session)[-1]
    assert (line.accepted, line.accepted_why) == (2, "Đúng như bản đã ký")
    rules = rulebooks.rulebook(SECOND).set(11)
    assert [c.code for c in rules.criteria][:3] == ["1.1", "1.1-2", "1.3"]
    assert len(rules.by_code) == len(rules.criteria)


def test_a_third_version_follows_the_second(db: Database, tmp_path: Path) -> None:
    bring_in(db, corrected(tmp_path, first={"vi": "Hai"}))
    seen = bring_in(db, corrected(tmp_path, SECOND, first={"vi": "Ba"}))
    assert (seen.id, seen.differences[0].before, seen.differences[0].after) == ("26/2026/QĐ-TTg#3", "Hai", "Ba")
    assert bring_in(db, corrected(tmp_path, "26/2026/QĐ-TTg#3")).unchanged


def test_two_previews_of_one_version_do_not_both_come_in(db: Database, tmp_path: Path) -> None:
    with db.begin() as session:
        seen = rulebook_packs.look(session, corrected(tmp_path, first={"vi": "Hai"}))
    for refused in (False, True):
        with db.begin() as session:
            if refused:
                with pytest.raises(UserError, match="Đã có bản 2"):
                    rulebook_packs.keep(session, seen, now=NOW)
            else:
                rulebook_packs.keep(session, seen, now=NOW)


def test_the_next_decision_needs_no_program(db: Database, tmp_path: Path) -> None:
    path = corrected(tmp_path, id="30/2028/QĐ-TTg", signed="2028-05-01", in_force="2028-07-01")
    seen = bring_in(db, path)
    assert (seen.before, seen.id, seen.differences, seen.problems) == (None, "30/2028/QĐ-TTg", (), ())
    assert rulebooks.current(dt.date(2028, 6, 30)).id == LAW
    assert rulebooks.current(dt.date(2028, 7, 1)).id == "30/2028/QĐ-TTg"
    plain = as_plain(rulebooks.rulebook("30/2028/QĐ-TTg"))
    assert plain["sets"] == as_plain(rulebooks.rulebook(LAW))["sets"]


def test_a_loose_table_corrects_the_decision_in_force(db: Database, tmp_path: Path) -> None:
    path = write_one_sheet(rulebooks.rulebook(LAW), tmp_path / "bang.xlsx", [5])
    assert bring_in(db, path).unchanged
    page = (book := openpyxl.load_workbook(path)).active
    page["E4"] = "Lời khác (3 sao)"
    book.save(path)
    with db.begin() as session:
        summary = rulebook_packs.summary(rulebook_packs.look(session, path), stored=False)
    assert {d["what"] for d in summary["differences"]} <= {"wording", "wording_en", "star"}
    assert (summary["rulebook"], summary["version"], summary["sets"]) == (LAW, 2, 1)


def test_history_is_not_exported_and_current_passes_it_over(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="lịch sử"):
        rulebook_packs.export(tmp_path / "x.xlsx", "148/2023/QĐ-TTg")
    assert rulebooks.current(dt.date(2024, 1, 1)).id == LAW
    assert [b.id for b in rulebooks.all_rulebooks()] == ["1048/2019/QĐ-TTg", "148/2023/QĐ-TTg", LAW]
    with pytest.raises(UserError, match="Không ghi được"):
        rulebook_packs.export(tmp_path / "no" / "x.xlsx")


def test_a_session_after_a_correction_counts_dossiers_by_the_version_they_were_filed_under(db: Database, tmp_path: Path) -> None:
    rules = rulebooks.criteria(LAW, 11)
    choices = meeting.answers(rules, 74)
    bring_in(db, corrected(tmp_path, first={"points": 0}))  # the first version's figures must not change with it
    with db.begin() as session:
        _id, items, members = meeting.open_meeting(session, 1, 5)
        for member in members:
            meeting.put_in(session, items[0], member, choices)
        item = session.get_one(AgendaItem, items[0])
        assert (item.session.rulebook, item.dossier.rulebook) == (SECOND, LAW)
        results.close_dossier(session, items[0], "Lan")
        stored = session.query(Result).one()
        assert (stored.rulebook, stored.rulebook_fingerprint) == (LAW, rulebooks.rulebook(LAW).fingerprint)
        assert (stored.mean_numerator, stored.mean_denominator) == (74, 1)
        assert list(snapshots.faults(stored)) == []


def test_the_day_of_filing_says_which_decision_a_dossier_falls_under(db: Database, tmp_path: Path) -> None:
    with db.begin() as session:
        (number,) = meeting.dossiers(session, 1, "draft")
    bring_in(db, corrected(tmp_path, id="99/2026/QĐ-TTg", decision="99/2026/QĐ-TTg", in_force="2026-09-01"))
    for month, law in ((10, "99/2026/QĐ-TTg"), (8, LAW), (9, "99/2026/QĐ-TTg")):
        with db.begin() as session:
            form = dossier_fields.change(session, number, "registration.filed_on", dt.date(2026, month, 1), "Lan")
            assert (form.rulebook, form.registration.ruling.rulebook) == (law, law)
    with db.begin() as session:
        assert dossier_fields.undo_last(session, number, "Lan").rulebook == LAW


def test_an_imported_dossier_falls_under_the_decision_of_its_day(db: Database, tmp_path: Path) -> None:
    bring_in(db, corrected(tmp_path, id="99/2026/QĐ-TTg", decision="99/2026/QĐ-TTg", in_force="2026-09-01"))
    head = ["Tên sản phẩm", "Chủ thể", "Xã/phường", "Ngày nộp hồ sơ"]
    rows = [[f"Chè {n}", "HTX A", "Mẫu Sơn", day] for n, day in enumerate((dt.date(2026, 8, 1), dt.date(2026, 10, 1)))]
    imported.take(db, book_of(tmp_path / "a.xlsx", ("S", [head, *rows])), imported.LANG_SON)
    assert [r.rulebook for r in imported.stored(db)] == [LAW, "99/2026/QĐ-TTg"]
