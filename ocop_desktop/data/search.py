"""Instant, accent-blind search of dossiers: a folded text per dossier under a trigram index.

``dossier.search`` holds product, producer, commune names and code, folded; triggers keep its index ``dossier_search``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, column, func, select, table, text, true

from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import Dossier, Product
from ocop_desktop.rules.names import fold

MOST_WORDS = 12  # of what is typed; more add nothing a person could mean
TRIGRAM = 3  # letters the index begins to help at
LONGEST = 60  # letters of one word given to the index; the rest is compared

_INDEX = table("dossier_search", column("rowid"))


def query_words(query_text: str) -> tuple[str, ...]:
    """The folded words of a query, each once, the longest first; without what no search text can hold."""
    printable = "".join(c if c.isprintable() else " " for c in query_text[:2000])
    words = dict.fromkeys(fold(printable).split())
    return tuple(sorted(words, key=len, reverse=True)[:MOST_WORDS])


def matching(query_text: str) -> ColumnElement[bool]:
    """Condition on ``Dossier``: every word of ``query_text`` occurs in its search text, accents and case aside. Any text is safe.

    Empty text matches all. The twelve longest words of the first 2,000 letters count.
    """
    words = query_words(query_text)
    indexed = [w for w in words if len(w) >= TRIGRAM]
    compared = [w for w in words if len(w) < TRIGRAM or len(w) > LONGEST]
    conditions = [func.instr(Dossier.search, w) > 0 for w in compared]
    if indexed:
        expression = " AND ".join('"' + w[:LONGEST].replace('"', '""') + '"' for w in indexed)
        hits = select(_INDEX.c.rowid).where(text("dossier_search MATCH :words").bindparams(words=expression))
        conditions.insert(0, Dossier.id.in_(hits))
    return and_(true(), *conditions)


_REFRESH = """
    UPDATE dossier SET search = (
        SELECT fold(product.name || ' ' || producer.name || ' ' || coalesce(
            (SELECT group_concat(every.kind || ' ' || every.name, ' ') FROM commune AS here
             JOIN commune AS every ON every.code = here.code WHERE here.id = producer.commune_id), '') || ' ' || coalesce(dossier.code, ''))
        FROM product JOIN producer ON producer.id = product.producer_id WHERE product.id = dossier.product_id)
"""


def refresh_search(session: Session, dossier_ids: Iterable[int] | None = None) -> None:
    """Write the search text of these dossiers (None: of all) from product, producer, commune (every name its code had) and code.

    Call it after anything of that changed, inside the same transaction; 10,000 dossiers in one statement.
    """
    session.flush()
    if dossier_ids is None:
        session.execute(text(_REFRESH))
    else:
        chosen = json.dumps(list(dossier_ids))
        session.execute(text(_REFRESH + " WHERE id IN (SELECT value FROM json_each(:chosen))"), {"chosen": chosen})
    for row in session.identity_map.values():
        if isinstance(row, Dossier):
            session.expire(row, ["search"])


def dossiers_of(session: Session, producer_id: int) -> list[int]:
    """Numbers of a producer's dossiers, for ``refresh_search`` after its name or commune changed."""
    query = select(Dossier.id).join(Product, Product.id == Dossier.product_id).where(Product.producer_id == producer_id)
    return list(session.scalars(query))
