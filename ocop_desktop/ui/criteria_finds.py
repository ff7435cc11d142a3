"""What was found over all sets: criterion, option, set; the words looked for are marked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListView

from ocop_desktop import text
from ocop_desktop.rules.criteria_search import Entry, Hits, spans
from ocop_desktop.text import _, language
from ocop_desktop.ui import theme
from ocop_desktop.ui.criteria_paint import BOLD, PLAIN, QUIET, SMALL, Drawn, RowsView
from ocop_desktop.ui.widgets import Card, label, line

AT_ONCE = 16  # rows laid out before the picture


@dataclass(frozen=True)
class FindRow:
    """One hit."""

    entry: Entry
    words: str  # looked for
    opens: bool = True

    @cached_property
    def set_words(self) -> str:
        """The set it stands in."""
        return _("Bộ {number}. {name}", number=self.entry.set, name=self.entry.set_name.said(language()))

    @cached_property
    def said(self) -> str:
        """What it says in one line."""
        criterion, option = self.entry.criterion, self.entry.option
        parts = [self.set_words]
        if criterion:
            parts.append(f"{criterion.code} {criterion.name.said(language())}")
        if option:
            parts.append(option.label.said(language()))
        return " · ".join(parts)


def lay_find(row: FindRow, width: int) -> Drawn:
    """Lay out one hit: criterion and set in a line, the option under it."""
    px, said = theme.now().px, language()
    drawn, left, right = Drawn(width, rule="line"), px(16), width - px(16)
    criterion, option = row.entry.criterion, row.entry.option
    top = px(8)
    if criterion is None:
        bottom = drawn.words(left, top, right - left, row.set_words, BOLD, spans(row.set_words, row.words))
        drawn.height = bottom + px(8)
        return drawn
    bottom = drawn.words(left, top, right - left, row.set_words, SMALL, spans(row.set_words, row.words))
    name = f"{criterion.code}  {criterion.name.said(said)}"
    most = _("tối đa {points}", points=criterion.max)
    room = right - left
    if option is None:
        room = drawn.number(right, bottom, most, QUIET) - left - px(8)
    top, bottom = bottom, drawn.words(left, bottom, room, name, BOLD, spans(name, row.words))
    if option is not None:
        end = drawn.number(right, bottom, str(option.points), BOLD) - px(12)
        if option.star:
            end = drawn.pill(end, bottom, _("{count} sao", count=option.star), "gold") - px(12)
        words = option.label.said(said)
        bottom = drawn.words(left, bottom, end - left, words, PLAIN, spans(words, row.words))
    elif criterion.hint:
        words = criterion.hint.said(said)
        bottom = drawn.words(left, bottom, right - left, words, SMALL, spans(words, row.words))
    drawn.height = bottom + px(8)
    return drawn


class FindsCard(Card):
    """How many were found, and the list."""

    def __init__(self) -> None:
        super().__init__(flush=True)
        px = theme.now().px
        self.count = label("", "bold", wrap=True)
        self.count.setContentsMargins(px(16), px(10), px(16), px(8))
        self.list = RowsView(lay_find, _("Kết quả tìm kiếm"))
        self.list.setLayoutMode(QListView.LayoutMode.Batched)  # what is seen first; the rest when the typing rests
        self.list.setBatchSize(AT_ONCE)
        self.body.addWidget(self.count)
        self.body.addWidget(line())
        self.body.addWidget(self.list, 1)

    def show_hits(self, hits: Hits, words: str, waiting: int = 0) -> None:
        """Show what was found; ``waiting``: sets still to be read."""
        self.list.set_rows([FindRow(entry, words) for entry in hits.hits])
        if hits.hits:
            self.list.choose(0)
        self.count.setText(_counted(hits, words, waiting))


def _counted(hits: Hits, words: str, waiting: int) -> str:
    if waiting:
        return _("Tìm thấy {count} chỗ; còn {waiting} bộ đang đọc…", count=text.number(hits.count), waiting=waiting)
    if not hits.count:
        return _("Không có tiêu chí hay mức nào có “{words}”. Có thể gõ không dấu, hoặc mã như 1.5.", words=words)
    if hits.count > len(hits.hits):
        return _("Tìm thấy {count} chỗ trong {sets} bộ; dưới đây là {shown} chỗ đầu.", count=text.number(hits.count),
                 sets=hits.sets, shown=len(hits.hits))
    return _("Tìm thấy {count} chỗ trong {sets} bộ", count=text.number(hits.count), sets=hits.sets)


class SearchField(QLineEdit):
    """Words to look for; arrows go through what was found, Enter opens it, Esc clears."""

    wanted = Signal(str)  # other words
    stepped = Signal(int)
    entered = Signal()
    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(_("Tìm trong mọi bộ: truy xuất…   /"))
        self.setAccessibleName(_("Tìm trong mọi bộ"))
        self.setClearButtonEnabled(True)
        self._forgetting = False
        self.textChanged.connect(self._tell)

    def forget(self) -> None:
        """Drop the words without a search."""
        self._forgetting = True
        self.clear()
        self._forgetting = False

    def _tell(self, words: str) -> None:
        if not self._forgetting:
            self.wanted.emit(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key == Qt.Key.Key_Escape:
            self.cleared.emit()
        else:
            super().keyPressEvent(event)
