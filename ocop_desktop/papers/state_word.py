"""State papers as Word files: real styles, tables with a repeated head, page number fields, so that edits do not break them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import deepcopy
from functools import cache, singledispatch
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as AT
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from ocop_desktop.papers import fonts, typeset
from ocop_desktop.papers.blocks import (
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
from ocop_desktop.papers.state_pdf import MOTTO, NATION, PADDING, head_size

FACE = "Times New Roman"
ALIGN = {"left": AT.LEFT, "centre": AT.CENTER, "right": AT.RIGHT, "both": AT.JUSTIFY}
STYLES: dict[str, tuple[str, str, float, dict[str, Any]]] = {  # kind -> style's name, alignment, size, looks
    "body": ("Nội dung", "both", 13, {"first": True, "after": 6}),
    "basis": ("Căn cứ", "both", 13, {"first": True, "after": 6, "italic": True}),
    "item": ("Gạch đầu dòng", "both", 13, {"first": True, "after": 4}),
    "note": ("Ghi chú", "left", 11, {"before": 3, "after": 6, "italic": True}),
    "centre": ("Giữa dòng", "centre", 13, {"after": 6}),
    "address": ("Kính gửi", "left", 13, {"before": 6, "after": 10, "indent": True}),
    "order": ("Quyết nghị", "centre", 13, {"bold": True, "before": 4, "after": 8}),
    "seal": ("Dấu nhật ký", "centre", 11, {"bold": True, "after": 8}),
    "title": ("Tên văn bản", "centre", 14, {"bold": True}),
    "plain": ("Đầu văn bản", "centre", 12, {}),
    "cell": ("Ô bảng", "left", 11, {}),
}
HEADINGS = {"heading": ("Heading 1", 13), "subheading": ("Heading 2", 12.5)}


def render(papers: Sequence[Paper], title: str, several: bool = False) -> bytes:
    """Papers as one Word file; each begins on a page of its own.

    Args:
        title: of the file; several: whether it will hold several papers, whatever it holds now.
    """
    made = docx.Document(io.BytesIO(_template(several or len(papers) > 1)))
    made.core_properties.title = fonts.clean(title)
    for number, paper in enumerate(papers):
        if number:
            _section(made, paper.wide, fresh=True)
        else:
            _page(made.sections[0], paper.wide)
        for place, block in enumerate(paper.blocks):
            if place or not isinstance(block, Turn):  # a paper may begin across
                put(block, made)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


@cache
def _template(several: bool) -> bytes:
    """An empty document with the styles, made once; ``several``: papers of one file count their pages each for itself."""
    made = docx.Document()
    _set_up(made, several)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _set_up(made: Any, several: bool) -> None:
    about = made.core_properties
    about.author, about.language, about.comments = "OCOP Desktop", "vi-VN", ""
    normal = made.styles["Normal"]
    _face(normal, 13)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    normal.element.get_or_add_rPr().append(language)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    for name, align, size, looks in STYLES.values():
        _style(made, name, align, size, looks)
    for name, size in HEADINGS.values():
        heading = made.styles[name]
        _face(heading, size)
        heading.font.bold, heading.font.italic = True, False
        heading.font.color.rgb = docx.shared.RGBColor(0, 0, 0)
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(6), Pt(4)
        heading.paragraph_format.first_line_indent, heading.paragraph_format.keep_with_next = Mm(10), True
    section = made.sections[0]
    section.different_first_page_header_footer = True
    _count_pages(section.header.paragraphs[0], ("PAGE",) if several else ("PAGE", "NUMPAGES"))


def _face(style: Any, size: float) -> None:
    style.font.name, style.font.size = FACE, Pt(size)
    fonts_of = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts_of.set(qn(script), FACE)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts_of.attrib.pop(qn(theme), None)


def _style(made: Any, name: str, align: str, size: float, looks: dict[str, Any]) -> None:
    style = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = made.styles["Normal"]
    _face(style, size)
    style.font.bold, style.font.italic = looks.get("bold", False), looks.get("italic", False)
    form = style.paragraph_format
    form.alignment = ALIGN[align]
    form.space_before, form.space_after = Pt(looks.get("before", 0)), Pt(looks.get("after", 0))
    if looks.get("first"):
        form.first_line_indent = Mm(10)
    if looks.get("indent"):
        form.left_indent = Mm(30)


def _page(section: Any, wide: bool) -> None:
    short, long = Mm(210), Mm(297)
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if wide else (short, long)
    section.top_margin, section.bottom_margin = Mm(20), Mm(15 if wide else 20)
    section.left_margin, section.right_margin = Mm(20 if wide else 30), Mm(15)
    section.header_distance = Mm(10)


def _section(made: Any, wide: bool, fresh: bool = False) -> None:
    """A new page, across or upright; ``fresh``: of a further paper, its pages counted anew, none on the first."""
    if fresh:
        _count_anew(made.sections[-1])  # the batch's first paper too: a template repeats it
    section = made.add_section(WD_SECTION.NEW_PAGE)
    _page(section, wide)
    section.different_first_page_header_footer = fresh
    for old in section._sectPr.findall(qn("w:pgNumType")):  # a new section begins as a copy of the one before
        section._sectPr.remove(old)
    if fresh:
        _count_anew(section)


def _count_anew(section: Any) -> None:
    if section._sectPr.find(qn("w:pgNumType")) is None and section.different_first_page_header_footer:
        start = OxmlElement("w:pgNumType")
        start.set(qn("w:start"), "1")
        section._sectPr.find(qn("w:pgMar")).addnext(start)


def _count_pages(paragraph: Any, fields: Sequence[str]) -> None:
    """``2/8`` as fields, so that it stays right when the text is edited; papers of one file count each its own."""
    paragraph.alignment = AT.CENTER
    for number, code in enumerate(fields):
        if number:
            paragraph.add_run("/")
        run = paragraph.add_run()
        for kind, words in (("begin", ""), ("", code), ("separate", ""), ("text", "1"), ("end", "")):
            run._r.append(_field_part(kind, words))


def _field_part(kind: str, words: str) -> Any:
    if kind in ("", "text"):
        part = OxmlElement("w:t" if kind else "w:instrText")
        part.text = words
        return part
    part = OxmlElement("w:fldChar")
    part.set(qn("w:fldCharType"), kind)
    return part


def _say(holder: Any, words: str, kind: str, lead: str = "", bold: bool = False, align: str = "", unbroken: bool = False) -> Any:
    """A paragraph of a style in a document or a cell; ``unbroken``: words of two syllables stay on one line."""
    paragraph, style = holder.add_paragraph(), (HEADINGS[kind] if kind in HEADINGS else STYLES[kind])[0]
    paragraph._p.get_or_add_pPr().style = style.replace(" ", "")  # its id: python-docx looks through every style for a name
    if lead:
        paragraph.add_run(fonts.clean(lead) + " ").bold = True
    run = paragraph.add_run(typeset.bound(fonts.clean(words)) if unbroken else fonts.clean(words))
    if bold:
        run.bold = True
    if align:
        paragraph.alignment = ALIGN[align]
    return paragraph


@singledispatch
def put(block: Any, made: Any) -> None:
    """Write a block at the end of a Word document."""
    raise TypeError(f"no way to set a {type(block).__name__}")


@put.register
def _(block: Mark, made: Any) -> None:
    """The outline of a Word file is made of its headings."""


@put.register
def _(block: Space, made: Any) -> None:
    made.add_paragraph().paragraph_format.space_after = Pt(block.points)


@put.register
def _(block: Dots, made: Any) -> None:
    """A tab whose leader is dots: the line stays whole when somebody writes on it."""
    section = made.sections[-1]
    for number in range(block.lines):
        line = _say(made, "", "item", "" if number else block.lead)
        line.add_run("\t")
        line.paragraph_format.first_line_indent = Mm(0 if number or not block.lead else 10)
        line.paragraph_format.tab_stops.add_tab_stop(section.page_width - section.left_margin - section.right_margin,
                                                     WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


@put.register
def _(block: Turn, made: Any) -> None:
    _section(made, block.wide, block.fresh)


@put.register
def _(block: Para, made: Any) -> None:
    _say(made, block.words, block.kind, block.lead)


@put.register
def _(block: Title, made: Any) -> None:
    _say(made, block.name.upper(), "title").paragraph_format.space_before = Pt(14)
    for line in block.under:
        last = _say(made, line, "title", unbroken=True)
    if block.ruled:
        last = _say(made, "―――――――", "plain")
    last.paragraph_format.space_after = Pt(10)


@put.register
def _(block: Letterhead, made: Any) -> None:
    section = made.sections[-1]
    wide = (section.page_width - section.left_margin - section.right_margin)
    table = _bare(made, (int(wide * 0.42), int(wide * 0.58)))
    left, right = table.rows[0].cells
    for line in capitals(block.above):
        _say(left, line, "plain", unbroken=True)
    for line in capitals(block.own):
        _say(left, line, "plain", bold=True, unbroken=True)
    _say(left, "―――――", "plain")
    for line in (block.number, block.about):
        if line:
            _say(left, line, "plain", unbroken=True)
    _say(right, NATION, "plain", bold=True)
    _say(right, MOTTO, "plain", bold=True)
    _say(right, "―――――――――――", "plain")
    if block.dated:
        _say(right, block.dated, "plain").runs[0].italic = True
    _drop_first(table)


def _bare(made: Any, widths: Sequence[int]) -> Any:
    """A table without lines, for what stands side by side."""
    table = made.add_table(rows=1, cols=len(widths))
    table.autofit = False
    _pad(table, 0)
    for column, cell, wide in zip(table.columns, table.rows[0].cells, widths, strict=True):
        column.width = cell.width = wide
    _whole(table.rows[0])
    return table


def _pad(table: Any, points: float) -> None:
    """Room at the sides of every cell."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        room = OxmlElement(f"w:{side}")
        room.set(qn("w:w"), str(int(points * 20)))
        room.set(qn("w:type"), "dxa")
        margins.append(room)
    made = table._tbl.tblPr
    look = made.find(qn("w:tblLook"))
    if look is None:
        made.append(margins)
    else:
        look.addprevious(margins)


def _whole(row: Any) -> None:
    """A row that does not split over pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _drop_first(table: Any) -> None:
    """A new cell comes with an empty paragraph; what was written stands after it."""
    for row in table.rows:
        for cell in row.cells:
            if len(cell.paragraphs) > 1:
                first = cell.paragraphs[0]._p
                first.getparent().remove(first)


@put.register
def _(block: Grid, made: Any) -> None:
    table = made.add_table(rows=1 + len(block.rows), cols=len(block.columns))
    table.style, table.alignment, table.autofit = made.styles["Table Grid"], WD_TABLE_ALIGNMENT.CENTER, False
    section = made.sections[-1]
    wide = section.page_width - section.left_margin - section.right_margin
    whole = sum(c.share for c in block.columns)
    widths = [int(wide * c.share / whole) for c in block.columns]
    _pad(table, PADDING)
    heads = head_size(block, [width / 12700 for width in widths])
    lines, looks = [tuple(c.head for c in block.columns), *block.rows], _Looks(made.styles[STYLES["cell"][0]].style_id)
    for place, row in enumerate(table.rows):
        cells, line = row.cells, lines[place]
        _whole(row)
        if block.high and place:
            row.height = Pt(block.high)
        if len(line) == 1 and len(block.columns) > 1:
            looks.fill(cells[0].merge(cells[-1]), line[0], block.size, bold=True)
            continue
        for number, (cell, words) in enumerate(zip(cells, line, strict=True)):
            cell.width = widths[number]
            looks.fill(cell, words, block.size if place else heads, place == 0 or number in block.bold,
                       "centre" if place == 0 else block.columns[number].align)
    table.rows[0]._tr.trPr.append(OxmlElement("w:tblHeader"))
    for column, size in zip(table.columns, widths, strict=True):
        column.width = size
    made.add_paragraph().paragraph_format.space_after = Pt(0)


class _Looks:
    """Writes the cells of a table. How each kind of them looks is worked out once and copied: half the time of a long table."""

    def __init__(self, style: str) -> None:
        self._style = style
        self._made: dict[tuple[float, bool, str], tuple[Any, Any]] = {}  # properties of a paragraph and of its run

    def fill(self, cell: Any, words: str, size: float, bold: bool = False, align: str = "left") -> None:
        """Write words into an empty cell."""
        look, paragraph = (size, bold, align), cell.paragraphs[0]
        for number, line in enumerate(words.split("\n")):
            paragraph = cell.add_paragraph() if number else paragraph
            if look in self._made:
                of_paragraph, of_run = self._made[look]
                paragraph._p.insert(0, deepcopy(of_paragraph))
                run = paragraph.add_run(fonts.clean(line))
                if of_run is not None:
                    run._r.insert(0, deepcopy(of_run))
            else:
                self._made[look] = self._first(paragraph, line, *look)

    def _first(self, paragraph: Any, line: str, size: float, bold: bool, align: str) -> tuple[Any, Any]:
        paragraph._p.get_or_add_pPr().style = self._style
        paragraph.alignment = ALIGN[align]
        run = paragraph.add_run(fonts.clean(line))
        run.bold = bold or None
        if size != STYLES["cell"][2]:
            run.font.size = Pt(size)
        return paragraph._p.pPr, run._r.rPr


@put.register
def _(block: Signatures, made: Any) -> None:
    for paragraph in made.paragraphs[-2:]:
        paragraph.paragraph_format.keep_with_next = True  # the signatures never stand alone on a page
    section = made.sections[-1]
    wide = section.page_width - section.left_margin - section.right_margin
    table = _bare(made, (int(wide * 0.48), int(wide * 0.52)))
    left, right = table.rows[0].cells
    if block.left:
        _sign(left, block.left)
    else:
        _recipients(left, block.recipients)
    _sign(right, block.right)
    _drop_first(table)
    if block.left and block.recipients:
        _recipients(made, block.recipients)


def _sign(cell: Any, one: Signature) -> None:
    for line in one.lines:
        _say(cell, line, "centre", bold=True).paragraph_format.space_after = Pt(0)
    if one.hint:
        _say(cell, one.hint, "centre").runs[0].italic = True
    _say(cell, one.name or " ", "centre", bold=True).paragraph_format.space_before = Pt(64)


def _recipients(holder: Any, lines: Sequence[str]) -> None:
    if lines:
        _say(holder, "Nơi nhận:", "cell", bold=True).runs[0].italic = True
        for line in lines:
            _say(holder, f"- {line}", "cell")
