"""One dossier's form: fields kept as one goes, errors under them, undo, completeness, self-score - with clicks and keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from ocop_desktop.actions import dossiers
from ocop_desktop.actions.dossiers import NewDossier
from ocop_desktop.data.tables import Dossier, DossierPaper, Producer, SelfAnswer
from ocop_desktop.ui.dossiers_screen import DossiersScreen
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
    editor.selectAll()
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


def test_a_wrong_value_says_so_under_its_field_and_stays_there(room):
    fill(room, "producer.phone", "12345")
    field = form(room)._field("producer.phone")
    assert "10 hoặc 11 chữ số" in field.error()
    fill(room, "producer.position", "Giám đốc")
    assert field.editor.text() == "12345" and field.error()
    assert producer(room, "phone") == ""
    fill(room, "producer.phone", "0963 170 669")
    assert not field.error() and field.editor.text() == "0963170669" == producer(room, "phone")


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
    room.bot.keyClick(page, Qt.Key.Key_Escape)
    room.bot.waitUntil(lambda: room.screen.stack.currentWidget() is room.screen.list)
    assert producer(room, "phone") == ""


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


def test_the_self_score_counts_as_one_answers(room):
    page = form(room)
    page.jump("self_score", "self.1.1")
    box = page.self_score.answers["1.1"]
    room.bot.waitUntil(box.hasFocus)
    rules = page.form.self_score.rules
    best = rules.by_code["1.1"].options[-1]
    room.bot.keyClick(box, best.choice)
    room.quiet()
    answer = room.ask(lambda session: session.get(SelfAnswer, (room.number, "1.1")).choice)
    assert answer == best.choice and page.self_score.totals.total.text() == str(best.points)
    fill(room, "evidence.1.1", "Hợp đồng 2025.pdf")
    assert room.ask(lambda session: session.get(SelfAnswer, (room.number, "1.1")).evidence) == "Hợp đồng 2025.pdf"


def test_without_a_story_what_depends_on_it_is_closed(room):
    page = form(room)
    page.jump("self_score")
    dependent = next(c for c in page.form.self_score.rules.criteria if c.story)
    box = page.self_score.answers[dependent.story]
    box.setFocus()
    room.bot.keyClick(box, "0")
    room.quiet()
    assert not page.self_score.answers[dependent.code].isEnabled()
    assert room.ask(lambda session: session.get(SelfAnswer, (room.number, dependent.code)).choice) == "0"


def test_missed_conditions_are_named_and_lead_to_their_criterion(room):
    page = form(room)
    page.jump("self_score")
    code, _level = next(page.form.self_score.rules.gates(3))
    page.save(f"self.{code.code}", "0")
    room.quiet()
    link = page.self_score.totals.links.itemAt(0).widget()
    assert link.text() == code.code
    room.bot.mouseClick(link, Qt.MouseButton.LeftButton)
    room.bot.waitUntil(page.self_score.answers[code.code].hasFocus)


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
    assert not page._field("product.set_no").editor.isEnabled() and not page.self_score.answers["1.1"].isEnabled()
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
