"""Photos taken at an inspection: look at them, add several at a time, take one away and bring it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ocop_desktop.actions.photos import read_file
from ocop_desktop.actions.rights import need
from ocop_desktop.data import certificate_fate
from ocop_desktop.data import photos as kept
from ocop_desktop.data.changes import record_change
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import UserError
from ocop_desktop.exchange.slice_file import MOST_PHOTOS
from ocop_desktop.papers import picture

MOST = MOST_PHOTOS  # of an inspection: what a team brings back from a day, not an album


@dataclass(frozen=True)
class InspectionPhoto:
    """A photo as it is kept: JPEG, its longer side at most 1600 pixels; ``name``: of the file it came from."""

    id: int
    name: str
    content: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Added:
    """What became of chosen files: how many were kept, how many stood there already, and those refused with why."""

    kept: int
    known: int
    refused: tuple[tuple[str, UserError], ...]


def photos(session: Session, inspection_id: int) -> tuple[InspectionPhoto, ...]:
    """The photos of an inspection in the order they were added. Asks for the right to the register."""
    need(session, "register")
    return tuple(InspectionPhoto(one.id, one.name, one.content, one.width, one.height)
                 for one in kept.of_inspection(session, inspection_id))


def add_files(session: Session, inspection_id: int, paths: Sequence[str | Path], who: str = "") -> Added:
    """Keep picture files with an inspection, turned upright and scaled; a bad file is refused, the others are kept.

    Raises:
        UserError: the inspection is gone, or would have more than ``MOST`` photos.
    """
    good, refused = [], []
    for path in map(Path, paths):
        try:
            good.append((path.name, read_file(path)))
        except UserError as error:
            refused.append((path.name, error))
    found = add(session, inspection_id, good, who)
    return Added(found.kept, found.known, (*refused, *found.refused))


def add(session: Session, inspection_id: int, files: Sequence[tuple[str, bytes]], who: str = "") -> Added:
    """Like ``add_files`` with (name, bytes of a JPEG or PNG file)."""
    need(session, "work")
    if certificate_fate.get_inspection(session, inspection_id) is None:
        raise UserError("Không tìm thấy lần kiểm tra này; hãy mở lại danh sách.")
    if len(kept.of_inspection(session, inspection_id)) + len(files) > MOST:
        raise UserError("Mỗi lần kiểm tra giữ được nhiều nhất {most} ảnh; hãy chọn ít ảnh hơn.", most=MOST)
    new, known, refused = [], 0, []
    for name, data in files:
        try:
            made = picture.scaled(data)
        except UserError as error:
            refused.append((name, error))
            continue
        if kept.add(session, inspection_id, name, made.content, made.width, made.height) is None:
            known += 1
        else:
            new.append(name)
    if new:
        record_change(session, who, "inspection", inspection_id, "photos", None, {"files": new})
    return Added(len(new), known, tuple(refused))


def remove(session: Session, photo_id: int, who: str = "") -> InspectionPhoto | None:
    """Take a photo away; what was there, so that it can be kept again; None: it was gone."""
    need(session, "work")
    found = kept.get_of_inspection(session, photo_id)
    if found is None:
        return None
    was = InspectionPhoto(found.id, found.name, found.content, found.width, found.height)
    record_change(session, who, "inspection", found.inspection_id, "photo_removed", None, {"file": found.name})
    kept.remove_of_inspection(session, found)
    return was


def bring_back(session: Session, inspection_id: int, was: InspectionPhoto, who: str = "") -> None:
    """Keep a photo that was taken away, as it was."""
    need(session, "work")
    if kept.add(session, inspection_id, was.name, was.content, was.width, was.height) is not None:
        record_change(session, who, "inspection", inspection_id, "photos", None, {"files": [was.name]})
