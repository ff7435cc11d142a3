"""Certificates: record the decision, see what may be certified, issue, revoke. Printing and the register have their own files.

No certificate without a closed result (or a recognition of earlier years) and a decision's number and date. A province
certifies 3 and 4 stars; a result of 5 stars is only forwarded to the Ministry (Articles 3-4 of Decision 26/2026/QĐ-TTg).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from ocop_desktop.actions import paper_numbers
from ocop_desktop.actions.certificate_papers import last_number, number_them, wording_of
from ocop_desktop.actions.certificate_printing import (
    Printed,
    note_copied,
    note_printed,
    note_signed,
    note_spoiled,
    paper,
    pieces,
    print_pdf,
    print_separately,
    write_pdf,
)
from ocop_desktop.actions.office import read_office
from ocop_desktop.actions.register import Register, RegisterLine, register, register_count
from ocop_desktop.actions.rights import need
from ocop_desktop.data import certificates as rows
from ocop_desktop.data import results
from ocop_desktop.data import sessions as meetings
from ocop_desktop.data.changes import record_change
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import Certificate, Decision, Result
from ocop_desktop.errors import Problem, UserError
from ocop_desktop.rules.certificate_life import end_of
from ocop_desktop.rules.terms import REVOCATION_GROUNDS

__all__ = [
    "Candidate", "DecisionView", "Issued", "Printed", "Register", "RegisterLine", "Revocation", "candidates", "certifiable",
    "decision_of", "issue", "next_number", "note_copied", "note_printed", "note_signed", "note_spoiled", "paper",
    "pieces", "print_pdf", "print_separately", "record_decision", "register", "register_count",
    "revoke", "sessions_with_results", "unclosed", "write_pdf",
]

State = Literal["ready", "issued", "revoked", "five", "low", "excluded", "rescore"]
PROVINCE_STARS = (3, 4)


@dataclass(frozen=True)
class DecisionView:
    """A recognition decision."""

    id: int
    number: str
    date: dt.date
    authority: str


@dataclass(frozen=True)
class Candidate:
    """A closed result on its way to a certificate.

    Args:
        state: ready; issued; five (only forwarded to the Ministry); low (under 3 stars); excluded; rescore (a ballot is open
            again).
        warnings: what should be looked at before issuing.
        mean: exact points.
    """

    result_id: int
    dossier_id: int
    session_id: int
    session_code: str
    product: str
    producer: str
    code: str
    mean: Fraction
    stars: int | None
    state: State
    certificate_id: int | None = None
    number: str = ""
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Issued:
    """A certificate just issued."""

    certificate_id: int
    number: str
    product: str
    stars: int
    issued_on: dt.date
    expires_on: dt.date


def record_decision(session: Session, number: str, date: dt.date, authority: str = "", session_id: int | None = None,
                    who: str = "") -> int:
    """Record a recognition decision, or find it when it is recorded already; its id.

    A session's decision that no certificate was issued under is corrected in place: the clerk is still typing. Where the session
    assessed dossiers again that an earlier decision covers, the new one is noted as its correction.

    Args:
        number: e.g. "2117/QĐ-UBND"; date: its day; authority: who made it ("Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn").
        session_id: the council session it follows from.

    Raises:
        UserError: no number, a number the office's register has for something else, or a day before the council met.
    """
    need(session, "work")
    tidy, by = " ".join(number.split()), " ".join(authority.split())
    if not tidy:
        raise UserError("Chưa có số quyết định công nhận; hãy nhập số, ví dụ 2117/QĐ-UBND.")
    meeting = meetings.get(session, session_id) if session_id is not None else None
    if meeting is not None and date < meeting.held_on:
        raise UserError("Quyết định ngày {date} có trước ngày họp hội đồng ({held}); hãy kiểm tra lại ngày.",
                        date=f"{date:%d/%m/%Y}", held=f"{meeting.held_on:%d/%m/%Y}")
    found = rows.find_decision(session, tidy, date, by)
    if found is None:
        paper_numbers.refuse_other_use(session, tidy, date, session_id)
        found = (rows.unused_decision(session, session_id) if session_id is not None else None) or Decision(session_id=session_id)
        before = {"number": found.number, "date": found.date, "authority": found.authority} if found.id else None
        found.number, found.date, found.authority = tidy, date, by
        earlier = results.corrected(session, session_id) if session_id is not None else None
        found.corrects_id = earlier.id if earlier else None
        rows.add(session, found)
        record_change(session, who, "decision", found.id, "recorded", before,
                      {"number": tidy, "date": date, "authority": by, **({"corrects": earlier.number} if earlier else {})})
    elif found.session_id is None:
        found.session_id = session_id
    return found.id


def decision_of(session: Session, session_id: int) -> DecisionView | None:
    """The decision recorded last for a council session."""
    found = rows.newest_decision(session, session_id)
    return DecisionView(found.id, found.number, found.date, found.authority) if found else None


def sessions_with_results(session: Session) -> tuple[tuple[int, str, str, dt.date, int], ...]:
    """Council sessions with closed results, newest first: (id, code, name, day, results)."""
    return tuple(rows.sessions_with_results(session))


def unclosed(session: Session, session_id: int) -> int:
    """How many products of a council session have no closed result yet: certificates issued now are issued without them.

    Raises:
        UserError: the role may not see the results.
    """
    need(session, "closed_results", session_id)
    return rows.unclosed(session, session_id)


def candidates(session: Session, session_id: int | None = None) -> tuple[Candidate, ...]:
    """Every closed result of a council session (None: of all), in agenda order, with what may become of it.

    Raises:
        UserError: the role may not see the results.
    """
    need(session, "closed_results", session_id)
    found = rows.closed_results(session, session_id)
    reopened = rows.reopened_items(session, [result.item_id for result, _ in found])
    return tuple(_candidate(result, certificate, result.item_id in reopened) for result, certificate in found)


def certifiable(session: Session, session_id: int | None = None) -> tuple[Candidate, ...]:
    """The results a certificate can be issued for now: closed, 3 or 4 stars, not excluded, no open re-score, none issued yet."""
    return tuple(c for c in candidates(session, session_id) if c.state == "ready")


def _candidate(result: Result, certificate: Certificate | None, reopened: bool) -> Candidate:
    dossier, meeting = result.item.dossier, result.item.session
    return Candidate(
        result_id=result.id, dossier_id=dossier.id, session_id=meeting.id, session_code=meeting.code,
        product=dossier.product.name, producer=dossier.product.producer.name, code=dossier.code or "",
        mean=Fraction(result.mean_numerator, result.mean_denominator), stars=result.stars,
        state=_state(result, certificate, reopened), certificate_id=certificate.id if certificate else None,
        number=certificate.number or "" if certificate else "", warnings=tuple(_warnings(result)))


def _state(result: Result, certificate: Certificate | None, reopened: bool) -> State:
    if certificate is not None:
        return "issued" if certificate.revoked_on is None else "revoked"
    if result.excluded or result.stars is None:
        return "excluded"
    if reopened:
        return "rescore"
    if result.stars in PROVINCE_STARS:
        return "ready"
    return "five" if result.stars > max(PROVINCE_STARS) else "low"


def _warnings(result: Result) -> Iterator[Problem]:
    dossier = result.item.dossier
    producer = dossier.product.producer
    if not dossier.code:
        yield Problem("Chưa có mã sản phẩm.", severity="warning", kind="no_code")
    if not producer.address and producer.commune is None:
        yield Problem("Chủ thể chưa có địa chỉ.", severity="warning", kind="no_address")


def next_number(session: Session, issued_on: dt.date, ahead: int = 0) -> str:
    """The number the next certificate issued on that day will have, or the one ``ahead`` places after it."""
    office = read_office(session)
    return office.certificate_number(last_number(session, office, issued_on.year) + 1 + ahead, issued_on.year)


def issue(session: Session, result_ids: Sequence[int], decision_id: int, issued_on: dt.date, who: str = "") -> tuple[Issued, ...]:
    """Issue certificates for closed results under a decision; all or none.

    Args:
        result_ids: from ``certifiable``; numbers follow this order.
        issued_on: day of issue, not before the decision; the 36 months run from it (Article 8).

    Raises:
        UserError: no such decision, a day before it, or a result that may not be certified; says which and why.
    """
    need(session, "work")
    decision = rows.get_decision(session, decision_id)
    if decision is None:
        raise UserError("Không tìm thấy quyết định công nhận; hãy nhập số và ngày quyết định.")
    if issued_on < decision.date:
        raise UserError("Ngày cấp {issued} có trước ngày quyết định {date}; hãy sửa ngày cấp.",
                        issued=f"{issued_on:%d/%m/%Y}", date=f"{decision.date:%d/%m/%Y}")
    wanted = tuple(dict.fromkeys(result_ids))
    found = {result.id: (result, certificate) for result, certificate in rows.closed_results(session, result_ids=wanted)}
    reopened = rows.reopened_items(session, [result.item_id for result, _ in found.values()])
    made = []
    for result_id in wanted:
        if result_id not in found:
            raise UserError("Có hồ sơ chưa chốt kết quả nên chưa cấp được giấy; hãy mở lại danh sách.")
        result, certificate = found[result_id]
        _refuse(result, certificate, result.item_id in reopened, decision)
        made.append(_new(session, result, decision, issued_on))
    number_them(session, made)
    for new in made:
        _replace_earlier(session, new, decision, who)
        _recognise(session, new, who)
    return tuple(Issued(c.id, c.number or "", c.dossier.product.name, c.stars, c.issued_on, c.expires_on) for c in made)


def _refuse(result: Result, certificate: Certificate | None, reopened: bool, decision: Decision) -> None:
    product = result.item.dossier.product.name
    if certificate is not None:
        raise UserError("“{product}” đã có giấy chứng nhận của kết quả này; cần bản mới thì in lại, số được giữ nguyên.",
                        product=product)
    if decision.session_id not in (None, result.item.session_id):
        raise UserError("Quyết định {number} là của phiên khác, không dùng cho “{product}” được.",
                        number=decision.number, product=product)
    match _state(result, None, reopened):
        case "excluded":
            raise UserError("“{product}” bị loại nên không có giấy chứng nhận.", product=product)
        case "rescore":
            raise UserError("“{product}” còn phiếu đang chấm lại; hãy hoàn tất rồi cấp giấy.", product=product)
        case "five":
            raise UserError("“{product}” là tiềm năng 5 sao: tỉnh chỉ chuyển hồ sơ lên Bộ, giấy 5 sao do Bộ cấp.",
                            product=product)
        case "low":
            raise UserError("“{product}” đạt {stars} sao; chỉ từ 3 sao mới có giấy chứng nhận.",
                            product=product, stars=result.stars)


def _new(session: Session, result: Result, decision: Decision, issued_on: dt.date) -> Certificate:
    made = Certificate(dossier_id=result.item.dossier_id, result_id=result.id, decision_id=decision.id, stars=result.stars,
                       issued_on=issued_on, expires_on=end_of(issued_on), wording=wording_of(result.item.dossier))
    rows.add(session, made)
    return made


def _replace_earlier(session: Session, new: Certificate, decision: Decision, who: str) -> None:
    """A corrected result's certificate takes the place of the one issued before."""
    for old in rows.standing_certificates(session, new.dossier_id, new.id):
        old.revoked_on, old.revoked_why = new.issued_on, f"Thay thế theo Quyết định {decision.number}"
        record_change(session, who, "certificate", old.id, "revoked", None,
                      {"revoked_on": new.issued_on, "reason": old.revoked_why})


def _recognise(session: Session, certificate: Certificate, who: str) -> None:
    dossier = certificate.dossier
    record_change(session, who, "certificate", certificate.id, "issued", None,
                  {"number": certificate.number, "stars": certificate.stars, "issued_on": certificate.issued_on.isoformat()})
    record_change(session, who, "dossier", dossier.id, "recognised", {"status": dossier.status}, {"status": "recognised"})
    dossier.status, dossier.stars = "recognised", certificate.stars


@dataclass(frozen=True)
class Revocation:
    """Why and how a certificate is revoked (Article 9).

    Args:
        on: the day it is revoked from; ground: one of ``rules.terms.REVOCATION_GROUNDS``; decision: its number.
        conclusion, concluded_on: the authority's paper it follows and that paper's day; left out, what was noted before stays.
    """

    on: dt.date
    ground: str
    decision: str
    conclusion: str = ""
    concluded_on: dt.date | None = None


def revoke(session: Session, certificate_id: int, made: Revocation, who: str = "") -> None:
    """Revoke a certificate (Article 9): it counts as revoked from that day on, and is not printed again.

    Raises:
        UserError: no ground or decision, revoked already, or days that contradict each other.
    """
    need(session, "work")
    certificate = next(rows.certificates(session, [certificate_id]), None)
    if certificate is None:
        raise UserError("Không tìm thấy giấy chứng nhận này; hãy mở lại sổ.")
    decision, conclusion = " ".join(made.decision.split()), " ".join(made.conclusion.split()) or certificate.conclusion
    concluded_on = made.concluded_on or certificate.concluded_on
    _refuse_revocation(certificate, made, decision, concluded_on)
    if certificate.stars in PROVINCE_STARS:  # 5 stars are revoked by the Ministry, whose numbers are not of our register
        paper_numbers.refuse_other_use(session, decision, made.on, revokes=True)
    certificate.revoked_on, certificate.revoked_ground, certificate.revoked_by = made.on, made.ground, decision
    certificate.conclusion, certificate.concluded_on = conclusion, concluded_on
    certificate.revoked_why = ": ".join(filter(None, (REVOCATION_GROUNDS[made.ground].vi, conclusion)))
    record_change(session, who, "certificate", certificate.id, "revoked", None, {
        "revoked_on": made.on.isoformat(), "ground": made.ground, "decision": decision, "conclusion": conclusion,
        "concluded_on": concluded_on.isoformat() if concluded_on else None, "reason": certificate.revoked_why})
    session.flush()


def _refuse_revocation(certificate: Certificate, made: Revocation, decision: str, concluded_on: dt.date | None) -> None:
    name = certificate.dossier.product.name
    if certificate.revoked_on is not None:
        raise UserError("Giấy chứng nhận của “{product}” đã thu hồi ngày {date}.", product=name,
                        date=f"{certificate.revoked_on:%d/%m/%Y}")
    if made.ground not in REVOCATION_GROUNDS:
        raise UserError("Hãy chọn căn cứ thu hồi trong danh sách.")
    if not decision:
        raise UserError("Cần ghi số quyết định thu hồi giấy chứng nhận của “{product}”.", product=name)
    if made.on < certificate.issued_on:
        raise UserError("Ngày thu hồi {date} có trước ngày cấp {issued}; hãy sửa ngày.", date=f"{made.on:%d/%m/%Y}",
                        issued=f"{certificate.issued_on:%d/%m/%Y}")
    if concluded_on is not None and not certificate.issued_on <= concluded_on <= made.on:
        raise UserError("Ngày kết luận {date} phải từ ngày cấp {issued} đến ngày thu hồi {revoked}; hãy sửa ngày.",
                        date=f"{concluded_on:%d/%m/%Y}", issued=f"{certificate.issued_on:%d/%m/%Y}",
                        revoked=f"{made.on:%d/%m/%Y}")
