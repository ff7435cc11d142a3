"""What a signed-in person's role may write, held by SQLite itself: an action nobody thought of is refused, not let through.

The actions ask first and say why (``actions.rights``); this is the net under them. It knows tables, columns and verbs, not rows:
registers, sessions, accounts and roles, papers and the lines of history are out of reach of whoever is not the clerk; that a
ballot or a PIN is one's own, and that of the settings only the head of the chain is written, is for the actions to see to. Nor is
it a wall against SQL written by hand with another program: that is what the audit chain is for.
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
# History grows, its head moves on (the row is there: ``people.begin``); PINs are counted and chosen.
ALWAYS: dict[tuple[int, str], frozenset[str] | None] = {  # None: every column
    (sqlite3.SQLITE_INSERT, "change"): None,
    (sqlite3.SQLITE_UPDATE, "setting"): frozenset({"value"}),
    (sqlite3.SQLITE_UPDATE, "person"): frozenset({"wrong", "wrong_at", "pin", "once", "recovery"}),
}
_WRITING = (sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE)

Authorizer = Callable[[int, str | None, str | None, str | None, str | None], int]


def authorizer(actor: Actor | None) -> Authorizer | None:
    """What SQLite asks about each statement; None where everything may be written. No actor: the file is shut."""
    known = actor or NOBODY
    if known.alone or may(known.role, "work"):
        return None
    allowed = frozenset[str]().union(*(tables for right, tables in BY_RIGHT.items() if may(known.role, right, own=True)))

    def judge(what: int, table: str | None, column: str | None, schema: str | None, _trigger: str | None) -> int:
        name = table or ""
        if what not in _WRITING or schema != "main" or name.startswith("sqlite_") or name in allowed:
            return sqlite3.SQLITE_OK
        columns = ALWAYS.get((what, name), frozenset())
        return sqlite3.SQLITE_OK if columns is None or column in columns else sqlite3.SQLITE_DENY

    return judge
