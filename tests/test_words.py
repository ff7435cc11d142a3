"""Every sentence a person may see exists in English too, with the same places to fill; Vietnamese is in one Unicode form."""

import runpy
import string
import unicodedata
from pathlib import Path

import pytest

from ocop_desktop import text
from ocop_desktop.errors import UserError

ROOT = Path(__file__).resolve().parent.parent
TOOL = runpy.run_path(str(ROOT / "build_spec" / "words.py"))


def places(sentence):
    return sorted(name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None)


@pytest.fixture
def english():
    text.set_language("en")
    yield
    text.set_language("vi")


def test_every_sentence_has_english_with_the_same_places(english):
    found = [m.id for m in TOOL["sentences"]() if m.id]
    assert len(found) > 300
    missing = [m for m in found if m not in text._words]
    assert not missing
    differing = [m for m in found if places(m) != places(text._words[m])]
    assert not differing


def test_vietnamese_is_in_one_unicode_form():
    for message in TOOL["sentences"]():
        assert message.id == unicodedata.normalize("NFC", message.id)


def test_numbers_and_dates_follow_the_language(english):
    from datetime import date
    from fractions import Fraction

    assert (text.number(17500), text.points(Fraction(699, 10)), text.long_date(date(2026, 2, 5))) == (
        "17,500",
        "69.9",
        "5 February 2026",
    )
    text.set_language("vi")
    assert text.number(17500) == "17.500"
    assert text.points(Fraction(699, 10)) == "69,9"
    assert text.long_date(date(2026, 2, 5)) == "ngày 05 tháng 02 năm 2026"
    assert text.long_date(date(2026, 11, 23)) == "ngày 23 tháng 11 năm 2026"


def test_an_unknown_language_is_refused():
    with pytest.raises(UserError, match="fr"):
        text.set_language("fr")
