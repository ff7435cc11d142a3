"""Dialogs that are Qt's own: their words are Vietnamese, and they begin where the same kind of file was chosen last."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QFileDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QTabWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ocop_desktop import settings, text
from ocop_desktop.settings import Settings
from ocop_desktop.ui import file_dialogs, theme
from ocop_desktop.ui.certificate_revoke import RevokeDialog
from ocop_desktop.ui.qt_words import QtWords
from ocop_desktop.ui.say import Say
from ocop_desktop.ui.shell import Shell
from ocop_desktop.ui.tall import Tall


@pytest.fixture
def speaks(qapp):
    words = QtWords(qapp)
    qapp.installTranslator(words)
    yield
    qapp.removeTranslator(words)


def said(dialog: QDialog) -> set[str]:
    """Every word the dialog shows: labels, buttons, groups, tabs, headers, tips."""
    found = {part.text() for kind in (QLabel, QAbstractButton) for part in dialog.findChildren(kind)}
    found |= {group.title() for group in dialog.findChildren(QGroupBox)}
    found |= {tabs.tabText(n) for tabs in dialog.findChildren(QTabWidget) for n in range(tabs.count())}
    found |= {part.toolTip() for part in dialog.findChildren(QWidget)}
    for tree in dialog.findChildren(QTreeView):
        found |= {str(tree.model().headerData(n, Qt.Orientation.Horizontal)) for n in range(tree.model().columnCount())}
    return {words for words in found if any(letter.isalpha() for letter in words) and not words.startswith("/")}


def made(kind: str) -> QDialog:
    if kind == "print":
        printer = QPrinter()
        printer.setOutputFileName("/tmp/a.pdf")
        return QPrintDialog(printer)
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave if kind == "save" else QFileDialog.AcceptMode.AcceptOpen)
    return dialog


@pytest.mark.parametrize("kind", ["open", "save", "print"])
def test_no_english_word_stands_in_a_dialog(qtbot, speaks, kind):
    text.set_language("en")
    english = made(kind)
    qtbot.addWidget(english)
    of_qt = said(english)
    text.set_language("vi")
    vietnamese = made(kind)
    qtbot.addWidget(vietnamese)
    assert len(of_qt) > 8
    assert said(vietnamese) & of_qt <= {"PDF", "CUPS", "A4"}


def test_the_menu_of_a_text_field_is_vietnamese(qtbot, speaks):
    line = QLineEdit("chè")
    qtbot.addWidget(line)
    menu = line.createStandardContextMenu()
    words = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert words[:5] == ["Hoàn tác", "Làm lại", "Cắt", "Chép", "Dán"]


def test_the_folder_is_remembered_by_kind_of_file_and_kept(qtbot, tmp_path):
    say, page, chosen = Say(), QWidget(), list[Path]()
    shell = Shell(Settings(), say)
    for part in (page, say):
        qtbot.addWidget(part)
    page.show()
    dialog = file_dialogs.to_save(shell, page, "Lưu", "a.pdf", "Tệp PDF (*.pdf)", chosen.append)
    assert Path(dialog.directory().path()) == Path.home() and dialog.selectedFiles() == [str(Path.home() / "a.pdf")]
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    line.setText(str(tmp_path / "giay.pdf"))
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: chosen == [tmp_path / "giay.pdf"] and not isValid(dialog))
    settings.save(shell.settings)
    again = Shell(settings.load(), say)
    for kinds, folder in (("Tệp PDF (*.pdf)", tmp_path), ("Bảng tính (*.xlsx)", Path.home())):
        opened = file_dialogs.to_open(again, page, "Mở", kinds, chosen.append)
        assert Path(opened.directory().path()) == folder
        opened.reject()
        qtbot.waitUntil(lambda opened=opened: not isValid(opened))


def test_an_offer_does_not_go_from_under_the_keyboard(qtbot):
    window, say = QWidget(), Say()
    page, box = QLineEdit(), QVBoxLayout(window)
    box.addWidget(page)
    say.stand_over(page)
    qtbot.addWidget(window)
    window.show()
    note = say.ok("Đã xóa “Giai đoạn 2023-2025”", "Hoàn tác", lambda: None)
    note.action.setFocus()
    say.let_go(note)  # its time is over
    assert say.notes() == (note,)
    page.setFocus()
    say.let_go(note)
    assert say.notes() == ()


def test_a_dialog_of_large_letters_is_no_higher_than_the_screen_and_its_buttons_stay_on_show(qtbot, qapp):
    theme.apply(qapp, "light", 200)
    try:
        dialog = RevokeDialog("Chè Shan tuyết Mẫu Sơn", "01-2026/GCN-OCOP", dt.date(2026, 1, 2))
        qtbot.addWidget(dialog)
        with qtbot.waitExposed(dialog):
            dialog.show()
        room = dialog.screen().availableGeometry().height()
        bar = dialog.findChild(Tall).verticalScrollBar()
        qtbot.waitUntil(lambda: bar.maximum() > 0)  # what it asks is more than the screen holds
        assert dialog.height() < room
        for shown in (dialog.keep, dialog.revoke):
            assert dialog.rect().contains(shown.geometry())
        bar.setValue(bar.maximum())
        assert not dialog.day.line.visibleRegion().isEmpty()
    finally:
        theme.apply(qapp, "light", 100)
