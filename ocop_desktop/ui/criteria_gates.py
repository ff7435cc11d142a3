"""What 3, 4 or 5 stars need in a set: the conditions as a list of one page."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal

from ocop_desktop.rules.criteria import Words
from ocop_desktop.rules.criteria_gates import Gate, Gates
from ocop_desktop.rules.rulebook import Rulebook
from ocop_desktop.text import _, language
from ocop_desktop.ui import theme
from ocop_desktop.ui.criteria_paint import BOLD, PLAIN, QUIET, SMALL, Drawn, Face, RowsView
from ocop_desktop.ui.widgets import Card

NARROW = 560  # pixels at 100 % under which the option stands below its criterion
TITLE = Face(points=theme.STRONG, bold=True)
PART = Face(points=theme.SMALL, bold=True, token="quiet")


@dataclass(frozen=True)
class GateRow:
    """One condition, the heading of a part, or (with ``under``) the head of the list."""

    gate: Gate | None
    heading: str = ""
    under: tuple[str, ...] = ()

    @property
    def opens(self) -> bool:
        """Headings cannot be chosen."""
        return self.gate is not None

    @property
    def said(self) -> str:
        """What it says in one line."""
        if self.gate is None:
            return " · ".join((self.heading, *self.under))
        c, least = self.gate.criterion, "; ".join(option.label.said(language()) for _case, option in self.gate.options)
        return " · ".join((f"{c.code} {c.name.said(language())}", least, _("{count} sao", count=self.gate.mark),
                           _("{count} điểm", count=self.gate.points)))


def lay_gate(row: GateRow, width: int) -> Drawn:
    """Lay out one condition."""
    px, said = theme.now().px, language()
    drawn, left, right = Drawn(width), px(16), width - px(16)
    if row.under:
        return _lay_head(drawn, row, left, right)
    if row.gate is None:
        drawn.height = drawn.words(left, px(12), right - left, row.heading, PART) + px(4)
        drawn.rule = "edge"
        return drawn
    gate, top = row.gate, px(7)
    drawn.rule = "line"
    end = min(drawn.number(right, top, str(gate.points), BOLD), right - px(24)) - px(10)
    end = drawn.pill(end, top, _("{count} sao", count=gate.mark), "gold") - px(14)
    drawn.words(left, top, px(56), gate.criterion.code, QUIET)
    left += px(52)
    name = gate.criterion.name.said(said)
    if width < px(NARROW):
        bottom = middle = drawn.words(left, top, end - left, name, BOLD)
    else:
        middle = left + (end - left) * 2 // 5
        bottom, least = drawn.words(left, top, middle - left - px(14), name, BOLD), middle
        bottom = max(bottom, _least(drawn, gate, least, top, end - least))
        drawn.height = bottom + px(7)
        return drawn
    drawn.height = _least(drawn, gate, left, middle, right - left) + px(7)
    return drawn


def _lay_head(drawn: Drawn, row: GateRow, left: int, right: int) -> Drawn:
    px = theme.now().px
    bottom = drawn.words(left, px(12), right - left, row.heading, TITLE)
    for place, words in enumerate(row.under):
        bottom = drawn.words(left, bottom + px(2), right - left, words, QUIET if place else BOLD)
    drawn.height = bottom + px(4)
    return drawn


def _least(drawn: Drawn, gate: Gate, left: int, top: int, room: int) -> int:
    said = language()
    for case, option in gate.options:
        if isinstance(case, Words):
            top = drawn.words(left, top, room, case.said(said), SMALL)
        top = drawn.words(left, top, room, option.label.said(said), PLAIN)
    return top


class GatesCard(Card):
    """The list, with what the rank needs above it."""

    opened = Signal(str)  # code of a criterion

    def __init__(self) -> None:
        super().__init__(flush=True)
        self.list = RowsView(lay_gate, _("Các điều kiện"))
        self.list.opened.connect(lambda found: self.opened.emit(found.gate.criterion.code))
        self.body.addWidget(self.list, 1)

    def show_gates(self, gates: Gates, title: str, book: Rulebook) -> None:
        """Show the conditions of a rank in a set."""
        line = _("Điểm trung bình từ {line} trở lên và đạt đủ {count} điều kiện.", line=gates.line, count=len(gates.gates))
        total = _("Riêng các điều kiện cho ít nhất {points} điểm; còn cần thêm {short} điểm ở bất kỳ tiêu chí nào.",
                  points=gates.points, short=gates.short) if gates.short else \
            _("Riêng các điều kiện cho ít nhất {points} điểm.", points=gates.points)
        rows = [GateRow(None, _("{stars} sao cần gì: {set}", stars=gates.stars, set=title), (line, total))]
        part = ""
        for gate in gates.gates:
            if gate.criterion.part != part:
                part = gate.criterion.part
                name = book.parts[part].said(language()) if part in book.parts else ""
                rows.append(GateRow(None, f"{part} · {name}"))
            rows.append(GateRow(gate))
        self.list.set_rows(rows)
        self.list.step(1)
        self.list.scrollToTop()
