"""The office's data: kept tidy, wrong values refused field by field."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from ocop_desktop.actions.office import Office, proposed_office, provinces, read_office, save_office
from ocop_desktop.data.engine import Database, Session
from ocop_desktop.errors import ProblemsFound
from ocop_desktop.rules.working_rules import WorkingRules


def test_defaults(session: Session) -> None:
    office = read_office(session)
    assert office == Office()
    assert office.certificate_number(3, 2026) == "03-2026/GCN-OCOP"
    assert office.working_rules == WorkingRules()
    assert len(provinces(session)) == 34


def test_kept_and_read_in_another_transaction(db: Database, tmp_path: Path) -> None:
    office = Office("20", "", unicodedata.normalize("NFD", "  Ủy ban nhân dân   tỉnh Lạng Sơn "), "Sở", "Lạng Sơn",
                    ("TM. ỦY BAN NHÂN DÂN", "  ", "CHỦ TỊCH"), "Nguyễn Văn A", "{number:03d}/{year}", str(tmp_path),
                    WorkingRules(gate_rule="chair", quorum=Fraction(2, 3), source="Quy chế 5"))
    with db.begin() as session:
        saved = save_office(session, office)
    with db.begin() as session:
        found = read_office(session)
    assert found == saved
    assert found.province_name == "Tỉnh Lạng Sơn"
    assert found.body == "Ủy ban nhân dân tỉnh Lạng Sơn"
    assert found.signatory_title == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    assert found.working_rules.quorum == Fraction(2, 3)
    assert found.certificate_number(7, 2026) == "007/2026"


def test_proposed(session: Session) -> None:
    office = proposed_office(session, "20")
    assert (office.body, office.place) == ("Ủy ban nhân dân tỉnh Lạng Sơn", "Lạng Sơn")
    assert proposed_office(session, "01").body == "Ủy ban nhân dân thành phố Hà Nội"
    assert proposed_office(session, "xx") == Office()
    assert save_office(session, office) == office


@pytest.mark.parametrize(("field", "value"), [
    ("province_code", "99"), ("province_code", "Lạng Sơn"), ("body", "x" * 301), ("output_folder", "/no/such/folder"),
    ("certificate_number_pattern", "GCN"), ("certificate_number_pattern", "{year}"), ("certificate_number_pattern", "{number"),
    ("certificate_number_pattern", "{number}{x}"), ("certificate_number_pattern", "{number.__class__}"),
    ("certificate_number_pattern", "{number!r}"), ("certificate_number_pattern", "{number:>999999999}"),
    ("certificate_number_pattern", "{number[0]}"), ("certificate_number_pattern", "{}"),
    ("certificate_number_pattern", "{number:02x}"),
])
def test_wrong_values_are_named(session: Session, field: str, value: str) -> None:
    with pytest.raises(ProblemsFound) as caught:
        save_office(session, replace(Office(), **{field: value}))
    assert [p.place.column for p in caught.value.problems] == [field]
    assert str(caught.value)
    assert read_office(session) == Office()
