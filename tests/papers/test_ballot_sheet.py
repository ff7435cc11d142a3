"""Paper ballots read back: words, codes on every page, crosses where the choices are, one ballot per dossier and member."""

from __future__ import annotations

import io
import random
import re
import unicodedata
from dataclasses import replace

import pypdf
import pypdfium2
import pytest
import zxingcpp
from reportlab.pdfgen.canvas import Canvas

from ocop_desktop.actions import results, rulebooks, session_papers, sessions
from ocop_desktop.actions.session_papers import SessionPaper
from ocop_desktop.data.engine import Database
from ocop_desktop.errors import UserError
from ocop_desktop.papers.ballot_form import Spot, lay_out
from ocop_desktop.papers.ballot_sheet import MARK, Ballot, render
from ocop_desktop.papers.state_pdf import text
from ocop_desktop.rules.ballot import part_totals, total
from ocop_desktop.rules.rulebook import NONE_APPLIES
from tests.actions.meeting import LAW, answers, hand_in, open_meeting, put_in, rules_of
from tests.actions.test_session_papers import LONG, MAKER, holds
from tests.pdf_text import pages_of

BOOK = rulebooks.rulebook(LAW)


def ballot(number: int, **more: object) -> Ballot:
    made = Ballot(BOOK, BOOK.set(number), "Hội đồng đánh giá, phân hạng sản phẩm OCOP cấp tỉnh", "Đợt 2 - 2026", "2026-2", 7,
                  "20-05980-03-2026", LONG, MAKER, f"{MAKER}, xã Mẫu Sơn, tỉnh Lạng Sơn", "0205 3871 000", "lần đầu", 31,
                  "Nguyễn Thị Bích Phượng", "Sở Nông nghiệp và Môi trường")
    return replace(made, **more)


def spots_of(number: int) -> dict[str, Spot]:
    text("")
    return lay_out(Canvas(io.BytesIO()), BOOK.set(number), BOOK, "form0").spots


def dark(bitmap: object, x: float, y: float) -> bool:
    """Whether the inside of a box at a spot is crossed: at 144 dots per inch two pixels are a point."""
    left, top = int(2 * (x + 2)), int(bitmap.height - 2 * (y + 8.5))
    pixels = [bitmap.getpixel((left + dx, top + dy)) for dx in range(11) for dy in range(11)]
    return sum(p < 128 for p in pixels) > 20


@pytest.mark.parametrize("number", range(1, 27))
def test_every_set_has_its_ballot_with_every_option(number: int) -> None:
    rules = BOOK.set(number)
    pages = pages_of(render([ballot(number)], "Phiếu"))
    said = " ".join("\n".join(pages).split())
    assert unicodedata.is_normalized("NFC", said)
    for words in (LONG, MAKER, "Nguyễn Thị Bích Phượng", "20-05980-03-2026", "ĐỀ NGHỊ LOẠI HỒ SƠ",
                  f"Bộ {number}. {rules.name.vi}"):
        assert holds(said, words), words
    for criterion in rules.criteria:
        assert holds(said, criterion.name.vi), criterion.code
        for option in criterion.options:
            assert holds(said, option.label.vi), (criterion.code, option.choice)
    spots = spots_of(number)
    assert {key for key in spots if "=" in key} == {
        f"{c.code}={choice}" for c in rules.criteria for choice in (NONE_APPLIES, *c.by_choice)}
    assert f"Trang {len(pages)}/{len(pages)}" in pages[-1]
    assert "THÀNH VIÊN CHẤM ĐIỂM" in pages[-1] and len(pages) <= 7


def test_a_filled_ballot_is_crossed_where_its_choices_are(chance: random.Random) -> None:
    for number in (11, 16, 26):
        rules = BOOK.set(number)
        choices = answers(rules, 60)
        code = chance.choice([c.code for c in rules.criteria if not c.story and c.code not in {x.story for x in rules.criteria}])
        choices[code] = NONE_APPLIES
        filled = ballot(number, choices=choices, opinion="Bao bì cần ghi rõ hạn dùng.", day="Ngày 05 tháng 02 năm 2026")
        content = render([filled], "P")
        document = pypdfium2.PdfDocument(content)
        pages = [page.render(scale=2).to_pil().convert("L") for page in document]
        crossed = {key for key, (page, x, y) in spots_of(number).items()
                   if ("=" in key or key in ("exclude", "keep")) and dark(pages[page], x, y)}
        assert crossed == {f"{c}={choice}" for c, choice in choices.items()} | {"keep"}
        said = "\n".join(pages_of(content))
        assert "Bao bì cần ghi rõ hạn dùng." in said and "Ngày 05 tháng 02 năm 2026" in said
        figures = re.findall(r"\d+", said[said.index("TỔNG ĐIỂM"):])
        for points in (*part_totals(rules, choices).values(), total(rules, choices)):
            assert str(points) in figures


def test_every_page_carries_the_code_of_dossier_and_member() -> None:
    document = pypdfium2.PdfDocument(render([ballot(11), ballot(11, member_id=32, place=8)], "P"))
    found = []
    for page in document:
        codes = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
        found.append([code.text for code in codes])
    half = len(found) // 2
    assert found == ([[f"{MARK}/2026-2/7/20-05980-03-2026/31/{n}"] for n in range(1, half + 1)]
                     + [[f"{MARK}/2026-2/8/20-05980-03-2026/32/{n}"] for n in range(1, half + 1)])


def test_words_too_long_for_their_place_go_on_on_a_page_of_their_own() -> None:
    words = " ".join(f"ý-kiến-{n}" for n in range(900))
    pages = pages_of(render([ballot(11, choices=answers(BOOK.set(11), 60), opinion=words)], "P"))
    said = " ".join("\n".join(pages).split())
    assert "Xem trang sau." in said and holds(said, words[-120:]) and holds(said, words[:120])
    assert f"Trang {len(pages)}/{len(pages)}" in pages[-1]


def test_a_session_has_one_ballot_per_dossier_and_member_and_filled_ones_only_when_closed(db: Database) -> None:
    with db.begin() as session:
        id, items, members = open_meeting(session, 3, 4)
        sessions.recuse(session, items[1], members[2], "Có cổ phần")
        with pytest.raises(UserError):
            session_papers.pdf(session, SessionPaper(id, "ballots-filled"))
        for item in items[:2]:
            for member in members:
                if (item, member) != (items[1], members[2]):
                    hand_in(session, item, member, answers(rules_of(session, item), 60))
        results.close_dossier(session, items[0], "Lan")
    with db.begin() as session:
        by_dossier = outline(session_papers.pdf(session, SessionPaper(id, "ballots")))
        assert [len(members) for _name, members in by_dossier] == [4, 3, 4]
        assert [name.split(".")[0] for name, _members in by_dossier] == ["1", "2", "3"]
        by_member = outline(session_papers.pdf(session, SessionPaper(id, "ballot-books")))
        assert [len(dossiers) for _name, dossiers in by_member] == [3, 3, 2, 3]
        assert by_member[0][0] == "Hoàng Văn Minh (Sở Nông nghiệp và Môi trường)"
        filled = session_papers.pdf(session, SessionPaper(id, "ballots-filled"))
        assert [(name, len(members)) for name, members in outline(filled)] == [("1. Chè Shan tuyết Mẫu Sơn", 4)]
        with pytest.raises(UserError):
            session_papers.word(session, SessionPaper(id, "ballots"))


def test_the_book_of_a_session_to_be_signed_opens_and_prints_in_the_order_of_the_agenda(db: Database) -> None:
    with db.begin() as session:
        id, items, (member,) = open_meeting(session, 9, 1)
        for item in items:
            put_in(session, item, member, answers(rules_of(session, item), 60))
            for matter in results.result_of(session, item).matters:
                results.conclude(session, item, matter.matter.kind, matter.matter.code, matter.matter.values[0], "Đã xem")
            results.close_dossier(session, item, "Lan")
    with db.begin() as session:
        content = session_papers.pdf(session, SessionPaper(id, "ballots-filled"))
    reader, book = pypdf.PdfReader(io.BytesIO(content)), pypdfium2.PdfDocument(content)
    feet = [re.search(r"Phiếu số (\d) .*?Trang (\d+)/(\d+)", page, re.DOTALL) for page in pages_of(content)]
    order = [tuple(map(int, foot.groups())) for foot in feet if foot]
    assert len(order) == len(reader.pages) == len(book) >= 26
    assert order == [(number, page, count) for number in range(1, 10)
                     for count in [next(c for n, _p, c in order if n == number)] for page in range(1, count + 1)]
    heads = [entry for entry in reader.outline if not isinstance(entry, list)]
    places = [reader.get_destination_page_number(entry) for entry in heads]
    assert places == [order.index(found) for found in order if found[1] == 1]  # each bookmark leads to a dossier's first page
    codes = [zxingcpp.read_barcodes(book[place].render(scale=2).to_pil())[0].text for place in places]
    assert codes == [f"{MARK}/2026-2/{n}/20-05980-{n:02d}-2026/{member}/1" for n in range(1, 10)]


def outline(content: bytes) -> list[tuple[str, list[str]]]:
    """The outline: each heading with its lines."""
    made: list[tuple[str, list[str]]] = []
    for entry in pypdf.PdfReader(io.BytesIO(content)).outline:
        if isinstance(entry, list):
            made[-1][1].extend(line.title for line in entry)
        else:
            made.append((entry.title, []))
    return made


def test_the_same_ballots_give_the_same_file() -> None:
    assert render([ballot(11)], "P", invariant=True) == render([ballot(11)], "P", invariant=True)
