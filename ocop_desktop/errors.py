"""What a person can mend, as values. Anything that is not one of these is a bug and goes to the error dialog and the log.

Sentences are written in Vietnamese, the language of the users, with ``{named}`` places; ``text.say`` gives them in the
language of the window.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["error", "warning", "repair"]


class UserError(Exception):
    """Something a person can mend.

    Args:
        message: one Vietnamese sentence with ``{named}`` places: what happened, where, what to do.
        values: what stands in the places.
    """

    def __init__(self, message: str, **values: Any) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return self.message.format(**self.values)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was read: a file, its sheet, the 1-based row and the column's letters or heading."""

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding at one place.

    Args:
        message: Vietnamese sentence with ``{named}`` places.
        values: what stands in the places.
        place: where it was found.
        value: what was read there, as text.
        severity: ``error`` keeps the row out, ``warning`` asks for a look, ``repair`` tells what was mended.
        kind: stable short name, for filtering and for machines, e.g. ``unknown_commune``.
    """

    message: str
    values: dict[str, Any] = field(default_factory=dict)
    place: Place = Place()
    value: str = ""
    severity: Severity = "error"
    kind: str = ""

    def __str__(self) -> str:
        return self.message.format(**self.values)


class ProblemsFound(UserError):
    """Input refused with a list of problems, each at its place."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("Có {count} chỗ cần sửa; chỗ đầu tiên: {first}", count=len(problems), first=str(problems[0]))
        self.problems = problems
