"""The criteria table of one product set as a paper ballot: laid out once, then stamped for every dossier and member.

What is written on a stamped copy (crosses, points, names) goes to the places the form remembers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from reportlab.lib.colors import HexColor, black
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.platypus import Flowable, Frame, LongTable, Spacer, Table

from ocop_desktop.papers import fonts
from ocop_desktop.papers.criteria_document import escaped, marked
from ocop_desktop.papers.fonts import BOLD, ITALIC, SERIF
from ocop_desktop.papers.state_pdf import PLAIN_TABLE, text
from ocop_desktop.rules.rulebook import NONE_APPLIES, CriteriaSet, Criterion, Rulebook

LEFT, RIGHT, TOP, BOTTOM = 20 * mm, 15 * mm, 21 * mm, 15 * mm
WIDE = A4[0] - LEFT - RIGHT
HEAD = 224.0  # points the head of the first page takes
CODE, STAR, POINTS, GIVEN = 32.0, 42.0, 40.0, 46.0
LABEL = WIDE - CODE - STAR - POINTS - GIVEN
REASON, OPINION = 34.0, 62.0  # points of the places for words
SIZE, LINE = 9.5, 12.0
SOFT, GREY = HexColor("#E9ECE9"), HexColor("#F4F6F4")
Spot = tuple[int, float, float]  # page of the form, and where on it


@dataclass
class BallotForm:
    """A set's form: how many pages, and where things are written (by name: "1.5=2", "1.5", "A", "total", "opinion" ...)."""

    key: str
    pages: int = 0
    spots: dict[str, Spot] = field(default_factory=dict)

    def name(self, page: int) -> str:
        """What the file calls a page of the form."""
        return f"{self.key}-{page}"


class Spotted(Flowable):
    """A place that is written on later; takes ``high`` points."""

    def __init__(self, form: BallotForm, key: str, high: float = 0) -> None:
        super().__init__()
        self._form, self._key, self._high = form, key, high

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self._wide = width
        return width, self._high

    def draw(self) -> None:
        x, y = self.canv.absolutePosition(0, 0)
        self._form.spots[self._key] = (self._form.pages, x, y)


class Choice(Spotted):
    """A box to cross with its words."""

    def __init__(self, form: BallotForm, key: str, words: str) -> None:
        super().__init__(form, key)
        self._words = fonts.clean(words)

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self._lines = simpleSplit(self._words, SERIF, SIZE, width - 14)
        self._high = len(self._lines) * LINE
        return width, self._high

    def draw(self) -> None:
        super().draw()
        canvas, top = self.canv, self._high - LINE
        x, y = canvas.absolutePosition(0, top)
        self._form.spots[self._key] = (self._form.pages, x, y)
        canvas.setLineWidth(0.8)
        canvas.rect(0.5, top + 2, 8, 8)
        canvas.setFont(SERIF, SIZE)
        canvas.setFillColor(black)
        for number, line in enumerate(self._lines):
            canvas.drawString(13, top + 3 - number * LINE, line)


def lay_out(canvas: Any, rules: CriteriaSet, book: Rulebook, key: str) -> BallotForm:
    """Draw the pages of a set's form into the file, to be stamped with ``doForm``."""
    made = BallotForm(key)
    story: list[Flowable] = [_table(made, rules, book), Spacer(0, 8), *_end(made, rules, book)]
    while story:
        first = made.pages == 0
        high = A4[1] - TOP - BOTTOM - (HEAD if first else 0)
        frame = Frame(LEFT, BOTTOM, WIDE, high, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
        canvas.beginForm(made.name(made.pages), 0, 0, *A4)
        before = len(story)
        frame.addFromList(story, canvas)
        if len(story) == before:  # what does not fit on a page is split
            parts = frame.split(story[0], canvas)
            if not parts:
                raise ValueError(f"a part of the form of {key} does not fit on a page")
            story[0:1] = parts
            frame.addFromList(story, canvas)
        canvas.endForm()
        made.pages += 1
    return made


def _table(form: BallotForm, rules: CriteriaSet, book: Rulebook) -> LongTable:
    heads = ("Mã", "Tiêu chí và các mức (đánh dấu một ô)", "Mức tối thiểu", "Điểm của mức", "Điểm chấm")
    rows: list[list[Any]] = [[text(head, 9, BOLD, "centre") for head in heads]]
    looks: list[tuple[object, ...]] = [
        ("FONT", (0, 0), (-1, -1), SERIF, SIZE), ("GRID", (0, 0), (-1, -1), 0.4, black), ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("VALIGN", (0, 0), (-1, 0), "MIDDLE"), ("BACKGROUND", (0, 0), (-1, 0), SOFT), ("ALIGN", (2, 0), (-1, -1), "CENTER"),
        ("TOPPADDING", (0, 0), (-1, -1), 1.2), ("BOTTOMPADDING", (0, 0), (-1, -1), 1.8), ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3)]
    part, group, titles = "", "", {(g.part, g.code): g for g in rules.groups}
    for criterion in rules.criteria:
        if criterion.part != part:
            part, group = criterion.part, ""
            name = book.parts[part].vi if part in book.parts else ""
            _across(rows, looks, part, name.upper(), f"/{rules.part_max[part]}", SOFT)
        for code in _begun(criterion.group, group):
            if (part, code) in titles:
                one = titles[part, code]
                _across(rows, looks, code, one.name.vi, f"/{one.max}", GREY)
        group = criterion.group
        _criterion(form, rows, looks, criterion)
    return LongTable(rows, colWidths=(CODE, LABEL, STAR, POINTS, GIVEN), repeatRows=1, style=looks)


def _begun(now: str, before: str) -> list[str]:
    """Codes of the groups that begin: "6" and "6.1" where "6.1" follows "5"."""
    steps = now.split(".") if now and now != before else []
    codes = [".".join(steps[:n + 1]) for n in range(len(steps))]
    return [code for code in codes if not f"{before}.".startswith(f"{code}.")]


def _across(rows: list[list[Any]], looks: list[tuple[object, ...]], code: str, name: str, most: str, ground: Any) -> None:
    here = len(rows)
    looks += [("SPAN", (1, here), (3, here)), ("BACKGROUND", (0, here), (-1, here), ground),
              ("NOSPLIT", (0, here), (-1, here + 1)), ("FONT", (0, here), (-1, here), BOLD, SIZE)]
    rows.append([code, text(name, SIZE, BOLD), "", "", most])


def _criterion(form: BallotForm, rows: list[list[Any]], looks: list[tuple[object, ...]], c: Criterion) -> None:
    start = len(rows)
    name: list[Flowable] = [text(c.name.vi, SIZE, BOLD)]
    if c.hint:
        name.append(text(c.hint.vi, 8.5, ITALIC))
    if c.story:
        name.append(text(f"Chỉ tính khi tiêu chí {c.story} trên 0 điểm", 8.5, ITALIC))
    given = [Spotted(form, c.code, 12), text(f"/{c.max}", 8, SERIF, "right")]
    rows.append([c.code, name, Choice(form, f"{c.code}={NONE_APPLIES}", "Không đạt"), "", given])
    looks.append(("SPAN", (2, start), (3, start)))
    case, cases = "", dict(c.cases)
    for option in c.options:
        if option.case != case:
            case = option.case
            rows.append(["", text(cases[case].vi, 9, ITALIC), "", "", ""])
        star = f"{option.star} sao" if option.star else ""
        rows.append(["", Choice(form, f"{c.code}={option.choice}", option.label.vi), star, str(option.points), ""])
    last = len(rows) - 1
    looks += [("SPAN", (0, start), (0, last)), ("SPAN", (4, start), (4, last)), ("NOSPLIT", (0, start), (-1, last)),
              ("LINEABOVE", (0, start), (-1, start), 0.9, black)]


def _end(form: BallotForm, rules: CriteriaSet, book: Rulebook) -> Iterator[Flowable]:
    """Totals, exclusion, opinion, signature: together on one page."""
    parts = list(book.parts)
    heads = [text(f"Phần {p} (/{rules.part_max[p]})", 10, BOLD, "centre") for p in parts]
    cells: list[Any] = [[Spotted(form, p, 18)] for p in parts]
    wide = WIDE / (len(parts) + 1)
    totals = Table([[*heads, text("TỔNG ĐIỂM (/100)", 10, BOLD, "centre")], [*cells, [Spotted(form, "total", 18)]]],
                   colWidths=[wide] * (len(parts) + 1),
                   style=[("FONT", (0, 0), (-1, -1), SERIF), ("GRID", (0, 0), (-1, -1), 0.8, black),
                          ("BACKGROUND", (0, 0), (-1, 0), SOFT), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
    signing = Table([["", [Spotted(form, "day", 14), text("THÀNH VIÊN CHẤM ĐIỂM", 11, BOLD, "centre"),
                           text("(Ký, ghi rõ họ tên)", 9.5, ITALIC, "centre"), Spotted(form, "name", 62)]]],
                    colWidths=(WIDE * 0.45, WIDE * 0.55), style=[("FONT", (0, 0), (-1, -1), SERIF)])
    lines: list[Flowable] = [totals, Spacer(0, 8)]
    lines.append(Table([[text("ĐỀ NGHỊ LOẠI HỒ SƠ:", 10, BOLD), Choice(form, "exclude", "Có"), Choice(form, "keep", "Không")]],
                       colWidths=(130, 60, WIDE - 190), style=[("FONT", (0, 0), (-1, -1), SERIF),
                                                              ("LEFTPADDING", (0, 0), (-1, -1), 0)]))
    if rules.exclusions:
        told = "; ".join(x.vi.rstrip(".;") for x in rules.exclusions)
        lines.append(marked(f"<i>Các trường hợp loại: {escaped(told)}.</i>", 8.5))
    lines += [Spacer(0, 4), text("Lý do đề nghị loại:", 10), Spotted(form, "reason", REASON),
              text("Ý kiến của thành viên:", 10), Spotted(form, "opinion", OPINION), signing]
    yield Table([[lines]], colWidths=(WIDE,), style=PLAIN_TABLE)  # one cell never splits
