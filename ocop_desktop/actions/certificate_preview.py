"""Looking at a certificate before it is printed: of a result not issued yet, of one in the register, a test page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ocop_desktop.actions.certificate_designs import designs
from ocop_desktop.actions.certificate_keys import Sign, for_looking
from ocop_desktop.actions.certificate_papers import Pages
from ocop_desktop.actions.files import write_whole
from ocop_desktop.actions.office import read_office
from ocop_desktop.data import certificates as rows
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import UserError
from ocop_desktop.rules.certificate_life import end_of
from ocop_desktop.text import _

if TYPE_CHECKING:
    from ocop_desktop.papers.certificate import Certificate as Page
    from ocop_desktop.papers.preview import Picture


@dataclass(frozen=True)
class Draft:
    """What is being filled in for a council session's certificates; empty and None are still missing."""

    number: str = ""
    date: dt.date | None = None
    authority: str = ""
    issued_on: dt.date | None = None

    @property
    def complete(self) -> bool:
        """Whether certificates can be issued with it."""
        return bool(self.number.strip()) and self.date is not None and self.issued_on is not None


def picture_of_result(session: Session, result_id: int, draft: Draft, dpi: float, today: dt.date | None = None) -> Picture:
    """The page a closed result will have, without a number, which only issuing gives; marked as not issued, or as a draft while
    the decision is missing.

    Raises:
        UserError: no such result, or a page that cannot be printed; says why.
    """
    found = next(iter(rows.closed_results(session, result_ids=[result_id])), None)
    if found is None:
        raise UserError("Có hồ sơ chưa chốt kết quả nên chưa cấp được giấy; hãy mở lại danh sách.")
    result, certificate = found
    if certificate is not None:
        return picture_of_certificate(session, certificate.id, dpi)
    day = draft.issued_on or draft.date or today or dt.date.today()
    page = Pages(session).draft(result.item.dossier, result.stars or 0, day, end_of(day))
    return _picture(session, replace(page, number="", decision_number=draft.number, decision_date=draft.date,
                                     authority=draft.authority,
                                     mark=_("CHƯA CẤP") if draft.complete else _("BẢN NHÁP")), dpi)


def picture_of_certificate(session: Session, certificate_id: int, dpi: float) -> Picture:
    """The page of a certificate in the register; one without a decision or a revoked one is marked.

    Raises:
        UserError: no such certificate, or a page that cannot be printed; says why.
    """
    certificate = next(rows.certificates(session, [certificate_id]), None)
    if certificate is None:
        raise UserError("Không tìm thấy giấy chứng nhận này; hãy mở lại sổ.")
    page = Pages(session).of(certificate)
    if certificate.revoked_on is not None:
        page = replace(page, mark=_("ĐÃ THU HỒI"))
    elif not (page.number and page.decision_number):
        page = replace(page, mark=_("BẢN NHÁP"))
    return _picture(session, page, dpi, for_looking(session))


def trial_page(session: Session, path: Path | str | None = None, today: dt.date | None = None) -> bytes:
    """A page to try the printer with: the office's heads, an example product, a mark across; also written to ``path``."""
    from ocop_desktop.papers.certificate import render

    pdf, _problems = render([_example(session, today or dt.date.today())], designs=designs(session))
    if path is not None:
        write_whole({Path(path): pdf})
    return pdf


def ruler_page() -> bytes:
    """The page a printer is aligned with."""
    from ocop_desktop.papers.ruler_page import render_ruler

    return render_ruler()


def _example(session: Session, day: dt.date) -> Page:
    from ocop_desktop.actions.certificate_papers import body_lines
    from ocop_desktop.papers.certificate import Certificate as Page

    office = read_office(session)
    return Page(
        number="", product=_("Tên sản phẩm"), producer=_("Tên chủ thể"), stars=4, decision_number="", decision_date=None,
        issued_on=day, valid_until=end_of(day), code="00-00000-00-0000", set_name=_("tên bộ sản phẩm"),
        address=_("Địa chỉ của chủ thể"), authority="", body=body_lines(office.body), place=office.place,
        signatory=office.signatory_title, signatory_name=office.signatory_name, mark=_("TRANG IN THỬ"))


def _picture(session: Session, page: Page, dpi: float, sign: Sign | None = None) -> Picture:
    from ocop_desktop.papers.certificate import render
    from ocop_desktop.papers.preview import pictures

    pdf, problems = render([page], sign=sign, designs=designs(session))
    if problems:
        raise UserError(problems[0].message, **problems[0].values)
    return next(pictures(pdf, dpi))
