"""Pages of a PDF as pictures, for looking at and for the printer."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pypdfium2

from ocop_desktop.papers.certificate import Certificate, render


@dataclass(frozen=True)
class Picture:
    """A page: 24-bit pixels, rows of ``stride`` bytes, blue first."""

    width: int
    height: int
    stride: int
    pixels: bytes


def sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of every page, in points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(document.get_page_size(number) for number in range(len(document)))
    finally:
        document.close()


def pictures(pdf: bytes, dpi: float, upright: bool = False, numbers: Iterable[int] | None = None) -> Iterator[Picture]:
    """Pages of ``pdf`` at ``dpi`` dots per inch, one at a time: all of them, or those of ``numbers`` (the first is 0).

    Args:
        upright: turn pages across.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(len(document)) if numbers is None else numbers:
            page = document[number]
            across = page.get_width() > page.get_height()
            bitmap = page.render(scale=dpi / 72, rotation=90 if upright and across else 0)
            yield Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
            bitmap.close()
            page.close()
    finally:
        document.close()


def preview(certificate: Certificate, dpi: float) -> Picture | None:
    """The certificate's page, or None when it cannot be printed."""
    pdf, _problems = render([certificate])
    return next(pictures(pdf, dpi), None) if pdf else None


def preview_png(certificate: Certificate, dpi: float) -> bytes:
    """The certificate's page as a PNG file, empty when it cannot be printed."""
    pdf, _problems = render([certificate])
    if not pdf:
        return b""
    document = pypdfium2.PdfDocument(pdf)
    try:
        file = io.BytesIO()
        document[0].render(scale=dpi / 72).to_pil().save(file, "PNG")
        return file.getvalue()
    finally:
        document.close()
