"""Fields and forms, typed into with real keys."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ocop_desktop.rules.names import fold
from ocop_desktop.ui.form import (
    CheckField,
    ChoiceField,
    DateField,
    Field,
    Form,
    LongTextField,
    MoneyField,
    NumberField,
    SearchField,
    TextField,
)

COMMUNES = [(5980, "Xã Mẫu Sơn", "05980"), (6040, "Xã Đồng Đăng", "06040"), (6001, "Xã Đồng Kinh", "06001")]


def on_show(qtbot: QtBot, *fields: Field) -> Form:
    """A form with ``fields``, active, its changes kept in ``form.heard``."""
    form = Form(2)
    form.heard = []
    form.edited.connect(lambda key, value: form.heard.append((key, value)))
    for place, field in enumerate(fields):
        form.add("abcdefgh"[place], field)
    form.add_part(QLineEdit())
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    return form


def type_in(qtbot: QtBot, field: Field, words: str, leave: bool = True) -> None:
    """Type into a field and leave it with Tab."""
    field.editor.setFocus()
    qtbot.waitUntil(field.editor.hasFocus)
    qtbot.keyClick(field.editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(field.editor, Qt.Key.Key_Delete)
    qtbot.keyClicks(field.editor, words)
    if leave:
        qtbot.keyClick(field.editor, Qt.Key.Key_Tab)


def test_a_change_is_announced_once_when_the_field_is_left(qtbot: QtBot) -> None:
    form = on_show(qtbot, TextField("Tên"), TextField("Khác"))
    type_in(qtbot, form.field("a"), "Che  Shan ", leave=False)
    assert form.heard == []
    qtbot.keyClick(form.field("a").editor, Qt.Key.Key_Tab)
    assert form.heard == [("a", "Che Shan")]
    form.go_to("a")
    qtbot.keyClick(form.field("a").editor, Qt.Key.Key_Return)
    assert len(form.heard) == 1


@pytest.mark.parametrize(("typed", "meant"), [
    ("05/02/2026", dt.date(2026, 2, 5)), ("5/2/2026", dt.date(2026, 2, 5)), ("5.2.26", dt.date(2026, 2, 5)),
    ("05022026", dt.date(2026, 2, 5)), ("2026-02-05", dt.date(2026, 2, 5)), ("29/02/2024", dt.date(2024, 2, 29)),
])
def test_a_date_is_read_as_people_write_it(qtbot: QtBot, typed: str, meant: dt.date) -> None:
    form = on_show(qtbot, DateField("Ngày"))
    type_in(qtbot, form.field("a"), typed)
    assert form.heard == [("a", meant)]
    assert form.field("a").line.text() == meant.strftime("%d/%m/%Y")


@pytest.mark.parametrize("typed", ["32/1/2026", "29/02/2026", "2/2026", "hom nay", "1/1/0026", "1/1/12345"])
def test_what_is_no_date_says_so_and_is_not_kept(qtbot: QtBot, typed: str) -> None:
    form = on_show(qtbot, DateField("Ngày"))
    type_in(qtbot, form.field("a"), typed)
    assert form.heard == []
    assert "05/02/2026" in form.field("a").error()
    assert form.field("a").line.text() == typed
    type_in(qtbot, form.field("a"), "")
    assert form.field("a").error() == ""
    assert form.field("a").value() is None


@pytest.mark.parametrize(("typed", "meant"), [
    ("17500000", 17_500_000), ("17.500.000", 17_500_000), ("17,500", 17_500), ("0", 0),
    ("17,5 ty", 17_500_000_000), ("620 trieu dong", 620_000_000), ("17.5 billion", 17_500_000_000)])
def test_money_has_thousands_marks(qtbot: QtBot, typed: str, meant: int) -> None:
    form = on_show(qtbot, MoneyField("Doanh thu"))
    type_in(qtbot, form.field("a"), typed)
    assert form.heard == [("a", meant)]
    assert form.field("a").title.text() == "Doanh thu (đồng)"


@pytest.mark.parametrize("typed", ["1,250 ty", "17,5", "nhieu tien", "2000 ty"])
def test_money_that_may_mean_two_sums_or_none_is_asked_again(qtbot: QtBot, typed: str) -> None:
    form = on_show(qtbot, MoneyField("Doanh thu"))
    type_in(qtbot, form.field("a"), typed)
    assert form.heard == []
    assert form.field("a").error() == "Cần số tiền đến 1.000 tỷ đồng, ví dụ 17.500.000.000 hoặc 17,5 tỷ"


def test_a_number_out_of_bounds_is_refused(qtbot: QtBot) -> None:
    form = on_show(qtbot, NumberField("Mẫu", lowest=1, highest=5))
    type_in(qtbot, form.field("a"), "6")
    assert form.field("a").error() == "Cần một số nguyên từ 1 đến 5"
    type_in(qtbot, form.field("a"), "5,5")
    assert form.field("a").wrong()
    assert form.heard == []


def test_a_choice_and_a_tick_are_kept_at_once(qtbot: QtBot) -> None:
    form = on_show(qtbot, ChoiceField("Loại hình", [("htx", "Hợp tác xã"), ("tht", "Tổ hợp tác")]), CheckField("Nữ"))
    combo = form.field("a").combo
    combo.setFocus()
    combo.showPopup()
    qtbot.keyClick(combo.view(), Qt.Key.Key_Down)
    qtbot.keyClick(combo.view(), Qt.Key.Key_Return)
    qtbot.mouseClick(form.field("b").box, Qt.MouseButton.LeftButton, pos=form.field("b").box.rect().center() * 0.2)
    assert form.heard == [("a", "htx"), ("b", True)]


def test_the_wheel_does_not_change_a_choice_in_passing(qtbot: QtBot) -> None:
    field = ChoiceField("Loại hình", [(1, "một"), (2, "hai")], empty=False)
    form = on_show(qtbot, TextField("Tên"), field)
    form.go_to("a")
    field.set_value(1)
    field.combo.clearFocus()
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    middle = QPointF(field.combo.rect().center())
    QApplication.sendEvent(field.combo, QWheelEvent(middle, middle, QPoint(), QPoint(0, -240), Qt.MouseButton.NoButton,
                                                    Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False))
    assert field.value() == 1


def test_a_long_text_is_kept_when_left(qtbot: QtBot) -> None:
    form = on_show(qtbot, LongTextField("Ý kiến"), TextField("Khác"))
    type_in(qtbot, form.field("a"), "hai dong")
    assert form.heard == [("a", "hai dong")]


def search(words: str, found: Any) -> None:
    """Looks among the communes, blind to accents."""
    found([one for one in COMMUNES if fold(words) in fold(one[1])])


def test_suggestions_come_while_typing_without_accents_and_one_is_taken(qtbot: QtBot) -> None:
    form = on_show(qtbot, SearchField("Xã, phường", search), TextField("Khác"))
    field: Any = form.field("a")
    type_in(qtbot, field, "dong", leave=False)
    popup = field.completer.popup()
    qtbot.waitUntil(popup.isVisible)
    assert [popup.model().index(i, 0).data() for i in range(popup.model().rowCount())] == [
        "Xã Đồng Đăng  ·  06040", "Xã Đồng Kinh  ·  06001"]
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: form.heard == [("a", 6040)])
    assert field.words() == "Xã Đồng Đăng"


def test_what_was_not_suggested_is_refused_unless_free(qtbot: QtBot) -> None:
    form = on_show(qtbot, SearchField("Xã", search), SearchField("Chủ thể", search, free=True), TextField("Khác"))
    type_in(qtbot, form.field("a"), "xyz")
    assert form.field("a").error() == "Hãy chọn một mục trong danh sách gợi ý"
    type_in(qtbot, form.field("b"), "HTX moi")
    assert form.heard == [("b", "HTX moi")]


def test_problems_stand_under_their_fields_and_the_first_gets_the_cursor(qtbot: QtBot) -> None:
    form = on_show(qtbot, TextField("Tên"), DateField("Ngày"), TextField("Mã"))
    form.set_values({"a": "Chè"})
    assert not form.require("a", "b", "c")
    assert [form.field(key).error() for key in "abc"] == ["", "Cần điền mục này", "Cần điền mục này"]
    qtbot.waitUntil(form.field("b").editor.hasFocus)
    form.show_problems({"c": "Mã này đã có"})
    assert [form.field(key).error() for key in "abc"] == ["", "", "Mã này đã có"]
    assert form.field("c").note.isVisible()


def test_filling_a_form_announces_nothing_and_leaves_the_field_in_hand(qtbot: QtBot) -> None:
    form = on_show(qtbot, TextField("Tên"), TextField("Mã"))
    type_in(qtbot, form.field("a"), "dang go", leave=False)
    form.set_values({"a": "cũ", "b": "mới", "khác": 1})
    assert form.heard == []
    assert form.values() == {"a": "dang go", "b": "mới"}
