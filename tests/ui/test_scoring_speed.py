"""Scoring at speed: a key per criterion, copying one's own ballot of a sister product. Real keys, counted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from ocop_desktop.actions import scoring
from ocop_desktop.data.engine import Database
from ocop_desktop.data.tables import AgendaItem, Change, Dossier, Product
from ocop_desktop.ui.scoring_list import OPINION
from tests.actions.hall import LAW, open_hall
from tests.ui.test_scoring_screen import DIGITS, KEY, Hall

SECONDS = 1.5  # for a practised hand to read a line it knows, decide, and press a key


class Fast(Hall):
    """Counts what is pressed."""

    pressed = 0

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.pressed += len(keys)
        super().press(*keys, modifier=modifier)


@pytest.fixture
def hall(qtbot: QtBot, db: Database) -> Iterator[Fast]:
    with db.begin() as session:
        open_hall(session)
        session.connection().exec_driver_sql("UPDATE product SET set_no = 13 WHERE id = 1")  # 34 criteria
        session.add(Product(id=4, producer_id=1, name="Trà túi lọc", folded="tra tui loc", set_no=13))
        session.flush()
        session.add(Dossier(id=4, product_id=4, code="20-05980-04-2026", rulebook=LAW, status="in_session"))
        session.flush()
        session.add(AgendaItem(id=4, session_id=1, dossier_id=4, position=4))
    made = Fast(qtbot, db)
    yield made
    made.work.stop()
    qtbot.waitUntil(lambda: not made.work.unsaved())
    made.work.join()


def test_34_criteria_need_a_key_each_and_two_more(hall: Fast) -> None:
    """A practised member is done in under 90 seconds: T once (digits go on by themselves), 34 digits, Ctrl+Enter: 36 keys.

    36 keys x 1.5 s = 54 s < 90 s. The second dossier of the same member needs no T: 35 keys x 1.5 s = 52.5 s.
    """
    hall.open()
    hall.press(KEY.Key_T)
    assert hall.page.onward.isChecked()
    for item in (1, 4):
        codes = hall.page.state.codes  # type: ignore[union-attr]
        assert len(codes) == 34
        hall.press(*[KEY.Key_2] * 34)
        assert hall.page.code == OPINION
        hall.press(KEY.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
        hall.saved()
        assert hall.stored(item) == dict.fromkeys(codes, "2")
        hall.bot.waitUntil(lambda: hall.page.state is not None and hall.page.state.locked)
        if item == 1:
            assert hall.pressed == 36 and hall.pressed * SECONDS < 90
            hall.pressed = 0
            hall.open(4)
    assert hall.pressed == 35 and hall.pressed * SECONDS < 90
    hall.open(3, member=2)
    assert not hall.page.onward.isChecked()  # the next member's keys do what they always do


def test_enter_after_a_digit_that_went_on_is_no_second_step(hall: Fast) -> None:
    hall.open()
    first, second, third, fourth = hall.page.state.codes[:4]  # type: ignore[union-attr]
    hall.press(KEY.Key_T, KEY.Key_1, KEY.Key_Return)
    assert hall.page.code == second
    hall.press(KEY.Key_Return)
    assert hall.page.code == third
    hall.press(KEY.Key_1, KEY.Key_9)
    assert hall.page.code == fourth and set(hall.stored()) == {first, third}
    hall.press(*[KEY.Key_G] * 31)
    assert hall.page.code == second  # one key goes round all that are open, the skipped one too
    hall.press(KEY.Key_T, KEY.Key_1)
    assert hall.page.code == second and hall.stored()[second] == "1"


def test_the_mouse_goes_on_by_itself_too_and_a_double_click_answers_one_criterion(hall: Fast) -> None:
    hall.open()
    first, second = hall.page.state.codes[:2]  # type: ignore[union-attr]
    hall.press(KEY.Key_T)
    option = hall.page.criterion.options.buttons()[0]
    hall.bot.mouseClick(option, Qt.MouseButton.LeftButton)
    hall.bot.mouseDClick(option, Qt.MouseButton.LeftButton)
    hall.bot.mouseRelease(option, Qt.MouseButton.LeftButton)
    assert hall.page.code == second and set(hall.stored()) == {first}


def fill(hall: Fast, item: int) -> dict[str, str]:
    """A finished ballot of member 1."""
    with hall.db.begin() as session:
        own = scoring.own_ballot(session, item, 1)
        choices = {c.code: c.options[min(1, len(c.options) - 1)].choice for c in own.rules.criteria}
        for code, choice in choices.items():
            scoring.choose(session, item, 1, code, choice, (own.book.id, own.rules.number))
        scoring.finish(session, item, 1)
    return choices


def test_ones_own_ballot_of_a_sister_product_is_offered_copied_marked_and_looked_through(hall: Fast) -> None:
    choices = fill(hall, 1)
    hall.open(4, member=2)
    assert not hall.page.strip.isVisible()
    hall.open(4)
    assert "Chè Shan tuyết Mẫu Sơn (34 câu)" in hall.page.strip.sentence.text()
    hall.press(KEY.Key_C)
    hall.bot.waitUntil(lambda: hall.page.state is not None and len(hall.page.state.copied) == 34)
    assert hall.stored(4) == choices and "34 câu chép" in hall.page.answered.text()
    assert "Chép từ phiếu của tôi cho Chè Shan tuyết Mẫu Sơn" in hall.page.criterion.notice.text()
    codes = list(choices)
    model = hall.page.list.criteria
    assert model.line(model.index(model.row_of(codes[0]))).tag == "chép"
    hall.press(KEY.Key_Return)  # kept
    hall.press(DIGITS[2])  # the same again: touched
    hall.press(KEY.Key_Down, DIGITS[1], KEY.Key_Down)
    assert hall.page.state is not None and set(hall.page.state.copied) == set(codes[3:])
    assert model.line(model.index(model.row_of(codes[0]))).tag != "chép"
    hall.saved()
    with hall.db.begin() as session:
        assert set(scoring.own_ballot(session, 4, 1).copied) == set(codes[3:])


def test_finishing_asks_once_for_copies_nobody_looked_at(hall: Fast) -> None:
    fill(hall, 1)
    hall.open(4)
    button = hall.page.strip.findChildren(QPushButton)[0]
    hall.bot.mouseClick(button, Qt.MouseButton.LeftButton)
    hall.bot.waitUntil(lambda: hall.page.state is not None and len(hall.page.state.copied) == 34)
    hall.press(KEY.Key_Return, KEY.Key_Return)
    hall.press(KEY.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    assert "Còn 32 câu chép chưa xem lại" in hall.page.strip.sentence.text()
    assert hall.page.code == hall.page.state.codes[2]  # type: ignore[union-attr]
    right = next(b for b in hall.page.strip.findChildren(QPushButton) if b.text() == "Đúng cả, hoàn tất")
    hall.bot.mouseClick(right, Qt.MouseButton.LeftButton)
    hall.bot.waitUntil(lambda: hall.page.state is not None and hall.page.state.locked)
    with hall.db.begin() as session:
        assert scoring.own_ballot(session, 4, 1).finished_at is not None
        lines = session.scalars(select(Change).where(Change.entity == "ballot").order_by(Change.id)).all()
        assert [(c.what, c.after["answers"]) for c in lines if c.what.startswith("cop")] == [  # type: ignore[index]
            ("copied", 34), ("copies_confirmed", 32)]


def test_the_offer_goes_with_the_first_answer(hall: Fast) -> None:
    fill(hall, 1)
    hall.open(4)
    assert hall.page.strip.isVisible()
    hall.press(KEY.Key_1)
    assert not hall.page.strip.isVisible()
    hall.press(KEY.Key_C)
    assert len(hall.stored(4)) == 1
