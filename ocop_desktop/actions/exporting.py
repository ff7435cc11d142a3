"""Write what the program holds in the layouts it reads: importing an export into the same file changes nothing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from ocop_desktop.actions.files import unfinished
from ocop_desktop.actions.importing_plan import FACTS, REVOKED
from ocop_desktop.actions.rights import need
from ocop_desktop.data import exports
from ocop_desktop.data import importing as store
from ocop_desktop.data.engine import Session
from ocop_desktop.data.exports import ExportRow
from ocop_desktop.errors import UserError
from ocop_desktop.rules.certificate_life import state_on
from ocop_desktop.rules.terms import ACTIVITY_KINDS, APPLICATION_KINDS, CERTIFICATE_STATES, FUNDING_SOURCES, PRODUCER_KINDS
from ocop_desktop.sheets import activities, applications, funding, layouts, national, producers_list, register
from ocop_desktop.sheets.amounts import Period, period_words
from ocop_desktop.text import N_, _

Progress = Callable[[int, int, str], None]
LEAST_FOR_NATION = 3  # stars the national layer takes
_WRITING = N_("Đang ghi bảng")
_REVENUE = re.compile(rf"(?m)^{national.REVENUE}: *(.*)$")
RECOGNISED = ("history", "recognised")


def export(session: Session, layout: str, path: Path | str, on: dt.date | None = None, communes: Sequence[str] = (),
           progress: Progress | None = None) -> int:
    """Write a layout as an .xlsx file, whole or not at all.

    Args:
        layout: a key of ``LAYOUTS``; on: the day states are told for, today when not given.
        communes: codes; only producers there.

    Returns:
        how many rows were written.

    Raises:
        UserError: there is no such layout, the name does not end in .xlsx, or the file cannot be written.
    """
    need(session, "register")
    goal = Path(path)
    if layout not in LAYOUTS:
        raise UserError("Không xuất được dạng bảng “{value}”; dùng một trong: {values}.", value=layout, values=", ".join(LAYOUTS))
    if goal.suffix.lower() != ".xlsx":
        raise UserError("Tên tệp cần kết thúc bằng .xlsx; đọc được “{file}”.", file=goal.name)
    from ocop_desktop.sheets.templates import write_rows

    rows = LAYOUTS[layout](session, on or dt.date.today(), tuple(communes))
    found = layouts.by_name(layout)
    assert found is not None
    with unfinished(goal) as temporary:
        return write_rows(temporary, found, rows, (lambda done: progress(done, 0, _WRITING)) if progress else None)


def layout_choices() -> tuple[tuple[str, str], ...]:
    """What can be exported: (layout, its words)."""
    return tuple((name, _(found.words)) for name in LAYOUTS if (found := layouts.by_name(name)))


def template_choices() -> tuple[tuple[str, str], ...]:
    """The kinds a template can be saved for: (layout, its words)."""
    return tuple((layout.name, _(layout.words)) for layout in layouts.LAYOUTS)


def template(kind: str, path: Path | str) -> Path:
    """Write the template of a kind: an empty sheet with drop-down lists, examples, help.

    Raises:
        UserError: there is no such kind, or the file cannot be written.
    """
    from ocop_desktop.sheets.templates import write_template

    goal, found = Path(path), layouts.by_name(kind)
    if found is None:
        raise UserError("Không có biểu mẫu “{value}”; dùng một trong: {values}.", value=kind,
                        values=", ".join(layout.name for layout in layouts.LAYOUTS))
    if goal.suffix.lower() != ".xlsx":
        raise UserError("Tên tệp cần kết thúc bằng .xlsx; đọc được “{file}”.", file=goal.name)
    with unfinished(goal) as temporary:
        write_template(temporary, found)
    return goal


# -- rows of each layout --------------------------------------------------------------------------------------------------


def _kind(key: str) -> str:
    return PRODUCER_KINDS[key].vi if key in PRODUCER_KINDS else key


def _set(row: ExportRow) -> str:
    return str(row.set_no) if row.set_no else row.category


def _register(session: Session, _on: dt.date, communes: tuple[str, ...]) -> Iterator[list[Any]]:
    """22 columns: the first recognition and the latest one; those between them in rows of their own."""
    number = 0
    for _product, group in groupby(exports.dossier_rows(session, communes), key=lambda row: row.product_id):
        recognised = [row for row in group if row.status in RECOGNISED and (row.certificate_stars or row.stars)]
        recognised.sort(key=lambda row: (row.issued_on or dt.date.max, row.dossier_id))
        ends = recognised[:1] + recognised[-1:] if len(recognised) > 1 else recognised
        for pair in [ends, *([one] for one in recognised[1:-1])] if ends else []:
            number += 1
            yield _register_row(number, pair, current=pair is ends)


def _register_row(number: int, pair: list[ExportRow], current: bool) -> list[Any]:
    latest = pair[-1]
    turns = [None, *pair] if len(pair) == 1 and latest.kind != "first" else [*pair, None][:2]
    note = _rest_of_note(latest)
    if latest.revoked_on:
        note = "\n".join(filter(None, (note, f"{REVOKED} {latest.revoked_on:%d/%m/%Y}: {latest.revoked_why or ''}")))
    stars = latest.certificate_stars or latest.stars
    return [number, latest.product, _set(latest), _kind(latest.producer_kind), latest.producer, latest.commune or "",
            latest.address, latest.representative, latest.phone, stars if current else None, latest.expires_on,
            *_turn(turns[0]), *_turn(turns[1]), note]


def _turn(row: ExportRow | None) -> list[Any]:
    if row is None:
        return [None, None, None, None, None]
    facts = _facts(row)
    year = row.issued_on.year if row.issued_on else int(facts["year"]) if facts.get("year", "").isdigit() else None
    return [row.certificate_stars or row.stars, row.issued_on, year, row.decision or facts.get("decision"),
            row.authority or facts.get("authority")]


def _facts(row: ExportRow) -> dict[str, str]:
    """What stands in the note for want of a day or a decision (``importing_plan.with_facts``)."""
    if row.issued_on and row.decision:
        return {}
    names = ("authority",) if row.issued_on else tuple(FACTS)
    lines = dict(line.split(": ", 1) for line in row.note.splitlines() if ": " in line)
    return {name: lines[FACTS[name]] for name in names if FACTS[name] in lines}


def _rest_of_note(row: ExportRow) -> str:
    facts = {f"{FACTS[name]}: {value}" for name, value in _facts(row).items()}
    return "\n".join(line for line in row.note.splitlines() if line not in facts)


def _national(session: Session, on: dt.date, communes: tuple[str, ...]) -> Iterator[list[Any]]:
    """Nine columns: the latest recognition of every product with a certificate."""
    for _product, group in groupby(exports.dossier_rows(session, communes), key=lambda row: row.product_id):
        certified = [row for row in group if row.issued_on and (row.certificate_stars or 0) >= LEAST_FOR_NATION]
        if not certified:
            continue
        row = max(certified, key=lambda row: (row.issued_on, row.dossier_id))
        assert row.issued_on and row.expires_on
        state = CERTIFICATE_STATES[state_on(on, row.expires_on, row.revoked_on, row.extended_until)].vi
        revenue = _REVENUE.search(row.note)
        yield [row.code or "", row.commune_code or "", row.issued_on.year, _set(row), row.product, f"{row.certificate_stars}*",
               row.producer, revenue[1] if revenue else "", state]


def _applications(session: Session, _on: dt.date, communes: tuple[str, ...]) -> Iterator[list[Any]]:
    """A commune's list: every dossier that is not the trace of an earlier recognition."""
    number = 0
    for row in exports.dossier_rows(session, communes):
        if row.status != "history":
            number += 1
            yield [number, row.product, _set(row), row.producer, _kind(row.producer_kind), row.tax_code, row.commune or "",
                   row.address, row.representative, row.phone, row.email, APPLICATION_KINDS[row.kind].vi, row.round, row.filed_on,
                   row.samples, row.code or "", row.note]


def _producers(session: Session, _on: dt.date, communes: tuple[str, ...]) -> Iterator[list[Any]]:
    for number, row in enumerate(exports.producer_rows(session, communes), 1):
        yield [number, row.name, _kind(row.kind), row.tax_code, row.commune or "", row.address, row.representative, row.phone,
               row.email]


def _activities(session: Session, _on: dt.date, _communes: tuple[str, ...]) -> Iterator[list[Any]]:
    for number, row in enumerate(store.known_records(session, "activity"), 1):
        yield [number, ACTIVITY_KINDS[row["kind"]].vi, row["name"], period_words(Period(row["begins_on"], row["ends_on"])),
               row["place"], *(row[k] for k in ("events", "people", "women", "minorities", "documents", "cost_vnd", "note"))]


def _funding(session: Session, _on: dt.date, _communes: tuple[str, ...]) -> Iterator[list[Any]]:
    for number, row in enumerate(store.known_records(session, "funding"), 1):
        yield [number, row["year"], FUNDING_SOURCES[row["source"]].vi, row["amount_vnd"], row["note"]]


LAYOUTS: dict[str, Callable[[Session, dt.date, tuple[str, ...]], Iterable[list[Any]]]] = {
    register.NAME: _register,
    national.NAME: _national,
    applications.NAME: _applications,
    producers_list.NAME: _producers,
    activities.NAME: _activities,
    funding.NAME: _funding,
}
