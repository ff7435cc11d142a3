"""The tabs over a dossier's form: how full each one is, and which holds words that could not be kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QTabBar

from ocop_desktop.text import _
from ocop_desktop.ui import icons, theme
from ocop_desktop.ui.dossier_words import TABS
from ocop_desktop.ui.painted import ring_icon

if TYPE_CHECKING:
    from ocop_desktop.actions.completeness import Share

RING = 16  # pixels at 100 %


class DossierTabs(QTabBar):
    """One tab per part of the form. A field with a problem outweighs the ring: a full tab may still say something wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setDrawBase(False)
        self.setIconSize(QSize(theme.now().px(RING), theme.now().px(RING)))
        for _key, title in TABS:
            self.addTab(_(title))

    def show_state(self, shares: Mapping[str, Share], wrong: Mapping[str, int]) -> None:
        """Show for every tab how much of it is there, or how many fields of it are to be mended."""
        for place, (key, title) in enumerate(TABS):
            count = wrong.get(key, 0)
            if count:
                self.setTabIcon(place, icons.icon("warning", "bad", RING))
                told = _("{count} ô cần sửa", count=count)
            elif key in shares:
                self.setTabIcon(place, ring_icon(shares[key].done, shares[key].total, RING))
                told = _("{done}/{total} mục", done=shares[key].done, total=shares[key].total)
            else:
                continue
            self.setTabToolTip(place, told)
            self.setAccessibleTabName(place, f"{_(title)}: {told}")
