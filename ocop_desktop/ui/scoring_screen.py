"""Chấm điểm: one member fills in one ballot. Every answer is shown at once and written at once, one transaction each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ocop_desktop.errors import UserError
from ocop_desktop.text import _
from ocop_desktop.ui.own_laptop_card import OwnLaptopCard
from ocop_desktop.ui.scoring_chooser import ChooserPage
from ocop_desktop.ui.scoring_page import BallotPage, sheet_words
from ocop_desktop.ui.scoring_sheets import CouncilSheet, DossierSheet, Sheet

if TYPE_CHECKING:
    from ocop_desktop.actions.scoring import AgendaLine, BallotView, OpenSession
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work


OWN_ONLY = ("member", "chair")  # roles that come to their own ballots without being asked who they are


class ScoringScreen(QWidget):
    """Who scores which dossier, then the ballot."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__()
        self._work, self._shell = work, shell
        self._sessions: tuple[OpenSession, ...] = ()
        self._session_id = self._member_id = self._next = 0
        self._sheet: Sheet | None = None
        self.own = OwnLaptopCard(work, shell)
        self.chooser, self.ballot = ChooserPage(self.own), BallotPage()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.chooser)
        self.stack.addWidget(self.ballot)
        self.ballot.law.setChecked(shell.settings.law_words)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)
        self._connect()

    def _connect(self) -> None:
        chooser, ballot = self.chooser, self.ballot
        chooser.session_chosen.connect(self._choose_session)
        chooser.member_chosen.connect(self._choose_member)
        chooser.item_chosen.connect(lambda item: self._shell.go("scoring", item_id=item, member_id=self._member_id))
        chooser.sessions_wanted.connect(lambda: self._shell.go("sessions"))
        ballot.chosen.connect(self._save_answer)
        ballot.noted.connect(self._save_note)
        ballot.opinion_kept.connect(self._save_opinion)
        ballot.raised.connect(self._raise_exclusion)
        ballot.withdrawn.connect(self._withdraw_exclusion)
        ballot.finished.connect(self._finish)
        ballot.handed_over.connect(self._hand_over)
        ballot.list_wanted.connect(self._go_back)
        ballot.next_wanted.connect(self._go_next)
        ballot.copy_wanted.connect(self._copy)
        ballot.confirmed.connect(self._confirm)
        ballot.copies_right.connect(self._finish_copied)
        ballot.words_turned.connect(lambda on: self._shell.change_settings(law_words=on))

    # -- the window asks ----------------------------------------------------------------------------------------------

    def show_place(self, item_id: int = 0, member_id: int = 0, session_id: int = 0, criterion: str = "", dossier_id: int = 0,
                   sheet: Literal["self", "advisory"] = "self", **_where: Any) -> None:
        """Show a member's ballot, a dossier's own ``sheet``, a session's members, or what was on show before."""
        if dossier_id:
            self._open(DossierSheet(sheet, dossier_id, self._shell.settings.user), criterion)
        elif item_id and member_id:
            self._member_id = member_id
            self._open(CouncilSheet(item_id, member_id), criterion)
        elif session_id or not isinstance(self._sheet, CouncilSheet):
            self._session_id = session_id or self._session_id
            self._show_chooser()
        else:
            self._shell.go("scoring", item_id=self._sheet.item_id, member_id=self._sheet.member_id, criterion=self.ballot.code)

    def refresh(self) -> None:
        """Read again, unless an answer is on its way (what is on show is newer)."""
        if self.stack.currentWidget() is self.chooser:
            self._show_chooser()
        elif self.ballot.state is not None and not self.ballot.state.waiting and not self.ballot.typing():
            self._read(self._show_again)

    def leave(self) -> bool:
        """Keep what stands in the text fields."""
        self.ballot.keep_words()
        return True

    # -- choosing -----------------------------------------------------------------------------------------------------

    def _show_chooser(self) -> None:
        self.stack.setCurrentWidget(self.chooser)
        self._crumb()

        def action(session: Any) -> tuple[OpenSession, ...]:
            from ocop_desktop.actions import scoring

            return scoring.open_sessions(session)

        self.own.refresh()
        self._work.read(self, action, self._show_sessions, key="chooser")

    def _show_sessions(self, sessions: tuple[OpenSession, ...]) -> None:
        self._sessions = sessions
        if not sessions:
            self.chooser.show_nothing()
            return
        if self._session_id not in {s.id for s in sessions}:
            self._session_id, self._member_id = sessions[0].id, 0
        seats = {seat.member_id for seat in self._chosen_session().seats}
        if len(seats) == 1 and (self._shell.person.role in OWN_ONLY or self.own.own is not None):
            self._member_id = next(iter(seats))  # signed in as that member, or a member's own file
        if self._member_id in seats:
            self._choose_member(self._member_id)
        else:
            self._member_id = 0
            self._show_members()
            self._crumb()

    def _show_members(self) -> None:
        """Ask who scores; where every member has a PIN they sign in, one after the other."""
        self.chooser.show_members(self._sessions, self._session_id)
        if not self._chosen_session().seats and not self._shell.person.alone:
            self.chooser.show_signing_in(self._shell.lock_wanted.emit)

    def _chosen_session(self) -> OpenSession:
        return next(s for s in self._sessions if s.id == self._session_id)

    def _choose_session(self, session_id: int) -> None:
        self._session_id = session_id
        self._choose_member(0)

    def _choose_member(self, member_id: int) -> None:
        self._member_id = member_id
        self._crumb()
        if not member_id and self._shell.person.role in OWN_ONLY and len(self._sessions) == 1:
            self._shell.lock_wanted.emit()  # "somebody else" signs in
            return
        if not member_id:
            self._show_members()
            return
        session_id = self._session_id

        def action(session: Any) -> tuple[tuple[AgendaLine, ...], int | None]:
            from ocop_desktop.actions import scoring

            return scoring.agenda_for(session, session_id, member_id), scoring.next_unfinished(session, session_id, member_id)

        self._work.read(self, action, self._show_agenda, key="chooser")

    def _show_agenda(self, found: tuple[tuple[AgendaLine, ...], int | None]) -> None:
        seat = next((s for s in self._chosen_session().seats if s.member_id == self._member_id), None)
        if seat is not None:
            self.chooser.show_dossiers(f"{seat.name}, {seat.agency}", self._chosen_session().name, *found)
            self.chooser.other_member.setVisible(self.own.own is None)

    def _crumb(self) -> None:
        state = self.ballot.state
        if self.stack.currentWidget() is self.ballot and state is not None:
            view = state.view
            if view.sheet != "council":
                self._shell.set_crumbs(self, _("Hồ sơ"), view.product, sheet_words(view.sheet))
                return
            place = _("Hồ sơ {position} trên {items}", position=view.position, items=view.items)
            self._shell.set_crumbs(self, view.session_name, place)
        else:
            self._shell.set_crumbs(self, _("Chấm điểm"), *(s.name for s in self._sessions if s.id == self._session_id))

    def _hand_over(self) -> None:
        """Clear the desk for the next member, who signs in where members have PINs."""
        if not self._shell.person.alone:
            self._shell.lock_wanted.emit()
            return
        self.ballot.keep_words()
        self.ballot.forget()
        self._member_id, self._sheet = 0, None
        self.chooser.show_waiting()
        self._shell.go("scoring", session_id=self._session_id)

    def _go_back(self) -> None:
        """Back to where the sheet was opened from: the member's list, or the dossier."""
        sheet = self._sheet
        self.ballot.keep_words()
        self.ballot.forget()
        self._sheet = None
        if isinstance(sheet, DossierSheet):
            self._shell.go("dossiers", dossier_id=sheet.dossier_id, tab="self_score" if sheet.kind == "self" else "advisory")
        else:
            self._shell.go("scoring", session_id=self._session_id)

    # -- the ballot ---------------------------------------------------------------------------------------------------

    def _open(self, sheet: Sheet, criterion: str) -> None:
        if sheet != self._sheet:
            self.ballot.keep_words()
        self._sheet = sheet
        self._read(lambda view: self._show_ballot(view, criterion))

    def _read(self, done: Callable[[BallotView], None]) -> None:
        sheet = self._sheet
        if sheet is None:
            return

        def arrived(view: BallotView) -> None:
            if sheet == self._sheet:  # else the machine was handed over meanwhile
                done(view)

        self._work.read(self, sheet.read, arrived, self._refused, key="ballot")

    def _show_ballot(self, view: BallotView, criterion: str) -> None:
        self._session_id = view.session_id or self._session_id
        self._shell.session_id = self._session_id or self._shell.session_id
        self.ballot.show_ballot(view, criterion)
        self.stack.setCurrentWidget(self.ballot)
        self._crumb()
        self.ballot.take_keys()
        if view.finished_at is not None and view.sheet == "council":
            self._ask_next()

    def _show_again(self, view: BallotView) -> None:
        state = self.ballot.state
        if state is not None and not state.waiting and not state.shows(view):
            self._show_ballot(view, self.ballot.code)

    def _refused(self, error: UserError) -> None:
        sheet, self._sheet = self._sheet, None
        self.ballot.forget()
        self._shell.say.error(error)
        if isinstance(sheet, DossierSheet):
            self._shell.go("dossiers", dossier_id=sheet.dossier_id)
        else:
            self._show_chooser()

    def _save_answer(self, code: str, choice: str | None) -> None:
        """Show the answer, then write it: the picture does not wait for the disk."""
        state, sheet = self.ballot.state, self._sheet
        assert state is not None and sheet is not None
        view = state.view
        state.choose(code, choice)
        self.ballot.show_answer()

        def saved(_changed: Any) -> None:
            state.confirm()
            if self.ballot.state is state:
                self.ballot.criterion.show_saved(state)

        def failed(error: UserError) -> None:
            state.take_back()
            self._say_unsaved(error)
            if self.ballot.state is state:
                self.ballot.show_answer()

        self._work.save(self, lambda session: sheet.choose(session, view, code, choice), saved, failed, quiet=True)

    def _say_unsaved(self, error: UserError) -> None:
        """Say why something was not written, and read what the file holds once nothing more is on its way."""
        self._shell.say.error(error)
        if self.ballot.state is not None and not self.ballot.state.waiting:
            self._read(self._show_again)

    def _save(self, verb: str, *values: str) -> None:
        """Write one thing beside the answers."""
        sheet = self._sheet
        assert sheet is not None
        self._work.save(self, lambda session: sheet.write(session, verb, *values), None, self._say_unsaved, quiet=True)

    def _save_note(self, code: str, words: str) -> None:
        state = self.ballot.state
        if state is not None and not state.locked:
            state.notes[code] = words
            self._save("note", code, words)

    def _save_opinion(self, words: str) -> None:
        state = self.ballot.state
        if state is not None and not state.locked:
            state.opinion = words
            self._save("opinion", words)
            self.ballot.show_sums()

    def _raise_exclusion(self, reason: str) -> None:
        state = self.ballot.state
        if state is not None and not state.locked:
            state.exclusion = reason
            self._save("raise_exclusion", reason)
            self.ballot.show_answer()
            self.ballot.take_keys()

    def _withdraw_exclusion(self) -> None:
        state = self.ballot.state
        if state is not None and not state.locked:
            state.exclusion = None
            self._save("withdraw_exclusion")
            self.ballot.show_answer()
            self.ballot.take_keys()

    def _finish(self) -> None:
        state = self.ballot.state
        if state is None or state.locked:
            return
        self.ballot.keep_words()
        if state.so_far.open:
            self.ballot.warn_open()
            return
        if state.copied:
            self.ballot.warn_copied()
            return
        sheet = self._sheet
        assert sheet is not None
        self._work.save(self, sheet.finish, self._show_finished, self._say_unsaved)

    def _copy(self, source_item_id: int) -> None:
        """Copy the member's own ballot of a sister product into this empty one."""
        sheet = self._sheet
        if isinstance(sheet, CouncilSheet):
            self._work.save(self, lambda session: sheet.copy(session, source_item_id),
                            lambda _count: self._read(lambda view: self._show_ballot(view, "")), self._say_unsaved, quiet=True)

    def _confirm(self, code: str) -> None:
        state, sheet = self.ballot.state, self._sheet
        if state is not None and isinstance(sheet, CouncilSheet):
            state.copied.pop(code, None)
            self.ballot.show_answer()
            self._work.save(self, lambda session: sheet.confirm(session, code), None, self._say_unsaved, quiet=True)

    def _finish_copied(self) -> None:
        """The member says that every copied answer is right: finish."""
        sheet = self._sheet
        if isinstance(sheet, CouncilSheet):
            self._work.save(self, sheet.finish_copied, self._show_finished, self._say_unsaved)

    def _show_finished(self, moment: dt.datetime | None) -> None:
        """A finished sheet is locked and shown so; one that stays open leads back to its dossier."""
        if moment is None:
            self._go_back()
        else:
            self._read(lambda now: self._show_ballot(now, self.ballot.code))

    def _ask_next(self) -> None:
        session_id, sheet = self._session_id, self._sheet
        assert isinstance(sheet, CouncilSheet)
        member_id, item_id = sheet.member_id, sheet.item_id

        def action(session: Any) -> tuple[int, str] | None:
            from ocop_desktop.actions import scoring

            found = scoring.next_unfinished(session, session_id, member_id, item_id)
            return next(((line.item_id, line.product) for line in scoring.agenda_for(session, session_id, member_id)
                         if line.item_id == found), None)

        self._work.read(self, action, self._offer_next, key="next")

    def _offer_next(self, found: tuple[int, str] | None) -> None:
        self._next = found[0] if found else 0
        self.ballot.show_next(found[1] if found else None)

    def _go_next(self) -> None:
        if self._next:
            self._shell.go("scoring", item_id=self._next, member_id=self._member_id)
