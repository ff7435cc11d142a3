"""The papers' fonts: a serif with full Vietnamese from a package under the Open Font License, embedded as a subset."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

SERIF = "Spectral-Regular"
BOLD = "Spectral-Bold"
ITALIC = "Spectral-Italic"
BOLD_ITALIC = "Spectral-BoldItalic"
FACES = (SERIF, BOLD, ITALIC, BOLD_ITALIC)
SANS, SANS_BOLD, SANS_ITALIC = "BeVietnamPro-Regular", "BeVietnamPro-Bold", "BeVietnamPro-Italic"


@lru_cache(maxsize=1)
def faces() -> dict[str, TTFont]:
    """The papers' fonts by name, registered with reportlab on the first call."""
    from fontpkg_spectral import ROOT

    rl_config.useA85 = 0  # binary streams: files a fifth smaller, and quicker
    return {name: _registered(name, Path(ROOT)) for name in FACES}


@lru_cache(maxsize=1)
def sans_faces() -> dict[str, TTFont]:
    """The plain family, of the window too, for certificates laid out with it; registered on the first call."""
    from fontpkg_be_vietnam_pro import ROOT

    return {name: _registered(name, Path(ROOT)) for name in (SANS, SANS_BOLD, SANS_ITALIC)}


def _registered(name: str, root: Path) -> TTFont:
    font = TTFont(name, str(root / "files" / f"{name}.ttf"))
    pdfmetrics.registerFont(font)
    return font


@lru_cache(maxsize=2)
def _letters(sans: bool) -> frozenset[str]:
    every = [*faces().values(), *(sans_faces().values() if sans else ())]
    return frozenset.intersection(*(frozenset(map(chr, font.face.charToGlyph)) for font in every))


def clean(text: str) -> str:
    """``text`` as it is drawn: NFC, single blanks, nothing invisible (zero-width marks, control characters)."""
    whole = unicodedata.normalize("NFC", text)
    if not whole.isprintable():
        whole = "".join(c for c in whole if c.isprintable() or c.isspace())
    return " ".join(whole.split())


def missing(text: str, sans: bool = False) -> str:
    """The characters of cleaned ``text`` that the fonts (with ``sans`` also the plain ones) lack, each once, in their order."""
    lacking = set(text) - _letters(sans)
    return "".join(dict.fromkeys(c for c in text if c in lacking)) if lacking else ""


class _Widths(dict[str, float]):
    """Widths of one face's letters in points at size 1; each is looked up once."""

    def __init__(self, face: str) -> None:
        self._face = (faces() if face in FACES else sans_faces())[face].face

    def __missing__(self, letter: str) -> float:
        self[letter] = wide = self._face.getCharWidth(ord(letter)) / 1000
        return wide


_widths = lru_cache(maxsize=None)(_Widths)


def width(text: str, face: str, size: float) -> float:
    """Width of ``text`` in points."""
    return size * sum(map(_widths(face).__getitem__, text))
