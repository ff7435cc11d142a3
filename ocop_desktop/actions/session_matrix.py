"""The session at a glance: dossiers x members, states of dossiers, quorum. Tells how far ballots are, never what they say."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from ocop_desktop.actions import rulebooks
from ocop_desktop.actions.advisory import state as advisory_state
from ocop_desktop.actions.counting import conclusions_on, counted_ballots, rules_moved, seats_of
from ocop_desktop.actions.rights import need
from ocop_desktop.actions.sessions import get
from ocop_desktop.data import advisory as advisory_rows
from ocop_desktop.data import attendance, paper_ballots
from ocop_desktop.data import results as stored
from ocop_desktop.data import sessions as rows
from ocop_desktop.data.engine import Session
from ocop_desktop.data.results import StoredBallot
from ocop_desktop.data.tables import AgendaItem, Change, Dossier, Product
from ocop_desktop.rules.council import (
    Count,
    Matter,
    Quorum,
    Seat,
    at_item,
    count,
    fingerprint,
    matters,
    quorum,
    still_open,
)
from ocop_desktop.rules.rulebook import CriteriaSet
from ocop_desktop.rules.working_rules import WorkingRules, read_working_rules
from ocop_desktop.rules.written import opinions_differ

CellState = Literal["empty", "half", "done", "recused", "absent", "not_scoring"]
Progress = tuple[int, bool, int, bool]  # version, finished, answered, came by package
RowState = Literal["not_started", "scoring", "complete", "spread", "differ", "conclude", "closed", "removed"]


@dataclass(frozen=True)
class Cell:
    """How far one member's ballot for one dossier is."""

    state: CellState
    answered: int = 0
    total: int = 0
    version: int = 0
    reason: str = ""
    by_package: bool = False
    on_paper: bool = False  # typed from a paper ballot; where it is not done, it waits to be checked


@dataclass(frozen=True)
class MatrixRow:
    """One dossier.

    Args:
        state: where it stands; ``differ``: written opinions that need a meeting; spread: points between the highest and lowest
            total, only in the state ``spread``.
        moved: taken off because a meeting scores it.
        open_matters: how many conclusions are missing.
        stars, excluded: only when closed.
        can_close: all ballots in, quorum met, nothing to conclude.
        advisory: how far the advisory team's round is (``actions.advisory.state``).
    """

    item_id: int
    dossier_id: int
    position: int
    code: str
    product: str
    producer: str
    state: RowState
    cells: tuple[Cell, ...]
    spread: int = 0
    open_matters: int = 0
    stars: int | None = None
    excluded: bool = False
    can_close: bool = False
    advisory: str = ""
    moved: bool = False


@dataclass(frozen=True)
class Matrix:
    """A session's rows (dossiers) and columns (``seats``), in order; a row's cells follow the columns.

    Args:
        kind: meeting or written; then ``due_on`` is the last day.
        begun: a ballot exists, so a change of the working rules needs a reason.
    """

    session_id: int
    code: str
    name: str
    status: str
    held_on: dt.date
    place: str
    council: str
    decision_number: str
    rulebook: str
    working: WorkingRules
    seats: tuple[Seat, ...]
    quorum: Quorum
    rows: tuple[MatrixRow, ...]
    kind: str = "meeting"
    due_on: dt.date | None = None
    begun: bool = False

    @property
    def counts(self) -> Mapping[str, int]:
        """Rows by state; ``spread``, ``differ`` and ``conclude`` are counted as ``discuss``."""
        return Counter("discuss" if r.state in ("spread", "differ", "conclude") else r.state for r in self.rows)

    @property
    def differing(self) -> tuple[int, ...]:
        """Items of a written round that need a meeting."""
        return tuple(r.item_id for r in self.rows if r.state == "differ")

    @property
    def closable(self) -> tuple[int, ...]:
        """Items that can be closed without any conclusion."""
        return tuple(r.item_id for r in self.rows if r.can_close)

    @property
    def can_end(self) -> bool:
        """Whether every dossier is closed or was taken off."""
        return self.status == "open" and all(r.state in ("closed", "removed") for r in self.rows)


@dataclass(frozen=True)
class _Frame:
    """What is the same in every row."""

    rulebook: str
    working: WorkingRules
    seats: tuple[Seat, ...]
    kind: str
    absent: Mapping[int, Mapping[int, bool]]
    moved: Collection[int]

    def at(self, item_id: int) -> tuple[Seat, ...]:
        """The seats as they are for one dossier."""
        return at_item(self.seats, self.absent[item_id]) if item_id in self.absent else self.seats


@dataclass(frozen=True)
class _Ballots:
    """The session's ballots by item: progress of all, answers of the complete ones, conclusions."""

    progress: Mapping[int, Mapping[int, Progress]]  # by item and member
    full: Mapping[int, Mapping[int, StoredBallot]]
    conclusions: Mapping[int, list[Change]]
    advisory: Mapping[int, tuple[str, bool, int]]  # by dossier
    paper: Mapping[tuple[int, int, int], int]  # by item, member and version: how often the sheet was typed

    def marked(self, item_id: int, member_id: int, cell: Cell) -> Cell:
        """The cell with the sign of a paper ballot, where it comes from one."""
        typed = self.paper.get((item_id, member_id, cell.version or 1), 0)
        return replace(cell, on_paper=True) if typed == 2 or (typed and cell.state in ("empty", "half")) else cell


def matrix(session: Session, session_id: int) -> Matrix:
    """The session's matrix, in a fixed number of queries.

    Args:
        session_id: the session.

    Raises:
        UserError: there is no such session, or the role may not see how far ballots are.
    """
    need(session, "completion", session_id)
    return matrix_for_all(session, session_id)


def matrix_for_all(session: Session, session_id: int) -> Matrix:
    """As ``matrix``, whoever is signed in: for the hall screen, which shows counts of ballots only."""
    meeting = get(session, session_id)
    working = read_working_rules(meeting.working_rules)
    seats = seats_of(session, session_id)
    recused: dict[int, dict[int, str]] = {}
    for (item_id, member_id), why in rows.recusals(session, session_id).items():
        recused.setdefault(item_id, {})[member_id] = why
    agenda = rows.agenda(session, session_id)
    frame = _Frame(meeting.rulebook, working, seats, meeting.kind, attendance.presences(session, session_id),
                   rows.moved(session, session_id) if meeting.kind == "written" else ())
    ballots = _ballots(session, session_id, [item for item, *_more in agenda], frame, recused)
    made = tuple(_row(frame, item, (dossier, product), producer.name, recused.get(item.id, {}), ballots, (stars, bool(excluded)))
                 for item, dossier, product, producer, stars, excluded in agenda)
    return Matrix(meeting.id, meeting.code, meeting.name, meeting.status, meeting.held_on, meeting.place, meeting.council.name,
                  meeting.council.decision_number, meeting.rulebook, working, seats, quorum(seats, working), made, meeting.kind,
                  meeting.due_on, bool(ballots.progress))


def _ballots(session: Session, session_id: int, items: Iterable[AgendaItem], frame: _Frame,
             recused: Mapping[int, Mapping[int, str]]) -> _Ballots:
    progress: dict[int, dict[int, Progress]] = {}
    for item_id, member_id, _id, version, finished, given, package in rows.latest_ballots(session, session_id):
        progress.setdefault(item_id, {})[member_id] = (version, finished is not None, given, bool(package))
    complete = [i.id for i in items
                if i.status == "open" and _counted(frame.at(i.id), recused.get(i.id, {}), progress.get(i.id, {})).complete
                and quorum(frame.at(i.id), frame.working, recused.get(i.id, {})).met]
    full: dict[int, dict[int, StoredBallot]] = {}
    for ballot in stored.ballots(session, complete) if complete else ():
        full.setdefault(ballot.item_id, {})[ballot.member_id] = ballot
    return _Ballots(progress, full, _conclusions(session, session_id, complete), advisory_rows.states(session, session_id),
                    paper_ballots.marks(session, session_id))


def _conclusions(session: Session, session_id: int, items: list[int]) -> Mapping[int, list[Change]]:
    return stored.conclusions(session, items, after=rules_moved(session, session_id)) if items else {}


def _counted(seats: tuple[Seat, ...], recused: Mapping[int, str], progress: Mapping[int, Progress]) -> Count:
    return count(seats, recused, {m for m, (_version, finished, *_more) in progress.items() if finished})


def _row(frame: _Frame, item: AgendaItem, what: tuple[Dossier, Product], producer: str, recused: Mapping[int, str],
         ballots: _Ballots, result: tuple[int | None, bool]) -> MatrixRow:
    dossier, product = what
    progress = ballots.progress.get(item.id, {})
    rules = rulebooks.criteria(dossier.rulebook or frame.rulebook, product.set_no) if product.set_no else None
    seats = frame.at(item.id)
    cells = tuple(ballots.marked(item.id, s.member_id, _cell(
        s, recused, progress.get(s.member_id), len(rules.criteria) if rules else 0)) for s in seats)
    found, differ = _matters(frame, item, rules, recused, ballots) if rules else (None, False)
    state, spread = _state(item, progress, found, differ)
    able = state == "complete" and quorum(seats, frame.working, recused).met
    return MatrixRow(item.id, dossier.id, item.position, dossier.code or "", product.name, producer, state, cells, spread,
                     len(found or ()), result[0], result[1], able,
                     advisory_state(*ballots.advisory.get(dossier.id, ("", False, 0))), item.id in frame.moved)


def _cell(seat: Seat, recused: Mapping[int, str], progress: Progress | None, total: int) -> Cell:
    version, finished, answered, by_package = progress or (0, False, 0, False)
    if not seat.scores:
        return Cell("not_scoring")
    if seat.member_id in recused:
        return Cell("recused", reason=recused[seat.member_id], version=version)
    if finished:
        return Cell("done", total, total, version, by_package=by_package)
    if not seat.present:
        return Cell("absent", answered, total, version)
    return Cell("half" if answered or version > 1 else "empty", answered, total, version, by_package=by_package)


def _matters(frame: _Frame, item: AgendaItem, rules: CriteriaSet, recused: Mapping[int, str],
             ballots: _Ballots) -> tuple[tuple[Matter, ...] | None, bool]:
    """What is still to be concluded (None while ballots are missing or after closing), and whether a meeting is needed first."""
    if item.id not in ballots.full:
        return None, False
    seats, book = frame.at(item.id), rulebooks.rulebook(frame.rulebook)
    counted = counted_ballots(seats, _counted(seats, recused, ballots.progress[item.id]), ballots.full[item.id])
    try:
        found = matters(book, rules, counted, frame.working)
        differ = frame.kind == "written" and opinions_differ(book, rules, counted, frame.working)
    except KeyError:  # the product was moved to another set after it was scored; the result's page says so
        return None, False
    concluded = conclusions_on(ballots.conclusions.get(item.id, ()), fingerprint(counted))
    return still_open(found, {key: c.value for key, c in concluded.items()}), differ


def _state(item: AgendaItem, progress: Mapping[int, Progress], found: tuple[Matter, ...] | None,
           differ: bool) -> tuple[RowState, int]:
    if item.status == "closed":
        return "closed", 0
    if item.status == "removed":
        return "removed", 0
    if found is None:
        return ("scoring" if progress else "not_started"), 0
    if differ:
        return "differ", 0
    spread = next((m.points for m in found if m.kind == "spread"), 0)
    if spread:
        return "spread", spread
    return ("conclude" if found else "complete"), 0
