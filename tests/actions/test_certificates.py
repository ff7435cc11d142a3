"""Decisions, issuing, numbers, printing, the register, revoking: what the law asks for, in real files."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from ocop_desktop.actions import certificate_fate, certificates
from ocop_desktop.actions.certificate_papers import Pages, address_of, body_lines
from ocop_desktop.data.engine import Database, Session
from ocop_desktop.data.tables import Ballot, Certificate, Commune, Decision, Dossier, Producer, Product, Result
from ocop_desktop.errors import UserError
from ocop_desktop.rules.certificate_life import end_of, state_on
from ocop_desktop.rules.certificate_number import highest, like
from tests.actions.decided import Decided, close_round, set_up_office
from tests.pdf_text import pages_of

DAY = dt.date(2026, 11, 30)
AUTHORITY = "Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn"


@pytest.fixture
def decided(session: Session) -> Decided:
    set_up_office(session)
    return close_round(session)


def _decision(session: Session, decided: Decided) -> int:
    return certificates.record_decision(session, " 2117/QĐ-UBND ", DAY, AUTHORITY, decided.session_id)


def _issue(session: Session, decided: Decided) -> tuple[certificates.Issued, ...]:
    ready = [c.result_id for c in certificates.certifiable(session, decided.session_id)]
    return certificates.issue(session, ready, _decision(session, decided), DAY)


def _legacy(session: Session, name: str, issued: dt.date, decision: str = "", stars: int = 3,
            number: str | None = None) -> Certificate:
    producer = Producer(name="HTX " + name, folded=name.lower(), address="Thôn 1")
    session.add(producer)
    session.flush()
    product = Product(producer_id=producer.id, name=name, folded=name.lower(), set_no=4)
    session.add(product)
    session.flush()
    dossier = Dossier(product_id=product.id, status="history", stars=stars, search=name.lower())
    session.add(dossier)
    session.flush()
    made = Certificate(dossier_id=dossier.id, stars=stars, number=number, issued_on=issued, expires_on=end_of(issued))
    if decision:
        kept = Decision(number=decision, date=issued, authority="UBND tỉnh Lạng Sơn")
        session.add(kept)
        session.flush()
        made.decision_id = kept.id
    session.add(made)
    session.flush()
    return made


def _pages(path: Path) -> list[str]:
    return pages_of(path)


def test_every_result_says_what_may_become_of_it(session: Session, decided: Decided):
    states = [(c.stars, c.state) for c in certificates.candidates(session, decided.session_id)]
    assert states == [(3, "ready"), (4, "ready"), (5, "five"), (2, "low"), (None, "excluded")]
    assert [c.stars for c in certificates.certifiable(session)] == [3, 4]
    assert [w.kind for w in certificates.candidates(session)[0].warnings] == ["no_address"]


def test_issuing_gives_numbers_states_and_36_months(session: Session, decided: Decided):
    issued = _issue(session, decided)
    assert [i.number for i in issued] == ["01-2026/GCN-OCOP", "02-2026/GCN-OCOP"]
    assert {i.expires_on for i in issued} == {dt.date(2029, 11, 30)}
    kept = session.get_one(Certificate, issued[0].certificate_id)
    assert (kept.dossier.status, kept.dossier.stars, kept.result_id) == ("recognised", 3, decided.results[0])
    assert certificates.certifiable(session) == ()
    assert certificates.candidates(session)[0].state == "issued"


@pytest.mark.parametrize("place, words", [(2, "tiềm năng 5 sao"), (3, "2 sao"), (4, "bị loại")])
def test_what_the_law_does_not_allow_is_refused_and_nothing_is_issued(session: Session, decided: Decided, place: int, words: str):
    decision = _decision(session, decided)
    with pytest.raises(UserError, match=words):
        certificates.issue(session, [decided.results[place]], decision, DAY)
    assert certificates.register_count(session) == 0


def test_no_certificate_without_decision_closed_result_or_twice(session: Session, decided: Decided):
    with pytest.raises(UserError, match="quyết định"):
        certificates.issue(session, [decided.results[0]], 99, DAY)
    decision = _decision(session, decided)
    with pytest.raises(UserError, match="chưa chốt"):
        certificates.issue(session, [12345], decision, DAY)
    with pytest.raises(UserError, match="trước ngày quyết định"):
        certificates.issue(session, [decided.results[0]], decision, DAY - dt.timedelta(days=1))
    certificates.issue(session, [decided.results[0]], decision, DAY)
    with pytest.raises(UserError, match="đã có giấy"):
        certificates.issue(session, [decided.results[0]], decision, DAY)


def test_an_open_rescore_keeps_the_certificate_back(session: Session, decided: Decided):
    first = session.query(Ballot).filter_by(item_id=decided.items[0]).first()
    assert first is not None
    session.add(Ballot(item_id=first.item_id, member_id=first.member_id, version=2, reopened_why="Chênh lệch"))
    session.flush()
    assert certificates.candidates(session)[0].state == "rescore"
    with pytest.raises(UserError, match="chấm lại"):
        certificates.issue(session, [decided.results[0]], _decision(session, decided), DAY)


def test_a_decision_is_recorded_once_and_not_before_the_meeting(session: Session, decided: Decided):
    assert _decision(session, decided) == _decision(session, decided)
    view = certificates.decision_of(session, decided.session_id)
    assert view is not None
    assert (view.number, view.date, view.authority) == ("2117/QĐ-UBND", DAY, AUTHORITY)
    with pytest.raises(UserError, match="trước ngày họp"):
        certificates.record_decision(session, "1/QĐ", dt.date(2026, 1, 1), "", decided.session_id)
    with pytest.raises(UserError, match="số quyết định"):
        certificates.record_decision(session, "  ", DAY)


def test_a_decision_of_another_session_does_not_serve(session: Session, decided: Decided):
    other = Decision(number="9/QĐ", date=DAY, session_id=decided.session_id)
    session.add(other)
    session.flush()
    session.get_one(Result, decided.results[0]).item.session_id = close_other(session)
    with pytest.raises(UserError, match="phiên khác"):
        certificates.issue(session, [decided.results[0]], other.id, DAY)


def close_other(session: Session) -> int:
    """A further, empty session; its number."""
    from ocop_desktop.data.tables import CouncilSession

    made = CouncilSession(code="khac", name="Khác", council_id=1, held_on=DAY, rulebook="", working_rules={})
    session.add(made)
    session.flush()
    return made.id


def test_numbers_follow_the_pattern_per_year_without_gaps_or_doubles(session: Session, decided: Decided):
    _legacy(session, "Cũ", dt.date(2026, 3, 1), "1/QĐ").number = "07-2026/GCN-OCOP"
    _legacy(session, "Lạ", dt.date(2026, 3, 1), "2/QĐ").number = "999/XYZ"
    session.flush()
    assert certificates.next_number(session, DAY) == "08-2026/GCN-OCOP"
    assert [i.number for i in _issue(session, decided)] == ["08-2026/GCN-OCOP", "09-2026/GCN-OCOP"]
    assert certificates.next_number(session, dt.date(2027, 1, 1)) == "01-2027/GCN-OCOP"


def test_number_patterns_are_read_as_they_are_written():
    assert highest("{number:03d}/{year}.A+B", 2026, ["012/2026.A+B", "013/2026.AAB", "044/2025.A+B", "x"]) == 12
    assert highest("OCOP_{number}", 2026, ["OCOP_7", "OCOPx8", "OCOP_12"]) == 12
    assert like("100%_{number:02d}-{year}", 2026) == "100\\%\\_%-2026"


def test_one_file_holds_every_certificate_and_a_reprint_keeps_its_number(session: Session, decided: Decided, tmp_path: Path):
    issued = _issue(session, decided)
    ids = [i.certificate_id for i in reversed(issued)]
    printed = certificates.print_pdf(session, ids, tmp_path / "giay.pdf")
    assert (printed.count, printed.problems) == (2, ())
    pages = _pages(tmp_path / "giay.pdf")
    assert ["02-2026" in pages[0], "01-2026" in pages[1]] == [True, True]
    assert session.get_one(Certificate, ids[0]).printed_at is not None
    certificates.print_pdf(session, ids, tmp_path / "lai.pdf")
    assert "02-2026/GCN-OCOP" in _pages(tmp_path / "lai.pdf")[0]
    assert [p.name for p in tmp_path.glob("*.new")] == []


def test_a_page_says_what_the_file_says(session: Session, decided: Decided, tmp_path: Path):
    dossier = session.get_one(Result, decided.results[0]).item.dossier
    commune = session.query(Commune).filter_by(province_code="20").first()
    assert commune is not None
    dossier.product.producer.commune_id, dossier.product.producer.address = commune.id, "Thôn 4"
    session.flush()
    session.expire_all()
    issued = _issue(session, decided)
    certificates.print_pdf(session, [issued[0].certificate_id], tmp_path / "a.pdf")
    text = " ".join(_pages(tmp_path / "a.pdf")[0].split())
    for words in ("ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN", "Chè Shan tuyết Mẫu Sơn", "20-05980-01-2026", "Chè tươi, chè chế biến",
                  "HTX Mẫu Sơn Xanh", f"Thôn 4, {commune.kind.lower()} {commune.name}, tỉnh Lạng Sơn", "hạng 3 sao",
                  f"2117/QĐ-UBND ngày 30 tháng 11 năm 2026 của {AUTHORITY}", "Lạng Sơn, ngày 30 tháng 11 năm 2026",
                  "TM. ỦY BAN NHÂN DÂN", "30/11/2029"):
        assert words in text, words


def test_one_file_per_product(session: Session, decided: Decided, tmp_path: Path):
    issued = _issue(session, decided)
    printed = certificates.print_separately(session, [i.certificate_id for i in issued], tmp_path)
    assert sorted(p.name for p in tmp_path.glob("*.pdf")) == [
        "01-2026-GCN-OCOP Chè Shan tuyết Mẫu Sơn.pdf", "02-2026-GCN-OCOP Miến dong Vạn Linh.pdf"]
    assert printed.count == 2


def test_printing_gives_no_number_to_an_earlier_recognition(session: Session, tmp_path: Path):
    set_up_office(session)
    numbered = _legacy(session, "Mật ong", dt.date(2020, 5, 2), "12/QĐ-UBND", number="07-2020/GCN-OCOP")
    numberless = _legacy(session, "Hoa hồi", dt.date(2020, 1, 2), "7/QĐ-UBND")
    bare = _legacy(session, "Rượu", dt.date(2021, 5, 2))
    count, problems = certificates.write_pdf(session, tmp_path / "so.pdf")
    assert count == 1
    assert sorted(p.kind for p in problems) == ["no_decision", "no_number"]
    assert (numbered.number, numberless.number, bare.number) == ("07-2020/GCN-OCOP", None, None)
    assert "07-2020/GCN-OCOP" in _pages(tmp_path / "so.pdf")[0]
    lines = {line.product: line.printable for line in certificates.register(session, dt.date(2021, 6, 1)).lines}
    assert lines == {"Mật ong": True, "Hoa hồi": False, "Rượu": False}


def test_a_session_prints_only_its_own(session: Session, decided: Decided, tmp_path: Path):
    _issue(session, decided)
    _legacy(session, "Mật ong", dt.date(2020, 5, 2), "12/QĐ-UBND")
    assert certificates.write_pdf(session, tmp_path / "a.pdf", "2026-2") == (2, ())
    assert certificates.write_pdf(session, str(tmp_path / "b.pdf"))[0] == 2
    with pytest.raises(UserError, match="2026-2"):
        certificates.write_pdf(session, tmp_path / "c.pdf", "không có")


def test_nothing_to_print_writes_nothing(session: Session, tmp_path: Path):
    with pytest.raises(UserError, match="Chưa có giấy"):
        certificates.write_pdf(session, tmp_path / "a.pdf")
    _legacy(session, "Rượu", dt.date(2021, 5, 2))
    with pytest.raises(UserError, match="Không có giấy chứng nhận nào in được"):
        certificates.write_pdf(session, tmp_path / "a.pdf")
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_file_that_cannot_be_written_changes_nothing(db: Database, tmp_path: Path):
    with db.begin() as session:
        kept = _legacy(session, "Mật ong", dt.date(2020, 5, 2), "12/QĐ-UBND", number="01-2020/GCN-OCOP").id
    with pytest.raises(UserError, match="thư mục"), db.begin() as session:
        certificates.write_pdf(session, tmp_path / "khong" / "a.pdf")
    with db.begin() as session:
        assert session.get_one(Certificate, kept).printed_at is None


def test_cancelling_leaves_file_and_database_as_they_were(db: Database, tmp_path: Path):
    (tmp_path / "a.pdf").write_bytes(b"cu")
    with db.begin() as session:
        kept = _legacy(session, "Mật ong", dt.date(2020, 5, 2), "12/QĐ-UBND", number="01-2020/GCN-OCOP").id

    def stop(_done: int, _total: int, _what: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), db.begin() as session:
        certificates.write_pdf(session, tmp_path / "a.pdf", progress=stop)
    with db.begin() as session:
        assert session.get_one(Certificate, kept).printed_at is None
    assert (tmp_path / "a.pdf").read_bytes() == b"cu"
    assert {p.name for p in tmp_path.glob("*a.pdf*")} == {"a.pdf"}


def test_revoking_needs_ground_and_decision_and_ends_printing(session: Session, decided: Decided, tmp_path: Path):
    issued = _issue(session, decided)[0]
    right = certificates.Revocation(DAY, "untruthful", "88/QĐ-UBND", "12/KL-TTr", DAY)
    for said, wrong in (("căn cứ", replace(right, ground="")), ("số quyết định", replace(right, decision=" ")),
                        ("trước ngày cấp", replace(right, on=dt.date(2020, 1, 1))),
                        ("Ngày kết luận", replace(right, concluded_on=DAY + dt.timedelta(days=1)))):
        with pytest.raises(UserError, match=said):
            certificates.revoke(session, issued.certificate_id, wrong)
    certificates.revoke(session, issued.certificate_id, right)
    kept = session.get_one(Certificate, issued.certificate_id)
    assert (kept.revoked_ground, kept.revoked_by, kept.conclusion, kept.concluded_on, kept.revoked_why) == (
        "untruthful", "88/QĐ-UBND", "12/KL-TTr", DAY, "Hồ sơ không trung thực: 12/KL-TTr")
    with pytest.raises(UserError, match="đã thu hồi"):
        certificates.revoke(session, issued.certificate_id, right)
    count, problems = certificates.write_pdf(session, tmp_path / "a.pdf")
    assert (count, [p.kind for p in problems]) == (1, ["revoked"])
    listed = {c.certificate_id: c.state for c in certificates.candidates(session, decided.session_id)}
    assert listed[issued.certificate_id] == "revoked"


def test_revoking_keeps_the_conclusion_noted_before(session: Session, decided: Decided):
    issued = _issue(session, decided)[0]
    certificate_fate.conclude_against(session, issued.certificate_id, "misuse", "12/KL-TTr", DAY)
    certificates.revoke(session, issued.certificate_id, certificates.Revocation(DAY, "misuse", "88/QĐ-UBND"))
    kept = session.get_one(Certificate, issued.certificate_id)
    assert (kept.conclusion, kept.concluded_on, kept.revoked_on) == ("12/KL-TTr", DAY, DAY)


@pytest.mark.parametrize("day", [dt.date(2026, 6, 3), dt.date(2026, 6, 4), dt.date(2026, 8, 3), dt.date(2026, 8, 4),
                                 dt.date(2026, 12, 1), dt.date(2026, 12, 2)])
def test_register_states_are_those_of_the_rules(session: Session, day: dt.date):
    issued = (dt.date(2023, 12, 1), dt.date(2023, 12, 2), dt.date(2023, 11, 30), dt.date(2024, 2, 29), dt.date(2020, 1, 1))
    for number, start in enumerate(issued):
        _legacy(session, f"Sản phẩm {number}", start, f"{number}/QĐ")
    revoked = _legacy(session, "Thu hồi", dt.date(2025, 1, 1), "9/QĐ")
    revoked.revoked_on = dt.date(2026, 8, 4)
    session.flush()
    found = certificates.register(session, day)
    for line in found.lines:
        assert line.state == state_on(day, line.expires_on, line.revoked_on)
    for state, count in found.states.items():
        assert count == sum(line.state == state for line in found.lines)
        assert certificates.register(session, day, states=(state,)).count == count


def test_register_finds_without_accents_sorts_and_pages(session: Session, decided: Decided):
    _issue(session, decided)
    for number in range(5):
        _legacy(session, f"Mật ong {number}", dt.date(2020 + number, 5, 2), "12/QĐ-UBND", 3 + number % 2)
    from ocop_desktop.data.search import refresh_search

    refresh_search(session)
    assert certificates.register(session, DAY, "che shan").lines[0].product == "Chè Shan tuyết Mẫu Sơn"
    assert certificates.register(session, DAY, "02-2026").lines[0].number == "02-2026/GCN-OCOP"
    assert certificates.register(session, DAY, "mat ong").count == 5
    assert certificates.register(session, DAY, stars=4).count == 3
    pages = [certificates.register(session, DAY, page=n, size=3, sort="product", descending=False).lines for n in range(3)]
    names = [line.product for page in pages for line in page]
    assert len(names) == 7
    assert names[0] == "Chè Shan tuyết Mẫu Sơn"


def test_heads_and_addresses(session: Session):
    assert body_lines("Ủy ban nhân dân tỉnh Lạng Sơn") == ("ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN")
    assert body_lines("Sở X") == ("SỞ X",)
    assert body_lines("") == ()
    commune = session.query(Commune).filter_by(province_code="68").first()
    assert commune is not None
    made = _legacy(session, "Cà phê", dt.date(2025, 1, 1), "1/QĐ")
    made.dossier.product.producer.commune_id = commune.id
    session.flush()
    session.expire_all()
    assert address_of(made.dossier) == f"Thôn 1, {commune.kind.lower()} {commune.name}, tỉnh Lâm Đồng"
    page = Pages(session).of(made)
    assert page.body == ("ỦY BAN NHÂN DÂN", "TỈNH LÂM ĐỒNG")  # the office was never filled in
    five = Pages(session).of(_legacy(session, "Trà", dt.date(2025, 1, 1), "2/QĐ", 5))
    assert five.body == ("BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",)


def test_history_tells_what_was_done(session: Session, decided: Decided):
    issued = _issue(session, decided)[0]
    from ocop_desktop.data.changes import history_of

    assert [line.what for line in history_of(session, "certificate", issued.certificate_id)] == ["issued"]
