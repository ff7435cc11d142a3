"""Một sản phẩm qua các năm: its recognitions in order, what can be done with the one in force, its inspections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.rules.terms import CERTIFICATE_STATES, REVOCATION_GROUNDS
from ocop_desktop.text import N_, _
from ocop_desktop.ui import theme
from ocop_desktop.ui.certificate_inspections import STATES, plan_form, told
from ocop_desktop.ui.certificate_papers import PapersMenu
from ocop_desktop.ui.certificate_register import TONES
from ocop_desktop.ui.certificate_revoke import RevokeDialog
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.form import ChoiceField, DateField, Form, TextField
from ocop_desktop.ui.form_card import FormCard
from ocop_desktop.ui.table import Column, FedTable
from ocop_desktop.ui.table_view import TableView
from ocop_desktop.ui.widgets import Card, LinkLabel, Pill, button, clear, column, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.certificate_history import CertificateHistory, Recognised
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

TURNS = {"first": N_("Công nhận lần đầu"), "upgrade": N_("Nâng hạng"), "again": N_("Công nhận lại"),
         "reissue": N_("Cấp lại giấy")}
RENEWABLE = ("due", "late", "extended", "expired")


class _Turn(Column):
    def value(self, row: Any) -> Any:
        decision = _("QĐ {number}", number=row.decision) if row.decision else ""
        return _(TURNS[row.turn]), " · ".join(filter(None, (decision, ending(row))))


class _State(Column):
    def value(self, row: Any) -> Any:
        return CERTIFICATE_STATES[row.state].said(text.language()), TONES[row.state]


COLUMNS = (Column("issued_on", N_("Ngày cấp"), 118, look="figures", sortable=False),
           _Turn("turn", N_("Lần công nhận"), 200, look="two", stretch=True, sortable=False),
           Column("stars", N_("Hạng"), 112, look="stars", sortable=False),
           Column("expires_on", N_("Hết 36 tháng"), 124, look="figures", sortable=False),
           _State("state", N_("Tình trạng"), 200, look="pill", sortable=False))


def ending(line: Recognised) -> str:
    """How a recognition ended or goes on, where that is not its 36 months."""
    if line.revoked_on is not None:
        day, why = text.date(line.revoked_on), line.revoked_why
        return (_("thu hồi {date} theo {decision}: {reason}", date=day, decision=line.revoked_by, reason=why) if line.revoked_by
                else _("thu hồi {date}: {reason}", date=day, reason=why))
    if line.extended_until is not None:
        return _("được lưu hành đến {date}: {reason}", date=text.date(line.extended_until), reason=line.extended_why)
    return ""


class HistoryPage(QWidget):
    """The product of a certificate."""

    inspection_wanted = Signal(int)  # its number

    def __init__(self, work: Work, shell: Shell, back: Callable[[], object]) -> None:
        super().__init__()
        self._work, self._shell = work, shell
        self.today: Callable[[], dt.date] = dt.date.today
        self._asked = 0
        self.shown: CertificateHistory | None = None
        self.dialog: RevokeDialog | None = None
        self.back = button(_("Quay lại sổ"), back, icon="chevron-left")
        self.name, self.facts = label("", "strong", wrap=True), label("", "quiet", wrap=True)
        self.model = FedTable(COLUMNS)
        self.table = TableView(self.model, "certificate_history", shell.table_store, row_height=52)
        self.table.as_tall_as_lines()
        self.table.opened.connect(lambda line: shell.go("dossiers", dossier_id=line.dossier_id))
        self.window_words, self.warning = label("", "quiet", wrap=True), label("", "error", wrap=True)
        self.renew = button(_("Lập hồ sơ đánh giá lại"), self._renew, icon="plus")
        self.running = button(_("Mở hồ sơ đang xử lý"), self._open_running, icon="dossier")
        self.extend = button(_("Gia hạn…"), self._ask_extension, icon="clock")
        self.conclude = button(_("Ghi kết luận…"), self._ask_conclusion, icon="paper")
        self.draft = button(_("Dự thảo quyết định thu hồi"), None, icon="paper")
        self.draft_menu = PapersMenu(self.draft, work, shell, lambda: [self._latest().id], ("revocation",))
        self.revoke = button(_("Thu hồi…"), self._ask_revocation, "danger")
        self.plan = button(_("Lên lịch kiểm tra…"), self._ask_plan, icon="calendar")
        self.extending = FormCard(_extension_form(), _("Gia hạn giấy chứng nhận"), ("until", "why"))
        self.concluding = FormCard(_conclusion_form(), _("Ghi kết luận"), ("ground", "conclusion", "on"))
        self.planning = FormCard(plan_form(work, self, with_product=False), _("Lưu kế hoạch"), ("on",))
        self.checks = QVBoxLayout()
        self._build()

    def _build(self) -> None:
        px = theme.now().px
        head = row(self.back)
        head.addLayout(column(self.name, self.facts, space=2), 1)
        deeds = Card(_("Giấy chứng nhận đang xét"))
        deeds.body.addWidget(self.window_words)
        deeds.body.addWidget(self.warning)
        deeds.body.addLayout(Flow(self.renew, self.running, self.extend, self.conclude, self.draft, self.revoke))
        checks = Card(_("Kiểm tra, giám sát"))
        self.checks.setSpacing(px(8))
        checks.body.addLayout(self.checks)
        checks.body.addLayout(Flow(self.plan))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(12))
        box.addLayout(head)
        for part in (self.table, self.extending, self.concluding, self.planning, deeds, checks):
            box.addWidget(part)
        box.addStretch(1)

    def show_certificate(self, certificate_id: int) -> None:
        """Show the product of a certificate."""
        self._asked = certificate_id
        for card in (self.extending, self.concluding, self.planning):
            card.hide()
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:  # a form that is open takes it first
            self.back.click()
        else:
            super().keyPressEvent(event)

    def refresh(self) -> None:
        """Read the product again."""
        asked, today = self._asked, self.today()
        if not asked:
            return

        def find(session: Any) -> CertificateHistory:
            from ocop_desktop.actions import certificate_history

            return certificate_history.history(session, asked, today)

        self._work.read(self, find, self._show, self._shell.say.error, key="history")

    def _latest(self) -> Recognised:
        assert self.shown is not None
        return self.shown.latest

    def _show(self, found: CertificateHistory) -> None:
        self.shown = found
        latest = found.latest
        self.name.setText(found.product)
        self.facts.setText(" · ".join(filter(None, (found.producer, found.commune, found.phone))))
        self.model.set_rows([])
        self.model.set_rows(found.recognitions)
        standing = latest.state != "revoked"
        self.window_words.setText(self._window(found) if standing else " ".join((  # the line above has no room for the whole
            _("Đã thu hồi: sản phẩm phải đăng ký lần đầu lại."), ending(latest)[:1].upper() + ending(latest)[1:])))
        self._warn(found)
        self.renew.setVisible(found.running is None and latest.state in RENEWABLE)
        self.running.setVisible(found.running is not None)
        self.extend.setVisible(standing)
        self.extend.setEnabled(found.running is not None)
        self.conclude.setVisible(standing)
        self.draft.setVisible(found.conclusion is not None)
        self.revoke.setVisible(standing)
        clear(self.checks)
        if not found.inspections:
            self.checks.addWidget(label(_("Chưa có lần kiểm tra nào"), "quiet"))
        for line in found.inspections:
            words, tone = STATES[line.state]
            open_it = LinkLabel(_("Mở"), partial(self.inspection_wanted.emit, line.id))
            across = row(Pill(_(words), tone), label(told(line), wrap=True), open_it)
            across.setStretch(1, 1)
            self.checks.addLayout(across)

    def _window(self, found: CertificateHistory) -> str:
        said = _("Nhận hồ sơ đánh giá lại từ {opens} đến {closes}; hết 36 tháng ngày {ends}.", opens=text.date(found.opens),
                 closes=text.date(found.closes), ends=text.date(found.latest.expires_on))
        if found.latest.extended_until:
            return said + " " + _("Được lưu hành đến {until}.", until=text.date(found.latest.extended_until))
        if found.running is not None:
            until = text.date(found.extended_to)
            return said + " " + _("Gia hạn được đến {until} khi hồ sơ đánh giá lại chưa xong.", until=until)
        return said + " " + _("Chỉ gia hạn được khi đã có hồ sơ đánh giá lại đang xử lý.")

    def _warn(self, found: CertificateHistory) -> None:
        against = found.conclusion
        self.warning.setVisible(against is not None)
        if against is None:
            return
        left = (_("còn {days} ngày", days=against.days_left) if against.days_left >= 0
                else _("quá {days} ngày", days=-against.days_left))
        self.warning.setText(_("Kết luận ngày {on}: {paper}. Phải thu hồi chậm nhất ngày {due} ({left}).",
                               on=text.date(against.on), paper=against.paper, due=text.date(against.due), left=left))

    # -- deeds --------------------------------------------------------------------------------------------------------

    def _renew(self) -> None:
        certificate, who, today = self._latest().id, self._shell.settings.user, self.today()

        def start(session: Any) -> int:
            from ocop_desktop.actions import certificate_fate

            return certificate_fate.start_reevaluation(session, certificate, who, today)

        def started(dossier_id: int) -> None:
            self._shell.say.ok(_("Đã lập hồ sơ đánh giá lại từ hồ sơ trước; hãy cập nhật những gì đã thay đổi."))
            self._shell.go("dossiers", dossier_id=dossier_id)

        self._work.save(self, start, started)

    def _open_running(self) -> None:
        if self.shown is not None:
            self._shell.go("dossiers", dossier_id=self.shown.running)

    def _one(self, card: FormCard) -> FormCard:
        for other in (self.extending, self.concluding, self.planning):
            if other is not card:
                other.hide()
        return card

    def _ask_extension(self) -> None:
        if self.shown is None:
            return
        latest = self.shown.latest
        title = _("Gia hạn giấy chứng nhận “{product}” đến ngày nào?", product=self.shown.product)
        values = {"until": latest.extended_until or self.shown.extended_to, "why": latest.extended_why}
        self._one(self.extending).ask(title, values, lambda made: self._keep(
            self.extending, lambda fate, session, who: fate.extend(session, latest.id, made["until"], made["why"], who)))

    def _ask_conclusion(self) -> None:
        if self.shown is None:
            return
        latest, known = self.shown.latest, self.shown.conclusion
        values = {"ground": known.ground, "conclusion": known.paper, "on": known.on} if known else {"on": self.today()}
        title = _("Kết luận của cơ quan có thẩm quyền về “{product}”", product=self.shown.product)
        self._one(self.concluding).ask(title, values, lambda made: self._keep(
            self.concluding, lambda fate, session, who: fate.conclude_against(session, latest.id, made["ground"],
                                                                              made["conclusion"], made["on"], who)))

    def _keep(self, card: FormCard, deed: Callable[[Any, Any, str], None]) -> None:
        who = self._shell.settings.user

        def keep(session: Any) -> None:
            from ocop_desktop.actions import certificate_fate

            deed(certificate_fate, session, who)

        self._work.save(self, keep, lambda _none: card.leave(), card.refuse)

    def _ask_revocation(self) -> None:
        if self.shown is None:
            return
        latest, known, who = self.shown.latest, self.shown.conclusion, self._shell.settings.user
        noted = {"ground": known.ground, "conclusion": known.paper, "concluded_on": known.on} if known else {}
        if known and known.number:  # taken for the draft of the decision
            noted |= {"decision": known.number, "day": known.dated}

        def revoke(made: dict[str, Any]) -> None:
            def write(session: Any) -> None:
                from ocop_desktop.actions import certificates

                certificates.revoke(session, latest.id, certificates.Revocation(**made), who)

            self._work.save(self, write)

        self.dialog = RevokeDialog(self.shown.product, latest.number, latest.issued_on, self, self.today(), noted)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.confirmed.connect(revoke)
        self.dialog.open()

    def _ask_plan(self) -> None:
        if self.shown is None:
            return
        product, who = self.shown.product_id, self._shell.settings.user

        def keep(values: dict[str, Any]) -> None:
            def write(session: Any) -> int:
                from ocop_desktop.actions import inspections

                return inspections.plan_inspection(session, product, values["on"], values["team"], who)

            self._work.save(self, write, lambda _id: self.planning.leave(), self.planning.refuse)

        title = _("Kiểm tra “{product}” vào ngày nào?", product=self.shown.product)
        self._one(self.planning).ask(title, {"on": self.today()}, keep)


def _extension_form() -> Form:
    form = Form()
    form.add("until", DateField(_("Được lưu hành đến"), _("Sau ngày hết 36 tháng, không quá 180 ngày")))
    form.add("why", TextField(_("Lý do gia hạn"), longest=300))
    return form


def _conclusion_form() -> Form:
    said, form = text.language(), Form()
    form.add("ground", ChoiceField(_("Căn cứ thu hồi"), [(key, words.said(said)) for key, words in REVOCATION_GROUNDS.items()]))
    form.add("on", DateField(_("Ngày kết luận"), _("Thu hồi trong 15 ngày kể từ ngày này")))
    form.add("conclusion", TextField(_("Văn bản kết luận"), placeholder=_("Số, nội dung kết luận của cơ quan có thẩm quyền"),
                                     longest=300), 2)
    return form
