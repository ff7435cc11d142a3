"""Lists of dossiers: search, filters and order over 100,000 of them within milliseconds.

A list is read in two steps. First the ids of one page, by whichever road is short: where the words or the filters leave few
dossiers these are put in order; else the index of the order is walked until the page is full. Then the rows of these ids.
The roads are fixed here (INDEXED BY, CROSS JOIN): the planner, without statistics of the file, sorts everything first.

In the order of products those whose name begins with what is looked for come first.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import bindparam, text

from ocop_desktop.data import search
from ocop_desktop.data.engine import Session
from ocop_desktop.rules.names import fold

# So many dossiers are sorted about as fast as an index is walked for them; the index of search texts needs no look at the rows.
FEW, FEW_BY_SEARCH = 3000, 1000
# Several words are looked for in so many dossiers first: common ones fill the page, and the index need not be asked.
NEAR = 14_000
NO_STARS = 0  # the filter for dossiers without stars

_PRODUCT = " CROSS JOIN product ON product.id = dossier.product_id"
_PRODUCER = " CROSS JOIN producer ON producer.id = product.producer_id"
_JOINS = {"product": _PRODUCT, "producer": _PRODUCER}
_DOSSIER = " CROSS JOIN dossier ON dossier.product_id = product.id"
_FROM_PRODUCER = " CROSS JOIN product ON product.producer_id = producer.id" + _DOSSIER


@dataclass(frozen=True)
class Road:
    """How an order is walked: tables in the order they are visited, and the columns of the order as the indexes give them.

    Args:
        start: the tables from the ordered one to the dossier.
        keys: columns of the order; their indexes give them without sorting.
        has: tables beside the dossier that ``start`` visits.
    """

    start: str
    keys: tuple[str, ...]
    has: tuple[str, ...] = ()


def _own(column: str, index: str) -> Road:
    return Road(f"dossier INDEXED BY {index}", (f"dossier.{column}", "dossier.id"))


ROADS = {
    "product": _own("search", "ix_dossier_search"),
    "code": _own("code", "sqlite_autoindex_dossier_1"),
    "producer": Road("producer INDEXED BY ix_producer_folded" + _FROM_PRODUCER,
                     ("producer.folded", "producer.id", "product.id", "dossier.id"), ("product", "producer")),
    "commune": Road("commune INDEXED BY ix_commune_folded CROSS JOIN producer ON producer.commune_id = commune.id"
                    + _FROM_PRODUCER,
                    ("commune.folded", "commune.id", "producer.id", "product.id", "dossier.id"),
                    ("product", "producer", "commune")),
    "set_no": Road("product INDEXED BY ix_product_set_no" + _DOSSIER,
                   ("product.set_no", "product.id", "dossier.id"), ("product",)),
    "kind": _own("kind", "ix_dossier_kind"),
    "round": _own("round", "ix_dossier_round"),
    "status": _own("status", "ix_dossier_status"),
    "stars": _own("stars", "ix_dossier_stars"),
    "filed_on": _own("filed_on", "ix_dossier_filed_on"),
}
# Dossiers whose producer has no commune come after all others in the order of communes.
WITHOUT_COMMUNE = Road("producer INDEXED BY ix_producer_commune_id" + _FROM_PRODUCER,
                       ("producer.id", "product.id", "dossier.id"), ("product", "producer"))
# From known dossiers outwards, for few of them.
FROM_FEW = "dossier" + _PRODUCT + _PRODUCER + " LEFT JOIN commune ON commune.id = producer.commune_id"

_ROWS = text("SELECT dossier.id, product.name, dossier.code, producer.name, producer.kind, coalesce(commune.name, ''),"
             " product.set_no, dossier.kind, dossier.round, dossier.status, dossier.stars, dossier.filed_on"
             f" FROM {FROM_FEW} WHERE dossier.id IN (SELECT value FROM json_each(:ids))")


@dataclass(frozen=True)
class Filters:
    """What a list of dossiers is narrowed to; None leaves a field open.

    Args:
        round: the round's name ("": without one).
        commune_id, set_no, producer_kind, status: as in the tables.
        stars: 1-5, or 0 for dossiers without stars.
    """

    round: str | None = None
    commune_id: int | None = None
    set_no: int | None = None
    producer_kind: str | None = None
    status: str | None = None
    stars: int | None = None


@dataclass(frozen=True)
class Sort:
    """The order of a list: a key of ``ROADS``, and whether from the end."""

    key: str = "product"
    descending: bool = False


class DossierRow(NamedTuple):
    """One line of a list."""

    id: int
    product: str
    code: str | None
    producer: str
    producer_kind: str
    commune: str
    set_no: int | None
    kind: str
    round: str
    status: str
    stars: int | None
    filed_on: dt.date | None


@dataclass(frozen=True)
class _Narrowing:
    """Conditions in SQL with their values, and the tables beside the dossier they look at."""

    words: tuple[str, ...]
    filters: tuple[str, ...]
    values: dict[str, Any]
    needs: tuple[str, ...]

    def where(self, road: Road | None, *more: str) -> str:
        """The WHERE clause for a road, or nothing."""
        words = self.words
        if road is not None and "product" in road.has:
            # Conditions on two tables: for one on the dossier alone the planner would first read all dossiers.
            words = tuple(f"({word} OR product.id < 0)" for word in words)
        conditions = (*words, *self.filters, *more)
        return " WHERE " + " AND ".join(conditions) if conditions else ""


def page_of(session: Session, query: str, filters: Filters, sort: Sort, first: int,
            size: int) -> tuple[tuple[DossierRow, ...], int | None]:
    """Rows ``first`` to ``first + size`` of a list, and the list's length where that is known without counting."""
    narrowing = _narrowing(query, filters)
    if not first and filters == Filters() and (begins := _begins(query, sort)) is not None:
        ids = _near(session, narrowing, begins, size, several=len(search.query_words(query)) > 1)
        if len(ids) == size:
            return rows_of(session, ids), None
    few = _few(session, query, filters, sort)
    if few is not None:
        ids = _sorted_few(session, narrowing, few, sort, query)
        return rows_of(session, ids[first:first + size] if size > 0 else ids), len(ids)
    ids = _walk(session, narrowing, sort, query, first, size)
    return rows_of(session, ids), (first + len(ids) if len(ids) < size and (ids or not first) else None)


def count(session: Session, query: str, filters: Filters) -> int:
    """How many dossiers match."""
    if filters == Filters():
        return search.count_matching(session, query)
    narrowing, few = _narrowing(query, filters), _few(session, query, filters, Sort("code"))
    if few is not None:
        return len(_sorted_few(session, narrowing, few, Sort("code"), ""))
    start = "dossier" + "".join(_JOINS[table].replace("CROSS ", "") for table in narrowing.needs)
    return int(_run(session, f"SELECT count(*) FROM {start}{narrowing.where(None)}", narrowing.values)[0])


def all_rows(session: Session, query: str, filters: Filters, sort: Sort) -> tuple[DossierRow, ...]:
    """Every matching row in order, for export."""
    return page_of(session, query, filters, sort, 0, -1)[0]


def rows_of(session: Session, ids: Sequence[int]) -> tuple[DossierRow, ...]:
    """The rows of these dossiers, in the order given."""
    if not ids:
        return ()
    found = {row[0]: row for row in session.connection().execute(_ROWS, {"ids": json.dumps(ids)})}
    day = dt.date.fromisoformat
    rows = (found[number] for number in ids if number in found)
    return tuple(DossierRow._make((*row[:11], day(row[11]) if row[11] else None)) for row in rows)


def _run(session: Session, sql: str, values: dict[str, Any]) -> list[Any]:
    """First column of a statement's rows."""
    return [row[0] for row in session.connection().execute(text(sql), values)]


def _few(session: Session, query: str, filters: Filters, sort: Sort) -> list[int] | None:
    """Ids among which everything matching is, when the words or the filters leave few; else None."""
    hits = search.hits(query)
    if hits is not None:
        few = FEW_BY_SEARCH if sort.key == "product" and filters == Filters() else FEW
        ids = list(session.connection().execute(hits.limit(few + 1)).scalars())
        if len(ids) <= few:
            return ids
    if filters != Filters():
        narrowing = _narrowing("", filters)
        start = "dossier" + "".join(_JOINS[table].replace("CROSS ", "") for table in narrowing.needs)
        ids = _run(session, f"SELECT dossier.id FROM {start}{narrowing.where(None)} LIMIT {FEW + 1}", narrowing.values)
        if len(ids) <= FEW:
            return ids
    return None


def _wanted(query: str) -> Iterator[tuple[str, str]]:
    """Conditions on a search text that say the same as ``search.hits``, each with its pattern: (SQL, pattern)."""
    words = search.query_words(query)
    long = all(len(word) >= search.TRIGRAM for word in words)
    runs = dict.fromkeys(run for word in words for run in re.findall("[a-z0-9]+", word)) if not long else {}
    for word in words:  # before the beginnings of words: quicker, and most that fails fails here
        yield "dossier.search LIKE", "%" + word.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"
    for run in runs:
        yield "(' ' || dossier.search) GLOB", f"*[^a-z0-9]{run}*"


def _narrowing(query: str, filters: Filters) -> _Narrowing:
    words: list[str] = []
    where: list[str] = []
    values: dict[str, Any] = {}
    for place, (condition, pattern) in enumerate(_wanted(query)):
        words.append(f"{condition} :word{place}" + (" ESCAPE '!'" if condition.endswith("LIKE") else ""))
        values[f"word{place}"] = pattern
    for column, value in (("producer.commune_id", filters.commune_id), ("producer.kind", filters.producer_kind),
                          ("product.set_no", filters.set_no), ("dossier.round", filters.round),
                          ("dossier.status", filters.status), ("dossier.stars", filters.stars)):
        if value == NO_STARS and column == "dossier.stars":
            where.append("dossier.stars IS NULL")
        elif value is not None:
            where.append(f"{column} = :{column.replace('.', '_')}")
            values[column.replace(".", "_")] = value
    by_producer = filters.commune_id is not None or filters.producer_kind is not None
    needs = ("product", "producer") if by_producer else ("product",) if filters.set_no is not None else ()
    return _Narrowing(tuple(words), tuple(where), values, needs)


def _order(keys: Sequence[str], descending: bool) -> str:
    return " ORDER BY " + ", ".join(f"{key} DESC" if descending else key for key in keys)


def _begins(query: str, sort: Sort) -> tuple[str, dict[str, str]] | None:
    """The condition that a product's name begins with what is looked for, where that comes first."""
    words = fold(query)
    if sort != Sort("product") or not words:
        return None
    return "dossier.search >= :begin AND dossier.search < :beyond", {"begin": words, "beyond": words + "\U0010ffff"}


def _near(session: Session, narrowing: _Narrowing, begins: tuple[str, dict[str, str]], size: int, several: bool) -> list[int]:
    """Ids of a first page, if names that begin with what is looked for and (with several words) the first ``NEAR`` fill it."""
    road = ROADS["product"]
    ids = _Stretch(road, *begins).ids(session, narrowing, False, 0, size)
    if len(ids) < size and several:
        near = f"(SELECT id, search FROM {road.start}{_order(road.keys, False)} LIMIT {NEAR}) AS dossier"
        where = narrowing.where(None, f"NOT ({begins[0]})")
        ids += _run(session, f"SELECT dossier.id FROM {near}{where} LIMIT :size",
                    {**narrowing.values, **begins[1], "size": size - len(ids)})
    return ids


def _sorted_few(session: Session, narrowing: _Narrowing, ids: list[int], sort: Sort, query: str) -> list[int]:
    road, begins = ROADS[sort.key], _begins(query, sort)
    tables = {*road.has, *narrowing.needs}
    start = FROM_FEW if "commune" in tables else "dossier" + "".join(_JOINS[t] for t in _JOINS if t in tables)
    keys, values = road.keys, {**narrowing.values, "few": json.dumps(ids)}
    if "commune" in tables:
        keys = (f"commune.id IS {'NOT ' if sort.descending else ''}NULL", *keys)
    if begins:
        keys, values = (f"NOT ({begins[0]})", *keys), {**values, **begins[1]}
    where = narrowing.where(None, "dossier.id IN (SELECT value FROM json_each(:few))")
    return _run(session, f"SELECT dossier.id FROM {start}{where}{_order(keys, sort.descending)}", values)


def _walk(session: Session, narrowing: _Narrowing, sort: Sort, query: str, first: int, size: int) -> list[int]:
    """Ids of a page by walking the order's index; a size of -1 is all."""
    road, begins = ROADS[sort.key], _begins(query, sort)
    if begins:
        stretches = [_Stretch(road, begins[0], begins[1]), _Stretch(road, f"NOT ({begins[0]})", begins[1])]
    elif sort.key == "commune":
        stretches = [_Stretch(road), _Stretch(WITHOUT_COMMUNE, "producer.commune_id IS NULL")]
    else:
        stretches = [_Stretch(road)]
    ids: list[int] = []
    for place, stretch in enumerate(stretches):
        ids += stretch.ids(session, narrowing, sort.descending, first, size - len(ids) if size > 0 else size)
        if len(ids) == size or place == len(stretches) - 1:
            break
        first = 0 if ids or not first else first - stretch.length(session, narrowing)
    return ids


@dataclass(frozen=True)
class _Stretch:
    """A part of a walk: a road and what more it is narrowed to."""

    road: Road
    condition: str = ""
    values: dict[str, str] = field(default_factory=dict)

    def ids(self, session: Session, narrowing: _Narrowing, descending: bool, first: int, size: int) -> list[int]:
        """Ids in order."""
        sql = f"SELECT dossier.id FROM {self._from(narrowing)}{_order(self.road.keys, descending)} LIMIT :size OFFSET :first"
        return _run(session, sql, {**narrowing.values, **self.values, "size": size, "first": first})

    def length(self, session: Session, narrowing: _Narrowing) -> int:
        """How many there are in it."""
        return int(_run(session, f"SELECT count(*) FROM {self._from(narrowing)}", {**narrowing.values, **self.values})[0])

    def _from(self, narrowing: _Narrowing) -> str:
        joins = "".join(_JOINS[table] for table in narrowing.needs if table not in self.road.has)
        return self.road.start + joins + narrowing.where(self.road, *([self.condition] if self.condition else []))


# -- what the filters offer ---------------------------------------------------------------------------------------------


def rounds(session: Session) -> tuple[str, ...]:
    """Names of rounds in use, by name; found by leaping through their index."""
    found: list[str] = []
    query = text("SELECT min(round) FROM dossier WHERE round > :last").bindparams(bindparam("last", ""))
    while (name := session.connection().scalar(query, {"last": found[-1] if found else ""})) is not None:
        found.append(name)
    return tuple(found)


def communes_in_use(session: Session) -> tuple[tuple[int, str, str, str], ...]:
    """Communes that have a producer: (id, name, kind, province), by name."""
    rows = session.connection().execute(text(
        "SELECT id, name, kind, province FROM commune WHERE EXISTS (SELECT 1 FROM producer WHERE commune_id = commune.id)"
        " ORDER BY folded, id"))
    return tuple((row[0], row[1], row[2], row[3]) for row in rows)


def any_dossier(session: Session) -> bool:
    """Whether there is a dossier at all."""
    return session.connection().scalar(text("SELECT EXISTS (SELECT 1 FROM dossier)")) == 1
