"""Exchange between levels: cut records out as a file, look at another office's file beside one's own, take it in.

The province's data win unless a person chooses otherwise: where both sides say something else, a province's office keeps its
own, and an office that takes in a province's file takes the file's.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ocop_desktop.actions.collecting import uncollected
from ocop_desktop.actions.files import unfinished
from ocop_desktop.actions.office import read_office
from ocop_desktop.actions.rights import need
from ocop_desktop.actions.slice_writing import Progress, Writer
from ocop_desktop.data import batches, communes, search
from ocop_desktop.data import importing as store
from ocop_desktop.data import slices as rows
from ocop_desktop.data.batches import Batch
from ocop_desktop.data.slices import Narrowed
from ocop_desktop.errors import UserError, why
from ocop_desktop.exchange import slice_file
from ocop_desktop.exchange.slice_file import Slice
from ocop_desktop.rules.merging import Merged, merge, merge_programme
from ocop_desktop.text import N_

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session

ENDING = ".trich"
TOGETHER = 500  # producers of a file compared at a time
READING, PHOTOS = N_("Đang đọc dữ liệu"), N_("Đang chép ảnh")
COMPARING, WRITING, SEARCHING = N_("Đang so với dữ liệu đang có"), N_("Đang ghi dữ liệu nhận"), N_("Đang ghi mục tìm kiếm")


@dataclass(frozen=True)
class Cut(Narrowed):
    """What is cut out."""

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
    stamp: tuple[int, ...] = ()

    @property
    def proposed(self) -> frozenset[str]:
        """Keys of the contradicting fields that are taken from the file unless somebody chooses otherwise."""
        return frozenset(d.key for d in self.merged.conflicts) if self.theirs_first else frozenset()


def cut_of(session: Session, commune_id: int | None, year: int | None, round: str) -> Cut:
    """A cut as a form has it; the commune by its number."""
    unit = communes.by_id(session, commune_id) if commune_id else None
    return Cut(unit.code if unit else "", year, " ".join(round.split()))


@dataclass(frozen=True)
class Counted:
    """What a cut has."""

    dossiers: int
    inspections: int
    activities: int
    funding: int
    targets: int

    @property
    def any(self) -> bool:
        """Whether there is something to send."""
        return any((self.dossiers, self.inspections, self.activities, self.funding, self.targets))


def count(session: Session, cut: Cut) -> Counted:
    """How much a cut has."""
    dossiers, programme = rows.dossier_ids(session, cut), rows.programme(session, cut)
    return Counted(len(dossiers), len(rows.inspection_ids(session, cut, dossiers)), len(programme["activity"]),
                   len(programme["funding"]), len(programme["target"]))


def export(session: Session, cut: Cut, path: Path | str, province: bool, today: dt.date, progress: Progress | None = None) -> int:
    """Write the records of a cut as a file, whole or not at all; how many dossiers.

    Producers and products with their photos, dossiers, recognitions and inspections; the programme's activities, money and
    targets. Ballots and results of councils stay here: what another office gets is what was decided.

    Args:
        province: whether a province's office makes it; its data win where they are taken in.
        progress: told how far it is; may raise to stop, which leaves nothing behind.

    Raises:
        UserError: there is nothing to cut out, another ending than .trich, or the file cannot be written.
    """
    need(session, "register")
    goal, tell = Path(path), progress or _silent
    if goal.suffix.lower() != ENDING:
        raise UserError("Tên tệp cần kết thúc bằng {ending}; đọc được “{file}”.", ending=ENDING, file=goal.name)
    tell(0, 1, READING)
    dossiers, programme = rows.dossier_ids(session, cut), rows.programme(session, cut)
    inspections = rows.inspection_ids(session, cut, dossiers)
    if not dossiers and not inspections and not any(programme.values()):
        raise UserError("Không có gì khớp xã, năm và đợt đã chọn; hãy chọn rộng hơn.")
    office = read_office(session)
    with uncollected():
        producers = rows.producers_of(session, dossiers, inspections, lambda: tell(0, 1, READING))
        made = Slice(office.agency or office.body, province, today, cut.where, tuple(producers),
                     {kind: tuple(records) for kind, records in programme.items()})
        with unfinished(goal) as temporary, temporary.open("wb") as opened:
            slice_file.write(made, opened, _photos(session, producers, tell), lambda at: tell(at, len(producers), READING))
    return len(dossiers)


def _photos(session: Session, producers: Iterable[dict[str, Any]], progress: Progress) -> Iterator[tuple[str, bytes]]:
    places: dict[str, tuple[str, int]] = {}
    for product in (product for producer in producers for product in producer["products"]):
        if product["photo"]:
            places[product["photo"]] = "product_photo", product["id"]
        for photo in (photo for inspection in product["inspections"] for photo in inspection["photos"]):
            places[photo["sha256"]] = "inspection_photo", photo["id"]
    for done, (digest, place) in enumerate(places.items()):
        progress(done, len(places), PHOTOS)
        yield digest, rows.photo(session, *place)


def preview(session: Session, path: Path | str, progress: Progress | None = None) -> SlicePreview:
    """Look at another office's file beside one's own records; nothing is written.

    Args:
        progress: told how far it is; may raise to stop.

    Raises:
        UserError: it cannot be read, or is no such file.
    """
    source, tell = Path(path), progress or _silent
    tell(0, 1, READING)
    try:
        with source.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        with uncollected():
            found = slice_file.read(source, lambda _at: tell(0, 1, READING))
    except OSError as error:
        raise UserError("Không đọc được tệp {file}: {reason}.", file=str(source), reason=why(error)) from error
    merged = _merged(session, found, tell)
    return SlicePreview(source, digest, found, merged, found.province, store.stamp(session))


def _merged(session: Session, found: Slice, tell: Progress) -> Merged:
    made, count = Merged(), len(found.producers)
    with uncollected():
        for at in range(0, count, TOGETHER):
            tell(at, count, COMPARING)
            some = found.producers[at:at + TOGETHER]
            merge(rows.producers_like(session, some, lambda at=at: tell(at, count, COMPARING)), some, made)  # type: ignore[misc]
        merge_programme(made, rows.programme(session), found.programme)
    return made


def accept(session: Session, seen: SlicePreview, chosen: Iterable[str] | None = None, progress: Progress | None = None) -> Batch:
    """Take a file in: new records, what fills a gap, and of the contradicting fields those chosen; all of it or nothing.

    Args:
        chosen: keys of differences to take from the file; None takes what is proposed.
        progress: told how far it is; may raise to stop, which takes everything back.

    Raises:
        UserError: it brings nothing, or a photo of it cannot be read.
    """
    need(session, "work")
    tell = progress or _silent
    tell(0, 1, COMPARING)
    fresh = seen.stamp == store.stamp(session)
    merged = seen.merged if fresh else _merged(session, seen.content, tell)  # as things stand now
    take = set(seen.proposed if chosen is None else chosen)
    wanted = [*merged.fills, *(d for d in merged.conflicts if d.key in take)]
    if not merged.additions and not wanted:
        raise UserError("Tệp “{file}” không có gì mới để nhận.", file=seen.path.name)
    counts = {"created": sum(merged.counts().values()), "updated": len(wanted), "unchanged": merged.same,
              "rejected": len(merged.conflicts) - sum(d.key in take for d in merged.conflicts) + len(merged.locked)}
    batch = batches.add_batch(session, seen.path.name, seen.sha256, store.SLICE, dict(seen.content.where), counts)
    writer = Writer(session, merged.additions, wanted)
    try:
        with uncollected():
            writer.write(lambda digests: slice_file.photos(seen.path, digests), tell, (WRITING, PHOTOS))
    except OSError as error:
        raise UserError("Không đọc được tệp {file}: {reason}.", file=str(seen.path), reason=why(error)) from error
    batches.add_entries(session, batch, writer.entries)
    tell(0, 1, SEARCHING)
    if writer.stale:
        search.refresh_search(session, sorted(writer.stale))
    made = batches.batch_of(session, batch)
    assert made is not None
    batches.note_imported(session, made)
    return made


def _silent(_done: int, _total: int, _what: str) -> None:
    """Tell nobody."""
