"""A certificate issued again: a name corrected, a paper lost or spoiled. The new one has its own number and cancels the old one.

The recognition stays what it was: decision, stars and the 36 months from the first day of issue (Article 8).
"""

from __future__ import annotations

import datetime as dt

from ocop_desktop.actions.certificate_papers import number_them, wording_of
from ocop_desktop.actions.rights import need
from ocop_desktop.data import certificates as rows
from ocop_desktop.data.changes import record_change
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import Certificate
from ocop_desktop.errors import UserError

NAMES = ("product", "producer", "address")


def renamed(session: Session, certificate_id: int) -> tuple[tuple[str, str, str], ...]:
    """What the dossier says otherwise than the certificate as issued: ("product", "producer" or "address"; then; now)."""
    certificate = _get(session, certificate_id)
    then, now = certificate.wording or {}, wording_of(certificate.dossier)
    return tuple((name, then[name], now[name]) for name in NAMES if name in then and then[name] != now[name])


def by_number(session: Session, number: str) -> int:
    """The certificate of a number; its id.

    Raises:
        UserError: there is none.
    """
    found = rows.by_number(session, " ".join(number.split()))
    if found is None:
        raise UserError("Không có giấy chứng nhận số {number} trong sổ.", number=number)
    return found


def reissue(session: Session, certificate_id: int, on: dt.date, why: str, who: str = "") -> tuple[int, str]:
    """Issue a certificate again with the names as they stand in the dossier now; the old one is cancelled.

    Args:
        on: day of the new paper, not before the old one's; why: in words, printed nowhere, kept in both records.

    Returns:
        The new certificate's id and number.

    Raises:
        UserError: no reason, revoked or already replaced, without number or decision, or a day before the old one's.
    """
    need(session, "work")
    old = _get(session, certificate_id)
    product, reason = old.dossier.product.name, " ".join(why.split())
    if not reason:
        raise UserError("Cần ghi lý do cấp lại giấy chứng nhận của “{product}”.", product=product)
    if old.revoked_on is not None:
        raise UserError("Giấy số {number} đã hết giá trị ngày {date} nên không cấp lại được.", number=old.number or "–",
                        date=f"{old.revoked_on:%d/%m/%Y}")
    if old.decision is None or not old.number:
        raise UserError("“{product}” chưa có số giấy hoặc quyết định công nhận nên không cấp lại được.", product=product)
    before = old.reissued_on or old.issued_on
    if on < before:
        raise UserError("Ngày cấp lại {day} có trước ngày cấp giấy cũ ({issued}); hãy sửa ngày.", day=f"{on:%d/%m/%Y}",
                        issued=f"{before:%d/%m/%Y}")
    made = _in_place_of(session, old, on)
    old.revoked_on, old.revoked_why = on, f"Thay bằng giấy số {made.number}: {reason}"
    record_change(session, who, "certificate", old.id, "replaced", None, {"revoked_on": on, "reason": old.revoked_why})
    record_change(session, who, "certificate", made.id, "reissued", None,
                  {"number": made.number, "replaces": old.number, "reason": reason, "issued_on": on, **(made.wording or {})})
    session.flush()
    return made.id, made.number or ""


def _in_place_of(session: Session, old: Certificate, on: dt.date) -> Certificate:
    result, old.result_id = old.result_id, None  # a result has one certificate: the one that counts
    session.flush()
    made = Certificate(
        dossier_id=old.dossier_id, result_id=result, decision_id=old.decision_id, stars=old.stars, issued_on=on,
        expires_on=old.expires_on, extended_until=old.extended_until, extended_why=old.extended_why, conclusion=old.conclusion,
        concluded_on=old.concluded_on, replaces_id=old.id, reissued_on=on, wording=wording_of(old.dossier))
    rows.add(session, made)
    number_them(session, [made])  # a number of the year it is issued again in
    made.issued_on = old.issued_on
    return made


def _get(session: Session, certificate_id: int) -> Certificate:
    found = next(rows.certificates(session, [certificate_id]), None)
    if found is None:
        raise UserError("Không tìm thấy giấy chứng nhận này; hãy mở lại sổ.")
    return found
