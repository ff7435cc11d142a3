"""The page a producer takes home: what it says when read back, and that it is one page."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import replace

import pytest

from ocop_desktop import text
from ocop_desktop.actions import advice_paper, results, rulebooks, self_score
from ocop_desktop.actions.advice_paper import AdvicePaper
from ocop_desktop.actions.dossiers import NewDossier, create, open_dossier
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import UserError
from ocop_desktop.papers.next_star import Line, NextStarSheet, render
from ocop_desktop.rules.ballot import Ballot
from ocop_desktop.rules.next_star import Step, advise
from ocop_desktop.rules.scoring import evaluate
from ocop_desktop.rules.working_rules import WorkingRules
from tests.actions.meeting import LAW, answers, hand_in, open_meeting, rules_of
from tests.pdf_text import pages_of

SHEET = NextStarSheet(
    body="Ủy ban nhân dân tỉnh Lạng Sơn", agency="Sở Nông nghiệp và Môi trường", place="Lạng Sơn", day=dt.date(2026, 2, 5),
    product="Chè Shan tuyết <Mẫu Sơn>", code="20-05980-03-2026", producer="HTX Mẫu Sơn & Xanh", address="Thôn 2, xã Mẫu Sơn",
    set_name="Bộ 11 - Chè", law="26/2026/QĐ-TTg", basis="Phiếu đánh giá của Hội đồng", points="69,9", stars=3, target=4,
    summary="Để đạt 4 sao còn thiếu 0,1 điểm và 1 điều kiện.", gates=(Line("2.3", "Phong cách", "Nhãn đủ", "+1"),),
    more=(Line("1.1", "Nguyên liệu", "Từ 75%", "+2"),), signer="Nguyễn Thị Lan")


def read(content: bytes) -> tuple[int, str]:
    """Pages, and the words with single blanks."""
    pages = pages_of(content)
    said = " ".join(" ".join(pages).split())
    return len(pages), unicodedata.normalize("NFC", said)


def test_it_says_whom_what_and_by_whom() -> None:
    pages, said = read(render(SHEET))
    assert pages == 1
    for words in ("ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                  "Độc lập - Tự do - Hạnh phúc", "Lạng Sơn, ngày 05 tháng 02 năm 2026", "ĐỂ ĐẠT 4 SAO",
                  "Sản phẩm: Chè Shan tuyết <Mẫu Sơn>", "Chủ thể: HTX Mẫu Sơn & Xanh", "69,9 điểm, 3 sao", SHEET.summary,
                  "I. Điều kiện phải đạt", "1 2.3 Phong cách Nhãn đủ +1", "II. Điểm cần thêm", "2 1.1 Nguyên liệu Từ 75% +2",
                  "Nơi nhận", "Nguyễn Thị Lan"):
        assert words in said, words


@pytest.mark.parametrize(("number", "points", "gates"), [(19, 0, 0), (13, 70, 4), (6, 30, 0), (10, 70, 4), (26, 0, 0)])
def test_the_longest_lists_the_sets_give_stay_on_one_page(number: int, points: int, gates: int) -> None:
    book = rulebooks.rulebook(LAW)
    ballots = [Ballot("a", answers(book.set(number), points, gates))]
    outcome = evaluate(book, book.set(number), ballots, WorkingRules())
    found = advise(book, book.set(number), ballots, outcome, WorkingRules())
    assert found is not None and len(found.steps) > 9

    def lines(steps: tuple[Step, ...]) -> tuple[Line, ...]:
        return tuple(Line(s.criterion.code, s.criterion.name.vi, s.option.label.vi, "+1,33") for s in steps)

    pages, said = read(render(replace(SHEET, gates=lines(found.gates), more=lines(found.points))))
    assert pages == 1 and f"{len(found.steps)} {found.steps[-1].criterion.code}" in said


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert render(SHEET, invariant=True) == render(SHEET, invariant=True)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_councils_result_on_paper_is_vietnamese_in_every_language(session: Session, language: str) -> None:
    _id, items, members = open_meeting(session, 1, 3)
    with pytest.raises(UserError, match="Chưa có gì để in"):
        advice_paper.pdf(session, AdvicePaper(item_id=items[0]))
    for member, points in zip(members, (69, 70, 70), strict=True):
        hand_in(session, items[0], member, answers(rules_of(session, items[0]), points, 4))
    found = results.result_of(session, items[0]).advice
    assert found is not None and found.stars == 4
    text.set_language(language)
    try:
        pages, said = read(advice_paper.pdf(session, AdvicePaper(item_id=items[0], who="Bà Lan")))
    finally:
        text.set_language("vi")
    assert pages == 1 and "Hiện nay: 69,67 điểm, 3 sao" in said and "Để đạt 4 sao còn thiếu 0,33 điểm." in said
    assert "(chưa chốt kết quả)" in said and all(s.criterion.name.vi in said for s in found.steps)


def test_a_self_score_on_paper_says_so(session: Session) -> None:
    number = create(session, NewDossier("Chè Shan", 11, "first", None, "HTX Mẫu Sơn", "cooperative"), "Lan")
    with pytest.raises(UserError, match="phần tự chấm chưa đủ"):
        advice_paper.pdf(session, AdvicePaper(dossier_id=number))
    rules = open_dossier(session, number).self_score.rules
    assert rules is not None
    for code, choice in answers(rules, 60, 3).items():
        self_score.choose(session, number, code, choice, "Lan")
    pages, said = read(advice_paper.pdf(session, AdvicePaper(dossier_id=number)))
    assert pages == 1 and "Điểm tự chấm của chủ thể, chưa qua Hội đồng" in said and "60 điểm, 3 sao" in said
