"""From ballots to stars. Pure and exact; read it beside Articles 3-4 and annex II of Decision 26/2026/QĐ-TTg.

The rank follows from the exact mean of the valid ballots' totals AND from the star gates: the least answers the law
marks in the criteria tables. Nothing here rounds before it decides.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from ocop_desktop.errors import Problem, ProblemsFound
from ocop_desktop.rules.ballot import Ballot, automatic_exclusions, differing_cases, part_totals, problems_of, total
from ocop_desktop.rules.rulebook import NONE_APPLIES, RANKS_WITH_GATES, CriteriaSet, Rulebook
from ocop_desktop.rules.working_rules import WorkingRules

LINES = (30, 50, 70, 90)


@dataclass(frozen=True)
class Exclusion:
    """One ballot's reason for throwing the dossier out; ``criterion`` where 0 points do it by themselves."""

    member: str
    reason: str
    criterion: str = ""


@dataclass(frozen=True)
class NextStar:
    """What is missing for the next rank: points (exact) and the criteria whose minimum is not met."""

    stars: int
    points_short: Fraction
    gates: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What the ballots of one dossier come to.

    Args:
        mean: exact mean of the counted totals.
        parts: exact mean per part.
        totals: each ballot's total, an int.
        left_out: members whose totals were dropped as extremes.
        unmet: for 3, 4, 5 stars the criteria whose gate for that rank or lower is not met, in the set's order.
        split_gates: criteria where some but not all ballots meet a gate; the chair confirms them.
        spread_max: widest difference between two totals; over: pairs more than the limit apart.
        stars: highest rank not above the rank by points whose gates are all met. Says nothing of exclusion.
        excluded: more than half of the ballots raise an exclusion: no rank, whatever ``stars`` says.
        near_line: the rank line the mean is within the flagged distance of, or None.
        mixed_cases: ballots chose different cases; pointed out, no fault.
    """

    mean: Fraction
    parts: Mapping[str, Fraction]
    totals: Mapping[str, int]
    left_out: tuple[str, ...]
    stars_by_points: int
    stars: int
    unmet: Mapping[int, tuple[str, ...]]
    split_gates: tuple[str, ...]
    spread_max: int
    spread_over: tuple[tuple[str, str, int], ...]
    exclusions: tuple[Exclusion, ...]
    excluded: bool
    next: NextStar | None
    near_line: int | None
    mixed_cases: bool

    @property
    def rank(self) -> int | None:
        """The stars that count in law; None for an excluded dossier."""
        return None if self.excluded else self.stars


def evaluate(book: Rulebook, rules: CriteriaSet, ballots: Sequence[Ballot], working: WorkingRules,
             concluded: Mapping[str, int] | None = None) -> Outcome:
    """Decide what ``ballots`` come to under ``rules``.

    Args:
        book: the rulebook, for its rank lines (points, whole).
        rules: the criteria set of the dossier.
        ballots: the valid ballots; their order never matters to the result.
        working: the session's working rules.
        concluded: where the chair concluded a split gate: criterion code -> highest star mark held to be met
            (0 for none). Only criteria with a split gate are looked at. Without a conclusion the gate rule decides,
            and under the rule ``chair`` an unconcluded split gate is not met.

    Returns:
        Outcome: exact figures, no rounding.

    Raises:
        ProblemsFound: no ballots, two of one member, or a ballot that does not fit the set; each fault with its place.
    """
    problems = [p for b in ballots for p in problems_of(rules, b)] or list(_problems_together(ballots))
    if problems:
        raise ProblemsFound(problems)
    totals = {b.member: total(rules, b.choices) for b in ballots}
    left_out = _extremes(totals) if working.drop_extremes else ()
    counted = [b for b in ballots if b.member not in left_out]
    mean = Fraction(sum(totals[b.member] for b in counted), len(counted))
    unmet = _unmet_gates(rules, ballots, working, concluded or {})
    by_points = stars_by_points(book, mean)
    stars = next(s for s in range(by_points, 0, -1) if not unmet.get(s))
    raised = tuple(_exclusions(rules, ballots))
    excluded = 2 * len({e.member for e in raised}) > len(ballots)
    return Outcome(
        mean=mean,
        parts=_part_means(rules, counted),
        totals=totals,
        left_out=left_out,
        stars_by_points=by_points,
        stars=stars,
        unmet=unmet,
        split_gates=split_gates(rules, ballots),
        spread_max=max(totals.values()) - min(totals.values()),
        spread_over=_spread_over(totals, working.spread),
        exclusions=raised,
        excluded=excluded,
        next=_next(book, mean, stars, unmet),
        near_line=next((line for s, line in sorted(book.lines.items()) if s > 1 and abs(mean - line) <= working.near_line), None),
        mixed_cases=any(differing_cases(rules, b.choices) for b in ballots) or len(_cases(rules, ballots)) > 1,
    )


def stars_by_points(book: Rulebook, mean: Fraction) -> int:
    """Rank of an exact mean total by the lines of the decision (Article 3), gates not looked at."""
    return max((s for s, line in book.lines.items() if mean >= line), default=1)


def shown(value: Fraction, digits: int) -> str:
    """``value`` for showing, with a decimal point and no idle zeros: rounded half up, but never up to a rank line it is below.

    69.996 is shown as 69.99, not 70: what is shown must not contradict the rank.
    """
    scale = 10**digits
    scaled = (2 * value.numerator * scale + value.denominator) // (2 * value.denominator)  # half up, exact
    if any(value < line <= Fraction(scaled, scale) for line in LINES):
        scaled = value.numerator * scale // value.denominator
    whole, rest = divmod(abs(scaled), scale)
    decimals = f"{rest:0{digits}d}".rstrip("0") if digits else ""
    return f"{'-' if scaled < 0 else ''}{whole}{'.' + decimals if decimals else ''}"


def shortage_shown(line: int, mean: Fraction, digits: int) -> str:
    """Points missing for ``line``, so that shown mean + shown shortage give the line; "0" when nothing is missing."""
    if mean >= line:
        return "0"
    return shown(line - Fraction(shown(mean, digits)), digits)


def split_gates(rules: CriteriaSet, ballots: Sequence[Ballot]) -> tuple[str, ...]:
    """Criteria where some but not all ballots meet a gate, in the set's order."""
    found = []
    for criterion in rules.criteria:
        levels = [criterion.level(b.choices[criterion.code]) for b in ballots]
        marks = [o.level for o in criterion.options if o.star is not None]
        if any(min(levels) < mark <= max(levels) for mark in marks):
            found.append(criterion.code)
    return tuple(found)


def meeting(rules: CriteriaSet, ballots: Sequence[Ballot], code: str, stars: int) -> int:
    """How many ballots meet the gate of criterion ``code`` for ``stars``; all of them where it has none."""
    criterion = rules.by_code[code]
    least = criterion.gate(stars) or 0
    return sum(criterion.level(b.choices[code]) >= least for b in ballots)


def gate_met(
    rules: CriteriaSet, ballots: Sequence[Ballot], working: WorkingRules, code: str, stars: int, concluded: Mapping[str, int]
) -> bool:
    """Whether the council holds the gate of criterion ``code`` for ``stars`` to be met; arguments as ``evaluate``."""
    yes = meeting(rules, ballots, code, stars)
    if yes in (0, len(ballots)):
        return yes > 0
    if code in concluded:
        criterion = rules.by_code[code]
        held = criterion.gate(concluded[code]) or 0
        return held >= (criterion.gate(stars) or 0)
    return working.gate_rule == "majority" and 2 * yes > len(ballots)


def _unmet_gates(
    rules: CriteriaSet, ballots: Sequence[Ballot], working: WorkingRules, concluded: Mapping[str, int]
) -> dict[int, tuple[str, ...]]:
    """For each rank the criteria whose gate the council holds not to be met, in the set's order."""
    return {
        stars: tuple(c.code for c, _ in rules.gates(stars) if not gate_met(rules, ballots, working, c.code, stars, concluded))
        for stars in RANKS_WITH_GATES
    }


def _problems_together(ballots: Sequence[Ballot]) -> list[Problem]:
    if not ballots:
        return [Problem("Chưa có phiếu hợp lệ nào để tính kết quả.", kind="no_ballots")]
    members = [" ".join(unicodedata.normalize("NFKC", b.member).casefold().split()) for b in ballots]
    twice = {folded: b.member for folded, b in zip(members, ballots, strict=True) if members.count(folded) > 1}
    return [Problem("Có hai phiếu cùng của {member}.", {"member": m}, kind="member_twice") for m in twice.values()]


def _extremes(totals: Mapping[str, int]) -> tuple[str, ...]:
    if len(totals) < 3:
        return ()
    ordered = sorted(totals, key=lambda member: (totals[member], member))
    return (ordered[0], ordered[-1])


def _part_means(rules: CriteriaSet, counted: Sequence[Ballot]) -> dict[str, Fraction]:
    sums = [part_totals(rules, b.choices) for b in counted]
    return {part: Fraction(sum(s[part] for s in sums), len(sums)) for part in rules.part_max}


def _spread_over(totals: Mapping[str, int], limit: Fraction) -> tuple[tuple[str, str, int], ...]:
    pairs = [(a, b, abs(totals[a] - totals[b])) for a, b in combinations(totals, 2)]
    return tuple(p for p in pairs if p[2] > limit)


def _exclusions(rules: CriteriaSet, ballots: Sequence[Ballot]) -> list[Exclusion]:
    raised = [Exclusion(b.member, b.exclusion) for b in ballots if b.exclusion]
    for b in ballots:
        for code in automatic_exclusions(rules, b.choices):
            raised.append(Exclusion(b.member, rules.by_code[code].name.vi, code))
    return raised


def _cases(rules: CriteriaSet, ballots: Sequence[Ballot]) -> set[str]:
    used = {
        rules.by_code[code].by_choice[choice].case
        for b in ballots
        for code, choice in b.choices.items()
        if choice != NONE_APPLIES
    }
    return used - {""}


def _next(book: Rulebook, mean: Fraction, stars: int, unmet: Mapping[int, tuple[str, ...]]) -> NextStar | None:
    if stars == max(book.lines):
        return None
    line = book.line(stars + 1)
    return NextStar(stars + 1, max(Fraction(line) - mean, Fraction(0)), unmet.get(stars + 1, ()))
