"""Values as people type them: one reading is mended, none or two is a doubt."""

from __future__ import annotations

import csv
import datetime as dt
import tomllib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ocop_desktop.paths import resources
from ocop_desktop.rules.terms import APPLICATION_KINDS, PRODUCER_KINDS
from ocop_desktop.sheets import repair
from ocop_desktop.sheets.column_words import ColumnWords
from ocop_desktop.sheets.legacy import _SIGNS, _VNI_TWO, looks_old


@pytest.mark.parametrize(
    "raw", [3, 3.0, "3", "3 sao", "3 Sao ", "OCOP 3*", "***", "★★★", "* * *", "hạng 3 sao", "Ba sao", "3*", "3.0", "3 sao OCOP"]
)
def test_stars_in_every_spelling(raw):
    assert repair.stars(raw)[::2] == (3, "")


@pytest.mark.parametrize("raw", ["#REF!", 6, 0, "6 sao", "abc", "3-4 sao", "******", 3.5, "ba bốn"])
def test_no_stars(raw):
    assert repair.stars(raw) == (None, (), "stars")


@pytest.mark.parametrize(
    "raw",
    [
        dt.date(2024, 6, 5),
        dt.datetime(2024, 6, 5, 7),
        "5/6/2024",
        "05/06/2024",
        "5-6-2024",
        "5.6.2024",
        "2024-06-05",
        "2024-06-05 00:00:00",
        "ngày 5 tháng 6 năm 2024",
        "05/06/24",
        45448,
        45448.0,
        "45448",
    ],
)
def test_days_in_every_spelling(raw):
    assert repair.day(raw)[::2] == (dt.date(2024, 6, 5), "")


@pytest.mark.parametrize(
    ("raw", "doubt"),
    [
        ("tháng 6/2024", "month"),
        ("6/2024", "month"),
        ("2024", "year"),
        (2024.0, "year"),
        ("năm 2024", "year"),
        ("31/02/2024", "date"),
        ("06/25/2024", "date"),
        ("chưa rõ", "date"),
        (12.5, "date"),
        ("05/06/1024", "date"),
    ],
)
def test_days_are_never_invented(raw, doubt):
    assert repair.day(raw) == (None, (), doubt)


@given(st.dates(dt.date(1955, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_is_read_from_every_form(day):
    serial = (day - dt.date(1899, 12, 30)).days
    for raw in (day, day.strftime("%d/%m/%Y"), f"{day.day}-{day.month}-{day.year}", day.isoformat(), serial, float(serial)):
        assert repair.day(raw).value == day


@pytest.mark.parametrize(
    ("raw", "became"),
    [
        (912345678.0, "0912345678"),
        (912345678, "0912345678"),
        ("912345678", "0912345678"),
        ("0912.345.678", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("0912345678", "0912345678"),
        (2053812345.0, "02053812345"),
        ("0912345678; 0987654321", "0912345678; 0987654321"),
        ("", ""),
        ("19001234", "19001234"),
    ],
)
def test_phones(raw, became):
    assert repair.phone(raw)[::2] == (became, "")


def test_a_phone_that_is_none_is_kept_and_asked_about():
    assert repair.phone("chưa có") == ("chưa có", (), "phone")


@given(st.text(max_size=40))
def test_tidy_text_stays_as_it_is(words):
    once = repair.text(words).value
    assert repair.text(once).value == once
    assert unicodedata.is_normalized("NFC", once)
    assert once == once.strip()
    assert "\u200b" not in once
    assert "\u00a0" not in once


def test_repairs_of_text_are_named():
    assert repair.text(unicodedata.normalize("NFD", "Chè")).mended == ("nfc",)
    assert repair.text("a\u200bb") == ("ab", ("unseen",), "")
    assert repair.text("a\u00a0b") == ("a b", ("no_break",), "")
    assert repair.text(" a  b ") == ("a b", ("blanks",), "")
    assert repair.text(12.0) == ("12", (), "")


@pytest.mark.parametrize("words", ["Hîp t¸c x· N«ng nghiÖp", "Hôïp taùc xaõ", "MËt ong rõng", "C«ng ty TNHH"])
def test_old_fonts_are_noticed(words):
    assert repair.text(words) == (words, (), "legacy")


def test_unicode_vietnamese_is_never_taken_for_an_old_font():
    lines = (resources() / "communes.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) > 3000
    assert not [line for line in lines if repair.is_legacy(line) or repair.is_legacy(line.upper())]


@pytest.mark.parametrize("words", ["Nescafé® mùa hè", "Crème brûlée", "37°C – ½ kg", "Bánh «Mẹ»"])
def test_other_marks_are_no_old_font(words):
    assert not repair.is_legacy(words)


@pytest.mark.parametrize(
    ("raw", "value"), [("Bộ 11", 11), (11.0, 11), ("11", 11), ("Bộ số 5: Gạo", 5), ("nhóm 3", 3), ("Thực phẩm", "Thực phẩm")]
)
def test_sets(raw, value):
    assert repair.set_number(raw).value == value


@pytest.mark.parametrize("raw", [27, 0, "Bộ 30", 3.5])
def test_no_such_set(raw):
    assert repair.set_number(raw) == (None, (), "set")


def test_tax_numbers():
    assert repair.tax_code("0100109106") == ("0100109106", (), "")
    assert repair.tax_code(100109106.0) == ("0100109106", ("tax_code",), "")
    assert repair.tax_code("0100109106001") == ("0100109106-001", ("tax_code",), "")
    assert repair.tax_code(100109107.0).doubt == "tax_code"
    assert repair.tax_code("").value == ""


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ("HTX", "cooperative"),
        ("Hợp tác xã", "cooperative"),
        ("THT", "cooperative_group"),
        ("Công ty TNHH", "company"),
        ("DN", "company"),
        ("Chi nhánh Công ty TNHH X", "company"),
        ("HKD", "household"),
        ("Hộ gia đình", "household"),
        ("Trang trại", "farm"),
        ("Hội làm vườn", "association"),
        ("Hộ sản xuất", "household"),
        ("DNTN", "company"),
    ],
)
def test_kinds_of_producers(raw, key):
    assert repair.producer_kind(raw) == (key, (), "")
    assert key in PRODUCER_KINDS


@pytest.mark.parametrize(
    ("raw", "key"),
    [("Lần đầu", "first"), ("Đăng ký mới", "first"), (1.0, "first"), ("Nâng hạng", "upgrade"), ("Đánh giá lại", "reevaluation")],
)
def test_kinds_of_applications(raw, key):
    assert repair.application_kind(raw) == (key, (), "")
    assert key in APPLICATION_KINDS


def test_unknown_kinds_are_asked_about():
    assert repair.producer_kind("Tổ chức khác").doubt == "kind"
    assert repair.application_kind("lần 2").doubt == "application"


def test_counts():
    assert repair.count("5 sản phẩm").value == 5
    assert repair.count(0.0).value == 0
    assert repair.count("nhiều").doubt == "count"


@given(
    st.one_of(st.text(max_size=30), st.integers(), st.floats(), st.none(), st.booleans(), st.datetimes()),
    st.sampled_from(sorted(repair.READERS)),
)
def test_no_value_breaks_a_reader(raw, name):
    assert isinstance(repair.READERS[name](raw), repair.Read)


def test_no_commune_and_no_criterion_is_taken_for_an_old_font():
    root = Path(__file__).resolve().parents[2] / "resources"
    with open(root / "communes.csv", encoding="utf-8", newline="") as file:
        words = [row["commune"] for row in csv.DictReader(file)]
    for path in (root / "rulebooks" / "26-2026").glob("set-*.toml"):
        for criterion in tomllib.loads(path.read_text(encoding="utf-8"))["criterion"]:
            words += [criterion["vi"], *(option["vi"] for option in criterion["options"])]
    words.append("Hoàng Xuân Uyên")
    assert len(words) > 6000
    assert not [w for w in words if repair.is_legacy(w) or repair.is_legacy(w.upper())]


_LINES = st.lists(st.text(alphabet="aoHuỳòĐ ́ý\u00a0\u200b\n\t\ufffd°¸ø1-", max_size=8), max_size=4)


@given(_LINES)
@example(["1\t"])
@example(["\u00a01"])
def test_a_column_is_plain_when_each_of_its_texts_would_stay_without_a_doubt(texts):
    words = ColumnWords(texts)
    plain = repair.is_plain(words) and not looks_old(words)
    assert looks_old(words) or plain == all(repair.text(one) == repair.Read(one) for one in texts)


def test_whatever_looks_old_has_a_western_letter():
    for letter in map(chr, range(0x21, 0x3000)):
        together = ColumnWords([f"a{letter}", f"o{letter}", f"{letter}ù"])
        assert looks_old(together) == bool(_SIGNS.search(together.together) or _VNI_TWO.search(together.together))
