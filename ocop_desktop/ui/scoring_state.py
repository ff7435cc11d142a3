"""A ballot on show: what the file holds, what is on its way there, and what both come to. No widgets."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from ocop_desktop.rules import answering
from ocop_desktop.rules.ballot import differing_cases, without_story
from ocop_desktop.rules.rulebook import NONE_APPLIES, CriteriaSet

if TYPE_CHECKING:
    from ocop_desktop.actions.scoring import BallotView


class BallotState:
    """The answers as the member sees them: those saved, with those not back from the file yet laid over them.

    Args:
        view: the ballot as it was read.
    """

    def __init__(self, view: BallotView) -> None:
        self.view = view
        self.rules: CriteriaSet = view.rules
        self.law_words = False
        self.notes = dict(view.notes)
        self.opinion, self.exclusion = view.opinion, view.exclusion
        self.copied = dict(view.copied)
        self._saved = dict(view.choices)
        self._waiting: list[tuple[str, str | None]] = []
        self._count()

    @property
    def locked(self) -> bool:
        """Whether nothing can be written."""
        return self.view.locked is not None

    @property
    def reading(self) -> CriteriaSet:
        """The set as it is read: with its short labels, or in the law's own words where the member asks for them."""
        return self._in_law_words if self.law_words else self.rules

    @cached_property
    def _in_law_words(self) -> CriteriaSet:
        return self.view.words.over(self.rules) if self.view.words else self.rules

    @property
    def has_opinion(self) -> bool:
        """Whether an opinion on the whole dossier goes with the answers: not with the producer's own."""
        return self.view.sheet != "self"

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Every criterion in the set's order."""
        return tuple(self.rules.by_code)

    @property
    def waiting(self) -> set[str]:
        """Criteria whose answer is on its way to the file."""
        return {code for code, _ in self._waiting}

    @property
    def blocked(self) -> set[str]:
        """Criteria that cannot be chosen because their story is at 0."""
        return without_story(self.rules, self.choices)

    @property
    def cases_differ(self) -> bool:
        """Whether different cases are used in one ballot; pointed out, no fault."""
        return bool(differing_cases(self.rules, self.choices))

    def shows(self, view: BallotView) -> bool:
        """Whether ``view``, read anew, says nothing else than what is on show."""
        kept = {code: words for code, words in self.notes.items() if words}
        mine = (self.view.version, self.locked, self.rules.number, self.choices, kept, self.opinion, self.exclusion,
                self.view.words, self.copied)
        return mine == (view.version, view.locked is not None, view.rules.number, dict(view.choices), dict(view.notes),
                        view.opinion, view.exclusion, view.words, dict(view.copied))

    def choose(self, code: str, choice: str | None) -> Mapping[str, str | None]:
        """Lay an answer (None: taken back) over what is saved; what it changes."""
        changed = answering.effects(self.rules, self.choices, code, choice)
        self._waiting.append((code, choice))
        for touched in changed:
            self.copied.pop(touched, None)
        self._count()
        return changed

    def confirm(self) -> None:
        """The oldest answer on its way has arrived."""
        code, choice = self._waiting.pop(0)
        self._saved = answering.apply(self._saved, answering.effects(self.rules, self._saved, code, choice))
        self._count()

    def take_back(self) -> str:
        """The oldest answer on its way was refused; its criterion."""
        code, _ = self._waiting.pop(0)
        self._count()
        return code

    def next_open(self, code: str) -> str | None:
        """The next criterion without an answer after ``code``, going round."""
        at = self.codes.index(code) if code in self.codes else -1
        around = (*self.codes[at + 1:], *self.codes[:at + 1])
        return next((c for c in around if c not in self.choices), None)

    def next_copied(self, code: str) -> str | None:
        """The next copied answer after ``code`` the member has not looked at, going round."""
        at = self.codes.index(code) if code in self.codes else -1
        return next((c for c in (*self.codes[at + 1:], *self.codes[:at + 1]) if c in self.copied), None)

    def points(self, code: str) -> int | None:
        """Points of the answer, or None without one."""
        choice = self.choices.get(code)
        return None if choice is None else self.rules.by_code[code].points(choice)

    def stops(self, code: str) -> bool:
        """Whether the answer stops the assessment by itself (set 16: 0 points in a sensory criterion)."""
        return self.rules.by_code[code].zero_excludes and self.points(code) == 0

    def key_choice(self, code: str, key: int) -> str | None:
        """The choice under a digit key: 1-9 options in their order, 0 none applies; None where there is none."""
        options = self.rules.by_code[code].options
        if key == 0:
            return NONE_APPLIES
        return options[key - 1].choice if key <= len(options) else None

    def _count(self) -> None:
        choices = self._saved
        for code, choice in self._waiting:
            choices = answering.apply(choices, answering.effects(self.rules, choices, code, choice))
        self.choices = choices
        self.so_far = answering.so_far(self.view.book, self.rules, choices)
