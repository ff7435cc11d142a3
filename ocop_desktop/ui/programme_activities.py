"""Hoạt động và kinh phí: what was done and what it cost, written down, corrected and taken away in place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.errors import ProblemsFound, UserError
from ocop_desktop.rules.terms import ACTIVITY_KINDS, FUNDING_SOURCES
from ocop_desktop.text import N_, _
from ocop_desktop.ui import theme
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.form import ChoiceField, DateField, Form, MoneyField, NumberField, TextField, YearField
from ocop_desktop.ui.painted import PillButton
from ocop_desktop.ui.say import FOOT
from ocop_desktop.ui.table import Column, FedTable
from ocop_desktop.ui.table_view import TableView
from ocop_desktop.ui.widgets import Card, EmptyState, button, label

if TYPE_CHECKING:
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

FIRST, LAST = dt.date(2010, 1, 1), dt.date(2100, 12, 31)


@dataclass(frozen=True)
class Row:
    """A line of either table: its number, the form it was written with, its words."""

    id: int
    form: Any
    what: str
    detail: str
    year: int
    count: int | None
    amount: int | None


class _What(Column):
    def value(self, row: Any) -> Any:
        return row.what, row.detail


COLUMNS = (Column("year", N_("Năm"), 70, format=str, look="figures"),
           _What("what", N_("Nội dung"), 220, look="two", stretch=True),
           Column("count", N_("Người dự"), 110, align="right", look="figures", aside=1),
           Column("amount", N_("Số tiền (đồng)"), 170, align="right", look="figures"))


class ActivitiesPage(QWidget):
    """One of the two tables, its sums, and the form of the line in hand below."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__()
        self._work, self._shell = work, shell
        self.today: Callable[[], dt.date] = dt.date.today
        self._entity, self._editing = "activity", 0
        self.kinds = QButtonGroup(self)
        self.to_activity, self.to_funding = PillButton(_("Hoạt động"), "info"), PillButton(_("Kinh phí huy động"), "info")
        self.sums = label("", "strong", wrap=True)
        self.model = FedTable(COLUMNS)
        self.table = TableView(self.model, "programme_activities", shell.table_store, row_height=52)
        self.table.set_empty(EmptyState("sheet", _("Chưa có dòng nào"), hint=_("Thêm từng dòng, hoặc nhập từ bảng tính.")))
        self.change = button(_("Sửa"), self._change, icon="edit")
        self.remove = button(_("Xóa"), self._remove, "danger")
        self.to_import = button(_("Nhập từ bảng tính"), lambda: shell.go("importing"), icon="import")
        self.primary = button(_("Thêm dòng"), self._add, "primary", icon="plus")
        self.forms = {"activity": _activity_form(), "funding": _funding_form()}
        self.save = button(_("Lưu dòng"), self._save, "primary")
        self.cancel = button(_("Thôi"), self._leave, "quiet")
        self._build()

    def _build(self) -> None:
        px = theme.now().px
        for place, pill in enumerate((self.to_activity, self.to_funding)):
            self.kinds.addButton(pill, place)
        self.to_activity.setChecked(True)
        self.table.setMinimumHeight(px(220))
        self.card = Card(" ")
        self.card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.card.heading.setWordWrap(True)
        for form in self.forms.values():
            self.card.body.addWidget(form)
        self.card.body.addLayout(Flow(self.save, self.cancel))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(12))
        box.addLayout(Flow(self.to_activity, self.to_funding))
        box.addWidget(self.sums)
        box.addWidget(self.card)
        box.addWidget(self.table, 1)
        self.change.setObjectName(FOOT)
        box.addLayout(Flow(self.change, self.remove, self.to_import))
        box.addStretch(0)
        self.card.hide()
        self.kinds.idClicked.connect(self._turn)
        self.table.current_changed.connect(lambda _row: self._allow())
        self.table.opened.connect(lambda _row: self._change())
        self._allow()

    def _turn(self, place: int) -> None:
        self._leave()
        self._entity = ("activity", "funding")[place]
        self.refresh()

    def refresh(self) -> None:
        """Read the table on show again."""
        entity = self._entity

        def find(session: Any) -> tuple[tuple[int, Any], ...]:
            from ocop_desktop.actions import activities

            if entity == "activity":
                return activities.activities(session, FIRST, LAST)
            return activities.funding(session, FIRST.year, LAST.year)

        self._work.read(self, find, lambda found: self._show(entity, found), key="activities")

    def _show(self, entity: str, found: tuple[tuple[int, Any], ...]) -> None:
        said = text.language()
        make = _activity_row if entity == "activity" else _funding_row
        rows = [make(id, form, said) for id, form in found]
        self.table.leave_out(*(() if entity == "activity" else ("count",)))
        self.model.set_rows([])
        self.model.set_rows(rows)
        money = text.number(sum(row.amount or 0 for row in rows))
        if entity == "activity":
            self.sums.setText(_("{events} cuộc, {people} lượt người, {documents} bộ tài liệu, chi {money} đồng",
                                events=text.number(sum(row.form.events for row in rows)),
                                people=text.number(sum(row.count or 0 for row in rows)),
                                documents=text.number(sum(row.form.documents or 0 for row in rows)), money=money))
        else:
            self.sums.setText(_("Kinh phí huy động: {money} đồng", money=money))
        if rows:
            self.table.selectRow(0)
        self._allow()

    def _allow(self) -> None:
        for part in (self.change, self.remove):
            part.setEnabled(self.table.current() is not None)

    # -- the line in hand ---------------------------------------------------------------------------------------------

    def _add(self) -> None:
        today = self.today()
        empty = {"events": 1, "begins_on": today, "ends_on": today, "year": today.year}
        self._edit(0, _("Thêm hoạt động") if self._entity == "activity" else _("Thêm kinh phí"), empty)

    def _change(self) -> None:
        row: Row | None = self.table.current()
        if row is not None:
            self._edit(row.id, _("Sửa: {what}", what=row.what), vars(row.form))

    def _edit(self, id: int, title: str, values: Mapping[str, Any]) -> None:
        self._editing = id
        self.card.heading.setText(title)
        for entity, form in self.forms.items():
            form.setVisible(entity == self._entity)
        form = self.forms[self._entity]
        form.show_problems({})
        keys = form.keys()
        form.set_values({key: values.get(key) for key in keys})
        self.card.show()
        self.table.hide()
        for part in (self.change, self.remove, self.to_import):
            part.hide()
        self.primary.setEnabled(False)
        form.go_to(keys[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.card.isHidden():
            self._leave()
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        if self.card.isHidden():
            return
        self.card.hide()
        self.table.show()
        self.table.setFocus()
        for part in (self.change, self.remove, self.to_import):
            part.show()
        self.primary.setEnabled(True)

    def _save(self) -> None:
        form, entity, id, who = self.forms[self._entity], self._entity, self._editing, self._shell.settings.user
        needed = ("kind", "name", "begins_on", "ends_on", "events") if entity == "activity" else ("source", "year", "amount_vnd")
        if not form.require(*needed):
            return
        values = form.values()

        def keep(session: Any) -> None:
            from ocop_desktop.actions import activities

            if entity == "activity":
                activities.save_activity(session, activities.ActivityForm(**values), id or None, who)
            else:
                activities.save_funding(session, activities.FundingForm(**values), id or None, who)

        self._work.save(self, keep, lambda _none: self._leave(), lambda error: self._refused(form, error))

    def _refused(self, form: Form, error: UserError) -> None:
        if isinstance(error, ProblemsFound):
            form.show_problems({str(p.place.column): text.say(p) for p in error.problems if p.place})
        else:
            self._shell.say.error(error)

    def _remove(self) -> None:
        row, entity, who = self.table.current(), self._entity, self._shell.settings.user

        def take(session: Any) -> None:
            from ocop_desktop.actions import activities

            activities.remove(session, entity, row.id, who)

        self._work.save(self, take, lambda _none: self._shell.say.ok(
            _("Đã xóa “{what}”", what=row.what), _("Hoàn tác"), lambda: self._restore(entity, row.form)))

    def _restore(self, entity: str, form: Any) -> None:
        who = self._shell.settings.user

        def keep(session: Any) -> None:
            from ocop_desktop.actions import activities

            (activities.save_activity if entity == "activity" else activities.save_funding)(session, form, who=who)

        self._work.save(self, keep)


def _activity_row(id: int, form: Any, said: str) -> Row:
    days = text.date(form.begins_on) if form.begins_on == form.ends_on else (
        f"{text.date(form.begins_on)} – {text.date(form.ends_on)}")
    detail = " · ".join(filter(None, (ACTIVITY_KINDS[form.kind].said(said), days, form.place)))
    return Row(id, form, form.name, detail, form.begins_on.year, form.people, form.cost_vnd)


def _funding_row(id: int, form: Any, said: str) -> Row:
    return Row(id, form, FUNDING_SOURCES[form.source].said(said), form.note, form.year, None, form.amount_vnd)


def _activity_form() -> Form:
    said, form = text.language(), Form()
    form.add("kind", ChoiceField(_("Loại hoạt động"), [(key, words.said(said)) for key, words in ACTIVITY_KINDS.items()]))
    form.add("name", TextField(_("Tên, nội dung")))
    form.add("begins_on", DateField(_("Từ ngày")))
    form.add("ends_on", DateField(_("Đến ngày")))
    form.add("place", TextField(_("Địa điểm")))
    form.add("events", NumberField(_("Số cuộc"), lowest=1))
    for key, words in (("people", _("Số người dự")), ("women", _("Trong đó nữ")), ("minorities", _("Trong đó dân tộc thiểu số")),
                       ("documents", _("Bộ tài liệu đã phát"))):
        form.add(key, NumberField(words))
    form.add("cost_vnd", MoneyField(_("Chi phí")))
    form.add("note", TextField(_("Ghi chú")))
    return form


def _funding_form() -> Form:
    said, form = text.language(), Form()
    form.add("source", ChoiceField(_("Nguồn kinh phí"), [(key, words.said(said)) for key, words in FUNDING_SOURCES.items()]))
    form.add("year", YearField(_("Năm"), lowest=2010, highest=2100))
    form.add("amount_vnd", MoneyField(_("Số tiền")))
    form.add("note", TextField(_("Ghi chú")))
    return form
