"""A certificate a second time: printed as a copy, or issued again under a new number that cancels the old one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QMenu, QVBoxLayout, QWidget

from ocop_desktop.text import N_, _
from ocop_desktop.ui import theme
from ocop_desktop.ui.fields import DateField, KnownField
from ocop_desktop.ui.widgets import button, label, row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ocop_desktop.ui.certificate_print import Press
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

WHYS = (N_("Sửa tên ghi trên giấy"), N_("Giấy cũ bị mất"), N_("Giấy cũ bị hỏng"))
NAMES = {"product": N_("Sản phẩm"), "producer": N_("Chủ thể"), "address": N_("Địa chỉ")}


class Again(QObject):
    """The button and its menu.

    Args:
        line: the certificate on show in the register, or None; ids: those chosen that can be printed.
    """

    def __init__(self, work: Work, shell: Shell, press: Press, owner: QWidget, line: Callable[[], Any],
                 ids: Callable[[], Sequence[int]]) -> None:
        super().__init__(owner)
        self._work, self._shell, self._press, self._owner = work, shell, press, owner
        self._line, self._ids = line, ids
        self.today: Callable[[], dt.date] = dt.date.today
        self.dialog: ReissueDialog | None = None
        self.button = button(_("Cấp lại, bản sao"), icon="copy")
        self.menu = QMenu(self.button)
        self.reissue = self.menu.addAction(_("Cấp lại…"), self.ask)
        self.menu.addSeparator()
        self.print = self.menu.addAction(_("In bản sao…"), lambda: self._press.preview(self._ids(), True))
        self.save = self.menu.addAction(_("Lưu PDF bản sao…"),
                                        lambda: self._press.ask_file(self._ids(), _("giay-chung-nhan-ban-sao.pdf"), True))
        self.button.setMenu(self.menu)
        self.button.setProperty("opens", "menu")

    def ask(self) -> None:
        """Ask before the certificate on show is issued again."""
        line = self._line()
        if line is None:
            return

        def look(session: Any) -> Any:
            from ocop_desktop.actions import certificate_reissue

            return certificate_reissue.renamed(session, line.id)

        self._work.read(self, look, lambda renamed: self._open(line, renamed), self._shell.say.error)

    def _open(self, line: Any, renamed: Sequence[tuple[str, str, str]]) -> None:
        self.dialog = ReissueDialog(line.product, line.number, renamed, self._owner, self.today())
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.confirmed.connect(lambda day, why: self._reissue(line, day, why))
        self.dialog.open()

    def _reissue(self, line: Any, day: dt.date, why: str) -> None:
        who = self._shell.settings.user

        def issue(session: Any) -> tuple[int, str]:
            from ocop_desktop.actions import certificate_reissue

            return certificate_reissue.reissue(session, line.id, day, why, who)

        self._work.save(self._owner, issue, lambda made: self._shell.say.ok(
            _("Đã cấp lại giấy số {number}; giấy số {old} hết giá trị.", number=made[1], old=line.number)), self._shell.say.error)


class ReissueDialog(QDialog):
    """The day and the reason; what the new paper will say otherwise than the old one."""

    confirmed = Signal(object, str)

    def __init__(self, product: str, number: str, renamed: Sequence[tuple[str, str, str]], parent: QWidget | None,
                 today: dt.date) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Cấp lại giấy chứng nhận"))
        px = theme.now().px
        self.setMinimumWidth(px(520))
        self.day, self.why = DateField(_("Ngày cấp lại")), KnownField(_("Lý do"))
        self.day.set_value(today)
        self.why.offer([_(words) for words in WHYS])
        self.why.set_value(_(WHYS[0]) if renamed else "")
        self.keep = button(_("Giữ nguyên"), self.reject)
        self.make = button(_("Cấp lại giấy chứng nhận"), self._confirm, "primary")
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(20))
        box.setSpacing(px(12))
        box.addWidget(label(_("Cấp lại giấy chứng nhận của “{product}”?", product=product), "strong", wrap=True))
        box.addWidget(label(_("Giấy mới có số mới, giữ quyết định, hạng sao và ngày hết hạn; "
                              "giấy số {number} hết giá trị từ ngày cấp lại.", number=number), wrap=True))
        for name, then, now in renamed:
            box.addWidget(label(f"{_(NAMES[name])}: {then} → {now}", "bold", wrap=True))
        if not renamed:
            box.addWidget(label(_("Tên ghi trên giấy vẫn như trong hồ sơ; muốn sửa tên thì sửa trong hồ sơ trước rồi cấp lại."),
                                "quiet", wrap=True))
        asked = row()
        asked.addWidget(self.day, 2)
        asked.addWidget(self.why, 3)  # its words are longer
        box.addLayout(asked)
        box.addLayout(row(1, self.keep, self.make))
        self.day.line.textChanged.connect(self._judge)
        self.why.combo.editTextChanged.connect(self._judge)
        self._judge()

    def _judge(self) -> None:
        self.make.setEnabled(self.day.value() is not None and bool(self.why.value()))

    def _confirm(self) -> None:
        self.confirmed.emit(self.day.value(), self.why.value())
        self.accept()
