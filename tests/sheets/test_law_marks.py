"""Bullets, codes, points and star marks as they are typed in published tables."""

from __future__ import annotations

import pytest

from ocop_desktop.sheets import law_marks as marks


@pytest.mark.parametrize(
    ("typed", "stars", "left"),
    [
        ("Có chứng nhận (VietGAP) ****", 4, "Có chứng nhận (VietGAP)"),
        ("Có chứng nhận **** (VietGAP, ...)", 4, "Có chứng nhận (VietGAP, ...)"),
        ("*** Có chứng nhận", 3, "Có chứng nhận"),
        ("Có chứng nhận (***)", 3, "Có chứng nhận"),
        ("Có chứng nhận * * * *", 4, "Có chứng nhận"),
        ("Có chứng nhận ★★★★★", 5, "Có chứng nhận"),
        ("★★★☆☆", 3, ""),
        ("Có chứng nhận (3 sao)", 3, "Có chứng nhận"),
        ("(5 sao) Có chứng nhận", 5, "Có chứng nhận"),
        ("Có chứng nhận 4 sao (VietGAP)", 4, "Có chứng nhận (VietGAP)"),
        ("Có chứng nhận (VietGAP) 4 sao", 4, "Có chứng nhận (VietGAP)"),
        ("Có chứng nhận 3*", 3, "Có chứng nhận"),
        ("Bắt buộc từ 3 sao", 3, ""),
        ("≥ 4 sao", 4, ""),
        ("2***", 3, "2"),
        ("Có chứng nhận*", None, "Có chứng nhận*"),
        ("Sao chép mẫu (ISO, HACCP, ...)", None, "Sao chép mẫu (ISO, HACCP, ...)"),
    ],
)
def test_star_marks(typed, stars, left):
    assert marks.star(typed) == (stars, left)


@pytest.mark.parametrize(
    ("typed", "points", "left"),
    [
        ("Tên (5 điểm)", 5, "Tên"),
        ("Tên [5]", 5, "Tên"),
        ("Tên: 5 điểm", 5, "Tên"),
        ("Tên - 5 điểm", 5, "Tên"),
        ("Tên 5 điểm", 5, "Tên"),
        ("Tên (tối đa 5 điểm)", 5, "Tên"),
        ("5 điểm: Có", 5, "Có"),
        ("Có ........ 3", 3, "Có"),
        ("Có 05 điểm bán", None, "Có 05 điểm bán"),
        ("đáp ứng yêu cầu (1) và tập huấn", None, "đáp ứng yêu cầu (1) và tập huấn"),
    ],
)
def test_points_in_the_text(typed, points, left):
    assert marks.points_in(typed, True) == (points, left)


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("3", [3]),
        ("03", [3]),
        ("3 điểm", [3]),
        ("(3)", [3]),
        ("[5]", [5]),
        ("3,0", [3]),
        ("4 1", [4, 1]),
        ("", []),
        ("-", []),
        ("Có", None),
    ],
)
def test_points_cells(typed, numbers):
    assert marks.figures(typed) == numbers


@pytest.mark.parametrize(
    ("typed", "bullet", "code", "left"),
    [
        ("□ Có liên kết", "□", "", "Có liên kết"),
        ("o Có liên kết", "o", "", "Có liên kết"),
        ("oCó liên kết", "o", "", "Có liên kết"),
        ("☐Có", "☐", "", "Có"),
        ("- Có", "-", "", "Có"),
        ("+ Có", "+", "", "Có"),
        ("[ ] Có", "[", "", "Có"),
        ("\uf0a8 Có", "\uf0a8", "", "Có"),
        ("a) Có", "a)", "", "Có"),
        ("1.1. Tên", "", "1.1", "Tên"),
        ("6.1.1 Tên", "", "6.1.1", "Tên"),
        ("1.1.Tên", "", "1.1", "Tên"),
        ("6. Vị trí", "", "6", "Vị trí"),
        ("Phần A: Sản phẩm", "", "A", "Sản phẩm"),
        ("B. Tiếp thị", "", "B", "Tiếp thị"),
        ("02 năm liên tiếp", "", "", "02 năm liên tiếp"),
        ("50% đến 75%", "", "", "50% đến 75%"),
        ("OCOP là", "", "", "OCOP là"),
    ],
)
def test_beginnings_of_lines(typed, bullet, code, left):
    head = marks.head(typed)
    assert (head.bullet, head.code, head.text) == (bullet, code, left)


def test_cases_and_remarks():
    assert [marks.head(t).case for t in ("a. Trường hợp 1: x", "Trường hợp 2: y", "TRƯỜNG HỢP THỨ NHẤT", "Có")] == [
        "a",
        "b",
        "a",
        "",
    ]
    for text in ("Ghi chú: x", "Chú ý: x", "Yêu cầu: 100% x", "(Gồm: x)", "Lựa chọn một trong hai trường hợp sau:"):
        assert marks.is_note(text, marks.fold(text))
    assert not marks.is_note("Có yêu cầu", marks.fold("Có yêu cầu"))
