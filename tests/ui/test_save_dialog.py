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


def test_a_file_hit_by_the_right_ending_is_asked_about(qtbot: QtBot, page: QWidget, tmp_path: Path) -> None:
    (tmp_path / "so.pdf").write_bytes(b"cu")
    told: list[Path] = []
    save_as(qtbot, save_dialog.ask(page, "Lưu", tmp_path / "x.pdf", PDF, told.append), tmp_path / "so.xlsx")
    qtbot.waitUntil(lambda: any(d.isVisible() for d in page.findChildren(QFileDialog)))
    assert told == []
    again = next(d for d in page.findChildren(QFileDialog) if d.isVisible())
    assert [Path(name).name for name in again.selectedFiles()] == ["so.pdf"]
    assert not again.testOption(QFileDialog.Option.DontConfirmOverwrite)
    again.reject()


def test_a_file_that_is_there_is_opened_where_it_is_not_replaced(qtbot: QtBot, page: QWidget, tmp_path: Path) -> None:
    (tmp_path / "so.ocop").write_bytes(b"cu")
    told: list[Path] = []
    dialog = save_dialog.ask(page, "Tạo", tmp_path / "x.ocop", "OCOP (*.ocop)", told.append, existing=True)
    save_as(qtbot, dialog, tmp_path / "so.txt")
    qtbot.waitUntil(lambda: bool(told))
    assert told == [tmp_path / "so.ocop"] and not page.findChildren(QMessageBox)
