"""What the papers of a session are made of: the meeting, its seats, and its closed results from their snapshots.

Scores of dossiers that are not closed are never read here.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from ocop_desktop.actions import rulebooks, snapshots
from ocop_desktop.actions.certificate_papers import address_of, set_name
from ocop_desktop.actions.counting import seats_of
from ocop_desktop.actions.office import Office, read_office
from ocop_desktop.actions.result_view import Basis
from ocop_desktop.data import attendance
from ocop_desktop.data import results as stored
from ocop_desktop.data import sessions as rows
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import Commune, CouncilSession
from ocop_desktop.errors import UserError
from ocop_desktop.rules.council import Seat, at_item, presiding
from ocop_desktop.rules.rulebook import decision_of
from ocop_desktop.rules.scoring import Outcome, shown
from ocop_desktop.rules.working_rules import WorkingRules, read_working_rules

HIGHEST = 5


class Filed(Protocol):
    """Dossiers a paper is about: those of a session, or some that stand in none yet."""

    @property
    def name(self) -> str:
        """Of the session, or nothing."""

    @property
    def law(self) -> str:
        """The decision whose criteria are used."""

    @property
    def office(self) -> Office:
        """Who uses the program."""

    @property
    def on_agenda(self) -> tuple[Item, ...]:
        """The dossiers in their order."""


@dataclass(frozen=True)
class Closed:
    """The closed result of one dossier, as its snapshot holds it."""

    snapshot: Mapping[str, Any]
    basis: Basis
    outcome: Outcome
    stars: int | None
    excluded: bool
    closed_at: dt.datetime

    @property
    def mean(self) -> str:
        """The points as shown: "69,9"."""
        return comma(shown(self.outcome.mean, self.basis.working.digits))

    @property
    def rank(self) -> str:
        """What it came to in words; 5 stars are the Ministry's to give."""
        if self.excluded or self.stars is None:
            return "Bị loại"
        return "Tiềm năng 5 sao" if self.stars == HIGHEST else f"{self.stars} sao"


@dataclass(frozen=True)
class Item:
    """One dossier of the agenda.

    Args:
        producer_address: with commune and province; commune: its full name; recused: reason by member.
        seats: as they are or were for this dossier; closed: its result, or None.
    """

    id: int
    position: int
    status: str
    dossier_id: int
    code: str
    product: str
    producer: str
    representative: str
    phone: str
    producer_address: str
    commune_code: str
    commune: str
    set_no: int | None
    set_name: str
    rulebook: str
    kind: str
    recused: Mapping[int, str]
    seats: tuple[Seat, ...]
    closed: Closed | None


@dataclass(frozen=True)
class Meeting:
    """A session whole, without the scores of dossiers that are not closed. ``positions``: of members, by id."""

    id: int
    code: str
    name: str
    held_on: dt.date
    place: str
    kind: str
    status: str
    due_on: dt.date | None
    council: str
    decision_number: str
    decision_date: dt.date | None
    law: str
    rulebook: str
    working: WorkingRules
    office: Office
    seats: tuple[Seat, ...]
    positions: Mapping[int, str]
    items: tuple[Item, ...]

    @property
    def on_agenda(self) -> tuple[Item, ...]:
        """Dossiers that were not taken off."""
        return tuple(i for i in self.items if i.status != "removed")

    @property
    def closed(self) -> tuple[tuple[Item, Closed], ...]:
        """Dossiers with a closed result, in agenda order."""
        return tuple((i, i.closed) for i in self.items if i.closed is not None)

    @property
    def chair(self) -> str:
        """Who presides: the chair, or the vice-chair in the chair's place; the chair's name where nobody is there."""
        led = Counter(c.snapshot["session"].get("chair") or "" for _i, c in self.closed).most_common(1)
        if led and led[0][0]:
            return str(led[0][0])
        seat = presiding(self.seats) or next((s for s in self.seats if s.role == "chair"), None)
        return seat.name if seat else ""

    @property
    def secretary(self) -> str:
        """The secretary's name, or nothing."""
        return next((s.name for s in self.seats if s.role == "secretary"), "")

    @property
    def scoring(self) -> tuple[Seat, ...]:
        """Seats that score, and those that scored one of the closed dossiers."""
        voted = {v.member_id for _i, c in self.closed for v in c.basis.votes}
        return tuple(s for s in self.seats if s.scores or s.member_id in voted)


def meeting_of(session: Session, session_id: int) -> Meeting:
    """Read a session for its papers.

    Raises:
        UserError: there is no such session.
    """
    meeting = rows.get(session, session_id)
    if meeting is None:
        raise UserError("Không tìm thấy phiên này; có thể phiên đã bị xóa. Hãy mở lại danh sách phiên.")
    seats = seats_of(session, session_id)
    council = meeting.council
    return Meeting(
        meeting.id, meeting.code, meeting.name, meeting.held_on, meeting.place, meeting.kind, meeting.status, meeting.due_on,
        council.name, council.decision_number, council.decision_date, decision_of(meeting.rulebook), meeting.rulebook,
        read_working_rules(meeting.working_rules), read_office(session), seats,
        {s.member_id: s.member.position for s in rows.seats(session, session_id)}, _items(session, meeting, seats))


def session_id_of(session: Session, code: str) -> int:
    """The session with this code.

    Raises:
        UserError: there is none; those of the file are named.
    """
    found = rows.by_code(session, code)
    if found is None:
        known = ", ".join(sorted(rows.codes(session)))
        raise UserError("Không có phiên {code}; các phiên có trong tệp: {known}.", code=code, known=known or "-")
    return found.id


def _items(session: Session, meeting: CouncilSession, seats: tuple[Seat, ...]) -> tuple[Item, ...]:
    results = {item.id: result for result, item in stored.results_of(session, meeting.id)}
    recused, present = rows.recusals(session, meeting.id), attendance.presences(session, meeting.id)
    made = []
    for item, dossier, product, producer, *_rest in rows.agenda(session, meeting.id):
        result = results.get(item.id) if item.status == "closed" else None
        snapshot = result.snapshot if result else None
        closed = None
        if result is not None:
            basis = snapshots.read(result.snapshot)
            closed = Closed(result.snapshot, basis, basis.outcome, result.stars, result.excluded, result.closed_at)
        here = tuple(Seat(**s) for s in snapshot["seats"]) if snapshot else at_item(seats, present.get(item.id, {}))
        away = ({r["member_id"]: r["reason"] for r in snapshot["recusals"]} if snapshot
                else {m: why for (i, m), why in recused.items() if i == item.id})
        told: Mapping[str, Any] = snapshot["dossier"] if snapshot else {
            "code": dossier.code, "product": product.name, "producer": producer.name, "set": product.set_no}
        book = dossier.rulebook or meeting.rulebook
        made.append(Item(
            item.id, item.position, item.status, dossier.id, told["code"] or "", told["product"], told["producer"],
            producer.representative, producer.phone, address_of(dossier), *commune_of(producer.commune), told["set"],
            set_name(book, told["set"]), book, dossier.kind, away, here, closed))
    return tuple(made)


def commune_of(commune: Commune | None) -> tuple[str, str]:
    """A commune's code and name with its kind."""
    return (commune.code, f"{commune.kind} {commune.name}") if commune else ("", "")


def shorts(seats: tuple[Seat, ...]) -> dict[int, str]:
    """Heads of columns by member, each once: an agency with two seats says whose column it is."""
    count = Counter(s.short for s in seats)
    return {s.member_id: s.short if count[s.short] == 1 else f"{s.short} ({s.name.split()[-1]})" for s in seats}


def comma(figure: str) -> str:
    """A figure as Vietnamese papers write it: "69.9" -> "69,9"."""
    return figure.replace(".", ",")


def rules_source(working: WorkingRules) -> str:
    """The paper the working rules come from, in words: "Quy chế số 45/QC-HĐ ngày 12/06/2026, Điều 5"; empty when not noted."""
    if not working.source:
        return ""
    named = working.source if working.source.casefold().startswith(("quy chế", "quyết định")) else f"Quy chế {working.source}"
    day = f" ngày {dt.date.fromisoformat(working.source_date):%d/%m/%Y}" if working.source_date else ""
    article = working.source_article.strip()
    if article and not article.casefold().startswith(("điều", "khoản", "mục", "chương")):
        article = f"Điều {article}"
    return f"{named}{day}{', ' + article if article else ''}"


def criterion_name(item: Item, code: str) -> str:
    """A criterion's code and name."""
    return f"{code} {rulebooks.criteria(item.rulebook, item.set_no).by_code[code].name.vi}"
