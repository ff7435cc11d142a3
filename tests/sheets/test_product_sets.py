"""The set that words are nearest to."""

from __future__ import annotations

import pytest

from ocop_desktop.rules.names import fold
from ocop_desktop.sheets.product_sets import closest

KNOWN = {fold(name): number for number, name in (
    (1, "Rau củ quả hạt tươi"), (3, "Gạo ngũ cốc hạt sơ chế khác"), (6, "Chế biến từ gạo ngũ cốc"), (11, "Chè tươi chè chế biến"),
    (13, "Sản phẩm cà phê ca cao"), (14, "Rượu trắng"))}


@pytest.mark.parametrize(("words", "number"), [
    ("Rau củ quả tươi", 1), ("rau cu qua", 1),
    ("Chè", 11), ("Cà phê", 13), ("Gạo", 3), ("Rượu trắng cổ truyền", 14),
    ("Bún", None), ("xyz", None)])
def test_the_nearest_set_is_named_or_none(words: str, number: int | None) -> None:
    assert closest(fold(words), KNOWN) == number
