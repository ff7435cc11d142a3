"""What the papers about criteria share: A4 pages with a running head and "page x of y", styles, star marks, outline."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from ocop_desktop.papers import fonts, stars
from ocop_desktop.papers.fonts import BOLD, ITALIC, SERIF
from ocop_desktop.rules.rulebook import Rulebook
from ocop_desktop.text import _

CENTRE, RIGHTWARDS = 1, 2  # alignments as reportlab numbers them
LEFT, RIGHT, TOP, BOTTOM = 22 * mm, 15 * mm, 20 * mm, 18 * mm
WIDE, HIGH = A4[0] - LEFT - RIGHT, A4[1] - TOP - BOTTOM
INK, QUIET, LINE = HexColor("#1D2420"), HexColor("#55605A"), HexColor("#C9D0CB")
PART, GROUP, HEAD = HexColor("#E6F1EB"), HexColor("#F3F5F2"), HexColor("#DCE8E1")
BAD, BAD_SOFT, GOOD, GOOD_SOFT = HexColor("#A32A22"), HexColor("#FCEBE9"), HexColor("#1B6B4A"), HexColor("#E6F1EB")
WARN, WARN_SOFT = HexColor("#7A5000"), HexColor("#FFF4DB")
SMALL = 8.5

TABLE: tuple[tuple[object, ...], ...] = (  # looks of every table: hairlines, a coloured head that is repeated
    ("FONT", (0, 0), (-1, -1), SERIF), ("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.3, LINE),
    ("BACKGROUND", (0, 0), (-1, 0), HEAD), ("VALIGN", (0, 0), (-1, 0), "MIDDLE"), ("TOPPADDING", (0, 0), (-1, -1), 2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 3), ("LEFTPADDING", (0, 0), (-1, -1), 4), ("RIGHTPADDING", (0, 0), (-1, -1), 4))


@lru_cache(maxsize=64)
def style(size: float = 10, face: str = SERIF, align: int = 0, colour: Color = INK, before: float = 0, after: float = 0,
          indent: float = 0, lines: float = 1.3) -> ParagraphStyle:
    """A paragraph's looks; every font in it is embedded. ``lines``: from one line to the next, in heights of its letters."""
    _family()
    return ParagraphStyle("criteria", fontName=face, fontSize=size, leading=size * lines, alignment=align, textColor=colour,
                          spaceBefore=before, spaceAfter=after, leftIndent=indent, bulletFontName=SERIF, splitLongWords=1)


@lru_cache(maxsize=1)
def _family() -> None:
    fonts.faces()
    pdfmetrics.registerFontFamily(SERIF, normal=SERIF, bold=BOLD, italic=ITALIC, boldItalic=BOLD)


def words(text: str, size: float = 10, face: str = SERIF, **looks: Any) -> Paragraph:
    """A paragraph of plain words: nothing in them is taken for mark-up, and what the fonts lack is left out."""
    return Paragraph(escaped(text), style(size, face, **looks))


def marked(markup: str, size: float = 10, face: str = SERIF, **looks: Any) -> Paragraph:
    """A paragraph of reportlab's mark-up; give words in it through ``escaped``."""
    return Paragraph(markup, style(size, face, **looks))


def figure(value: object, size: float = 10, face: str = SERIF) -> Paragraph:
    """A number at the right."""
    return words(str(value), size, face, align=RIGHTWARDS)


def escaped(text: str) -> str:
    """Words as they may stand in mark-up."""
    clean = fonts.clean(text)
    lacking = fonts.missing(clean)
    if lacking:
        clean = "".join(c for c in clean if c not in lacking)
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class StarMark(Flowable):
    """Drawn gold stars with the number beside them, as wide as they are."""

    def __init__(self, count: int, side: float = 7) -> None:
        super().__init__()
        self._count, self._side = count, side
        self._words = _("{count} sao", count=count)
        self._size = side + 1
        self._stars = count * (side + 0.6) + 3

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self._stars + fonts.width(self._words, BOLD, self._size), 13

    def draw(self) -> None:
        canvas = self.canv
        radius, step = self._side / 2, self._side + 0.6
        stars.draw(canvas, self._count, self._count * step / 2, 3.8, radius, step)
        canvas.setFillColor(WARN)
        canvas.setFont(BOLD, self._size)
        canvas.drawString(self._stars, 1.4, self._words)


class Bookmark(Flowable):
    """A line of the outline; takes no room."""

    def __init__(self, key: str, title: str, level: int, closed: bool = False) -> None:
        super().__init__()
        self._key, self._title, self._level, self._closed = key, fonts.clean(title), level, closed

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.canv.bookmarkHorizontal(self._key, 0, 14)
        self.canv.addOutlineEntry(self._title, self._key, self._level, self._closed)


class _Pages(Canvas):
    """A canvas that knows, when it writes the foot of a page, how many there are."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._kept: list[dict[str, Any]] = []

    def showPage(self) -> None:
        self._kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, page in enumerate(self._kept, 1):
            self.__dict__.update(page)
            self.setFont(SERIF, SMALL)
            self.setFillColor(QUIET)
            self.drawRightString(A4[0] - RIGHT, BOTTOM - 20, _("Trang {number}/{count}", number=number, count=len(self._kept)))
            super().showPage()
        super().save()


def document(story: Sequence[Flowable], title: str, running: str) -> bytes:
    """Pages of ``story`` as PDF: ``running`` at the head from the second page on, the count at the foot."""
    _family()
    file = io.BytesIO()
    made = BaseDocTemplate(file, pagesize=A4, leftMargin=LEFT, rightMargin=RIGHT, topMargin=TOP, bottomMargin=BOTTOM,
                           title=fonts.clean(title), author="OCOP Desktop", initialFontName=SERIF, initialFontSize=10)
    frame = Frame(LEFT, BOTTOM, WIDE, HIGH, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    made.addPageTemplates(PageTemplate("all", [frame], onPage=lambda canvas, _doc: _head(canvas, running)))
    made.build(list(story), canvasmaker=_Pages)
    return file.getvalue()


def _head(canvas: Canvas, running: str) -> None:
    canvas.showOutline()
    canvas.setFont(SERIF, SMALL)
    canvas.setFillColor(QUIET)
    if canvas.getPageNumber() > 1:
        canvas.drawString(LEFT, A4[1] - TOP + 8, _shortened(fonts.clean(running), WIDE))


def _shortened(words: str, room: float) -> str:
    while fonts.width(words, SERIF, SMALL) > room:
        words = words[:-2].rstrip() + "…"
    return words


def title_lines(title: str, *under: str) -> list[Flowable]:
    """The head of the first page."""
    lines = [line for line in under if line]
    return [words(title, 15, BOLD, after=2),
            *(words(line, 9.5, colour=QUIET, after=8 if line is lines[-1] else 1) for line in lines)]


def source(book: Rulebook, where: str = "") -> str:
    """Where the words come from: decision, version, place in it."""
    place = {"where": where, "law": book.decision, "version": book.version, "day": book.in_force.strftime("%d/%m/%Y")}
    if book.version > 1 and where:
        return _("Nguồn: Quyết định {law}, {where}, bản {version}; có hiệu lực từ {day}", **place)
    if where:
        return _("Nguồn: Quyết định {law}, {where}; có hiệu lực từ {day}", **place)
    if book.version > 1:
        return _("Nguồn: Quyết định {law}, bản {version}; có hiệu lực từ {day}", **place)
    return _("Nguồn: Quyết định {law}; có hiệu lực từ {day}", **place)

