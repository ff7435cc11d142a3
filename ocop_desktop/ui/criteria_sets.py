"""The sets of a rulebook under their industries: number, name, how many criteria."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ocop_desktop.rules.rulebook import Rulebook
from ocop_desktop.text import _, language
from ocop_desktop.ui import theme
from ocop_desktop.ui.criteria_paint import PLAIN, QUIET, Drawn, Face, RowsView

BOOK = 0  # number of the first row: the decision itself
HEADING = Face(points=theme.SMALL, bold=True, token="quiet")


@dataclass(frozen=True)
class SetRow:
    """One row: an industry (None), the decision itself (``BOOK``) or a set."""

    number: int | None
    name: str
    count: int | None = None

    @property
    def opens(self) -> bool:
        """Industries only head what follows."""
        return self.number is not None

    @property
    def said(self) -> str:
        """What it says in one line."""
        if not self.number:
            return self.name
        words = _("Bộ {number}. {name}", number=self.number, name=self.name)
        return words if self.count is None else f"{words}, {_('{count} tiêu chí', count=self.count)}"


def lay_set(row: SetRow, width: int) -> Drawn:
    """Lay out one row."""
    px = theme.now().px
    drawn = Drawn(width)
    if row.number is None:
        bottom = drawn.words(px(12), px(12), width - px(24), row.name, HEADING)
    elif row.number == BOOK:
        bottom = drawn.words(px(12), px(6), width - px(24), row.name)
        drawn.rule = "line"
    else:
        right = width - px(12)
        if row.count is not None:
            drawn.number(right, px(5), str(row.count), QUIET)
        drawn.number(px(32), px(5), str(row.number), QUIET)
        bottom = drawn.words(px(42), px(5), right - px(30) - px(42), row.name, PLAIN)
    drawn.height = bottom + px(4 if row.number is None else 6)
    return drawn


class SetsList(RowsView):
    """The sets of one rulebook; the current one stays marked."""

    def __init__(self) -> None:
        super().__init__(lay_set, _("Các bộ sản phẩm"))

    def show_book(self, book: Rulebook, counts: Mapping[int, int]) -> None:
        """Show the sets of ``book``; ``counts``: criteria of each set that has been read."""
        kept = self.number()
        said, industry = language(), ""
        rows = [SetRow(BOOK, _("Mức điểm và hiệu lực"))]
        for head in book.heads:
            if head.industry != industry:
                industry = head.industry
                rows.append(SetRow(None, f"{industry} · {head.industry_name.said(said)}"))
            rows.append(SetRow(head.number, head.name.said(said), counts.get(head.number)))
        before = self.verticalScrollBar().value()
        self.set_rows(rows)
        if kept is not None:
            self.mark(kept)
        self.verticalScrollBar().setValue(before)

    def number(self) -> int | None:
        """Number of the set on show (``BOOK`` for the decision), or None."""
        row = self.current()
        return row.number if row else None

    def mark(self, number: int) -> None:
        """Mark a set; nobody is told."""
        place = next((n for n, row in enumerate(self.rows.rows()) if row.number == number), None)
        if place is not None and place != self.currentIndex().row():
            self.blockSignals(True)
            self.choose(place)
            self.blockSignals(False)
