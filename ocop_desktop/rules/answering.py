"""A ballot while it is being filled in: what an answer changes, and what the answers so far come to. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from ocop_desktop.rules.ballot import missed_gates, part_totals, unanswered, without_story
from ocop_desktop.rules.rulebook import NONE_APPLIES, RANKS_WITH_GATES, CriteriaSet, Rulebook
from ocop_desktop.rules.scoring import stars_by_points


@dataclass(frozen=True)
class SoFar:
    """What one unfinished ballot comes to.

    Args:
        total, parts: points of the answered criteria.
        stars: rank by these points alone (Article 3 of Decision 26/2026/QĐ-TTg); it is the council's mean that decides.
        aim: the next rank that has conditions, above what points and answers allow so far (3, 4 or 5).
        missed: answered criteria below their minimum for ``aim`` or lower -> the lowest rank whose mark is missed.
        open: criteria without an answer, in the set's order.
    """

    total: int
    parts: Mapping[str, int]
    stars: int
    aim: int
    missed: Mapping[str, int]
    open: tuple[str, ...]


def so_far(book: Rulebook, rules: CriteriaSet, choices: Mapping[str, str]) -> SoFar:
    """Count an unfinished ballot; gates of criteria not answered yet are not held against it."""
    parts = part_totals(rules, choices)
    total = sum(parts.values())
    stars = stars_by_points(book, Fraction(total))
    missed: dict[str, int] = {}
    for rank in RANKS_WITH_GATES:
        for code in missed_gates(rules, choices, rank):
            if code in choices:
                missed.setdefault(code, rank)
    held = next((rank - 1 for rank in RANKS_WITH_GATES if rank in missed.values()), 5)
    aim = min(max(min(stars, held) + 1, 3), 5)
    return SoFar(
        total,
        parts,
        stars,
        aim,
        {c.code: missed[c.code] for c in rules.criteria if missed.get(c.code, 6) <= aim},
        tuple(unanswered(rules, choices)),
    )


def effects(rules: CriteriaSet, choices: Mapping[str, str], code: str, choice: str | None) -> dict[str, str | None]:
    """What an answer changes (None: taken back): itself, and the criterion that has it as its story.

    A story at 0 points sets the criterion that depends on it to "0"; a story regained leaves it to be answered
    (annex II of Decision 26/2026/QĐ-TTg: the structure of a story counts only where there is a story).
    """
    changed: dict[str, str | None] = {code: choice}
    before = without_story(rules, choices)
    rest = {other: kept for other, kept in choices.items() if other != code}
    after = without_story(rules, {**rest, code: choice} if choice else rest)
    changed.update(dict.fromkeys(sorted(after - before), NONE_APPLIES))
    changed.update(dict.fromkeys(sorted(before - after)))
    return changed


def apply(choices: Mapping[str, str], changed: Mapping[str, str | None]) -> dict[str, str]:
    """``choices`` after ``changed`` (None: taken back)."""
    return {code: choice for code, choice in {**choices, **changed}.items() if choice is not None}
