"""Papers around certificates: the hand-over list, reminders of renewal, drafts of revocation decisions; as PDF and as Word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from ocop_desktop.actions import paper_dress, renewal_letters, rulebooks
from ocop_desktop.actions.certificate_papers import address_of
from ocop_desktop.actions.files import write_whole
from ocop_desktop.actions.meeting_facts import Meeting
from ocop_desktop.actions.office import read_office
from ocop_desktop.actions.rights import need
from ocop_desktop.data import certificates as rows
from ocop_desktop.errors import UserError
from ocop_desktop.rules.rulebook import decision_of
from ocop_desktop.rules.terms import REVOCATION_GROUNDS
from ocop_desktop.text import N_

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session
    from ocop_desktop.data.tables import Certificate
    from ocop_desktop.papers.blocks import Paper
    from ocop_desktop.papers.certificate_handover import Handover
    from ocop_desktop.papers.revocation_draft import RevocationDraft

PROVINCE_STARS = (3, 4)  # Article 9: 5 stars are revoked by the Ministry


@dataclass(frozen=True)
class RegisterPaper:
    """One kind of paper.

    Args:
        key: how the command line calls it; title: what it is; make: its pages from chosen
            certificates (reminders are of all that fall due) on a day.
    """

    key: str
    title: str
    make: Callable[[Session, Sequence[int], dt.date], Sequence[Paper]]


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


def _handover_papers(session: Session, ids: Sequence[int], today: dt.date) -> Sequence[Paper]:
    from ocop_desktop.papers.certificate_handover import papers

    return papers(handover(session, ids, today))


def _revocation_papers(session: Session, ids: Sequence[int], today: dt.date) -> Sequence[Paper]:
    from ocop_desktop.papers.revocation_draft import papers

    return papers(revocations(session, ids, today))


def _renewal_papers(session: Session, _ids: Sequence[int], today: dt.date) -> Sequence[Paper]:
    from ocop_desktop.papers.renewal_letter import papers

    return papers(renewal_letters.letters(session, today))


REGISTER_PAPERS = (
    RegisterPaper("handover", N_("Danh sách giao nhận giấy chứng nhận"), _handover_papers),
    RegisterPaper("revocation", N_("Dự thảo quyết định thu hồi"), _revocation_papers),
    RegisterPaper("renewal-letters", N_("Thư nhắc đánh giá lại"), _renewal_papers),
)


def save(session: Session, key: str, path: Path, certificate_ids: Sequence[int], today: dt.date) -> int:
    """Write a paper to a file, whole or not at all; how many papers it holds. A name ending in .docx gives a Word file.

    Args:
        key: of ``REGISTER_PAPERS``.

    Raises:
        UserError: nothing to write, something is missing, or the file cannot be written.
    """
    title, made = _made(session, key, certificate_ids, today)
    if path.suffix.lower() == ".docx":
        from ocop_desktop.papers import state_word

        write_whole({path: state_word.render(made, title)})
    else:
        from ocop_desktop.papers import state_pdf

        write_whole({path: state_pdf.render(made, title)})
    return len(made)


def as_pdf(session: Session, key: str, certificate_ids: Sequence[int], today: dt.date) -> bytes:
    """The paper as PDF, to be looked at and printed.

    Raises:
        UserError: nothing to write, or something is missing.
    """
    from ocop_desktop.papers import state_pdf

    title, made = _made(session, key, certificate_ids, today)
    return state_pdf.render(made, title)


def _made(session: Session, key: str, certificate_ids: Sequence[int], today: dt.date) -> tuple[str, Sequence[Paper]]:
    need(session, "work")
    kind = next(k for k in REGISTER_PAPERS if k.key == key)
    made = kind.make(session, certificate_ids, today)
    if not made:
        raise UserError("Không có giấy chứng nhận nào đến kỳ đánh giá lại mà chưa có hồ sơ.")
    return kind.title, paper_dress.dressed(paper_dress.desk(session), made)


def save_by_number(session: Session, key: str, path: Path, numbers: Sequence[str], today: dt.date) -> int:
    """Write a paper of certificates given by their numbers; how many papers it holds.

    Raises:
        UserError: a number nobody gave, or as ``save``.
    """
    need(session, "work")
    known = rows.ids_of_numbers(session, numbers)
    for number in numbers:
        if number not in known:
            raise UserError("Sổ không có giấy chứng nhận số {number}.", number=number)
    return save(session, key, path, [known[number] for number in numbers], today)
