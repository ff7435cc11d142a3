"""What was mended by itself: one line with counts, and the list behind it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ocop_desktop import text
from ocop_desktop.text import N_, _
from ocop_desktop.ui import theme
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.painted import paint_corner
from ocop_desktop.ui.table import Column, FedTable
from ocop_desktop.ui.table_view import TableView
from ocop_desktop.ui.widgets import LinkLabel, button, column, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.importing import Preview
    from ocop_desktop.errors import Problem

# repair -> the word of the line; several repairs share one
SHORT = {
    "nfc": N_("Unicode"),
    "unseen": N_("ký tự ẩn"),
    "no_break": N_("khoảng trắng"),
    "blanks": N_("khoảng trắng"),
    "stars": N_("hạng sao"),
    "date": N_("ngày"),
    "phone": N_("số 0 đầu điện thoại"),
    "filled": N_("chủ thể theo dòng trên"),
    "merged": N_("ô gộp"),
    "count": N_("số lượng"),
    "tax_code": N_("mã số thuế"),
    "commune": N_("tên xã"),
    "old_commune": N_("xã trước 7/2025"),
    "ditto": N_("dấu như trên"),
    "legacy": N_("phông cũ"),
    "tone": N_("dấu thanh"),
}


@dataclass(frozen=True)
class Mended:
    """One mended cell."""

    cell: str
    heading: str
    value: str
    became: str
    what: str
    kind: str


def mended(problem: Problem) -> Mended:
    """A repair as a line of the list."""
    return Mended(
        str(problem.values.get("cell", "")),
        str(problem.values.get("heading", "")),
        _visible(problem.value),
        str(problem.values.get("became", "")),
        text.say(problem),
        problem.kind,
    )


def _visible(value: str) -> str:
    """A text with its unseen signs shown: blanks at the ends, no-break spaces, zero-width signs."""
    shown = value.replace("\u00a0", "⍽").replace("\u200b", "¦")
    return f"“{shown}”" if shown != shown.strip() or "  " in shown else shown


class MendedMark(QWidget):
    """The corner that mended cells carry, as a key to it."""

    def __init__(self) -> None:
        super().__init__()
        side = theme.now().px(14)
        self.setFixedSize(side, side)
        self.setToolTip(_("Ô có góc màu là ô đã tự sửa"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme.now()
        paint_corner(painter, self.rect().translated(look.px(2), look.px(3)))  # unframed: no picture that failed to load


class RepairLine(QWidget):
    """ "Tự sửa 38 ô: khoảng trắng 21 · Unicode 9 …  Xem"."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = label("", "quiet", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.link = LinkLabel(_("Xem"), self.wanted.emit)
        self.link.setAccessibleName(_("Xem những ô đã tự sửa"))
        inside = row(space=8)
        inside.addWidget(self.words, 1)
        inside.addWidget(MendedMark())
        inside.addWidget(self.link)
        self.setLayout(inside)

    def show_preview(self, seen: Preview) -> None:
        """Count what was mended."""
        counts = Counter(_(SHORT.get(p.kind, p.kind)) for p in seen.repairs.plain)
        parts = [_("{what} {count}", what=what, count=text.number(count)) for what, count in counts.most_common(3)]
        self.words.setText(_("Tự sửa {count} ô: {parts}", count=text.number(len(seen.repairs)), parts=" · ".join(parts)))
        self.setVisible(bool(seen.repairs) or bool(seen.mapping.refuse))


class RepairsCard(QWidget):
    """The list of mended cells, in place of the grid."""

    closed = Signal()
    refused = Signal(object)  # what shall not be mended, as ``sheets.refusals`` has it; all of it

    def __init__(self) -> None:
        super().__init__()
        self._refused: tuple[str, ...] = ()
        self.model = FedTable(
            (
                Column("cell", N_("Ô"), 70),
                Column("heading", N_("Cột"), 180),
                Column("value", N_("Trong tệp"), 240),
                Column("became", N_("Nhập thành"), 240),
                Column("what", N_("Đã sửa"), 260, stretch=True),
            )
        )
        self.view = TableView(self.model, compact=True)
        self.back = button(_("Về bảng xem trước"), self.closed.emit, small=True)
        self.cell = button(_("Không sửa ô này"), lambda: self._refuse([m.cell for m in self.view.chosen()]), small=True)
        self.kind = button(_("Không sửa loại này trong cột"), lambda: self._refuse(
            [f"{m.cell.rstrip('0123456789')}:{m.kind}" for m in self.view.chosen()]), small=True)
        self.everywhere = button(_("Không sửa loại này trong cả tệp"), lambda: self._refuse(
            [m.kind for m in self.view.chosen()]), small=True)
        self.again = button(_("Sửa lại tất cả"), lambda: self.refused.emit(()), small=True)
        head = Flow(label(_("Những ô đã tự sửa"), "strong"), self.cell, self.kind, self.everywhere, self.again, self.back)
        self.view.current_changed.connect(self._offer)
        inside = column(head, self.view, space=8)
        inside.setStretch(1, 1)
        self.setLayout(inside)

    def show_preview(self, seen: Preview) -> None:
        """List what was mended."""
        self._refused = seen.mapping.refuse
        self.again.setVisible(bool(self._refused))
        self.model.set_rows([mended(p) for p in seen.repairs])
        self._offer(self.view.current())

    def _offer(self, chosen: Mended | None) -> None:
        """A repair of a cell the sheet has can be refused."""
        for made in (self.cell, self.kind, self.everywhere):
            made.setEnabled(chosen is not None and chosen.cell[:1].isalpha())

    def _refuse(self, entries: list[str]) -> None:
        wanted = [entry for entry in entries if entry[:1].isalpha()]  # a value of no column of the sheet has no cell
        if wanted:
            self.refused.emit(tuple(dict.fromkeys((*self._refused, *wanted))))
