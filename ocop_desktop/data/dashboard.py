"""Where every product stands on a day, counted for charts (``recognitions``), and the products behind a bar (plain SQL).

As in ``programme`` a product stands by the latest of its recognitions issued until the day.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ocop_desktop.data import recognitions
from ocop_desktop.data.engine import reading_of
from ocop_desktop.rules.certificate_life import RENEWAL_CLOSES, RENEWAL_OPENS

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session
    from ocop_desktop.data.file import Reading

AT_MOST = 2000  # products a list shows

# The same lines as rules.certificate_life.state_on.
_STATE = """
    CASE WHEN revoked_on <= :day THEN 'revoked'
         WHEN expires_on < :day THEN CASE WHEN extended_until >= :day THEN 'extended' ELSE 'expired' END
         WHEN expires_on < :late THEN 'late' WHEN expires_on <= :due THEN 'due' ELSE 'valid' END"""
# One walk along the index of dossiers by product keeps the latest: quicker than sorting all recognitions in a window.
_NOW = f"""
    now AS MATERIALIZED (
        SELECT product_id, dossier_id, stars, expires_on, set_no, producer_id, {_STATE} AS state FROM (
            SELECT dossier.product_id AS product_id, dossier.id AS dossier_id, certificate.stars AS stars,
                   certificate.expires_on AS expires_on, certificate.revoked_on AS revoked_on,
                   certificate.extended_until AS extended_until, product.set_no AS set_no, product.producer_id AS producer_id,
                   max(certificate.issued_on || printf('%012d', certificate.id)) AS latest
            FROM dossier INDEXED BY ix_dossier_product_id
            CROSS JOIN certificate INDEXED BY ix_certificate_dossier_id ON certificate.dossier_id = dossier.id
            CROSS JOIN product ON product.id = dossier.product_id
            WHERE +certificate.issued_on <= :day AND certificate.stars >= 3 GROUP BY dossier.product_id))"""
_FORCE = "state IN ('valid', 'due', 'late', 'extended')"
_NARROW = {  # what a bar stands for -> condition
    "state": "state = :state", "in_force": f"{_FORCE} AND :in_force", "renewal": "state IN ('due', 'late') AND :renewal",
    "stars": "now.stars = :stars", "set": "coalesce(now.set_no, 0) = :set", "kind": "producer.kind = :kind",
    "sets": "coalesce(now.set_no, 0) IN (SELECT value FROM json_each(:sets))",
    "commune": "coalesce(producer.commune_id, 0) = :commune",
    "month": "state IN ('valid', 'due', 'late') AND substr(now.expires_on, 1, 7) = :month",
    "year": """now.product_id IN (SELECT dossier.product_id FROM certificate JOIN dossier ON dossier.id = certificate.dossier_id
        WHERE substr(issued_on, 1, 4) = :year AND issued_on <= :day AND certificate.stars >= 3)""",
}


@dataclass(frozen=True)
class Standing:
    """A product as it stands on a day, by its latest recognition."""

    dossier_id: int
    product: str
    producer: str
    commune: str
    phone: str
    stars: int
    expires_on: dt.date
    state: str


def _values(day: dt.date) -> dict[str, Any]:
    def after(days: int) -> str:
        return (day + dt.timedelta(days=days)).isoformat()

    return {"day": day.isoformat(), "late": after(RENEWAL_CLOSES), "due": after(RENEWAL_OPENS)}


def counts(session: Session, day: dt.date, ahead: dt.date) -> dict[str, Mapping[Any, int]]:
    """Products in force by (key, stars): by "state", "set", "kind", "commune" (id); ending by "month" until ``ahead``."""
    on, until, (late, due) = day.isoformat(), ahead.isoformat(), recognitions.lines(day)
    known = recognitions.of(session)
    living = known.in_force(on)
    facts, stars = known.facts(reading_of(session), living), [one[recognitions.STARS] for one in living]
    ending = [(one[recognitions.EXPIRES][:7], one[recognitions.STARS]) for one in living
              if on <= one[recognitions.EXPIRES] <= until]
    states = [recognitions.state(one, on, late, due) for one in living]
    return {"state": Counter(zip(states, stars, strict=True)), "month": Counter(ending),
            "set": Counter(zip([its.set_no for its in facts], stars, strict=True)),
            "kind": Counter(zip([its.kind for its in facts], stars, strict=True)),
            "commune": Counter(zip([its.commune for its in facts], stars, strict=True))}


def recognised(session: Session, first: dt.date, day: dt.date) -> tuple[int, int, dict[tuple[int, int], int]]:
    """Products recognised until a day, those of them whose recognition is revoked on it, and, from ``first`` on, the first day of
    a year, those recognised by (year, stars)."""
    known = recognitions.of(session)
    ever, years = known.recognised(day.isoformat())
    by_year = {(int(year), stars): count for (year, stars), count in years.items() if int(year) >= first.year and count}
    return ever, known.gone(day.isoformat()), by_year


def commune_names(reading: Reading) -> dict[int, str]:
    """Names of the communes that have producers."""
    return dict(reading.execute("SELECT id, kind || ' ' || name FROM commune"
                                " WHERE id IN (SELECT commune_id FROM producer)"))


def behind(reading: Reading, day: dt.date, narrowed: Mapping[str, Any]) -> tuple[int, tuple[Standing, ...]]:
    """The products a bar counts: how many, and the first of them by name.

    Args:
        narrowed: keys of ``_NARROW`` with their values; all have to hold.
    """
    held = " AND ".join(_NARROW[key] for key in narrowed) or "1"
    source = f"""FROM now JOIN product ON product.id = now.product_id JOIN producer ON producer.id = now.producer_id
                 LEFT JOIN commune ON commune.id = producer.commune_id WHERE {held}"""
    values = {**_values(day), **{key: json.dumps(value) if key == "sets" else value for key, value in narrowed.items()}}
    count = reading.execute(f"WITH {_NOW} SELECT count(*) {source}", values).fetchone()[0]
    rows = reading.execute(f"""
        WITH {_NOW} SELECT now.dossier_id, product.name, producer.name, coalesce(commune.kind || ' ' || commune.name, ''),
        producer.phone, now.stars, now.expires_on, now.state {source}
        ORDER BY product.folded, product.id LIMIT {AT_MOST}""", values)
    return count, tuple(Standing(dossier, product, producer, commune, phone, stars, dt.date.fromisoformat(ends), state)
                        for dossier, product, producer, commune, phone, stars, ends, state in rows)
