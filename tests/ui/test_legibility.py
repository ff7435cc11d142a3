"""Sessions, scoring, results, certificates, criteria with the example data: no word cut, one main action, always in sight."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QTextDocumentFragment
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QPushButton, QScrollArea, QScrollBar, QTableView, QWidget
from pytestqt.qtbot import QtBot

from ocop_desktop import app, text
from ocop_desktop.settings import Settings
from ocop_desktop.ui import theme
from ocop_desktop.ui.certificate_preview import Preview
from ocop_desktop.ui.criteria_views import Views
from ocop_desktop.ui.main_window import MainWindow
from ocop_desktop.ui.painted import Pill, PillButton
from ocop_desktop.ui.scoring_list import OPINION
from ocop_desktop.ui.scoring_parts import Elided
from ocop_desktop.ui.scoring_screen import ScoringScreen
from ocop_desktop.ui.session_matrix_page import MatrixPage
from ocop_desktop.ui.table_view import TableView

LEFT = Qt.MouseButton.LeftButton
CONFIGURATIONS = ((1366, 100, "vi"), (1024, 100, "vi"), (1366, 150, "en"), (1366, 200, "vi"), (1366, 200, "en"))
Found = TypeVar("Found", bound=QWidget)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory, example_of: Callable[..., Path]) -> Path:
    """The example data, made once; tests copy it."""
    return example_of(tmp_path_factory.mktemp("mau") / "mau.ocop")


class Tour:
    """The window on the example data."""

    def __init__(self, bot: QtBot, window: MainWindow) -> None:
        self.bot, self.window = bot, window

    def part(self, kind: type[Found]) -> Found:
        return next(w for w in self.window.findChildren(kind) if w.isVisible())

    def rest(self) -> None:
        """Until nothing is read any more and every layout is done; a page being drawn counts, too."""
        for _round in range(3):
            self.bot.waitUntil(self.window.work.at_rest, timeout=20_000)
            QApplication.sendPostedEvents()
            QApplication.processEvents()

    def go(self, screen: str, **where: Any) -> None:
        self.window.shell.go(screen, **where)
        self.rest()

    def screen(self) -> QWidget:
        """The screen on show, without the frame around it."""
        return self.window.stack.currentWidget()

    def member(self, place: int) -> int:
        self.go("scoring", session_id=2)
        return self.part(ScoringScreen)._sessions[0].seats[place].member_id


@pytest.fixture(params=CONFIGURATIONS, ids=lambda c: "-".join(map(str, c)))
def tour(request: pytest.FixtureRequest, qtbot: QtBot, qapp: QApplication, example: Path, tmp_path: Path) -> Iterator[Tour]:
    wide, size, language = request.param
    file = tmp_path / "mau.ocop"
    shutil.copyfile(example, file)
    text.set_language(language)
    theme.apply(qapp, "light", size)
    made = app.make_window(qapp, Settings(user="Lan", text_size=size, language=language), file)
    made.resize(wide, 768)
    with qtbot.waitSignal(made.work.opened):
        made.painted.connect(made.start)
        made.show()
    qtbot.waitUntil(made.work.at_rest)
    yield Tour(qtbot, made)
    made.close()
    made.work.stop()
    assert made.work.join()
    made.deleteLater()


def a_matrix_with(tour: Tour, part: str) -> None:
    tour.go("sessions", session_id=2)
    page = tour.part(MatrixPage)
    if part == "rules":
        tour.bot.mouseClick(page.rules_button, LEFT)
    elif part == "reason":
        page.menu_for(page.view.matrix_model.index(1, 1)).actions()[-1].trigger()
    tour.rest()


def a_ballot(tour: Tour, code: str) -> None:
    tour.go("scoring", item_id=19, member_id=tour.member(3))
    tour.part(ScoringScreen).ballot.go(code)
    tour.rest()


def a_comparison(tour: Tour) -> None:
    tour.go("criteria", set=11)
    tour.bot.mouseClick(tour.part(Views).modes["compare"], LEFT)
    tour.rest()


PLACES: dict[str, Callable[[Tour], object]] = {
    "sessions": lambda tour: tour.go("sessions"),
    "new session": lambda tour: tour.go("sessions", new=True),
    "matrix": lambda tour: a_matrix_with(tour, ""),
    "matrix, rules": lambda tour: a_matrix_with(tour, "rules"),
    "matrix, reason": lambda tour: a_matrix_with(tour, "reason"),
    "matrix of a closed session": lambda tour: tour.go("sessions", session_id=1),
    "paper ballots": lambda tour: tour.go("sessions", session_id=2, paper=1),
    "members": lambda tour: tour.go("scoring", session_id=2),
    "ballot": lambda tour: a_ballot(tour, "1.1"),
    "opinion": lambda tour: a_ballot(tour, OPINION),
    "result": lambda tour: tour.go("results", session_id=2),
    "result waiting": lambda tour: tour.go("results", item_id=16),
    "result closed": lambda tour: tour.go("results", session_id=1),
    "certificates": lambda tour: tour.go("certificates", session_id=1),
    "register": lambda tour: tour.go("certificates", page="register"),
    "programme": lambda tour: tour.go("programme", page="overview"),
    "targets": lambda tour: tour.go("programme", page="targets"),
    "activities": lambda tour: tour.go("programme", page="activities"),
    "deadlines": lambda tour: tour.go("programme", page="deadlines"),
    "criteria": lambda tour: tour.go("criteria", set=11),
    "criteria, gates": lambda tour: tour.go("criteria", set=11, stars=4),
    "criteria, comparison": a_comparison,
}


def cut(root: QWidget) -> list[str]:
    """What of a screen cannot be read: words narrower or lower than they need, pages wider than their place."""
    found = [f"{w.text()[:60]!r} {w.width()}x{w.height()}" for w in root.findChildren(QLabel)
             if w.isVisible() and w.text() and not isinstance(w, Elided) and not whole(w)]
    parts = [w for kind in (QPushButton, Pill, PillButton) for w in root.findChildren(kind)]
    found += [f"{w.accessibleName() or getattr(w, 'text', str)()!r} {w.size()}" for w in parts
              if w.isVisible() and (w.width() < w.sizeHint().width() or w.height() < w.sizeHint().height() - 1)]
    found += [f"wide: {area.widget().width()} in {area.viewport().width()}" for area in root.findChildren(QScrollArea)
              if area.isVisible() and area.widget().width() > area.viewport().width() + 1]
    found += [f"sideways: {type(view).__name__}" for view in root.findChildren(QTableView)
              if view.isVisible() and view.horizontalScrollBar().maximum() > 0]
    found += [f"dead scroll bar: {type(bar.parentWidget().parentWidget()).__name__}" for bar in root.findChildren(QScrollBar)
              if bar.isVisible() and bar.maximum() == bar.minimum()]
    return found + [f"outside: {w.text()!r}" for w in root.findChildren(QLabel) if w.isVisible() and w.text() and outside(w)]


def whole(words: QLabel) -> bool:
    if not words.wordWrap():
        return words.width() >= words.sizeHint().width() and words.height() >= words.sizeHint().height() - 1
    plain = QTextDocumentFragment.fromHtml(words.text()).toPlainText() if "<a href" in words.text() else words.text()
    longest = max(map(QFontMetrics(words.font()).horizontalAdvance, plain.split()), default=0)
    return words.height() >= words.heightForWidth(words.width()) - 1 and words.width() >= longest


def outside(words: QLabel) -> bool:
    """Whether words reach over the edge of what they stand in."""
    room = words.parentWidget()
    scrolls = isinstance(room, QAbstractScrollArea) or isinstance(room.parentWidget(), QAbstractScrollArea)
    return not scrolls and not room.rect().contains(words.geometry())


def test_every_word_is_whole_and_the_main_action_in_sight(tour: Tour) -> None:
    faults: dict[str, list[str]] = {}
    for name, show in PLACES.items():
        show(tour)
        screen = tour.screen()
        main = [b for b in screen.findChildren(QPushButton) if b.isVisible() and b.property("kind") == "primary"]
        hidden = [b.text() for b in main if b.visibleRegion().boundingRect().size() != b.size()]
        found = [fault for fault in cut(screen) if "''" not in fault]
        found += [f"out of sight: {words}" for words in hidden]
        if len(main) != 1:
            found.append(f"main actions: {[b.text() for b in main]}")
        if found:
            faults[name] = found
    assert faults == {}


def test_tables_keep_their_main_column_and_the_matrix_its_state(tour: Tour) -> None:
    for name in ("sessions", "new session", "certificates", "register"):
        PLACES[name](tour)
        for table in (t for t in tour.window.findChildren(TableView) if t.isVisible()):
            main = next(n for n, column in enumerate(table._fed_model.columns) if column.stretch)
            assert table.columnWidth(main) >= tour.window.fontMetrics().horizontalAdvance("Hội đồng đánh giá"), name
    PLACES["matrix"](tour)
    view = tour.part(MatrixPage).view
    last = view.matrix_model.columnCount() - 1
    assert view.viewport().rect().contains(view.more_rect(0).adjusted(0, 0, 0, -view.rowHeight(0) // 2))
    assert view.columnViewportPosition(last) >= view.columnViewportPosition(1) + view.columnWidth(1)
    assert view.columnWidth(1) > view.columnWidth(2) * 2


def test_the_page_of_a_certificate_is_shown(tour: Tour) -> None:
    PLACES["certificates"](tour)
    for preview in (p for p in tour.window.findChildren(Preview) if p.isVisible()):
        tour.bot.waitUntil(lambda preview=preview: preview.image() is not None, timeout=20_000)
        page = preview.grab().toImage()
        colours = {page.pixelColor(x, y).name() for x in range(0, page.width(), 3) for y in range(0, page.height(), 3)}
        assert len(colours) > 20  # gold, green and ink, not the grey bars
        tour.window.resize(tour.window.width() - 40, 768)
        assert preview._picture() is not None  # the picture stays while another is drawn
