"""The cells of one column as clean values: ditto marks, old fonts, then the reader of its field; a refused repair is not made."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ocop_desktop.sheets import headings, legacy, repair
from ocop_desktop.sheets.cell_readers import READERS
from ocop_desktop.sheets.column_words import ColumnWords
from ocop_desktop.sheets.headings import Column
from ocop_desktop.sheets.refusals import Refusals
from ocop_desktop.sheets.repair import Read, as_text

Tell = Callable[[int, str, str, Any, Any], None]  # row, field, kind, before, after
DITTO = frozenset(
    (
        *("nt", "n.t", "n/t", "-nt-", "- nt -", "--nt--", "như trên", "nhu tren"),
        *('"', "''", '-"-', '- " -', "〃", "”", "“", "-“-", "-”-"),
    )
)
NO_DITTO = ("product", "producer", "code")  # a product is never "the same"; a producer brings its own cells along
TONED = ("product", "producer", "address", "representative")
ERROR_VALUES = frozenset(
    ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "Err:502", "Err:509")
)
_AS_WRITTEN = ("text", "set", "phone", "tax")  # readers whose field may hold the text as it was typed
_ERROR = Read(None, (), "error_cell")


def _all_plain(raws: Sequence[Any], words: ColumnWords) -> bool:
    """Whether a column holds texts alone and none needs its reader."""
    return set(map(type, raws)) == {str} and ERROR_VALUES.isdisjoint(raws) and repair.is_plain(words)


class Doubt:
    """A cell whose value is not certain, waiting for its row."""

    __slots__ = ("kind", "raw", "value")

    def __init__(self, kind: str, raw: Any, value: Any) -> None:
        self.kind, self.raw, self.value = kind, raw, value


def is_ditto(cell: Any) -> bool:
    """Whether a cell says "as above"."""
    if not isinstance(cell, str) or not 0 < len(cell) <= 12:
        return False
    return unicodedata.normalize("NFC", cell).strip(" .\u00a0").casefold() in DITTO


class ColumnReader:
    """Reads the columns of one table.

    Args:
        numbers: 1-based rows of the table; errors, fonts: of its sheet by 0-based row and column.
        fixes: (row, field) -> text typed instead of the cell.
        tell: called for every repair made.
    """

    def __init__(
        self,
        numbers: Sequence[int],
        errors: Mapping[tuple[int, int], str],
        fonts: Mapping[tuple[int, int], str],
        fixes: Mapping[tuple[int, str], str],
        refused: Refusals,
        tell: Tell,
    ) -> None:
        self._numbers, self._errors, self._fonts = numbers, errors, fonts
        self._fixes, self._refused, self._tell = fixes, refused, tell

    def read(self, column: Column, raws: list[Any]) -> list[Any]:
        """Values of a column, a ``Doubt`` where one is not certain."""
        name, kind = column.field, headings.FIELDS[column.field][1]
        if self._fixes:
            raws = [self._fixes.get((n, name), raw) for n, raw in zip(self._numbers, raws, strict=True)]
        written = raws
        raws = self._without_dittos(column, raws)
        words = ColumnWords(raws)
        looks_old = legacy.looks_old(words)
        old = legacy.read_column(raws, self._font_of(column), looks_old)
        raws, became = self._in_unicode(column, raws, old)
        errors = {r + 1: text for (r, c), text in self._errors.items() if c == column.index}
        plain = kind == "text" and not (looks_old or became or errors) and _all_plain(raws, words)
        values = raws if plain else self._values(column, kind, raws, errors, became, old.doubtful)
        for place in became:
            self._tell(self._numbers[place], name, "legacy", written[place], raws[place])
        if name not in TONED:
            return values
        return self._with_one_tone(column, values, words if plain else ColumnWords(values))

    def _values(
        self,
        column: Column,
        kind: str,
        raws: list[Any],
        errors: Mapping[int, str],
        became: tuple[int, ...],
        doubtful: tuple[int, ...],
    ) -> list[Any]:
        reader = READERS[kind]
        known: dict[Any, Read] = {r: _ERROR if isinstance(r, str) and r in ERROR_VALUES else reader(r) for r in set(raws)}
        if errors or doubtful or any(read.mended or read.doubt for read in known.values()):
            return [
                self._value(column, kind, place, raws[place], known[raws[place]], errors, became, doubtful)
                for place in range(len(raws))
            ]
        plain = {raw: read.value for raw, read in known.items()}
        return [plain[raw] for raw in raws]

    def _without_dittos(self, column: Column, raws: list[Any]) -> list[Any]:
        """A ditto mark takes what stands above it; one with nothing above, or refused, stays and is asked about."""
        if column.field in NO_DITTO or not any(map(is_ditto, set(raws))):
            return raws
        found: list[Any] = []
        for number, raw in zip(self._numbers, raws, strict=True):
            above = found[-1] if found else ""
            if is_ditto(raw) and above not in ("", None) and not self._refused.of("ditto", column.letter, number):
                self._tell(number, column.field, "ditto", raw, above)
                raw = above
            found.append(raw)
        return found

    def _font_of(self, column: Column) -> Callable[[int], str] | None:
        fonts = {row + 1: font for (row, at), font in self._fonts.items() if at == column.index} if self._fonts else {}
        return (lambda place: fonts.get(self._numbers[place], "")) if fonts else None

    def _in_unicode(self, column: Column, raws: list[Any], old: legacy.Reading) -> tuple[list[Any], tuple[int, ...]]:
        if not old.converted:
            return raws, ()
        wanted = {p: t for p, t in old.converted.items() if not self._refused.of("legacy", column.letter, self._numbers[p])}
        return [wanted.get(place, raw) for place, raw in enumerate(raws)], tuple(wanted)

    def _value(
        self,
        column: Column,
        kind: str,
        place: int,
        raw: Any,
        read: Read,
        errors: Mapping[int, str],
        became: tuple[int, ...],
        doubtful: tuple[int, ...],
    ) -> Any:
        number, name = self._numbers[place], column.field
        if errors and number in errors and (number, name) not in self._fixes and raw in ("", None, errors[number]):
            return Doubt("error_cell", errors[number], None)
        if read.mended and read.value not in ("", None):
            refused = frozenset(k for k in read.mended if self._refused.of(k, column.letter, number)) if self._refused else ()
            if refused:
                read = _as_written(kind, raw, frozenset(refused))
            for mend in read.mended:
                self._tell(number, name, mend, raw, read.value)
        if place in doubtful:
            return Doubt("either", raw, read.value)
        if is_ditto(raw) and name not in NO_DITTO:
            return Doubt("ditto", raw, None)
        return Doubt(read.doubt, raw, read.value) if read.doubt else read.value

    def _with_one_tone(self, column: Column, values: list[Any], words: ColumnWords) -> list[Any]:
        """A word written both ways (Hoà, Hòa) in one column is written the commoner way; ``words``: of these values."""
        toned = set(_TONE.findall(words.together)) if _TONE_END.search(words.together) else set()
        if len(toned) == len(set(map(_old_way, toned))):
            return values
        texts = {v: count for v, count in Counter(values).items() if isinstance(v, str) and _TONE_END.search(v)}
        if not texts:
            return values
        ways: dict[str, Counter[str]] = {}
        for text, count in texts.items():
            for found in _TONE.finditer(text):
                ways.setdefault(_old_way(found[0]), Counter())[found[0]] += count
        wanted: dict[str, str] = {}
        for way in ways.values():
            if len(way) > 1:
                wanted |= dict.fromkeys(way, max(way, key=lambda word: (way[word], word)))
        if not wanted:
            return values
        return [self._toned(column, place, value, wanted) if value in texts else value for place, value in enumerate(values)]

    def _toned(self, column: Column, place: int, value: str, wanted: Mapping[str, str]) -> str:
        became = _TONE.sub(lambda found: wanted.get(found[0], found[0]), value)
        number = self._numbers[place]
        if became == value or self._refused.of("tone", column.letter, number):
            return value
        self._tell(number, column.field, "tone", value, became)
        return became


_TONE_END = re.compile(r"(?:o[àáảãạèéẻẽẹ]|[òóỏõọ][ae]|u[ỳýỷỹỵ]|[ùúủũụ]y)\b", re.IGNORECASE)
# A whole word that ends in oa, oe or uy with a tone, on either letter; after q the u is no vowel.
_TONE = re.compile(r"\b\w*(?:o[àáảãạèéẻẽẹ]|[òóỏõọ][ae]|(?<![qQ])u[ỳýỷỹỵ]|[ùúủũụ]y)\b", re.IGNORECASE)


def _old_way(word: str) -> str:
    """A word with its last tone on the first of its two vowels: Hoà -> Hòa."""
    parts = unicodedata.normalize("NFD", word)
    tone = next((c for c in reversed(parts) if c in "\u0300\u0301\u0303\u0309\u0323"), "")
    plain = unicodedata.normalize("NFC", "".join(c for c in parts if c != tone)) if tone else word
    return unicodedata.normalize("NFC", f"{plain[:-1]}{tone}{plain[-1]}")


def _as_written(kind: str, raw: Any, refused: frozenset[str]) -> Read:
    """A cell without its refused repairs: its text where the field takes any, else nothing and a question."""
    if kind == "text":
        return repair.text(raw, refused)
    return Read(as_text(raw) if kind in _AS_WRITTEN and isinstance(raw, str) else None, (), "refused")
