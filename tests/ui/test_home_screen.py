"""The first screen with real clicks and keys, on a real file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ocop_desktop.actions.home import InForce, Overview, overview
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.settings import Settings
from ocop_desktop.ui.home_chart import said
from ocop_desktop.ui.home_screen import HomeScreen
from ocop_desktop.ui.home_tasks import tasks_of, urgent
from ocop_desktop.ui.screens import SCREENS
from tests.actions.home_register import DAY, fill
from tests.ui.home_window import Opened, opened


@pytest.fixture
def register(new_file: Path, tmp_path: Path) -> Path:
    file = tmp_path / "lang-son.ocop"
    shutil.copyfile(new_file, file)
    db = open_or_create(file)
    with db.begin() as session:
        fill(session)
    db.close()
    return file


@pytest.fixture
def at_home(qtbot: QtBot, register: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    with opened(qtbot, register) as found:
        found.page().today = lambda: DAY
        found.page().refresh()
        found.settle()
        found.went.clear()
        _stay(found)
        yield found


def _stay(found: Opened) -> None:
    """Keep this screen on show, so that several ways out of it can be tried."""
    found.window.shell.went.disconnect(found.window._go)


def overview_of(file: Path) -> Overview:
    db = open_or_create(file)
    try:
        return overview(db, DAY)
    finally:
        db.close()


def words_of(page: HomeScreen) -> str:
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page))


def test_the_day_the_place_and_how_much_waits(at_home: Opened) -> None:
    page = at_home.page()
    assert page.title.text() == "Thứ Hai, 23/11/2026"
    assert page.subtitle.text() == "Tỉnh Lạng Sơn · 8 việc đang chờ"
    assert page.tasks is not None and len(page.tasks.rows) == 8
    assert "Tỉnh Lạng Sơn" in at_home.window.rail._names["province"]


def test_figures_lead_to_their_lists(at_home: Opened) -> None:
    stats = at_home.page().stats
    assert {key: card.figure.text() for key, card in stats.items()} == {
        "valid": "49", "stars3": "36", "stars4": "12", "stars5": "1", "late": "11", "due": "2", "round": "24"}
    for key in ("stars4", "due", "round"):
        at_home.click(stats[key])
    at_home.bot.keyClick(stats["late"], Qt.Key.Key_Return)
    screens = [screen for screen, _where in at_home.went]
    assert screens == ["certificates", "certificates", "dossiers", "certificates"]
    assert at_home.went[0][1]["stars"] == 4 and at_home.went[2][1]["round"] == "Đợt 2 - 2026"


def test_every_task_leads_to_where_it_is_done(at_home: Opened) -> None:
    rows = at_home.page().tasks.rows
    for one in rows:
        at_home.click(one.go)
    assert [screen for screen, _where in at_home.went] == [
        "sessions", "certificates", "certificates", "certificates", "dossiers", "importing", "sessions", "settings"]
    assert at_home.went[0][1] == {"session_id": 1}
    said_words = words_of(at_home.page())
    for words in ("Đợt 2 - 2026 họp hôm nay", "12 hồ sơ, 5 chưa bắt đầu", "2 sản phẩm đã chốt chờ số quyết định",
                  "11 giấy chứng nhận quá kỳ nộp đánh giá lại", "7 hồ sơ đang hoàn thiện", "hạn xã gửi 29/10/2026 đã qua",
                  "2 dòng của ha-lang.xlsx chưa nhập được", "Chưa sao lưu ra USB hay ổ đĩa khác",
                  "ha-lang.xlsx · 41 mới, 12 cập nhật", "7/12 hồ sơ đã bắt đầu chấm"):
        assert words in said_words


def test_the_filled_button_opens_todays_session(at_home: Opened) -> None:
    page = at_home.page()
    assert page.urgent.text() == "Mở phiên hôm nay"
    at_home.click(page.urgent)
    at_home.click(page.add)
    assert at_home.went == [("sessions", {"session_id": 1}), ("dossiers", {"new": True})]


def test_bars_are_pressed_by_mouse_and_by_keyboard(at_home: Opened) -> None:
    page, bot = at_home.page(), at_home.bot
    bars = page.chart.bars
    assert [year.total for year in bars.years] == [6, 10, 10, 16, 16, 8]
    middle = bars.bar(3).center()
    bot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(int(middle.x()), int(middle.y())))
    bot.keyClick(bars, Qt.Key.Key_Left)
    assert page.chart.words.text() == "2023: 7 ba sao, 3 bốn sao"
    bot.keyClick(bars, Qt.Key.Key_Return)
    assert [where["year"] for _screen, where in at_home.went] == [2024, 2023]
    assert said(bars.years[3]) == "2024: 12 ba sao, 3 bốn sao, 1 năm sao"


@pytest.mark.parametrize("size", [80, 100, 200])
def test_no_word_is_cut_at_any_text_size(qtbot: QtBot, register: Path, size: int) -> None:
    with opened(qtbot, register, Settings(text_size=size)) as found:
        page = found.page()
        page.today = lambda: DAY
        page.refresh()
        found.settle()
        for card in page.stats.values():
            assert card.words.height() >= card.words.heightForWidth(card.words.width())
        across = page.body.parentWidget().width()
        assert all(one.go.mapTo(page, one.go.rect().topRight()).x() <= page.width() for one in page.tasks.rows)
        assert across <= page.width()


def test_the_screen_follows_a_save(at_home: Opened, register: Path) -> None:
    from ocop_desktop.actions import office_settings

    found, window = at_home, at_home.window
    window.work.save(None, lambda session: office_settings.change_office(session, "province_code", "04"))
    found.settle()
    found.bot.waitUntil(lambda: found.page().subtitle.text().startswith("Tỉnh Cao Bằng"))


def test_an_empty_file_says_what_the_program_is_for_and_how_to_begin(qtbot: QtBot, new_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "moi.ocop"
    shutil.copyfile(new_file, file)
    with opened(qtbot, file) as found:
        page = found.page()
        assert page.welcome is not None and page.urgent.text() == "Nhập bảng tính" and not page.stats
        qtbot.waitUntil(lambda: "mọi dữ liệu nằm trong một tệp trên máy này" in words_of(page))
        _stay(found)
        found.went.clear()
        found.click(page.welcome.office)
        found.click(page.welcome.importing)
        found.click(page.urgent)
        assert found.went == [("settings", {"section": "office"}), ("importing", {}), ("importing", {})]


def test_example_data_open_in_a_file_of_their_own(qtbot: QtBot, new_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "moi.ocop"
    shutil.copyfile(new_file, file)
    with opened(qtbot, file) as found:
        found.click(found.page().welcome.demo)
        qtbot.waitUntil(lambda: bool(found.wanted), timeout=60_000)
        found.settle()
        qtbot.waitUntil(lambda: isinstance(found.page(), HomeScreen) and bool(found.page().stats))
        assert found.window.file.name == "du-lieu-mau.ocop" and found.page().urgent.text() == "Mở phiên hôm nay"
        example = found.window.file
    assert overview_of(file).empty
    assert not overview_of(example).empty


def test_only_what_matters_stands_there(register: Path) -> None:
    seen = overview_of(register)
    calm = replace(seen, meetings=(), drafts=0, undecided=(), last_import=None, in_force=InForce(1, 0, 0, 0, 0))
    assert [task.screen for task in tasks_of(calm)] == ["settings"]  # no copy on another disk yet
    assert urgent(calm).screen == "importing"
    assert urgent(replace(seen, meetings=())).screen == "certificates"
    assert next(t.where for t in tasks_of(replace(calm, province=""))) == {"section": "office"}


def test_every_place_a_task_leads_to_is_a_screen(register: Path) -> None:
    seen = overview_of(register)
    assert {task.screen for task in (*tasks_of(seen), urgent(seen))} <= {screen.key for screen in SCREENS}
