"""What the screen knows of the rulebooks: the shelf, and the sets read one by one in the background for the search."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ocop_desktop.rules.rulebook import CriteriaSet, Rulebook
from ocop_desktop.text import _, language
from ocop_desktop.ui.printing import Printout

if TYPE_CHECKING:
    from ocop_desktop.actions.criteria import Paper, Reading, Shelf
    from ocop_desktop.rules.criteria_search import Entry
    from ocop_desktop.ui.work import Work

WHOLE = 0
Pair = tuple[tuple[str, int], tuple[str, int]]  # rulebook id and set number, left and right


class Library(QObject):
    """Reads the sets of a rulebook, one job each, so that what a person asks for meanwhile is not kept waiting."""

    read = Signal()  # one more set

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self.shelf: Shelf
        self._entries: dict[str, dict[int, tuple[Entry, ...]]] = {}
        self._reading = ""

    def begin(self, book: Rulebook) -> None:
        """Read the sets of ``book`` that are not read yet."""
        if self._reading == book.id:
            return
        self._reading = book.id
        self._next(book)

    def _next(self, book: Rulebook) -> None:
        known = self._entries.setdefault(book.id, {})
        number = next((h.number for h in book.heads if h.number not in known), None)
        if number is None or self._reading != book.id:
            self._reading = "" if self._reading == book.id else self._reading
            return

        def job(session: Any) -> Any:
            from ocop_desktop.actions import criteria

            return criteria.search_entries(session, book.id, number)

        self._work.read(self, job, lambda found: self._keep(book, number, found), lambda _error: self._keep(book, number, ()))

    def _keep(self, book: Rulebook, number: int, found: tuple[Entry, ...]) -> None:
        self._entries[book.id][number] = found
        self.read.emit()
        self._next(book)

    def entries(self, id: str) -> list[Entry]:
        """Everything read of a rulebook, in the order of its sets."""
        return [entry for _number, found in sorted(self._entries.get(id, {}).items()) for entry in found]

    def waiting(self, book: Rulebook) -> int:
        """How many sets are still to be read."""
        return len(book.heads) - len(self._entries.get(book.id, {}))

    def counts(self, id: str) -> dict[int, int]:
        """Criteria of each set that is read."""
        return {number: sum(e.criterion is not None and e.option is None for e in found)
                for number, found in self._entries.get(id, {}).items()}

    def set_job(self, id: str, number: int) -> Callable[[Any], Reading]:
        """What reads one set."""

        def job(session: Any) -> Reading:
            from ocop_desktop.actions import criteria

            return criteria.reading(session, id, number)

        return job

    def read_versions(self, decision: str, done: Callable[[Any], object]) -> None:
        """Read what is kept of the versions of a decision."""

        def job(session: Any) -> Any:
            from ocop_desktop.actions import rulebook_packs

            return tuple(line for line in rulebook_packs.listing(session) if line.decision == decision)

        self._work.read(self, job, done, key="versions")

    def beside(self, book: Rulebook, number: int) -> tuple[str, int]:
        """What a set is compared with first: itself in another version, else the next set; a whole rulebook with another one."""
        others = [b for b in self.shelf.books if b.id != book.id]
        same = next((b for b in others if b.decision == book.decision), None)
        if number == WHOLE:
            other = same or (others[0] if others else book)
            return other.id, WHOLE
        if same is not None and number in same.head:
            return same.id, number
        numbers = [h.number for h in book.heads]
        return book.id, numbers[(numbers.index(number) + 1) % len(numbers)]

    def file_name(self, paper: Paper) -> str:
        """The name proposed for a paper's file."""
        from ocop_desktop.actions.files import file_name

        if paper.kind == "comparison":
            return file_name(_("so sánh bộ tiêu chí"), ".pdf")
        if paper.kind == "gates":
            return file_name(_("bộ {number} - {stars} sao cần gì", number=paper.number, stars=paper.stars), ".pdf")
        return file_name(_("bộ {number} - tiêu chí", number=paper.number), ".pdf")


def printout_of(paper: Paper, file: str) -> Printout:
    """A paper on its way to a printer."""

    def make(session: Any) -> Any:
        from ocop_desktop.actions import criteria, paper_pages

        return paper_pages.made_of(criteria.pdf(session, paper))

    return Printout("criteria", file.removesuffix(".pdf"), make, file)


def book_name(book: Rulebook, current: str) -> str:
    """A rulebook's name with its state."""
    if book.id == current:
        return _("{law} · bản {version} · đang dùng", law=book.decision, version=book.version) if book.version > 1 else \
            _("{law} · đang dùng", law=book.decision)
    if not book.heads:
        return _("{law} · lịch sử", law=book.decision)
    return _("{law} · bản {version}", law=book.decision, version=book.version)


def set_title(found: CriteriaSet) -> str:
    """Number and name."""
    return _("Bộ {number}. {name}", number=found.number, name=found.name.said(language()))


def set_facts(found: CriteriaSet) -> str:
    """Where a set belongs, who leads, what it asks for."""
    said = language()
    parts = [_("Ngành {code}: {name}", code=found.industry, name=found.industry_name.said(said))]
    for name in (found.group, found.subgroup):
        if name and name.vi not in (found.name.vi, found.industry_name.vi) and name.said(said) not in parts:
            parts.append(name.said(said))
    if found.lead_agencies:
        parts.append(_("Chủ trì: {agencies}", agencies=", ".join(a.said(said) for a in found.agencies)))
    parts.append(_("{count} mẫu sản phẩm", count=found.samples) if found.samples else _("không nộp mẫu sản phẩm"))
    parts.append(_("{count} tiêu chí", count=len(found.criteria)))
    parts.append(_("{count} mức", count=sum(len(c.options) for c in found.criteria)))
    parts.append(_("{count} dấu sao", count=sum(o.star is not None for c in found.criteria for o in c.options)))
    parts.append(found.place.said(said))
    return " · ".join(parts)


def paper_of(mode: str, book: str, number: int | None, pair: Pair | None, law_words: bool = False) -> Paper | None:
    """What would be printed: a comparison of ``pair``, a set to read, or the conditions of a rank; nothing without a set."""
    from ocop_desktop.actions.criteria import Paper

    if pair is not None:
        return Paper("comparison", *pair[0], 0, *pair[1])
    if number is None:
        return None
    return Paper("gates", book, number, int(mode)) if mode.isdigit() else Paper("set", book, number, law_words=law_words)
