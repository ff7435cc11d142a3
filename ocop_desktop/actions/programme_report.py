"""The programme report of a period: every figure counted from the register, with the list behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ocop_desktop.actions.collecting import uncollected
from ocop_desktop.actions.rights import need
from ocop_desktop.data import programme as rows
from ocop_desktop.data.programme import ActivitySums, ListedProducer, ListedProduct, Span
from ocop_desktop.errors import UserError
from ocop_desktop.rules.targets import MEASURES, Light, Measured, light

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session

NOTHING = ActivitySums(0, 0, 0, 0, 0, 0)


@dataclass(frozen=True)
class TargetState:
    """A target with what was measured.

    Args:
        measure: key of ``rules.targets.MEASURES``; least: the target, a count or whole per cent.
        now: on the day of the report; at_end: what is left of it on the period's last day if nothing more comes.
    """

    id: int
    measure: str
    least: int
    note: str
    now: Measured
    at_end: Measured
    light: Light


@dataclass(frozen=True)
class PeriodState:
    """A period with its targets."""

    id: int
    name: str
    begins_on: dt.date
    ends_on: dt.date
    source: str
    targets: tuple[TargetState, ...]


@dataclass(frozen=True)
class ProgrammeReport:
    """Figures of a period as they stand on a day.

    Args:
        activities: by kind, those that began in the period.
        money: VND by (year, source), years the period touches.
        registered: products with a dossier filed in the period.
        certified: products recognised in it (3 stars and more), by the stars they were recognised with last in it.
        valid, expired, revoked: how those certified stand on ``as_of`` by their latest recognition; valid ones by stars.
        periods: target periods that overlap or that ``as_of`` falls into.
    """

    span: Span
    activities: Mapping[str, ActivitySums]
    money: Mapping[tuple[int, str], int]
    registered: int
    certified: Mapping[int, int]
    valid: Mapping[int, int]
    expired: int
    revoked: int
    periods: tuple[PeriodState, ...]

    def of(self, kind: str) -> ActivitySums:
        """Activities of one kind."""
        return self.activities.get(kind, NOTHING)

    @property
    def document_sets(self) -> int:
        """Documents handed out at any activity."""
        return sum(sums.documents for sums in self.activities.values())

    @property
    def money_vnd(self) -> int:
        """Money mobilised, all sources."""
        return sum(self.money.values())


def report(session: Session, first: dt.date, last: dt.date, as_of: dt.date) -> ProgrammeReport:
    """Count the programme of a period.

    Args:
        first, last: the period, both days counted.
        as_of: the day states are told for; what came after it is not counted.

    Raises:
        UserError: the period ends before it begins, or begins after ``as_of``.
    """
    need(session, "register")
    if last < first:
        raise UserError("Kỳ báo cáo kết thúc ({last}) trước khi bắt đầu ({first}); hãy sửa ngày.",
                        first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")
    if as_of < first:
        raise UserError("Ngày tính số liệu {day} trước khi kỳ báo cáo bắt đầu ({first}); hãy sửa ngày.",
                        day=f"{as_of:%d/%m/%Y}", first=f"{first:%d/%m/%Y}")
    span = Span(first, last, as_of)
    standing = rows.standing(session, span)
    valid = {stars: number for (state, stars), number in standing.items() if state == "valid"}
    expired, revoked = (sum(number for (state, _stars), number in standing.items() if state == gone)
                        for gone in ("expired", "revoked"))
    return ProgrammeReport(
        span, rows.activity_sums(session, span), rows.money(session, span), rows.count(session, "registered", span),
        rows.certified(session, span), valid, expired, revoked, period_states(session, as_of, span))


def period_states(session: Session, on: dt.date, within: Span | None = None) -> tuple[PeriodState, ...]:
    """Target periods with their measured state on a day, the newest first; of a period that is over, on its last day.

    Args:
        within: only periods that overlap it or its day.
    """
    need(session, "register")
    return tuple(
        PeriodState(p.id, p.name, p.begins_on, p.ends_on, p.source, tuple(
            _target(session, t.id, t.measure, t.least, t.note, Span(p.begins_on, p.ends_on, min(on, p.ends_on)))
            for t in p.targets))
        for p in rows.periods(session)
        if within is None or (p.begins_on <= max(within.last, within.day) and p.ends_on >= within.first))


def standing_periods(session: Session, day: dt.date) -> tuple[PeriodState, ...]:
    """Target periods a day falls into; on a day in none, the last one before it: what a dashboard shows of targets."""
    begun = [p for p in rows.periods(session) if p.begins_on <= day and p.targets]
    ends = max((p.ends_on for p in begun), default=day)
    with uncollected():
        return tuple(state for state in period_states(session, day, Span(min(day, ends), min(day, ends), min(day, ends)))
                     if state.targets)


def _target(session: Session, id: int, measure: str, least: int, note: str, span: Span) -> TargetState:
    now = measured(session, measure, span)
    at_end = now
    if MEASURES[measure].standing and span.day < span.last:
        at_end = measured(session, measure, replace(span, day=span.last))
    return TargetState(id, measure, least, note, now, at_end, light(now, at_end, least, span.first, span.last, span.day))


def measured(session: Session, measure: str, span: Span) -> Measured:
    """One measure on a day, exact.

    Args:
        measure: key of ``rules.targets.MEASURES``.
    """
    unit = MEASURES[measure].unit
    whole = rows.count(session, f"{measure}_of", span) if unit == "share" else 0
    return Measured(unit, rows.count(session, measure, span), whole)


def behind(session: Session, figure: str, span: Span) -> tuple[ListedProduct, ...] | tuple[ListedProducer, ...]:
    """The products or producers a figure counts ("registered", "certified", "valid", "expired", "revoked", or a measure)."""
    need(session, "register")
    if figure in rows.PRODUCT_LISTS:
        return rows.products(session, figure, span)
    return rows.producers(session, figure, span)


def as_plain(made: ProgrammeReport) -> dict[str, Any]:
    """The report as the command line prints it; shares as exact fractions "40/3" of per cent."""
    return {
        "from": made.span.first.isoformat(), "to": made.span.last.isoformat(), "as_of": made.span.day.isoformat(),
        "conferences": made.of("conference").events,
        "people_reached": made.of("conference").people,
        "trainings": made.of("training").events,
        "people_trained": made.of("training").people,
        "document_sets": made.document_sets,
        "money_vnd": made.money_vnd,
        "registered": made.registered,
        "certified": sum(made.certified.values()),
        "certified_by_stars": {str(s): made.certified.get(s, 0) for s in (3, 4, 5)},
        "valid": sum(made.valid.values()),
        "valid_by_stars": {str(s): made.valid.get(s, 0) for s in (3, 4, 5)},
        "expired": made.expired,
        "revoked": made.revoked,
        "targets": [_target_plain(p, t) for p in made.periods for t in p.targets],
    }


def _target_plain(period: PeriodState, target: TargetState) -> dict[str, Any]:
    return {
        "period": period.name, "from": period.begins_on.isoformat(), "to": period.ends_on.isoformat(), "measure": target.measure,
        "unit": target.now.unit, "least": target.least, "value": str(target.now.value), "part": target.now.part,
        "whole": target.now.whole, "at_end": str(target.at_end.value), "state": target.light,
    }
