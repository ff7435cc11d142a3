"""Tổng quan: the programme on a day in figures and charts; every figure and bar opens its list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSlider, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.rules.terms import FUNDING_SOURCES
from ocop_desktop.text import N_, _
from ocop_desktop.ui import file_dialogs, theme
from ocop_desktop.ui.bars import Bars, Shown
from ocop_desktop.ui.fields import DateField
from ocop_desktop.ui.home_cards import CardRow
from ocop_desktop.ui.widgets import Card, LinkLabel, StatCard, button, column, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.dashboard import Bar, Dashboard
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

OpenList = Callable[[str, dt.date, Mapping[str, Any]], object]
COLORS = {3: "main", 4: "gold_fill", 5: "info"}
SOURCE_COLORS = {"central": "info", "provincial": "main", "commune": "gold_fill", "producers": "warn", "other": "quiet"}
CHARTS = (("year", N_("Sản phẩm được công nhận theo năm"), True), ("month", N_("Hết hiệu lực trong 12 tháng tới"), True),
          ("industry", N_("Theo ngành"), False), ("kind", N_("Theo loại hình chủ thể"), False),
          ("set", N_("Theo bộ sản phẩm"), False), ("commune", N_("Theo xã, phường"), False))
FEW = 10  # lying bars shown at first
SLIDER_MONTHS = 180
SIDE_BY_SIDE = 900
CARDS = (("in_force", N_("Còn hiệu lực"), "main"), ("3", N_("3 sao"), ""), ("4", N_("4 sao"), ""), ("5", N_("5 sao"), ""),
         ("renewal", N_("Đến kỳ đánh giá lại"), "warn"), ("expired", N_("Hết hiệu lực"), ""), ("revoked", N_("Đã thu hồi"), ""))
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

    def __init__(self, work: Work, shell: Shell, open_list: OpenList) -> None:
        super().__init__()
        self._work, self._shell, self._open_list = work, shell, open_list
        self.today: Callable[[], dt.date] = dt.date.today
        self.shown: Dashboard | None = None
        self.day = DateField(_("Tính đến ngày"))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(_("Tính đến ngày"))
        self.slider.setRange(-SLIDER_MONTHS, 0)
        self.slider.setPageStep(12)
        self.primary = button(_("Lưu hình…"), self._ask_picture, "primary", icon="image")
        self.cards = {key: StatCard(_(words), "–", tone).open_on_press() for key, words, tone in CARDS}
        self.charts = {key: ChartCard(_(title), upright, self._open) for key, title, upright in CHARTS}
        self.money = Card(_("Kinh phí theo năm (triệu đồng)"))
        self.money_bars = Bars(_("Kinh phí theo năm (triệu đồng)"))
        self.money_bars.still()
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
        inside = column(CardRow(tuple(self.cards.values())), space=12)
        self.grid = QGridLayout()
        self.grid.setSpacing(px(12))
        inside.addLayout(self.grid)
        self.picture.setLayout(inside)
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
        self.day.edited.connect(lambda _day: self.refresh())
        for key, words, _tone in CARDS:
            self.cards[key].pressed.connect(lambda key=key, words=words: self._open(_(words), NARROWED[key]))

    def _arrange(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        parts = [*self.charts.values(), self.money]
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

        self._work.read(self, count, self._show, key="dashboard")

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

    # -- picture ------------------------------------------------------------------------------------------------------

    def _ask_picture(self) -> None:
        day = self.shown.day if self.shown else self.today()
        file_dialogs.to_save(self._shell, self, _("Lưu hình"), f"tong-quan-{day:%Y-%m-%d}.png", _("Hình ảnh (*.png)"),
                         self.write_picture)

    def write_picture(self, path: Path) -> None:
        """Write cards and charts as a picture, whole or not at all."""
        unfinished = path.with_name(f".{path.name}.moi")
        written = self.picture.grab().save(str(unfinished), "PNG")
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
