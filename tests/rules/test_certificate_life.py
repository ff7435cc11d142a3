import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop_desktop.errors import UserError
from ocop_desktop.rules.certificate_life import end_of, state_on
from ocop_desktop.rules.names import fold
from ocop_desktop.rules.product_code import ProductCode, propose_code, read_code

END = dt.date(2029, 8, 5)


@pytest.mark.parametrize(
    ("issued", "end"),
    [(dt.date(2026, 8, 5), END), (dt.date(2024, 2, 29), dt.date(2027, 2, 28)), (dt.date(2025, 12, 31), dt.date(2028, 12, 31))],
)
def test_thirty_six_months(issued, end):
    assert end_of(issued) == end


@pytest.mark.parametrize(
    ("before_end", "state"), [(181, "valid"), (180, "due"), (120, "due"), (119, "late"), (0, "late"), (-1, "expired")]
)
def test_states(before_end, state):
    assert state_on(END - dt.timedelta(days=before_end), END) == state


def test_revoked_from_its_day_on():
    day = dt.date(2027, 1, 1)
    assert state_on(day, END, revoked=day) == "revoked"
    assert state_on(day - dt.timedelta(days=1), END, revoked=day) == "valid"


@given(
    st.from_regex(r"[0-9]{2}", fullmatch=True),
    st.from_regex(r"[0-9]{5}", fullmatch=True),
    st.integers(1, 999),
    st.integers(2019, 2100),
)
def test_codes_survive_writing_and_reading(province, commune, number, year):
    code = ProductCode(province, commune, number, year)
    assert read_code(str(code)) == code
    assert propose_code(province, commune, year, [str(code)]).number == number + 1


@pytest.mark.parametrize("text", ["", "20-6040-03-2026", "20-06040-00-2026", "20-06040-3-2026", "x", "20-06040-03-26"])
def test_wrong_codes_are_refused(text):
    with pytest.raises(UserError, match="20-06040-03-2026"):
        read_code(text)


def test_code_example_and_first_number():
    assert (
        str(propose_code("20", "06040", 2026, ["20-06040-02-2026", "20-06040-09-2025", "20-06041-07-2026", "rác"]))
        == "20-06040-03-2026"
    )
    assert propose_code("20", "06040", 2026, []).number == 1


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Chè  Shan tuyết", "che shan tuyet"),
        ("Hoà Bình", "Hòa Bình"),
        ("ĐẮK R’LẤP", "đắk r'lấp"),
        ("Hòa", "Hòa"),
        ("x\u00a0y\u200b", "x y"),
    ],
)
def test_folding(one, two):
    assert fold(one) == fold(two)
