"""The first screen of an empty file: what the program is for, and three ways to begin."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from ocop_desktop import paths
from ocop_desktop.text import _
from ocop_desktop.ui import icons, theme
from ocop_desktop.ui.people_start import PeopleStart
from ocop_desktop.ui.widgets import Card, button, column, label, line, row

if TYPE_CHECKING:
    from ocop_desktop.actions.home import Overview
    from ocop_desktop.errors import UserError
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

DEMO_FILE = "du-lieu-mau.ocop"
WIDEST = 820  # pixels at 100 %: lines stay short enough to read


class Welcome(Card):
    """What the program is for, and the first steps."""

    def __init__(self, seen: Overview, work: Work, shell: Shell) -> None:
        super().__init__(flush=True)
        self._work, self._shell = work, shell
        px = theme.now().px
        self.setMaximumWidth(px(WIDEST))
        head = column(
            label(_("Từ bảng tính của xã đến giấy chứng nhận OCOP"), "strong", wrap=True),
            label(_("Chương trình giữ hồ sơ sản phẩm, tổ chức phiên chấm, xếp hạng sao theo luật và in giấy chứng nhận; "
                    "mọi dữ liệu nằm trong một tệp trên máy này."), "quiet", wrap=True), space=4)
        head.setContentsMargins(px(18), px(16), px(18), px(16))
        self.body.addLayout(head)
        self.start = PeopleStart(work, shell)
        self.body.addWidget(self.start)
        done = bool(seen.province)
        self.office = self._step("ok" if done else "place", _("Khai báo đơn vị"),
                                 seen.province if done else _("tỉnh, cơ quan và địa danh in trên mọi giấy tờ"),
                                 _("Sửa") if done else _("Khai báo"), lambda: shell.go("settings", section="office"))
        self.importing = self._step("import", _("Nhập bảng tính"), _("danh sách của xã hoặc sổ theo dõi cũ: xlsx, xls, ods, csv"),
                                    _("Chọn tệp"), lambda: shell.go("importing"))
        self.demo = self._step("star", _("Thử với dữ liệu mẫu"), _("một tỉnh ví dụ trong tệp riêng, không lẫn vào dữ liệu thật"),
                               _("Mở dữ liệu mẫu"), self._open_demo)
        self.package = self._step("stick", _("Mở gói phiên"), _("thành viên chấm trên máy của mình: tệp .ocopgoi thư ký giao"),
                                  _("Chọn gói"), lambda: shell.open_file(""))
        self.body.addStretch(1)

    def _step(self, icon: str, words: str, detail: str, action: str, slot: Callable[[], object]) -> QPushButton:
        px = theme.now().px
        picture = QLabel()
        icons.put(picture, icon, "main")
        made = button(action, slot)
        made.setAccessibleName(f"{action}: {words}")
        across = row(picture, space=16)
        across.addLayout(column(label(words, "bold", wrap=True), label(detail, "quiet", wrap=True), space=2), 1)
        across.addWidget(made, 0, Qt.AlignmentFlag.AlignVCenter)
        across.setContentsMargins(px(18), px(12), px(18), px(12))
        holder = QWidget()
        holder.setLayout(across)
        self.body.addWidget(line())
        self.body.addWidget(holder)
        return made

    def _open_demo(self) -> None:
        path = paths.user_folder() / DEMO_FILE
        if path.exists():
            self._shell.open_file(str(path))
            return
        self.demo.setEnabled(False)
        self.demo.setText(_("Đang tạo dữ liệu mẫu…"))

        def create(_database: Any) -> None:
            from ocop_desktop.actions import demo

            demo.create(path)

        self._work.whole(self, create, lambda _made: self._shell.open_file(str(path)), self._give_up)

    def _give_up(self, error: UserError) -> None:
        self.demo.setEnabled(True)
        self.demo.setText(_("Mở dữ liệu mẫu"))
        self._shell.say.error(error)
