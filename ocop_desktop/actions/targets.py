"""Periods with their targets: written down, changed, taken away. What they come to: ``programme_report.period_states``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ocop_desktop.actions.rights import need
from ocop_desktop.data import activities as rows
from ocop_desktop.data import programme as periods
from ocop_desktop.data.changes import record_change
from ocop_desktop.data.tables_programme import ProgrammePeriod
from ocop_desktop.errors import Place, Problem, ProblemsFound, UserError
from ocop_desktop.rules.targets import MEASURES

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session


@dataclass(frozen=True)
class TargetForm:
    """At least ``least`` of ``measure`` (a key of ``rules.targets.MEASURES``): a count, or whole per cent of a share."""

    measure: str
    least: int
    note: str = ""


@dataclass(frozen=True)
class PeriodForm:
    """A period with its targets; ``source``: the plan that sets them."""

    name: str
    begins_on: dt.date
    ends_on: dt.date
    source: str = ""
    targets: tuple[TargetForm, ...] = ()


def save_period(session: Session, form: PeriodForm, id: int | None = None, who: str = "") -> int:
    """Write a new period with its targets, or change the one with ``id``; its id.

    Raises:
        ProblemsFound: fields missing or wrong; each problem's column is the field, of a target "targets.N.least".
        UserError: it is gone.
    """
    need(session, "work")
    problems = _problems(form)
    if problems:
        raise ProblemsFound(problems)
    period = ProgrammePeriod() if id is None else rows.get_period(session, id)
    if period is None:
        raise UserError("Giai đoạn này không còn; hãy mở lại danh sách.")
    before = None if id is None else _plain(read_period(period))
    period.name, period.source = form.name.strip(), form.source.strip()
    period.begins_on, period.ends_on = form.begins_on, form.ends_on
    made = rows.save_period(session, period, [(t.measure, t.least, t.note.strip()) for t in form.targets])
    record_change(session, who, "programme_period", made, "saved" if id else "created", before, _plain(form))
    return made


def period(session: Session, id: int) -> PeriodForm:
    """A period to change. Raises UserError when it is gone."""
    found = rows.get_period(session, id)
    if found is None:
        raise UserError("Giai đoạn này không còn; hãy mở lại danh sách.")
    return read_period(found)


def spans(session: Session) -> tuple[tuple[str, dt.date, dt.date], ...]:
    """Every period's name, first and last day, the newest first."""
    return tuple((p.name, p.begins_on, p.ends_on) for p in periods.periods(session))


def remove_period(session: Session, id: int, who: str = "") -> None:
    """Take a period with its targets away; they stay in the history. Raises UserError when it is gone already."""
    need(session, "work")
    form, found = period(session, id), rows.get_period(session, id)
    assert found is not None
    rows.delete_period(session, found)
    record_change(session, who, "programme_period", id, "deleted", _plain(form), None)


def read_period(found: ProgrammePeriod) -> PeriodForm:
    """A period's row as a form."""
    return PeriodForm(found.name, found.begins_on, found.ends_on, found.source,
                      tuple(TargetForm(t.measure, t.least, t.note) for t in found.targets))


def _problems(form: PeriodForm) -> list[Problem]:
    found = []
    if not form.name.strip():
        found.append(Problem("Cần tên giai đoạn.", {}, Place(column="name"), kind="name"))
    if form.ends_on < form.begins_on:
        found.append(Problem("Ngày cuối giai đoạn không thể trước ngày đầu.", {}, Place(column="ends_on"), kind="ends_on"))
    for n, target in enumerate(form.targets):
        at = Place(column=f"targets.{n}.least")
        if target.measure not in MEASURES:
            found.append(Problem("Hãy chọn chỉ tiêu trong danh sách.", {}, Place(column=f"targets.{n}.measure"), kind="measure"))
        elif target.least < 1:
            found.append(Problem("Mức chỉ tiêu ít nhất là 1.", {}, at, kind="least"))
        elif MEASURES[target.measure].unit == "share" and target.least > 100:
            found.append(Problem("Tỷ lệ không quá 100 %.", {}, at, kind="least"))
    measures = [t.measure for t in form.targets]
    for n, measure in enumerate(measures):
        if measure in measures[:n]:
            found.append(Problem("Chỉ tiêu này đã có ở trên.", {}, Place(column=f"targets.{n}.measure"), kind="measure"))
    return found


def _plain(form: PeriodForm) -> dict[str, object]:
    return {"name": form.name, "begins_on": form.begins_on.isoformat(), "ends_on": form.ends_on.isoformat(),
            "source": form.source, "targets": [[t.measure, t.least, t.note] for t in form.targets]}
