"""Import from file to database: every value equals the truth and nothing is written twice."""

from __future__ import annotations

import datetime as dt
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from ocop_desktop.actions import importing
from tests.actions.imported import LANG_SON, dump, kinds, look, stored, take
from tests.sheets.made import applications, book_of, end_of, register

ROOT = Path(__file__).resolve().parents[2]


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
