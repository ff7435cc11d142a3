"""Who signs on a day, the lines above the name, and numbers of papers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocop_desktop.rules import paper_number
from ocop_desktop.rules.signatories import Signatory, faults, read_lines, who_signs

DAY = dt.date(2026, 3, 1)
CHAIR = Signatory("committee", "Hồ Tiến Thiệu", "Chủ tịch", collective="Ủy ban nhân dân", first=dt.date(2021, 6, 1),
                  last=dt.date(2026, 2, 28))
DEPUTY = Signatory("committee", "Đoàn Thanh Sơn", "Phó Chủ tịch", "KT.", "Chủ tịch", "Ủy ban nhân dân", DAY)


def test_lines_are_those_of_the_decree() -> None:
    assert CHAIR.lines == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    assert DEPUTY.lines == ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    assert Signatory("agency", "A", "Trưởng phòng", "TL.", "Giám đốc").lines == ("TL. GIÁM ĐỐC", "TRƯỞNG PHÒNG")
    assert Signatory("committee", "A", "Giám đốc Sở", "TUQ.", "Chủ tịch").lines == ("TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ")


@given(st.sampled_from((CHAIR, DEPUTY, Signatory("agency", "A", "PHÓ GIÁM ĐỐC", "KT.", "GIÁM ĐỐC"))))
@settings(max_examples=5)
def test_lines_can_be_read_again(one: Signatory) -> None:
    assert read_lines(one.issuer, one.lines, one.name).lines == one.lines


def test_each_day_has_who_signs_and_no_name_is_made_up() -> None:
    people = (CHAIR, DEPUTY)
    assert who_signs(people, "committee", DAY - dt.timedelta(days=1)) is CHAIR
    assert who_signs(people, "committee", DAY) is DEPUTY
    assert who_signs(people, "committee", dt.date(2020, 1, 1)) is None and who_signs(people, "agency", DAY) is None
    assert not CHAIR.meets(DEPUTY) and replace(CHAIR, last=DAY).meets(DEPUTY)
    assert not replace(CHAIR, issuer="agency", last=None).meets(DEPUTY)


@pytest.mark.parametrize(("change", "key"), [
    ({"name": ""}, "name"), ({"title": ""}, "title"), ({"head": ""}, "head"), ({"way": "PP."}, "way"),
    ({"way": "TUQ."}, "collective"), ({"last": dt.date(2020, 1, 1)}, "last"), ({"issuer": "x"}, "issuer"),
])
def test_what_is_wrong_is_named(change: dict[str, str], key: str) -> None:
    assert [field for field, _words in faults(replace(DEPUTY, **change))] == [key]
    assert not list(faults(DEPUTY))


def test_numbers_follow_their_pattern() -> None:
    pattern = paper_number.tidy("{so:02}/QĐ-UBND")
    assert pattern == paper_number.proposed("QĐ", "UBND") == "{number:02d}/QĐ-UBND"
    assert paper_number.told(pattern, 5, 2026) == "05/QĐ-UBND" and paper_number.told(pattern, 1205, 2026) == "1205/QĐ-UBND"
    assert paper_number.left_open(paper_number.tidy("{so}/{nam}/BB"), 2026) == "……/2026/BB"
    signs = [paper_number.sign_of(n, "UBND") for n in ("Số: ……/BB-HĐ", "Số: ……/TTr", "Số: ……/……", "Số: ……/UBND-……")]
    assert signs == ["BB", "TTr", "CV", "CV"] and paper_number.proposed("CV", "UBND") == "{number:02d}/UBND"
    assert paper_number.sound("{number}/X") and not paper_number.sound("{year}/X") and not paper_number.sound("{number.real}")
    assert paper_number.following(()) == 1 and paper_number.following((), 120) == 120 and paper_number.following((1, 7)) == 8
