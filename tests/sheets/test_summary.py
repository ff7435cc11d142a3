"""The summary workbook as a spreadsheet program reads it: values, looks, print set-up, and nothing live."""

from __future__ import annotations

import datetime as dt
import zipfile
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from ocop_desktop.sheets.charts import ChartPage
from ocop_desktop.sheets.summary import (
    Counts,
    Recognition,
    ResultRow,
    SessionTable,
    count_charts,
    counts_sheet,
    register_sheet,
    results_sheet,
)
from ocop_desktop.sheets.summary_rounds import Round, comparison_chart, comparison_sheet
from ocop_desktop.sheets.writing import Column, Sheet, write_book

ON = dt.date(2026, 11, 23)
DANGEROUS = ("=HYPERLINK(\"http://x\")", "+84 912", "-5", "@SUM(A1)", "\tTab", "=1+1")


def recognition(number: int = 1, product: str = "Chè Shan", stars: int = 3, standing: bool = True,
                commune: str = "Xã Mẫu Sơn") -> Recognition:
    return Recognition(
        number=f"{number:02d}-2026/GCN-OCOP", product=product, code="20-05980-03-2026", set_no=11,
        set_name="Chè tươi, chè chế biến", producer="HTX Mẫu Sơn", kind="Hợp tác xã", commune=commune, commune_code="05980",
        province="Tỉnh Lạng Sơn", address="Thôn 4", representative="Lê A", phone="0912345678", stars=stars,
        issued_on=dt.date(2026, 2, 5), expires_on=dt.date(2029, 2, 5), decision_number="12/QĐ-UBND",
        decision_date=dt.date(2026, 2, 1), authority="UBND tỉnh", state="Còn hiệu lực", standing=standing,
        industry="Đồ uống", application="Lần đầu")


def table() -> SessionTable:
    rows = (ResultRow("20-05980-03-2026", "Chè Shan", "HTX Mẫu Sơn", "Thôn 4, xã Mẫu Sơn", {"Sở Y tế": 70, "Sở Công Thương": 69},
                      Decimal("69.99"), 3),
            ResultRow("", "=1+1", "HTX B", "", {"Sở Y tế": 92}, Decimal("92.00"), 5, "Tiềm năng 5 sao, chuyển Bộ đánh giá"),
            ResultRow("", "Rượu", "HTX C", "", {"Sở Công Thương": 12}, Decimal("12.50"), None, "Bị loại"))
    return SessionTable("2026/2", "Đợt 2 - 2026", ON, "Hội trường", ("Sở Y tế", "Sở Công Thương"), 2, rows)


def written(tmp_path: Path, *sheets: Sheet) -> openpyxl.Workbook:
    write_book(tmp_path / "a.xlsx", sheets)
    return openpyxl.load_workbook(tmp_path / "a.xlsx")


def test_results_have_a_column_per_agency_and_real_numbers(tmp_path: Path):
    page = written(tmp_path, results_sheet(table())).worksheets[0]
    assert page.title == "Kết quả 2026-2"
    assert [c.value for c in page[4]] == ["TT", "Mã sản phẩm", "Tên sản phẩm", "Chủ thể", "Địa chỉ", "Sở Y tế", "Sở Công Thương",
                                          "Điểm đánh giá", "Phân hạng", "Ghi chú"]
    first = page[5]
    assert [first[5].value, first[6].value, first[7].value, first[8].value] == [70, 69, 69.99, 3]
    assert (first[7].number_format, first[8].number_format, first[7].data_type) == ("0.00", '0" sao"', "n")
    assert page[6][6].value is None
    assert page[7][8].value is None and page[7][9].value == "Bị loại"
    assert page["A1"].value == "Kết quả đánh giá, phân hạng: Đợt 2 - 2026"


def test_register_has_dates_and_text_that_keeps_its_zeros(tmp_path: Path):
    page = written(tmp_path, register_sheet([recognition()])).worksheets[0]
    row = dict(zip([c.value for c in page[1]], page[2], strict=True))
    assert row["Điện thoại"].value == "0912345678"
    assert row["Mã xã"].value == "05980"
    assert row["Ngày công nhận"].value == dt.datetime(2026, 2, 5)
    assert row["Ngày công nhận"].number_format == "dd/mm/yyyy"
    assert row["Hạng sao"].value == 3
    assert row["Ngày thu hồi"].value is None


def test_counts_by_stars_set_commune_and_kind(tmp_path: Path):
    counts = Counts()
    rows = [recognition(1), recognition(2, stars=4), recognition(3, standing=False, commune="Xã An"), recognition(4, stars=5)]
    for row in rows:
        counts.add(row)
    page = written(tmp_path, counts_sheet(counts, ON)).worksheets[0]
    found = {(r[0].value, r[1].value): [c.value for c in r[2:]] for r in page.iter_rows(min_row=5)}
    assert found["Toàn bộ", "Tất cả sản phẩm"] == [2, 1, 1, 4, 3]
    assert found["Hạng sao", "3 sao"] == [2, 0, 0, 2, 1]
    assert found["Xã, phường", "Xã An"] == [1, 0, 0, 1, 0]
    assert found["Loại chủ thể", "Hợp tác xã"] == [2, 1, 1, 4, 3]
    assert found["Bộ sản phẩm", "11 Chè tươi, chè chế biến"] == [2, 1, 1, 4, 3]
    assert found["Ngành", "Đồ uống"] == found["Loại đăng ký", "Lần đầu"] == [2, 1, 1, 4, 3]


def drawn(book: openpyxl.Workbook, reference: str) -> list[object]:
    """Values of the cells a chart is drawn from."""
    sheet, cells = reference.rsplit("!", 1)
    found = book[sheet.strip("'")][cells.replace("$", "")]
    return [cell[0].value for cell in found] if isinstance(found, tuple) else [found.value]


def test_charts_are_drawn_from_the_cells_of_their_group(tmp_path: Path):
    counts = Counts()
    for n in range(30):
        counts.add(recognition(n, stars=3 + n % 2, commune=f"Xã {n % 25}"))
    before = Round("2026/1", "Đợt 1", ON, {("Phân hạng", "4 sao"): 2, ("Phân hạng", "3 sao"): 5, ("Ngành", "Cũ"): 1})
    now = Round("=1+1", "Đợt 2", ON, {("Phân hạng", "4 sao"): 3, ("Phân hạng", "3 sao"): 5, ("Chung", "Điểm"): Decimal("69.99")})
    charts = (*count_charts(counts), comparison_chart(before, now, "Phân hạng"))
    book = written(tmp_path, counts_sheet(counts, ON), comparison_sheet(before, now), ChartPage("Biểu đồ", charts, ("Tổng hợp",)))
    told = {}
    for chart in book["Biểu đồ"]._charts:
        title, across, up = (part.tx.rich.p[0].r[0].t for part in (chart.title, chart.x_axis.title, chart.y_axis.title))
        assert title and across and up and not (chart.x_axis.delete or chart.y_axis.delete or chart.title.overlay)
        names = drawn(book, chart.series[0].cat.strRef.f)
        told[title] = names, {drawn(book, s.tx.strRef.f)[0]: drawn(book, s.val.numRef.f) for s in chart.series}
    assert told["Lượt công nhận theo hạng sao"] == (["3 sao", "4 sao"], {"Cộng": [15, 15], "Còn hiệu lực": [15, 15]})
    assert told["Lượt công nhận theo ngành"] == (["Đồ uống"], {"3 sao": [15], "4 sao": [15]})  # no 5 stars: no bar of theirs
    names, bars = told["20 xã, phường có nhiều lượt công nhận nhất"]
    assert len(names) == 20 and [a + b for a, b in zip(*bars.values(), strict=True)] == [2] * 5 + [1] * 15
    assert told["Kết quả =1+1 so với 2026/1"] == (["4 sao", "3 sao"], {"2026/1": [2, 5], "=1+1": [3, 5]})
    rows = [[c.value for c in row] for row in book["So sánh đợt trước"].iter_rows(min_row=5)]
    assert rows == [["Phân hạng", "4 sao", 2, 3, 1], ["Phân hạng", "3 sao", 5, 5, 0], ["Chung", "Điểm", 0, 69.99, 69.99],
                    ["Ngành", "Cũ", 1, 0, -1]]
    assert book["So sánh đợt trước"]["D7"].number_format == "#,##0.00"
    assert book["Biểu đồ"].row_breaks.count and book["Biểu đồ"].print_area


def test_nothing_recognised_counts_nothing(tmp_path: Path):
    page = written(tmp_path, counts_sheet(Counts(), ON)).worksheets[0]
    assert [c.value for c in page[5]][2:] == [0, 0, 0, 0, 0]


def test_header_stays_filters_and_prints_on_every_page(tmp_path: Path):
    book = written(tmp_path, results_sheet(table()), register_sheet([recognition(n) for n in range(3)]))
    results, register = book.worksheets
    assert (results.freeze_panes, register.freeze_panes) == ("A5", "A2")
    assert (results.auto_filter.ref, register.auto_filter.ref) == ("A4:J7", "A1:W4")
    assert (results.print_title_rows, register.print_title_rows) == ("$4:$4", "$1:$1")
    assert (results.print_area, register.print_area) == ("'Kết quả 2026-2'!$A$1:$J$7", "'Sổ công nhận'!$A$1:$W$4")
    for page in book.worksheets:
        assert (page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight) == ("landscape", 9, 0)
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.oddFooter.right.text == "Trang &P/&N"
    assert results.page_setup.fitToWidth == 1


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path, text: str):
    book = written(tmp_path, register_sheet([recognition(product=text)]), Sheet("b", (Column("x", "wrapped"),), [(text,)]))
    for cell in (book.worksheets[0]["B2"], book.worksheets[1]["A2"]):
        assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as parts:
        for name in parts.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in parts.read(name)


def test_parts_are_well_formed_and_another_reader_agrees(tmp_path: Path):
    sheets = [counts_sheet(Counts(), ON), results_sheet(table()), register_sheet([recognition()])]
    write_book(tmp_path / "a.xlsx", sheets, "Tổng hợp")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as parts:
        assert parts.testzip() is None
        for name in parts.namelist():
            ElementTree.fromstring(parts.read(name))
    book = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx"))
    assert book.sheet_names == ["Tổng hợp", "Kết quả 2026-2", "Sổ công nhận"]
    assert book.get_sheet_by_name("Sổ công nhận").to_python()[1][14] == dt.date(2026, 2, 5)


def test_tabs_are_safe_and_unique(tmp_path: Path):
    sheets = [Sheet(name, (Column("x"),), []) for name in ("a/b:c", "A/b:C", "d" * 50, "d" * 50, "''", "")]
    names = written(tmp_path, *sheets).sheetnames
    assert names == ["a-b-c", "A-b-C (2)", "d" * 31, "d" * 27 + " (2)", "Bảng", "Bảng (2)"]


def test_control_characters_and_endless_text_do_not_break_the_file(tmp_path: Path):
    page = written(tmp_path, Sheet("a", (Column("x"),), [("a\x00b\x0b",), ("y" * 40000,), ("",), (None,)])).worksheets[0]
    assert page["A2"].value == "ab"
    assert len(page["A3"].value) == 32767
    assert page["A4"].value is None


def test_many_rows_stream_and_progress_may_stop_them(tmp_path: Path):
    seen: list[int] = []
    count = write_book(tmp_path / "a.xlsx", [register_sheet(recognition(n) for n in range(1200))], progress=seen.append)
    assert (count, seen) == (1200, [500, 1000])
