"""When two names are the same to a person: folding for search and matching."""

from __future__ import annotations

import unicodedata


def fold(value: str) -> str:
    """Give ``value`` without accents, case and đ, with single blanks: "Chè  SHAN" -> "che shan".

    Tone placement vanishes with the accents (Hoà = Hòa). Apostrophes of every shape become one (Đắk R'Lấp).
    """
    same_letters = unicodedata.normalize("NFKD", value).casefold().replace("đ", "d")  # styled letters become plain ones first
    plain = unicodedata.normalize("NFKD", same_letters)
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    for mark in "’‘`´ʼ":
        letters = letters.replace(mark, "'")
    return " ".join(letters.replace("\u200b", "").replace("\u200c", "").replace("\u200d", "").replace("\ufeff", "").split())
