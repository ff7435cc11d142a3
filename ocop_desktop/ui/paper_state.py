"""One member's paper ballot while it is being typed: what stands in its column. No widgets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from ocop_desktop.rules import answering
from ocop_desktop.rules.ballot import total, without_story
from ocop_desktop.rules.rulebook import NONE_APPLIES, CriteriaSet

if TYPE_CHECKING:
    from ocop_desktop.actions.paper_ballots import Column, Difference


class SheetState:
    """A column of the grid.

    Args:
        column: as it was read.
        rules: the set's criteria.
    """

    def __init__(self, column: Column, rules: CriteriaSet) -> None:
        self.column, self.rules = column, rules
        self.choices = dict(column.choices)
        self.opinion, self.exclusion = column.opinion, column.exclusion
        self.settled: dict[str, str] = {}
        self.refused_total: int | None = None  # the hand total that did not agree: typed once more, it stands
        self.sent = False  # for checking, and not back yet
        self.differences: dict[str, Difference] = {}
        self.show_differences(column.differences)

    def show_differences(self, found: tuple[Difference, ...]) -> None:
        """Ask for these places only from now on."""
        self.differences = {d.code: d for d in found}

    def close(self, state: Literal["typed", "done"]) -> None:
        """Nothing more is typed here, and nothing of it stays on show."""
        self.column = replace(self.column, state=state)
        self.choices, self.settled, self.differences = {}, {}, {}

    @property
    def open(self) -> bool:
        """Whether this sheet can be typed in now."""
        return self.column.state == "open"

    @property
    def settling(self) -> bool:
        """Whether both typings are there and differ."""
        return bool(self.differences)

    @property
    def blocked(self) -> set[str]:
        """Criteria that cannot be chosen because their story is at 0."""
        return without_story(self.rules, self.choices)

    @property
    def points(self) -> int:
        """The running total."""
        return total(self.rules, {**self.choices, **{c: v for c, v in self.settled.items() if c in self.rules.by_code}})

    @property
    def asked(self) -> list[str]:
        """Criteria that still need a key, in the ballot's order."""
        if self.settling:
            return [c for c in self.rules.by_code if c in self.differences and c not in self.settled]
        return [c for c in self.rules.by_code if c not in self.choices]

    @property
    def unsettled(self) -> list[str]:
        """Everything that is not settled yet, words too."""
        return [code for code in self.differences if code not in self.settled]

    def stops(self) -> list[str]:
        """Criteria the cursor stops at on its way down."""
        if self.settling:
            return [c for c in self.rules.by_code if c in self.differences]
        return [c for c in self.rules.by_code if c not in self.blocked]

    def choice_of(self, code: str, key: int) -> str | None:
        """The choice a digit stands for: 1-9 the boxes in their order, 0 none applies; None where there is none."""
        options = self.rules.by_code[code].options
        if key == 0:
            return NONE_APPLIES
        return options[key - 1].choice if key <= len(options) else None

    def key_of(self, code: str, choice: str | None) -> str:
        """The digit of a choice, empty for none."""
        if choice is None or choice == "":
            return ""
        if choice == NONE_APPLIES:
            return "0"
        return str(next(n for n, o in enumerate(self.rules.by_code[code].options, 1) if o.choice == choice))

    def put(self, code: str, choice: str | None) -> bool:
        """Lay an answer down; whether it is to be saved (a settled place is saved with all the others at the end)."""
        if self.settling:
            if code in self.differences and choice is not None:
                self.settled[code] = choice
            return False
        if code in self.blocked or self.choices.get(code) == choice:
            return False
        self.choices = answering.apply(self.choices, answering.effects(self.rules, self.choices, code, choice))
        self.refused_total = None
        return True

    def said(self, code: str) -> str:
        """What the cell says."""
        if not self.open:
            return ""
        found = self.differences.get(code)
        if found is not None and code not in self.settled:
            return f"{self.key_of(code, found.first)} ≠ {self.key_of(code, found.second)}"
        return self.key_of(code, self.settled.get(code, self.choices.get(code)))
