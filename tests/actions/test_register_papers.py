"""Papers around certificates, read back: what they say is what the file holds; as PDF, as Word, from the command line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from ocop_desktop.actions import certificate_fate, certificates, register_papers
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.cli import main
from ocop_desktop.data.engine import Database, Session
from ocop_desktop.data.tables import Certificate
from ocop_desktop.errors import UserError
from tests.actions.decided import close_round, set_up_office
from tests.pdf_text import pages_of

DAY = dt.date(2026, 11, 30)
CONCLUSION = "Kết luận thanh tra số 45/KL-SYT của Sở Y tế"


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Two certificates, 3 and 4 stars, under one decision."""
    database = open_or_create(tmp_path_factory.mktemp("papers") / "so.ocop")
    with database.begin() as session:
        set_up_office(session)
        made = close_round(session, 1)
        decision = certificates.record_decision(session, "2117/QĐ-UBND", DAY, "UBND tỉnh Lạng Sơn", made.session_id)
        certificates.issue(session, [c.result_id for c in certificates.certifiable(session)], decision, DAY)
    yield database
    database.close()


@pytest.fixture
def session(db: Database) -> Iterator[Session]:
    """One transaction that is taken back at the end."""
    with pytest.raises(ZeroDivisionError), db.begin() as opened:
        yield opened
        raise ZeroDivisionError


def said(path: Path) -> str:
    """The words of a PDF or Word file, blanks made one."""
    if path.suffix == ".pdf":
        return " ".join(" ".join(pages_of(path)).split())
    body = docx.Document(str(path)).element.body
    return " ".join(" ".join(t.text or "" for t in body.iter(f"{body.tag.rpartition('}')[0]}}}t")).split())


def test_the_hand_over_list_has_a_line_for_each_certificate(session: Session, tmp_path: Path):
    ids = [c.id for c in session.query(Certificate)]
    for ending in (".pdf", ".docx"):
        assert register_papers.save(session, "handover", tmp_path / f"a{ending}", ids, DAY) == 1
        words = said(tmp_path / f"a{ending}")
        for told in ("01-2026/GCN-OCOP", "02-2026/GCN-OCOP", "Miến dong Vạn Linh", "Ký nhận", "NGƯỜI GIAO",
                     "(Theo Quyết định số 2117/QĐ-UBND ngày 30 tháng 11 năm 2026)",
                     "2 giấy chứng nhận (1 giấy hạng 4 sao, 1 giấy hạng 3 sao)"):
            assert told in words, told
    session.get(Certificate, ids[0]).revoked_on = DAY
    with pytest.raises(UserError, match="chưa bị thu hồi"):
        register_papers.save(session, "handover", tmp_path / "b.pdf", ids[:1], DAY)
    assert not (tmp_path / "b.pdf").exists()


def test_a_revocation_is_drafted_once_a_conclusion_is_noted(session: Session, tmp_path: Path):
    path = tmp_path / "a.docx"
    one = session.query(Certificate).filter_by(stars=3).one()
    with pytest.raises(UserError, match="Chưa ghi căn cứ"):
        register_papers.save(session, "revocation", path, [one.id], DAY)
    certificate_fate.conclude_against(session, one.id, "breach", CONCLUSION, dt.date(2026, 12, 5))
    register_papers.save(session, "revocation", path, [one.id], dt.date(2026, 12, 8))
    words = said(path)
    for told in (f"Căn cứ {CONCLUSION}, ngày 05 tháng 12 năm 2026;", f"Thu hồi Giấy chứng nhận số {one.number}",
                 f"cho sản phẩm “{one.dossier.product.name}” (mã sản phẩm {one.dossier.code})", "Số: ……/QĐ-UBND",
                 "Căn cứ Điều 9 Quyết định số 26/2026/QĐ-TTg", "Lý do thu hồi: vi phạm pháp luật về chất lượng"):
        assert told in words, told
    certificates.revoke(session, one.id, certificates.Revocation(dt.date(2026, 12, 10), "breach", "88/QĐ-UBND"))
    register_papers.save(session, "revocation", path, [one.id], dt.date(2026, 12, 8))
    assert "Số: 88/QĐ-UBND" in said(path) and "ngày 10 tháng 12 năm 2026" in said(path)
    one.stars = 5
    with pytest.raises(UserError, match="Bộ thu hồi"):
        register_papers.save(session, "revocation", path, [one.id], DAY)


def test_the_command_line_writes_them_too(db: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    with db.begin() as session:
        file = db.path
        one = session.query(Certificate).filter_by(stars=4).one()
        certificate_fate.conclude_against(session, one.id, "stopped", CONCLUSION, dt.date(2026, 12, 5))
        one.expires_on = dt.date.today() + dt.timedelta(days=150)
        number = str(one.number)
    db.close()
    for kind, more, told in (("handover", ["--session", "2026-2"], "01-2026/GCN-OCOP"),
                             ("handover", ["--certificate", number], "1 giấy chứng nhận (1 giấy hạng 4 sao)"),
                             ("revocation", ["--certificate", number], "ngừng sản xuất"),
                             ("renewal-letters", [], "Miến dong Vạn Linh")):
        assert main(["papers", "--db", str(file), "--kind", kind, *more, "--out", str(tmp_path / "a.docx")]) == 0
        assert told in said(tmp_path / "a.docx"), kind
    for kind, more, told in (("minutes", [], "--session"), ("revocation", ["--certificate", "9-9"], "9-9"),
                             ("handover", [], "Chưa có giấy chứng nhận nào để giao")):
        capsys.readouterr()
        assert main(["papers", "--db", str(file), "--kind", kind, *more, "--out", str(tmp_path / "b.pdf")]) == 2
        assert told in capsys.readouterr().err
    assert not (tmp_path / "b.pdf").exists()
