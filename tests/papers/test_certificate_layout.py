"""Certificates as an office lays them out: no letter leaves its box or the page, whatever the names, faces and sizes."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdf
import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from ocop_desktop.papers.certificate import Designs, code_of, render
from ocop_desktop.papers.certificate_layout import TENTH
from ocop_desktop.papers.ruler_page import render_ruler
from ocop_desktop.rules.certificate_design import BORDERS, Design, Field
from ocop_desktop.rules.certificate_design_default import DEFAULT
from tests.papers.test_certificate import GOOD, LONG, words

SLACK = 0.6  # points: half a hair of what a renderer rounds
texts = st.sampled_from(["{sản phẩm}", "của chủ thể *{chủ thể}*", "*{sản phẩm}*\n{địa chỉ}", "[{mã số}] – {chủ thể}"])


def _letters(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """The inked box of every letter: left, bottom, right, top."""
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    return [page.get_charbox(n) for n in range(page.count_chars()) if page.get_text_range(n, 1).strip()]


def _drawn(design: Design, certificate=GOOD) -> tuple[bytes, tuple]:  # type: ignore[no-untyped-def]
    return render([certificate], invariant=True, designs=Designs({"general": design}))


@settings(max_examples=40, deadline=None)
@given(product=words, producer=words, said=texts, x=st.integers(0, 2000), y=st.integers(0, 1700), width=st.integers(400, 970),
       height=st.integers(90, 400), size=st.integers(60, 720), family=st.sampled_from(["serif", "sans"]),
       style=st.sampled_from(["regular", "bold", "italic"]), align=st.sampled_from(["left", "center", "right"]),
       stand=st.sampled_from(["top", "middle", "bottom"]), rule=st.sampled_from(["none", "short", "full"]),
       spacing=st.integers(0, 40))
def test_no_letter_leaves_its_box(product: str, producer: str, said: str, **look: object):
    field = Field("text-1", words=said, **look)  # type: ignore[arg-type]
    pdf, problems = _drawn(Design(border="none", pattern=False, fields=(field,)),
                           replace(GOOD, product=product, producer=producer, address=product))
    if problems:  # told, not drawn outside: only where not even the smallest type would do
        assert [p.kind for p in problems] == ["too_long"]
        return
    left, top = field.x * TENTH, 595.28 - field.y * TENTH
    right, bottom = left + field.width * TENTH, top - field.height * TENTH
    for box in _letters(pdf):
        assert box[0] >= left - SLACK and box[2] <= right + SLACK
        assert box[1] >= bottom - SLACK and box[3] <= top + SLACK


@pytest.mark.parametrize("change", [{}, {"product": LONG, "producer": LONG, "address": LONG},
                                    {"signatory": ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")}])
def test_every_field_of_the_first_layout_stays_in_its_box(change: dict[str, object]):
    for field in DEFAULT.fields:
        if field.kind not in ("text", "signature"):
            continue
        pdf, problems = _drawn(Design(border="none", pattern=False, fields=(field,)), replace(GOOD, note="Cấp lại", **change))
        assert problems == ()
        boxes = _letters(pdf)
        assert boxes
        assert min(b[0] for b in boxes) >= field.x * TENTH - SLACK
        assert max(b[2] for b in boxes) <= (field.x + field.width) * TENTH + SLACK
        assert max(b[3] for b in boxes) <= 595.28 - field.y * TENTH + SLACK
        assert min(b[1] for b in boxes) >= 595.28 - (field.y + field.height) * TENTH - SLACK


def test_a_long_name_is_set_smaller_on_more_lines_and_whole_words_stay_whole():
    pdf, problems = _drawn(Design(border="none", pattern=False, fields=(DEFAULT.field("product"),)), replace(GOOD, product=LONG))
    assert problems == ()
    lines = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range().split("\r\n")
    assert len(lines) == 2
    assert " ".join(" ".join(lines).split()) == LONG


def test_stars_and_forms_have_their_own_layouts_and_fall_back_to_the_general_one():
    def titled(words: str) -> Design:
        return DEFAULT.with_field(replace(DEFAULT.field("subtitle"), words=words))

    designs = Designs({"general": titled("CHUNG"), "stars4": titled("BỐN SAO"), "reissue": titled("CẤP LẠI")})
    asked = [replace(GOOD, stars=3), replace(GOOD, stars=4), replace(GOOD, stars=4, form="reissue"), replace(GOOD, form="copy")]
    pdf, problems = render(asked, designs=designs)
    assert problems == ()
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    found = [next(words for words in ("CHUNG", "BỐN SAO", "CẤP LẠI") if words in page) for page in pages]
    assert found == ["CHUNG", "BỐN SAO", "CẤP LẠI", "CHUNG"]
    assert ["BẢN SAO" in page for page in pages] == [False, False, False, True]


def test_a_copy_says_so_even_where_its_layout_has_no_place_for_it():
    silent = replace(DEFAULT, fields=tuple(field for field in DEFAULT.fields if field.key != "note"))
    hidden = DEFAULT.with_field(replace(DEFAULT.field("note"), shown=False))
    for design in (silent, hidden):
        pdf, _problems = _drawn(design, replace(GOOD, form="copy"))
        assert "BẢN SAO" in pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


@pytest.mark.parametrize("border", BORDERS)
def test_the_code_is_read_at_its_smallest_size_within_every_frame(border: str):
    code = replace(DEFAULT.field("qr"), width=300, height=300)
    pdf, _problems = _drawn(replace(DEFAULT, border=border, main="#8a1c1c").with_field(code))
    image = pypdfium2.PdfDocument(pdf)[0].render(scale=150 / 72).to_pil()
    assert [found.text for found in zxingcpp.read_barcodes(image)] == [code_of(GOOD)]


def test_a_picture_fills_the_page_under_the_words_and_is_kept_once():
    file = io.BytesIO()
    Image.new("RGB", (297, 210), (250, 220, 180)).save(file, "JPEG", quality=95)
    design = replace(DEFAULT, picture="a" * 64, border="none", pattern=False)
    pdf, problems = render([GOOD, GOOD], designs=Designs({"general": design}, {"a" * 64: file.getvalue()}))
    assert problems == ()
    image = pypdfium2.PdfDocument(pdf)[1].render(scale=1).to_pil()
    for spot in ((3, 3), (838, 590), (200, 300)):
        assert all(abs(a - b) < 8 for a, b in zip(image.getpixel(spot), (250, 220, 180), strict=True))
    assert pdf.count(b"/DCTDecode") == 1
    assert zxingcpp.read_barcodes(pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil())


def test_the_ruler_page_has_its_crosses_20_millimetres_from_the_edges():
    image = pypdfium2.PdfDocument(render_ruler())[0].render(scale=300 / 72).to_pil().convert("L")
    dot = 300 / 25.4

    def dark(x: float, y: float) -> bool:
        return min(image.getpixel((round(x) + i, round(y) + j)) for i in (-1, 0, 1) for j in (-1, 0, 1)) < 160

    for x in (20, 277):
        for y in (20, 190):
            assert dark(x * dot, (y - 5) * dot) and dark((x + 5) * dot, y * dot) and not dark((x + 5) * dot, (y - 5) * dot)
