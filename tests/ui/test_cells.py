"""Cells: words are shortened where Qt would shorten them, and what is painted from pictures is what was painted at first."""

from __future__ import annotations

import unicodedata

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ocop_desktop.ui import theme
from ocop_desktop.ui.cell_words import Lettering
from ocop_desktop.ui.table import FedTable
from ocop_desktop.ui.table_view import TableView
from tests.ui.test_table import COLUMNS, products

WORDS = ("Chè Shan tuyết Mẫu Sơn đặc sản", "HTX", "", "Đông trùng hạ thảo Ẳ Ổ Ẩ", "20-06040-01-2026", "W" * 400, "i" * 400,
         unicodedata.normalize("NFD", "Ổi Lằng ruột hồng hữu cơ sấy lạnh"), "Muối ớt 🌶 xanh 中文 cay")


@pytest.mark.parametrize("words", WORDS)
def test_words_fit_and_lose_no_more_than_qt_takes(qapp: QApplication, words: str) -> None:
    lettering, metrics = Lettering(theme.font()), QFontMetrics(theme.font())
    for width in range(24, 260, 7):
        shown = lettering.fitted(words, width)
        by_qt = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
        assert QFontMetricsF(theme.font()).horizontalAdvance(shown) <= width + 1
        assert abs(len(shown) - len(by_qt)) <= 1
        assert shown == words or shown.endswith("…")


def test_a_mark_is_never_parted_from_its_letter(qapp: QApplication) -> None:
    lettering, words = Lettering(theme.font()), unicodedata.normalize("NFD", "ồ" * 30)
    for width in range(24, 200, 3):
        kept = lettering.fitted(words, width).removesuffix("…")
        assert unicodedata.normalize("NFC", kept) == "ồ" * (len(kept) // 3)


@pytest.mark.parametrize(("name", "size"), [("light", 100), ("dark", 100), ("light", 150)])
def test_a_second_painting_is_the_first_one_again(qtbot: QtBot, qapp: QApplication, name: str, size: int) -> None:
    theme.apply(qapp, name, size)
    model = FedTable(COLUMNS)
    model.tint = lambda row, key: "warn" if row.number == 3 and key in ("stars", "state") else None
    model.set_rows(products(7))
    view = TableView(model)
    qtbot.addWidget(view)
    view.resize(900, 400)
    view.show()
    qtbot.waitExposed(view)
    first = view.grab().toImage()
    assert view.grab().toImage() == first
    view.selectRow(3)
    chosen = view.grab().toImage()
    assert chosen != first
    view.clearSelection()
    view.setCurrentIndex(model.index(-1, -1))
    assert view.grab().toImage() == first
