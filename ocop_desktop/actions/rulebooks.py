"""The rulebooks at hand: one folder per decision under ``resources/rulebooks``, and the versions of the user's own file.

The program's are read once. Those of a file become known when it is opened (``load``) and stay until another file is opened;
``within`` lends the versions of a file that is only looked at. Nothing here needs a database: without one the program's
rulebooks are all there is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from ocop_desktop import paths
from ocop_desktop.data import home
from ocop_desktop.errors import UserError
from ocop_desktop.rules import transition
from ocop_desktop.rules.rulebook import CriteriaSet, Rulebook, from_plain, read_rulebook, version_id
from ocop_desktop.rules.transition import Ruling

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session
    from ocop_desktop.data.file import Reading

_of_file: tuple[Rulebook, ...] = ()  # versions kept in the file that is open


@cache
def program_rulebooks() -> tuple[Rulebook, ...]:
    """Every rulebook the program carries, by the day it came into force.

    Raises:
        UserError: a ``rulebook.toml`` is missing or wrong; says which.
    """
    folders = sorted(p for p in (paths.resources() / "rulebooks").iterdir() if p.is_dir())
    return _in_order(read_rulebook(folder) for folder in folders)


def all_rulebooks() -> tuple[Rulebook, ...]:
    """Every rulebook known, by the day it came into force and its version; those of history have no sets.

    Raises:
        UserError: a ``rulebook.toml`` is missing or wrong; says which.
    """
    return _in_order((*program_rulebooks(), *_of_file)) if _of_file else program_rulebooks()


def load(reading: Reading) -> tuple[Rulebook, ...]:
    """Make the versions kept in a file known, instead of those of the file open before; which they are.

    Raises:
        UserError: a stored version lacks something; says which.
    """
    global _of_file
    _of_file = _stored(reading)
    return _of_file


def reload(session: Session) -> tuple[Rulebook, ...]:
    """Like ``load``, with what this session has written."""
    from ocop_desktop.data.engine import reading_of

    return load(reading_of(session))


@contextmanager
def within(session: Session) -> Iterator[None]:
    """Know a file's versions for as long as it is looked at, then again those known before."""
    global _of_file
    before = _of_file
    reload(session)
    try:
        yield
    finally:
        _of_file = before


def stored(session: Session) -> tuple[Rulebook, ...]:
    """The versions kept in a file, read but not made known."""
    from ocop_desktop.data.engine import reading_of

    return _stored(reading_of(session))


def _stored(reading: Reading) -> tuple[Rulebook, ...]:
    return tuple(from_plain(content, version_id(decision, version), print)
                 for decision, version, content, print in home.rulebook_contents(reading))


def _in_order(books: Sequence[Rulebook] | Iterator[Rulebook]) -> tuple[Rulebook, ...]:
    return tuple(sorted(books, key=lambda book: (book.in_force, book.decision, book.version)))


def rulebook(id: str) -> Rulebook:
    """The rulebook ``id``: a decision's number ("26/2026/QĐ-TTg") or a later version of it ("26/2026/QĐ-TTg#2").

    Raises:
        UserError: no such decision or version is known.
    """
    for book in all_rulebooks():
        if book.id == id:
            return book
    raise UserError("Chương trình không có bộ tiêu chí của Quyết định {law}; có: {known}.",
                    law=id or "?", known=", ".join(book.id for book in all_rulebooks()))


def versions(decision: str) -> tuple[Rulebook, ...]:
    """Every version of one decision, the first one first."""
    return tuple(book for book in all_rulebooks() if book.decision == decision)


def current(day: dt.date | None = None) -> Rulebook:
    """The rulebook new dossiers are scored by on ``day`` (today when not given): the latest version of the decision in force.

    Args:
        day: the day asked about; decisions kept without criteria are passed over, and before the first one with criteria came
            into force that one is given.
    """
    day = day or dt.date.today()
    books = [book for book in all_rulebooks() if book.heads]
    found = next((book for book in reversed(books) if book.in_force <= day), books[0])
    return versions(found.decision)[-1]


def falls_under(filed_on: dt.date | None, kind: str, today: dt.date | None = None) -> Ruling:
    """The rulebook a dossier falls under by Article 12, with the sentence that explains it; see ``rules.transition``.

    Args:
        filed_on: day of filing, or None; kind: "first", "upgrade", "reevaluation"; today: the day asked about.
    """
    return transition.falls_under(all_rulebooks(), filed_on, kind, today or dt.date.today())


def criteria(id: str, number: int | None) -> CriteriaSet:
    """Criteria set ``number`` of rulebook ``id``.

    Raises:
        UserError: no such decision or set, the decision is kept without criteria, or the product has no set yet.
        ProblemsFound: the set's file is wrong; every fault with its place.
    """
    if number is None:
        raise UserError("Sản phẩm chưa có bộ tiêu chí; hãy chọn bộ sản phẩm (1-26) trong hồ sơ trước khi chấm.")
    return rulebook(id).set(number)
