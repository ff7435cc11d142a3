"""How alike two names are to a person: what is certainly the same, what may be, what is not.

Names that differ in a number ("số 1", "số 2") are never alike; a letter, a word more, another order may be a slip of the pen.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from ocop_desktop.rules.names import fold

SAME, MAYBE = 100, 88  # of names
ASKED = 78  # of a producer's name, commune and person together
MORE_WORDS = 2  # that a longer form of the same name may have
SHORTEST = 4  # letters of a name short of its kind that prove anything

_WRITTEN_OUT = {
    "htx": "hop tac xa", "tht": "to hop tac", "cty": "cong ty", "ct": "cong ty", "hkd": "ho kinh doanh", "dn": "doanh nghiep",
    "dntn": "doanh nghiep tu nhan", "sxkd": "san xuat kinh doanh", "sx": "san xuat", "kd": "kinh doanh", "nn": "nong nghiep",
    "tm": "thuong mai", "dv": "dich vu", "tmdv": "thuong mai dich vu", "cp": "co phan", "csx": "co so san xuat", "cs": "co so",
    "dl": "du lich", "xnk": "xuat nhap khau", "tnhh": "trach nhiem huu han", "mtv": "mot thanh vien", "ttr": "trang trai",
}  # fmt: skip
_KIND = re.compile(
    r"^(hop tac xa|to hop tac|cong ty|ho kinh doanh|ho san xuat|ho gia dinh|ho|doanh nghiep|co so san xuat|co so|trang trai|"
    r"trach nhiem huu han|mot thanh vien|co phan|tu nhan|san xuat|kinh doanh|thuong mai|dich vu|va|ong|ba|anh|chi)\b\s*"
)
_TONES = "\u0300\u0301\u0303\u0309\u0323"


class Person(NamedTuple):
    """What tells a producer beside its name: commune, phone, representative; empty when not known."""

    commune_id: int | None
    phone: str
    representative: str


_folded = lru_cache(maxsize=16384)(fold)


@lru_cache(maxsize=16384)
def spoken(name: str) -> str:
    """A folded name with its usual abbreviations written out and without marks: "HTX Mẫu Sơn" -> "hop tac xa mau son"."""
    words = re.sub(r"[^\w\s]", " ", _folded(name)).split()
    return " ".join(_WRITTEN_OUT.get(word, word) for word in words)


@lru_cache(maxsize=16384)
def core(name: str) -> str:
    """A spoken name without the words of its kind of organisation; the whole when nothing else is left."""
    left = spoken(name)
    while (found := _KIND.match(left)) and found.end() < len(left):
        left = left[found.end():]
    return left


@lru_cache(maxsize=16384)
def digits(name: str) -> tuple[str, ...]:
    """The numbers in a name, in order."""
    return tuple(re.findall(r"\d+", name))


@lru_cache(maxsize=16384)
def _toned(name: str) -> tuple[str, ...]:
    """Words with their accents, blind to case, marks and where in the word the tone stands (Hoà, Hòa)."""
    words = []
    for word in re.sub(r"[^\w\s]", " ", unicodedata.normalize("NFC", name).casefold()).split():
        parts = unicodedata.normalize("NFD", word)
        words.append("".join(c for c in parts if c not in _TONES) + "".join(sorted(c for c in parts if c in _TONES)))
    return tuple(words)


def other_accents(one: str, other: str) -> bool:
    """Whether two names of the same letters have different accents: "An" and "Ân"; a name typed without any says nothing."""
    if one == other or _folded(one) != _folded(other):
        return False
    first, second = _toned(one), _toned(other)
    return first != second and not any(" ".join(words).isascii() for words in (first, second))


@lru_cache(maxsize=16384)
def name_score(one: str, other: str) -> int:
    """0 to 100: 100 is the same name, from ``MAYBE`` on a person should look."""
    if spoken(one) == spoken(other):
        return 95 if other_accents(one, other) else SAME
    if digits(one) != digits(other):
        return 0
    first, second = core(one), core(other)
    if min(len(first), len(second)) < SHORTEST:
        return 0
    if first == second or sorted(first.split()) == sorted(second.split()):
        return 97
    words, more = sorted((first.split(), second.split()), key=len)
    if len(words) >= 2 and len(more) - len(words) <= MORE_WORDS and set(words) <= set(more):
        return 90
    if min(len(first), len(second)) >= 8 and Levenshtein.distance(first, second, score_cutoff=1) <= 1:
        return 95
    return int(fuzz.token_sort_ratio(first, second))


def producer_score(name: int, one: Person, other: Person) -> int:
    """Name (0-100), commune and person together, 0 to 100; what is not known counts half."""
    commune = _evidence(one.commune_id, other.commune_id)
    told = {one.phone == other.phone if one.phone and other.phone else None,
            _folded(one.representative) == _folded(other.representative) if one.representative and other.representative else None}
    person = 15 if True in told else 0 if False in told else 8
    return name * 7 // 10 + commune + person


def _evidence(one: int | None, other: int | None) -> int:
    return 8 if one is None or other is None else 15 if one == other else 0
