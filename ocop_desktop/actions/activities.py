"""The programme's activities and the money mobilised: written down, corrected, taken away, listed."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from ocop_desktop.actions.rights import need
from ocop_desktop.data import activities as rows
from ocop_desktop.data.changes import record_change
from ocop_desktop.errors import Place, Problem, ProblemsFound, UserError
from ocop_desktop.rules.terms import ACTIVITY_KINDS, FUNDING_SOURCES
from ocop_desktop.text import N_

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session

EARLIEST_YEAR = 2010
MOST_VND = 10**15


@dataclass(frozen=True)
class ActivityForm:
    """An activity; counts are people, sets of documents and VND as reported, None where not told."""

    kind: str
    name: str
    begins_on: dt.date
    ends_on: dt.date
    place: str = ""
    events: int = 1
    people: int | None = None
    women: int | None = None
    minorities: int | None = None
    documents: int | None = None
    cost_vnd: int | None = None
    note: str = ""


@dataclass(frozen=True)
class FundingForm:
    """Money of one source in one year, VND."""

    source: str
    year: int
    amount_vnd: int
    note: str = ""


def save_activity(session: Session, form: ActivityForm, id: int | None = None, who: str = "") -> int:
    """Write a new activity, or correct the one with ``id``; its id.

    Raises:
        ProblemsFound: fields missing or contradicting; each problem's column is the field.
        UserError: it is gone.
    """
    need(session, "work")
    _refuse(_activity_problems(form))
    return _keep(session, "activity", asdict(form), id, who)


def save_funding(session: Session, form: FundingForm, id: int | None = None, who: str = "") -> int:
    """Write money of a source and year, or correct the line with ``id``; its id. Raises as ``save_activity``."""
    need(session, "work")
    _refuse(_funding_problems(form))
    return _keep(session, "funding", asdict(form), id, who)


def remove(session: Session, entity: str, id: int, who: str = "") -> None:
    """Take an activity ("activity") or a line of money ("funding") away; its content stays in the history.

    Raises:
        UserError: it is gone already.
    """
    need(session, "work")
    kept = rows.delete(session, entity, id)
    if kept is None:
        raise UserError("Dòng này không còn; hãy mở lại danh sách.")
    record_change(session, who, entity, id, "deleted", _plain(kept), None)


def activities(session: Session, first: dt.date, last: dt.date, kind: str = "") -> tuple[tuple[int, ActivityForm], ...]:
    """Activities that began between two days with their ids, the newest first."""
    need(session, "register")
    return tuple((id, ActivityForm(**values)) for id, values in rows.activities(session, first, last, kind))


def funding(session: Session, first_year: int, last_year: int) -> tuple[tuple[int, FundingForm], ...]:
    """Money of the years with its ids, the newest year first."""
    need(session, "register")
    return tuple((id, FundingForm(**values)) for id, values in rows.funding(session, first_year, last_year))


def _activity_problems(form: ActivityForm) -> list[Problem]:
    found = []
    for wrong, field, message in (
            (form.kind not in ACTIVITY_KINDS, "kind", N_("Hãy chọn loại hoạt động.")),
            (not form.name.strip(), "name", N_("Cần tên hoặc nội dung hoạt động.")),
            (form.begins_on.year < EARLIEST_YEAR, "begins_on", N_("Ngày hoạt động quá xa; hãy xem lại năm.")),
            (form.ends_on < form.begins_on, "ends_on", N_("Ngày kết thúc không thể trước ngày bắt đầu.")),
            (form.events < 1, "events", N_("Số cuộc ít nhất là 1.")),
            *((value is not None and value < 0, field, N_("Số này không thể âm.")) for field, value in _counts(form)),
            *(((getattr(form, field) or 0) > form.people, field, N_("Số này không thể lớn hơn số người dự."))
              for field in ("women", "minorities") if form.people is not None),
            (form.cost_vnd is not None and form.cost_vnd > MOST_VND, "cost_vnd", N_("Số tiền quá lớn; hãy nhập bằng đồng."))):
        if wrong:
            found.append(Problem(message, {}, Place(column=field), kind=field))
    return found


def _counts(form: ActivityForm) -> tuple[tuple[str, int | None], ...]:
    return tuple((name, getattr(form, name)) for name in ("people", "women", "minorities", "documents", "cost_vnd"))


def _funding_problems(form: FundingForm) -> list[Problem]:
    found = []
    for wrong, field, message in (
            (form.source not in FUNDING_SOURCES, "source", N_("Hãy chọn nguồn kinh phí.")),
            (not EARLIEST_YEAR <= form.year <= 2100, "year", N_("Hãy nhập năm bằng bốn chữ số.")),
            (not 0 < form.amount_vnd <= MOST_VND, "amount_vnd", N_("Hãy nhập số tiền bằng đồng, lớn hơn 0."))):
        if wrong:
            found.append(Problem(message, {}, Place(column=field), kind=field))
    return found


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise ProblemsFound(problems)


def _keep(session: Session, entity: str, values: dict[str, Any], id: int | None, who: str) -> int:
    tidy = {key: " ".join(value.split()) if isinstance(value, str) else value for key, value in values.items()}
    if id is None:
        made = rows.add(session, entity, tidy)
        record_change(session, who, entity, made, "created", None, _plain(tidy))
        return made
    before = rows.change(session, entity, id, tidy)
    if before is None:
        raise UserError("Dòng này không còn; hãy mở lại danh sách.")
    record_change(session, who, entity, id, "saved", _plain(before), _plain(tidy))
    return id


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in values.items()}
