"""Write the Excel summary: counts, results per session, the register of all recognitions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from ocop_desktop import text
from ocop_desktop.actions.certificate_papers import address_of, set_name
from ocop_desktop.actions.files import unfinished
from ocop_desktop.actions.rights import need
from ocop_desktop.data import certificates as register
from ocop_desktop.data import results
from ocop_desktop.data.certificate_register import RegisterFilter, RegisterRow, register_counts, register_rows
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import Result
from ocop_desktop.rules.certificate_life import IN_FORCE, State, state_on
from ocop_desktop.rules.scoring import shown
from ocop_desktop.rules.terms import CERTIFICATE_STATES, PRODUCER_KINDS
from ocop_desktop.rules.working_rules import read_working_rules
from ocop_desktop.text import _

if TYPE_CHECKING:
    from ocop_desktop.sheets.summary import Recognition, ResultRow, SessionTable

POTENTIAL = 5  # stars a province forwards to the Ministry and does not recognise


@dataclass(frozen=True)
class Written:
    """What was written: the file, sheets of results, rows of the register."""

    path: Path
    sessions: int
    recognitions: int


def write_summary(session: Session, path: Path | str, on: dt.date | None = None,
                  progress: Callable[[int, int, str], None] | None = None) -> Written:
    """Write the summary workbook, whole or not at all.

    Args:
        path: the .xlsx file; one that exists is replaced.
        on: the day the states are told for (today when not given).
        progress: called with rows written and rows in all.

    Raises:
        UserError: the file cannot be written, or the role has not the register and the results.
    """
    from ocop_desktop.sheets.summary import Counts, counts_sheet, register_sheet, results_sheet
    from ocop_desktop.sheets.writing import write_book

    need(session, "register")
    need(session, "closed_results")
    day, goal = on or dt.date.today(), Path(path)
    tables = tuple(_sessions(session))
    total = register.count(session)
    step = (lambda done: progress(min(done, total), total, "")) if progress else None
    with unfinished(goal) as temporary:
        counts = Counts()
        for _row in counts.gather(_recognitions(session, RegisterFilter(day))):
            pass
        sheets = [counts_sheet(counts, day), *map(results_sheet, tables),
                  register_sheet(_recognitions(session, RegisterFilter(day)))]
        write_book(temporary, sheets, _("Tổng hợp OCOP"), step)
    return Written(goal, len(tables), total)


def write_register(session: Session, path: Path | str, on: dt.date, words: str = "", states: tuple[State, ...] = (),
                   stars: int | None = None, year: int | None = None,
                   progress: Callable[[int, int, str], None] | None = None) -> int:
    """Write the recognitions on show to an .xlsx file; how many.

    Raises:
        UserError: the file cannot be written.
    """
    from ocop_desktop.sheets.summary import register_sheet
    from ocop_desktop.sheets.writing import write_book

    need(session, "register")
    wanted = RegisterFilter(on, words, states, stars, year)
    total = sum(n for state, n in register_counts(session, wanted).items() if not states or state in states)
    step = (lambda done: progress(done, total, "")) if progress else None
    with unfinished(Path(path)) as temporary:
        return write_book(temporary, [register_sheet(_recognitions(session, wanted))], _("Sổ công nhận"), step)


def _sessions(session: Session) -> Iterator[SessionTable]:
    from ocop_desktop.sheets.summary import SessionTable

    for session_id, code, name, held_on, _count in reversed(register.sessions_with_results(session)):
        found = [result for result, _item in results.results_of(session, session_id)]
        digits = read_working_rules(found[0].snapshot["working_rules"]).digits
        agencies = dict.fromkeys(seat["label"] for result in found for seat in result.snapshot["seats"] if seat["scores"])
        place = found[0].snapshot["session"]["place"]
        rows = tuple(_result(result, digits) for result in found)
        scored = [label for label in agencies if any(label in row.totals for row in rows)]
        yield SessionTable(code, name, held_on, place, tuple(scored), digits, rows)


def _result(result: Result, digits: int) -> ResultRow:
    from ocop_desktop.sheets.summary import ResultRow

    dossier = result.item.dossier
    potential = _("Tiềm năng 5 sao, chuyển Bộ đánh giá") if result.stars == POTENTIAL else ""
    note = _("Bị loại") if result.excluded else potential
    mean = Decimal(shown(Fraction(result.mean_numerator, result.mean_denominator), digits))
    totals = {label: int(points) for label, points in result.snapshot["outcome"]["totals"].items()}
    return ResultRow(dossier.code or "", dossier.product.name, dossier.product.producer.name, address_of(dossier), totals, mean,
                     None if result.excluded else result.stars, note)


def _recognitions(session: Session, wanted: RegisterFilter) -> Iterator[Recognition]:
    names: dict[tuple[str, int | None], str] = {}
    language = text.language()
    for row in register_rows(session, wanted, "issued_on", descending=False):
        key = (row.rulebook, row.set_no)
        if key not in names:
            names[key] = set_name(*key)
        yield _recognition(row, names[key], state_on(wanted.on, row.expires_on, row.revoked_on, row.extended_until), language)


def _recognition(row: RegisterRow, set_words: str, state: State, language: str) -> Recognition:
    from ocop_desktop.sheets.summary import Recognition

    kind = PRODUCER_KINDS.get(row.producer_kind)
    return Recognition(
        number=row.number or "", product=row.product, code=row.code or "", set_no=row.set_no, set_name=set_words,
        producer=row.producer, kind=kind.said(language) if kind else row.producer_kind, commune=row.commune or "",
        commune_code=row.commune_code or "", province=row.province or "", address=row.address, representative=row.representative,
        phone=row.phone, stars=row.stars, issued_on=row.issued_on, expires_on=row.expires_on,
        decision_number=row.decision_number or "", decision_date=row.decision_date, authority=row.authority or "",
        state=CERTIFICATE_STATES[state].said(language), standing=state in IN_FORCE, revoked_on=row.revoked_on,
        revoked_why=row.revoked_why)
