"""Lists of dossiers: search, filters and order over 100,000 of them within milliseconds.

A list is read in two steps. First the ids of one page, by whichever road is short: common words fill a page from the first
few thousand of the order; where the words or the filters leave few dossiers these are put in order; else the index of the
order is walked until the page is full. Then the rows of these ids.
The roads are fixed here (INDEXED BY, CROSS JOIN): the planner, without statistics of the file, sorts everything first.

In the order of products those whose name begins with what is looked for come first.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import bindparam, text

from ocop_desktop.data import search
from ocop_desktop.data.engine import Session
from ocop_desktop.rules.names import fold

# So many dossiers are sorted about as fast as an index is walked for them.
FEW = 3000
# Common words fill the first page within so many dossiers of the order, before their index has told how many there are; where
# these promise a full page within so many, the walk goes on.
NEAR, FAR = 3000, 15_000
# Up to so many, a word that must begin a word is answered by its index while an order is walked; more are quicker compared.
MANY = 12_000
NO_STARS = 0  # the filter for dossiers without stars

_Begins = tuple[str, dict[str, str]]  # a condition and its values
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
_TO_COMMUNE = _PRODUCT + _PRODUCER + " LEFT JOIN commune ON commune.id = producer.commune_id"

_ROWS = ("SELECT dossier.id, product.name, dossier.code, producer.name, producer.kind, coalesce(commune.name, ''),"
         " product.set_no, dossier.kind, dossier.round, dossier.status, dossier.stars, dossier.filed_on"
         f" FROM json_each(:ids) AS wanted CROSS JOIN dossier ON dossier.id = wanted.value{_TO_COMMUNE} ORDER BY wanted.key")


@dataclass(frozen=True)
class Filters:
    """What a list of dossiers is narrowed to; None leaves a field open.

    Args:
        round: the round's name ("": without one).
        commune_id, set_no, producer_kind, status: as in the tables.
        stars: 1-5, or 0 for dossiers without stars.
        batch_id: the import that made or changed them.
    """

    round: str | None = None
    commune_id: int | None = None
    set_no: int | None = None
    producer_kind: str | None = None
    status: str | None = None
    stars: int | None = None
    batch_id: int | None = None


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
    begins, beyond = _begins(query, sort), None
    if begins and not first and size > 0 and filters == Filters():
        near, beyond = _near(session, query, begins, size)
        if len(near) == size:
            return rows_of(session, near), None
    among = _among(session, query) if filters == Filters() else None
    if (among is None or among <= FEW) and (found := _few(session, query, filters, sort, first, size)) is not None:
        return rows_of(session, found[0]), found[1]
    if among is None:
        among = _among(session, query)
    narrowing = _narrowing(query, filters, listed=among is not None and among <= MANY)
    if beyond is not None:
        ids = near + beyond.ids(session, narrowing, False, 0, size - len(near))
    else:
        ids = _walk(session, narrowing, sort, begins, first, size)
    return rows_of(session, ids), (first + len(ids) if len(ids) < size and (ids or not first) else None)


def count(session: Session, query: str, filters: Filters) -> int:
    """How many dossiers match."""
    if filters == Filters():
        return search.count_matching(session, query)
    if (found := _few(session, query, filters, Sort("code"), 0, 0)) is not None and found[1] is not None:
        return found[1]
    narrowing = _narrowing(query, filters, listed=True)
    start = "dossier" + "".join(_JOINS[table].replace("CROSS ", "") for table in narrowing.needs)
    return int(_run(session, f"SELECT count(*) FROM {start}{narrowing.where(None)}", narrowing.values)[0])


def all_rows(session: Session, query: str, filters: Filters, sort: Sort) -> tuple[DossierRow, ...]:
    """Every matching row in order, for export."""
    return page_of(session, query, filters, sort, 0, -1)[0]


def rows_of(session: Session, ids: Sequence[int]) -> tuple[DossierRow, ...]:
    """The rows of these dossiers, in the order given."""
    if not ids:
        return ()
    day = dt.date.fromisoformat
    found = session.connection().exec_driver_sql(_ROWS, {"ids": json.dumps(ids)}).fetchall()
    return tuple(DossierRow._make((*row[:11], day(row[11]) if row[11] else None)) for row in found)


def _run(session: Session, sql: str, values: dict[str, Any]) -> list[Any]:
    """First column of a statement's rows."""
    return [row[0] for row in session.connection().exec_driver_sql(sql, values)]


def _few(session: Session, query: str, filters: Filters, sort: Sort, first: int,
         size: int) -> tuple[list[int], int | None] | None:
    """Ids of a page in order, when the words or the filters leave few; else None. With the list's length where it is known, and
    always for a page of size 0."""
    for source, values, rest in _sources(query, filters):
        narrowed = bool(rest.words or rest.filters)
        sql, more = _sorting(source, rest, sort, query, "found" if narrowed and not size else "few")
        *ids, length, among = _run(session, sql, {**values, **rest.values, **more, "most": FEW + 1, "size": size, "first": first})
        if among <= FEW:
            ended = len(ids) < size and (ids or not first)
            return ids, first + len(ids) if ended else None if narrowed and size else length
    return None


def _sources(query: str, filters: Filters) -> Iterator[tuple[str, dict[str, Any], _Narrowing]]:
    """Selects of ids among which everything matching is, with their values and what is then still to be looked at."""
    near, hits = search.hits_sql(query, near=True), search.hits_sql(query)
    if near is not None and near != hits:
        yield *near, _narrowing(query, filters, begun=True)
    if hits is not None:
        yield *hits, _narrowing("", filters)
    if filters != Filters():
        alone = _narrowing("", filters)
        start = "dossier" + "".join(_JOINS[table].replace("CROSS ", "") for table in alone.needs)
        yield f"SELECT dossier.id FROM {start}{alone.where(None)}", alone.values, _narrowing(query, Filters())


def _sorting(source: str, rest: _Narrowing, sort: Sort, query: str, counted: str) -> tuple[str, dict[str, str]]:
    """SQL that puts what ``source`` selects in order if it is few, with its values.

    After the ids of the page it gives how many are in ``counted`` ("found": those put in order, who must then be kept, which
    takes as long again as to put them in order; or "few"), and how many the source selected (``:most`` is too many).
    """
    road, begins = ROADS[sort.key], _begins(query, sort)
    tables, keys = {*road.has, *rest.needs}, road.keys
    joins = _TO_COMMUNE if "commune" in tables else "".join(_JOINS[t] for t in _JOINS if t in tables)
    if "commune" in tables:
        keys = (f"commune.id IS {'NOT ' if sort.descending else ''}NULL", *keys)
    if begins:
        keys = (f"NOT ({begins[0]})", *keys)
    named = [f"key{place}" for place in range(len(keys))]
    where = rest.where(None, "(SELECT count(*) FROM few) < :most")
    sql = (f"WITH few(id) AS MATERIALIZED ({source} LIMIT :most), found(id, {', '.join(named)}) AS"
           f" (SELECT dossier.id, {', '.join(keys)} FROM few CROSS JOIN dossier ON dossier.id = few.id{joins}{where})"
           f" SELECT id FROM (SELECT id FROM found{_order(named, sort.descending)} LIMIT :size OFFSET :first)"
           f" UNION ALL SELECT count(*) FROM {counted} UNION ALL SELECT count(*) FROM few")
    return sql, begins[1] if begins else {}


def _compared(query: str, begun: bool) -> tuple[tuple[str, ...], dict[str, str]]:
    """Conditions on a search text that say the same as ``search.hits``, with their values; for ``begun`` see ``_narrowing``."""
    conditions, values = [], {}
    for place, word in enumerate(() if begun else search.query_words(query)):
        conditions.append(f"dossier.search LIKE :word{place} ESCAPE '!'")
        values[f"word{place}"] = "%" + word.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"
    for place, run in enumerate(search.runs(query)):  # after the words: dearer, and most that fails has failed by then
        if not begun or len(run) > search.TRIGRAM:  # most words stand after a space, and LIKE sees that 20 times sooner than GLOB
            conditions.append(f"((' ' || dossier.search) LIKE :space{place}"
                              f" OR (dossier.search LIKE :in{place} AND (' ' || dossier.search) GLOB :run{place}))")
            values |= {f"space{place}": f"% {run}%", f"in{place}": f"%{run}%", f"run{place}": f"*[^a-z0-9]{run}*"}
    return tuple(conditions), values


def _narrowing(query: str, filters: Filters, listed: bool = False, begun: bool = False) -> _Narrowing:
    """What a list is narrowed to.

    Args:
        listed: the search index answers for the words; else texts are compared.
        begun: the texts come from the search index asked for the first letters of words: only the rest is compared.
    """
    hits = search.hits_sql(query) if listed else None
    words, compared = _compared(query, begun) if hits is None else ((f"dossier.id IN ({hits[0]})",), hits[1])
    where: list[str] = []
    values: dict[str, Any] = {**compared}
    for column, value in (("producer.commune_id", filters.commune_id), ("producer.kind", filters.producer_kind),
                          ("product.set_no", filters.set_no), ("dossier.round", filters.round),
                          ("dossier.status", filters.status), ("dossier.stars", filters.stars)):
        if value == NO_STARS and column == "dossier.stars":
            where.append("dossier.stars IS NULL")
        elif value is not None:
            where.append(f"{column} = :{column.replace('.', '_')}")
            values[column.replace(".", "_")] = value
    if filters.batch_id is not None:
        where.append("dossier.id IN (SELECT entity_id FROM batch_row WHERE batch_id = :batch AND entity = 'dossier')")
        values["batch"] = filters.batch_id
    by_producer = filters.commune_id is not None or filters.producer_kind is not None
    needs = ("product", "producer") if by_producer else ("product",) if filters.set_no is not None else ()
    return _Narrowing(words, tuple(where), values, needs)


def _order(keys: Sequence[str], descending: bool) -> str:
    return " ORDER BY " + ", ".join(f"{key} DESC" if descending else key for key in keys)


def _begins(query: str, sort: Sort) -> _Begins | None:
    """The condition that a product's name begins with what is looked for, where that comes first."""
    words = fold(query)
    if sort != Sort("product") or not words:
        return None
    return "dossier.search >= :begin AND dossier.search < :beyond", {"begin": words, "beyond": words + "\U0010ffff"}


def _near(session: Session, query: str, begins: _Begins, size: int) -> tuple[list[int], _Stretch]:
    """Ids of a first page: names that begin with what is looked for, and what common words find nearby; where to go on."""
    road, narrowing = ROADS["product"], _narrowing(query, Filters())
    ids = _Stretch(road, *begins).ids(session, narrowing, False, 0, size)
    others, values = (f"NOT ({begins[0]}) AND ", begins[1]) if ids else ("", {})
    start, walked, step, first = "", 0, NEAR, len(ids)
    if len(ids) == size or all(len(word) < search.TRIGRAM for word in search.query_words(query)):
        return ids, _Stretch(road, f"{others}dossier.search >= ''", values)
    while walked + step <= FAR:
        end = _run(session, f"SELECT search FROM {road.start} WHERE search >= :start{_order(road.keys, False)}"
                            " LIMIT 1 OFFSET :step", {"start": start, "step": step})
        until = {"start": start, "end": end[0] if end else "\U0010ffff"}
        near = _Stretch(road, f"{others}dossier.search >= :start AND dossier.search < :end", values | until)
        ids += near.ids(session, narrowing, False, 0, size - len(ids))
        walked, start = walked + step, until["end"]
        if len(ids) == size or not end or len(ids) == first:
            break
        step = 3 * walked * (size - len(ids)) // (2 * (len(ids) - first))
    return ids, _Stretch(road, f"{others}dossier.search >= :start", values | {"start": start})


def _among(session: Session, query: str) -> int | None:
    """How many the index of words finds, ``MANY`` + 1 at most, for words of a few letters (dear to compare); else None."""
    runs = search.runs(query)
    if not runs or any(len(run) > search.TRIGRAM for run in runs) or (hits := search.hits_sql(query)) is None:
        return None
    return int(_run(session, f"SELECT count(*) FROM ({hits[0]} LIMIT :most)", {**hits[1], "most": MANY + 1})[0])


def _walk(session: Session, narrowing: _Narrowing, sort: Sort, begins: _Begins | None, first: int, size: int) -> list[int]:
    """Ids of a page by walking the order's index; a size of -1 is all."""
    road = ROADS[sort.key]
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
