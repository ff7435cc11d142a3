"""Pages the window shows in place of a screen: filling, a file that cannot be opened, closing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from ocop_desktop.text import _
from ocop_desktop.ui import icons, theme
from ocop_desktop.ui.painted import SkeletonRows
from ocop_desktop.ui.widgets import Card, Page, button, label, row


class FillingPage(Page):
    """The frame of a page before its screen is there."""

    def __init__(self) -> None:
        super().__init__(" ", " ")
        card = Card(flush=True)
        card.body.addWidget(SkeletonRows(12), 1)
        self.body.addWidget(card, 1)


class RefusedPage(QWidget):
    """The file cannot be opened: why, and what to do."""

    def __init__(self, sentence: str, file: str, again: Callable[[], object], other: Callable[[], object],
                 new: Callable[[], object]) -> None:
        super().__init__()
        px = theme.now().px
        card = Card()
        card.setMaximumWidth(px(620))
        head = QLabel()
        icons.put(head, "warning", "warn", 32)
        self.sentence = label(sentence, wrap=True)
        self.again = button(_("Thử lại"), again)
        self.new = button(_("Tạo tệp mới"), new)
        self.other = button(_("Mở tệp khác"), other, "primary")
        for part in (head, label(_("Chưa mở được tệp dữ liệu"), "title"), self.sentence, label(file, "small", wrap=True)):
            card.body.addWidget(part)
        card.body.addSpacing(px(8))
        card.body.addLayout(row(self.again, self.new, 1, self.other))
        card.body.setContentsMargins(px(24), px(20), px(24), px(20))
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(24), px(24), px(24))
        box.addStretch(1)
        middle = row(card)
        middle.insertStretch(0, 1)
        middle.addStretch(1)
        middle.setStretch(1, 6)
        box.addLayout(middle)
        box.addStretch(2)


class ClosingPage(QWidget):
    """Closing: what is still being done. Nothing is to be pressed."""

    def __init__(self) -> None:
        super().__init__()
        px = theme.now().px
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedWidth(px(320))
        self.sentence = label(_("Đang lưu nốt, sao lưu rồi đóng…"), "strong")
        box = QVBoxLayout(self)
        box.setSpacing(px(12))
        box.addStretch(1)
        for part in (self.sentence, bar):
            box.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(1)
