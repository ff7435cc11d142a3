"""The law's wording found in documents of many layouts: every row attached, exactly the figures that differ reported."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path

import pytest

from ocop_desktop.sheets.law_document import read_document
from ocop_desktop.sheets.law_matching import Attachment, match
from tests import law_documents as made
from tests.law_document_writer import Writer
from tests.law_documents import LAYOUTS, Layout, SetText, rulebook

PLAIN = LAYOUTS[0]
CASES = [(layout, "invented") for layout in LAYOUTS] + [(layout, "law") for layout in LAYOUTS[::8] if made.LAW.exists()]


def texts(words: str, seed: int) -> list[SetText]:
    return made.of_the_law() if words == "law" else made.invented(seed)


def attached(layout: Layout, sets: list[SetText], folder: Path, seed: int = 1) -> Attachment:
    return match(read_document(Writer(layout, random.Random(seed)).write(sets, folder)), rulebook())


def told(found: Attachment) -> set[made.Fault]:
    return {(d.set, d.criterion, d.option, d.what, d.document, d.rulebook) for d in found.differences}


@pytest.mark.parametrize(("layout", "words"), CASES, ids=[f"{layout.name}, {words}" for layout, words in CASES])
def test_every_layout_is_attached_whole_and_its_faults_are_told(layout, words, tmp_path):
    seed = LAYOUTS.index(layout)
    sets = texts(words, seed)
    faulty, faults = made.with_faults(sets, random.Random(seed), 40)
    found = attached(layout, faulty, tmp_path, seed)
    assert (len(found.criteria), len(found.options)) == (found.criteria_total, found.options_total) == (787, 2579)
    assert not found.missing and not found.unmatched and not found.without_marks
    assert told(found) == faults
    wrong = [
        (s.number, c.code, o.choice)
        for s in sets
        for c in s.criteria
        for o in c.options
        if found.options[s.number, c.code, o.choice] != " ".join(o.text.split())
    ]
    assert len(wrong) <= 3 * layout.messy, wrong[:5]


@pytest.mark.parametrize("layout", LAYOUTS[:6], ids=lambda layout: layout.name)
def test_missing_rows_shift_nothing(layout, tmp_path):
    chance = random.Random(11)
    gone = set()
    sets = []
    for text in made.invented(3):
        criteria = []
        for criterion in text.criteria:
            if criterion.options and chance.random() < 0.03:
                out = chance.choice(criterion.options)
                gone.add((text.number, criterion.code, out.choice))
                criterion = replace(criterion, options=tuple(o for o in criterion.options if o is not out))
            criteria.append(criterion)
        sets.append(replace(text, criteria=tuple(criteria)))
    found = attached(layout, sets, tmp_path)
    assert len(gone) > 10 and set(found.missing) == gone and not found.differences
    for text in sets:
        for criterion in text.criteria:
            for option in criterion.options:
                said = found.options[text.number, criterion.code, option.choice]
                assert said == " ".join(option.text.split()) or layout.messy


def test_a_missing_criterion_takes_no_rows_of_others(tmp_path):
    sets = [replace(s, criteria=tuple(c for c in s.criteria if c.code != "2.2")) for s in made.invented(1)]
    found = attached(PLAIN, sets, tmp_path)
    assert {code for _, code, _ in found.missing} == {"2.2"} and not found.differences


def test_a_row_too_many_is_told_at_its_place(tmp_path):
    sets = made.invented(1)
    first = sets[0].criteria[0]
    odd = replace(first.options[0], text="Câu thêm vào không thuộc bảng nào", points=7, star=None)
    sets[0] = replace(sets[0], criteria=(replace(first, options=(*first.options, odd)), *sets[0].criteria[1:]))
    found = attached(PLAIN, sets, tmp_path)
    assert not found.missing and not found.differences
    assert [(u.set, u.text) for u in found.unmatched] == [(1, odd.text)]
    assert found.unmatched[0].place.startswith("bảng 1, dòng ")


def test_slips_of_a_public_transcript_are_told(tmp_path):
    """Empty cells, "13" for 3, "11" for 1, and a maximum cell that reads "4 1"."""
    changes = {(4, "7", "3"): 13, (11, "6.1.1", "2"): 11, (4, "1.2", "1"): None, (7, "1.2", "1"): None}
    sets = []
    for text in made.invented(2):
        criteria = []
        for criterion in text.criteria:
            options = tuple(
                replace(o, points=changes.get((text.number, criterion.code, o.choice), o.points)) for o in criterion.options
            )
            most = "4 1" if (text.number, criterion.code) == (23, "9") else criterion.max
            criteria.append(replace(criterion, options=options, max=most))
        sets.append(replace(text, criteria=tuple(criteria)))
    found = attached(replace(PLAIN, bullet="o "), sets, tmp_path)
    assert told(found) == {
        (4, "7", "3", "points", 13, 3),
        (11, "6.1.1", "2", "points", 11, 1),
        (4, "1.2", "1", "points", None, 0),
        (7, "1.2", "1", "points", None, 0),
        (23, "9", "", "max", "4 1", 4),
    }


@pytest.mark.parametrize("shown", ["&nbsp;", "-"])
def test_a_document_that_never_prints_0_points_differs_only_where_it_differs(shown, tmp_path):
    faulty, faults = made.with_faults(made.invented(4), random.Random(4), 12)
    silent = [
        replace(s, criteria=tuple(
            replace(c, options=tuple(replace(o, points=o.points or None) for o in c.options)) for c in s.criteria))
        for s in faulty
    ]
    path = Writer(PLAIN, random.Random(1)).write(silent, tmp_path)
    path.write_text(path.read_text("utf-8").replace("<span>&nbsp;</span>", f"<span>{shown}</span>"), "utf-8")
    found = match(read_document(path), rulebook())
    silent_faults = {f for f in faults if f[4] is None and f[5] == 0}  # a 0 left out cannot be told from the others
    assert not found.missing and told(found) == faults - silent_faults and len(faults - silent_faults) > 6


def test_numbers_in_brackets_before_the_options_are_no_words_of_theirs(tmp_path):
    sets = made.invented(5)
    typed = [replace(s, criteria=tuple(
        replace(c, options=tuple(replace(o, text=f"({o.choice.lstrip('ab')}) {o.text}") for o in c.options)) for c in s.criteria))
        for s in sets]
    found = attached(replace(PLAIN, bullet=""), typed, tmp_path)
    assert not found.missing and not found.differences
    assert all(found.options[s.number, c.code, o.choice] == o.text for s in sets for c in s.criteria for o in c.options)


@pytest.mark.parametrize("layout", [PLAIN, made.named("all in one cell")], ids=lambda layout: layout.name)
def test_the_heading_of_a_case_is_no_row_too_many(layout, tmp_path):
    named = {"a": "Đối với dịch vụ du lịch cộng đồng", "b": "Đối với điểm du lịch"}
    sets = [replace(s, criteria=tuple(replace(c, cases=tuple((letter, named[letter]) for letter, _ in c.cases))
                                      for c in s.criteria)) for s in made.invented(1)]
    found = attached(layout, sets, tmp_path)
    assert {o.case for c in sets[25].criteria for o in c.options} == {"", "a", "b"}
    assert not any("Đối với" in words for words in found.options.values())
    assert not found.missing and not found.unmatched and not found.differences


REWRITTEN = {
    "no paragraphs": (PLAIN, [("<p class=MsoNormal><span>", ""), ("</span></p>", "")]),
    "lines broken in one paragraph": (made.named("all in one cell"), [("</span></p><p class=MsoNormal><span>", "<br>")]),
    "ends of cells and rows left out": (PLAIN, [("</td>", ""), ("</tr>", ""), ("</p>", "")]),
    "words broken over spans": (PLAIN, [(r"(<span>[^<]{9})", r"\1</span><span lang=VI>")]),
    "source lines broken at every blank": (PLAIN, [(r"(?<=[a-zà-ỹ]) (?=[a-zà-ỹ])", "\n")]),
    "a column of evidence without a header": (
        PLAIN,
        [("</td></tr>", "</td><td>Hồ sơ kèm theo: hợp đồng, giấy chứng nhận</td></tr>")],
    ),
    "numbered options": (
        replace(made.named("code column"), bullet="", messy=False),
        [(r"<tr><td><p class=MsoNormal><span>&nbsp;</span></p></td>", "<tr><td>1</td>")],
    ),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_markup_of_other_hands(name, tmp_path):
    layout, changes = REWRITTEN[name]
    faulty, faults = made.with_faults(made.invented(8), random.Random(8), 30)
    path = Writer(layout, random.Random(8)).write(faulty, tmp_path)
    page = path.read_text("utf-8")
    for old, new in changes:
        page = re.sub(old, new, page)
    path.write_text(page, "utf-8")
    found = match(read_document(path), rulebook())
    assert (len(found.criteria), len(found.options)) == (787, 2579) and told(found) == faults


@pytest.mark.parametrize(
    "heading",
    [
        "PHỤ LỤC II.{n} BỘ TIÊU CHÍ ĐÁNH GIÁ BỘ SẢN PHẨM {NAME} (Kèm theo Quyết định số 26/2026/QĐ-TTg)",
        "{n}. Bộ sản phẩm “{name}”",
        "PHIẾU ĐÁNH GIÁ SẢN PHẨM - Bộ sản phẩm: {name}.",
        "Tên riêng của người soạn {n}",
    ],
)
def test_headings_of_other_hands(heading, tmp_path):
    found = attached(replace(made.named("code column"), heading=heading), made.invented(2), tmp_path)
    assert not found.missing and not found.differences


def test_totals_of_groups_and_parts_are_compared(tmp_path):
    sets = made.invented(1)
    sets[4] = replace(sets[4], groups={**sets[4].groups, "2": (sets[4].groups["2"][0], 99)})
    found = attached(PLAIN, sets, tmp_path)
    assert told(found) == {(5, "2", "", "max", 99, rulebook().set(5).groups[1].max)}


def test_a_document_without_marks_says_so_and_invents_no_differences(tmp_path):
    sets = [
        replace(s, criteria=tuple(replace(c, options=tuple(replace(o, star=None) for o in c.options)) for c in s.criteria))
        for s in made.invented(1)
    ]
    found = attached(PLAIN, sets, tmp_path)
    assert found.without_marks and not found.differences


def test_a_table_that_stands_twice_counts_once(tmp_path):
    layout = replace(PLAIN, twice=True)
    faulty, faults = made.with_faults(made.invented(1), random.Random(5), 10)
    found = attached(layout, faulty, tmp_path)
    assert told(found) == faults and len(found.differences) == 10 and not found.unmatched


def test_some_sets_alone_are_attached_to_the_right_ones(tmp_path):
    sets = [s for s in made.invented(1) if s.number in (15, 17, 23)]
    found = attached(replace(PLAIN, shuffled=True), sets, tmp_path)
    assert {number for number, _ in found.criteria} == {15, 17, 23}
    assert len(found.criteria) == sum(len(s.criteria) for s in sets) and found.criteria_total == 787


def test_yes_no_criteria_cases_notes_and_exclusions(tmp_path):
    found = attached(replace(PLAIN, yes_no_rows=True), made.invented(1), tmp_path)
    assert (found.options[1, "2.4", "1"], found.options[1, "2.4", "2"]) == ("Không", "Có")
    assert {choice for s, code, choice in found.options if (s, code) == (26, "8")} == {"a1", "a2", "b1", "b2"}
    book = rulebook()
    for number in (1, 11, 20):
        assert found.exclusions[number, ""].startswith("Hồ sơ bị loại khi")
        for criterion in book.set(number).criteria:
            if criterion.exclusion is not None:
                said = (*found.notes.get((number, criterion.code), ()), found.exclusions.get((number, criterion.code), ""))
                assert any(criterion.exclusion.vi in text for text in said)


def test_other_tables_give_nothing(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<table><tr><td>TT</td><td>Bộ sản phẩm</td></tr><tr><td>1</td><td>Hoa</td></tr></table>", "utf-8")
    found = match(read_document(path), rulebook())
    assert not found.criteria and not found.differences and not found.unmatched and len(found.missing) == 787 + 2579


def test_progress_is_told_for_every_table(tmp_path):
    steps = []
    path = Writer(PLAIN, random.Random(1)).write(made.invented(1)[:3], tmp_path)
    match(read_document(path), rulebook(), lambda done, total, what: steps.append((done, total, what)))
    assert [s[:2] for s in steps] == [(1, 3), (2, 3), (3, 3)]
