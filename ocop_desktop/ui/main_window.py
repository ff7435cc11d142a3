"""The window: rail, top line, one screen at a time. It knows the screens by the tuple SCREENS only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QWidget

from ocop_desktop import settings, text
from ocop_desktop.errors import UserError
from ocop_desktop.rules.rights import landing
from ocop_desktop.settings import Settings
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.ask_file import ask_file, ask_new
from ocop_desktop.ui.commands import bind_keys, offer
from ocop_desktop.ui.flow import Pages
from ocop_desktop.ui.lock import Lock
from ocop_desktop.ui.notices import ClosingPage, FillingPage, RefusedPage
from ocop_desktop.ui.own_file import OwnFile
from ocop_desktop.ui.palette import CommandField
from ocop_desktop.ui.parts import column
from ocop_desktop.ui.rail import Rail
from ocop_desktop.ui.say import Say
from ocop_desktop.ui.screens import SCREENS
from ocop_desktop.ui.shell import Shell
from ocop_desktop.ui.top_bar import BusyStrip, TopBar
from ocop_desktop.ui.window_place import keep_place, restore_place
from ocop_desktop.ui.work import Database, Work

FOLDS_UNDER = 1200


class MainWindow(QMainWindow):
    """The window on one file.

    Args:
        app: the application, for its look.
        work: the background lane, not started yet.
        kept: the user's settings.
        file: the database the lane opens.
        opener: gives what opens another file.
    """

    painted = Signal()  # the first picture is on the screen

    def __init__(self, app: QApplication, work: Work, kept: Settings, file: Path,
                 opener: Callable[[Path], Callable[[], Database]]) -> None:
        super().__init__()
        self._app = app
        self.work, self.file, self._opener = work, file, opener
        self._first, self._closing, self._closed = True, False, False
        self._refusal: UserError | None = None  # why there is no file
        self._place: tuple[str, dict[str, Any]] = ("home", {})
        self._pages: dict[str, Any] = {}  # screens: see ``Screen`` for what they know
        self._stale: set[str] = set()
        self.setMinimumSize(QSize(800, 520))
        self.setWindowTitle("OCOP Desktop")
        self.say = Say()
        self.shell = Shell(kept, self.say)
        self._build()
        self._connect()
        restore_place(self)

    # -- frame --------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.rail, self.field = Rail(), CommandField(self.shell, self)
        self.top, self.strip = TopBar(self.field), BusyStrip()
        self.stack = Pages()
        self.stack.addWidget(FillingPage())
        right = column(self.top, self.strip, space=0)
        right.addWidget(self.stack, 1)
        whole = QWidget()
        across = QHBoxLayout(whole)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addLayout(right, 1)
        self.setCentralWidget(whole)
        self.say.stand_over(self.stack)
        whole.show()  # now, not with the next event: a screen may give a field the focus
        self.rail.set_file(self.file.name)
        self.rail.chosen.connect(self.shell.go)
        self.strip.cancelled.connect(self.work.cancel)
        self.top.lock_wanted.connect(self.shell.lock_wanted)
        self._show_person()
        self.top.show_opening()

    def _connect(self) -> None:
        work, shell = self.work, self.shell
        shell.went.connect(self._go)
        shell.crumbs_set.connect(lambda words: self.top.crumbs.set_words(words))
        shell.settings_changed.connect(self._change_settings)
        shell.file_wanted.connect(self._open_file)
        shell.place_named.connect(lambda name: self.rail.set_place(name))
        offer(work, shell)
        work.opened.connect(self._show_opened)
        OwnFile(self, work, shell, self._name_file)
        work.refused.connect(self._show_refused)
        work.changed.connect(lambda: self._refresh(quietly=False))
        work.quietly_changed.connect(lambda: self._refresh(quietly=True))
        work.saved.connect(lambda moment: self.top.show_saved(moment))
        work.saved.connect(self.say.worked)
        work.failed.connect(self._show_failed)
        work.busy.connect(lambda *progress: self.strip.show_progress(*progress))
        work.idle.connect(lambda: self.strip.hide())
        work.closed.connect(self._finish_closing)
        bind_keys(self, shell, lambda: self.field.open())
        shell.person_changed.connect(self._show_person)
        self.lock = Lock(self._app, self, work, shell, self._leave)
        self.lock.entered.connect(self._let_in)

    # -- screens ------------------------------------------------------------------------------------------------------

    @Slot(str, dict)
    def _go(self, key: str, where: dict[str, Any]) -> None:
        screen = next(s for s in SCREENS if s.key == key)
        refused = not self.shell.may_see(key)
        if refused and not self.lock.shut:
            self.say.info(_("Trang {page} không dành cho người đang đăng nhập.", page=_(screen.title)))
        if refused or self._refusal or self._closing or not self._leave():  # without a file the page that says so stays
            self.rail.choose("" if self._refusal else self._place[0])
            return
        if (key, where) != self._place:
            self.say.clear(also_news=key != self._place[0])
        self._place = (key, where)
        self.rail.choose(key)
        self.top.crumbs.set_words((_(screen.title),))
        new = key not in self._pages
        if new:
            self._pages[key] = screen.make(self.work, self.shell)
            self.stack.addWidget(self._pages[key])
        page = self._pages[key]
        self.stack.setCurrentWidget(page)
        page.show_place(**where)
        if not page.isAncestorOf(self.focusWidget() or self):
            page.setFocus()
        if key in self._stale:
            self._stale.discard(key)
            page.refresh()

    def _leave(self) -> bool:
        """Let the field in hand keep its words, and ask the screen whether it may be left."""
        held = self.focusWidget()
        if held is not None and self.stack.isAncestorOf(held):
            held.clearFocus()
        leave = getattr(self.stack.currentWidget(), "leave", None)
        return leave is None or bool(leave())

    def _refresh(self, quietly: bool) -> None:
        self._stale.update(self._pages)
        key = self._place[0]
        if not self.lock.shut and key in self._pages and self.stack.currentWidget() is self._pages[key]:
            self._stale.discard(key)
            if not quietly:
                self._pages[key].refresh()

    @Slot(bool)
    def _let_in(self, other: bool) -> None:
        """Show the work of who signed in: where it was left, to the same person; else nothing of what was on show before."""
        self._show_opened()
        if other or self._place[0] not in self._pages:
            self._drop_pages()
            self.say.clear()
            self._place = (landing(self.shell.person.role), {})
        self.shell.go(self._place[0])

    def _show_person(self) -> None:
        self.rail.show_only(self.shell.may_see)
        self.top.show_person(self.shell.person, self.shell.settings.user)

    def _drop_pages(self) -> None:
        for page in self._pages.values():
            self.stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        self._stale.clear()
        self.shell.session_id = None

    # -- the file -----------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Open the file in the background and show the first screen meanwhile."""
        self.work.start()
        self.shell.go(*self._place[:1], **self._place[1])

    @Slot()
    def _show_opened(self) -> None:
        self.top.show_unchanged()
        self.setWindowTitle(f"{self.file.stem} – OCOP Desktop")

    @Slot(object)
    def _show_refused(self, error: UserError) -> None:
        self._drop_pages()
        self._refusal = error
        self.rail.choose("")
        page = RefusedPage(text.say(error), str(self.file), lambda: self._open_file(str(self.file)), lambda: self._open_file(""),
                           lambda: ask_new(self, self.file, self._open_file))
        self.stack.setCurrentIndex(self.stack.addWidget(page))
        page.other.setFocus()
        self.top.crumbs.set_words(())
        self.top.show_no_file()

    @Slot(str)
    def _open_file(self, path: str) -> None:
        if not path:
            ask_file(self, self.file.parent, self._open_file)
            return
        if not self._leave():
            return
        self._refusal = None
        self.say.clear()
        self._drop_pages()
        self._name_file(Path(path))
        self.top.show_opening()
        self.work.open(self._opener(self.file))
        self.shell.go("home")

    def _name_file(self, path: Path) -> None:
        self.file = path
        self.rail.set_file(path.name)
        self.shell.keep_settings(database=str(path))

    @Slot(object)
    def _show_failed(self, error: UserError) -> None:
        self.say.error(error)

    # -- settings -----------------------------------------------------------------------------------------------------

    @Slot(object, object)
    def _change_settings(self, before: Settings, after: Settings) -> None:
        if (before.theme, before.text_size) != (after.theme, after.text_size):
            from ocop_desktop.ui.rescale import change_look

            change_look(self._app, self, after.theme, after.text_size)
            self._fold()
        if before.language != after.language:
            text.set_language(after.language)
            QTimer.singleShot(0, self, self._rebuild)  # the screen that asked for it is still in its own slot
        self._show_person()
        settings.save(self.shell.own_settings())

    @Slot()
    def _rebuild(self) -> None:
        """Build frame and pages anew, in the language in force."""
        saved = self.top.last
        self._leave()
        self._drop_pages()
        self.say.setParent(None)
        self.field.drop_finds()
        self._build()
        self.top.show_again(saved)
        self._fold()
        if self._refusal:
            self._show_refused(self._refusal)
        else:
            self.shell.go(self._place[0], **self._place[1])

    def _fold(self) -> None:
        folded = self.width() < theme.now().px(FOLDS_UNDER)
        if folded != self.rail.folded:
            self.rail.fold(folded)

    # -- Qt -----------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._first:
            self._first = False
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._closed:
            event.accept()
            return
        event.ignore()
        if self._closing or not self._leave():
            return
        self._closing = True
        self.stack.setCurrentIndex(self.stack.addWidget(ClosingPage()))
        for part in (self.rail, self.top):
            part.setEnabled(False)
        keep_place(self)
        settings.save(self.shell.own_settings())
        self.work.stop()

    @Slot()
    def _finish_closing(self) -> None:
        self._closed = True
        self.close()
