"""The programme report as files: the figures of the example stand in them, as numbers where numbers are wanted."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import docx
import openpyxl
import pypdf
import pytest

from ocop_desktop import cli
from ocop_desktop.actions import programme_figures, programme_paper, programme_report
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.data.engine import Database
from ocop_desktop.errors import UserError
from tests.pdf_text import pages_of

DAYS = (dt.date(2019, 1, 1), dt.date(2022, 12, 31), dt.date(2023, 6, 2))


@pytest.fixture(scope="module")
def file(tmp_path_factory, example_of) -> Path:
    path = tmp_path_factory.mktemp("programme") / "mau.ocop"
    return example_of(path, dt.date(2026, 11, 23))


@pytest.fixture(scope="module")
def example(file: Path):
    db = open_or_create(file)
    yield db
    db.close()


def written(example: Database, path: Path) -> Path:
    with example.begin() as session:
        programme_paper.write_report(session, programme_figures.compare(session, *DAYS), path)
    return path


def test_every_figure_opens_what_it_counts_in_both_periods(example: Database) -> None:
    with example.begin() as session:
        made = programme_figures.compare(session, dt.date(2023, 1, 1), dt.date(2025, 12, 31), dt.date(2026, 11, 23))
        told = 0
        for part in made.parts:
            for figure in part.figures:
                for report, value in ((made.now, figure.value), (made.before, figure.before)):
                    found = programme_figures.behind(session, figure, report.span)
                    if figure.source == "products":
                        assert len(found) == value, figure
                    elif figure.money:
                        assert sum(line.money or 0 for line in found) == value, figure
                    told += value
    assert told > 0


def test_the_period_before_is_counted_as_a_period_of_its_own(example: Database) -> None:
    with example.begin() as session:
        made = programme_figures.compare(session, dt.date(2023, 1, 1), dt.date(2026, 12, 31), dt.date(2027, 6, 2))
        assert programme_report.as_plain(made.before) == programme_report.as_plain(programme_report.report(session, *DAYS))


def test_the_workbook_has_real_numbers_and_a_sheet_for_every_list(example: Database, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(example, tmp_path / "bao-cao.xlsx"))
    figures = {str(row[0].value).strip(): row[1].value for row in book["Báo cáo"].iter_rows(min_row=4) if row[0].value}
    assert figures["Hội nghị tuyên truyền"] == 679
    assert figures["Tổng kinh phí huy động"] == 17_500_000_000
    assert (figures["Sản phẩm đăng ký"], figures["Sản phẩm được công nhận từ 3 sao"]) == (105, 94)
    assert {name: book[name].max_row - 4 for name in ("Đăng ký", "Được công nhận", "Còn hiệu lực", "Hết hiệu lực")} == {
        "Đăng ký": 105, "Được công nhận": 94, "Còn hiệu lực": 84, "Hết hiệu lực": 10}
    paid = [row[2].value for row in book["Kinh phí"].iter_rows(min_row=5)]
    assert sum(paid) == 17_500_000_000
    days = [row[7].value for row in book["Được công nhận"].iter_rows(min_row=5)]
    assert all(isinstance(day, dt.datetime) for day in days)
    shares = {row[1].value: (row[2].value, row[4].value, row[8].value) for row in book["Chỉ tiêu"].iter_rows(min_row=4)}
    assert shares["Chủ thể là hợp tác xã"] == ("%", 40, "Đạt")


def test_pdf_and_word_say_the_same_figures(example: Database, tmp_path: Path) -> None:
    said = " ".join(" ".join(pages_of(written(example, tmp_path / "bao-cao.pdf"))).split())
    word = docx.Document(str(written(example, tmp_path / "bao-cao.docx")))
    cells = {row.cells[1].text: [cell.text for cell in row.cells[2:]] for table in word.tables[1:-1] for row in table.rows
             if len(row.cells) > 2}
    assert cells["Hội nghị tuyên truyền"] == ["679", "0", "+679"]
    assert cells["Tổng kinh phí huy động"] == ["17.500.000.000", "0", "+17.500.000.000"]
    for words in ("BÁO CÁO", "17.500.000.000", "Sản phẩm đăng ký 105", "Lạng Sơn, ngày 02 tháng 6 năm 2023", "PHỤ LỤC"):
        assert words in said
    assert max(len(table.rows) for table in word.tables) == 95  # the annex: 94 products and a head


def test_another_ending_is_refused_and_nothing_stays_behind(example: Database, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="docx"):
        written(example, tmp_path / "bao-cao.odt")
    with pytest.raises(UserError, match="Không có thư mục"):
        written(example, tmp_path / "missing" / "bao-cao.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_the_report_too(file: Path, tmp_path: Path, capsys) -> None:
    shutil.copyfile(file, tmp_path / "mau.ocop")
    code = cli.main(["report", "--db", str(tmp_path / "mau.ocop"), "--from", "2019-01-01", "--to", "31/12/2022", "--as-of",
                     "2023-06-02", "--out", str(tmp_path / "a.pdf")])
    assert code == 0
    assert "17.500.000.000" in capsys.readouterr().out
    assert pypdf.PdfReader(tmp_path / "a.pdf").pages
