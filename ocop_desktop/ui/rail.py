"""The left rail: brand, screens, the province and the file at its foot; folded it shows icons only."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from ocop_desktop.text import _
from ocop_desktop.ui import icons, theme
from ocop_desktop.ui.painted import Star
from ocop_desktop.ui.parts import PushButton, tip
from ocop_desktop.ui.screens import SCREENS, keys_of
from ocop_desktop.ui.widgets import label, row

WIDE, NARROW = 196, 60


class Rail(QFrame):
    """The way between screens."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "rail")
        px = theme.now().px
        self.folded = False
        self.buttons: dict[str, QPushButton] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(px(10), px(16), px(7), px(14))
        box.setSpacing(px(2))
        self._brand = label("OCOP Desktop", "brand")
        brand = row(Star(20), self._brand, 1, space=8)
        brand.setContentsMargins(px(9), 0, 0, px(12))
        box.addLayout(brand)
        for screen in SCREENS:
            box.addWidget(self._button(screen.key, _(screen.title)))
        box.addStretch(1)
        self._province, self._file = label("", "small"), label("", "small")
        for foot in (self._province, self._file):
            foot.setContentsMargins(px(10), 0, 0, 0)
            foot.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            box.addWidget(foot)
        self._names = {"province": "", "file": ""}
        self.fold(False)

    def choose(self, key: str) -> None:
        """Mark the screen on show; none for an empty key."""
        for other, made in self.buttons.items():
            made.setChecked(other == key)
            screen = next(s for s in SCREENS if s.key == other)
            icons.put(made, screen.icon, "main" if other == key else "ink")

    def fold(self, folded: bool) -> None:
        """Show icons only, or icons and words."""
        self.folded = folded
        self.setFixedWidth(theme.now().px(NARROW if folded else WIDE))
        for screen in SCREENS:
            made = self.buttons[screen.key]
            made.setText("" if folded else _(screen.title))
            made.setToolTip(f"{_(screen.title)} ({keys_of(screen)})")
            icons.put(made, screen.icon, "main" if made.isChecked() else "ink")  # with room beside it where words follow
        for words in (self._brand, self._province, self._file):
            words.setVisible(not folded)
        self._write_names()

    def show_only(self, may_see: Callable[[str], bool]) -> None:
        """Show the screens the role may see."""
        for key, made in self.buttons.items():
            made.setVisible(may_see(key))

    def set_place(self, province: str) -> None:
        """Name the province."""
        self._names["province"] = province
        self._write_names()

    def set_file(self, name: str) -> None:
        """Name the file."""
        self._names["file"] = name
        self._write_names()

    def _write_names(self) -> None:
        room = theme.now().px(WIDE - 34)
        for words, name in ((self._province, self._names["province"]), (self._file, self._names["file"])):
            words.setText(words.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, room))
            words.setToolTip(tip(name))

    def _button(self, key: str, words: str) -> QPushButton:
        made = PushButton(words)
        made.setProperty("kind", "rail")
        made.setCheckable(True)
        made.setAccessibleName(words)
        made.clicked.connect(lambda: self.chosen.emit(key))
        self.buttons[key] = made
        return made
