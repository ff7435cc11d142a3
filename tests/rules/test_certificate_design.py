"""Certificate layouts as values: written and read back, refused with the place, words filled in, boxes that catch."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop_desktop.errors import ProblemsFound, UserError
from ocop_desktop.rules.certificate_design import HEIGHT, WIDTH, Field, design_text, faults, read_design
from ocop_desktop.rules.certificate_design_default import DEFAULT
from ocop_desktop.rules.certificate_snapping import MARGIN, caught, inside
from ocop_desktop.rules.certificate_words import check_words, filled

VALUES = {"sản phẩm": "Chè", "mã số": "20-05980-03-2026", "bộ sản phẩm": "", "cơ quan cấp": "ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN"}


def test_the_first_layout_is_good_and_survives_its_file():
    assert faults(DEFAULT) == []
    text = design_text(DEFAULT)
    assert read_design(json.loads(text)) == DEFAULT
    assert text.count("\n") < 40  # a field a line


@pytest.mark.parametrize("key, item, value", [
    ("product", "size", "to"), ("product", "x", 1.5), ("qr", "kind", "picture"), ("title", "colour", "green"),
    ("title", "font", "Arial"), ("stars", "shown", 1), ("product", "words", 5)])
def test_a_wrong_item_is_refused_with_its_place(key: str, item: str, value: object):
    raw = json.loads(design_text(DEFAULT))
    next(field for field in raw["fields"] if field["key"] == key)[item] = value
    with pytest.raises(ProblemsFound) as refused:
        read_design(raw)
    places = [(p.place.sheet, p.place.column) for p in refused.value.problems]
    assert places == [(key, item)]


def test_what_no_certificate_may_lack_is_asked_for():
    for key, place in (("product", "sản phẩm"), ("number", "số giấy"), ("decision", "số quyết định"), ("producer", "chủ thể")):
        without = DEFAULT.with_field(replace(DEFAULT.field(key), shown=False))
        assert [p.values["place"] for p in faults(without)] == ["{" + place + "}"]


def test_a_small_code_a_low_signature_and_a_box_outside_are_refused():
    for key, change in (("qr", {"width": 290}), ("signature", {"height": 390}), ("title", {"x": 2000})):
        found = faults(DEFAULT.with_field(replace(DEFAULT.field(key), **change)))
        assert [p.place.sheet for p in found] == [key]


def test_words_are_filled_in_with_bold_options_and_lines():
    assert filled("của *{sản phẩm}*!", VALUES) == ((("của ", False), ("Chè", True), ("!", False)),)
    assert filled("[Mã số *{mã số}*][  ·  Bộ: {bộ sản phẩm}]", VALUES) == ((("Mã số ", False), ("20-05980-03-2026", True)),)
    assert filled("[Mã số *{địa chỉ}*][  ·  {sản phẩm}]", VALUES) == ((("Chè", False),),)
    assert filled("*{cơ quan cấp}*", VALUES) == ((("ỦY BAN NHÂN DÂN", True),), (("TỈNH LẠNG SƠN", True),))
    assert filled("{địa chỉ}", VALUES) == ()


@pytest.mark.parametrize("words, said", [("{tên}", "tên"), ("{sản phẩm", "{"), ("[a", "[a"), ("[[a]]", "[[a]]"), ("a]", "a]")])
def test_words_that_cannot_be_filled_in_are_refused(words: str, said: str):
    with pytest.raises(UserError) as refused:
        check_words(words)
    assert said in str(refused.value)


@given(st.integers(-5000, 5000), st.integers(-5000, 5000), st.integers(1, 9000), st.integers(1, 9000),
       st.sampled_from(["", "l", "rb", "lt", "t"]), st.integers(0, 60))
def test_a_box_stays_on_the_page_however_it_is_dragged(x: int, y: int, width: int, height: int, edges: str, reach: int):
    field = inside(Field("text-1", x=x, y=y, width=width, height=height))
    for made in (field, caught(field, DEFAULT.fields, reach, edges).field):
        assert made.x >= 0 and made.y >= 0 and made.width >= 30 and made.height >= 30
        assert made.x + made.width <= WIDTH and made.y + made.height <= HEIGHT


def test_a_box_catches_the_middle_the_margin_and_other_boxes():
    field = Field("text-1", x=1000, y=1000, width=950, height=80)
    found = caught(field, [], 30)
    assert (found.field.x + found.field.width // 2, found.upright) == (WIDTH // 2, WIDTH // 2)
    assert caught(replace(field, x=MARGIN + 12), [], 30).field.x == MARGIN
    other = Field("text-2", x=400, y=1015, width=200, height=80)
    assert caught(replace(field, y=1300), [replace(other, y=1310)], 30).field.y == 1310
    assert caught(field, [other], 0).field == field  # nothing within reach
    sized = caught(replace(field, x=700, width=760), [], 30, "r")
    assert (sized.field.x, sized.field.x + sized.field.width) == (700, WIDTH // 2)
