"""What an import looks up, writes in bulk and takes back. Few statements, whatever the number of rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select, text, update

from ocop_desktop.data.dossiers import unplain
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import Certificate, Decision, Dossier, ImportBatch, Producer, Product
from ocop_desktop.data.tables_programme import Activity, Funding, HistoryScore, Inspection, Target

PRODUCER = ("id", "name", "folded", "kind", "tax_code", "registration_number", "founded", "representative", "position", "sex",
            "ethnicity", "commune_id", "address", "phone", "email", "note")
PRODUCT = ("id", "producer_id", "name", "folded", "set_no", "category", "description")
DOSSIER = ("id", "product_id", "code", "rulebook", "kind", "round", "status", "stars", "filed_on", "commune_received_on",
           "province_received_on", "samples", "note", "search")
DECISION = ("id", "number", "date", "authority", "session_id")
CERTIFICATE = (
    "id",
    "dossier_id",
    "result_id",
    "decision_id",
    "number",
    "stars",
    "issued_on",
    "expires_on",
    "revoked_on",
    "revoked_why",
    "revoked_ground",
    "conclusion",
    "revoked_by",
    "extended_why",
    "printed_at",
)
SLICE = "slice"  # layout of a batch that another office's file made
_TABLES: dict[str, Any] = {
    "producer": Producer,
    "product": Product,
    "dossier": Dossier,
    "decision": Decision,
    "certificate": Certificate,
    "activity": Activity,
    "funding": Funding,
    "history_score": HistoryScore,
    "inspection": Inspection,
    "target": Target,
}
_COLUMNS = {"producer": PRODUCER, "product": PRODUCT, "decision": DECISION, "certificate": CERTIFICATE}


class KnownProducer(NamedTuple):
    """A producer that is in the database."""

    id: int
    name: str
    folded: str
    kind: str
    tax_code: str
    commune_id: int | None
    address: str
    representative: str
    phone: str
    email: str


class KnownProduct(NamedTuple):
    """A product that is in the database."""

    id: int
    producer_id: int
    name: str
    folded: str
    set_no: int | None
    category: str


class KnownDossier(NamedTuple):
    """A dossier that is in the database, with its recognition where it has one."""

    id: int
    product_id: int
    code: str | None
    rulebook: str
    kind: str
    round: str
    status: str
    stars: int | None
    filed_on: Any
    samples: int | None
    note: str
    certificate_id: int | None
    issued_on: Any
    expires_on: Any
    certificate_stars: int | None
    decision_number: str | None
    decision_date: Any
    authority: str | None


@dataclass(frozen=True)
class Hindrance:
    """What stands in the way of taking a batch back: why (short name), how many, one example's name."""

    why: str
    count: int
    example: str


def stamp(session: Session) -> tuple[int, ...]:
    """Changes whenever anything was written; a preview made at another stamp must be made again."""
    raw = session.connection().connection.driver_connection
    return (int(raw.total_changes),) if raw is not None else ()


_PRODUCER_FACTS = ("id", "name", "folded", "kind", "tax_code", "commune_id", "address", "representative", "phone", "email")


def producers_near(session: Session, communes: Iterable[int], phones: Iterable[str]) -> list[KnownProducer]:
    """Producers of those communes, or with one of those phones."""
    found = session.execute(
        text(
            f"SELECT {', '.join(_PRODUCER_FACTS)} FROM producer WHERE commune_id IN (SELECT value FROM json_each(:communes))"
            " UNION SELECT " + ", ".join(_PRODUCER_FACTS) + " FROM producer"
            " WHERE phone != '' AND phone IN (SELECT value FROM json_each(:phones)) ORDER BY id"
        ),
        {"communes": _list(communes), "phones": _list(phones)},
    )
    return [KnownProducer(*row) for row in found]


def known_producers(
    session: Session, folded: Iterable[str], tax_codes: Iterable[str], codes: Iterable[str]
) -> list[KnownProducer]:
    """Producers of those names, tax numbers, or of products with those codes."""
    columns = _PRODUCER_FACTS
    found = session.execute(
        text(
            "SELECT "
            + ", ".join(f"producer.{c}" for c in columns)
            + " FROM producer WHERE folded IN (SELECT value FROM json_each(:names))"
            " OR (tax_code != '' AND tax_code IN (SELECT value FROM json_each(:taxes)))"
            " OR id IN (SELECT product.producer_id FROM product JOIN dossier ON dossier.product_id = product.id"
            " WHERE dossier.code IN (SELECT value FROM json_each(:codes))) ORDER BY producer.id"
        ),
        {"names": _list(folded), "taxes": _list(tax_codes), "codes": _list(codes)},
    )
    return [KnownProducer(*row) for row in found]


def known_products(session: Session, producer_ids: Iterable[int]) -> list[KnownProduct]:
    """All products of those producers."""
    query = select(Product.id, Product.producer_id, Product.name, Product.folded, Product.set_no, Product.category)
    return [
        KnownProduct(*row)
        for row in session.execute(query.where(Product.producer_id.in_(_values(producer_ids))).order_by(Product.id))
    ]


def known_dossiers(session: Session, product_ids: Iterable[int]) -> list[KnownDossier]:
    """All dossiers of those products, with their recognitions, the oldest first."""
    query = (
        select(
            Dossier.id,
            Dossier.product_id,
            Dossier.code,
            Dossier.rulebook,
            Dossier.kind,
            Dossier.round,
            Dossier.status,
            Dossier.stars,
            Dossier.filed_on,
            Dossier.samples,
            Dossier.note,
            Certificate.id,
            Certificate.issued_on,
            Certificate.expires_on,
            Certificate.stars,
            Decision.number,
            Decision.date,
            Decision.authority,
        )
        .outerjoin(Certificate, Certificate.dossier_id == Dossier.id)
        .outerjoin(Decision, Decision.id == Certificate.decision_id)
    )
    return [
        KnownDossier._make(row)
        for row in session.execute(query.where(Dossier.product_id.in_(_values(product_ids))).order_by(Dossier.id))
    ]


def known_decisions(session: Session, numbers: Iterable[str]) -> dict[tuple[str, Any, str], int]:
    """Decisions of those numbers: (number, date, authority) -> id."""
    query = select(Decision.number, Decision.date, Decision.authority, Decision.id)
    rows = session.execute(query.where(Decision.number.in_(_values(numbers))))
    return {(number, date, authority): found for number, date, authority, found in rows}


def used_codes(session: Session, codes: Iterable[str]) -> dict[str, int]:
    """Product codes that are taken: code -> product."""
    rows = session.execute(select(Dossier.code, Dossier.product_id).where(Dossier.code.in_(_values(codes))))
    return {str(code): product for code, product in rows}


def next_ids(session: Session) -> dict[str, int]:
    """The first number of each kind of record that was never used: that of a deleted record still stands in its history."""
    used = {name: int(seq) for name, seq in session.execute(text("SELECT name, seq FROM sqlite_sequence"))}
    return {name: used.get(name, 0) + 1 for name in _TABLES}


def _defaults(kind: str) -> dict[str, Any]:
    """What a table wants in its other columns: this INSERT is bare, so the defaults of the models do not come by themselves."""
    columns = _TABLES[kind].__table__.columns
    return {
        c.name: c.default.arg
        for c in columns
        if c.name not in _COLUMNS[kind] and not c.nullable and c.default is not None and c.default.is_scalar
    }


TOGETHER = 200  # rows a statement writes: SQLite then guards itself against its failing once, not for every row
_CREATED = 'INSERT INTO batch_row (batch_id, entity, entity_id, did, sheet, "row") VALUES '


def _insert(session: Session, head: str, row: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Write many rows; ``head``: the statement up to VALUES, ``row``: the places of one row."""
    connection = session.connection()
    for first in range(0, len(rows), TOGETHER):
        some = rows[first:first + TOGETHER]
        connection.exec_driver_sql(head + ", ".join([row] * len(some)), tuple(chain.from_iterable(some)))


def _places(count: int) -> str:
    return f"({', '.join('?' * count)})"


def add_rows(session: Session, kind: str, rows: Sequence[tuple[Any, ...]], batch_id: int, sheet: str = "",
             sources: Sequence[int | None] = ()) -> None:
    """Write records of a kind (columns as PRODUCER, PRODUCT, DECISION, CERTIFICATE; days as ISO text) with their batch lines.

    Args:
        sources: the row of the sheet each comes from; none for records several rows share.
    """
    if not rows:
        return
    columns, fixed = _COLUMNS[kind], _defaults(kind)
    more = tuple(fixed.values())
    full = [(*row, *more) for row in rows] if more else rows
    _insert(session, f"INSERT INTO {kind} ({', '.join((*columns, *fixed))}) VALUES ", _places(len(columns) + len(fixed)), full)
    if sources:
        lines = [(batch_id, row[0], sheet, source) for row, source in zip(rows, sources, strict=True)]
        _insert(session, _CREATED, f"(?, '{kind}', ?, 'created', ?, ?)", lines)
        return
    first, last = rows[0][0], rows[-1][0]  # numbers follow each other
    session.connection().exec_driver_sql(
        f"INSERT INTO batch_row (batch_id, entity, entity_id, did, sheet) SELECT ?, '{kind}', id, 'created', ? FROM {kind}"
        " WHERE id BETWEEN ? AND ? ORDER BY id", (batch_id, sheet, first, last))


def add_records(session: Session, kind: str, records: Sequence[tuple[int, dict[str, Any]]], batch_id: int, sheet: str) -> None:
    """Write records of a table of its own, each with its row of the sheet, and their batch lines."""
    if not records:
        return
    first = next_ids(session)[kind]
    session.execute(insert(_TABLES[kind]), [{"id": first + n, **values} for n, (_row, values) in enumerate(records)])
    _insert(session, _CREATED, f"(?, '{kind}', ?, 'created', ?, ?)",
            [(batch_id, first + n, sheet, row) for n, (row, _values) in enumerate(records)])


def known_records(session: Session, kind: str) -> list[dict[str, Any]]:
    """Everything in a table of its own, by column."""
    table = _TABLES[kind].__table__
    return [dict(row) for row in session.execute(select(table).order_by(table.c.id)).mappings()]


def known_scores(session: Session, dossier_ids: Iterable[int]) -> list[dict[str, Any]]:
    """Earlier scores of those dossiers, by column."""
    table = HistoryScore.__table__
    found = session.execute(select(table).where(table.c.dossier_id.in_(_values(dossier_ids))).order_by(table.c.id))
    return [dict(row) for row in found.mappings()]


def add_dossiers(session: Session, rows: Sequence[tuple[Any, ...]], batch_id: int, sheet: str) -> None:
    """Write dossiers (columns as DOSSIER, then the source row) with their batch lines.

    They go in by one statement from a temporary table: the search index then takes them at once (9x faster).
    """
    if not rows:
        return
    connection = session.connection()
    names = ", ".join(DOSSIER)
    connection.exec_driver_sql(f"CREATE TEMP TABLE IF NOT EXISTS incoming_dossier ({names}, source_row)")
    _insert(session, "INSERT INTO temp.incoming_dossier VALUES ", _places(len(DOSSIER) + 1), rows)
    connection.exec_driver_sql(f"INSERT INTO dossier ({names}) SELECT {names} FROM temp.incoming_dossier ORDER BY id")
    connection.exec_driver_sql(
        'INSERT INTO batch_row (batch_id, entity, entity_id, did, sheet, "row") '
        "SELECT ?, 'dossier', id, 'created', ?, source_row FROM temp.incoming_dossier ORDER BY id",
        (batch_id, sheet),
    )
    connection.exec_driver_sql("DELETE FROM temp.incoming_dossier")


def set_values(session: Session, kind: str, record_id: int, values: dict[str, Any]) -> None:
    """Change columns of one record; days may be ISO texts."""
    table = _TABLES[kind]
    session.execute(update(table).where(table.id == record_id).values(
        **{name: unplain(table, name, value) for name, value in values.items()}))


def hindrances(session: Session, batch_id: int) -> list[Hindrance]:
    """What depends on the records a batch made: agenda, papers, answers, certificates, later dossiers and products."""
    found = []
    batch = session.get(ImportBatch, batch_id)
    brings_more = batch is not None and batch.layout == SLICE  # papers, numbers and revocations came with the file itself
    for why, query in {**_DEPENDS, **_DEPENDS_OF_SLICE}.items() if brings_more else _DEPENDS.items():
        count, example = session.execute(text(query), {"batch": batch_id}).one()
        if count:
            found.append(Hindrance(why, count, example or ""))
    return found


def remove_created(session: Session, batch_id: int) -> None:
    """Delete what a batch made, the dependent first; photos of its products with it."""
    session.execute(text(f"DELETE FROM product_photo WHERE product_id IN {_made('product')}"), {"batch": batch_id})
    for kind in ("history_score", "activity", "funding", "target", "programme_period", "inspection_photo", "inspection",
                 "certificate", "dossier", "product", "producer", "decision"):
        session.execute(
            text(
                f"DELETE FROM {kind} WHERE id IN (SELECT entity_id FROM batch_row "
                "WHERE batch_id = :batch AND did = 'created' AND entity = :kind)"
            ),
            {"batch": batch_id, "kind": kind},
        )


def _made(kind: str) -> str:
    return f"(SELECT entity_id FROM batch_row WHERE batch_id = :batch AND did = 'created' AND entity = '{kind}')"


_OF_DOSSIER = "JOIN product ON product.id = dossier.product_id"
_DEPENDS = {
    "agenda": "SELECT count(*), min(product.name) FROM agenda_item JOIN dossier ON dossier.id = agenda_item.dossier_id "
    f"{_OF_DOSSIER} WHERE dossier.id IN {_made('dossier')}",
    "papers": "SELECT count(DISTINCT dossier.id), min(product.name) FROM dossier "
    f"{_OF_DOSSIER} WHERE dossier.id IN {_made('dossier')} AND (dossier.id IN (SELECT dossier_id FROM dossier_paper) "
    "OR dossier.id IN (SELECT dossier_id FROM self_answer))",
    "advisory": "SELECT count(DISTINCT dossier.id), min(product.name) FROM dossier "
    f"{_OF_DOSSIER} WHERE dossier.id IN {_made('dossier')} AND (dossier.id IN (SELECT dossier_id FROM advisory_review) "
    "OR dossier.id IN (SELECT dossier_id FROM advisory_answer))",
    "inspections": "SELECT count(*), min(product.name) FROM inspection JOIN product ON product.id = inspection.product_id "
    f"WHERE product.id IN {_made('product')}",
    "certificates": "SELECT count(*), min(product.name) FROM certificate JOIN dossier ON dossier.id = certificate.dossier_id "
    f"{_OF_DOSSIER} WHERE (dossier.id IN {_made('dossier')} OR certificate.decision_id IN {_made('decision')}) "
    f"AND (certificate.id NOT IN {_made('certificate')} OR certificate.number IS NOT NULL OR certificate.printed_at IS NOT NULL "
    "OR certificate.revoked_on IS NOT NULL)",
    "scores": "SELECT count(*), min(product.name) FROM history_score JOIN dossier ON dossier.id = history_score.dossier_id "
    f"{_OF_DOSSIER} WHERE dossier.id IN {_made('dossier')} AND history_score.id NOT IN {_made('history_score')}",
    "dossiers": f"SELECT count(*), min(product.name) FROM dossier {_OF_DOSSIER} WHERE product.id IN {_made('product')} "
    f"AND dossier.id NOT IN {_made('dossier')}",
    "products": f"SELECT count(*), min(product.name) FROM product WHERE producer_id IN {_made('producer')} "
    f"AND id NOT IN {_made('product')}",
}
_DEPENDS_OF_SLICE = {
    "inspections": "SELECT count(*), min(product.name) FROM inspection JOIN product ON product.id = inspection.product_id "
    f"WHERE product.id IN {_made('product')} AND inspection.id NOT IN {_made('inspection')}",
    "papers": "SELECT 0, '' WHERE :batch",
    "certificates": "SELECT count(*), min(product.name) FROM certificate JOIN dossier ON dossier.id = certificate.dossier_id "
    f"{_OF_DOSSIER} WHERE (dossier.id IN {_made('dossier')} OR certificate.decision_id IN {_made('decision')}) "
    f"AND (certificate.id NOT IN {_made('certificate')} OR certificate.printed_at IS NOT NULL)",
}


def _list(values: Iterable[Any]) -> str:
    return json.dumps(list(values), ensure_ascii=False)


def _values(values: Iterable[Any]) -> Any:
    """A set of any size as a subquery: one statement, no limit of parameters."""
    return select(func.json_each(_list(values)).table_valued("value").c.value)
