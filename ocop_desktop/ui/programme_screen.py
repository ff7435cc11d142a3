"""Chương trình: the programme over the years, page by page; the list behind a figure in the same place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QScrollArea, QStackedWidget

from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.painted import PillButton
from ocop_desktop.ui.programme_activities import ActivitiesPage
from ocop_desktop.ui.programme_deadlines import DeadlinesPage
from ocop_desktop.ui.programme_exchange import ExchangePage
from ocop_desktop.ui.programme_list import Line, ListPage, SumLine, line_of
from ocop_desktop.ui.programme_overview import OverviewPage
from ocop_desktop.ui.programme_reports import ReportsPage
from ocop_desktop.ui.programme_targets import TargetsPage
from ocop_desktop.ui.widgets import Page

if TYPE_CHECKING:
    from ocop_desktop.actions.dashboard import Standing
    from ocop_desktop.actions.programme_figures import Figure
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

ProgrammePage = OverviewPage | TargetsPage | ActivitiesPage | DeadlinesPage | ReportsPage | ExchangePage
AnyPage = TypeVar("AnyPage", OverviewPage, TargetsPage, ActivitiesPage, DeadlinesPage, ReportsPage, ExchangePage)
NARROW = 860  # pixels under which the head has no room for the title
PAGES = ("overview", "targets", "activities", "deadlines", "reports", "exchange")


class ProgrammeScreen(Page):
    """Shows one of its pages; the others keep what they showed. Each is made when it is first turned to."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__(_("Chương trình"))
        self._work, self._shell = work, shell
        self.segments = QButtonGroup(self)
        pills = [PillButton(words, "ok") for words in (
            _("Tổng quan"), _("Chỉ tiêu"), _("Hoạt động, kinh phí"), _("Lịch hạn"), _("Báo cáo"), _("Trao đổi"))]
        self.stack = QStackedWidget()
        self._page = 0
        self._across = Flow(*pills)
        self.add_ways(self._across)
        self.body.addWidget(self.stack, 1)
        self._areas: list[QScrollArea] = []
        for place, pill in enumerate(pills):
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            self._areas.append(area)
            self.stack.addWidget(area)
            self.segments.addButton(pill, place)
        self.segments.idClicked.connect(self._turn)
        self.segments.button(0).setChecked(True)

    @cached_property
    def overview(self) -> OverviewPage:
        """The dashboard."""
        return self._put(0, OverviewPage(self._work, self._shell, self.open_list, self.open_money, self.open_figure))

    @cached_property
    def targets(self) -> TargetsPage:
        """The targets of the periods."""
        return self._put(1, TargetsPage(self._work, self._shell, self.open_figure))

    @cached_property
    def activities(self) -> ActivitiesPage:
        """Activities and money."""
        return self._put(2, ActivitiesPage(self._work, self._shell))

    @cached_property
    def deadlines(self) -> DeadlinesPage:
        """All that falls due."""
        return self._put(3, DeadlinesPage(self._work, self._shell))

    @cached_property
    def reports(self) -> ReportsPage:
        """The report of a period."""
        return self._put(4, ReportsPage(self._work, self._shell, self.open_report_figure, self.open_figure))

    @cached_property
    def exchange(self) -> ExchangePage:
        """Files between the levels."""
        return self._put(5, ExchangePage(self._work, self._shell))

    @cached_property
    def list(self) -> ListPage:
        """What is behind a figure."""
        made = ListPage(self._work, self._shell, self._back)
        self.stack.addWidget(made)
        return made

    def page(self, place: int) -> ProgrammePage:
        """The page at a place of ``PAGES``."""
        found: ProgrammePage = getattr(self, PAGES[place])
        return found

    def _put(self, place: int, part: AnyPage) -> AnyPage:
        part.setProperty("kind", "page")
        self.add_action(part.primary).setVisible(place == self._page)
        self._areas[place].setWidget(part)
        return part

    def show_place(self, page: str = "", **_where: Any) -> None:
        """Show a page, or the one last seen."""
        self._shell.set_crumbs(self, _("Chương trình"))
        self._turn(PAGES.index(page) if page in PAGES else self._page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Without the title, which the top line says too, where the window is narrow for its letters."""
        wide = self.width() >= theme.now().px(NARROW)
        self.title.setVisible(wide)
        self._across.rigid = wide  # else on as many lines as they need
        self._across.invalidate()
        super().resizeEvent(event)

    def refresh(self) -> None:
        """Read again what is on show."""
        self.page(self._page).refresh()

    def open_list(self, title: str, day: dt.date, narrowed: Mapping[str, Any]) -> None:
        """Show the products behind a figure of a day."""

        def find(session: Any) -> tuple[int, tuple[Standing, ...]]:
            from ocop_desktop.actions import dashboard

            return dashboard.behind(session, day, narrowed)

        self._work.read(self, find, lambda found: self._show_list(title, *found), key="list")

    def open_figure(self, title: str, figure: str, first: dt.date, last: dt.date, day: dt.date) -> None:
        """Show the products or producers behind a measured figure of a period, as it stands on a day."""

        def find(session: Any) -> tuple[Any, ...]:
            from ocop_desktop.actions import programme_report

            return programme_report.behind(session, figure, programme_report.Span(first, last, day))

        self._work.read(self, find, lambda found: self._show_figure(title, found), key="list")

    def open_report_figure(self, title: str, figure: Figure, span: Any) -> None:
        """Show what a figure of a report counts: products, activities or money."""

        def find(session: Any) -> tuple[Any, ...]:
            from ocop_desktop.actions import programme_figures

            return programme_figures.behind(session, figure, span)

        self._work.read(self, find, lambda found: self._show_figure(title, found), key="list")

    def open_money(self, title: str, first: dt.date, last: dt.date) -> None:
        """Show the money of the years a period touches."""

        def find(session: Any) -> tuple[Any, ...]:
            from ocop_desktop.actions import programme_figures, programme_report

            return programme_figures.money_behind(session, programme_report.Span(first, last, last))

        self._work.read(self, find, lambda found: self._show_figure(title, found), key="list")

    def _show_figure(self, title: str, found: tuple[Any, ...]) -> None:
        self.stack.setCurrentWidget(self.list)
        lines = [line_of(x) for x in found]
        if lines and isinstance(lines[0], SumLine):
            self.list.show_sums(title, [line for line in lines if isinstance(line, SumLine)])
        else:
            self.list.show_lines(title, len(lines), [line for line in lines if isinstance(line, Line)])

    def _show_list(self, title: str, count: int, found: tuple[Standing, ...]) -> None:
        self.stack.setCurrentWidget(self.list)
        self.list.show_lines(title, count, [Line(x.product, x.producer, x.commune, x.phone, x.stars, x.state, x.dossier_id)
                                            for x in found])

    def _back(self) -> None:
        self._turn(self._page)
        self.segments.button(self._page).setFocus()

    def _turn(self, place: int) -> None:
        self.page(self._page).primary.hide()
        self._page = place
        self.page(place).primary.show()
        self.stack.setCurrentIndex(place)
        self.segments.button(place).setChecked(True)
        self.refresh()
