"""Chỉ tiêu: periods with their targets, how each stands, the list behind every number; written and changed in place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.errors import ProblemsFound, UserError
from ocop_desktop.rules.targets import MEASURES
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.form import DateField, Form, NumberField, TextField
from ocop_desktop.ui.programme_target_table import OpenFigure, TargetTable
from ocop_desktop.ui.widgets import Card, EmptyState, button, clear, label, line

if TYPE_CHECKING:
    from ocop_desktop.actions.programme_report import PeriodState
    from ocop_desktop.actions.targets import PeriodForm
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work


class TargetsPage(QWidget):
    """A card for every period, or the form of the one in hand."""

    def __init__(self, work: Work, shell: Shell, open_figure: OpenFigure) -> None:
        super().__init__()
        self._work, self._shell, self._open = work, shell, open_figure
        self.today: Callable[[], dt.date] = dt.date.today
        self._editing = 0
        self._notes: dict[str, str] = {}  # of the period in hand
        self.primary = button(_("Thêm giai đoạn"), lambda: self._edit(0, None), "primary", icon="plus")
        self.tables: dict[int, TargetTable] = {}  # by period
        self.changes: dict[int, QWidget] = {}
        self.removes: dict[int, QWidget] = {}
        self.form = _form()
        self.save, self.cancel = button(_("Lưu giai đoạn"), self._save, "primary"), button(_("Thôi"), self._leave, "quiet")
        self.card = Card(_("Giai đoạn và chỉ tiêu"))
        self.card.body.addWidget(self.form)
        self.card.body.addLayout(Flow(self.save, self.cancel))
        self.list = QVBoxLayout()
        self.list.setSpacing(theme.now().px(12))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.now().px(12))
        box.addWidget(self.card)
        box.addLayout(self.list)
        box.addStretch(1)
        for key in self.form.values():  # at 200 % a long name takes two lines
            self.form.field(key).title.setWordWrap(True)
        self.card.hide()

    def refresh(self) -> None:
        """Measure again."""
        day = self.today()

        def measure(session: Any) -> tuple[PeriodState, ...]:
            from ocop_desktop.actions import programme_report

            return programme_report.period_states(session, day)

        self._work.read(self, measure, self._show, key="targets")

    def _show(self, periods: tuple[PeriodState, ...]) -> None:
        clear(self.list)
        self.tables, self.changes, self.removes = {}, {}, {}
        for period in periods:
            self.list.addWidget(self._card(period))
        if not periods:
            self.list.addWidget(EmptyState("chart", _("Chỉ tiêu của từng giai đoạn sẽ đứng ở đây"),
                                           hint=_("Ghi giai đoạn và mức chỉ tiêu theo kế hoạch của tỉnh.")))

    def _card(self, period: PeriodState) -> Card:
        made = Card(period.name)
        made.heading.setWordWrap(True)
        words = _("Từ {first} đến {last}", first=text.date(period.begins_on), last=text.date(period.ends_on))
        made.body.addWidget(label(" · ".join(filter(None, (words, period.source))), "quiet", wrap=True))
        table = TargetTable(period, self.today(), self._open)
        self.tables[period.id] = table
        made.body.addWidget(table)
        change = button(_("Sửa"), lambda: self._change(period.id), icon="edit", small=True)
        remove = button(_("Xóa"), lambda: self._remove(period.id), "danger", small=True)
        self.changes[period.id], self.removes[period.id] = change, remove
        made.body.addWidget(line())
        made.body.addLayout(Flow(change, remove))
        return made

    # -- the period in hand -------------------------------------------------------------------------------------------

    def _change(self, id: int) -> None:
        def find(session: Any) -> PeriodForm:
            from ocop_desktop.actions import targets

            return targets.period(session, id)

        self._work.read(self, find, lambda found: self._edit(id, found), self._shell.say.error)

    def _edit(self, id: int, found: PeriodForm | None) -> None:
        self._editing = id
        values: dict[str, Any] = dict.fromkeys(MEASURES)
        values |= {"name": "", "source": "", "begins_on": None, "ends_on": None}
        if found is not None:
            values |= {"name": found.name, "source": found.source, "begins_on": found.begins_on, "ends_on": found.ends_on}
            values |= {target.measure: target.least for target in found.targets}
        self._notes = {target.measure: target.note for target in found.targets} if found else {}
        self.form.show_problems({})
        self.form.set_values(values)
        self.card.show()
        self.primary.setEnabled(False)
        self.form.go_to("name")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.card.isHidden():
            self._leave()
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        self.card.hide()
        self.primary.setEnabled(True)
        self.primary.setFocus()

    def _save(self) -> None:
        if not self.form.require("name", "begins_on", "ends_on"):
            return
        values, id, who, notes = self.form.values(), self._editing, self._shell.settings.user, self._notes
        set_ones = [measure for measure in MEASURES if values[measure] is not None]

        def keep(session: Any) -> int:
            from ocop_desktop.actions import targets

            made = tuple(targets.TargetForm(m, values[m], notes.get(m, "")) for m in set_ones)
            return targets.save_period(session, targets.PeriodForm(
                values["name"], values["begins_on"], values["ends_on"], values["source"], made), id or None, who)

        self._work.save(self, keep, lambda _id: self._leave(), lambda error: self._refused(error, set_ones))

    def _refused(self, error: UserError, set_ones: list[str]) -> None:
        if not isinstance(error, ProblemsFound):
            self._shell.say.error(error)
            return
        problems = {}
        for problem in error.problems:
            field = str(problem.place.column) if problem.place else ""
            problems[set_ones[int(field.split(".")[1])] if field.startswith("targets.") else field] = text.say(problem)
        self.form.show_problems(problems)

    def _remove(self, id: int) -> None:
        who = self._shell.settings.user

        def take(session: Any) -> PeriodForm:
            from ocop_desktop.actions import targets

            form = targets.period(session, id)
            targets.remove_period(session, id, who)
            return form

        self._work.save(self, take, lambda form: self._shell.say.ok(
            _("Đã xóa “{what}”", what=form.name), _("Hoàn tác"), lambda: self._restore(form)))

    def _restore(self, form: PeriodForm) -> None:
        who = self._shell.settings.user

        def keep(session: Any) -> int:
            from ocop_desktop.actions import targets

            return targets.save_period(session, form, who=who)

        self._work.save(self, keep)


def _form() -> Form:
    said, form = text.language(), Form()
    form.add("name", TextField(_("Tên giai đoạn"), placeholder=_("Ví dụ 2026-2030")))
    form.add("source", TextField(_("Theo kế hoạch, nghị quyết")))
    form.add("begins_on", DateField(_("Từ ngày")))
    form.add("ends_on", DateField(_("Đến ngày")))
    for key, measure in MEASURES.items():
        words = measure.words.said(said)
        form.add(key, NumberField(f"{words} (%)" if measure.unit == "share" else words, _("Để trống nếu không đặt chỉ tiêu")))
    return form
