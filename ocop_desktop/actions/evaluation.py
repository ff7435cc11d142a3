"""Evaluate ballots given as plain JSON, without a database: the command ``evaluate`` and anyone's recount."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from ocop_desktop.actions import rulebooks
from ocop_desktop.errors import Place, Problem, ProblemsFound, UserError
from ocop_desktop.rules.ballot import Ballot
from ocop_desktop.rules.rulebook import CriteriaSet, Rulebook
from ocop_desktop.rules.scoring import Outcome, evaluate, shortage_shown, shown
from ocop_desktop.rules.working_rules import WorkingRules, read_working_rules


def evaluate_file(path: Path) -> dict[str, Any]:
    """Evaluate the ballots of a JSON file.

    Args:
        path: a file ``{"rulebook", "set", "settings", "ballots": [{"member", "choices", "exclusion"}]}``.

    Returns:
        The outcome in plain values: points as text, exact mean also as a fraction.

    Raises:
        ProblemsFound: wrong input; every fault with its place.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8-sig"), object_pairs_hook=_no_key_twice)
    except FileNotFoundError as fault:
        raise _refused("Không thấy tệp {file}.", file=str(path)) from fault
    except (OSError, ValueError, RecursionError) as fault:
        raise _refused("Tệp {file} không đọc được như JSON: {reason}", file=path.name, reason=str(fault)) from fault
    book, rules, ballots, working = _read(raw)
    return as_plain(book, evaluate(book, rules, ballots, working), working)


def as_plain(book: Rulebook, outcome: Outcome, working: WorkingRules) -> dict[str, Any]:
    """An outcome in the plain values the command line prints: points as text in ``digits`` decimals, never across a rank line."""
    digits = working.digits
    following = outcome.next and {
        "stars": outcome.next.stars,
        "points_short": shortage_shown(book.line(outcome.next.stars), outcome.mean, digits),
        "gates": list(outcome.next.gates),
    }
    return {
        "mean": shown(outcome.mean, digits),
        "mean_exact": _exact(outcome.mean),
        "stars_by_points": outcome.stars_by_points,
        "stars": outcome.stars,
        "excluded": outcome.excluded,
        "parts": {part: shown(mean, digits) for part, mean in outcome.parts.items()},
        "totals": dict(outcome.totals),
        "left_out": list(outcome.left_out),
        "unmet": {str(s): list(codes) for s, codes in outcome.unmet.items()},
        "split_gates": list(outcome.split_gates),
        "spread": {"max": outcome.spread_max, "over": [list(pair) for pair in outcome.spread_over]},
        "exclusions": [{"member": e.member, "reason": e.reason, "criterion": e.criterion} for e in outcome.exclusions],
        "near_line": outcome.near_line,
        "mixed_cases": outcome.mixed_cases,
        "next": following,
    }


def problems_as_plain(fault: UserError) -> list[dict[str, Any]]:
    """A refusal as a list for machines: kind, where (member, criterion), what was read, and the sentence."""
    problems = fault.problems if isinstance(fault, ProblemsFound) else [Problem(fault.message, fault.values)]
    return [
        {
            "kind": p.kind,
            "member": p.place.sheet,
            "criterion": p.place.column,
            "file": p.place.file,
            "value": p.value,
            "message": str(p),
        }
        for p in problems
    ]


def _exact(value: Fraction) -> str:
    return str(value)


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _refused("Mục “{key}” có hai lần trong tệp.", column=key, key=key)
        found[key] = value
    return found


def _refused(message: str, column: str = "", sheet: str = "", **values: Any) -> ProblemsFound:
    return ProblemsFound([Problem(message, values, Place(sheet=sheet, column=column), kind="wrong_input")])


def _read(raw: object) -> tuple[Rulebook, CriteriaSet, list[Ballot], WorkingRules]:
    if not isinstance(raw, dict):
        raise _refused("Tệp phải là một đối tượng JSON có rulebook, set và ballots.")
    for key in ("rulebook", "set", "ballots"):
        if key not in raw:
            raise _refused("Thiếu mục “{key}”.", column=key, key=key)
    if not isinstance(raw["rulebook"], str) or type(raw["set"]) is not int:
        raise _refused("Mục rulebook phải là số hiệu quyết định, mục set phải là số của bộ sản phẩm.", column="set")
    if not isinstance(raw["ballots"], list) or not isinstance(raw.get("settings") or {}, dict):
        raise _refused("Mục ballots phải là một danh sách, mục settings phải là một đối tượng.", column="ballots")
    book = rulebooks.rulebook(raw["rulebook"])
    problems = [p for i, b in enumerate(raw["ballots"]) for p in _faults(b, i)]
    if problems:
        raise ProblemsFound(problems)
    ballots = [Ballot(b["member"], b["choices"], (b.get("exclusion") or "").strip() or None) for b in raw["ballots"]]
    return book, book.set(raw["set"]), ballots, read_working_rules(raw.get("settings") or {})


def _faults(ballot: object, index: int) -> Iterator[Problem]:
    def fault(message: str) -> Problem:
        return Problem(message, {"number": index + 1}, Place(sheet=str(index + 1), row=index + 1), kind="wrong_input")

    if not isinstance(ballot, dict):
        yield fault("Phiếu thứ {number} phải là một đối tượng có member và choices.")
        return
    if not isinstance(ballot.get("member"), str) or not ballot["member"].strip():
        yield fault("Phiếu thứ {number} thiếu tên thành viên (member).")
    choices = ballot.get("choices")
    if not isinstance(choices, dict) or not all(isinstance(choice, str) for choice in choices.values()):
        yield fault('Phiếu thứ {number}: choices phải ghi mỗi tiêu chí một mức dưới dạng chữ, ví dụ "1.1": "3".')
    if not isinstance(ballot.get("exclusion"), str | None):
        yield fault("Phiếu thứ {number}: exclusion phải là lý do loại hoặc null.")
