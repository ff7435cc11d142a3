"""The rulebook's files against the figures of the decision, and what happens to a wrong file."""

import json
import re
import shutil
import unicodedata
from pathlib import Path

import pytest

from ocop_desktop.errors import ProblemsFound, UserError
from ocop_desktop.rules.criteria import Words
from ocop_desktop.rules.rulebook import read_rulebook
from tests.rules.conftest import FOLDER

FIGURES = json.loads((Path(__file__).parents[1] / "fixtures" / "decision-26-2026-figures.json").read_text(encoding="utf-8"))[
    "sets"
]


@pytest.mark.parametrize("number", range(1, 27))
def test_figures_are_those_of_the_decision(book, number):
    rules = book.set(number)
    ours = {
        c.code: {"part": c.part, "max": c.max, "options": [[o.choice, o.points, o.star] for o in c.options]}
        for c in rules.criteria
    }
    assert ours == FIGURES[str(number)]
    assert list(ours) == list(FIGURES[str(number)])


def test_counts(book):
    criteria = [c for n in range(1, 27) for c in book.set(n).criteria]
    assert len(criteria) == 787
    assert sum(len(c.options) for c in criteria) == 2579
    assert sum(o.star is not None for c in criteria for o in c.options) == 574
    assert sum(bool(c.story) for c in criteria) == 25
    assert sum(c.yes_no for c in criteria) == 22
    assert [(n, c.code) for n in range(1, 27) for c in book.set(n).criteria if c.cases] == [(26, "8"), (26, "9"), (26, "15")]
    assert [(n, c.code) for n in range(1, 27) for c in book.set(n).criteria if c.zero_excludes] == [
        (16, "6.1"),
        (16, "6.2"),
        (16, "6.3"),
        (16, "6.4"),
    ]
    assert [(n, c.code) for n in range(1, 27) for c in book.set(n).criteria if c.doubtful] == [
        (3, "5.1"),
        (7, "3.1"),
        (23, "6.2"),
    ]


def test_samples_and_parts(book):
    assert {n: book.set(n).samples for n in (1, 16, 26)} == {1: 5, 16: 5, 26: 0}
    assert all(book.set(n).part_max == {"A": 40, "B": 25, "C": 35} for n in range(1, 27))
    assert book.lines == {5: 90, 4: 70, 3: 50, 2: 30, 1: 0}


def numbers(words):
    return sorted(int(n) for n in re.findall(r"\d+", words))


@pytest.mark.parametrize("number", range(1, 27))
def test_words_exist_in_both_languages_and_agree_on_numbers(book, number):
    rules = book.set(number)
    pairs = [rules.name, rules.industry_name, rules.group, *rules.exclusions, *(g.name for g in rules.groups), *rules.agencies]
    pairs += [c.doubt for c in rules.criteria if c.doubtful]
    assert rules.place == Words(f"Phụ lục II, bộ {number}", f"Annex II, set {number}")
    for c in rules.criteria:
        pairs += [c.name, *(o.label for o in c.options), *(w for w in (c.hint, c.exclusion) if w), *(w for _, w in c.cases)]
    for words in pairs:
        assert words.vi and words.en
        assert words.vi == unicodedata.normalize("NFC", words.vi)
        assert numbers(words.vi) == numbers(words.en), words


@pytest.mark.parametrize("number", range(1, 27))
def test_options_of_a_criterion_can_be_told_apart(book, number):
    for c in book.set(number).criteria:
        for case in {o.case for o in c.options}:
            labels = [o.label.vi for o in c.options if o.case == case]
            assert len(set(labels)) == len(labels), (number, c.code)


@pytest.fixture
def copy(tmp_path):
    return Path(shutil.copytree(FOLDER, tmp_path / "book"))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("max = 3", "max = 4", "tối đa 4"),
        ("points = 3", "points = 2", "tối đa"),
        ('code = "1.2"', 'code = "1.1"', "hai lần"),
        ("points = 2", "points = -2", "1.1"),
        ("points = 2", 'points = "hai"', "1.1"),
        ("points = 2", "points = 2.0", "1.1"),
        ('part = "A"', 'part = "D"', "D"),
        ("stars = 3", "stars = 6", "dấu sao"),
        ('vi = "Rau', 'wrong = "Rau', "vi"),
        ("number = 1", "number = ", "không đọc được"),
    ],
)
def test_a_wrong_file_is_refused_with_place_and_reason(copy, old, new, expected):
    path = copy / "set-01.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError) as refused:
        read_rulebook(copy).set(1)
    said = " ".join(map(str, refused.value.problems)) if isinstance(refused.value, ProblemsFound) else str(refused.value)
    assert "set-01.toml" in said
    assert expected in said


def test_points_going_down_are_refused(copy):
    path = copy / "set-01.toml"
    text = path.read_text(encoding="utf-8")
    first = re.search(r"points = 1,.*\n.*points = 2,", text).group()
    path.write_text(
        text.replace(first, first.replace("points = 1", "points = 9").replace("points = 9", "points = 3", 1), 1), encoding="utf-8"
    )
    with pytest.raises(ProblemsFound, match="ít điểm hơn"):
        read_rulebook(copy).set(1)


def test_missing_set_and_missing_file(copy):
    book = read_rulebook(copy)
    with pytest.raises(UserError, match="không có bộ 27"):
        book.set(27)
    (copy / "set-05.toml").unlink()
    with pytest.raises(UserError, match=r"set-05\.toml"):
        book.set(5)
    (copy / "rulebook.toml").write_text("id = 'x'", encoding="utf-8")
    with pytest.raises(UserError, match=r"rulebook\.toml"):
        read_rulebook(copy)


def test_fingerprint_changes_with_any_file(copy):
    before = read_rulebook(copy).fingerprint
    path = copy / "set-09.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert read_rulebook(copy).fingerprint != before
