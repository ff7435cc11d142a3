"""The scoring screen with real keys and clicks; what counts is what stands in the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from ocop_desktop import text
from ocop_desktop.actions import results, rulebooks, scoring
from ocop_desktop.data.engine import Database
from ocop_desktop.data.tables import AgendaItem, Answer, Ballot, Recusal, SelfAnswer
from ocop_desktop.settings import Settings
from ocop_desktop.ui import theme
from ocop_desktop.ui.say import Say
from ocop_desktop.ui.scoring_list import OPINION, CriteriaList
from ocop_desktop.ui.scoring_options import rows_of
from ocop_desktop.ui.scoring_page import BallotPage
from ocop_desktop.ui.scoring_screen import ScoringScreen
from ocop_desktop.ui.shell import Shell
from ocop_desktop.ui.work import Work
from tests.actions.hall import LAW, open_hall
from tests.actions.meeting import answers, hand_in, rules_of

KEY = Qt.Key
DIGITS = (KEY.Key_0, KEY.Key_1, KEY.Key_2, KEY.Key_3, KEY.Key_4, KEY.Key_5, KEY.Key_6, KEY.Key_7, KEY.Key_8, KEY.Key_9)


class Hall:
    """The screen on an open session, its shell, and the file behind it."""

    def __init__(self, qtbot: QtBot, db: Database) -> None:
        self.bot, self.db = qtbot, db
        self.work = Work(lambda: db)
        self.say = Say()
        self.shell = Shell(Settings(), self.say)
        self.crumbs: tuple[str, ...] = ()
        self.shell.crumbs_set.connect(self._keep_crumbs)
        self.screen = ScoringScreen(self.work, self.shell)
        self.shell.went.connect(self._go)
        self.elsewhere = ""
        self.work.failed.connect(self.say.error)
        self.work.start()
        self.screen.resize(1170, 720)
        qtbot.addWidget(self.screen)
        qtbot.addWidget(self.say)
        self.screen.show()
        self.screen.activateWindow()
        qtbot.waitUntil(self.screen.isActiveWindow)

    def _keep_crumbs(self, words: tuple[str, ...]) -> None:
        self.crumbs = words

    def _go(self, screen: str, where: dict[str, int]) -> None:
        if screen == "scoring":
            self.screen.show_place(**where)
        else:
            self.elsewhere = screen

    @property
    def page(self) -> BallotPage:
        return self.screen.ballot

    def open(self, item: int = 1, member: int = 1, criterion: str = "") -> None:
        """Bring a ballot on show."""
        self.shell.go("scoring", item_id=item, member_id=member, criterion=criterion)
        self.bot.waitUntil(lambda: self.page.state is not None and self.page.state.view.item_id == item
                           and self.page.state.view.member_id == member and self.screen.stack.currentWidget() is self.page)

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press keys where the keyboard is."""
        for key in keys:
            self.bot.keyClick(QApplication.focusWidget() or self.screen, key, modifier)

    def saved(self) -> None:
        """Wait until nothing is on its way."""
        self.bot.waitUntil(lambda: not self.work.unsaved())

    def stored(self, item: int = 1, member: int = 1) -> dict[str, str]:
        """What the file holds."""
        self.saved()
        with self.db.begin() as session:
            rows = session.execute(select(Answer.criterion, Answer.choice).join(Ballot)
                                   .where(Ballot.item_id == item, Ballot.member_id == member)).all()
            return {row.criterion: row.choice for row in rows}

    def ballot(self, item: int = 1) -> tuple[str, str | None, dt.datetime | None]:
        """Opinion, exclusion and moment of finishing in the file."""
        self.saved()
        with self.db.begin() as session:
            found = session.scalars(select(Ballot).where(Ballot.item_id == item)).one()
            return found.opinion, found.exclusion, found.finished_at


@pytest.fixture
def hall(qtbot: QtBot, db: Database) -> Iterator[Hall]:
    with db.begin() as session:
        open_hall(session)
    made = Hall(qtbot, db)
    yield made
    made.work.stop()
    qtbot.waitUntil(lambda: not made.work.unsaved())
    made.work.join()


def test_who_scores_then_which_dossier(hall: Hall) -> None:
    hall.shell.go("scoring")
    chooser = hall.screen.chooser
    hall.bot.waitUntil(lambda: chooser.title.text() == "Ai chấm?")
    assert [c.words for c in chooser.list.rows.choices()] == ["Ông Hoàng", "Bà Lan"]
    hall.press(KEY.Key_Down, KEY.Key_Return)
    hall.bot.waitUntil(lambda: chooser.title.text() == "Chấm hồ sơ nào?")
    assert chooser.quiet.text() == "Bà Lan, Sở Y tế · Đợt 2 – 2026 · còn 3 hồ sơ"
    assert next((c.words, c.right) for c in chooser.list.rows.choices()) == ("1. Chè Shan tuyết Mẫu Sơn", "Chưa chấm")
    row = chooser.list.visualRect(chooser.list.rows.index(1)).center()
    hall.bot.mouseClick(chooser.list.viewport(), Qt.MouseButton.LeftButton, pos=row)
    hall.bot.waitUntil(lambda: hall.page.state is not None)
    assert hall.page.title.text() == "Làng du lịch cộng đồng Quỳnh Sơn" and hall.page.member.text() == "Bà Lan, Sở Y tế"
    assert hall.crumbs == ("Đợt 2 – 2026", "Hồ sơ 2 trên 3")
    hall.bot.mouseClick(hall.page.other, Qt.MouseButton.LeftButton)
    hall.bot.waitUntil(lambda: chooser.title.text() == "Chấm hồ sơ nào?" and chooser.list.rows.rowCount() == 3)
    hall.bot.mouseClick(chooser.go_on, Qt.MouseButton.LeftButton)
    hall.bot.waitUntil(lambda: hall.page.state is not None and hall.page.state.view.item_id == 1)


def test_without_an_open_session_the_page_says_what_to_do(qtbot: QtBot, db: Database) -> None:
    hall = Hall(qtbot, db)
    hall.shell.go("scoring")
    qtbot.waitUntil(hall.screen.chooser.empty.isVisible)
    assert hall.screen.chooser.empty.action is not None
    qtbot.mouseClick(hall.screen.chooser.empty.action, Qt.MouseButton.LeftButton)
    assert hall.elsewhere == "sessions"
    hall.work.stop()
    hall.work.join()


def test_a_digit_chooses_is_shown_at_once_and_is_in_the_file(hall: Hall) -> None:
    hall.open()
    assert hall.page.code == "1.1"
    hall.press(KEY.Key_2)
    chosen = [b.row.choice for b in hall.page.criterion.options.buttons() if b.isChecked()]
    assert chosen == ["2"] and hall.page.state is not None and hall.page.state.waiting == {"1.1"}
    assert hall.page.answered.text() == "Đã trả lời 1 / 32"
    assert hall.stored() == {"1.1": "2"}
    assert hall.page.state.waiting == set()
    hall.press(KEY.Key_0)
    assert hall.stored() == {"1.1": "0"}
    hall.press(KEY.Key_9)
    assert hall.stored() == {"1.1": "0"}
    hall.press(KEY.Key_Delete)
    assert hall.stored() == {}


def test_a_click_chooses_and_a_link_takes_back(hall: Hall) -> None:
    hall.open(criterion="1.5")
    hall.bot.mouseClick(hall.page.criterion.options.buttons()[2], Qt.MouseButton.LeftButton)
    assert hall.stored() == {"1.5": "3"}
    hall.bot.mouseClick(hall.page.criterion.clear_link, Qt.MouseButton.LeftButton)
    assert hall.stored() == {}


def test_keys_move_between_criteria(hall: Hall) -> None:
    hall.open()
    hall.press(KEY.Key_1, KEY.Key_Return)
    assert hall.page.code == "1.2"
    hall.press(KEY.Key_Down, KEY.Key_Down)
    assert hall.page.code == "1.4"
    hall.press(KEY.Key_Up, KEY.Key_1, KEY.Key_G)
    assert hall.page.code == "1.4"
    hall.page.go("11")
    hall.press(KEY.Key_G)
    assert hall.page.code == "1.2"
    hall.press(KEY.Key_Up, KEY.Key_Up, KEY.Key_Up)
    assert hall.page.code == "1.1"
    hall.page.go("11")
    hall.press(KEY.Key_Return, KEY.Key_Return)
    assert hall.page.code == OPINION
    row = hall.page.list.visualRect(hall.page.list.criteria.index(hall.page.list.criteria.row_of("11"))).center()
    hall.bot.mouseClick(hall.page.list.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert hall.page.code == "11"


@pytest.mark.parametrize("item", [1, 2])
def test_a_whole_ballot_by_keyboard_alone(hall: Hall, item: int) -> None:
    hall.open(item)
    criteria = rulebooks.criteria(LAW, (11, 26)[item - 1]).criteria
    for criterion in criteria:
        assert hall.page.code == criterion.code
        hall.press(DIGITS[len(criterion.options)], KEY.Key_Return)
    assert hall.stored(item) == {c.code: c.options[-1].choice for c in criteria}
    hall.press(KEY.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    hall.bot.waitUntil(lambda: hall.page.state is not None and hall.page.state.locked)
    assert hall.ballot(item)[2] is not None
    hall.bot.waitUntil(lambda: "Phiếu đã khóa lúc" in hall.page.strip.sentence.text())
    assert not hall.page.finish.isVisible()


def test_answers_are_in_the_file_after_each_key(hall: Hall) -> None:
    hall.open()
    for number in range(1, 6):
        hall.press(KEY.Key_1, KEY.Key_Return)
        assert len(hall.stored()) == number


def test_finishing_too_early_goes_to_the_first_open_criterion(hall: Hall) -> None:
    hall.open()
    hall.press(KEY.Key_1, KEY.Key_Down, KEY.Key_Down, KEY.Key_1)
    hall.bot.mouseClick(hall.page.finish, Qt.MouseButton.LeftButton)
    assert hall.page.code == "1.2" and "Còn 30 tiêu chí chưa chấm" in hall.page.strip.sentence.text()
    assert hall.ballot()[2] is None


def test_a_story_at_0_blocks_its_structure(hall: Hall) -> None:
    hall.open(criterion="5.1")
    hall.press(KEY.Key_0, KEY.Key_Down)
    assert hall.page.code == "5.2"
    assert not any(b.isEnabled() for b in hall.page.criterion.options.buttons())
    assert hall.page.criterion.notice.text() == "Không chấm được: tiêu chí 5.1 đang 0 điểm (không có câu chuyện sản phẩm)."
    hall.press(KEY.Key_3)
    hall.bot.mouseClick(hall.page.criterion.options.buttons()[2], Qt.MouseButton.LeftButton)
    assert hall.stored() == {"5.1": "0", "5.2": "0"}
    hall.press(KEY.Key_Up, KEY.Key_3)
    assert hall.stored() == {"5.1": "3"}


def test_cases_are_numbered_on_and_differences_are_pointed_out(hall: Hall) -> None:
    hall.open(2, criterion="8")
    assert [b.row.key for b in hall.page.criterion.options.buttons()] == ["1", "2", "3", "4", "0"]
    hall.press(KEY.Key_2, KEY.Key_Down, KEY.Key_4)
    assert hall.stored(2) == {"8": "a2", "9": "b2"}
    assert hall.page.criterion.notice.text().startswith("Các tiêu chí 8, 9, 15 đang chọn trường hợp khác nhau.")


def test_set_16_says_when_an_answer_stops_the_assessment(hall: Hall) -> None:
    hall.open(3, criterion="6.3")
    hall.press(KEY.Key_1)
    assert "dừng đánh giá" in hall.page.criterion.notice.text()
    assert hall.stored(3) == {"6.3": "1"}


def test_the_note_takes_digits_and_letters_and_is_kept(hall: Hall) -> None:
    hall.open(criterion="1.3")
    hall.press(KEY.Key_N)
    note = hall.page.criterion.note
    assert note.hasFocus()
    hall.bot.keyClicks(note, "xem 2 ban goc, ngay 1")
    hall.press(KEY.Key_Escape)
    assert hall.page.list.hasFocus() and hall.page.code == "1.3"
    hall.press(KEY.Key_2, KEY.Key_N)
    hall.bot.keyClicks(note, " x")
    hall.press(KEY.Key_Return)
    assert hall.page.code == "1.4" and note.text() == ""
    assert hall.stored() == {"1.3": "2"}
    with hall.db.begin() as session:
        assert scoring.own_ballot(session, 1, 1).notes == {"1.3": "xem 2 ban goc, ngay 1 x"}
    hall.press(KEY.Key_Up)
    assert note.text() == "xem 2 ban goc, ngay 1 x"


def test_opinion_and_exclusion_in_place(hall: Hall) -> None:
    hall.open()
    hall.press(KEY.Key_Y)
    card = hall.page.opinion
    card.opinion.setFocus()
    hall.bot.keyClicks(card.opinion, "Bao bi dep 1")
    hall.press(KEY.Key_Escape)
    assert hall.ballot() == ("Bao bi dep 1", None, None)
    hall.bot.mouseClick(card.ask, Qt.MouseButton.LeftButton)
    hall.bot.mouseClick(card.raise_button, Qt.MouseButton.LeftButton)
    assert card.missing_reason.isVisible() and hall.ballot()[1] is None
    assert card.reason.itemText(0) == "Giả mạo hồ sơ"
    hall.bot.keyClicks(card.reason.lineEdit(), "Ho so gia 1")
    hall.press(KEY.Key_Return)
    assert hall.ballot()[1] == "Ho so gia 1"
    assert "Ho so gia 1" in card.raised_words.text() and hall.page.side.exclusion.isVisible()
    hall.bot.mouseClick(card.withdraw, Qt.MouseButton.LeftButton)
    assert hall.ballot()[1] is None


def test_handing_over_clears_the_desk(hall: Hall) -> None:
    hall.open()
    hall.press(KEY.Key_1, KEY.Key_N)
    hall.bot.keyClicks(hall.page.criterion.note, "rieng")
    hall.bot.mouseClick(hall.page.hand_over, Qt.MouseButton.LeftButton)
    hall.bot.waitUntil(lambda: hall.screen.chooser.title.text() == "Ai chấm?")
    assert hall.page.state is None and hall.page.title.text() == "" and hall.page.criterion.note.text() == ""
    hall.open(1, 2)
    assert hall.page.state is not None and dict(hall.page.state.choices) == {} and hall.page.criterion.note.text() == ""
    with hall.db.begin() as session:
        assert scoring.own_ballot(session, 1, 1).notes == {"1.1": "rieng"}


def test_when_an_answer_is_refused_it_goes_back_and_the_bar_says_why(hall: Hall) -> None:
    hall.open()
    hall.press(KEY.Key_2)
    assert hall.stored() == {"1.1": "2"}
    with hall.db.begin() as session:
        session.get_one(AgendaItem, 1).status = "closed"
    hall.press(KEY.Key_3)
    assert [b.row.choice for b in hall.page.criterion.options.buttons() if b.isChecked()] == ["3"]
    hall.bot.waitUntil(lambda: bool(hall.say.notes()))
    assert "đã chốt kết quả" in hall.say.notes()[0].words
    assert [b.row.choice for b in hall.page.criterion.options.buttons() if b.isChecked()] == ["2"]
    hall.bot.waitUntil(lambda: hall.page.state is not None and hall.page.state.locked)
    assert hall.stored() == {"1.1": "2"}


@pytest.mark.parametrize("case", ["recused", "closed"])
def test_why_nothing_can_be_written_is_said_in_place(hall: Hall, case: str) -> None:
    with hall.db.begin() as session:
        if case == "recused":
            session.add(Recusal(item_id=1, member_id=1, reason="họ hàng"))
        else:
            session.get_one(AgendaItem, 1).status = "closed"
    hall.open()
    assert hall.page.strip.isVisible()
    assert hall.page.strip.sentence.text() == {
        "recused": "Ông Hoàng không chấm hồ sơ này: họ hàng.",
        "closed": "Hồ sơ “Chè Shan tuyết Mẫu Sơn” đã chốt kết quả nên phiếu không sửa được nữa."}[case]
    hall.press(KEY.Key_1, KEY.Key_Delete)
    hall.press(KEY.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    hall.bot.mouseClick(hall.page.criterion.options.buttons()[0], Qt.MouseButton.LeftButton)
    assert hall.stored() == {}


def test_a_finished_ballot_is_shown_locked_with_its_time_and_leads_on(hall: Hall) -> None:
    with hall.db.begin() as session:
        for criterion in rulebooks.criteria(LAW, 11).criteria:
            scoring.choose(session, 1, 1, criterion.code, criterion.options[-1].choice)
        scoring.finish(session, 1, 1, dt.datetime(2026, 11, 20, 14, 32, 5))
    hall.open()
    hall.bot.waitUntil(lambda: hall.page.strip.sentence.text() == (
        "Phiếu đã khóa lúc 14:32:05 ngày 20/11/2026. Hồ sơ tiếp theo: Làng du lịch cộng đồng Quỳnh Sơn."))
    hall.press(KEY.Key_3)
    assert hall.stored()["1.1"] == "3" and not hall.page.criterion.note.isVisible()
    hall.press(KEY.Key_Up, KEY.Key_1)
    assert hall.stored()["1.1"] == "3"
    hall.page.next_wanted.emit()
    hall.bot.waitUntil(lambda: hall.page.state is not None and hall.page.state.view.item_id == 2)


def test_missed_conditions_lead_to_their_criterion(hall: Hall) -> None:
    hall.open(criterion="1.1")
    hall.press(KEY.Key_1)
    links = hall.page.side.gates.links()
    assert [(link.code, link.words) for link in links] == [("1.1", "Nguồn nguyên liệu")]
    assert hall.page.side.aim.text() == "Điều kiện 3 sao" and hall.page.side.missing.text() == "còn thiếu 1 mức tối thiểu"
    hall.page.go("3.5")
    hall.bot.mouseClick(links[0], Qt.MouseButton.LeftButton)
    assert hall.page.code == "1.1"
    hall.press(KEY.Key_2)
    assert hall.page.side.gates.links() == ()


def test_evidence_stands_beside_the_criterion(hall: Hall) -> None:
    with hall.db.begin() as session:
        session.add(SelfAnswer(dossier_id=1, criterion="1.5", choice="4", evidence="Hợp đồng 2025"))
    hall.open(criterion="1.5")
    assert hall.page.criterion.evidence.text() == "Minh chứng của chủ thể: Hợp đồng 2025"
    hall.press(KEY.Key_Down)
    assert not hall.page.criterion.evidence.isVisible()


def test_refreshing_keeps_the_place_and_shows_what_came(hall: Hall) -> None:
    hall.open(criterion="2.3")
    with hall.db.begin() as session:
        scoring.choose(session, 1, 1, "2.3", "3")
    hall.screen.refresh()
    hall.bot.waitUntil(lambda: hall.page.state is not None and hall.page.state.choices == {"2.3": "3"})
    assert hall.page.code == "2.3"


def test_models_meet_the_model_tester(hall: Hall) -> None:
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(model, fatal) for model in (hall.page.list.criteria, hall.screen.chooser.list.rows)]
    hall.shell.go("scoring")
    hall.bot.waitUntil(lambda: hall.screen.chooser.list.rows.rowCount() == 2)
    hall.open()
    hall.press(KEY.Key_1, KEY.Key_Down, KEY.Key_2)
    hall.saved()
    hall.page.forget()
    assert len(testers) == 2 and hall.page.list.criteria.rowCount() == 0


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_criterion_of_any_set_needs_a_scroll_bar_at_1366x768(hall: Hall, language: str,
                                                                monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "_language", language)
    hall.open()
    area = hall.page.criterion.area
    hall.bot.waitUntil(hall.work.at_rest)  # else the ballot's own criterion comes back over one of those below
    hall.bot.waitUntil(lambda: area.viewport().height() <= 580)
    for head in rulebooks.current().heads:
        rules = rulebooks.criteria(LAW, head.number)
        assert hall.page.state is not None
        state = hall.page.state
        state.rules, state._saved = rules, {c.code: c.options[0].choice for c in rules.criteria}
        for criterion in rules.criteria:
            hall.page.criterion.forget()
            hall.page.criterion.show_criterion(state, criterion.code)
            QApplication.processEvents()
            hall.bot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)  # a late layout has its turn
            needed = hall.page.criterion.sheet.totalHeightForWidth(area.viewport().width())
            assert needed <= area.viewport().height(), (head.number, criterion.code, needed)
            for button in hall.page.criterion.options.buttons():
                assert button.height() >= button.height_for(button.width(), (0, 0, 0, 0)), (head.number, criterion.code)


def test_every_row_of_a_criterion_has_its_key() -> None:
    for head in rulebooks.current().heads:
        for criterion in rulebooks.criteria(LAW, head.number).criteria:
            keys = [row.key for row in rows_of(criterion)]
            assert keys == [*map(str, range(1, len(keys))), "0"] and len(keys) <= 10


def test_the_list_keeps_the_current_criterion_in_view(hall: Hall) -> None:
    hall.open()
    found: CriteriaList = hall.page.list
    for code in ("11", "1.1", "6.2.3", OPINION):
        hall.page.go(code)
        assert found.viewport().rect().contains(found.visualRect(found.criteria.index(found.criteria.row_of(code))))


def test_large_text_still_shows_key_and_words(hall: Hall, qapp: QApplication, tmp_path: Path) -> None:
    theme.apply(qapp, "dark", 200)
    hall.screen.resize(1246, 672)
    hall.open(criterion="3.5")
    assert not hall.page.side.isVisible() and "Tổng 0" in hall.page.summary.text()
    hall.press(KEY.Key_2)
    assert hall.stored() == {"3.5": "2"}


def in_sight(hall: Hall) -> int:
    """How many options of the criterion are wholly on show."""
    shown = hall.page.criterion.area.viewport()
    rows = hall.page.criterion.options.buttons()
    return sum(shown.rect().contains(QRect(row.mapTo(shown, QPoint(0, 0)), row.size())) for row in rows)


@pytest.mark.parametrize(("scale", "width", "height"), [(150, 1276, 696), (200, 1246, 672)])
def test_large_text_keeps_the_product_and_three_options_in_sight(hall: Hall, qapp: QApplication, scale: int, width: int,
                                                                 height: int) -> None:
    theme.apply(qapp, "light", scale)
    hall.screen.resize(width, height)
    hall.open(item=2, member=2)
    page, name = hall.page, hall.page.title.text()
    assert name == "Làng du lịch cộng đồng Quỳnh Sơn" and "Bà Lan" in page.member.text() and page.member.isVisible()
    assert page.title.fontMetrics().horizontalAdvance(name[:24] + "…") <= page.title.width()
    assert page.finish.isVisible() and page.answered.isVisible() and in_sight(hall) >= 3
    offered = {page.other, page.hand_over}
    page.head.menu.aboutToShow.emit()
    assert {a.text() for a in page.head.menu.actions()} >= {part.text() for part in offered if not part.isVisible()}
    assert page.state is not None
    first, second = page.state.codes[:2]
    hall.press(KEY.Key_1, KEY.Key_Down)
    assert page.code == second and list(hall.stored(2, 2)) == [first]


def test_where_the_list_has_no_room_one_line_opens_it(hall: Hall, qapp: QApplication) -> None:
    theme.apply(qapp, "light", 200)
    hall.screen.resize(1246, 672)
    hall.open(criterion="3.4")
    box = hall.page.chooser
    assert not hall.page.list.isVisible() and box.currentText().startswith("3.4 ")
    hall.bot.mouseClick(box, Qt.MouseButton.LeftButton)
    row = box.model().index(hall.page.list.criteria.row_of("3.5"), 0)
    box.view().scrollTo(row)
    hall.bot.waitUntil(lambda: box.view().isVisible())
    hall.bot.wait(QApplication.doubleClickInterval())  # Qt takes a second press that comes sooner for part of the first
    hall.bot.mouseClick(box.view().viewport(), Qt.MouseButton.LeftButton, pos=box.view().visualRect(row).center())
    assert hall.page.code == "3.5"
    hall.press(KEY.Key_2)
    assert hall.stored() == {"3.5": "2"}
    hall.page.head.menu.aboutToShow.emit()
    away = {action.text(): action for action in hall.page.head.menu.actions()}
    assert list(away) == ["Hồ sơ khác", "Bàn giao máy", "Tự sang câu (T)"]
    away["Tự sang câu (T)"].trigger()
    assert hall.page.onward.isChecked()
    away["Bàn giao máy"].trigger()
    assert hall.page.state is None


def test_names_of_criteria_stand_whole_in_the_list(hall: Hall) -> None:
    hall.open()
    found, wide = hall.page.list, theme.now().px(310)
    metrics = QFontMetrics(theme.font(10, QFont.Weight.DemiBold))
    heights = {}
    for row in range(found.criteria.rowCount()):
        line = found.criteria.line(found.criteria.index(row))
        heights[line.code] = found.visualRect(found.criteria.index(row)).height()
        if line.kind == "criterion" and metrics.horizontalAdvance(line.name) > wide - theme.now().px(95):
            assert heights[line.code] >= 2 * metrics.lineSpacing(), line.name
    assert len(set(heights.values())) > 1
    about = hall.page.subtitle.text().split(" · ")
    view = hall.page.state.view if hall.page.state else None
    assert view is not None and about[:3] == [w for w in (view.dossier_code, view.producer, f"Bộ {view.rules.number}") if w][:3]


def test_a_ballot_opened_again_for_a_second_score_begins_with_its_first_criterion(hall: Hall) -> None:
    with hall.db.begin() as session:
        hand_in(session, 1, 1, answers(rules_of(session, 1), 60))
    hall.open()
    hall.page.go(OPINION)
    assert hall.page.state is not None and hall.page.state.locked
    with hall.db.begin() as session:
        results.reopen_ballots(session, 1, [1], "Chênh lệch quá 10 điểm", "Lan")
    hall.screen.refresh()
    hall.bot.waitUntil(lambda: hall.page.state is not None and hall.page.state.view.version == 2)
    assert not hall.page.state.locked and hall.page.code == hall.page.state.codes[0]
