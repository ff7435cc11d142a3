"""Papers carry what the office says of itself: heads, who signs on the day, numbers of the register."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from sqlalchemy import select

from ocop_desktop.actions import (
    audit,
    certificate_fate,
    certificates,
    dossier_papers,
    dossiers,
    letter_fields,
    letterheads,
    number_patterns,
    numbering,
    office,
    paper_fields,
    paper_numbers,
    paper_signers,
    paper_templates,
    register_papers,
    session_papers,
    signatories,
)
from ocop_desktop.actions.certificates import Revocation
from ocop_desktop.actions.dossier_papers import DossierPaper
from ocop_desktop.actions.meeting_facts import meeting_of
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.actions.paper_numbers import For
from ocop_desktop.actions.session_papers import SessionPaper
from ocop_desktop.cli import main
from ocop_desktop.data.changes import history_of
from ocop_desktop.data.communes import find_communes
from ocop_desktop.data.engine import Database, Session
from ocop_desktop.data.tables import AgendaItem, Certificate, Dossier
from ocop_desktop.errors import ProblemsFound, UserError
from ocop_desktop.papers.blocks import Paper
from ocop_desktop.papers.example_fields import EXAMPLES
from ocop_desktop.papers.shipped_texts import word_file
from ocop_desktop.papers.word_template import fill as fill_in
from ocop_desktop.rules.rights import Actor
from ocop_desktop.rules.signatories import Signatory
from tests.actions.meeting import answers, open_meeting, put_in, rules_of
from tests.actions.test_outcome_papers import close, ranked
from tests.expected.examples import fill
from tests.pdf_text import pages_of

DAY = dt.date(2026, 3, 1)
CHAIR = Signatory("committee", "Hồ Tiến Thiệu", "Chủ tịch", collective="Ủy ban nhân dân", first=dt.date(2021, 6, 1))
DEPUTY = Signatory("committee", "Đoàn Thanh Sơn", "Phó Chủ tịch", "KT.", "Chủ tịch", "Ủy ban nhân dân", DAY)
HEAD = Signatory("agency", "Lý Việt Hưng", "Giám đốc", first=DAY, last=dt.date(2026, 12, 31))


def said(session: Session, paper: SessionPaper) -> str:
    """The words of a paper's PDF."""
    return " ".join("\n".join(pages_of(session_papers.pdf(session, paper))).split())


@pytest.fixture
def meeting(session: Session) -> int:
    office.save_office(session, office.proposed_office(session, "20"))
    return open_meeting(session, 2)[0]


def test_two_people_never_sign_on_one_day(session: Session) -> None:
    signatories.add(session, CHAIR)
    with pytest.raises(ProblemsFound) as caught:
        signatories.add(session, DEPUTY)
    assert caught.value.problems[0].place.column == "first" and "Hồ Tiến Thiệu" in str(caught.value)
    assert signatories.listed(session) == (CHAIR,)
    signatories.add(session, DEPUTY, "Lan", end_earlier=True)
    assert office.read_office(session, DAY).signatory_title == DEPUTY.lines
    assert office.read_office(session, dt.date(2026, 2, 28)).signatory_name == CHAIR.name
    assert office.read_office(session, dt.date(2020, 1, 1)).signatory_name == ""
    assert history_of(session, signatories.ENTITY, 0)[0].who == "Lan"
    signatories.remove(session, DEPUTY)
    assert signatories.on(session, "committee", DAY) is None
    with pytest.raises(UserError):
        signatories.remove(session, DEPUTY)


def test_an_invitation_has_the_head_the_number_and_who_signs_that_day(session: Session, meeting: int) -> None:
    paper = SessionPaper(meeting, "invitation")
    signatories.add(session, HEAD)
    letterheads.save_head(session, replace(letterheads.read_heads(session)["agency"], code="SNNMT"), "Lan")
    assert "Số: ……/GM-SNNMT" in said(session, paper)
    assert numbering.numbering(session, paper, DAY).following == ("01/GM-SNNMT",)
    with pytest.raises(UserError):
        letterheads.save_head(session, letterheads.Head("agency", code="SỞ NN"))
    numbering.take_numbers(session, paper, DAY, "Lan")
    words = said(session, paper)
    assert "Số: 01/GM-SNNMT" in words and "Lạng Sơn, ngày 01 tháng 3 năm 2026" in words
    assert "GIÁM ĐỐC Lý Việt Hưng" in words
    with pytest.raises(UserError, match="đã có số"):
        numbering.take_numbers(session, paper, DAY)
    number = paper_numbers.register(session)[0]
    paper_numbers.cancel(session, number.id, "Đổi ngày họp", "Lan")
    with pytest.raises(UserError):
        paper_numbers.cancel(session, number.id, "lần nữa")
    numbering.take_numbers(session, paper, dt.date(2027, 1, 4))
    words = said(session, paper)
    assert "Số: 01/GM-SNNMT" in words and "Lý Việt Hưng" not in words and "(Chưa ghi người ký ngày 04/01/2027)" in words
    assert [(n.year, n.text, n.state, n.reason) for n in paper_numbers.register(session)] == [
        (2027, "01/GM-SNNMT", "taken", ""), (2026, "01/GM-SNNMT", "cancelled", "Đổi ngày họp")]
    assert "04/01/2027" in str(session_papers.made(session, paper)[1][0])


def test_numbers_have_no_gaps_and_no_doubles(db: Database) -> None:
    kind, what = ("committee", "QĐ"), For("Quyết định khác")
    with db.begin() as session:
        number_patterns.set_first(session, *kind, 2026, 118)
        assert paper_numbers.take(session, *kind, DAY, what)[0].text == "118/QĐ-UBND"
        assert [n.text for n in paper_numbers.reserve(session, *kind, 2026, 2, "Đính chính")] == ["119/QĐ-UBND", "120/QĐ-UBND"]
        number_patterns.set_pattern(session, *kind, "{so:02}/QĐ-UBND-NN")
    with pytest.raises(ZeroDivisionError), db.begin() as session:  # the record failed: no number is gone
        paper_numbers.take(session, *kind, DAY, what)
        raise ZeroDivisionError
    with db.begin() as session:
        line = next(k for k in number_patterns.kinds(session, 2026) if (k.issuer, k.sign) == kind)
        assert (line.following, line.own, line.begun) == ("121/QĐ-UBND-NN", True, True)
        with pytest.raises(UserError, match="giữ chỗ"):
            paper_numbers.take(session, *kind, dt.date(2026, 2, 1), what)
        kept = next(n for n in paper_numbers.register(session, 2026) if n.number == 119)
        assert paper_numbers.use_reserved(session, kept.id, *kind, dt.date(2026, 2, 1), what).state == "taken"
        with pytest.raises(UserError):
            paper_numbers.use_reserved(session, kept.id, *kind, DAY, what)
        with pytest.raises(UserError):
            number_patterns.set_first(session, *kind, 2026, 1)
        assert paper_numbers.take(session, *kind, dt.date(2027, 1, 5), what)[0].text == "01/QĐ-UBND-NN"
        assert [n.number for n in paper_numbers.register(session, 2026)] == [118, 119, 120]
        for wrong in ("QĐ", "{nam}", "{so}{x}", "{so.real}"):
            with pytest.raises(UserError):
                number_patterns.set_pattern(session, *kind, wrong)
        with pytest.raises(UserError):
            paper_numbers.take(session, "committee", "XX", DAY, what)
    with db.begin() as session:
        assert audit.check(session) == ()


def test_a_decision_does_not_take_the_number_of_another_paper(session: Session, meeting: int) -> None:
    other = paper_numbers.take(session, "committee", "QĐ", DAY, For("Quyết định thành lập Hội đồng"))[0]
    with pytest.raises(UserError, match="thành lập"):
        certificates.record_decision(session, other.text, dt.date(2026, 12, 1), session_id=None)
    paper_numbers.cancel(session, other.id, "Viết hỏng")
    with pytest.raises(UserError, match="hủy"):
        certificates.record_decision(session, other.text, dt.date(2026, 12, 1), session_id=None)
    assert certificates.record_decision(session, "02/QĐ-UBND", dt.date(2026, 12, 1), session_id=None)
    line = next(k for k in number_patterns.kinds(session, 2026) if (k.issuer, k.sign) == ("committee", "QĐ"))
    kept = paper_numbers.reserve(session, "committee", "QĐ", 2026, 1, "Đính chính")[0]
    assert kept.text == line.following == "03/QĐ-UBND"  # the decision recorded by hand has 02, and the register took it in
    assert [(n.text, n.state) for n in paper_numbers.register(session)] == [
        ("01/QĐ-UBND", "cancelled"), ("02/QĐ-UBND", "taken"), ("03/QĐ-UBND", "reserved")]
    with pytest.raises(UserError, match="giữ chỗ"):
        certificates.record_decision(session, kept.text, dt.date(2026, 12, 2), session_id=None)
    decided = next(n for n in paper_numbers.register(session) if n.text == "02/QĐ-UBND")
    with pytest.raises(UserError, match="đính chính"):
        paper_numbers.cancel(session, decided.id, "Viết hỏng")


def test_letters_of_dossiers_and_of_the_register_have_numbers_of_their_own(session: Session, tmp_path: Path) -> None:
    meeting = fill(session).session_id
    around, out = of_register(session), tmp_path / "a.docx"
    request, later = SessionPaper(meeting, "commune-request"), dt.date(2026, 12, 8)
    assert set(numbering.take_numbers(session, request, DAY)) == {"01/UBND"}  # each commune counts its own
    assert said(session, request).count("Số: 01/UBND") == len({n.body for n in paper_numbers.register(session)}) == 3
    first = paper_numbers.register(session)[0]
    one = DossierPaper(int(first.record.removeprefix("dossier:")), "commune-request")
    assert numbering.numbering(session, one, DAY).taken == ("01/UBND",) and "Số: 01/UBND" in said(session, one)
    with pytest.raises(UserError, match="đã có số"):
        numbering.take_numbers(session, one, DAY)
    chosen = replace(around["revocation"][0], kind="revocation")
    assert numbering.take_numbers(session, chosen, later, "Lan") == ("01/QĐ-UBND",)
    for kind, numbers in (("ministry", ("01/UBND",)), ("advisory", ("01/BC-TTV",)), ("results", ("01/BTH-HĐ",)),
                          ("score-sheets", ("02/BTH-HĐ", "03/BTH-HĐ", "04/BTH-HĐ", "05/BTH-HĐ", "06/BTH-HĐ"))):
        assert numbering.take_numbers(session, SessionPaper(meeting, kind), later) == numbers
        assert all(f"Số: {number}" in said(session, SessionPaper(meeting, kind)) for number in numbers)
    register_papers.save(session, "revocation", out, chosen.ids, later)
    assert "01/QĐ-UBND" in words_in(out) and "ngày 08 tháng 12 năm 2026" in words_in(out)
    reminders = letter_fields.Chosen((), around["renewal-letters"][0].today, "renewal-letters")
    with pytest.raises(UserError, match="ngày lập"):
        numbering.take_numbers(session, reminders, later)
    assert numbering.take_numbers(session, reminders, reminders.today) == ("01/CV",)
    tomorrow = replace(reminders, today=DAY + dt.timedelta(days=1))
    assert numbering.numbering(session, tomorrow, tomorrow.today).following == ("02/CV",)  # another day, another letter
    certificates.record_decision(session, "2/qđ-ubnd", dt.date(2026, 12, 9))
    other = replace(chosen, ids=(session.scalars(select(Certificate.id).order_by(Certificate.id)).all()[1],))
    certificate_fate.conclude_against(session, other.ids[0], "breach", "Kết luận 5/KL", later)
    assert numbering.numbering(session, other, later).following == ("03/QĐ-UBND",)  # what will be taken is told
    revoked = Revocation(later, "breach", "1/qđ-ubnd")
    certificates.revoke(session, chosen.ids[0], revoked)
    with pytest.raises(UserError, match="đính chính"):
        paper_numbers.cancel(session, next(n.id for n in paper_numbers.register(session) if n.text == "01/QĐ-UBND"), "x")


def test_a_producer_without_a_commune_keeps_no_other_from_its_number(session: Session) -> None:
    meeting, lost = fill(session).session_id, "dossier:3"
    session.get(Dossier, 3).product.producer.commune = None
    session.flush()
    session.expire_all()
    assert numbering.take_numbers(session, SessionPaper(meeting, "commune-request"), DAY) == ("01/UBND", "01/UBND")
    assert len(numbering.take_numbers(session, SessionPaper(meeting, "form-03"), DAY)) == 4
    assert all(line.body and line.record != lost for line in paper_numbers.register(session))
    with pytest.raises(UserError, match="chưa ghi xã, phường"):
        numbering.take_numbers(session, DossierPaper(3, "form-03"), DAY)


def test_two_producers_of_one_name_get_two_numbers(session: Session) -> None:
    office.save_office(session, office.proposed_office(session, "20"))
    meeting, items, members = open_meeting(session, 2, 3)
    for number, item in enumerate(items, 1):
        producer = session.get(AgendaItem, item).dossier.product.producer
        producer.name, producer.address = "Hộ kinh doanh Hoàng Văn An", f"Thôn {number}"
    session.flush()
    session.expire_all()
    for item in items:
        for member in members:
            put_in(session, item, member, answers(rules_of(session, item), 80, 4))
        close(session, item)
    letters = SessionPaper(meeting, "notice-producers")
    numbers = numbering.take_numbers(session, letters, dt.date(2026, 12, 8))
    assert set(numbers) == {"01/TB", "02/TB"}
    assert all(said(session, letters).count(f"Số: {number}") == 1 for number in numbers)


def test_a_deputy_signs_one_paper_and_no_other(session: Session, tmp_path: Path) -> None:
    meeting = fill(session).session_id
    signatories.add(session, replace(CHAIR, name="Hồ Tiến Thiệu"), end_earlier=True)
    ministry, council = SessionPaper(meeting, "ministry"), SessionPaper(meeting, "minutes")
    paper_signers.choose(session, ministry, DEPUTY, "Lan")
    assert "KT. CHỦ TỊCH PHÓ CHỦ TỊCH Đoàn Thanh Sơn" in said(session, ministry)
    assert "Đoàn Thanh Sơn" not in said(session, SessionPaper(meeting, "decision"))
    seen = paper_signers.signing(session, ministry, DAY)
    assert (seen.issuer, seen.chosen.name, seen.usual.name) == ("committee", "Đoàn Thanh Sơn", "Hồ Tiến Thiệu")
    chosen, out = replace(of_register(session)["revocation"][0], kind="revocation"), tmp_path / "a.docx"
    assert [one.name for one in paper_signers.signing(session, chosen, DAY).known][-1] == "Đoàn Thanh Sơn"
    paper_signers.choose(session, chosen, replace(DEPUTY, name="Lương Trọng Quỳnh"))
    register_papers.save(session, "revocation", out, chosen.ids, chosen.today)
    assert "Lương Trọng Quỳnh" in words_in(out)
    reminders = letter_fields.Chosen((), DAY, "renewal-letters")
    office.save_office(session, replace(office.read_office(session), agency="Sở Nông nghiệp và Môi trường"))
    paper_signers.choose(session, reminders, replace(HEAD, name="Lý Thị Phó"))
    assert paper_signers.signing(session, reminders, DAY).chosen.name == "Lý Thị Phó"
    later = replace(reminders, today=DAY + dt.timedelta(days=1))  # another letter, and the deputy was for that one
    assert paper_signers.signing(session, later, later.today).chosen is None
    paper_signers.choose(session, ministry, None)
    assert "Hồ Tiến Thiệu" in said(session, ministry) and paper_signers.signing(session, ministry, DAY).chosen is None
    assert paper_signers.signing(session, council, DAY).issuer == ""  # minutes have the meeting's own signatures
    with pytest.raises(UserError, match="chỗ ký"):
        paper_signers.choose(session, council, DEPUTY)
    with pytest.raises(ProblemsFound) as caught:
        paper_signers.choose(session, ministry, replace(DEPUTY, title="", head=""))
    assert [p.place.column for p in caught.value.problems] == ["title", "head"]
    session.flush()
    assert [line.what for line in history_of(session, "paper_signer", 0)][:1] == ["removed"]


def test_a_choice_goes_from_every_letter_though_a_product_was_put_back_since(session: Session) -> None:
    meeting = fill(session).session_id
    request, people = SessionPaper(meeting, "commune-request"), Signatory("commune", "Nguyễn Văn Xã", "Chủ tịch")
    item = session.scalars(select(AgendaItem).where(AgendaItem.session_id == meeting, AgendaItem.dossier_id == 2)).one()
    kept, item.status = item.status, "removed"  # the other product of its commune is the only one of the letter meanwhile
    session.flush()
    session.expire_all()
    paper_signers.choose(session, request, people)
    item.status = kept
    session.flush()
    session.expire_all()
    assert said(session, request).count(people.name) == 3
    paper_signers.choose(session, request, None)
    assert people.name not in said(session, request)


def test_two_windows_never_get_the_same_number(tmp_path: Path) -> None:
    path, kind = tmp_path / "a.ocop", ("agency", "CV")
    mine = open_or_create(path)
    with mine.begin() as session:
        first = paper_numbers.take(session, *kind, DAY, For("Của Lan"))
        with pytest.raises(UserError, match="cửa sổ khác"):  # the other window waits outside until this one is closed
            open_or_create(path)
    mine.close()
    other = open_or_create(path)
    with other.begin() as session:
        second = paper_numbers.take(session, *kind, DAY, For("Của Minh"))
        assert (first[0].text, second[0].text) == ("01/CV", "02/CV")
    other.close()
    with contextlib.closing(sqlite3.connect(path)) as raw, pytest.raises(sqlite3.IntegrityError):  # nor by another hand
        raw.execute("UPDATE paper_number SET number = 1")


def test_a_number_written_otherwise_is_the_same_and_a_batch_leaves_out_decisions(session: Session) -> None:
    certificates.record_decision(session, "3/qđ-ubnd", dt.date(2026, 2, 1))
    kept = paper_numbers.reserve(session, "committee", "QĐ", 2026, 3, "Đính chính")
    assert [n.text for n in kept] == ["01/QĐ-UBND", "02/QĐ-UBND", "04/QĐ-UBND"]  # 03 is the one recorded by hand
    for typed in ("4/QĐ-UBND", "04/qđ-ubnd", "04 / QĐ-UBND"):
        with pytest.raises(UserError, match="giữ chỗ"):
            certificates.record_decision(session, typed, dt.date(2026, 3, 1))


def test_a_reserved_number_is_for_its_kind_and_for_one_letter(session: Session, meeting: int) -> None:
    letter = paper_numbers.reserve(session, "agency", "CV", 2026, 1, "Công văn")[0]
    with pytest.raises(UserError, match="loại văn bản khác"):
        numbering.take_numbers(session, SessionPaper(meeting, "invitation"), DAY, reserved=letter.id)
    with pytest.raises(UserError, match="mỗi thư một số"):
        paper_numbers.use_reserved(session, letter.id, "agency", "CV", DAY, For("Thông báo", ("xã A", "xã B")))


@pytest.mark.parametrize("wrong", [lambda s: paper_numbers.reserve(s, "agency", "GM", 26, 1, "x"),
                                   lambda s: paper_numbers.reserve(s, "agency", "GM", 10**30, 1, "x"),
                                   lambda s: number_patterns.set_first(s, "agency", "GM", 2026, 10**30),
                                   lambda s: paper_numbers.register(s, 10**30), lambda s: number_patterns.kinds(s, 12),
                                   lambda s: paper_numbers.cancel(s, 10**30, "x"),
                                   lambda s: paper_numbers.take(s, "agency", "GM", dt.date(1, 1, 1), For("x")),
                                   lambda s: number_patterns.upcoming(s, "agency", "GM", 1, 1),
                                   lambda s: number_patterns.set_pattern(s, "agency", "GM", "{so}/\udcff"),
                                   lambda s: number_patterns.set_pattern(s, "agency", "GM", "{so}/\0"),
                                   lambda s: paper_numbers.reserve(s, "agency", "GM", 2026, 1, "\udcff"),
                                   lambda s: letterheads.save_head(s, letterheads.Head("agency", own="\udcff")),
                                   lambda s: signatories.add(s, replace(HEAD, name="A\0"))])
def test_years_numbers_and_signs_no_office_has_are_refused(session: Session, wrong: Callable[[Session], object]) -> None:
    with pytest.raises(UserError):
        wrong(session)


def test_the_commands_take_the_kinds_an_office_has(new_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.ocop"
    shutil.copyfile(new_file, path)

    def run(job: str, *words: str) -> int:
        return main([*job.split(), "--db", str(path), *words])

    assert run("number pattern", "--of", "xx/yy") == run("number pattern", "--of", "committee") == 2
    assert "committee/QĐ" in capsys.readouterr().err
    assert run("number pattern", "--of", "committee/QĐ", "--first", "7") == 0
    assert "07/QĐ-UBND" in capsys.readouterr().out


def shape(value: object) -> object:
    """Names of fields, whatever they hold; of a list those of its entries."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    return [shape(value[0])] if isinstance(value, list) and value and isinstance(value[0], dict) else type(value)


def of_register(session: Session) -> dict[str, tuple[letter_fields.Chosen, Sequence[Paper]]]:
    """Papers around the certificates of the file, with what they are made from."""
    made = session.scalars(select(Certificate).order_by(Certificate.id)).all()
    made[1].expires_on = DAY + dt.timedelta(days=150)
    day = {"renewal-letters": DAY}
    found = {}
    for kind in register_papers.REGISTER_PAPERS:
        chosen = letter_fields.Chosen((made[0].id,), day.get(kind.key, dt.date(2026, 12, 8)))
        found[kind.key] = chosen, kind.make(session, chosen.ids, chosen.today)
    return found


def test_every_paper_with_own_words_has_the_fields_of_its_example(db: Database, tmp_path: Path) -> None:
    out = tmp_path / "giay.docx"
    with db.begin() as session:
        meeting = meeting_of(session, fill(session).session_id)
        around = of_register(session)
        for kind, known in EXAMPLES.items():
            source, papers = around[kind] if kind in around else (
                meeting, session_papers.bare(session, session_papers.kind_of(kind), meeting)[1])
            real = paper_fields.fields_of(kind, session, source, papers)
            assert set(real) == set(known), kind
            for name, value in real.items():
                if value:
                    assert shape(value) == shape(known[name]), (kind, name)
            out.write_bytes(fill_in(word_file(kind), real))
            assert "{" not in words_in(out) and len(words_in(out)) > 300, kind
        paper_templates.save_for_editing(session, "revocation", out)
        paper_templates.use(session, "revocation", out)
        source = around["revocation"][0]
        register_papers.save(session, "revocation", out, source.ids, source.today)
        assert "Kết luận thanh tra số 45/KL-SYT" in words_in(out)
        with pytest.raises(UserError, match="mẫu Word riêng"):
            register_papers.as_pdf(session, "revocation", source.ids, source.today)
        assert set(paper_fields.KINDS) == set(EXAMPLES) == {line.kind for line in paper_templates.listed(session)}


def test_a_dossier_in_no_session_is_written_in_own_words(session: Session, tmp_path: Path) -> None:
    file, out = tmp_path / "mau.docx", tmp_path / "giay.docx"
    office.save_office(session, office.proposed_office(session, "20"))
    commune = find_communes(session, "Mẫu Sơn", "20")[0].id
    made = dossiers.create(session, dossiers.NewDossier("Chè", 4, producer="HTX A", producer_kind="cooperative",
                                                        commune_id=commune), "Lan")
    for kind in ("commune-request", "form-03", "advisory"):
        paper_templates.save_for_editing(session, kind, file)
        edited = docx.Document(str(file))
        edited.paragraphs[-1].insert_paragraph_before("Văn riêng: {{ kinh_gui }}.")
        edited.save(str(file))
        paper_templates.use(session, kind, file)
        session_papers.save_pdf(session, DossierPaper(made, kind), out)
        assert "Văn riêng: " in words_in(out) and "{" not in words_in(out), kind
        assert kind in dossier_papers.listing(session, made).own


def words_in(path: Path) -> str:
    """The words of a Word file, those of tables too."""
    body = docx.Document(str(path)).element.body
    return " ".join(part.text or "" for part in body.iter(qn("w:t")))


def test_own_words_are_used_and_the_shipped_ones_come_back(db: Database, tmp_path: Path) -> None:
    with db.begin() as session:
        session_id, _items = ranked(session)
    file, out = tmp_path / "mau.docx", tmp_path / "giay.docx"
    with db.begin() as session:
        paper_templates.save_for_editing(session, "notice-communes", file)
        edited = docx.Document(str(file))
        next(p for p in edited.paragraphs if p.text.startswith("Đề nghị Ủy ban")).runs[0].text = "Văn riêng gửi {{ thu.xa }}."
        edited.save(str(file))
        paper_templates.use(session, "notice-communes", file, "Lan")
    paper = SessionPaper(session_id, "notice-communes")
    with db.begin() as session:
        assert [t.name for t in paper_templates.listed(session) if t.name] == ["mau.docx"]
        numbering.take_numbers(session, paper, DAY)
        session_papers.save_pdf(session, paper, out)
        words = "\n".join(p.text for p in docx.Document(str(out)).paragraphs)
        communes = {item.commune for item, _closed in meeting_of(session, session_id).closed if item.commune}
        assert words.count("Văn riêng gửi") == len(communes) > 1
        heads = [t.rows[0].cells[0].text for t in docx.Document(str(out)).tables if "Số: " in t.rows[0].cells[0].text]
        assert [f"Số: {n:02d}/TB" in head for n, head in enumerate(heads, 1)] == [True] * len(communes)
        with pytest.raises(UserError, match="mẫu Word riêng"):
            session_papers.pdf(session, paper)
        broken = docx.Document(str(file))
        broken.add_paragraph("{{ chu_tich }}")
        broken.save(str(file))
        with pytest.raises(ProblemsFound, match="chu_tich"):
            paper_templates.use(session, "notice-communes", file)
        with pytest.raises(UserError):
            paper_templates.use(session, "ballots", file)
    with db.begin() as session:
        states = [line.who for line in history_of(session, "paper_template", 1)]
        assert states[0] == "Lan" and audit.check(session) == ()
    with db.begin() as session:
        paper_templates.reset(session, "notice-communes")
        assert session_papers.pdf(session, paper).startswith(b"%PDF") and not paper_templates.has_own(session, "notice-communes")


@pytest.mark.parametrize("other", ["x'20'", "'chữ'"])
def test_other_words_put_into_an_own_file_from_outside_are_found(tmp_path: Path, other: str) -> None:
    path, mine = tmp_path / "a.ocop", tmp_path / "mau.docx"
    file = open_or_create(path)
    with file.begin() as session:
        paper_templates.save_for_editing(session, "invitation", mine)
        paper_templates.use(session, "invitation", mine)
    file.close()
    with contextlib.closing(sqlite3.connect(path)) as raw, raw:
        raw.execute(f"UPDATE paper_template SET content = {other}")
    file = open_or_create(path)
    with file.begin() as session:
        found = audit.check(session)
    file.close()
    assert [p.kind for p in found] == ["chain_record"]


def test_what_the_office_says_is_the_clerks_alone(db: Database, tmp_path: Path) -> None:
    db.actor = Actor("viewer", "Người xem", person_id=9)
    for attempt in (lambda s: signatories.add(s, CHAIR), lambda s: letterheads.save_head(s, letterheads.Head("agency", code="X")),
                    lambda s: paper_numbers.reserve(s, "agency", "GM", 2026, 1, "x"),
                    lambda s: paper_templates.reset(s, "minutes"),
                    lambda s: paper_templates.use(s, "minutes", tmp_path / "x.docx"), paper_numbers.register):
        with pytest.raises(UserError, match="việc của thư ký"), db.begin() as session:
            attempt(session)
