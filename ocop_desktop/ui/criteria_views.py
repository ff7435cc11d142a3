"""The right side of the criteria screen: the ways of looking at a set, one of them on show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QWidget

from ocop_desktop.rules.criteria_gates import gates_for
from ocop_desktop.text import _
from ocop_desktop.ui.criteria_book import BookCard
from ocop_desktop.ui.criteria_compare import WHOLE, CompareCard
from ocop_desktop.ui.criteria_finds import FindsCard
from ocop_desktop.ui.criteria_gates import GatesCard
from ocop_desktop.ui.criteria_library import Library, Pair, book_name, set_title
from ocop_desktop.ui.criteria_packs import PackCard
from ocop_desktop.ui.criteria_paint import frameless
from ocop_desktop.ui.criteria_tree import SetTree
from ocop_desktop.ui.criteria_wording import WordingCard
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.painted import PillButton
from ocop_desktop.ui.paper_card import PaperCard
from ocop_desktop.ui.widgets import Card, SkeletonRows, column, label

if TYPE_CHECKING:
    from ocop_desktop.rules.rulebook import CriteriaSet, Rulebook
    from ocop_desktop.rules.wording import SetWords
    from ocop_desktop.ui.work import Work

READ, COMPARE = "read", "compare"
STARS = (3, 4, 5)


class Views(QWidget):
    """Buttons for the ways of looking, and under them the one on show."""

    turned = Signal()  # another way was chosen
    comparison_wanted = Signal(object)  # Pair
    words_turned = Signal(bool)  # the law's own words instead of the short labels

    def __init__(self, library: Library, work: Work) -> None:
        super().__init__()
        self._library = library
        self._offered: object = None  # what the comparison was last offered for
        self.tree, self.gates, self.compare, self.facts = SetTree(), GatesCard(), CompareCard(), BookCard()
        self.finds, self.paper, self.pack, self.wording = FindsCard(), PaperCard(work), PackCard(), WordingCard()
        self._read: tuple[CriteriaSet, SetWords | None] | None = None  # what the tree shows, and in which words
        self.reading, self.waiting = Card(flush=True), Card()
        self.reading.body.addWidget(self.tree, 1)
        self.waiting.body.addWidget(SkeletonRows(8))
        self.waiting.body.addStretch(1)
        self.stack = QStackedWidget()
        for page in (self.waiting, self.reading, self.gates, self.compare, self.facts, self.finds, self.paper, self.pack,
                     self.wording):
            self.stack.addWidget(page)
        for view in (self.tree, self.gates.list, self.compare.list, self.finds.list):
            frameless(view)
        self._build_modes()
        self.setLayout(column(self._across, self.stack, space=10))
        self.compare.wanted.connect(lambda: self.comparison_wanted.emit(self.compare.pair()))
        self.gates.opened.connect(self.open_criterion)
        self.facts.compare_wanted.connect(self.compare_whole)

    def _build_modes(self) -> None:
        self.segments = QButtonGroup(self)
        self.modes: dict[str, PillButton] = {}
        self._across = Flow(space=8)
        self.modes_words = label(_("Cần gì để đạt"), "quiet")
        for key, words in ((READ, _("Các tiêu chí")), *((str(s), _("{count} sao", count=s)) for s in STARS),
                           (COMPARE, _("So sánh"))):
            made = self.modes[key] = PillButton(words, "gold" if key.isdigit() else "ok")
            self.segments.addButton(made)
            if key == str(STARS[0]):
                self._across.add(self.modes_words)
            self._across.add(made)
        self.modes[READ].setChecked(True)
        self._across.addStretch(1)
        self.brief = PillButton(_("Chỉ tên"), "quiet")
        self.brief.toggled.connect(self.tree.set_brief)
        self.law = PillButton(_("Lời văn của luật"), "ok")
        self.law.toggled.connect(self.words_turned)
        self._across.add(self.law)
        self._across.add(self.brief)
        self.segments.buttonClicked.connect(lambda _made: self.turned.emit())

    def mode(self) -> str:
        """How the set is looked at: "read", "3", "4", "5", "compare"."""
        return next(key for key, made in self.modes.items() if made.isChecked())

    def choose(self, mode: str) -> None:
        """Look at it another way from now on."""
        self.modes[mode].setChecked(True)

    def turn_words(self) -> None:
        """From the short labels to the law's own words and back, where there are any."""
        if not self.law.isHidden():
            self.law.setChecked(not self.law.isChecked())

    def on_show(self, page: QWidget) -> bool:
        """Whether a page is the one on show."""
        return self.stack.currentWidget() is page

    def keys_to(self) -> QWidget:
        """What takes the keys."""
        page = self.stack.currentWidget() or self
        views: dict[QWidget, QWidget] = {self.reading: self.tree, self.gates: self.gates.list, self.compare: self.compare.list,
                                         self.finds: self.finds.list, self.paper: self.paper.view, self.pack: self.pack.list,
                                         self.wording: self.wording.list}
        return views.get(page, page)

    def show_set(self, book: Rulebook, found: CriteriaSet | None, words: SetWords | None, goal: tuple[str, str]) -> None:
        """Show a set the chosen way; the decision itself without one.

        Args:
            words: the law's own words for it, where they are attached.
            goal: criterion and option to bring into view.
        """
        mode = self.mode()
        self.law.setVisible(mode == READ and found is not None and words is not None)
        self.brief.setVisible(mode == READ and found is not None)
        for key, made in self.modes.items():
            made.setEnabled(bool(book.heads) or not key.isdigit())
        if mode == COMPARE:
            self._show_compare(book, found)
        elif found is None:
            self._show_facts(book)
        elif mode == READ:
            self._show_reading(book, found, words if self.law.isChecked() else None, goal)
        else:
            stars = int(mode)
            self.gates.show_gates(gates_for(found, stars, book.line(stars)), set_title(found), book)
            self.stack.setCurrentWidget(self.gates)

    def _show_facts(self, book: Rulebook) -> None:
        current = self._library.shelf.current
        self.facts.show_book(book, book.id == current)
        self._library.read_versions(book.decision, self.facts.show_versions)
        self.stack.setCurrentWidget(self.facts)

    def _show_reading(self, book: Rulebook, found: CriteriaSet, words: SetWords | None, goal: tuple[str, str]) -> None:
        if self._read is None or self._read[0] is not found or self._read[1] != words:
            here = self.tree.here() if self._read and self._read[0] is found else ""
            self._read = found, words
            self.tree.show_set(words.over(found) if words else found, book.parts)
            goal = goal if goal[0] or not here else (here, "")
        self.stack.setCurrentWidget(self.reading)
        if goal[0]:
            self.tree.go_to(*goal)
            self.tree.setFocus()

    def open_criterion(self, code: str) -> None:
        """Read a criterion of the set on show."""
        if self.tree.set_model.at(code).isValid() or self.mode() != READ:
            self.choose(READ)
            self.turned.emit()
            self.tree.go_to(code)
            self.tree.setFocus()

    def _show_compare(self, book: Rulebook, found: CriteriaSet | None) -> None:
        number = found.number if found else WHOLE
        if self._offered != (book.id, number):
            self.offer((book.id, number), self._library.beside(book, number))
        self._offered = (book.id, number)
        self.stack.setCurrentWidget(self.compare)

    def offer(self, left: tuple[str, int], right: tuple[str, int]) -> None:
        """Put a pair side by side."""
        shelf = self._library.shelf
        self.compare.offer(shelf.books, {book.id: book_name(book, shelf.current) for book in shelf.books}, left, right)
        self.comparison_wanted.emit(self.compare.pair())

    def compare_whole(self, before: str, after: str) -> None:
        """Compare two versions whole."""
        self.choose(COMPARE)
        self.turned.emit()
        self.offer((before, WHOLE), (after, WHOLE))

    def forget_offer(self) -> None:
        """Offer the comparison anew (there are other rulebooks)."""
        self._offered = None

    def pair(self) -> Pair | None:
        """What is compared, while it is on show."""
        return self.compare.pair() if self.mode() == COMPARE else None

    def show_comparison(self, found: Any) -> None:
        """Show what differs."""
        self.compare.show_comparison(found)
