"""Kinds of contents beside product lists, and rows that may be something known: told apart, asked about, taken back."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from ocop_desktop.actions import dossier_form, exporting, importing, importing_answers
from ocop_desktop.errors import UserError
from ocop_desktop.sheets import layouts
from ocop_desktop.text import say
from tests.actions.imported import LANG_SON, dump, kinds, look, take
from tests.sheets.made import book_of

HEAD = ["Tên sản phẩm", "Chủ thể", "Xã/phường", "Điện thoại", "Lần đăng ký"]
KNOWN = ["Chè Shan tuyết", "Hợp tác xã Mẫu Sơn", "Mẫu Sơn", "0912345678", "Lần đầu"]


def listed(path: Path, *rows: list) -> Path:
    return book_of(path, ("S", [HEAD, *rows]))


def rows_of(db, query: str) -> list[tuple]:
    with db.begin() as session:
        return [tuple(row) for row in session.execute(text(query))]


@pytest.fixture
def known(db, tmp_path):
    take(db, listed(tmp_path / "goc.xlsx", KNOWN), LANG_SON)
    return db


def test_names_written_another_way_are_the_same(known, tmp_path):
    seen, _batch = take(known, listed(tmp_path / "a.xlsx", ["Chè Shan tuyết", "HTX Mẫu Sơn", "Mẫu Sơn", None, None]), LANG_SON)
    assert [r.state for r in seen.rows] == ["unchanged"]
    assert rows_of(known, "SELECT count(*) FROM producer") == [(1,)]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (["Mật ong", "HTX Nông nghiệp Mẫu Sơn", "Mẫu Sơn", None, None], "like_producer"),
        (["Mật ong", "Hợp tác xã Mẩu Sơn", "Mẫu Sơn", None, None], "like_producer"),
        (["Mật ong", "Hợp tác xã Mẫu Sơn", "Tân Văn", "0912345678", None], "like_producer"),
        (["Chè Shan tuyết cổ thụ", "Hợp tác xã Mẫu Sơn", "Mẫu Sơn", None, None], "like_product"),
    ],
)
def test_what_may_be_known_waits_for_a_choice(known, tmp_path, row, kind):
    path, before = listed(tmp_path / "a.xlsx", row), dump(known)
    seen = look(known, path, LANG_SON)
    (problem,) = [p for p in seen.problems if p.kind == kind]
    assert [r.state for r in seen.rows] == ["waiting"]
    assert problem.place.row == 2
    assert seen.counts["rejected"] == seen.counts["waiting"] == 1
    with known.begin() as session:
        importing.accept(session, seen)
    assert dump(known) == before
    part = kind.removeprefix("like_")
    with known.begin() as session:
        same = importing.again(session, seen, choices={(2, part): problem.values["candidates"][0].key})
        new = importing.again(session, seen, choices={(2, part): importing.NEW})
    assert "waiting" not in (same.rows[0].state, new.rows[0].state)
    assert new.rows[0].state == "new"
    with known.begin() as session:
        importing.accept(session, new)
    assert len(rows_of(known, "SELECT id FROM product")) == 2
    assert look(known, path, LANG_SON).rows[0].state == "unchanged"


@pytest.mark.parametrize(
    "row",
    [
        ["Chè số 2", "Hợp tác xã Mẫu Sơn 2", "Mẫu Sơn", None, None],
        ["Mật ong", "Hợp tác xã Tân Thành", "Mẫu Sơn", None, None],
        ["Mật ong", "Hợp tác xã Mẫu Sơn", "Tân Văn", "0987654321", None],
    ],
)
def test_what_is_plainly_another_is_not_asked_about(known, tmp_path, row):
    assert [r.state for r in look(known, listed(tmp_path / "a.xlsx", row), LANG_SON).rows] == ["new"]


def test_one_choice_serves_every_row_of_the_same_producer(known, tmp_path):
    other = "HTX Nông nghiệp Mẫu Sơn"
    path = listed(tmp_path / "a.xlsx", *([f"Mật ong {n}", other, "Mẫu Sơn", None, None] for n in range(3)))
    seen = look(known, path, LANG_SON)
    assert seen.counts["waiting"] == 3
    with known.begin() as session:
        again = importing.again(session, seen, choices={(2, "producer"): "same"})
        assert again.counts["created"] == 3
        importing.accept(session, again)
    assert rows_of(known, "SELECT count(*) FROM producer") == [(1,)]
    assert look(known, path, LANG_SON).counts["unchanged"] == 3


def test_two_stars_for_one_recognition_are_told_at_the_cell(db, tmp_path):
    head = ["Tên sản phẩm", "Chủ thể", "Xã/phường", "Hạng sao", "Ngày công nhận"]
    rows = [["Chè", "HTX A", "Mẫu Sơn", 3, "05/06/2024"], ["Chè", "HTX A", "Mẫu Sơn", 4, "05/06/2024"]]
    seen = look(db, book_of(tmp_path / "a.xlsx", ("S", [head, *rows])), LANG_SON)
    (problem,) = [p for p in seen.problems if p.kind == "two_stars"]
    assert (problem.place.row, problem.place.column) == (3, "D")


# -- producers, activities, money, scores -------------------------------------------------------------------------------


def test_producers_alone_come_in_and_are_updated_field_by_field(db, tmp_path):
    head = ["STT", "Tên chủ thể", "Loại hình", "Mã số thuế", "Xã/phường", "Điện thoại"]
    first = [1, "HTX Thử", "HTX", "4900123456", "Mẫu Sơn", "0912345678"]
    seen, batch = take(db, book_of(tmp_path / "a.xlsx", ("S", [head, first])), LANG_SON)
    assert (seen.layout, seen.counts["created"]) == ("producers", 1)
    assert rows_of(db, "SELECT name, kind, tax_code FROM producer") == [("HTX Thử", "cooperative", "4900123456")]
    changed = [1, "Hợp tác xã Thử", "HTX", "4900123456", "Mẫu Sơn", "0987654321"]
    again = look(db, book_of(tmp_path / "b.xlsx", ("S", [head, changed])), LANG_SON)
    assert [(c.field, c.before, c.after) for c in again.rows[0].changes] == [("phone", "0912345678", "0987654321")]
    with db.begin() as session:
        importing.undo(session, batch.id)
    assert rows_of(db, "SELECT count(*) FROM producer") == [(0,)]


ACTIVITIES = [
    ["STT", "Nội dung", "Thời gian", "Địa điểm", "Số người tham gia", "Trong đó nữ", "DTTS", "Tài liệu", "Kinh phí (triệu đồng)"],
    [1, "Hội nghị phổ biến quyết định", "12/05/2022", "Lạng Sơn", "1.200", 700, 900, 1200, 17.5],
    [2, "Tập huấn câu chuyện sản phẩm", "tháng 6/2022", "Mẫu Sơn", 40, 44, 30, 40, "12,5"],
    [3, "Gặp mặt", "2022", "Mẫu Sơn", 10, None, None, None, None],
    [4, "Hội chợ", "quý III/2022", "Hà Nội", 10, None, None, None, "1.250"],
    [5, "Hội nghị tổng kết", "12/05/1955", "Hà Nội", 10, None, None, None, None],
]


def test_activities_are_told_by_their_columns_and_nothing_is_guessed(db, tmp_path):
    path = book_of(tmp_path / "a.xlsx", ("S", ACTIVITIES))
    seen, batch = take(db, path)
    assert (seen.layout, seen.counts["created"], seen.counts["rejected"]) == ("activities", 2, 3)
    assert {"part_above_whole", "bad_activity", "bad_money", "far_year"} <= kinds(seen)
    assert "“1.250” đọc được hai cách" in " ".join(say(p) for row in seen.rows for p in row.problems)
    assert rows_of(db, "SELECT kind, begins_on, ends_on, people, women, documents, cost_vnd FROM activity ORDER BY id") == [
        ("conference", "2022-05-12", "2022-05-12", 1200, 700, 1200, 17_500_000),
        ("training", "2022-06-01", "2022-06-30", 40, 44, 40, 12_500_000),
    ]
    with db.begin() as session:
        fixed = importing.preview(session, path, fixes={(4, "activity_kind"): "Khác", (5, "cost"): "1,25 triệu"})
    assert (fixed.counts["created"], fixed.counts["unchanged"], fixed.counts["rejected"]) == (2, 2, 1)
    with db.begin() as session:
        importing.undo(session, batch.id)
    assert rows_of(db, "SELECT count(*) FROM activity") == [(0,)]
    take(db, path)  # the histories of the two taken back are not those of the new ones
    assert rows_of(db, "SELECT id FROM activity ORDER BY id") == [(3,), (4,)]


def test_money_needs_a_unit_and_one_source(db, tmp_path):
    rows = [["Năm", "Nguồn vốn", "Số tiền"], [2024, "Trung ương", "17,5 tỷ"], [2024, "NS tỉnh", 3_200_000_000],
            [2025, "Chủ thể", 500], [2025, "Trung ương và tỉnh", "1 tỷ"], ["20226", "Ngân sách xã", "200 triệu"]]  # fmt: skip
    path = book_of(tmp_path / "a.xlsx", ("S", rows))
    seen, _batch = take(db, path)
    assert (seen.layout, seen.counts["created"], kinds(seen)) == ("funding", 2, {"no_unit", "bad_source", "far_year"})
    assert rows_of(db, "SELECT source, amount_vnd, year FROM funding ORDER BY id") == [
        ("central", 17_500_000_000, 2024), ("provincial", 3_200_000_000, 2024)]  # fmt: skip
    assert look(db, path).counts["unchanged"] == 2


SCORES = [
    ["STT", "Tên sản phẩm", "Chủ thể", "Xã", "Sở NN&MT", "Sở Công Thương", "Sở Y tế", "Điểm trung bình", "Kết quả"],
    [1, "Mật ong", "HTX Thử", "Tân Văn", 70, 69.9, 69.8, 70, "4 sao"],
]


def test_a_score_sheet_keeps_every_total_and_doubts_the_printed_mean(db, tmp_path):
    seen, batch = take(db, book_of(tmp_path / "a.xlsx", ("Đợt 1 - 2022", SCORES)), LANG_SON)
    assert seen.layout == "scores"
    assert {"mean_differs", "stars_differ"} <= kinds(seen)
    ((totals, numerator, denominator, stars, session_name),) = rows_of(
        db, "SELECT totals, mean_numerator, mean_denominator, stars, session FROM history_score")
    assert json.loads(totals) == [["Sở NN&MT", "70"], ["Sở Công Thương", "69.9"], ["Sở Y tế", "69.8"]]
    assert (numerator, denominator, stars, session_name) == (699, 10, 4, "Đợt 1 - 2022")
    assert rows_of(db, "SELECT count(*) FROM ballot") == [(0,)]
    with db.begin() as session:
        (score,) = dossier_form.open_dossier(session, 1).earlier_scores
        assert (score.mean, score.totals[1]) == (Fraction(699, 10), ("Sở Công Thương", "69.9"))
        importing.undo(session, batch.id)
    assert rows_of(db, "SELECT count(*) FROM history_score") == [(0,)]


def test_one_sheet_per_member_is_joined(db, tmp_path):
    head = ["STT", "Tên sản phẩm", "Chủ thể", "Tổng điểm"]
    sheets = [(name, [head, [1, "Mật ong", "HTX Thử", a], [2, "Chè", "HTX Thử", b]])
              for name, a, b in (("Nguyễn A", 70, 55), ("Trần B", 71.5, 54.5))]  # fmt: skip
    path = book_of(tmp_path / "a.xlsx", *sheets)
    seen, _batch = take(db, path, LANG_SON)
    assert seen.layout == "scores"
    assert [json.loads(t) for (t,) in rows_of(db, "SELECT totals FROM history_score ORDER BY id")] == [
        [["Nguyễn A", "70"], ["Trần B", "71.5"]], [["Nguyễn A", "55"], ["Trần B", "54.5"]]]  # fmt: skip
    assert look(db, path, LANG_SON).counts["unchanged"] == 2


def test_a_record_knows_where_it_comes_from(known, tmp_path):
    ((number,),) = rows_of(known, "SELECT id FROM dossier")
    with known.begin() as session:
        sources = dossier_form.open_dossier(session, number).sources
    assert {(s.entity, s.did, s.file_name, s.sheet, s.row) for s in sources} == {
        (entity, "created", "goc.xlsx", "S", 2) for entity in ("dossier", "product", "producer")}  # fmt: skip
    assert all(len(s.sha256) == 64 for s in sources)


# -- templates, answers, command line -----------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", layouts.LAYOUTS, ids=lambda layout: layout.name)
def test_a_template_is_empty_and_its_example_is_of_its_kind(db, tmp_path, layout):
    path = exporting.template(layout.name, tmp_path / "mau.xlsx")
    assert look(db, path, LANG_SON).rows == ()
    seen = look(db, path, {**LANG_SON, "sheet": "Ví dụ"})
    assert seen.layout == layout.name
    assert seen.counts["created"] == len(layout.template.examples)
    book = load_workbook(path)
    chosen = [c for c in layout.template.columns if c.choices]
    assert len([v for v in book["Nhập"].data_validations.dataValidation if v.type == "list"]) == len(chosen)
    assert book["Danh mục"].sheet_state == "hidden"


def test_answers_come_from_a_file(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"2": {"choice": "new"}, "3": {"skip": True}, "4": {"commune": "Mẫu Sơn"}}), encoding="utf-8")
    answers = importing_answers.read(path)
    assert (answers.choices, answers.skip, answers.fixes) == (
        {(2, "producer"): "new", (2, "product"): "new"}, {3}, {(4, "commune"): "Mẫu Sơn"})  # fmt: skip
    for wrong in ({"x": {}}, {"2": {"colour": "red"}}, {"2": {"choice": "maybe"}}, []):
        path.write_text(json.dumps(wrong), encoding="utf-8")
        with pytest.raises(UserError, match="không hiểu"):
            importing_answers.read(path)


def test_doubtful_rows_are_answered_headless(known, tmp_path):
    path = listed(tmp_path / "a.xlsx", ["Mật ong", "HTX Nông nghiệp Mẫu Sơn", "Mẫu Sơn", None, None])
    known.close()

    def run(*more: str) -> tuple[int, dict]:
        command = [sys.executable, "-m", "ocop_desktop", "import", str(path), "--db", str(known.path), "--json", *more]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
        return done.returncode, json.loads(done.stdout)

    code, said = run("--dry-run")
    assert (code, said["waiting"], said["rejected"]) == (1, 1, 1)
    assert [p["candidates"][0]["key"] for p in said["problems"] if "candidates" in p] == ["p1"]
    code, said = run("--doubtful", "same")
    assert (code, said["created"], said["waiting"]) == (0, 1, 0)
