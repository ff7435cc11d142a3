"""Kết quả: one dossier's ballots side by side, what they come to, what the council concludes, closing.

Who may see what: no score before every ballot of the dossier is in, so that nobody is led by another's. From then to the closing
the secretary and the chair have to see the ballots side by side, since the council concludes on spread, split gates and
exclusions; this screen is theirs. A member's own window must show a dossier here only once it is closed; as long as a file has
one user and no roles, nothing more is hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QRect, QTimer, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QComboBox, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.elided_box import ElidedBox
from ocop_desktop.ui.next_steps import NextCard
from ocop_desktop.ui.result_ballots import BallotsCard
from ocop_desktop.ui.result_matters import MattersCard
from ocop_desktop.ui.result_rank import RankCard
from ocop_desktop.ui.result_spread import SpreadCard
from ocop_desktop.ui.score_comparison import ComparisonCard
from ocop_desktop.ui.session_reason import ReasonBar
from ocop_desktop.ui.widgets import Card, EmptyState, Page, button, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.explaining import Sentence
    from ocop_desktop.actions.result_view import ResultView
    from ocop_desktop.actions.side_by_side import SideBySide
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

WIDE = 1080  # pixels at 100 % from which the three columns stand side by side
UNBOUND = 16777215  # Qt's "no limit"
Agenda = tuple[tuple[int, str, str], ...]
Shown = tuple["ResultView | None", tuple["Sentence", ...], Agenda, tuple[tuple[int, str, str], ...], "SideBySide | None"]


class ResultsScreen(Page):
    """The result of one dossier; the filled button closes it, or the line beside it says what is missing."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__(_("Kết quả"), scroll=True)
        self._work, self._shell = work, shell
        self.item_id: int | None = None
        self.session_id: int | None = None
        self.view: ResultView | None = None
        self._agenda: Agenda = ()
        self.sessions, self.items = ElidedBox(), ElidedBox()
        self.before, self.after = button("‹", lambda: self._step(-1), small=True), button("›", lambda: self._step(1), small=True)
        self.missing = label("", "quiet")
        self.primary = button(_("Chốt kết quả"), self._close, "primary")
        self.rank, self.next, self.ballots = RankCard(), NextCard(work, shell), BallotsCard()
        self.comparison = ComparisonCard()
        self.matters, self.spread = MattersCard(), SpreadCard()
        self.waiting, self.recused = Card(_("Phiếu còn thiếu")), Card(_("Không chấm"))
        self.waiting_words, self.recused_words = label("", wrap=True), label("", wrap=True)
        self.empty = EmptyState("results", _("Chưa có phiên nào được mở"), _("Đến phiên đánh giá"), lambda: shell.go("sessions"),
                                hint=_("Kết quả từng hồ sơ hiện ở đây khi Hội đồng bắt đầu chấm."))
        self._build()

    def _build(self) -> None:
        px = theme.now().px
        self.again = button("", self._ask_again, "quiet")
        self.again.hide()
        self.reason = ReasonBar()
        self.add_action(self.missing)
        self.add_action(self.again)
        self.add_action(self.primary)
        self.sessions.setMinimumWidth(px(200))
        for combo, name in ((self.sessions, _("Phiên")), (self.items, _("Hồ sơ"))):
            combo.setAccessibleName(name)
            combo.setMinimumContentsLength(16)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.before.setAccessibleName(_("Hồ sơ trước"))
        self.after.setAccessibleName(_("Hồ sơ sau"))
        choose = row(self.sessions, space=8)
        choose.addWidget(self.items, 1)
        choose.addWidget(self.before)
        choose.addWidget(self.after)
        self.chooser = QWidget()
        self.chooser.setLayout(choose)
        self.waiting.body.addWidget(self.waiting_words)
        self.recused.body.addWidget(self.recused_words)
        self._build_columns()
        self.body.setSpacing(px(12))
        self.body.addWidget(self.reason)
        for part, share in ((self.chooser, 0), (self.columns, 1), (self.empty, 1)):
            self.body.addWidget(part, share)
            part.hide()
        self.primary.hide()
        self._connect()

    def _build_columns(self) -> None:
        px = theme.now().px
        self.columns = QWidget()
        self.across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.across.setContentsMargins(0, 0, 0, 0)
        self.across.setSpacing(px(16))
        self.left = _Side(self.rank, self.next)
        self.across.addWidget(self.left)
        middle = QVBoxLayout()
        middle.addWidget(self.ballots)
        middle.addWidget(self.comparison)
        middle.addWidget(self.waiting)
        middle.addStretch(1)
        self.across.addLayout(middle, 1)
        self.right = _Side(self.matters, self.spread, self.recused)
        self.across.addWidget(self.right)
        self.columns.setLayout(self.across)

    def _connect(self) -> None:
        self.sessions.activated.connect(self._choose_session)
        self.items.activated.connect(lambda _place: self._go(self.items.currentData()))
        self.matters.concluded.connect(self._conclude)
        self.matters.taken_back.connect(self._take_back)
        self.matters.reopen_wanted.connect(self._reopen)
        self.matters.asked.connect(lambda part: QTimer.singleShot(0, part, lambda: self._reach(part)))
        for part in (self.rank, self.next, self.matters):
            part.code_wanted.connect(self._show_criterion)
        for keys, by in (("Alt+Left", -1), ("Alt+Right", 1)):
            QShortcut(QKeySequence(keys), self, lambda by=by: self._step(by))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Three columns side by side, or one under another where the window is narrow for its letters."""
        super().resizeEvent(event)
        px = theme.now().px
        wide = self.width() >= px(WIDE)
        self.across.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        for side, pixels in ((self.left, 256), (self.right, 236)):
            side.setFixedWidth(px(pixels)) if wide else side.setMaximumWidth(UNBOUND)
            side.setMinimumWidth(px(pixels) if wide else 0)

    # -- reading ------------------------------------------------------------------------------------------------------

    def show_place(self, item_id: int | None = None, session_id: int | None = None) -> None:
        """Show a dossier's result, or a session's first dossier, or what was on show before."""
        self._shell.set_crumbs(self, _("Kết quả"))
        if item_id is not None:
            self.item_id, self.session_id = item_id, None
        elif session_id is not None:
            self.item_id, self.session_id = None, session_id
        self.refresh()

    def refresh(self) -> None:
        """Read the result again."""
        item_id, session_id = self.item_id, self.session_id
        self._work.read(self, lambda session: _read(session, item_id, session_id), self._show, key="result")

    def _show(self, found: Shown) -> None:
        view, sentences, agenda, sessions, scores = found
        self.view, self._agenda = view, agenda
        self.empty.setVisible(view is None)
        for part in (self.chooser, self.columns, self.primary):
            part.setVisible(view is not None)
        if view is None:
            self.item_id = None
            self._say_empty()
            self.set_title(_("Kết quả"))
            self._say_missing("")
            return
        self.item_id = view.item_id
        self.session_id = self._shell.session_id = view.session_id
        self._fill_choosers(view, sessions)
        self._shell.set_crumbs(self, _("Kết quả"), view.session_name, view.product)
        self.set_title(view.product, _subtitle(view))
        self.rank.set_view(view, sentences)
        for part in (self.ballots, self.matters, self.spread):
            part.set_view(view)
        self.next.show_advice(view.advice, view.product, view.producer, view.working.digits, item_id=view.item_id)
        self.comparison.setVisible(scores is not None)
        if scores is not None:
            self.comparison.show_scores(scores)
        self.ballots.setVisible(view.outcome is not None)
        self.waiting.setVisible(view.outcome is None)
        self.waiting_words.setText("\n".join(view.missing) or _("Hồ sơ này đã rút khỏi phiên."))
        self.recused.setVisible(bool(view.recused))
        self.recused_words.setText("\n".join(_("{member}: {reason}", member=m, reason=why) for m, why in view.recused))
        self.right.setVisible(bool(view.matters or view.recused or view.outcome))
        self._name_next(view)

    def _say_empty(self) -> None:
        """Why nothing stands here: no session yet, or nothing closed that the role may see."""
        if self._shell.may_see("sessions") or self.empty.action is None:
            return
        self.empty.sentence.setText(_("Chưa có hồ sơ nào được chốt"))
        self.empty.hint.setText(_("Kết quả của phiên mình hiện ở đây khi Hội đồng chốt từng hồ sơ; trước đó không ai xem điểm."))
        self.empty.action.hide()

    def _fill_choosers(self, view: ResultView, sessions: Sequence[tuple[int, str, str]]) -> None:
        self.sessions.clear()
        for id, _code, name in sessions:
            self.sessions.addItem(name, id)
        self.sessions.setCurrentIndex(self.sessions.findData(view.session_id))
        self.items.clear()
        for number, (id, product, state) in enumerate(self._agenda, 1):
            places = {"number": number, "product": product}
            self.items.addItem(_("{number}. {product} (đã chốt)", **places) if state == "closed" else f"{number}. {product}", id)
        place = self.items.findData(view.item_id)
        self.items.setCurrentIndex(place)
        self.before.setEnabled(place > 0)
        self.after.setEnabled(0 <= place < len(self._agenda) - 1)

    def _name_next(self, view: ResultView) -> None:
        self.again.setVisible(view.stage == "closed")
        self.again.setText(_("Mở lại kết quả…") if view.can_reopen else _("Đính chính…"))
        if view.stage == "closed":
            last = self._next_item() is None
            self.primary.setText(_("Về phiên") if last else _("Hồ sơ tiếp theo"))
            self.primary.setEnabled(True)
            self.primary.setVisible(not last or self._shell.may_see("sessions"))
            places = {"day": text.date(view.closed_at), "time": text.clock(view.closed_at) if view.closed_at else "",
                      "number": view.decision}
            self._say_missing(_("Đã chốt {day}, chỉ để xem\nQuyết định {number}", **places) if view.decision
                              else _("Đã chốt {day} lúc {time}", **places))
            return
        self.primary.setText(_("Chốt kết quả"))
        self.primary.setEnabled(view.can_close)
        if view.missing:
            self._say_missing(_("Còn thiếu {count} phiếu", count=len(view.missing)))
        else:
            self._say_missing(text.say(view.obstacles[0]) if view.obstacles else _("Có thể chốt"))

    def _say_missing(self, words: str) -> None:
        """What is missing, beside the button; long words on several lines. Lines given stay whole: no number is torn apart."""
        long = max(map(len, words.split("\n"))) > 44
        self.missing.setText(words)
        self.missing.setWordWrap(long)
        self.missing.setMinimumWidth(theme.now().px(280) if long else 0)

    @Slot(str)
    def _show_criterion(self, code: str) -> None:
        """Bring a criterion's row of the ballots into view, once the table has its height."""
        place = self.ballots.show_criterion(code)
        if place is not None and self.area is not None:
            QTimer.singleShot(0, self, lambda: self._bring(place))

    def _reach(self, part: QWidget) -> None:
        if self.area is not None:
            self.area.ensureWidgetVisible(part)

    def _bring(self, place: QRect) -> None:
        if self.area is not None:
            at = self.ballots.mapTo(self.columns, place.center()) + self.columns.pos()
            self.area.ensureVisible(at.x(), at.y(), 0, place.height())

    # -- doing --------------------------------------------------------------------------------------------------------

    def _go(self, item_id: int | None) -> None:
        if item_id is not None:
            self._shell.go("results", item_id=item_id)

    @Slot()
    def _choose_session(self) -> None:
        self._shell.go("results", session_id=self.sessions.currentData())

    def _step(self, by: int) -> None:
        place = self.items.currentIndex() + by
        if 0 <= place < len(self._agenda):
            self._go(self._agenda[place][0])

    def _next_item(self) -> int | None:
        """The next dossier still to be closed, wherever it stands; when all are, the one that follows on the agenda."""
        ids = [id for id, _product, _state in self._agenda]
        at = ids.index(self.item_id) if self.item_id in ids else -1
        around = [*self._agenda[at + 1:], *self._agenda[:max(at, 0)]]
        following = ids[at + 1] if at + 1 < len(ids) else None
        return next((id for id, _product, state in around if state == "open"), following)

    def _save(self, action: Callable[[Any, str], object], said: str, offer: str = "",
              on_offer: Callable[[], object] | None = None) -> None:
        who = self._shell.settings.user
        self._work.save(self, lambda session: action(session, who), lambda _done: self._shell.say.ok(said, offer, on_offer))

    @Slot()
    def _close(self) -> None:
        view = self.view
        if view is None:
            return
        if view.stage == "closed":
            following = self._next_item()
            if following is not None:
                self._go(following)
            else:
                self._shell.go("sessions", session_id=view.session_id)
        elif view.can_close:
            self.primary.setEnabled(False)
            self._save(lambda s, who: _results().close_dossier(s, view.item_id, who),
                       _("Đã chốt {product}.", product=view.product), _("Mở lại…"), lambda: self._ask_reopening(view))

    @Slot(str, str, object, str)
    def _conclude(self, kind: str, code: str, value: object, reason: str) -> None:
        item_id = self.item_id
        self._save(lambda s, who: _results().conclude(s, item_id, kind, code, value, reason, who), _("Đã lưu kết luận."))

    @Slot(str, str)
    def _take_back(self, kind: str, code: str) -> None:
        item_id = self.item_id
        self._save(lambda s, who: _results().take_back_conclusion(s, item_id, kind, code, who), _("Đã bỏ kết luận trước."))

    @Slot(object, str)
    def _reopen(self, members: tuple[int, ...], reason: str) -> None:
        view = self.view
        if view is not None:
            self._save(lambda s, who: _results().reopen_ballots(s, view.item_id, members, reason, who),
                       _("Đã mở lại {count} phiếu; phiếu đầu được giữ.", count=len(members)))

    @Slot()
    def _ask_again(self) -> None:
        """Open a closed result again before the decision, or begin its correction after it."""
        view = self.view
        if view is None:
            return
        if view.can_reopen:
            self._ask_reopening(view)
        else:
            self.reason.ask(_("Đính chính {product}: một phiên khác đánh giá lại, rồi có quyết định mới", product=view.product),
                            _("Đưa vào danh sách đánh giá lại"), lambda why: self._save(
                                lambda s, who: _reopening().start_correction(s, view.item_id, why, who),
                                _("{product} có thể đưa vào phiên khác.", product=view.product)))

    def _ask_reopening(self, view: ResultView) -> None:
        self.reason.ask(_("Mở lại kết quả của {product}; kết quả hiện tại được giữ trong nhật ký", product=view.product),
                        _("Mở lại kết quả"), lambda why: self._save(
                            lambda s, who: _reopening().reopen_dossier(s, view.item_id, why, who),
                            _("Đã mở lại {product}.", product=view.product)))


class _Side(QWidget):
    """A column of cards that is never lower than their wrapped words need: a scrolling page asks only for least heights."""

    def __init__(self, *cards: QWidget) -> None:
        super().__init__()
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(theme.now().px(12))
        for card in cards:
            self._stack.addWidget(card)
        self._stack.addStretch(1)

    def _fit(self) -> None:
        high = self._stack.totalHeightForWidth(self.width()) if self._stack.hasHeightForWidth() else 0
        if high != self.minimumHeight():
            self.setMinimumHeight(high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done


def _subtitle(view: ResultView) -> str:
    counts = _("{count} phiếu hợp lệ, {recused} không chấm", count=view.handed_in, recused=len(view.recused))
    return " · ".join(part for part in (view.code, view.producer, counts) if part)


def _reopening() -> ModuleType:
    from ocop_desktop.actions import reopening

    return reopening


def _results() -> ModuleType:
    """The actions, read on the worker thread: they bring SQLAlchemy."""
    from ocop_desktop.actions import results

    return results


def _read(session: Any, item_id: int | None, session_id: int | None) -> Shown:
    """One dossier with its session's agenda; without one the first dossier not closed of the newest session."""
    from ocop_desktop.actions import results
    from ocop_desktop.actions.explaining import explain
    from ocop_desktop.actions.side_by_side import side_by_side

    sessions = results.sessions_with_results(session)
    if item_id is None:
        known = session_id if session_id is not None else sessions[0][0] if sessions else None
        agenda = results.agenda(session, known) if known is not None else ()
        item_id = next((id for id, _product, state in agenda if state == "open"), agenda[0][0] if agenda else None)
    if item_id is None:
        return None, (), (), sessions, None
    view = results.result_of(session, item_id)
    scores = side_by_side(session, view.dossier_id)  # the council's own only when it has closed the dossier
    shown = scores.any and (view.stage == "closed" or view.working.advisory_shown)
    return view, explain(view), results.agenda(session, view.session_id), sessions, scores if shown else None
