"""Rounds of assessment by their names, e.g. "2026-2" or "Đợt 1 - 2026": which is newer, and which one is under way."""

from __future__ import annotations

import re
from collections.abc import Iterable

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def when(name: str) -> tuple[int, int]:
    """Year and number a round's name tells; 0 for what it does not tell."""
    year = YEAR.search(name)
    rest = name if year is None else name[: year.start()] + " " + name[year.end():]
    number = re.search(r"\d{1,3}", rest)
    return int(year.group()) if year else 0, int(number.group()) if number else 0


def newest_first(names: Iterable[str], year: int | None = None) -> tuple[str, ...]:
    """Names of rounds, the newest first; those that tell no year come last, and with ``year`` those of later years after them.

    Args:
        names: as they stand in dossiers.
        year: the year it is; a name of a later year is taken for a slip of the hand until that year begins.
    """
    def rank(name: str) -> tuple[bool, int, int, str]:
        told = when(name)
        return (year is None or told[0] <= year, *told, name)

    return tuple(sorted(names, key=rank, reverse=True))
