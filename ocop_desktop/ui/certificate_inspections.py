"""Kiểm tra: inspections of certified products - planned, held, what is to follow by when; what is late comes first."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.text import N_, _
from ocop_desktop.ui import theme
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.form import ChoiceField, DateField, Form, LongTextField, SearchField, TextField
from ocop_desktop.ui.form_card import FormCard
from ocop_desktop.ui.inspection_photos import PhotoStrip
from ocop_desktop.ui.say import FOOT
from ocop_desktop.ui.table import Column, FedTable
from ocop_desktop.ui.table_view import TableView
from ocop_desktop.ui.widgets import Chips, EmptyState, button, label

if TYPE_CHECKING:
    from ocop_desktop.actions.inspections import InspectionLine
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

STATES = {"overdue": (N_("Quá ngày kiểm tra"), "bad"), "late": (N_("Quá hạn khắc phục"), "bad"),
          "planned": (N_("Đã lên lịch"), "info"), "following": (N_("Chờ khắc phục"), "warn"), "held": (N_("Xong"), "ok")}
NEXT = {"overdue": "planned_on", "planned": "planned_on", "following": "follow_up_due", "late": "follow_up_due"}


class _Next(Column):
    """The day something is to happen; none when all is done."""

    def value(self, row: Any) -> Any:
        return getattr(row, NEXT[row.state]) if row.state in NEXT else None


class _Product(Column):
    def value(self, row: Any) -> Any:
        return row.product, " · ".join(filter(None, (row.producer, row.commune)))


class _State(Column):
    def value(self, row: Any) -> Any:
        words, tone = STATES[row.state]
        return _(words), tone


COLUMNS = (_Next("next", N_("Hạn"), 118, look="figures"),
           _Product("product", N_("Sản phẩm, chủ thể"), 220, look="two", stretch=True),
           Column("team", N_("Đoàn kiểm tra"), 200, aside=2),
           Column("held_on", N_("Ngày kiểm tra"), 116, look="figures", aside=1),
           _State("state", N_("Tình trạng"), 180, look="pill"))


def plan_form(work: Work, owner: QWidget, with_product: bool) -> Form:
    """The fields of a plan; the product is asked for where it is not known."""
    form = Form()
    if with_product:
        typed = _("Gõ tên để tìm; không cần dấu")
        form.add("product", SearchField(_("Sản phẩm"), _suggest(work, owner), placeholder=typed), 2)
    form.add("on", DateField(_("Ngày dự kiến kiểm tra")))
    form.add("team", TextField(_("Thành phần đoàn kiểm tra"), longest=300))
    return form


def _suggest(work: Work, owner: QWidget) -> Callable[[str, Callable[[Any], None]], None]:
    def suggest(words: str, found: Callable[[Any], None]) -> None:
        def look(session: Any) -> Any:
            from ocop_desktop.actions import inspections

            return inspections.suggest_certified(session, words)

        work.read(owner, look, found, key="certified")

    return suggest


def _findings_form() -> Form:
    form = Form()
    form.add("held_on", DateField(_("Ngày kiểm tra")))
    form.add("team", TextField(_("Thành phần đoàn kiểm tra"), longest=300))
    form.add("findings", LongTextField(_("Nội dung, kết quả kiểm tra"), lines=3), 2)
    form.add("label_right", ChoiceField(_("Sử dụng nhãn hiệu OCOP"), ((True, _("Đúng quy định")), (False, _("Chưa đúng"))),
                                        _("Để trống nếu chưa xem")))
    form.add("follow_up_due", DateField(_("Hạn khắc phục"), _("Cần khi có việc phải khắc phục")))
    form.add("follow_up", LongTextField(_("Việc chủ thể phải khắc phục"), lines=2), 2)
    return form


def _done_form() -> Form:
    form = Form()
    form.add("on", DateField(_("Ngày khắc phục xong")))
    return form


class InspectionsPage(QWidget):
    """The list, and the form of the step in hand above it."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__()
        self._work, self._shell = work, shell
        self.today: Callable[[], dt.date] = dt.date.today
        self.all: tuple[InspectionLine, ...] = ()
        self._wanted = 0  # the inspection to stand on
        self.primary = button(_("Lập kế hoạch kiểm tra"), self._plan, "primary", icon="plus")
        self.chips = Chips()
        self.model = FedTable(COLUMNS)
        self.table = TableView(self.model, "certificate_inspections", shell.table_store, row_height=52)
        self.table.setMinimumHeight(theme.now().px(200))
        self.table.set_empty(EmptyState("calendar", _("Chưa có lần kiểm tra nào"),
                                        hint=_("Lập kế hoạch cho một sản phẩm; hạn của nó cũng đứng trong Lịch hạn.")))
        self.facts = label("", "quiet", wrap=True)
        self.photos = PhotoStrip(work, shell)  # under the list; in the form while findings are written
        self.record = button(_("Ghi kết quả"), self._record, icon="edit")
        self.done = button(_("Đã khắc phục xong"), self._finish, icon="check")
        self.planning = FormCard(plan_form(work, self, with_product=True), _("Lưu kế hoạch"), ("product", "on"))
        self.findings = FormCard(_findings_form(), _("Lưu kết quả"), ("held_on", "team", "findings"))
        self.finishing = FormCard(_done_form(), _("Ghi đã khắc phục"), ("on",))
        self._build()

    def _build(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.now().px(12))
        self.cards = (self.planning, self.findings, self.finishing)
        for part in (self.chips, *self.cards):
            box.addWidget(part)
        box.addWidget(self.table, 1)
        box.addWidget(self.facts)
        box.addWidget(self.photos)
        self.record.setObjectName(FOOT)
        box.addLayout(Flow(self.record, self.done))
        box.addStretch(0)
        for card in self.cards:
            card.left.connect(self._leave)
        self.chips.chosen.connect(lambda _keys: self._narrow())
        self.table.current_changed.connect(lambda _line: self._show_current())
        self.table.opened.connect(lambda _line: self._record())
        self._show_current()

    def show_inspection(self, inspection_id: int) -> None:
        """Read the list and stand on one inspection."""
        self._wanted = inspection_id
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        today = self.today()

        def find(session: Any) -> tuple[InspectionLine, ...]:
            from ocop_desktop.actions import inspections

            return inspections.inspections(session, today)

        self._work.read(self, find, self._show, key="inspections")

    def _show(self, found: tuple[InspectionLine, ...]) -> None:
        self.all = found
        counts = Counter(line.state for line in found)
        self.chips.set_chips([(state, _(words), tone, counts[state]) for state, (words, tone) in STATES.items() if counts[state]])
        self._narrow()

    def _narrow(self) -> None:
        chosen, current = self.chips.keys(), self.table.current()
        wanted, self._wanted = self._wanted or (current.id if current else 0), 0
        rows = [line for line in self.all if not chosen or line.state in chosen]
        self.model.set_rows([])
        self.model.set_rows(rows)
        if rows:
            self.table.selectRow(next((n for n, line in enumerate(rows) if line.id == wanted), 0))
        self._show_current()

    def _show_current(self) -> None:
        line: InspectionLine | None = self.table.current()
        for part in (self.record, self.done):  # an empty list offers nothing but its plan
            part.setVisible(bool(self.all) and not self.table.isHidden())
        self.record.setEnabled(line is not None)
        self.record.setText(_("Sửa kết quả") if line and line.held_on else _("Ghi kết quả"))
        self.done.setEnabled(line is not None and line.state in ("following", "late"))
        self.facts.setText(told(line) if line else "")
        self.photos.show_inspection(line.id if line else None, line.photos if line else 0)

    def _open(self, card: FormCard) -> None:
        for other in self.cards:
            if other is not card:
                other.hide()
        for part in (self.table, self.facts, self.photos, self.record, self.done, self.chips):
            part.hide()
        self.primary.setEnabled(False)

    def _leave(self) -> None:
        for part in (self.table, self.facts, self.chips):
            part.show()
        self._show_current()
        box = self.layout()
        assert isinstance(box, QVBoxLayout)
        box.insertWidget(box.indexOf(self.facts) + 1, self.photos)
        self.photos.setVisible(self.photos.inspection_id is not None)
        self.primary.setEnabled(True)
        (self.table if self.all else self.primary).setFocus()

    # -- the three steps ----------------------------------------------------------------------------------------------

    def _plan(self) -> None:
        self._open(self.planning)
        self.planning.ask(_("Lập kế hoạch kiểm tra"), {"on": self.today()}, self._keep_plan)

    def _keep_plan(self, values: dict[str, Any]) -> None:
        who = self._shell.settings.user

        def keep(session: Any) -> int:
            from ocop_desktop.actions import inspections

            return inspections.plan_inspection(session, values["product"], values["on"], values["team"], who)

        def kept(made: int) -> None:
            self._wanted = made
            self.planning.leave()

        self._work.save(self, keep, kept, self.planning.refuse)

    def _record(self) -> None:
        line: InspectionLine | None = self.table.current()
        if line is None:
            return
        self._open(self.findings)
        self.findings.body.insertWidget(2, self.photos)
        self.photos.show()
        keys = self.findings.form.keys()
        values = {key: getattr(line, key) for key in keys} | {"held_on": line.held_on or self.today()}
        self.findings.ask(_("Kết quả kiểm tra “{product}”", product=line.product), values,
                          lambda values: self._keep_findings(line, values))

    def _keep_findings(self, line: InspectionLine, values: dict[str, Any]) -> None:
        who, today = self._shell.settings.user, self.today()

        def keep(session: Any) -> None:
            from ocop_desktop.actions import inspections

            inspections.record_inspection(session, line.id, inspections.Findings(**values), today, who)

        self._work.save(self, keep, lambda _none: self.findings.leave(), self.findings.refuse)

    def _finish(self) -> None:
        line: InspectionLine | None = self.table.current()
        if line is None:
            return
        self._open(self.finishing)
        self.finishing.ask(_("“{product}”: {work}", product=line.product, work=line.follow_up), {"on": self.today()},
                           lambda values: self._keep_done(line, values["on"]))

    def _keep_done(self, line: InspectionLine, on: dt.date) -> None:
        who = self._shell.settings.user

        def keep(session: Any) -> None:
            from ocop_desktop.actions import inspections

            inspections.finish_follow_up(session, line.id, on, who)

        self._work.save(self, keep, lambda _none: self.finishing.leave(), self.finishing.refuse)


def told(line: InspectionLine) -> str:
    """What an inspection found, in words."""
    if line.held_on is None:
        return _("Dự kiến ngày {date}", date=text.date(line.planned_on))
    mark = {True: _("Nhãn hiệu OCOP: đúng quy định"), False: _("Nhãn hiệu OCOP: chưa đúng"), None: ""}[line.label_right]
    follow = ""
    if line.follow_up and line.follow_up_due:
        follow = _("Phải khắc phục đến {due}: {work}", due=text.date(line.follow_up_due), work=line.follow_up)
    if line.follow_up_done:
        follow = _("Đã khắc phục ngày {date}: {work}", date=text.date(line.follow_up_done), work=line.follow_up)
    photos = _("{count} ảnh", count=line.photos) if line.photos else ""
    return " · ".join(filter(None, (text.date(line.held_on), line.findings, mark, follow, photos)))
