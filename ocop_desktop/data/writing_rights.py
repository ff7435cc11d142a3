"""What a signed-in person's role may write, held by SQLite itself: an action nobody thought of is refused, not let through.

The actions ask first and say why (``actions.rights``); this is the net under them. Tables are refused unless a right names them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from ocop_desktop.rules.rights import NOBODY, Actor, may

BY_RIGHT: dict[str, frozenset[str]] = {
    "own_ballot": frozenset({"ballot", "answer"}),
    "advise": frozenset({"advisory_review", "advisory_answer"}),
    # Closing writes the result and moves the dossier; reopening makes ballots anew, and opens a session closed already.
    "conclude": frozenset({"ballot", "answer", "result", "agenda_item", "dossier", "session"}),
}
# History and its head, and the counting of wrong PINs.
ALWAYS = frozenset({"change", "setting", "person", "sqlite_sequence"})
_WRITING = (sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE)

Authorizer = Callable[[int, str | None, str | None, str | None, str | None], int]


def authorizer(actor: Actor | None) -> Authorizer | None:
    """What SQLite asks about each statement; None where everything may be written. No actor: the file is shut."""
    known = actor or NOBODY
    if known.alone or may(known.role, "work"):
        return None
    allowed = ALWAYS.union(*(tables for right, tables in BY_RIGHT.items() if may(known.role, right, own=True)))

    def judge(what: int, table: str | None, _column: str | None, schema: str | None, _trigger: str | None) -> int:
        refused = what in _WRITING and schema == "main" and not (table or "").startswith("sqlite_") and table not in allowed
        return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK

    return judge
