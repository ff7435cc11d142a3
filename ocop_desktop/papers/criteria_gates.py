"""What 3, 4 or 5 stars need in one set, on one page: criterion, the least option to reach, points."""

from __future__ import annotations

from reportlab.platypus import Flowable, LongTable, Spacer, TableStyle

from ocop_desktop.papers.criteria_document import (
    CENTRE,
    HIGH,
    PART,
    QUIET,
    RIGHTWARDS,
    TABLE,
    WIDE,
    Bookmark,
    StarMark,
    document,
    figure,
    source,
    title_lines,
    words,
)
from ocop_desktop.papers.fonts import BOLD, ITALIC
from ocop_desktop.rules.criteria_gates import Gate, Gates
from ocop_desktop.rules.rulebook import CriteriaSet, Rulebook
from ocop_desktop.text import _, language

CODE, TICK, MARK, POINTS = 34, 20, 70, 36
NAME = 160
COLUMNS = (TICK, CODE, NAME, WIDE - TICK - CODE - NAME - MARK - POINTS, MARK, POINTS)
SIZES = (9.5, 9, 8.5, 8, 7.5)  # of the letters: the largest that leaves all conditions on one page


def render(found: CriteriaSet, book: Rulebook, gates: Gates) -> bytes:
    """The conditions of a rank as PDF in the language in force, with a box to tick before each."""
    said = language()
    title = _("{stars} sao cần gì · Bộ {number}. {name}", stars=gates.stars, number=found.number, name=found.name.said(said))
    lines = (*summary(gates), source(book, found.place.said(said)))
    head = [Bookmark("gates", title, 0), *title_lines(title, *lines), Spacer(0, 4)]
    room = HIGH - sum(part.wrap(WIDE, HIGH)[1] + part.getSpaceBefore() + part.getSpaceAfter() for part in head)
    table = next((made for made in (_table(gates, book, size) for size in SIZES) if made.wrap(WIDE, HIGH)[1] <= room),
                 _table(gates, book, SIZES[-1]))
    return document([*head, table] if gates.gates else head, title, title)


def summary(gates: Gates) -> tuple[str, str]:
    """The sentences above the list: the line and the count, and what the conditions give by themselves."""
    first = _("Điểm trung bình từ {line} trở lên và đạt đủ {count} điều kiện dưới đây.", line=gates.line, count=len(gates.gates))
    if gates.short:
        return first, _("Riêng các điều kiện cho ít nhất {points} điểm; còn cần thêm {short} điểm ở bất kỳ tiêu chí nào.",
                        points=gates.points, short=gates.short)
    return first, _("Riêng các điều kiện cho ít nhất {points} điểm.", points=gates.points)


def _table(gates: Gates, book: Rulebook, size: float) -> LongTable:
    rows: list[list[object]] = [["", words(_("Mã"), 9, BOLD), words(_("Tiêu chí"), 9, BOLD),
                                 words(_("Mức thấp nhất phải đạt"), 9, BOLD), words(_("Dấu sao"), 9, BOLD, align=CENTRE),
                                 words(_("Điểm"), 9, BOLD, align=RIGHTWARDS)]]
    looks = list(TABLE)
    part = ""
    for gate in gates.gates:
        if gate.criterion.part != part:
            part = gate.criterion.part
            name = book.parts[part].said(language()) if part in book.parts else ""
            looks += [("BACKGROUND", (0, len(rows)), (-1, len(rows)), PART), ("SPAN", (1, len(rows)), (-1, len(rows))),
                      ("NOSPLIT", (0, len(rows)), (-1, len(rows) + 1))]
            rows.append(["", words(f"{part} · {name}", size, BOLD), "", "", "", ""])
        rows.append(_row(gate, size))
    return LongTable(rows, colWidths=COLUMNS, repeatRows=1, style=TableStyle(looks))


def _row(gate: Gate, size: float) -> list[object]:
    said = language()
    least: list[Flowable] = []
    for case, option in gate.options:
        if case:
            least.append(words(case.said(said), size, ITALIC, colour=QUIET))
        least.append(words(option.label.said(said), size))
    return [Box(size - 1), words(gate.criterion.code, size, BOLD), words(gate.criterion.name.said(said), size), least,
            StarMark(gate.mark, 6.5), figure(gate.points, size)]


class Box(Flowable):
    """A box to tick."""

    def __init__(self, side: float) -> None:
        super().__init__()
        self._side = side

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self._side, self._side + 3

    def draw(self) -> None:
        self.canv.setStrokeColor(QUIET)
        self.canv.setLineWidth(0.7)
        self.canv.rect(0, 1, self._side, self._side, stroke=1, fill=0)
