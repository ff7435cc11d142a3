"""Theo phiên: the decision of a council session, its results with ticks, the page beside them; issue, save, print."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QComboBox, QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.errors import UserError
from ocop_desktop.text import _
from ocop_desktop.ui import icons, theme
from ocop_desktop.ui.certificate_list import COUNTED, REASONS, ResultRow, ResultTable, doubt_words, unclosed_words
from ocop_desktop.ui.certificate_preview import Preview
from ocop_desktop.ui.certificate_print import Press
from ocop_desktop.ui.elided_box import ElidedBox
from ocop_desktop.ui.fields import DateField, TextField
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.widgets import Card, EmptyState, button, column, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.certificate_preview import Draft
    from ocop_desktop.rules.signatories import Signatory
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

NARROW_FIELDS = 820  # pixels under which the decision takes several lines
NARROW = 860  # pixels under which the page has no room beside the list
LIST, PAGE = 5, 3  # shares of the width


class IssuePage(QWidget):
    """One council session's certificates. ``primary`` is the page's filled button; the screen puts it at the top right."""

    design_wanted = Signal()
    told = Signal(QWidget)  # something was said here that must be seen

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__()
        self._work, self._shell = work, shell
        self.session_id: int | None = None
        self.today = dt.date.today
        self._people: tuple[Signatory, ...] = ()
        self._unclosed = ""  # what to know where the session is still open
        self._decision_of: int | None = None  # the session whose decision stands in the fields
        self._known: frozenset[int] = frozenset()
        self._sure: tuple[Any, Any, str] | None = None  # results and draft the numbers were told for, and the words
        self.press = Press(self, work, shell)
        self.primary = button(_("Lưu PDF…"), self._do_primary, "primary")
        self.primary.setEnabled(False)
        self.sessions = ElidedBox()
        self.sessions.setAccessibleName(_("Phiên đánh giá"))
        self.number = TextField(_("Số quyết định"), placeholder=_("Ví dụ 2117/QĐ-UBND"), longest=80)
        self.date = DateField(_("Ngày quyết định"), earliest=2018)
        self.authority = TextField(_("Cơ quan quyết định"), longest=200)
        self.issued_on = DateField(_("Ngày cấp giấy"), earliest=2018)
        self.table = ResultTable(shell.table_store)
        self.preview = Preview(work)
        self.warning = QFrame()
        self.warning_words = label("", "", "warn", wrap=True)
        self.summary = label("", "quiet")
        self.separately = QCheckBox(_("Mỗi sản phẩm một tệp"))
        self.print = button(_("In…"), lambda: self.press.preview(self._ids()), icon="print")
        self.sign = button(_("Ký số…"), lambda: self.press.ask_sign(self._ids()), icon="key")
        self.trial = button(_("Trang thử"), self.press.preview_trial, "quiet")
        self.design = button(_("Mẫu giấy…"), self.design_wanted.emit, "quiet")
        self.align = button(_("Căn máy in…"), self.press.ask_shift, "quiet")
        self.all = button(_("Chọn tất cả"), lambda: self.table.tick_all(True), "quiet", small=True)
        self.none = button(_("Bỏ chọn"), lambda: self.table.tick_all(False), "quiet", small=True)
        self.nothing = EmptyState("certificate", _("Chưa có kết quả nào để cấp giấy chứng nhận"), _("Đến phiên đánh giá"),
                                  lambda: shell.go("sessions"),
                                  hint=_("Khi một phiên chốt kết quả, các sản phẩm từ 3 sao hiện ở đây."))
        self._build()

    # -- parts --------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        px = theme.now().px
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(12))
        self.content = QWidget()
        inside = QVBoxLayout(self.content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(px(12))
        inside.addWidget(self._decision_card())
        inside.addWidget(self._warning_bar())
        self._across = row(space=16)
        self._across.addLayout(self._list_side(), LIST)
        self._across.addLayout(self._preview_side(), PAGE)
        inside.addLayout(self._across, 1)
        box.addWidget(self.content, 1)
        box.addWidget(self.nothing, 1)
        self.nothing.hide()
        self.sessions.activated.connect(lambda place: self.choose(self.sessions.itemData(place)))
        self.table.current_changed.connect(lambda _row: self._look())
        self.table.ticked.connect(self._say_state)
        for field in (self.number, self.date, self.authority):
            field.edited.connect(lambda _value: self._keep_decision())
        for line in (self.number.line, self.date.line, self.issued_on.line):
            line.textChanged.connect(self._say_state)
        self.issued_on.edited.connect(lambda _value: self._look())

    def _decision_card(self) -> Card:
        px = theme.now().px
        card = Card()
        self.sessions.setMinimumContentsLength(14)
        self.sessions.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        name = label(_("Phiên đánh giá"))
        name.setBuddy(self.sessions)
        choose = column(name, self.sessions, 1, space=4)
        self._fields = QGridLayout()
        self._fields.setContentsMargins(0, 0, 0, 0)
        self._fields.setHorizontalSpacing(px(12))
        self._choose = QWidget()
        self._choose.setLayout(choose)
        for field in (self.date, self.issued_on):
            field.line.setMinimumWidth(px(116))
        self.number.line.setMinimumWidth(px(124))
        self.table.setMinimumHeight(px(200))
        self._place_fields(True)
        card.body.addLayout(self._fields)
        card.body.setContentsMargins(px(16), px(12), px(16), px(8))
        return card

    def _place_fields(self, wide: bool) -> None:
        """One line of five fields, or three lines of two."""
        places = (((0, 0, 1), (0, 1, 1), (0, 2, 1), (0, 3, 1), (0, 4, 1)) if wide
                  else ((0, 0, 1), (0, 1, 1), (1, 0, 1), (2, 0, 2), (1, 1, 1)))
        fields = (self._choose, self.number, self.date, self.authority, self.issued_on)
        for field, (line, place, span) in zip(fields, places, strict=True):
            self._fields.removeWidget(field)
            self._fields.addWidget(field, line, place, 1, span)
        for place, share in enumerate((5, 4, 3, 6, 3) if wide else (1, 1, 0, 0, 0)):
            self._fields.setColumnStretch(place, share)

    def _warning_bar(self) -> QWidget:
        picture = QLabel()
        icons.put(picture, "warning", "warn", 18)
        inside = row(picture, space=8)
        inside.addWidget(self.warning_words, 1)
        px = theme.now().px
        inside.setContentsMargins(px(12), px(6), px(12), px(6))
        self.warning.setProperty("kind", "note-warn")
        self.warning.setLayout(inside)
        return self.warning

    def _list_side(self) -> QVBoxLayout:
        self.table.as_tall_as_lines()
        side = column(row(self.summary, 1, self.all, self.none, space=4), self.table, 0, space=6)
        side.setStretch(1, 1)
        return side

    def _preview_side(self) -> QVBoxLayout:
        side = column(space=10)
        side.addWidget(self.preview)
        side.addLayout(Flow(self.print, self.sign, self.separately, self.trial, self.align, self.design))
        side.addStretch(1)
        return side

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside the list where there is room for both, else the list alone with its buttons below."""
        super().resizeEvent(event)
        wide = self.width() >= theme.now().px(NARROW)
        self._across.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self._across.setStretch(0, LIST if wide else 1)
        self._across.setStretch(1, PAGE if wide else 0)
        self.preview.setVisible(wide)
        self._place_fields(self.width() >= theme.now().px(NARROW_FIELDS))

    # -- reading ------------------------------------------------------------------------------------------------------

    def choose(self, session_id: int | None) -> None:
        """Show a council session's results."""
        self.session_id = self._shell.session_id = session_id
        self.refresh()

    def refresh(self) -> None:
        """Read sessions, decision and results again: of the session last worked in, unless a decision is half typed here."""
        half_typed = bool(self.number.value()) != (self.date.value() is not None)
        wanted = (None if half_typed else self._shell.session_id, self.session_id)

        def look(session: Any) -> Any:
            from ocop_desktop.actions import certificates, office, signatories

            sessions = certificates.sessions_with_results(session)
            known = [line[0] for line in sessions]  # the newest first
            chosen = next((id for id in (*wanted, *known) if id in known), None)
            body = office.read_office(session).body
            return (sessions, chosen, certificates.candidates(session, chosen) if chosen else (),
                    certificates.decision_of(session, chosen) if chosen else None, body,
                    certificates.unclosed(session, chosen) if chosen else 0, signatories.listed(session))

        self._work.read(self, look, lambda found: self._show(*found), key="issue")

    def _show(self, sessions: Any, chosen: int | None, candidates: Any, decision: Any, body: str, left: int, people: Any) -> None:
        self.session_id, self._people = chosen, people
        self._unclosed = unclosed_words(left)
        self.content.setVisible(bool(sessions))
        self.nothing.setVisible(not sessions)
        self.sessions.clear()
        for id, _code, name, day, _count in sessions:
            self.sessions.addItem(name if name.strip() else text.date(day), id)
        self.sessions.setCurrentIndex(self.sessions.findData(chosen))
        self._fill_decision(chosen, decision, body)
        ticked = {c.result_id for c in self.table.checked()}
        known = self._known
        first = "ready" if any(c.state == "ready" for c in candidates) else "issued"
        rows = [ResultRow(c, c.result_id in ticked if c.result_id in known else c.state == first) for c in candidates]
        self._known = frozenset(c.result_id for c in candidates)
        place = self.table.currentIndex().row()
        self.table.rows.set_rows(rows)
        self.preview.forget()
        if rows:
            self.table.selectRow(place if 0 <= place < len(rows) else 0)
        self._look()
        self._say_state()

    def _fill_decision(self, chosen: int | None, decision: Any, body: str) -> None:
        fields = (self.number, self.date, self.authority, self.issued_on)
        if chosen == self._decision_of and any(field.in_hand() for field in fields):
            return
        new = chosen != self._decision_of
        self._decision_of = chosen
        if decision is not None:
            self.number.set_value(decision.number)
            self.date.set_value(decision.date)
            self.authority.set_value(decision.authority)
        elif new:
            self.number.set_value("")
            self.date.set_value(None)
            self.authority.set_value(f"Chủ tịch {body}" if body else "")  # data, so always Vietnamese
        if new or self.issued_on.value() is None:
            self.issued_on.set_value(decision.date if decision is not None else None)

    # -- the decision -------------------------------------------------------------------------------------------------

    def draft(self) -> Draft:
        """What stands in the fields."""
        from ocop_desktop.actions.certificate_preview import Draft

        return Draft(self.number.value(), self.date.value(), self.authority.value(), self.issued_on.value())

    def _keep_decision(self) -> None:
        number, day, authority, session_id = self.number.value(), self.date.value(), self.authority.value(), self.session_id
        if self.issued_on.value() is None and day is not None:
            self.issued_on.set_value(day)
        self._look()
        self._say_state()
        if not number or day is None or session_id is None:
            return
        who = self._shell.settings.user

        def keep(session: Any) -> int:
            from ocop_desktop.actions import certificates

            return certificates.record_decision(session, number, day, authority, session_id, who)

        self._work.save(self, keep, lambda _id: self.date.set_error(""), self._refuse_decision, quiet=True)

    def _refuse_decision(self, error: UserError) -> None:
        self.date.set_error(text.say(error))

    def _missing(self) -> str:
        """The one sentence that says what keeps certificates from being issued."""
        number, day = bool(self.number.value()), self.date.value()
        if not number and day is None:
            return _("Chưa có số và ngày quyết định công nhận: chưa cấp được giấy chứng nhận.")
        if not number:
            return _("Chưa có số quyết định công nhận: chưa cấp được giấy chứng nhận.")
        if day is None:
            return _("Chưa có ngày quyết định công nhận: chưa cấp được giấy chứng nhận.")
        issued = self.issued_on.value()
        if issued is None:
            return _("Chưa có ngày cấp giấy.")
        return _("Ngày cấp giấy không thể trước ngày quyết định.") if issued < day else ""

    @Slot()
    def _say_state(self) -> None:
        rows, checked = self.table.rows.rows(), self.table.checked()
        new = sum(c.state == "ready" for c in checked)
        waiting = any(row.candidate.state == "ready" for row in rows)
        missing = self._missing() if waiting else ""
        if self._sure is not None and self._sure[:2] != (self._ready(), self.draft()):
            self._sure = None
        doubts = doubt_words(self.today(), self.date.value(), self.issued_on.value(), self._people)
        told = (self._sure[2] if self._sure else "", *((self._unclosed, *doubts) if waiting else ()))
        self.warning_words.setText(" ".join(filter(None, (missing, self._unclosed) if missing else told)))
        self.warning.setVisible(bool(self.warning_words.text()))
        counts = Counter(row.candidate.state for row in rows)
        self.summary.setText(" · ".join(_(words, count=counts[state]) for state, words in COUNTED.items() if counts[state]))
        if new or (waiting and not checked):
            self.primary.setText(_("Cấp ngay {count} giấy", count=new) if self._sure
                                 else _("Cấp {count} giấy chứng nhận", count=new))
            self.primary.setEnabled(bool(new) and not missing)
        else:
            self.primary.setText(_("Lưu PDF {count} giấy…", count=len(checked)) if checked else _("Lưu PDF…"))
            self.primary.setEnabled(bool(checked))
        for part in (self.print, self.sign):
            part.setEnabled(bool(checked) and not new)

    def _look(self) -> None:
        """Show the current result's page, or why it has none."""
        current = self.table.current()
        if current is None:
            self.preview.say("")
            return
        candidate, draft = current.candidate, self.draft()
        if candidate.state in REASONS:
            self.preview.say(_(REASONS[candidate.state]))
            return

        def render(session: Any, dpi: float) -> Any:
            from ocop_desktop.actions import certificate_preview

            return certificate_preview.picture_of_result(session, candidate.result_id, draft, dpi)

        self.preview.show_page((candidate.result_id, candidate.number, draft), render)

    # -- doing --------------------------------------------------------------------------------------------------------

    @Slot()
    def _do_primary(self) -> None:
        if any(c.state == "ready" for c in self.table.checked()):
            self.issue()
        else:
            self._save()

    def issue(self) -> None:
        """Issue certificates for the ticked results: the first press tells the numbers they will use up, the second does it."""
        ids = self._ready()
        draft, session_id, who = self.draft(), self.session_id, self._shell.settings.user
        if not ids or draft.date is None or draft.issued_on is None:
            return
        decided, issued_on = draft.date, draft.issued_on
        if self._sure is None:
            self._tell_numbers(ids, draft, issued_on)
            return

        def issue(session: Any) -> Any:
            from ocop_desktop.actions import certificates

            decision = certificates.record_decision(session, draft.number, decided, draft.authority, session_id, who)
            return certificates.issue(session, ids, decision, issued_on, who)

        self.primary.setEnabled(False)
        self._work.save(self, issue, self._tell_issued, self._refuse)

    def _ready(self) -> list[int]:
        return [c.result_id for c in self.table.checked() if c.state == "ready"]

    def _tell_numbers(self, ids: list[int], draft: Draft, issued_on: dt.date) -> None:
        def look(session: Any) -> tuple[str, str]:
            from ocop_desktop.actions import certificates

            return certificates.next_number(session, issued_on), certificates.next_number(session, issued_on, len(ids) - 1)

        def tell(numbers: tuple[str, str]) -> None:
            places = {"count": len(ids), "first": numbers[0], "last": numbers[1]}
            words = (_("Sẽ cấp số {first}; số đã cấp không dùng lại. Bấm lần nữa để cấp.", **places) if len(ids) == 1
                     else _("Sẽ cấp {count} số, từ {first} đến {last}; số đã cấp không dùng lại. Bấm lần nữa để cấp.", **places))
            self._sure = ids, draft, words
            self._say_state()
            self.told.emit(self.warning)

        self._work.read(self, look, tell, key="numbers")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._sure is not None:
            self._sure = None
            self._say_state()
        else:
            super().keyPressEvent(event)

    def _tell_issued(self, issued: Any) -> None:
        places = {"count": len(issued), "first": issued[0].number, "last": issued[-1].number}
        self._shell.say.ok(_("Đã cấp giấy chứng nhận số {first}", **places) if len(issued) == 1
                           else _("Đã cấp {count} giấy chứng nhận, số {first} đến {last}", **places))

    def _refuse(self, error: UserError) -> None:
        self._shell.say.error(error)
        self._say_state()

    def _ids(self) -> list[int]:
        return [c.certificate_id for c in self.table.checked() if c.certificate_id is not None]

    @Slot()
    def _save(self) -> None:
        if self.separately.isChecked():
            self.press.ask_folder(self._ids())
        else:
            self.press.ask_file(self._ids(), _("giay-chung-nhan-{day}.pdf", day=f"{dt.date.today():%Y-%m-%d}"))
