"""What headings mean."""

from __future__ import annotations

import pytest

from ocop_desktop.sheets import headings
from ocop_desktop.sheets.headings import guess, meaning


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("TÊN SẢN PHẨM", "product"),
        ("Tên SP", "product"),
        ("product_name", "product"),
        ("subject_name", "producer"),
        ("category", "set_no"),
        ("original_address", "address"),
        ("current_commune", "commune"),
        ("star_rating", "stars"),
        ("cert_year", "year"),
        ("decision_number", "decision"),
        ("cert_issued_at", "date"),
        ("cert_expires_at", "expires_on"),
        ("issuing_authority", "authority"),
        ("MST", "tax_code"),
        ("Mã số thuế/CCCD", "tax_code"),
        ("SĐT", "phone"),
        ("Số điện thoại", "phone"),
        ("Đơn vị sản xuất", "producer"),
        ("Xã, phường, đặc khu", "commune"),
        ("Bộ sản phẩm (số)", "set_no"),
        ("Lần đăng ký", "kind"),
        ("Ghi chú", "note"),
        ("Email", "email"),
        ("Ngày hết\nhạn", "expires_on"),
        ("Hạng sao hiện tại", "current_stars"),
        ("Mã sản phẩm", "code"),
        ("STT", "running"),
    ],
)
def test_known_words(heading, field):
    assert meaning(heading) == (field, 100)


@pytest.mark.parametrize("heading", ["MSP", "record_id", "legacy_region", "Doanh thu", "Số lao động", "", "1", "Vốn", "batch_id"])
def test_unknown_words_are_not_guessed(heading):
    assert meaning(heading)[0] == ""


def test_a_slip_of_the_hand_is_a_guess_to_look_at():
    field, sure = meaning("Tên sãn phâmm")
    assert field == "product"
    assert 88 <= sure < 100


def test_repeated_headings_are_the_second_recognition_and_a_field_is_given_once():
    fields = [c.field for c in guess(["Tên sản phẩm", "Hạng sao", "Ngày", "Hạng sao", "Ngày", "Hạng sao", "Tên sản phẩm"])]
    assert fields == ["product", "first_stars", "first_date", "second_stars", "second_date", "", ""]


def test_a_whole_under_a_group_is_what_the_group_says():
    heads = ["Nội dung", "Số lớp/cuộc", "Tổng số", "Nữ", "DTTS", "Tổng cộng"]
    groups = ["", "", "Số người tham dự", "Số người tham dự", "Số người tham dự", "Kinh phí (triệu đồng)"]
    assert [c.field for c in guess(heads, groups)] == ["activity", "events", "people", "women", "minorities", "cost"]
    assert guess(["Tổng số", "Tên"], ["Kết quả", "Chủ thể"])[0].field == ""  # no count: nothing is guessed


def test_every_synonym_leads_to_a_field():
    for word, field in headings._WORDS.items():
        assert meaning(word)[0] == field
        assert field in headings.FIELDS or field in headings.RECOGNITION
