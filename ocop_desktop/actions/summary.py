"""Write the Excel summary: counts with charts, rounds compared, results, ballots, conditions missed, the register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from ocop_desktop import text
from ocop_desktop.actions import summary_rounds
from ocop_desktop.actions.certificate_papers import address_of, set_head
from ocop_desktop.actions.files import unfinished
from ocop_desktop.actions.rights import need
from ocop_desktop.actions.summary_rounds import Held
from ocop_desktop.data import certificates as register
from ocop_desktop.data import results
from ocop_desktop.data.certificate_register import RegisterFilter, RegisterRow, register_counts, register_rows
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import Result
from ocop_desktop.rules.certificate_life import IN_FORCE, State, state_on
from ocop_desktop.rules.scoring import shown
from ocop_desktop.rules.terms import APPLICATION_KINDS, CERTIFICATE_STATES, PRODUCER_KINDS
from ocop_desktop.rules.working_rules import read_working_rules
from ocop_desktop.text import _

if TYPE_CHECKING:
    from ocop_desktop.rules.criteria import SetHead
    from ocop_desktop.sheets.charts import ChartPage
    from ocop_desktop.sheets.summary import Recognition, ResultRow, SessionTable
    from ocop_desktop.sheets.writing import Sheet

ORDER = ("half", "tall", "whole")  # of charts on their sheet: four halves fill a page
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
    from ocop_desktop.sheets.writing import write_book

    need(session, "register")
    need(session, "closed_results")
    day, goal = on or dt.date.today(), Path(path)
    held = tuple(_held(session))
    total = register.count(session)
    step = (lambda done: progress(min(done, total), total, "")) if progress else None
    with unfinished(goal) as temporary:
        write_book(temporary, _sheets(session, held, day), _("Tổng hợp OCOP"), step)
    return Written(goal, len(held), total)


def _sheets(session: Session, held: Sequence[Held], day: dt.date) -> Iterator[Sheet | ChartPage]:
    """Counts and charts first, then the latest round beside the one before, results, ballots, conditions, the register."""
    from ocop_desktop.sheets import summary as sheets
    from ocop_desktop.sheets import summary_rounds as rounds
    from ocop_desktop.sheets.charts import ChartPage

    counts = sheets.Counts()
    for row in _recognitions(session, RegisterFilter(day)):
        counts.add(row)
    overview = sheets.counts_sheet(counts, day)
    yield overview
    charts = list(sheets.count_charts(counts))
    if len(held) > 1:
        pair = summary_rounds.round_of(held[-2]), summary_rounds.round_of(held[-1])
        yield rounds.comparison_sheet(*pair)
        charts.append(rounds.comparison_chart(*pair, summary_rounds.ranks_group()))
    if charts:
        charts.sort(key=lambda chart: ORDER.index(chart.size))
        yield ChartPage(_("Biểu đồ"), tuple(charts), overview.heading)
    yield from (sheets.results_sheet(_table(one)) for one in held)
    if held:
        yield rounds.members_sheet(summary_rounds.member_lines(held))
        yield rounds.gates_sheet(summary_rounds.gate_lines(held))
    yield sheets.register_sheet(_recognitions(session, RegisterFilter(day)))


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


def _held(session: Session) -> Iterator[Held]:
    """Council sessions with closed results, the earliest first."""
    for session_id, code, name, held_on, _count in reversed(register.sessions_with_results(session)):
        yield Held(code, name, held_on, tuple(result for result, _item in results.results_of(session, session_id)))


def _table(held: Held) -> SessionTable:
    from ocop_desktop.sheets.summary import SessionTable

    digits = read_working_rules(held.results[0].snapshot["working_rules"]).digits
    agencies = dict.fromkeys(seat["label"] for r in held.results for seat in r.snapshot["seats"] if seat["scores"])
    rows = tuple(_result(result, digits) for result in held.results)
    scored = tuple(label for label in agencies if any(label in row.totals for row in rows))
    return SessionTable(held.code, held.name, held.held_on, held.results[0].snapshot["session"]["place"], scored, digits, rows)


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
    heads: dict[tuple[str, int | None], SetHead | None] = {}
    language = text.language()
    for row in register_rows(session, wanted, "issued_on", descending=False):
        key = (row.rulebook, row.set_no)
        if key not in heads:
            heads[key] = set_head(*key)
        yield _recognition(row, heads[key], state_on(wanted.on, row.expires_on, row.revoked_on, row.extended_until), language)


def _recognition(row: RegisterRow, head: SetHead | None, state: State, language: str) -> Recognition:
    from ocop_desktop.sheets.summary import Recognition

    kind, application = PRODUCER_KINDS.get(row.producer_kind), APPLICATION_KINDS.get(row.application)
    return Recognition(
        number=row.number or "", product=row.product, code=row.code or "", set_no=row.set_no,
        set_name=head.name.said(language) if head else "", producer=row.producer,
        kind=kind.said(language) if kind else row.producer_kind,
        commune=row.commune or "", commune_code=row.commune_code or "", province=row.province or "", address=row.address,
        representative=row.representative, phone=row.phone, stars=row.stars, issued_on=row.issued_on, expires_on=row.expires_on,
        decision_number=row.decision_number or "", decision_date=row.decision_date, authority=row.authority or "",
        state=CERTIFICATE_STATES[state].said(language), standing=state in IN_FORCE, revoked_on=row.revoked_on,
        revoked_why=row.revoked_why, industry=head.industry_name.said(language) if head else "",
        application=application.said(language) if application else row.application)
