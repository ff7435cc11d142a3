"""Paper ballots: the criteria table with boxes, one ballot per dossier and member, blank or filled, in one file with an outline.

Each page carries a code that says whose ballot for which dossier it is, so that a page that went astray finds its place.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame

from ocop_desktop.papers import fonts, qr
from ocop_desktop.papers.ballot_form import (
    BOTTOM,
    GIVEN,
    LEFT,
    OPINION,
    REASON,
    RIGHT,
    TOP,
    WIDE,
    BallotForm,
    lay_out,
)
from ocop_desktop.papers.fonts import BOLD, ITALIC, SERIF
from ocop_desktop.papers.state_paper import long_date
from ocop_desktop.papers.state_pdf import MOTTO, NATION, text
from ocop_desktop.papers.typeset import Line, Run, bound, broken, draw, draw_from
from ocop_desktop.rules.ballot import part_totals, total
from ocop_desktop.rules.rulebook import CriteriaSet, Rulebook

MARK = "OCOP-PHIEU"  # how the code of a page begins
SIZES = (10, 9, 8, 7, 6)  # of words in their place; longer ones go to a page of their own
LONGER = "Xem trang sau."
QR_SIDE = 15 * mm
ROOM = A4[1] - TOP - BOTTOM
NO_PADDING = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
BLACK = (0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Ballot:
    """One ballot.

    Args:
        book, rules: the rulebook and set; session_code: part of the page's code; place: the dossier's number on the agenda.
        member_id: part of the page's code; member, agency: whose ballot.
        choices: criterion -> choice for a filled one, else None; day: when it was finished; exclusion, opinion: what it says.
    """

    book: Rulebook
    rules: CriteriaSet
    council: str
    session: str
    session_code: str
    place: int
    code: str
    product: str
    producer: str
    address: str
    phone: str
    kind: str
    member_id: int
    member: str
    agency: str
    choices: Mapping[str, str] | None = None
    day: str = ""
    exclusion: str = ""
    opinion: str = ""

    @property
    def mark(self) -> str:
        """The text of its pages' code: session, place of the dossier, product code, member."""
        return "/".join((MARK, self.session_code, str(self.place), self.code, str(self.member_id)))


def render(ballots: Sequence[Ballot], title: str, by_member: bool = False, invariant: bool = False,
           progress: Callable[[int], None] | None = None) -> bytes:
    """Ballots as one PDF, in the order given.

    Args:
        by_member: the outline names members, dossiers under them; else dossiers, members under them.
        progress: called with the number of ballots done; what it raises ends the work.
    """
    text("")  # registers the fonts
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, initialFontName=SERIF, lang="vi", invariant=int(invariant), pageCompression=1)
    canvas.setTitle(fonts.clean(title))
    canvas.setAuthor("OCOP Desktop")
    canvas.setCreator("OCOP Desktop")
    canvas.showOutline()
    forms: dict[str, BallotForm] = {}
    above = ""
    for number, ballot in enumerate(ballots, 1):
        key = f"{ballot.book.id}-{ballot.rules.number}"
        if key not in forms:
            forms[key] = lay_out(canvas, ballot.rules, ballot.book, f"form{len(forms)}")
        above = _outline(canvas, ballot, number, above, by_member)
        _stamp(canvas, ballot, forms[key])
        if progress:
            progress(number)
    canvas.save()
    return file.getvalue()


def _outline(canvas: Canvas, ballot: Ballot, number: int, above: str, by_member: bool) -> str:
    dossier, member = f"{ballot.place}. {ballot.product}", f"{ballot.member} ({ballot.agency})"
    group, leaf = (member, dossier) if by_member else (dossier, member)
    key = f"ballot-{number}"
    canvas.bookmarkPage(key)
    if group != above:
        canvas.bookmarkPage(f"group-{number}")  # a place has one line of the outline
        canvas.addOutlineEntry(fonts.clean(group), f"group-{number}", 0, True)
    canvas.addOutlineEntry(fonts.clean(leaf), key, 1)
    return group


def _stamp(canvas: Canvas, ballot: Ballot, form: BallotForm) -> None:
    more = list(_further(ballot))
    count = form.pages + len(more)
    for page in range(form.pages):
        canvas.doForm(form.name(page))
        if page == 0:
            _head(canvas, ballot)
        _frame(canvas, ballot, page + 1, count)
        _written(canvas, ballot, form, page)
        canvas.showPage()
    for number, lines in enumerate(more, form.pages + 1):
        _frame(canvas, ballot, number, count)
        Frame(LEFT, BOTTOM, WIDE, ROOM, **NO_PADDING).addFromList(list(lines), canvas)
        canvas.showPage()


def _further(ballot: Ballot) -> Iterator[list[Flowable]]:
    """Pages of what is too long for its place."""
    left: list[Flowable] = []
    for heading, words, high in (("Lý do đề nghị loại:", ballot.exclusion, REASON),
                                 ("Ý kiến của thành viên:", ballot.opinion, OPINION)):
        if words and text(words, SIZES[-1]).wrap(WIDE, high)[1] > high:
            left += [text(heading, 10, BOLD, before=6), text(words, 10)]
    while left:
        page: list[Flowable] = []
        room = ROOM
        while left:
            high = left[0].wrap(WIDE, room)[1]
            if high > room:
                parts = left[0].split(WIDE, room)
                page += parts[:1]
                left[:1] = parts[1:] or ([] if page else left[:1])
                break
            page.append(left.pop(0))
            room -= high
        yield page


def _frame(canvas: Canvas, ballot: Ballot, page: int, count: int) -> None:
    """The code at the top, a running line on further pages, the foot."""
    right, top = A4[0] - RIGHT, A4[1] - 5 * mm
    qr.draw(canvas, f"{ballot.mark}/{page}", right - QR_SIDE, top - QR_SIDE, QR_SIDE)
    canvas.setFillColor(black)
    if page > 1:
        canvas.setFont(SERIF, 9)
        canvas.drawString(LEFT, A4[1] - 12 * mm, _cut(f"{ballot.code}  {ballot.product}", SERIF, 9, WIDE - QR_SIDE - 10))
        canvas.drawString(LEFT, A4[1] - 16 * mm, _cut(f"{ballot.member}, {ballot.agency}", SERIF, 9, WIDE - QR_SIDE - 10))
    canvas.setFont(SERIF, 8.5)
    canvas.drawString(LEFT, 8 * mm, _cut(f"Phiếu số {ballot.place} · {ballot.session} · {ballot.member}", SERIF, 8.5, WIDE - 70))
    canvas.drawRightString(right, 8 * mm, f"Trang {page}/{count}")


def _cut(words: str, face: str, size: float, room: float) -> str:
    words = fonts.clean(words)
    while fonts.width(words, face, size) > room:
        words = words[:-2].rstrip() + "…"
    return words


def _head(canvas: Canvas, ballot: Ballot) -> None:
    """The head of the first page: its height is always the same, so long names are set smaller."""
    top = A4[1] - 13 * mm
    left_wide, room = 190.0, WIDE - 190 - QR_SIDE - 14
    for number, line in enumerate(_fitted(ballot.council.upper(), BOLD, 10.5, left_wide, 3)):
        draw(canvas, line, LEFT + left_wide / 2, top - number * 13)
    middle = LEFT + left_wide + 6 + room / 2
    size = min(10.5, 10.5 * room / fonts.width(NATION, BOLD, 10.5))
    draw(canvas, (Run(NATION, BOLD, size, BLACK),), middle, top)
    draw(canvas, (Run(MOTTO, BOLD, size + 0.5, BLACK),), middle, top - 14)
    half = fonts.width(MOTTO, BOLD, size + 0.5) / 2
    canvas.setLineWidth(0.7)
    canvas.line(middle - half, top - 18, middle + half, top - 18)
    draw(canvas, (Run("PHIẾU ĐÁNH GIÁ, PHÂN HẠNG SẢN PHẨM OCOP", BOLD, 13.5, BLACK),), A4[0] / 2, top - 50)
    about = f"Bộ {ballot.rules.number}. {ballot.rules.name.vi} (Quyết định số {ballot.book.decision})"
    for number, line in enumerate(_fitted(about, ITALIC, 10.5, WIDE, 2)):
        draw(canvas, line, A4[0] / 2, top - 65 - number * 13)
    _fields(canvas, ballot, top - 96)


def _fields(canvas: Canvas, ballot: Ballot, y: float) -> None:
    """Names and values under one another, each value on at most two lines."""
    facts = (("Phiên", f"{ballot.session} · hồ sơ số {ballot.place}", 1), ("Tên sản phẩm", ballot.product, 2),
             ("Mã sản phẩm", f"{ballot.code or '…………………………'} · {ballot.kind}", 1), ("Chủ thể", ballot.producer, 2),
             ("Địa chỉ", f"{ballot.address or '…………………………'} · điện thoại {ballot.phone or '……………………'}", 2),
             ("Thành viên chấm", f"{ballot.member}, {ballot.agency}" if ballot.agency else ballot.member, 2))
    for name, value, most in facts:
        draw_from(canvas, (Run(f"{name}:", SERIF, 10.5, BLACK),), LEFT, y)
        face = BOLD if name in ("Tên sản phẩm", "Thành viên chấm") else SERIF
        lines = _fitted(value or "…………………………", face, 10.5, WIDE - 96, most)
        for number, line in enumerate(lines):
            draw_from(canvas, line, LEFT + 96, y - number * 12.5)
        y -= 12.5 * len(lines) + 2.5


def _fitted(words: str, face: str, size: float, room: float, most: int) -> tuple[Line, ...]:
    """Words on at most ``most`` lines, smaller where they are long; nothing is left out."""
    clean = fonts.clean(words)
    clean = "".join(c for c in clean if c not in fonts.missing(clean))
    while True:
        lines = broken((Run(bound(clean), face, size, BLACK),), room)
        if len(lines) <= most or size <= 5:
            return lines
        size -= 0.5


def _written(canvas: Canvas, ballot: Ballot, form: BallotForm, page: int) -> None:
    """What stands on this copy alone: the member's name, and on a filled ballot crosses, points and words."""
    canvas.setFillColor(black)
    for key, value, face, size in _values(ballot):
        where, x, y = form.spots[key]
        if where == page:
            draw(canvas, (Run(value, face, size, BLACK),), x + GIVEN / 2 - 3, y + 2)
    for key, value, wide in _centred(ballot):
        where, x, y = form.spots[key]
        if where == page:
            draw(canvas, _fitted(value, BOLD, 11, wide, 1)[0], x + wide / 2 - 6, y + 4)
    if ballot.choices is not None:
        for key in _crossed(ballot):
            where, x, y = form.spots[key]
            if where == page:
                canvas.setLineWidth(1.4)
                canvas.line(x + 1.5, y + 3, x + 7.5, y + 9)
                canvas.line(x + 1.5, y + 9, x + 7.5, y + 3)
    for key, value, high in (("reason", ballot.exclusion, REASON), ("opinion", ballot.opinion, OPINION)):
        where, _x, y = form.spots[key]
        if where == page:
            _words(canvas, value, y, high)


def _values(ballot: Ballot) -> Iterator[tuple[str, str, str, float]]:
    """Points of each criterion."""
    for code, choice in (ballot.choices or {}).items():
        yield code, str(ballot.rules.by_code[code].points(choice)), BOLD, 10.5


def _centred(ballot: Ballot) -> Iterator[tuple[str, str, float]]:
    """Totals, day and name: key, words, width of their place."""
    wide = WIDE / (len(ballot.book.parts) + 1)
    if ballot.choices is not None:
        for part, points in part_totals(ballot.rules, ballot.choices).items():
            yield part, str(points), wide
        yield "total", str(total(ballot.rules, ballot.choices)), wide
    yield "day", ballot.day or "Ngày …… tháng …… năm 20……", WIDE * 0.55
    yield "name", ballot.member, WIDE * 0.55


def _crossed(ballot: Ballot) -> Iterator[str]:
    for code, choice in (ballot.choices or {}).items():
        yield f"{code}={choice}"
    yield "exclude" if ballot.exclusion else "keep"


def _words(canvas: Canvas, words: str, y: float, high: float) -> None:
    """Words in their place, set smaller until they fit; a blank place is dotted."""
    if not words:
        canvas.setFont(SERIF, 8)
        for line in range(int(high // 17)):
            canvas.drawString(LEFT, y + high - 14 - line * 17, "." * int(WIDE / fonts.width(".", SERIF, 8)))
        return
    for size in SIZES:
        made = text(words, size)
        if made.wrap(WIDE, high)[1] <= high:
            made.drawOn(canvas, LEFT, y + high - made.wrap(WIDE, high)[1])
            return
    canvas.setFont(ITALIC, 10)
    canvas.drawString(LEFT, y + high - 14, LONGER)


def day_in_words(stamp: str) -> str:
    """The day of a moment as it stands on a ballot."""
    told = long_date(dt.datetime.fromisoformat(stamp).date()) if stamp else ""
    return told[:1].upper() + told[1:]

