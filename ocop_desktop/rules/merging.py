"""Two files' records of the same producers put side by side: what is new, what fills a gap, what contradicts. Pure.

Records are plain values: producers with their products, products with their dossiers, a dossier with its recognition
("certificate", or None), legal papers and self-score, and with its inspections; beside them the programme's own records.
Photos stand for themselves by their digests. Days are ISO texts. Mine have an "id" at every level.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from ocop_desktop.rules.names import fold

Record = Mapping[str, Any]
Entity = Literal["producer", "product", "dossier", "certificate", "inspection", "inspection_photo", "activity", "funding",
                 "target"]
PRODUCER = ("name", "kind", "tax_code", "registration_number", "founded", "representative", "position", "sex", "ethnicity",
            "commune", "address", "phone", "email", "note")
PRODUCT = ("name", "set_no", "category", "description", "photo")
DOSSIER = ("code", "kind", "round", "filed_on", "commune_received_on", "province_received_on", "samples", "note")
CERTIFICATE = ("number", "stars", "issued_on", "expires_on", "decision", "decided_on", "authority", "revoked_on", "revoked_why",
               "revoked_ground", "concluded_on", "conclusion", "revoked_by", "extended_until", "extended_why")
INSPECTION = ("planned_on", "held_on", "team", "findings", "label_right", "follow_up", "follow_up_due", "follow_up_done")
ACTIVITY = ("kind", "name", "begins_on", "ends_on", "place", "events", "people", "women", "minorities", "documents", "cost_vnd",
            "note")
FUNDING = ("source", "year", "amount_vnd", "note")
TARGET = ("period", "begins_on", "ends_on", "source", "measure", "least", "note")
FIELDS: dict[Entity, tuple[str, ...]] = {
    "producer": PRODUCER, "product": PRODUCT, "dossier": DOSSIER, "certificate": CERTIFICATE, "inspection": INSPECTION,
    "inspection_photo": ("sha256", "name"), "activity": ACTIVITY, "funding": FUNDING, "target": ("least", "note")}
PROGRAMME: dict[Entity, tuple[str, ...]] = {"activity": ACTIVITY, "funding": FUNDING, "target": TARGET}  # beside the producers
SAME: dict[Entity, tuple[str, ...]] = {  # what makes two of them the same
    "activity": ("kind", "name", "begins_on", "ends_on", "place"), "funding": ("source", "year", "note"),
    "target": ("period", "begins_on", "ends_on", "measure")}
NOTHING = (None, "")


@dataclass(frozen=True)
class Difference:
    """A field that says something else in the file; ``mine`` is empty where the file fills a gap.

    Args:
        id: of my record; about: product, producer or activity, for people; of money "source year", of a target its measure.
    """

    entity: Entity
    id: int
    field: str
    mine: Any
    theirs: Any
    about: str

    @property
    def key(self) -> str:
        """The same for the same field of the same record."""
        return f"{self.entity} {self.id} {self.field}"

    @property
    def conflict(self) -> bool:
        """Whether both say something."""
        return self.mine not in NOTHING


@dataclass(frozen=True)
class Addition:
    """A record only the file has, with what hangs below it; ``parent``: the id of mine it goes under (0 for a producer)."""

    entity: Entity
    parent: int
    values: Record
    about: str


@dataclass
class Merged:
    """What a file brings.

    Args:
        locked: what it says otherwise of records that are not to change: dossiers before a council, certificates issued here.
        same: records both have that say the same.
    """

    additions: list[Addition] = field(default_factory=list)
    locked: list[Difference] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    same: int = 0

    @property
    def fills(self) -> tuple[Difference, ...]:
        """Fields that are empty here."""
        return tuple(d for d in self.differences if not d.conflict)

    @property
    def conflicts(self) -> tuple[Difference, ...]:
        """Fields that say something else here."""
        return tuple(d for d in self.differences if d.conflict)

    def counts(self) -> dict[Entity, int]:
        """New records of each kind, those below new ones too."""
        found: dict[Entity, int] = dict.fromkeys(FIELDS, 0)
        for addition in self.additions:
            for entity in _below(addition.entity, addition.values):
                found[entity] += 1
        return found


def _below(entity: Entity, values: Record) -> Iterator[Entity]:
    yield entity
    if entity == "producer":
        for product in values["products"]:
            yield from _below("product", product)
    elif entity == "product":
        for dossier in values["dossiers"]:
            yield from _below("dossier", dossier)
        for inspection in values["inspections"]:
            yield from _below("inspection", inspection)
    elif entity == "inspection":
        for _photo in values["photos"]:
            yield "inspection_photo"
    elif entity == "dossier" and values["certificate"]:
        yield "certificate"


class _Mine:
    """My records, found by product code, tax number, or name and commune."""

    def __init__(self, producers: Iterable[Record]) -> None:
        self.by_code: dict[str, tuple[Record, Record]] = {}
        self._by_tax: dict[str, Record] = {}
        self._by_name: dict[str, list[Record]] = {}
        for producer in producers:
            if producer["tax_code"]:
                self._by_tax.setdefault(producer["tax_code"], producer)
            self._by_name.setdefault(fold(producer["name"]), []).append(producer)
            for product in producer["products"]:
                for dossier in product["dossiers"]:
                    if dossier["code"]:
                        self.by_code[dossier["code"]] = producer, product

    def producer(self, theirs: Record) -> Record | None:
        if theirs["tax_code"] in self._by_tax:
            return self._by_tax[theirs["tax_code"]]
        for mine in self._by_name.get(fold(theirs["name"]), ()):
            others = mine["tax_code"] and theirs["tax_code"]  # two numbers that differ are two producers
            if not others and (mine["commune"] == theirs["commune"] or not mine["commune"] or not theirs["commune"]):
                return mine
        for product in theirs["products"]:
            for dossier in product["dossiers"]:
                if dossier["code"] in self.by_code:
                    return self.by_code[dossier["code"]][0]
        return None

    def product(self, producer: Record, theirs: Record) -> Record | None:
        for dossier in theirs["dossiers"]:
            if dossier["code"] in self.by_code:
                return self.by_code[dossier["code"]][1]
        return next((p for p in producer["products"] if fold(p["name"]) == fold(theirs["name"])), None)


def merge(mine: Iterable[Record], theirs: Iterable[Record], into: Merged | None = None) -> Merged:
    """Put a file's records beside mine. What the file does not tell takes nothing away here; merging again brings nothing.

    Args:
        mine: every producer that could be one of theirs, with all its products; "locked" ones are not to change.
        into: what was found of other records of the same file, to be added to.
    """
    known, made = _Mine(mine), into if into is not None else Merged()
    for producer in theirs:
        found = known.producer(producer)
        if found is None:
            made.additions.append(Addition("producer", 0, producer, producer["name"]))
            continue
        _compare(made, "producer", found, producer, producer["name"])
        for product in producer["products"]:
            _product(made, known, found, product)
    return made


def _product(made: Merged, known: _Mine, producer: Record, theirs: Record) -> None:
    found = known.product(producer, theirs)
    if found is None:
        made.additions.append(Addition("product", producer["id"], theirs, theirs["name"]))
        return
    _compare(made, "product", found, theirs, theirs["name"])
    _inspections(made, found, theirs)
    taken: set[int] = set()
    for dossier in theirs["dossiers"]:
        same = _dossier(found, dossier, taken)
        if same is None:
            made.additions.append(Addition("dossier", found["id"], dossier, theirs["name"]))
            continue
        taken.add(same["id"])
        _compare(made, "dossier", same, dossier, theirs["name"])
        if dossier["certificate"] and same["certificate"]:
            _compare(made, "certificate", same["certificate"], dossier["certificate"], theirs["name"])
        elif dossier["certificate"] and same.get("locked"):
            issued = dossier["certificate"]["issued_on"]
            made.locked.append(Difference("certificate", 0, "issued_on", None, issued, theirs["name"]))
        elif dossier["certificate"]:
            made.additions.append(Addition("certificate", same["id"], dossier["certificate"], theirs["name"]))


def _inspections(made: Merged, product: Record, theirs: Record) -> None:
    ways = (lambda one: tuple(one[name] for name in INSPECTION), lambda one: one["planned_on"], lambda one: one["held_on"])
    pairs = _paired(product["inspections"], theirs["inspections"], ways)
    for inspection, same in zip(theirs["inspections"], pairs, strict=True):
        if same is None:
            made.additions.append(Addition("inspection", product["id"], inspection, theirs["name"]))
            continue
        _compare(made, "inspection", same, inspection, theirs["name"])
        known = {photo["sha256"] for photo in same["photos"]}
        made.additions += [Addition("inspection_photo", same["id"], photo, theirs["name"]) for photo in inspection["photos"]
                           if photo["sha256"] not in known]


def merge_programme(made: Merged, mine: Mapping[str, Iterable[Record]], theirs: Mapping[str, Iterable[Record]]) -> None:
    """Put a file's activities, money and targets beside mine, into ``made``.

    Args:
        mine, theirs: records by kind ("activity", "funding", "target").
    """
    for kind, fields in PROGRAMME.items():
        here, there = list(mine.get(kind, ())), list(theirs.get(kind, ()))
        whole = functools.partial(_key, names=fields)
        for record, same in zip(there, _paired(here, there, (whole, functools.partial(_key, names=SAME[kind]))), strict=True):
            if same is None:
                made.additions.append(Addition(kind, 0, record, about(kind, record)))
            else:
                _compare(made, kind, same, record, about(kind, record))


def about(kind: Entity, record: Record) -> str:
    """What ``Difference.about`` says of a record of the programme."""
    if kind == "activity":
        return str(record["name"] or record["place"] or record["kind"])
    return f"{record['source']} {record['year']}" if kind == "funding" else str(record["measure"])


def _key(record: Record, names: Iterable[str]) -> tuple[Any, ...]:
    return tuple(fold(value) if isinstance(value := record[name], str) else value for name in names)


def _paired(mine: Iterable[Record], theirs: Sequence[Record], ways: Iterable[Callable[[Record], Any]]) -> list[Record | None]:
    """Mine for each of theirs, or None: first those alike in the first way, then those left over by the next ways."""
    free = list(mine)
    pairs: list[Record | None] = [None] * len(theirs)
    for way in ways:
        waiting: dict[Any, list[Record]] = {}
        for one in free:
            if way(one) is not None:
                waiting.setdefault(way(one), []).append(one)
        for place, one in enumerate(theirs):
            if pairs[place] is None and way(one) is not None and waiting.get(way(one)):
                pairs[place] = waiting[way(one)].pop(0)
        taken = {id(pair) for pair in pairs}
        free = [one for one in free if id(one) not in taken]
    return pairs


def _dossier(product: Record, theirs: Record, taken: set[int]) -> Record | None:
    """The same application of a product: by its code, by the day of its recognition, else by round and day of filing."""
    free = [d for d in product["dossiers"] if d["id"] not in taken]
    if theirs["code"]:
        coded = next((d for d in free if d["code"] == theirs["code"]), None)
        if coded is not None:
            return coded
    free = [d for d in free if not (d["code"] and theirs["code"])]
    issued = theirs["certificate"]["issued_on"] if theirs["certificate"] else None
    if issued:
        dated = next((d for d in free if d["certificate"] and d["certificate"]["issued_on"] == issued), None)
        if dated is not None:
            return dated
    return next((d for d in free if (not issued or not d["certificate"]) and d["kind"] == theirs["kind"]
                 and all(d[k] == theirs[k] for k in ("round", "filed_on"))), None)


def _compare(made: Merged, entity: Entity, mine: Record, theirs: Record, about: str) -> None:
    found = [Difference(entity, mine["id"], name, mine[name], theirs[name], about) for name in FIELDS[entity]
             if theirs[name] not in NOTHING and not _alike(mine[name], theirs[name])]
    (made.locked if mine.get("locked") else made.differences).extend(found)
    made.same += not found


def _alike(mine: Any, theirs: Any) -> bool:
    if isinstance(mine, str) and isinstance(theirs, str):
        return " ".join(mine.split()) == " ".join(theirs.split())
    return bool(mine == theirs)
