"""Papers that go from one level to the next, read back: the commune's, the advisory team's, the council's, the province's."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import pypdf
import pytest

from ocop_desktop.actions import advisory, backups, certificates, dossier_fields, dossier_papers, results, session_papers
from ocop_desktop.actions.dossier_papers import DossierPaper
from ocop_desktop.actions.meeting_facts import comma
from ocop_desktop.actions.session_papers import SessionPaper
from ocop_desktop.cli import main
from ocop_desktop.data.engine import Database, Session
from ocop_desktop.data.tables import AgendaItem
from ocop_desktop.errors import UserError
from ocop_desktop.rules.scoring import meeting, shown
from tests.actions.meeting import answers, hand_in, open_meeting, rules_of
from tests.actions.test_outcome_papers import ranked
from tests.actions.test_session_papers import LONG, MAKER, holds, read, words_of
from tests.pdf_text import pages_of


class TakenBack(Exception):
    """Ends a transaction of which nothing is to be kept."""


@pytest.fixture(scope="module")
def held(new_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, int, list[int]]]:
    """A session with closed results of 3, 4, potential 5 and 2 stars and one that is not closed; made once."""
    from ocop_desktop.actions.opening import open_or_create

    path = tmp_path_factory.mktemp("held") / "ocop.ocop"
    shutil.copyfile(new_file, path)
    database = open_or_create(path)
    with database.begin() as session:
        id, items = ranked(session)
        _more(session, items)
    yield database, id, items
    database.close()


def _more(session: Session, items: list[int]) -> None:
    """What the dossiers say besides; the last one, not closed, is what form 03 is read from."""
    first, last = session.get_one(AgendaItem, items[2]).dossier, session.get_one(AgendaItem, items[4]).dossier
    last.status = "ready"
    last.filed_on, last.commune_received_on = dt.date(2026, 9, 1), dt.date(2026, 9, 5)
    codes = {c.name.vi: c.code for c in rules_of(session, items[4]).criteria}
    for field, value in (("producer.position", "Giám đốc"), ("paper.trademark.ticked", True),
                         ("paper.trademark.number", "4-0412345"), ("registration.samples", "5"),
                         (f"self.{codes['Sử dụng lao động địa phương']}", "1"),
                         (f"evidence.{codes['Sử dụng lao động địa phương']}", "Bảng lương <2025> & hợp đồng")):
        dossier_fields.change(session, last.id, field, value, "Lan")
    for choice in answers(rules_of(session, items[4]), 66, 3).items():
        advisory.choose(session, last.id, *choice, "Lan")
    advisory.note(session, last.id, codes["Nguồn gốc ý tưởng sản phẩm"], "Chưa có minh chứng", "Lan")
    advisory.note_missing_papers(session, last.id, "Phiếu kiểm nghiệm còn hạn", "Lan")
    advisory.record_visit(session, last.id, dt.date(2026, 9, 20), "Xưởng sạch", "Lan")
    advisory.finish(session, last.id, "Lan")
    advisory.propose(session, last.id, "supplement", "Lan")
    assert first.status == "closed"


def pdf(held: tuple[Database, int, list[int]], kind: str) -> tuple[pypdf.PdfReader, str]:
    database, id, _items = held
    with database.begin() as session:
        return read(session_papers.pdf(session, SessionPaper(id, kind)))


def test_the_score_sheet_has_every_member_and_every_criterion_of_the_closed_dossiers(
        held: tuple[Database, int, list[int]]) -> None:
    database, _id, items = held
    reader, said = pdf(held, "score-sheets")
    outline = [line.title for line in reader.outline if not isinstance(line, list)]
    assert [line.split(".")[0] for line in outline] == ["1", "2", "3", "4"] and holds(outline[0], LONG)
    with database.begin() as session:
        for item in items[:4]:
            view, rules = results.result_of(session, item), rules_of(session, item)
            assert view.outcome is not None
            assert f"{comma(shown(view.outcome.mean, 2))} điểm (trung bình cộng các phiếu hợp lệ); hạng theo điểm:" in said
            for criterion in rules.criteria:
                points = [criterion.points(v.choices[criterion.code]) for v in view.votes]
                mean = comma(shown(Fraction(sum(points), len(points)), 2))
                assert holds(said, f"{criterion.code} {criterion.name.vi} {criterion.max} {' '.join(map(str, points))} {mean}")
            for part, mean in view.outcome.parts.items():
                assert f" {comma(shown(mean, 2))} " in said[said.index(f"Cộng phần {part}"):]
            for stars in (3, 4, 5):
                gates, unmet = len(list(rules.gates(stars))), view.outcome.unmet[stars]
                told = f"hạng {stars} sao: đạt {gates - len(unmet)}/{gates} tiêu chí"
                assert holds(said, told + ("; chưa đạt: " + unmet[0] if unmet else "."))
    assert "Hoa hồi khô Văn Quan" not in said


def test_a_gate_members_differ_on_says_how_many_ballots_meet_it(session: Session) -> None:
    id, items, members = open_meeting(session, 1, 3)
    rules = rules_of(session, items[0])
    for number, member in enumerate(members):
        hand_in(session, items[0], member, answers(rules, 78, 4 if number < 2 else 3))
    view = results.result_of(session, items[0])
    for matter in view.matters:
        made = matter.matter
        results.conclude(session, items[0], made.kind, made.code, made.values[0], "Đã xem")
    results.close_dossier(session, items[0], "Lan")
    _reader, said = read(session_papers.pdf(session, SessionPaper(id, "score-sheets")))
    closed = results.result_of(session, items[0])
    assert closed.outcome is not None and closed.outcome.split_gates
    ballots = [v.ballot for v in closed.votes]
    for code in closed.outcome.split_gates:
        stars = next(o.star for o in rules.by_code[code].options
                     if o.star and 0 < meeting(rules, ballots, code, o.star) < len(ballots))
        held = "chưa đạt" if code in closed.outcome.unmet[stars] else "đạt"
        assert holds(said, f"{stars} sao {held} ({meeting(rules, ballots, code, stars)}/3 phiếu)")


def test_the_council_reports_what_it_closed_and_names_the_rest_without_points(held: tuple[Database, int, list[int]]) -> None:
    reader, said = pdf(held, "council-report")
    assert "Kính gửi: Ủy ban nhân dân tỉnh Lạng Sơn" in said and "Số: ……/BC-HĐ" in said
    assert "đã chốt kết quả 4 hồ sơ (tiềm năng 5 sao: 1; 4 sao: 1; 3 sao: 1; 2 sao: 1)" in said
    assert "công nhận kết quả đánh giá, phân hạng 2 sản phẩm đạt 3 và 4 sao" in said
    assert "đánh giá, phân hạng 1 sản phẩm tiềm năng 5 sao" in said
    assert holds(said, LONG) and holds(said, MAKER) and "Để đạt 3 sao còn thiếu 10 điểm" in said
    assert "Hồ sơ số 5: “Hoa hồi khô Văn Quan”" in said and " 77 " not in said
    assert said.count("Lần đầu 1 1 1 1 4") == 1
    last_upright = [p for p in reader.pages if p.mediabox.width < p.mediabox.height][-1].extract_text()
    assert "TM. HỘI ĐỒNG" in last_upright and "Hội đồng trân trọng báo cáo./." in last_upright


def test_the_ministry_is_asked_for_five_stars_alone(held: tuple[Database, int, list[int]], session: Session) -> None:
    database, _id, items = held
    _reader, said = pdf(held, "ministry")
    assert "Kính gửi: Bộ Nông nghiệp và Môi trường" in said and "đánh giá, phân hạng 1 sản phẩm" in said
    with database.begin() as open_one:
        outcome = results.result_of(open_one, items[2]).outcome
        assert outcome is not None
        parts = " ".join(comma(shown(mean, 2)) for mean in outcome.parts.values())
        assert f"{parts} {comma(shown(outcome.mean, 2))}" in said and "A /40 B /25 C /35" in said
    assert said.count("Hồng vành khuyên Văn Lãng") == 2 and "Bà Lý Thị A" in said and not holds(said, LONG)
    assert "Quyết định số 2117" not in said and "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH" in said
    other, *_rest = open_meeting(session, 1, 3)
    for kind in ("ministry", "council-report", "score-sheets"):
        with pytest.raises(UserError):
            session_papers.pdf(session, SessionPaper(other, kind))


def test_the_letter_to_the_ministry_names_the_decision_once_there_is_one(held: tuple[Database, int, list[int]]) -> None:
    database, id, _items = held
    with suppress(TakenBack), database.begin() as session:
        certificates.record_decision(session, "2117/QĐ-UBND", dt.date(2027, 2, 5), "UBND tỉnh Lạng Sơn", id)
        _reader, said = read(session_papers.pdf(session, SessionPaper(id, "ministry")))
        raise TakenBack
    assert "; Quyết định số 2117/QĐ-UBND ngày 05 tháng 02 năm 2027, Ủy ban nhân dân tỉnh Lạng Sơn đề nghị" in said


def test_the_advisory_team_reports_what_it_noted(held: tuple[Database, int, list[int]]) -> None:
    _reader, said = pdf(held, "advisory")
    assert "5 hồ sơ, đã chấm xong 1 hồ sơ. Đề nghị của Tổ tư vấn: bổ sung hồ sơ: 1; chưa đề nghị: 4." in said
    assert holds(said, "Hoa hồi khô Văn Quan 20-05980-05-2026 Công ty TNHH Hồi Lạng 66 3 sao Bổ sung hồ sơ")
    assert "Giấy tờ còn thiếu: Phiếu kiểm nghiệm còn hạn." in said
    assert "Đi thực địa: đã đi ngày 20/09/2026: Xưởng sạch." in said
    assert "Nguồn gốc ý tưởng sản phẩm: Chưa có minh chứng." in said and "Chưa đạt mức tối thiểu của 4 sao:" in said
    assert "không tính vào điểm đánh giá của Hội đồng" in said
    for points in ("60", "80", "95", "40"):  # the council's own are not told here
        assert f" {points} " not in said


def test_form_03_leaves_to_the_commune_what_no_file_says(held: tuple[Database, int, list[int]]) -> None:
    database, id, _items = held
    reader, said = pdf(held, "form-03")
    assert len([line for line in reader.outline if not isinstance(line, list)]) == 5
    ours = said[said.index("Sản phẩm: Hoa hồi khô Văn Quan"):]
    assert "nhận ngày 05 tháng 9 năm 2026, Ủy ban nhân dân xã Mẫu Sơn báo cáo" in ours
    assert "Lao động" in ours and "Minh chứng: Bảng lương <2025> & hợp đồng." in ours and "Nhãn hiệu (số 4-0412345)" in ours
    titles = ("1. Nguồn nguyên liệu địa phương", "2. Sử dụng lao động địa phương", "3. Nguồn gốc ý tưởng sản phẩm",
              "4. Bản sắc, trí tuệ địa phương")
    assert [ours.index(title) for title in titles] == sorted(ours.index(title) for title in titles)
    assert ours.count("Nhận xét của cấp xã: .....") == 4
    with database.begin() as session:
        word = "".join(words_of(session_papers.word(session, SessionPaper(id, "form-03"))))
    assert holds(word, LONG) and word.count("Nhận xét của cấp xã:") == 20


def test_every_set_has_criteria_for_the_points_of_form_03() -> None:
    from ocop_desktop.actions import rulebooks
    from ocop_desktop.actions.commune_papers import POINTS
    from ocop_desktop.rules.names import fold

    for head in rulebooks.current().heads:
        names = [fold(c.name.vi) for c in rulebooks.current().set(head.number).criteria]
        found = [sum(name.startswith(beginnings) for name in names) for _title, beginnings in POINTS]
        assert found[1:3] == [1, 1] and all(count <= 2 for count in found), head.number
        assert head.number == 26 or (found[0] and found[3]), head.number  # tourism has neither raw material nor local know-how


def test_each_commune_asks_for_its_own_products(held: tuple[Database, int, list[int]]) -> None:
    reader, _said = pdf(held, "commune-request")
    second, first = (" ".join(page.extract_text().split()) for page in reader.pages)  # by the communes' codes
    for said, commune, count in ((first, "xã Mẫu Sơn", 3), (second, "xã Chi Lăng", 2)):
        assert f"Ủy ban nhân dân {commune} đề nghị đánh giá, phân hạng {count} sản phẩm" in said and "đợt 2026-2:" in said
        assert "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH" in said and "Kính gửi: Sở Nông nghiệp và Môi trường" in said
    assert holds(first, LONG) and holds(first, MAKER) and "Miến dong Vạn Linh" in second and "05/09/2026" in first


def test_a_dossier_prints_its_own_papers_in_a_session_or_in_none(held: tuple[Database, int, list[int]]) -> None:
    database, _id, items = held
    with suppress(TakenBack), database.begin() as session:
        ids = [session.get_one(AgendaItem, item).dossier_id for item in items]
        keys = [k.key for k in dossier_papers.listing(session, ids[1]).kinds]
        assert keys == list(dossier_papers.KINDS)
        assert "score-sheets" not in [k.key for k in dossier_papers.listing(session, ids[4]).kinds]
        for key in keys:
            reader, said = read(session_papers.pdf(session, DossierPaper(ids[1], key)))
            assert "Miến dong Vạn Linh" in said and not holds(said, LONG), key
            assert reader.metadata is not None and str(reader.metadata.title).endswith("Miến dong Vạn Linh")
        _reader, letter = read(session_papers.pdf(session, DossierPaper(ids[0], "commune-request")))
        assert "đề nghị đánh giá, phân hạng 3 sản phẩm" in letter and "Hồng vành khuyên Văn Lãng" in letter
        item = session.get_one(AgendaItem, items[4])
        item.status, item.dossier.status = "removed", "history"
        session.flush()
        _reader, letter = read(session_papers.pdf(session, DossierPaper(ids[4], "commune-request")))
        assert "đề nghị đánh giá, phân hạng 1 sản phẩm" in letter and "Hoa hồi khô Văn Quan" in letter
        assert read(session_papers.pdf(session, DossierPaper(ids[4], "form-01")))[1].count("Hoa hồi khô Văn Quan") == 1
        with pytest.raises(UserError):
            session_papers.pdf(session, DossierPaper(ids[4], "score-sheets"))
        raise TakenBack


def test_the_command_prints_the_papers_of_a_dossier(
        held: tuple[Database, int, list[int]], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database, _id, _items = held
    copy = backups.by_hand(database).path  # the open file is not another's to open
    start = ["papers", "--db", str(copy), "--out"]
    for ending in ("pdf", "docx"):
        out = tmp_path / f"mau-03.{ending}"
        assert main([*start, str(out), "--dossier", "20-05980-02-2026", "--kind", "form-03"]) == 0
        assert out.stat().st_size > 10_000
    assert "Miến dong Vạn Linh" in pages_of(tmp_path / "mau-03.pdf")[0]
    for wrong, told in ((["--dossier", "20-1", "--kind", "form-03"], "20-1"),
                        (["--dossier", "20-05980-02-2026", "--kind", "minutes"], "form-03"),
                        (["--kind", "form-03"], "--dossier")):
        assert main([*start, str(tmp_path / "x.pdf"), *wrong]) == 2
        assert told in capsys.readouterr().err and not (tmp_path / "x.pdf").exists()
