"""Sessions through the window: create, open, matrix, recusal, closing; what counts is what stands in the file."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from ocop_desktop.actions import advisory, sessions
from ocop_desktop.data.engine import Database
from ocop_desktop.data.tables import (
    AgendaItem,
    Ballot,
    Change,
    CouncilSession,
    Dossier,
    Member,
    Presence,
    Producer,
    Recusal,
    Result,
    SessionMember,
)
from ocop_desktop.ui.session_council import MembersModel
from ocop_desktop.ui.session_matrix_view import MatrixView
from ocop_desktop.ui.sessions_screen import SessionsScreen
from tests.actions.meeting import answers, dossiers, draft, items_of, members_of, open_meeting, put_in, rules_of
from tests.ui.screen_room import ScreenRoom

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication, db: Database) -> Iterator[ScreenRoom]:
    made = ScreenRoom(qtbot, qapp, db, "sessions", SessionsScreen)
    yield made
    made.close()


def meeting(room: ScreenRoom, products: int = 3, members: int = 9) -> tuple[int, list[int], list[int]]:
    with room.db.begin() as session:
        return open_meeting(session, products, members)


def fill(room: ScreenRoom, item: int, members: list[int], points: int = 60) -> None:
    with room.db.begin() as session:
        for member in members:
            put_in(session, item, member, answers(rules_of(session, item), points))


def press(room: ScreenRoom, view: MatrixView, row: int, column: int) -> None:
    place = view.visualRect(view.matrix_model.index(row, column)).center()
    room.bot.mouseClick(view.viewport(), LEFT, pos=place)


def menu_action(room: ScreenRoom, row: int, column: int, words: str) -> QAction:
    page = room.screen.matrix_page
    menu = page.menu_for(page.view.matrix_model.index(row, column))
    return next(a for a in menu.actions() if words in a.text())


def test_an_empty_list_leads_to_the_first_session(room: ScreenRoom) -> None:
    room.go()
    page = room.screen.list_page
    assert page.empty.isVisible() and not page.table.isVisible()
    room.bot.mouseClick(page.empty.action, LEFT)
    assert room.went[-1] == ("sessions", {"new": True}) and room.screen.currentWidget() is room.screen.create_page


def test_a_session_is_created_on_one_page(room: ScreenRoom) -> None:
    with room.db.begin() as session:
        ids = dossiers(session, 3)
    room.go(new=True)
    page = room.screen.create_page
    for key, words in (("name", "Đợt 7"), ("code", "2026-7"), ("place", "Hội trường")):
        line = page.form.field(key).line
        line.clear()
        room.write(line, words)
    assert not page.council.field("council_id").isVisible()  # there is no earlier council
    room.write(page.council.field("council_name").line, "Hội đồng tỉnh")
    for place, (name, agency) in enumerate((("Hoàng Văn Minh", "Sở Công Thương"), ("Nông Thị Hà", "Sở Y tế"))):
        room.bot.mouseClick(page.members.add, LEFT)
        for column, words in ((0, name), (1, agency)):
            page.members.view.setCurrentIndex(page.members.model.index(place, column))
            editor = page.members.view.viewport().findChildren(QLineEdit)[-1]
            room.write(editor, words)
            room.bot.keyClick(editor, KEY.Key_Return)
    assert [m.role for m in page.members.model.members] == ["chair", "member"]
    table = page.agenda.table
    room.bot.mouseClick(table.viewport(), LEFT, pos=table.visualRect(page.agenda.model.index(0, 0)).center())
    table.setCurrentIndex(page.agenda.model.index(2, 1))
    room.bot.keyClick(table, KEY.Key_Space)
    assert "Hội đồng có 2 thành viên" in page.notes.text() and page.notes.isVisible()
    room.bot.mouseClick(page.primary, LEFT)
    made = room.ask(lambda s: [(x.code, x.name, x.place, x.status) for x in s.scalars(select(CouncilSession))])
    assert made == [("2026-7", "Đợt 7", "Hội trường", "draft")]
    assert room.ask(lambda s: s.scalar(select(func.count()).select_from(AgendaItem))) == 2
    assert room.ask(lambda s: [(m.name, m.agency) for m in s.scalars(select(Member).order_by(Member.seat))]) == [
        ("Hoàng Văn Minh", "Sở Công Thương"), ("Nông Thị Hà", "Sở Y tế")]
    assert room.ask(lambda s: s.scalar(select(func.count()).where(Dossier.status == "in_session"))) == 2
    assert room.screen.currentWidget() is room.screen.matrix_page and len(ids) == 3


def test_phone_and_address_of_the_member_chosen_are_filled_in_below_the_table(room: ScreenRoom) -> None:
    with room.db.begin() as session:
        ids = dossiers(session, 2)
        sessions.create(session, draft(ids[:1]))
    room.go(new=True)
    page = room.screen.create_page
    members = page.members
    assert page.council.field("council_id").isVisible()
    assert not members.contact.isVisible()
    members.view.setCurrentIndex(members.model.index(2, 2))
    line = members.contact.field("phone").line
    line.setFocus()
    room.write(line, "0912 345 678")
    room.bot.keyClick(line, KEY.Key_Tab)
    members.view.setCurrentIndex(members.model.index(0, 2))
    assert line.text() == "" and members.model.members[2].phone == "0912 345 678"
    page.agenda.ticked.update({c.dossier_id: c for c in page.agenda._candidates if c.dossier_id == ids[1]})
    page.form.field("code").line.setText("2026-8")
    room.bot.mouseClick(page.primary, LEFT)
    phones = room.ask(lambda s: [m.phone for m in s.scalars(select(Member).order_by(Member.id.desc()).limit(10))])
    assert sorted(phones) == [*[""] * 9, "0912 345 678"]


def test_a_member_taken_out_by_mistake_comes_back(room: ScreenRoom) -> None:
    with room.db.begin() as session:
        sessions.create(session, draft(dossiers(session, 1)))
    room.go(new=True)
    page = room.screen.create_page
    members, view = page.members, page.members.view
    assert members.scoring.text() == "9 trên 10 thành viên chấm" and not members.remove.isEnabled()
    place = members.remove.mapTo(page, QPoint(0, 0))
    room.bot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(members.model.index(3, 1)).center())
    assert members.contact.isVisible() and members.remove.mapTo(page, QPoint(0, 0)).x() == place.x()
    assert members.remove.y() < members.contact.y()
    before = list(members.model.members)
    room.bot.mouseClick(members.remove, LEFT)
    assert members.model.members == before[:3] + before[4:] and members.scoring.text() == "8 trên 9 thành viên chấm"
    assert not view.currentIndex().isValid() and not members.remove.isEnabled() and not members.contact.isVisible()
    room.bot.mouseClick(members.remove, LEFT)
    assert len(members.model.members) == 9
    (note,) = room.say.notes()
    assert before[3].name in note.words
    room.bot.mouseClick(next(b for b in note.findChildren(QPushButton) if b.text() == "Hoàn tác"), LEFT)
    assert members.model.members == before and members.scoring.text() == "9 trên 10 thành viên chấm"
    page.rules.form.field("secretary_scores").editor.click()
    assert members.scoring.text() == "10 trên 10 thành viên chấm"
    view.setCurrentIndex(members.model.index(5, 1))
    room.bot.mouseClick(members.remove, LEFT)
    assert any(before[5].name in n.words for n in room.say.notes())
    room.go()
    assert not any(before[5].name in n.words for n in room.say.notes())


def test_what_is_missing_is_said_in_place_and_nothing_is_written(room: ScreenRoom) -> None:
    with room.db.begin() as session:
        dossiers(session, 1)
    room.go(new=True)
    page = room.screen.create_page
    room.write(page.council.field("council_name").line, "Hội đồng tỉnh")
    room.bot.mouseClick(page.primary, LEFT)
    room.quiet()
    assert "chưa có hồ sơ" in page.problem.text() and "chủ tịch" in page.problem.text() and page.problem.isVisible()
    assert room.ask(lambda s: s.scalar(select(func.count()).select_from(CouncilSession))) == 0


def test_search_keeps_what_is_ticked(room: ScreenRoom) -> None:
    with room.db.begin() as session:
        dossiers(session, 9)
    room.go(new=True)
    agenda = room.screen.create_page.agenda
    room.bot.mouseClick(agenda.all, LEFT)
    assert len(agenda.ticked) == 9
    room.write(agenda.search, "che shan")
    room.bot.waitUntil(lambda: agenda.model.rowCount() == 1)
    room.bot.mouseClick(agenda.table.viewport(), LEFT, pos=agenda.table.visualRect(agenda.model.index(0, 1)).center())
    assert len(agenda.ticked) == 8 and agenda.count.text() == "Đã chọn 8 hồ sơ"


def test_the_filled_button_opens_then_closes_dossiers_then_the_session(room: ScreenRoom) -> None:
    with room.db.begin() as session:
        from ocop_desktop.actions import sessions

        id = sessions.create(session, draft(dossiers(session, 2)))
    room.go(session_id=id)
    page = room.screen.matrix_page
    assert page.primary.text() == "Mở phiên"
    room.bot.mouseClick(page.primary, LEFT)
    assert room.ask(lambda s: s.get_one(CouncilSession, id).status) == "open"
    room.quiet()
    assert not page.primary.isEnabled()
    items = room.ask(lambda s: list(s.scalars(select(AgendaItem.id).order_by(AgendaItem.position))))
    members = room.ask(lambda s: list(s.scalars(select(SessionMember.member_id).where(SessionMember.scores))))
    for item in items:
        fill(room, item, members)
    room.go(session_id=id)
    assert page.primary.text() == "Chốt 2 hồ sơ đủ phiếu"
    room.bot.mouseClick(page.primary, LEFT)
    assert room.ask(lambda s: s.scalar(select(func.count()).select_from(Result))) == 2
    room.quiet()
    assert page.primary.text() == "Đóng phiên"
    assert room.say.notes()[-1].words.startswith("Đã chốt 2 hồ sơ: ") and room.say.notes()[-1].action.text() == "Xem và mở lại…"
    room.screen.activateWindow()  # here the bar is a window of its own
    room.bot.mouseClick(page.primary, LEFT)
    assert room.ask(lambda s: s.get_one(CouncilSession, id).status) == "closed"


def test_rings_and_rows_lead_to_ballots_and_results(room: ScreenRoom) -> None:
    id, items, members = meeting(room)
    room.go(session_id=id)
    view = room.screen.matrix_page.view
    press(room, view, 1, 4)
    assert room.went[-1] == ("scoring", {"item_id": items[1], "member_id": members[2]})
    press(room, view, 2, 1)
    assert room.went[-1] == ("results", {"item_id": items[2]})
    room.bot.keyClick(view, KEY.Key_Right)
    room.bot.keyClick(view, KEY.Key_Up)
    room.bot.keyClick(view, KEY.Key_Return)
    assert room.went[-1] == ("scoring", {"item_id": items[1], "member_id": members[0]})


def test_recusal_asks_for_a_reason_in_place(room: ScreenRoom) -> None:
    id, items, members = meeting(room)
    room.go(session_id=id)
    page = room.screen.matrix_page
    menu_action(room, 0, 3, "Không chấm").trigger()
    assert page.reason.isVisible() and not page.reason.yes.isEnabled()
    room.write(page.reason.line, "Anh ruột chủ thể")
    room.bot.keyClick(page.reason.line, KEY.Key_Return)
    assert room.ask(lambda s: [(r.item_id, r.member_id, r.reason) for r in s.scalars(select(Recusal))]) == [
        (items[0], members[1], "Anh ruột chủ thể")]
    assert not page.reason.isVisible()
    room.quiet()
    assert page.view.matrix_model.index(0, 3).data() == "không chấm"
    menu_action(room, 0, 3, "Cho chấm trở lại").trigger()
    assert room.ask(lambda s: s.scalar(select(func.count()).select_from(Recusal))) == 0


def test_escape_leaves_the_question_without_loss(room: ScreenRoom) -> None:
    id, items, _members = meeting(room)
    room.go(session_id=id)
    page = room.screen.matrix_page
    menu_action(room, 0, 1, "Rút hồ sơ").trigger()
    room.write(page.reason.line, "x")
    room.bot.keyClick(page.reason.line, KEY.Key_Escape)
    assert not page.reason.isVisible()
    assert room.ask(lambda s: s.get_one(AgendaItem, items[0]).status) == "open"


def test_a_finished_ballot_is_reopened_as_a_new_version(room: ScreenRoom) -> None:
    id, items, members = meeting(room, 1)
    fill(room, items[0], members[:1])
    room.go(session_id=id)
    page = room.screen.matrix_page
    menu_action(room, 0, 2, "Mở lại phiếu").trigger()
    room.write(page.reason.line, "Chấm nhầm")
    room.bot.mouseClick(page.reason.yes, LEFT)
    versions = room.ask(lambda s: [(b.version, b.finished_at is None, b.reopened_why)
                                   for b in s.scalars(select(Ballot).order_by(Ballot.version))])
    assert versions == [(1, False, ""), (2, True, "Chấm nhầm")]


def test_roll_call_changes_the_quorum_line(room: ScreenRoom) -> None:
    id, _items, members = meeting(room)
    room.go(session_id=id)
    page = room.screen.matrix_page
    assert "có mặt 9, đủ số lượng (từ 7)" in page.told.text()
    for place in (1, 2, 3):
        page.roll_menu.actions()[place].trigger()
        room.quiet()
    present = room.ask(lambda s: s.scalar(select(func.count()).where(SessionMember.scores, SessionMember.present)))
    assert present == 6 and "chưa đủ số lượng (cần từ 7)" in page.told.text() and len(members) == 9


def test_chips_filter_the_rows(room: ScreenRoom) -> None:
    id, items, members = meeting(room)
    fill(room, items[1], members)
    room.go(session_id=id)
    page = room.screen.matrix_page
    room.bot.mouseClick(page.chips.chip("complete"), LEFT)
    assert [page.view.matrix_model.index(r, 1).data() for r in range(page.view.matrix_model.rowCount())] == ["Miến dong Vạn Linh"]


def test_rules_are_changed_freely_until_the_first_ballot_and_then_with_a_reason(room: ScreenRoom) -> None:
    id, items, members = meeting(room)
    room.go(session_id=id)
    page = room.screen.matrix_page
    for words, reason in (("8,5", ""), ("12", "Hội đồng thống nhất đầu phiên")):
        room.bot.mouseClick(page.rules_button, LEFT)
        went = len(room.went)
        room.bot.keyClick(page.rules.form.field("digits").editor, Qt.Key.Key_Escape)
        assert not page.rules.isVisible() and len(room.went) == went  # the panel closes, the session stays
        room.bot.mouseClick(page.rules_button, LEFT)
        assert page.rules.reason.isVisible() == bool(reason)
        line = page.rules.form.field("spread").line
        line.clear()
        room.write(line, words)
        if reason:
            room.bot.mouseClick(page.rules.save, LEFT)
            assert page.rules.reason.error() == "Cần ghi lý do"
            room.write(page.rules.reason.line, reason)
        room.bot.mouseClick(page.rules.save, LEFT)
        room.quiet()
        fill(room, items[0], members[:1]) if not reason else None
        room.go(session_id=id)
    assert room.ask(lambda s: s.get_one(CouncilSession, id).working_rules["spread"]) == "12"
    lines = room.ask(lambda s: [(c.before, c.after) for c in s.scalars(select(Change).where(Change.what == "rules"))])
    assert lines == [({"spread": "10"}, {"spread": "17/2"}),
                     ({"spread": "17/2"}, {"spread": "12", "reason": "Hội đồng thống nhất đầu phiên"})]


def test_a_member_who_comes_late_is_absent_for_the_dossiers_before(room: ScreenRoom) -> None:
    id, items, members = meeting(room)
    room.go(session_id=id)
    menu_action(room, 0, 4, "Vắng từ hồ sơ này trở đi").trigger()
    room.quiet()
    menu_action(room, 2, 4, "Có mặt từ hồ sơ này trở đi").trigger()
    query = select(Presence.item_id, Presence.member_id, Presence.present).order_by(Presence.item_id)
    marks = [tuple(row) for row in room.ask(lambda s: s.execute(query).all())]
    assert marks == [(items[0], members[2], False), (items[1], members[2], False), (items[2], members[2], True)]
    room.quiet()
    assert [line.cells[2].state for line in room.screen.matrix_page.matrix.rows] == ["absent", "absent", "empty"]


def test_a_hint_is_put_aside_for_good_or_answered_by_a_recusal(room: ScreenRoom) -> None:
    id, items, members = meeting(room)
    with room.db.begin() as session:
        session.get_one(Member, members[1]).phone = "0912 345 678"
        session.get_one(Member, members[2]).phone = "0987654321"
        producers = session.scalars(select(Producer).order_by(Producer.id)).all()
        producers[0].phone, producers[1].phone = "84912345678", "987654321; 0205 3812345"
    room.go(session_id=id)
    card = room.screen.matrix_page.interests
    assert card.isVisible() and [i.member_id for i in card.found] == [members[1], members[2]]
    aside = next(b for b in card.findChildren(QPushButton) if b.text() == "Bỏ qua gợi ý")
    room.bot.mouseClick(aside, LEFT)
    room.quiet()
    assert [i.member_id for i in card.found] == [members[2]]
    room.bot.mouseClick([b for b in card.findChildren(QPushButton) if b.text() == "Ghi không chấm…"][-1], LEFT)
    bar = room.screen.matrix_page.reason
    room.bot.mouseClick(bar.suggestions.findChildren(QPushButton)[1], LEFT)
    room.bot.mouseClick(bar.yes, LEFT)
    found = room.ask(lambda s: [(r.item_id, r.member_id, r.reason) for r in s.scalars(select(Recusal))])
    assert found == [(items[1], members[2], "Có người thân ở chủ thể")]
    room.go()
    room.go(session_id=id)
    assert not card.isVisible()


def test_a_written_round_hands_what_differs_to_a_meeting(room: ScreenRoom) -> None:
    with room.db.begin() as session:
        ids = dossiers(session, 2)
        for dossier in session.scalars(select(Dossier)):
            dossier.kind = "reevaluation"
        id = sessions.create(session, replace(draft(ids), kind="written"))
        sessions.open_session(session, id)
        items, members = items_of(session, id), members_of(session, id)
    fill(room, items[0], members)
    fill(room, items[1], members[:-1])
    with room.db.begin() as session:
        put_in(session, items[1], members[-1], answers(rules_of(session, items[1]), 40, 0))
    room.go(session_id=id)
    page = room.screen.matrix_page
    assert "Lấy ý kiến bằng văn bản" in page.told.text() and page.matrix.due_on == dt.date(2027, 1, 7)
    assert [line.state for line in page.matrix.rows] == ["complete", "differ"]
    room.bot.mouseClick(page.to_meeting, LEFT)
    room.bot.mouseClick(page.escalation.yes, LEFT)
    room.quiet()
    made = room.ask(lambda s: s.scalars(select(CouncilSession).order_by(CouncilSession.id.desc())).first())
    assert (made.code, made.kind, made.status) == ("2026-2-H", "meeting", "draft")
    assert room.went[-1] == ("sessions", {"session_id": made.id})
    assert room.ask(lambda s: [(i.session_id, i.status) for i in s.scalars(select(AgendaItem).order_by(AgendaItem.id))]) == [
        (id, "open"), (id, "removed"), (made.id, "open")]


def test_the_record_is_saved_as_a_zip(room: ScreenRoom, tmp_path: Path) -> None:
    id, _items, _members = meeting(room)
    room.go(session_id=id)
    room.screen.matrix_page.record.save("2026-2", tmp_path / "ho-so.zip")
    room.quiet()
    with zipfile.ZipFile(tmp_path / "ho-so.zip") as archive:
        assert sorted(archive.namelist()) == ["ho-so-phien.json", "ho-so-phien.md", "ho-so-phien.pdf"]


def test_matrix_model_is_sound_and_paints_thirteen_by_two_hundred(room: ScreenRoom, qtbot: QtBot) -> None:
    id, items, members = meeting(room, 200, 13)
    fill(room, items[0], members)
    fill(room, items[2], members[:4])
    view = room.screen.matrix_page.view
    tester = QAbstractItemModelTester(view.matrix_model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    room.go(session_id=id)
    assert (view.matrix_model.rowCount(), view.matrix_model.columnCount()) == (200, 16)
    assert view.grab().width() > 0 and view.horizontalScrollBar().maximum() == 0
    room.go(session_id=id)
    assert view.indexAt(QPoint(5, 5)) != QModelIndex() and tester is not None


def test_members_model_is_sound() -> None:
    model = MembersModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.add()
    model.add()
    assert model.setData(model.index(1, 0), "  Nông   Thị Hà ") and model.index(1, 0).data() == "Nông Thị Hà"
    assert not model.setData(model.index(1, 4), "boss") and model.index(1, 4).data() == "Thành viên"
    model.remove(0)
    assert len(model.members) == 1 and tester is not None


def test_the_agenda_is_narrowed_by_set(room: ScreenRoom) -> None:
    with room.db.begin() as session:
        dossiers(session, 9)
    room.go(new=True)
    agenda = room.screen.create_page.agenda
    assert not agenda.round.isVisible() and agenda.set_no.isVisible()
    agenda.set_no.setFocus()
    room.bot.keyClick(agenda.set_no, KEY.Key_Down)
    room.quiet()
    assert agenda.set_no.currentData() == 1
    assert [agenda.model.row_at(r).set_no for r in range(agenda.model.rowCount())] == [1, 1]


def test_more_is_done_from_the_mark_at_the_end_of_a_row_and_by_the_space_bar(room: ScreenRoom) -> None:
    id, items, members = meeting(room)
    room.go(session_id=id)
    page, view = room.screen.matrix_page, room.screen.matrix_page.view
    room.bot.mouseClick(view.viewport(), LEFT, pos=view.more_rect(1).center())
    opened = QApplication.activePopupWidget()
    assert isinstance(opened, QMenu)
    inner = next(a.menu() for a in opened.actions() if a.text() == "Không chấm")
    assert isinstance(inner, QMenu) and len(inner.actions()) == 9
    inner.actions()[2].trigger()
    opened.close()
    room.write(page.reason.line, "Anh ruột chủ thể")
    room.bot.keyClick(page.reason.line, KEY.Key_Return)
    assert room.ask(lambda s: [(r.item_id, r.member_id) for r in s.scalars(select(Recusal))]) == [(items[1], members[2])]
    view.setCurrentIndex(view.matrix_model.index(1, 4))
    room.bot.keyClick(view, KEY.Key_Space)
    opened = QApplication.activePopupWidget()
    assert isinstance(opened, QMenu) and "Cho chấm trở lại" in [a.text() for a in opened.actions()]
    opened.close()
    room.bot.keyClick(view, KEY.Key_Escape)
    assert room.went[-1] == ("sessions", {})


def test_the_matrix_shows_what_the_advisory_team_proposes(room: ScreenRoom) -> None:
    id, items, _members = meeting(room)
    with room.db.begin() as session:
        dossier = session.get_one(AgendaItem, items[0]).dossier_id
        advisory.note_missing_papers(session, dossier, "Phiếu kiểm nghiệm", "Lan")
        advisory.propose(session, dossier, "supplement", "Lan")
    room.go(session_id=id)
    model = room.screen.matrix_page.view.matrix_model
    told = [model.index(row, 1).data(Qt.ItemDataRole.AccessibleTextRole) for row in (0, 1)]
    assert told[0].endswith("tư vấn: bổ sung") and "tư vấn" not in told[1]
    delegate = room.screen.matrix_page.view.itemDelegateForColumn(1)
    assert [delegate.kept_free(model.index(row, 1)) > 0 for row in (0, 1)] == [True, False]
    with room.db.begin() as session:
        other = session.get_one(AgendaItem, items[1]).dossier_id
        first = advisory.own_ballot(session, other).rules.criteria[0]
        advisory.choose(session, other, first.code, "0", "Lan")
    room.go(session_id=id)
    assert model.index(1, 1).data(Qt.ItemDataRole.ToolTipRole).endswith("tư vấn đang chấm")
    assert delegate.kept_free(model.index(1, 1)) == 0  # what nearly every dossier has leaves the producer its room
    menu_action(room, 0, 1, "Ý kiến Tổ tư vấn").trigger()
    assert room.went[-1] == ("dossiers", {"dossier_id": dossier, "tab": "advisory"})
    room.go(session_id=id)
    page = room.screen.matrix_page
    room.bot.mouseClick(page.rules_button, LEFT)
    room.bot.keyClick(page.rules.form.field("advisory_shown").editor, KEY.Key_Space)
    room.bot.mouseClick(page.rules.save, LEFT)
    assert room.ask(lambda s: s.get_one(CouncilSession, id).working_rules["advisory_shown"]) is False


def test_a_session_with_wrong_members_is_deleted_and_made_again(room: ScreenRoom) -> None:
    id, _items, _members = meeting(room)
    room.go(session_id=id)
    page = room.screen.matrix_page
    next(a for a in page.more.menu.actions() if "Xóa phiên" in a.text()).trigger()
    room.quiet()
    assert page.reason.isVisible() and "3 hồ sơ trở lại" in page.reason.question.text() and not page.reason.yes.isEnabled()
    room.write(page.reason.line, "Nhập sai thành viên")
    room.bot.keyClick(page.reason.line, KEY.Key_Return)
    assert room.ask(lambda s: s.scalar(select(func.count()).select_from(CouncilSession))) == 0
    assert room.ask(lambda s: {d.status for d in s.scalars(select(Dossier))}) == {"ready"}
    assert room.screen.currentWidget() is room.screen.list_page and room.screen.list_page.empty.isVisible()
    (note,) = room.say.notes()
    room.bot.mouseClick(next(b for b in note.findChildren(QPushButton) if "Tạo lại" in b.text()), LEFT)
    room.quiet()
    made = room.screen.create_page
    assert room.screen.currentWidget() is made and len(made.agenda.ticked) == 3 and len(made.members.model.members) == 10
    made.members.model.remove(4)
    room.bot.mouseClick(made.primary, LEFT)
    assert room.ask(lambda s: [(x.code, len(s.scalars(select(SessionMember).where(SessionMember.session_id == x.id)).all()))
                               for x in s.scalars(select(CouncilSession))]) == [("2026-2", 9)]


def test_the_list_deletes_a_session_nobody_scored_in(room: ScreenRoom) -> None:
    _id, items, members = meeting(room)
    room.go()
    page = room.screen.list_page
    menu = page.menu_at(page.table.visualRect(page.table.model().index(0, 0)).center())
    assert [a.text() for a in menu.actions()] == ["Mở phiên đánh giá", "Xóa phiên…"]
    fill(room, items[0], members[:1])
    menu.actions()[1].trigger()
    room.quiet()
    assert not page.reason.isVisible() and "rút từng hồ sơ" in room.say.notes()[-1].words
    with room.db.begin() as session:
        session.query(Ballot).delete()
    room.screen.activateWindow()  # the bar stands in a window of its own here
    room.bot.waitUntil(room.screen.isActiveWindow)
    page.table.setFocus()
    room.bot.keyClick(page.table, KEY.Key_Delete)
    room.quiet()
    assert page.reason.isVisible()
    room.write(page.reason.line, "Tạo nhầm")
    room.bot.mouseClick(page.reason.yes, LEFT)
    assert room.ask(lambda s: s.scalar(select(func.count()).select_from(CouncilSession))) == 0
