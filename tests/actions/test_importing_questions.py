"""Every doubt is a question at its cell; nothing is invented and no row is lost for it."""

from __future__ import annotations

import datetime as dt

import pytest

from ocop_desktop.actions import importing, office
from ocop_desktop.actions.office import Office
from ocop_desktop.data.tables import Product
from ocop_desktop.errors import UserError
from ocop_desktop.rules.names import fold
from tests.actions.imported import LANG_SON, REGISTER_HEAD, asked, kinds, look, one_row, stored, take
from tests.sheets.made import book_of, register


@pytest.mark.parametrize(
    ("cells", "kind", "column", "severity"),
    [
        ({"commune": "Xã Không Có"}, "unknown_commune", "C", "warning"),
        ({"commune": None}, "no_commune", "C", "warning"),
        ({"stars": "nhiều"}, "bad_stars", "F", "error"),
        ({"stars2": "#REF!"}, "error_cell", "J", "error"),
        ({"current": "#N/A"}, "error_cell", "D", "error"),
        ({"date": "31/02/2022"}, "bad_date", "G", "warning"),
        ({"date2": "tháng 5/2025"}, "month", "K", "warning"),
        ({"date": "2022"}, "year", "G", "warning"),
        ({"year": 2019}, "year_contradicts", "H", "warning"),
        ({"current": 3}, "stars_contradict", "D", "warning"),
        ({"date2": dt.date(2021, 1, 1)}, "second_before_first", "K", "warning"),
        ({"expires": dt.date(2027, 1, 1)}, "expiry", "E", "warning"),
        ({"product": None}, "no_product", "A", "error"),
        ({"producer": None}, "no_producer", "B", "error"),
        ({"producer": "Hîpk t¸zk xk·q"}, "legacy", "B", "warning"),
        ({"decision": "=A1"}, "error_cell", "I", "warning"),
        ({"stars": None, "stars2": None, "current": None}, "no_stars", "F", "error"),
    ],
)
def test_every_question_stands_at_its_cell(db, tmp_path, cells, kind, column, severity):
    seen = look(db, one_row(tmp_path, **cells), LANG_SON)
    found = [p for p in seen.problems if p.kind == kind]
    assert [(p.place.sheet, p.place.row, p.place.column, p.severity) for p in found] == [("S", 2, column, severity)]
    assert f"{column}2" in str(found[0])
    assert found[0].values["heading"] == REGISTER_HEAD[ord(column) - 65]
    assert seen.rows[0].state == ("rejected" if severity == "error" else "doubtful")
    assert seen.counts["rejected"] == (severity == "error")


def test_a_good_row_raises_no_question(db, tmp_path):
    assert look(db, one_row(tmp_path), LANG_SON).problems == ()


def test_an_unknown_commune_loses_no_row(db, tmp_path):
    take(db, one_row(tmp_path, commune="Xã Không Có"), LANG_SON)
    row, _second = stored(db)
    assert (row.product, row.commune, row.address) == ("Mật ong", None, "Xã Không Có")
    assert "Xã Không Có" in _second.note


def test_strict_keeps_doubtful_rows_out(db, tmp_path):
    with db.begin() as session:
        seen = importing.preview(session, one_row(tmp_path, commune="Xã Không Có"), LANG_SON, strict=True)
    assert seen.counts["rejected"] == 1


def test_a_day_that_is_not_known_is_not_invented(db, tmp_path):
    take(db, one_row(tmp_path, date="2022", stars2=None, date2=None, current=3, expires=None), LANG_SON)
    (row,) = stored(db)
    assert (row.stars, row.issued_on, row.expires_on) == (3, None, None)
    assert "2022" in row.note
    assert "1/QĐ" in row.note
    assert row.rulebook == "1048/2019/QĐ-TTg"


def test_duplicate_rows_come_in_once_and_are_asked_about(db, tmp_path):
    rows = [["Tên sản phẩm", "Chủ thể", "Xã/phường"], ["Mật ong", "HTX A", "Mẫu Sơn"], ["MẬT  ONG", "htx a", "xã Mẫu Sơn"]]
    seen, _batch = take(db, book_of(tmp_path / "a.xlsx", ("S", rows)), LANG_SON)
    assert [r.state for r in seen.rows] == ["new", "doubtful"]
    assert [(p.kind, p.place.row) for p in asked(seen)] == [("duplicate_row", 3)]
    assert len(stored(db)) == 1


def test_one_producer_said_two_ways_is_asked_about_and_kept_as_first_said(db, tmp_path):
    rows = [["Tên sản phẩm", "Chủ thể", "Điện thoại"], ["Mật ong", "HTX A", "0912345678"], ["Chè", "HTX A", "0987654321"]]
    path = book_of(tmp_path / "a.xlsx", ("S", rows))
    seen, _batch = take(db, path, LANG_SON)
    assert [p.kind for p in asked(seen)] == ["producer_differs"]
    assert {r.phone for r in stored(db)} == {"0912345678"}
    assert look(db, path, LANG_SON).counts["unchanged"] == 2


def test_blank_cells_take_nothing_from_another_producer(db, tmp_path):
    rows = [
        ["Tên sản phẩm", "Chủ thể", "Địa chỉ", "Điện thoại"],
        ["Mật ong", "HTX A", "Thôn 1", "0912345678"],
        ["Chè", None, None, None],
        ["Miến", "HTX B", None, None],
        ["Bún", None, None, None],
    ]
    take(db, book_of(tmp_path / "a.xlsx", ("S", rows)), LANG_SON)
    assert [(r.producer, r.address, r.phone) for r in stored(db)] == [("HTX A", "Thôn 1", "0912345678")] * 2 + [
        ("HTX B", "", "")
    ] * 2


def test_communes_are_found_blind_to_accents_case_and_kind(db, tmp_path):
    written = ["xã Mẫu Sơn", "MAU SON", "Phường Đông Kinh", "đông kinh", "X. Tân Văn", "Xã Văn Quan, tỉnh Lạng Sơn"]
    rows = [["Tên sản phẩm", "Chủ thể", "Xã/phường"], *[[f"P{n}", f"HTX {n}", name] for n, name in enumerate(written)]]
    seen, _batch = take(db, book_of(tmp_path / "a.xlsx", ("S", rows)), LANG_SON)
    assert [r.commune for r in stored(db)] == ["Mẫu Sơn", "Mẫu Sơn", "Đông Kinh", "Đông Kinh", "Tân Văn", "Văn Quan"]
    assert not asked(seen)


def test_the_province_comes_from_the_mapping_the_office_or_the_names(db, tmp_path):
    path = register(tmp_path / "a.xlsx", 10).path
    seen = look(db, path)
    assert seen.province == ("20", "Tỉnh Lạng Sơn")
    assert kinds(seen) == {"province_guessed"}
    with db.begin() as session:
        office.save_office(session, Office(province_code="68"))
    assert look(db, path).province[0] == "68"
    assert "other_province" in kinds(look(db, path))
    assert look(db, path, LANG_SON).province[0] == "20"
    with pytest.raises(UserError, match="99"):
        look(db, path, {"province": "99"})


def test_unknown_columns_are_kept_as_notes_and_search_finds_the_row(db, tmp_path):
    rows = [["Tên sản phẩm", "Chủ thể", "Xã/phường", "Doanh thu", "Ghi chú"], ["Chè Đắng", "HTX A", "Mẫu Sơn", 120.0, "ngon"]]
    take(db, book_of(tmp_path / "a.xlsx", ("S", rows)), LANG_SON)
    (row,) = stored(db)
    assert row.note == "ngon\nDoanh thu: 120"
    assert row.search == fold("Chè Đắng HTX A Xã Mẫu Sơn")


def test_names_that_differ_by_their_accents_alone_are_told_apart_or_asked_about(db, tmp_path):
    written = ["xã Đông Tiến", "Phường Đông Tiến", "Đồng Tiến", "phường ĐỒNG TIẾN", "dong tien"]
    rows = [["Tên sản phẩm", "Chủ thể", "Xã/phường"], *[[f"P{n}", f"HTX {n}", name] for n, name in enumerate(written)]]
    seen, _batch = take(db, book_of(tmp_path / "a.xlsx", ("S", rows)), {"province": "38"})
    assert [r.commune for r in stored(db)] == ["Đông Tiến", "Đông Tiến", "Đồng Tiến", "Đồng Tiến", None]
    assert [(p.kind, p.place.row) for p in asked(seen)] == [("ambiguous_commune", 6)]


def test_a_set_written_as_words_is_its_number_or_is_asked_about(db, tmp_path):
    words = ["Rau, củ, quả tươi", "Bún", "rau, củ, quả, hạt TƯƠI", "Bộ 11", "Thực phẩm", None]
    rows = [["Tên sản phẩm", "Bộ sản phẩm", "Chủ thể", "Xã/phường", "Số mẫu"],
            *[[f"P{n}", word, f"HTX {n}", "Mẫu Sơn", 5] for n, word in enumerate(words)]]
    path = book_of(tmp_path / "a.xlsx", ("S", rows))
    seen = look(db, path, LANG_SON)
    assert seen.layout == "applications"
    assert [(p.kind, p.severity, p.place.row, p.place.column) for p in seen.problems] == [
        ("bad_set", "warning", 2, "B"), ("bad_set", "warning", 3, "B")]
    assert "gần nhất là bộ 1 “Rau, củ, quả, hạt tươi”" in str(seen.problems[0]) and "từ 1 đến 26" in str(seen.problems[1])
    assert [r.state for r in seen.rows] == ["doubtful", "doubtful", "new", "new", "new", "new"]
    with db.begin() as session:
        importing.accept(session, importing.again(session, seen, fixes={(2, "set_no"): "1", (3, "set_no"): "6"}))
        got = {p.name: (p.set_no, p.category) for p in session.query(Product)}
    assert got == {"P0": (1, ""), "P1": (6, ""), "P2": (1, ""), "P3": (11, ""), "P4": (None, "Thực phẩm"), "P5": (None, "")}


@pytest.mark.parametrize(("head", "said"), [
    ([], ["cột bộ sản phẩm và cột xã, phường"]), (["Xã/phường"], ["không có cột bộ sản phẩm:"]),
    (["Bộ sản phẩm"], ["không có cột xã, phường:"]), (["Bộ sản phẩm", "Xã/phường"], [])])
def test_columns_a_registration_list_lacks_are_told_once(db, tmp_path, head, said):
    given = {"Bộ sản phẩm": 11, "Xã/phường": "Mẫu Sơn"}
    rows = [["Tên sản phẩm", "Chủ thể", *head], *[[f"P{n}", f"HTX {n}", *(given[h] for h in head)] for n in range(3)]]
    path = book_of(tmp_path / "a.xlsx", ("S", rows))
    told = [p for p in look(db, path, LANG_SON).problems if p.kind == "absent_columns"]
    assert len(told) == len(said) and all(words in str(p) for words, p in zip(said, told, strict=True))
    assert all(p.severity == "warning" and p.place.row is None for p in told)
    whole = {**LANG_SON, "constants": {"set_no": "11", "commune": "Mẫu Sơn"}}
    assert not [p for p in look(db, path, whole).problems if p.kind == "absent_columns"]
