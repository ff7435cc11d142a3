"""One session: its matrix, attendance, recusals, closing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from types import ModuleType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPoint, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu

from ocop_desktop import text
from ocop_desktop.text import _
from ocop_desktop.ui import states, theme
from ocop_desktop.ui.session_escalate import EscalateCard
from ocop_desktop.ui.session_interests import REASONS, InterestsCard
from ocop_desktop.ui.session_laptops import LaptopsCard
from ocop_desktop.ui.session_matrix_view import MatrixView
from ocop_desktop.ui.session_more import SessionMore
from ocop_desktop.ui.session_reason import ReasonBar
from ocop_desktop.ui.session_record import SessionRecord
from ocop_desktop.ui.session_rules import RulesCard
from ocop_desktop.ui.widgets import Chips, LinkLabel, Page, button, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.attendance import Interest
    from ocop_desktop.actions.session_matrix import Cell, Matrix, MatrixRow
    from ocop_desktop.rules.council import Seat
    from ocop_desktop.rules.working_rules import WorkingRules
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work


NAMED = 3  # dossiers named in a bar
WIDE = 900  # pixels at 100 % from which there is room for explanations


def as_is(words: str) -> str:
    """Words for a menu, where a single & would underline the letter after it ("NN&MT")."""
    return words.replace("&", "&&")


class MatrixPage(Page):
    """The session's matrix; the filled button does what comes next."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__(scroll=True)
        self._work, self._shell = work, shell
        self.session_id: int | None = None
        self._wanted: int | None = None
        self.matrix: Matrix | None = None
        self.view, self.reason, self.chips = MatrixView(), ReasonBar(), Chips()
        self.rules = RulesCard()
        self.rules.hide()
        self.roll = button(_("Điểm danh"))
        self.roll_menu = QMenu(self.roll)
        self.roll.setMenu(self.roll_menu)
        self.roll.setProperty("opens", "menu")
        self.rules_button = button(_("Quy chế"), lambda: self.rules.setVisible(not self.rules.isVisible()))
        self.interests, self.escalation = InterestsCard(), EscalateCard()
        self.to_meeting = button("", self._ask_meeting)
        self.record = SessionRecord(self, work, shell)
        self.more = SessionMore(self, work, shell, lambda: self.session_id, self.reason)
        self.more.add(_("Hồ sơ phiên…"), lambda: self.record.ask(self.matrix.code) if self.matrix else None)
        self.laptops = LaptopsCard(work, shell, self.more, lambda: self.matrix)
        self.primary = button("", self._do_next, "primary")
        self.told = label("", "quiet", wrap=True)
        self.promise = label(_("Điểm chỉ hiện khi đủ phiếu"), "quiet")
        self.back = LinkLabel(_("‹ Các phiên"), lambda: shell.go("sessions"))
        self._build()

    def _build(self) -> None:
        for part in (self.rules_button, self.roll, self.to_meeting, self.more.button, self.primary):
            self.add_action(part)
        self.body.setSpacing(theme.now().px(10))
        self.body.addWidget(self.told)
        for card in (self.reason, self.laptops, self.interests, self.escalation, self.rules):
            self.body.addWidget(card)
        chips = row(space=12)
        chips.addWidget(self.chips, 1)
        chips.addWidget(self.promise)
        self.body.addLayout(chips)
        self.body.addWidget(self.view, 1)
        self.hint = label(_("Bấm vòng tròn để mở phiếu, bấm hồ sơ để xem kết quả; "
                            "“⋯” (phím cách) để ghi “không chấm”, mở lại phiếu, rút hồ sơ"), "small")
        self.body.addLayout(row(self.back, 1, self.hint))
        self.view.ballot_wanted.connect(self._open_ballot)
        self.view.result_wanted.connect(lambda item_id: self._shell.go("results", item_id=item_id))
        self.view.menu_wanted.connect(self._show_menu)
        self.chips.chosen.connect(lambda _keys: self._feed())
        self.rules.saved.connect(self._save_rules)
        self.interests.recusal_wanted.connect(self._recuse_from)
        self.interests.dismissed.connect(self._dismiss)
        self.escalation.wanted.connect(self._escalate)
        self.setFocusProxy(self.view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what only explains where the window is narrow for its letters."""
        super().resizeEvent(event)
        wide = self.width() >= theme.now().px(WIDE)
        self.hint.setVisible(wide)
        self.promise.setVisible(wide and (self.matrix is None or self.matrix.status != "closed"))
        if self.matrix is not None:
            self.told.setText(_subtitle(self.matrix, wide))

    # -- reading ------------------------------------------------------------------------------------------------------

    def show_session(self, session_id: int, item_id: int | None = None) -> None:
        """Show a session, at one of its dossiers when given."""
        if session_id != self.session_id:
            self.reason.hide()
            for card in (self.rules, self.laptops, self.interests, self.escalation, self.to_meeting):
                card.hide()
            self.set_title("…")
            self.primary.hide()
        self.session_id, self._wanted = session_id, item_id
        self.refresh()

    def refresh(self) -> None:
        """Read the session again."""
        if self.session_id is not None:
            session_id = self.session_id
            self._work.read(self, lambda session: _matrix(session, session_id), self._show, key="matrix")
            self._work.read(self, lambda session: _interests(session, session_id), self.interests.set_interests, key="interests")

    def _show(self, matrix: Matrix) -> None:
        self.matrix = matrix
        self._shell.set_crumbs(self, _("Phiên đánh giá"), matrix.name)
        self.set_title(matrix.name)
        self.told.setText(_subtitle(matrix, self.hint.isVisibleTo(self)))
        counts = matrix.counts
        self.chips.set_chips([(key, *states.agenda(key), counts[key]) for key in states.AGENDA if counts.get(key)])
        self.promise.setVisible(matrix.status != "closed" and self.hint.isVisibleTo(self))
        self._name_next(matrix)
        self._fill_roll(matrix)
        self.rules_button.setVisible(matrix.status != "closed")
        self.to_meeting.setText(_("Chuyển {count} hồ sơ ra họp…", count=len(matrix.differing)))
        self.to_meeting.setVisible(bool(matrix.differing))
        if not self.rules.isVisible():
            self.rules.set_rules(matrix.working, matrix.begun)
        self._feed()
        if self.view.currentIndex().row() < 0 and matrix.rows:
            self.view.setCurrentIndex(self.view.matrix_model.index(self._row_wanted(matrix), 1))

    def _row_wanted(self, matrix: Matrix) -> int:
        return next((n for n, r in enumerate(matrix.rows) if r.item_id == self._wanted), 0)

    def _feed(self) -> None:
        if self.matrix is not None:
            keys = self.chips.keys()
            rows = tuple(r for r in self.matrix.rows if not keys or _chip(r) in keys)
            self.view.matrix_model.set_matrix(self.matrix, rows)

    def _name_next(self, matrix: Matrix) -> None:
        self.primary.show()
        if matrix.status == "draft":
            self.primary.setText(_("Mở phiên"))
        elif matrix.status == "closed":
            self.primary.setText(_("Cấp giấy chứng nhận"))
        elif matrix.can_end:
            self.primary.setText(_("Đóng phiên"))
        else:
            count = len(matrix.closable)
            self.primary.setText(_("Chốt {count} hồ sơ đủ phiếu", count=count) if count else _("Chốt hồ sơ đủ phiếu"))
        self.primary.setEnabled(matrix.status != "open" or matrix.can_end or bool(matrix.closable))

    def _fill_roll(self, matrix: Matrix) -> None:
        self.roll.setVisible(matrix.status != "closed")
        self.roll_menu.clear()
        for seat in matrix.seats:
            action = QAction(as_is(_("{agency}: {name}", agency=seat.short, name=seat.name)), self.roll_menu)
            action.setCheckable(True)
            action.setChecked(seat.present)
            action.triggered.connect(lambda on, seat=seat: self._mark_present(seat, on))
            self.roll_menu.addAction(action)

    # -- doing --------------------------------------------------------------------------------------------------------

    def _save(self, action: Callable[[Any, str], object], said: str = "", *offer: Any) -> None:
        who, say = self._shell.settings.user, self._shell.say
        self._work.save(self, lambda session: action(session, who), lambda _done: say.ok(said, *offer) if said else None)

    @Slot()
    def _do_next(self) -> None:
        matrix = self.matrix
        if matrix is None:
            return
        if matrix.status == "draft":
            self._save(lambda s, who: _sessions().open_session(s, matrix.session_id, who),
                       _("Đã mở {session}; các thành viên có thể chấm.", session=matrix.name))
        elif matrix.status == "closed":
            self._shell.go("certificates", session_id=matrix.session_id)
        elif matrix.can_end:
            self._save(lambda s, who: _sessions().close_session(s, matrix.session_id, who),
                       _("Đã đóng {session}.", session=matrix.name))
        else:
            closed = [line for line in matrix.rows if line.item_id in matrix.closable]
            names = ", ".join(line.product for line in closed[:NAMED]) + ("…" if len(closed) > NAMED else "")
            self._save(lambda s, who: _results().close_complete(s, matrix.session_id, who),
                       _("Đã chốt {count} hồ sơ: {products}", count=len(closed), products=names), _("Xem và mở lại…"),
                       lambda: self._shell.go("results", item_id=closed[0].item_id))

    def _mark_present(self, seat: Seat, present: bool) -> None:
        session_id = self.session_id
        if session_id is not None:
            self._save(lambda s, who: _sessions().set_presence(s, session_id, seat.member_id, present, who))

    @Slot(object, str)
    def _save_rules(self, rules: WorkingRules, reason: str) -> None:
        self.rules.hide()
        session_id = self.session_id
        if session_id is not None:
            self._save(lambda s, who: _sessions().set_rules(s, session_id, rules, who, reason), _("Đã lưu quy chế của phiên."))

    @Slot(object)
    def _recuse_from(self, interest: Interest) -> None:
        self.reason.ask(_("{member} không chấm {count} hồ sơ của {producer}", member=interest.member,
                          count=len(interest.item_ids), producer=interest.producer), _("Ghi không chấm"),
                        lambda why: self._save(lambda s, who: _attendance().recuse_from(s, interest, why, who)),
                        [_(words) for words in REASONS])

    @Slot(object)
    def _dismiss(self, interest: Interest) -> None:
        session_id = self.session_id
        if session_id is not None:
            self._save(lambda s, who: _attendance().dismiss_interest(s, session_id, interest, "", who),
                       _("Đã bỏ qua; gợi ý này không hiện lại."))

    def _ask_meeting(self) -> None:
        if self.matrix is not None:
            self.escalation.ask(len(self.matrix.differing))

    @Slot(object, str)
    def _escalate(self, held_on: dt.date, place: str) -> None:
        matrix, who = self.matrix, self._shell.settings.user
        if matrix is not None:
            self._work.save(self, lambda s: _escalated(s, matrix.session_id, held_on, place, who),
                            lambda meeting: self._shell.go("sessions", session_id=meeting))

    def _mark_at(self, line: MatrixRow, seat: Seat, present: bool, onwards: bool) -> None:
        self._save(lambda s, who: _attendance().mark_presence(s, line.item_id, seat.member_id, present, onwards, who))

    @Slot(int, int)
    def _open_ballot(self, item_id: int, member_id: int) -> None:
        if self.matrix is not None and self.matrix.status == "draft":
            self._shell.say.info(_("Mở phiên trước rồi mới chấm."))
            return
        self._shell.go("scoring", item_id=item_id, member_id=member_id)

    @Slot(QModelIndex, QPoint)
    def _show_menu(self, index: QModelIndex, place: QPoint) -> None:
        menu = self.menu_for(index)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def menu_for(self, index: QModelIndex) -> QMenu:
        """What can be done at a place of the matrix."""
        model, menu = self.view.matrix_model, QMenu(self)
        line, seat, cell = model.row_of(index), model.seat_of(index), model.cell_of(index)
        if seat is None and line.state != "closed":
            self._add_members(menu, line)
        elif seat is not None and cell is not None:
            words = _("Mở phiếu của {member}", member=as_is(seat.short))
            menu.addAction(words, lambda: self._open_ballot(line.item_id, seat.member_id))
            if line.state != "closed":
                self._add_ballot_actions(menu, line, seat, cell)
            menu.addSeparator()
        menu.addAction(_("Xem kết quả"), lambda: self._shell.go("results", item_id=line.item_id))
        menu.addAction(_("Ý kiến Tổ tư vấn"), lambda: self._shell.go("dossiers", dossier_id=line.dossier_id, tab="advisory"))
        if line.state not in ("closed", "removed"):
            menu.addAction(_("Rút hồ sơ khỏi phiên…"), lambda: self.reason.ask(
                _("Rút {product} khỏi phiên", product=line.product), _("Rút hồ sơ"),
                lambda why: self._save(lambda s, who: _sessions().remove_item(s, line.item_id, why, who))))
        return menu

    def _add_members(self, menu: QMenu, line: MatrixRow) -> None:
        """What can be done with one ballot of a dossier, from its row: each action with the members it is possible for."""
        matrix = self.matrix
        seats = [(s, c) for s, c in zip(matrix.seats, line.cells, strict=True) if s.scores] if matrix is not None else []
        for words, kinds, do in ((_("Không chấm"), ("empty", "half", "done"), self._ask_recusal),
                                  (_("Cho chấm trở lại"), ("recused",), self._take_back_recusal),
                                  (_("Mở lại phiếu"), ("done",), self._ask_reopening)):
            members = [seat for seat, cell in seats if cell.state in kinds]
            if members:
                inner = menu.addMenu(words)
                for seat in members:
                    said = as_is(_("{agency}: {name}", agency=seat.short, name=seat.name))
                    inner.addAction(said, partial(do, line, seat))
        if menu.actions():
            menu.addSeparator()

    def _add_ballot_actions(self, menu: QMenu, line: MatrixRow, seat: Seat, cell: Cell) -> None:
        if cell.state == "recused":
            menu.addAction(_("Cho chấm trở lại"), lambda: self._take_back_recusal(line, seat))
            return
        menu.addAction(_("Không chấm hồ sơ này…"), lambda: self._ask_recusal(line, seat))
        there = cell.state == "absent"
        here, onwards = ((_("Có mặt ở hồ sơ này"), _("Có mặt từ hồ sơ này trở đi (đến muộn)")) if there
                         else (_("Vắng ở hồ sơ này"), _("Vắng từ hồ sơ này trở đi (về sớm)")))
        menu.addAction(here, lambda: self._mark_at(line, seat, there, False))
        menu.addAction(onwards, lambda: self._mark_at(line, seat, there, True))
        if cell.state == "done":
            menu.addAction(_("Mở lại phiếu…"), lambda: self._ask_reopening(line, seat))

    def _take_back_recusal(self, line: MatrixRow, seat: Seat) -> None:
        self._save(lambda s, who: _sessions().take_back_recusal(s, line.item_id, seat.member_id, who))

    def _ask_recusal(self, line: MatrixRow, seat: Seat) -> None:
        self.reason.ask(_("{member} không chấm {product}", member=seat.label, product=line.product), _("Ghi không chấm"),
                        lambda why: self._save(
                            lambda s, who: _sessions().recuse(s, line.item_id, seat.member_id, why, who)),
                        [_(words) for words in REASONS])

    def _ask_reopening(self, line: MatrixRow, seat: Seat) -> None:
        self.reason.ask(_("Mở lại phiếu của {member}; phiếu đầu được giữ", member=seat.label), _("Mở lại phiếu"),
                        lambda why: self._save(
                            lambda s, who: _results().reopen_ballots(s, line.item_id, (seat.member_id,), why, who)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes what is open over the matrix first, then leaves the session."""
        opened = [card for card in (self.reason, self.rules, self.escalation) if card.isVisible()]
        if event.key() == Qt.Key.Key_Escape and opened:
            opened[0].hide()
            self.view.setFocus()
        elif event.key() == Qt.Key.Key_Escape:
            self._shell.go("sessions")
        else:
            super().keyPressEvent(event)


def _matrix(session: Any, session_id: int) -> Matrix:
    from ocop_desktop.actions.session_matrix import matrix

    return matrix(session, session_id)


def _sessions() -> ModuleType:
    """The actions, read on the worker thread: they bring SQLAlchemy."""
    from ocop_desktop.actions import sessions

    return sessions


def _attendance() -> ModuleType:
    from ocop_desktop.actions import attendance

    return attendance


def _interests(session: Any, session_id: int) -> tuple[Interest, ...]:
    from ocop_desktop.actions.attendance import interests

    return interests(session, session_id)


def _escalated(session: Any, session_id: int, held_on: dt.date, place: str, who: str) -> int:
    from ocop_desktop.actions.written import escalate

    return escalate(session, session_id, held_on, place, who=who)


def _results() -> ModuleType:
    from ocop_desktop.actions import results

    return results


def _chip(line: MatrixRow) -> str:
    return "discuss" if line.state in ("spread", "differ", "conclude") else line.state


def _subtitle(matrix: Matrix, whole: bool) -> str:
    """Day and quorum; ``whole``: with place and decision too."""
    if matrix.kind == "written":
        return " · ".join(_written(matrix))
    quorum = matrix.quorum
    places = {"seats": quorum.seats, "present": quorum.present, "needed": quorum.needed}
    if quorum.met:
        told = _("{seats} thành viên chấm, có mặt {present}, đủ số lượng (từ {needed})", **places)
    elif quorum.present >= quorum.needed:
        told = _("{seats} thành viên chấm, có mặt {present}, thiếu chủ tịch hoặc phó chủ tịch", **places)
    else:
        told = _("{seats} thành viên chấm, có mặt {present}, chưa đủ số lượng (cần từ {needed})", **places)
    where = (matrix.place, matrix.decision_number) if whole else ()
    return " · ".join(part for part in (text.date(matrix.held_on), *where, told) if part)


def _written(matrix: Matrix) -> list[str]:
    """What a written round is, and how long it has."""
    told = [_("Lấy ý kiến bằng văn bản từ {day}", day=text.date(matrix.held_on)),
            _("{seats} thành viên cho ý kiến", seats=matrix.quorum.seats)]
    if matrix.due_on is not None and matrix.status != "closed":
        left = (matrix.due_on - dt.date.today()).days
        places = {"day": text.date(matrix.due_on), "count": abs(left)}
        told.append(_("hạn {day}, còn {count} ngày", **places) if left >= 0 else _("quá hạn {day} {count} ngày", **places))
    return told
