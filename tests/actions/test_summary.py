"""The summary from a real file: what stands in the workbook is what stands in the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from ocop_desktop import text
from ocop_desktop.actions import certificates, summary, summary_rounds
from ocop_desktop.actions.certificate_papers import set_head
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.data.engine import Database, Session
from ocop_desktop.data.tables import Product, Result
from ocop_desktop.errors import UserError
from tests.actions.decided import Decided, close_round, set_up_office
from tests.actions.meeting import LAW

DAY = dt.date(2026, 11, 30)


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, Decided]]:
    """A closed round whose two certificates are issued, made once."""
    database = open_or_create(tmp_path_factory.mktemp("summary") / "a.ocop")
    with database.begin() as session:
        set_up_office(session)
        made = close_round(session)
        decision = certificates.record_decision(session, "2117/QĐ-UBND", DAY, "UBND tỉnh Lạng Sơn", made.session_id)
        certificates.issue(session, [c.result_id for c in certificates.certifiable(session)], decision, DAY)
    yield database, made
    database.close()


@pytest.fixture
def session(closed: tuple[Database, Decided]) -> Iterator[Session]:
    """One transaction that is taken back at the end."""
    with pytest.raises(ZeroDivisionError), closed[0].begin() as opened:
        yield opened
        raise ZeroDivisionError


@pytest.fixture
def decided(closed: tuple[Database, Decided]) -> Decided:
    return closed[1]


def test_summary_holds_counts_results_and_register(session: Session, decided: Decided, tmp_path: Path):
    session.query(Product).filter_by(name="Chè Shan tuyết Mẫu Sơn").update({"name": "=Chè"})
    steps: list[tuple[int, int, str]] = []
    done = summary.write_summary(session, str(tmp_path / "a.xlsx"), DAY, lambda *step: steps.append(step))
    assert (done.sessions, done.recognitions) == (1, 2)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Tổng hợp", "Biểu đồ", "Kết quả 2026-2", "Điểm thành viên", "Điều kiện chưa đạt", "Sổ công nhận"]
    results = [[c.value for c in row] for row in book["Kết quả 2026-2"].iter_rows(min_row=5)]
    assert [row[2] for row in results] == ["=Chè", "Miến dong Vạn Linh", "Hồng vành khuyên Văn Lãng", "Rượu men lá Bắc Sơn",
                                           "Hoa hồi khô Văn Quan"]
    head = [c.value for c in book["Kết quả 2026-2"][4]]
    assert head[5:-3] == ["Sở Nông nghiệp và Môi trường", "Sở Công Thương", "Sở Y tế"]
    assert [row[-3:] for row in results] == [
        [60, 3, None], [78, 4, None], [95, 5, "Tiềm năng 5 sao, chuyển Bộ đánh giá"], [44, 2, None], [62, None, "Bị loại"]]
    register = [[c.value for c in row] for row in book["Sổ công nhận"].iter_rows(min_row=2)]
    assert [(row[1], row[13], row[16], row[19], row[20]) for row in register] == [
        ("=Chè", 3, "2117/QĐ-UBND", "01-2026/GCN-OCOP", "Còn hiệu lực"),
        ("Miến dong Vạn Linh", 4, "2117/QĐ-UBND", "02-2026/GCN-OCOP", "Còn hiệu lực")]
    assert book["Sổ công nhận"]["B2"].data_type == "s"


def test_ballots_and_conditions_are_those_of_the_closed_results(session: Session, decided: Decided, tmp_path: Path):
    summary.write_summary(session, tmp_path / "a.xlsx", DAY)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    ballots = [[c.value for c in row] for row in book["Điểm thành viên"].iter_rows(min_row=5)]
    assert len(ballots) == 5 * 3
    assert all(row[6] + row[7] + row[8] == row[9] for row in ballots)
    assert [row[9] for row in ballots[::3]] == [60, 78, 95, 44, 62]
    assert [row[10] for row in ballots] == [None] * 12 + ["Giấy tờ giả"] * 3
    missed = [[c.value for c in row] for row in book["Điều kiện chưa đạt"].iter_rows(min_row=5)]
    for place, name in enumerate(("Chè Shan tuyết Mẫu Sơn", "Miến dong Vạn Linh", "Hồng vành khuyên Văn Lãng")):
        result = session.get(Result, decided.results[place])
        unmet = result.snapshot["outcome"]["unmet"]
        told = {(row[6], row[7].split()[0], row[11]) for row in missed if row[2] == name}
        expected = {(stars, code) for stars in (5, 4, 3) for code in unmet[str(stars)]
                    if all(code not in unmet[str(less)] for less in range(3, stars))}
        assert {(stars, code) for stars, code, _low in told} == expected
        assert {low for stars, _code, low in told if stars > result.stars_by_points} <= {None}
    assert {row[2] for row in missed} == {"Chè Shan tuyết Mẫu Sơn", "Miến dong Vạn Linh", "Rượu men lá Bắc Sơn"}


def test_a_round_in_figures(session: Session, decided: Decided):
    held = next(iter(summary._held(session)))
    figures = summary_rounds.round_of(held).figures
    assert [figures["Phân hạng", rank] for rank in ("Tiềm năng 5 sao", "4 sao", "3 sao", "Dưới 3 sao", "Bị loại")] == [1] * 5
    assert figures["Chung", "Điểm trung bình"] == Decimal("69.25")  # of the four that were not thrown out
    assert sum(n for (group, _name), n in figures.items() if group == "Ngành") == figures["Chung", "Hồ sơ đã chốt"] == 5


def test_register_on_show_is_what_is_written(session: Session, decided: Decided, tmp_path: Path):
    assert summary.write_register(session, tmp_path / "a.xlsx", DAY, stars=4) == 1
    assert openpyxl.load_workbook(tmp_path / "a.xlsx")["Sổ công nhận"]["B2"].value == "Miến dong Vạn Linh"


def test_names_of_sets_are_in_the_language_of_the_workbook(session: Session, decided: Decided, tmp_path: Path):
    text.set_language("en")
    try:
        summary.write_register(session, tmp_path / "a.xlsx", DAY)
    finally:
        text.set_language("vi")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    head, row = ([c.value for c in line] for line in book.worksheets[0].iter_rows(max_row=2))
    known = dict(zip(head, row, strict=True))
    assert known["Product set"] == set_head(LAW, known["Set no."]).name.en


def test_an_empty_file_gives_a_summary_too(db: Database, tmp_path: Path):
    with db.begin() as session:
        assert summary.write_summary(session, tmp_path / "a.xlsx", DAY).recognitions == 0
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == ["Tổng hợp", "Sổ công nhận"]


def test_a_place_that_cannot_be_written_is_named_and_nothing_is_left(session: Session, decided: Decided, tmp_path: Path):
    with pytest.raises(UserError, match="khong"):
        summary.write_summary(session, tmp_path / "khong" / "a.xlsx", DAY)
    (tmp_path / "thu_muc.xlsx").mkdir()
    with pytest.raises(UserError, match="thu_muc"):
        summary.write_summary(session, tmp_path / "thu_muc.xlsx", DAY)
    assert {p.name for p in tmp_path.iterdir() if ".new" in p.name} == set()
