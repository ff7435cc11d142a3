"""The summary from a real file: what stands in the workbook is what stands in the database."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from ocop_desktop.actions import certificates, summary
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import Product
from ocop_desktop.errors import UserError
from tests.actions.decided import Decided, close_round, set_up_office

DAY = dt.date(2026, 11, 30)


@pytest.fixture
def decided(session: Session) -> Decided:
    set_up_office(session)
    made = close_round(session)
    decision = certificates.record_decision(session, "2117/QĐ-UBND", DAY, "UBND tỉnh Lạng Sơn", made.session_id)
    certificates.issue(session, [c.result_id for c in certificates.certifiable(session)], decision, DAY)
    return made


def test_summary_holds_counts_results_and_register(session: Session, decided: Decided, tmp_path: Path):
    session.query(Product).filter_by(name="Chè Shan tuyết Mẫu Sơn").update({"name": "=Chè"})
    steps: list[tuple[int, int, str]] = []
    done = summary.write_summary(session, str(tmp_path / "a.xlsx"), DAY, lambda *step: steps.append(step))
    assert (done.sessions, done.recognitions) == (1, 2)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Tổng hợp", "Kết quả 2026-2", "Sổ công nhận"]
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


def test_register_on_show_is_what_is_written(session: Session, decided: Decided, tmp_path: Path):
    assert summary.write_register(session, tmp_path / "a.xlsx", DAY, stars=4) == 1
    assert openpyxl.load_workbook(tmp_path / "a.xlsx")["Sổ công nhận"]["B2"].value == "Miến dong Vạn Linh"


def test_an_empty_file_gives_a_summary_too(session: Session, tmp_path: Path):
    assert summary.write_summary(session, tmp_path / "a.xlsx", DAY).recognitions == 0
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == ["Tổng hợp", "Sổ công nhận"]


def test_a_place_that_cannot_be_written_is_named_and_nothing_is_left(session: Session, decided: Decided, tmp_path: Path):
    with pytest.raises(UserError, match="khong"):
        summary.write_summary(session, tmp_path / "khong" / "a.xlsx", DAY)
    (tmp_path / "thu_muc.xlsx").mkdir()
    with pytest.raises(UserError, match="thu_muc"):
        summary.write_summary(session, tmp_path / "thu_muc.xlsx", DAY)
    assert {p.name for p in tmp_path.iterdir() if ".new" in p.name} == set()
