"""From a certificate in the file to the page that is printed: office, names, address, decision, number."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ocop_desktop.actions import rulebooks, signatories
from ocop_desktop.actions.office import Office, proposed_office, read_office
from ocop_desktop.data import certificates as rows
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import Certificate, Dossier
from ocop_desktop.rules import certificate_number
from ocop_desktop.rules.names import fold
from ocop_desktop.rules.signatories import who_signs

if TYPE_CHECKING:
    from ocop_desktop.papers.certificate import Certificate as Page
    from ocop_desktop.rules.criteria import SetHead

MINISTRY = "Bộ Nông nghiệp và Môi trường"  # decides on 5 stars (Article 4 of Decision 26/2026/QĐ-TTg)
COMMITTEE = "Ủy ban nhân dân "


def number_them(session: Session, certificates: Iterable[Certificate], office: Office | None = None) -> int:
    """Give every certificate without a number the next one of its year of issue, in the order given; how many."""
    pattern = office or read_office(session)
    last: dict[int, int] = {}
    count = 0
    for certificate in certificates:
        if certificate.number:
            continue
        year = certificate.issued_on.year
        if year not in last:
            last[year] = last_number(session, pattern, year)
        last[year] += 1
        certificate.number = pattern.certificate_number(last[year], year)
        count += 1
    session.flush()
    return count


def last_number(session: Session, office: Office, year: int) -> int:
    """The running number given last in ``year``."""
    pattern = office.certificate_number_pattern
    return certificate_number.highest(pattern, year, rows.numbers_like(session, certificate_number.like(pattern, year)))


class Pages:
    """Makes printed pages; reads the office once.

    Where the office was never filled in, what an office of the producer's province says of itself stands in.
    """

    def __init__(self, session: Session, copy: bool = False) -> None:
        self._session, self._copy = session, copy
        self._office, self._people = read_office(session), signatories.listed(session)
        self._proposed: dict[str, Office] = {}

    def of(self, certificate: Certificate) -> Page:
        """The page of a certificate, in the words of the file."""
        decision = certificate.decision
        page = self.draft(certificate.dossier, certificate.stars, certificate.reissued_on or certificate.issued_on,
                          certificate.expires_on)
        page = replace(page, **(certificate.wording or {}))  # a reprint says what was issued, whatever the dossier says now
        if certificate.replaces is not None:
            page = replace(page, form="reissue", note=f"Cấp lại, thay giấy số {certificate.replaces.number}")
        page = replace(page, number=certificate.number or "", decision_number=decision.number if decision else "",
                       decision_date=decision.date if decision else None, authority=decision.authority if decision else "")
        page = replace(page, form="copy") if self._copy else page
        return _of_ministry(page) if certificate.stars == 5 else page

    def of_all(self, certificates: Iterable[Certificate]) -> Iterator[Page]:
        """The pages of certificates."""
        return map(self.of, certificates)

    def draft(self, dossier: Dossier, stars: int, issued_on: dt.date, valid_until: dt.date) -> Page:
        """A page without number and decision."""
        from ocop_desktop.papers.certificate import Certificate as Page

        product, producer = dossier.product, dossier.product.producer
        office = self._office_of(dossier)
        lines, name = self._signs(office, issued_on)
        return Page(
            number="", product=product.name, producer=producer.name, stars=stars, decision_number="", decision_date=None,
            issued_on=issued_on, valid_until=valid_until, code=dossier.code or "",
            set_name=set_name(dossier.rulebook, product.set_no), address=address_of(dossier),
            body=body_lines(office.body), place=office.place, signatory=lines, signatory_name=name)

    def _signs(self, office: Office, day: dt.date) -> tuple[tuple[str, ...], str]:
        """Lines and name of who signs on the day of issue; a dotted line where the office keeps times and nobody signs then."""
        if not any(p.issuer == "committee" for p in self._people):
            return office.signatory_title, office.signatory_name
        found = who_signs(self._people, "committee", day)
        return (found.lines, found.name) if found else (office.signatory_title, "." * 24)

    def _office_of(self, dossier: Dossier) -> Office:
        commune = dossier.product.producer.commune
        if self._office.body or commune is None:
            return self._office
        code = commune.province_code
        if code not in self._proposed:
            self._proposed[code] = replace(proposed_office(self._session, code), signatory_name=self._office.signatory_name)
        return self._proposed[code]


def wording_of(dossier: Dossier) -> dict[str, str]:
    """The names a certificate issued now says, to be kept with it."""
    return {"product": dossier.product.name, "producer": dossier.product.producer.name, "address": address_of(dossier)}


def body_lines(body: str) -> tuple[str, ...]:
    """The issuing body as it stands at the head of a paper: "ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN"."""
    if body.startswith(COMMITTEE):
        return (COMMITTEE.strip().upper(), body.removeprefix(COMMITTEE).upper())
    return (body.upper(),) if body else ()


def set_name(rulebook: str, number: int | None) -> str:
    """The product set's Vietnamese name, or nothing."""
    head = set_head(rulebook, number)
    return head.name.vi if head else ""


def set_head(rulebook: str, number: int | None) -> SetHead | None:
    """The product set's names, or None; earlier years' products are named as in the rulebook in force."""
    known = {book.id for book in rulebooks.all_rulebooks() if book.heads}
    book = rulebooks.rulebook(rulebook) if rulebook in known else rulebooks.current()
    return book.head.get(number or 0)


def address_of(dossier: Dossier) -> str:
    """The producer's address with commune and province, each once."""
    producer = dossier.product.producer
    commune, said = producer.commune, fold(producer.address)
    parts = [producer.address.strip(" ,.;")]
    if commune is not None:
        if not _says(said, commune.name):
            parts.append(f"{commune.kind.lower()} {commune.name}")
        bare = commune.province.removeprefix("Tỉnh ").removeprefix("Thành phố ")
        if not _says(said, bare):
            parts.append(commune.province[0].lower() + commune.province[1:])
    line = ", ".join(part for part in parts if part)
    return line[:1].upper() + line[1:]


def _says(folded: str, name: str) -> bool:
    """Whether an address names a place, as whole words."""
    return re.search(rf"\b{re.escape(fold(name))}\b", folded) is not None


def _of_ministry(page: Page) -> Page:
    """A certificate of 5 stars is the Ministry's; its minister's name is not known here."""
    body = page.authority if page.authority.startswith("Bộ ") and not page.authority.startswith("Bộ trưởng") else MINISTRY
    return replace(page, body=(body.upper(),), place="Hà Nội", signatory=("BỘ TRƯỞNG",), signatory_name="")
