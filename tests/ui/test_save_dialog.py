"""Saving under any name: the file gets the ending of its kind, and nothing is replaced without a question."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from ocop_desktop.ui import save_dialog

PDF = "Tệp PDF (*.pdf)"


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def save_as(qtbot: QtBot, dialog: QFileDialog, path: Path) -> None:
    """Type a name into the dialog and press Enter, as a person does."""
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    assert line is not None
    line.setText(str(path))
    qtbot.keyClick(line, Qt.Key.Key_Return)


@pytest.mark.parametrize(("typed", "kept"), [
    ("so.pdf", "so.pdf"), ("so.PDF", "so.PDF"), ("so", "so.pdf"), ("so.xlsx", "so.pdf"), ("so.csv", "so.pdf"),
    ("so 03.2026", "so 03.2026.pdf"), ("Sổ v1.2.docx", "Sổ v1.2.pdf")])
def test_the_name_gets_its_ending(qtbot: QtBot, page: QWidget, tmp_path: Path, typed: str, kept: str) -> None:
    told: list[Path] = []
    save_as(qtbot, save_dialog.ask(page, "Lưu", tmp_path / "x.pdf", PDF, told.append), tmp_path / typed)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [tmp_path / kept]


@pytest.mark.parametrize("typed", ["so.pdf", "so.xlsx"])
def test_a_file_that_is_there_is_replaced_only_when_asked(qtbot: QtBot, page: QWidget, tmp_path: Path, typed: str) -> None:
    (tmp_path / "so.pdf").write_bytes(b"cu")
    told: list[Path] = []
    save_as(qtbot, save_dialog.ask(page, "Lưu", tmp_path / "x.pdf", PDF, told.append), tmp_path / typed)
    for verb, expected in (("Chọn tên khác", []), ("Thay tệp cũ", [tmp_path / "so.pdf"])):
        qtbot.waitUntil(lambda: any(box.isVisible() for box in page.findChildren(QMessageBox)))
        box = next(box for box in page.findChildren(QMessageBox) if box.isVisible())
        assert "“so.pdf”" in box.text() and box.defaultButton().text() == "Chọn tên khác"
        qtbot.mouseClick(next(one for one in box.buttons() if one.text() == verb), Qt.MouseButton.LeftButton)
        assert told == expected
        if not expected:  # the place is asked for again, with the name that is taken
            again = next(d for d in page.findChildren(QFileDialog) if d.isVisible())
            assert [Path(name).name for name in again.selectedFiles()] == ["so.pdf"]
            save_as(qtbot, again, tmp_path / typed)


def test_a_file_of_another_kind_is_not_offered_to_be_replaced(qtbot: QtBot, page: QWidget, tmp_path: Path) -> None:
    (tmp_path / "so.pdf").write_bytes(b"cu")
    told: list[Path] = []
    save_as(qtbot, save_dialog.ask(page, "Lưu", tmp_path / "lich.ics", "Lịch (*.ics)", told.append), tmp_path / "so.pdf")
    qtbot.waitUntil(lambda: bool(told) or bool(page.findChildren(QMessageBox)))
    assert told == [tmp_path / "so.ics"] and not page.findChildren(QMessageBox)


def test_a_file_that_is_there_is_opened_where_it_is_not_replaced(qtbot: QtBot, page: QWidget, tmp_path: Path) -> None:
    (tmp_path / "so.ocop").write_bytes(b"cu")
    told: list[Path] = []
    dialog = save_dialog.ask(page, "Tạo", tmp_path / "x.ocop", "OCOP (*.ocop)", told.append, existing=True)
    save_as(qtbot, dialog, tmp_path / "so.txt")
    qtbot.waitUntil(lambda: bool(told))
    assert told == [tmp_path / "so.ocop"] and not page.findChildren(QMessageBox)
