"""What the council sends on: its report to the provincial people's committee, the province's letter to the Ministry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from ocop_desktop.actions import certificates
from ocop_desktop.actions.certificate_papers import MINISTRY
from ocop_desktop.actions.dossier_form import open_dossier
from ocop_desktop.actions.dossier_paper_forms import attachment
from ocop_desktop.actions.meeting_facts import HIGHEST, Closed, Item, Meeting, comma, rules_source
from ocop_desktop.actions.minutes_paper import RANKS, named, quorum_in_words, removed, result_table
from ocop_desktop.actions.outcome_papers import excluded_why, missing
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import UserError
from ocop_desktop.rules.scoring import shown
from ocop_desktop.rules.terms import APPLICATION_KINDS

if TYPE_CHECKING:
    from ocop_desktop.papers.blocks import Paper
    from ocop_desktop.papers.council_report import CouncilReport, Reported
    from ocop_desktop.papers.ministry_request import MinistryRequest, Potential

RECOGNISED, POTENTIAL = ("4 sao", "3 sao"), "Tiềm năng 5 sao"
Pairs = Sequence[tuple[Item, Closed]]
Line = tuple[str, tuple[int, ...]]


def report(session: Session, meeting: Meeting) -> Sequence[Paper]:
    """The council's report; dossiers that are not closed are named without any score.

    Raises:
        UserError: no result is closed.
    """
    from ocop_desktop.papers.council_report import papers

    return papers(council_report(session, meeting))


def council_report(session: Session, meeting: Meeting) -> CouncilReport:
    """What the report says.

    Raises:
        UserError: no result is closed.
    """
    from ocop_desktop.papers.council_report import CouncilReport

    closed = meeting.closed
    if not closed:
        raise UserError("Chưa có gì để in: phiên chưa có hồ sơ nào đã chốt kết quả.")
    here = tuple(rank for rank in RANKS if any(c.rank == rank for _i, c in closed))
    ranked = sorted((pair for pair in closed if pair[1].rank in RECOGNISED), key=lambda pair: RECOGNISED.index(pair[1].rank))
    others = [pair for pair in closed if pair[1].rank not in (*RECOGNISED, POTENTIAL)]
    return CouncilReport(
        meeting.office.body, meeting.council, meeting.office.place, meeting.held_on.year, meeting.name, meeting.held_on,
        meeting.place, meeting.kind == "written", meeting.law, tuple(_bases(meeting)), quorum_in_words(meeting), here,
        _counted(closed, here, lambda i, c: c.basis.rules.industry_name.vi),
        _counted(closed, here, lambda i, c: APPLICATION_KINDS[i.kind].vi),
        _counted(closed, here, lambda i, c: i.commune or "Chưa ghi xã, phường"),
        tuple(_reported(*pair) for pair in ranked), tuple(_reported(*p) for p in closed if p[1].rank == POTENTIAL),
        tuple(_reported(item, c, excluded_why(c) or missing(c)) for item, c in others),
        tuple(removed(session, meeting)), tuple(f"{named(i)}." for i in meeting.items if i.status == "open"),
        result_table(meeting), meeting.chair)


def _bases(meeting: Meeting) -> Iterator[str]:
    from ocop_desktop.papers.state_paper import long_date

    if meeting.decision_number:
        day = f" {long_date(meeting.decision_date)}" if meeting.decision_date else ""
        yield f"Căn cứ Quyết định số {meeting.decision_number}{day} về việc thành lập {meeting.council}"
    source = rules_source(meeting.working)
    if source:
        yield f"Căn cứ {source}"


def _counted(closed: Pairs, ranks: Sequence[str], key: Callable[[Item, Closed], str]) -> tuple[Line, ...]:
    """Dossiers per name and rank, in the order the names come up."""
    found: dict[str, list[int]] = {}
    for item, one in closed:
        found.setdefault(key(item, one), [0] * len(ranks))[ranks.index(one.rank)] += 1
    return tuple((name, tuple(counts)) for name, counts in found.items())


def _reported(item: Item, closed: Closed, reason: str = "") -> Reported:
    from ocop_desktop.papers.council_report import Reported

    return Reported(item.code, item.product, item.producer, item.producer_address, closed.mean, closed.rank,
                    reason)


def ministry_request(session: Session, meeting: Meeting) -> Sequence[Paper]:
    """The letter on the closed results with 5 stars (Article 4 of Decision 26/2026/QĐ-TTg: the Ministry's to give).

    Raises:
        UserError: there is none.
    """
    from ocop_desktop.papers.ministry_request import papers

    return papers(potential_request(session, meeting))


def potential_request(session: Session, meeting: Meeting) -> MinistryRequest:
    """What the letter says.

    Raises:
        UserError: there is no such result.
    """
    from ocop_desktop.papers.ministry_request import MinistryRequest
    from ocop_desktop.papers.state_paper import long_date

    found = [(item, closed) for item, closed in meeting.closed if closed.rank == POTENTIAL]
    if not found:
        raise UserError("Chưa có gì để in: phiên chưa có kết quả đã chốt nào ở mức tiềm năng 5 sao.")
    recorded, office, basis = certificates.decision_of(session, meeting.id), meeting.office, found[0][1].basis
    decision = f"Quyết định số {recorded.number} {long_date(recorded.date)}" if recorded else ""
    return MinistryRequest(
        office.body, office.place, meeting.held_on.year, MINISTRY, meeting.law, meeting.council, meeting.name, meeting.held_on,
        basis.book.line(HIGHEST), decision, tuple(f"{part} /{most}" for part, most in basis.rules.part_max.items()),
        tuple(_potential(session, item, closed) for item, closed in found), office.signatory_title or ("CHỦ TỊCH",),
        office.signatory_name)


def _potential(session: Session, item: Item, closed: Closed) -> Potential:
    from ocop_desktop.papers.ministry_request import Potential

    digits = closed.basis.working.digits
    held = open_dossier(session, item.dossier_id).papers
    return Potential(item.code, item.product, item.producer, item.representative, item.phone, item.producer_address,
                     item.set_name, tuple(comma(shown(mean, digits)) for mean in closed.outcome.parts.values()), closed.mean,
                     tuple(attachment(paper) for paper in held if paper.ticked))
