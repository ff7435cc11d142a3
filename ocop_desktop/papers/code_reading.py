"""QR codes found in a picture (a photo, a scan, a screen) or on the pages of a PDF."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

import zxingcpp
from PIL import Image, ImageOps

from ocop_desktop.errors import UserError
from ocop_desktop.papers.picture import MOST_PIXELS

MOST_BYTES = 60 << 20
MOST_PAGES = 200
DPI = 250  # of the pictures made of PDF pages
LONGEST = 4000  # pixels of the longer side codes are looked for in; larger photos only take longer


def codes_in(content: bytes, name: str) -> list[str]:
    """The texts of all QR codes of a file, each once, in the order found.

    Args:
        content: of a JPEG, PNG, WebP, BMP, TIFF or PDF file, whatever it is called; name: for the sentences.

    Raises:
        UserError: too heavy, damaged, or no such file.
    """
    if len(content) > MOST_BYTES:
        raise UserError("Tệp {file} nặng {size} MB, quá giới hạn {limit} MB; hãy chọn ảnh nhỏ hơn.", file=name,
                        size=len(content) >> 20, limit=MOST_BYTES >> 20)
    found: dict[str, None] = {}
    for picture in _pages(content, name) if content.startswith(b"%PDF") else _picture(content, name):
        for code in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)):
            found.setdefault(code.text)
    return list(found)


def _picture(content: bytes, name: str) -> Iterator[Image.Image]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit below is stricter and has a sentence
            with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP", "BMP", "TIFF")) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise UserError("Ảnh {file} có quá nhiều điểm ảnh; hãy thu nhỏ ảnh rồi chọn lại.", file=name)
                upright = ImageOps.exif_transpose(opened).convert("L")
    except UserError:
        raise
    except Exception as error:  # what a damaged or foreign file raises is as many kinds as there are formats
        raise _unreadable(name) from error
    upright.thumbnail((LONGEST, LONGEST))
    yield upright


def _pages(content: bytes, name: str) -> Iterator[Image.Image]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise _unreadable(name) from error
    try:
        for number in range(min(len(document), MOST_PAGES)):
            page = document[number]
            longest = max(page.get_width(), page.get_height(), 1)
            yield page.render(scale=min(DPI / 72, LONGEST / longest), grayscale=True).to_pil()
            page.close()
    finally:
        document.close()


def _unreadable(name: str) -> UserError:
    return UserError("Tệp {file} không phải ảnh (.jpg, .png, .webp) hay PDF đọc được; hãy chụp hoặc chọn lại.", file=name)
