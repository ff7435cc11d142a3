"""Papers that follow from closed results: the decision draft, letters to communes and producers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from ocop_desktop.actions import advice as sentences
from ocop_desktop.actions import certificate_keys, certificates, rulebooks
from ocop_desktop.actions.meeting_facts import Closed, Item, Meeting, comma
from ocop_desktop.actions.result_view import advice_of
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import UserError
from ocop_desktop.rules.next_star import Advice, Step
from ocop_desktop.rules.scoring import shown

if TYPE_CHECKING:
    from ocop_desktop.papers.decision_draft import DecisionDraft, Recognised
    from ocop_desktop.papers.notices import CommuneNotice, ProducerNotice, Sender, Told

RECOGNISED = ("ready", "issued", "revoked")  # states of certificates.Candidate a decision names


def decision_draft(session: Session, meeting: Meeting) -> DecisionDraft:
    """The decision on the closed results with 3 and 4 stars; those with 5 are forwarded to the Ministry.

    Raises:
        UserError: no closed result has 3 stars or more.
    """
    from ocop_desktop.papers.decision_draft import DecisionDraft

    states = {c.dossier_id: c.state for c in certificates.candidates(session, meeting.id)}
    named = [(item, closed) for item, closed in meeting.closed if states.get(item.dossier_id) in RECOGNISED]
    potential = tuple(_recognised(i, c) for i, c in meeting.closed if states.get(i.dossier_id) == "five")
    if not named and not potential:
        raise UserError("Chưa có gì để in: phiên chưa có kết quả đã chốt từ 3 sao trở lên.")
    ranks = sorted({closed.stars or 0 for _item, closed in named}, reverse=True)
    groups = tuple((stars, tuple(_recognised(i, c) for i, c in named if c.stars == stars)) for stars in ranks)
    recorded, office = certificates.decision_of(session, meeting.id), meeting.office
    body = office.body or "Ủy ban nhân dân cấp tỉnh"
    for_committee = any(line.startswith("TM.") for line in office.signatory_title)
    return DecisionDraft(
        body, office.agency, office.place, recorded.number if recorded else "", recorded.date if recorded else None,
        meeting.held_on.year, body if for_committee else f"Chủ tịch {body}", meeting.council, meeting.name, meeting.held_on,
        meeting.law, rulebooks.rulebook(meeting.rulebook).certificate_months, groups, potential,
        office.signatory_title or ("CHỦ TỊCH",), office.signatory_name, certificate_keys.fingerprint(session))


def _recognised(item: Item, closed: Closed) -> Recognised:
    from ocop_desktop.papers.decision_draft import Recognised

    return Recognised(item.code, item.product, item.producer, item.producer_address, closed.mean)


def sender(session: Session, meeting: Meeting) -> Sender:
    """Who writes the letters, and the decision they rest on where there is one."""
    from ocop_desktop.papers.notices import Sender
    from ocop_desktop.papers.state_paper import long_date

    office, recorded = meeting.office, certificates.decision_of(session, meeting.id)
    decision = f"Quyết định số {recorded.number} {long_date(recorded.date)}" if recorded else ""
    return Sender(office.body, office.agency, office.place, meeting.held_on.year, meeting.council, meeting.name, meeting.held_on,
                  decision)


def commune_notices(meeting: Meeting) -> tuple[CommuneNotice, ...]:
    """One letter per commune with closed results, by the communes' codes; products without a commune are in none.

    Raises:
        UserError: no closed result has a commune.
    """
    from ocop_desktop.papers.notices import CommuneNotice

    found = sorted((pair for pair in meeting.closed if pair[0].commune), key=lambda pair: pair[0].commune_code)
    if not found:
        raise UserError("Chưa có gì để in: phiên chưa có kết quả đã chốt của chủ thể có ghi xã, phường.")
    return tuple(CommuneNotice(name, tuple(
        (i.code, i.product, i.producer, c.mean, c.rank, missing(c) or "–") for i, c in pairs))
        for (_code, name), pairs in groupby(found, key=lambda pair: (pair[0].commune_code, pair[0].commune)))


def producer_notices(meeting: Meeting) -> tuple[ProducerNotice, ...]:
    """One letter per producer with closed results, in the order of the agenda.

    Raises:
        UserError: no result is closed.
    """
    from ocop_desktop.papers.notices import ProducerNotice

    if not meeting.closed:
        raise UserError("Chưa có gì để in: phiên chưa có hồ sơ nào đã chốt kết quả.")
    found: dict[tuple[str, str], list[tuple[Item, Closed]]] = {}
    for item, closed in meeting.closed:
        found.setdefault((item.producer, item.producer_address), []).append((item, closed))
    named = Counter(name for name, _address in {(i.producer, i.producer_address) for i in meeting.items})
    return tuple(ProducerNotice(name, pairs[0][0].representative, address, tuple(_told(i, c) for i, c in pairs),
                                f"{name}, {address}" if named[name] > 1 else name)
                 for (name, address), pairs in found.items())


def _told(item: Item, closed: Closed) -> Told:
    from ocop_desktop.papers.notices import Told

    digits, basis = closed.basis.working.digits, closed.basis
    parts = tuple((f"{part} {basis.book.parts[part].vi if part in basis.book.parts else ''}".strip(),
                   str(basis.rules.part_max[part]), comma(shown(mean, digits))) for part, mean in closed.outcome.parts.items())
    found = _advice(closed)
    return Told(item.code, item.product, closed.mean, closed.rank, parts, missing(closed),
                tuple(_steps(found.gates if found else (), digits)), tuple(_steps(found.points if found else (), digits)),
                excluded_why(closed))


def excluded_why(closed: Closed) -> str:
    """Why a dossier was thrown out, as it was concluded; empty for one that was not."""
    made = closed.basis.conclusions.get(("exclusion", ""))
    return made.reason.strip().rstrip(".") if made and closed.excluded else ""


def _advice(closed: Closed) -> Advice | None:
    return advice_of(closed.basis, closed.outcome, closed.excluded)


def missing(closed: Closed) -> str:
    """What is missing for the next star, as a Vietnamese sentence; empty at the top or when excluded."""
    found = _advice(closed)
    if found is None:
        return ""
    message, short = sentences.missing(found, closed.basis.working.digits)
    said = message.format(stars=found.stars, points=comma(short), count=len(found.gates))
    return said if found.enough else f"{said} Các mức còn lại của bộ tiêu chí không đủ điểm cho hạng này."


def _steps(steps: tuple[Step, ...], digits: int) -> Iterator[tuple[str, str, str]]:
    for step in steps:
        yield (f"{step.criterion.code} {step.criterion.name.vi}", step.option.label.vi, f"+{comma(shown(step.gain, digits))}")
