"""The office's certificate layouts in the data file, and certificates issued again and copied: file, paper and history agree."""

from __future__ import annotations

import datetime as dt
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from ocop_desktop.actions import certificate_designs as designs
from ocop_desktop.actions import certificate_history, certificate_reissue, certificates, dossier_fields
from ocop_desktop.data import settings
from ocop_desktop.data.changes import history_of
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import Certificate
from ocop_desktop.errors import ProblemsFound, UserError
from ocop_desktop.rules.certificate_design import design_text
from ocop_desktop.rules.certificate_design_default import DEFAULT
from tests.actions.decided import close_round, set_up_office
from tests.pdf_text import pages_of

DAY = dt.date(2026, 11, 30)
MADE = DEFAULT.with_field(replace(DEFAULT.field("subtitle"), words="SẢN PHẨM CỦA XỨ LẠNG"))


@pytest.fixture
def issued(session: Session) -> list[certificates.Issued]:
    """Two certificates of a closed session."""
    set_up_office(session)
    decided = close_round(session)
    decision = certificates.record_decision(session, "2117/QĐ-UBND", DAY, "Chủ tịch", decided.session_id)
    return list(certificates.issue(session, decided.results[:2], decision, DAY, "Lan"))


def _pages(path: Path) -> list[str]:
    return [" ".join(page.split()) for page in pages_of(path)]


def _whats(session: Session, certificate_id: int) -> list[str]:
    return [line.what for line in reversed(history_of(session, "certificate", certificate_id))]


def test_certificates_are_printed_with_the_kept_layout_and_its_history_names_the_item(
        session: Session, issued: list[certificates.Issued], tmp_path: Path):
    designs.save_design(session, "general", MADE, "Lan")
    designs.save_design(session, "stars4", DEFAULT.with_field(replace(DEFAULT.field("intro"), words="Bốn sao cho")), "Lan")
    designs.save_design(session, "general", replace(MADE, border="key"), "Lan")
    certificates.print_pdf(session, [one.certificate_id for one in issued], tmp_path / "a.pdf")
    pages = _pages(tmp_path / "a.pdf")
    assert ["SẢN PHẨM CỦA XỨ LẠNG" in page for page in pages] == [True, False]
    assert ["Bốn sao cho" in page for page in pages] == [False, True]
    newest = history_of(session, "certificate_design", 1)[0]
    assert (newest.who, newest.before, newest.after) == ("Lan", {"border": "lotus"}, {"border": "key"})
    designs.forget_design(session, "stars4", "Lan")
    assert designs.design_of(session, "stars4") == replace(MADE, border="key")


def test_a_layout_that_cannot_be_used_is_not_kept(session: Session):
    hidden = DEFAULT.with_field(replace(DEFAULT.field("product"), shown=False))
    with pytest.raises(ProblemsFound):
        designs.save_design(session, "general", hidden)
    assert designs.design_of(session, "general") == DEFAULT


def test_a_layout_goes_into_a_file_and_comes_back_with_its_picture(session: Session, tmp_path: Path):
    file = io.BytesIO()
    Image.new("RGB", (300, 212), (240, 230, 200)).save(file, "PNG")
    (tmp_path / "nen.png").write_bytes(file.getvalue())
    digest = designs.keep_picture(session, tmp_path / "nen.png")
    made = replace(MADE, picture=digest)
    designs.save_design(session, "general", made)
    designs.write_design(session, made, tmp_path / "mau.json")
    content = designs.picture_bytes(session, digest)
    designs.forget_design(session, "general")
    assert settings.keys_like(session, settings.PICTURE) == []  # a picture nothing uses is dropped
    back = designs.read_design_file(session, tmp_path / "mau.json")
    assert replace(back, picture="") == replace(made, picture="")
    assert designs.picture_bytes(session, back.picture)[:2] == content[:2] == b"\xff\xd8"
    assert designs.picture_of_design(session, "general", back, "longest", 30).width > 300


@pytest.mark.parametrize("content, said", [
    ("{", "dòng 1"), ("[]", "không phải mẫu"), ('{"format": "khac"}', "không phải mẫu"),
    (design_text(DEFAULT).replace('"size": 310', '"size": 9999'), "“product”, mục “size”"),
    (design_text(DEFAULT).replace("{sản phẩm}", "{sản phẫm}"), "sản phẫm"),
    (design_text(DEFAULT, picture_jpeg="@@"), "picture_jpeg")])
def test_a_wrong_file_is_refused_with_the_place(session: Session, tmp_path: Path, content: str, said: str):
    (tmp_path / "mau.json").write_text(content, encoding="utf-8")
    with pytest.raises(UserError) as refused:
        designs.read_design_file(session, tmp_path / "mau.json")
    assert said in str(refused.value)


def test_a_file_is_readable(session: Session, tmp_path: Path):
    designs.write_design(session, DEFAULT, tmp_path / "mau.json")
    raw = json.loads((tmp_path / "mau.json").read_text(encoding="utf-8"))
    assert [field["key"] for field in raw["fields"]][:2] == ["body", "number"]


def test_a_corrected_name_is_a_new_issue_that_cancels_the_old_one(
        session: Session, issued: list[certificates.Issued], tmp_path: Path):
    old = session.get_one(Certificate, issued[0].certificate_id)
    product = old.dossier.product
    before = product.name
    dossier_fields.change(session, old.dossier_id, "product.name", "Chè Shan tuyết cổ thụ", "Lan")
    certificates.print_pdf(session, [old.id], tmp_path / "cu.pdf")
    assert before in _pages(tmp_path / "cu.pdf")[0]  # a reprint says what was issued
    assert certificate_reissue.renamed(session, old.id) == (("product", before, "Chè Shan tuyết cổ thụ"),)
    later = dt.date(2027, 1, 15)
    id, number = certificate_reissue.reissue(session, old.id, later, " Sửa  tên ", "Lan")
    new = session.get_one(Certificate, id)
    assert number.startswith("01-2027") and number != issued[0].number
    assert (new.issued_on, new.reissued_on, new.expires_on, new.decision_id) == (DAY, later, old.expires_on, old.decision_id)
    assert (old.revoked_on, old.revoked_why) == (later, f"Thay bằng giấy số {number}: Sửa tên")
    printed = certificates.print_pdf(session, [old.id, id], tmp_path / "moi.pdf")
    page = _pages(tmp_path / "moi.pdf")
    assert printed.count == 1 and [p.kind for p in printed.problems] == ["revoked"]
    assert "Chè Shan tuyết cổ thụ" in page[0] and f"Cấp lại, thay giấy số {issued[0].number}" in page[0]
    assert "ngày 15 tháng 01 năm 2027" in page[0]
    assert _whats(session, old.id)[-1] == "replaced" and "reissued" in _whats(session, id)
    turns = [one.turn for one in certificate_history.history(session, id, later).recognitions]
    assert turns == ["first", "reissue"]
    with pytest.raises(UserError, match="hết giá trị"):
        certificate_reissue.reissue(session, old.id, later, "lại")


def test_what_keeps_a_certificate_from_being_issued_again(session: Session, issued: list[certificates.Issued]):
    for on, why, said in ((DAY, " ", "lý do"), (dt.date(2026, 11, 1), "mất", "trước ngày cấp")):
        with pytest.raises(UserError, match=said):
            certificate_reissue.reissue(session, issued[0].certificate_id, on, why)
    assert session.get_one(Certificate, issued[0].certificate_id).revoked_on is None


def test_prints_reprints_and_copies_keep_the_number_and_are_in_the_history(
        session: Session, issued: list[certificates.Issued], tmp_path: Path):
    id = issued[0].certificate_id
    for copy in (False, False, True):
        certificates.print_pdf(session, [id], tmp_path / "a.pdf", copy=copy, who="Lan")
    assert _whats(session, id) == ["issued", "printed", "reprinted", "copied"]
    assert {line.after["number"] for line in history_of(session, "certificate", id) if line.after} == {issued[0].number}
    assert "BẢN SAO" in _pages(tmp_path / "a.pdf")[0]
