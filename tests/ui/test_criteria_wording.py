"""The law's own words in the window: a document looked at, attached, read, taken away; the key W on the ballot."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from ocop_desktop import text
from ocop_desktop.actions import wording
from ocop_desktop.data.engine import Database
from ocop_desktop.settings import Settings
from ocop_desktop.ui.criteria_screen import CriteriaScreen
from ocop_desktop.ui.scoring_screen import ScoringScreen
from tests import law_documents as made
from tests.actions.hall import open_hall
from tests.law_document_writer import Writer
from tests.ui.screen_room import ScreenRoom

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def law(tmp_path: Path) -> Path:
    """A document with one changed figure: set 4, criterion 7, option 3 gives 13."""
    sets = made.invented(1)
    criteria = [replace(c, options=(*c.options[:2], replace(c.options[2], points=13), *c.options[3:])) if c.code == "7" else c
                for c in sets[3].criteria]
    sets[3] = replace(sets[3], criteria=tuple(criteria))
    return Writer(made.LAYOUTS[0], random.Random(1)).write(sets, tmp_path)


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication, db: Database) -> Iterator[ScreenRoom]:
    found = ScreenRoom(qtbot, qapp, db, "criteria", CriteriaScreen)
    found.go()
    qtbot.waitUntil(lambda: found.screen.book is not None and not found.screen.library.waiting(found.screen.book), timeout=20000)
    yield found
    found.close()


def choose(room: ScreenRoom, path: Path) -> None:
    """Through the menu and the file dialog."""
    room.screen.wordings.ask(room.screen.book)
    dialog = room.screen.findChild(QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.reject()


def test_a_document_is_looked_at_attached_read_and_taken_away(room: ScreenRoom, law: Path) -> None:
    screen, views = room.screen, room.screen.views
    assert views.law.isHidden() and "Gắn lời văn của luật…" in [a.text() for a in screen.menu().actions()]
    choose(room, law)
    assert views.on_show(views.wording) and not views.wording.keep.isEnabled()
    room.bot.waitUntil(lambda: views.wording.seen is not None, timeout=20000)
    assert "787 trên 787 tiêu chí, 2.579 trên 2.579 mức" in views.wording.counts.text()
    assert [row.words for row in views.wording.list.rows.rows() if row.mark] == [
        "bộ 4, tiêu chí 7, mức 3: văn bản 13, chương trình 3"]
    assert room.ask(wording.attached) == ()
    room.bot.mouseClick(views.wording.keep, LEFT)
    room.bot.waitUntil(lambda: screen.words is not None and views.on_show(views.reading))
    assert len(room.ask(wording.attached)) == 1
    assert views.law.isChecked() and room.shell.settings.law_words
    law_words = views.tree.shown.criteria[0].options[0].label.vi
    assert law_words == screen.words.options["1.1", "1"] and law_words != screen.set.criteria[0].options[0].label.vi
    assert screen.paper_wanted().law_words
    views.tree.go_to("1.5")
    screen.activateWindow()
    room.bot.waitUntil(screen.isActiveWindow)
    views.tree.setFocus()
    room.bot.keyClick(views.tree, Qt.Key.Key_W)
    assert not views.law.isChecked() and not room.shell.settings.law_words and not screen.paper_wanted().law_words
    assert views.tree.shown is screen.set and views.tree.here() == "1.5"
    screen._open_set(0)
    room.quiet()
    assert any("2.579 mức" in one.text() for one in views.facts.findChildren(type(views.wording.name)))
    next(a for a in screen.menu().actions() if a.text() == "Gỡ lời văn của luật").trigger()
    room.bot.waitUntil(lambda: screen.attached is None)
    assert room.ask(wording.attached) == () and views.law.isHidden()


def test_another_file_is_refused_with_a_sentence_and_what_was_on_show_comes_back(room: ScreenRoom, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    choose(room, tmp_path / "a.pdf")
    room.bot.waitUntil(lambda: room.screen.views.on_show(room.screen.views.reading))
    assert room.ask(wording.attached) == ()


@pytest.fixture
def hall(qtbot: QtBot, qapp: QApplication, db: Database, law: Path) -> Iterator[ScreenRoom]:
    with db.begin() as session:
        open_hall(session)
        wording.attach(session, wording.look(session, law))
    found = ScreenRoom(qtbot, qapp, db, "scoring", ScoringScreen)
    found.go(item_id=1, member_id=1)
    qtbot.waitUntil(lambda: found.screen.ballot.state is not None)
    yield found
    found.close()


def test_w_turns_to_the_law_s_words_and_every_one_of_them_is_shown_whole(hall: ScreenRoom) -> None:
    page = hall.screen.ballot
    state = page.state
    assert not page.law.isHidden() and not page.law.isChecked()
    short = page.criterion.options.buttons()[0].row.words
    hall.bot.keyClick(page.list, Qt.Key.Key_W)
    assert page.law.isChecked() and hall.shell.settings.law_words
    long = page.criterion.options.buttons()[0].row.words
    assert long == state.view.words.options[page.code, state.rules.by_code[page.code].options[0].choice] != short
    for code in state.codes:
        page.go(code)
        panel = page.criterion.options
        hall.bot.waitUntil(lambda panel=panel: panel.height() >= panel.heightForWidth(panel.width()))
        for made_button in page.criterion.options.buttons():
            assert made_button.height() >= made_button.height_for(made_button.width(), (0, 0, 0, 0))
    page.go("1.1")
    hall.bot.keyClick(page.list, Qt.Key.Key_1)
    assert state.choices["1.1"] == state.rules.by_code["1.1"].options[0].choice
    hall.bot.mouseClick(page.law, LEFT)
    assert not state.law_words and page.criterion.options.buttons()[0].isChecked()


def test_without_a_document_w_says_who_attaches_it(qtbot: QtBot, qapp: QApplication, db: Database) -> None:
    with db.begin() as session:
        open_hall(session)
    room = ScreenRoom(qtbot, qapp, db, "scoring", ScoringScreen)
    room.go(item_id=1, member_id=1)
    qtbot.waitUntil(lambda: room.screen.ballot.state is not None)
    page = room.screen.ballot
    assert page.law.isHidden()
    qtbot.keyClick(page.list, Qt.Key.Key_W)
    assert "Bộ tiêu chí" in page.strip.sentence.text() and not page.law.isChecked()
    room.close()


def test_the_choice_is_remembered(tmp_path: Path) -> None:
    from ocop_desktop import settings

    settings.save(Settings(law_words=True))
    assert settings.load().law_words and text.language() == "vi"
