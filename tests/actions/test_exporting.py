"""What is written in a layout and read again changes nothing; text that looks like a formula stays text."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from ocop_desktop.actions import exporting, importing
from ocop_desktop.data.engine import Database
from ocop_desktop.data.tables import Producer
from ocop_desktop.errors import UserError
from tests.actions.imported import LANG_SON, dump, take
from tests.sheets.made import book_of, register


def round_trip(db: Database, layout: str, path: Path, mapping: dict | None = None) -> importing.Preview:
    """Write a layout, read it again, and see that accepting it changes no record."""
    before = dump(db)
    with db.begin() as session:
        exporting.export(session, layout, path)
    with db.begin() as session:
        seen = importing.preview(session, path, mapping)
        assert seen.layout == layout
        if seen.rows:
            importing.accept(session, seen)
    assert dump(db) == before
    return seen


@pytest.fixture(scope="module")
def example(tmp_path_factory, example_of) -> Path:
    path = tmp_path_factory.mktemp("mau") / "mau.ocop"
    return example_of(path)


@pytest.mark.parametrize("layout", ["register", "national", "applications", "producers"])
def test_the_example_goes_out_and_comes_back_unchanged(example, tmp_path, layout):
    from ocop_desktop.actions.opening import open_or_create

    db = open_or_create(example)
    seen = round_trip(db, layout, tmp_path / "a.xlsx")
    db.close()
    assert seen.counts["unchanged"] == len(seen.rows) > 40


@pytest.mark.parametrize("layout", ["register", "national", "producers"])
def test_an_imported_register_goes_out_and_comes_back_unchanged(db, tmp_path, layout):
    take(db, register(tmp_path / "a.xlsx", 30, 5, True).path, LANG_SON)
    seen = round_trip(db, layout, tmp_path / "b.xlsx", LANG_SON)
    assert seen.counts["unchanged"] == len(seen.rows) > 5


def test_activities_and_money_go_out_and_come_back_unchanged(db, tmp_path):
    from tests.actions.test_importing_kinds import ACTIVITIES

    take(db, book_of(tmp_path / "a.xlsx", ("S", ACTIVITIES)))
    take(db, book_of(tmp_path / "b.xlsx", ("S", [["Năm", "Nguồn vốn", "Số tiền"], [2024, "Trung ương", "17,5 tỷ"]])))
    for layout, count in (("activities", 2), ("funding", 1)):
        seen = round_trip(db, layout, tmp_path / f"{layout}.xlsx")
        assert seen.counts["unchanged"] == len(seen.rows) == count


LIVE = ("=1+1", "+84 912", "-2+3", "@SUM(A1)", "=HYPERLINK(\"http://x\")")


def test_text_like_a_formula_survives_and_is_never_live(db, tmp_path):
    head = ["Tên sản phẩm", "Chủ thể", "Xã/phường", "Hạng sao", "Ngày", "Số quyết định"]
    path = tmp_path / "a.xlsx"
    book_of(path, ("S", [head, *([f"Chè {n}", f"HTX {n}", "Mẫu Sơn", 3, dt.date(2024, 5, n + 1), "1/QĐ"] for n in range(5))]))
    take(db, path, LANG_SON)
    with db.begin() as session:
        for number, words in enumerate(LIVE, 1):
            session.get(Producer, number).address = words
    out = tmp_path / "b.xlsx"
    assert round_trip(db, "register", out, LANG_SON).counts["unchanged"] == 5
    cells = [cell for row in load_workbook(out).active.iter_rows() for cell in row if cell.value in LIVE]
    assert sorted(c.value for c in cells) == sorted(LIVE)
    assert all(c.data_type == "s" for c in cells)


_NAMES = st.text(st.sampled_from("abcđêôưăáảãạ =+-@1"), min_size=3, max_size=14).map(lambda w: "T" + " ".join(w.split()) + "x")
_DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2026, 1, 1))
_ROW = st.tuples(_NAMES, _NAMES, st.sampled_from(["Mẫu Sơn", "Tân Văn", ""]), st.sampled_from([2, 3, 4, 5]),
                 st.one_of(st.none(), _DAYS), st.one_of(st.none(), st.integers(900, 1500)), st.sampled_from(["", "12/QĐ", "=5"]),
                 st.sampled_from(["", "ghi chú", "@x"]))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(_ROW, min_size=1, max_size=8, unique_by=lambda r: r[0]))
def test_any_register_goes_out_and_comes_back_unchanged(rows, new_file, tmp_path_factory):
    import shutil

    from ocop_desktop.actions.opening import open_or_create

    folder = tmp_path_factory.mktemp("x")
    shutil.copyfile(new_file, folder / "a.ocop")
    db = open_or_create(folder / "a.ocop")
    head = ["TT", "Tên sản phẩm", "Chủ thể", "Xã/phường", "Hạng sao", "Ngày", "Số quyết định", "Hạng sao", "Ngày", "Ghi chú"]
    lines = [[n, p, c, commune, stars, first, number, (stars if first and later else None),
              (first + dt.timedelta(later) if first and later else None), note]
             for n, (p, c, commune, stars, first, later, number, note) in enumerate(rows, 1)]  # fmt: skip
    path = folder / "a.csv"
    path.write_text("\n".join(";".join("" if v is None else str(v) for v in line) for line in [head, *lines]), encoding="utf-8")
    try:
        take(db, path, {**LANG_SON, "layout": "register"})
        round_trip(db, "register", folder / "b.xlsx", LANG_SON)
        round_trip(db, "producers", folder / "c.xlsx", LANG_SON)
    finally:
        db.close()


def test_a_wrong_layout_or_name_is_a_sentence(session, tmp_path):
    with pytest.raises(UserError, match="register"):
        exporting.export(session, "x", tmp_path / "a.xlsx")
    with pytest.raises(UserError, match="xlsx"):
        exporting.export(session, "register", tmp_path / "a.csv")
    assert list(tmp_path.glob("a.*")) == []
