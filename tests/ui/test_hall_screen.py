"""The hall screen: opened by a key, driven by keys, follows the clerk, and tells no score before a dossier is closed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ocop_desktop.actions import photos, results
from ocop_desktop.data.engine import Database
from ocop_desktop.data.tables import AgendaItem, Dossier, Product
from ocop_desktop.ui.hall_screen import HallScreen
from ocop_desktop.ui.sessions_screen import SessionsScreen
from tests.actions.meeting import answers, hand_in, open_meeting, rules_of
from tests.actions.test_photos import jpeg
from tests.ui.screen_room import ScreenRoom

KEY = Qt.Key


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication, db: Database) -> Iterator[ScreenRoom]:
    made = ScreenRoom(qtbot, qapp, db, "sessions", SessionsScreen)
    yield made
    made.close()


def opened(room: ScreenRoom) -> tuple[HallScreen, list[int], list[int]]:
    with room.db.begin() as session:
        session_id, items, members = open_meeting(session, 3, 5)
    room.go(session_id=session_id)
    room.screen.activateWindow()
    room.screen.matrix_page.view.setFocus()
    room.bot.keyClick(room.screen.matrix_page.view, KEY.Key_F11)
    room.quiet()
    hall = room.screen.matrix_page.more.hall
    assert hall is not None and hall.isVisible() and hall.isFullScreen()
    return hall, items, members


def press(room: ScreenRoom, hall: HallScreen, *keys: Qt.Key) -> None:
    for key in keys:
        room.bot.keyClick(hall, key)
        room.quiet()


def test_keys_walk_the_agenda_and_close_it(room: ScreenRoom) -> None:
    hall, items, _members = opened(room)
    seen = [hall.shown.item_id]
    for key in (KEY.Key_Right, KEY.Key_Space, KEY.Key_Right, KEY.Key_Left, KEY.Key_Home, KEY.Key_End):
        press(room, hall, key)
        seen.append(hall.shown.item_id)
    assert seen == [items[0], items[1], items[2], items[2], items[1], items[0], items[2]]
    press(room, hall, KEY.Key_Escape)
    room.bot.waitUntil(lambda: room.screen.matrix_page.more.hall is None)


def test_the_hall_sees_how_many_ballots_are_in_and_the_result_only_when_it_is_closed(room: ScreenRoom) -> None:
    hall, items, members = opened(room)
    assert "0/5 phiếu đã hoàn tất" in hall.words()
    for count, member in enumerate(members, 1):
        room.work.save(None, lambda s, member=member: hand_in(s, items[0], member, answers(rules_of(s, items[0]), 60)))
        room.quiet()
        assert f"{count}/5 phiếu đã hoàn tất" in hall.words()
        assert hall.shown.mean is None and hall.shown.stars is None and not any("điểm" in words for words in hall.words())
    room.work.save(None, lambda s: results.close_dossier(s, items[0], "Lan"))
    room.quiet()
    assert hall.shown.closed and f"{hall.shown.stars} sao" in hall.words()
    assert hall.words()[-1] == "60 điểm"


def test_it_follows_the_dossier_the_clerk_opens(room: ScreenRoom) -> None:
    hall, items, members = opened(room)
    room.screen.matrix_page._open_ballot(items[2], members[0])
    room.quiet()
    assert hall.shown.item_id == items[2]
    assert room.went[-1][0] == "scoring"


def test_a_photo_and_a_long_name_are_shown_whole(room: ScreenRoom) -> None:
    hall, items, _members = opened(room)
    name = "Trà thảo mộc túi lọc hương hoa hồi, quế, gừng và cỏ ngọt vùng cao Bình Gia, Văn Quan, Tràng Định loại đặc biệt " * 2

    def dress(session) -> None:
        product = session.get_one(Product, session.get_one(Dossier, session.get_one(AgendaItem, items[0]).dossier_id).product_id)
        product.name = name
        photos.keep_photo(session, product.id, jpeg(), "Lan")

    room.work.save(None, dress)
    hall.resize(1024, 600)
    hall.read(items[0])
    room.quiet()
    assert name in hall.words() and hall._photo is not None
    picture = hall.grab().toImage()
    paper = picture.pixelColor(2, 2)
    column = [picture.pixelColor(round(picture.width() * 0.985), y) for y in range(picture.height())]
    assert set(map(str, column)) == {str(paper)}  # nothing runs over the edge
