"""The programme screen on the example data, with real clicks; what counts is what stands in the file and on the disk."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from icalendar import Calendar
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ocop_desktop import text
from ocop_desktop.actions import dashboard, programme_report, renewal_letters
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.actions.programme_report import TargetState
from ocop_desktop.data.engine import Database
from ocop_desktop.data.tables import Certificate, Dossier, Producer
from ocop_desktop.data.tables_programme import Activity, Funding, ProgrammePeriod
from ocop_desktop.rules.certificate_life import IN_FORCE, state_on
from ocop_desktop.rules.targets import Measured
from ocop_desktop.settings import Settings
from ocop_desktop.ui import theme
from ocop_desktop.ui.bars import Bars
from ocop_desktop.ui.programme_overview import CHARTS
from ocop_desktop.ui.programme_screen import PAGES, ProgrammeScreen
from ocop_desktop.ui.programme_target_table import gap_words, least_words
from ocop_desktop.ui.say import Say
from ocop_desktop.ui.shell import Shell
from ocop_desktop.ui.work import Work
from tests.actions.slice_files import tell, told
from tests.pdf_text import pages_of

LEFT = Qt.MouseButton.LeftButton
DAY = dt.date(2026, 7, 1)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory, example_of: Callable[..., Path]) -> Path:
    """The example data, made once; tests copy it."""
    path = tmp_path_factory.mktemp("mau") / "mau.ocop"
    return example_of(path)


class Office:
    """The screen on the example data, and the file behind it."""

    def __init__(self, bot: QtBot, db: Database) -> None:
        self.bot, self.db = bot, db
        self.say, self.went = Say(), list[tuple[str, dict[str, object]]]()
        self.work = Work(lambda: db)
        self.shell = Shell(Settings(user="Bà Lan"), self.say)
        self.shell.went.connect(lambda screen, where: self.went.append((screen, where)))
        self.screen = ProgrammeScreen(self.work, self.shell)
        for place in range(len(PAGES)):
            self.screen.page(place).today = lambda: DAY
        self.work.failed.connect(self.say.error)
        self.work.changed.connect(self.screen.refresh)
        self.work.start()
        for widget in (self.screen, self.say):
            bot.addWidget(widget)
        self.screen.resize(1170, 720)
        self.screen.show()
        self.screen.show_place()
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is read or saved any more, and what came of it is laid out: a click finds its widget."""
        self.bot.waitUntil(self.work.at_rest, timeout=20_000)
        QApplication.processEvents()

    def click(self, widget: QWidget) -> None:
        self.bot.mouseClick(widget, LEFT)
        self.settle()

    def turn(self, place: int) -> None:
        self.click(self.screen.segments.button(place))

    def press_bar(self, bars: Bars, place: int) -> None:
        self.bot.mouseClick(bars, LEFT, pos=bars.room(place).center().toPoint())
        self.settle()


@pytest.fixture
def office(qtbot: QtBot, example: Path, tmp_path: Path) -> Iterator[Office]:
    shutil.copyfile(example, tmp_path / "mau.ocop")
    made = Office(qtbot, open_or_create(tmp_path / "mau.ocop"))
    yield made
    made.work.stop()
    assert made.work.join()


def recount(db: Database, day: dt.date) -> dict[str, int]:
    """Products by the state of their latest recognition, counted one by one."""
    latest: dict[int, Certificate] = {}
    states: dict[str, int] = {}
    with db.begin() as session:
        for one in session.query(Certificate).order_by(Certificate.issued_on, Certificate.id):
            if one.issued_on <= day and one.stars >= 3:
                latest[one.dossier.product_id] = one
        for one in latest.values():
            state = state_on(day, one.expires_on, one.revoked_on, one.extended_until)
            states[state] = states.get(state, 0) + 1
    return states


@pytest.mark.parametrize("day", [DAY, dt.date(2024, 2, 29), dt.date(2022, 1, 31), dt.date(2019, 1, 1)])
def test_cards_are_those_of_a_recount_and_every_bar_has_as_many_in_its_list(office: Office, day: dt.date):
    states = recount(office.db, day)
    with office.db.begin() as session:
        found = dashboard.dashboard(session, day)
        assert sum(found.in_force.values()) == sum(states.get(s, 0) for s in IN_FORCE)
        assert (found.renewal, found.expired, found.revoked) == (
            states.get("due", 0) + states.get("late", 0), states.get("expired", 0), states.get("revoked", 0))
        for chart in ("industry", "set", "kind", "commune"):
            assert sum(bar.total for bar in found.charts[chart]) == sum(found.in_force.values())
        for chart, bars in found.charts.items():
            for bar in bars:
                count, lines = dashboard.behind(session, day, bar.narrowed)
                if chart != "year":  # a product recognised twice in a year counts with both of its stars there
                    assert count == bar.total == len(lines)
                else:
                    assert count <= bar.total


def test_the_slider_goes_back_and_a_card_and_a_bar_open_their_lists(office: Office):
    page = office.screen.overview
    now = recount(office.db, DAY)
    assert page.cards["expired"].figure.text() == str(now["expired"])
    page.slider.setFocus()
    office.bot.keyClick(page.slider, Qt.Key.Key_PageUp)  # offscreen style: a year back
    office.bot.keyClick(page.slider, Qt.Key.Key_PageDown)
    office.bot.keyClick(page.slider, Qt.Key.Key_PageDown)
    office.settle()
    assert page.shown is not None
    assert page.shown.day == page.day.value() < DAY
    then = recount(office.db, page.shown.day)
    assert page.cards["in_force"].figure.text() == str(sum(then.get(s, 0) for s in IN_FORCE))
    office.click(page.cards["4"])
    assert office.screen.stack.currentWidget() is office.screen.list
    assert {line.stars for line in office.screen.list.model.rows()} == {4}
    office.click(office.screen.list.back)
    bars = page.charts["kind"].bars
    office.press_bar(bars, 0)
    assert str(bars.bars[0].total) in office.screen.list.title.text()
    assert office.screen.list.model.rowCount() == bars.bars[0].total
    office.bot.keyClick(office.screen.list.table, Qt.Key.Key_Return)
    assert office.went[-1] == ("dossiers", {"dossier_id": office.screen.list.model.row_at(0).dossier_id})
    office.bot.keyClick(office.screen.list.table, Qt.Key.Key_Escape)
    assert office.screen.stack.currentIndex() == 0 and office.screen.focusWidget() is office.screen.segments.button(0)


def test_the_ways_to_the_pages_stay_where_they_are_whatever_action_a_page_has(office: Office):
    places = set()
    for place in range(6):
        office.turn(place)
        places.add(tuple(office.screen.segments.button(n).x() for n in range(6)))
    assert len(places) == 1


def test_bars_are_pressed_with_the_keyboard(office: Office):
    bars = office.screen.overview.charts["year"].bars
    bars.setFocus(Qt.FocusReason.TabFocusReason)
    office.bot.keyClick(bars, Qt.Key.Key_Right)
    office.bot.keyClick(bars, Qt.Key.Key_Return)
    office.settle()
    assert bars.bars[1].words in office.screen.list.title.text()


def test_under_narrow_bars_a_year_stands_with_its_first_month_only(office: Office):
    bars = office.screen.overview.charts["month"].bars
    wide, narrow = (bars._foot_words(QFontMetricsF(theme.font(size))) for size in (2, 30))
    assert wide == [bar.words for bar in bars.bars]
    first = [place for place, words in enumerate(narrow) if "/" in words]
    assert 0 in first and len(first) in (1, 2)  # twelve months touch two years
    assert [words.split("/")[0] for words in narrow] == [bar.words.split("/")[0] for bar in bars.bars]


def test_the_picture_holds_cards_and_charts(office: Office, tmp_path: Path):
    shown = office.screen.overview.picture.height()
    office.screen.overview.write_picture(tmp_path / "a.png")
    picture = QImage(str(tmp_path / "a.png"))
    assert picture.height() > shown * picture.devicePixelRatio()  # the day above the charts takes no room from them
    assert picture.height() > 600
    colours = {picture.pixelColor(x, y).name() for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)}
    assert len(colours) > 5
    office.screen.overview.write_picture(tmp_path / "missing" / "a.png")
    assert "Không ghi được hình" in office.say.notes()[-1].words
    assert [p.name for p in tmp_path.glob("*.png*")] == ["a.png"]


def test_an_empty_file_says_so(office: Office):
    page = office.screen.overview
    page.day.editor.selectAll()
    office.bot.keyClicks(page.day.editor, "01/01/2015")
    office.bot.keyClick(page.day.editor, Qt.Key.Key_Return)
    office.settle()
    assert page.cards["in_force"].figure.text() == "0"
    assert all(page.charts[key].none.isVisibleTo(page) for key, _t, upright in CHARTS if not upright)


def test_every_number_of_a_target_opens_as_long_a_list(office: Office):
    office.turn(1)
    page = office.screen.targets
    with office.db.begin() as session:
        states = programme_report.period_states(session, DAY)
    assert len(page.tables[states[0].id].numbers) >= len(states[0].targets) == 5
    narrow = page.tables[states[0].id]
    narrow.resize(600, 700)  # as in a narrow window, or with large letters
    assert not narrow.wide and len(narrow.numbers) >= 5
    page.refresh()
    office.settle()
    for period in states:
        for target in period.targets:
            table = page.tables[period.id]  # made anew whenever the page is read
            assert table.wide
            words = [one.text() for one in table.findChildren(QLabel)]
            assert least_words(target) in words and gap_words(target) in words
            office.click(table.numbers[target.id, "now"])
            assert office.screen.list.model.rowCount() == target.now.part
            office.click(office.screen.list.back)
            if target.now.unit == "share":
                office.click(page.tables[period.id].numbers[target.id, "whole"])
                assert office.screen.list.model.rowCount() == target.now.whole
                office.click(office.screen.list.back)


def test_by_how_much_a_target_is_missed_and_what_is_shown_give_the_target():
    def target(part: int, whole: int, least: int) -> TargetState:
        now = Measured("share", part, whole)
        return TargetState(1, "cooperatives", least, "", now, now, "behind")

    assert gap_words(target(39_996, 100_000, 40)) == "thiếu 0,01 %"  # shown as 39,99 %
    assert (gap_words(target(2, 5, 40)), gap_words(target(1, 2, 40))) == ("vừa đủ", "vượt 10 %")


def test_a_period_is_added_changed_removed_and_brought_back(office: Office):
    office.turn(1)
    page = office.screen.targets
    before = len(page.changes)
    office.click(page.primary)
    office.click(page.save)
    assert page.form.field("name").error() and page.form.field("ends_on").error()
    for key, words in (("name", "2026-2030"), ("begins_on", "01/01/2026"), ("ends_on", "31/12/2030"), ("new_products", "50"),
                       ("cooperatives", "101")):
        office.bot.keyClicks(page.form.field(key).editor, words)
    office.click(page.save)
    assert page.form.field("cooperatives").error() == "Tỷ lệ không quá 100 %."
    page.form.field("cooperatives").editor.clear()
    office.bot.keyClicks(page.form.field("cooperatives").editor, "40")
    office.click(page.save)
    assert not page.card.isVisible()
    assert len(page.changes) == before + 1
    with office.db.begin() as session:
        made = session.query(ProgrammePeriod).filter_by(name="2026-2030").one()
        id = made.id
        assert [(t.measure, t.least) for t in made.targets] == [("new_products", 50), ("cooperatives", 40)]
    office.click(page.changes[id])
    page.form.field("new_products").editor.clear()
    office.click(page.save)
    with office.db.begin() as session:
        assert [(t.measure, t.least) for t in session.get_one(ProgrammePeriod, id).targets] == [("cooperatives", 40)]
    office.click(page.removes[id])
    assert len(page.changes) == before
    action = office.say.notes()[-1].action
    assert action is not None
    office.click(action)
    assert len(page.changes) == before + 1


def test_an_activity_is_added_corrected_removed_and_brought_back(office: Office):
    office.turn(2)
    page, form = office.screen.activities, office.screen.activities.forms["activity"]
    before, said = page.model.rowCount(), page.sums.text()
    office.click(page.primary)
    assert page.card.isVisible()
    office.click(page.save)
    assert form.field("kind").error() and form.field("name").error()  # nothing written yet
    office.bot.keyClick(form.field("kind").editor, Qt.Key.Key_Down)
    office.bot.keyClicks(form.field("name").editor, "Tap huan ke toan")
    office.bot.keyClicks(form.field("people").editor, "30")
    office.bot.keyClicks(form.field("women").editor, "31")
    office.click(page.save)
    assert form.field("women").error() == "Số này không thể lớn hơn số người dự."
    form.field("women").editor.clear()
    office.click(page.save)
    assert not page.card.isVisible() and office.screen.focusWidget() is page.table  # the keyboard goes on where it was
    assert page.model.rowCount() == before + 1
    place = next(n for n, row in enumerate(page.model.rows()) if row.what == "Tap huan ke toan")
    page.table.selectRow(place)
    office.click(page.change)
    form.field("people").editor.clear()
    office.bot.keyClicks(form.field("people").editor, "40")
    office.click(page.save)
    changed = next(row for row in page.model.rows() if row.what == "Tap huan ke toan")
    assert (changed.count, changed.form.kind, changed.form.begins_on) == (40, "conference", DAY)
    page.table.selectRow(page.model.rows().index(changed))
    office.click(page.remove)
    assert (page.model.rowCount(), page.sums.text()) == (before, said)
    note = office.say.notes()[-1]
    assert note.action is not None
    office.click(note.action)
    assert page.model.rowCount() == before + 1
    with office.db.begin() as session:
        assert session.query(Activity).filter_by(name="Tap huan ke toan").one().people == 40


def test_money_is_summed_and_added(office: Office):
    office.turn(2)
    page, form = office.screen.activities, office.screen.activities.forms["funding"]
    assert "count" in [column.key for column in page.table.columns_shown()]
    office.click(page.to_funding)
    assert [column.key for column in page.table.columns_shown()] == ["year", "what", "amount"]
    with office.db.begin() as session:
        before = sum(row.amount_vnd for row in session.query(Funding))
    assert text.number(before) in page.sums.text()
    office.click(page.primary)
    office.bot.keyClick(form.field("source").editor, Qt.Key.Key_Down)
    office.bot.keyClicks(form.field("amount_vnd").editor, "17,5 trieu")
    office.click(page.save)
    assert text.number(before + 17_500_000) in page.sums.text()
    office.click(page.to_import)
    assert office.went[-1] == ("importing", {})


def test_what_is_due_is_narrowed_opened_and_saved_as_a_calendar(office: Office, tmp_path: Path):
    office.turn(3)
    page = office.screen.deadlines
    assert page.model.rowCount() == len(page.all) > 0
    kind = page.all[0].kind
    office.click(page.chips.chip(kind))
    assert {due.kind for due in page.model.rows()} == {kind}
    page.write_calendar(tmp_path / "lich.ics")
    office.settle()
    assert len(Calendar.from_ical((tmp_path / "lich.ics").read_bytes()).walk("VEVENT")) == len(page.all)
    assert "Đã lưu" in office.say.notes()[-1].words


def test_one_click_starts_a_re_evaluation(office: Office):
    with office.db.begin() as session:  # make sure one is due
        certificate = session.query(Certificate).filter(Certificate.revoked_on.is_(None)).order_by(
            Certificate.issued_on.desc(), Certificate.id.desc()).first()
        certificate.issued_on, certificate.expires_on = DAY - dt.timedelta(days=1046), DAY + dt.timedelta(days=50)
        product = certificate.dossier.product_id
        for other in session.query(Certificate):
            if other.dossier.product_id == product and other is not certificate:
                other.issued_on = dt.date(2019, 1, 1)
        wanted = certificate.id
        for dossier in session.query(Dossier).filter(Dossier.product_id == product, Dossier.status != "recognised"):
            dossier.status = "history"
    office.turn(3)
    page = office.screen.deadlines
    place = next(n for n, due in enumerate(page.model.rows()) if due.about == ("certificate", wanted) and due.kind == "expires")
    page.table.scrollTo(page.model.index(place, 1))
    office.bot.mouseClick(page.table.viewport(), LEFT, pos=page.table.visualRect(page.model.index(place, 1)).center())
    assert page.renew.isEnabled()
    office.click(page.renew)
    with office.db.begin() as session:
        made = session.query(Dossier).order_by(Dossier.id.desc()).first()
        assert (made.product_id, made.kind) == (product, "reevaluation")
        assert office.went[-1] == ("dossiers", {"dossier_id": made.id})
    assert page.all and next(d for d in page.all if d.about == ("certificate", wanted)).handled


def test_a_report_of_a_period_is_counted_and_its_numbers_open_their_lists(office: Office, tmp_path: Path):
    office.turn(4)
    page = office.screen.reports
    for key, words in (("first", "01/01/2019"), ("last", "31/12/2022"), ("day", "02/06/2023")):
        editor = page.form.field(key).editor
        editor.setFocus()
        editor.selectAll()
        office.bot.keyClicks(editor, words)
        office.bot.keyClick(editor, Qt.Key.Key_Return)
    office.settle()
    assert page.numbers["products", "certified", "now"].text() == "94"
    assert page.numbers["money", "", "now"].text() == "17.500.000.000"
    for key in (("products", "certified", "now"), ("products", "valid_4", "now"), ("products", "expired", "now")):
        count = int(page.numbers[key].text())
        office.click(page.numbers[key])
        assert office.screen.list.model.rowCount() == count
        office.click(office.screen.list.back)
    office.click(page.numbers["products", "registered", "now"])
    states = [row.state for row in office.screen.list.model.rows()]
    pill = [column.key for column in office.screen.list.model.columns].index("state")
    assert office.screen.list.model.value_at(states.index(""), pill) is None  # no state yet, no pill
    office.screen.list.table.sortByColumn(pill, Qt.SortOrder.AscendingOrder)
    office.click(office.screen.list.back)
    office.click(page.numbers["money", "central", "now"])
    assert sum(line.money for line in office.screen.list.sums_model.rows()) == 6_400_000_000
    office.click(office.screen.list.back)
    office.click(page.numbers["activities", "training", "now"])
    assert sum(line.counted for line in office.screen.list.sums_model.rows()) == 90
    assert office.screen.list.title.text().endswith(": 90")
    assert [c.key for c in office.screen.list.sums.columns_shown()] == ["when", "name", "counted", "people", "money"]
    office.click(office.screen.list.back)
    office.click(page.numbers["measure", "cooperatives", "now"])
    assert office.screen.list.model.rowCount() == 18
    office.click(office.screen.list.back)
    for ending in ("docx", "pdf", "xlsx"):
        page.write_report(tmp_path / f"bao-cao.{ending}")
        office.settle()
        assert (tmp_path / f"bao-cao.{ending}").stat().st_size > 4000
    page.ways["national"].trigger()
    asked = page.findChild(QFileDialog)
    asked.fileSelected.emit(str(tmp_path / "quoc-gia"))
    asked.close()
    office.settle()
    (head, *lines) = list(openpyxl.load_workbook(tmp_path / "quoc-gia.xlsx").active.iter_rows(min_row=3, values_only=True))
    assert head[:3] == ("MA_OCOP", "Ma_DonViHanhChinh", "Ma_ThoiGian")
    with office.db.begin() as session:
        assert len(lines) == session.query(Dossier.product_id).join(Certificate).distinct().count()


def test_a_report_that_ends_before_it_begins_says_so_in_place(office: Office):
    office.turn(4)
    page = office.screen.reports
    assert page.pills.checkedButton() is not None
    editor = page.form.field("last").editor
    editor.setFocus()
    editor.selectAll()
    office.bot.keyClicks(editor, "01/01/2001")
    office.bot.keyClick(editor, Qt.Key.Key_Return)
    office.settle()
    assert "hãy sửa ngày" in page.wrong.text() and not page.primary.isEnabled()
    assert page.pills.checkedButton() is None
    office.click(page.pills.buttons()[0])
    assert page.primary.isEnabled() and page.wrong.isHidden()


def test_targets_stand_on_the_overview_with_their_lights_and_money_opens_its_list(office: Office, tmp_path: Path):
    page = office.screen.overview
    day = dt.date(2024, 6, 30)
    page.day.editor.selectAll()
    office.bot.keyClicks(page.day.editor, "30/06/2024")
    office.bot.keyClick(page.day.editor, Qt.Key.Key_Return)
    office.settle()
    with office.db.begin() as session:
        (period,) = programme_report.standing_periods(session, day)
    assert list(page.lights.numbers) == [target.measure for target in period.targets]
    for target in period.targets:
        office.click(page.lights.numbers[target.measure])
        assert office.screen.list.model.rowCount() == target.now.part
        office.click(office.screen.list.back)
    year = int(page.money_bars.bars[0].words)
    office.press_bar(page.money_bars, 0)
    with office.db.begin() as session:
        expected = sum(row.amount_vnd for row in session.query(Funding).filter_by(year=year))
    assert sum(line.money for line in office.screen.list.sums_model.rows()) == expected > 0
    assert [column.key for column in office.screen.list.sums.columns_shown()] == ["when", "name", "money"]  # nobody is counted


def test_the_overview_is_saved_as_pdf_and_excel(office: Office, tmp_path: Path):
    page = office.screen.overview
    page.write_file(tmp_path / "a.pdf")
    page.write_file(tmp_path / "a.xlsx")
    page.write_file(tmp_path / "missing" / "a.xlsx")
    office.settle()
    said = " ".join(pages_of(tmp_path / "a.pdf"))
    assert "Số liệu ngày 01/07/2026" in said and "Theo xã, phường" in said
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert page.shown is not None
    for name, chart in (("Theo ngành", "industry"), ("Theo xã, phường", "commune")):
        rows = [tuple(cell.value for cell in row) for row in book[name].iter_rows(min_row=5)]
        assert [row[4] for row in rows] == [bar.total for bar in page.shown.charts[chart]]
    assert book["Tổng quan"]["B5"].value == sum(page.shown.in_force.values())
    assert any("Không có thư mục" in note.words for note in office.say.notes())


def test_on_a_day_of_no_period_the_last_one_stands_on_the_overview(office: Office):
    with office.db.begin() as session:
        before, within, after = (programme_report.standing_periods(session, day) for day in (
            dt.date(2019, 1, 1), dt.date(2024, 1, 1), dt.date(2030, 1, 1)))
    assert (len(before), len(within), len(after)) == (0, 1, 1)


def test_a_file_of_a_commune_is_looked_at_chosen_from_taken_in_and_taken_back(office: Office, tmp_path: Path):
    office.turn(5)
    page = office.screen.exchange
    with office.db.begin() as session:
        assert str(session.query(Dossier).count()) in page.count.text()
        rounds = {name for (name,) in session.query(Dossier.round).distinct() if name}
    assert {page.round.combo.itemText(n) for n in range(page.round.combo.count())} == rounds
    page.write_slice(tmp_path / "a.trich")
    office.settle()
    raw = told(tmp_path / "a.trich")
    raw["province"] = False
    first, second = raw["producers"][:2]
    first["phone"], second["phone"], first["email"] = "0911111111", "0922222222", "xa@example.vn"
    share = next(target for target in raw["programme"]["target"] if target["measure"] == "cooperatives")
    period = {"period": "Giai đoạn 2026-2030", "begins_on": "2026-01-01", "ends_on": "2030-12-31"}
    raw["programme"]["target"].append({**share, **period})
    tell(tmp_path / "b.trich", raw)
    page.look_at(tmp_path / "b.trich")
    office.settle()
    assert page.receiving.isVisible() and not page.sending.isVisible()
    assert sorted(line.state for line in page.model.rows()) == ["added", "filled", "kept", "kept"]
    assert [line.theirs for line in page.model.rows() if line.state == "added"] == ["40 % · Giai đoạn 2026-2030"]
    assert "Chưa có gì để nhận" not in page.rule.text()
    place = next(n for n, line in enumerate(page.model.rows()) if line.theirs == "0911111111")
    page.table.selectRow(place)
    office.click(page.take)
    assert page.model.row_at(place).state == "taken"
    assert office.screen.focusWidget() is page.table  # not the button beside, which throws the file away
    office.click(page.accept)
    assert page.sending.isVisible()

    def phones() -> list[str]:
        with office.db.begin() as session:
            return [session.query(Producer).filter_by(name=one["name"]).one().phone for one in (first, second)]

    assert phones()[0] == "0911111111" and phones()[1] != "0922222222"
    note = office.say.notes()[-1]
    assert note.action is not None and "sửa 2 chỗ" in note.words
    office.click(note.action)
    assert phones()[0] != "0911111111"


def test_a_file_that_is_none_says_so(office: Office, tmp_path: Path):
    office.turn(5)
    (tmp_path / "x.trich").write_text("không phải")
    office.screen.exchange.look_at(tmp_path / "x.trich")
    office.settle()
    assert "không phải tệp trích" in office.say.notes()[-1].words
    assert office.screen.exchange.sending.isVisible()


def test_every_commune_with_something_due_gets_its_letter(office: Office, tmp_path: Path):
    with office.db.begin() as session:
        standing = [c for c in session.query(Certificate) if c.revoked_on is None]
        day = max(c.expires_on for c in standing) - dt.timedelta(days=150)
        due = [c for c in standing if state_on(day, c.expires_on) in ("due", "late")]
        expected = renewal_letters.letters(session, day)
    office.screen.deadlines.today = lambda: day
    assert 0 < sum(len(letter.products) for letter in expected) <= len(due)
    office.turn(3)
    page = office.screen.deadlines
    page.write_letters(tmp_path / "thu.pdf")
    page.write_letters(tmp_path / "thu.docx")
    office.settle()
    pages = [" ".join(page.split()) for page in pages_of(tmp_path / "thu.pdf")]
    for letter in expected:
        commune = letter.commune[0].lower() + letter.commune[1:]
        (own,) = [said for said in pages if f"Kính gửi: Ủy ban nhân dân {commune} Theo Điều 8" in said]
        for one in letter.products:
            assert one.phone in own and f"{one.expires:%d/%m/%Y}" in own
    assert (tmp_path / "thu.docx").stat().st_size > 4000
    assert f"Đã lưu thư gửi {len(expected)} xã" in office.say.notes()[-1].words
