"""Finding words in criteria sets without minding accents: sets, criteria and options, in both languages at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ocop_desktop.rules.criteria import CriteriaSet, Criterion, Option, Words
from ocop_desktop.rules.names import fold

MOST = 100  # hits handed out at once; all are counted
_APART = re.compile(r"[^\w.%]+")


@dataclass(frozen=True)
class Entry:
    """One thing that can be found: a set, a criterion of it, or an option of that.

    Args:
        above: folded words of what it stands under; folded: those and its own.
    """

    set: int
    set_name: Words
    criterion: Criterion | None
    option: Option | None
    above: str
    folded: str


@dataclass(frozen=True)
class Hits:
    """What was found.

    Args:
        hits: the first ones; count: of all; sets: how many sets they stand in.
    """

    hits: tuple[Entry, ...]
    count: int
    sets: int


def entries(found: CriteriaSet) -> tuple[Entry, ...]:
    """Everything of a set that can be found, in its order."""
    return tuple(_entries(found))


def _entries(found: CriteriaSet) -> Iterator[Entry]:
    head = _folded(f"bo {found.number}", found.name, found.industry_name)
    yield Entry(found.number, found.name, None, None, "", head)
    for criterion in found.criteria:
        notes = (criterion.hint, criterion.exclusion, *(name for _case, name in criterion.cases))
        words = (criterion.name, *(note for note in notes if note))
        own = head + _folded(criterion.code, *words)
        yield Entry(found.number, found.name, criterion, None, head, own)
        for option in criterion.options:
            yield Entry(found.number, found.name, criterion, option, own, own + _folded("", option.label))


def _folded(code: str, *words: Words) -> str:
    return f" {code} " + _APART.sub(" ", fold(" ; ".join(part for w in words for part in (w.vi, w.en)))) + " "


def wanted(words: str) -> tuple[str, ...]:
    """The folded words looked for, between blanks; the last one may be the beginning of a word, as it is being typed."""
    found = [word for word in _APART.sub(" ", fold(words)).split() if any(c.isalnum() for c in word)]
    return (*(f" {word} " for word in found[:-1]), *(f" {word}" for word in found[-1:]))


def search(index: Iterable[Entry], words: str, first: int | None = None, most: int = MOST) -> Hits:
    """Entries that hold all ``words``, each where the last of them joins; first those that hold them one after another.

    "che truy xuat" finds criteria and options on tracing in the sets on tea: a word may stand in what the entry belongs to.

    Args:
        first: number of the set whose hits come first.
    """
    asked = wanted(words)
    if not asked:
        return Hits((), 0, 0)
    found = [e for e in index if all(w in e.folded for w in asked) and not all(w in e.above for w in asked)]
    phrase = " ".join(word.strip() for word in asked)
    found.sort(key=lambda e: (f" {phrase}" not in e.folded, e.set != first))  # stable: the sets' own order otherwise
    return Hits(tuple(found[:most]), len(found), len({e.set for e in found}))


def spans(shown: str, words: str) -> tuple[tuple[int, int], ...]:
    """Where in ``shown`` the words looked for stand, as (start, length), in order and apart from one another."""
    text, places = _plain(shown)
    marked: set[int] = set()
    for word in wanted(words):
        at = text.find(word)
        while at >= 0:
            first, last = places[at + 1], places[at + len(word.rstrip()) - 1]
            marked.update(range(first, last + 1))
            at = text.find(word, at + 1)
    for place in range(1, len(shown) - 1):  # words beside each other are one place
        if shown[place].isspace() and place - 1 in marked and place + 1 in marked:
            marked.add(place)
    return tuple(_runs(sorted(marked)))


@lru_cache(maxsize=4096)
def _plain(shown: str) -> tuple[str, tuple[int, ...]]:
    """Folded letters between blanks, and the place each stands at in ``shown``."""
    plain, places = [" "], [0]
    for place, sign in enumerate(shown):
        for letter in _letters(sign):
            plain.append(letter)
            places.append(place)
    return "".join(plain) + " ", tuple(places)


@lru_cache(maxsize=1024)
def _letters(sign: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", sign.casefold().replace("đ", "d")) if not unicodedata.combining(c))
    return "".join(c if c.isalnum() or c in "_.%" else " " for c in plain)


def _runs(places: list[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for n, place in enumerate(places):
        if n + 1 == len(places) or places[n + 1] != place + 1:
            yield places[start], place + 1 - places[start]
            start = n + 1
