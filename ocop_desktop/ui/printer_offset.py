"""How far a printer prints beside the place: asked per printer, tried with a page that carries crosses and a ruler."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.design_fields import TenthField
from ocop_desktop.ui.form import ChoiceField
from ocop_desktop.ui.tall import Tall
from ocop_desktop.ui.widgets import button, column, label, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from ocop_desktop.ui.shell import Shell

MOST = 200  # tenths of a millimetre either way


class ShiftField(TenthField):
    """Tenths of a millimetre, also below nought."""

    def read(self, words: str) -> int:
        bare = words.replace("−", "-")
        value = super().read(bare.removeprefix("-"))
        return -value if bare.startswith("-") else value

    def write(self, value: int) -> str:
        return ("−" if value < 0 else "") + super().write(abs(value))

    def complaint(self) -> str:
        return _("Cần một số từ −20 đến 20, ví dụ −1,5")


def shift_of(shell: Shell, printer: str) -> tuple[int, int]:
    """How far pages are moved on a printer: right and down, tenths of a millimetre."""
    kept = (shell.settings.printer_shifts or {}).get(printer)
    if not (isinstance(kept, list) and len(kept) == 2 and all(type(part) is int and abs(part) <= MOST for part in kept)):
        return 0, 0
    return kept[0], kept[1]


class PrinterOffsetDialog(QDialog):
    """Printer, how far to move its pages, and the page to try it with. Every field keeps itself.

    Args:
        try_on: shows the page to align with, to be printed.
    """

    def __init__(self, shell: Shell, try_on: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Căn máy in"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._shell, self._try_on = shell, try_on
        names = QPrinterInfo.availablePrinterNames()
        self.printer = ChoiceField(_("Máy in"), [(name, name) for name in names], empty=False)
        self.right = ShiftField(_("Sang phải (mm)"), _("Số âm: sang trái"), lowest=0, highest=MOST)
        self.down = ShiftField(_("Xuống dưới (mm)"), _("Số âm: lên trên"), lowest=0, highest=MOST)
        self.none = label(_("Máy này chưa cài máy in nào."), "error", wrap=True)
        self.trial = button(_("In trang căn máy"), self._try, icon="print")
        px = theme.now().px
        self.setMinimumWidth(px(460))
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(20))
        box.setSpacing(px(12))
        about = label(_("Mỗi máy in kéo giấy lệch một chút. In trang căn máy, đo khoảng cách từ dấu cộng đến mép giấy "
                        "(đúng là 20 mm), rồi nhập phần phải dời. "
                        "Chỉ ảnh hưởng giấy chứng nhận in trên máy tính này."), wrap=True)
        box.addWidget(Tall(column(about, self.none, self.printer, row(self.right, self.down))))
        box.addLayout(row(self.trial, 1, button(_("Đóng"), self.accept, "primary")))
        self.none.setVisible(not names)
        self.trial.setEnabled(bool(names))
        default = QPrinterInfo.defaultPrinterName()
        self.choose(default if default in names else names[0] if names else "")
        self.printer.edited.connect(self.choose)
        for field in (self.right, self.down):
            field.edited.connect(lambda _value: self._keep())

    def choose(self, printer: str) -> None:
        """Show a printer's figures."""
        self.printer.set_value(printer)
        right, down = shift_of(self._shell, printer)
        self.right.set_value(right)
        self.down.set_value(down)

    def _keep(self) -> None:
        printer = self.printer.value()
        if printer:
            shifts = {**(self._shell.settings.printer_shifts or {}), printer: [self.right.value() or 0, self.down.value() or 0]}
            self._shell.change_settings(printer_shifts=shifts)

    def _try(self) -> None:
        self.accept()
        self._try_on()
