"""After a jam: up to which page did sheets come out well? The rest is printed again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QSpinBox, QWidget

from ocop_desktop import text
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.parts import answers
from ocop_desktop.ui.widgets import button, column, label, row

if TYPE_CHECKING:
    from ocop_desktop.ui.printing import Sent

WIDE = 460  # pixels at 100 %


class MissingDialog(QDialog):
    """Counts the good pages in the order they came out; names the page each count ends with."""

    wanted = Signal(int)  # so many pages came out well

    def __init__(self, sent: Sent, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sent = sent
        self.setWindowTitle(_("In những tờ còn thiếu"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        count = len(sent.pages)
        self.good = QSpinBox()
        self.good.setRange(0, count - 1)
        self.good.setSpecialValueText(_("chưa trang nào"))
        self.good.setSuffix(" / " + text.number(count))
        self.good.lineEdit().setTextMargins(theme.now().px(8), 0, 0, 0)
        self.good.setAccessibleName(_("Số trang đã ra tốt"))
        self.last, self.rest = label("", "bold"), label("", "quiet", wrap=True)
        self.print = button("", self._print, "primary", icon="print")
        self.leave = button(_("Thôi"), self.reject)
        asked = label(_("Đếm theo thứ tự ra khỏi máy: bao nhiêu trang đã ra tốt?"), wrap=True)
        asked.setBuddy(self.good)
        told = label(_("Lần in lúc {time}: {what}, {count} trang.", time=f"{sent.at:%H:%M}", what=sent.printout.title,
                       count=text.number(count)), "quiet", wrap=True)
        inside = column(told, asked, row(self.good, self.last, 1), self.rest, row(1, self.leave, self.print), space=12)
        inside.setContentsMargins(*(theme.now().px(20),) * 4)
        self.setLayout(inside)
        self.setMinimumWidth(theme.now().px(WIDE))
        answers(self.print, self.leave)
        self.good.valueChanged.connect(self._say)
        self._say()
        self.good.setFocus()
        self.good.selectAll()

    @Slot()
    def _say(self, *_value: int) -> None:
        good = self.good.value()
        begin, count = self._sent.again_from(good), len(self._sent.pages)
        self.last.setText(_("đến {label}", label=self._sent.label(good - 1)) if good else "")
        first, last = self._sent.label(begin), self._sent.label(count - 1)
        words = (_("In lại {first}.", first=first) if begin == count - 1
                 else _("In lại {count} trang, từ {first} đến {last}.", count=text.number(count - begin), first=first, last=last))
        if begin != good:
            words += " " + _("Tờ hai mặt được in lại cả hai mặt.")
        self.rest.setText(words)
        self.print.setText(_("In {count} trang còn thiếu", count=text.number(count - begin)))

    def _print(self) -> None:
        self.wanted.emit(self.good.value())
        self.accept()
