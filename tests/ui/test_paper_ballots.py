"""Paper ballots with real keys in the real window; what counts is what stands in the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from ocop_desktop.actions import paper_ballots, scoring, sessions
from ocop_desktop.data.tables import Ballot
from ocop_desktop.data.tables_paper import PaperScan
from ocop_desktop.rules.ballot import total
from ocop_desktop.rules.rulebook import CriteriaSet
from ocop_desktop.ui.main_window import MainWindow
from ocop_desktop.ui.paper_ballots import PaperPage
from ocop_desktop.ui.paper_grid import FIRST, PaperModel
from ocop_desktop.ui.paper_state import SheetState
from tests.actions.meeting import answers, hand_in, open_meeting, rules_of
from tests.ui.clerk import KEY, Clerk
from tests.ui.home_window import Opened

MAI = "Trần Mai"


class Desk(Clerk):
    """Somebody with a pile of sheets: three members, two dossiers of set 13 (34 criteria)."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        super().__init__(Opened(qtbot, window))
        self.act(self._open)
        self.window.shell.go("sessions", session_id=self.id)
        self.settle()
        self.pressed = 0

    def _open(self, session: object) -> None:
        self.id, self.items, self.members = open_meeting(session, 2, 3)  # type: ignore[arg-type]
        session.connection().exec_driver_sql("UPDATE product SET set_no = 13")  # type: ignore[attr-defined]
        session.expire_all()  # type: ignore[attr-defined]
        self.rules: CriteriaSet = rules_of(session, self.items[0])  # type: ignore[arg-type]

    @property
    def paper(self) -> PaperPage:
        return self.page.paper_page  # type: ignore[no-any-return]

    def begin(self) -> None:
        """From the session's page by key."""
        self.front()
        self.page.matrix_page.view.setFocus()
        self.press(KEY.Key_F9)
        self.settle()
        self.wait(lambda: self.page.currentWidget() is self.paper and self.paper.grid is not None)
        self.wait(self.paper.view.hasFocus)

    def keys(self, *keys: Qt.Key) -> None:
        """Press keys one after the other, and count them."""
        for key in keys:
            self.press(key)
            self.pressed += 1

    def type_sheet(self, choices: dict[str, str]) -> None:
        """The digits of a sheet in the ballot's order."""
        keys = SheetState(self.paper.view.paper.sheets[0].column, self.rules)
        for criterion in self.rules.criteria:
            if criterion.code not in self.sheet.blocked:
                self.keys(Qt.Key(KEY.Key_0 + int(keys.key_of(criterion.code, choices[criterion.code]))))

    def hand_in(self, points: int) -> None:
        """The total and Enter."""
        assert self.paper.side.total.hasFocus()
        self.type_total(points)
        self.settle()

    def type_total(self, points: int) -> None:
        """The total and Enter, and straight on."""
        self.keys(*(Qt.Key(KEY.Key_0 + int(d)) for d in str(points)), KEY.Key_Return)

    @property
    def sheet(self) -> SheetState:
        return self.paper.view.paper.sheets[self.paper.view.place()[0]]

    def check_mode(self, who: str = MAI) -> None:
        """Let the second person sit down."""
        self.click(self.paper.modes.chip("2"))
        self.wait(lambda: self.paper.grid is not None and self.paper.grid.typing == 2 and self.paper.who.hasFocus())
        self.commit(self.paper.who, who)
        self.keys(KEY.Key_Return)
        assert self.paper.view.hasFocus()


@pytest.fixture
def desk(qtbot: QtBot, window: MainWindow) -> Desk:
    return Desk(qtbot, window)


def test_sheets_in_a_row_by_keys_alone_open_the_next_member_and_the_next_dossier(desk: Desk) -> None:
    """34 digits, two for the total and Enter: 37 keys a sheet; nothing else is pressed from the first sheet to the last."""
    choices = answers(desk.rules, 72)
    desk.begin()
    for item in desk.items:
        for member in desk.members:
            desk.wait(lambda item=item, member=member: desk.paper.grid is not None and desk.paper.grid.item_id == item
                      and desk.sheet.column.member_id == member and desk.paper.view.hasFocus())
            desk.type_sheet(choices)
            desk.hand_in(72)
    assert len(desk.rules.criteria) == 34 and desk.pressed == 6 * (34 + 3)
    assert "mời người thứ hai kiểm tra" in desk.paper.strip.sentence.text() and desk.paper.strip.isVisible()
    assert desk.ask(lambda s: s.scalars(select(Ballot)).all()) == []
    desk.check_mode()
    assert all(not sheet.choices for sheet in desk.paper.view.paper.sheets)
    for _sheet in range(6):
        desk.wait(desk.paper.view.hasFocus)
        desk.type_sheet(choices)
        desk.hand_in(72)
    found = desk.ask(lambda s: [dict(scoring.own_ballot(s, i, m).choices) for i in desk.items for m in desk.members])
    assert found == [choices] * 6
    assert "Không còn phiếu nào chờ kiểm tra" in desk.paper.strip.sentence.text()
    told = desk.ask(lambda s: paper_ballots.told(s, desk.items))
    assert {(t["typed_by"], t["checked_by"]) for lines in told.values() for _m, t in lines} == {("Thư ký: Bà Lan", MAI)}


def test_a_fast_hand_does_not_wait_for_the_disk(desk: Desk) -> None:
    """The second sheet's digits follow the first one's Enter at once: none is lost, none lands elsewhere."""
    choices = answers(desk.rules, 72)
    desk.begin()
    for _member in desk.members[:2]:
        desk.type_sheet(choices)
        desk.type_total(72)
    desk.type_sheet(choices)
    desk.settle()
    columns = desk.ask(lambda s: paper_ballots.grid(s, desk.items[0]).columns)
    assert [c.state for c in columns] == ["typed", "typed", "open"] and dict(columns[2].choices) == choices
    assert desk.paper.view.paper.headerData(FIRST, Qt.Orientation.Horizontal).endswith("(chờ kiểm)")


def test_a_total_that_does_not_agree_is_told_in_place_until_it_is_typed_again(desk: Desk) -> None:
    choices = answers(desk.rules, 72)
    desk.begin()
    desk.type_sheet(choices)
    desk.hand_in(74)
    assert "Phiếu ghi 74, các ô đã nhập cộng lại 72: lệch 2" in desk.paper.side.told.text()
    assert desk.paper.side.told.isVisible() and desk.paper.side.total.hasFocus() and desk.sheet.column.hand_total is None
    desk.hand_in(73)
    assert "lệch 1" in desk.paper.side.told.text()
    desk.hand_in(73)
    assert desk.sheet.column.member_id == desk.members[1]
    assert desk.ask(lambda s: paper_ballots.grid(s, desk.items[0]).columns[0].state) == "typed"


def test_enter_or_tab_after_each_digit_comes_to_the_same(desk: Desk) -> None:
    desk.begin()
    codes = list(desk.rules.by_code)
    desk.keys(KEY.Key_1, KEY.Key_Return, KEY.Key_1, KEY.Key_Tab, KEY.Key_1)
    assert desk.paper.view.place() == (0, codes[3]) and list(desk.sheet.choices) == codes[:3]
    desk.keys(KEY.Key_Down, KEY.Key_2, KEY.Key_Up, KEY.Key_Up, KEY.Key_Delete, KEY.Key_G)
    assert desk.paper.view.place()[1] == codes[5]
    desk.keys(KEY.Key_G, *[KEY.Key_9] * 3)
    assert codes[5] not in desk.sheet.choices or len(desk.rules.by_code[codes[5]].options) >= 9
    assert desk.ask(lambda s: sorted(paper_ballots.grid(s, desk.items[0]).columns[0].choices)) == sorted(desk.sheet.choices)


def test_differences_alone_are_shown_and_settled_from_the_sheet(desk: Desk) -> None:
    choices = answers(desk.rules, 72)
    code = next(c.code for c in desk.rules.criteria if choices[c.code] == "3")
    wrong = {**choices, code: "2"}
    desk.begin()
    desk.keys(KEY.Key_L)
    desk.commit(desk.paper.side.exclusion, "Giấy tờ giả")
    desk.keys(KEY.Key_Return)
    desk.type_sheet(choices)
    desk.hand_in(72)
    desk.check_mode()
    desk.type_sheet(wrong)
    desk.hand_in(total(desk.rules, wrong))
    assert desk.ask(lambda s: s.scalars(select(Ballot)).all()) == []
    assert "khác nhau ở 2 chỗ" in desk.paper.side.told.text() and desk.paper.view.place() == (0, code)
    model = desk.paper.view.paper
    assert model.index(model.row_of(code), FIRST).data() == "3 ≠ 2"
    desk.keys(KEY.Key_3)
    desk.settle()
    assert "Một lần nhập có đề nghị loại" in desk.paper.side.told.text()
    assert desk.paper.side.exclusion.hasFocus() and desk.paper.side.exclusion.text() == "Giấy tờ giả"
    desk.keys(KEY.Key_Return)
    desk.settle()
    own = desk.ask(lambda s: scoring.own_ballot(s, desk.items[0], desk.members[0]))
    assert (dict(own.choices), own.exclusion) == (choices, "Giấy tờ giả") and own.finished_at is not None


def test_the_same_person_cannot_check_and_a_gap_is_named(desk: Desk) -> None:
    choices = answers(desk.rules, 72)
    desk.begin()
    desk.keys(*[KEY.Key_1] * 3)
    desk.paper.side.ask_total()
    desk.hand_in(5)
    assert "Còn 31 ô trống" in desk.paper.side.told.text() and desk.paper.view.hasFocus()
    desk.keys(*[KEY.Key_Up] * 3)
    desk.type_sheet(choices)
    desk.hand_in(72)
    desk.check_mode("thư ký:  bà lan")
    desk.type_sheet(choices)
    desk.hand_in(72)
    assert "phải là người khác" in desk.paper.side.told.text()
    desk.write(desk.paper.who, MAI)
    desk.paper.side.ask_total()
    desk.hand_in(72)
    assert desk.ask(lambda s: scoring.own_ballot(s, desk.items[0], desk.members[0]).finished_at) is not None


def test_recused_seats_say_so_and_members_at_a_screen_have_no_column(desk: Desk) -> None:
    desk.act(lambda s: sessions.recuse(s, desk.items[0], desk.members[0], "Người thân", "Lan"))
    desk.act(lambda s: hand_in(s, desk.items[1], desk.members[2], answers(desk.rules, 60)))
    desk.begin()
    assert desk.sheet.column.member_id == desk.members[1]
    head = [desk.paper.view.paper.headerData(FIRST + n, Qt.Orientation.Horizontal) for n in range(3)]
    assert "(không chấm)" in head[0] and [desk.paper.view.isColumnHidden(FIRST + n) for n in range(3)] == [False, False, True]
    desk.paper.members_menu.actions()[2].trigger()
    assert not desk.paper.view.isColumnHidden(FIRST + 2)


def test_a_scan_is_attached_and_leaving_takes_the_sheets_away(desk: Desk, tmp_path: Path) -> None:
    scan = tmp_path / "phieu.pdf"
    scan.write_bytes(b"%PDF-1.4\n")
    desk.begin()
    desk.click(desk.paper.side.attach)
    desk.file(scan)
    assert desk.ask(lambda s: s.scalars(select(PaperScan.name)).all()) == ["phieu.pdf"]
    desk.wait(lambda: desk.paper.side.scan.isVisible() and "phieu.pdf" in desk.paper.side.scan.text())
    paper = desk.paper
    desk.go("home")
    assert paper.grid is None and paper.view.paper.rowCount() == 0 and paper.side.member.text() == ""


def test_the_model_keeps_the_rules_of_models(desk: Desk, qapp: QApplication) -> None:
    desk.begin()
    model = PaperModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_sheets(desk.rules, [SheetState(s.column, desk.rules) for s in desk.paper.view.paper.sheets])
    assert model.rowCount() == 34 + 3 + 1 and model.columnCount() == FIRST + 3
    model.clear()
