"""One dossier as a page: tabs with their completeness, every field kept as one goes, what is missing at the right."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QScrollArea

from ocop_desktop import text
from ocop_desktop.errors import ProblemsFound, UserError
from ocop_desktop.text import _
from ocop_desktop.ui import dossier_suggest, icons, states, theme
from ocop_desktop.ui.dossier_advisory import AdvisoryTab
from ocop_desktop.ui.dossier_history import HistoryTab
from ocop_desktop.ui.dossier_missing import MissingCard
from ocop_desktop.ui.dossier_papers import PapersTab
from ocop_desktop.ui.dossier_photo import PhotoBox
from ocop_desktop.ui.dossier_seen import Seen, note_advisory, reopen_advisory, seen_of
from ocop_desktop.ui.dossier_self_score import SelfScoreTab
from ocop_desktop.ui.dossier_tab_bar import DossierTabs
from ocop_desktop.ui.dossier_tabs import ProducerTab, ProductTab, RegistrationTab
from ocop_desktop.ui.dossier_words import TABS, field_words, goes_on, tab_of
from ocop_desktop.ui.flow import Flow, Pages
from ocop_desktop.ui.form import Field, UndoGuard
from ocop_desktop.ui.scoring_parts import Elided
from ocop_desktop.ui.widgets import Card, Page, Pill, button, column, row

if TYPE_CHECKING:
    from ocop_desktop.actions.completeness import Share
    from ocop_desktop.actions.dossiers import Deleted, DossierForm
    from ocop_desktop.rules.rulebook import SetHead
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

NARROW = 900
NOT_KEPT = "dossier"  # the cause of the bar about fields that are not kept
ABOUT = 240  # pixels at 100 % the line under the title begins with


class DossierFormPage(Page):
    """The form of one dossier."""

    closed, print_wanted = Signal(), Signal()
    deleted = Signal(object)  # Deleted

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__()
        self._work, self._shell = work, shell
        self.form: DossierForm | None = None
        self._waiting = 0  # saves on their way
        self._leaving = False
        self._warned: list[tuple[str, str, str]] = []  # tab, field and words the person was told are not kept
        self._jump: tuple[str, str] | None = None
        self._shares: Mapping[str, Share] = {}  # how full each tab is
        self._undo_guard = UndoGuard(self)
        self._build_head()
        self._build_body()
        for keys, slot in (("Ctrl+Z", self.undo), ("Ctrl+PgDown", lambda: self._turn(1)), ("Ctrl+PgUp", lambda: self._turn(-1))):
            QShortcut(QKeySequence(keys), self, slot, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # -- parts --------------------------------------------------------------------------------------------------------

    def _build_head(self) -> None:
        self.back = button("", self.go_back, "quiet", "chevron-left", small=True)
        self.back.setAccessibleName(_("Về danh sách hồ sơ"))
        self.back.setToolTip(_("Về danh sách hồ sơ (Esc)"))
        self.pill = Pill()
        self.names.removeWidget(self.title)
        self.names.removeWidget(self.subtitle)
        self.subtitle.deleteLater()
        self.subtitle = Elided("quiet")  # one line always: the form below must not move when a code is given
        about = Flow(self.pill, space=8)
        about.add(self.subtitle, 1, ABOUT)
        self.photo = PhotoBox(self._work, self._shell)
        beside = row(self.back, self.photo, space=12)
        beside.addLayout(column(self.title, about, space=2), 1)
        self.names.addLayout(beside)
        self.remove = button("", self.delete, "quiet", "trash", small=True)
        self.take_back = button(_("Hoàn tác"), self.undo, icon="undo")
        self.print = button(_("Giấy tờ…"), self.print_wanted.emit, icon="print")
        for part, name in ((self.remove, _("Xóa bản nháp")), (self.take_back, _("Hoàn tác")),
                           (self.print, _("Giấy tờ của hồ sơ"))):
            part.setAccessibleName(name)
            part.setToolTip(name)
        self.reopen = button(_("Bỏ đánh dấu đủ hồ sơ"), self._reopen)
        self.ready = button(_("Đánh dấu đủ hồ sơ"), self._mark_ready, "primary")
        for part in (self.remove, self.take_back, self.print, self.reopen, self.ready):
            self.add_action(part)

    def _build_body(self) -> None:
        self.producer = ProducerTab(dossier_suggest.communes(self._work, self), dossier_suggest.producers(self._work, self))
        self.product, self.registration = ProductTab(), RegistrationTab()
        self.papers, self.self_score = PapersTab(), SelfScoreTab(self._work, self._shell)
        self.advisory, self.history = AdvisoryTab(), HistoryTab()
        self.pages: dict[str, Any] = {"producer": self.producer, "product": self.product, "registration": self.registration,
                                 "papers": self.papers, "self_score": self.self_score, "advisory": self.advisory,
                                 "history": self.history}
        self.tabs, self.stack, self.missing = DossierTabs(), Pages(), MissingCard()
        across = QHBoxLayout()
        across.setSpacing(theme.now().px(16))
        self.body.addLayout(across, 1)
        card = Card(flush=True)
        across.addWidget(card, 1)
        card.body.addWidget(self.tabs)
        card.body.addWidget(self.stack, 1)
        self.areas: dict[str, QScrollArea] = {}
        for key, _title in TABS:  # only now: Qt dresses all that stands in a part anew with every move of it
            self._put_in(key)
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        across.addWidget(self.missing)
        for key in ("producer", "product", "registration", "papers", "advisory"):
            self.pages[key].edited.connect(self.save)
            self.pages[key].judged.connect(self._judged)
        self.registration.code_wanted.connect(self._propose_code)
        self.self_score.set_wanted.connect(lambda: self.jump("product", "product.set_no"))
        for tab in (self.self_score, self.advisory):
            tab.score_wanted.connect(self._open_sheet)
        self.advisory.reopen_wanted.connect(lambda: self._act(reopen_advisory))
        self.missing.jumped.connect(self.jump)

    def _put_in(self, key: str) -> None:
        page = self.pages[key]
        if key == "history":
            self.stack.addWidget(page)
            return
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page.setProperty("kind", "page")
        self.stack.addWidget(area)
        area.setWidget(page)
        self.areas[key] = area

    # -- reading ------------------------------------------------------------------------------------------------------

    def open(self, dossier_id: int, tab: str = "", field: str = "") -> None:
        """Read a dossier and show it, at a tab or a field when named."""
        same = self.form is not None and self.form.id == dossier_id
        if not same:
            self._forget()
            self.tabs.setCurrentIndex(0)
        self._jump = (tab, field) if tab else None

        def read(session: Any) -> tuple[Seen, Sequence[SetHead], Sequence[str]]:
            from ocop_desktop.actions import dossiers, rulebooks

            return (seen_of(session, dossiers.open_dossier(session, dossier_id)), rulebooks.current().heads,
                    dossiers.known_rounds(session))

        self._work.read(self, read, self._show_read, self._gone, key="dossier")

    def refresh(self) -> None:
        """Read again; what is being typed stays."""
        if self.form is not None and not self._waiting:
            self.open(self.form.id)

    def _forget(self) -> None:
        self.form, self._leaving, self._warned = None, False, []
        for page in self.pages.values():
            for field in getattr(page, "fields", {}).values():
                field.set_value(None)

    def _gone(self, error: UserError) -> None:
        self.closed.emit()
        self._shell.say.error(error)

    def _show_read(self, found: tuple[Seen, Sequence[SetHead], Sequence[str]]) -> None:
        self.product.offer_sets(found[1])
        self.registration.round.offer(found[2])
        self._show(found[0])
        self.photo.show_product(found[0].form.product.id)
        if self._jump is not None:
            tab, field = self._jump
            self._jump = None
            self.jump(tab, field)

    def _show(self, seen: Seen, saved: str = "") -> None:
        form = self.form = seen.form
        for page in self.pages.values():
            page.show_form(form, saved)
        self.papers.show_needed(seen.papers)
        self.self_score.show_scores(form, seen.advice, seen.scores)
        self.advisory.show_review(form, seen.review, saved)
        self.missing.show_missing(seen.missing, seen.share)
        self._shares = seen.shares
        self._judged()
        self._show_head(form, not any(m.required for m in seen.missing))
        self._undo_guard.watch(self)

    def _show_head(self, form: DossierForm, complete: bool) -> None:
        before = goes_on(form.registration)
        place = [before, form.registration.code or ("" if before else _("chưa có mã"))]
        if form.self_score.rules is not None:
            place.append(_("Bộ {number}", number=form.product.set_no))
        self.set_title(form.product.name, " · ".join(filter(None, (*place, form.producer.name))))
        self._shell.set_crumbs(self, _("Hồ sơ"), form.product.name)
        self.pill.set(*states.dossier(form.status, form.stars))
        self.remove.setVisible(form.status == "draft")
        self.reopen.setVisible(form.status == "ready")
        self.ready.setVisible(form.status == "draft")
        self.ready.setEnabled(complete)
        self.ready.setToolTip("" if complete else _("Còn mục bắt buộc chưa có; xem cột bên phải"))
        self.take_back.setEnabled(form.undo is not None)
        self.take_back.setToolTip(
            _("Hoàn tác: {field} (Ctrl+Z)", field=field_words(form.undo.fields[0][0])) if form.undo and form.undo.fields else "")

    # -- saving -------------------------------------------------------------------------------------------------------

    @Slot(str, object)
    def save(self, field: str, value: object) -> None:
        """Keep one field."""
        if field.startswith("advisory."):
            self._act(lambda dossiers, session, number, who: note_advisory(dossiers, session, number, field, value, who), field)
            return
        self._act(lambda dossiers, session, number, who: dossiers.change(session, number, field, value, who), field)

    @Slot()
    def undo(self) -> None:
        """Take back the last change."""
        self._let_go()
        if self.form is not None and (self.form.undo is not None or self._waiting):
            self._act(lambda dossiers, session, number, who: dossiers.undo_last(session, number, who))

    def _mark_ready(self) -> None:
        self._act(lambda dossiers, session, number, who: dossiers.mark_ready(session, number, who))

    def _reopen(self) -> None:
        self._act(lambda dossiers, session, number, who: dossiers.reopen(session, number, who))

    def _propose_code(self) -> None:
        form = self.form
        if form is None or form.producer.commune_id is None:
            return
        commune, year = form.producer.commune_id, (form.registration.filed_on or dt.date.today()).year

        def take(dossiers: Any, session: Any, number: int, who: str) -> DossierForm:
            code = dossiers.propose_code(session, commune, year)
            changed: DossierForm = dossiers.change(session, number, "registration.code", str(code), who)
            return changed

        self._act(take, "registration.code")

    def _act(self, action: Callable[[Any, Any, int, str], DossierForm], field: str = "") -> None:
        if self.form is None:
            return
        number, who = self.form.id, self._shell.settings.user

        def save(session: Any) -> Seen:
            from ocop_desktop.actions import dossiers

            return seen_of(session, action(dossiers, session, number, who))

        self._waiting += 1
        self._work.save(self, save, lambda seen: self._saved(seen, field), lambda error: self._refused(error, number, field),
                        quiet=True)

    def _saved(self, seen: Seen, field: str) -> None:
        self._waiting -= 1
        if self.form is None or seen.form.id == self.form.id:
            self._show(seen, field)
        self._leave_now()

    def _refused(self, error: UserError, number: int, field: str) -> None:
        """Say a refusal under its field; where the field is not on show any more, in a bar that leads back."""
        self._waiting -= 1
        problems = error.problems if isinstance(error, ProblemsFound) else []
        here = self.isVisible() and self.form is not None and self.form.id == number
        rest = []
        for problem in problems:
            found = self._field(problem.place.column)
            if here and found is not None:
                found.set_error(text.say(problem))
            else:
                rest.append(text.say(problem))
        if not problems:
            rest.append(text.say(error))
        for words in rest:
            self._shell.say.bad(words, "" if here else _("Mở hồ sơ"), None if here else lambda: self._shell.go(
                "dossiers", dossier_id=number, tab=tab_of(field), field=field), cause="" if here else NOT_KEPT)
        if here and field.startswith("advisory."):
            self.refresh()  # what was refused does not stand there as if it were kept
        self._leave_now()

    def _field(self, key: str) -> Field | None:
        return next((page.fields[key] for page in self.pages.values() if key in getattr(page, "fields", {})), None)

    def delete(self) -> None:
        """Take the draft away; the list offers to bring it back."""
        if self.form is None:
            return
        number, who = self.form.id, self._shell.settings.user

        def take(session: Any) -> Deleted:
            from ocop_desktop.actions import dossiers

            return dossiers.delete_draft(session, number, who)

        self._forget()
        self._work.save(self, take, self.deleted.emit)

    # -- going about --------------------------------------------------------------------------------------------------

    @Slot(str, str)
    def jump(self, tab: str, field: str = "") -> None:
        """Show a tab and put the keyboard into a field of it; a criterion of the self-score opens on the scoring page."""
        part, _dot, code = field.partition(".")
        if part in ("self", "evidence"):
            self._open_sheet("self", code)
            return
        tab = next((key for key, page in self.pages.items() if field in getattr(page, "fields", {})), tab)
        keys = [key for key, _title in TABS]
        if tab in keys:
            self.tabs.setCurrentIndex(keys.index(tab))
        found = self._field(field)
        if found is None:
            return
        editor = found.editor
        editor.setFocus()
        if tab in self.areas:
            QTimer.singleShot(0, editor, lambda: self.areas[tab].ensureWidgetVisible(editor, 0, theme.now().px(60)))

    @Slot(str, str)
    def _open_sheet(self, sheet: str, code: str = "") -> None:
        """Score on the scoring page, at a criterion where one is named."""
        if self.form is not None:
            self._shell.go("scoring", dossier_id=self.form.id, sheet=sheet, criterion=code)

    def _turn(self, step: int) -> None:
        self._let_go()
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())

    def _let_go(self) -> None:
        """Let the field in hand keep its words."""
        held = self.focusWidget()
        if held is not None and self.isAncestorOf(held) and isinstance(held, (QLineEdit, QPlainTextEdit, QComboBox)):
            held.clearFocus()
            held.setFocus()

    @Slot()
    def go_back(self) -> None:
        """Go back to the list when everything typed is kept, or when the person was told what is not and goes all the same."""
        held = self.focusWidget()
        if held is not None:
            held.clearFocus()
        if self.form is not None and self._warned and self._warned == self._troubled():
            for tab, key, _words in self._warned:
                self.pages[tab].drop(key, self.form)
        self._leaving = True
        self._leave_now()

    def _leave_now(self) -> None:
        if self._leaving and not self._waiting:
            self._leaving = False
            if self.may_leave():
                self.closed.emit()

    def may_leave(self) -> bool:
        """Whether nothing typed would be lost; else the field says so and gets the keyboard. Only Esc drops what it says."""
        self._warned = self._troubled() if self.form is not None else []
        if not self._warned:
            return True
        tab, key, _words = self._warned[0]
        self.jump(tab, key)
        self._shell.say.mended(NOT_KEPT)
        self._shell.say.warn(_("{field} chưa lưu được; sửa lại, hoặc bấm Esc để bỏ.", field=field_words(key)), cause=NOT_KEPT)
        return False

    def _troubled(self) -> list[tuple[str, str, str]]:
        return [(tab, key, str(field.editor.property("text"))) for tab, page in self.pages.items()
                for key, field in getattr(page, "troubled", list)()]

    @Slot()
    def _judged(self) -> None:
        wrong = Counter(tab for tab, _key, _words in self._troubled())
        self.tabs.show_state(self._shares, wrong)
        if self._warned and not wrong:
            self._warned = []
            self._shell.say.mended(NOT_KEPT)

    def names_width(self) -> int:
        return super().names_width() + self.back.sizeHint().width() + self.photo.sizeHint().width() + 2 * theme.now().px(12)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme.now().px(NARROW)
        self.missing.setVisible(wide)  # the tabs' rings tell the same, shorter
        for part, words, icon in ((self.take_back, _("Hoàn tác"), "undo"), (self.print, _("Giấy tờ…"), "print")):
            part.setText(words if wide else "")
            icons.put(part, icon, "ink", 18)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
            return
        super().keyPressEvent(event)
