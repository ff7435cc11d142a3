"""Rows of activities and money: each found again by what names it, or new."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ocop_desktop.actions.importing_plan import Plan, RecordPlan, RowPlan, differs, folded
from ocop_desktop.data import importing as store
from ocop_desktop.data.engine import Session
from ocop_desktop.sheets.contents import Contents, Row
from ocop_desktop.text import N_

_DUPLICATE = N_("Dòng {row} giống hệt dòng {first}; chỉ nhập dòng {first}. Hai việc khác nhau thì ghi rõ ở ghi chú.")
Values = Mapping[str, Any]

# column of the table -> field of the sheet, for what is told and asked
ACTIVITY_FIELDS = {"kind": "activity_kind", "name": "activity", "begins_on": "period", "ends_on": "period", "place": "place",
                   "events": "events", "people": "people", "women": "women", "minorities": "minorities",
                   "documents": "documents", "cost_vnd": "cost", "note": "note"}
FUNDING_FIELDS = {"source": "source", "amount_vnd": "amount", "year": "funding_year", "note": "note"}


def plan(session: Session, contents: Contents, skip: frozenset[int], strict: bool, table: str) -> Plan:
    """Plan every row of a list of activities or of money.

    Args:
        table: ``activity`` or ``funding``.
    """
    values_of, key_of, fields = _TABLES[table]
    made = Plan()
    known: dict[Any, list[dict[str, Any]]] = {}
    for record in store.known_records(session, table):
        known.setdefault(key_of(record), []).append(record)
    first: dict[Any, list[RecordPlan]] = {}
    stops = ("error", "warning") if strict else ("error",)
    for row in contents.rows:
        if row.number in skip or any(p.severity in stops for p in row.problems):
            made.rows[row.number] = RowPlan("reject")
        else:
            made.rows[row.number] = _row(contents, row, made, values_of(row.values), key_of, known, first, table, fields)
    return made


def _row(contents: Contents, row: Row, made: Plan, values: dict[str, Any], key_of: Callable[[Values], Any],
         known: dict[Any, list[dict[str, Any]]], first: dict[Any, list[RecordPlan]], table: str,
         fields: Mapping[str, str]) -> RowPlan:
    done = RowPlan("none")
    key = key_of(values)
    double = next((r for r in first.get(key, ()) if not _different(r.values, values)), None)
    if double is not None:
        contents.ask(row, next(iter(fields.values())), "duplicate_row", "warning", _DUPLICATE, first=double.row)
        done.asked = True
        return done
    waiting = known.get(key, [])
    before = next((r for r in waiting if not _different(r, values)), waiting[0] if waiting else None)
    if before is None:
        record = RecordPlan(table, None, row.number, values)
        made.records.append(record)
        done.action = "create"
    else:
        waiting.remove(before)
        changes = _different(before, values)
        record = RecordPlan(table, before["id"], row.number, values, changes)
        if changes:
            made.records.append(record)
            done.action = "update"
            done.changes = tuple((fields[k], v, values[k]) for k, v in changes.items())
    first.setdefault(key, []).append(record)
    return done


def _different(before: Values, values: Values) -> dict[str, Any]:
    """Columns whose new value says something else, with what stood there; what the sheet does not say stays."""
    return {k: before.get(k) for k, v in values.items() if v not in ("", None) and differs(k, before.get(k) or _empty(v), v)}


def _empty(value: Any) -> Any:
    return "" if isinstance(value, str) else None


def _activity(values: Values) -> dict[str, Any]:
    get = values.get
    period = values["period"]
    return {"kind": get("activity_kind") or "other", "name": get("activity") or "", "begins_on": period.begins,
            "ends_on": period.ends, "place": get("place") or "", "events": get("events") or 1, "people": get("people"),
            "women": get("women"), "minorities": get("minorities"), "documents": get("documents"), "cost_vnd": get("cost"),
            "note": get("note") or ""}


def _funding(values: Values) -> dict[str, Any]:
    return {"source": values["source"], "amount_vnd": values["amount"], "year": values["funding_year"],
            "note": values.get("note") or ""}


def _activity_key(values: Values) -> Any:
    return (values["kind"], folded(values["name"]), values["begins_on"], values["ends_on"], folded(values["place"]))


def _funding_key(values: Values) -> Any:
    """A source may give several times a year: the note tells which."""
    return (values["source"], values["year"], folded(values["note"]))


_TABLES: dict[str, tuple[Callable[[Values], dict[str, Any]], Callable[[Values], Any], Mapping[str, str]]] = {
    "activity": (_activity, _activity_key, ACTIVITY_FIELDS),
    "funding": (_funding, _funding_key, FUNDING_FIELDS),
}
