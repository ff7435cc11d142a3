"""The rows of an earlier import that stayed out, each with its question; saved as a list for the commune."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from ocop_desktop import text
from ocop_desktop.text import N_, _
from ocop_desktop.ui.table import Column, FedTable
from ocop_desktop.ui.table_view import TableView
from ocop_desktop.ui.widgets import Card, button, label, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ocop_desktop.actions.importing import Batch
    from ocop_desktop.actions.importing_leftovers import Leftover

COLUMNS = (
    Column("cell", N_("Ô"), 72, look="figures"),
    Column("heading", N_("Cột"), 150, aside=1),
    Column("value", N_("Trong tệp ghi"), 190),
    Column("message", N_("Cần sửa"), 320, stretch=True),
)


class LeftoversCard(Card):
    """Hidden until an import's rows are asked for."""

    save_wanted = Signal(int, str)  # batch, its file
    closed = Signal()

    def __init__(self, store: Any) -> None:
        super().__init__()
        self.batch: Batch | None = None
        self.title, self.told = label("", "bold", wrap=True), label("", "quiet", wrap=True)
        self.save = button(_("Lưu danh sách lỗi (.xlsx)…"), self._save, icon="export")
        self.close_card = button(_("Đóng"), self._close, "quiet")
        self.model = FedTable(COLUMNS)
        self.table = TableView(self.model, "leftovers", store)
        head = row(self.title, self.save, self.close_card, space=12)
        head.setStretch(0, 1)
        self.body.addLayout(head)
        self.body.addWidget(self.told)
        self.body.addWidget(self.table, 1)
        self.hide()

    def show_batch(self, batch: Batch, found: Sequence[Leftover]) -> None:
        """Show what of a batch stayed out."""
        self.batch = batch
        self.title.setText(_("{count} dòng của “{file}” chưa nhập được", count=text.number(batch.counts.get("rejected", 0)),
                             file=batch.file_name))
        self.told.setText(_("Sửa trong tệp rồi nhập lại tệp ấy: dòng đã nhập không bị ghi hai lần.") if found else
                          _("Không có câu hỏi nào được giữ: các dòng ấy được chọn bỏ qua khi nhập."))
        self.model.set_rows(list(found))
        self.table.setVisible(bool(found))
        self.save.setVisible(bool(found))
        self.show()
        (self.table if found else self.close_card).setFocus()

    def _save(self) -> None:
        if self.batch is not None:
            self.save_wanted.emit(self.batch.id, self.batch.file_name)

    def _close(self) -> None:
        self.batch = None
        self.hide()
        self.closed.emit()
