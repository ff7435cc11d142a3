"""The council's working rules (quy chế): what the law leaves to each province, copied into every session."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from fractions import Fraction
from typing import Any, Literal

from ocop_desktop.errors import UserError

# "10", "10.5", "3/4": nothing whose value is out of proportion to its length.
_AMOUNT = re.compile(r"\d{1,3}(\.\d{1,6})?|\d{1,4}/[1-9]\d{0,3}", re.ASCII)

GateRule = Literal["majority", "every", "chair"]
CONCLUSION_SETTINGS = frozenset({"gate_rule", "drop_extremes", "spread", "near_line"})
GATE_RULES: tuple[GateRule, ...] = ("majority", "every", "chair")


@dataclass(frozen=True)
class WorkingRules:
    """Settings of a council, with the name of the rule they come from.

    Args:
        gate_rule: a gate is met when more than half of the valid ballots meet it (``majority``), when every ballot does
            (``every``), or as the chair concludes where ballots differ (``chair``).
        drop_extremes: leave one highest and one lowest total out of the mean when there are at least three.
        spread: two totals may differ by at most this many points.
        digits: decimals shown.
        quorum: least share of the members present.
        near_line: a mean at most this far below or above a rank line is flagged, in points.
        secretary_scores: whether the secretary fills in a ballot.
        advisory_shown: whether members see the advisory team's answer and comment beside a criterion while they score.
        source: number of the rule they come from ("45/QC-HĐ"); source_date: its day as ISO text; source_article: the article.
    """

    gate_rule: GateRule = "majority"
    drop_extremes: bool = False
    spread: Fraction = Fraction(10)
    digits: int = 2
    quorum: Fraction = Fraction(3, 4)
    near_line: Fraction = Fraction(1, 2)
    secretary_scores: bool = False
    advisory_shown: bool = True
    source: str = ""
    source_date: str = ""
    source_article: str = ""

    def as_plain(self) -> dict[str, Any]:
        """Values for JSON; fractions as text ("3/4")."""
        return {k: str(v) if isinstance(v, Fraction) else v for k, v in asdict(self).items()}


def read_working_rules(raw: dict[str, Any]) -> WorkingRules:
    """Working rules from plain values; what is missing has its default.

    Raises:
        UserError: an unknown setting, or a value that makes no sense, named.
    """
    known = {f.name for f in fields(WorkingRules)}
    for key, value in raw.items():
        if key not in known:
            raise UserError("Quy chế không có mục “{key}”.", key=key)
        if not _sensible(key, value):
            raise UserError("Mục “{key}” của quy chế không nhận giá trị “{value}”.", key=key, value=value)
    values: dict[str, Any] = {k: Fraction(str(v)) if k in ("spread", "quorum", "near_line") else v for k, v in raw.items()}
    return WorkingRules(**values)


def changes_of(before: WorkingRules, after: WorkingRules) -> tuple[str, ...]:
    """Names of the settings that differ, in their order."""
    return tuple(f.name for f in fields(WorkingRules) if getattr(before, f.name) != getattr(after, f.name))


def voids_conclusions(changed: Iterable[str]) -> bool:
    """Whether conclusions made before a change of these settings have to be made again: it moved what is concluded, or how."""
    return not CONCLUSION_SETTINGS.isdisjoint(changed)


def _is_day(value: str) -> bool:
    try:
        return not value or dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _sensible(key: str, value: object) -> bool:
    match key:
        case "gate_rule":
            return value in GATE_RULES
        case "drop_extremes" | "secretary_scores" | "advisory_shown":
            return isinstance(value, bool)
        case "digits":
            return type(value) is int and 0 <= value <= 6
        case "source" | "source_article":
            return isinstance(value, str)
        case "source_date":
            return isinstance(value, str) and _is_day(value)
    if isinstance(value, bool) or not _AMOUNT.fullmatch(str(value)):
        return False
    amount = Fraction(str(value))
    return 0 < amount <= 1 if key == "quorum" else 0 <= amount <= 100
