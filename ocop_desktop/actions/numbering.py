"""Numbers of papers of a session, of dossiers and around certificates: what a paper would get, and taking it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from ocop_desktop.actions import paper_dress, paper_numbers, register_papers
from ocop_desktop.actions.letter_fields import Chosen
from ocop_desktop.actions.meeting_facts import Meeting
from ocop_desktop.actions.number_patterns import upcoming
from ocop_desktop.actions.session_papers import AnyPaper, bare, wanted
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import UserError

if TYPE_CHECKING:
    from ocop_desktop.actions.paper_dress import Desk
    from ocop_desktop.data.tables_office import PaperNumber
    from ocop_desktop.papers.blocks import Paper


@dataclass(frozen=True)
class Numbering:
    """The numbers of a paper.

    Args:
        following: what will be taken next, as it will stand on the paper; empty where it has no number to take, or has it.
        taken: numbers it has; reserved: numbers kept for papers of its kind, as (id, text).
        day: the date of the taken ones; count: how many are to be taken.
    """

    following: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    day: dt.date | None = None
    count: int = 0
    reserved: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Lacking:
    """A letter without a number: whose it is, what it is of outside a session, the commune that numbers it."""

    subject: str
    record: str = ""
    body: str = ""


@dataclass(frozen=True)
class _Numbered:
    """A kind of paper with what was taken for it and what is lacking; ``key``: (issuer, sign), None: it has no number."""

    about: str
    paper: str
    session_id: int | None
    at: Desk
    key: tuple[str, str] | None
    lacking: tuple[Lacking, ...]

    @property
    def taken(self) -> tuple[PaperNumber, ...]:
        return tuple({row.id: row for row in (*self.at.numbers.values(), *self.at.placed.values())}.values())


def numbering(session: Session, paper: AnyPaper | Chosen, day: dt.date) -> Numbering:
    """The numbers a paper has, and those it would get on a day.

    Raises:
        UserError: as for looking at it.
    """
    found = _numbered(session, paper)
    taken = tuple(row.text for row in found.taken) if found else ()
    dated = next((row.dated for row in found.taken), None) if found else None
    if found is None or found.key is None:
        return Numbering(taken=taken, day=dated)
    following = tuple(number for body, some in _by_body(found.lacking)
                      for number in upcoming(session, *found.key, day.year, len(some), body))
    return Numbering(following, taken, dated, len(following), paper_numbers.reserved(session, *found.key, day.year))


def take_numbers(session: Session, paper: AnyPaper | Chosen, day: dt.date, who: str = "",
                 reserved: int | None = None) -> tuple[str, ...]:
    """Take the next number for a paper, or one for every letter of a batch that has none.

    Args:
        day: the date of the paper; reserved: a reserved number to be used instead of the next one.

    Returns:
        the numbers as they stand on the paper.

    Raises:
        UserError: as for looking at it; the paper has its number, or none can be taken.
    """
    found = _numbered(session, paper)
    if found is None or (found.key is None and not found.taken):
        raise UserError("Giấy tờ này không có số để lấy: hoặc đã ghi số, hoặc chưa khai tên cơ quan ở Cài đặt, hoặc chủ thể chưa "
                        "ghi xã, phường.")
    if found.key is None or not found.lacking:
        raise UserError("Giấy tờ này đã có số {numbers}; muốn lấy số khác, hãy hủy số ấy trong sổ số văn bản.",
                        numbers=", ".join(row.text for row in found.taken))
    if isinstance(paper, Chosen) and paper.kind == register_papers.REMINDERS and day != paper.today:
        raise UserError("Thư nhắc ghi ngày lập {today} nên số cũng phải của ngày ấy.", today=f"{paper.today:%d/%m/%Y}")
    made: list[str] = []
    for body, some in _by_body(found.lacking):
        what = paper_numbers.For(found.about, tuple(one.subject for one in some), found.session_id, found.paper,
                                 tuple(one.record for one in some), body)
        if reserved is not None:
            return (paper_numbers.use_reserved(session, reserved, *found.key, day, what, who).text,)
        made += [line.text for line in paper_numbers.take(session, *found.key, day, what, who)]
    return tuple(made)


def _by_body(lacking: Sequence[Lacking]) -> list[tuple[str, list[Lacking]]]:
    return [(body, list(some)) for body, some in groupby(sorted(lacking, key=lambda one: one.body), key=lambda one: one.body)]


def _numbered(session: Session, paper: AnyPaper | Chosen) -> _Numbered | None:
    """None for what is drawn in its own way."""
    if isinstance(paper, Chosen):
        made = register_papers.bare(session, paper)
        return _of_records(made.title, paper.kind, made.at, made.papers, made.records)
    kind, filed = wanted(session, paper)
    if kind.make is None:
        return None
    at, papers = bare(session, kind, filed)
    if kind.records:
        return _of_records(f"{kind.title} - {paper.about(filed)}", kind.key, at, papers, kind.records(filed))
    if not isinstance(filed, Meeting):
        return None
    subjects = tuple(dict.fromkeys(p.mark for p in papers)) if kind.each else ("",)
    lacking = tuple(Lacking(subject) for subject in subjects if subject not in at.numbers)
    return _Numbered(f"{kind.title} - {filed.name}", kind.key, filed.id, at, paper_dress.key_of(at, papers), lacking)


def _of_records(about: str, kind: str, at: Desk, papers: Sequence[Paper],
                records: Sequence[Sequence[str]]) -> _Numbered:
    lacking = tuple(Lacking(paper.mark, of[0], paper_dress.body_of(at, paper))
                    for place, (paper, of) in enumerate(zip(papers, records, strict=True))
                    if place not in at.placed and paper_dress.key_of(at, (paper,))) if records else ()
    return _Numbered(about, kind, None, at, paper_dress.key_of(at, papers), lacking)
