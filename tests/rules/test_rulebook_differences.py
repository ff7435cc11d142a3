"""Differences between versions and sets as data with sentences; rulebooks of history; plain values."""

import json
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop_desktop.errors import UserError
from ocop_desktop.rules.rulebook import (
    as_plain,
    book_faults,
    decision_of,
    faults_of,
    from_plain,
    read_rulebook,
    version_id,
    version_of,
)
from ocop_desktop.rules.rulebook_differences import SENTENCES, Difference, differences, set_differences
from tests.rules.conftest import FOLDER

BOOK = read_rulebook(FOLDER)
PLAIN = as_plain(BOOK)


def changed(edit):
    plain = deepcopy(PLAIN)
    edit(plain)
    return from_plain(plain, f"{BOOK.id}#2")


def criterion(plain, number, code):
    return next(c for c in plain["sets"][number - 1]["criterion"] if c["code"] == code)


def test_plain_values_are_json_and_give_the_same_rulebook():
    back = from_plain(json.loads(json.dumps(PLAIN)), BOOK.id)
    assert as_plain(back) == PLAIN
    assert [back.set(n) for n in range(1, 27)] == [BOOK.set(n) for n in range(1, 27)]
    assert differences(BOOK, back) == ()
    assert back.fingerprint == from_plain(PLAIN, "x").fingerprint
    assert all(not list(faults_of(back.set(n), back)) for n in range(1, 27))
    assert list(book_faults(back)) == []


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (lambda p: criterion(p, 11, "1.1")["options"][2].update(points=4), (11, "1.1", "3", "points", 3, 4)),
        (lambda p: criterion(p, 11, "1.1")["options"][2].update(stars=4), (11, "1.1", "3", "star", None, 4)),
        (lambda p: criterion(p, 11, "1.1").update(max=9), (11, "1.1", "", "max", 3, 9)),
        (lambda p: criterion(p, 11, "1.1").update(vi="Khác"), (11, "1.1", "", "name", "Nguồn nguyên liệu", "Khác")),
        (lambda p: criterion(p, 11, "2.4").pop("yes_no"), (11, "2.4", "", "yes_no", True, False)),
        (lambda p: p["sets"][10].update(samples=3), (11, "", "", "samples", 5, 3)),
        (lambda p: p.update(certificate_months=24), (None, "", "", "certificate_months", 36, 24)),
        (lambda p: p["lines"].update({"5": 95}), (None, "", "", "lines", "5: 90; 4: 70; 3: 50; 2: 30; 1: 0",
                                                  "5: 95; 4: 70; 3: 50; 2: 30; 1: 0")),
    ],
)
def test_one_change_is_one_difference_with_a_sentence(edit, expected):
    (found,) = differences(BOOK, changed(edit))
    assert found == Difference(*expected)
    assert "{" not in str(found.sentence)
    assert found.as_plain()["what"] == expected[3]


def test_what_comes_and_goes():
    def edit(plain):
        criterion(plain, 1, "1.1")["options"].pop()
        plain["sets"][1]["criterion"].reverse()
        del plain["sets"][2], plain["set"][2]

    found = differences(BOOK, changed(edit))
    assert [(d.set, d.criterion, d.option, d.what) for d in found] == [
        (1, "1.1", "3", "removed"), (2, "", "", "order"), (3, "", "", "removed")]
    assert [str(d.sentence).split(" “")[0] for d in found[::2]] == ["Bộ 1, tiêu chí 1.1: bỏ mức 3", "Bỏ bộ 3"]


@given(st.integers(1, 26), st.integers(1, 26))
def test_comparing_backwards_turns_every_difference_round(one, other):
    there, back = set_differences(BOOK.set(one), BOOK.set(other)), set_differences(BOOK.set(other), BOOK.set(one))
    turned = {"added": "removed", "removed": "added"}
    assert {(d.criterion, d.option, d.what, d.before, d.after) for d in there} == {
        (d.criterion, d.option, turned.get(d.what, d.what), d.after, d.before) for d in back}
    assert (there == ()) is (one == other)
    assert {d.what for d in there} <= set(SENTENCES)


def test_ids_of_versions():
    assert version_id("26/2026/QĐ-TTg", 1) == "26/2026/QĐ-TTg"
    assert (decision_of("26/2026/QĐ-TTg#12"), version_of("26/2026/QĐ-TTg#12")) == ("26/2026/QĐ-TTg", 12)
    assert version_of(version_id("x", 7)) == 7


@pytest.mark.parametrize(
    ("folder", "id", "parts", "amended"),
    [
        ("148-2023", "148/2023/QĐ-TTg", {"A": 40, "B": 25, "C": 35}, "1489/2025/QĐ-TTg"),
        ("1048-2019", "1048/2019/QĐ-TTg", {"A": 35, "B": 25, "C": 40}, "781/2020/QĐ-TTg"),
    ],
)
def test_history_has_lines_and_parts_and_no_criteria(folder, id, parts, amended):
    book = read_rulebook(FOLDER.parent / folder)
    assert (book.id, book.part_max, book.amended_by, book.heads) == (id, parts, (amended,), ())
    assert book.lines == {5: 90, 4: 70, 3: 50, 2: 30, 1: 0}
    assert book.certificate_months == 36
    assert list(book_faults(book)) == []
    with pytest.raises(UserError, match="giữ làm lịch sử"):
        book.set(11)


def test_a_stored_version_that_lacks_something_is_refused():
    for plain in ({}, {**PLAIN, "lines": None}, {**PLAIN, "sets": [{"number": 1}], "set": PLAIN["set"][:1]}):
        with pytest.raises(UserError, match=r"thiếu hoặc sai|có mục ghi sai"):
            from_plain(plain, "x#2").set(1)


def test_parts_and_lines_are_looked_through():
    assert [f.kind for f in book_faults(changed(lambda p: p["part"][0].update(max=41)))] == ["parts_sum"]
    assert [f.kind for f in book_faults(changed(lambda p: p["lines"].update({"4": 91})))] == ["lines_order"]
