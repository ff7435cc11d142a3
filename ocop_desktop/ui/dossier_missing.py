"""What a dossier still lacks, with the share complete; each line jumps to its field."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QScrollArea, QVBoxLayout, QWidget

from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.dossier_words import TABS
from ocop_desktop.ui.parts import tip
from ocop_desktop.ui.widgets import Card, LinkLabel, clear, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.completeness import Missing, Share

WIDE = 272
LINE = 226  # pixels a line's words may take


class MissingCard(Card):
    """The list at the right of the form."""

    jumped = Signal(str, str)  # tab, field

    def __init__(self) -> None:
        super().__init__(_("Mức đầy đủ"))
        self.setFixedWidth(theme.now().px(WIDE))
        self.percent, self.count = label("", "figure"), label("", "quiet")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Mức đầy đủ"))
        self.lines = QVBoxLayout()
        self.lines.setSpacing(theme.now().px(2))
        self.lines.setContentsMargins(0, 0, 0, 0)
        inner = QWidget()
        inner.setProperty("kind", "page")
        inner.setLayout(self.lines)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        self.body.addLayout(row(self.percent, 1, self.count))
        self.body.addWidget(self.bar)
        self.body.addWidget(area, 1)
        self.links: list[LinkLabel] = []
        self._shown: tuple[tuple[Missing, ...], Share] | None = None

    def show_missing(self, missing: tuple[Missing, ...], share: Share) -> None:
        """Show what is missing, tab by tab, then what would be good to have."""
        if (missing, share) == self._shown:
            return
        self._shown = missing, share
        self.percent.setText(f"{share.percent} %")
        self.count.setText(_("{done}/{total} mục", done=share.done, total=share.total))
        self.bar.setRange(0, share.total)
        self.bar.setValue(share.done)
        clear(self.lines)
        self.links = []
        required = [m for m in missing if m.required]
        wished = [m for m in missing if not m.required]
        if not required:
            self.lines.addWidget(label(_("Không còn thiếu mục bắt buộc nào."), "bold", "main", wrap=True))
        for tab, title in TABS:
            self._add(_("Còn thiếu ở {tab}", tab=_(title)), [m for m in required if m.tab == tab])
        self._add(_("Nên có thêm"), wished)
        self.lines.addStretch(1)

    def _add(self, title: str, found: list[Missing]) -> None:
        if not found:
            return
        heading = label(title, "small")
        heading.setContentsMargins(0, theme.now().px(8), 0, 0)
        self.lines.addWidget(heading)
        for one in found:
            words = _(one.words, **one.values)
            link = LinkLabel("", partial(self.jumped.emit, one.tab, one.field))
            link.setText(link.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, theme.now().px(LINE)))
            link.setToolTip(tip(words))
            link.setAccessibleName(words)
            self.links.append(link)
            self.lines.addWidget(link)
