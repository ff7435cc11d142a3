"""Layouts nobody wrote down: every way of typing mixed at random; the words are the rulebook's own labels."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ocop_desktop.sheets.law_document import read_document
from ocop_desktop.sheets.law_matching import match
from tests import law_documents as made
from tests.law_document_writer import Writer
from tests.law_documents import Layout, rulebook

HEADINGS = (
    "BỘ SẢN PHẨM: {NAME}", "Bộ sản phẩm : {name}", "Bộ SP: {name}", "{n}. BỘ SẢN PHẨM {NAME}", "Bộ số {n}. {name}",
    "Bộ {n}: {name}", "PHỤ LỤC II.{n} - BỘ TIÊU CHÍ {NAME}", "Biểu {n}. Bộ sản phẩm {name}",
    "Bộ tiêu chí sản phẩm {name}",
    "IV. Bộ sản phẩm: {name}", "Sản phẩm: {name}", "{name}",
)
MARKS = (
    "({n} sao)", "{stars}", "({stars})", "{n}*", "{signs}", "[{n}*]", "{n} sao", "{spaced}", "(≥ {n} sao)", "(Yêu cầu {n} sao)",
)
LAYOUTS = st.builds(
    Layout,
    name=st.just("mixed"),
    columns=st.sampled_from(("two", "code", "max", "merged", "cell", "nested")),
    kind=st.sampled_from(("html", "docx")),
    bullet=st.sampled_from(("□ ", "o ", "- ", "+ ", "• ", "☐ ", "o", "q ", "( ) ", "[ ] ")),
    code=st.sampled_from(("{code}. ", "{code} ", "{code}) ", "Tiêu chí {code}: ")),
    heading=st.sampled_from(HEADINGS),
    mark=st.sampled_from(MARKS),
    mark_at=st.sampled_from(("end", "bracket", "points")),
    most=st.sampled_from((" ({n} điểm)", " [{n}]", " (tối đa {n} điểm)")),
    points=st.sampled_from(("{n}", "0{n}", "{n} điểm", "({n})", "{n},0")),
    split=st.sampled_from((0, 7, 13)),
    header=st.booleans(),
    repeat_header=st.booleans(),
    noise=st.booleans(),
    decomposed=st.booleans(),
    yes_no_rows=st.booleans(),
    notes_in_cell=st.booleans(),
    heading_in_table=st.booleans(),
    shuffled=st.booleans(),
).filter(lambda layout: layout.columns != "nested" or layout.kind == "html")  # the writer nests tables in web pages only


@settings(max_examples=12, deadline=None, derandomize=True, phases=[Phase.generate])
@given(layout=LAYOUTS, seed=st.integers(1, 10_000))
def test_any_mixture_is_attached_whole_and_exactly_its_faults_are_told(layout: Layout, seed: int) -> None:
    chance = random.Random(seed)
    sets, faults = made.with_faults(made.invented(seed), chance, 12)
    with tempfile.TemporaryDirectory() as folder:
        found = match(read_document(Writer(layout, chance).write(sets, Path(folder))), rulebook())
    assert (len(found.criteria), len(found.options)) == (787, 2579)
    assert {(d.set, d.criterion, d.option, d.what, d.document, d.rulebook) for d in found.differences} == faults
