"""Where every product stands on a day, counted for charts, and the products behind a bar; quick over 100,000 of them.

As in ``programme`` a product stands by the latest of its recognitions issued until the day.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ocop_desktop.rules.certificate_life import RENEWAL_CLOSES, RENEWAL_OPENS

if TYPE_CHECKING:
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
# Most products of twenty years have expired; only the others are looked at for every chart.
_COUNTS = f"""
    WITH {_NOW},
    living AS MATERIALIZED (
        SELECT now.stars, state, set_no, expires_on, kind, commune_id FROM now JOIN producer ON producer.id = producer_id
        WHERE state != 'expired')
    SELECT 'state', state, stars, count(*) FROM living GROUP BY state, stars
    UNION ALL SELECT 'state', 'expired', 0, count(*) FROM now WHERE state = 'expired'
    UNION ALL SELECT 'set', set_no, stars, count(*) FROM living WHERE {_FORCE} GROUP BY set_no, stars
    UNION ALL SELECT 'month', substr(expires_on, 1, 7), stars, count(*) FROM living
        WHERE state IN ('valid', 'due', 'late') AND expires_on <= :ahead GROUP BY substr(expires_on, 1, 7), stars
    UNION ALL SELECT 'kind', kind, stars, count(*) FROM living WHERE {_FORCE} GROUP BY kind, stars
    UNION ALL SELECT 'commune', commune_id, stars, count(*) FROM living WHERE {_FORCE} GROUP BY commune_id, stars"""
_YEARS = """
    SELECT CAST(substr(issued_on, 1, 4) AS INTEGER) AS year, certificate.stars, count(DISTINCT product_id)
    FROM dossier INDEXED BY ix_dossier_product_id
    CROSS JOIN certificate INDEXED BY ix_certificate_dossier_id ON certificate.dossier_id = dossier.id
    WHERE +issued_on BETWEEN :first AND :day AND certificate.stars >= 3 GROUP BY year, certificate.stars"""
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


def counts(reading: Reading, day: dt.date, ahead: dt.date) -> list[tuple[str, Any, int, int]]:
    """Products by (chart, key, stars): "state" (expired ones with 0 stars); in force by "set", "kind", "commune" (id); ending by
    "month" until ``ahead``."""
    return list(reading.execute(_COUNTS, {**_values(day), "ahead": ahead.isoformat()}))


def years(reading: Reading, first: dt.date, day: dt.date) -> list[tuple[int, int, int]]:
    """Products recognised by (year, stars) from ``first`` until the day."""
    return list(reading.execute(_YEARS, {"first": first.isoformat(), "day": day.isoformat()}))


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
