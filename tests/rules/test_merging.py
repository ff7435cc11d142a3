"""Merging two offices' records: nothing twice, nothing lost, merging again brings nothing."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ocop_desktop.rules.merging import CERTIFICATE, DOSSIER, PRODUCER, PRODUCT, merge

NAMES = st.sampled_from(["Chè Mẫu Sơn", "che mau son", "Mật ong", "Rượu men lá"])
DAYS = st.sampled_from(["2021-05-02", "2024-05-02", "2026-07-01"])
CODES = iter(f"20-06040-{number:02d}-2026" for number in range(10**6))


@st.composite
def records(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Producers of different names, their products of different names, dossiers of different days."""
    made = []
    for name in draw(st.lists(NAMES, max_size=3, unique_by=lambda n: n[0].lower())):
        producer = {**dict.fromkeys(PRODUCER, ""), "name": f"HTX {name}", "commune": draw(st.sampled_from(["06040", "05980"])),
                    "phone": draw(st.sampled_from(["", "0912345678"])), "founded": None, "products": []}
        for product_name in draw(st.lists(NAMES, max_size=3, unique_by=lambda n: n[0].lower())):
            product = {**dict.fromkeys(PRODUCT, ""), "name": product_name, "set_no": draw(st.sampled_from([None, 11])),
                       "dossiers": [], "inspections": []}
            for day in draw(st.lists(DAYS, max_size=3, unique=True)):
                certificate = {**dict.fromkeys(CERTIFICATE, ""), "issued_on": day, "stars": draw(st.sampled_from([3, 4]))}
                dossier = {**dict.fromkeys(DOSSIER, ""), "kind": "first", "filed_on": day,
                           "round": draw(st.sampled_from(["", "Đợt 1"])), "code": draw(st.sampled_from([None, next(CODES)])),
                           "papers": [], "answers": [],
                           "certificate": draw(st.sampled_from([None, certificate]))}
                product["dossiers"].append(dossier)
            producer["products"].append(product)
        made.append(producer)
    return made


def numbered(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same records as they stand in a file of one's own, with numbers."""
    made, number = copy.deepcopy(records), iter(range(1, 10**6))
    for producer in made:
        producer["id"] = next(number)
        for product in producer["products"]:
            product["id"] = next(number)
            for dossier in product["dossiers"]:
                dossier["id"] = next(number)
                if dossier["certificate"]:
                    dossier["certificate"]["id"] = next(number)
    return made


@given(records())
def test_ones_own_records_bring_nothing(mine: list[dict[str, Any]]):
    made = merge(numbered(mine), mine)
    assert (made.additions, made.differences, made.locked) == ([], [], [])


@given(records())
def test_into_an_empty_file_everything_is_new(theirs: list[dict[str, Any]]):
    made = merge([], theirs)
    counts = made.counts()
    products = [p for one in theirs for p in one["products"]]
    dossiers = [d for p in products for d in p["dossiers"]]
    assert (counts["producer"], counts["product"], counts["dossier"]) == (len(theirs), len(products), len(dossiers))
    assert counts["certificate"] == sum(d["certificate"] is not None for d in dossiers)
    assert not made.differences


@given(records(), records())
def test_what_is_new_plus_what_is_known_is_what_the_file_has(mine: list[dict[str, Any]], theirs: list[dict[str, Any]]):
    made = merge(numbered(mine), theirs)
    assert all(d.theirs not in (None, "") and d.mine != d.theirs for d in made.differences)
    assert len({d.key for d in made.differences}) == len(made.differences)
    whole = sum(1 + sum(1 + len(p["dossiers"]) for p in one["products"]) for one in theirs)
    counts = made.counts()
    assert counts["producer"] + counts["product"] + counts["dossier"] <= whole


def one(**changes: Any) -> dict[str, Any]:
    certificate = {**dict.fromkeys(CERTIFICATE, ""), "issued_on": "2024-05-02", "stars": 3}
    dossier = {**dict.fromkeys(DOSSIER, ""), "kind": "first", "filed_on": None, "code": "20-06040-01-2024", "papers": [],
               "answers": [], "certificate": certificate}
    product = {**dict.fromkeys(PRODUCT, ""), "name": "Chè", "set_no": 11, "dossiers": [dossier],
               "inspections": []}
    return {**dict.fromkeys(PRODUCER, ""), "name": "HTX Mẫu Sơn", "commune": "06040", "products": [product], **changes}


def test_gaps_are_filled_and_contradictions_are_told():
    mine = numbered([one(phone="0912345678")])
    made = merge(mine, [one(name="Htx  Mau Son", phone="0987654321", email="a@b.vn")])
    assert {(d.field, d.mine, d.theirs) for d in made.conflicts} == {
        ("phone", "0912345678", "0987654321"), ("name", "HTX Mẫu Sơn", "Htx  Mau Son")}
    assert [(d.field, d.theirs) for d in made.fills] == [("email", "a@b.vn")]
    assert not made.additions


def test_a_code_finds_a_product_of_another_name_and_a_tax_number_tells_two_producers_apart():
    mine = numbered([one(tax_code="4900123456")])
    renamed = one()
    renamed["name"], renamed["products"][0]["name"] = "Hợp tác xã Mẫu Sơn", "Chè Shan"
    made = merge(mine, [renamed])
    assert not made.additions
    assert {d.field for d in made.conflicts} == {"name"}
    other = one(tax_code="4900999999")
    other["products"][0]["dossiers"][0]["code"] = None
    assert merge(mine, [other]).counts()["producer"] == 1


def test_what_stands_before_a_council_is_not_changed():
    mine = numbered([one()])
    mine[0]["products"][0]["dossiers"][0] |= {"locked": True, "certificate": None}
    theirs = one()
    theirs["products"][0]["dossiers"][0]["note"] = "khác"
    made = merge(mine, [theirs])
    assert not made.additions and not made.differences
    assert {d.field for d in made.locked} == {"note", "issued_on"}
