"""Communes of an import: every unit of the country is found by every way of writing its name within its province."""

from __future__ import annotations

from ocop_desktop.actions import importing_places
from ocop_desktop.data import communes


def test_every_commune_is_found_and_no_other(session):
    tried = 0
    for province in communes.province_list(session):
        places = importing_places._gazetteer(session, province.code, province.name)
        for unit in places.units:
            for written in (unit.name, unit.full_name, f"xã {unit.name}", f"Xã {unit.name}", unit.name.upper(), unit.code):
                assert [found.code for found in places.find(written)] == [unit.code], (province.name, written)
                tried += 1
    assert tried == 3321 * 6
