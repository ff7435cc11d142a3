"""State papers as PDF: reportlab's platypus, embedded subset fonts, page x/y at the top from the second page of each paper."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import singledispatch
from typing import Any

from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    HRFlowable,
    KeepTogether,
    LongTable,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from ocop_desktop.papers import fonts, signature_place, typeset
from ocop_desktop.papers.blocks import (
    Column,
    Dots,
    Grid,
    Letterhead,
    Mark,
    Paper,
    Para,
    Signature,
    Signatures,
    Space,
    Title,
    Turn,
    capitals,
)
from ocop_desktop.papers.criteria_document import Bookmark, escaped, style
from ocop_desktop.papers.fonts import BOLD, BOLD_ITALIC, ITALIC, SERIF

LEFT, RIGHT, TOP, BOTTOM = 30 * mm, 15 * mm, 20 * mm, 20 * mm
WIDE, HIGH = A4[0] - LEFT - RIGHT, A4[1] - TOP - BOTTOM
ACROSS = landscape(A4)
ACROSS_WIDE, ACROSS_HIGH = ACROSS[0] - 20 * mm - 15 * mm, ACROSS[1] - TOP - 15 * mm
INDENT = 10 * mm
PADDING, LEAST = 3.0, 6.5  # at the sides of a cell; smallest letters of a head
LINES = 1.25  # from one line to the next, in heights of its letters
WITH_SIGNATURES, LETTERS = 3, 75  # least lines of text on the page of the signatures; letters of a line
TABLE_ROOM = 125  # points below a heading: its table's head and first rows
NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
ALIGN = {"left": 0, "centre": 1, "right": 2, "both": 4}
PLAIN_TABLE: list[tuple[object, ...]] = [
    ("FONT", (0, 0), (-1, -1), SERIF), ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 0)]
KINDS: dict[str, dict[str, Any]] = {  # size, face, alignment, room before and after, indents of each kind of paragraph
    "body": {"align": "both", "after": 6, "first": INDENT},
    "basis": {"align": "both", "face": ITALIC, "after": 6, "first": INDENT},
    "heading": {"face": BOLD, "before": 6, "after": 6, "first": INDENT},
    "subheading": {"face": BOLD, "size": 12.5, "before": 4, "after": 3, "first": INDENT},
    "item": {"align": "both", "after": 4, "first": INDENT},
    "note": {"face": ITALIC, "size": 11, "before": 3, "after": 6},
    "centre": {"align": "centre", "after": 6},
    "address": {"align": "left", "before": 6, "after": 10, "indent": 30 * mm},
    "order": {"align": "centre", "face": BOLD, "before": 4, "after": 8},
    "seal": {"align": "centre", "face": BOLD, "size": 11, "before": 2, "after": 8},
}


def render(papers: Sequence[Paper], title: str, invariant: bool = False,
           progress: Callable[[int], None] | None = None) -> bytes:
    """Papers as one PDF.

    Args:
        papers: each begins on a page of its own and counts its own pages; more than one: with an outline.
        title: of the file.
        invariant: leave the moment of making out, so that the same input gives the same bytes.
        progress: called with the number of pages laid out.
    """
    story: list[Flowable] = []
    for number, paper in enumerate(papers):
        story += [NextPageTemplate("wide" if paper.wide else "tall"), *([PageBreak()] if number else []), NewPaper(number)]
        if paper.mark or len(papers) == 1:
            story.append(Bookmark(f"paper-{number}", paper.mark or paper.title, 0, closed=len(papers) > 1))
        story += _story(paper, number)
    return build(story, title, invariant, progress, wide=bool(papers) and papers[0].wide)


def build(story: Sequence[Flowable], title: str, invariant: bool = False, progress: Callable[[int], None] | None = None,
          wide: bool = False) -> bytes:
    """A story as PDF; ``NewPaper`` in it begins to count pages anew; ``wide``: its first page stands across."""
    style()  # registers the fonts
    file = io.BytesIO()
    made = BaseDocTemplate(file, pagesize=A4, title=fonts.clean(title), author="OCOP Desktop", lang="vi", initialFontName=SERIF,
                           initialFontSize=10, invariant=int(invariant))
    none = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
    upright = PageTemplate("tall", [Frame(LEFT, BOTTOM, WIDE, HIGH, **none)], pagesize=A4)
    across = PageTemplate("wide", [Frame(20 * mm, 15 * mm, ACROSS_WIDE, ACROSS_HIGH, **none)], pagesize=ACROSS)
    made.addPageTemplates([across, upright] if wide else [upright, across])
    if progress:
        made.setPageCallBack(progress)
    made.build(list(story), canvasmaker=Pages)
    return file.getvalue()


class NewPaper(Flowable):
    """Where a paper of a batch begins; takes no room. ``foot``: stands at the foot of each of its pages, before the count."""

    def __init__(self, number: int, foot: str = "") -> None:
        super().__init__()
        self._number, self._foot = number, foot

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.canv.paper, self.canv.foot = self._number, self._foot


class SignatureRoom(Flowable):
    """The empty room above a signatory's name; notes on the page that a signature goes there."""

    def __init__(self, high: float) -> None:
        super().__init__()
        self._wide, self._high = 0.0, high

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self._wide = width
        return width, self._high

    def draw(self) -> None:
        x, y = self.canv.absolutePosition(self._wide / 2, 0)
        half = min(self._wide, signature_place.WIDE) / 2
        self.canv.places.append((self.canv.drawn_pages(), (x - half, y + 2, x + half, y + self._high - 2)))


class Pages(Canvas):
    """A canvas that knows, when it numbers a page, how many its paper has."""

    def __init__(self, *args: Any, **more: Any) -> None:
        more.pop("lang", None)
        super().__init__(*args, lang="vi", **more)
        self.paper, self.foot = 0, ""
        self.places: list[tuple[int, signature_place.Box]] = []  # where to sign
        self._kept: list[dict[str, Any]] = []
        self.showOutline()

    def drawn_pages(self) -> int:
        """How many pages are finished: the place of the one being drawn."""
        return len(self._kept)

    def showPage(self) -> None:
        self._kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        counts: dict[int, int] = {}
        for page in self._kept:
            counts[page["paper"]] = counts.get(page["paper"], 0) + 1
        before, number = -1, 0
        for page in self._kept:
            number = number + 1 if page["paper"] == before else 1
            before = page["paper"]
            self.__dict__.update(page)
            self._number_page(number, counts[before])
            super().showPage()
        signature_place.keep(self, self.places)
        super().save()

    def _number_page(self, number: int, count: int) -> None:
        wide, high = self._pagesize
        self.setFillColor(black)
        if self.foot:
            self.setFont(SERIF, 9)
            self.drawString(LEFT / 2, 9 * mm, self.foot)
            self.drawRightString(wide - RIGHT, 9 * mm, f"Trang {number}/{count}")
        elif number > 1:
            self.setFont(SERIF, 13)
            self.drawCentredString(wide / 2, high - 13 * mm, f"{number}/{count}")


def text(words: str, size: float = 13, face: str = SERIF, align: str = "left", lead: str = "", **room: float) -> Paragraph:
    """A paragraph in black; ``lead`` in bold before it. Nothing in the words is taken for mark-up."""
    looks = style(size, face, ALIGN[align], black, room.get("before", 0), room.get("after", 0), room.get("indent", 0), LINES)
    if room.get("first"):
        looks = _indented(size, face, ALIGN[align], room.get("before", 0), room.get("after", 0), room["first"])
    markup = escaped(words).replace(" sao", "\xa0sao")  # "4 sao" stays on one line
    return Paragraph(f"<b>{escaped(lead)}</b> {markup}" if lead else markup, looks)


_INDENTED: dict[tuple[Any, ...], Any] = {}


def _indented(size: float, face: str, align: int, before: float, after: float, first: float) -> Any:
    key = (size, face, align, before, after, first)
    if key not in _INDENTED:
        _INDENTED[key] = style(size, face, align, black, before, after, lines=LINES).clone("indented", firstLineIndent=first)
    return _INDENTED[key]


def _story(paper: Paper, number: int) -> list[Flowable]:
    made: list[Flowable] = []
    wide = paper.wide
    for place, block in enumerate(paper.blocks):
        if isinstance(block, Turn) and place:
            wide = block.wide
            made += [NextPageTemplate("wide" if wide else "tall"), PageBreak()]
        elif isinstance(block, Turn):
            continue  # the paper begins so
        elif isinstance(block, Mark):
            made.append(Bookmark(f"{number}-{place}", block.title, block.level))
        elif isinstance(block, Signatures):
            made.append(KeepTogether([*_last_paragraphs(made), Spacer(0, 10), *flow(block, ACROSS_WIDE if wide else WIDE)]))
        else:
            if isinstance(block, Para) and isinstance(next(iter(paper.blocks[place + 1:]), None), Grid):
                block = replace(block, room=max(block.room, TABLE_ROOM))
            made += flow(block, ACROSS_WIDE if wide else WIDE)
    return made


def _last_paragraphs(made: list[Flowable]) -> list[Flowable]:
    """The last lines of the text go to the page of the signatures: they stand neither alone nor under a single sentence."""
    kept: list[Flowable] = []
    lines = 0
    while made and not isinstance(made[-1], LongTable | PageBreak | Bookmark | CondPageBreak):
        if lines >= WITH_SIGNATURES and not _introduces(made[-1]):
            break
        kept.insert(0, made.pop())
        lines += 1 + len(kept[0].getPlainText()) // LETTERS if isinstance(kept[0], Paragraph) else 0
    if kept and len(made) > 1 and isinstance(made[-2], CondPageBreak):  # its heading comes along
        kept.insert(0, made.pop())
        made.pop()
    return kept


def _introduces(part: Flowable) -> bool:
    return isinstance(part, Paragraph) and part.getPlainText().endswith(":")


@singledispatch
def flow(block: Any, wide: float) -> Iterator[Flowable]:
    """A block as flowables for a frame of ``wide`` points."""
    raise TypeError(f"no way to set a {type(block).__name__}")


@flow.register
def _(block: Space, wide: float) -> Iterator[Flowable]:
    yield Spacer(0, block.points)


@flow.register
def _(block: Dots, wide: float) -> Iterator[Flowable]:
    for number in range(block.lines):
        lead = "" if number else block.lead
        taken = INDENT + fonts.width(f"{lead} ", BOLD, 13) if lead else 0
        yield text("." * int((wide - taken - 1) / fonts.width(".", SERIF, 13)), lead=lead, after=4, first=INDENT if lead else 0)


@flow.register
def _(block: Para, wide: float) -> Iterator[Flowable]:
    if block.kind in ("heading", "subheading"):
        yield CondPageBreak(block.room)  # a heading is not the last line of a page
    yield text(block.words, lead=block.lead, **KINDS[block.kind])


@flow.register
def _(block: Title, wide: float) -> Iterator[Flowable]:
    yield Spacer(0, 14)
    yield text(block.name.upper(), 14, BOLD, "centre", after=2)
    for part in block.under:
        for line in balanced(part, wide - 20, 14):
            yield text(line, 14, BOLD, "centre")
    if block.ruled:
        yield HRFlowable(width=32 * mm, thickness=0.7, color=black, spaceBefore=3, spaceAfter=10)
    else:
        yield Spacer(0, 8)


@flow.register
def _(block: Letterhead, wide: float) -> Iterator[Flowable]:
    right_wide = fonts.width(NATION, BOLD, 12) + 6
    left: list[Flowable] = []
    for names, face in ((block.above, SERIF), (block.own, BOLD)):
        left += [text(line, 12, face, "centre") for name in capitals(names)
                 for line in balanced(name, wide - right_wide - 12, 12, face)]
    left.append(HRFlowable(width="35%", thickness=0.7, color=black, spaceBefore=2, spaceAfter=4))
    if block.number:
        left.append(text(block.number, 13, SERIF, "centre", before=2))
    if block.about:
        left += [text(line, 12, SERIF, "centre", before=0 if place else 2)
                 for place, line in enumerate(balanced(block.about, wide - right_wide - 12, 12, SERIF))]
    right: list[Flowable] = [
        text(NATION, 12, BOLD, "centre"), text(MOTTO, 13, BOLD, "centre"),
        HRFlowable(width=fonts.width(MOTTO, BOLD, 13), thickness=0.7, color=black, spaceBefore=2, spaceAfter=6)]
    if block.dated:
        right.append(text(block.dated, 13, ITALIC, "centre"))
    yield Table([[left, right]], colWidths=(wide - right_wide - 6, right_wide + 6),
                style=[*PLAIN_TABLE, ("ALIGN", (0, 0), (-1, -1), "CENTER")])
    yield Spacer(0, 4)


def balanced(name: str, room: float, size: float, face: str = BOLD) -> Iterator[str]:
    """A name on lines of about equal length, broken where its sense allows it."""
    clean = fonts.clean(name)
    lacking = fonts.missing(clean)
    words = typeset.bound("".join(c for c in clean if c not in lacking))
    for line in typeset.broken((typeset.Run(words, face, size, (0, 0, 0)),), room):
        yield "".join(run.text for run in line)


@flow.register
def _(block: Grid, wide: float) -> Iterator[Flowable]:
    whole = sum(column.share for column in block.columns)
    widths = [wide * column.share / whole for column in block.columns]
    heads = head_size(block, widths)
    rows: list[list[Any]] = [[text(c.head, heads, BOLD, "centre") for c in block.columns]]
    looks: list[tuple[object, ...]] = [
        ("FONT", (0, 0), (-1, -1), SERIF), ("GRID", (0, 0), (-1, -1), 0.5, black),
        ("VALIGN", (0, 0), (-1, 0), "MIDDLE"), ("VALIGN", (0, 1), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 0 if block.tight else 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5 if block.tight else 4),
        ("LEFTPADDING", (0, 0), (-1, -1), PADDING), ("RIGHTPADDING", (0, 0), (-1, -1), PADDING)]
    for row in block.rows:
        if len(row) == 1 and len(block.columns) > 1:
            looks += [("SPAN", (0, len(rows)), (-1, len(rows))), ("NOSPLIT", (0, len(rows)), (-1, len(rows) + 1))]
            rows.append([text(row[0], block.size, BOLD), *[""] * (len(block.columns) - 1)])
        else:
            rows.append([_cell(words, column, block, place) for place, (words, column)
                         in enumerate(zip(row, block.columns, strict=True))])
    if len(rows) > 2:  # neither a head with less than two rows nor a last row alone
        looks += [("NOSPLIT", (0, 0), (-1, 2)), ("NOSPLIT", (0, len(rows) - 2), (-1, len(rows) - 1))]
    kind = _WideRows if wide == ACROSS_WIDE else _Rows
    yield kind(rows, colWidths=widths, repeatRows=1, style=looks, spaceBefore=3, spaceAfter=8)


class _Rows(LongTable):
    """A table whose rows keep together as far as a page can hold them; one higher than a page goes on over the next."""

    page = HIGH

    def split(self, wide: float, high: float) -> Any:
        found = super().split(wide, high)
        if found or high < self.page * 0.9:  # else the next page has no more room than this one
            return found
        self._nosplitCmds, self.splitInRow = list[object](), 1  # within a row only where there is no other way
        return super().split(wide, high)


class _WideRows(_Rows):
    page = ACROSS_HIGH


def head_size(block: Grid, widths: Sequence[float]) -> float:
    """Size of the heads' letters: no word of a head is cut."""
    size = block.size
    while size > LEAST and any(fonts.width(word, BOLD, size) > wide - 2 * PADDING - 0.5
                               for column, wide in zip(block.columns, widths, strict=True) for word in column.head.split()):
        size -= 0.25
    return size


def _cell(words: str, column: Column, block: Grid, place: int) -> Any:
    face = BOLD if place in block.bold else SERIF
    lines = words.split("\n")
    made: list[Flowable] = [text(line, block.size, face, column.align) for line in lines]
    if block.high and place == 0:
        made.append(Spacer(0, max(block.high - block.size * 1.3 - 6, 0)))
    return made if len(made) > 1 else made[0]


@flow.register
def _(block: Signatures, wide: float) -> Iterator[Flowable]:
    left: list[Flowable] = []
    if block.left:
        left = _signature(block.left)
    elif block.recipients:
        left = [text("Nơi nhận:", 12, BOLD_ITALIC), *(text(f"- {line}", 11) for line in block.recipients)]
    yield Table([[left, _signature(block.right)]], colWidths=(wide * 0.48, wide * 0.52), style=PLAIN_TABLE)
    if block.left and block.recipients:
        yield Spacer(0, 8)
        yield text("Nơi nhận:", 12, BOLD_ITALIC)
        for line in block.recipients:
            yield text(f"- {line}", 11)


def _signature(one: Signature) -> list[Flowable]:
    made: list[Flowable] = [text(line, 13, BOLD, "centre") for line in one.lines]
    if one.hint:
        made.append(text(one.hint, 11.5, ITALIC, "centre"))
    return [*made, SignatureRoom(58), text(one.name or " ", 13, BOLD, "centre")]

