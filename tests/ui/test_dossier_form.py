"""One dossier's form: fields kept as one goes, errors under them, undo, completeness, self-score - with clicks and keys."""

import datetime as dt

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QFileDialog, QLabel

from ocop_desktop.actions import advisory, dossier_papers, dossiers, self_score, session_papers
from ocop_desktop.actions.dossier_papers import KINDS
from ocop_desktop.actions.dossiers import NewDossier
from ocop_desktop.actions.rulebooks import falls_under
from ocop_desktop.data.tables import Dossier, DossierPaper, Producer, SelfAnswer
from ocop_desktop.data.tables_advisory import AdvisoryReview
from ocop_desktop.rules.ballot import missed_gates
from ocop_desktop.text import say
from ocop_desktop.ui.dossiers_screen import DossiersScreen
from ocop_desktop.ui.widgets import LinkLabel
from tests.actions.meeting import answers
from tests.ui.screen_room import ScreenRoom


@pytest.fixture
def room(qtbot, qapp, db):
    with db.begin() as session:
        place = dossiers.suggest_communes(session, "Mẫu Sơn", "20")[0].id
        number = dossiers.create(session, NewDossier("Chè Shan", 11, "first", None, "HTX Mẫu Sơn", "cooperative", place), "Lan")
        dossiers.create(session, NewDossier("Mật ong", 4, "first", None, "HKD Chi Lăng", "household"), "Lan")
    opened = ScreenRoom(qtbot, qapp, db, "dossiers", DossiersScreen)
    opened.number = number
    opened.go()
    opened.go(dossier_id=number)
    yield opened
    opened.close()


def form(room):
    return room.screen.form


def fill(room, key, words, leave=True):
    """Jump to a field, type over what stands there, go on with Tab."""
    page = form(room)
    page.jump("", key)
    editor = page._field(key).editor
    room.bot.waitUntil(editor.hasFocus)
    room.bot.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    room.bot.keyClick(editor, Qt.Key.Key_Delete)
    room.write(editor, words)
    if leave:
        room.bot.keyClick(editor, Qt.Key.Key_Tab)
        room.quiet()


def producer(room, field):
    return room.ask(lambda session: getattr(session.query(Producer).filter(Producer.name.like("HTX%")).one(), field))


def test_a_field_is_kept_when_it_is_left(room):
    fill(room, "producer.representative", "Triệu Thị Lan")
    assert producer(room, "representative") == "Triệu Thị Lan"
    assert form(room).history.model.rows()[0].after == "Triệu Thị Lan"
    assert form(room).history.model.rows()[0].who == "Lan"


def test_the_decision_a_dossier_falls_under_is_explained_by_its_day_and_kind(room):
    for day, kind in (("10/04/2026", "first"), ("01/06/2026", "first"), ("01/06/2026", "reevaluation")):
        fill(room, "registration.filed_on", day)
        box = form(room)._field("registration.kind").combo
        box.setCurrentIndex(box.findData(kind))
        box.activated.emit(box.currentIndex())
        room.quiet()
        why = falls_under(dt.datetime.strptime(day, "%d/%m/%Y").date(), kind).why
        law = form(room).registration.law
        assert law.isVisible() and law.text().startswith(say(why).rstrip(".")) and day in law.text()


def test_a_wrong_value_says_so_under_its_field_and_stays_there(room):
    fill(room, "producer.phone", "12345")
    field = form(room)._field("producer.phone")
    assert "10 hoặc 11 chữ số" in field.error()
    fill(room, "producer.position", "Giám đốc")
    assert field.editor.text() == "12345" and field.error()
    assert producer(room, "phone") == ""
    fill(room, "producer.phone", "0963 170 669")
    assert not field.error() and field.editor.text() == "0963170669" == producer(room, "phone")


def test_a_tab_with_a_wrong_field_says_so_until_it_is_mended(room):
    fill(room, "producer.email", "khong-phai-thu")
    tabs = form(room).tabs
    assert form(room)._field("producer.email").error()
    assert tabs.tabToolTip(0) == "1 ô cần sửa"
    fill(room, "producer.email", "htx@mauson.vn")
    assert tabs.tabToolTip(0).endswith("mục")


def test_escape_keeps_what_is_being_typed(room):
    fill(room, "producer.address", "Thôn Lặp Pịa", leave=False)
    room.bot.keyClick(form(room)._field("producer.address").editor, Qt.Key.Key_Escape)
    room.bot.waitUntil(lambda: room.screen.stack.currentWidget() is room.screen.list)
    assert producer(room, "address") == "Thôn Lặp Pịa"


def test_escape_does_not_lose_a_refused_value_without_saying(room):
    fill(room, "producer.phone", "12", leave=False)
    page = form(room)
    room.bot.keyClick(page._field("producer.phone").editor, Qt.Key.Key_Escape)
    room.quiet()
    assert room.screen.stack.currentWidget() is page
    assert any("Esc" in note.words for note in room.say.notes())
    assert not room.screen.leave() and room.screen.stack.currentWidget() is page  # going elsewhere drops nothing either
    room.bot.keyClick(page._field("producer.phone").editor, Qt.Key.Key_Escape)
    room.bot.waitUntil(lambda: room.screen.stack.currentWidget() is room.screen.list)
    assert producer(room, "phone") == ""
    room.go(dossier_id=page.form.id)
    assert page._field("producer.phone").editor.text() == ""


def test_a_date_that_cannot_be_read_is_kept_back_until_mended_or_dropped(room):
    page, line = form(room), form(room)._field("producer.founded").editor
    fill(room, "producer.founded", "01/02/2020")
    fill(room, "producer.founded", "31/02/2026", leave=False)
    room.bot.keyClick(line, Qt.Key.Key_Escape)
    room.quiet()
    assert room.screen.stack.currentWidget() is page and page.focusWidget() is line and line.text() == "31/02/2026"
    (note,) = room.say.notes()
    assert "Esc" in note.words
    room.screen.activateWindow()  # here the bar is a window of its own
    fill(room, "producer.founded", "30/02/2026", leave=False)  # other words: told again, not dropped
    room.bot.keyClick(line, Qt.Key.Key_Escape)
    room.quiet()
    assert room.screen.stack.currentWidget() is page and line.text() == "30/02/2026"
    room.screen.activateWindow()
    fill(room, "producer.founded", "01/02/2020")
    assert room.say.notes() == ()  # as kept: nothing was saved, and yet it is mended
    fill(room, "producer.founded", "99", leave=False)
    for _time in range(2):
        room.bot.keyClick(line, Qt.Key.Key_Escape)
        room.quiet()
    assert room.screen.stack.currentWidget() is room.screen.list and room.say.notes() == ()
    assert producer(room, "founded") == dt.date(2020, 2, 1)


def test_the_round_is_chosen_among_those_known_or_told_to_be_new(room):
    with room.db.begin() as session:
        other = dossiers.create(session, NewDossier("Mật ong", 4, "first", None, "HTX Khác", "cooperative", None), "Lan")
        dossiers.change(session, other, "registration.round", "2026-1", "Lan")
    room.screen.refresh()
    room.quiet()
    page = form(room)
    page.jump("registration", "registration.round")
    field = page._field("registration.round")
    assert field.line.placeholderText() == "Ví dụ 2026-2"
    room.bot.keyClick(field.combo, Qt.Key.Key_Down)
    room.bot.keyClick(field.combo, Qt.Key.Key_Tab)
    room.quiet()
    assert page.form.registration.round == "2026-1" and not field.note.isVisible()
    fill(room, "registration.round", "2026-9")
    assert page.form.registration.round == "2026-9" and "Đợt mới" in field.note.text() and field.note.isVisible()


def test_undo_by_key_and_by_button(room):
    page = form(room)
    fill(room, "producer.representative", "Triệu Thị Lan")
    fill(room, "producer.position", "Giám đốc")
    assert "Chức vụ" in page.take_back.toolTip()
    room.bot.mouseClick(page.take_back, Qt.MouseButton.LeftButton)
    room.quiet()
    assert producer(room, "position") == "" and page._field("producer.position").editor.text() == ""
    page.jump("", "producer.phone")
    room.bot.keyClick(page._field("producer.phone").editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    room.quiet()
    assert producer(room, "representative") == ""
    assert not page.take_back.isEnabled()


def test_the_code_is_proposed_with_one_click(room):
    page = form(room)
    page.jump("registration")
    room.bot.mouseClick(page.registration.propose, Qt.MouseButton.LeftButton)
    code = room.ask(lambda session: session.get(Dossier, room.number).code)
    assert code and code.startswith("20-") and code in page.subtitle.text()
    assert page._field("registration.code").editor.text() == code


def test_what_is_missing_jumps_to_its_field(room):
    page = form(room)
    before = page.missing.bar.value()
    link = next(link for link in page.missing.links if link.toolTip() == "Địa chỉ")
    page.tabs.setCurrentIndex(3)
    room.bot.mouseClick(link, Qt.MouseButton.LeftButton)
    room.bot.waitUntil(page._field("producer.address").editor.hasFocus)
    assert page.tabs.currentIndex() == 0
    fill(room, "producer.address", "Thôn Lặp Pịa")
    assert page.missing.bar.value() == before + 1
    assert "Địa chỉ" not in [link.toolTip() for link in page.missing.links]
    assert not page.ready.isEnabled()


def test_the_commune_is_suggested_while_typing(room):
    page, key = form(room), "producer.commune_id"
    fill(room, key, "bac son", leave=False)
    field = page._field(key)
    room.bot.waitUntil(lambda: field.completer.popup().isVisible())
    room.bot.keyClick(field.completer.popup(), Qt.Key.Key_Down)
    room.bot.keyClick(field.completer.popup(), Qt.Key.Key_Return)
    room.bot.waitUntil(lambda: field.value() != page.form.producer.commune_id or room.work.unsaved() == 0)
    room.bot.waitUntil(lambda: "Bắc Sơn" in page.form.producer.commune)
    assert producer(room, "commune_id") == page.form.producer.commune_id


def test_the_product_goes_to_another_producer(room):
    page = form(room)
    room.bot.mouseClick(page.producer.other, Qt.MouseButton.LeftButton)
    room.bot.keyClicks(page.producer.choose.line, "chi lang")
    popup = page.producer.choose.completer.popup()
    room.bot.waitUntil(popup.isVisible)
    room.bot.keyClick(popup, Qt.Key.Key_Down)
    room.bot.keyClick(popup, Qt.Key.Key_Return)
    room.bot.waitUntil(lambda: page.form.producer.name == "HKD Chi Lăng")
    assert room.ask(lambda session: session.get(Dossier, room.number).product.producer.name) == "HKD Chi Lăng"
    assert page._field("producer.name").editor.text() == "HKD Chi Lăng" and not page.producer.choose.isVisible()


def test_a_paper_is_ticked_and_numbered(room):
    page = form(room)
    page.jump("papers")
    assert page.papers.needed["food_safety"].isVisible()
    tick = page._field("paper.food_safety.ticked").box
    assert not page.papers.details["food_safety"].isVisible()
    room.bot.keyClick(tick, Qt.Key.Key_Space)
    room.quiet()
    assert page.papers.details["food_safety"].isVisible() and not page.papers.needed["food_safety"].isVisible()
    fill(room, "paper.food_safety.number", "12/2026/ATTP")
    fill(room, "paper.food_safety.issued_on", "1.2.26")
    paper = room.ask(lambda session: session.get(DossierPaper, (room.number, "food_safety")))
    assert (paper.number, paper.issued_on.isoformat()) == ("12/2026/ATTP", "2026-02-01")


def test_the_self_score_tab_leads_to_the_scoring_page(room):
    page = form(room)
    page.jump("self_score")
    assert page.self_score.totals.open.text() == "Bắt đầu chấm" and page.self_score.totals.left.text() == "còn 32 tiêu chí"
    room.bot.mouseClick(page.self_score.totals.open, Qt.MouseButton.LeftButton)
    assert room.went[-1] == ("scoring", {"dossier_id": room.number, "sheet": "self", "criterion": ""})
    page.jump("", "self.1.5")
    assert room.went[-1] == ("scoring", {"dossier_id": room.number, "sheet": "self", "criterion": "1.5"})


def test_what_the_self_score_comes_to_is_shown_and_can_be_undone(room):
    page = form(room)
    page.jump("self_score")
    best = page.form.self_score.rules.by_code["1.1"].options[-1]
    page.save("self.1.1", best.choice)
    room.quiet()
    assert page.self_score.totals.total.text() == str(best.points) and page.self_score.totals.open.text() == "Chấm tiếp"
    room.bot.mouseClick(page.take_back, Qt.MouseButton.LeftButton)
    room.quiet()
    assert page.self_score.totals.total.text() == "0"
    assert room.ask(lambda session: session.get(SelfAnswer, (room.number, "1.1"))) is None


def test_missed_conditions_are_named_and_lead_to_their_criterion(room):
    page = form(room)
    page.jump("self_score")
    code, _level = next(page.form.self_score.rules.gates(3))
    page.save(f"self.{code.code}", "0")
    room.quiet()
    link = page.self_score.totals.links.itemAt(0).widget()
    assert link.text() == code.code
    room.bot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert room.went[-1] == ("scoring", {"dossier_id": room.number, "sheet": "self", "criterion": code.code})


def score(room, actions, points=66, gates=3):
    """Fill in a whole sheet of the dossier."""
    def fill(session):
        for code, choice in answers(dossiers.open_dossier(session, room.number).self_score.rules, points, gates).items():
            actions.choose(session, room.number, code, choice, "Lan")

    room.work.save(None, fill)
    room.quiet()


def test_a_complete_self_score_is_advised_copied_and_saved(room, tmp_path, qapp):
    page = form(room)
    score(room, self_score, 52)
    page.jump("self_score")
    card = page.self_score.next
    own = page.form.self_score
    missed = len(missed_gates(own.rules, own.choices, 4))
    assert card.isVisible() and card.heading.text() == f"Để đạt 4 sao còn thiếu 18 điểm và {missed} điều kiện."
    more = next(link for link in card.findChildren(LinkLabel) if link.text().startswith("và "))
    room.bot.mouseClick(more, Qt.MouseButton.LeftButton)
    advice = room.ask(lambda session: self_score.advice_of(dossiers.open_dossier(session, room.number)))

    def shown():
        return [part.text() for part in card.findChildren(QLabel) if part.isVisible()]

    room.bot.waitUntil(lambda: all(any(step.option.label.vi in words for words in shown()) for step in advice.steps))
    room.bot.mouseClick(card.copy, Qt.MouseButton.LeftButton)
    copied = qapp.clipboard().text().splitlines()
    assert copied[0] == "Chè Shan · HTX Mẫu Sơn" and copied[2] == "Điều kiện phải đạt"
    assert copied[-1].startswith(f"{len(advice.steps)}. ")
    room.bot.mouseClick(card.save, Qt.MouseButton.LeftButton)
    dialog = next(d for d in card.findChildren(QFileDialog) if d.isVisible())
    assert dialog.selectedFiles()[0].endswith("che-shan-4-sao.pdf")
    dialog.fileSelected.emit(str(tmp_path / "x.pdf"))
    dialog.close()
    room.quiet()
    room.bot.waitUntil((tmp_path / "x.pdf").exists)
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")


def test_the_three_scores_stand_side_by_side_and_lead_to_their_criterion(room):
    page = form(room)
    score(room, self_score)
    score(room, advisory, 72)
    page.jump("self_score")
    card = page.self_score.comparison
    rows = card.model.rows()
    assert (rows[0]["own"], rows[0]["advisory"], rows[0]["name"]) == ("66", "72", "Tổng điểm")
    assert card.table.isColumnHidden(4) and "Hội đồng hiện sau khi chốt" in card.rest.text()
    apart = [abs(int(row["own"]) - int(row["advisory"])) for row in rows[1:]]
    assert apart == sorted(apart, reverse=True) and apart[0] > 0
    page.areas["self_score"].ensureWidgetVisible(card.table, 0, 200)
    card.table.setFocus()
    card.table.selectRow(1)
    room.bot.keyClick(card.table, Qt.Key.Key_Return)
    assert room.went[-1][1]["criterion"] == rows[1]["code"]


def test_the_advisory_round_is_kept_as_one_goes(room):
    page = form(room)
    page.jump("advisory")
    assert page.advisory.state.words == "Chưa xem xét"
    fill(room, "advisory.missing_papers", "Phiếu kiểm nghiệm")
    fill(room, "advisory.visited_on", "9.11.26")
    fill(room, "advisory.finding", "Xưởng sạch")
    combo = page.advisory.fields["advisory.proposal"].combo
    combo.setFocus()
    room.bot.keyClick(combo, Qt.Key.Key_End)
    room.quiet()
    row = room.ask(lambda session: session.get(AdvisoryReview, room.number))
    assert (row.missing_papers, row.finding, row.visited_on.isoformat(), row.visit_needed) == (
        "Phiếu kiểm nghiệm", "Xưởng sạch", "2026-11-09", True)
    assert (row.proposal, row.proposed_by) == ("return", "Lan") and page.advisory.state.words == "Đề nghị trả lại"
    fill(room, "advisory.proposed_by", "Tổ trưởng")
    assert room.ask(lambda session: session.get(AdvisoryReview, room.number).proposed_by) == "Tổ trưởng"
    assert "Tổ tư vấn đề nghị" in [line.what for line in page.history.model.rows()]


def test_what_the_advisory_team_may_not_do_is_said_and_does_not_stay(room):
    page = form(room)
    page.jump("advisory")
    combo = page.advisory.fields["advisory.proposal"].combo
    combo.setFocus()
    room.bot.keyClick(combo, Qt.Key.Key_Down)
    room.quiet()
    assert "chấm xong mọi tiêu chí" in room.say.notes()[-1].words
    assert combo.currentData() is None
    room.bot.mouseClick(page.advisory.totals.open, Qt.MouseButton.LeftButton)
    assert room.went[-1] == ("scoring", {"dossier_id": room.number, "sheet": "advisory", "criterion": ""})


def test_finished_advisory_scores_are_reopened(room):
    page = form(room)
    score(room, advisory)
    room.work.save(None, lambda session: advisory.finish(session, room.number, "Lan"))
    room.quiet()
    page.jump("advisory")
    assert page.advisory.state.words == "Đã chấm" and page.advisory.totals.open.text() == "Xem bảng chấm"
    room.bot.mouseClick(page.advisory.reopen, Qt.MouseButton.LeftButton)
    room.quiet()
    assert page.advisory.state.words == "Đang chấm" and not page.advisory.reopen.isVisible()


def test_a_draft_is_deleted_and_brought_back(room):
    room.bot.mouseClick(form(room).remove, Qt.MouseButton.LeftButton)
    room.bot.waitUntil(lambda: room.screen.stack.currentWidget() is room.screen.list)
    assert room.ask(lambda session: session.get(Dossier, room.number)) is None
    note = room.say.notes()[-1]
    room.bot.mouseClick(note.action, Qt.MouseButton.LeftButton)
    room.bot.waitUntil(lambda: form(room).form is not None and form(room).form.id == room.number)
    assert room.ask(lambda session: session.get(Dossier, room.number)) is not None


def test_what_the_council_has_is_closed(room):
    room.work.save(None, lambda session: setattr(session.get(Dossier, room.number), "status", "in_session"))
    room.quiet()
    room.bot.waitUntil(lambda: form(room).form.status == "in_session")
    page = form(room)
    assert not page._field("product.set_no").editor.isEnabled() and page.self_score.totals.open.text() == "Xem bảng chấm"
    assert page._field("producer.phone").editor.isEnabled()
    assert not page.remove.isVisible() and not page.ready.isVisible()


def test_a_complete_dossier_is_marked_and_reopened(room, monkeypatch):
    from tests.actions.test_dossiers_fields import fill as fill_all

    room.ask(lambda session: fill_all(session, room.number).status)
    room.go(dossier_id=room.number)
    page = form(room)
    assert page.ready.isEnabled() and page.missing.percent.text() == "100 %"
    room.bot.mouseClick(page.ready, Qt.MouseButton.LeftButton)
    assert room.ask(lambda session: session.get(Dossier, room.number).status) == "ready"
    room.bot.waitUntil(page.reopen.isVisible)
    room.bot.mouseClick(page.reopen, Qt.MouseButton.LeftButton)
    assert room.ask(lambda session: session.get(Dossier, room.number).status) == "draft"


def test_the_history_model_holds(room):
    QAbstractItemModelTester(form(room).history.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    fill(room, "product.description", "Chè cổ thụ")
    assert [line.what for line in form(room).history.model.rows()][:1] == ["Sửa: Mô tả sản phẩm"]


def test_the_dossiers_papers_stand_behind_one_button_with_what_was_just_typed(room, tmp_path):
    with room.db.begin() as session:  # fonts and libraries are read here, so that no wait below is for them
        session_papers.pdf(session, dossier_papers.DossierPaper(room.number, "form-01"))
    fill(room, "producer.representative", "Triệu Thị Lan", leave=False)
    room.bot.mouseClick(form(room).print, Qt.MouseButton.LeftButton)
    room.quiet()
    page = room.screen.papers
    assert room.screen.stack.currentWidget() is page and page.list.hasFocus()
    assert [page.list.item(n).data(Qt.ItemDataRole.UserRole).key for n in range(page.list.count())] == list(KINDS[:-1])
    assert page.kind() == "form-01" and page.card.view.made().count == 2
    page.list.setCurrentRow(list(KINDS).index("form-03"))
    room.quiet()
    assert page.title.text() == "Mẫu 03: báo cáo của cấp xã" and page.save_word.isVisible() and page.card.view.made().count == 2
    page.save(tmp_path / "mau-03.docx")
    room.quiet()
    made = docx.Document(str(tmp_path / "mau-03.docx"))
    assert "Triệu Thị Lan" in [cell.text for table in made.tables for cell in table.columns[-1].cells]
    room.bot.keyClick(page.card, Qt.Key.Key_Escape)
    room.quiet()
    assert room.screen.stack.currentWidget() is form(room) and producer(room, "representative") == "Triệu Thị Lan"
