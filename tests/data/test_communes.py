"""The communes' list and finding one as people type it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import update

from ocop_desktop import paths
from ocop_desktop.data import communes
from ocop_desktop.data.communes import by_code, by_id, by_province, find_communes
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import Commune
from ocop_desktop.errors import ProblemsFound


def test_all_units_are_there(session: Session) -> None:
    assert communes.count_communes(session) == (34, 3321)
    found = communes.province_list(session)
    assert len(found) == 34
    assert communes.Province("20", "Tỉnh Lạng Sơn") in found


def test_loading_twice_changes_nothing(session: Session) -> None:
    rows = communes.read_units(paths.resources() / "communes.csv")
    assert communes.load_units(session, rows) == 0
    assert communes.count_communes(session) == (34, 3321)


@pytest.mark.parametrize(("text", "first"), [
    ("mau son", "Xã Mẫu Sơn"), ("Mẫu Sơn", "Xã Mẫu Sơn"), ("xã MẪU SƠN", "Xã Mẫu Sơn"), ("x. mau son", "Xã Mẫu Sơn"),
    ("Xa Dung", "Xã Xa Dung"), ("Xã Xa Dung", "Xã Xa Dung"), ("xa xa dung", "Xã Xa Dung"),
    ("đặc khu Phú Quốc", "Đặc khu Phú Quốc"),
    ("thị trấn Mẫu Sơn", "Xã Mẫu Sơn"), ("Cư M'gar", "Xã Cư M'gar"), ("cư M’gar", "Xã Cư M'gar"), ("cu mgar", "Xã Cư M'gar"),
    ("M'Drắk", "Xã M'Drắk"), ("05980", None),
])
def test_finds_as_typed(session: Session, text: str, first: str | None) -> None:
    found = find_communes(session, text)
    assert (found[0].full_name if found else None) == first


def test_tone_placement_makes_no_difference(session: Session) -> None:
    assert find_communes(session, "Hòa Lạc") == find_communes(session, "Hoà Lạc") == find_communes(session, "HOÀ LẠC")
    assert len(find_communes(session, "Hòa Lạc")) >= 2


def test_the_likeliest_comes_first(session: Session) -> None:
    found = [u.name for u in find_communes(session, "ba", limit=500)]
    from ocop_desktop.data.communes import folded_name

    folded = [folded_name(n) for n in found]
    ranks = [0 if f == "ba" else 1 if f.startswith("ba") else 2 if " ba" in f else 3 for f in folded]
    assert ranks == sorted(ranks)
    assert {1, 2} <= set(ranks)


def test_by_code_by_province_and_province_only(session: Session) -> None:
    unit = find_communes(session, "Mẫu Sơn", province_code="20")[0]
    assert by_code(session, unit.code) == unit == by_id(session, unit.id)
    assert find_communes(session, "Mẫu Sơn", province_code="01") == ()
    assert unit in by_province(session, "20")
    assert by_code(session, "99999") is None
    assert by_id(session, 10**9) is None
    assert find_communes(session, unit.code)[0] == unit
    assert len(find_communes(session, "a", limit=3)) == 3


@pytest.mark.parametrize("text", ["", "  ", "'", "%", "_", "\x00", "x" * 10_000, "'; DROP TABLE commune", "🌶"])
def test_nothing_found_and_nothing_broken(session: Session, text: str) -> None:
    assert find_communes(session, text) == ()
    assert communes.count_communes(session) == (34, 3321)


def test_a_changed_name_has_its_dates(session: Session) -> None:
    old = find_communes(session, "Mẫu Sơn", province_code="20")[0]
    change = dt.date(2026, 4, 30)
    session.execute(update(Commune).where(Commune.id == old.id).values(valid_to=change - dt.timedelta(1)))
    session.add(Commune(code=old.code, name="Mẫu Sơn Mới", kind=old.kind, province_code="20", province=old.province,
                        folded="mau son moi", valid_from=change))
    session.flush()
    after = by_code(session, old.code)
    before = by_code(session, old.code, on=dt.date(2026, 4, 29))
    assert after is not None and after.name == "Mẫu Sơn Mới"
    assert before is not None and before.name == "Mẫu Sơn"
    assert [u.name for u in find_communes(session, "mau son", "20", on=change)] == ["Mẫu Sơn Mới"]
    assert [u.name for u in find_communes(session, "mau son", "20", on=dt.date(2026, 1, 1))] == ["Mẫu Sơn"]
    assert communes.count_communes(session) == (34, 3321)


HEAD = "province_code,province,commune_code,commune,kind\n"


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", HEAD + "20,Tỉnh,5980,Mẫu Sơn,Xã\n", HEAD + "20,Tỉnh\n"])
def test_a_wrong_list_is_refused_with_its_place(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ProblemsFound) as caught:
        communes.read_units(path)
    assert caught.value.problems[0].place.file == "x.csv"
    assert caught.value.problems[0].place.row
