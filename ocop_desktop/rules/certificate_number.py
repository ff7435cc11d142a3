"""Certificate numbers: running numbers of a year in the office's pattern, e.g. ``{number:02d}-{year}/GCN-OCOP``."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable


def highest(pattern: str, year: int, taken: Iterable[str]) -> int:
    """The highest running number among ``taken`` that has the pattern's form in ``year``; 0 when there is none.

    A pattern without ``{year}`` counts on over the years. Numbers of another form (older registers) are ignored.
    """
    form = re.compile("".join(_parts(pattern, year, r"(\d+)", re.escape)))
    numbers = [int(match[1]) for text in taken if (match := form.fullmatch(text))]
    return max(numbers, default=0)


def like(pattern: str, year: int) -> str:
    """The pattern's form in ``year`` for SQL's LIKE with a backslash as escape."""
    return "".join(_parts(pattern, year, "%", lambda text: re.sub(r"([\\%_])", r"\\\1", text)))


def _parts(pattern: str, year: int, number: str, literal: Callable[[str], str]) -> Iterable[str]:
    seen = False
    for text, name, form, _conversion in string.Formatter().parse(pattern):
        yield literal(text)
        if name == "year":
            yield literal(format(year, form or ""))
        elif name == "number":
            yield r"\d+" if seen and number != "%" else number
            seen = True
