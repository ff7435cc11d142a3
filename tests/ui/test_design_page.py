"""Laying out a certificate with mouse and keys; what counts is what stands in the file and on the page that is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ocop_desktop.actions import certificate_designs, certificates
from ocop_desktop.data.engine import Database
from ocop_desktop.data.tables import Certificate
from ocop_desktop.rules.certificate_design import WIDTH
from ocop_desktop.rules.certificate_design_default import DEFAULT
from ocop_desktop.settings import Settings
from ocop_desktop.ui import theme
from ocop_desktop.ui.certificate_register import RegisterPage
from ocop_desktop.ui.design_page import DesignPage
from ocop_desktop.ui.printer_offset import PrinterOffsetDialog, shift_of
from ocop_desktop.ui.printing import Painting
from ocop_desktop.ui.say import Say
from ocop_desktop.ui.shell import Shell
from ocop_desktop.ui.work import Work
from tests.actions.decided import close_round, set_up_office

LEFT = Qt.MouseButton.LeftButton
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class Desk:
    """A page on show, and the file behind it."""

    def __init__(self, bot: QtBot, db: Database) -> None:
        self.bot, self.db = bot, db
        self.say = Say()
        self.work = Work(lambda: db)
        self.shell = Shell(Settings(user="Bà Lan"), self.say)
        self.work.failed.connect(self.say.error)
        self.work.start()
        bot.addWidget(self.say)

    def show(self, page: QWidget, wide: int = 1170) -> None:
        self.bot.addWidget(page)
        page.resize(wide, 700)
        page.show()
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is read or saved any more."""
        self.bot.waitUntil(lambda: not self.work._jobs, timeout=20000)


@pytest.fixture
def desk(qtbot: QtBot, db: Database) -> Iterator[Desk]:
    theme.load_fonts()
    made = Desk(qtbot, db)
    yield made
    made.work.stop()
    assert made.work.join()


@pytest.fixture
def page(desk: Desk) -> DesignPage:
    made = DesignPage(desk.work, desk.shell, lambda: None)
    made.names.setCurrentIndex(1)
    desk.show(made)
    made.refresh()
    desk.settle()
    return made


def _drag(desk: Desk, page: DesignPage, start: QPoint, by: QPoint) -> None:
    desk.bot.mousePress(page.canvas, LEFT, pos=start)
    for step in (1, 2):
        desk.bot.mouseMove(page.canvas, start + by * step / 2)
    desk.bot.mouseRelease(page.canvas, LEFT, pos=start + by)


def test_a_field_is_dragged_to_where_it_catches_and_saved(desk: Desk, page: DesignPage):
    canvas, before = page.canvas, page.design.field("qr")
    start = canvas.frame_of(before).center().toPoint()
    target = canvas.frame_of(replace(before, x=(WIDTH - before.width) // 2 + 9, y=before.y - 200)).center().toPoint()
    _drag(desk, page, start, target - start)
    moved = page.design.field("qr")
    assert moved.x == (WIDTH - before.width) // 2  # caught the middle of the page
    assert moved.y != before.y and (moved.width, moved.height) == (before.width, before.height)
    assert page.state.text() == "Có thay đổi chưa lưu"
    desk.bot.mouseClick(page.primary, LEFT)
    desk.settle()
    with desk.db.begin() as session:
        assert certificate_designs.design_of(session, "general").field("qr") == moved
    assert not page.history.unsaved and not page.primary.isEnabled()
    assert canvas._image is not None and canvas._image.width() > 300


def test_a_corner_sizes_and_one_drag_is_one_step_back(desk: Desk, page: DesignPage):
    canvas = page.canvas
    page.choose("product")
    frame = canvas.frame_of(page.design.field("product"))
    _drag(desk, page, frame.bottomRight().toPoint(), QPoint(-60, 3))
    sized = page.design.field("product")
    assert sized.width < DEFAULT.field("product").width and (sized.x, sized.y) == (268, 824)
    desk.bot.mouseClick(page.undo, LEFT)
    assert page.design == DEFAULT
    desk.bot.mouseClick(page.redo, LEFT)
    assert page.design.field("product") == sized


def test_keys_move_size_hide_and_walk_from_field_to_field(desk: Desk, page: DesignPage):
    canvas = page.canvas
    canvas.setFocus()
    page.choose("title")
    for key, held in ((Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Down, SHIFT), (Qt.Key.Key_Left, CONTROL)):
        desk.bot.keyClick(canvas, key, held)
    made, first = page.design.field("title"), DEFAULT.field("title")
    assert (made.x - first.x, made.y - first.y, made.width - first.width) == (10, 1, -10)
    desk.bot.keyClick(canvas, Qt.Key.Key_Tab)
    assert page.canvas.current == "subtitle"
    desk.bot.keyClick(canvas, Qt.Key.Key_Delete)
    assert not page.design.field("subtitle").shown
    desk.bot.keyClick(canvas, Qt.Key.Key_Z, CONTROL)
    assert page.design.field("subtitle").shown


def test_exact_figures_words_and_what_may_not_be_left_out(desk: Desk, page: DesignPage):
    page.choose("subtitle")
    form = page.field.form
    for key, words in (("x", "61,5"), ("size", "18")):
        editor = form.field(key).editor
        editor.setFocus()
        editor.selectAll()  # type: ignore[attr-defined]
        desk.bot.keyClicks(editor, words)
        desk.bot.keyClick(editor, Qt.Key.Key_Return)
    assert (page.design.field("subtitle").x, page.design.field("subtitle").size) == (615, 180)
    item = next(page.list.item(n) for n in range(page.list.count()) if page.list.item(n).text() == "Tên sản phẩm")
    item.setCheckState(Qt.CheckState.Unchecked)
    assert not page.design.field("product").shown
    assert "{sản phẩm}" in page.wrong.text() and not page.primary.isEnabled()
    item.setCheckState(Qt.CheckState.Checked)
    assert page.wrong.text() == "" and page.primary.isEnabled()
    page.more.add.trigger()
    assert page.canvas.current == "text-1"
    page.field.words.area.setPlainText("Kính tặng {tên lạ}")
    page.field.words._keep()
    assert "tên lạ" in page.wrong.text()
    page.more.remove.trigger()
    assert page.wrong.text() == ""
    desk.settle()


def test_a_template_has_its_own_layout_until_it_is_forgotten_and_files_travel(desk: Desk, page: DesignPage, tmp_path: Path):
    page.choose_template("copy")
    desk.settle()
    page.page.edited.emit("border", "key")
    page.save()
    desk.settle()
    page.more.write(tmp_path / "mau.json")
    desk.settle()
    page.more.forget.trigger()
    desk.settle()
    assert page.design == DEFAULT
    page.more.read(tmp_path / "mau.json")
    desk.settle()
    assert page.design.border == "key" and page.history.unsaved
    page.choose_template("general")
    desk.settle()
    assert page.design == DEFAULT
    (tmp_path / "mau.json").write_text("{", encoding="utf-8")
    page.more.read(tmp_path / "mau.json")
    desk.settle()
    assert any("dòng 1" in note.words for note in desk.say.notes())


def test_narrow_and_wide_the_whole_page_can_be_reached(desk: Desk, page: DesignPage):
    for wide in (620, 1170):
        page.resize(wide, 700)
        desk.bot.waitUntil(lambda wide=wide: page.canvas.width() > min(wide, 600) * 0.6)
        frame = page.canvas._page()
        assert frame.left() >= 0 and frame.right() <= page.canvas.width() and frame.bottom() <= page.canvas.height()
        assert abs(frame.width() * 210 - frame.height() * 297) < 297
    desk.settle()


def test_a_printer_keeps_its_shift_and_pages_are_moved_by_it(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ocop_desktop.ui.printer_offset.QPrinterInfo.availablePrinterNames", lambda: ["Máy A", "Máy B"])
    dialog = PrinterOffsetDialog(desk.shell, lambda: None)
    desk.bot.addWidget(dialog)
    dialog.choose("Máy B")
    dialog.right.line.setText("−1,5")
    dialog.down.line.setText("2")
    for field in (dialog.right, dialog.down):
        field.line.editingFinished.emit()
    assert [shift_of(desk.shell, name) for name in ("Máy A", "Máy B")] == [(0, 0), (-15, 20)]
    printer = QPrinter()
    printer.setResolution(254)
    assert (Painting(printer, (-1.5, 2.0))._right, Painting(printer, (-1.5, 2.0))._down) == (-15, 20)


def test_a_certificate_is_issued_again_from_the_register(desk: Desk):
    with desk.db.begin() as session:
        set_up_office(session)
        decided = close_round(session)
        day = decided_day(session, decided.session_id)
        decision = certificates.record_decision(session, "2117/QĐ-UBND", day, "", decided.session_id)
        certificates.issue(session, decided.results[:1], decision, day)
    register = RegisterPage(desk.work, desk.shell)
    desk.show(register)
    register.refresh()
    desk.settle()
    register.again.today = lambda: day
    register.again.reissue.trigger()
    desk.settle()
    dialog = register.again.dialog
    assert dialog is not None and not dialog.make.isEnabled()
    dialog.why.combo.setEditText("Giấy cũ bị mất")
    desk.bot.mouseClick(dialog.make, LEFT)
    desk.settle()
    with desk.db.begin() as session:
        old, new = session.query(Certificate).order_by(Certificate.id)
        assert (new.replaces_id, old.revoked_on) == (old.id, day)
        assert old.revoked_why == f"Thay bằng giấy số {new.number}: Giấy cũ bị mất"
        held = old.id
    register.refresh()
    desk.settle()
    assert register.table.currentIndex().row() == 1 and register.table.current().id == held  # the new one stands above it


def decided_day(session, session_id: int):  # type: ignore[no-untyped-def]
    """The day the council met."""
    return next(line[3] for line in certificates.sessions_with_results(session) if line[0] == session_id)
