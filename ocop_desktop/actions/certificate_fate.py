"""After a certificate is issued: its extension, a conclusion against it, the re-evaluation that follows it.

Source: Decision 26/2026/QĐ-TTg, Articles 4, 8, 9 and 12.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from ocop_desktop.actions import rulebooks
from ocop_desktop.actions.rights import need
from ocop_desktop.data import certificate_fate as rows
from ocop_desktop.data import dossiers, search
from ocop_desktop.data.changes import record_change
from ocop_desktop.errors import UserError
from ocop_desktop.rules.certificate_life import MOST_EXTENDED, latest_extension, state_on
from ocop_desktop.rules.deadlines import renewal_window
from ocop_desktop.rules.terms import REVOCATION_GROUNDS

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session
    from ocop_desktop.data.tables import Certificate


def extend(session: Session, certificate_id: int, until: dt.date, why: str, who: str = "") -> None:
    """Extend a certificate while its late renewal is being handled.

    Args:
        until: last day of the extension, at most 180 days after the 36 months.

    Raises:
        UserError: no reason, revoked, no renewal under way, or a day that is not after its end and within 180 days of it.
    """
    need(session, "work")
    certificate = _get(session, certificate_id)
    product = certificate.dossier.product
    reason = " ".join(why.split())
    if not reason:
        raise UserError("Cần ghi lý do gia hạn giấy chứng nhận của “{product}”.", product=product.name)
    if certificate.revoked_on is not None:
        raise UserError("Giấy chứng nhận của “{product}” đã thu hồi nên không gia hạn được.", product=product.name)
    if rows.open_dossier_of(session, product.id) is None:
        raise UserError("“{product}” chưa có hồ sơ đánh giá lại đang xử lý nên không gia hạn được; hãy lập hồ sơ trước.",
                        product=product.name)
    latest = latest_extension(certificate.expires_on)
    if not certificate.expires_on < until <= latest:
        raise UserError("Ngày gia hạn phải sau {ends} và không quá {days} ngày, tức đến {latest}.",
                        ends=f"{certificate.expires_on:%d/%m/%Y}", days=MOST_EXTENDED, latest=f"{latest:%d/%m/%Y}")
    before = certificate.extended_until
    certificate.extended_until, certificate.extended_why = until, reason
    record_change(session, who, "certificate", certificate.id, "extended",
                  {"extended_until": before.isoformat() if before else None},
                  {"extended_until": until.isoformat(), "reason": reason})
    session.flush()


def conclude_against(session: Session, certificate_id: int, ground: str, conclusion: str, on: dt.date, who: str = "") -> None:
    """Note an authority's conclusion that a certificate is to be revoked; 15 days run from its day.

    Args:
        ground: one of ``REVOCATION_GROUNDS``; conclusion: number and content of the paper; on: its day.

    Raises:
        UserError: unknown ground, no paper named, a day before the issue, or revoked already.
    """
    need(session, "work")
    certificate = _get(session, certificate_id)
    name, paper = certificate.dossier.product.name, " ".join(conclusion.split())
    if ground not in REVOCATION_GROUNDS:
        raise UserError("Hãy chọn căn cứ thu hồi trong danh sách.")
    if not paper:
        raise UserError("Cần ghi số, ngày hoặc nội dung văn bản kết luận về “{product}”.", product=name)
    if certificate.revoked_on is not None:
        raise UserError("Giấy chứng nhận của “{product}” đã thu hồi ngày {date}.", product=name,
                        date=f"{certificate.revoked_on:%d/%m/%Y}")
    if on < certificate.issued_on:
        raise UserError("Ngày kết luận {date} có trước ngày cấp {issued}; hãy sửa ngày.", date=f"{on:%d/%m/%Y}",
                        issued=f"{certificate.issued_on:%d/%m/%Y}")
    certificate.revoked_ground, certificate.conclusion, certificate.concluded_on = ground, paper, on
    record_change(session, who, "certificate", certificate.id, "concluded_against", None,
                  {"ground": ground, "conclusion": paper, "concluded_on": on.isoformat()})
    session.flush()


def start_reevaluation(session: Session, certificate_id: int, who: str = "", today: dt.date | None = None) -> int:
    """Begin a re-evaluation dossier of a certified product; its number.

    Producer and product are the same; the legal papers are taken over, those that have ended meanwhile without their tick.
    What changed since the recognition is asked for in the note.

    Raises:
        UserError: the certificate was revoked, the product has a dossier under way, or the time to file has not come.
    """
    need(session, "work")
    certificate = _get(session, certificate_id)
    product, day = certificate.dossier.product, today or dt.date.today()
    running = rows.open_dossier_of(session, product.id)
    if running is not None:
        raise UserError("“{product}” đã có hồ sơ đang xử lý ({code}); hãy hoàn thiện hồ sơ ấy.", product=product.name,
                        code=running.code or running.round or f"{running.filed_on:%d/%m/%Y}" if running.filed_on else "–")
    newest = rows.latest_of_product(session, product.id)
    if newest is not None and newest.id != certificate.id:
        raise UserError("“{product}” đã được công nhận lại ngày {date}; hãy bắt đầu từ giấy chứng nhận ấy.", product=product.name,
                        date=f"{newest.issued_on:%d/%m/%Y}")
    if certificate.revoked_on is not None and certificate.revoked_on <= day:
        raise UserError("Giấy chứng nhận của “{product}” đã thu hồi; sản phẩm phải đăng ký lần đầu lại.", product=product.name)
    opens, _closes = renewal_window(certificate.expires_on)
    if day < opens:
        raise UserError("Chưa đến kỳ nộp đánh giá lại “{product}”: nhận hồ sơ từ ngày {opens}.", product=product.name,
                        opens=f"{opens:%d/%m/%Y}")
    book = rulebooks.current(day)
    made = dossiers.add_again(session, product.id, kind="reevaluation", rulebook=book.id, filed_on=day)
    dossiers.take_over_papers(session, certificate.dossier_id, made, day)
    dossiers.write_line(session, who, "dossier", made, "created", None,
                        {"product": product.name, "from_certificate": certificate.id,
                         "state": state_on(day, certificate.expires_on, None, certificate.extended_until)})
    search.refresh_search(session, [made])
    return made


def _get(session: Session, certificate_id: int) -> Certificate:
    found = rows.get(session, certificate_id)
    if found is None:
        raise UserError("Không tìm thấy giấy chứng nhận này; hãy mở lại sổ.")
    return found
