"""Rows of activities, money, periods and targets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables_programme import Activity, Funding, ProgrammePeriod, Target

TABLES: dict[str, type[Any]] = {"activity": Activity, "funding": Funding}


def add(session: Session, entity: str, values: Mapping[str, Any]) -> int:
    """Write a row; its id."""
    row = TABLES[entity](**values)
    session.add(row)
    session.flush()
    return int(row.id)


def change(session: Session, entity: str, id: int, values: Mapping[str, Any]) -> dict[str, Any] | None:
    """Write values into a row; what stood there, or None when there is no such row."""
    row = session.get(TABLES[entity], id)
    if row is None:
        return None
    before = {key: getattr(row, key) for key in values}
    for key, value in values.items():
        setattr(row, key, value)
    session.flush()
    return before


def delete(session: Session, entity: str, id: int) -> dict[str, Any] | None:
    """Take a row away; what it held, or None when there was none."""
    row = session.get(TABLES[entity], id)
    if row is None:
        return None
    kept = _values(row)
    session.delete(row)
    session.flush()
    return kept


def activities(session: Session, first: dt.date, last: dt.date, kind: str = "") -> Iterator[tuple[int, dict[str, Any]]]:
    """Activities that began between two days, the newest first."""
    query = select(Activity).where(Activity.begins_on.between(first, last))
    for row in session.scalars((query.where(Activity.kind == kind) if kind else query)
                               .order_by(Activity.begins_on.desc(), Activity.id.desc())):
        yield row.id, _values(row)


def funding(session: Session, first_year: int, last_year: int) -> Iterator[tuple[int, dict[str, Any]]]:
    """Money of the years, the newest first."""
    query = select(Funding).where(Funding.year.between(first_year, last_year)).order_by(Funding.year.desc(), Funding.id)
    for row in session.scalars(query):
        yield row.id, _values(row)


def get_period(session: Session, period_id: int) -> ProgrammePeriod | None:
    """One period."""
    return session.get(ProgrammePeriod, period_id)


def save_period(session: Session, period: ProgrammePeriod, targets: Sequence[tuple[str, int, str]]) -> int:
    """Write a period with its targets (measure, least, note) instead of those it had; its id."""
    period.targets = [Target(position=n, measure=measure, least=least, note=note)
                      for n, (measure, least, note) in enumerate(targets)]
    session.add(period)
    session.flush()
    return period.id


def delete_period(session: Session, period: ProgrammePeriod) -> None:
    """Take a period with its targets away."""
    session.delete(period)
    session.flush()


def _values(row: Any) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns if column.key != "id"}
