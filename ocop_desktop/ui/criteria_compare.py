"""Two sets or two rulebooks side by side: only what differs, in words and colours."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QGridLayout

from ocop_desktop import text
from ocop_desktop.rules.criteria_comparison import CHANGE_WORDS, KIND_WORDS, Comparison, Line, Side, changed_words
from ocop_desktop.rules.rulebook import Rulebook
from ocop_desktop.text import _, language
from ocop_desktop.ui import theme
from ocop_desktop.ui.criteria_paint import BOLD, PLAIN, SMALL, Drawn, Face, Marks, RowsView
from ocop_desktop.ui.elided_box import ElidedBox
from ocop_desktop.ui.painted import pill_font, pill_size
from ocop_desktop.ui.widgets import Card, button, line

WHOLE = 0  # instead of a set's number: the whole rulebook
TONES = {"added": "ok", "removed": "bad", "words": "info", "words_en": "info", "value": "info", "points": "warn", "star": "warn",
         "code": "quiet", "part": "quiet"}
HEADINGS = ("set", "criterion", "group", "part", "lines")
SMALL_BOLD = Face(points=theme.SMALL, bold=True, token="quiet")


@dataclass(frozen=True)
class LineRow:
    """One line of the comparison, or (without one) the sentence that counts them."""

    line: Line | None
    counted: str = ""

    @property
    def opens(self) -> bool:
        """The sentence cannot be chosen."""
        return self.line is not None

    @property
    def said(self) -> str:
        """What it says in one line."""
        if self.line is None:
            return self.counted
        what = ", ".join(text.say(CHANGE_WORDS[c]) for c in self.line.changes)
        sides = (f"{s.code} {s.words.said(language())}".strip() if s else "–" for s in (self.line.left, self.line.right))
        kind = text.say(KIND_WORDS[self.line.kind]) if self.line.kind in KIND_WORDS else ""
        return " · ".join(w for w in (kind, what, *sides) if w)


def lay_line(row: LineRow, width: int) -> Drawn:
    """Lay out one line: what differs, the left side, the right side."""
    px, line = theme.now().px, row.line
    if line is None:
        drawn = Drawn(width, rule="line")
        drawn.height = drawn.words(px(12), px(8), width - px(24), row.counted, BOLD) + px(8)
        return drawn
    drawn = Drawn(width, rule="line", surface="hover" if line.kind in ("set", "criterion") else "")
    left, gutter = px(12), _gutter(width)
    top, bottom = px(6), px(6)
    if line.kind in KIND_WORDS:
        bottom = drawn.words(left, bottom, gutter - left - px(8), text.say(KIND_WORDS[line.kind]), SMALL)
    for change in line.changes:
        words = text.say(CHANGE_WORDS[change])
        wide = min(pill_size(words, pill_font()).width(), gutter - left - px(8))
        drawn.pill(left + wide, bottom, words, TONES[change])
        bottom += pill_size(words, pill_font()).height() + px(3)
    half = (width - gutter) // 2
    said = _both(line)
    for place, (side, (words, marks), mark) in enumerate(zip((line.left, line.right), said, ("removed", "added"), strict=True)):
        start = gutter + place * half
        end = _lay_side(drawn, line, side, start, half - px(28), top, words, marks, mark)
        bottom = max(bottom, end)
    drawn.height = bottom + px(6)
    for place, side in enumerate((line.left, line.right)):
        if side is not None and line.changes and line.changes[0] in ("added", "removed"):
            box = QRect(gutter + place * half - px(8), px(2), half - px(4), drawn.height - px(5))
            drawn.boxes.append((box, "main_soft" if place else "bad_soft", ""))
    return drawn


def _gutter(width: int) -> int:
    widest = max(pill_size(text.say(words), pill_font()).width() for words in CHANGE_WORDS.values())
    return min(widest + theme.now().px(32), width // 4)


def _both(line: Line) -> tuple[tuple[str, Marks], tuple[str, Marks]]:
    said = "en" if "words_en" in line.changes else language()
    left, right = (side.words.said(said) if side else "" for side in (line.left, line.right))
    if line.left is None or line.right is None:
        return (left, ()), (right, ())
    mine, theirs = changed_words(left, right)
    return (left, mine), (right, theirs)


def _lay_side(drawn: Drawn, line: Line, side: Side | None, left: int, room: int, top: int, words: str, marks: Marks,
              mark: str) -> int:
    px = theme.now().px
    if side is None:
        return drawn.words(left, top, room, "–", SMALL)
    bold = line.kind in HEADINGS
    right = left + room
    if side.points is not None:
        changed = "points" in line.changes
        token = ("bad" if mark == "removed" else "main") if changed else "quiet"
        right = drawn.number(right, top, str(side.points), Face(bold=changed or bold, token=token)) - px(8)
    if side.star:
        right = drawn.pill(right, top, _("{count} sao", count=side.star), "gold") - px(8)
    if side.code:
        code = _("Bộ {number}", number=side.code) if line.kind == "set" else side.code
        wide = px(20) if line.kind == "option" else px(62) if line.kind in ("set", "group") else px(46)
        drawn.words(left, top, wide + px(20), code, SMALL if line.kind == "option" else SMALL_BOLD)
        left += wide
    return drawn.words(left, top, right - left, words, Face(bold=bold, mark=mark) if marks or bold else PLAIN, marks)


class CompareCard(Card):
    """Who is compared with whom, the count, and the list."""

    wanted = Signal()  # another pair was chosen

    def __init__(self) -> None:
        super().__init__(flush=True)
        px = theme.now().px
        self._books: dict[str, Rulebook] = {}
        self.left_book, self.left_set, self.right_book, self.right_set = (ElidedBox() for _place in range(4))
        names = (_("Quyết định bên trái"), _("Bộ bên trái"), _("Quyết định bên phải"), _("Bộ bên phải"))
        for box, name in zip(self._boxes(), names, strict=True):
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(ElidedBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(12)
        self.swap = button("⇄", self._swap, small=True)
        self.swap.setAccessibleName(_("Đổi hai bên"))
        grid = QGridLayout()
        grid.setContentsMargins(px(12), px(12), px(12), px(10))
        grid.setSpacing(px(8))
        for place, box in enumerate(self._boxes()):
            grid.addWidget(box, place % 2, place // 2 * 2)
        grid.addWidget(self.swap, 0, 1, 2, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)
        self.body.addLayout(grid)
        self.list = RowsView(lay_line, _("Chỗ khác nhau"))
        self.body.addWidget(line())
        self.body.addWidget(self.list, 1)
        for book, sets in ((self.left_book, self.left_set), (self.right_book, self.right_set)):
            book.activated.connect(lambda _place, sets=sets, book=book: self._book_chosen(book, sets))
            sets.activated.connect(lambda _place, sets=sets: self._set_chosen(sets))

    def _boxes(self) -> tuple[ElidedBox, ...]:
        return self.left_book, self.left_set, self.right_book, self.right_set

    def pair(self) -> tuple[tuple[str, int], tuple[str, int]]:
        """What is compared: (rulebook id, set number or ``WHOLE``), left and right."""
        return ((str(self.left_book.currentData()), int(self.left_set.currentData() or 0)),
                (str(self.right_book.currentData()), int(self.right_set.currentData() or 0)))

    def offer(self, books: tuple[Rulebook, ...], names: dict[str, str], left: tuple[str, int], right: tuple[str, int]) -> None:
        """Offer rulebooks and sets, with a pair chosen; ``names``: of the rulebooks."""
        self._books = {book.id: book for book in books}
        for box in (self.left_book, self.right_book):
            box.clear()
            for book in books:
                box.addItem(names[book.id], book.id)
        for (id, number), laws, sets in ((left, self.left_book, self.left_set), (right, self.right_book, self.right_set)):
            laws.setCurrentIndex(laws.findData(id))
            self._fill(sets, id, number)

    def _fill(self, box: ElidedBox, id: str, number: int) -> None:
        box.clear()
        box.addItem(_("Cả quyết định"), WHOLE)
        for head in self._books[id].heads:
            box.addItem(_("Bộ {number}. {name}", number=head.number, name=head.name.said(language())), head.number)
        box.setCurrentIndex(max(box.findData(number), 0))

    def _book_chosen(self, book: ElidedBox, sets: ElidedBox) -> None:
        self._fill(sets, str(book.currentData()), int(sets.currentData() or 0))
        self._set_chosen(sets)

    def _set_chosen(self, changed: ElidedBox) -> None:
        """A whole rulebook stands beside a whole one, a set beside a set."""
        other = self.right_set if changed is self.left_set else self.left_set
        if not changed.currentData():
            other.setCurrentIndex(0)
        elif not other.currentData():
            same = other.findData(changed.currentData())
            if same < 0:
                changed.setCurrentIndex(0)
            else:
                other.setCurrentIndex(same)
        self.wanted.emit()

    def _swap(self) -> None:
        left, right = self.pair()
        names = {str(self.left_book.itemData(n)): self.left_book.itemText(n) for n in range(self.left_book.count())}
        self.offer(tuple(self._books.values()), names, right, left)
        self.wanted.emit()

    def show_comparison(self, found: Comparison) -> None:
        """Show what differs."""
        self.list.set_rows([LineRow(None, _counted(found)), *(LineRow(line) for line in found.lines)])


def _counted(found: Comparison) -> str:
    if not found.lines:
        return _("Hai bên giống nhau hoàn toàn.")
    if not (found.same or found.differing or found.added or found.removed):
        return _("{count} chỗ khác nhau.", count=text.number(found.changes))
    return _("{count} chỗ khác nhau: {differing} tiêu chí khác, {added} tiêu chí thêm, {removed} tiêu chí bỏ; "
             "{same} tiêu chí giống hệt.", count=text.number(found.changes), differing=found.differing,
             added=found.added, removed=found.removed, same=found.same)
