"""The whole main job through the real window, by mouse and keyboard: a commune's spreadsheet in, certificates out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from ocop_desktop import settings
from ocop_desktop.actions import dossiers, office, results, scoring
from ocop_desktop.actions.dossier_form import open_dossier
from ocop_desktop.actions.session_matrix import matrix
from ocop_desktop.data.tables import AgendaItem, Answer, Ballot, Certificate, CouncilSession, Decision, Dossier, Product
from ocop_desktop.data.tables import Result as Kept
from ocop_desktop.settings import Settings
from ocop_desktop.ui.session_council import KEYS
from ocop_desktop.ui.session_matrix_view import FIRST_MEMBER, PRODUCT
from tests.actions.meeting import answers, hand_in
from tests.actions.test_results import below_gate, four_star_gate
from tests.test_journey import HEADINGS, ROWS, complete
from tests.ui.clerk import CTRL, KEY, LEFT, Clerk
from tests.ui.home_window import opened, read

ROLE = KEYS.index("role")
TEA, HONEY, FRUIT = "Chè Shan tuyết Mẫu Sơn", "Mật ong bạc hà", "Na dai Chi Lăng"
POINTS = {TEA: 70, HONEY: 80, FRUIT: 44}
COUNCIL = (("Hoàng Văn Minh", "Sở Nông nghiệp và Môi trường"), ("Nông Thị Hà", "Sở Công Thương"), ("Lương Thị Yến", "Sở Y tế"),
           ("Vi Văn Khánh", "Sở Khoa học và Công nghệ"), ("Đàm Thị Thu", "Sở Văn hóa"), ("Chu Văn An", "Hiệp hội Chè"),
           ("Bế Văn Chè", "Chuyên gia độc lập"))
SECRETARY = ("Lan Thị Thư", "Văn phòng điều phối OCOP")


def spreadsheet(path: Path) -> Path:
    """A commune's list of three products under its title block."""
    book = openpyxl.Workbook()
    title = (["ỦY BAN NHÂN DÂN XÃ MẪU SƠN"], ["DANH SÁCH ĐĂNG KÝ SẢN PHẨM OCOP"], [])
    for row in (*title, HEADINGS, *ROWS, [], [None, "Tổng cộng: 3"]):
        book.active.append(row)
    book.save(path)
    return path


def choose_province(clerk: Clerk) -> None:
    page = clerk.go("settings")
    clerk.pick(page.forms.province.combo, "Tỉnh Lạng Sơn")
    kept = clerk.ask(office.read_office)
    assert (kept.province_code, kept.body) == ("20", "Ủy ban nhân dân tỉnh Lạng Sơn")


def import_list(clerk: Clerk, path: Path) -> None:
    page = clerk.go("importing")
    clerk.click(page.start.drop.choose)
    clerk.file(path)
    clerk.wait(lambda: page.accept.isVisible() and page.accept.isEnabled())
    assert page.accept.text() == "Nhập 3 dòng"
    assert clerk.ask(lambda session: session.query(Product).count()) == 0
    clerk.click(page.accept)
    clerk.wait(page.start.isVisible)
    assert set(clerk.ask(lambda session: session.scalars(select(Product.name)).all())) == set(POINTS)
    assert any("3 mới" in words for words in clerk.said())


def fill_dossier(clerk: Clerk) -> None:
    page = clerk.go("dossiers")
    clerk.bot.mouseClick(page.list.search, LEFT)
    clerk.bot.keyClicks(page.list.search, "che shan")
    clerk.wait(lambda: page.list.model.rowCount() == 1)
    clerk.cell(page.list.table, 0, 0)
    clerk.press(KEY.Key_Return)
    clerk.wait(page.form.isVisible)
    clerk.settle()
    form = page.form
    assert form.title.text() == TEA and not form.ready.isEnabled()
    before = form.missing.bar.value()
    clerk.click(next(link for link in form.missing.links if link.toolTip() == "Chức vụ người đại diện"))
    editor = form.producer.fields["producer.position"].editor
    clerk.wait(editor.hasFocus)
    clerk.write(editor, "Giám đốc")
    tabs = form.tabs
    clerk.bot.mouseClick(tabs, LEFT, pos=tabs.tabRect(list(form.pages).index("papers")).center())
    clerk.click(form.papers.fields["paper.food_safety.ticked"].box)
    seen = clerk.ask(lambda session: open_dossier(session, form.form.id))
    assert (seen.producer.position, seen.value("paper.food_safety.ticked")) == ("Giám đốc", True)
    assert form.missing.bar.value() == before + 2


def complete_dossiers(clerk: Clerk) -> None:
    """The many other fields of three dossiers go through the actions the form uses, one by one, to keep this short."""
    for number in clerk.ask(lambda session: [row.id for row in dossiers.find(session).rows]):
        clerk.act(lambda session, number=number: complete(session, number))
    assert set(clerk.ask(lambda session: session.scalars(select(Dossier.status)).all())) == {"ready"}
    clerk.wait(lambda: clerk.page.form.missing.percent.text() == "100 %")


def seat_council(clerk: Clerk, members: Any) -> None:
    """Type seven members, the first of them the chair, and a secretary who does not score."""
    view = members.view
    for row, seat in enumerate((*COUNCIL, SECRETARY)):
        clerk.click(members.add)
        for column, words in enumerate((*seat, f"CQ{row + 1}")):
            clerk.cell(view, row, column)
            clerk.commit(QApplication.focusWidget(), words)
            clerk.press(KEY.Key_Return)
            clerk.wait(view.hasFocus)
    clerk.cell(view, len(COUNCIL), ROLE)
    clerk.pick(view.viewport().findChild(QComboBox), "Thư ký")
    seats = [(m.name, m.agency, m.role) for m in members.model.members]
    roles = ("chair", *("member",) * 6, "secretary")
    assert seats == [(*seat, role) for seat, role in zip((*COUNCIL, SECRETARY), roles, strict=True)]


def create_session(clerk: Clerk) -> None:
    page = clerk.go("sessions")
    clerk.click(page.list_page.empty.action)
    create = page.create_page
    for key, words in (("name", "Đợt 2 - 2026"), ("code", "2026-2"), ("held_on", "23/11/2026"), ("place", "Hội trường tỉnh")):
        clerk.write(create.form.field(key).editor, words)
    for key, words in (("council_name", "Hội đồng OCOP tỉnh"), ("decision_number", "12/QĐ-UBND"), ("decision_date", "1.6.2026")):
        clerk.write(create.council.field(key).editor, words)
    seat_council(clerk, create.members)
    clerk.click(create.agenda.all)
    assert create.agenda.count.text() == "Đã chọn 3 hồ sơ"
    assert create.notes.text() == ""
    clerk.click(create.primary)
    assert page.currentWidget() is page.matrix_page and page.matrix_page.title.text() == "Đợt 2 - 2026"
    clerk.click(page.matrix_page.primary)
    assert clerk.ask(lambda session: session.scalars(select(CouncilSession.status)).all()) == ["open"]
    assert "7 thành viên chấm, có mặt 7, đủ số lượng" in page.matrix_page.told.text()


def row_of(view: Any, product: str) -> int:
    """The row of a product in the matrix."""
    model = view.matrix_model
    return next(row for row in range(model.rowCount()) if model.index(row, PRODUCT).data() == product)


def score_by_keyboard(clerk: Clerk) -> None:
    view = clerk.page.matrix_page.view
    clerk.cell(view, row_of(view, TEA), FIRST_MEMBER)
    page = clerk.page.ballot
    clerk.wait(lambda: page.state is not None)
    rules, item, member = page.state.rules, page.state.view.item_id, page.state.view.member_id
    assert (page.title.text(), page.member.text()) == (TEA, ", ".join(COUNCIL[0]))
    wanted = answers(rules, POINTS[TEA])
    for criterion in rules.criteria:
        assert page.code == criterion.code
        digit = next(place for place, option in enumerate(criterion.options, 1) if option.choice == wanted[criterion.code])
        clerk.press(KEY(KEY.Key_0.value + digit))
        clerk.press(KEY.Key_Return)
    assert page.answered.text() == f"Đã trả lời {len(rules.criteria)} / {len(rules.criteria)}"
    clerk.press(KEY.Key_Return, CTRL)
    clerk.wait(lambda: page.state.locked)
    clerk.settle()
    assert "Phiếu đã khóa lúc" in page.strip.sentence.text()
    stored = clerk.ask(lambda session: dict(session.execute(
        select(Answer.criterion, Answer.choice).join(Ballot).where(Ballot.item_id == item, Ballot.member_id == member)).all()))
    assert stored == wanted


def fill_other_ballots(session: Any) -> None:
    """The other twenty ballots; three members miss one condition of the honey's fourth star."""
    seen = matrix(session, session.scalars(select(CouncilSession.id)).one())
    for line in seen.rows:
        for place, seat in enumerate(seat for seat in seen.seats if seat.scores):
            rules = scoring.own_ballot(session, line.item_id, seat.member_id).rules
            choices = answers(rules, POINTS[line.product])
            if line.product == HONEY and place >= 4:
                choices = below_gate(rules, choices, four_star_gate(rules))
            if (line.product, place) != (TEA, 0):
                hand_in(session, line.item_id, seat.member_id, choices)


def conclude(clerk: Clerk) -> list[str]:
    """Agree with the working rules in every matter of the dossier on show; the kinds of these matters."""
    kinds = []
    while open_boxes := [box for box in clerk.page.matters.boxes if box.found.conclusion is None]:
        assert not clerk.page.primary.isEnabled()
        matter = open_boxes[0].found.matter
        kinds.append(matter.kind)
        clerk.click(open_boxes[0].buttons[matter.proposed])
        if matter.kind != "near_line":
            clerk.click(open_boxes[0].suggestions.findChildren(QPushButton)[0])
            clerk.click(open_boxes[0].save)
    return kinds


def close_results(clerk: Clerk) -> None:
    sessions = clerk.go("sessions")
    clerk.cell(sessions.list_page.table, 0, 1)
    clerk.wait(sessions.matrix_page.isVisible)
    clerk.settle()
    view = sessions.matrix_page.view
    clerk.cell(view, row_of(view, TEA), PRODUCT)
    page = clerk.page
    assert page.title.text() == TEA and page.rank.mean.text() == "1/7" and page.missing.text() == "Còn thiếu 6 phiếu"
    assert not page.ballots.isVisible() and not page.rank.stars.isVisible() and not page.primary.isEnabled()
    clerk.act(fill_other_ballots)
    assert page.rank.mean.text() == "70" and page.ballots.isVisible()
    matters = {}
    for place in range(3):
        matters[page.title.text()] = conclude(clerk)
        assert page.primary.text() == "Chốt kết quả"
        clerk.click(page.primary)
        assert clerk.ask(lambda session: session.query(Kept).count()) == place + 1
        if place < 2:
            clerk.click(page.primary)  # the next dossier
    assert matters == {TEA: ["near_line"], HONEY: ["gate"], FRUIT: []}
    assert page.primary.text() == "Về phiên"


def close_session(clerk: Clerk) -> None:
    sessions = clerk.go("sessions")
    clerk.cell(sessions.list_page.table, 0, 1)
    clerk.wait(sessions.matrix_page.isVisible)
    clerk.settle()
    assert sessions.matrix_page.primary.text() == "Đóng phiên"
    clerk.click(sessions.matrix_page.primary)
    assert clerk.ask(lambda session: session.scalars(select(CouncilSession.status)).all()) == ["closed"]
    clerk.click(sessions.matrix_page.primary)  # on to the certificates


def issue_certificates(clerk: Clerk, pdf: Path, summary: Path) -> None:
    page = clerk.page
    issue = page.issue
    assert issue.warning.isVisible() and not issue.primary.isEnabled()
    clerk.write(issue.number.editor, "2117/QĐ-UBND")
    clerk.write(issue.date.editor, "30/11/2026")
    assert issue.primary.text() == "Cấp 2 giấy chứng nhận"
    clerk.click(issue.primary)
    assert "từ 01-" in issue.warning_words.text() and issue.primary.text() == "Cấp ngay 2 giấy"
    clerk.click(issue.primary)
    assert issue.primary.text() == "Lưu PDF 2 giấy…"
    clerk.click(issue.primary)
    clerk.file(pdf)
    clerk.click(page.summary)
    clerk.file(summary)
    assert {f"Đã lưu 2 giấy chứng nhận vào {pdf.name}", f"Đã ghi bảng tổng hợp vào {summary.name}"} <= set(clerk.said())


def look_again(clerk: Clerk) -> None:
    """Everything is on show again after the window was closed and opened."""
    assert clerk.window.rail._province.toolTip() == "Tỉnh Lạng Sơn"
    listed = clerk.go("dossiers").list
    rows = [listed.model.row_at(place) for place in range(listed.model.rowCount())]
    assert {row.product: row.stars for row in rows} == {TEA: 4, HONEY: 4, FRUIT: 2}
    assert len(clerk.go("importing").start.batches.undo_links) == 1
    sessions = clerk.go("sessions")
    clerk.cell(sessions.list_page.table, 0, 1)
    clerk.wait(sessions.matrix_page.isVisible)
    clerk.settle()
    view = sessions.matrix_page.view
    clerk.cell(view, row_of(view, TEA), PRODUCT)
    assert clerk.page.missing.text().startswith("Đã chốt") and clerk.page.rank.stars.count == 4
    page = clerk.go("certificates")
    assert (page.issue.number.value(), page.issue.date.value()) == ("2117/QĐ-UBND", dt.date(2026, 11, 30))
    clerk.click(page.to_register)
    register = page.register.model
    assert {register.row_at(place).product for place in range(register.rowCount())} == {TEA, HONEY}


def kept_in(session: Any) -> tuple[Any, ...]:
    """Decision, results and certificates of a file."""
    printed = results.results_json(session, "2026-2")
    return (
        [(d.number, d.date, d.authority) for d in session.query(Decision)],
        {line["product"]: line["stars"] for line in printed},
        sorted((c.number, c.stars, c.printed_at is not None) for c in session.query(Certificate)),
        session.query(AgendaItem).filter_by(status="closed").count(),
    )


def pages_of(pdf: Path) -> Sequence[str]:
    """The words of each page."""
    return [page.extract_text() for page in pypdf.PdfReader(pdf).pages]


def test_the_whole_main_job_through_the_window(qtbot: QtBot, file: Path, tmp_path: Path) -> None:
    pdf, summary = tmp_path / "gcn.pdf", tmp_path / "tong-hop.xlsx"
    with opened(qtbot, file, Settings(user="Bà Lan")) as found:
        clerk = Clerk(found)
        choose_province(clerk)
        import_list(clerk, spreadsheet(tmp_path / "dang-ky.xlsx"))
        fill_dossier(clerk)
        complete_dossiers(clerk)
        create_session(clerk)
        score_by_keyboard(clerk)
        close_results(clerk)
        close_session(clerk)
        issue_certificates(clerk, pdf, summary)
        clerk.close()
    decision, stars, certificates, closed = read(file, kept_in)
    assert decision == [("2117/QĐ-UBND", dt.date(2026, 11, 30), "Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn")]
    assert (stars, closed) == ({TEA: 4, HONEY: 4, FRUIT: 2}, 3)
    assert certificates == [("01-2026/GCN-OCOP", 4, True), ("02-2026/GCN-OCOP", 4, True)]
    pages = pages_of(pdf)
    for name in (TEA, HONEY):
        assert sum(name in page and "2117/QĐ-UBND" in page and "30/11/2029" in page for page in pages) == 1
    cells = {cell.value for sheet in openpyxl.load_workbook(summary) for row in sheet.iter_rows() for cell in row}
    assert {TEA, HONEY, FRUIT, "Hiệp hội Chè"} <= cells
    with opened(qtbot, file, settings.load()) as found:
        look_again(Clerk(found))
