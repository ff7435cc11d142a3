"""The background lane on a real file."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ocop_desktop import app
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.data.tables import Setting
from ocop_desktop.errors import UserError
from ocop_desktop.ui.work import Work


def put(key: str, value: Any) -> Callable[[Any], None]:
    """An action that writes one setting."""
    return lambda session: session.add(Setting(key=key, value=value))


def take(key: str) -> Callable[[Any], Any]:
    """An action that reads one setting's value."""

    def action(session: Any) -> Any:
        found = session.get(Setting, key)
        return found and found.value

    return action


def kept(file: Path, key: str) -> Any:
    """What a closed file holds."""
    db = open_or_create(file)
    try:
        with db.begin() as session:
            return take(key)(session)
    finally:
        db.close()


def test_a_read_runs_elsewhere_and_comes_home(qtbot: QtBot, work: Work) -> None:
    threads: dict[str, threading.Thread] = {}
    owner = QObject()

    def action(session: Any) -> str:
        threads["action"] = threading.current_thread()
        return "kết quả"

    with qtbot.waitSignal(work.rested):
        work.read(owner, action, lambda result: threads.update({result: threading.current_thread()}))
    assert threads["kết quả"] is threading.main_thread()
    assert threads["action"] is not threading.main_thread()


def test_a_save_is_written_announced_once_and_later_reads_see_it(qtbot: QtBot, work: Work) -> None:
    owner, heard, seen = QObject(), [], []
    work.changed.connect(lambda: heard.append("changed"))
    with qtbot.waitSignal(work.saved) as saved:
        work.save(owner, put("a", 1), lambda _result: heard.append("done"))
    work.read(owner, take("a"), seen.append)
    qtbot.waitUntil(work.at_rest)
    assert seen == [1]
    assert heard == ["done", "changed"]
    assert saved.args[0].year >= 2026


def test_saves_in_a_row_are_announced_together(qtbot: QtBot, work: Work) -> None:
    heard: list[int] = []
    work.changed.connect(lambda: heard.append(1))
    for number in range(5):
        work.save(None, put(f"n{number}", number))
    qtbot.waitUntil(work.at_rest)
    assert 1 <= len(heard) < 5


def test_a_quiet_save_only_tells_the_other_screens(qtbot: QtBot, work: Work) -> None:
    heard: list[str] = []
    work.changed.connect(lambda: heard.append("changed"))
    with qtbot.waitSignal(work.quietly_changed):
        work.save(None, put("q", 1), quiet=True)
    assert heard == []


def test_what_a_dead_owner_read_is_dropped_but_what_it_saved_is_kept(qtbot: QtBot, work: Work, file: Path) -> None:
    gate, heard = threading.Event(), []
    owner = QObject()
    work.read(None, lambda session: gate.wait(10), lambda result: None)
    work.read(owner, take("x"), heard.append)
    work.save(owner, put("x", "còn"), heard.append)
    owner.deleteLater()
    qtbot.waitSignal(owner.destroyed)
    qtbot.waitUntil(lambda: not _alive(owner))
    gate.set()
    qtbot.waitUntil(work.at_rest)
    assert heard == []
    work.stop()
    assert work.join()
    assert kept(file, "x") == "còn"


def _alive(thing: QObject) -> bool:
    from shiboken6 import isValid

    return isValid(thing)


@pytest.mark.parametrize("verb", [Work.read, Work.look])
def test_a_newer_read_of_the_same_key_replaces_the_older_ones(qtbot: QtBot, work: Work, verb: Callable[..., None]) -> None:
    gate, heard, ran = threading.Event(), [], []
    owner, other = QObject(), QObject()

    def search(words: str) -> Callable[[Any], str]:
        def action(session: Any) -> str:
            ran.append(words)
            gate.wait(10)
            return words

        return action

    verb(work, owner, search("c"), heard.append, key="search")
    qtbot.waitUntil(lambda: ran == ["c"])
    for words in ("ch", "che"):
        verb(work, owner, search(words), heard.append, key="search")
    verb(work, other, search("khác"), heard.append, key="search")
    gate.set()
    qtbot.waitUntil(work.at_rest)
    assert heard == ["che", "khác"]
    assert ran == ["c", "che", "khác"]


def test_a_problem_goes_to_the_caller_or_to_the_window_and_nothing_is_written(qtbot: QtBot, work: Work) -> None:
    told, seen = [], []

    def refuse(session: Any) -> None:
        session.add(Setting(key="half", value=1))
        session.flush()
        raise UserError("Thiếu {what}", what="số quyết định")

    work.save(None, refuse, failed=told.append)
    qtbot.waitUntil(work.at_rest)
    assert [str(error) for error in told] == ["Thiếu số quyết định"]
    with qtbot.waitSignal(work.failed) as heard:
        work.save(None, refuse)
    assert str(heard.args[0]) == "Thiếu số quyết định"
    work.read(None, take("half"), seen.append)
    qtbot.waitUntil(work.at_rest)
    assert seen == [None]


def test_a_bug_is_raised_on_the_windows_thread_and_the_lane_goes_on(qtbot: QtBot, work: Work) -> None:
    seen: list[Any] = []
    with qtbot.captureExceptions() as caught, qtbot.waitSignal(work.bug):
        work.read(None, lambda session: 1 // 0, seen.append)
    assert [error[0] for error in caught] == [ZeroDivisionError]
    work.read(None, lambda session: "tiếp", seen.append)
    qtbot.waitUntil(work.at_rest)
    assert seen == ["tiếp"]


def test_long_work_shows_how_far_it_is(qtbot: QtBot, work: Work) -> None:
    shown, done = [], []

    def action(session: Any, progress: Callable[[int, int, str], None]) -> str:
        for number in range(1, 101):
            progress(number, 100, "Đang nhập dòng")
        return "xong"

    work.busy.connect(lambda *progress: shown.append(progress))
    with qtbot.waitSignal(work.idle):
        work.long(None, action, done.append)
    qtbot.waitUntil(work.at_rest)
    assert shown[-1] == ("Đang nhập dòng", 100, 100)
    assert len(shown) < 100
    assert done == ["xong"]


def test_long_work_that_only_reads_does_not_say_that_something_was_saved(qtbot: QtBot, work: Work) -> None:
    told = []
    work.saved.connect(lambda _when: told.append("saved"))
    work.changed.connect(lambda: told.append("changed"))
    for keeps in (False, True):
        work.long(None, lambda session, progress: None, lambda _none, keeps=keeps: told.append(keeps), keeps=keeps)
        qtbot.waitUntil(work.at_rest)
    assert told == [False, "saved", True, "changed"]


def test_cancelled_work_leaves_nothing_behind(qtbot: QtBot, work: Work) -> None:
    seen, told = [], []

    def action(session: Any, progress: Callable[[int, int, str], None]) -> None:
        session.add(Setting(key="long", value=1))
        session.flush()
        for number in range(10**9):
            progress(number, 10**9, "Đang làm")

    work.busy.connect(lambda *progress: work.cancel())
    work.long(None, action, seen.append, cancelled=lambda: told.append("dừng"))
    qtbot.waitUntil(work.at_rest)
    work.read(None, take("long"), seen.append)
    qtbot.waitUntil(work.at_rest)
    assert told == ["dừng"]
    assert seen == [None]


def test_stopping_does_every_save_drops_reads_and_makes_the_backup(qtbot: QtBot, file: Path) -> None:
    backed_up, heard, gate = [], [], threading.Event()
    lane = Work(app.opener(file), lambda database: backed_up.append(database.path))
    lane.start()
    lane.read(None, lambda session: gate.wait(10), lambda result: None)
    for number in range(20):
        lane.read(None, take("n0"), heard.append)
        lane.save(None, put(f"n{number}", number))
    lane.stop()
    with qtbot.waitSignal(lane.closed):
        gate.set()
    assert lane.join()
    assert heard == []
    assert backed_up == [file]
    assert [kept(file, f"n{number}") for number in range(20)] == list(range(20))


def test_a_failing_backup_does_not_keep_the_file_open(qtbot: QtBot, file: Path) -> None:
    def no_room(database: Any) -> None:
        raise UserError("Hết chỗ trên đĩa")

    lane = Work(app.opener(file), no_room)
    with qtbot.waitSignal(lane.opened):
        lane.start()
    with qtbot.waitSignals([lane.failed, lane.closed]):
        lane.stop()
    assert lane.join()
    open_or_create(file).close()


def test_a_file_open_elsewhere_is_refused_and_unsaved_work_is_told(qtbot: QtBot, file: Path) -> None:
    held = open_or_create(file)
    lane = Work(app.opener(file))
    told: list[UserError] = []
    lane.refused.connect(told.append)
    lane.failed.connect(told.append)
    lane.save(None, put("a", 1))
    lane.start()
    qtbot.waitUntil(lane.at_rest)
    assert "đang mở ở một cửa sổ khác" in str(told[0])
    assert "chưa được lưu" in str(told[1])
    held.close()
    with qtbot.waitSignal(lane.opened):
        lane.open(app.opener(file))
    lane.stop()
    assert lane.join()


def test_the_file_can_be_replaced_while_it_is_closed(qtbot: QtBot, work: Work, file: Path) -> None:
    seen: list[Any] = []
    with qtbot.waitSignal(work.opened):
        work.while_closed(None, lambda: open_or_create(file).close() or "đã thay", seen.append)
    work.whole(None, lambda database: database.path, seen.append)
    qtbot.waitUntil(work.at_rest)
    assert seen == ["đã thay", file]


class _Probe(QObject):
    pass


@pytest.mark.parametrize("kind", ["read", "save"])
def test_what_an_action_holds_dies_on_the_windows_thread(qtbot: QtBot, work: Work, kind: str) -> None:
    threads: list[threading.Thread] = []
    probe = _Probe()
    weakref.finalize(probe, lambda: threads.append(threading.current_thread()))
    getattr(work, kind)(None, lambda session, probe=probe: None, lambda result: None)
    del probe
    qtbot.waitUntil(lambda: bool(threads))
    assert threads == [threading.main_thread()]
