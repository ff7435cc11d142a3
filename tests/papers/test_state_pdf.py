"""Papers hold whatever is written into them."""

from __future__ import annotations

import pytest

from ocop_desktop.actions.scoring_locks import LONGEST_WORDS
from ocop_desktop.papers import state_pdf
from ocop_desktop.papers.blocks import Column, Grid, Paper, Para, Signature, Signatures, Turn
from ocop_desktop.papers.session_record import Part, Record, Vote, render
from tests.pdf_text import pages_of


@pytest.mark.parametrize(("words", "rows", "wide"), [(250, 3, False), (400, 2, False), (1500, 1, False), (900, 2, True)])
def test_rows_as_high_as_a_page_go_on_over_the_next(words: int, rows: int, wide: bool) -> None:
    reason = " ".join(f"w{n}" for n in range(words))
    table = Grid((Column("TT", 9), Column("Lý do", 60)), tuple((f"r{n}", reason) for n in range(rows)), 10.5)
    turn = (Turn(wide=True),) if wide else ()
    signed = Signatures(Signature(("CHỦ TỊCH",), "Hồ Tiến Thiệu"))
    found = " ".join(pages_of(state_pdf.render([Paper("Báo cáo", (*turn, Para("Như sau:"), table, signed))], "Báo cáo"))).split()
    assert found.count("w0") == found.count(f"w{words - 1}") == found.count(f"w{words // 2}") == rows
    assert "Thiệu" in found and {f"r{n}" for n in range(rows)} <= set(found)


def test_a_record_holds_the_longest_reasons_that_may_be_written() -> None:
    reason = " ".join(f"w{n}" for n in range(4000))[:LONGEST_WORDS]
    last = reason.split()[-2]
    votes = (Vote("Sở Công Thương", "70", "60", reason, reason), Vote("Sở Y tế", "71"))
    made = Record("Hồ sơ", ("Phiên",), (("Địa điểm", reason),), (("Quy chế", "Mặc định"),), (("1", "Lan", "x", reason),), (), (
        Part(1, "Chè", "HTX", "", "", votes=votes),), (), "1:" + "a" * 64, "b" * 64, "a.json")
    assert " ".join(pages_of(render(made))).split().count(last) == 4
