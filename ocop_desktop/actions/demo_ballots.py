"""Believable ballots for the example: a product's own level, and members who differ a little."""

from __future__ import annotations

import random

from ocop_desktop.rules.ballot import missed_gates, settle, total
from ocop_desktop.rules.rulebook import CriteriaSet

Choices = dict[str, str]


def base_choices(rules: CriteriaSet, points: int, stars: int, chance: random.Random) -> Choices:
    """Choices worth at most ``points`` and as near as steps allow, all gates for ``stars`` met."""
    least = {c.code: level for c, level in rules.gates(stars)}
    choices = {c.code: c.options[-1].choice if c.cases == () else f"a{c.options[-1].level}" for c in rules.criteria}
    movable = [c for c in rules.criteria if not c.cases and not any(d.story == c.code for d in rules.criteria)]
    while (over := total(rules, choices) - points) > 0:
        steps = [
            (c.code, lower.choice)
            for c in movable
            if (level := c.level(choices[c.code])) > max(least.get(c.code, 1), 1)
            for lower in [c.options[level - 2]]
            if 0 < c.points(choices[c.code]) - lower.points <= over
        ]
        if not steps:
            break
        code, choice = chance.choice(steps)
        choices[code] = choice
    return settle(rules, choices)


def member_choices(rules: CriteriaSet, base: Choices, stars: int, chance: random.Random, most: int = 3) -> Choices:
    """One member's choices: up to ``most`` criteria a step apart from ``base``; gates for ``stars`` it met stay met."""
    choices = dict(base)
    met = set(missed_gates(rules, base, stars))
    for criterion in chance.sample([c for c in rules.criteria if not c.cases], k=chance.randint(0, most)):
        level = criterion.level(base[criterion.code]) + chance.choice((-1, 1))
        if not 1 <= level <= len(criterion.options):
            continue
        moved = settle(rules, {**choices, criterion.code: criterion.options[level - 1].choice})
        if set(missed_gates(rules, moved, stars)) <= met:
            choices = moved
    return choices


def answered_half(choices: Choices, chance: random.Random) -> Choices:
    """The first answers of a ballot still being filled in."""
    return dict(list(choices.items())[: chance.randint(8, 20)])
