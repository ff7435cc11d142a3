"""What the summary says of scoring, from the snapshots of closed results: members' points, conditions missed, rounds compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from ocop_desktop import text
from ocop_desktop.actions import snapshots
from ocop_desktop.actions.certificate_papers import set_head
from ocop_desktop.actions.result_view import Basis, Vote
from ocop_desktop.rules.ballot import part_totals
from ocop_desktop.rules.criteria import Criterion, Words
from ocop_desktop.rules.rulebook import RANKS_WITH_GATES
from ocop_desktop.rules.scoring import Outcome, meeting, shown
from ocop_desktop.rules.terms import APPLICATION_KINDS
from ocop_desktop.text import _

if TYPE_CHECKING:
    import datetime as dt

    from ocop_desktop.data.tables import Result
    from ocop_desktop.sheets.summary_rounds import GateLine, MemberLine, Round

HIGHEST, LOWEST_NAMED = 5, 3  # 5 stars are only proposed by a province; below 3 there is no certificate


@dataclass(frozen=True)
class Held:
    """A council session with its closed results in agenda order."""

    code: str
    name: str
    held_on: dt.date
    results: Sequence[Result]


def member_lines(held: Sequence[Held]) -> Iterator[MemberLine]:
    """A line for every counting ballot, and for every member who stood aside."""
    from ocop_desktop.sheets.summary_rounds import MemberLine

    for one in held:
        for result in one.results:
            basis, dossier = snapshots.read(result.snapshot), result.snapshot["dossier"]
            where = (one.code, dossier["code"] or "", dossier["product"], dossier["set"])
            left_out = result.snapshot["outcome"]["left_out"]
            for vote in basis.votes:
                parts = part_totals(basis.rules, vote.choices)
                yield MemberLine(*where, vote.name, vote.label, parts, sum(parts.values()), vote.exclusion or "",
                                 _note(vote, vote.label in left_out), vote.opinion)
            seats = {seat["member_id"]: seat for seat in result.snapshot["seats"]}
            for recused in result.snapshot["recusals"]:
                seat = seats.get(recused["member_id"], {})
                yield MemberLine(*where, seat.get("name", ""), seat.get("agency", ""), None, None,
                                 note=_("Không chấm: {reason}", reason=recused["reason"]))


def _note(vote: Vote, left_out: bool) -> str:
    dropped = _("Không tính: phiếu cao nhất hoặc thấp nhất") if left_out else ""
    if vote.version == 1:
        return dropped
    again = _("Chấm lại, phiếu thứ {version}: {reason}", version=vote.version, reason=vote.reopened_why)
    return "; ".join(filter(None, (again, dropped)))


def gate_lines(held: Sequence[Held]) -> Iterator[GateLine]:
    """A line for every criterion that kept a dossier from a rank, under the lowest rank it keeps it from."""
    for one in held:
        for result in one.results:
            if not result.excluded and result.stars is not None:
                basis = snapshots.read(result.snapshot)
                yield from _gates(one.code, result, basis, basis.outcome)


def _gates(code: str, result: Result, basis: Basis, outcome: Outcome) -> Iterator[GateLine]:
    from ocop_desktop.sheets.summary_rounds import GateLine

    dossier, told = result.snapshot["dossier"], set[str]()
    mean = Decimal(shown(outcome.mean, basis.working.digits))
    for stars in RANKS_WITH_GATES:
        for number in outcome.unmet.get(stars, ()):
            if number in told:
                continue
            told.add(number)
            criterion = basis.rules.by_code[number]
            yield GateLine(code, dossier["code"] or "", dossier["product"], mean, outcome.stars_by_points, outcome.stars, stars,
                           f"{number} {_said(criterion.name)}", _least(criterion, stars),
                           meeting(basis.rules, basis.ballots, number, stars), len(basis.ballots),
                           outcome.stars_by_points >= stars)


def _least(criterion: Criterion, stars: int) -> str:
    level = criterion.gate(stars)
    return " / ".join(dict.fromkeys(_said(option.label) for option in criterion.options if option.level == level))


def round_of(held: Held) -> Round:
    """A session in figures: ranks, mean, producers, kinds of applications, industries."""
    from ocop_desktop.sheets.summary_rounds import Round

    figures: dict[tuple[str, str], int | Decimal] = {(_("Chung"), _("Hồ sơ đã chốt")): len(held.results)}
    makers = {result.snapshot["dossier"]["producer"] for result in held.results}
    figures[_("Chung"), _("Chủ thể")] = len(makers)
    means = [Fraction(r.mean_numerator, r.mean_denominator) for r in held.results if not r.excluded]
    figures[_("Chung"), _("Điểm trung bình")] = Decimal(shown(sum(means, Fraction()) / len(means), 2)) if means else 0
    ranks = Counter(_rank(result) for result in held.results)
    figures |= {(ranks_group(), words): ranks[key] for key, words in _ranks()}
    kinds = Counter(result.snapshot["dossier"]["kind"] for result in held.results)
    figures |= {(_("Loại đăng ký"), _said(words)): kinds[kind] for kind, words in APPLICATION_KINDS.items()}
    figures |= {(_("Ngành"), words): count for words, count in sorted(Counter(map(_industry, held.results)).items())}
    return Round(held.code, held.name, held.held_on, figures)


def ranks_group() -> str:
    """What the ranks are counted under."""
    return _("Phân hạng")


def _ranks() -> tuple[tuple[int, str], ...]:
    return ((HIGHEST, _("Tiềm năng 5 sao")), (4, _("4 sao")), (LOWEST_NAMED, _("3 sao")), (LOWEST_NAMED - 1, _("Dưới 3 sao")),
            (0, _("Bị loại")))


def _rank(result: Result) -> int:
    if result.excluded or result.stars is None:
        return 0
    return max(result.stars, LOWEST_NAMED - 1)


def _industry(result: Result) -> str:
    head = set_head(result.rulebook, result.snapshot["dossier"]["set"])
    return head.industry_name.said(text.language()) if head else _("Chưa rõ ngành")


def _said(words: Words) -> str:
    return words.said(text.language())
