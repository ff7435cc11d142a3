"""Exchange between levels: cut records out as a file, look at another office's file beside one's own, take it in.

The province's data win unless a person chooses otherwise: where both sides say something else, a province's office keeps its
own, and an office that takes in a province's file takes the file's.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ocop_desktop.actions import rulebooks
from ocop_desktop.actions.files import write_whole
from ocop_desktop.actions.office import read_office
from ocop_desktop.actions.rights import need
from ocop_desktop.data import batches, communes, search
from ocop_desktop.data import importing as store
from ocop_desktop.data import slices as rows
from ocop_desktop.data.batches import Batch, BatchEntry
from ocop_desktop.errors import UserError
from ocop_desktop.exchange.slice_file import LARGEST, Slice, decode, encode
from ocop_desktop.rules.merging import CERTIFICATE, DOSSIER, PRODUCER, PRODUCT, Difference, Entity, Merged, merge
from ocop_desktop.rules.names import fold

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session

ENDING = ".trich"
OF_DECISION = ("decision", "decided_on", "authority")


@dataclass(frozen=True)
class Cut:
    """What is cut out; what is empty does not narrow.

    Args:
        commune: code; year: filed or recognised in it; round: as the dossiers say.
    """

    commune: str = ""
    year: int | None = None
    round: str = ""

    @property
    def where(self) -> dict[str, str]:
        """As a file says it."""
        told = {"commune": self.commune, "year": str(self.year) if self.year else "", "round": self.round}
        return {key: value for key, value in told.items() if value}


@dataclass(frozen=True)
class SlicePreview:
    """A file beside one's own records. ``theirs_first``: it comes from a province, so its values are proposed."""

    path: Path
    sha256: str
    content: Slice
    merged: Merged
    theirs_first: bool

    @property
    def proposed(self) -> frozenset[str]:
        """Keys of the contradicting fields that are taken from the file unless somebody chooses otherwise."""
        return frozenset(d.key for d in self.merged.conflicts) if self.theirs_first else frozenset()


def cut_of(session: Session, commune_id: int | None, year: int | None, round: str) -> Cut:
    """A cut as a form has it; the commune by its number."""
    unit = communes.by_id(session, commune_id) if commune_id else None
    return Cut(unit.code if unit else "", year, " ".join(round.split()))


def count(session: Session, cut: Cut) -> int:
    """How many dossiers a cut has."""
    return len(_ids(session, cut))


def export(session: Session, cut: Cut, path: Path | str, province: bool, today: dt.date) -> int:
    """Write the producers, products and dossiers of a cut as a file, whole or not at all; how many dossiers.

    Ballots and results of councils stay here: what another office gets is what was decided.

    Args:
        province: whether a province's office makes it; its data win where they are taken in.

    Raises:
        UserError: there is nothing to cut out, another ending than .trich, or the file cannot be written.
    """
    need(session, "register")
    goal, ids = Path(path), _ids(session, cut)
    if goal.suffix.lower() != ENDING:
        raise UserError("Tên tệp cần kết thúc bằng {ending}; đọc được “{file}”.", ending=ENDING, file=goal.name)
    if not ids:
        raise UserError("Không có hồ sơ nào khớp xã, năm và đợt đã chọn; hãy chọn rộng hơn.")
    office = read_office(session)
    made = Slice(office.agency or office.body, province, today, cut.where, tuple(rows.producers_of(session, ids)))
    write_whole({goal: encode(made)})
    return len(ids)


def preview(session: Session, path: Path | str) -> SlicePreview:
    """Look at another office's file beside one's own records; nothing is written.

    Raises:
        UserError: it cannot be read, or is no such file.
    """
    source = Path(path)
    try:
        if source.stat().st_size > LARGEST:
            raise UserError("Tệp “{file}” quá lớn; hãy xin tệp trích theo từng xã hoặc từng năm.", file=source.name)
        content = source.read_bytes()
    except OSError as error:
        raise UserError("Không đọc được tệp {file}: {reason}.", file=str(source), reason=error.strerror or "") from error
    found = decode(content, source.name)
    merged = merge(rows.producers_like(session, found.producers), found.producers)
    return SlicePreview(source, hashlib.sha256(content).hexdigest(), found, merged, found.province)


def accept(session: Session, seen: SlicePreview, chosen: Iterable[str] | None = None) -> Batch:
    """Take a file in: new records, what fills a gap, and of the contradicting fields those chosen; all of it or nothing.

    Args:
        chosen: keys of differences to take from the file; None takes what is proposed.

    Raises:
        UserError: it brings nothing.
    """
    need(session, "work")
    merged = merge(rows.producers_like(session, seen.content.producers), seen.content.producers)  # as things stand now
    take = set(seen.proposed if chosen is None else chosen)
    wanted = [*merged.fills, *(d for d in merged.conflicts if d.key in take)]
    if not merged.additions and not wanted:
        raise UserError("Tệp “{file}” không có gì mới để nhận.", file=seen.path.name)
    counts = {"created": sum(merged.counts().values()), "updated": len(wanted), "unchanged": merged.same,
              "rejected": len(merged.conflicts) - sum(d.key in take for d in merged.conflicts) + len(merged.locked)}
    batch = batches.add_batch(session, seen.path.name, seen.sha256, store.SLICE, dict(seen.content.where), counts)
    writer = _Writer(session)
    for addition in merged.additions:
        writer.add(addition.entity, addition.parent, addition.values)
    writer.change(wanted)
    batches.add_entries(session, batch, writer.entries)
    if writer.stale:
        search.refresh_search(session, sorted(writer.stale))
    made = batches.batch_of(session, batch)
    assert made is not None
    batches.note_imported(session, made)
    return made


def _ids(session: Session, cut: Cut) -> list[int]:
    return rows.dossier_ids(session, (cut.commune,) if cut.commune else (), cut.year, cut.round)


class _Writer:
    """Writes records of a file, and what it did."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.entries: list[BatchEntry] = []
        self.stale: set[int] = set()  # dossiers whose search text is to be written

    def add(self, entity: Entity, parent: int, values: Mapping[str, Any]) -> None:
        """Write a record with what hangs below it."""
        {"producer": self._producer, "product": self._product, "dossier": self._dossier, "certificate": self._certificate}[
            entity](parent, values)

    def _made(self, entity: str, values: Mapping[str, Any]) -> int:
        id = rows.add(self._session, entity, values)
        self.entries.append(BatchEntry(entity, id, "created"))
        return id

    def _producer(self, _parent: int, values: Mapping[str, Any]) -> None:
        own = {name: values[name] for name in PRODUCER if name != "commune"}
        id = self._made("producer", {**own, "folded": fold(values["name"]), "commune_id": self._commune(values["commune"])})
        for product in values["products"]:
            self._product(id, product)

    def _product(self, parent: int, values: Mapping[str, Any]) -> None:
        own = {name: values[name] for name in PRODUCT}
        id = self._made("product", {**own, "producer_id": parent, "folded": fold(values["name"])})
        for dossier in values["dossiers"]:
            self._dossier(id, dossier)

    def _dossier(self, parent: int, values: Mapping[str, Any]) -> None:
        own, certificate = {name: values[name] for name in DOSSIER}, values["certificate"]
        if own["code"] and store.used_codes(self._session, [own["code"]]):
            own["code"] = None
        over = bool(certificate) or values["status"] == "history"
        book = values["rulebook"] if over else rulebooks.current().id
        status, stars = ("history", certificate["stars"] if certificate else values["stars"]) if over else ("draft", None)
        id = self._made("dossier", {**own, "product_id": parent, "rulebook": book, "status": status, "stars": stars})
        self.stale.add(id)
        rows.add_below(self._session, id, values["papers"], values["answers"] if book == values["rulebook"] else ())
        if certificate:
            self._certificate(id, certificate, known=False)

    def _certificate(self, parent: int, values: Mapping[str, Any], known: bool = True) -> None:
        own = {name: values[name] for name in CERTIFICATE if name not in OF_DECISION}
        if rows.taken(self._session, own["number"]):
            own["number"] = None
        decision = self._decision(values)
        self._made("certificate", {**own, "dossier_id": parent, "decision_id": decision})
        if known:  # a dossier that was under way here was recognised there
            after = {"status": "history", "stars": values["stars"]}
            before = rows.change(self._session, "dossier", parent, after)
            self.entries.append(BatchEntry("dossier", parent, "updated", before, after))

    def _decision(self, values: Mapping[str, Any]) -> int | None:
        id, new = rows.decision_of(self._session, values["decision"], values["decided_on"], values["authority"])
        if new and id is not None:
            self.entries.append(BatchEntry("decision", id, "created"))
        return id

    def _commune(self, code: str) -> int | None:
        unit = communes.by_code(self._session, code) if code else None
        return unit.id if unit else None

    def change(self, differences: Sequence[Difference]) -> None:
        """Write fields of known records, each record once."""
        by_record: dict[tuple[Entity, int], dict[str, Any]] = {}
        for one in differences:
            by_record.setdefault((one.entity, one.id), {})[one.field] = one.theirs
        for (entity, id), after in by_record.items():
            self._change(entity, id, after)

    def _change(self, entity: Entity, id: int, after: dict[str, Any]) -> None:
        if "commune" in after:
            after["commune_id"] = self._commune(after.pop("commune"))
        if entity in ("producer", "product") and "name" in after:
            after["folded"] = fold(after["name"])
        if entity == "certificate" and any(name in after for name in OF_DECISION):
            told = rows.decision_now(self._session, id) | {name: after.pop(name) for name in OF_DECISION if name in after}
            after["decision_id"] = self._decision(told)
        if after.get("number") and rows.taken(self._session, after["number"]):
            del after["number"]
        if after.get("code") and store.used_codes(self._session, [after["code"]]):
            del after["code"]
        if not after:
            return
        before = rows.change(self._session, entity, id, after)
        self.entries.append(BatchEntry(entity, id, "updated", before, after))
        self.stale |= set(rows.dossiers_below(self._session, entity, id))
