"""Where on a page a signature goes: noted by a paper as it is drawn, found again in its PDF.

A place is kept as a named destination of the file, a rectangle above the signatory's name; viewers do not show it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as raw
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

MARK = "chu-ky-"
WIDE, HIGH = 212.0, 54.0  # points of a stamp
EDGE = 42.0  # points from the page's edges where nothing says where to sign
FIT_RECTANGLE = 5  # PDFDEST_VIEW_FITR
NotReadable = pypdfium2.PdfiumError
Box = tuple[float, float, float, float]  # left, bottom, right, top in points


@dataclass(frozen=True)
class SignaturePlace:
    """A place to sign: the page, the first is 0; a rectangle on it; the words under it, as a rule the signatory's name."""

    page: int
    box: Box
    name: str = ""


def keep(canvas: Any, places: Sequence[tuple[int, Box]]) -> None:
    """Keep places in the file of a canvas that is about to be saved, all its pages drawn; reportlab has no call for it."""
    document = canvas._doc
    made = {}
    for number, (page, box) in enumerate(places, 1):
        target = document.Reference(document.Pages.pages[page])
        made[f"{MARK}{number}"] = PDFArray([target, PDFName("FitR"), *(round(side, 1) for side in box)])
    if made:
        document.Catalog.Dests = PDFDictionary(made)


def places(pdf: bytes, above: str = "") -> tuple[SignaturePlace, ...]:
    """The places to sign, in the order of the pages: those noted, else above the last of the words ``above``, else the lower
    right corner of the last page.

    Raises:
        NotReadable: it is not a PDF, or needs a password.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        noted = tuple(sorted(_noted(document), key=lambda p: (p.page, -p.box[1], p.box[0])))
        return noted or tuple(_above(document, above)) or (_corner(document),)
    finally:
        document.close()


def _noted(document: Any) -> Sequence[SignaturePlace]:
    found = []
    for index in range(raw.FPDF_CountNamedDests(document)):
        size = ctypes.c_long(0)
        raw.FPDF_GetNamedDest(document, index, None, size)
        name = ctypes.create_string_buffer(max(size.value, 2))
        target = raw.FPDF_GetNamedDest(document, index, name, size)
        if not target or not name.raw.decode("utf-16-le", "replace").startswith(MARK):
            continue
        count, sides = ctypes.c_ulong(0), (ctypes.c_float * 4)()
        page = raw.FPDFDest_GetDestPageIndex(document, target)
        if raw.FPDFDest_GetView(target, count, sides) == FIT_RECTANGLE and count.value == 4 and page >= 0:
            left, bottom, right, top = (float(side) for side in sides)
            found.append(SignaturePlace(page, (left, bottom, right, top), _words_under(document, page, left, bottom, right)))
    return found


def _words_under(document: Any, page: int, left: float, bottom: float, right: float) -> str:
    text = document[page].get_textpage()
    try:
        return " ".join(text.get_text_bounded(left - 40, bottom - 24, right + 40, bottom).split())
    finally:
        text.close()


def _above(document: Any, words: str) -> Sequence[SignaturePlace]:
    for page in reversed(range(len(document))) if words.strip() else ():
        text, last = document[page].get_textpage(), None
        search = text.search(words.strip())
        while (found := search.get_next()) is not None:
            last = found
        if last is not None:
            boxes = [text.get_charbox(place) for place in range(last[0], last[0] + last[1])]
            middle = (min(b[0] for b in boxes) + max(b[2] for b in boxes)) / 2
            bottom = max(b[3] for b in boxes) + 4
            return [SignaturePlace(page, (middle - WIDE / 2, bottom, middle + WIDE / 2, bottom + HIGH), words.strip())]
    return []


def _corner(document: Any) -> SignaturePlace:
    page = len(document) - 1
    wide, _high = document.get_page_size(page)
    return SignaturePlace(page, (wide - EDGE - WIDE, EDGE, wide - EDGE, EDGE + HIGH))
