"""Sums of money as people write them: 17500000000, "17,5 tỷ", "1.250.000 đ", "500 triệu đồng"."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from ocop_desktop.rules.names import fold

UNITS = {"dong": 1, "nghin": 1_000, "trieu": 1_000_000, "ty": 1_000_000_000}


class Money(NamedTuple):
    """A sum as written.

    Args:
        value: exact, in ``unit`` where that is not None, else in what the heading says.
        unit: VND in one unit, when the words name it.
        unsure: "1.250" and "1,250" may be a thousand and more, or one and a quarter.
        words: what stood there, for asking back; empty for a plain number.
    """

    value: Fraction
    unit: int | None
    unsure: bool
    words: str = ""


_SUM = re.compile(
    r"(?P<number>[\d.,\s]+?)\s*(?P<unit>ty|trieu|tr|nghin|ngan|k|billion|million|thousand)?\.?\s*(?:dong|d|vnd|vnđ)?\.?")
_KEYS = {"ty": "ty", "trieu": "trieu", "tr": "trieu", "nghin": "nghin", "ngan": "nghin", "k": "nghin",
         "billion": "ty", "million": "trieu", "thousand": "nghin"}
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+")
_DECIMAL = re.compile(r"\d+(?:[.,]\d+)?")


def read(words: str) -> Money | None:
    """The sum in ``words``, or None where they are none."""
    tidy = fold(words).replace("₫", "d")
    found = _SUM.fullmatch(tidy)
    if not found:
        return None
    digits = found["number"].strip()
    named = found["unit"] or ("dong" if re.search(r"(dong|d|vnd|vnđ)\.?$", tidy) else "")
    unit = UNITS[_KEYS.get(named, named)] if named else None
    marks = set(re.findall(r"[.,\s]", digits))
    if _THOUSANDS.fullmatch(digits) and len(marks) == 1:
        groups = len(re.findall(r"[.,\s]", digits))
        return Money(Fraction(re.sub(r"\D", "", digits)), unit, groups == 1 and marks != {" "}, words.strip())
    if _DECIMAL.fullmatch(digits):
        return Money(Fraction(digits.replace(",", ".")), unit, False, words.strip())
    return None
