"""When two names are the same to a person: folding for search and matching."""

from __future__ import annotations

import functools
import unicodedata

from ocop_desktop.errors import UserError

LONGEST_NAME = 200  # of a person or an agency
_TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook, dot below


class _Bare(dict[int, int | None]):
    """What becomes of each sign, worked out when it is first met: accents and unseen signs go, apostrophes become one."""

    def __missing__(self, sign: int) -> int | None:
        self[sign] = None if unicodedata.combining(chr(sign)) else sign
        return self[sign]


_BARE = _Bare({**dict.fromkeys(map(ord, "’‘`´ʼ"), ord("'")), **dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff"))})


def fold(value: str) -> str:
    """Give ``value`` without accents, case and đ, with single blanks: "Chè  SHAN" -> "che shan".

    Tone placement vanishes with the accents (Hoà = Hòa). Apostrophes of every shape become one (Đắk R'Lấp).
    """
    if value.isascii():
        return " ".join(value.lower().replace("`", "'").split())
    same_letters = unicodedata.normalize("NFKD", value).casefold().replace("đ", "d")  # styled letters become plain ones first
    return " ".join(unicodedata.normalize("NFKD", same_letters).translate(_BARE).split())


def tidy_name(value: str) -> str:
    """A person's or agency's name as it is kept: composed letters, single blanks, nothing that cannot be seen."""
    seen = (c for c in unicodedata.normalize("NFC", value) if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf"))
    return " ".join("".join(seen).split())


def one_line(value: str) -> str:
    """Words of one line as they are kept, tidied as a name.

    Raises:
        UserError: signs no file can hold: control signs, halves of a letter (what a wrongly read argument leaves).
    """
    if any(unicodedata.category(c) in ("Cc", "Cs") and not c.isspace() for c in value):
        shown = "".join(c if c.isprintable() else "□" for c in value)
        raise UserError("“{words}” có ký tự không đọc được (chỗ □); hãy gõ lại.", words=shown[:LONGEST_NAME])
    return tidy_name(value)


@functools.lru_cache(maxsize=4096)  # asked of SQLite row by row
def name_key(value: str) -> str:
    """The same for two spellings of one name: as ``tidy_name``, whatever the case and wherever the tone stands (Hoà, Hòa).

    Unlike ``fold`` it keeps every accent: Hà and Hạ are two people.
    """
    words = unicodedata.normalize("NFD", tidy_name(value).casefold()).split()
    return " ".join("".join(c for c in w if c not in _TONES) + "".join(c for c in w if c in _TONES) for w in words)
