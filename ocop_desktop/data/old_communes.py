"""Communes and districts of before 1 July 2025, and which commune of today each became.

The list (``resources/old-communes.csv``) comes from the open data of vietnamadminunits 1.0.4 (MIT licence); every new code is one
of Decision 19/2025/QĐ-TTg. A commune that was divided has several.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ocop_desktop import paths
from ocop_desktop.data.communes import folded_name, name_forms

_DISTRICT = re.compile(r"^(huyen|quan|thi xa|thanh pho|tx|tp|h|q) ")
_AROUND = re.compile(r"[,;()]| - |–")


@dataclass(frozen=True)
class OldUnit:
    """A commune as it was until 30 June 2025: "Xã Quang Lang", "Huyện Chi Lăng"; codes of the communes it is part of today."""

    name: str
    district: str
    province: str
    codes: tuple[str, ...]


def find(province_code: str, written: str, district: str = "") -> tuple[OldUnit, ...]:
    """Old communes a text may mean, within a province of today.

    Args:
        written: the name, or with what lies around it: "Quang Lang, huyện Chi Lăng", "Quang Lang - Chi Lăng".
        district: the old district where it stands by itself; empty when unknown.

    Returns:
        Those of the district that is named; all of the name when none is; none when a district is named that has no such commune.
    """
    head, around = _parts(written)
    units = _of(province_code).by_form
    found = dict.fromkeys(unit for form in name_forms(head) for unit in units.get(form, ()))
    named = _named(province_code, (*around, district))
    return tuple(unit for unit in found if not named or _bare_district(unit.district) in named)


def names_district(province_code: str, written: str, district: str = "") -> bool:
    """Whether a text names a district, so that its commune is one of before July 2025."""
    return bool(_named(province_code, (*_parts(written)[1], district)))


def _named(province_code: str, parts: Iterable[str]) -> set[str]:
    return {name for part in parts if part.strip() and (name := _bare_district(part)) in _of(province_code).districts}


def _parts(written: str) -> tuple[str, list[str]]:
    """The name, and what stands behind it: whole and in its parts ("Phan Rang - Tháp Chàm" is one district)."""
    head, *around = [part for part in _AROUND.split(written) if part.strip()] or [""]
    behind = written[len(head):].strip(" ,;()-–")
    return head, [behind, *around]


def _bare_district(name: str) -> str:
    return _DISTRICT.sub("", folded_name(name))


@dataclass(frozen=True)
class _Province:
    by_form: Mapping[str, tuple[OldUnit, ...]]
    districts: frozenset[str]


@lru_cache(maxsize=2)
def _of(province_code: str) -> _Province:
    """The old communes of a province of today by every form of their names, and its old districts."""
    found: dict[str, list[OldUnit]] = defaultdict(list)
    with open(paths.resources() / "old-communes.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["province_code"] == province_code:
                unit = OldUnit(row["old_commune"], row["old_district"], row["old_province"], tuple(row["commune_codes"].split()))
                for form in name_forms(unit.name):
                    found[form].append(unit)
    districts = frozenset(_bare_district(unit.district) for units in found.values() for unit in units)
    return _Province({form: tuple(units) for form, units in found.items()}, districts)
