"""Records as plain values (``rules.merging``) for another office's file: producers with all below them, the programme beside.

Read in plain SQL, a statement per kind of record: days are ISO texts already, and a province has tens of thousands of them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ocop_desktop.data.engine import Session, reading_of
from ocop_desktop.rules.merging import ACTIVITY, CERTIFICATE, DOSSIER, FUNDING, INSPECTION, PRODUCER, PRODUCT, TARGET
from ocop_desktop.rules.names import fold

if TYPE_CHECKING:
    from ocop_desktop.data.file import Reading

DECIDED = ("history", "closed", "recognised")
BEFORE_A_COUNCIL = ("in_session", "closed")
OPEN_STATES = ("draft", "ready", "history")
PAPER = ("kind", "number", "issuer", "issued_on", "expires_on")
ANSWER = ("criterion", "choice", "evidence")
OF_DECISION = ("decision", "decided_on", "authority")
OWN_CERTIFICATE = tuple(name for name in CERTIFICATE if name not in OF_DECISION)
OWN_PRODUCER = tuple(name for name in PRODUCER if name != "commune")
OWN_PRODUCT = tuple(name for name in PRODUCT if name != "photo")
_IN = "(SELECT value FROM json_each(?))"
EVERY = 2000  # rows between two ticks
Record = dict[str, Any]
Tick = Callable[[], None]


def _quiet() -> None:
    """Tell nobody."""


class _Reader:
    """Rows as records; ``tick`` is called now and then, so that a long reading can be stopped."""

    def __init__(self, reading: Reading, tick: Tick) -> None:
        self._reading, self._tick = reading, tick

    def numbers(self, query: str, values: Sequence[Any]) -> list[int]:
        """The one column of a query."""
        self._tick()
        return [row[0] for row in self._reading.execute(query, values)]

    def rows(self, columns: Sequence[str], source: str, values: Sequence[Any]) -> Iterator[Record]:
        """Records of those columns."""
        names = [column.split(" AS ")[-1].split(".")[-1] for column in columns]
        for count, row in enumerate(self._reading.execute(f"SELECT {', '.join(columns)} FROM {source}", values)):
            if count % EVERY == 0:
                self._tick()
            yield dict(zip(names, row, strict=True))


@dataclass(frozen=True)
class Narrowed:
    """Which records are meant; what is empty does not narrow.

    Args:
        commune: its code; year: filed, recognised, inspected, held or given in it; round: as dossiers say.
    """

    commune: str = ""
    year: int | None = None
    round: str = ""


def dossier_ids(session: Session, wanted: Narrowed) -> list[int]:
    """Dossiers of producers of the commune, filed or recognised in the year, of the round."""
    held, values = ["1"], list[Any]()
    if wanted.commune:
        held.append("product_id IN (SELECT product.id FROM product JOIN producer ON producer.id = producer_id"
                    " JOIN commune ON commune.id = commune_id WHERE code = ?)")
        values.append(wanted.commune)
    if wanted.year is not None:
        year = f"{wanted.year:04d}"
        held.append("(substr(filed_on, 1, 4) = ?"
                    " OR id IN (SELECT dossier_id FROM certificate WHERE substr(issued_on, 1, 4) = ?))")
        values += [year, year]
    if wanted.round:
        held.append("round = ?")
        values.append(wanted.round)
    rows = reading_of(session).execute(f"SELECT id FROM dossier WHERE {' AND '.join(held)} ORDER BY id", values)
    return [row[0] for row in rows]


def inspection_ids(session: Session, wanted: Narrowed, dossiers: Sequence[int]) -> list[int]:
    """Inspections of the commune's products, planned or held in the year; with a round those of its dossiers' products."""
    held, values = ["1"], list[Any]()
    if wanted.commune:
        held.append("product_id IN (SELECT product.id FROM product JOIN producer ON producer.id = producer_id"
                    " JOIN commune ON commune.id = commune_id WHERE code = ?)")
        values.append(wanted.commune)
    if wanted.year is not None:
        held.append("? IN (substr(planned_on, 1, 4), substr(held_on, 1, 4))")
        values.append(f"{wanted.year:04d}")
    if wanted.round:
        held.append(f"product_id IN (SELECT product_id FROM dossier WHERE id IN {_IN})")
        values.append(_list(dossiers))
    rows = reading_of(session).execute(f"SELECT id FROM inspection WHERE {' AND '.join(held)} ORDER BY id", values)
    return [row[0] for row in rows]


def producers_of(session: Session, dossiers: Sequence[int], inspections: Sequence[int], tick: Tick = _quiet) -> list[Record]:
    """The producers of dossiers and inspections, each with its products and of those exactly these.

    Args:
        tick: called now and then; may raise to stop.
    """
    reading = _Reader(reading_of(session), tick)
    products = reading.numbers(f"SELECT product_id FROM dossier WHERE id IN {_IN} UNION SELECT product_id FROM inspection"
                               f" WHERE id IN {_IN}", (_list(dossiers), _list(inspections)))
    return _nested(reading, products, dossiers, inspections)


def producers_like(session: Session, theirs: Iterable[Mapping[str, Any]], tick: Tick = _quiet) -> list[Record]:
    """Every producer that could be one of a file's - by name, tax number or product code - with all that hangs below it."""
    names, taxes, codes = set[str](), set[str](), set[str]()
    for producer in theirs:
        names.add(fold(producer["name"]))
        taxes |= {producer["tax_code"]} - {""}
        codes |= {d["code"] for p in producer["products"] for d in p["dossiers"] if d["code"]}
    reading = _Reader(reading_of(session), tick)
    producers = reading.numbers(
        f"SELECT id FROM producer WHERE folded IN {_IN} UNION SELECT id FROM producer WHERE tax_code IN {_IN}"
        f" UNION SELECT product.producer_id FROM dossier JOIN product ON product.id = product_id WHERE dossier.code IN {_IN}",
        (_list(names), _list(taxes), _list(codes)))
    products = reading.numbers(f"SELECT id FROM product WHERE producer_id IN {_IN}", (_list(producers),))
    dossiers = reading.numbers(f"SELECT id FROM dossier WHERE product_id IN {_IN} ORDER BY id", (_list(products),))
    checks = reading.numbers(f"SELECT id FROM inspection WHERE product_id IN {_IN} ORDER BY id", (_list(products),))
    return _nested(reading, products, dossiers, checks, producers)


def _nested(reading: _Reader, products: Iterable[int], dossiers: Sequence[int], inspections: Sequence[int],
            producers: Iterable[int] = ()) -> list[Record]:
    chosen = _list(products)
    its = {row["id"]: row for row in reading.rows(
        ("id", "producer_id", *OWN_PRODUCT), f"product WHERE id IN {_IN} ORDER BY id", (chosen,))}
    wanted = _list({*producers, *(product["producer_id"] for product in its.values())})
    found = {row["id"]: {**row, "commune": row["commune"] or "", "products": []} for row in reading.rows(
        ("producer.id", *(f"producer.{name}" for name in OWN_PRODUCER), "commune.code AS commune"),
        f"producer LEFT JOIN commune ON commune.id = commune_id WHERE producer.id IN {_IN} ORDER BY producer.id", (wanted,))}
    photos = {row["product_id"]: row["sha256"] for row in reading.rows(
        ("product_id", "sha256"), f"product_photo WHERE product_id IN {_IN}", (chosen,))}
    for product in its.values():
        product |= {"photo": photos.get(product["id"], ""), "dossiers": [], "inspections": [], "locked": False}
        found[product.pop("producer_id")]["products"].append(product)
    _put_dossiers(reading, its, _list(dossiers))
    _put_inspections(reading, its, _list(inspections))
    return list(found.values())


def _put_dossiers(reading: _Reader, products: Mapping[int, Record], chosen: str) -> None:
    of_these = f"WHERE dossier_id IN {_IN} ORDER BY"
    papers = _by(reading.rows(("dossier_id", *PAPER), f"dossier_paper {of_these} kind", (chosen,)))
    answers = _by(reading.rows(("dossier_id", *ANSWER), f"self_answer {of_these} criterion", (chosen,)))
    own = tuple(f"certificate.{name}" for name in OWN_CERTIFICATE)
    of_decision = ("coalesce(decision.number, '') AS decision", "decision.date AS decided_on",
                   "coalesce(decision.authority, '') AS authority")
    certificates = _by(reading.rows(
        ("dossier_id", "certificate.id", "result_id IS NOT NULL AS locked", *own, *of_decision),
        f"certificate LEFT JOIN decision ON decision.id = decision_id {of_these} certificate.id", (chosen,)))
    for row in reading.rows(("product_id", "id", *DOSSIER, "rulebook", "stars", "status"),
                     f"dossier WHERE id IN {_IN} ORDER BY id", (chosen,)):
        product, status = products[row.pop("product_id")], row["status"]
        product["locked"] = product["locked"] or status in BEFORE_A_COUNCIL
        newest = certificates.get(row["id"], [None])[-1]  # the newest stands for the dossier
        product["dossiers"].append({**row, "status": "history" if status in DECIDED else "open", "certificate": newest,
                                    "locked": status not in OPEN_STATES, "papers": papers.get(row["id"], []),
                                    "answers": answers.get(row["id"], [])})


def _put_inspections(reading: _Reader, products: Mapping[int, Record], chosen: str) -> None:
    photos = _by(reading.rows(("inspection_id", "id", "sha256", "name"),
                       f"inspection_photo WHERE inspection_id IN {_IN} ORDER BY id", (chosen,)))
    for row in reading.rows(("product_id", "id", *INSPECTION), f"inspection WHERE id IN {_IN} ORDER BY id", (chosen,)):
        looked = row["label_right"]
        products[row.pop("product_id")]["inspections"].append(
            {**row, "label_right": None if looked is None else bool(looked), "photos": photos.get(row["id"], [])})


def programme(session: Session, wanted: Narrowed | None = None) -> dict[str, list[Record]]:
    """Activities, money and targets by kind: all, or those of a year; of a commune only activities whose place names it.

    Nothing of it belongs to a round. Money and targets are the office's as a whole: a commune's cut has none.
    """
    if wanted is None:
        wanted = Narrowed()
    if wanted.round:
        return {"activity": [], "funding": [], "target": []}
    reading, first, last = _Reader(reading_of(session), _quiet), f"{wanted.year or 0:04d}", f"{wanted.year or 9999:04d}"
    during = "substr(ends_on, 1, 4) >= ? AND substr(begins_on, 1, 4) <= ?"
    held = list(reading.rows(("id", *ACTIVITY), f"activity WHERE {during} ORDER BY id", (first, last)))
    if wanted.commune:
        named = [f" {fold(row[0])} " for row in reading_of(session).execute(
            "SELECT name FROM commune WHERE code = ?", (wanted.commune,))]
        return {"activity": [one for one in held if any(name in f" {_letters(one['place'])} " for name in named)],
                "funding": [], "target": []}
    money = reading.rows(("id", *FUNDING), "funding WHERE year BETWEEN ? AND ? ORDER BY id", (int(first), int(last)))
    columns = ("target.id", "programme_period.name AS period", "begins_on", "ends_on", "programme_period.source AS source",
               "measure", "least", "target.note AS note")
    targets = reading.rows(columns, f"target JOIN programme_period ON programme_period.id = period_id WHERE {during}"
                                      " ORDER BY begins_on, period_id, position, target.id", (first, last))
    assert tuple(name.split(" AS ")[-1].split(".")[-1] for name in columns[1:]) == TARGET
    return {"activity": held, "funding": list(money), "target": list(targets)}


def _letters(place: str) -> str:
    """A place's words without commas and the like: "Nhà văn hóa, xã Mẫu Sơn." names "mau son"."""
    return " ".join("".join(c if c.isalnum() else " " for c in fold(place)).split())


def photo(session: Session, kind: str, id: int) -> bytes:
    """A photo: of a product ("product_photo", its product's number) or of an inspection ("inspection_photo", its own)."""
    key = "product_id" if kind == "product_photo" else "id"
    content: bytes = reading_of(session).execute(f"SELECT content FROM {kind} WHERE {key} = ?", (id,)).fetchone()[0]
    return content


def _by(rows: Iterable[Record]) -> dict[int, list[Record]]:
    """Rows by their first column, which is taken out of them."""
    found = defaultdict[int, list[Record]](list)
    for row in rows:
        found[row.pop(next(iter(row)))].append(row)
    return dict(found)


def _list(values: Iterable[Any]) -> str:
    return json.dumps(list(values), ensure_ascii=False)
