"""What follows from closed results, and the dossiers' forms, read back: decision draft, letters, forms 01 and 02, checklists."""

from __future__ import annotations

import datetime as dt
import io
import random
import unicodedata

import docx
import pypdf
import pytest

from ocop_desktop.actions import certificates, dossier_fields, results, session_papers
from ocop_desktop.actions.meeting_facts import comma
from ocop_desktop.actions.office import proposed_office, save_office
from ocop_desktop.actions.session_papers import SessionPaper
from ocop_desktop.data.communes import find_communes
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import AgendaItem, Result
from ocop_desktop.errors import UserError
from ocop_desktop.rules.council import Matter
from ocop_desktop.rules.scoring import shown
from tests.actions.meeting import answers, open_meeting, put_in, rules_of
from tests.actions.test_session_papers import LONG, MAKER, flat, holds, read, words_of
from tests.pdf_text import pages_of

STARS = (3, 4, 5, 2)


def ranked(session: Session) -> tuple[int, list[int]]:
    """Five dossiers: closed with 3, 4, potential 5 and 2 stars; the last one is scored but not closed. Two communes."""
    save_office(session, proposed_office(session, "20"))
    id, items, members = open_meeting(session, 5, 3)
    found = [find_communes(session, name, "20")[0] for name in ("Mẫu Sơn", "Chi Lăng")]
    for number, item in enumerate(items):
        producer = session.get(AgendaItem, item).dossier.product.producer
        producer.commune_id, producer.address, producer.representative = found[number % 2].id, f"Thôn {number + 1}", "Bà Lý Thị A"
    product = session.get(AgendaItem, items[0]).dossier.product
    product.name, product.producer.name = LONG, MAKER
    session.flush()
    session.expire_all()
    for item, (points, gates) in zip(items, ((60, 3), (80, 4), (95, 5), (40, 0), (77, 4)), strict=True):
        for member in members:
            put_in(session, item, member, answers(rules_of(session, item), points, gates))
    for item in items[:4]:
        close(session, item)
    return id, items


def close(session: Session, item: int) -> None:
    for matter in results.result_of(session, item).matters:
        made: Matter = matter.matter
        results.conclude(session, item, made.kind, made.code, made.values[0], "Đã xem")
    results.close_dossier(session, item, "Lan")


def stars_of(session: Session, items: list[int]) -> list[int | None]:
    return [session.query(Result).filter_by(item_id=item).one().stars for item in items[:4]]


def test_the_decision_names_three_and_four_stars_and_forwards_five(session: Session) -> None:
    id, items = ranked(session)
    assert stars_of(session, items) == list(STARS)
    _reader, said = read(session_papers.pdf(session, SessionPaper(id, "decision")))
    assert "Số: ……/QĐ-UBND" in said and "ngày …… tháng …… năm 2026" in said
    assert "Công nhận kết quả đánh giá, phân hạng 2 sản phẩm OCOP (1 sản phẩm hạng 4 sao, 1 sản phẩm hạng 3 sao)" in said
    assert "I. HẠNG 4 SAO: 1 SẢN PHẨM" in said and "II. HẠNG 3 SAO: 1 SẢN PHẨM" in said
    assert holds(said, LONG) and holds(said, MAKER)
    assert "hoàn thiện hồ sơ 1 sản phẩm tiềm năng 5 sao (Phụ lục II)" in said and "Hồng vành khuyên Văn Lãng" in said
    assert "Rượu men lá Bắc Sơn" not in said and "Hoa hồi khô Văn Quan" not in said  # 2 stars; not closed
    assert "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH" in said and "36 tháng" in said
    certificates.record_decision(session, "2117/QĐ-UBND", dt.date(2026, 12, 1), "UBND tỉnh Lạng Sơn", id)
    _reader, said = read(session_papers.pdf(session, SessionPaper(id, "decision")))
    assert "Số: 2117/QĐ-UBND" in said and "Lạng Sơn, ngày 01 tháng 12 năm 2026" in said


def test_without_three_stars_there_is_no_decision(session: Session) -> None:
    id, *_rest = open_meeting(session, 1, 3)
    for kind in ("decision", "notice-communes", "notice-producers", "ballots-filled"):
        with pytest.raises(UserError):
            session_papers.pdf(session, SessionPaper(id, kind))


def test_each_commune_is_told_of_its_own_products(session: Session) -> None:
    id, _items = ranked(session)
    content = session_papers.pdf(session, SessionPaper(id, "notice-communes"))
    reader, pages = pypdf.PdfReader(io.BytesIO(content)), list(map(flat, pages_of(content)))
    assert len(pages) == 2 and len(reader.outline) == 2
    first, second = (next(p for p in pages if holds(p, name)) for name in (LONG, "Miến dong Vạn Linh"))
    assert "Hồng vành khuyên Văn Lãng" in first and "Rượu men lá Bắc Sơn" in second and not holds(second, LONG)
    assert "Kính gửi: Ủy ban nhân dân xã Mẫu Sơn" in first and "Kính gửi: Ủy ban nhân dân xã Chi Lăng" in second
    assert "Hoa hồi khô Văn Quan" not in first + second
    assert "Tiềm năng 5 sao" in first and "Để đạt 3 sao" in second


def test_each_producer_is_told_the_points_and_what_is_missing(session: Session) -> None:
    id, items = ranked(session)
    reader, said = read(session_papers.pdf(session, SessionPaper(id, "notice-producers")))
    assert len([line for line in reader.outline if not isinstance(line, list)]) == 4
    for number, item in enumerate(items[:4]):
        view = results.result_of(session, item)
        assert view.outcome is not None
        assert f"{comma(shown(view.outcome.mean, 2))} điểm, " in said
        for part, mean in view.outcome.parts.items():
            assert f"{comma(shown(mean, 2))}/{rules_of(session, item).part_max[part]}" in said
        steps = view.advice.steps if view.advice else ()
        assert bool(steps) == (number != 2)
        for step in steps:
            told = f"{step.criterion.code} {step.criterion.name.vi} {step.option.label.vi} +{comma(shown(step.gain, 2))}"
            assert holds(said, told)
    word = "".join(words_of(session_papers.word(session, SessionPaper(id, "notice-producers"))))
    assert holds(word, LONG) and "Điểm từng phần:" in word


def test_forms_and_checklists_say_what_the_dossiers_say(session: Session) -> None:
    id, items = ranked(session)
    dossier = session.get(AgendaItem, items[4]).dossier
    session.get(AgendaItem, items[4]).dossier.status = "ready"
    for field, value in (("producer.phone", "0205 3871 999"), ("producer.email", "hoi@vidu.vn"),
                         ("producer.position", "Giám đốc"), ("paper.trademark.ticked", True),
                         ("paper.trademark.number", "4-0412345"), ("registration.samples", "5"),
                         ("self.1.1", "1"), ("evidence.1.1", "Bảng kê mua nguyên liệu 2025 <bản gốc> & hợp đồng")):
        dossier_fields.change(session, dossier.id, field, value, "Lan")
    _reader, one = read(session_papers.pdf(session, SessionPaper(id, "form-01")))
    for words in ("Hoa hồi khô Văn Quan", "0205387", "hoi@vidu.vn", "Giám đốc", "Nhãn hiệu (số 4-0412345)", "[x] Lần đầu",
                  "5 mẫu", "Ủy ban nhân dân xã Mẫu Sơn", "Sở Nông nghiệp và Môi trường"):
        assert words in one, words
    assert holds(one, LONG) and holds(one, MAKER)
    _reader, two = read(session_papers.pdf(session, SessionPaper(id, "form-02")))
    assert "Bảng kê mua nguyên liệu 2025 <bản gốc> & hợp đồng" in two and "Tổng điểm tự chấm:" in two
    assert "tiêu chí chưa tự chấm" in two and holds(two, LONG)
    _reader, three = read(session_papers.pdf(session, SessionPaper(id, "checklists")))
    assert "Nhãn hiệu x số 4-0412345" in three and "Còn thiếu:" in three and "- Ngày xã nhận" in three and holds(three, MAKER)


def test_attendance_list_and_invitations_name_every_member(session: Session) -> None:
    id, items = ranked(session)
    reader, said = read(session_papers.pdf(session, SessionPaper(id, "invitation")))
    assert len(reader.outline) == 4 and said.count("Kính mời: Ông (Bà)") == 4
    for number in range(len(items)):
        assert said.count(f"20-05980-{number + 1:02d}-2026") == 4
    assert "Hoàng Văn Minh, Sở Nông nghiệp và Môi trường – Chủ tịch Hội đồng" in said
    _reader, said = read(session_papers.pdf(session, SessionPaper(id, "attendance")))
    assert "1 Hoàng Văn Minh Sở Nông nghiệp và Môi trường Chủ tịch" in said and "Khách mời" in said


def certified(session: Session) -> int:
    """A session that is over: its certificates are issued."""
    id, _items = ranked(session)
    decision = certificates.record_decision(session, "2117/QĐ-UBND", dt.date(2026, 12, 1), session_id=id)
    certificates.issue(session, [c.result_id for c in certificates.certifiable(session)], decision, dt.date(2026, 12, 1))
    return id


def test_papers_of_a_session_that_is_over(session: Session) -> None:
    """Every Word file says what the PDF says; no page is empty and signatures are never alone."""
    id = certified(session)
    for kind in session_papers.PAPERS:
        pages = list(map(flat, pages_of(session_papers.pdf(session, SessionPaper(id, kind.key)))))
        if kind.key != "ballot-books":  # the very pages of the ballots
            for said in pages:
                assert len(said) > 60, kind.key
                if "(Ký, ghi rõ họ tên)" in said and "Trang " not in said:
                    assert len(said) > 120, (kind.key, said)
        if kind.word:
            pdf, content = flat("\n".join(pages)), session_papers.word(session, SessionPaper(id, kind.key))
            assert unicodedata.is_normalized("NFC", "".join(words_of(content)))
            lines = [line for line in docx.Document(io.BytesIO(content)).paragraphs
                     if line.text.strip("― ") and "Nhật ký" not in line.text]
            assert lines
            for line in lines:
                assert holds(pdf, line.text), (kind.key, line.text)


def test_names_of_any_kind_come_back_as_they_are(session: Session, chance: random.Random) -> None:
    id, items, members = open_meeting(session, 5, 3)
    names = []
    for item in items:
        letters = "".join(chance.choice("aăâeêioôơuưyđĐÂẮằẶếệỗợựỹ<>&\"'/-. ") for _ in range(chance.randint(20, 120)))
        name = f"Chè {letters} Z"
        product = session.get(AgendaItem, item).dossier.product
        product.name = unicodedata.normalize("NFD", name) if chance.random() < 0.5 else name
        names.append(name)
        for member in members:
            put_in(session, item, member, answers(rules_of(session, item), 60))
        close(session, item)
    for kind in ("minutes", "results", "decision", "notice-producers", "ballots", "ballots-filled", "invitation", "form-01",
                 "form-02", "checklists"):
        _reader, said = read(session_papers.pdf(session, SessionPaper(id, kind)))
        for name in names:
            assert holds(said, name), (kind, name)


