"""The producer's own score, the advisory team's and the council's result, criterion by criterion; those that differ first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ocop_desktop.actions import snapshots
from ocop_desktop.actions.advisory import Review, review_of
from ocop_desktop.actions.dossier_form import DossierForm, open_dossier
from ocop_desktop.actions.rights import sees
from ocop_desktop.data import advisory as rows
from ocop_desktop.data.engine import Session
from ocop_desktop.rules.ballot import Ballot
from ocop_desktop.rules.rulebook import CriteriaSet, Criterion, Words


@dataclass(frozen=True)
class SideLine:
    """One criterion; None where somebody has not answered it (or, for the council, the dossier is not closed).

    Args:
        own, advisory: points; council: exact mean of the counting ballots' points.
        usual: the council's most frequent choice.
        apart: highest less lowest of the three.
    """

    code: str
    name: Words
    max: int
    own: int | None
    advisory: int | None
    council: Fraction | None
    usual: str | None
    comment: str
    apart: Fraction


@dataclass(frozen=True)
class SideBySide:
    """The three scores. ``own``, ``advisory``, ``council``: totals, None where there is none at all."""

    lines: tuple[SideLine, ...]
    own: int | None
    advisory: int | None
    council: Fraction | None
    digits: int = 2

    @property
    def any(self) -> bool:
        """Whether there is anything to compare."""
        return sum(total is not None for total in (self.own, self.advisory, self.council)) > 0


def side_by_side(session: Session, dossier_id: int) -> SideBySide:
    """A dossier's scores beside each other. The council's stand there only once it has closed the dossier,
    for those who may see closed results.

    Raises:
        UserError: the dossier is gone.
    """
    return compared(session, open_dossier(session, dossier_id), review_of(session, dossier_id))


def compared(session: Session, form: DossierForm, review: Review) -> SideBySide:
    """As ``side_by_side``, of a dossier already read."""
    result = rows.last_result(session, form.id)
    rules, own = form.self_score.rules, form.self_score.choices
    ballots: Sequence[Ballot] = ()
    mean, digits = None, 2
    if result is not None and rules is not None and sees(session, "closed_results", result.item.session_id):
        basis = snapshots.read(result.snapshot)
        if (basis.book.id, basis.rules.number) == (form.rulebook, rules.number):
            ballots, digits = _counting(basis.ballots, basis.outcome.left_out), basis.working.digits
            mean = basis.outcome.mean
    if rules is None:
        return SideBySide((), None, None, None)
    return SideBySide(_lines(rules, own, review.choices, review.comments, ballots), _total(rules, own),
                      _total(rules, review.choices), mean, digits)


def _counting(ballots: Sequence[Ballot], left_out: Sequence[str]) -> Sequence[Ballot]:
    return [b for b in ballots if b.member not in left_out]


def _total(rules: CriteriaSet, choices: Mapping[str, str]) -> int | None:
    return sum(rules.by_code[code].points(choice) for code, choice in choices.items()) if choices else None


def _lines(rules: CriteriaSet, own: Mapping[str, str], team: Mapping[str, str], comments: Mapping[str, str],
           ballots: Sequence[Ballot]) -> tuple[SideLine, ...]:
    made = [_line(c, own.get(c.code), team.get(c.code), comments.get(c.code, ""), ballots) for c in rules.criteria]
    return tuple(sorted(made, key=lambda line: -line.apart))


def _line(criterion: Criterion, own: str | None, team: str | None, comment: str, ballots: Sequence[Ballot]) -> SideLine:
    given = [b.choices[criterion.code] for b in ballots]
    mean = Fraction(sum(criterion.points(choice) for choice in given), len(given)) if given else None
    points = [None if choice is None else criterion.points(choice) for choice in (own, team)]
    known = [Fraction(p) for p in (*points, mean) if p is not None]
    usual = Counter(given).most_common(1)[0][0] if given else None
    return SideLine(criterion.code, criterion.name, criterion.max, points[0], points[1], mean, usual, comment,
                    max(known) - min(known) if known else Fraction(0))
