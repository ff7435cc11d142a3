"""The whole main job without a window: a commune's spreadsheet in, certificates and summary out."""

import datetime as dt
from fractions import Fraction

import openpyxl
import pytest

from ocop_desktop.actions import (
    backups,
    certificates,
    completeness,
    dossier_fields,
    dossiers,
    importing,
    office,
    results,
    scoring,
    sessions,
    summary,
)
from ocop_desktop.actions.demo_ballots import base_choices
from ocop_desktop.actions.dossier_form import open_dossier
from ocop_desktop.actions.session_matrix import matrix
from ocop_desktop.errors import UserError
from ocop_desktop.rules.ballot import Ballot
from ocop_desktop.rules.scoring import evaluate
from ocop_desktop.rules.working_rules import WorkingRules
from tests.pdf_text import pages_of

DAY = dt.date(2026, 11, 23)
WHO = "Bà Lan"
HEADINGS = ["STT", "Tên sản phẩm", "Bộ sản phẩm (số)", "Tên chủ thể", "Loại hình tổ chức", "Xã/phường", "Địa chỉ liên hệ",
            "Người đại diện", "Điện thoại", "Lần đăng ký", "Số sản phẩm mẫu"]  # fmt: skip
ROWS = [
    [
        1,
        "Chè Shan tuyết  Mẫu Sơn",
        11,
        "HTX Mẫu Sơn Xanh",
        "HTX",
        "xã Mẫu Sơn",
        "Thôn 4",
        "Triệu Thị Mai",
        912345678,
        "Lần đầu",
        5,
    ],
    [2, "Mật ong bạc hà", 4, None, None, None, None, None, None, "Lần đầu", 5],
    [
        3,
        "Na dai Chi Lăng",
        1,
        "Hộ kinh doanh Vi Văn Chiến",
        "HKD",
        "Chi Lăng",
        "Thôn 2",
        "Vi Văn Chiến",
        "0387654321",
        "Lần đầu",
        5,
    ],
]


@pytest.fixture
def spreadsheet(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["ỦY BAN NHÂN DÂN XÃ MẪU SƠN"],
        ["DANH SÁCH ĐĂNG KÝ SẢN PHẨM OCOP"],
        [],
        HEADINGS,
        *ROWS,
        [],
        [None, "Tổng cộng: 3"],
    ):
        sheet.append(row)
    path = tmp_path / "dang-ky.xlsx"
    book.save(path)
    return path


def complete(session, dossier_id):
    """Fill in what a dossier lacks, field by field, as the form does."""
    commune = open_dossier(session, dossier_id).producer.commune_id
    values = {
        "producer.position": "Giám đốc", "producer.sex": "Nữ",
        "producer.ethnicity": "Dao", "producer.founded": dt.date(2018, 5, 2),
        "producer.registration_number": "1407000123", "product.description": "Hái tay, sao trong ngày.",
        "registration.filed_on": dt.date(2026, 10, 1), "registration.commune_received_on": dt.date(2026, 10, 2),
        "registration.province_received_on": dt.date(2026, 10, 20),
        "registration.code": str(dossiers.propose_code(session, commune, 2026)),
    }  # fmt: skip
    for field, value in values.items():
        dossier_fields.change(session, dossier_id, field, value, WHO)
    form = open_dossier(session, dossier_id)
    for kind in completeness.needed_papers(form):
        dossier_fields.change(session, dossier_id, f"paper.{kind}.ticked", True, WHO)
    for criterion in form.self_score.rules.criteria:
        dossier_fields.change(session, dossier_id, f"self.{criterion.code}", criterion.options[-1].choice, WHO)
    form = open_dossier(session, dossier_id)
    assert [m for m in completeness.missing(form) if m.required] == []
    if form.status == "draft":
        dossier_fields.mark_ready(session, dossier_id, WHO)


def seats():
    roles = ["chair", "vice", *["member"] * 7, "secretary"]
    return tuple(sessions.SeatDraft(f"Người thứ {i}", f"Sở {i}", f"S{i}", "Giám đốc", role) for i, role in enumerate(roles, 1))


def test_from_a_spreadsheet_to_certificates(db, spreadsheet, tmp_path, chance):
    with db.begin() as session:
        own = office.proposed_office(session, "20")
        office.save_office(session, own)
    with db.begin() as session:
        backups.before_import(session)
        batch = importing.accept(session, importing.preview(session, spreadsheet))
        assert importing.summary_of(batch)["created"] == 3
    with db.begin() as session:
        again = importing.preview(session, spreadsheet)
        assert (again.counts["created"], again.counts["updated"], again.counts["unchanged"]) == (0, 0, 3)
        found = dossiers.find(session, "che shan")
        assert [r.product for r in found.rows] == ["Chè Shan tuyết Mẫu Sơn"]
        honey = dossiers.find(session, "mat ong").rows[0]
        assert honey.producer == "HTX Mẫu Sơn Xanh"
        ids = tuple(r.id for r in dossiers.find(session).rows)
    for dossier_id in ids:
        with db.begin() as session:
            complete(session, dossier_id)
    with db.begin() as session:
        draft = sessions.Draft(
            "2026-2", "Đợt 2 - 2026", DAY, "Hội trường", None, "Hội đồng OCOP tỉnh", "1253/QĐ-UBND", DAY, seats(), ids
        )
        meeting = sessions.create(session, draft, WHO)
        sessions.open_session(session, meeting, WHO)
        seen = matrix(session, meeting)
    members = [s.member_id for s in seen.seats if s.scores]
    assert len(members) == 9
    targets = {row.item_id: target for row, target in zip(seen.rows, ((66, 3), (78, 4), (44, 2)), strict=True)}
    given = {}
    for row in seen.rows:
        with db.begin() as session:
            rules = scoring.open_ballot(session, row.item_id, members[0]).rules
            choices = base_choices(rules, *targets[row.item_id], chance)
        given[row.item_id] = (rules, choices)
        for member in members:
            for criterion, choice in choices.items():
                with db.begin() as session:
                    scoring.choose(session, row.item_id, member, criterion, choice)
            with db.begin() as session:
                scoring.finish(session, row.item_id, member)
    with db.begin() as session:
        with pytest.raises(UserError):
            certificates.issue(session, [1], 1, DAY)
        for row in seen.rows:
            for view in results.result_of(session, row.item_id).open_matters:
                value = view.matter.values[-1] if view.matter.proposed is None else view.matter.proposed
                results.conclude(session, row.item_id, view.matter.kind, view.matter.code, value, "Đã xem lại", WHO)
            results.close_dossier(session, row.item_id, WHO)
        sessions.close_session(session, meeting, WHO)
        printed = results.results_json(session, "2026-2")
    for row, line in zip(seen.rows, printed, strict=True):
        rules, choices = given[row.item_id]
        view = evaluate(scoring.rulebooks.current(DAY), rules, [Ballot(str(m), choices) for m in members], WorkingRules())
        assert (Fraction(line["mean_exact"]), line["stars"]) == (view.mean, view.stars)
    assert [line["stars"] for line in printed] == [3, 4, 2]
    with db.begin() as session:
        decision = certificates.record_decision(session, "2117/QĐ-UBND", DAY, own.body, meeting)
        issued = certificates.issue(
            session, [c.result_id for c in certificates.certifiable(session, meeting)], decision, DAY, WHO
        )
        assert [c.stars for c in issued] == [3, 4]
        count, problems = certificates.write_pdf(session, tmp_path / "gcn.pdf", "2026-2")
        assert (count, problems) == (2, ())
        summary.write_summary(session, tmp_path / "tong-hop.xlsx")
    pages = pages_of(tmp_path / "gcn.pdf")
    for page, name in zip(pages, ("Chè Shan tuyết Mẫu Sơn", "Mật ong bạc hà"), strict=True):
        assert name in page
        assert "2117/QĐ-UBND" in page
        assert "23/11/2029" in page
    book = openpyxl.load_workbook(tmp_path / "tong-hop.xlsx")
    cells = [c.value for sheet in book for row in sheet.iter_rows() for c in row]
    assert {"Chè Shan tuyết Mẫu Sơn", "Na dai Chi Lăng", "Sở 9"} <= set(cells)
    with db.begin() as session:
        with pytest.raises(UserError):
            importing.undo(session, batch.id)
        later = certificates.write_pdf(session, tmp_path / "lan-2.pdf", "2026-2")[0]
        assert later == 2
    assert pages_of(tmp_path / "lan-2.pdf") == pages
