"""What the tests of the window share: its look, a file, a lane on it, the whole window on it."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ocop_desktop import app, text
from ocop_desktop.settings import Settings
from ocop_desktop.ui import theme
from ocop_desktop.ui.main_window import MainWindow
from ocop_desktop.ui.work import Work


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[None]:
    """Every test begins in the light look at 100 %, in Vietnamese, with no window of the one before; rubbish is collected
    on this thread only."""
    gc.disable()
    if not theme.loaded():
        theme.load_fonts()
    theme.apply(qapp, "light", 100)
    yield
    QCoreApplication.processEvents()  # what the lanes still had to tell
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # else the next look dresses what nobody sees any more
    if text.language() != "vi":
        text.set_language("vi")
    gc.collect(1)


@pytest.fixture
def file(new_file: Path, tmp_path: Path) -> Path:
    """A new database file nobody has open."""
    path = tmp_path / "lang-son.ocop"
    shutil.copyfile(new_file, path)
    return path


@pytest.fixture
def work(qtbot: QtBot, file: Path) -> Iterator[Work]:
    """A lane on ``file``, opened; stopped at the end."""
    lane = Work(app.opener(file))
    with qtbot.waitSignal(lane.opened):
        lane.start()
    yield lane
    lane.stop()
    assert lane.join()


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, file: Path) -> Iterator[MainWindow]:
    """The window on ``file``, on show and opened, 1366 x 768; closed at the end."""
    made = app.make_window(qapp, Settings(user="Thư ký: Bà Lan"), file)
    made.resize(1366, 768)
    with qtbot.waitSignal(made.work.opened):
        made.painted.connect(made.start)
        made.show()
    qtbot.waitUntil(made.work.at_rest)
    yield made
    made.close()
    made.work.stop()
    assert made.work.join()
    qtbot.waitUntil(lambda: not made.isVisible())
    made.deleteLater()
