"""Letters to communes about certificates that fall due for re-evaluation (Article 8 of Decision 26/2026/QĐ-TTg)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from ocop_desktop.actions.files import write_whole
from ocop_desktop.actions.office import read_office
from ocop_desktop.data import certificate_fate as rows
from ocop_desktop.errors import UserError
from ocop_desktop.rules.certificate_life import RENEWAL_OPENS, state_on
from ocop_desktop.rules.deadlines import renewal_window

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session
    from ocop_desktop.papers.renewal_letter import RenewalLetter

UNKNOWN = "(chưa rõ xã)"
TITLE = "Thông báo đánh giá lại sản phẩm OCOP"


def letters(session: Session, today: dt.date) -> tuple[RenewalLetter, ...]:
    """One letter for every commune with certificates that are due or late and have no re-evaluation under way, by name."""
    from ocop_desktop.papers.renewal_letter import DueProduct, RenewalLetter

    of_commune: dict[str, list[DueProduct]] = defaultdict(list)
    last = today + dt.timedelta(days=RENEWAL_OPENS)
    for certificate, product, producer, phone, commune, _product_id, handled in rows.ending(session, today, last):
        state = state_on(today, certificate.expires_on, certificate.revoked_on, certificate.extended_until)
        if handled or state not in ("due", "late"):
            continue
        opens, closes = renewal_window(certificate.expires_on)
        of_commune[commune or UNKNOWN].append(DueProduct(product, producer, phone, certificate.stars, opens, closes,
                                                         certificate.expires_on, state == "late"))
    office = read_office(session)
    return tuple(RenewalLetter(office.body, office.agency, office.place, today, commune, tuple(found))
                 for commune, found in sorted(of_commune.items()))


def letters_pdf(session: Session, today: dt.date) -> bytes:
    """The letters as one PDF, a page of its own for each commune.

    Raises:
        UserError: nothing falls due.
    """
    from ocop_desktop.papers import state_pdf
    from ocop_desktop.papers.renewal_letter import papers

    return state_pdf.render(papers(_some(session, today)), TITLE)


def write_letters(session: Session, path: Path | str, today: dt.date) -> int:
    """Write the letters into one file, a page of its own for each commune; how many.

    Raises:
        UserError: nothing falls due, another ending than .pdf or .docx, or the file cannot be written.
    """
    goal, found = Path(path), _some(session, today)
    if goal.suffix.lower() == ".pdf":
        write_whole({goal: letters_pdf(session, today)})
    elif goal.suffix.lower() == ".docx":
        from ocop_desktop.papers import state_word
        from ocop_desktop.papers.renewal_letter import papers

        write_whole({goal: state_word.render(papers(found), TITLE)})
    else:
        raise UserError("Thư lưu thành tệp .docx hoặc .pdf; đọc được “{file}”.", file=goal.name)
    return len(found)


def _some(session: Session, today: dt.date) -> tuple[RenewalLetter, ...]:
    found = letters(session, today)
    if not found:
        raise UserError("Không có giấy chứng nhận nào đến kỳ đánh giá lại mà chưa có hồ sơ.")
    return found
