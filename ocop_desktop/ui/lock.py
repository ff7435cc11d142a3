"""The machine changes hands: one key shuts the window behind the lock page, a PIN opens it for its owner."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from ocop_desktop import text
from ocop_desktop.rules.rights import NOBODY, Actor
from ocop_desktop.text import _
from ocop_desktop.ui.lock_page import LockPage
from ocop_desktop.ui.people_code import CodeDialog

if TYPE_CHECKING:
    from ocop_desktop.actions.people import SignedIn, Standing
    from ocop_desktop.errors import UserError
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

KEYS = "Ctrl+L"


class Lock(QObject):
    """Keeps the window shut while nobody is signed in.

    Args:
        app, window: all dialogs are closed and the window's frame is hidden behind the page.
        leave: lets the screen in hand keep what is half typed, before anything is shut.
    """

    entered = Signal(bool)  # somebody may work now; whether it is another person than before

    def __init__(self, app: QApplication, window: QMainWindow, work: Work, shell: Shell, leave: Callable[[], bool]) -> None:
        super().__init__(window)
        self._app, self._window, self._work, self._shell, self._leave = app, window, work, shell, leave
        self.shut = False
        self.clock: Callable[[], dt.datetime] = dt.datetime.now
        self._last = 0  # who worked before
        self._made: LockPage | None = None
        self._public: list[QWidget] = []  # windows for everybody on another display, which outlive the page that opened them
        window.installEventFilter(self)
        QShortcut(QKeySequence(KEYS), window, self.hand_on)
        app.focusChanged.connect(self._reach_dialog)
        work.opened.connect(self.look)
        work.refused.connect(self._lift)
        shell.lock_wanted.connect(self.hand_on)

    @property
    def page(self) -> LockPage:
        """The lock page, made when first wanted."""
        if self._made is None:
            self._made = LockPage(self._window)
            self._made.entered.connect(self._try)
            self._made.chosen.connect(self._choose)
            self._made.file_wanted.connect(lambda: self._shell.open_file(""))
        return self._made

    # -- shutting -----------------------------------------------------------------------------------------------------

    @Slot()
    def look(self) -> None:
        """Ask a file just opened whether people have to sign in."""
        def action(database: Any) -> Standing:
            from ocop_desktop.actions import people

            return people.standing(database)

        self._work.look(self, action, self._stand, key="standing")

    def _stand(self, found: Standing) -> None:
        if found.shut:
            self._cover()
            self.page.show_people(found.people)
            return
        assert found.actor is not None
        self._shell.sign_in(found.actor)
        self._open()

    @Slot()
    def hand_on(self) -> None:
        """Save what is half typed, shut the window, name who may sign in next."""
        if self.shut:
            return
        if self._shell.person.alone:
            self._shell.say.info(_("Chưa ai có mã PIN nên không cần chuyển máy."), _("Cấp mã PIN"),
                                 lambda: self._shell.go("settings", section="people"))
            return
        self._leave()
        self._cover()

        def action(session: Any) -> Any:
            from ocop_desktop.actions import people

            people.sign_out(session)

        self._work.save(self, action, lambda _nothing: self.look(), quiet=True)

    def _cover(self) -> None:
        """Show nothing of the work: dialogs are closed, the frame is hidden and its keys are dead."""
        others = [w for w in self._app.topLevelWidgets() if w is not self._window and w.isVisible()]
        self._public = [w for w in others if w.property("public") and w.screen() is not self._window.screen()]
        for other in others:
            if other not in self._public:
                other.close()
        self.shut = True
        if self._shell.person.person_id:
            self._last = self._shell.person.person_id
        self._shell.sign_in(NOBODY)
        self._show_frame(False)
        self._fit()
        self.page.show_people(())
        self._window.setWindowTitle("OCOP Desktop")

    def _show_frame(self, on: bool) -> None:
        frame = self._window.centralWidget()
        assert frame is not None
        frame.setVisible(on)
        for keys in self._window.findChildren(QShortcut, options=Qt.FindChildOption.FindDirectChildrenOnly):
            keys.setEnabled(on)

    # -- opening ------------------------------------------------------------------------------------------------------

    @Slot(int, str)
    def _try(self, person_id: int, pin: str) -> None:
        moment = self.clock()

        def action(session: Any) -> SignedIn:
            from ocop_desktop.actions import people

            return people.sign_in(session, person_id, pin, moment)

        self._work.save(self, action, lambda tried: self._tried(tried, pin), self._refused, quiet=True)

    def _tried(self, tried: SignedIn, pin: str) -> None:
        if tried.actor is not None:
            self._shell.sign_in(tried.actor)
            self._open()
        elif tried.choose:
            self.page.show_choosing(pin)
        else:
            self.page.show_wrong(tried.wait)

    @Slot(int, str, str)
    def _choose(self, person_id: int, code: str, pin: str) -> None:
        moment = self.clock()

        def action(session: Any) -> tuple[SignedIn, str]:
            from ocop_desktop.actions import people

            return people.choose_pin(session, person_id, code, pin, moment)

        def done(found: tuple[SignedIn, str]) -> None:
            tried, recovery = found
            self._tried(tried, code)
            if recovery:  # the only copy: it stays until somebody says it is written down
                self.code = CodeDialog.recovery(recovery, self._window)
                self.code.open()

        self._work.save(self, action, done, self._refused, quiet=True)

    def _refused(self, error: UserError) -> None:
        self.page.show_refused(text.say(error))

    @Slot()
    def _lift(self) -> None:
        """Another file could not be opened: there is nothing to shut, and the window says why."""
        self._shell.sign_in(Actor("clerk", alone=True))
        self.shut = False
        if self._made is not None:
            self._made.hide()
        self._show_frame(True)

    def _open(self) -> None:
        was, self.shut = self.shut, False
        person = self._shell.person.person_id
        if was:
            self.page.hide()
            self._show_frame(True)
            self.entered.emit(person != self._last)
        self._last = person

    # -- Qt -----------------------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        self.page.setGeometry(self._window.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._made is not None:
            self._fit()
        return super().eventFilter(watched, event)

    @Slot(QWidget, QWidget)
    def _reach_dialog(self, _before: QWidget | None, now: QWidget | None) -> None:
        """A dialog over this window gets the key too; a main window has its own."""
        dialog = now.window() if now is not None else None
        over = dialog
        while over is not None and (parent := over.parentWidget()) is not None:
            over = parent.window()
        ours = over is self._window or not isinstance(over, QMainWindow)
        if dialog is not None and ours and dialog is not self._window and not dialog.property("locks"):
            dialog.setProperty("locks", True)
            QShortcut(QKeySequence(KEYS), dialog, self.hand_on)
