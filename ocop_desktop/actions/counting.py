"""The facts a dossier's result rests on: seats, recusals, ballots, conclusions. Read together for one item or a whole session."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ocop_desktop.actions import rulebooks
from ocop_desktop.actions.sessions import RULES
from ocop_desktop.data import attendance
from ocop_desktop.data import results as stored
from ocop_desktop.data import sessions as rows
from ocop_desktop.data.changes import lines_of
from ocop_desktop.data.engine import Session
from ocop_desktop.data.results import StoredBallot
from ocop_desktop.data.tables import AgendaItem, Change, CouncilSession, Dossier
from ocop_desktop.errors import UserError
from ocop_desktop.rules.ballot import Ballot
from ocop_desktop.rules.council import Count, Seat, Value, at_item, count, fingerprint
from ocop_desktop.rules.rulebook import CriteriaSet, Rulebook
from ocop_desktop.rules.working_rules import WorkingRules, read_working_rules, voids_conclusions

_PREFIX = re.compile(r"^(Sở|Chi cục|Ban|Văn phòng|Phòng|Hội|Liên minh|Trung tâm)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Conclusion:
    """What the council concluded on one matter, and on which ballots. ``chair``: who presided; ``who``: who wrote it down."""

    kind: str
    code: str
    value: Value
    proposed: Value | None
    reason: str
    who: str
    at: str
    ballots: str
    chair: str = ""

    def as_plain(self) -> dict[str, Any]:
        """Values for JSON."""
        return dict(self.__dict__)


@dataclass(frozen=True)
class Facts:
    """Everything one item's result rests on, as it stands now.

    Args:
        recused: reason by member.
        ballots: the counting version of every ballot, by member.
        conclusions: those made on exactly the ballots that count now, by (kind, code).
    """

    item: AgendaItem
    dossier: Dossier
    meeting: CouncilSession
    working: WorkingRules
    seats: tuple[Seat, ...]
    recused: Mapping[int, str]
    ballots: Mapping[int, StoredBallot]
    conclusions: Mapping[tuple[str, str], Conclusion]
    count: Count

    @property
    def book(self) -> Rulebook:
        """The rulebook the dossier was filed under, else the session's."""
        return rulebooks.rulebook(self.dossier.rulebook or self.meeting.rulebook)

    @property
    def rules(self) -> CriteriaSet:
        """The dossier's criteria set."""
        return rulebooks.criteria(self.book.id, self.dossier.product.set_no)

    @property
    def counted(self) -> tuple[Ballot, ...]:
        """The ballots that count, by seat."""
        return counted_ballots(self.seats, self.count, self.ballots)

    @property
    def concluded(self) -> dict[tuple[str, str], Value]:
        """Values of the conclusions in force."""
        return {key: c.value for key, c in self.conclusions.items()}

    @property
    def concluded_gates(self) -> dict[str, int]:
        """Concluded gates as ``rules.scoring.evaluate`` takes them."""
        return {code: int(c.value) for (kind, code), c in self.conclusions.items() if kind == "gate"}


def seats_of(session: Session, session_id: int) -> tuple[Seat, ...]:
    """Seats of a session; every label occurs once."""
    found = rows.seats(session, session_id)
    agencies = Counter(s.member.agency or s.member.name for s in found)
    made, used = [], set()
    for s in found:
        m = s.member
        label = m.agency or m.name
        if agencies[label] > 1:
            label = f"{label} ({m.name})"
        if label in used:
            label = f"{label} {m.seat}"
        used.add(label)
        short = m.agency_short or _PREFIX.sub("", m.agency) or m.name
        made.append(Seat(m.id, label, m.name, m.agency, short, m.role, s.present, s.scores))
    return tuple(made)


def counted_ballots(seats: Sequence[Seat], counted: Count, ballots: Mapping[int, StoredBallot]) -> tuple[Ballot, ...]:
    """The counting ballots as the rules take them, by seat."""
    return tuple(Ballot(s.label, ballots[s.member_id].choices, ballots[s.member_id].exclusion or None)
                 for s in seats if s.member_id in counted.counted)


def facts_of(session: Session, item_id: int) -> Facts:
    """Facts of one item.

    Raises:
        UserError: there is no such item.
    """
    item = rows.get_item(session, item_id)
    if item is None:
        raise UserError("Không tìm thấy hồ sơ này trong phiên; có thể phiên đã bị xóa. Hãy mở lại danh sách phiên.")
    seats = at_item(seats_of(session, item.session_id), attendance.presences(session, item.session_id).get(item_id, {}))
    recused = {m: why for (i, m), why in rows.recusals(session, item.session_id).items() if i == item_id}
    ballots = {b.member_id: b for b in stored.ballots(session, [item_id])}
    counted = count(seats, recused, {m for m, b in ballots.items() if b.finished_at})
    made = stored.conclusions(session, [item_id], after=rules_moved(session, item.session_id)).get(item_id, [])
    mark = fingerprint(counted_ballots(seats, counted, ballots))
    return Facts(item, item.dossier, item.session, read_working_rules(item.session.working_rules), seats, recused, ballots,
                 conclusions_on(made, mark), counted)


def rules_moved(session: Session, session_id: int) -> int:
    """The history line after which conclusions hold: the last change of working rules that moved what is concluded; 0: none."""
    moved = [line.id for line in lines_of(session, "session", [session_id], RULES)
             if voids_conclusions({*(line.before or {}), *(line.after or {})})]
    return max(moved, default=0)


def conclusions_on(made: Iterable[Change], mark: str) -> dict[tuple[str, str], Conclusion]:
    """The newest conclusion per matter among those made on the ballots with ``mark``; a later "taken back" removes one."""
    found: dict[tuple[str, str], Conclusion] = {}
    for change in made:
        after = change.after or {}
        if after.get("ballots") == mark:
            found[after["kind"], after["code"]] = Conclusion(who=change.who, at=change.at.isoformat(), **after)
    return {key: c for key, c in found.items() if c.value != "taken_back"}
