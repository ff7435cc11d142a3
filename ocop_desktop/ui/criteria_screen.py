"""Bộ tiêu chí: the rulebook as it is read - sets, criteria, options, what a rank needs, comparisons, search over all sets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMenu, QSizePolicy

from ocop_desktop.errors import UserError
from ocop_desktop.text import _, language
from ocop_desktop.ui import theme
from ocop_desktop.ui.criteria_finds import FindRow, SearchField
from ocop_desktop.ui.criteria_library import Library, Pair, book_name, paper_of, printout_of, set_title
from ocop_desktop.ui.criteria_packs import Packs
from ocop_desktop.ui.criteria_sets import BOOK, SetRow, SetsList
from ocop_desktop.ui.criteria_views import COMPARE, READ, STARS, Views
from ocop_desktop.ui.criteria_wording import Wordings
from ocop_desktop.ui.elided_box import ElidedBox
from ocop_desktop.ui.printing import PaperRoad, Printout
from ocop_desktop.ui.widgets import Page, button, row

if TYPE_CHECKING:
    from ocop_desktop.actions.criteria import Opened, Paper, Reading
    from ocop_desktop.actions.rulebook_packs import Preview
    from ocop_desktop.actions.wording import Attached
    from ocop_desktop.rules.rulebook import CriteriaSet, Rulebook
    from ocop_desktop.rules.wording import SetWords
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

NARROW = 1000  # pixels at 100 % under which the sets are a drop-down
SETS_WIDE, BOOKS_NARROW = 292, 252
BREATH = 60  # milliseconds before the sets are read for the search


class CriteriaScreen(Page):
    """One rulebook, one set of it, seen one way: to read, as conditions of a rank, beside another."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__(_("Bộ tiêu chí"))
        self._work, self._shell = work, shell
        self.library = Library(work, self)
        self.press, self.packs = PaperRoad(self, work, shell), Packs(self, work, shell)
        self.wordings = Wordings(self, work, shell)
        self.words: SetWords | None = None
        self.attached: Attached | None = None
        self.book: Rulebook | None = None
        self.set: CriteriaSet | None = None
        self._asked: tuple[str, int | None] = ("", None)  # rulebook and set asked for last; they may be on their way
        self._goal: tuple[str, str] = ("", "")  # criterion and option to go to when the set is there
        self.books, self.numbers, self.search = ElidedBox(), ElidedBox(), SearchField()
        self.sets, self.views = SetsList(), Views(self.library, work)
        self.views.law.setChecked(shell.settings.law_words)
        self.more = button("", self._show_menu, icon="more")
        self.look_at = button(_("Xem bản in"), self._look_at, icon="eye")
        self.primary = button(_("Lưu PDF…"), self._save, "primary")
        self._build()
        self._connect()

    def _build(self) -> None:
        px = theme.now().px
        self.more.setAccessibleName(_("Việc khác"))
        self.more.setToolTip(_("Việc khác"))
        self.more.setFixedHeight(self.look_at.sizeHint().height())
        for action in (self.more, self.look_at, self.primary):
            self.add_action(action)
        for box, name in ((self.books, _("Quyết định và bản")), (self.numbers, _("Bộ sản phẩm"))):
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(ElidedBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(12)
        self.books.setFixedWidth(px(SETS_WIDE))
        self.sets.setFixedWidth(px(SETS_WIDE))
        self.top = row(self.books, space=16)
        self.top.addWidget(self.search, 1)
        self.top.addWidget(self.numbers, 1)
        self.numbers.hide()
        across = row(self.sets, space=16)
        across.addWidget(self.views, 1)
        self.views.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # the arrangement follows the window
        self.body.setSpacing(px(12))
        self.body.addLayout(self.top)
        self.body.addLayout(across, 1)
        self.setFocusProxy(self.sets)

    def _connect(self) -> None:
        views, finds = self.views, self.views.finds.list
        self.books.activated.connect(lambda _place: self._open(str(self.books.currentData())))
        self.numbers.activated.connect(lambda _place: self._open_set(int(self.numbers.currentData())))
        self.sets.chosen.connect(self._choose)
        self.sets.opened.connect(lambda _row: views.keys_to().setFocus())
        self.search.wanted.connect(lambda _words: self._find())
        self.search.stepped.connect(lambda by: finds.step(by))
        self.search.entered.connect(lambda: self._open_find(finds.current()))
        self.search.cleared.connect(self._clear)
        finds.opened.connect(self._open_find)
        finds.clicked.connect(lambda index: self._open_find(finds.rows.rows()[index.row()]))
        views.turned.connect(self._turn)
        views.comparison_wanted.connect(self._compare)
        views.paper.left.connect(self._turn)
        views.pack.left.connect(self._turn)
        views.pack.kept.connect(self._keep_pack)
        self.packs.looked.connect(self._show_pack)
        self.packs.stored.connect(self._show_stored)
        self._connect_words()
        self.library.read.connect(self._set_read)
        for keys, act in (("/", self._to_search), ("Ctrl+F", self._to_search), ("Escape", self._clear),
                          ("W", self.views.turn_words)):
            QShortcut(QKeySequence(keys), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _connect_words(self) -> None:
        views, wordings = self.views, self.wordings
        views.words_turned.connect(self._turn_words)
        views.wording.left.connect(self._turn)
        views.wording.kept.connect(wordings.attach)
        views.facts.detach_wanted.connect(lambda: wordings.detach(self.book) if self.book else None)
        wordings.begun.connect(self._await_wording)
        wordings.looked.connect(views.wording.show_preview)
        wordings.refused.connect(self._turn)
        wordings.changed.connect(self._words_changed)

    # -- where --------------------------------------------------------------------------------------------------------

    def show_place(self, book: str = "", set: int | None = None, criterion: str = "", option: str = "", stars: int = 0,
                   **_more: object) -> None:
        """Show a set of a rulebook, a criterion or option of it, or what ``stars`` need; without words what was shown before."""
        self._name_place()
        if stars in STARS:
            self.views.choose(str(stars))
        elif criterion or option:
            self.views.choose(READ)
        self._goal = (criterion, option)
        if self.book is None or book or set is not None or criterion or stars:
            self._open(book, set)

    def refresh(self) -> None:
        """Read again which rulebooks there are; what is shown stays."""
        if self.book is not None:
            self._open()

    def number(self) -> int | None:
        """Number of the set on show; ``BOOK`` for the decision itself."""
        return self.sets.number()

    def _open(self, id: str = "", number: int | None = None) -> None:
        """Read the rulebooks and a set; without words those asked for last."""
        id, number = self._asked = (id or self._asked[0], self._asked[1] if number is None else number)

        def job(session: Any) -> Opened:
            from ocop_desktop.actions import criteria

            return criteria.opened(session, id, number)

        self._work.read(self, job, lambda found: self._show_opened(found, number == BOOK), self._refuse, key="open")

    def _show_opened(self, found: Opened, facts: bool) -> None:
        if self.book is None or self.book.id != found.book.id:
            self.views.forget_offer()
        self.book, self.attached = found.book, found.attached
        self.set, self.words = (found.reading.set, found.reading.words) if found.reading else (None, None)
        self.library.shelf = found.shelf
        self.books.clear()
        for book in found.shelf.books:
            self.books.addItem(book_name(book, found.shelf.current), book.id)
        self.books.setCurrentIndex(self.books.findData(found.book.id))
        self.numbers.clear()
        self.numbers.addItem(_("Mức điểm và hiệu lực"), BOOK)
        for head in found.book.heads:
            self.numbers.addItem(_("Bộ {number}. {name}", number=head.number, name=head.name.said(language())), head.number)
        self.sets.show_book(found.book, self.library.counts(found.book.id))
        self.sets.mark(self.set.number if self.set and not facts else BOOK)
        self._turn()
        QTimer.singleShot(BREATH, self, lambda: self.library.begin(found.book))  # what is asked for is painted first

    @Slot(object)
    def _choose(self, chosen: SetRow) -> None:
        if chosen.number is not None:
            self._open_set(chosen.number)

    def _open_set(self, number: int) -> None:
        if self.book is None:
            return
        self.sets.mark(number)
        self.search.forget()
        book = self.book
        self._asked = (book.id, number)
        if number == BOOK or (self.set is not None and self.set.number == number):
            self._turn()
        else:
            self._work.read(self, self.library.set_job(book.id, number), lambda found: self._show_set(book, found), self._refuse,
                            key="set")

    def _show_set(self, book: Rulebook, found: Reading) -> None:
        if self.book is book and self.number() == found.set.number:
            self.set, self.words = found.set, found.words
            self._turn()

    def _refuse(self, error: UserError) -> None:
        self._shell.say.error(error)

    @Slot()
    def _turn(self) -> None:
        """Show the chosen set the chosen way."""
        if self.book is None:
            return
        found = None if self.number() == BOOK else self.set
        self.numbers.setCurrentIndex(self.numbers.findData(self.number()))
        goal, self._goal = self._goal, ("", "")
        self.views.facts.attached = self.attached
        self.views.show_set(self.book, found, self.words, goal)
        self._offer_choice(self.sets.isHidden())
        for action in (self.primary, self.look_at):
            action.setEnabled(found is not None or self.views.mode() == COMPARE)
        self._name_place(set_title(found) if found else book_name(self.book, self.library.shelf.current))

    def _name_place(self, *words: str) -> None:
        self._shell.set_crumbs(self, _("Bộ tiêu chí"), *words)

    @Slot(object)
    def _compare(self, pair: Pair) -> None:

        def job(session: Any) -> Any:
            from ocop_desktop.actions import criteria

            return criteria.compare(session, *pair)

        self._work.read(self, job, self.views.show_comparison, self._refuse, key="compare")

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
        hits = search(self.library.entries(self.book.id), words, self.number() or None)
        self.views.finds.show_hits(hits, words, self.library.waiting(self.book))
        self.views.stack.setCurrentWidget(self.views.finds)

    @Slot()
    def _set_read(self) -> None:
        """Counts and finds follow when every set is read."""
        if self.book is None or self.library.waiting(self.book):
            return
        self.sets.show_book(self.book, self.library.counts(self.book.id))
        if self.views.on_show(self.views.finds) and self.search.text():
            self._find()

    def _open_find(self, found: FindRow | None) -> None:
        if found is None:
            return
        entry = found.entry
        self._goal = (entry.criterion.code if entry.criterion else "", entry.option.choice if entry.option else "")
        self.views.choose(READ)
        self._open_set(entry.set)
        self.views.tree.setFocus()

    @Slot()
    def _clear(self) -> None:
        """Esc: from a paper or a pack back, from the search to what was on show."""
        views = self.views
        if any(views.on_show(page) for page in (views.paper, views.pack, views.wording)):
            self._turn()
        elif self.search.text():
            self.search.clear()
        elif self.search.hasFocus():
            views.keys_to().setFocus()

    # -- paper and workbooks ------------------------------------------------------------------------------------------

    def paper_wanted(self) -> Paper | None:
        """What would be printed now, or None."""
        if self.book is None:
            return None
        return paper_of(self.views.mode(), self.book.id, self.number() or None, self.views.pair(), self.views.law.isChecked())

    def printout(self) -> Printout | None:
        """What would be printed now, on its way to the printer, or None."""
        paper = self.paper_wanted()
        return printout_of(paper, self.library.file_name(paper)) if paper is not None else None

    def _look_at(self) -> None:
        printout = self.printout()
        if printout is not None:
            self.press.draw(printout, self.views.paper)
            self.views.stack.setCurrentWidget(self.views.paper)
            self.views.paper.view.setFocus()

    def _save(self) -> None:
        printout = self.printout()
        if printout is not None:
            self.press.ask_file(printout)

    def menu(self) -> QMenu:
        """What is done more rarely: workbooks out and in."""
        menu, book = QMenu(self), self.book
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if book is not None:
            export = menu.addAction(_("Xuất ra Excel…"))
            export.setEnabled(bool(book.heads))
            export.triggered.connect(lambda: self.packs.ask_export(book))
            menu.addAction(_("Nhập bộ tiêu chí…")).triggered.connect(lambda: self.packs.ask_import(book))
            menu.addSeparator()
            attach = menu.addAction(_("Gắn lời văn của luật…"))
            attach.setEnabled(bool(book.heads))
            attach.triggered.connect(lambda: self.wordings.ask(book))
            if self.attached is not None:
                menu.addAction(_("Gỡ lời văn của luật")).triggered.connect(lambda: self.wordings.detach(book))
        return menu

    def _show_menu(self) -> None:
        self.menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    @Slot(object)
    def _show_pack(self, seen: Preview) -> None:
        self.views.stack.setCurrentWidget(self.views.pack)
        self.views.pack.show_preview(seen)

    @Slot(str, str)
    def _keep_pack(self, reason: str, accepted: str) -> None:
        if self.views.pack.seen is not None:
            self.packs.keep(self.views.pack.seen, reason, accepted)

    @Slot(object)
    def _show_stored(self, book: Rulebook) -> None:
        """Show the new version with its reason."""
        self.views.choose(READ)
        self._open(book.id, BOOK)

    @Slot(str)
    def _await_wording(self, file: str) -> None:
        self.views.wording.wait(file)
        self.views.stack.setCurrentWidget(self.views.wording)

    @Slot(bool)
    def _words_changed(self, attached: bool) -> None:
        """Show the words just attached; without them the short labels."""
        if attached:
            self.views.choose(READ)
            self.views.law.setChecked(True)
            self.views.tree.setFocus()
        self._open()

    @Slot(bool)
    def _turn_words(self, on: bool) -> None:
        self._shell.change_settings(law_words=on)
        self._turn()

    # -- Qt -----------------------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        """Sets as a list beside what is read, or as a drop-down above it where the window is narrow for its letters."""
        px = theme.now().px
        narrow = self.width() < px(NARROW)
        self.books.setFixedWidth(px(BOOKS_NARROW if narrow else SETS_WIDE))
        self._offer_choice(narrow)
        if narrow == self.sets.isHidden():
            return
        if narrow:  # the top line names the screen; the search stands in the place of the title
            self.head.insertWidget(0, self.search, 1)
            self.head.setStretch(1, 0)
        else:
            self.top.insertWidget(1, self.search, 1)
            self.head.setStretch(0, 1)
        for part in (self.title, self.sets, self.views.modes_words):
            part.setVisible(not narrow)
        self.setFocusProxy(self.numbers if narrow else self.sets)

    def _offer_choice(self, narrow: bool) -> None:
        """A narrow comparison has drop-downs of its own and no room for these."""
        wanted = not narrow or self.views.mode() != COMPARE
        self.books.setVisible(wanted)
        self.numbers.setVisible(narrow and wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._arrange()
