"""The score sheet of each closed dossier, from its snapshot: criteria by member, means, star gates met and unmet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from ocop_desktop.actions.meeting_facts import Closed, Filed, Item, Meeting, comma, shorts
from ocop_desktop.actions.outcome_papers import excluded_why
from ocop_desktop.actions.result_view import Vote
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import UserError
from ocop_desktop.rules.ballot import part_totals
from ocop_desktop.rules.criteria import Criterion
from ocop_desktop.rules.rulebook import RANKS_WITH_GATES
from ocop_desktop.rules.scoring import meeting as met
from ocop_desktop.rules.scoring import shown

if TYPE_CHECKING:
    from ocop_desktop.papers.blocks import Paper
    from ocop_desktop.papers.score_sheet import Gate, ScoreSheet


def sheets(_session: Session, filed: Filed) -> Sequence[Paper]:
    """A sheet per closed dossier, in the order of the agenda.

    Raises:
        UserError: no result is closed.
    """
    from ocop_desktop.papers.score_sheet import papers

    return papers(score_sheets(filed))


def score_sheets(filed: Filed) -> tuple[ScoreSheet, ...]:
    """What the sheets say.

    Raises:
        UserError: no result is closed.
    """
    if not isinstance(filed, Meeting) or not filed.closed:
        raise UserError("Chưa có gì để in: phiên chưa có hồ sơ nào đã chốt kết quả.")
    return tuple(_sheet(filed, item, closed) for item, closed in filed.closed)


def _sheet(meeting: Meeting, item: Item, closed: Closed) -> ScoreSheet:
    from ocop_desktop.papers.score_sheet import ScoreSheet

    basis, outcome = closed.basis, closed.outcome
    seats = {seat.member_id: seat for seat in item.seats}
    heads = shorts(tuple(seats[v.member_id] for v in basis.votes))
    return ScoreSheet(
        meeting.office.body, meeting.council, meeting.name, meeting.held_on, item.position, item.code, item.product,
        item.producer, f"Bộ {basis.rules.number}. {basis.rules.name.vi}", basis.book.decision,
        tuple(heads[v.member_id] for v in basis.votes),
        tuple((heads[v.member_id], seats[v.member_id].agency or v.name, v.name) for v in basis.votes),
        tuple(_rows(closed)), tuple(_totals(closed)), tuple(_gates(closed)), tuple(_left_out(closed)), closed.mean,
        f"{outcome.stars_by_points} sao", closed.rank, excluded_why(closed), meeting.chair, meeting.secretary)


def _counted(closed: Closed) -> list[Vote]:
    return [v for v in closed.basis.votes if v.label not in closed.outcome.left_out]


def _left_out(closed: Closed) -> Iterator[str]:
    for vote in closed.basis.votes:
        if vote.label in closed.outcome.left_out:
            yield vote.name


def _rows(closed: Closed) -> Iterator[tuple[str, ...]]:
    basis, counted, part = closed.basis, _counted(closed), ""
    for criterion in basis.rules.criteria:
        if criterion.part != part:
            part = criterion.part
            name = basis.book.parts[part].vi if part in basis.book.parts else ""
            yield (f"PHẦN {part}. {name.upper()} (/{basis.rules.part_max[part]})",)
        points = [criterion.points(v.choices[criterion.code]) for v in counted]
        yield (criterion.code, criterion.name.vi, str(criterion.max),
               *(str(criterion.points(v.choices[criterion.code])) for v in basis.votes), _mean(closed, points),
               "; ".join(_conditions(closed, criterion)))


def _mean(closed: Closed, points: Sequence[int]) -> str:
    return comma(shown(Fraction(sum(points), len(points)), closed.basis.working.digits))


def _conditions(closed: Closed, criterion: Criterion) -> Iterator[str]:
    """What became of each star mark of a criterion: "3 sao đạt", "4 sao chưa đạt (3/7 phiếu)"."""
    basis, count = closed.basis, len(closed.basis.votes)
    for stars in sorted({o.star for o in criterion.options if o.star is not None}):
        yes = met(basis.rules, basis.ballots, criterion.code, stars)
        held = "chưa đạt" if criterion.code in closed.outcome.unmet.get(stars, ()) else "đạt"
        yield f"{stars} sao {held}" + (f" ({yes}/{count} phiếu)" if 0 < yes < count else "")


def _totals(closed: Closed) -> Iterator[tuple[str, ...]]:
    basis, outcome = closed.basis, closed.outcome
    each = [part_totals(basis.rules, v.choices) for v in basis.votes]
    digits = basis.working.digits
    for part, most in basis.rules.part_max.items():
        yield f"Cộng phần {part}", str(most), *(str(p[part]) for p in each), comma(shown(outcome.parts[part], digits))
    brackets = [f"({outcome.totals[v.label]})" if v.label in outcome.left_out else str(outcome.totals[v.label])
                for v in basis.votes]
    yield "TỔNG ĐIỂM", str(sum(basis.rules.part_max.values())), *brackets, closed.mean


def _gates(closed: Closed) -> Iterator[Gate]:
    from ocop_desktop.papers.score_sheet import Gate

    rules = closed.basis.rules
    for stars in RANKS_WITH_GATES:
        yield Gate(stars, sum(1 for _gate in rules.gates(stars)), tuple(closed.outcome.unmet.get(stars, ())))
