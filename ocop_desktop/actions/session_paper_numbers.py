"""Numbers of a session's papers: what a paper would get, and taking it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ocop_desktop.actions import paper_dress, paper_numbers
from ocop_desktop.actions.meeting_facts import Meeting
from ocop_desktop.actions.session_papers import AnyPaper, PaperKind, bare, wanted
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import UserError
from ocop_desktop.rules import paper_number

if TYPE_CHECKING:
    from ocop_desktop.actions.paper_dress import Desk
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


def numbering(session: Session, paper: AnyPaper, day: dt.date) -> Numbering:
    """The numbers a paper has, and those it would get on a day.

    Raises:
        UserError: as ``pdf``.
    """
    kind, meeting = wanted(session, paper)
    if kind.make is None or not isinstance(meeting, Meeting):
        return Numbering()
    at, papers = bare(session, kind, meeting)
    key = paper_dress.key_of(at, papers)
    taken = tuple(row.text for row in at.numbers.values())
    dated = next((row.dated for row in at.numbers.values()), None)
    if key is None:
        return Numbering(taken=taken, day=dated)
    lacking = _without_number(kind, at, papers)
    first, pattern = paper_numbers.next_number(session, *key, day.year), at.patterns[key]
    following = tuple(paper_number.told(pattern, first + n, day.year) for n in range(len(lacking)))
    kept = paper_numbers.reserved(session, *key, day.year)
    return Numbering(following, taken, dated, len(lacking), kept)


def take_numbers(session: Session, paper: AnyPaper, day: dt.date, who: str = "",
                 reserved: int | None = None) -> tuple[str, ...]:
    """Take the next number for a paper, or one for every letter of a batch that has none.

    Args:
        day: the date of the paper; reserved: a reserved number to be used instead of the next one.

    Returns:
        the numbers as they stand on the paper.

    Raises:
        UserError: as ``pdf``; the paper has its number, or none can be taken.
    """
    kind, meeting = wanted(session, paper)
    if not isinstance(meeting, Meeting):
        raise UserError("Chỉ giấy tờ của phiên mới lấy số ở đây.")
    at, papers = bare(session, kind, meeting)
    key, lacking = paper_dress.key_of(at, papers), _without_number(kind, at, papers)
    if key is None:
        raise UserError("Giấy tờ này không có số để lấy: hoặc đã ghi số, hoặc chưa khai tên cơ quan ở Cài đặt.")
    if not lacking:
        raise UserError("Giấy tờ này đã có số {numbers}; muốn lấy số khác, hãy hủy số ấy trong sổ số văn bản.",
                        numbers=", ".join(row.text for row in at.numbers.values()))
    what = paper_numbers.For(f"{kind.title} - {meeting.name}", lacking, meeting.id, kind.key)
    if reserved is not None:
        return (paper_numbers.use_reserved(session, reserved, day, what, who).text,)
    return tuple(line.text for line in paper_numbers.take(session, *key, day, what, who))


def _without_number(kind: PaperKind, at: Desk, papers: Sequence[Paper]) -> tuple[str, ...]:
    """Subjects that have no number yet; one empty one where all copies share it."""
    subjects = tuple(dict.fromkeys(p.mark for p in papers)) if kind.each else ("",)
    return tuple(s for s in subjects if s not in at.numbers)
