"""Typed values, skipped rows, mappings, and taking an import back."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text

from ocop_desktop.actions import importing
from ocop_desktop.data.changes import history_of, record_change
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import UserError
from tests.actions.imported import LANG_SON, dump, kinds, look, one_row, stored, take
from tests.sheets.made import applications, book_of, register


def test_a_typed_value_takes_the_place_of_the_cell(db, tmp_path):
    path = one_row(tmp_path, commune="Xã Không Có", stars2="#REF!")
    seen = look(db, path, LANG_SON)
    assert seen.counts["rejected"] == 1
    with db.begin() as session:
        importing.accept(session, seen, fixes={(2, "commune"): "mau son", (2, "second_stars"): "4 sao"})
    assert [(r.commune, r.stars) for r in stored(db)] == [("Mẫu Sơn", 3), ("Mẫu Sơn", 4)]


def test_skipped_rows_stay_out(db, tmp_path):
    made = applications(tmp_path / "a.xlsx", 10)
    seen = look(db, made.path, LANG_SON)
    with db.begin() as session:
        again = importing.again(session, seen, skip={2, 3})
    assert [r.state for r in again.rows][:3] == ["skipped", "skipped", "new"]
    with db.begin() as session:
        batch = importing.accept(session, again)
    assert (batch.counts["created"], batch.counts["rejected"]) == (8, 2)
    assert len(stored(db)) == 8


def test_a_preview_writes_nothing_and_a_stale_one_is_made_again(db, tmp_path):
    made = applications(tmp_path / "a.xlsx", 10)
    before = dump(db)
    seen = look(db, made.path, LANG_SON)
    assert dump(db) == before
    take(db, made.path, LANG_SON)
    with db.begin() as session:
        importing.accept(session, seen)
    assert len(stored(db)) == 10


def test_columns_can_be_told_by_heading_or_letters(db, tmp_path):
    rows = [["x"], ["Hàng", "Ai làm", "Nơi", "Sao thế"], ["Chè", "HTX A", "Mẫu Sơn", "3 sao"]]
    mapping = {
        "sheet": "S",
        "header_row": 2,
        "province": "20",
        "layout": "register",
        "ignore": [],
        "columns": {"Hàng": "product", "B": "producer", "nơi": "commune", "D": "first_stars"},
    }
    take(db, book_of(tmp_path / "a.xlsx", ("S", rows)), mapping)
    assert [(r.product, r.producer, r.commune, r.stars) for r in stored(db)] == [("Chè", "HTX A", "Mẫu Sơn", 3)]


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ({"colums": {}}, "colums"),
        ({"columns": {"A": "name"}}, "name"),
        ({"columns": {"Không có": "product"}}, "Không có"),
        ({"columns": []}, "columns"),
        ({"columns": {"A": "product", "B": "product"}}, "product"),
        ({"header_row": 0}, "header_row"),
        ({"header_row": [1, 3]}, "header_row"),
        ({"header_row": "1"}, "header_row"),
        ({"layout": "x"}, "layout"),
        ({"province": "2"}, "province"),
        ({"province": 99}, "99"),
        ({"constants": {"rond": "1"}}, "rond"),
        ({"ignore": "A"}, "ignore"),
        ({"ignore": ["ZZ"]}, "ZZ"),
        ({"sheet": "Trang 9"}, "Trang 9"),
    ],
)
def test_a_wrong_mapping_names_what_is_wrong(db, tmp_path, mapping, said):
    path = applications(tmp_path / "a.xlsx", 3).path
    with pytest.raises(UserError) as caught:
        look(db, path, mapping)
    assert said in str(caught.value)


def test_a_mapping_file_that_cannot_be_read_says_why(tmp_path):
    path = tmp_path / "m.json"
    with pytest.raises(UserError, match="Không tìm thấy"):
        importing.read_mapping(path)
    path.write_text("{,}", encoding="utf-8")
    with pytest.raises(UserError, match="dòng 1"):
        importing.read_mapping(path)
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(UserError, match="đối tượng"):
        importing.read_mapping(path)


def test_a_missing_column_is_told_and_nothing_is_written(db, tmp_path):
    path = book_of(tmp_path / "a.xlsx", ("S", [["Tên sản phẩm", "Điện thoại"], ["Chè", "0912345678"]]))
    seen = look(db, path)
    assert kinds(seen) == {"no_column"}
    assert seen.rows[0].state == "rejected"
    with pytest.raises(UserError, match="Chủ thể"), db.begin() as session:
        importing.accept(session, seen)
    with db.begin() as session:
        assert importing.batches(session) == ()


def test_the_summary_is_plain_and_complete(db, tmp_path):
    seen, batch = take(db, one_row(tmp_path, commune="Xã Không Có", stars="3 sao"), LANG_SON)
    for said in (importing.summary_of(seen), importing.summary_of(batch)):
        assert json.loads(json.dumps(said)) == said
        assert (said["created"], said["updated"], said["unchanged"], said["rejected"]) == (1, 0, 0, 0)
        assert {(p["row"], p["column"], p["severity"], p["value"]) for p in said["problems"]} == {
            (2, "C", "warning", "Xã Không Có"),
            (2, "F", "repair", "3 sao"),
        }
        assert all({"sheet", "row", "column", "value", "message", "severity"} <= set(p) for p in said["problems"])


def test_an_import_can_be_taken_back_once(db, tmp_path):
    before = dump(db)
    _seen, batch = take(db, register(tmp_path / "a.xlsx", 25, 4, True).path, LANG_SON)
    with db.begin() as session:
        assert importing.undo(session, batch.id).undone_at is not None
    assert dump(db) == before
    with db.begin() as session:
        assert importing.batches(session)[0].undone_at is not None
    with pytest.raises(UserError, match="đã hoàn tác"), db.begin() as session:
        importing.undo(session, batch.id)
    with pytest.raises(UserError, match="999"), db.begin() as session:
        importing.undo(session, 999)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "INSERT INTO dossier_paper (dossier_id, kind, number, issuer) SELECT id, 'trademark', '', '' FROM dossier LIMIT 1",
            "giấy tờ",
        ),
        ("UPDATE certificate SET number = '1-2026' WHERE id = (SELECT min(id) FROM certificate)", "giấy chứng nhận"),
        (
            "INSERT INTO product (producer_id, name, folded, category, description) "
            "SELECT id, 'Khác', 'khac', '', '' FROM producer LIMIT 1",
            "sản phẩm",
        ),
        (
            "INSERT INTO dossier (product_id, rulebook, kind, round, status, note, search) "
            "SELECT id, '', 'first', '', 'draft', '', '' FROM product LIMIT 1",
            "hồ sơ lập sau",
        ),
        (
            "INSERT INTO change (at, who, entity, entity_id, what, hash) "
            "SELECT '2999-01-01 00:00:00', '', 'product', min(id), 'saved', '' FROM product",
            "sửa",
        ),
    ],
)
def test_what_depends_on_an_import_keeps_it(db, tmp_path, statement, said):
    _seen, batch = take(db, register(tmp_path / "a.xlsx", 5, 4).path, LANG_SON)
    with db.begin() as session:
        session.execute(text(statement))
    before = dump(db)
    with pytest.raises(UserError, match=said), db.begin() as session:
        importing.undo(session, batch.id)
    assert dump(db) == before


def test_a_change_within_the_same_second_keeps_an_import(db, tmp_path):
    _seen, batch = take(db, register(tmp_path / "a.xlsx", 5, 4).path, LANG_SON)
    with db.begin() as session:
        product = session.scalar(text("SELECT min(id) FROM product"))
        record_change(session, "Lan", "product", product, "saved", {"name": "a"}, {"name": "b"}, batch.imported_at)
    with pytest.raises(UserError, match="1 mục"), db.begin() as session:
        importing.undo(session, batch.id)


def test_the_history_tells_of_an_import_and_of_taking_it_back(db, tmp_path):
    _seen, batch = take(db, register(tmp_path / "a.xlsx", 5, 4).path, LANG_SON)
    with db.begin() as session:
        importing.undo(session, batch.id)
    with db.begin() as session:
        lines = history_of(session, "import_batch", batch.id)
    assert [(line.what, line.after) for line in lines] == [
        ("taken_back", None), ("imported", {"file_name": "a.xlsx", "sha256": batch.sha256})]


def test_a_failed_write_leaves_nothing(db, tmp_path):
    made = applications(tmp_path / "a.xlsx", 10)
    before = dump(db)
    stop = RuntimeError("stopped")

    def late(_done: int, _total: int, _what: str) -> None:
        if _done == 4:
            raise stop

    with db.begin() as session:
        seen = importing.preview(session, made.path, LANG_SON)
    with pytest.raises(RuntimeError), db.begin() as session:
        importing.accept(session, seen, progress=late)
    assert dump(db) == before


def test_text_that_looks_like_a_formula_stays_text(db, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Tên sản phẩm,Chủ thể\n=1+1,@HTX\n-Chè,+HTX B\n", encoding="utf-8")
    take(db, path)
    assert [(r.product, r.producer) for r in stored(db)] == [("=1+1", "@HTX"), ("-Chè", "+HTX B")]


def test_the_search_text_is_what_a_refresh_writes(db, tmp_path):
    take(db, register(tmp_path / "a.xlsx", 20, 3).path, LANG_SON)
    before = [r.search for r in stored(db)]
    with db.begin() as session:
        _refresh(session)
    assert [r.search for r in stored(db)] == before


def _refresh(session: Session) -> None:
    from ocop_desktop.data.search import refresh_search

    refresh_search(session)
