"""Writes what a look at another office's file found: new records, chosen fields, photos; notes it so that it can be undone."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ocop_desktop.actions import rulebooks
from ocop_desktop.data import photos as kept
from ocop_desktop.data import slice_writing as rows
from ocop_desktop.data.batches import BatchEntry
from ocop_desktop.data.slices import OF_DECISION, OWN_CERTIFICATE, OWN_PRODUCER, OWN_PRODUCT
from ocop_desktop.errors import UserError
from ocop_desktop.exchange.slice_file import MOST_PHOTOS
from ocop_desktop.papers import picture
from ocop_desktop.rules.merging import DOSSIER, INSPECTION, PROGRAMME, Addition, Difference, Entity
from ocop_desktop.rules.names import fold

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session

Progress = Callable[[int, int, str], None]
Photos = Callable[[Iterable[str]], Iterable[tuple[str, bytes]]]
UNIQUE = {"certificate": "number", "dossier": "code"}


class Writer:
    """Writes records of a file, and what it did: ``entries``; ``stale``: dossiers whose search text is to be written."""

    def __init__(self, session: Session, additions: Sequence[Addition], wanted: Sequence[Difference]) -> None:
        self._session, self._additions, self._wanted = session, additions, wanted
        self.entries: list[BatchEntry] = []
        self.stale: set[int] = set()
        told = [*_dossiers(additions)]
        certificates = [*filter(None, (d["certificate"] for d in told)),
                        *(a.values for a in additions if a.entity == "certificate")]
        fields = [(d.field, d.theirs) for d in wanted]
        self._taken = rows.Taken(
            session, [*(d["code"] for d in told), *(value for name, value in fields if name == "code")],
            [*(c["number"] for c in certificates), *(value for name, value in fields if name == "number")])
        self._book = rulebooks.current().id
        self._new = rows.NewRows(session)
        self._known: list[tuple[int, Mapping[str, Any]]] = []  # dossiers here that were recognised there
        self._photos: list[tuple[str, int, str, str]] = []  # digest, inspection or 0, name, entity; a product's by its number

    def write(self, photos: Photos, progress: Progress, words: tuple[str, str]) -> None:
        """Write everything.

        Args:
            photos: gives photos by digest, each with its bytes; words: what is told of records and of photos under way.
        """
        todo = len(self._additions)
        for done, one in enumerate(self._additions):
            progress(done, todo, words[0])
            self._add(one.entity, one.parent, one.values)
        by_record: dict[tuple[Entity, int], dict[str, Any]] = {}
        for difference in self._wanted:
            by_record.setdefault((difference.entity, difference.id), {})[difference.field] = difference.theirs
        prepared = [(entity, id, self._prepared(entity, id, after)) for (entity, id), after in by_record.items()]
        self._new.write()
        for dossier, after in self._known:
            self._change("dossier", dossier, dict(after))
        for done, (entity, id, after) in enumerate(prepared):
            progress(done, len(prepared), words[0])
            self._change(entity, id, after)
        self._write_photos(photos, progress, words[1])

    # -- new records ------------------------------------------------------------------------------------------------------

    def _add(self, entity: Entity, parent: int, values: Mapping[str, Any]) -> None:
        if entity in PROGRAMME:
            self._programme(entity, values)
        elif entity == "inspection_photo":
            self._photos.append((values["sha256"], parent, values["name"], entity))
        else:
            {"producer": self._producer, "product": self._product, "dossier": self._dossier, "inspection": self._inspection,
             "certificate": self._certificate}[entity](parent, values)

    def _made(self, kind: str, values: Mapping[str, Any]) -> int:
        id = self._new.add(kind, values)
        self.entries.append(BatchEntry(kind, id, "created"))
        return id

    def _producer(self, _parent: int, values: Mapping[str, Any]) -> None:
        own = {name: values[name] for name in OWN_PRODUCER}
        commune = self._taken.communes.get(values["commune"])
        id = self._made("producer", {**own, "folded": fold(values["name"]), "commune_id": commune})
        for product in values["products"]:
            self._product(id, product)

    def _product(self, parent: int, values: Mapping[str, Any]) -> None:
        own = {name: values[name] for name in OWN_PRODUCT}
        id = self._made("product", {**own, "producer_id": parent, "folded": fold(values["name"])})
        if values["photo"]:
            self._photos.append((values["photo"], id, "", "product_photo"))
        for dossier in values["dossiers"]:
            self._dossier(id, dossier)
        for inspection in values["inspections"]:
            self._inspection(id, inspection)

    def _dossier(self, parent: int, values: Mapping[str, Any]) -> None:
        own, certificate = {name: values[name] for name in DOSSIER}, values["certificate"]
        own["code"] = self._taken.once(own["code"], self._taken.codes)
        over = bool(certificate) or values["status"] == "history"
        book = values["rulebook"] if over else self._book
        status, stars = ("history", certificate["stars"] if certificate else values["stars"]) if over else ("draft", None)
        id = self._made("dossier", {**own, "product_id": parent, "rulebook": book, "status": status, "stars": stars})
        self.stale.add(id)
        self._new.add_below("dossier_paper", id, values["papers"])
        self._new.add_below("self_answer", id, values["answers"] if book == values["rulebook"] else ())
        if certificate:
            self._certificate(id, certificate, known=False)

    def _certificate(self, parent: int, values: Mapping[str, Any], known: bool = True) -> None:
        own = {name: values[name] for name in OWN_CERTIFICATE}
        own["number"] = self._taken.once(own["number"], self._taken.numbers)
        self._made("certificate", {**own, "dossier_id": parent, "decision_id": self._decision(values)})
        if known:
            self._known.append((parent, {"status": "history", "stars": values["stars"]}))

    def _decision(self, values: Mapping[str, Any]) -> int | None:
        """The decision of that number, day and authority, made when it is new; None without number or day."""
        if not values["decision"] or not values["decided_on"]:
            return None
        key = values["decision"], values["decided_on"], values["authority"]
        if key not in self._taken.decisions:
            self._taken.decisions[key] = self._made("decision", dict(zip(("number", "date", "authority"), key, strict=True)))
        return self._taken.decisions[key]

    def _inspection(self, parent: int, values: Mapping[str, Any]) -> None:
        id = self._made("inspection", {**{name: values[name] for name in INSPECTION}, "product_id": parent})
        self._photos += [(photo["sha256"], id, photo["name"], "inspection_photo") for photo in values["photos"]]

    def _programme(self, kind: Entity, values: Mapping[str, Any]) -> None:
        if kind != "target":
            self._made(kind, values)
            return
        key = values["period"], values["begins_on"], values["ends_on"]
        if key not in self._taken.periods:
            own = dict(zip(("name", "begins_on", "ends_on"), key, strict=True))
            self._taken.periods[key] = self._made("programme_period", {**own, "source": values["source"]})
        own = {name: values[name] for name in ("measure", "least", "note")}
        self._made("target", {**own, "period_id": self._taken.periods[key]})

    # -- fields of known records ------------------------------------------------------------------------------------------

    def _prepared(self, entity: Entity, id: int, after: dict[str, Any]) -> dict[str, Any]:
        """Fields as columns; what may stand only once and is taken is left out."""
        if "commune" in after:
            after["commune_id"] = self._taken.communes.get(after.pop("commune"))
        if "photo" in after:
            self._photos.append((after.pop("photo"), id, "", "product_photo"))
        if entity in ("producer", "product") and "name" in after:
            after["folded"] = fold(after["name"])
        if entity == "certificate" and any(name in after for name in OF_DECISION):
            told = rows.decision_now(self._session, id) | {name: after.pop(name) for name in OF_DECISION if name in after}
            after["decision_id"] = self._decision(told)
        unique = UNIQUE.get(entity, "")
        taken = self._taken.numbers if entity == "certificate" else self._taken.codes
        if unique in after and self._taken.once(after[unique], taken) is None:
            del after[unique]
        return after

    def _change(self, entity: Entity, id: int, after: dict[str, Any]) -> None:
        if after:
            before = rows.change(self._session, entity, id, after)
            self.entries.append(BatchEntry(entity, id, "updated", before, after))
            self.stale |= set(rows.dossiers_below(self._session, entity, id))

    # -- photos -----------------------------------------------------------------------------------------------------------

    def _write_photos(self, photos: Photos, progress: Progress, words: str) -> None:
        wanted: dict[str, list[tuple[int, str, str]]] = {}
        for digest, owner, name, entity in self._photos:
            wanted.setdefault(digest, []).append((owner, name, entity))
        for done, (digest, content) in enumerate(photos(wanted)):
            progress(done, len(wanted), words)
            made = picture.as_kept(content)
            for owner, name, entity in wanted[digest]:
                self._photo(entity, owner, name, made)

    def _photo(self, entity: str, owner: int, name: str, made: picture.Picture) -> None:
        if entity == "inspection_photo":
            if kept.count(self._session, owner) >= MOST_PHOTOS:
                raise UserError("Một lần kiểm tra sẽ có quá {most} ảnh khi nhận tệp này; hãy bỏ bớt ảnh ở một bên rồi nhận lại.",
                                most=MOST_PHOTOS)
            id = kept.add(self._session, owner, name, made.content, made.width, made.height)
            if id is not None:
                self.entries.append(BatchEntry("inspection_photo", id, "created"))
            return
        before = kept.get(self._session, owner)
        was = {"jpeg": base64.b64encode(before[0]).decode(), "width": before[1], "height": before[2]} if before else None
        kept.put(self._session, owner, made.content, made.width, made.height)
        after = {"sha256": kept.digest_of(self._session, owner)}
        self.entries.append(BatchEntry("product_photo", owner, "updated", was, after))


def _dossiers(additions: Iterable[Addition]) -> Iterable[Mapping[str, Any]]:
    """Dossiers that are to be made."""
    for one in additions:
        products = one.values["products"] if one.entity == "producer" else [one.values] if one.entity == "product" else []
        for product in products:
            yield from product["dossiers"]
        if one.entity == "dossier":
            yield one.values
