"""Bộ tiêu chí: the rulebook as it is read - sets, criteria, options, what a rank needs, comparisons, search over all sets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QWidget

from ocop_desktop.errors import UserError
from ocop_desktop.text import _, language
from ocop_desktop.ui import theme
from ocop_desktop.ui.criteria_book import BookCard, SetHeadPart
from ocop_desktop.ui.criteria_compare import WHOLE, CompareCard
from ocop_desktop.ui.criteria_finds import FindRow, FindsCard, SearchField
from ocop_desktop.ui.criteria_gates import GatesCard
from ocop_desktop.ui.criteria_library import Library, book_name, paper_of, set_facts, set_title
from ocop_desktop.ui.criteria_paint import frameless
from ocop_desktop.ui.criteria_print import CriteriaPress, PaperCard
from ocop_desktop.ui.criteria_sets import BOOK, SetRow, SetsList
from ocop_desktop.ui.criteria_tree import SetTree
from ocop_desktop.ui.elided_box import ElidedBox
from ocop_desktop.ui.painted import PillButton
from ocop_desktop.ui.widgets import Card, Page, SkeletonRows, button, column, label, line, row

if TYPE_CHECKING:
    from ocop_desktop.actions.criteria import Opened
    from ocop_desktop.rules.criteria_search import Entry
    from ocop_desktop.rules.rulebook import CriteriaSet, Rulebook
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

NARROW = 860  # pixels at 100 % under which the sets are a drop-down
SETS_WIDE = 292
READ, COMPARE = "read", "compare"
STARS = (3, 4, 5)


class CriteriaScreen(Page):
    """One rulebook, one set of it, seen one way: to read, as conditions of a rank, beside another."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__(_("Bộ tiêu chí"))
        self._work, self._shell = work, shell
        self.library = Library(work, self)
        self.press = CriteriaPress(self, work, shell)
        self.book: Rulebook | None = None
        self.set: CriteriaSet | None = None
        self._goal: tuple[str, str] = ("", "")  # criterion and option to go to when the set is there
        self.books, self.numbers, self.search = ElidedBox(), ElidedBox(), SearchField()
        self.sets, self.tree, self.head_part = SetsList(), SetTree(), SetHeadPart()
        self.gates, self.compare, self.facts = GatesCard(), CompareCard(), BookCard()
        self.finds, self.paper, self.waiting = FindsCard(), PaperCard(), Card()
        self.look_at = button(_("Xem bản in"), self._look_at, icon="eye")
        self.primary = button(_("Lưu PDF…"), self._save, "primary")
        self._build()
        self._connect()

    # -- building -----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        px = theme.now().px
        self.add_action(self.look_at)
        self.add_action(self.primary)
        for box, name in ((self.books, _("Quyết định và bản")), (self.numbers, _("Bộ sản phẩm"))):
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(ElidedBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(14)
        self.books.setFixedWidth(px(SETS_WIDE))
        top = row(self.books, self.search, space=16)
        top.setStretch(1, 1)
        self.segments = QButtonGroup(self)
        self.modes: dict[str, PillButton] = {}
        modes = row(space=8)
        self.modes_words = label(_("Cần gì để đạt"), "quiet")
        for key, words in ((READ, _("Tiêu chí và các mức")), *((str(s), _("{count} sao", count=s)) for s in STARS),
                           (COMPARE, _("So sánh"))):
            made = self.modes[key] = PillButton(words, "gold" if key.isdigit() else "ok")
            self.segments.addButton(made)
            if key == str(STARS[0]):
                modes.addWidget(self.modes_words)
            modes.addWidget(made)
        self.modes[READ].setChecked(True)
        modes.addStretch(1)
        self.brief = PillButton(_("Chỉ tên tiêu chí"), "quiet")
        modes.addWidget(self.brief)
        self.reading = Card(flush=True)
        self.reading.body.addWidget(self.head_part)
        self.reading.body.addWidget(line())
        self.reading.body.addWidget(self.tree, 1)
        for view in (self.tree, self.gates.list, self.compare.list, self.finds.list):
            frameless(view)
        self.waiting.body.addWidget(SkeletonRows(8))
        self.waiting.body.addStretch(1)
        self.stack = QStackedWidget()
        for page in (self.waiting, self.reading, self.gates, self.compare, self.facts, self.finds, self.paper):
            self.stack.addWidget(page)
        self.right = QWidget()
        self.modes_row = QWidget()
        self.modes_row.setLayout(modes)
        self.right.setLayout(column(self.numbers, self.modes_row, self.stack, space=10))
        self.numbers.hide()
        self.sets.setFixedWidth(px(SETS_WIDE))
        across = row(self.sets, self.right, space=16)
        across.setStretch(1, 1)
        self.body.setSpacing(px(12))
        self.body.addLayout(top)
        self.body.addLayout(across, 1)

    def _connect(self) -> None:
        self.books.activated.connect(lambda _place: self._open(str(self.books.currentData())))
        self.numbers.activated.connect(lambda _place: self._open_set(int(self.numbers.currentData())))
        self.sets.chosen.connect(self._choose)
        self.sets.opened.connect(lambda _row: self.current_view().setFocus())
        self.segments.buttonClicked.connect(lambda _made: self._turn())
        self.brief.toggled.connect(self.tree.set_brief)
        self.search.textChanged.connect(lambda _words: self._find())
        self.search.stepped.connect(lambda by: self.finds.list.step(by))
        self.search.entered.connect(lambda: self._open_find(self.finds.list.current()))
        self.search.cleared.connect(self._clear_search)
        self.finds.list.opened.connect(self._open_find)
        self.finds.list.clicked.connect(lambda index: self._open_find(self.finds.list.rows.rows()[index.row()]))
        self.gates.opened.connect(self._open_criterion)
        self.compare.wanted.connect(self._compare)
        self.paper.left.connect(self._turn)
        self.paper.print_wanted.connect(lambda: self._with_paper(self.press.ask_printer))
        self.library.read.connect(self._set_read)
        for keys in ("/", "Ctrl+F"):
            QShortcut(QKeySequence(keys), self, self._to_search, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        QShortcut(QKeySequence("Escape"), self, self._clear_search, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # -- where --------------------------------------------------------------------------------------------------------

    def show_place(self, book: str = "", set: int | None = None, criterion: str = "", option: str = "", stars: int = 0,
                   **_more: object) -> None:
        """Show a set of a rulebook, a criterion or option of it, or what ``stars`` need; without words what was shown before."""
        self._shell.set_crumbs(_("Bộ tiêu chí"))
        if stars in STARS:
            self.modes[str(stars)].setChecked(True)
        elif criterion:
            self.modes[READ].setChecked(True)
        self._goal = (criterion, option)
        if self.book is None or book or set is not None or criterion:
            number = set if set is not None else self.set.number if self.set else None
            self._open(book or (self.book.id if self.book else ""), number)
        self.setFocusProxy(self.sets)

    def refresh(self) -> None:
        """Read again which rulebooks there are; what is shown stays."""
        if self.book is not None:
            self._open(self.book.id, self.set.number if self.set and not self._on_book() else BOOK if self._on_book() else None)

    def _on_book(self) -> bool:
        return self.sets.number() == BOOK

    def _open(self, id: str, number: int | None = None) -> None:
        def job(session: Any) -> Opened:
            from ocop_desktop.actions import criteria

            return criteria.opened(session, id, number)

        if number is None and self.set:
            number = self.set.number
        self._work.read(self, job, lambda found: self._show_opened(found, number == BOOK), self._refuse, key="open")

    def _show_opened(self, found: Opened, facts: bool) -> None:
        changed = self.book is None or self.book.id != found.book.id
        self.book, self.set = found.book, found.set
        self.library.shelf = found.shelf
        self.books.clear()
        for book in found.shelf.books:
            self.books.addItem(book_name(book, found.shelf.current), book.id)
        self.books.setCurrentIndex(self.books.findData(found.book.id))
        self._fill_numbers()
        self.sets.show_book(found.book, self.library.counts(found.book.id))
        self.sets.blockSignals(True)
        self.sets.mark(found.set.number if found.set and not facts else BOOK)
        self.sets.blockSignals(False)
        if changed:
            self.compare.left_book.clear()
        self.library.begin(found.book)
        self._turn()

    def _fill_numbers(self) -> None:
        assert self.book is not None
        self.numbers.clear()
        self.numbers.addItem(_("Mức điểm và hiệu lực"), BOOK)
        for head in self.book.heads:
            self.numbers.addItem(_("Bộ {number}. {name}", number=head.number, name=head.name.said(language())), head.number)

    @Slot(object)
    def _choose(self, chosen: SetRow) -> None:
        if chosen.number is not None:
            self._open_set(chosen.number)

    def _open_set(self, number: int) -> None:
        if self.book is None:
            return
        self.sets.blockSignals(True)
        self.sets.mark(number)
        self.sets.blockSignals(False)
        if number == BOOK:
            self._turn()
            return
        if self.search.text():
            self.search.blockSignals(True)
            self.search.clear()
            self.search.blockSignals(False)
        if self.set is not None and self.set.number == number:
            self._turn()
            return
        book, job = self.book, self.library.set_job(self.book.id, number)
        self._work.read(self, job, lambda found: self._show_set(book, found), self._refuse, key="set")

    def _show_set(self, book: Rulebook, found: CriteriaSet) -> None:
        if self.book is book:
            self.set = found
            self._turn()

    def _refuse(self, error: UserError) -> None:
        self._shell.say.error(error)

    # -- ways of looking ----------------------------------------------------------------------------------------------

    def mode(self) -> str:
        """How the set is looked at: "read", "3", "4", "5", "compare"."""
        return next(key for key, made in self.modes.items() if made.isChecked())

    def current_view(self) -> QWidget:
        """What takes the keys."""
        page = self.stack.currentWidget() or self
        views: dict[QWidget, QWidget] = {self.reading: self.tree, self.gates: self.gates.list, self.compare: self.compare.list,
                                         self.finds: self.finds.list, self.paper: self.paper.area}
        return views.get(page, page)

    @Slot()
    def _turn(self) -> None:
        """Show the chosen set the chosen way."""
        if self.book is None:
            return
        on_book, mode = self._on_book(), self.mode()
        self.numbers.setCurrentIndex(self.numbers.findData(self.sets.number()))
        self.primary.setEnabled(mode == COMPARE or not on_book)
        self.look_at.setEnabled(self.primary.isEnabled())
        self.brief.setVisible(mode == READ and not on_book)
        for key, made in self.modes.items():
            made.setEnabled(bool(self.book.heads) or not key.isdigit())
        if mode == COMPARE:
            self._show_compare()
        elif on_book or self.set is None:
            shelf = self.library.shelf
            self.facts.show_book(self.book, book_name(self.book, shelf.current), self.book.id == shelf.current)
            self.stack.setCurrentWidget(self.facts)
            self._shell.set_crumbs(_("Bộ tiêu chí"), book_name(self.book, shelf.current))
        elif mode == READ:
            self._show_reading(self.set)
        else:
            self._show_gates(self.set, int(mode))

    def _show_reading(self, found: CriteriaSet) -> None:
        assert self.book is not None
        self._shell.set_crumbs(_("Bộ tiêu chí"), set_title(found))
        self.head_part.name.setText(set_title(found))
        self.head_part.facts.setText(set_facts(found))
        if self.tree.shown is not found:
            self.tree.show_set(found, self.book.parts)
        self.stack.setCurrentWidget(self.reading)
        goal, self._goal = self._goal, ("", "")
        if goal[0]:
            self.tree.go_to(*goal)
            self.tree.setFocus()

    def _show_gates(self, found: CriteriaSet, stars: int) -> None:
        from ocop_desktop.rules.criteria_gates import gates_for

        assert self.book is not None
        self._shell.set_crumbs(_("Bộ tiêu chí"), set_title(found))
        self.gates.show_gates(gates_for(found, stars, self.book.line(stars)), set_title(found), self.book)
        self.stack.setCurrentWidget(self.gates)

    def _open_criterion(self, code: str) -> None:
        self._goal = (code, "")
        self.modes[READ].setChecked(True)
        self._turn()

    def _show_compare(self) -> None:
        assert self.book is not None
        shelf = self.library.shelf
        number = WHOLE if self._on_book() or self.set is None else self.set.number
        left = (self.book.id, number)
        if not self.compare.left_book.count() or self.compare.pair()[0] != left:
            names = {book.id: book_name(book, shelf.current) for book in shelf.books}
            self.compare.offer(shelf.books, names, left, self.library.beside(self.book, number))
            self._compare()
        self.stack.setCurrentWidget(self.compare)

    @Slot()
    def _compare(self) -> None:
        left, right = self.compare.pair()

        def job(session: Any) -> Any:
            from ocop_desktop.actions import criteria

            return criteria.compare(session, left, right)

        self._work.read(self, job, self.compare.show_comparison, self._refuse, key="compare")

    # -- searching ----------------------------------------------------------------------------------------------------

    @Slot()
    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _find(self) -> None:
        from ocop_desktop.rules.criteria_search import search

        words = self.search.text().strip()
        if not words or self.book is None:
            self._turn()
            return
        entries: list[Entry] = self.library.entries(self.book.id)
        hits = search(entries, words, self.set.number if self.set else None)
        self.finds.show_hits(hits, words, self.library.waiting(self.book))
        self.stack.setCurrentWidget(self.finds)

    def _set_read(self) -> None:
        """One more set can be searched."""
        if self.book is None:
            return
        last = not self.library.waiting(self.book)
        if last:
            self.sets.show_book(self.book, self.library.counts(self.book.id))
        if self.stack.currentWidget() is self.finds and last:
            self._find()

    def _open_find(self, found: FindRow | None) -> None:
        if found is None:
            return
        entry = found.entry
        self._goal = (entry.criterion.code if entry.criterion else "", entry.option.choice if entry.option else "")
        self.modes[READ].setChecked(True)
        self._open_set(entry.set)

    @Slot()
    def _clear_search(self) -> None:
        if self.stack.currentWidget() is self.paper:
            self._turn()
        elif self.search.text():
            self.search.clear()
        elif self.search.hasFocus():
            self.current_view().setFocus()

    # -- paper --------------------------------------------------------------------------------------------------------

    def paper_wanted(self) -> Any:
        """What would be printed now, or None."""
        if self.book is None:
            return None
        number = self.set.number if self.set and not self._on_book() else None
        return paper_of(self.mode(), self.book.id, number, self.compare.pair() if self.mode() == COMPARE else None)

    def _with_paper(self, act: Any) -> None:
        paper = self.paper_wanted()
        if paper is not None:
            act(paper)

    def _look_at(self) -> None:
        paper = self.paper_wanted()
        if paper is not None:
            self.paper.wait()
            self.stack.setCurrentWidget(self.paper)
            self.paper.back.setFocus()
            self.press.draw(paper, self.paper.show_pages)

    def _save(self) -> None:
        self._with_paper(lambda paper: self.press.ask_file(paper, self.library.file_name(paper)))

    # -- Qt -----------------------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        px = theme.now().px
        narrow = self.width() < px(NARROW)
        self.sets.setVisible(not narrow)
        self.numbers.setVisible(narrow)
        self.modes_words.setVisible(not narrow)
        self.books.setFixedWidth(px(SETS_WIDE if not narrow else 200))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._arrange()
