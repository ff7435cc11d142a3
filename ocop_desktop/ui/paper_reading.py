"""What the page of paper ballots reads: the sheets of a dossier, of the next one with something to do, of the one beside it."""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ocop_desktop.actions.paper_ballots import Grid

CHECKING = 2


def paper() -> ModuleType:
    """The actions, read on the worker thread: they bring SQLAlchemy."""
    from ocop_desktop.actions import paper_ballots

    return paper_ballots


def wanted(session: Any, session_id: int, typing: int, members: frozenset[int] | None, item_id: int,
           after: int) -> tuple[Grid, bool]:
    """The sheets of ``item_id``; without it those of the next dossier that has something to do.

    Returns:
        the sheets, and whether nothing is left to do (then they are those of ``after``, or of the first dossier).
    """
    actions = paper()
    if item_id:
        return actions.grid(session, item_id, typing), False
    found = actions.next_item(session, session_id, typing, None if typing == CHECKING else members, after)
    return actions.grid(session, found or after or actions.items(session, session_id)[0], typing), not found


def beside(session: Any, session_id: int, item_id: int, typing: int, by: int) -> tuple[Grid, bool]:
    """The sheets of the dossier before or after, whatever is to be done there."""
    actions = paper()
    items = actions.items(session, session_id)
    at = items.index(item_id) if item_id in items else 0
    return actions.grid(session, items[max(0, min(at + by, len(items) - 1))], typing), False
