"""The machine changes hands: real keys and clicks on a real window and file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from ocop_desktop import settings
from ocop_desktop.actions import people, scoring
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.data.tables import Answer, Ballot, Change, Member
from ocop_desktop.data.tables_people import Person
from ocop_desktop.ui.people_code import CodeDialog
from ocop_desktop.ui.screens import SCREENS
from tests.actions.meeting import answers, open_meeting, put_in, rules_of
from tests.ui.clerk import Clerk
from tests.ui.home_window import opened

KEY, CTRL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NOON = dt.datetime(2026, 11, 24, 12)
CLERK, MEMBER, CHAIR = "2580", "7391", "8642"
SECRET = "Điểm của người khác"  # the opinion in ballots nobody may read yet


class Handed(Clerk):
    """People at one laptop."""

    def __init__(self, found: Any, ids: dict[str, int], meeting: tuple[int, list[int], list[int]]) -> None:
        super().__init__(found)
        self.ids = ids
        self.session_id, self.items, self.members = meeting
        self.recovery = ""

    @property
    def lock(self) -> Any:
        return self.window.lock

    def pick_name(self, role: str) -> None:
        """Press a name on the lock page."""
        self.wait(lambda: self.lock.page.isVisible() and self.lock.page.names.count())
        names, people_ = self.lock.page.names, self.lock.page._people
        place = next(n for n, person in enumerate(people_) if person.person_id == self.ids[role])
        self.bot.mouseClick(names.viewport(), Qt.MouseButton.LeftButton, pos=names.visualItemRect(names.item(place)).center())
        self.wait(self.lock.page.line.isVisible)

    def type_pin(self, pin: str) -> None:
        """Type digits where the cursor is, and Enter."""
        self.wait(self.lock.page.line.isEnabled)
        self.bot.keyClicks(self.lock.page.line, pin)
        self.bot.keyClick(self.lock.page.line, KEY.Key_Return)
        self.settle()

    def enter(self, role: str, pin: str) -> None:
        """Sign in."""
        self.pick_name(role)
        self.type_pin(pin)
        self.wait(lambda: not self.lock.shut)
        self.settle()

    def hand_on(self) -> None:
        """One key."""
        self.press(KEY.Key_L, CTRL)
        self.wait(lambda: self.lock.shut)
        self.settle()
        self.wait(lambda: self.lock.page.names.count())

    def seen(self) -> str:
        """Every word that can be seen in the window and over it."""
        words = []
        for top in [self.window, *(w for w in QApplication.topLevelWidgets() if w is not self.window and w.isVisible())]:
            for part in top.findChildren(QWidget):
                if part.isVisible() and isinstance(part, (QLabel, QLineEdit)):
                    words.append(part.text())
        return "\n".join(words)


@pytest.fixture
def hall(qtbot: QtBot, file: Path) -> Iterator[Handed]:
    """The window on a file with PINs for clerk, chair and one member; everybody but the member has handed a ballot in."""
    db = open_or_create(file)
    with db.begin() as session:
        meeting = open_meeting(session, 2, 3)
        _id, items, members = meeting
        for member in (members[0], members[2]):
            put_in(session, items[0], member, answers(rules_of(session, items[0]), 75))
        for ballot in session.scalars(select(Ballot)):
            ballot.opinion = SECRET
        recovery = people.begin(session, "Bà Thu", CLERK)
    ids = {}
    with db.begin() as session:
        lines = people.listed(session)
        ids["clerk"] = next(p.person_id for p in lines if p.role == "clerk")
        for role in ("chair", "member"):
            seat = next(p for p in lines if p.role == role and not p.person_id)
            ids[role] = people.add(session, seat.name, seat.agency, role)
    for role, pin in (("chair", CHAIR), ("member", MEMBER)):
        with db.begin() as session:
            people.sign_in(session, ids["clerk"], CLERK)
        with db.begin() as session:
            code = people.give_code(session, ids[role])
            people.sign_out(session)
        with db.begin() as session:
            people.choose_pin(session, ids[role], code, pin)
            people.sign_out(session)
    db.close()
    with opened(qtbot, file) as found:
        made = Handed(found, ids, meeting)
        made.recovery = recovery
        made.lock.clock = lambda: NOON
        found.activate()
        yield made


def test_a_file_with_pins_opens_shut_and_a_member_lands_on_the_own_scoring(hall: Handed) -> None:
    hall.wait(lambda: hall.lock.shut)
    assert not hall.window.centralWidget().isVisible()
    hall.enter("member", MEMBER)
    assert hall.window.stack.currentWidget().__class__.__name__ == "ScoringScreen"
    hall.wait(lambda: hall.page.chooser.list.isVisible() and hall.page.chooser.title.text() == "Chấm hồ sơ nào?")
    assert {key for key, made in hall.window.rail.buttons.items() if made.isVisible()} == {"scoring", "results"}
    assert "Thành viên: Nông Thị Hà" in hall.seen()


def test_one_key_saves_what_is_half_typed_and_hides_everything(hall: Handed) -> None:
    hall.enter("member", MEMBER)
    hall.window.shell.go("scoring", item_id=hall.items[0], member_id=hall.members[1])
    hall.wait(lambda: hall.page.stack.currentWidget() is hall.page.ballot)
    hall.settle()
    hall.press(KEY.Key_1)
    hall.press(KEY.Key_N)
    note = QApplication.focusWidget()
    hall.commit(note, "Đang viết dở")
    assert "Chè Shan tuyết" in hall.seen()
    hall.hand_on()
    assert "Chè Shan tuyết" not in hall.seen() and "Đang viết dở" not in hall.seen()
    assert not hall.window.rail.isVisible() and not hall.window.top.isVisible()
    hall.enter("clerk", CLERK)
    kept = hall.ask(lambda s: s.execute(select(Answer.note, Answer.choice).join(Ballot)
                                        .where(Ballot.member_id == hall.members[1])).all())
    assert [tuple(row) for row in kept] == [("Đang viết dở", "1")]


def test_a_dialog_on_show_is_closed_by_the_key_too(hall: Handed) -> None:
    hall.enter("clerk", CLERK)
    section = hall.go("settings").people
    hall.wait(lambda: section.buttons)
    section.own.click()
    hall.wait(section.dialog.isVisible)
    section.dialog.activateWindow()
    hall.wait(lambda: QApplication.focusWidget() is not None and QApplication.focusWidget().window() is section.dialog)
    hall.bot.keyClick(QApplication.focusWidget(), KEY.Key_L, CTRL)
    hall.wait(lambda: hall.lock.shut)
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


def test_wrong_pins_have_to_wait_and_the_wait_ends(hall: Handed) -> None:
    hall.pick_name("member")
    for _time in range(2):
        hall.type_pin("0000")
        hall.wait(lambda: "chưa đúng" in hall.lock.page.words.text())
    hall.type_pin("0000")
    hall.wait(lambda: "Thử lại sau 5 giây" in hall.lock.page.words.text())
    hall.type_pin(MEMBER)  # too early: not even looked at
    assert hall.lock.shut
    hall.lock.clock = lambda: NOON + dt.timedelta(seconds=4)
    hall.pick_name("member")  # choosing the name again does not get round it
    hall.type_pin(MEMBER)
    hall.wait(lambda: "Thử lại sau 1 giây" in hall.lock.page.words.text())
    hall.lock.clock = lambda: NOON + dt.timedelta(seconds=5)
    hall.enter("member", MEMBER)
    wrong = hall.ask(lambda s: s.scalars(select(Change).where(Change.what == "wrong_pin")).all())
    assert len(wrong) == 3


def test_the_pad_serves_the_mouse(hall: Handed) -> None:
    hall.pick_name("member")
    for key in ("9", "⌫", *MEMBER, "↵"):
        hall.click(hall.lock.page.keys[key])
    hall.wait(lambda: not hall.lock.shut)


def test_a_member_reaches_nobody_elses_score_by_any_road(hall: Handed) -> None:
    hall.enter("member", MEMBER)
    window = hall.window
    for number, screen in enumerate(SCREENS, 1):  # Alt and a digit
        hall.press(getattr(KEY, f"Key_{number % 10}"), ALT)
        hall.settle()
        assert window._place[0] in ("scoring", "results"), screen.key
    for words in ("phien", "ket qua", "ho so", "giay", "cai dat", "che shan"):  # Ctrl+K
        hall.press(KEY.Key_K, CTRL)
        hall.bot.keyClicks(window.field, words)
        hall.bot.wait(150)  # the field's own pause before it asks
        hall.settle()
        found = [window.field.finds.list.item(n).text() for n in range(window.field.finds.list.count())]
        assert not {"Phiên đánh giá", "Hồ sơ", "Cài đặt", "Chè Shan tuyết Mẫu Sơn"} & set(found)
        hall.bot.keyClick(window.field, KEY.Key_Escape)
    for screen, where in (("results", {"item_id": hall.items[0]}), ("results", {"session_id": hall.session_id}),  # links
                          ("sessions", {"session_id": hall.session_id}), ("dossiers", {"dossier_id": 1}),
                          ("scoring", {"item_id": hall.items[0], "member_id": hall.members[0]}),
                          ("scoring", {"item_id": hall.items[0], "member_id": hall.members[2]})):
        window.shell.go(screen, **where)
        hall.settle()
        assert SECRET not in hall.seen() and "75" not in hall.seen(), (screen, where)
    hall.go("results")  # the rail
    hall.wait(lambda: hall.page.empty.isVisible())
    assert "Chưa có hồ sơ nào được chốt" in hall.seen()


def test_the_next_person_finds_nothing_of_the_one_before(hall: Handed) -> None:
    hall.enter("clerk", CLERK)
    hall.go("dossiers")
    hall.hand_on()
    hall.enter("member", MEMBER)
    assert set(hall.window._pages) == {"scoring"}
    hall.hand_on()
    hall.enter("member", MEMBER)
    assert set(hall.window._pages) == {"scoring"}


def test_the_same_person_comes_back_to_the_same_place(hall: Handed) -> None:
    hall.enter("clerk", CLERK)
    page = hall.go("certificates")
    hall.hand_on()
    hall.enter("clerk", CLERK)
    assert hall.page is page and page.isVisible()


def test_the_clerk_resets_a_pin_and_the_member_chooses_a_new_one(hall: Handed) -> None:
    hall.enter("clerk", CLERK)
    section = hall.go("settings").people
    name = next(p.name for p in section.people if p.person_id == hall.ids["member"])
    assert section.buttons[name].text() == "Đặt lại mã"
    section.buttons[name].click()
    hall.settle()
    hall.wait(lambda: isinstance(getattr(section, "code", None), CodeDialog) and section.code.isVisible())
    code = section.code.code.text()
    section.code.done_button.click()
    hall.front()
    hall.hand_on()
    hall.pick_name("member")
    hall.type_pin(code)
    hall.wait(lambda: "Chọn mã PIN" in hall.lock.page.asked.text())
    hall.type_pin("1111")
    hall.type_pin("1111")
    hall.wait(lambda: "dễ đoán" in hall.lock.page.words.text())
    hall.type_pin("5937")
    hall.type_pin("5938")
    assert "khác nhau" in hall.lock.page.words.text()
    hall.type_pin("5937")
    hall.type_pin("5937")
    hall.wait(lambda: not hall.lock.shut)
    hall.hand_on()
    hall.enter("member", "5937")


def test_the_recovery_code_passes_the_wait_and_the_new_one_stays_on_show(hall: Handed) -> None:
    hall.pick_name("clerk")
    for _time in range(3):
        hall.type_pin("0000")
        hall.wait(lambda: hall.lock.page.line.isEnabled() and "chưa đúng" in hall.lock.page.words.text())
    hall.type_pin(CLERK)
    assert hall.lock.shut and "Thử lại sau" in hall.lock.page.words.text()
    hall.type_pin(hall.recovery)
    hall.wait(lambda: "Chọn mã PIN" in hall.lock.page.asked.text())
    hall.type_pin("1470")
    hall.type_pin("1470")
    hall.wait(lambda: not hall.lock.shut and hall.lock.code.isVisible())
    code = hall.lock.code.code.text()
    assert len(code) == 14 and code != hall.recovery
    hall.window.shell.go("dossiers")
    hall.act(lambda s: people.add(s, "Tổ Tư vấn", "", "advisory"))
    hall.settle()
    assert hall.lock.code.isVisible() and code in hall.seen()
    hall.lock.code.done_button.click()
    hall.front()
    hall.hand_on()
    hall.pick_name("clerk")
    hall.type_pin(code)
    hall.wait(lambda: "Chọn mã PIN" in hall.lock.page.asked.text())


def test_the_clerk_scores_for_those_without_a_pin_and_hands_over_to_the_others(hall: Handed) -> None:
    hall.enter("clerk", CLERK)
    chooser = hall.go("scoring").chooser
    hall.wait(lambda: [choice.key for choice in chooser.list.rows.choices()] == [hall.members[2]])
    seat = hall.ask(lambda s: s.get(Member, hall.members[2]))
    id = hall.ask(lambda s: people.add(s, seat.name, seat.agency, "member"))
    hall.act(lambda s: people.give_code(s, id))
    hall.wait(lambda: chooser.signing_in is not None and chooser.signing_in.isVisible())
    hall.click(chooser.signing_in.action)
    hall.wait(lambda: hall.lock.shut)


def test_who_did_it_is_who_signed_in(hall: Handed) -> None:
    hall.enter("clerk", CLERK)
    hall.act(lambda s: scoring.raise_exclusion(s, hall.items[1], hall.members[2], "Giấy tờ giả"))
    line = hall.ask(lambda s: s.scalars(select(Change).where(Change.what == "exclusion_raised")).one())
    assert line.who == "Bà Thu"
    hall.close()
    assert settings.load().user != "Bà Thu"  # this computer's own name is kept, whoever signs in


def test_the_clerk_alone_is_never_asked_and_begins_with_a_name(qtbot: QtBot, file: Path) -> None:
    with opened(qtbot, file) as found:
        clerk = Clerk(found)
        found.activate()
        clerk.settle()
        start = clerk.page.findChild(QWidget, "people_start")
        assert not clerk.window.lock.shut and not clerk.window.top.hand_on.isVisible()
        clerk.write(start.name.line, "Lan", KEY.Key_Tab)
        start.keep.setFocus()
        qtbot.keyClick(start.keep, KEY.Key_Return)  # a button with the focus is pressed by Enter too
        person = clerk.ask(lambda s: s.scalars(select(Person)).one())
        assert (person.name, person.role, person.pin) == ("Lan", "clerk", None)
        clerk.wait(lambda: not start.isVisible())
        clerk.press(KEY.Key_L, CTRL)
        clerk.settle()
        assert not clerk.window.lock.shut and "Chưa ai có mã PIN nên không cần chuyển máy." in clerk.said()
    with opened(qtbot, file) as found:
        clerk = Clerk(found)
        clerk.settle()
        assert not clerk.window.lock.shut
        assert not clerk.page.findChild(QWidget, "people_start").isVisible()  # nobody is asked twice


def test_the_first_start_with_a_pin_shows_the_recovery_code(qtbot: QtBot, file: Path) -> None:
    with opened(qtbot, file) as found:
        clerk = Clerk(found)
        found.activate()
        clerk.settle()
        start = clerk.page.findChild(QWidget, "people_start")
        qtbot.keyClicks(start.name.line, "Lan")
        qtbot.keyClicks(start.pin.line, CLERK)
        qtbot.keyClick(start.pin.line, KEY.Key_Return)
        clerk.settle()
        (code,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, CodeDialog) and w.isVisible()]
        assert len(code.code.text()) == 14
        code.done_button.click()
        clerk.front()
        assert clerk.window.top.user.text() == "Thư ký: Lan" and clerk.window.top.hand_on.isVisible()
        assert clerk.ask(lambda s: s.scalars(select(Person)).one()).pin.startswith("$argon2id$")


def test_the_clerks_first_pin_shuts_the_file_from_then_on(qtbot: QtBot, file: Path) -> None:
    with opened(qtbot, file) as found:
        clerk = Clerk(found)
        found.activate()
        section = clerk.go("settings").people
        assert section.empty.isVisibleTo(section)
        section.own.click()
        clerk.wait(section.dialog.isVisible)
        for field in (section.dialog.first, section.dialog.again):
            qtbot.keyClicks(field.line, CLERK)
        section.dialog.keep.click()
        clerk.settle()
        clerk.wait(lambda: section.code.isVisible())
        assert len(section.code.code.text()) == 14
        section.code.done_button.click()
        clerk.front()
        clerk.wait(clerk.window.top.hand_on.isVisible)
        clerk.click(clerk.window.top.hand_on)
        clerk.wait(lambda: clerk.window.lock.shut)
    with opened(qtbot, file) as found:
        Clerk(found).wait(lambda: found.window.lock.shut)
