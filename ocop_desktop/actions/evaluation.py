"""Evaluate ballots given as plain JSON, without a database: the command ``evaluate`` and anyone's recount."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ocop_desktop.actions import rulebooks
from ocop_desktop.errors import Place, Problem, ProblemsFound, UserError, missing_file, why
from ocop_desktop.rules.ballot import Ballot
from ocop_desktop.rules.rulebook import CriteriaSet, Rulebook
from ocop_desktop.rules.scoring import Outcome, evaluate, shortage_shown, shown
from ocop_desktop.rules.working_rules import WorkingRules, read_working_rules

MOST_BALLOTS = 200  # a council has at most a few dozen members; comparing many times that takes minutes
MOST_DIGITS = 100


def evaluate_file(path: Path) -> dict[str, Any]:
    """Evaluate the ballots of a JSON file.

    Args:
        path: a file ``{"rulebook", "set", "settings", "ballots": [{"member", "choices", "exclusion"}]}``.

    Returns:
        The outcome in plain values: points as text, exact mean also as a fraction.

    Raises:
        ProblemsFound: wrong input, an unknown entry too; every fault with its place.
        UserError: the file is missing or cannot be read, there is no such rulebook or set, a setting is not right.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8-sig"), object_pairs_hook=_no_key_twice, parse_int=_whole)
    except FileNotFoundError:
        raise missing_file(path) from None
    except OSError as fault:
        raise UserError("Không đọc hoặc ghi được {file}: {reason}", file=str(path), reason=why(fault)) from fault
    except (ValueError, RecursionError) as fault:
        problem = _fault("Tệp {file} không đọc được như JSON: {reason}", file=path.name, reason=why(fault))
        raise ProblemsFound([problem]) from fault
    return evaluate_plain(raw)


def evaluate_plain(raw: object) -> dict[str, Any]:
    """Evaluate ballots given as plain values, as ``evaluate_file`` reads them from a file; returns and raises as it does."""
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
        "mean_exact": str(outcome.mean),
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
    problems = fault.problems if isinstance(fault, ProblemsFound) else [
        Problem(fault.message, fault.values, Place(column=str(fault.values.get("key", ""))), kind="wrong_input")]
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


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ProblemsFound([_fault("Mục “{key}” có hai lần trong tệp.", key)])
        found[key] = value
    return found


def _whole(digits: str) -> int:
    """A whole number; Python reads no very long one, and nothing here is one."""
    if len(digits) > MOST_DIGITS:
        raise ProblemsFound([_fault("Tệp có một số dài {count} ký tự, bắt đầu bằng {start}; không mục nào nhận số như vậy.",
                                    count=len(digits), start=digits[:10])])
    return int(digits)


def _read(raw: object) -> tuple[Rulebook, CriteriaSet, list[Ballot], WorkingRules]:
    problems = list(_wrong_shape(raw))
    if problems:
        raise ProblemsFound(problems)
    assert isinstance(raw, dict)
    book = rulebooks.rulebook(raw["rulebook"])
    ballots = [Ballot(b["member"], b["choices"], (b.get("exclusion") or "").strip() or None) for b in raw["ballots"]]
    return book, book.set(raw["set"]), ballots, read_working_rules(raw.get("settings", {}))


def _wrong_shape(raw: object) -> Iterator[Problem]:
    """Every unknown, missing or wrong entry, by name: passing over a mistyped one could change the result."""
    if not isinstance(raw, dict):
        yield _fault("Tệp phải là một đối tượng JSON có rulebook, set và ballots.")
        return
    yield from _unknown(raw, ("rulebook", "set", "settings", "ballots"))
    for key in ("rulebook", "set", "ballots"):
        if key not in raw:
            yield _fault("Thiếu mục “{key}”.", key)
    if not isinstance(raw.get("rulebook", ""), str):
        yield _fault("Mục rulebook phải là số hiệu quyết định.", "rulebook")
    if type(raw.get("set", 1)) is not int:
        yield _fault("Mục set phải là số của bộ sản phẩm.", "set")
    settings = raw.get("settings", {})
    if not isinstance(settings, dict):
        yield _fault("Mục settings phải là một đối tượng.", "settings")
    else:
        for key, value in settings.items():
            if not isinstance(value, str | int | float):  # a bool is an int
                yield _fault("Mục “{key}” của settings phải là chữ, số, true hoặc false.", key)
    ballots = raw.get("ballots", [])
    if not isinstance(ballots, list):
        yield _fault("Mục ballots phải là một danh sách.", "ballots")
    elif len(ballots) > MOST_BALLOTS:
        yield _fault("Tệp có {count} phiếu; một hồ sơ có nhiều nhất {most} phiếu.", "ballots", count=len(ballots),
                     most=MOST_BALLOTS)
    else:
        for number, ballot in enumerate(ballots, 1):
            yield from _wrong_ballot(ballot, number)


def _wrong_ballot(ballot: object, number: int) -> Iterator[Problem]:
    if not isinstance(ballot, dict):
        yield _fault("Phiếu thứ {number} phải là một đối tượng có member và choices.", number=number)
        return
    yield from _unknown(ballot, ("member", "choices", "exclusion"), number)
    if not isinstance(ballot.get("member"), str) or not ballot["member"].strip():
        yield _fault("Phiếu thứ {number} thiếu tên thành viên (member).", "member", number)
    choices = ballot.get("choices")
    if not isinstance(choices, dict) or not all(isinstance(choice, str) for choice in choices.values()):
        yield _fault('Phiếu thứ {number}: choices phải ghi mỗi tiêu chí một mức dưới dạng chữ, ví dụ "1.1": "3".', "choices",
                     number)
    if not isinstance(ballot.get("exclusion"), str | None):
        yield _fault("Phiếu thứ {number}: exclusion phải là lý do loại hoặc null.", "exclusion", number)


def _unknown(raw: dict[str, Any], known: tuple[str, ...], number: int = 0) -> Iterator[Problem]:
    for key in raw:
        if key in known:
            continue
        elif number:
            yield _fault("Phiếu thứ {number}: không có mục “{key}”; các mục là {known}.", key, number, known=", ".join(known))
        else:
            yield _fault("Không có mục “{key}”; các mục là {known}.", key, known=", ".join(known))


def _fault(message: str, key: str = "", number: int = 0, **values: Any) -> Problem:
    sheet = str(number) if number else ""
    return Problem(message, {"key": key, "number": number, **values}, Place(sheet=sheet, row=number or None, column=key),
                   kind="wrong_input")
