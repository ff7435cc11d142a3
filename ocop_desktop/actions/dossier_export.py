"""The list of dossiers as a spreadsheet: everything that matches, in the order and columns on show."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ocop_desktop import text
from ocop_desktop.actions import rulebooks
from ocop_desktop.data import dossier_lists
from ocop_desktop.data.dossier_lists import DossierRow, Filters, Sort
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import UserError
from ocop_desktop.rules.terms import APPLICATION_KINDS, DOSSIER_STATES, PRODUCER_KINDS
from ocop_desktop.text import N_, _

HEADINGS: dict[str, tuple[str, int]] = {
    "product": (N_("Sản phẩm"), 40), "code": (N_("Mã sản phẩm"), 20), "producer": (N_("Chủ thể"), 36),
    "producer_kind": (N_("Loại hình"), 24), "commune": (N_("Xã, phường"), 20), "set_no": (N_("Bộ sản phẩm"), 40),
    "kind": (N_("Loại đăng ký"), 16), "round": (N_("Đợt"), 16), "status": (N_("Trạng thái"), 20), "stars": (N_("Sao"), 8),
    "filed_on": (N_("Ngày nộp"), 12),
}


def export(session: Session, path: Path, query: str, filters: Filters, sort: Sort, columns: Sequence[str],
           progress: Callable[[int, int, str], None]) -> int:
    """Write every dossier that matches, not only those on show, into an .xlsx file.

    Args:
        columns: keys of ``HEADINGS`` in their order on the screen.
        progress: ``progress(done, total, what)``.

    Returns:
        how many rows were written.

    Raises:
        UserError: the file cannot be written; it is left as it was.
    """
    from ocop_desktop.sheets.listing import write_listing

    if path.suffix.lower() != ".xlsx":
        raise UserError("Tên tệp cần kết thúc bằng .xlsx; đọc được “{file}”.", file=path.name)
    rows = dossier_lists.all_rows(session, query, filters, sort)
    what = _("Đang ghi {file}", file=path.name)
    headings = [(_(HEADINGS[key][0]), HEADINGS[key][1]) for key in columns]
    return write_listing(path, _("Hồ sơ"), headings, _values(rows, columns), lambda done: progress(done, len(rows), what))


def _values(rows: Sequence[DossierRow], columns: Sequence[str]) -> Iterator[list[Any]]:
    said = text.language()
    sets = {head.number: f"{head.number} {head.name.said(said)}" for head in rulebooks.current().heads}
    words = {"status": DOSSIER_STATES, "kind": APPLICATION_KINDS, "producer_kind": PRODUCER_KINDS}
    for row in rows:
        line: list[Any] = []
        for key in columns:
            value = getattr(row, key)
            if key in words:
                value = words[key][value].said(said) if value in words[key] else value
            line.append(sets.get(value, value) if key == "set_no" else value)
        yield line
