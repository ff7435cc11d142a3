"""Repairs a person does not want: a whole kind ("blanks"), a kind in one column ("C:legacy"), everything at one cell ("C7")."""

from __future__ import annotations

import re
from collections.abc import Iterable

_CELL = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")
_COLUMN = re.compile(r"([A-Z]{1,3}):(\w+)")


class Refusals:
    """What is refused.

    Args:
        entries: kinds of ``contents.REPAIRS``, columns and kinds ("C:legacy"), cells ("C7").
    """

    def __init__(self, entries: Iterable[str] = ()) -> None:
        self._entries = frozenset(entries)

    def __bool__(self) -> bool:
        return bool(self._entries)

    def of(self, kind: str, letter: str, number: int) -> bool:
        """Whether a repair of that kind at that cell (Excel's letters, 1-based row) is refused."""
        known = self._entries
        return bool(known) and (kind in known or f"{letter}{number}" in known or f"{letter}:{kind}" in known)


def is_entry(entry: str, kinds: Iterable[str]) -> bool:
    """Whether a text names something that can be refused."""
    column = _COLUMN.fullmatch(entry)
    return entry in kinds or bool(_CELL.fullmatch(entry)) or (column is not None and column[2] in kinds)
