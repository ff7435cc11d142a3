"""Bàn làm việc: what waits today, the register in a few figures, recognitions by year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton

from ocop_desktop import text
from ocop_desktop.text import N_, _
from ocop_desktop.ui import theme
from ocop_desktop.ui.home_cards import CardRow
from ocop_desktop.ui.home_chart import ChartCard
from ocop_desktop.ui.home_facts import FactsCard
from ocop_desktop.ui.home_tasks import Task, TasksCard, tasks_of, urgent
from ocop_desktop.ui.home_welcome import Welcome
from ocop_desktop.ui.widgets import Card, Page, SkeletonRows, StatCard, button, clear

if TYPE_CHECKING:
    from ocop_desktop.actions.home import Overview
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

WEEKDAYS = (N_("Thứ Hai"), N_("Thứ Ba"), N_("Thứ Tư"), N_("Thứ Năm"), N_("Thứ Sáu"), N_("Thứ Bảy"), N_("Chủ nhật"))
SIDE_BY_SIDE = 860  # pixels at 100 % from which the chart stands beside the tasks


class HomeScreen(Page):
    """The first screen."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__(scroll=True)
        self.set_title(" ", " ")  # the height of the words to come
        self._work, self._shell = work, shell
        self.today: Callable[[], dt.date] = dt.date.today
        self._shown: Overview | None = None
        self.stats: dict[str, StatCard] = {}
        self.tasks: TasksCard | None = None
        self.chart: ChartCard | None = None
        self.facts: FactsCard | None = None
        self.welcome: Welcome | None = None
        self._main: QBoxLayout | None = None
        self.add = button(_("Thêm hồ sơ"), lambda: shell.go("dossiers", new=True))
        self.urgent: QPushButton = button("", self._do_urgent, "primary")
        self._urgent: Task | None = None
        for made in (self.add, self.urgent):
            self.add_action(made).hide()
        waiting = Card(flush=True)
        waiting.body.addWidget(SkeletonRows(8))
        self.body.addWidget(waiting)
        self.body.addStretch(1)

    def show_place(self, **where: Any) -> None:
        """Show the screen."""
        self._shell.set_crumbs(self, _("Bàn làm việc"))
        self.refresh()

    def refresh(self) -> None:
        """Read again."""
        day = self.today()

        def overview(database: Any) -> Overview:
            from ocop_desktop.actions import home

            return home.overview(database, day)

        self._work.look(self, overview, self._show, key="overview")

    def _show(self, seen: Overview) -> None:
        self._shell.set_place(seen.province)
        if seen == self._shown:
            return
        self._shown = seen
        tasks = () if seen.empty else tasks_of(seen)
        self._name(seen, len(tasks))
        self._urgent = urgent(seen)
        self.urgent.setText(self._urgent.button)
        self.add.show()
        self.urgent.show()
        clear(self.body)
        self.tasks = self.chart = self.facts = self.welcome = self._main = None
        self.stats = {}
        if seen.empty:
            self.welcome = Welcome(seen, self._work, self._shell)
            self.body.addWidget(self.welcome)
        else:
            self._fill(seen, tasks)
        self.body.addStretch(1)

    def _name(self, seen: Overview, waiting: int) -> None:
        day = _("{weekday}, {date}", weekday=_(WEEKDAYS[seen.on.weekday()]), date=text.date(seen.on))
        if seen.empty:
            quiet = seen.province or _("Chưa có dữ liệu")
        elif not waiting:
            quiet = _("{place} · không có việc đang chờ", place=seen.province) if seen.province else _("Không có việc đang chờ")
        elif seen.province:
            quiet = _("{place} · {count} việc đang chờ", place=seen.province, count=waiting)
        else:
            quiet = _("{count} việc đang chờ", count=waiting)
        self.set_title(day, quiet)

    def _fill(self, seen: Overview, tasks: tuple[Task, ...]) -> None:
        self.body.addWidget(CardRow(self._cards(seen)))
        self.tasks = TasksCard(tasks, self._shell)
        self._main = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._main.setSpacing(theme.now().px(16))
        self._main.addWidget(self.tasks, 11, Qt.AlignmentFlag.AlignTop)
        if any(year.total for year in seen.years):
            self.chart = ChartCard(seen.years)
            self.chart.bars.pressed.connect(lambda year: self._shell.go("certificates", year=year))
            self._main.addWidget(self.chart, 6, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(self._main)
        self.facts = FactsCard(seen, self._shell)
        self.body.addWidget(self.facts)
        self._arrange()

    def _cards(self, seen: Overview) -> list[StatCard]:
        """The figures that matter: those that are not nought, and always what is in force."""
        force = seen.in_force
        self._card("valid", _("giấy còn hiệu lực"), force.three + force.four + force.five, "certificates", state="in_force")
        for stars, count in ((3, force.three), (4, force.four), (5, force.five)):
            if count:
                self._card(f"stars{stars}", _("{count} sao", count=stars), count, "certificates", state="in_force", stars=stars)
        if force.late:
            self._card("late", _("quá kỳ nộp đánh giá lại"), force.late, "certificates", "bad", state="late")
        if force.due:
            self._card("due", _("đến kỳ đánh giá lại"), force.due, "certificates", "warn", state="due")
        if seen.in_round:
            self._card("round", _("hồ sơ đợt {round}", round=seen.round.removeprefix("Đợt ")), seen.in_round, "dossiers",
                       round=seen.round)
        return list(self.stats.values())

    def _card(self, key: str, words: str, count: int, screen: str, tone: str = "", **where: Any) -> None:
        made = StatCard(words, text.number(count), tone).open_on_press()
        made.setAccessibleName(f"{text.number(count)} {words}")
        made.pressed.connect(lambda: self._shell.go(screen, **where))
        self.stats[key] = made

    def _do_urgent(self) -> None:
        if self._urgent is not None:
            self._shell.go(self._urgent.screen, **self._urgent.where)

    def _arrange(self) -> None:
        if self._main is not None:
            beside = self.width() >= theme.now().px(SIDE_BY_SIDE)
            self._main.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
