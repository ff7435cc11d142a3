"""The papers of a session: what they say when read back is what the file holds, and nothing of dossiers that are not closed."""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
from fractions import Fraction
from pathlib import Path

import docx
import pypdf
import pytest

from ocop_desktop.actions import attendance, audit, certificates, dossier_papers, people, results, session_papers, sessions
from ocop_desktop.actions.dossier_papers import DossierPaper
from ocop_desktop.actions.meeting_facts import comma
from ocop_desktop.actions.session_papers import SessionPaper
from ocop_desktop.cli import main
from ocop_desktop.data.communes import find_communes
from ocop_desktop.data.engine import Database, Session
from ocop_desktop.data.tables import AgendaItem, Member, Result
from ocop_desktop.errors import UserError
from ocop_desktop.rules.scoring import shown
from tests.actions.meeting import answers, open_meeting, put_in, rules_of
from tests.actions.province import DOSSIERS, EXCLUDED, LATE, RECUSED, SPREADS, UNTIL, hold
from tests.actions.test_people import Hall
from tests.pdf_text import pages_of

LONG = "Chè Shan tuyết cổ thụ hữu cơ Mẫu Sơn ướp hoa sói rừng sao lửa củi bằng chảo gang theo lối cổ truyền người Dao đỏ hộp 25g"
MAKER = "Hợp tác xã Nông nghiệp và Dịch vụ tổng hợp hữu cơ vùng cao biên giới Mẫu Sơn – Công Sơn – Cao Lộc (Chi nhánh ở Lạng Sơn)"


def flat(words: str) -> str:
    """Words with single blanks, and it is NFC already."""
    assert unicodedata.is_normalized("NFC", words)
    return " ".join(words.split())


def read(content: bytes) -> tuple[pypdf.PdfReader, str]:
    """The file, and its words."""
    return pypdf.PdfReader(io.BytesIO(content)), flat("\n".join(pages_of(content)))


def holds(said: str, words: str) -> bool:
    """Whether words stand there; a long word may be cut at the end of a line."""
    return "".join(words.split()) in "".join(said.split())


def one_closed(session: Session) -> tuple[int, list[int], list[int]]:
    """Three dossiers: the first closed, the second scored by all but one, the third untouched; long names, an absent member."""
    id, items, members = open_meeting(session, 3)
    product = session.get(AgendaItem, items[0]).dossier.product
    product.name, product.producer.name = LONG, MAKER
    assert len(LONG) == 120 and len(MAKER) >= 120
    sessions.recuse(session, items[0], members[3], "Có vốn góp ở hợp tác xã")
    attendance.mark_presence(session, items[0], members[8], False)
    for number, member in enumerate(members[:8]):
        if number != 3:
            put_in(session, items[0], member, answers(rules_of(session, items[0]), 60 + number % 2))
    for number, member in enumerate(members[:8]):
        put_in(session, items[1], member, answers(rules_of(session, items[1]), 71 + number % 2))
    results.close_dossier(session, items[0], "Lan")
    return id, items, members


def test_minutes_of_a_province_say_what_the_file_holds(db: Database) -> None:
    with db.begin() as session:
        held = hold(session)
    with db.begin() as session:
        content = session_papers.pdf(session, SessionPaper(held.session_id, "minutes"))
        head, stored = audit.head(session), session.query(Result).order_by(Result.item_id).all()
        names = [m.name for m in session.query(Member)]
    reader, pages = pypdf.PdfReader(io.BytesIO(content)), pages_of(content)
    said = flat("\n".join(pages))
    for name in names:
        assert name in said
    for number, result in enumerate(stored):
        dossier = result.snapshot["dossier"]
        mean = comma(shown(Fraction(result.mean_numerator, result.mean_denominator), 2))
        assert f"{number + 1} {dossier['code']} {dossier['product']} {dossier['producer']} {mean} " in said
    assert f"đã chốt kết quả {DOSSIERS} hồ sơ" in said and "Bị loại" in said
    assert f"Đến từ hồ sơ số {UNTIL + 1}" in said and LATE == 8
    for (number, _seat), why in RECUSED.items():
        assert f"không chấm hồ sơ “{stored[number].snapshot['dossier']['product']}”: {why}." in said
    for number in SPREADS:
        vote = stored[number].snapshot["ballots"][0]
        assert f"{vote['member']}: điểm trước" in said
    assert "Đề nghị loại: Hội đồng loại hồ sơ. Lý do:" in said and EXCLUDED == 15
    assert holds(said, f"{head.seq}:{head.hash}")
    assert "Căn cứ Quyết định số 1253/QĐ-UBND ngày 12 tháng 6 năm 2026" in said
    assert "Thư ký: Lan Thị Thư." in said and said.count("CHỦ TỌA") == 1
    wide = [page.mediabox.width > page.mediabox.height for page in reader.pages]
    assert wide == sorted(wide) and wide.count(True) >= 4
    for page, across in zip(pages, wide, strict=True):
        if across:
            assert "Hồ sơ" in page or "Mã sản phẩm" in page  # the head is repeated
    last_upright = [page for page, across in zip(pages, wide, strict=True) if not across][-1]
    assert "THƯ KÝ" in last_upright and "Cuộc họp kết thúc" in last_upright
    assert f"{len(pages)}/{len(pages)}" in pages[-1]
    assert reader.metadata and reader.metadata.title and reader.metadata.author
    assert reader.trailer["/Root"]["/Lang"] == "vi"
    fonts = [font for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts and all("+" in font.get_object()["/BaseFont"] for font in fonts)  # every one an embedded subset


def test_nothing_is_said_of_scores_that_are_not_closed(db: Database) -> None:
    with db.begin() as session:
        id, items, _members = one_closed(session)
    with db.begin() as session:
        session.get(AgendaItem, items[1]).dossier.product.name = "Miến dong Vạn Linh"
        for kind in ("minutes", "results"):
            _reader, said = read(session_papers.pdf(session, SessionPaper(id, kind)))
            assert holds(said, LONG) and holds(said, MAKER)
            assert " 60 " in said and not re.search(r"\b7[12]\b", said)
            found = "".join(cell for cell in words_of(session_papers.word(session, SessionPaper(id, kind))))
            assert holds(found, LONG) and not re.search(r"\b7[12]\b", found)
        _reader, said = read(session_papers.pdf(session, SessionPaper(id, "minutes")))
        assert "Chuyên gia độc lập Thành viên Đến từ hồ sơ số 2" in said and "“" + "Miến dong Vạn Linh" + "”" in said


def words_of(content: bytes) -> list[str]:
    """Every paragraph of a Word file, those in its tables too."""
    made = docx.Document(io.BytesIO(content))
    found = [p.text + "\n" for p in made.paragraphs]
    for table in made.tables:
        for row in table.rows:
            found += [cell.text + "\n" for cell in row.cells]
    return found


def test_the_result_table_has_one_column_per_agency(db: Database) -> None:
    with db.begin() as session:
        id, _items, _members = one_closed(session)
    with db.begin() as session:
        made = docx.Document(io.BytesIO(session_papers.word(session, SessionPaper(id, "results"))))
        (table,) = [t for t in made.tables if len(t.columns) > 2]
        heads = [cell.text for cell in table.rows[0].cells]
        assert heads[:5] == ["TT", "Mã sản phẩm", "Tên sản phẩm", "Chủ thể", "Địa chỉ"] and len(heads) == 5 + 9 + 2
        (row,) = [[cell.text for cell in row.cells] for row in table.rows[1:]]
        assert row[2] == LONG and row[3] == MAKER
        assert row[5:14] == ["60", "61", "60", "KC", "60", "61", "60", "61", "V"]
        assert row[14] == comma(shown(Fraction(60 * 4 + 61 * 3, 7), 2)) == "60,43"
        assert "w:tblHeader" in table.rows[0]._tr.xml and made.sections[0].page_width > made.sections[0].page_height
        _reader, said = read(session_papers.pdf(session, SessionPaper(id, "results")))
        assert "60 61 60 KC 60 61 60 61 V 60,43" in said and "KC: không chấm, V: vắng" in said


def test_word_files_have_styles_headings_and_page_numbers(db: Database) -> None:
    with db.begin() as session:
        id, *_rest = one_closed(session)
    with db.begin() as session:
        made = docx.Document(io.BytesIO(session_papers.word(session, SessionPaper(id, "minutes"))))
    headings = [p.text for p in made.paragraphs if p.style.name == "Heading 1"]
    assert headings[0] == "I. THỜI GIAN, ĐỊA ĐIỂM" and len(headings) == 7
    assert made.styles["Nội dung"].font.name == "Times New Roman"
    assert "PAGE" in made.sections[0].header._element.xml and "NUMPAGES" in made.sections[0].header._element.xml
    assert made.core_properties.language == "vi-VN" and made.core_properties.title
    wide = [s.page_width > s.page_height for s in made.sections]
    assert wide == [False, True, True]
    assert not [p for p in made.paragraphs if p.style.name == "Normal" and p.text.strip()]


def test_the_command_writes_every_kind(db: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with db.begin() as session:
        id, items, _members = one_closed(session)
        session.get(AgendaItem, items[0]).dossier.product.producer.commune_id = find_communes(session, "Mẫu Sơn", "20")[0].id
        decision = certificates.record_decision(session, "2117/QĐ-UBND", dt.date(2026, 12, 1), session_id=id)
        certificates.issue(session, [c.result_id for c in certificates.certifiable(session)], decision, dt.date(2026, 12, 1))
    db.close()
    for kind in (k for k in session_papers.PAPERS if k.key != "ministry"):  # no result has 5 stars
        out = tmp_path / f"{kind.key}.pdf"
        assert main(["papers", "--db", str(db.path), "--session", "2026-2", "--kind", kind.key, "--out", str(out)]) == 0
        assert pypdf.PdfReader(out).pages
    assert main(["papers", "--db", str(db.path), "--session", "x", "--kind", "minutes", "--out", str(tmp_path / "a.pdf")]) == 2
    assert "2026-2" in capsys.readouterr().err
    assert main(["papers", "--db", str(db.path), "--session", "2026-2", "--kind", "x", "--out", str(tmp_path / "a.pdf")]) == 2
    assert "minutes" in capsys.readouterr().err and not (tmp_path / "a.pdf").exists()


def test_papers_keep_the_rights(db: Database) -> None:
    hall = Hall(db)
    hall.refused(lambda s: session_papers.pdf(s, SessionPaper(hall.session_id, "minutes")))
    hall.enter("member")
    listed = hall.do(lambda s: [k.key for k in session_papers.listing(s, hall.session_id).kinds])
    assert listed == ["minutes", "results", "score-sheets"]
    for kind in session_papers.PAPERS:
        paper = SessionPaper(hall.session_id, kind.key)
        if kind.key in listed[:2]:
            assert hall.do(lambda s, paper=paper: session_papers.pdf(s, paper))
        else:
            why = {"advisory": "Tổ tư vấn", "score-sheets": "đã chốt"}.get(kind.key, "thư ký")
            hall.refused(lambda s, paper=paper: session_papers.pdf(s, paper), why)
    hall.enter("clerk")
    assert hall.do(lambda s: session_papers.listing(s, hall.session_id).kinds) == session_papers.PAPERS
    dossier = hall.do(lambda s: s.get_one(AgendaItem, hall.items[0]).dossier_id)
    person = hall.do(lambda s: people.add(s, "Ông Tư Vấn", "Chi cục Phát triển nông thôn", "advisory"))
    code = hall.do(lambda s: people.give_code(s, person))
    hall.out()
    hall.do(lambda s: people.choose_pin(s, person, code, "4826"))
    assert hall.do(lambda s: [k.key for k in dossier_papers.listing(s, dossier).kinds]) == ["advisory"]
    assert hall.do(lambda s: session_papers.pdf(s, DossierPaper(dossier, "advisory")))
    hall.refused(lambda s: session_papers.pdf(s, DossierPaper(dossier, "form-01")), "thư ký")


def test_a_session_without_closed_results_still_has_its_minutes(session: Session) -> None:
    id, *_rest = open_meeting(session, 2)
    _reader, said = read(session_papers.pdf(session, SessionPaper(id, "minutes")))
    assert "Chưa có hồ sơ nào được chốt kết quả." in said
    with pytest.raises(UserError):
        session_papers.pdf(session, SessionPaper(999, "minutes"))


