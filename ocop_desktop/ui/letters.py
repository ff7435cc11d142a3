"""The letters of the window: Be Vietnam Pro with a line tall enough for stacked Vietnamese marks.

The font says its line reaches 1 em above the base line, but Ẳ Ổ Ẩ reach 1.22 em: in a label or a field their upper mark would
be cut off. The two numbers are mended in memory as the font is loaded; the letters stay as they are.
"""

from __future__ import annotations

import struct

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFontDatabase

FAMILY = "Be Vietnam Pro"
WEIGHTS = ("Regular", "SemiBold", "Bold")
ABOVE, BELOW = 1.26, 0.29  # em of the line above and under the base line


def loaded() -> bool:
    """Whether the letters are loaded already."""
    return FAMILY in QFontDatabase.families()


def load_fonts() -> None:
    """Load the weights of Be Vietnam Pro the window uses."""
    from fontpkg_be_vietnam_pro import ROOT

    for weight in WEIGHTS:
        letters = taller((ROOT / "files" / f"BeVietnamPro-{weight}.ttf").read_bytes())
        QFontDatabase.addApplicationFontFromData(QByteArray(letters))


def taller(letters: bytes) -> bytes:
    """A TrueType font with the line ``ABOVE`` and ``BELOW``; every place a system may read them from agrees."""
    made = bytearray(letters)
    tables = _tables(letters)
    em, = struct.unpack_from(">H", letters, tables[b"head"] + 18)
    above, below = round(ABOVE * em), round(BELOW * em)
    struct.pack_into(">hhh", made, tables[b"hhea"] + 4, above, -below, 0)
    struct.pack_into(">hhhHH", made, tables[b"OS/2"] + 68, above, -below, 0, above, below)
    return bytes(made)


def _tables(letters: bytes) -> dict[bytes, int]:
    """Where each table of the font begins."""
    count, = struct.unpack_from(">H", letters, 4)
    entries = (struct.unpack_from(">4sLLL", letters, 12 + 16 * i) for i in range(count))
    return {tag: begin for tag, _sum, begin, _length in entries}
