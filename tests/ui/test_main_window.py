"""The window through real clicks and keys, on a real file."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ocop_desktop import app, paths, settings, text
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.data.search import refresh_search
from ocop_desktop.data.tables import Dossier, Setting
from ocop_desktop.errors import UserError
from ocop_desktop.settings import Settings
from ocop_desktop.ui import theme
from ocop_desktop.ui.error_hook import ErrorHook
from ocop_desktop.ui.finds import FoundRole
from ocop_desktop.ui.main_window import MainWindow
from ocop_desktop.ui.notices import ClosingPage, RefusedPage
from ocop_desktop.ui.screens import SCREENS
from ocop_desktop.ui.shell import Found
from ocop_desktop.ui.window_place import show_whole
from tests.actions.meeting import dossiers
from tests.test_cli_files import SPOILS, around

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


def press(qtbot: QtBot, part: QWidget) -> None:
    """Press a part with the mouse."""
    qtbot.mouseClick(part, LEFT)


def on_show(window: MainWindow) -> str:
    """Name of the class of the screen on show."""
    return type(window.stack.currentWidget()).__name__


def open_field(qtbot: QtBot, window: MainWindow, words: str = "") -> None:
    """Ctrl+K, then type."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    qtbot.waitUntil(window.field.hasFocus)
    qtbot.keyClicks(window.field, words)


def offered(window: MainWindow) -> list[str]:
    """What the command field offers."""
    return [window.field.finds.list.item(i).text() for i in range(window.field.finds.list.count())]


def test_the_window_opens_on_the_first_screen(window: MainWindow, file: Path) -> None:
    assert on_show(window) == "HomeScreen"
    assert window.windowTitle() == f"{file.stem} – OCOP Desktop"
    assert window.top.user.text() == "Thư ký: Bà Lan"
    assert window.top.saved.text() == "Chưa có thay đổi"


@pytest.mark.parametrize("screen", SCREENS, ids=[s.key for s in SCREENS])
def test_every_screen_is_one_click_away(qtbot: QtBot, window: MainWindow, screen: Any) -> None:
    press(qtbot, window.rail.buttons[screen.key])
    qtbot.waitUntil(window.work.at_rest)
    assert on_show(window) == screen.class_name
    assert [key for key, made in window.rail.buttons.items() if made.isChecked()] == [screen.key]
    assert window.top.crumbs.accessibleName()


def test_screens_are_built_when_first_shown(qtbot: QtBot, window: MainWindow) -> None:
    before = window.stack.count()
    press(qtbot, window.rail.buttons["settings"])
    press(qtbot, window.rail.buttons["home"])
    press(qtbot, window.rail.buttons["settings"])
    assert window.stack.count() == before + 1


def test_alt_and_a_digit_goes_to_a_screen(qtbot: QtBot, window: MainWindow) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert on_show(window) == "DossiersScreen"
    qtbot.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    assert on_show(window) == "SettingsScreen"  # the tenth
    assert window.rail.buttons["dossiers"].toolTip() == "Hồ sơ (Alt+2)"
    open_field(qtbot, window, "cai dat")
    found = window.field.finds.list.item(0).data(FoundRole)
    assert (found.words, found.quiet) == ("Cài đặt", "Alt+0")


def test_ctrl_k_finds_a_screen_without_accents(qtbot: QtBot, window: MainWindow) -> None:
    open_field(qtbot, window, "giay chung")
    assert offered(window)[0] == "Giấy chứng nhận"
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    assert on_show(window) == "CertificatesScreen"
    assert not window.field.finds.isVisible()
    assert window.field.text() == ""


def test_arrows_mark_and_the_mouse_takes(qtbot: QtBot, window: MainWindow) -> None:
    open_field(qtbot, window)
    qtbot.keyClick(window.field, Qt.Key.Key_Down)
    assert window.field.finds.current().screen == "dossiers"
    qtbot.keyClick(window.field, Qt.Key.Key_Up)
    qtbot.keyClick(window.field, Qt.Key.Key_Up)
    assert window.field.finds.current().words == "Mở tệp khác"
    found = window.field.finds.list
    qtbot.mouseClick(found.viewport(), LEFT, pos=found.visualItemRect(found.item(3)).center())
    assert on_show(window) == "SessionsScreen"


def test_escape_gives_the_focus_back(qtbot: QtBot, window: MainWindow) -> None:
    held = window.rail.buttons["home"]
    held.setFocus()
    open_field(qtbot, window, "xyzzy")
    assert offered(window) == ["Không tìm thấy"]
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    assert on_show(window) == "HomeScreen"
    qtbot.keyClick(window.field, Qt.Key.Key_Escape)
    assert not window.field.finds.isVisible()
    assert window.focusWidget() is held


@pytest.mark.parametrize("screen", [screen.key for screen in SCREENS])
def test_escape_closes_the_field_over_every_screen(qtbot: QtBot, window: MainWindow, screen: str) -> None:
    press(qtbot, window.rail.buttons[screen])
    qtbot.waitUntil(window.work.at_rest)
    open_field(qtbot, window, "xyzzy")
    qtbot.keyClick(window.field, Qt.Key.Key_Escape)
    assert not window.field.finds.isVisible() and window._place[0] == screen


@pytest.mark.parametrize(("typed", "found"), [
    ("sao lưu", "Sao lưu, khôi phục"), ("ngôn ngữ", "Ngôn ngữ: English"), ("cỡ chữ", "Chữ to hơn"),
    ("giao diện tối", "Giao diện tối"), ("dark", "Giao diện tối"), ("backup", "Sao lưu, khôi phục")])
def test_commands_are_found_by_what_people_call_them(qtbot: QtBot, window: MainWindow, typed: str, found: str) -> None:
    open_field(qtbot, window)
    window.field.insert(typed)
    window.field.textEdited.emit(typed)
    assert offered(window)[0] == found


def test_a_command_is_done_at_once(qtbot: QtBot, window: MainWindow) -> None:
    open_field(qtbot, window, "backup")
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    assert on_show(window) == "SettingsScreen"
    qtbot.waitUntil(lambda: window.focusWidget() is window.stack.currentWidget().data.now)


def test_dossiers_are_found_before_their_screen_was_ever_on_show(qtbot: QtBot, window: MainWindow) -> None:
    def add(session: Any) -> str:
        first = session.get_one(Dossier, dossiers(session, 1)[0])
        refresh_search(session)
        return first.product.name

    told: list[str] = []
    window.work.save(None, add, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert on_show(window) == "HomeScreen"
    open_field(qtbot, window)
    window.field.insert(told[0])
    window.field.textEdited.emit(told[0])
    qtbot.waitUntil(lambda: told[0] in offered(window))
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: on_show(window) == "DossiersScreen")


def test_a_screen_can_add_what_is_found(qtbot: QtBot, window: MainWindow) -> None:
    went: list[tuple[str, dict[str, Any]]] = []
    window.shell.register_search(lambda words, found: found([Found(f"Chè {words}", "20-05980-03-2026", where={"dossier_id": 7})]))
    window.shell.went.connect(lambda key, where: went.append((key, where)))
    open_field(qtbot, window, "shan")
    qtbot.waitUntil(lambda: "Chè shan" in offered(window))
    while window.field.finds.current().words != "Chè shan":
        qtbot.keyClick(window.field, Qt.Key.Key_Down)
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    assert went == [("dossiers", {"dossier_id": 7})]


def test_the_rail_folds_in_a_narrow_window(qtbot: QtBot, window: MainWindow) -> None:
    assert not window.rail.folded
    window.resize(1000, 700)
    qtbot.waitUntil(lambda: window.rail.folded)
    assert window.rail.buttons["home"].text() == ""
    assert window.rail.buttons["home"].accessibleName() == "Bàn làm việc"
    window.resize(1366, 768)
    qtbot.waitUntil(lambda: not window.rail.folded)
    assert window.rail.buttons["home"].text().strip() == "Bàn làm việc"


def test_a_save_is_shown_with_its_time(qtbot: QtBot, window: MainWindow) -> None:
    window.work.save(None, lambda session: session.add(Setting(key="x", value=1)))
    qtbot.waitUntil(window.work.at_rest)
    assert window.top.saved.text().startswith("Đã lưu ")
    assert window.top.last is not None


def test_a_problem_is_said_in_a_bar_until_it_is_closed_or_left(qtbot: QtBot, window: MainWindow) -> None:
    def refuse(session: Any) -> None:
        raise UserError("Thiếu số quyết định ở dòng {row}", row=11)

    window.work.save(None, refuse)
    qtbot.waitUntil(lambda: bool(window.say.notes()))
    note = window.say.notes()[0]
    assert (note.tone, note.words) == ("bad", "Thiếu số quyết định ở dòng 11")
    window.work.save(None, refuse)
    qtbot.waitUntil(lambda: window.say.notes()[0].count == 2)
    press(qtbot, window.say.notes()[0].cross)
    assert window.say.notes() == ()
    assert not window.say.isVisible()
    window.work.save(None, refuse)
    qtbot.waitUntil(lambda: bool(window.say.notes()))
    press(qtbot, window.rail.buttons["settings"])
    assert window.say.notes() == ()


def test_what_did_not_work_is_past_when_the_next_thing_does_but_a_named_cause_waits_to_be_mended(
        qtbot: QtBot, window: MainWindow) -> None:
    def refuse(session: Any) -> None:
        raise UserError("Thiếu số quyết định ở dòng {row}", row=11)

    window.work.save(None, refuse)
    window.say.warn("Ngày thành lập chưa lưu được", cause="founded")
    qtbot.waitUntil(lambda: len(window.say.notes()) == 2)
    window.work.save(None, lambda session: session.add(Setting(key="x", value=1)))
    qtbot.waitUntil(window.work.at_rest)
    assert [note.words for note in window.say.notes()] == ["Ngày thành lập chưa lưu được"]
    window.say.mended("founded")
    assert window.say.notes() == ()


@pytest.mark.parametrize("size", [(1366, 768), (800, 520)])
def test_bars_do_not_move_the_page_and_stand_inside_it(qtbot: QtBot, window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    qtbot.waitUntil(lambda: window.stack.geometry().right() == size[0] - 1 and window.rail.folded == (size[0] < 1200))
    qtbot.waitUntil(lambda: window.stack.width() + window.rail.width() == size[0])
    before = window.stack.geometry()
    window.say.ok("Đã lưu hồ sơ")
    window.say.bad("Không ghi được tệp ra ổ đĩa này, hãy chọn nơi khác. " * 4)
    note = window.say.notes()[-1]
    qtbot.waitUntil(lambda: note.sentence.height() >= note.sentence.heightForWidth(note.sentence.width()))
    assert window.stack.geometry() == before
    assert before.contains(window.say.geometry())
    window.resize(900, 600)
    qtbot.waitUntil(lambda: window.stack.geometry().contains(window.say.geometry()))
    press(qtbot, note.cross)
    assert note not in window.say.notes()


def test_bars_have_actions_and_only_three_stand_at_once(qtbot: QtBot, window: MainWindow) -> None:
    done: list[str] = []
    window.say.ok("Đã nhập 56 dòng", "Hoàn tác", lambda: done.append("hoàn tác"))
    press(qtbot, window.say.notes()[0].action)
    for number in range(4):
        window.say.warn(f"Cảnh báo {number}")
    assert done == ["hoàn tác"]
    assert [note.words for note in window.say.notes()] == ["Cảnh báo 1", "Cảnh báo 2", "Cảnh báo 3"]


def test_long_work_shows_a_strip_that_can_be_stopped(qtbot: QtBot, window: MainWindow) -> None:
    stopped: list[bool] = []
    go_on = threading.Event()

    def action(session: Any, progress: Any) -> None:
        progress(1, 2, "Đang in giấy chứng nhận")
        while not go_on.wait(0.01):
            progress(1, 2, "Đang in giấy chứng nhận")
        progress(2, 2, "Đang in giấy chứng nhận")

    window.work.long(None, action, cancelled=lambda: stopped.append(True))
    qtbot.waitUntil(window.strip.isVisible)
    assert window.strip.words.text() == "Đang in giấy chứng nhận"
    press(qtbot, window.strip.cancel)
    qtbot.waitUntil(lambda: stopped == [True])
    go_on.set()
    qtbot.waitUntil(lambda: not window.strip.isVisible())


def test_look_and_text_size_change_at_once_and_are_kept(qtbot: QtBot, qapp: QApplication, window: MainWindow) -> None:
    page = window.stack.currentWidget()
    window.shell.change_settings(theme="dark", text_size=150)
    assert (theme.now().name, theme.now().scale) == ("dark", 150)
    assert window.stack.currentWidget() is page
    assert window.rail.folded  # 1366 pixels are few at this size
    kept = settings.load()
    assert (kept.theme, kept.text_size) == ("dark", 150)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_0, CTRL)
    assert theme.now().scale == 100
    qtbot.keyClick(window, Qt.Key.Key_Minus, CTRL)
    assert theme.now().scale == 90
    window.shell.change_settings(theme="light", text_size=100)


def test_margins_around_words_follow_the_text_size(qtbot: QtBot, window: MainWindow) -> None:
    words = QLabel("Việc đang chờ", window.stack.currentWidget())
    words.setContentsMargins(10, 6, 10, 6)
    words.show()
    for size, margins in ((200, (20, 12, 20, 12)), (100, (10, 6, 10, 6))):
        window.shell.change_settings(text_size=size)
        kept = words.contentsMargins()
        assert (kept.left(), kept.top(), kept.right(), kept.bottom()) == margins


def test_the_language_changes_at_run_time(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    english = {"Hồ sơ": "Dossiers", "Đã lưu {clock}": "Saved {clock}", "Cài đặt": "Settings"}
    monkeypatch.setattr(text, "_read_catalogue", lambda code: english)
    window.work.save(None, lambda session: session.add(Setting(key="x", value=1)))
    press(qtbot, window.rail.buttons["settings"])
    qtbot.waitUntil(window.work.at_rest)
    window.shell.change_settings(language="en")
    qtbot.waitUntil(lambda: window.rail.buttons["dossiers"].text().strip() == "Dossiers")
    assert on_show(window) == "SettingsScreen"
    assert window.top.saved.text().startswith("Saved ")
    window.say.info("x")
    qtbot.waitUntil(window.say.isVisible)
    press(qtbot, window.rail.buttons["dossiers"])
    assert on_show(window) == "DossiersScreen"
    window.shell.change_settings(language="vi")
    qtbot.waitUntil(lambda: window.rail.buttons["dossiers"].text().strip() == "Hồ sơ")
    qtbot.waitUntil(window.work.at_rest)


def test_columns_are_kept_for_the_next_time(qtbot: QtBot, window: MainWindow) -> None:
    window.shell.table_store.put("products", {"name": {"width": 300, "hidden": False}})
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert (settings.load().columns or {})["products"] == {"name": {"width": 300, "hidden": False}}


def test_closing_waits_for_every_save(qtbot: QtBot, window: MainWindow, file: Path) -> None:
    gate = threading.Event()
    window.work.read(None, lambda session: gate.wait(10), lambda result: None)
    for number in range(10):
        window.work.save(None, lambda session, number=number: session.add(Setting(key=f"k{number}", value=number)))
    window.close()
    assert window.isVisible()
    assert on_show(window) == ClosingPage.__name__
    press(qtbot, window.rail.buttons["home"])
    assert on_show(window) == ClosingPage.__name__
    gate.set()
    qtbot.waitUntil(lambda: not window.isVisible())
    db = open_or_create(file)
    with db.begin() as session:
        assert [session.get(Setting, f"k{number}").value for number in range(10)] == list(range(10))
    db.close()
    assert list(file.parent.rglob("*.ocop")) != [file]  # the backup


@pytest.mark.parametrize("spoil", SPOILS)
def test_a_bad_file_gets_a_sentence_in_the_window_and_stays_as_it_was(qtbot: QtBot, qapp: QApplication, file: Path,
                                                                      spoil: str) -> None:
    how, sentence = SPOILS[spoil]
    folder = file.parent / "kept"
    folder.mkdir()
    bad = file.rename(folder / "x.ocop")
    how(bad)
    before = around(folder)
    window = app.make_window(qapp, Settings(), bad)
    window.painted.connect(window.start)
    with qtbot.waitSignal(window.work.refused):
        window.show()
    page = window.stack.currentWidget()
    assert isinstance(page, RefusedPage)
    assert sentence in page.sentence.text()
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert around(folder) == before


def test_a_file_open_elsewhere_gets_a_polite_page_and_a_way_out(qtbot: QtBot, qapp: QApplication, file: Path,
                                                                tmp_path: Path) -> None:
    held = open_or_create(file)
    window = app.make_window(qapp, Settings(), file)
    window.painted.connect(window.start)
    with qtbot.waitSignal(window.work.refused):
        window.show()
    page = window.stack.currentWidget()
    assert isinstance(page, RefusedPage)
    assert "đang mở ở một cửa sổ khác" in page.sentence.text()
    press(qtbot, window.rail.buttons["dossiers"])
    assert window.stack.currentWidget() is page  # and not a list that looks empty
    press(qtbot, page.other)
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "khac.ocop"))
    dialog.close()
    qtbot.waitUntil(lambda: window.windowTitle().startswith("khac"))
    qtbot.waitUntil(window.work.at_rest)
    assert on_show(window) == "HomeScreen"
    held.close()
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert window.work.join()


def test_trying_again_opens_the_file_once_it_is_free(qtbot: QtBot, qapp: QApplication, file: Path) -> None:
    held = open_or_create(file)
    window = app.make_window(qapp, Settings(), file)
    window.painted.connect(window.start)
    with qtbot.waitSignal(window.work.refused):
        window.show()
    held.close()
    page = window.stack.currentWidget()
    assert isinstance(page, RefusedPage)
    with qtbot.waitSignal(window.work.opened):
        press(qtbot, page.again)
    qtbot.waitUntil(window.work.at_rest)
    assert on_show(window) == "HomeScreen"
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert window.work.join()
    window.deleteLater()


def test_the_window_comes_back_where_it_was(qtbot: QtBot, qapp: QApplication, window: MainWindow, file: Path) -> None:
    window.resize(800, 655)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    again = app.make_window(qapp, Settings(), file)
    assert (again.width(), again.height()) == (800, 655)
    again.deleteLater()


def test_a_bug_is_written_down_and_told_once(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch,
                                             capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    hook = ErrorHook()
    hook.install()
    window.work.read(None, lambda session: 1 // 0, lambda result: None)
    window.work.read(None, lambda session: 2 // 0, lambda result: None)
    qtbot.waitUntil(window.work.at_rest)
    dialogs = [w for w in QApplication.topLevelWidgets() if type(w).__name__ == "ErrorDialog" and w.isVisible()]
    assert len(dialogs) == 1
    dialog: Any = dialogs[0]
    log = paths.log_file().read_text(encoding="utf-8")
    assert log.count("ZeroDivisionError") == 2
    press(qtbot, dialog.copy)
    assert "ZeroDivisionError" in QGuiApplication.clipboard().text()
    press(qtbot, dialog.go_on)
    qtbot.waitUntil(lambda: not any(type(w).__name__ == "ErrorDialog" for w in QApplication.topLevelWidgets()))
    assert "ZeroDivisionError" in capsys.readouterr().err


class _Windows(QObject):
    """Remembers every window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(f"{type(watched).__name__} {getattr(watched, 'text', str)()}")
        return False


def test_building_the_screens_opens_no_window_of_its_own(qtbot: QtBot, qapp: QApplication, window: MainWindow) -> None:
    watch = _Windows()
    qapp.installEventFilter(watch)
    for screen in SCREENS:
        press(qtbot, window.rail.buttons[screen.key])
        qtbot.waitUntil(window.work.at_rest)
    qapp.removeEventFilter(watch)
    assert watch.shown == []


def test_nothing_is_cut_at_1366_and_at_200_percent(qtbot: QtBot, window: MainWindow) -> None:
    for size in (100, 200):
        window.shell.change_settings(text_size=size)
        qtbot.waitUntil(lambda: window.top.width() > 0)
        for part in (window.field, window.top.saved, window.top.user):
            right = part.mapTo(window, QPoint(part.width(), 0)).x()
            assert right <= window.width()
        for made in window.rail.buttons.values():
            assert made.width() >= made.minimumSizeHint().width() or window.rail.folded
    window.shell.change_settings(text_size=100)


def test_a_window_its_screen_cannot_hold_fills_the_screen(window: MainWindow) -> None:
    room = window.screen().availableGeometry().size()
    for size, filled in ((QSize(800, 520), room.width() < 830), (room, True)):
        window.setWindowState(Qt.WindowState.WindowNoState)
        window.resize(size)
        show_whole(window)
        assert window.isMaximized() is filled
    window.setWindowState(Qt.WindowState.WindowNoState)
