"""The certificate of a product with 3 stars or more: A4 landscape, one page each, any number in one file.

The law gives no form; the layout follows the habits of Decree 30/2020/NĐ-CP (national name, motto, place and date,
signature block). A certificate is Vietnamese in every language of the window.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from ocop_desktop.errors import Place, Problem, UserError
from ocop_desktop.papers import certificate_background as page
from ocop_desktop.papers import certificate_layout as layouts
from ocop_desktop.papers import fonts, typeset
from ocop_desktop.papers.certificate_background import HEIGHT, MIDDLE, WIDTH
from ocop_desktop.papers.certificate_layout import Draw, Layout
from ocop_desktop.papers.fonts import BOLD, SERIF
from ocop_desktop.papers.state_paper import long_date, short_date
from ocop_desktop.papers.typeset import Run
from ocop_desktop.rules.certificate_code import CertificateCode
from ocop_desktop.rules.certificate_design import Design
from ocop_desktop.rules.certificate_design_default import DEFAULT
from ocop_desktop.text import N_

TITLE = N_("Giấy chứng nhận sản phẩm OCOP")
COPY = "BẢN SAO"
PALE = (0.87, 0.92, 0.89)
CHECK, UNSIGNED = ("Kiểm tra thật giả không cần mạng:\nquét mã bằng OCOP Desktop",
                   "Mã chưa có chữ ký số,\nkhông chứng minh giấy là thật")
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
        form: "original", "reissue" (takes the place of another certificate) or "copy", which says so whatever its design.
        note: words about the form ("Cấp lại, thay giấy số …").
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
    form: str = "original"
    note: str = ""


@dataclass(frozen=True)
class Designs:
    """An office's layouts by template ("general", "stars3", "reissue" …), and pictures by digest."""

    by_template: Mapping[str, Design] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    def template_of(self, certificate: Certificate) -> str:
        """The template a certificate is drawn with: that of its form, of its stars, else the general one."""
        wanted = (certificate.form, f"stars{certificate.stars}")
        return next((name for name in wanted if name in self.by_template), "general")

    def design(self, template: str) -> Design:
        """The design of a template."""
        return self.by_template.get(template, DEFAULT)


def render(certificates: Iterable[Certificate], progress: Callable[[int], None] | None = None, invariant: bool = False,
           sign: Sign | None = None, designs: Designs | None = None) -> tuple[bytes, tuple[Problem, ...]]:
    """Draw certificates into one PDF.

    Args:
        certificates: one page each; a bad one is left out and reported.
        progress: called with the number done after each; what it raises ends the work.
        invariant: leave the moment of making out, so that the same input gives the same bytes.
        sign: gives the signed text of a certificate's QR code; without it the code says that it proves nothing.
        designs: the office's layouts; without them the one a new office starts from.


    Returns:
        The file (empty when no certificate is good) and a problem for each one left out, with its place in the batch as row.
    """
    file, problems = io.BytesIO(), []
    sheet = _Sheet(file, invariant, sign, designs or Designs())
    for row, raw in enumerate(certificates, start=1):
        certificate = _cleaned(raw)
        problem = next(_faults(certificate, row, sheet.layout(certificate).sans), None) or sheet.add(certificate, row)
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


def _faults(certificate: Certificate, row: int, sans: bool) -> Iterator[Problem]:
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
    lacking = fonts.missing("".join(_texts(certificate)), sans)
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


def values_of(certificate: Certificate, signed: bool) -> dict[str, str]:
    """What stands in the places of a design's words; ``signed``: whether the code proves anything."""
    day, decided = long_date(certificate.issued_on), certificate.decision_date
    note = " · ".join(filter(None, (COPY if certificate.form == "copy" else "", certificate.note)))
    return {
        "cơ quan cấp": "\n".join(certificate.body), "số giấy": certificate.number or "……", "sản phẩm": certificate.product,
        "mã số": certificate.code, "bộ sản phẩm": certificate.set_name, "chủ thể": certificate.producer,
        "địa chỉ": certificate.address, "hạng sao": str(certificate.stars), "cơ quan quyết định": certificate.authority,
        "số quyết định": certificate.decision_number or "………",
        "ngày quyết định": long_date(decided) if decided else "ngày … tháng … năm ……", "địa danh": certificate.place,
        "ngày cấp": day if certificate.place else day[0].upper() + day[1:],
        "có giá trị đến": short_date(certificate.valid_until), "chức vụ": "\n".join(certificate.signatory),
        "người ký": certificate.signatory_name, "ghi chú": note,
        "cách kiểm tra": CHECK if signed or certificate.mark else UNSIGNED}


def _shared(certificate: Certificate) -> tuple[object, ...]:
    """What the words shared by many pages depend on."""
    c = certificate
    return (c.body, c.stars, c.decision_number, c.decision_date, c.authority, c.place, c.issued_on, c.valid_until, c.signatory,
            c.signatory_name, bool(c.mark))


class _Sheet:
    """The file being drawn. What repeats (background; office, decision, signature) is drawn once and then only named."""

    def __init__(self, file: io.BytesIO, invariant: bool, sign: Sign | None, designs: Designs) -> None:
        fonts.faces()
        self._sign = sign
        self.canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), initialFontName=SERIF, lang="vi", invariant=invariant,
                             pageCompression=1)
        self.canvas.setTitle(TITLE)
        self.canvas.setCreator("OCOP Desktop")
        self.pages = 0
        self._designs = designs
        self._layouts: dict[tuple[str, bool], Layout] = {}
        self._stamps: dict[object, str | None] = {}

    def layout(self, certificate: Certificate) -> Layout:
        """The layout of a certificate's template; that of a copy says that it is one."""
        key = self._designs.template_of(certificate), certificate.form == "copy"
        if key not in self._layouts:
            design = self._designs.design(key[0])
            self._layouts[key] = layouts.layout_of(layouts.with_note(design) if key[1] else design)
        return self._layouts[key]

    def add(self, certificate: Certificate, row: int) -> Problem | None:
        """Draw one page; a problem when it does not fit."""
        layout, values = self.layout(certificate), values_of(certificate, self._sign is not None)
        drawn = self._drawings(layout, certificate, values)
        if None in drawn:
            message = N_("“{name}” có tên hoặc địa chỉ quá dài, không vừa một trang; hãy rút gọn trong hồ sơ.")
            return Problem(message, {"name": _short(certificate.product)}, Place(row=row), certificate.number, kind="too_long")
        try:
            code = code_of(certificate, self._sign)
        except UserError as error:
            return Problem(error.message, error.values, Place(row=row), certificate.number, kind="too_long")
        if not self.pages:
            self.canvas.setAuthor(" ".join(certificate.body))
            self.canvas.setSubject(f"{certificate.number} - {certificate.product}")
        self.canvas.doForm(self._ground(layout, certificate.mark))
        for draw in filter(None, drawn):
            draw(self.canvas)
        for one in layout.codes:
            layouts.draw_code(self.canvas, one, code)
        self.canvas.showPage()
        self.pages += 1
        return None

    def _drawings(self, layout: Layout, certificate: Certificate, values: dict[str, str]) -> list[Draw | None]:
        """What draws a page's words, in their order; None among them where some do not fit."""
        drawn: list[Draw | None] = []
        shared = _shared(certificate)
        for number, (common, fields) in enumerate(layout.parts):
            if not common:
                drawn += (layouts.drawing(one, certificate, values) for one in fields)
                continue
            key = (id(layout), number, shared)
            if key not in self._stamps:
                self._stamp(key, [layouts.drawing(one, certificate, values) for one in fields])
            name = self._stamps[key]
            drawn.append(partial(_show, name=name) if name else None)
        return drawn

    def _ground(self, layout: Layout, mark: str) -> str | None:
        """What lies under the words: background, a mark over it, white for the codes over both."""
        key, design = (id(layout), mark), layout.design
        if key not in self._stamps:
            picture = self._designs.pictures.get(design.picture, b"")
            marks = [lambda canvas: _draw_mark(canvas, mark)] if mark else []
            grounds = map(layouts.white_ground, layout.codes)
            self._stamp(key, [lambda canvas: page.draw(canvas, design, picture), *marks, *grounds])
        return self._stamps[key]

    def _stamp(self, key: object, draws: Iterable[Draw | None]) -> None:
        """Keep a drawing under ``key``: once in the file, by name on its pages; None where a part of it does not fit."""
        every = list(draws)
        name = self._stamps[key] = None if None in every else f"stamp{len(self._stamps)}"
        if name is not None:
            self.canvas.beginForm(name)
            for draw in filter(None, every):
                draw(self.canvas)
            self.canvas.endForm()


def _show(canvas: Any, name: str) -> None:
    """Put a drawing kept in the file on the page."""
    canvas.doForm(name)


def _draw_mark(canvas: Any, words: str) -> None:
    """Pale words across the page, drawn before all others."""
    canvas.saveState()
    canvas.translate(MIDDLE, HEIGHT / 2)
    canvas.rotate(28)
    typeset.draw(canvas, (Run(words, BOLD, 92, PALE),), 0, -30, spacing=6)
    canvas.restoreState()
