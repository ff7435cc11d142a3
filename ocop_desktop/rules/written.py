"""The written round: re-evaluations by opinions without a meeting, within 45 days, and a meeting where opinions differ. Pure.

A re-evaluation is done in writing, with a meeting only if opinions differ, and is finished within 45 days (Decision
26/2026/QĐ-TTg). What "differ" means is not said; here: by itself one ballot would lead to another rank than another, one asks
to throw the dossier out and another does not, or two totals are further apart than the working rules allow.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from ocop_desktop.rules.ballot import Ballot, automatic_exclusions, total
from ocop_desktop.rules.rulebook import CriteriaSet, Rulebook
from ocop_desktop.rules.scoring import evaluate
from ocop_desktop.rules.working_rules import WorkingRules

DAYS = 45
ONLY = "reevaluation"  # the kind of application a written round takes


def due(sent_on: dt.date) -> dt.date:
    """The last day of a written round that was sent out on a day."""
    return sent_on + dt.timedelta(days=DAYS)


def days_left(due_on: dt.date, today: dt.date) -> int:
    """Days until the last day: 0 on it, negative after it."""
    return (due_on - today).days


def own_rank(book: Rulebook, rules: CriteriaSet, ballot: Ballot, working: WorkingRules) -> int | None:
    """The stars one ballot alone would lead to; None where it asks to throw the dossier out."""
    if ballot.exclusion or automatic_exclusions(rules, ballot.choices):
        return None
    return evaluate(book, rules, [ballot], working).stars


def opinions_differ(book: Rulebook, rules: CriteriaSet, ballots: Sequence[Ballot], working: WorkingRules) -> bool:
    """Whether the opinions need a meeting: other ranks, an exclusion only some ask for, or a spread over the limit."""
    totals = [total(rules, b.choices) for b in ballots]
    if totals and max(totals) - min(totals) > working.spread:
        return True
    return len({own_rank(book, rules, b, working) for b in ballots}) > 1
