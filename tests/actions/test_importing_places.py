"""Communes of an import: every unit of the country is found by every way of writing its name within its province."""

from __future__ import annotations

import csv
from collections import Counter

from ocop_desktop import paths
from ocop_desktop.actions import importing_places
from ocop_desktop.data import communes
from ocop_desktop.rules.names import fold
from tests.actions.imported import LANG_SON, asked, look, stored, take
from tests.sheets.made import book_of


def test_every_commune_is_found_and_no_other(session):
    tried = 0
    for province in communes.province_list(session):
        places = importing_places._gazetteer(session, province.code, province.name)
        for unit in places.units:
            for written in (unit.name, unit.full_name, f"xã {unit.name}", f"Xã {unit.name}", unit.name.upper(), unit.code):
                assert [found.code for found in places.find(written)] == [unit.code], (province.name, written)
                tried += 1
    assert tried == 3321 * 6


def test_every_commune_of_before_july_2025_is_found_beside_its_district(session):
    with open(paths.resources() / "old-communes.csv", encoding="utf-8", newline="") as file:
        old = list(csv.DictReader(file))
    places = {p.code: importing_places._gazetteer(session, p.code, p.name) for p in communes.province_list(session)}
    alike = Counter((o["province_code"], fold(o["old_district"]), fold(o["old_commune"])) for o in old)
    certain = 0
    for one in old:
        own = places[one["province_code"]]
        written = f"{one['old_commune']}, {one['old_district']}"
        assert own.is_old(written, "") and own.is_old(one["old_commune"], one["old_district"])
        found, codes = {u.code for u in own.find_old(written, "")}, set(one["commune_codes"].split())
        assert codes <= found
        certain += found == codes
    assert certain >= len(old) - 2 * sum(1 for count in alike.values() if count > 1) - 60  # a thị trấn and a xã of one name
    assert len(old) == 10_035


HEAD = ["Tên sản phẩm", "Chủ thể", "Xã/phường", "Huyện", "Địa chỉ"]
OLD = [
    ["Chè", "HTX A", "Bắc Thủy", "Chi Lăng", "Thôn 1"],
    ["Na", "HTX B", "xã Gia Lộc, huyện Chi Lăng", "", ""],
    ["Hồi", "HTX C", "Hồng Phong", "huyện Bình Gia", ""],
    ["Mật ong", "HTX D", "Mẫu Sơn", "", "Thôn 2"],
]


def test_an_old_commune_becomes_the_one_of_today_only_when_there_is_one(db, tmp_path):
    path = book_of(tmp_path / "a.xlsx", ("S", [HEAD, *OLD]))
    seen, _batch = take(db, path, LANG_SON)
    assert [(r.code, r.address) for r in stored(db)] == [
        ("06496", "Thôn 1, Bắc Thủy, Chi Lăng"),
        ("06475", "xã Gia Lộc, huyện Chi Lăng"),
        (None, "Hồng Phong, huyện Bình Gia"),
        (stored(db)[3].code, "Thôn 2"),
    ]
    (question,) = asked(seen)
    assert (question.kind, question.place.row) == ("ambiguous_commune", 4) and "trước 7/2025" in str(question)
    assert [(p.place.row, p.values["became"]) for p in seen.repairs if p.kind == "old_commune"] == [
        (2, "Xã Nhân Lý"),
        (3, "Xã Bằng Mạc"),
    ]
    assert look(db, path, LANG_SON).counts["unchanged"] == 4


def test_a_commune_of_today_can_be_refused_for_an_old_one(db, tmp_path):
    path = book_of(tmp_path / "a.xlsx", ("S", [HEAD, *OLD[:2]]))
    seen = look(db, path, {**LANG_SON, "refuse": ["C2"]})
    assert [(p.kind, p.place.row) for p in asked(seen)] == [("unknown_commune", 2)]
