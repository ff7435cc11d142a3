"""The photo in the head of a dossier: chosen, dropped, pasted, shown, removed, brought back; the database tells."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog

from ocop_desktop.actions import dossiers, photos
from ocop_desktop.ui.dossiers_screen import DossiersScreen
from tests.ui.screen_room import ScreenRoom


@pytest.fixture
def room(qtbot, qapp, db):
    with db.begin() as session:
        number = dossiers.create(session, dossiers.NewDossier("Chè", 11, producer="HTX A", producer_kind="cooperative"), "Lan")
    made = ScreenRoom(qtbot, qapp, db, "dossiers", DossiersScreen)
    made.go(dossier_id=number)
    yield made
    made.close()


def picture(path: Path, kind: str = "PNG") -> Path:
    Image.new("RGB", (1800, 900), "green").save(path, kind)
    return path


def kept(room: ScreenRoom):
    return room.ask(lambda session: photos.photo(session, room.screen.form.form.product.id))


def test_a_photo_is_chosen_shown_removed_and_brought_back(room, tmp_path):
    box = room.screen.form.photo
    room.bot.mouseClick(box, Qt.MouseButton.LeftButton)
    dialog = box.findChild(QFileDialog)
    dialog.fileSelected.emit(str(picture(tmp_path / "che.png")))
    dialog.close()
    found = kept(room)
    assert (found.width, found.height) == (1600, 800) and box.has_photo()
    large = box.enlarge()
    assert large.isVisible()
    large.close()
    next(a for a in box.menu().actions() if a.text() == "Xóa ảnh").trigger()
    assert kept(room) is None and not box.has_photo()
    room.bot.mouseClick(room.say.notes()[-1].action, Qt.MouseButton.LeftButton)
    assert kept(room).width == 1600 and box.has_photo()


def test_a_photo_is_dropped(room, tmp_path):
    box, carried = room.screen.form.photo, QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(picture(tmp_path / "che.jpg", "JPEG")))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(box.rect().center(), Qt.DropAction.CopyAction, carried, buttons, keys)
    QApplication.sendEvent(box, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(box, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, carried, buttons, keys))
    assert kept(room).height == 800 and box.has_photo()


def test_a_photo_is_pasted_and_an_empty_clipboard_says_so(room):
    box = room.screen.form.photo
    box.setFocus()
    QGuiApplication.clipboard().setText("chữ")
    room.bot.keyClick(box, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "không có ảnh" in room.say.notes()[-1].words and kept(room) is None
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    room.bot.keyClick(box, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert (kept(room).width, kept(room).height) == (300, 200)
    assert Image.open(io.BytesIO(kept(room).content)).getpixel((10, 10))[0] > 240


def test_a_bad_picture_is_refused_with_a_sentence(room, tmp_path):
    (tmp_path / "x.jpg").write_text("khong phai anh", encoding="utf-8")
    room.screen.form.photo.take_file(str(tmp_path / "x.jpg"))
    assert kept(room) is None
    assert "không phải ảnh JPEG hoặc PNG" in room.say.notes()[-1].words and not room.screen.form.photo.has_photo()
