"""Reading the rulebooks: what is at hand, one set, what to search, gates, comparisons, and all of it on paper.

Rulebooks are files of the program and versions of the open file; nothing here writes to the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ocop_desktop.actions import rulebooks, wording
from ocop_desktop.actions.files import write_whole
from ocop_desktop.actions.wording import Attached
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import UserError
from ocop_desktop.rules import criteria_comparison, criteria_gates, criteria_search
from ocop_desktop.rules.criteria import CriteriaSet
from ocop_desktop.rules.criteria_comparison import Comparison
from ocop_desktop.rules.criteria_gates import Gates
from ocop_desktop.rules.criteria_search import Entry
from ocop_desktop.rules.rulebook import Rulebook
from ocop_desktop.rules.wording import SetWords

if TYPE_CHECKING:
    from ocop_desktop.papers.criteria_comparison import ComparisonSheet

WHOLE = 0  # instead of a set's number: the whole rulebook


@dataclass(frozen=True)
class Shelf:
    """The rulebooks at hand.

    Args:
        books: the newest first; current: id of the one new dossiers are scored by.
    """

    books: tuple[Rulebook, ...]
    current: str

    def book(self, id: str) -> Rulebook:
        """The rulebook ``id``; the current one where it is not at hand any more."""
        return next((b for b in self.books if b.id == id), next(b for b in self.books if b.id == self.current))


@dataclass(frozen=True)
class Reading:
    """One set with the law's own words for it, where a document is attached."""

    set: CriteriaSet
    words: SetWords | None


@dataclass(frozen=True)
class Opened:
    """What the screen begins with: the rulebooks, and one set where the chosen rulebook has sets.

    Args:
        attached: the law's document attached to the rulebook, or None.
    """

    shelf: Shelf
    book: Rulebook
    reading: Reading | None
    attached: Attached | None = None

    @property
    def set(self) -> CriteriaSet | None:
        """The set itself."""
        return self.reading.set if self.reading else None


@dataclass(frozen=True)
class Paper:
    """What is to be printed: one set, the gates of a rank in it, or a comparison.

    Args:
        kind: "set", "gates", "comparison".
        book, number: the rulebook's id and the set (``WHOLE`` in a comparison of rulebooks).
        stars: of the gates.
        other_book, other_number: what a comparison stands the first beside.
        law_words: of a set: in the law's own words where they are attached.
    """

    kind: str
    book: str
    number: int
    stars: int = 0
    other_book: str = ""
    other_number: int = 0
    law_words: bool = False


def shelf(_session: Session) -> Shelf:
    """Every rulebook at hand, the newest first, versions of one decision beside each other."""
    return Shelf(tuple(reversed(rulebooks.all_rulebooks())), rulebooks.current().id)


def opened(session: Session, book_id: str = "", number: int | None = None) -> Opened:
    """What the screen shows first: a rulebook and a set of it.

    Args:
        book_id: the current rulebook where it is empty; number: the first set where it is None or not there.

    Raises:
        UserError, ProblemsFound: the set's file is missing or wrong; says where.
    """
    found = shelf(session)
    book = found.book(book_id)
    if not book.heads:
        return Opened(found, book, None)
    number = number if number in book.head else book.heads[0].number
    return Opened(found, book, reading(session, book.id, number), wording.attached_to(session, book))


def reading(session: Session, book_id: str, number: int) -> Reading:
    """One set with the law's words for it.

    Raises:
        UserError, ProblemsFound: as ``set_of``.
    """
    book = rulebooks.rulebook(book_id)
    return Reading(book.set(number), wording.words_of(session, book, number))


def set_of(_session: Session, book_id: str, number: int) -> CriteriaSet:
    """One set.

    Raises:
        UserError, ProblemsFound: no such rulebook or set, or its file is wrong.
    """
    return rulebooks.criteria(book_id, number)


def search_entries(_session: Session, book_id: str, number: int) -> tuple[Entry, ...]:
    """What can be found in one set (see ``criteria_search``).

    Raises:
        UserError, ProblemsFound: as ``set_of``.
    """
    return criteria_search.entries(rulebooks.criteria(book_id, number))


def gates(_session: Session, book_id: str, number: int, stars: int) -> Gates:
    """What 3, 4 or 5 stars need in a set.

    Raises:
        UserError, ProblemsFound: as ``set_of``.
    """
    book = rulebooks.rulebook(book_id)
    return criteria_gates.gates_for(book.set(number), stars, book.line(stars))


def compare(_session: Session, left: tuple[str, int], right: tuple[str, int]) -> Comparison:
    """What differs between two sets, each (rulebook id, set number), or between two rulebooks (number ``WHOLE`` in both).

    Raises:
        UserError, ProblemsFound: no such rulebook or set, its file is wrong, or a whole rulebook beside one set.
    """
    if (left[1] == WHOLE) != (right[1] == WHOLE):
        raise UserError("Chỉ so sánh được một bộ với một bộ, hoặc cả quyết định với cả quyết định.")
    if left[1] == WHOLE:
        return criteria_comparison.compare_books(rulebooks.rulebook(left[0]), rulebooks.rulebook(right[0]))
    return criteria_comparison.compare_sets(rulebooks.criteria(*left), rulebooks.criteria(*right))


# -- on paper -------------------------------------------------------------------------------------------------------------


def pdf(session: Session, paper: Paper) -> bytes:
    """A paper as PDF, in the language in force.

    Raises:
        UserError, ProblemsFound: as ``set_of``.
    """
    from ocop_desktop.papers import criteria_comparison as comparison_paper
    from ocop_desktop.papers import criteria_gates as gates_paper
    from ocop_desktop.papers import criteria_set as set_paper

    if paper.kind == "comparison":
        return comparison_paper.render(_comparison(session, paper))
    book = rulebooks.rulebook(paper.book)
    found = book.set(paper.number)
    if paper.kind == "gates":
        return gates_paper.render(found, book, gates(session, paper.book, paper.number, paper.stars))
    words = wording.words_of(session, book, paper.number) if paper.law_words else None
    return set_paper.render(words.over(found) if words else found, book, words.source if words else "")


def _comparison(session: Session, paper: Paper) -> ComparisonSheet:
    from ocop_desktop.papers.criteria_comparison import ComparisonSheet

    left, right = rulebooks.rulebook(paper.book), rulebooks.rulebook(paper.other_book)
    found = compare(session, (left.id, paper.number), (right.id, paper.other_number))
    return ComparisonSheet(left, left.head.get(paper.number), right, right.head.get(paper.other_number), found)


def save_pdf(session: Session, paper: Paper, path: Path) -> int:
    """Write a paper to a file, whole or not at all; its size in bytes.

    Raises:
        UserError, ProblemsFound: as ``pdf``, or the file cannot be written.
    """
    content = pdf(session, paper)
    write_whole({path: content})
    return len(content)

