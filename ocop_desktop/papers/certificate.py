"""The certificate of a product with 3 stars or more: A4 landscape, one page each, any number in one file.

The law gives no form; the layout follows the habits of Decree 30/2020/NĐ-CP (national name, motto, place and date,
signature block). A certificate is Vietnamese in every language of the window.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from ocop_desktop.errors import Place, Problem, UserError
from ocop_desktop.papers import certificate_background as page
from ocop_desktop.papers import certificate_body, fonts, qr, stars
from ocop_desktop.papers import certificate_foot as foot
from ocop_desktop.papers.certificate_background import HEIGHT, MIDDLE, WIDTH
from ocop_desktop.papers.fonts import SERIF
from ocop_desktop.rules.certificate_code import CertificateCode
from ocop_desktop.text import N_

TITLE = N_("Giấy chứng nhận sản phẩm OCOP")
Sign = Callable[[CertificateCode], str]


@dataclass(frozen=True)
class Certificate:
    """What stands on one certificate.

    Args:
        number: the certificate's number; body: lines of the issuing body, as printed.
        product, producer: names; code, set_name, address: may be empty, then their line is left out.
        stars: 3, 4 or 5.
        decision_number, decision_date, authority: the recognition decision and who made it.
        place: place of issue before the date; signatory: lines above the seal; signatory_name: below it.
        valid_until: last day of validity.
        mark: pale words across a page that is no certificate (test page, draft). Number and decision may be missing then,
            and its code says nothing.
    """

    number: str
    product: str
    producer: str
    stars: int
    decision_number: str
    decision_date: dt.date | None
    issued_on: dt.date
    valid_until: dt.date
    code: str = ""
    set_name: str = ""
    address: str = ""
    authority: str = ""
    body: tuple[str, ...] = ()
    place: str = ""
    signatory: tuple[str, ...] = ()
    signatory_name: str = ""
    mark: str = ""


def render(certificates: Iterable[Certificate], progress: Callable[[int], None] | None = None,
           invariant: bool = False, sign: Sign | None = None) -> tuple[bytes, tuple[Problem, ...]]:
    """Draw certificates into one PDF.

    Args:
        certificates: one page each; a bad one is left out and reported.
        progress: called with the number done after each; what it raises ends the work.
        invariant: leave the moment of making out, so that the same input gives the same bytes.
        sign: gives the signed text of a certificate's QR code; without it the code says that it proves nothing.

    Returns:
        The file (empty when no certificate is good) and a problem for each one left out, with its place in the batch as row.
    """
    file, problems = io.BytesIO(), []
    sheet = _Sheet(file, invariant, sign)
    for row, raw in enumerate(certificates, start=1):
        certificate = _cleaned(raw)
        problem = next(_faults(certificate, row), None) or sheet.add(certificate, row)
        if problem:
            problems.append(problem)
        if progress:
            progress(row)
    if sheet.pages:
        sheet.canvas.save()
    return file.getvalue(), tuple(problems)


def _cleaned(certificate: Certificate) -> Certificate:
    changed: dict[str, Any] = {}
    for name, value in vars(certificate).items():
        if isinstance(value, str):
            changed[name] = fonts.clean(value)
        elif isinstance(value, tuple):
            changed[name] = tuple(filter(None, map(fonts.clean, value)))
    return replace(certificate, **changed)


def _faults(certificate: Certificate, row: int) -> Iterator[Problem]:
    """Why a certificate may not or cannot be printed."""
    name = _short(certificate.product or certificate.number or str(row))

    def fault(kind: str, message: str, **values: Any) -> Problem:
        return Problem(message, {"name": name, **values}, Place(row=row), certificate.number, kind=kind)

    if not certificate.product:
        yield fault("no_product", N_("Giấy chứng nhận {name} chưa có tên sản phẩm; hãy điền trong hồ sơ."))
    if not certificate.producer:
        yield fault("no_producer", N_("“{name}” chưa có tên chủ thể; hãy điền trong hồ sơ."))
    if not (certificate.mark or (certificate.decision_number and certificate.decision_date)):
        yield fault("no_decision", N_("“{name}” chưa có số và ngày quyết định công nhận; hãy nhập quyết định trước khi in."))
    if not (certificate.mark or certificate.number):
        yield fault("no_number", N_("“{name}” chưa có số giấy chứng nhận; hãy cấp số trước khi in."))
    if certificate.stars not in (3, 4, 5):
        yield fault("stars", N_("“{name}” đạt {stars} sao; chỉ sản phẩm từ 3 đến 5 sao mới có giấy chứng nhận."),
                    stars=certificate.stars)
    lacking = fonts.missing("".join(_texts(certificate)))
    if lacking:
        yield fault("characters", N_("“{name}” có ký tự không in được: {characters}; hãy sửa trong hồ sơ."),
                    characters=" ".join(lacking))


def _texts(certificate: Certificate) -> Iterator[str]:
    for value in vars(certificate).values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield from value


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"


def code_of(certificate: Certificate, sign: Sign | None = None) -> str:
    """The text of a certificate's QR code: signed, or plain words that say it proves nothing; a marked page's says the mark.

    Raises:
        UserError: names too long to be signed whole.
    """
    c = certificate
    if c.mark or c.decision_date is None:
        return f"OCOP: {c.mark or 'BẢN NHÁP'}"
    if sign is None:
        return (f"OCOP: mã chưa có chữ ký số, không chứng minh được giấy này là thật.\nSố {c.number}; {c.product}; {c.producer}; "
                f"{c.stars} sao; Quyết định {c.decision_number}; có giá trị đến {c.valid_until:%d/%m/%Y}")
    return sign(CertificateCode(c.number, c.code, c.product, c.producer, c.stars, c.decision_number, c.decision_date, c.issued_on,
                                c.valid_until))


class _Sheet:
    """The file being drawn. What repeats (background, heads, signature, decision) is drawn once and then only named."""

    def __init__(self, file: io.BytesIO, invariant: bool, sign: Sign | None) -> None:
        fonts.faces()
        self._sign = sign
        self.canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), initialFontName=SERIF, lang="vi", invariant=invariant,
                             pageCompression=1)
        self.canvas.setTitle(TITLE)
        self.canvas.setCreator("OCOP Desktop")
        self.pages = 0
        self._stamps: dict[object, str] = {}

    def add(self, certificate: Certificate, row: int) -> Problem | None:
        """Draw one page; a problem when it does not fit."""
        blocks = certificate_body.fitting(certificate)
        if blocks is None:
            message = N_("“{name}” có tên hoặc địa chỉ quá dài, không vừa một trang; hãy rút gọn trong hồ sơ.")
            return Problem(message, {"name": _short(certificate.product)}, Place(row=row), certificate.number, kind="too_long")
        try:
            code = code_of(certificate, self._sign)
        except UserError as error:
            return Problem(error.message, error.values, Place(row=row), certificate.number, kind="too_long")
        if not self.pages:
            self.canvas.setAuthor(" ".join(certificate.body))
            self.canvas.setSubject(f"{certificate.number} - {certificate.product}")
        self._stamp("background", page.draw)
        if certificate.mark:
            self._stamp(certificate.mark, lambda c: foot.draw_mark(c, certificate.mark))
        self._stamp(("head", certificate.body), lambda c: page.draw_body_name(c, certificate.body))
        page.draw_number(self.canvas, certificate.number, len(certificate.body))
        self._stamp(certificate.stars, lambda c: stars.draw(c, certificate.stars, MIDDLE, HEIGHT - 193, 17, 52))
        certificate_body.draw(self.canvas, blocks, self._stamp, certificate_body.bottom(certificate))
        signature = (certificate.place, certificate.issued_on, certificate.signatory, certificate.signatory_name)
        self._stamp(signature, lambda c: foot.draw_signature(c, certificate))
        signed = self._sign is not None or bool(certificate.mark)
        self._stamp((certificate.valid_until, signed), lambda c: foot.draw_validity(c, certificate.valid_until, signed))
        qr.draw(self.canvas, code, *foot.CODE)
        self.canvas.showPage()
        self.pages += 1
        return None

    def _stamp(self, key: object, draw: Callable[[Any], None], lift: float = 0) -> None:
        """Show what ``draw`` draws, ``lift`` points higher; drawn once per file under ``key``."""
        name = self._stamps.get(key)
        if name is None:
            name = self._stamps[key] = f"stamp{len(self._stamps)}"
            self.canvas.beginForm(name, lowery=-HEIGHT)  # lifted lines stand on the form's zero: their tails hang below
            draw(self.canvas)
            self.canvas.endForm()
        if lift:
            self.canvas.saveState()
            self.canvas.translate(0, lift)
        self.canvas.doForm(name)
        if lift:
            self.canvas.restoreState()
