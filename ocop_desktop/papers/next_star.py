"""What a product lacks for the next star, on one page for its producer. Vietnamese, by the habits of Decree 30/2020/NĐ-CP."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, HRFlowable, PageTemplate, Paragraph, Spacer, Table

from ocop_desktop.papers import fonts
from ocop_desktop.papers.blocks import capitals
from ocop_desktop.papers.criteria_document import Bookmark, words
from ocop_desktop.papers.fonts import BOLD, BOLD_ITALIC, ITALIC, SERIF
from ocop_desktop.papers.state_paper import long_date
from ocop_desktop.papers.state_pdf import balanced

LEFT, RIGHT, TOP, BOTTOM = 30 * mm, 15 * mm, 20 * mm, 20 * mm
WIDE, HIGH = A4[0] - LEFT - RIGHT, A4[1] - TOP - BOTTOM
NUMBER, CODE, NAME, GAIN = 26, 36, 150, 46
COLUMNS = (NUMBER, CODE, NAME, WIDE - NUMBER - CODE - NAME - GAIN, GAIN)
SIZES = (13, 12.5, 12, 11.5, 11, 10.5, 10, 9.5, 9, 8.5, 8)  # of the letters: the largest that leaves all on one page
CENTRE = {"align": 1, "colour": black}
RIGHTWARDS = {"align": 2, "colour": black}
PLAIN = {"colour": black}


@dataclass(frozen=True)
class Line:
    """One thing to reach: criterion, option in words, points it brings as shown."""

    code: str
    name: str
    option: str
    gain: str


@dataclass(frozen=True)
class NextStarSheet:
    """What stands on the page.

    Args:
        body, agency: who makes the paper; place, day: where and when.
        product, code, producer, address, set_name, law: whom and what it is about.
        basis: what it is reckoned from ("Kết quả chấm của Hội đồng, ..."); points, stars: as shown, now.
        target: the next star; summary: what is missing in one sentence.
        gates, more: conditions and points; enough: whether they reach it.
        signer: under the signature, or empty.
    """

    body: str
    agency: str
    place: str
    day: dt.date
    product: str
    code: str
    producer: str
    address: str
    set_name: str
    law: str
    basis: str
    points: str
    stars: int
    target: int
    summary: str
    gates: tuple[Line, ...]
    more: tuple[Line, ...]
    enough: bool = True
    signer: str = ""


def render(sheet: NextStarSheet, invariant: bool = False) -> bytes:
    """The page as PDF; letters are made smaller, down to 8 points, until all stands on one page.

    Args:
        invariant: leave the moment of making out, so that the same input gives the same bytes.
    """
    story = next((made for made in (_story(sheet, size) for size in SIZES) if _high(made) <= HIGH), _story(sheet, SIZES[-1]))
    file = io.BytesIO()
    title = fonts.clean(f"Nội dung cần hoàn thiện để đạt {sheet.target} sao - {sheet.product}")
    made = BaseDocTemplate(file, pagesize=A4, title=title, author="OCOP Desktop", initialFontName=SERIF, initialFontSize=10,
                           invariant=int(invariant))
    frame = Frame(LEFT, BOTTOM, WIDE, HIGH + 0.1, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    made.addPageTemplates(PageTemplate("all", [frame]))
    made.build(story)
    return file.getvalue()


def _high(story: Sequence[Flowable]) -> float:
    """Points a story takes, with the room between its parts."""
    return sum(part.wrap(WIDE, HIGH)[1] + max(part.getSpaceBefore(), 0) + max(part.getSpaceAfter(), 0) for part in story)


def _story(sheet: NextStarSheet, size: float) -> list[Flowable]:
    made: list[Flowable] = [Bookmark("next", f"{sheet.target} sao", 0), _letterhead(sheet), Spacer(0, 12)]
    made.append(words(f"NỘI DUNG CẦN HOÀN THIỆN ĐỂ ĐẠT {sheet.target} SAO", 14, BOLD, **CENTRE))
    made.append(words(f"Sản phẩm: {sheet.product}", 13, BOLD, after=8, **CENTRE))
    made += [_fact(name, value, size) for name, value in _facts(sheet) if value]
    made.append(words(sheet.summary, size, BOLD, before=6, after=4, **PLAIN))
    number = 0
    for numeral, heading, lines in (("I", "Điều kiện phải đạt (mức tối thiểu của hạng sao)", sheet.gates),
                                    ("II", "Điểm cần thêm, tiêu chí tăng nhiều điểm nhất trước", sheet.more)):
        if not lines:
            continue
        title = f"{numeral}. {heading}" if sheet.gates and sheet.more else heading
        made.append(words(title, size, BOLD, before=4, after=3, **PLAIN))
        made.append(_table(lines, size, number))
        number += len(lines)
    if not sheet.enough:
        made.append(words("Các mức còn lại của bộ tiêu chí không đủ điểm cho hạng này.", size, ITALIC, before=4, **PLAIN))
    made.append(words("Mức tăng được tính từ bảng tiêu chí khi lần lượt đạt từng nội dung; "
                      "kết quả thuộc thẩm quyền của Hội đồng.",
                      max(size - 1.5, 8), ITALIC, before=6, after=8, **PLAIN))
    made.append(_foot(sheet, size))
    return made


def _facts(sheet: NextStarSheet) -> tuple[tuple[str, str], ...]:
    return (("Mã sản phẩm", sheet.code), ("Chủ thể", sheet.producer), ("Địa chỉ", sheet.address),
            ("Bộ sản phẩm", f"{sheet.set_name} (Quyết định {sheet.law})"), ("Căn cứ", sheet.basis),
            ("Hiện nay", f"{sheet.points} điểm, {sheet.stars} sao"))


def _fact(name: str, value: str, size: float) -> Paragraph:
    return words(f"{name}: {value}", size, after=2, **PLAIN)


def _letterhead(sheet: NextStarSheet) -> Table:
    """Issuing body at the left; national name, motto with its rule, place and date at the right."""
    above, own = (sheet.body, sheet.agency) if sheet.agency else ("", sheet.body or "Cơ quan quản lý OCOP")
    wide = fonts.width("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", BOLD, 12) + 8
    left: list[Flowable] = [words(line, 11.5, face, **CENTRE) for name, face in ((above, SERIF), (own, BOLD))
                            for part in capitals(name) for line in balanced(part, WIDE - wide - 10, 11.5, face)]
    left.append(HRFlowable(width="35%", thickness=0.7, color=black, spaceBefore=2, spaceAfter=0))
    right: list[Flowable] = [
        words("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, BOLD, **CENTRE), words("Độc lập - Tự do - Hạnh phúc", 13, BOLD, **CENTRE),
        HRFlowable(width=fonts.width("Độc lập - Tự do - Hạnh phúc", BOLD, 13), thickness=0.7, color=black, spaceBefore=2,
                   spaceAfter=6),
        words(f"{sheet.place + ', ' if sheet.place else ''}{long_date(sheet.day)}", 13, ITALIC, **CENTRE)]
    return Table([[left, right]], colWidths=(WIDE - wide, wide),
                 style=[("VALIGN", (0, 0), (-1, -1), "TOP"), ("ALIGN", (0, 0), (-1, -1), "CENTER"),
                        ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                        ("TOPPADDING", (0, 0), (-1, -1), 0)])


def _table(lines: Sequence[Line], size: float, before: int) -> Table:
    heads = ("TT", "Mã", "Tiêu chí", "Mức cần đạt", "Tăng")
    rows: list[list[Flowable]] = [[words(head, size - 1, BOLD, **CENTRE) for head in heads]]
    rows += [[words(str(number), size - 1, **CENTRE), words(one.code, size - 1, **CENTRE), words(one.name, size - 1, **PLAIN),
              words(one.option, size - 1, **PLAIN), words(one.gain, size - 1, **RIGHTWARDS)]
             for number, one in enumerate(lines, before + 1)]
    return Table(rows, colWidths=COLUMNS, repeatRows=1, style=[
        ("GRID", (0, 0), (-1, -1), 0.5, black), ("VALIGN", (0, 0), (-1, 0), "MIDDLE"), ("VALIGN", (0, 1), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ("LEFTPADDING", (0, 0), (-1, -1), 4), ("RIGHTPADDING", (0, 0), (-1, -1), 4)])


def _foot(sheet: NextStarSheet, size: float) -> Table:
    small = min(size, 11)
    left = [words("Nơi nhận:", small, BOLD_ITALIC, **PLAIN), words(f"- {sheet.producer};", small - 1, **PLAIN),
            words("- Lưu: Hồ sơ sản phẩm.", small - 1, **PLAIN)]
    right: list[Flowable] = [words("NGƯỜI LẬP", min(size, 13), BOLD, **CENTRE), Spacer(0, 42)]
    if sheet.signer:
        right.append(words(sheet.signer, min(size, 13), BOLD, **CENTRE))
    return Table([[left, right]], colWidths=(WIDE / 2, WIDE / 2),
                 style=[("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0),
                        ("RIGHTPADDING", (0, 0), (-1, -1), 0)])


