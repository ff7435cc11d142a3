"""Names that are the same to a person, that may be, and that are not."""

from __future__ import annotations

import pytest

from ocop_desktop.sheets.likeness import MAYBE, SAME, name_score


@pytest.mark.parametrize(
    ("one", "other"),
    [("HTX Mẫu Sơn", "Hợp tác xã Mẫu Sơn"), ("Cty TNHH Hoà Bình", "Công ty TNHH Hòa Bình"), ("CHÈ SHAN", "Chè Shan")],
)
def test_the_same_name(one, other):
    assert name_score(one, other) == name_score(other, one) == SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HTX Nông nghiệp Mẫu Sơn", "Hợp tác xã Mẫu Sơn"),
        ("Hộ kinh doanh Nguyễn Văn Ân", "Hộ kinh doanh Nguyễn Văn An"),
        ("HTX Sơn Mẫu", "HTX Mẫu Sơn"),
        ("HTX Chè Mẫu Sơnn", "HTX Chè Mẫu Sơn"),
    ],
)
def test_what_a_person_should_look_at(one, other):
    assert MAYBE <= name_score(one, other) < SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HTX A", "HTX B"),
        ("Chè số 1", "Chè số 2"),
        ("Hộ kinh doanh Nguyễn Văn An", "Hộ kinh doanh Nguyễn Văn Bình"),
        ("Công ty Cổ phần Nước mắm Phan Thiết", "Công ty Cổ phần Chế biến và Xuất khẩu Nước mắm Phan Thiết - Mũi Né"),
    ],
)
def test_others(one, other):
    assert name_score(one, other) < MAYBE
