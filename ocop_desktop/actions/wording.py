"""The law's own words attached from its document to the user's file: looked at first, kept whole, taken away again.

The words go into the file only, never into the program's; points and star marks are compared and never taken over.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ocop_desktop.actions import rulebooks
from ocop_desktop.data import wordings
from ocop_desktop.data.wordings import EXCLUSION, NOTE, Text
from ocop_desktop.errors import UserError
from ocop_desktop.rules.rulebook import Rulebook, version_id
from ocop_desktop.rules.wording import SetWords
from ocop_desktop.text import _

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session
    from ocop_desktop.sheets.law_document import LawDocument
    from ocop_desktop.sheets.law_matching import Attachment, Difference

Progress = Callable[[int, int, str], None]
_OWN_NUMBER = re.compile(r"^\s*(?:quyết định\s+)?số\s*:?\s*(\d{1,4})(?:/(\d{4}))?/QĐ-TTg\s*$", re.I)
_HEADED = re.compile(r"^(?:ghi chú\s*:\s*)?(?:hồ sơ bị loại khi\s*:\s*)?", re.I)  # the screens and papers say so above it
_LEAST = 2, 3  # of the criteria of the sets found, at least this share must be there ...
_MOST = 1, 4  # ... and of the figures compared, at most this share may differ: else it is another decision


@dataclass(frozen=True)
class Finding:
    """A figure the document gives otherwise, as the window tells it.

    Args:
        option: choice on the ballot; empty where it is a maximum.
        document, rulebook: words ("13", "4 sao", "trống", "không").
    """

    set: int
    criterion: str
    option: str
    document: str
    rulebook: str
    place: str

    @property
    def sentence(self) -> str:
        """In words: "bộ 4, tiêu chí 7, mức 3: văn bản 13, chương trình 3"."""
        values = {"set": self.set, "criterion": self.criterion, "document": self.document, "rulebook": self.rulebook}
        if self.option:
            return _("bộ {set}, tiêu chí {criterion}, mức {option}: văn bản {document}, chương trình {rulebook}",
                     option=self.option, **values)
        return _("bộ {set}, mục {criterion}, điểm tối đa: văn bản {document}, chương trình {rulebook}", **values)


@dataclass(frozen=True)
class Leftover:
    """A row of the document (with its place) or of the rulebook (a whole set, a criterion, an option) without counterpart."""

    set: int
    criterion: str
    option: str
    place: str
    text: str

    @property
    def where(self) -> str:
        """Set and place, or what the document lacks."""
        if self.option:
            return _("bộ {set}, tiêu chí {criterion}, mức {option}", set=self.set, criterion=self.criterion, option=self.option)
        if self.criterion:
            return _("bộ {set}, tiêu chí {criterion}", set=self.set, criterion=self.criterion)
        return _("bộ {set}, {place}", set=self.set, place=self.place) if self.place else _("cả bộ {set}", set=self.set)


@dataclass(frozen=True)
class Preview:
    """What a document would give; nothing is written yet.

    Args:
        book: id of the rulebook; sets: how many of its sets the document has.
        findings: figures that differ; known: marks the rulebook itself calls doubtful.
        unmatched: rows of the document without a row of the rulebook; missing: the other way.
        texts: what is to be kept.
        plain: differences for machines.
    """

    file: str
    sha256: str
    book: str
    decision: str
    version: int
    sets: int
    sets_total: int
    criteria: int
    criteria_total: int
    options: int
    options_total: int
    findings: tuple[Finding, ...]
    known: tuple[Finding, ...]
    unmatched: tuple[Leftover, ...]
    missing: tuple[Leftover, ...]
    without_marks: bool
    texts: tuple[Text, ...]
    plain: tuple[dict[str, Any], ...]

    @property
    def whole(self) -> bool:
        """Whether every criterion and option has its words and no figure differs."""
        return not (self.findings or self.missing or self.unmatched)


@dataclass(frozen=True)
class Attached:
    """The document attached to a version of a rulebook."""

    book: str
    file: str
    sha256: str
    attached_at: dt.datetime
    criteria: int
    options: int


def look(session: Session, path: Path, id: str = "", progress: Progress | None = None) -> Preview:
    """Read the law's document (.html, .htm, .mhtml, .docx) and say what its words would be attached to. Nothing is written.

    Args:
        id: the rulebook; the one in force when not given.
        progress: called with (done, total, what is being done); may raise to stop.

    Raises:
        UserError: not such a file, damaged or unsafe; another decision's; without criteria tables; the rulebook has no sets.
    """
    from ocop_desktop.sheets.law_document import read_document
    from ocop_desktop.sheets.law_matching import match

    path = Path(path)
    book = rulebooks.rulebook(id) if id else rulebooks.current()
    if not book.heads:
        raise UserError("Quyết định {law} được giữ làm lịch sử, không có bộ tiêu chí để gắn lời văn.", law=book.id)
    document = read_document(path, progress)
    found = match(document, book, progress)
    _refuse_another(document, found, book)
    return _preview(path, book, found)


def _refuse_another(document: LawDocument, found: Attachment, book: Rulebook) -> None:
    """Refuse a document of another decision: by its own number, or because little of it agrees."""
    number, _slash, rest = book.decision.partition("/")
    own = next((match for line in document.lines[:60] if (match := _OWN_NUMBER.match(line.text))), None)
    if own and (own[1] != number or (own[2] and own[2] != rest[:4])):
        raise UserError("Tệp “{file}” là Quyết định số {number}, không phải Quyết định {law}; hãy chọn đúng văn bản.",
                        file=document.file, number=own[1] + (f"/{own[2]}" if own[2] else ""), law=book.decision)
    if not found.criteria:
        raise UserError("Tệp “{file}” không có bảng tiêu chí của Quyết định {law}; hãy chọn văn bản có phụ lục tiêu chí.",
                        file=document.file, law=book.decision)
    numbers = {number for number, _code in found.criteria}
    expected = sum(len(book.set(number).criteria) for number in numbers)
    compared = len(found.criteria) + len(found.options)
    if len(found.criteria) * _LEAST[1] < expected * _LEAST[0] or len(found.differences) * _MOST[1] > compared * _MOST[0]:
        raise UserError("Bảng tiêu chí trong tệp “{file}” khác hẳn Quyết định {law} ({count} số liệu khác, có {criteria} trên "
                        "{total} tiêu chí); hãy chọn đúng văn bản.", file=document.file, law=book.decision,
                        count=len(found.differences), criteria=len(found.criteria), total=expected)


def _preview(path: Path, book: Rulebook, found: Attachment) -> Preview:
    known = [d for d in found.differences if _is_known(d, book)]
    new = [d for d in found.differences if d not in known]
    texts = [Text(number, code, "", words) for (number, code), words in found.criteria.items()]
    texts += [Text(number, code, choice, words) for (number, code, choice), words in found.options.items()]
    texts += [Text(number, code, NOTE, "\n".join(words)) for (number, code), words in found.notes.items()]
    texts += [Text(number, code, EXCLUSION, _HEADED.sub("", words)) for (number, code), words in found.exclusions.items()]
    return Preview(
        path.name, hashlib.sha256(path.read_bytes()).hexdigest(), book.id, book.decision, book.version,
        len({number for number, _code in found.criteria}), len(book.heads),
        len(found.criteria), found.criteria_total, len(found.options), found.options_total,
        tuple(_finding(d) for d in new), tuple(_finding(d) for d in known),
        tuple(Leftover(u.set, "", "", u.place, u.text) for u in found.unmatched),
        tuple(_missing(book, found)), found.without_marks, tuple(texts), tuple(_plain(d) for d in new))


def _is_known(d: Difference, book: Rulebook) -> bool:
    """A mark the document has and the published figures have not, where the rulebook says so itself (set 3, 5.1)."""
    criterion = book.set(d.set).by_code.get(d.criterion)
    noted = criterion.doubtful if criterion is not None else ""
    return d.what == "star" and d.rulebook is None and "dấu sao" in noted and f"mức {d.option} " in noted


def _finding(d: Difference) -> Finding:
    if d.what == "star":
        document, rulebook = (_("{count} sao", count=n) if n else _("không có dấu sao") for n in (d.document, d.rulebook))
    else:
        document, rulebook = _("để trống") if d.document is None else str(d.document), str(d.rulebook)
    return Finding(d.set, d.criterion, d.option, document, rulebook, d.place)


def _missing(book: Rulebook, found: Attachment) -> Iterator[Leftover]:
    """What the document lacks: a set it has not at all is told once."""
    there = {number for number, _code in found.criteria}
    for head in book.heads:
        if head.number not in there:
            yield Leftover(head.number, "", "", "", head.name.vi)
    for number, code, choice in found.missing:
        if number in there:
            criterion = book.set(number).by_code[code]
            yield Leftover(number, code, choice, "", (criterion.by_choice[choice].label if choice else criterion.name).vi)


def _plain(d: Difference) -> dict[str, Any]:
    """A difference for machines: numbers for points and maxima, "4 sao" for marks, null for an empty cell or no mark."""
    figures: dict[str, object] = {"document": d.document, "rulebook": d.rulebook}
    if d.what == "star":
        figures = {side: f"{stars} sao" if stars else None for side, stars in figures.items()}
    return {"set": d.set, "criterion": d.criterion, "option": d.option or None, **figures}


def attach(session: Session, seen: Preview, now: dt.datetime | None = None) -> Attached:
    """Keep the words of a document that was looked at, in the place of an earlier one's.

    Raises:
        UserError: the rulebook is not known any more.
    """
    rulebooks.rulebook(seen.book)
    at = (now or dt.datetime.now()).replace(microsecond=0)
    wordings.replace(session, seen.decision, seen.version, seen.texts, seen.file, seen.sha256, at)
    return Attached(seen.book, seen.file, seen.sha256, at, seen.criteria, seen.options)


def detach(session: Session, id: str) -> int:
    """Take the attached words of a rulebook away; how many there were."""
    book = rulebooks.rulebook(id)
    return wordings.remove(session, book.decision, book.version)


def attached(session: Session) -> tuple[Attached, ...]:
    """The documents attached, by rulebook."""
    return tuple(Attached(version_id(s.rulebook, s.version), s.file, s.sha256, s.attached_at, s.criteria, s.options)
                 for s in wordings.sources(session))


def attached_to(session: Session, book: Rulebook) -> Attached | None:
    """The document attached to one rulebook, or None."""
    return next((one for one in attached(session) if one.book == book.id), None)


def words_of(session: Session, book: Rulebook, number: int) -> SetWords | None:
    """The law's words of one set, or None where no document is attached to this version or it lacks the set."""
    texts, source = wordings.of_set(session, book.decision, book.version, number)
    if not texts:
        return None
    by_kind: dict[str, dict[str, str]] = {kind: {t.criterion: t.text for t in texts if t.choice == kind}
                                          for kind in ("", NOTE, EXCLUSION)}
    options = {(t.criterion, t.choice): t.text for t in texts if t.choice not in by_kind}
    return SetWords(number, by_kind[""], options, by_kind[NOTE], by_kind[EXCLUSION], source)


def summary(seen: Preview) -> dict[str, Any]:
    """What the command line prints of a document."""
    return {
        "criteria_attached": seen.criteria,
        "options_attached": seen.options,
        "criteria_total": seen.criteria_total,
        "options_total": seen.options_total,
        "differences": list(seen.plain),
        "unmatched": [{"set": u.set, "criterion": u.criterion or None, "option": u.option or None, "place": u.place or None,
                       "text": u.text} for u in (*seen.missing, *seen.unmatched)],
    }


def coverage(seen: Preview) -> str:
    """What was attached, in one sentence."""
    return _("Đã gắn lời văn của luật vào {law}: {criteria} trên {criteria_total} tiêu chí, {options} trên {options_total} mức.",
             law=seen.book, criteria=seen.criteria, criteria_total=seen.criteria_total, options=seen.options,
             options_total=seen.options_total)


def sentences(seen: Preview) -> list[str]:
    """Every difference, every row without counterpart, in words; as the command line tells them."""
    found = [finding.sentence for finding in seen.findings]
    found += [_("{what} (chương trình đã ghi là cần xem lại)", what=finding.sentence) for finding in seen.known]
    found += [_("văn bản không có: {where}: {text}", where=row.where, text=row.text) for row in seen.missing]
    found += [_("không thuộc tiêu chí nào: {where}: {text}", where=row.where, text=row.text[:120]) for row in seen.unmatched]
    if seen.without_marks:
        found.append(_("Văn bản không ghi dấu sao nào nên không so sánh dấu sao."))
    return found
