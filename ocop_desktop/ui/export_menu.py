"""The menu of an export button: what is on show, and the layouts the import reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from ocop_desktop import text
from ocop_desktop.text import _
from ocop_desktop.ui import file_dialogs

if TYPE_CHECKING:
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work


def ask_place(shell: Shell, parent: QWidget, title: str, proposed: str, then: Callable[[Path], object]) -> QFileDialog:
    """Ask where to write an .xlsx file, beside the page."""
    return file_dialogs.to_save(shell, parent, title, f"{proposed}.xlsx", _("Bảng tính Excel (*.xlsx)"), then)


class ExportMenu(QMenu):
    """What is on show first, then layouts by name."""

    def __init__(self, owner: QPushButton, work: Work, shell: Shell, shown: Callable[[], object], layouts: Sequence[str]) -> None:
        super().__init__(owner)
        self._work, self._shell, self._owner = work, shell, owner
        self.shown = QAction(_("Bảng đang hiện…"), self)
        self.shown.triggered.connect(lambda: shown())
        self.addAction(self.shown)
        self.addSeparator()
        self.layouts: dict[str, QAction] = {}
        words = {
            "register": _("Sổ sản phẩm 22 cột…"),
            "national": _("Lớp dữ liệu quốc gia…"),
            "applications": _("Danh sách đăng ký của xã…"),
            "producers": _("Danh sách chủ thể…"),
        }
        names = {"register": _("so-22-cot"), "national": _("lop-quoc-gia"), "applications": _("danh-sach-xa"),
                 "producers": _("chu-the")}  # fmt: skip
        for layout in layouts:
            action = QAction(words[layout], self)
            action.triggered.connect(
                lambda _on=False, layout=layout: ask_place(shell, owner, words[layout].rstrip("…"), names[layout],
                                                           lambda path: self.write(layout, path)))
            self.layouts[layout] = action
            self.addAction(action)
        owner.setMenu(self)

    def write(self, layout: str, path: Path) -> None:
        """Write a layout into ``path``."""
        write_layout(self._owner, self._work, self._shell, layout, path)


def write_layout(owner: QWidget, work: Work, shell: Shell, layout: str, path: Path) -> None:
    """Write a layout the import reads into ``path``."""

    def write(session: Any, progress: Callable[[int, int, str], None]) -> int:
        from ocop_desktop.actions import exporting

        return exporting.export(session, layout, path, progress=progress)

    work.long(owner, write, lambda count: shell.say.ok(
        _("Đã ghi {count} dòng vào {file}; nhập lại tệp này không thay đổi gì.", count=text.number(count), file=path.name)),
        keeps=False)
