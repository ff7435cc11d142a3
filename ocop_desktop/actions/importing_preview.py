"""What a preview of a spreadsheet is: rows with what they would do, questions at their cells, counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from ocop_desktop.actions.importing_doubts import Choices
from ocop_desktop.actions.importing_plan import Plan, RowPlan
from ocop_desktop.errors import Problem
from ocop_desktop.sheets.contents import Repairs, Row
from ocop_desktop.sheets.headings import Column
from ocop_desktop.sheets.mapping import Mapping as FileMapping
from ocop_desktop.sheets.reading import Book
from ocop_desktop.sheets.repair import as_text

STATES = ("new", "update", "unchanged", "waiting", "doubtful", "rejected", "skipped")


@dataclass(frozen=True)
class Change:
    """One field of a row that differs from the database."""

    field: str
    before: Any
    after: Any


class PreviewRow(NamedTuple):
    """A row of the table.

    Args:
        number: 1-based row of the sheet.
        state: one of STATES, for the eye; action: ``create``, ``update``, ``none``, ``wait`` (for a choice) or ``reject``.
        values: clean values by field; filled: fields taken from the row above.
        problems: questions at its cells.
    """

    number: int
    state: str
    action: str
    values: Mapping[str, Any]
    filled: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Preview:
    """A spreadsheet as it would be imported; nothing is written yet.

    Args:
        layout: a name of ``sheets.layouts.LAYOUTS``; sheet: its name; sheets: every sheet's name.
        header_rows: 1-based.
        columns: every column with its guessed field and confidence.
        rows: every row of the table; problems: questions, those of the whole file first; repairs: what was mended.
        counts: ``rows``, and ``created``, ``updated``, ``unchanged``, ``rejected`` by what accepting does; ``waiting``: how many
            of the rejected only wait for a choice.
        choices: what was chosen for rows that may be something known.
        province: code and name, empty when the file names no place.
    """

    path: Path
    sha256: str
    layout: str
    sheet: str
    sheets: tuple[str, ...]
    header_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    rows: tuple[PreviewRow, ...]
    problems: tuple[Problem, ...]
    repairs: Repairs
    counts: Mapping[str, int]
    province: tuple[str, str]
    mapping: FileMapping
    fixes: Mapping[tuple[int, str], str] = field(default_factory=dict)
    skip: frozenset[int] = frozenset()
    strict: bool = False
    book: Book | None = field(default=None, repr=False, compare=False)
    plan: Plan | None = field(default=None, repr=False, compare=False)
    stamp: tuple[int, ...] = ()
    choices: Choices = field(default_factory=dict)

    @property
    def states(self) -> Mapping[str, int]:
        """Rows by state."""
        found = Counter(r.state for r in self.rows)
        return {state: found[state] for state in STATES}

    def first_rows(self, count: int) -> tuple[int, ...]:
        """The 1-based numbers of the table's first rows."""
        return tuple(r.number for r in self.rows[:count])

    def raw_text(self, number: int, index: int) -> str:
        """A cell as it stands in the sheet (1-based row, 0-based column)."""
        row = self._raw_row(number)
        return as_text(row[index]) if index < len(row) else ""

    def row_text(self, number: int) -> str:
        """A whole row of the sheet in a line (1-based), for choosing the header."""
        return " · ".join(word for cell in self._raw_row(number) if (word := " ".join(as_text(cell).split())))

    def _raw_row(self, number: int) -> list[Any]:
        if self.book is None:
            return []
        rows = next(s.rows for s in self.book.sheets if s.name == self.sheet)
        return rows[number - 1] if number <= len(rows) else []

    @property
    def asked(self) -> frozenset[int]:
        """Numbers of the rows with an open question about a cell; they can be imported as they were read."""
        return frozenset(row.number for row in self.rows if row.state == "doubtful")

    @property
    def sure(self) -> int:
        """How many rows accepting would write while those with a question wait."""
        return self.states["new"] + self.states["update"]

    @property
    def to_write(self) -> int:
        """How many rows accepting would write."""
        return self.counts["created"] + self.counts["updated"]


def shown(row: Row, plan: RowPlan, skipped: bool) -> PreviewRow:
    """A row as the preview shows it: its state (one of ``STATES``), what accepting does, its cells, questions and changes."""
    if plan.action == "wait":
        state = "waiting"
    elif plan.action == "reject":
        state = "skipped" if skipped else "rejected"
    elif plan.asked or (row.problems and plan.action != "none"):
        state = "doubtful"
    else:
        state = {"create": "new", "update": "update", "none": "unchanged"}[plan.action]
    return PreviewRow(
        row.number, state, plan.action, row.values, row.filled, row.problems, tuple(Change(*c) for c in plan.changes)
    )


def counts_of(rows: tuple[PreviewRow, ...]) -> dict[str, int]:
    """Rows by what accepting does with them; rows that wait for a choice count as rejected, and as ``waiting`` too."""
    actions = Counter(r.action for r in rows)
    return {
        "rows": len(rows),
        "created": actions["create"],
        "updated": actions["update"],
        "unchanged": actions["none"],
        "rejected": actions["reject"] + actions["wait"],
        **({"waiting": actions["wait"]} if actions["wait"] else {}),
    }
