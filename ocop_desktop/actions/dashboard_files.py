"""Save the programme's overview of a day as PDF or Excel; what is shown is what is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ocop_desktop import text
from ocop_desktop.actions.files import unfinished, write_whole
from ocop_desktop.errors import UserError
from ocop_desktop.rules.targets import LIGHTS, MEASURES, Measured
from ocop_desktop.rules.terms import FUNDING_SOURCES
from ocop_desktop.text import N_, _

if TYPE_CHECKING:
    from ocop_desktop.actions.dashboard import Bar, Dashboard
    from ocop_desktop.actions.programme_report import PeriodState
    from ocop_desktop.papers.dashboard import Chart, DashboardPaper, TargetRow
    from ocop_desktop.sheets.writing import Sheet

STARS = (3, 4, 5)
CHARTS = {"year": N_("Sản phẩm được công nhận theo năm"), "month": N_("Hết hiệu lực trong 12 tháng tới"),
          "industry": N_("Theo ngành"), "kind": N_("Theo loại hình chủ thể"), "set": N_("Theo bộ sản phẩm"),
          "commune": N_("Theo xã, phường")}
MONEY = N_("Kinh phí theo năm (triệu đồng)")
MILLION = 10**6


def write_dashboard(made: Dashboard, periods: Sequence[PeriodState], path: Path | str) -> None:
    """Write an overview, whole or not at all, in the language in force.

    Raises:
        UserError: another ending than .pdf or .xlsx, or the file cannot be written.
    """
    goal = Path(path)
    if goal.suffix.lower() == ".xlsx":
        from ocop_desktop.sheets.writing import write_book

        with unfinished(goal) as temporary:
            write_book(temporary, _sheets(made, periods), _title())
    elif goal.suffix.lower() == ".pdf":
        from ocop_desktop.papers.dashboard import render

        write_whole({goal: render(_paper(made, periods))})
    else:
        raise UserError("Tổng quan lưu thành tệp .pdf hoặc .xlsx; đọc được “{file}”.", file=goal.name)


def facts(made: Dashboard) -> tuple[tuple[str, int], ...]:
    """The figures of the day with their words."""
    by_stars = ((_("{count} sao", count=s), made.in_force.get(s, 0)) for s in STARS)
    return ((_("Còn hiệu lực"), sum(made.in_force.values())), *by_stars,
            (_("Đến kỳ đánh giá lại"), made.renewal), (_("Hết hiệu lực"), made.expired), (_("Đã thu hồi"), made.revoked))


def _title() -> str:
    return _("Chương trình OCOP")


def _under(made: Dashboard) -> str:
    return _("Số liệu ngày {day}", day=text.date(made.day))


def _years(made: Dashboard) -> Iterator[tuple[int, dict[str, int]]]:
    for year in sorted({year for year, _source in made.money}):
        yield year, {source: made.money.get((year, source), 0) for source in FUNDING_SOURCES}


# -- Excel ----------------------------------------------------------------------------------------------------------------


def _sheets(made: Dashboard, periods: Sequence[PeriodState]) -> Iterator[Sheet]:
    from ocop_desktop.sheets.writing import Column, Sheet

    under, said = (_under(made),), text.language()
    yield Sheet(_("Tổng quan"), (Column(_("Nội dung"), "wrapped", 36), Column(_("Số sản phẩm"), "number", 16)), facts(made),
                (_title(), *under))
    stars = tuple(Column(_("{count} sao", count=s), "number", 10) for s in STARS)
    for key, words in CHARTS.items():
        yield Sheet(_(words), (Column(_("Nội dung"), "wrapped", 44), *stars, Column(_("Tổng"), "number", 10)),
                    (_counts(bar) for bar in made.charts[key]), (_(words), *under))
    yield Sheet(_("Kinh phí (đồng)"), (
        Column(_("Năm"), "text", 8), *(Column(w.said(said), "number", 20) for w in FUNDING_SOURCES.values()),
        Column(_("Tổng"), "number", 20)),
        ((str(year), *by.values(), sum(by.values())) for year, by in _years(made)), (_("Kinh phí (đồng)"), *under))
    yield Sheet(_("Chỉ tiêu"), (
        Column(_("Giai đoạn"), "wrapped", 24), Column(_("Chỉ tiêu"), "wrapped", 44), Column(_("Mức đề ra"), "text", 12),
        Column(_("Kết quả"), "text", 18), Column(_("Đánh giá"), "text", 16)),
        ((period.name, row.words, row.least, row.now, row.state) for period in periods for row in _targets(period)),
        (_("Chỉ tiêu"), *under))


def _counts(bar: Bar) -> tuple[str | int, ...]:
    return (bar.words, *(bar.by_stars.get(s, 0) for s in STARS), bar.total)


# -- PDF ------------------------------------------------------------------------------------------------------------------


def _paper(made: Dashboard, periods: Sequence[PeriodState]) -> DashboardPaper:
    from ocop_desktop.papers.dashboard import BarLine, Chart, DashboardPaper

    money = tuple(BarLine(str(year), (sum(by.values()) // MILLION,), text.number(sum(by.values()) // MILLION))
                  for year, by in _years(made))
    return DashboardPaper(
        _title(), _under(made), tuple((words, text.number(value)) for words, value in facts(made)),
        (*(_chart(_(words), made.charts[key]) for key, words in CHARTS.items()), Chart(_(MONEY), money)),
        tuple((period.name, tuple(_targets(period))) for period in periods))


def _chart(title: str, bars: Sequence[Bar]) -> Chart:
    from ocop_desktop.papers.dashboard import BarLine, Chart

    return Chart(title, tuple(BarLine(bar.words, tuple(bar.by_stars.get(s, 0) for s in STARS), text.number(bar.total))
                              for bar in bars))


def _targets(period: PeriodState) -> Iterator[TargetRow]:
    from ocop_desktop.papers.dashboard import TargetRow

    said = text.language()
    for target in period.targets:
        least = f"{target.least} %" if target.now.unit == "share" else text.number(target.least)
        yield TargetRow(MEASURES[target.measure].words.said(said), least, measured(target.now), target.light,
                        LIGHTS[target.light].said(said))


def measured(value: Measured) -> str:
    """A value in words: "38", "41,49 % (39)"."""
    if value.unit == "count":
        return text.number(value.part)
    return _("{percent} % ({count})", percent=text.points(value.cut), count=text.number(value.part))
