"""One ballot: criteria on the left, the sheet in the middle, what it comes to on the right; everything by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.rules.terms import APPLICATION_KINDS
from ocop_desktop.text import _, language
from ocop_desktop.ui import theme
from ocop_desktop.ui.painted import PillButton
from ocop_desktop.ui.scoring_criterion import CriterionCard
from ocop_desktop.ui.scoring_head import BallotHead
from ocop_desktop.ui.scoring_list import OPINION, CriteriaList, CriterionBox
from ocop_desktop.ui.scoring_opinion import OpinionCard
from ocop_desktop.ui.scoring_parts import Elided, KeyHints, Strip
from ocop_desktop.ui.scoring_side import Side
from ocop_desktop.ui.scoring_state import BallotState
from ocop_desktop.ui.widgets import column, row

if TYPE_CHECKING:
    from ocop_desktop.actions.scoring import BallotView

LIST_WIDE, SIDE_WIDE = 310, 218
SLIM_UNDER, NARROW_UNDER, LOW_UNDER = 700, 940, 520  # pixels of the page at 100 %


class BallotPage(QWidget):
    """A ballot on show. It announces what the member does; the screen writes it."""

    chosen = Signal(str, object)  # criterion, choice (None: taken back)
    noted = Signal(str, str)  # criterion, words
    opinion_kept = Signal(str)
    raised = Signal(str)
    withdrawn = Signal()
    finished = Signal()
    handed_over = Signal()
    list_wanted = Signal()  # the member's list of dossiers
    next_wanted = Signal()  # the next dossier
    copy_wanted = Signal(int)  # the item of the sister product whose ballot is copied
    confirmed = Signal(str)  # a copied answer the member looked at
    copies_right = Signal()  # all copied answers are right: finish
    words_turned = Signal(bool)  # the law's own words instead of the short labels

    def __init__(self) -> None:
        super().__init__()
        self.state: BallotState | None = None
        self.code = ""
        self._went = self._offered = False  # a digit went on by itself; the strip offers a ballot to copy
        self.list, self.criterion, self.opinion, self.side = CriteriaList(), CriterionCard(), OpinionCard(), Side()
        self._build()
        self._connect()
        self._bind_keys()

    def _build(self) -> None:
        px = theme.now().px
        self.strip, self.summary = Strip(), Elided("bold")
        self.middle = QStackedWidget()
        self.middle.addWidget(self.criterion)
        self.middle.addWidget(self.opinion)
        self.law = PillButton(_("Lời văn của luật (W)"), "ok")
        self.law.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.law.toggled.connect(self._turn_words)
        self.onward = PillButton(_("Tự sang câu (T)"), "ok")
        self.onward.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        switches = QWidget()
        switches.setLayout(row(self.onward, self.law, space=8))
        head = BallotHead(self.list_wanted.emit, self.handed_over.emit, self.finished.emit, (self.onward, self.law))
        self.head, self.title, self.subtitle, self.member, self.answered = (
            head, head.title, head.subtitle, head.member, head.answered)
        self.other, self.hand_over, self.finish = head.other, head.hand_over, head.finish
        self.chooser = CriterionBox(self.list.criteria)  # in place of the list where there is little room
        self.keys = KeyHints(switches, ("1 – 9", _("chọn")), ("0", _("không đạt")), ("Enter", _("tiếp")), ("↑ ↓", _("tiêu chí")),
                             ("G", _("câu chưa chấm")), ("N", _("ghi chú")), ("Y", _("ý kiến")), ("Ctrl+Enter", _("hoàn tất")))
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(px(16))
        across.addWidget(self.list)
        sheet = column(space=10)
        sheet.addWidget(self.middle, 1)
        sheet.addWidget(self.keys)
        across.addLayout(sheet, 1)
        across.addWidget(self.side)
        outer = self.outer = QVBoxLayout(self)
        outer.addWidget(self.head)
        outer.addWidget(self.strip)
        outer.addWidget(self.summary)
        outer.addWidget(self.chooser)
        outer.addLayout(across, 1)

    def _connect(self) -> None:
        self.list.jumped.connect(self.go)
        self.chooser.jumped.connect(self.go)
        self.side.jumped.connect(self.go)
        self.side.next_open.connect(self.go_open)
        self.criterion.chosen.connect(self._pick)
        self.criterion.cleared.connect(lambda: self._choose(None))
        self.criterion.noted.connect(self.noted)
        self.opinion.opinion_kept.connect(self.opinion_kept)
        self.opinion.raised.connect(self.raised)
        self.opinion.withdrawn.connect(self.withdrawn)
        for card in (self.criterion, self.opinion):
            card.left.connect(self.take_keys)

    def _bind_keys(self) -> None:
        """Digits and letters wherever the focus is but in a text field (which keeps them); the rest inside the page."""
        anywhere, inside = Qt.ShortcutContext.WindowShortcut, Qt.ShortcutContext.WidgetWithChildrenShortcut
        bound: list[tuple[str, Callable[[], object], Qt.ShortcutContext]] = [
            *((str(digit), lambda digit=digit: self.press_digit(digit), anywhere) for digit in range(10)),
            ("G", self.go_open, anywhere), ("N", self.criterion_note, anywhere), ("Y", lambda: self.go(OPINION), anywhere),
            ("W", self.turn_words, anywhere), ("T", self.onward.toggle, anywhere), ("C", self.copy_first, anywhere),
            ("Ctrl+Return", self.finished.emit, anywhere), ("Ctrl+Enter", self.finished.emit, anywhere),
            ("Return", self.press_enter, inside), ("Enter", self.press_enter, inside),
            ("Down", lambda: self.step(1), inside), ("Up", lambda: self.step(-1), inside),
            ("Delete", lambda: self._choose(None), inside)]
        for keys, slot, context in bound:
            QShortcut(QKeySequence(keys), self, slot, context=context)

    # -- what is shown ------------------------------------------------------------------------------------------------

    def show_ballot(self, view: BallotView, code: str = "") -> None:
        """Show a ballot, at ``code``, else at its first open criterion."""
        if self.state is None or self.state.view.member_id != view.member_id:
            self.onward.setChecked(False)  # each member's own way of working
        if self.state is None or self.state.view.version != view.version:
            code = "" if code == OPINION else code  # another version is scored again: from its first criterion
        state = BallotState(view)
        state.law_words = self.law.isChecked()
        self.state = state
        self.law.setVisible(view.words is not None)
        kind = APPLICATION_KINDS[view.kind].said(language()) if view.kind in APPLICATION_KINDS else ""
        number = _("Bộ {set}", set=view.rules.number)
        about = (view.dossier_code, view.producer, number, kind)  # what must not be cut stands first
        self.subtitle.setText(" · ".join(words for words in about if words))
        self.title.setText(view.product)
        self.head.show_sheet(view.sheet == "council")
        self.finish.setText(_("Xong") if view.sheet == "self" else _("Hoàn tất phiếu"))
        note = {"self": _("minh chứng"), "advisory": _("nhận xét")}.get(view.sheet, _("ghi chú"))
        self.keys.say(N=note, Y=_("ý kiến") if state.has_opinion else "")
        self.list.criteria.set_state(state)
        self.opinion.show_state(state, fresh=True)
        self.criterion.forget()
        self.code = ""
        self._show_lock()
        self._fit()
        known = code in state.rules.by_code or (code == OPINION and state.has_opinion)
        self.go(code if known else state.next_open("") or state.codes[0])
        self.show_sums()

    def forget(self) -> None:
        """Take the ballot away; nothing of it stays on show."""
        self.state, self.code = None, ""
        self.criterion.forget()
        self.opinion.forget()
        self.list.criteria.set_state(None)
        for part in (self.title, self.subtitle, self.member, self.answered, self.summary):
            part.setText("")

    def show_sums(self) -> None:
        """Show what the answers come to, everywhere but in the sheet."""
        state = self.state
        if state is None:
            return
        sums, total = state.so_far, len(state.codes)
        copied = " · " + _("{count} câu chép", count=len(state.copied)) if state.copied else ""
        self.answered.setText(_("Đã trả lời {done} / {total}", done=total - len(sums.open), total=total) + copied)
        if self._offered and state.choices:
            self._offered = False
            self.strip.hide()
        self.list.criteria.update_state(state)
        if self.side.isVisibleTo(self):
            self.side.set_state(state)
        else:
            missed = ", ".join(sums.missed)
            short = "   " + _("thiếu điều kiện {stars} sao: {codes}", stars=sums.aim, codes=missed) if missed else ""
            parts = "  ".join(f"{part} {points}/{state.rules.part_max[part]}" for part, points in sums.parts.items())
            told = _("Tổng {total}   {parts}   {stars} sao   còn {rest} câu", total=sums.total, parts=parts, stars=sums.stars,
                     rest=len(sums.open)) + short
            self.summary.setText(told)
            if not self.list.isVisibleTo(self):
                self.answered.setText(told)  # one line for all of it

    def show_answer(self) -> None:
        """Show the state after an answer: at once in the sheet, the list and the sums."""
        if self.state is not None and self.code in self.state.rules.by_code:
            self.criterion.show_criterion(self.state, self.code)
        elif self.state is not None:
            self.opinion.show_state(self.state, fresh=False)
        self.show_sums()

    def show_next(self, product: str | None) -> None:
        """After finishing, name the next dossier, or say that all are done."""
        if self.state is None or self.state.view.finished_at is None:
            return
        words = _("Phiếu đã khóa lúc {time} ngày {day}.", time=text.clock(self.state.view.finished_at),
                  day=text.date(self.state.view.finished_at.date()))
        if product:
            words += " " + _("Hồ sơ tiếp theo: {name}.", name=product)
            self.strip.say("ok", "lock", words, (_("Chấm tiếp"), self.next_wanted.emit))
        else:
            words += " " + _("Các hồ sơ của phiên đều đã chấm xong.")
            self.strip.say("ok", "lock", words, (_("Bàn giao máy"), self.handed_over.emit))

    def warn_open(self) -> None:
        """Say what is not answered yet, and go there."""
        assert self.state is not None
        rest = self.state.so_far.open
        self.go(rest[0])
        self.strip.say("warn", "warning", _("Còn {count} tiêu chí chưa chấm nên chưa hoàn tất được; đây là câu đầu tiên.",
                                            count=len(rest)))

    def warn_copied(self) -> None:
        """Say which copied answers were not looked at yet, and go to the first; they can be kept all at once."""
        assert self.state is not None
        self.go(self.state.next_copied("") or self.code)
        words = _("Còn {count} câu chép chưa xem lại; đây là câu đầu tiên.", count=len(self.state.copied))
        self.strip.say("warn", "warning", words, (_("Đúng cả, hoàn tất"), self.copies_right.emit))

    def _show_lock(self) -> None:
        assert self.state is not None
        view = self.state.view
        self._offered = not self.state.locked and not view.reopened_why and bool(view.sisters)
        self.finish.setVisible(not self.state.locked)
        if view.locked is not None:
            self.strip.say("info", "lock", text.say(view.locked))
        elif view.reopened_why:
            self.strip.say("warn", "unlock", _("Phiếu được mở lại (lần {version}): {reason}", version=view.version,
                                               reason=view.reopened_why))
        elif self._offered:
            self._offer(view)
        else:
            self.strip.hide()

    def _offer(self, view: BallotView) -> None:
        """Offer the member's own ballots of sister products, the fullest first."""
        many = len(view.sisters) > 1
        names = [_("{product} ({count} câu)", product=s.product, count=s.answers) for s in view.sisters[:3]]
        words = (_("Chép câu trả lời từ phiếu của tôi cho sản phẩm cùng chủ thể, cùng bộ? Câu chép được đánh dấu.") if many else
                 _("Chép câu trả lời từ phiếu của tôi cho {product}? Câu chép được đánh dấu.", product=names[0]))
        self.strip.say("info", "copy", words, *(
            (name if many else _("Chép (C)"), lambda item=s.item_id: self.copy_wanted.emit(item))
            for name, s in zip(names, view.sisters, strict=False)))

    # -- what the member does -----------------------------------------------------------------------------------------

    def go(self, code: str) -> None:
        """Show another criterion, or the opinion where the sheet has one."""
        state = self.state
        if state is None or (code == OPINION and not state.has_opinion):
            return
        self.keep_words()
        self.code, self._went = code, False
        self.list.set_current(code)
        self.chooser.setCurrentIndex(self.list.criteria.row_of(code))
        if code == OPINION:
            self.opinion.show_state(state, fresh=False)
            self.middle.setCurrentWidget(self.opinion)
        else:
            self.criterion.show_criterion(state, code)
            self.middle.setCurrentWidget(self.criterion)
        self.take_keys()

    def step(self, by: int) -> None:
        """Go to the criterion before or after; after the last one comes the opinion."""
        if self.state is None:
            return
        order = (*self.state.codes, OPINION) if self.state.has_opinion else self.state.codes
        self.go(order[max(0, min(order.index(self.code) + by, len(order) - 1))])

    def press_enter(self) -> None:
        """Go on; a copied answer is kept by it. Right after a digit that went on by itself the step is made already."""
        if self._went:
            self._went = False
            return
        if self.state is not None and not self.state.locked and self.code in self.state.copied:
            self.confirmed.emit(self.code)
        self.step(1)

    def copy_first(self) -> None:
        """Copy the ballot that is offered first."""
        if self.state is not None and self._offered:
            self.copy_wanted.emit(self.state.view.sisters[0].item_id)

    def go_open(self) -> None:
        """Go to the next criterion without an answer, then to the next copied one; to the opinion when there is none."""
        if self.state is not None:
            last = OPINION if self.state.has_opinion else self.code
            self.go(self.state.next_open(self.code) or self.state.next_copied(self.code) or last)

    def press_digit(self, digit: int) -> None:
        """Choose by the digit under which the option stands."""
        if self.state is not None and self.code in self.state.rules.by_code:
            choice = self.state.key_choice(self.code, digit)
            if choice is not None:
                self._pick(choice)

    def _pick(self, choice: str) -> None:
        self._choose(choice)
        if self.onward.isChecked() and self.state is not None and not self.state.locked:
            self._go_onward()

    def _go_onward(self) -> None:
        """After a digit or a click: to the next criterion that can be chosen; past the last one to what is still open."""
        assert self.state is not None
        after = self.state.codes[self.state.codes.index(self.code) + 1:]
        following = next((c for c in after if c not in self.state.blocked), None)
        if following is not None:
            self.go(following)
        else:
            self.go_open()
        self._went = True

    def criterion_note(self) -> None:
        """Go to the note of the criterion."""
        if self.code in (self.state.rules.by_code if self.state else ()):
            self.criterion.edit_note()

    def turn_words(self) -> None:
        """Show the law's own words, or the short labels again; say why not where no document is attached."""
        if self.state is None:
            return
        if self.state.view.words is None:
            self.strip.say("info", "info", _("Chưa có lời văn của luật. Thư ký gắn văn bản Quyết định ở mục Bộ tiêu chí, nút ⋯."))
        else:
            self.law.setChecked(not self.law.isChecked())

    def _turn_words(self, on: bool) -> None:
        if self.state is not None:
            self.state.law_words = on
            self.show_answer()
        self.words_turned.emit(on)

    def keep_words(self) -> None:
        """Announce note and opinion where they were changed."""
        self.criterion.keep_note()
        self.opinion.keep()

    def take_keys(self) -> None:
        """Bring the keyboard back from a text field to the criteria."""
        keys = self.list if self.list.isVisibleTo(self) else self
        if not keys.hasFocus():
            keys.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, choice: str | None) -> None:
        state = self.state
        if state is None or state.locked or self.code not in state.rules.by_code or self.code in state.blocked:
            return
        if state.choices.get(self.code) != choice or self.code in state.copied:
            self.chosen.emit(self.code, choice)

    # -- room ---------------------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        look = theme.now()
        wide, high = self.width() * 100 // look.scale, self.height() * 100 // look.scale
        side = wide >= NARROW_UNDER
        roomy, tall = wide >= SLIM_UNDER, high >= LOW_UNDER
        held = self.list.hasFocus()
        self.list.setFixedWidth(look.px(LIST_WIDE))
        self.side.setFixedWidth(look.px(SIDE_WIDE))
        for part, on in ((self.side, side), (self.summary, not side and roomy), (self.list, roomy), (self.chooser, not roomy),
                         (self.keys, tall)):
            part.setVisible(on)
        if self.state is not None:
            view = self.state.view
            whose = [words for words in (view.member, view.agency) if words][:2 if roomy else 1]
            self.member.setText(", ".join(whose) if view.sheet == "council" else sheet_words(view.sheet))
        self.criterion.leave_name_out(not roomy)
        self.strip.keep_low(not tall)
        self.outer.setSpacing(look.px(14 if roomy else 8))
        self.outer.setContentsMargins(look.px(24), look.px(16 if roomy else 8), look.px(24), look.px(16 if roomy else 8))
        self.head.fit(self.width() - 2 * look.px(24), roomy, not tall)
        if held:
            self.take_keys()
        self.show_sums()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def typing(self) -> bool:
        """Whether the keyboard is in a text field."""
        return isinstance(self.focusWidget(), (QLineEdit, QPlainTextEdit))


def sheet_words(sheet: str) -> str:
    """Whose sheet it is, in words."""
    return {"self": _("Chủ thể tự chấm"), "advisory": _("Tổ tư vấn chấm")}.get(sheet, _("Phiếu đánh giá"))
