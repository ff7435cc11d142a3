"""In a member's own file, above the list of dossiers: the code to read aloud, and the button that writes the ballots."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from ocop_desktop import text
from ocop_desktop.text import _
from ocop_desktop.ui.parts import restyle
from ocop_desktop.ui.widgets import Card, button, column, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.own_laptop import HandedIn, OwnFile
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work


class OwnLaptopCard(Card):
    """Hidden in any file that was not made from a package."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__()
        self._work, self._shell = work, shell
        self.own: OwnFile | None = None
        self.code, self.told = label("", "strong"), label("", "quiet", wrap=True)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.give = button(_("Giao phiếu…"), self._ask_folder)
        inside = row(column(self.code, self.told, space=2), self.give)
        inside.setStretch(0, 1)
        self.body.addLayout(inside)
        self.hide()

    def refresh(self) -> None:
        """Read what this file is for."""
        self._work.read(self, _standing, self._show, key="own")

    def _show(self, own: OwnFile | None) -> None:
        self.own = own
        self.setVisible(own is not None)
        if own is None:
            return
        restyle(self.give, kind="primary" if own.changed and own.finished == own.total else "")
        self.code.setText(_("Mã của máy này: {code}", code=own.code))
        told = [_("đọc cho thư ký khi giao phiếu lần đầu"), _("{finished}/{total} phiếu hoàn tất", finished=own.finished,
                                                               total=own.total)]
        if own.handed_at is None:
            told.append(_("chưa giao lần nào"))
        else:
            moment = f"{text.clock(own.handed_at)[:5]} {text.date(own.handed_at)}"
            told.append(_("đã giao lúc {moment}, sau đó có thay đổi", moment=moment) if own.changed
                        else _("đã giao lúc {moment}", moment=moment))
        self.told.setText(" · ".join(told))

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, _("Chọn USB hoặc thư mục để ghi phiếu"), str(Path.home()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda folder: self.hand_in(Path(folder)))
        dialog.open()

    def hand_in(self, folder: Path) -> None:
        """Write the ballots into a folder."""

        def action(session: Any) -> HandedIn:
            from ocop_desktop.actions import own_laptop

            return own_laptop.hand_in(session, folder)

        self._work.save(self, action, self._handed_in)

    def _handed_in(self, made: HandedIn) -> None:
        self._shell.say.ok(_("Đã ghi {count} phiếu vào {file}. Mã của máy này: {code}.", count=made.begun, file=made.path.name,
                             code=made.code))
        self.refresh()


def _standing(session: Any) -> OwnFile | None:
    from ocop_desktop.actions import own_laptop

    return own_laptop.standing(session)
