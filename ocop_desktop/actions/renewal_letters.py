"""Letters to communes about certificates that fall due for re-evaluation (Article 8 of Decision 26/2026/QĐ-TTg)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING

from ocop_desktop.actions.office import read_office
from ocop_desktop.data import certificate_fate as rows
from ocop_desktop.rules.certificate_life import RENEWAL_OPENS, state_on
from ocop_desktop.rules.deadlines import renewal_window

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session
    from ocop_desktop.papers.renewal_letter import RenewalLetter

UNKNOWN = "(chưa rõ xã)"


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
