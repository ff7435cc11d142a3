"""Paper ballots of a session: blank ones for every dossier and member, filled ones of closed dossiers, for signature."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ocop_desktop.actions import rulebooks
from ocop_desktop.actions.meeting_facts import Item, Meeting
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import UserError
from ocop_desktop.rules.council import Seat
from ocop_desktop.rules.terms import APPLICATION_KINDS

if TYPE_CHECKING:
    from ocop_desktop.papers.ballot_sheet import Ballot

Progress = Callable[[int], None] | None


def blank(_session: Session, meeting: Meeting, progress: Progress) -> bytes:
    """A blank ballot of every scoring member for every dossier, in agenda order."""
    return _pdf(tuple(_blank(meeting)), f"Phiếu đánh giá - {meeting.name}", False, progress)


def books(_session: Session, meeting: Meeting, progress: Progress) -> bytes:
    """The same ballots, one book per member."""
    order = [s.member_id for s in meeting.seats]
    made = sorted(_blank(meeting), key=lambda ballot: (order.index(ballot.member_id), ballot.place))
    return _pdf(tuple(made), f"Tập phiếu của từng thành viên - {meeting.name}", True, progress)


def filled(_session: Session, meeting: Meeting, progress: Progress) -> bytes:
    """The ballots that were counted, of closed dossiers alone."""
    return _pdf(tuple(_filled(meeting)), f"Phiếu đã chấm - {meeting.name}", False, progress)


def _pdf(ballots: tuple[Ballot, ...], title: str, by_member: bool, progress: Progress) -> bytes:
    from ocop_desktop.papers.ballot_sheet import render

    if not ballots:
        raise UserError("Chưa có gì để in: phiên chưa có hồ sơ nào dùng được cho giấy tờ này.")
    return render(ballots, title, by_member, progress=progress)


def _blank(meeting: Meeting) -> Iterator[Ballot]:
    for item in meeting.on_agenda:
        for seat in item.seats:
            if seat.scores and seat.member_id not in item.recused and item.set_no is not None:
                yield _ballot(meeting, item, seat)


def _filled(meeting: Meeting) -> Iterator[Ballot]:
    from dataclasses import replace

    from ocop_desktop.papers.ballot_sheet import day_in_words

    for item, closed in meeting.closed:
        seats = {s.member_id: s for s in item.seats}
        for vote in closed.basis.votes:
            made = replace(_ballot(meeting, item, seats[vote.member_id]), rules=closed.basis.rules, book=closed.basis.book)
            yield replace(made, choices=vote.choices, exclusion=vote.exclusion or "", opinion=vote.opinion,
                          day=day_in_words(vote.finished_at))


def _ballot(meeting: Meeting, item: Item, seat: Seat) -> Ballot:
    from ocop_desktop.papers.ballot_sheet import Ballot

    book = rulebooks.rulebook(item.rulebook)
    return Ballot(
        book, rulebooks.criteria(book.id, item.set_no), meeting.council, meeting.name, meeting.code, item.position, item.code,
        item.product, item.producer, item.producer_address, item.phone, APPLICATION_KINDS[item.kind].vi.lower(), seat.member_id,
        seat.name, seat.agency)
