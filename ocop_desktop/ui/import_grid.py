"""The rows of a preview as a table: what was read, in clean form, with marked cells and what will become of each row."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal

from ocop_desktop import text
from ocop_desktop.rules.terms import ACTIVITY_KINDS, APPLICATION_KINDS, FUNDING_SOURCES, PRODUCER_KINDS
from ocop_desktop.text import N_
from ocop_desktop.ui import states
from ocop_desktop.ui.cells import MENDED
from ocop_desktop.ui.table import Column, FedTable, Index

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
    "activity_kind": (N_("Loại"), 190),
    "activity": (N_("Nội dung"), 300),
    "period": (N_("Thời gian"), 220),
    "place": (N_("Địa điểm"), 150),
    "people": (N_("Số người"), 84),
    "women": (N_("Nữ"), 84),
    "minorities": (N_("Dân tộc thiểu số"), 130),
    "documents": (N_("Tài liệu"), 80),
    "cost": (N_("Kinh phí (đồng)"), 140),
    "funding_year": (N_("Năm"), 64),
    "source": (N_("Nguồn vốn"), 220),
    "amount": (N_("Số tiền (đồng)"), 160),
    "note": (N_("Ghi chú"), 240),
}
KINDS = {"producer_kind": PRODUCER_KINDS, "kind": APPLICATION_KINDS, "activity_kind": ACTIVITY_KINDS, "source": FUNDING_SOURCES}
NUMBERS = ("amount", "cost", "people", "women", "minorities", "documents", "events")
POINTS = ("mean", "total")
LOUD = ("nfc", "unseen", "phone", "tax_code", "merged", "count", "old_commune", "legacy")  # mark their cell; others are listed
FIGURES = ("phone", "first_date", "second_date", "expires_on", "filed_on", "tax_code", "code")


def said(name: str, value: Any) -> str:
    """A clean value as it is shown."""
    if value in ("", None):
        return ""
    if isinstance(value, dt.date):
        return text.date(value)
    if name in KINDS and value in KINDS[name]:
        return KINDS[name][value].said(text.language())
    if name in NUMBERS and isinstance(value, int):
        return text.number(value)
    if name in POINTS or name.startswith("score:"):
        return str(value) if text.language() == "en" else str(value).replace(".", ",")
    if isinstance(value, tuple) and value and isinstance(value[0], dt.date):  # the first and the last day of a time
        return text.date(value[0]) if value[0] == value[1] else f"{text.date(value[0])} – {text.date(value[1])}"
    return " · ".join(str(value).splitlines())


@dataclass(frozen=True)
class ImportColumn(Column):
    """A column of the sheet: the clean value, or what was read where nothing could be made of it."""

    def value(self, row: PreviewRow) -> Any:
        found = row.values.get(self.key)
        if isinstance(found, int):
            return f"{found:020d}"
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
    headings = {c.field: c.heading.split(" · ")[-1] for c in seen.columns if c.field.startswith("score:")}
    filled = {name for row in seen.rows for name, value in row.values.items() if value not in ("", None)}
    asked = {p.values.get("field") for row in seen.rows for p in row.problems}
    names = {c.field for c in seen.columns if c.field not in ("", "ignore", "running")} | {"note"}
    names |= {"activity_kind"} & filled  # read from the activity's name where it has no column
    later = [c.field for c in seen.columns if c.field in names and c.field not in SHORT]
    for name in [*(n for n in SHORT if n in names), *later]:
        title, width = SHORT.get(name) or (headings.get(name) or field_words(name), 120)
        look = "figures" if name in FIGURES or name in NUMBERS or name.startswith("score:") else "text"
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


class ImportTable(FedTable):
    """The rows, to be mended in their cells: what is typed is announced, and comes back with the next preview."""

    typed = Signal(int, str, str)  # row of the sheet, field, words

    def __init__(self, columns: list[Column], fields: frozenset[str]) -> None:
        super().__init__(columns)
        self._fields = fields

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = super().flags(index)
        own = index.isValid() and self.columns[index.column()].key in self._fields
        return usual | Qt.ItemFlag.ItemIsEditable if own else usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.EditRole and index.isValid():
            return self.columns[index.column()].words(self.row_at(index.row())).removeprefix("↳ ")
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        words = " ".join(str(value).split())
        if role != Qt.ItemDataRole.EditRole or words == self.data(index, role):
            return False
        self.typed.emit(self.row_at(index.row()).number, self.columns[index.column()].key, words)
        return True


def model_of(seen: Preview) -> ImportTable:
    """A table model for a preview, cells marked."""
    fields = frozenset(c.field for c in seen.columns if c.field not in ("", "ignore", "running"))
    model = ImportTable(columns_of(seen), fields)
    feed(model, seen, ())
    return model


def feed(model: FedTable, seen: Preview, states: Iterable[str], kind: str = "") -> None:
    """Show the rows of those states, or all; with ``kind`` only those with a question of that kind."""
    marks = Marks({(p.row, p.field) for p in seen.repairs.plain if p.kind in LOUD})
    model.tint = marks.tone
    chosen = set(states)
    model.set_rows([row for row in seen.rows if (not chosen or row.state in chosen)
                    and (not kind or any(p.kind == kind for p in row.problems))])
