"""Tokens, letters, icons: legible in both looks, at every text size."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ocop_desktop import paths
from ocop_desktop.ui import figures, icons, theme
from ocop_desktop.ui.painted import TONES
from ocop_desktop.ui.rescale import change_look
from ocop_desktop.ui.screens import SCREENS
from ocop_desktop.ui.style_sheet import style_sheet
from ocop_desktop.ui.widgets import Page, StatCard, button, label

ICONS = sorted(path.stem for path in (paths.resources() / "icons").glob("*.svg"))


@pytest.mark.parametrize("look", theme.THEMES.values(), ids=theme.THEMES)
def test_every_text_pair_has_a_contrast_of_four_and_a_half(look: theme.Theme) -> None:
    pairs = set(theme.TEXT_PAIRS) | set(TONES.values()) | {(ink, "paper") for ink, _surface in TONES.values()}
    weak = {pair: theme.contrast(getattr(look, pair[0]), getattr(look, pair[1])) for pair in pairs}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


def test_contrast_is_counted_as_wcag_counts() -> None:
    assert theme.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert theme.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_the_window_speaks_be_vietnam_pro() -> None:
    assert QFontInfo(theme.font()).family() == "Be Vietnam Pro"


@pytest.mark.parametrize("look", theme.THEMES.values(), ids=theme.THEMES)
@pytest.mark.parametrize("size", [80, 100, 150, 200])
def test_the_style_sheet_names_only_pictures_that_exist(look: theme.Theme, size: int) -> None:
    import re
    from dataclasses import replace

    sheet = style_sheet(replace(look, scale=size))
    pictures = re.findall(r'url\("(.+?)"\)', sheet)
    assert pictures
    assert [p for p in pictures if not paths.Path(p).is_file()] == []
    assert sheet.count("{") == sheet.count("}")


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_takes_the_colour_it_is_asked_for(name: str) -> None:
    picture = icons.pixmap(name, "bad").toImage()
    inked = [color for x in range(picture.width()) for y in range(picture.height())
             if (color := picture.pixelColor(x, y)).alpha() == 255]
    assert inked
    assert QColor(theme.LIGHT.bad) in inked


def test_every_screen_has_an_icon() -> None:
    assert {screen.icon for screen in SCREENS} <= set(ICONS)


def test_two_ones_stand_no_further_apart_than_other_figures() -> None:
    font = theme.font()
    advance = QFontMetricsF(font).horizontalAdvance
    placed = dict(enumerate(figures._placed("78,11", font.toString())[0]))
    gap = placed[4][0] - placed[3][0] - advance("1")
    assert gap < advance("1") / 2
    assert placed[2][0] == figures._placed("62,22", font.toString())[0][2][0]  # the commas stand under each other


def test_figures_of_one_length_are_one_width() -> None:
    font = theme.font()
    assert figures.width("11/11/2011", font) == figures.width("28/04/2026", font)
    assert figures.width("1.111", font) < figures.width("11.111", font)


def test_text_size_and_look_change_in_place_and_back(qtbot: QtBot, qapp: QApplication) -> None:
    page = Page("Bàn làm việc", "Tỉnh Lạng Sơn")
    save = button("Mở phiên hôm nay", kind="primary", icon="plus")
    page.add_action(save)
    page.body.addWidget(StatCard("sản phẩm còn hiệu lực", "131"))
    held = QWidget()
    held.setFixedWidth(120)
    page.body.addWidget(held)
    qtbot.addWidget(page)
    page.show()

    def measures() -> tuple[object, ...]:
        return (save.sizeHint(), page.layout().contentsMargins(), page.body.spacing(), held.width(), page.title.sizeHint(),
                save.iconSize())

    before = measures()
    change_look(qapp, page, "dark", 200)
    assert save.sizeHint().height() > 1.8 * before[0].height()
    assert held.width() == 240
    assert page.grab().toImage().pixelColor(2, 2) == QColor(theme.DARK.ground) or page.palette().window().color() == QColor(
        theme.DARK.ground)
    change_look(qapp, page, "light", 100)
    assert measures() == before


@pytest.mark.parametrize("size", [80, 90, 100, 110, 125, 150, 175, 200])
def test_vietnamese_marks_are_never_cut(qtbot: QtBot, qapp: QApplication, size: int) -> None:
    theme.apply(qapp, "light", size)
    words = "Ẳ Ổ Ẩ Ẫ Ữ Ặ Ỵ ợ ậ g"
    for kind in ("", "bold", "title", "strong", "small", "figure"):
        _same_ink(qtbot, label(words, kind), label(words, kind))
    _same_ink(qtbot, QLineEdit(words), QLineEdit(words))


def _same_ink(qtbot: QtBot, tight: QWidget, roomy: QWidget) -> None:
    """At its own height a widget shows as much of its words as with room to spare."""
    for made in (tight, roomy):
        qtbot.addWidget(made)
        made.ensurePolished()
    wide, high = tight.sizeHint().width(), tight.sizeHint().height()
    tight.resize(wide, high)
    roomy.resize(wide, high + 40)
    assert _rows_of_ink(tight, wide) == _rows_of_ink(roomy, wide)


def _rows_of_ink(widget: QWidget, wide: int) -> int:
    picture = QImage(widget.size(), QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    widget.render(picture)
    return sum(any(picture.pixelColor(x, y).lightness() < 140 for x in range(8, wide - 8)) for y in range(picture.height()))
