"""Tổng quan: the programme on a day in figures and charts; every figure and bar opens its list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QMenu, QSlider, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.actions.dashboard_files import CHARTS as TITLES
from ocop_desktop.actions.dashboard_files import MONEY
from ocop_desktop.rules.terms import FUNDING_SOURCES
from ocop_desktop.text import N_, _
from ocop_desktop.ui import file_dialogs, theme
from ocop_desktop.ui.bars import Bars, Shown
from ocop_desktop.ui.fields import DateField
from ocop_desktop.ui.home_cards import CardRow
from ocop_desktop.ui.programme_lights import LightsCard, OpenMeasure
from ocop_desktop.ui.widgets import Card, LinkLabel, StatCard, button, column, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.dashboard import Bar, Dashboard
    from ocop_desktop.actions.programme_report import PeriodState
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

OpenList = Callable[[str, dt.date, Mapping[str, Any]], object]
OpenMoney = Callable[[str, dt.date, dt.date], object]  # title, first, last
COLORS = {3: "main", 4: "gold_fill", 5: "info"}
SOURCE_COLORS = {"central": "info", "provincial": "main", "commune": "gold_fill", "producers": "warn", "other": "quiet"}
CHARTS = tuple((key, title, key in ("year", "month")) for key, title in TITLES.items())  # key, title, upright
FORMS = {"png": (N_("Hình…"), N_("Hình ảnh (*.png)")), "pdf": (N_("PDF…"), N_("Tệp PDF (*.pdf)")),
         "xlsx": (N_("Excel (.xlsx)…"), N_("Bảng tính Excel (*.xlsx)"))}
FEW = 10  # lying bars shown at first
SLIDER_MONTHS = 180
SIDE_BY_SIDE = 900
CARDS = (
    ("in_force", N_("Còn hiệu lực (sản phẩm)"), "main"), ("3", N_("3 sao"), ""), ("4", N_("4 sao"), ""), ("5", N_("5 sao"), ""),
    ("renewal", N_("Đến kỳ, quá kỳ nộp"), "warn"), ("expired", N_("Hết hiệu lực (sản phẩm)"), ""),
    ("revoked", N_("Đã thu hồi"), ""),
)
NARROWED: dict[str, dict[str, Any]] = {
    "in_force": {"in_force": 1}, "renewal": {"renewal": 1}, "expired": {"state": "expired"}, "revoked": {"state": "revoked"},
    **{str(stars): {"in_force": 1, "stars": stars} for stars in (3, 4, 5)}}


class ChartCard(Card):
    """A chart; of many bars the longest, all when asked."""

    def __init__(self, title: str, upright: bool, opened: Callable[[str, Mapping[str, Any]], object]) -> None:
        super().__init__(title)
        self._title, self._upright, self._all = title, upright, False
        self._bars: tuple[Bar, ...] = ()
        self.bars = Bars(title, upright)
        self.none = label(_("Chưa có số liệu"), "quiet")
        self.more = LinkLabel("", self._show_all)
        self.heading.setWordWrap(True)
        for part in (self.bars, self.none, self.more):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.bars.pressed.connect(lambda place: opened(f"{self._title}: {self._shown()[place].words}",
                                                       self._shown()[place].narrowed))

    def show_bars(self, bars: tuple[Bar, ...]) -> None:
        """Show bars of products by stars."""
        self._bars = bars
        shown = self._shown()
        self.bars.set_bars([Shown(bar.words, tuple((bar.by_stars.get(s, 0), COLORS[s]) for s in (3, 4, 5)),
                                  text.number(bar.total), said(bar)) for bar in shown])
        self.bars.setVisible(bool(bars))
        self.none.setVisible(not bars)
        self.more.setText(_("Xem tất cả ({count})", count=len(bars)))
        self.more.setVisible(len(shown) < len(bars))

    def _shown(self) -> Sequence[Bar]:
        return self._bars if self._upright or self._all else self._bars[:FEW]

    def _show_all(self) -> None:
        self._all = True
        self.show_bars(self._bars)


class OverviewPage(QWidget):
    """The dashboard."""

    def __init__(self, work: Work, shell: Shell, open_list: OpenList, open_money: OpenMoney, open_measure: OpenMeasure) -> None:
        super().__init__()
        self._work, self._shell, self._open_list, self._open_money = work, shell, open_list, open_money
        self.today: Callable[[], dt.date] = dt.date.today
        self.shown: Dashboard | None = None
        self.periods: tuple[PeriodState, ...] = ()
        self.day = DateField(_("Tính đến ngày"))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(_("Tính đến ngày"))
        self.slider.setRange(-SLIDER_MONTHS, 0)
        self.slider.setPageStep(12)
        self.primary = button(_("Lưu tổng quan…"), None, "primary", icon="export")
        self.menu = QMenu(self.primary)
        for ending, (words, _kind) in FORMS.items():
            self.menu.addAction(_(words), partial(self._ask_file, ending))
        self.primary.setMenu(self.menu)
        self.lights = LightsCard(open_measure)
        self.cards = {key: StatCard(_(words), "–", tone).open_on_press() for key, words, tone in CARDS}
        self.charts = {key: ChartCard(_(title), upright, self._open) for key, title, upright in CHARTS}
        self.money = Card(_(MONEY))
        self.money_bars = Bars(_(MONEY))
        self.money_bars.pressed.connect(self._open_year)
        self.money_words = label("", "quiet", wrap=True)
        for part in (self.money_bars, self.money_words):
            self.money.body.addWidget(part)
        self.money.body.addStretch(1)
        self._across = 0
        self._build()

    def _build(self) -> None:
        px = theme.now().px
        self.picture = QWidget()
        self.picture.setProperty("kind", "page")
        self.stamp = label("", "strong")  # only in the picture: the window says the day above it
        self.inside = column(self.stamp, CardRow(tuple(self.cards.values())), space=12)
        self.stamp.hide()
        self.grid = QGridLayout()
        self.grid.setSpacing(px(12))
        self.inside.addLayout(self.grid)
        self.picture.setLayout(self.inside)
        self.day.setMaximumWidth(px(200))
        side = column(label(_("Kéo để xem tháng trước"), "quiet", wrap=True), self.slider, space=6)
        self.above = row(self.day, space=16)
        self.above.addLayout(side, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(12))
        box.addLayout(self.above)
        box.addWidget(self.picture)
        box.addStretch(1)
        self._arrange(2)
        self.slider.valueChanged.connect(self._slide)
        self.day.edited.connect(self._typed)
        for key, words, _tone in CARDS:
            self.cards[key].pressed.connect(lambda key=key, words=words: self._open(_(words), NARROWED[key]))

    def _arrange(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        charts = list(self.charts.values())
        parts = [*charts[:2], self.lights, self.money, *charts[2:]]
        for part in parts:
            self.grid.removeWidget(part)
        for place, part in enumerate(parts):
            self.grid.addWidget(part, *divmod(place, across))
        for place in range(2):
            self.grid.setColumnStretch(place, 1 if place < across else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two charts side by side where there is room."""
        super().resizeEvent(event)
        self._arrange(2 if self.width() >= theme.now().px(SIDE_BY_SIDE) else 1)

    def refresh(self) -> None:
        """Count again for the day in the field."""
        if self.day.value() is None:
            self.day.set_value(self.today())
        day = self.day.value()

        def count(session: Any) -> Dashboard:
            from ocop_desktop.actions import dashboard

            return dashboard.dashboard(session, day)

        def measure(session: Any) -> tuple[PeriodState, ...]:
            from ocop_desktop.actions import programme_report

            return programme_report.standing_periods(session, day)

        self._work.read(self, count, self._show, key="dashboard")
        self._work.read(self, measure, lambda found: self._show_targets(found, day), key="dashboard targets")

    def _typed(self, day: dt.date | None) -> None:
        """The slider follows a day that was typed."""
        today = self.today()
        if day is not None:
            self.slider.blockSignals(True)
            self.slider.setValue(min(0, (day.year - today.year) * 12 + day.month - today.month))
            self.slider.blockSignals(False)
        self.refresh()

    def _slide(self, months: int) -> None:
        today = self.today()
        year, month = divmod(today.year * 12 + today.month - 1 + months + 1, 12)
        self.day.set_value(today if months == 0 else dt.date(year, month + 1, 1) - dt.timedelta(days=1))
        self.refresh()

    def _show(self, found: Dashboard) -> None:
        self.shown = found
        figures = {"in_force": sum(found.in_force.values()), "renewal": found.renewal, "expired": found.expired,
                   "revoked": found.revoked, **{str(stars): found.in_force.get(stars, 0) for stars in (3, 4, 5)}}
        for key, _words, tone in CARDS:
            self.cards[key].set_figure(text.number(figures[key]), tone if figures[key] else "")
        for key, chart in self.charts.items():
            chart.show_bars(found.charts[key])
        self._show_money(found.money)

    def _show_targets(self, periods: tuple[PeriodState, ...], day: dt.date) -> None:
        self.periods = periods
        self.lights.show_periods(periods, day)

    def _show_money(self, money: Mapping[tuple[int, str], int]) -> None:
        said_in = text.language()
        years = sorted({year for year, _source in money})
        bars = []
        for year in years:
            amounts = [(money.get((year, source), 0), SOURCE_COLORS[source]) for source in FUNDING_SOURCES]
            words = "; ".join(f"{FUNDING_SOURCES[s].said(said_in)} {text.number(money[year, s] // 10**6)}"
                              for s in FUNDING_SOURCES if money.get((year, s)))
            bars.append(Shown(str(year), tuple(amounts), text.number(sum(a for a, _t in amounts) // 10**6), f"{year}: {words}"))
        self.money_bars.set_bars(bars)
        self.money_bars.setVisible(bool(bars))
        total = {s: sum(amount for (_year, source), amount in money.items() if source == s) for s in FUNDING_SOURCES}
        self.money_words.setText("; ".join(
            _("{source} {amount} triệu", source=FUNDING_SOURCES[s].said(said_in), amount=text.number(total[s] // 10**6))
            for s in FUNDING_SOURCES if total[s]) or _("Chưa có số liệu"))

    def _open(self, title: str, narrowed: Mapping[str, Any]) -> None:
        if self.shown is not None:
            self._open_list(title, self.shown.day, narrowed)

    def _open_year(self, place: int) -> None:
        year = int(self.money_bars.bars[place].words)
        self._open_money(_("Kinh phí năm {year}", year=year), dt.date(year, 1, 1), dt.date(year, 12, 31))

    # -- files ------------------------------------------------------------------------------------------------------

    def _ask_file(self, ending: str) -> None:
        day = self.shown.day if self.shown else self.today()
        write = self.write_picture if ending == "png" else self.write_file
        file_dialogs.to_save(self._shell, self, _("Lưu tổng quan"), f"tong-quan-{day:%Y-%m-%d}.{ending}", _(FORMS[ending][1]),
                             write)

    def write_file(self, path: Path) -> None:
        """Write what is on show as .pdf or .xlsx."""
        shown, periods = self.shown, self.periods
        if shown is None:
            return

        def write(_session: Any) -> None:
            from ocop_desktop.actions import dashboard_files

            dashboard_files.write_dashboard(shown, periods, path)

        self._work.read(self, write, lambda _none: self._shell.say.ok(
            _("Đã lưu tổng quan vào {file}", file=path.name), _("Mở"),
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))), self._shell.say.error)

    def write_picture(self, path: Path) -> None:
        """Write cards and charts as a picture, whole or not at all."""
        unfinished = path.with_name(f".{path.name}.moi")
        day = self.shown.day if self.shown else self.today()
        self.stamp.setText(_("Chương trình OCOP, số liệu ngày {day}", day=text.date(day)))
        self.stamp.show()
        high = self.stamp.sizeHint().height() + self.inside.spacing()  # else the lowest charts would give it their room
        self.picture.resize(self.picture.width(), self.picture.height() + high)
        written = self.picture.grab().save(str(unfinished), "PNG")
        self.stamp.hide()
        try:
            if not written:
                raise OSError
            unfinished.replace(path)
        except OSError:
            unfinished.unlink(missing_ok=True)
            self._shell.say.bad(_("Không ghi được hình vào {file}; hãy chọn nơi khác.", file=str(path)))
            return
        self._shell.say.ok(_("Đã lưu hình vào {file}", file=path.name))


def said(bar: Bar) -> str:
    """A bar in words: "2025: 26 (3 sao: 19, 4 sao: 7)"."""
    stars = ", ".join(_("{stars} sao: {count}", stars=s, count=text.number(bar.by_stars[s])) for s in (3, 4, 5)
                      if bar.by_stars.get(s))
    return f"{bar.words}: {text.number(bar.total)}" + (f" ({stars})" if stars else "")
