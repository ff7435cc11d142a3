"""The rows of a preview as a table: what was read, in clean form, with marked cells and what will become of each row."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ocop_desktop import text
from ocop_desktop.rules.terms import APPLICATION_KINDS, PRODUCER_KINDS
from ocop_desktop.text import N_
from ocop_desktop.ui import states
from ocop_desktop.ui.cells import MENDED
from ocop_desktop.ui.table import Column, FedTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ocop_desktop.actions.importing import Preview, PreviewRow

# field -> (short heading, width), in the order of the grid; others follow in the order of the sheet
SHORT: dict[str, tuple[str, int]] = {
    "product": (N_("Tên sản phẩm"), 214),
    "set_no": (N_("Bộ"), 52),
    "producer": (N_("Chủ thể"), 230),
    "commune": (N_("Xã, phường"), 122),
    "phone": (N_("Điện thoại"), 116),
    "current_stars": (N_("Sao"), 64),
    "first_stars": (N_("Sao lần 1"), 84),
    "first_date": (N_("Ngày lần 1"), 114),
    "second_stars": (N_("Sao lần 2"), 84),
    "second_date": (N_("Ngày lần 2"), 114),
    "kind": (N_("Lần đăng ký"), 110),
    "samples": (N_("Mẫu"), 60),
    "expires_on": (N_("Hết hạn"), 114),
    "first_decision": (N_("Quyết định 1"), 128),
    "first_authority": (N_("Cơ quan 1"), 128),
    "first_year": (N_("Năm 1"), 68),
    "second_decision": (N_("Quyết định 2"), 128),
    "second_authority": (N_("Cơ quan 2"), 128),
    "second_year": (N_("Năm 2"), 68),
    "producer_kind": (N_("Loại hình"), 190),
    "address": (N_("Địa chỉ"), 210),
    "representative": (N_("Người đại diện"), 160),
    "note": (N_("Ghi chú"), 240),
}
LOUD = ("nfc", "unseen", "phone", "tax_code", "merged", "count")  # repairs that mark their cell; the rest stand in the list only
FIGURES = ("phone", "first_date", "second_date", "expires_on", "filed_on", "tax_code", "code")


def said(name: str, value: Any) -> str:
    """A clean value as it is shown."""
    if value in ("", None):
        return ""
    if isinstance(value, dt.date):
        return text.date(value)
    if name == "producer_kind" and value in PRODUCER_KINDS:
        return PRODUCER_KINDS[value].said(text.language())
    if name == "kind" and value in APPLICATION_KINDS:
        return APPLICATION_KINDS[value].said(text.language())
    return " · ".join(str(value).splitlines())


@dataclass(frozen=True)
class ImportColumn(Column):
    """A column of the sheet: the clean value, or what was read where nothing could be made of it."""

    def value(self, row: PreviewRow) -> Any:
        found = row.values.get(self.key)
        if isinstance(found, int):
            return f"{found:06d}"
        return found.isoformat() if isinstance(found, dt.date) else self.words(row)

    def words(self, row: PreviewRow) -> str:
        found = said(self.key, row.values.get(self.key))
        if not found:
            return next((p.value for p in row.problems if p.values.get("field") == self.key), "")
        return f"↳ {found}" if self.key in row.filled else found


@dataclass(frozen=True)
class StateColumn(Column):
    """What will become of the row."""

    def value(self, row: PreviewRow) -> Any:
        return states.row(row.state)


@dataclass
class Marks:
    """Which cells of a preview carry a mark: (row, field)."""

    mended: set[tuple[int, str]] = field(default_factory=set)

    def tone(self, row: PreviewRow, name: str) -> str | None:
        """The tone of a cell: wrong, doubtful, changed, mended."""
        for problem in row.problems:
            if problem.values.get("field") == name:
                return "bad" if problem.severity == "error" else "warn"
        if any(change.field == name for change in row.changes):
            return "info"
        return MENDED if (row.number, name) in self.mended and name not in row.filled else None


def columns_of(seen: Preview) -> list[Column]:
    """The columns worth showing: those with a field and, but for the vital ones, something in them."""
    from ocop_desktop.actions.importing_words import field_words

    shown: list[Column] = [
        Column("number", N_("Dòng"), 58, "right"),
        StateColumn("state", N_("Kết quả"), 104, look="pill", sortable=False),
    ]
    filled = {name for row in seen.rows for name, value in row.values.items() if value not in ("", None)}
    asked = {p.values.get("field") for row in seen.rows for p in row.problems}
    names = {c.field for c in seen.columns if c.field not in ("", "ignore", "running")} | {"note"}
    later = [c.field for c in seen.columns if c.field in names and c.field not in SHORT]
    for name in [*(n for n in SHORT if n in names), *later]:
        title, width = SHORT.get(name) or (field_words(name), 120)
        look = "figures" if name in FIGURES else "text"
        shown.append(
            ImportColumn(
                name,
                title,
                width,
                look=look,
                hidden=name not in filled and name not in asked and name not in ("product", "producer"),
            )
        )
    return shown


def model_of(seen: Preview) -> FedTable:
    """A table model for a preview, cells marked."""
    model = FedTable(columns_of(seen))
    feed(model, seen, ())
    return model


def feed(model: FedTable, seen: Preview, states: Iterable[str]) -> None:
    """Show the rows of those states, or all."""
    marks = Marks({(p.place.row or 0, str(p.values.get("field"))) for p in seen.repairs if p.kind in LOUD})
    model.tint = marks.tone
    chosen = set(states)
    model.set_rows([row for row in seen.rows if not chosen or row.state in chosen])
