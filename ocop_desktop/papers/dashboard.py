"""The programme's overview on paper: the figures of a day, its charts as bars by stars, money and targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import CondPageBreak, Flowable, LongTable, Spacer, TableStyle

from ocop_desktop.papers.criteria_document import (
    BAD,
    CENTRE,
    GOOD,
    QUIET,
    RIGHTWARDS,
    TABLE,
    WARN,
    WIDE,
    Bookmark,
    document,
    title_lines,
    words,
)
from ocop_desktop.papers.fonts import BOLD
from ocop_desktop.text import _

COLOURS = (HexColor("#1B6B4A"), HexColor("#F2B632"), HexColor("#1F5FA8"))  # 3, 4 and 5 stars
NAME, FIGURE, HIGH = 190, 60, 9  # points
LIGHTS = {"reached": GOOD, "at_risk": WARN, "behind": BAD}


@dataclass(frozen=True)
class BarLine:
    """A bar: its words, parts (by 3, 4 and 5 stars, or one), and the figure at its end."""

    words: str
    parts: tuple[int, ...]
    figure: str


@dataclass(frozen=True)
class Chart:
    """Bars under a title."""

    title: str
    lines: tuple[BarLine, ...]


@dataclass(frozen=True)
class TargetRow:
    """A target; ``light``: reached, at_risk or behind; ``state`` in words."""

    words: str
    least: str
    now: str
    light: str
    state: str


@dataclass(frozen=True)
class DashboardPaper:
    """The overview of a day. ``facts``: (words, figure); ``targets``: (period, rows)."""

    title: str
    under: str
    facts: tuple[tuple[str, str], ...]
    charts: tuple[Chart, ...]
    targets: tuple[tuple[str, tuple[TargetRow, ...]], ...]


class _Bar(Flowable):
    """Coloured parts, as long as they count."""

    def __init__(self, parts: Sequence[int], most: int, room: float) -> None:
        super().__init__()
        self._parts, self._most, self._room = parts, max(most, 1), room

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self._room, HIGH

    def draw(self) -> None:
        left = 0.0
        for amount, colour in zip(self._parts, COLOURS, strict=False):
            wide = self._room * amount / self._most
            self.canv.setFillColor(colour)
            self.canv.rect(left, 0, wide, HIGH, stroke=0, fill=1)
            left += wide


def render(made: DashboardPaper) -> bytes:
    """The overview as PDF in the language in force."""
    story: list[Flowable] = [Bookmark("top", made.title, 0), *title_lines(made.title, made.under), Spacer(0, 4)]
    story.append(_facts(made.facts))
    for number, (period, rows) in enumerate(made.targets):
        story += [*_heading(f"targets-{number}", _("Chỉ tiêu: {period}", period=period)), _targets(rows)]
    for number, chart in enumerate(made.charts):
        if chart.lines:
            story += [*_heading(f"chart-{number}", chart.title), _bars(chart.lines)]
    story.append(words(_("Màu của thanh: xanh lá 3 sao, vàng 4 sao, xanh lam 5 sao."), 8.5, colour=QUIET, before=8))
    return document(story, made.title, f"{made.title} · {made.under}")


def _heading(key: str, title: str) -> list[Flowable]:
    return [CondPageBreak(90), Bookmark(key, title, 1), words(title, 12, BOLD, before=12, after=4)]


def _facts(facts: Sequence[tuple[str, str]]) -> LongTable:
    cells = [[words(figure, 16, BOLD, align=CENTRE) for _words, figure in facts],
             [words(said, 8.5, colour=QUIET, align=CENTRE) for said, _figure in facts]]
    return LongTable(cells, colWidths=[WIDE / len(facts)] * len(facts), style=TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")]))


def _bars(lines: Sequence[BarLine]) -> LongTable:
    room, most = WIDE - NAME - FIGURE, max(sum(line.parts) for line in lines)
    rows = [[words(line.words, 9), _Bar(line.parts, most, room - 8), words(line.figure, 9, align=RIGHTWARDS)] for line in lines]
    return LongTable(rows, colWidths=(NAME, room, FIGURE), style=TableStyle([
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ("LEFTPADDING", (0, 0), (-1, -1), 0)]))


def _targets(rows: Sequence[TargetRow]) -> LongTable:
    heads: list[Any] = [words(_("Chỉ tiêu"), 9, BOLD), words(_("Mức đề ra"), 9, BOLD, align=RIGHTWARDS),
                        words(_("Kết quả"), 9, BOLD, align=RIGHTWARDS), words(_("Đánh giá"), 9, BOLD, align=CENTRE)]
    cells = [[words(row.words, 9), words(row.least, 9, align=RIGHTWARDS), words(row.now, 9, align=RIGHTWARDS),
              words(row.state, 9, BOLD, align=CENTRE, colour=LIGHTS[row.light])] for row in rows]
    return LongTable([heads, *cells], colWidths=(WIDE - 260, 70, 100, 90), repeatRows=1, style=TableStyle(list(TABLE)))
