"""What the scoring page can be used for: a member's ballot, the producer's own score, the advisory team's. One mechanism for all.

A sheet says whose answers they are, reads them, and keeps one answer at a time; each runs on the worker thread.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from ocop_desktop.actions.scoring import BallotView


class Sheet(Protocol):
    """One sheet of answers; two are the same when they are equal."""

    def read(self, session: Any) -> BallotView:
        """The sheet as the file holds it."""

    def choose(self, session: Any, view: BallotView, code: str, choice: str | None) -> object:
        """Keep one answer; None takes it back."""

    def write(self, session: Any, verb: str, *values: str) -> object:
        """Keep something beside the answers: ``note``, ``opinion``, ``raise_exclusion``, ``withdraw_exclusion``."""

    def finish(self, session: Any) -> dt.datetime | None:
        """Finish the sheet; None where it stays open."""


@dataclass(frozen=True)
class CouncilSheet:
    """A council member's ballot for one item of an agenda."""

    item_id: int
    member_id: int

    def read(self, session: Any) -> BallotView:
        return _scoring().own_ballot(session, self.item_id, self.member_id)

    def choose(self, session: Any, view: BallotView, code: str, choice: str | None) -> object:
        if choice is None:
            return _scoring().clear(session, self.item_id, self.member_id, code)
        return _scoring().choose(session, self.item_id, self.member_id, code, choice, (view.book.id, view.rules.number))

    def write(self, session: Any, verb: str, *values: str) -> object:
        return getattr(_scoring(), verb)(session, self.item_id, self.member_id, *values)

    def finish(self, session: Any) -> dt.datetime | None:
        return _scoring().finish(session, self.item_id, self.member_id)

    def copy(self, session: Any, source_item_id: int) -> int:
        """Copy the member's own ballot of another item into this one."""
        from ocop_desktop.actions import scoring_copy

        return scoring_copy.copy_ballot(session, self.item_id, self.member_id, source_item_id)

    def confirm(self, session: Any, code: str | None = None) -> None:
        """Keep a copied answer, or all of them, as the member's own."""
        from ocop_desktop.actions import scoring_copy

        scoring_copy.confirm(session, self.item_id, self.member_id, code)

    def finish_copied(self, session: Any) -> dt.datetime | None:
        """Keep all copied answers and finish."""
        self.confirm(session)
        return self.finish(session)


@dataclass(frozen=True)
class DossierSheet:
    """The producer's own score of a dossier, or the advisory team's.

    Args:
        who: for the history.
    """

    kind: Literal["self", "advisory"]
    dossier_id: int
    who: str = ""

    def read(self, session: Any) -> BallotView:
        return self._actions().own_ballot(session, self.dossier_id)

    def choose(self, session: Any, view: BallotView, code: str, choice: str | None) -> object:
        return self._actions().choose(session, self.dossier_id, code, choice, self.who)

    def write(self, session: Any, verb: str, *values: str) -> object:
        return getattr(self._actions(), verb)(session, self.dossier_id, *values, self.who)

    def finish(self, session: Any) -> dt.datetime | None:
        return self._actions().finish(session, self.dossier_id, self.who) if self.kind == "advisory" else None

    def _actions(self) -> ModuleType:
        from ocop_desktop.actions import advisory, self_score

        return advisory if self.kind == "advisory" else self_score


def _scoring() -> ModuleType:
    """The actions, read on the worker thread: they bring SQLAlchemy."""
    from ocop_desktop.actions import scoring

    return scoring
