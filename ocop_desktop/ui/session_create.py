"""A new session on one page: when and where, the council, its working rules, the dossiers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from ocop_desktop import text
from ocop_desktop.errors import Problem, ProblemsFound, UserError
from ocop_desktop.rules.written import ONLY
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.form import ChoiceField, DateField, Form, TextField
from ocop_desktop.ui.session_agenda import AgendaPicker
from ocop_desktop.ui.session_council import MembersTable, Seat
from ocop_desktop.ui.session_rules import RulesCard
from ocop_desktop.ui.widgets import Card, LinkLabel, Page, button, column, label

if TYPE_CHECKING:
    from ocop_desktop.actions.sessions import CouncilView, Draft
    from ocop_desktop.ui.say import Note
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

WIDE = 1000  # pixels at 100 % from which both columns stand side by side
FIELD_OF = {"code": "code", "name": "name", "council": "council_name"}


class CreatePage(Page):
    """Fill in, tick dossiers, create. Problems stand at their fields and under the members."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__(_("Tạo phiên đánh giá"), scroll=True)
        self._work, self._shell = work, shell
        self._councils: dict[int, CouncilView] = {}
        self._kept: Draft | None = None
        self._undo: list[Note] = []  # offers to bring a member back
        self.form, self.council, self.members = Form(2), Form(2), MembersTable()
        self.rules, self.agenda = RulesCard(with_save=False), AgendaPicker(work)
        self.notes = label("", "small", "warn", wrap=True)
        self.problem = label("", "bold", "bad", wrap=True)
        self.add_action(button(_("Thôi"), lambda: shell.go("sessions"), "quiet"))
        self.primary = self.add_action(button(_("Tạo phiên"), self._create, "primary"))
        self._build()

    def _build(self) -> None:
        self.form.add("name", TextField(_("Tên phiên")))
        self.form.add("code", TextField(_("Mã phiên")))
        self.form.add("held_on", DateField(_("Ngày họp")))
        self.form.add("place", TextField(_("Địa điểm")))
        kinds = [("meeting", _("Phiên họp")), ("written", _("Lấy ý kiến bằng văn bản (đánh giá lại)"))]
        self.form.add("kind", ChoiceField(_("Hình thức"), kinds, hint=_("Văn bản: hạn 45 ngày, ý kiến khác nhau thì họp."),
                                          empty=False), span=2)
        self.council.add("council_id", ChoiceField(_("Hội đồng đã có"), empty=True), span=2)
        self.council.add("council_name", TextField(_("Tên hội đồng")), span=2)
        self.council.add("decision_number", TextField(_("Số quyết định thành lập")))
        self.council.add("decision_date", DateField(_("Ngày quyết định")))
        self.form.field("kind").edited.connect(lambda _kind: self._judge())
        self.council.field("council_id").edited.connect(self._take_council)
        self.members.model.edited.connect(self._judge)
        self.rules.form.on_edited(lambda _key, _value: self._judge())
        self.members.removed.connect(self._say_removed)
        self.members.model.modelReset.connect(self._forget_removed)
        self.agenda.edited.connect(self._judge)
        px = theme.now().px
        self.members.setMinimumHeight(px(178))
        self.agenda.setMinimumHeight(px(400))
        when, council, chosen = Card(), Card(_("Hội đồng")), Card(_("Hồ sơ đưa vào phiên"))
        when.body.addWidget(self.form)
        self.rules_link = LinkLabel("", self._toggle_rules)
        when.body.addWidget(self.rules_link)
        council.body.addWidget(self.council)
        council.body.addWidget(self.members, 1)
        council.body.addWidget(self.notes)
        self.notes.hide()
        self.problem.hide()
        self.problem.setContentsMargins(0, 0, px(24), 0)
        outer = self.layout()
        if isinstance(outer, QVBoxLayout):
            outer.insertWidget(1, self.problem)  # between head and what scrolls: always in sight
        chosen.body.addWidget(self.agenda, 1)
        self.rules.hide()
        left = column(when, self.rules, council, space=12)
        left.setStretch(2, 1)
        self.both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.both.setSpacing(px(16))
        self.both.addLayout(left, 11)
        self.both.addWidget(chosen, 9)
        self.body.addLayout(self.both, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Council and dossiers side by side, or one under another where the window is narrow for its letters."""
        super().resizeEvent(event)
        wide = self.width() >= theme.now().px(WIDE)
        self.both.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def start(self, draft: Draft | None = None) -> None:
        """Begin with ``draft``, or with what is proposed: next code, the newest council, the office's rules."""
        if draft is not None:
            self._work.read(self, lambda session: (draft, _councils(session)), self._fill, key="proposal")
        elif self._kept is None:
            self._work.read(self, _proposal, self._fill, key="proposal")
        self.agenda.refresh()
        self.form.field("name").editor.setFocus()

    def refresh(self) -> None:
        """Read again which dossiers can be chosen."""
        self.agenda.refresh()

    def _fill(self, proposal: tuple[Draft, Sequence[CouncilView]]) -> None:
        draft, councils = proposal
        self._kept = draft
        self._councils = {c.id: c for c in councils}
        chooser = self.council.field("council_id")
        if isinstance(chooser, ChoiceField):
            chooser.set_choices([(c.id, c.name) for c in councils])
            chooser.setVisible(bool(councils))  # the first council has no earlier one to take over
        self.form.set_values({"name": draft.name, "code": draft.code, "held_on": draft.held_on, "place": draft.place,
                              "kind": draft.kind})
        self.council.set_values({"council_id": draft.council_id, "council_name": draft.council_name,
                                 "decision_number": draft.decision_number, "decision_date": draft.decision_date})
        self.members.model.set_members(draft.seats)
        if draft.rules is not None:
            self.rules.set_rules(draft.rules)
        self._say_rules()
        self.agenda.clear()
        self.agenda.choose(draft.dossier_ids)
        self.problem.hide()

    @Slot(int, object)
    def _say_removed(self, place: int, member: Seat) -> None:
        words = (_("Đã bỏ {member} khỏi hội đồng.", member=member.name) if member.name
                 else _("Đã bỏ một thành viên chưa có tên."))
        self._undo.append(self._shell.say.ok(words, _("Hoàn tác"), lambda: self.members.model.put_back(place, member)))

    def _forget_removed(self) -> None:
        """Other members are on show, or another page: what was taken out cannot come back here."""
        for note in self._undo:
            self._shell.say.close_note(note)
        self._undo.clear()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave no offer behind that would change this page unseen."""
        super().hideEvent(event)
        self._forget_removed()

    @Slot(object)
    def _take_council(self, council_id: int | None) -> None:
        council = self._councils.get(council_id or 0)
        if council is not None:
            self.council.set_values({"council_name": council.name, "decision_number": council.decision_number,
                                     "decision_date": council.decision_date})
            self.members.model.set_members(council.seats)

    def _toggle_rules(self) -> None:
        self.rules.setVisible(not self.rules.isVisible())
        self._say_rules()

    def _say_rules(self) -> None:
        try:
            rules = self.rules.rules()
        except UserError as error:
            self.rules_link.setText(text.say(error))
            return
        self.rules_link.setText(_("Quy chế: có mặt từ {quorum}, hai phiếu lệch tối đa {spread} điểm. Xem, sửa",
                                  quorum=str(rules.quorum), spread=str(rules.spread)))

    def _draft(self) -> Draft:
        from ocop_desktop.actions.session_draft import Draft, SeatDraft

        values: dict[str, Any] = {**self.form.values(), **self.council.values()}
        seats = tuple(SeatDraft(**asdict(m)) for m in self.members.model.members)
        return Draft(**values, seats=seats, dossier_ids=tuple(self.agenda.ticked), rules=self.rules.rules())

    @Slot()
    def _judge(self) -> None:
        """Point out what is unusual, while typing."""
        from ocop_desktop.actions.session_draft import scoring_seats, warnings

        if self._kept is None:
            return
        draft = self._draft()
        self.members.say_scoring(scoring_seats(draft))
        said = [text.say(p) for p in warnings(draft)]
        unready = sum(not c.ready for c in self.agenda.ticked.values())
        if self.form.field("kind").value() == "written":
            others = sum(c.kind != ONLY for c in self.agenda.ticked.values())
            if others:
                said.append(_("{count} hồ sơ đã chọn không phải đánh giá lại; chỉ đánh giá lại mới lấy ý kiến bằng văn bản.",
                              count=others))
        if unready:
            said.append(_("{count} hồ sơ đã chọn đang hoàn thiện.", count=unready))
        self.notes.setText(" ".join(said))
        self.notes.setVisible(bool(said))

    @Slot()
    def _create(self) -> None:
        if not self.form.require("name", "code", "held_on") or not self.council.require("council_name"):
            return
        try:
            draft = self._draft()
        except UserError as error:
            self._refuse(error)
            return
        self.primary.setEnabled(False)
        who = self._shell.settings.user
        self._work.save(self, lambda session: _create(session, draft, who), self._created, self._refuse)

    def _created(self, session_id: int) -> None:
        self.primary.setEnabled(True)
        self._kept = None
        self.agenda.clear()
        self._shell.go("sessions", session_id=session_id)

    def _refuse(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        problems = error.problems if isinstance(error, ProblemsFound) else [Problem(error.message, error.values)]
        for form in (self.form, self.council):
            known = form.keys()
            form.show_problems({FIELD_OF[p.kind]: text.say(p) for p in problems if FIELD_OF.get(p.kind) in known})
        rest = [text.say(p) for p in problems if p.kind not in FIELD_OF]
        self.problem.setText("\n".join(rest))
        self.problem.setVisible(bool(rest))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._shell.go("sessions")
        else:
            super().keyPressEvent(event)


def _proposal(session: Any) -> tuple[Draft, Sequence[CouncilView]]:
    from ocop_desktop.actions import sessions

    return sessions.propose(session), sessions.councils(session)


def _councils(session: Any) -> Sequence[CouncilView]:
    from ocop_desktop.actions import sessions

    return sessions.councils(session)


def _create(session: Any, draft: Draft, who: str) -> int:
    from ocop_desktop.actions import sessions

    return sessions.create(session, draft, who)
