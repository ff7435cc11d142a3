"""What papers around certificates say: the hand-over list, drafts of revocation decisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from ocop_desktop.actions import rulebooks
from ocop_desktop.actions.certificate_papers import address_of
from ocop_desktop.actions.meeting_facts import Meeting
from ocop_desktop.actions.office import read_office
from ocop_desktop.data import certificates as rows
from ocop_desktop.errors import UserError
from ocop_desktop.rules.rulebook import decision_of
from ocop_desktop.rules.terms import REVOCATION_GROUNDS

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session
    from ocop_desktop.data.tables import Certificate
    from ocop_desktop.papers.certificate_handover import Handover
    from ocop_desktop.papers.revocation_draft import RevocationDraft

PROVINCE_STARS = (3, 4)  # Article 9: 5 stars are revoked by the Ministry


def handover(session: Session, certificate_ids: Sequence[int], today: dt.date) -> Handover:
    """The hand-over list of chosen certificates, by decision, in the order of their issue.

    Raises:
        UserError: none of them has a number and a decision and is not revoked.
    """
    return _handover(session, tuple(rows.certificates(session, certificate_ids)), today.year)


def handover_of(session: Session, meeting: Meeting) -> Handover:
    """The hand-over list of a council session's certificates.

    Raises:
        UserError: none was issued yet.
    """
    return _handover(session, tuple(rows.certificates(session, session_id=meeting.id)), meeting.held_on.year)


def _handover(session: Session, found: Sequence[Certificate], year: int) -> Handover:
    from ocop_desktop.papers.certificate_handover import HandedOver, Handover

    given = sorted(((one.decision.date, one.decision.number, one.id, one) for one in found
                    if one.number and one.decision and one.revoked_on is None), key=lambda known: known[:3])
    if not given:
        raise UserError("Chưa có giấy chứng nhận nào để giao: giấy phải có số, có quyết định và chưa bị thu hồi.")
    office = read_office(session)
    groups = tuple(((number, day), tuple(HandedOver(c.number or "", c.dossier.product.name, c.dossier.product.producer.name,
                                                    address_of(c.dossier), c.stars) for _day, _number, _id, c in some))
                   for (day, number), some in groupby(given, key=lambda known: known[:2]))
    latest = max(year, *(day.year for (_number, day), _some in groups))
    return Handover(office.body, office.agency, office.place, latest, groups)


def revocations(session: Session, certificate_ids: Sequence[int], today: dt.date) -> tuple[RevocationDraft, ...]:
    """A draft of the revocation decision for each chosen certificate (Article 9 of Decision 26/2026/QĐ-TTg).

    Raises:
        UserError: nothing chosen, no conclusion noted, or 5 stars, which the Ministry revokes; says which.
    """
    found = tuple(rows.certificates(session, certificate_ids))
    if not found:
        raise UserError("Chưa chọn giấy chứng nhận nào để dự thảo quyết định thu hồi.")
    return tuple(_revocation(session, one, today) for one in found)


def _revocation(session: Session, one: Certificate, today: dt.date) -> RevocationDraft:
    from ocop_desktop.papers.revocation_draft import RevocationDraft

    product, office, decision = one.dossier.product, read_office(session), one.decision
    if one.stars not in PROVINCE_STARS:
        raise UserError("“{product}” hạng 5 sao do Bộ cấp và Bộ thu hồi; tỉnh chỉ báo cáo, đề nghị.", product=product.name)
    if not one.revoked_ground or not one.conclusion or one.concluded_on is None:
        raise UserError("Chưa ghi căn cứ và văn bản kết luận về “{product}”. Hãy mở “Các năm, kiểm tra…” của giấy này rồi bấm "
                        "“Ghi kết luận…”.", product=product.name)
    body = office.body or "Ủy ban nhân dân cấp tỉnh"
    for_committee = any(line.startswith("TM.") for line in office.signatory_title)
    return RevocationDraft(
        body, office.agency, office.place, one.revoked_by, one.revoked_on, (one.revoked_on or today).year,
        body if for_committee else f"Chủ tịch {body}", decision_of(rulebooks.current(today).id), one.number or "",
        decision.number if decision else "", decision.date if decision else None, decision.authority if decision else "",
        one.issued_on, product.name, one.dossier.code or "", product.producer.name, address_of(one.dossier), one.stars,
        REVOCATION_GROUNDS[one.revoked_ground].vi, one.conclusion, one.concluded_on, office.signatory_title or ("CHỦ TỊCH",),
        office.signatory_name)
