"""Targets at a glance: each with its light, what was measured, what will be left, and the way to the list behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from ocop_desktop import text
from ocop_desktop.actions.dashboard_files import measured
from ocop_desktop.rules.targets import LIGHTS, MEASURES
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.painted import Pill
from ocop_desktop.ui.programme_target_table import TONES, least_words
from ocop_desktop.ui.widgets import Card, LinkLabel, clear, label

if TYPE_CHECKING:
    from ocop_desktop.actions.programme_report import PeriodState

OpenMeasure = Callable[[str, str, dt.date, dt.date, dt.date], object]  # title, measure, first, last, day
RIGHT = Qt.AlignmentFlag.AlignRight


def target_grid(period: PeriodState, day: dt.date, opened: OpenMeasure,
                numbers: dict[str, LinkLabel] | None = None) -> QGridLayout:
    """A period's targets in lines; ``numbers`` takes the measured values by measure."""
    said, grid = text.language(), QGridLayout()
    grid.setHorizontalSpacing(theme.now().px(16))
    grid.setVerticalSpacing(theme.now().px(4))
    for place, share in enumerate((6, 2, 2, 2)):
        grid.setColumnStretch(place, share)
    for line, target in enumerate(period.targets):
        title = MEASURES[target.measure].words.said(said)
        now = LinkLabel(measured(target.now), partial(
            opened, title, target.measure, period.begins_on, period.ends_on, min(day, period.ends_on)))
        if numbers is not None:
            numbers[target.measure] = now
        grid.addWidget(label(title, wrap=True), line, 0)
        grid.addWidget(label(_("Chỉ tiêu {least}", least=least_words(target)), "quiet"), line, 1, RIGHT)
        grid.addWidget(now, line, 2, RIGHT)
        grid.addWidget(Pill(LIGHTS[target.light].said(said), TONES[target.light]), line, 3, RIGHT)
    return grid


class LightsCard(Card):
    """The targets of the period a day falls into."""

    def __init__(self, opened: OpenMeasure) -> None:
        super().__init__(_("Chỉ tiêu"))
        self._opened = opened
        self.numbers: dict[str, LinkLabel] = {}
        self.none = label(_("Chưa đặt chỉ tiêu"), "quiet")
        self.body.addWidget(self.none)
        self.heading.setWordWrap(True)

    def show_periods(self, periods: Sequence[PeriodState], day: dt.date) -> None:
        """Show the targets as they stood on a day."""
        while (item := self.body.takeAt(2)) is not None:
            inner = item.layout()
            if inner is not None:
                clear(inner)
        self.numbers = {}
        self.none.setVisible(not periods)
        self.heading.setText(_("Chỉ tiêu: {period}", period=", ".join(p.name for p in periods)) if periods else _("Chỉ tiêu"))
        for period in periods:
            self.body.addLayout(target_grid(period, day, self._opened, self.numbers))
        self.body.addStretch(1)
