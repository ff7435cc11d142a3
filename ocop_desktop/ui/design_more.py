"""What else can be done with a certificate layout: texts, picture behind, files, forgetting it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from ocop_desktop.rules.certificate_design_default import DEFAULT
from ocop_desktop.text import _
from ocop_desktop.ui import file_dialogs
from ocop_desktop.ui.widgets import button

if TYPE_CHECKING:
    from ocop_desktop.rules.certificate_design import Design
    from ocop_desktop.ui.design_page import DesignPage
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work


class DesignMore(QObject):
    """The menu behind "Thêm"."""

    def __init__(self, work: Work, shell: Shell, page: DesignPage) -> None:
        super().__init__(page)
        self._work, self._shell, self._page = work, shell, page
        self.button = button(_("Thêm"), icon="more")
        self.menu = QMenu(self.button)
        self.add = self.menu.addAction(_("Thêm ô chữ"), page.add_text)
        self.remove = self.menu.addAction(_("Xóa ô chữ đang chọn"), page.remove_text)
        self.menu.addSeparator()
        self.to_file = self.menu.addAction(_("Lưu mẫu ra tệp…"), self._ask_file)
        self.from_file = self.menu.addAction(_("Lấy mẫu từ tệp…"), self._ask_open)
        self.menu.addSeparator()
        self.first = self.menu.addAction(_("Về mẫu ban đầu của chương trình"), lambda: page.take(DEFAULT))
        self.forget = self.menu.addAction(_("Bỏ mẫu riêng, dùng mẫu chung"), self._forget)
        self.button.setMenu(self.menu)
        self.button.setProperty("opens", "menu")

    def show_state(self, template: str, own: bool, removable: bool) -> None:
        """Offer what is possible now."""
        self.remove.setEnabled(removable)
        self.forget.setEnabled(own and template != "general")

    def ask_picture(self) -> None:
        """Ask for a picture to lie behind the certificate."""
        file_dialogs.to_open(self._shell, self._page, _("Chọn ảnh nền"), _("Ảnh JPEG, PNG (*.jpg *.jpeg *.png)"),
                             self.take_picture)

    def take_picture(self, path: Path) -> None:
        """Lay a picture behind the certificate."""

        def keep(session: Any) -> str:
            from ocop_desktop.actions import certificate_designs

            return certificate_designs.keep_picture(session, path)

        def kept(digest: str) -> None:
            self._page.history.change(replace(self._page.design, picture=digest))

        self._work.save(self._page, keep, kept, self._shell.say.error, quiet=True)

    def _ask_file(self) -> None:
        file_dialogs.to_save(self._shell, self._page, _("Lưu mẫu ra tệp"), _("mau-giay-chung-nhan.json"),
                             _("Mẫu giấy chứng nhận (*.json)"), self.write)

    def write(self, path: Path) -> None:
        """Write the layout on show into a file."""
        design = self._page.design

        def write(session: Any) -> None:
            from ocop_desktop.actions import certificate_designs

            certificate_designs.write_design(session, design, path)

        self._work.read(self._page, write, lambda _none: self._shell.say.ok(_("Đã lưu mẫu vào {file}", file=path.name)),
                        self._shell.say.error)

    def _ask_open(self) -> None:
        file_dialogs.to_open(self._shell, self._page, _("Lấy mẫu từ tệp"), _("Mẫu giấy chứng nhận (*.json)"), self.read)

    def read(self, path: Path) -> None:
        """Show the layout of a file; it is kept once it is saved."""

        def read(session: Any) -> Design:
            from ocop_desktop.actions import certificate_designs

            return certificate_designs.read_design_file(session, path)

        self._work.save(self._page, read, self._page.take, self._shell.say.error, quiet=True)

    def _forget(self) -> None:
        template, who = self._page.template, self._shell.settings.user

        def forget(session: Any) -> None:
            from ocop_desktop.actions import certificate_designs

            certificate_designs.forget_design(session, template, who)

        self._work.save(self._page, forget, lambda _none: self._page.begin_again())
