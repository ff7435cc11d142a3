"""A corrected mapping is remembered for files of the same shape, and for no others."""

from __future__ import annotations

import pytest

from ocop_desktop.actions import importing
from tests.actions.imported import LANG_SON, kinds, look, stored, take
from tests.sheets.made import book_of

HEAD = ["TT", "Tên sản phẩm", "Chủ thể", "Cột lạ", "Xã/phường"]
OURS = {**LANG_SON, "columns": {"Cột lạ": "representative"}}


def sheet_of(tmp_path, name, head=None, above=()):
    return book_of(tmp_path / name, ("S", [*above, head or HEAD, [1, f"Chè {name}", f"HTX {name}", "Lý Thị Hoa", "Mẫu Sơn"]]))


def test_a_corrected_column_is_known_in_the_next_file_of_the_shape(db, tmp_path):
    take(db, sheet_of(tmp_path, "a.xlsx"), OURS)
    seen, _batch = take(db, sheet_of(tmp_path, "b.xlsx"), LANG_SON)
    assert kinds(seen) == {"recalled"} and "a.xlsx" in str(seen.problems[0])
    assert [r.representative for r in stored(db)] == ["Lý Thị Hoa"] * 2
    seen, _batch = take(db, sheet_of(tmp_path, "c.xlsx"), LANG_SON)  # and in the one after, which was told nothing itself
    assert kinds(seen) == {"recalled"} and seen.columns[3].field == "representative"


def test_another_shape_knows_nothing(db, tmp_path):
    take(db, sheet_of(tmp_path, "a.xlsx"), OURS)
    seen = look(db, sheet_of(tmp_path, "b.xlsx", [*HEAD[:3], "Cột khác", HEAD[4]]), LANG_SON)
    assert not kinds(seen) and seen.columns[3].field == ""


def test_what_was_taken_back_or_set_right_is_not_remembered(db, tmp_path):
    _seen, batch = take(db, sheet_of(tmp_path, "a.xlsx"), OURS)
    with db.begin() as session:
        importing.undo(session, batch.id)
    assert not kinds(look(db, sheet_of(tmp_path, "b.xlsx"), LANG_SON))
    take(db, sheet_of(tmp_path, "c.xlsx"), OURS)
    take(db, sheet_of(tmp_path, "d.xlsx"), {**LANG_SON, "columns": {"Cột lạ": ""}})
    assert look(db, sheet_of(tmp_path, "e.xlsx"), LANG_SON).columns[3].field == ""


def test_a_header_row_pointed_at_is_remembered(db, tmp_path):
    above = (["Tên sản phẩm", "Chủ thể", "Năm", "", ""], ["Chè", "HTX", "2024", "", ""])
    assert look(db, sheet_of(tmp_path, "a.xlsx", above=above), LANG_SON).header_rows == (3,)
    take(db, sheet_of(tmp_path, "a.xlsx", above=above), {**LANG_SON, "header_row": 1})
    seen = look(db, sheet_of(tmp_path, "b.xlsx", above=above), LANG_SON)
    assert seen.header_rows == (1,) and "recalled" in kinds(seen)
    lower = sheet_of(tmp_path, "c.xlsx", above=([], *above))
    assert look(db, lower, LANG_SON).header_rows == (5,)  # other words stand in its first row


@pytest.mark.parametrize("said", [{"columns": {"Cột lạ": "phone"}}, {"ignore": ["D"]}, {"layout": "applications"}])
def test_who_says_something_is_not_overruled(db, tmp_path, said):
    take(db, sheet_of(tmp_path, "a.xlsx"), OURS)
    seen = look(db, sheet_of(tmp_path, "b.xlsx"), {**LANG_SON, **said})
    assert "recalled" not in kinds(seen) and seen.columns[3].field != "representative"
