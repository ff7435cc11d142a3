"""Text of the years before Unicode (fonts .VnTime of TCVN3, VNI-Times) shown as Western letters: found, and put into Unicode.

A text is taken for an old one only when it cannot be Vietnamese as it stands and is Vietnamese once converted; what could be
either is told as such. Correct Unicode is never converted.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from ocop_desktop.sheets.column_words import ColumnWords
from ocop_desktop.sheets.syllables import WORD, is_syllable, words

TCVN3, TCVN3_CAPITALS, VNI = "tcvn3", "tcvn3_capitals", "vni"
# TCVN3: one byte for each letter, shown as the Western letter of that byte. Its toned capitals are the font's, not the bytes'.
_TCVN3 = dict(
    zip(
        "¢Ä¡¯º¿£ÚÅÍÙ¤ÿÛàð¥¦§"
        "¸µ¶·¹©ÊÇÈÉË¨¾»¼½ÆÐÌÎÏÑªÕÒÓÔÖãßáâä«èåæçé¬íêëìîóïñòô\u00adøõö÷ùÝ×ØÜÞýúûüþ®ÁÂÃÀ",
        "ÂẤĂẰẲẴÊẾỀỂỄÔỐỒỔỖƠƯĐ"
        "áàảãạâấầẩẫậăắằẳẵặéèẻẽẹêếềểễệóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựíìỉĩịýỳỷỹỵđẦẨẪẮ",
        strict=True,
    )
)
# VNI: a base letter and a second one that is its mark and tone; a few letters stand alone.
_TONES = ("\u0301", "\u0300", "\u0309", "\u0303", "\u0323")  # sắc, huyền, hỏi, ngã, nặng
_VNI_MARKS = dict(
    zip(
        "ùøûõïâáàåãäêéèúüë",
        (*_TONES, *(f"\u0302{tone}" for tone in ("", *_TONES)), *(f"\u0306{tone}" for tone in ("", *_TONES))),
        strict=True,
    )
)
_VNI_ALONE = dict(zip("ôöíìæóòîñ", "ơưíìỉĩịỵđ", strict=True))
_VNI_PAIR = re.compile(f"([aeouyôö])([{''.join(_VNI_MARKS)}])|([{''.join(_VNI_ALONE)}])", re.IGNORECASE)
_UNICODE_ONLY = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ\u0300-\u036f]")  # letters and marks no old font shows
# What Vietnamese in Unicode does not write: other letters and signs, a capital after a small letter.
_STRANGE = re.compile("[^\x00-\x7fÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý]|(?<=[a-z])[ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ]")
_SIGNS = re.compile("[¡-¿ÄÅÆÇËÎÏÐÑÖ×ØÛÜÞßäåæçëîïðñö÷øûüþÿ]|(?<=[a-z])[ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ]")
# A vowel with its tone as a letter of its own, in pairs that Vietnamese in Unicode never has ("oà", "uâ", "yê" it has).
_VNI_TWO = re.compile("[aeouy][ùøûõïåäëü]|a[âáàãêéèú]|e[âáàã]|oâ|[ôö][ùøûõï]", re.IGNORECASE)
_WESTERN = re.compile("[\u00a1-\u00ff\u212b]")  # one of these is in whatever the two above find; much sooner looked for
_CONVINCING = 3  # surely old texts a column needs before it decides about the others
_UNITS = frozenset(("µm", "µg", "µl"))
_FONT = re.compile(r"\s*(?:(\.vn\w*)|(vni[- ].*))", re.IGNORECASE)


class Guess(NamedTuple):
    """What a text is.

    Args:
        encodings: it may be in; none: it is no old text.
        proof: SURE: it is an old text; LIKELY: it is no Vietnamese as it stands and would be; EITHER: it is Vietnamese both ways.
    """

    encodings: tuple[str, ...]
    proof: int

    @property
    def sure(self) -> bool:
        """Whether the letters alone prove it."""
        return self.proof == SURE


EITHER, LIKELY, SURE = 0, 1, 2
_NONE = Guess((), EITHER)


def of_font(name: str) -> str:
    """The encoding of a font by its name: .VnTime, .VnTimeH (capitals), VNI-Times; else empty."""
    found = _FONT.match(name)
    if not found:
        return ""
    if found[2]:
        return VNI
    return TCVN3_CAPITALS if found[1].endswith("H") else TCVN3


def to_unicode(text: str, encoding: str) -> str:
    """``text`` in Unicode."""
    if encoding == VNI:
        return _VNI_PAIR.sub(_vni, text)
    became = "".join(_TCVN3.get(c, c) for c in text)
    letters = [c for c in text if c.isascii() and c.isalpha()]
    shouted = encoding == TCVN3_CAPITALS or (len(letters) > 2 and all(c.isupper() for c in letters))
    return became.upper() if shouted else became


def _vni(found: re.Match[str]) -> str:
    if found[3]:
        return _like(_VNI_ALONE[found[3].lower()], found[3])
    base, mark = found[1].lower(), _VNI_MARKS[found[2].lower()]
    whole = unicodedata.normalize("NFC", _VNI_ALONE.get(base, base) + mark)
    known = len(whole) == 1 and (base not in "ôö" or found[2].lower() in "ùøûõï")
    return _like(whole, found[1]) if known else _like(_VNI_ALONE.get(base, base), found[1]) + found[2]


def _like(letter: str, model: str) -> str:
    return letter.upper() if model.isupper() else letter


def mended(text: str, encoding: str) -> str:
    """``text`` in Unicode, word by word: a word that is Vietnamese already and would not be afterwards stays."""
    whole = to_unicode(text, encoding)
    shouted = whole.isupper() and not text.isupper()

    def one(found: re.Match[str]) -> str:
        word = found[0]
        became = to_unicode(word, encoding)
        if word == became or _UNICODE_ONLY.search(word) or (is_syllable(word) and not is_syllable(became)):
            return word.upper() if shouted else word
        return became.upper() if shouted else became

    return WORD.sub(one, text)


@lru_cache(maxsize=8192)
def guess(text: str) -> Guess:
    """Which old encoding a text is in, by the syllables it makes before and after."""
    if text.isascii():
        return _NONE
    toned = [w for w in words(text) if not w.isascii() and _has_letter(w)]
    proven = sum(1 for w in toned if _UNICODE_ONLY.search(w))
    old = [w for w in toned if not _UNICODE_ONLY.search(w) and w not in _UNITS]
    if not old or all(w.islower() is False and len(w) == 1 for w in old):
        return _NONE
    scores = {encoding: _score(old, encoding) for encoding in (TCVN3, VNI)}
    needed = 1 if not proven else max(2, proven)
    sure = {name: s.good for name, s in scores.items() if s.evidence >= needed and s.bad * 4 <= s.good}
    if sure:
        most = max(sure.values())
        return Guess(tuple(name for name, good in sure.items() if good == most), SURE)
    if proven:
        return _NONE
    if any(not is_syllable(w) for w in old):
        return Guess(tuple(name for name, s in scores.items() if not s.bad and s.mended), LIKELY)
    return Guess(tuple(name for name, s in scores.items() if s.either), EITHER)


class _Score(NamedTuple):
    """Words that are Vietnamese afterwards, that are neither, that become it, that prove it, that are Vietnamese both ways."""

    good: int
    bad: int
    mended: int
    evidence: int
    either: int


def _score(old: Sequence[str], encoding: str) -> _Score:
    good = bad = mends = evidence = either = 0
    for word in old:
        became = to_unicode(word, encoding)
        before, after = is_syllable(word), is_syllable(became)
        good += before or after
        bad += not (before or after)
        if after and became != word:
            either += before
            mends += not before
            evidence += not before and bool(_STRANGE.search(word) or (encoding == VNI and _VNI_TWO.search(word)))
    return _Score(good, bad, mends, evidence, either)


def _has_letter(word: str) -> bool:
    return any(c.isascii() and c.isalpha() for c in word)


def readable(text: str) -> str:
    """A heading or other line as a person reads it: in Unicode when it is surely an old text, else as it is."""
    if not _SIGNS.search(text) and not _VNI_TWO.search(text):
        return text
    found = guess(text)
    return mended(text, found.encodings[0]) if found.encodings and found.sure else text


class Reading(NamedTuple):
    """What became of a column.

    Args:
        converted: place in the column -> text in Unicode; doubtful: places that read as Vietnamese both ways.
    """

    converted: dict[int, str]
    doubtful: tuple[int, ...]


NOTHING_OLD = Reading({}, ())


def looks_old(words: ColumnWords) -> bool:
    """Whether any of these words has the signs of an old font."""
    together = words.together
    return bool(_WESTERN.search(together) and (_SIGNS.search(together) or _VNI_TWO.search(together)))


def read_column(
    cells: Sequence[object], font_of: Callable[[int], str] | None = None, old: bool | None = None
) -> Reading:
    """Find the old texts of a column: by their letters, and by the font of the cell where the letters leave a choice.

    A text that reads as Vietnamese both ways is converted when its font says so, or when the column holds old texts and no
    Unicode; it is doubtful when the column holds both. Columns without a surely old text stay as they are.

    Args:
        old: whether any of the cells looks old (``looks_old``), where that is known.
    """
    old = looks_old(ColumnWords(cells)) if old is None else old
    if not old and font_of is None:
        return NOTHING_OLD
    texts = {place: cell for place, cell in enumerate(cells) if isinstance(cell, str) and not cell.isascii()}
    fonts = {place: font for place in texts if (font := font_of(place))} if font_of else {}
    if not old and not fonts:
        return NOTHING_OLD
    found = {place: guess(cell) for place, cell in texts.items()}
    votes = Counter(g.encodings[0] for g in found.values() if g.sure and len(g.encodings) == 1)
    if not votes and not fonts:
        return NOTHING_OLD
    main = max(votes, key=lambda name: votes[name]) if votes else ""
    mixed = any(_UNICODE_ONLY.search(str(cells[place])) for place, g in found.items() if not g.encodings)
    converted: dict[int, str] = {}
    doubtful: list[int] = []
    for place, one in found.items():
        wanted = fonts.get(place) or main
        plain = TCVN3 if wanted == TCVN3_CAPITALS else wanted
        encoding = wanted if plain in one.encodings else one.encodings[0] if len(one.encodings) == 1 else ""
        if not one.encodings or (one.proof == EITHER and fonts and place not in fonts):
            continue  # no old text; or the file tells fonts, and this cell's is not an old one
        told = one.sure or (one.proof == LIKELY and votes[encoding])
        if encoding and (told or (not mixed and (place in fonts or votes.total() >= _CONVINCING))):
            converted[place] = mended(str(cells[place]), encoding)
        else:
            doubtful.append(place)
    return Reading(converted, tuple(doubtful))


_FRENCH = re.compile("[çëïñöûüÿ]")  # alone they may stand in a foreign name


def is_legacy(value: str) -> bool:
    """Whether a text looks like an old one to a person ("Hîp t¸c x·"), convertible or not; never for Vietnamese in Unicode."""
    if value.isascii() or _UNICODE_ONLY.search(value):
        return False
    marks = [m for m in _SIGNS.finditer(value) if m[0] not in "°±²³¿×"]
    inside = sum(1 for m in marks if value[max(0, m.start() - 1) : m.start()].isalpha() or value[m.end() : m.end() + 1].isalpha())
    between = any(
        value[m.start() - 1 : m.start()].isalpha() and value[m.end() : m.end() + 1].isalpha() for m in marks if m.start()
    )
    if len(_VNI_TWO.findall(value)) >= 2:
        return True
    return inside >= 2 or (between and not _FRENCH.search(value.lower() if value.isupper() else value))
