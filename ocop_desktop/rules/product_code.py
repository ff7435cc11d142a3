"""Product codes: province - commune - running number in the commune - year, e.g. ``20-06040-03-2026``.

Source: Decision 26/2026/QĐ-TTg, annex III.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ocop_desktop.errors import UserError

_CODE = re.compile(r"(\d{2})-(\d{5})-(\d{2,})-(\d{4})")


@dataclass(frozen=True, order=True)
class ProductCode:
    """A product code's parts."""

    province: str
    commune: str
    number: int
    year: int

    def __str__(self) -> str:
        return f"{self.province}-{self.commune}-{self.number:02d}-{self.year}"


def read_code(text: str) -> ProductCode:
    """Parse a product code.

    Raises:
        UserError: the text has another form; says the right one.
    """
    match = _CODE.fullmatch(text.strip())
    if not match or int(match[3]) == 0:
        raise UserError("Mã sản phẩm “{code}” chưa đúng dạng; ví dụ đúng: 20-06040-03-2026.", code=text)
    return ProductCode(match[1], match[2], int(match[3]), int(match[4]))


def propose_code(province: str, commune: str, year: int, taken: Iterable[str]) -> ProductCode:
    """The next free code of a commune in a year: one above the highest of ``taken``; other communes and years are ignored."""
    numbers = [
        c.number
        for text in taken
        if _CODE.fullmatch(text)
        for c in [read_code(text)]
        if (c.province, c.commune, c.year) == (province, commune, year)
    ]
    return ProductCode(province, commune, max(numbers, default=0) + 1, year)
