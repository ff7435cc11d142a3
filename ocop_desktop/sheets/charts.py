"""Charts a spreadsheet program draws itself, from the cells of another sheet; they stay right when a cell is corrected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.data_source import AxDataSource, StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.series_factory import SeriesFactory
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.pagebreak import Break

Size = Literal["half", "whole", "tall"]
COLOURS = {"3": "1B6B4A", "4": "F2B632", "5": "1F5FA8", "before": "B3BFB8", "now": "1B6B4A"}
NEARLY = 780_000  # of its last column a chart leaves the rest free; in Excel's units of length, 9,525 to a dot
INK, QUIET = "1D2420", "5C6862"
COLUMNS, ROWS = 14, 18  # columns of the page charts stand on, rows of one that is not tall
NOTHING_IS_BLANK = "#,##0;-#,##0;"  # a nought is not written into its bar


@dataclass(frozen=True)
class Chart:
    """Bars over rows of a sheet.

    Args:
        title, across, up: words of the chart, of the axis of groups and of the axis of values.
        sheet: name of the sheet as it was given; first, last: its rows; names: the column of the groups' names.
        series: (column, name of its colour); a column's head names it.
        head: row of the heads; stacked: one bar for all series, lying; else bars side by side, standing.
        size: half of the page's width, the whole, or the whole and twice as high.
    """

    title: str
    across: str
    up: str
    sheet: str
    head: int
    first: int
    last: int
    names: int
    series: tuple[tuple[int, str], ...]
    stacked: bool = True
    size: Size = "half"


@dataclass(frozen=True)
class ChartPage:
    """A sheet of charts alone; ``name`` of its tab, ``heading`` lines above."""

    name: str
    charts: tuple[Chart, ...]
    heading: tuple[str, ...] = ()


def draw(page: Any, charts: Sequence[Chart], tabs: Mapping[str, str], top: int) -> int:
    """Put charts on a page, a page of paper for about four halves; the last row they take.

    Args:
        tabs: the tab each sheet's name became; top: the first free row.
    """
    row, used = top, top - 1
    for line in _lines(charts):
        rows = max(2 * ROWS if chart.size == "tall" else ROWS for chart in line)
        if used + rows > 2 * ROWS + top - 1:
            page.row_breaks.append(Break(id=row - 1))
            used = top - 1
        for place, chart in enumerate(line):
            made = _bar_chart(chart, tabs[chart.sheet])
            left, right = (COLUMNS * (place + part) // (2 if chart.size == "half" else 1) for part in (0, 1))
            made.anchor = TwoCellAnchor("twoCell", _from=AnchorMarker(left, row=row - 1),
                                        to=AnchorMarker(right - 1, NEARLY, row + rows - 2))
            page.add_chart(made)
        row, used = row + rows, used + rows
    return row - 1


def _lines(charts: Sequence[Chart]) -> Iterator[list[Chart]]:
    """Charts that stand side by side."""
    waiting: list[Chart] = []
    for chart in charts:
        if chart.size == "half":
            waiting.append(chart)
        if len(waiting) == 2 or (waiting and chart.size != "half"):
            yield waiting
            waiting = []
        if chart.size != "half":
            yield [chart]
    if waiting:
        yield waiting


def _bar_chart(chart: Chart, tab: str) -> Any:
    made: Any = BarChart()
    made.type, made.grouping = ("bar", "stacked") if chart.stacked else ("col", "clustered")
    made.overlap, made.gapWidth = (100, 45) if chart.stacked else (-5, 60)
    made.title, made.style = _title(chart.title, 1300, bold=True), 10
    sheet = quote_sheetname(tab)
    names = AxDataSource(strRef=StrRef(f"{sheet}!{_cells(chart.names, chart.first, chart.last)}"))
    for column, colour in chart.series:
        values = Reference(range_string=f"{sheet}!{_cells(column, chart.first, chart.last)}")
        series = SeriesFactory(values)
        series.tx = SeriesLabel(strRef=StrRef(f"{sheet}!{_cells(column, chart.head, chart.head)}"))
        series.graphicalProperties = GraphicalProperties(solidFill=COLOURS[colour])
        series.graphicalProperties.line = LineProperties(solidFill="FFFFFF" if chart.stacked else COLOURS[colour])
        series.dLbls = _labels(light=chart.stacked and colour != "4")
        series.cat = names
        made.series.append(series)
    _axes(made, chart)
    made.legend.position, made.legend.overlay = "b", False
    return made


def _cells(column: int, first: int, last: int) -> str:
    letter = get_column_letter(column)
    return f"${letter}${first}" if first == last else f"${letter}${first}:${letter}${last}"


def _axes(made: Any, chart: Chart) -> None:
    for axis, words in ((made.x_axis, chart.across), (made.y_axis, chart.up)):
        axis.title, axis.delete = _title(words, 1000), False  # left out, Excel hides an axis
        axis.txPr = _looks(900)
        axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill="B3BFB8"))
    made.y_axis.majorGridlines = None  # every bar says its figure
    made.y_axis.number_format, made.y_axis.majorTickMark = "#,##0", "out"
    made.y_axis.scaling.min = 0
    if chart.stacked:  # lying bars: the first group at the top, its figures at the foot
        made.x_axis.scaling.orientation = "maxMin"
        made.y_axis.crosses = "max"


def _labels(light: bool) -> DataLabelList:
    labels = DataLabelList(numFmt=NOTHING_IS_BLANK, showVal=True, showSerName=False, showCatName=False, showLegendKey=False,
                           showPercent=False)
    labels.txPr = _looks(900, "FFFFFF" if light else INK)
    return labels


def _looks(size: int, colour: str = QUIET, bold: bool = False) -> RichText:
    letters = CharacterProperties(sz=size, b=bold, solidFill=colour)
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=letters), endParaRPr=letters)])


def _title(words: str, size: int, bold: bool = False) -> Title:
    letters = CharacterProperties(sz=size, b=bold, solidFill=INK if bold else QUIET)
    line = Paragraph(pPr=ParagraphProperties(defRPr=letters), r=[RegularTextRun(rPr=letters, t=words)])
    return Title(tx=Text(rich=RichText(p=[line])), overlay=False)
