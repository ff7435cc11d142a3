"""What of an earlier import stayed out, and why: to be looked at again, and sent back to the commune as a list."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ocop_desktop.data import batches
from ocop_desktop.data.batches import Batch
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import UserError
from ocop_desktop.text import N_, _

OUT = "left_out"  # marks a kept question whose row was not imported
HEADINGS = ((N_("Trang"), 16), (N_("Ô"), 8), (N_("Cột"), 20), (N_("Trong tệp ghi"), 32), (N_("Cần sửa"), 90))


@dataclass(frozen=True)
class Leftover:
    """One question of a row that was not imported: where it stands, what stood there, what was asked."""

    sheet: str
    cell: str
    heading: str
    value: str
    message: str


def leftovers(batch: Batch) -> tuple[Leftover, ...]:
    """The kept questions of rows that stayed out, in the order of the sheet; of imports before these were marked, all of them."""
    kept = [p for p in batch.counts.get("problems") or () if p.get("row") is not None]
    marked = [p for p in kept if p.get(OUT)]
    found = sorted(marked or kept, key=lambda p: p["row"])
    return tuple(Leftover(p.get("sheet", ""), f"{p.get('column', '')}{p['row']}", p.get("heading", ""), p.get("value", ""),
                          p.get("message", "")) for p in found)


def save_leftovers(session: Session, batch_id: int, path: Path) -> int:
    """Write the list into an .xlsx file for whoever is to mend the rows; how many questions it has.

    Raises:
        UserError: there is no such import, or the file cannot be written.
    """
    from ocop_desktop.sheets.listing import write_listing

    batch = batches.batch_of(session, batch_id)
    if batch is None:
        raise UserError("Không có lần nhập số {number}.", number=batch_id)
    lines = [(x.sheet, x.cell, x.heading, x.value, x.message) for x in leftovers(batch)]
    return write_listing(path, _("Cần sửa"), [(_(words), width) for words, width in HEADINGS], lines)
