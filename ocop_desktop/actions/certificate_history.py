"""A product's recognitions in order, and what runs on the latest of them: windows, extension, conclusion, inspections."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ocop_desktop.actions.inspections import InspectionLine, inspections
from ocop_desktop.data import certificate_fate as rows
from ocop_desktop.data import office_papers as numbers
from ocop_desktop.errors import UserError
from ocop_desktop.rules.certificate_life import State, latest_extension, state_on
from ocop_desktop.rules.deadlines import renewal_window, revocation_due

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session
    from ocop_desktop.data.tables import Certificate

Turn = Literal["first", "upgrade", "again", "reissue"]


@dataclass(frozen=True)
class Recognised:
    """One recognition. ``turn``: the first, one with more stars than the one before it, another, or the same one
    on a new paper.

    Args:
        state: on the day asked for; extended_until, revoked_on: None where it never came to that.
    """

    id: int
    dossier_id: int
    number: str
    turn: Turn
    stars: int
    issued_on: dt.date
    expires_on: dt.date
    decision: str
    state: State
    extended_until: dt.date | None
    extended_why: str
    revoked_on: dt.date | None
    revoked_why: str
    revoked_by: str


@dataclass(frozen=True)
class Conclusion:
    """An authority's conclusion against a certificate; it is to be revoked by ``due``, ``days_left`` from the day asked for.

    Args:
        number, dated: taken from the register for the draft of the decision; empty while none is.
    """

    ground: str
    paper: str
    on: dt.date
    due: dt.date
    days_left: int
    number: str = ""
    dated: dt.date | None = None


@dataclass(frozen=True)
class CertificateHistory:
    """A product over the years, as it stands on a day.

    Args:
        recognitions: the earliest first; there is at least one.
        opens, closes: days to file the re-evaluation of the latest one; extended_to: the last day it can be extended to.
        running: the dossier that is under way, or None.
        conclusion: against the latest one, while it is not revoked.
    """

    product_id: int
    product: str
    producer: str
    commune: str
    phone: str
    recognitions: tuple[Recognised, ...]
    opens: dt.date
    closes: dt.date
    extended_to: dt.date
    running: int | None
    conclusion: Conclusion | None
    inspections: tuple[InspectionLine, ...]

    @property
    def latest(self) -> Recognised:
        """The recognition the product stands by."""
        return self.recognitions[-1]


def history(session: Session, certificate_id: int, today: dt.date) -> CertificateHistory:
    """The product of a certificate over the years (Articles 4, 8, 9, 12 of Decision 26/2026/QĐ-TTg).

    Args:
        today: the day states and days left are told for.

    Raises:
        UserError: the certificate is gone.
    """
    asked = rows.get(session, certificate_id)
    if asked is None:
        raise UserError("Không tìm thấy giấy chứng nhận này; hãy mở lại sổ.")
    product, producer = asked.dossier.product, asked.dossier.product.producer
    every = rows.of_product(session, product.id)
    stars = [0, *(one.stars for one in every)]
    recognitions = tuple(_recognised(one, before, today) for one, before in zip(every, stars, strict=False))
    latest = every[-1]
    running = rows.open_dossier_of(session, product.id)
    return CertificateHistory(
        product.id, product.name, producer.name, f"{producer.commune.kind} {producer.commune.name}" if producer.commune else "",
        producer.phone, recognitions, *renewal_window(latest.expires_on), latest_extension(latest.expires_on),
        running.id if running else None, _conclusion(session, latest, today), inspections(session, today, product.id))


def _recognised(one: Certificate, before: int, today: dt.date) -> Recognised:
    turn: Turn = ("reissue" if one.replaces_id else "first" if not before else "upgrade" if one.stars > before else "again")
    return Recognised(one.id, one.dossier_id, one.number or "", turn, one.stars, one.issued_on, one.expires_on,
                      one.decision.number if one.decision else "",
                      state_on(today, one.expires_on, one.revoked_on, one.extended_until), one.extended_until, one.extended_why,
                      one.revoked_on, one.revoked_why, one.revoked_by)


def _conclusion(session: Session, one: Certificate, today: dt.date) -> Conclusion | None:
    if one.concluded_on is None or one.revoked_on is not None:
        return None
    due = revocation_due(one.concluded_on)
    record = f"certificate:{one.id}"
    taken = numbers.of_records(session, "revocation", [record]).get(record)
    return Conclusion(one.revoked_ground, one.conclusion, one.concluded_on, due, (due - today).days,
                      taken.text if taken else "", taken.dated if taken else None)
