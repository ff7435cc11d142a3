"""A period's targets as a table: measure, target, measured on the day, forecast, light, by how much; numbers open their lists.

Where the window is narrow for its letters, each target stands in lines of its own instead.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.actions.dashboard_files import measured
from ocop_desktop.rules.targets import LIGHTS, MEASURES
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.painted import Pill
from ocop_desktop.ui.widgets import LinkLabel, clear, column, label, line

if TYPE_CHECKING:
    from ocop_desktop.actions.programme_report import PeriodState, TargetState

TONES = {"reached": "ok", "at_risk": "warn", "behind": "bad"}
SIDE_BY_SIDE = 800  # pixels at 100 % from which the columns of a table have room
RIGHT, TOP = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignTop
OpenFigure = Callable[[str, str, dt.date, dt.date, dt.date], object]  # title, figure, first, last, day


class TargetTable(QWidget):
    """The targets of one period on a day; ``numbers``: (target, "now", "whole" or "end") -> its number, which opens its list."""

    def __init__(self, period: PeriodState, day: dt.date, opened: OpenFigure) -> None:
        super().__init__()
        self._period, self._day, self._open = period, min(day, period.ends_on), opened
        self.numbers: dict[tuple[int, str], LinkLabel] = {}
        self.wide: bool | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._arrange(wide=True)

    def minimumSizeHint(self) -> QSize:
        """As narrow as one likes: it is laid out anew before its columns lack room."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A table where there is room, else lines."""
        super().resizeEvent(event)
        self._arrange(self.width() >= theme.now().px(SIDE_BY_SIDE))

    def _arrange(self, wide: bool) -> None:
        if wide == self.wide:
            return
        self.wide = wide
        clear(self._box)
        self.numbers = {}
        self._box.addLayout(self._table() if wide else self._lines())

    def _table(self) -> QGridLayout:
        px, grid = theme.now().px, QGridLayout()
        grid.setHorizontalSpacing(px(20))
        grid.setVerticalSpacing(px(8))
        grid.setColumnStretch(0, 1)
        heads = (_("Chỉ tiêu"), _("Mức đặt ra"), _("Đến {day}", day=text.date(self._day)),
                 _("Dự báo {day}", day=text.date(self._period.ends_on)), _("Tình trạng"), _("Chênh lệch"))
        for place, words in enumerate(heads):
            grid.addWidget(label(words, "quiet"), 0, place, RIGHT if 0 < place != 4 else TOP)
        for row, target in enumerate(self._period.targets):
            measure, at = MEASURES[target.measure], 2 * row + 2
            grid.addWidget(line(), at - 1, 0, 1, len(heads))
            said = text.language()
            name = column(label(measure.words.said(said), "bold", wrap=True),
                          label(measure.explained.said(said), "quiet", wrap=True), space=2)
            grid.addLayout(name, at, 0)
            grid.addWidget(label(least_words(target), "bold"), at, 1, RIGHT)
            grid.addLayout(self._now(target), at, 2, RIGHT)
            end = self._end(target, measured(target.at_end))
            grid.addWidget(end or label(measured(target.at_end), "quiet"), at, 3, RIGHT)
            grid.addWidget(self._pill(target), at, 4, TOP)
            grid.addWidget(label(gap_words(target)), at, 5, RIGHT)
        return grid

    def _now(self, target: TargetState) -> QVBoxLayout:
        """The measured value, under it the whole a share is taken of."""
        made = QVBoxLayout()
        made.setSpacing(theme.now().px(2))
        made.addWidget(self._number(target, "now", measured(target.now), target.measure, self._day), 0, RIGHT)
        whole = self._whole(target)
        if whole is not None:
            made.addWidget(whole, 0, RIGHT)
        return made

    def _lines(self) -> QVBoxLayout:
        made, said = QVBoxLayout(), text.language()
        made.setSpacing(theme.now().px(10))
        for target in self._period.targets:
            measure = MEASURES[target.measure]
            parts = [self._pill(target), label(_("Chỉ tiêu {least}", least=least_words(target)), "bold"),
                     self._number(target, "now", _("Hiện có {value}", value=measured(target.now)), target.measure, self._day),
                     self._whole(target), self._end(target, _("Cuối kỳ còn {value}", value=measured(target.at_end))),
                     label(gap_words(target))]
            made.addWidget(line())
            made.addLayout(column(label(measure.words.said(said), "strong", wrap=True),
                                  label(measure.explained.said(said), "quiet", wrap=True), Flow(*parts), space=4))
        return made

    def _pill(self, target: TargetState) -> Pill:
        return Pill(LIGHTS[target.light].said(text.language()), TONES[target.light])

    def _whole(self, target: TargetState) -> LinkLabel | None:
        if MEASURES[target.measure].unit != "share":
            return None
        words = _("trên tổng {count}", count=text.number(target.now.whole))
        return self._number(target, "whole", words, f"{target.measure}_of", self._day)

    def _end(self, target: TargetState, words: str) -> LinkLabel | None:
        """What is left at the end; None where nothing of it can expire, or the period is over."""
        if not MEASURES[target.measure].standing or self._day >= self._period.ends_on:
            return None
        return self._number(target, "end", words, target.measure, self._period.ends_on)

    def _number(self, target: TargetState, what: str, words: str, figure: str, day: dt.date) -> LinkLabel:
        period = self._period
        title = f"{MEASURES[target.measure].words.said(text.language())}, {words}"
        made = LinkLabel(words, partial(self._open, title, figure, period.begins_on, period.ends_on, day))
        self.numbers[target.id, what] = made
        return made


def least_words(target: TargetState) -> str:
    """A target in words: "50", "40 %"."""
    return f"{target.least} %" if target.now.unit == "share" else text.number(target.least)


def gap_words(target: TargetState) -> str:
    """By how much a target is missed or passed; shown value and shown shortage give the target."""
    gap = target.now.cut - target.least
    value = f"{text.points(abs(gap))} %" if target.now.unit == "share" else text.number(int(abs(gap)))
    return _("vừa đủ") if gap == 0 else _("vượt {value}", value=value) if gap > 0 else _("thiếu {value}", value=value)
