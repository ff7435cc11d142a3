"""A ballot: one member's choices for one dossier, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ocop_desktop.errors import Place, Problem
from ocop_desktop.rules.rulebook import NONE_APPLIES, CriteriaSet


@dataclass(frozen=True)
class Ballot:
    """One member's ballot.

    Args:
        member: the member's agency or name, unique within the dossier.
        choices: criterion code -> choice ("3", "a2", or "0" for none applies).
        exclusion: the reason for throwing the dossier out, or None.
    """

    member: str
    choices: Mapping[str, str] = field(default_factory=dict)
    exclusion: str | None = None


def total(rules: CriteriaSet, choices: Mapping[str, str]) -> int:
    """Points of the answered criteria, an int; unanswered ones count 0."""
    return sum(rules.by_code[code].points(choice) for code, choice in choices.items())


def part_totals(rules: CriteriaSet, choices: Mapping[str, str]) -> dict[str, int]:
    """Points per part: {"A": 31, "B": 14, "C": 23}."""
    parts = dict.fromkeys(rules.part_max, 0)
    for code, choice in choices.items():
        criterion = rules.by_code[code]
        parts[criterion.part] += criterion.points(choice)
    return parts


def without_story(rules: CriteriaSet, choices: Mapping[str, str]) -> set[str]:
    """Codes that cannot be chosen because the criterion they depend on is answered with 0 points."""
    return {
        c.code for c in rules.criteria if c.story and c.story in choices and rules.by_code[c.story].points(choices[c.story]) == 0
    }


def settle(rules: CriteriaSet, choices: Mapping[str, str]) -> dict[str, str]:
    """``choices`` with every criterion that cannot be chosen set to none applies."""
    return {**choices, **dict.fromkeys(without_story(rules, choices), NONE_APPLIES)}


def unanswered(rules: CriteriaSet, choices: Mapping[str, str]) -> list[str]:
    """Codes of criteria without an answer, in the set's order."""
    return [c.code for c in rules.criteria if c.code not in choices]


def missed_gates(rules: CriteriaSet, choices: Mapping[str, str], stars: int) -> list[str]:
    """Codes of answered or unanswered criteria below their minimum for ``stars``, in the set's order."""
    return [c.code for c, level in rules.gates(stars) if c.level(choices.get(c.code, NONE_APPLIES)) < level]


def automatic_exclusions(rules: CriteriaSet, choices: Mapping[str, str]) -> list[str]:
    """Codes of criteria where 0 points stop the assessment by themselves (set 16, sensory criteria)."""
    return [c.code for c in rules.criteria if c.zero_excludes and c.code in choices and c.points(choices[c.code]) == 0]


def differing_cases(rules: CriteriaSet, choices: Mapping[str, str]) -> set[str]:
    """Cases used by the criteria that offer cases, when they differ; the law does not demand one case (set 26: 8, 9, 15)."""
    used = {rules.by_code[code].by_choice[choice].case for code, choice in choices.items() if choice != NONE_APPLIES}
    used.discard("")
    return used if len(used) > 1 else set()


def problems_of(rules: CriteriaSet, ballot: Ballot) -> Iterator[Problem]:
    """Everything that keeps a ballot from counting: unknown or missing answers, a story answered without a story."""

    def problem(message: str, kind: str, code: str, value: str = "") -> Problem:
        values = {"member": ballot.member, "code": code, "choice": value, "set": rules.number}
        return Problem(message, values, Place(sheet=ballot.member, column=code), value, kind=kind)

    for code, choice in ballot.choices.items():
        criterion = rules.by_code.get(code)
        if criterion is None:
            yield problem("Phiếu của {member}: bộ {set} không có tiêu chí {code}.", "unknown_criterion", code, str(choice))
        elif choice != NONE_APPLIES and choice not in criterion.by_choice:
            yield problem("Phiếu của {member}: tiêu chí {code} không có mức “{choice}”.", "unknown_option", code, str(choice))
    for code in unanswered(rules, ballot.choices):
        yield problem("Phiếu của {member}: chưa trả lời tiêu chí {code}.", "missing_answer", code)
    for criterion in rules.criteria:
        if not criterion.story or ballot.choices.get(criterion.code, NONE_APPLIES) == NONE_APPLIES:
            continue
        story = rules.by_code[criterion.story]
        choice = ballot.choices.get(criterion.story, "")
        if (choice == NONE_APPLIES or choice in story.by_choice) and story.points(choice) == 0:
            yield problem(
                "Phiếu của {member}: không có câu chuyện sản phẩm nên không chấm được tiêu chí {code}.",
                "story_without_story",
                criterion.code,
                ballot.choices[criterion.code],
            )
