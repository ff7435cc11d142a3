"""Cell styles of an .xlsx whose font is of before Unicode (.VnTime, VNI-Times): the readers do not tell fonts."""

from __future__ import annotations

import zipfile
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ocop_desktop.sheets.legacy import of_font


def of_xlsx(archive: zipfile.ZipFile) -> dict[bytes, str]:
    """Number of a cell style as the sheets write it -> encoding of its font; a file without readable styles has none."""
    try:
        styles = archive.read("xl/styles.xml")
        if b".Vn" not in styles and b".vn" not in styles and b"VNI" not in styles.upper():
            return {}
        book = fromstring(styles)
    except (KeyError, ParseError, DefusedXmlException, ValueError):
        return {}
    fonts = [of_font(_name(font)) for font in _children(book, "fonts")]
    found = {}
    for number, style in enumerate(_children(book, "cellXfs")):
        font = style.get("fontId", "")
        if font.isdigit() and int(font) < len(fonts) and fonts[int(font)]:
            found[str(number).encode()] = fonts[int(font)]
    return found


def _children(book: Element, name: str) -> list[Element]:
    return [child for part in book if part.tag.rsplit("}", 1)[-1] == name for child in part]


def _name(font: Element) -> str:
    return next((part.get("val", "") for part in font if part.tag.rsplit("}", 1)[-1] == "name"), "")
