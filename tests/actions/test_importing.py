"""Import from file to database: every value equals the truth, nothing is lost, nothing is written twice, all can be taken back."""

from __future__ import annotations

import datetime as dt
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from ocop_desktop.actions import importing, office
from ocop_desktop.actions.office import Office
from ocop_desktop.data.engine import Database, Session
from ocop_desktop.errors import UserError
from ocop_desktop.rules.names import fold
from tests.sheets.made import applications, book_of, end_of, register

ROOT = Path(__file__).resolve().parents[2]
LANG_SON = {"province": "20"}
STORED = text("""
    SELECT product.name AS product, product.set_no, product.category, producer.name AS producer, producer.kind AS producer_kind,
      commune.code AS code, commune.name AS commune, producer.address, producer.representative, producer.phone,
      dossier.stars, dossier.kind, dossier.samples, dossier.status, dossier.rulebook, dossier.round, dossier.note, dossier.search,
      certificate.issued_on, certificate.expires_on, certificate.number AS certificate_number, decision.number, decision.authority
    FROM dossier JOIN product ON product.id = dossier.product_id JOIN producer ON producer.id = product.producer_id
      LEFT JOIN commune ON commune.id = producer.commune_id LEFT JOIN certificate ON certificate.dossier_id = dossier.id
      LEFT JOIN decision ON decision.id = certificate.decision_id ORDER BY dossier.id""")
TABLES = ("producer", "product", "dossier", "certificate", "decision")


def take(db: Database, path: Path, mapping: dict | None = None) -> tuple[importing.Preview, importing.Batch]:
    with db.begin() as session:
        seen = importing.preview(session, path, mapping)
    with db.begin() as session:
        return seen, importing.accept(session, seen)


def look(db: Database, path: Path, mapping: dict | None = None) -> importing.Preview:
    with db.begin() as session:
        return importing.preview(session, path, mapping)


def stored(db: Database) -> list:
    with db.begin() as session:
        return list(session.execute(STORED))


def dump(db: Database) -> list:
    with db.begin() as session:
        return [list(session.execute(text(f"SELECT * FROM {table} ORDER BY id"))) for table in TABLES]


def kinds(seen: importing.Preview) -> set[str]:
    return {p.kind for p in seen.problems}


REGISTER_HEAD = [
    "Tên sản phẩm",
    "Chủ thể",
    "Xã/phường",
    "Hạng sao hiện tại",
    "Ngày hết hạn",
    "Hạng sao",
    "Ngày",
    "Năm",
    "Số quyết định",
    "Hạng sao",
    "Ngày",
]


def one_row(tmp_path: Path, **cells: object) -> Path:
    """A register of one good row with some cells changed."""
    good = {
        "product": "Mật ong",
        "producer": "HTX Thử",
        "commune": "Mẫu Sơn",
        "current": 4,
        "expires": dt.date(2028, 5, 2),
        "stars": 3,
        "date": dt.date(2022, 5, 1),
        "year": 2022,
        "decision": "1/QĐ",
        "stars2": 4,
        "date2": dt.date(2025, 5, 2),
    }
    assert set(cells) <= set(good)
    return book_of(tmp_path / "mot-dong.xlsx", ("S", [REGISTER_HEAD, list({**good, **cells}.values())]))


# -- the truth ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("dirty", [False, True])
def test_a_register_comes_in_as_it_is(db, tmp_path, seed, dirty):
    made = register(tmp_path / "a.xlsx", 40, seed, dirty)
    seen, _batch = take(db, made.path, LANG_SON)
    assert seen.counts == {"rows": 40, "created": 40, "updated": 0, "unchanged": 0, "rejected": 0}
    assert not seen.problems
    wanted = []
    for row in made.truth:
        both = [("first", row["first"], row["stars"][0], row["decisions"][0])]
        if row["second"]:
            both.append(("upgrade", row["second"], row["stars"][1], row["decisions"][1]))
        for kind, day, stars, number in both:
            wanted.append(
                (
                    row["product"],
                    row["set"],
                    row["producer"],
                    row["kind"],
                    row["commune"],
                    row["address"],
                    row["representative"],
                    row["phone"],
                    stars,
                    kind,
                    "history",
                    day.isoformat(),
                    end_of(day).isoformat(),
                    number,
                    "UBND tỉnh Thử",
                    None,
                )
            )
    got = [
        (
            r.product,
            r.set_no,
            r.producer,
            r.producer_kind,
            r.commune,
            r.address,
            r.representative,
            r.phone,
            r.stars,
            r.kind,
            r.status,
            r.issued_on,
            r.expires_on,
            r.number,
            r.authority,
            r.certificate_number,
        )
        for r in stored(db)
    ]
    assert got == wanted


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("dirty", [False, True])
def test_a_registration_list_comes_in_as_it_is(db, tmp_path, seed, dirty):
    made = applications(tmp_path / "a.xlsx", 40, seed, dirty)
    seen, batch = take(db, made.path, {**LANG_SON, "constants": {"round": "Đợt 2 - 2026"}})
    assert seen.layout == batch.layout == "applications"
    kinds_of = {"Lần đầu": "first", "Nâng hạng": "upgrade", "Đánh giá lại": "reevaluation"}
    wanted = [
        (
            r["product"],
            r["set"],
            r["producer"],
            r["kind"],
            r["commune"],
            r["address"],
            r["representative"],
            r["phone"],
            kinds_of[r["application"]],
            r["samples"],
            "draft",
            "26/2026/QĐ-TTg",
            "Đợt 2 - 2026",
        )
        for r in made.truth
    ]
    got = [
        (
            r.product,
            r.set_no,
            r.producer,
            r.producer_kind,
            r.commune,
            r.address,
            r.representative,
            r.phone,
            r.kind,
            r.samples,
            r.status,
            r.rulebook,
            r.round,
        )
        for r in stored(db)
    ]
    assert got == wanted


@pytest.mark.parametrize("make", [register, applications])
def test_the_same_file_twice_changes_nothing(db, tmp_path, make):
    made = make(tmp_path / "a.xlsx", 30, 5, True)
    take(db, made.path, LANG_SON)
    before = dump(db)
    seen, batch = take(db, made.path, LANG_SON)
    assert seen.counts == {"rows": 30, "created": 0, "updated": 0, "unchanged": 30, "rejected": 0}
    assert seen.states["unchanged"] == 30
    assert kinds(seen) == {"same_file"}
    assert dump(db) == before
    assert batch.counts["created"] == 0


def test_the_outside_generator_agrees_where_it_is_at_hand(db, tmp_path):
    """Always a file of our own; and those of the generator beside the repository where it stands."""
    files = [register(tmp_path / "own.xlsx", 20, 9, True).path]
    tool = ROOT.parent / "shared" / "tools" / "make_register.py"
    if tool.exists():
        for layout in ("register22", "applications"):
            for dirt in ("none", "usual"):
                path = tmp_path / f"{layout}-{dirt}.xlsx"
                subprocess.run(
                    [
                        sys.executable,
                        str(tool),
                        str(path),
                        "--rows",
                        "120",
                        "--seed",
                        str(random.Random(layout + dirt).randint(1, 999)),
                        "--layout",
                        layout,
                        "--dirt",
                        dirt,
                    ],
                    check=True,
                )
                files.append(path)
    for path in files:
        seen, batch = take(db, path, LANG_SON)
        assert seen.counts["rejected"] == 0
        truth_file = path.with_suffix(".truth.json")
        if truth_file.exists():
            truth = json.loads(truth_file.read_text(encoding="utf-8"))["rows"]
            assert [_truth(r) for r in truth] == [_values(r) for r in seen.rows]
            assert [(r["product"], r["commune_code"], r["set"]) for r in truth] == [
                (r.product, r.code, r.set_no) for r in stored(db)
            ]
        with db.begin() as session:
            importing.undo(session, batch.id)


def _truth(row: dict) -> tuple:
    return tuple(row[k] for k in ("product", "set", "producer", "commune", "address", "representative", "phone"))


def _values(row: importing.PreviewRow) -> tuple:
    return tuple(row.values[k] for k in ("product", "set_no", "producer", "commune", "address", "representative", "phone"))


LAM_DONG = {
    "province": "68",
    "layout": "register",
    "columns": {
        "product_name": "product",
        "subject_name": "producer",
        "category": "set_no",
        "original_address": "address",
        "current_commune": "commune",
        "star_rating": "first_stars",
        "cert_year": "first_year",
        "decision_number": "first_decision",
        "cert_issued_at": "first_date",
        "cert_expires_at": "expires_on",
        "issuing_authority": "first_authority",
    },
    "ignore": ["verification_level", "batch_id"],
}
LAM_DONG_HEAD = (
    "record_id,product_name,subject_name,category,original_address,current_commune,star_rating,cert_year,decision_number,"
    "cert_issued_at,cert_expires_at,issuing_authority,legacy_region,verification_level,batch_id"
)


def test_the_register_of_a_province_as_csv(db, tmp_path):
    """Invented rows in the columns of a published file; and that file itself where it is at hand."""
    rows = [LAM_DONG_HEAD]
    for n in range(12):
        dates = f"{n}/QĐ-UBND,2025-06-{n + 1:02d},2028-06-{n + 1:02d}" if n % 2 else ",,"
        rows.append(
            f'X-{n},Cà phê thử {n},Hộ kinh doanh Bản Thử {n // 3},Đồ uống,"Thôn {n}, xã Ninh Gia, tỉnh Lâm Đồng",'
            f"{'xã Ninh Gia' if n else ''},3,2025,{dates},UBND tỉnh Lâm Đồng,Lâm Đồng cũ,A,L-1"
        )
    own = tmp_path / "lam-dong.csv"
    own.write_text("\n".join(rows) + "\n", encoding="utf-8")
    mapping = tmp_path / "map.json"
    mapping.write_text(json.dumps(LAM_DONG), encoding="utf-8")
    real = ROOT.parent / "shared" / "data" / "real" / "lamdong_2025_2026.csv"
    for path, count in ((own, 12), *(((real, 60),) if real.exists() else ())):
        with db.begin() as session:
            seen = importing.preview(session, path, importing.read_mapping(mapping))
        with db.begin() as session:
            batch = importing.accept(session, seen)
        assert seen.counts == {"rows": count, "created": count, "updated": 0, "unchanged": 0, "rejected": 0}
        assert seen.province[0] == "68"
        got = stored(db)
        assert len(got) == count
        assert all(r.stars in (3, 4) and r.rulebook and r.category for r in got)
        assert all("legacy_region: " in r.note and "batch_id" not in r.note for r in got)
        assert {bool(r.issued_on) for r in got} == {True, False}
        assert all(r.issued_on or "Năm công nhận: 202" in r.note for r in got)
        with db.begin() as session:
            importing.undo(session, batch.id)


# -- questions ------------------------------------------------------------------------------------------------------------------


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
        ({"producer": "Hîp t¸c x·"}, "legacy", "B", "warning"),
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
    assert [(p.kind, p.place.row) for p in seen.problems] == [("duplicate_row", 3)]
    assert len(stored(db)) == 1


def test_one_producer_said_two_ways_is_asked_about_and_kept_as_first_said(db, tmp_path):
    rows = [["Tên sản phẩm", "Chủ thể", "Điện thoại"], ["Mật ong", "HTX A", "0912345678"], ["Chè", "HTX A", "0987654321"]]
    path = book_of(tmp_path / "a.xlsx", ("S", rows))
    seen, _batch = take(db, path, LANG_SON)
    assert [p.kind for p in seen.problems] == ["producer_differs"]
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
    assert not seen.problems


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


# -- same or new ------------------------------------------------------------------------------------------------------------------


def test_a_changed_cell_is_an_update_with_before_and_after(db, tmp_path):
    made = applications(tmp_path / "a.xlsx", 12, 2)
    take(db, made.path, LANG_SON)
    rows = [list(r) for r in _rows(made.path)]
    rows[1][8] = "0999999999"
    rows[3][10] = 7
    path = book_of(tmp_path / "b.xlsx", ("S", rows))
    seen, batch = take(db, path, LANG_SON)
    assert seen.counts == {"rows": 12, "created": 0, "updated": 2, "unchanged": 10, "rejected": 0}
    changes = {r.number: [(c.field, c.before, c.after) for c in r.changes] for r in seen.rows if r.changes}
    assert changes == {2: [("phone", made.truth[0]["phone"], "0999999999")], 4: [("samples", made.truth[2]["samples"], 7)]}
    assert stored(db)[0].phone == "0999999999"
    assert look(db, path, LANG_SON).counts["unchanged"] == 12
    with db.begin() as session:
        importing.undo(session, batch.id)
    assert stored(db)[0].phone == made.truth[0]["phone"]
    assert stored(db)[2].samples == made.truth[2]["samples"]


def _rows(path: Path) -> list[list]:
    from ocop_desktop.sheets.reading import read

    return read(path).sheets[0].rows


def test_a_product_is_found_by_its_code_and_by_tax_number(db, tmp_path):
    head = ["Mã sản phẩm", "Tên sản phẩm", "Chủ thể", "MST", "Xã/phường"]
    first = [head, ["20-05980-01-2026", "Mật ong", "HTX A", "0100109106", "Mẫu Sơn"]]
    take(db, book_of(tmp_path / "a.xlsx", ("S", first)), LANG_SON)
    again = [
        head,
        ["20-05980-01-2026", "Mật ong bạc hà", "HTX A", "0100109106", "Mẫu Sơn"],
        [None, "Chè", "Hợp tác xã A", "0100109106", "Mẫu Sơn"],
        ["1", "Miến", "HTX B", None, "Tân Văn"],
    ]
    seen, _batch = take(db, book_of(tmp_path / "b.xlsx", ("S", again)), LANG_SON)
    assert [r.action for r in seen.rows] == ["update", "create", "create"]
    assert kinds(seen) == {"bad_code"}
    assert [(r.product, r.producer) for r in stored(db)] == [("Mật ong bạc hà", "HTX A"), ("Chè", "HTX A"), ("Miến", "HTX B")]


def test_producers_of_one_name_in_two_communes_are_two(db, tmp_path):
    rows = [["Tên sản phẩm", "Chủ thể", "Xã/phường"], ["Mật ong", "HTX A", "Mẫu Sơn"], ["Mật ong", "HTX A", "Tân Văn"]]
    path = book_of(tmp_path / "a.xlsx", ("S", rows))
    take(db, path, LANG_SON)
    assert {(r.product, r.commune) for r in stored(db)} == {("Mật ong", "Mẫu Sơn"), ("Mật ong", "Tân Văn")}
    assert look(db, path, LANG_SON).counts["unchanged"] == 2


def test_a_later_recognition_of_a_known_product_is_added(db, tmp_path):
    head = ["Tên sản phẩm", "Chủ thể", "Xã/phường", "Hạng sao", "Ngày", "Số quyết định"]
    take(db, book_of(tmp_path / "a.xlsx", ("S", [head, ["Chè", "HTX A", "Mẫu Sơn", 3, dt.date(2022, 1, 5), "1/QĐ"]])), LANG_SON)
    later = book_of(tmp_path / "b.xlsx", ("S", [head, ["Chè", "HTX A", "Mẫu Sơn", 4, dt.date(2026, 6, 5), "2/QĐ"]]))
    seen, _batch = take(db, later, LANG_SON)
    assert seen.rows[0].action == "update"
    assert [(r.kind, r.stars, r.rulebook) for r in stored(db)] == [
        ("first", 3, "1048/2019/QĐ-TTg"),
        ("upgrade", 4, "26/2026/QĐ-TTg"),
    ]
    assert look(db, later, LANG_SON).counts["unchanged"] == 1


def test_a_dossier_in_a_session_is_not_changed(db, tmp_path):
    head = ["Tên sản phẩm", "Chủ thể", "Số mẫu"]
    take(db, book_of(tmp_path / "a.xlsx", ("S", [head, ["Chè", "HTX A", 5]])))
    with db.begin() as session:
        session.execute(text("UPDATE dossier SET status = 'in_session'"))
    seen, _batch = take(db, book_of(tmp_path / "b.xlsx", ("S", [head, ["Chè", "HTX A", 6]])))
    assert kinds(seen) >= {"in_session"}
    assert stored(db)[0].samples == 5


# -- fixes, skipping, mappings --------------------------------------------------------------------------------------------------------


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


# -- taking back ------------------------------------------------------------------------------------------------------------------


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
            "INSERT INTO product (producer_id, name, folded, category, description) SELECT id, 'Khác', 'khac', '', '' FROM producer LIMIT 1",
            "sản phẩm",
        ),
        (
            "INSERT INTO dossier (product_id, rulebook, kind, round, status, note, search) SELECT id, '', 'first', '', 'draft', '', '' FROM product LIMIT 1",
            "hồ sơ lập sau",
        ),
        (
            "INSERT INTO change (at, who, entity, entity_id, what) SELECT '2999-01-01 00:00:00', '', 'product', min(id), 'saved' FROM product",
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
