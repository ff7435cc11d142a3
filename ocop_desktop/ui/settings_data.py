"""Where the data lies: the file, its backups, copies on other disks, bringing one back."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QGridLayout, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.text import N_, _
from ocop_desktop.ui import file_dialogs, save_dialog, theme
from ocop_desktop.ui.settings_restore import RestoreDialog
from ocop_desktop.ui.widgets import LinkLabel, button, clear, label, line, row

if TYPE_CHECKING:
    from ocop_desktop.actions.backups import Backup
    from ocop_desktop.actions.office_settings import SettingsView
    from ocop_desktop.actions.outside import OutsideCopy
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

REASONS = {
    "tu-lam": N_("làm bằng tay"), "khi-dong": N_("khi đóng chương trình"), "truoc-khi-nhap": N_("trước khi nhập dữ liệu"),
    "truoc-khi-nang-cap": N_("trước khi nâng cấp"), "truoc-khi-khoi-phuc": N_("trước khi khôi phục"),
}


class DataSection(QWidget):
    """The file and its copies."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__()
        self._work, self._shell = work, shell
        self.file = Path()
        self.restore_dialog: RestoreDialog | None = None
        px = theme.now().px
        self.path = label("", "bold", wrap=True)
        self.path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.folder = LinkLabel(_("Mở thư mục chứa tệp"), self._open_folder)
        self.open = button(_("Mở tệp khác…"), lambda: shell.open_file(""))
        self.new = button(_("Tạo tệp mới…"), self._ask_new)
        self.now = button(_("Sao lưu ngay"), self._back_up)
        self.copy = button(_("Sao lưu ra USB, thư mục…"), self._ask_folder)
        self.other = button(_("Khôi phục từ tệp…"), self._ask_backup)
        self.outside = label("", "quiet", wrap=True)
        self.restores: list[Any] = []
        self._list = QGridLayout()
        self._list.setHorizontalSpacing(px(16))
        self._list.setVerticalSpacing(px(6))
        self._list.setColumnStretch(1, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(10))
        box.addWidget(label(_("Tệp dữ liệu đang mở"), "quiet"))
        box.addWidget(self.path)
        box.addWidget(self.folder)
        box.addLayout(row(self.open, self.new, 1))
        box.addWidget(line())
        box.addWidget(label(_("Bản sao lưu"), "bold"))
        box.addWidget(label(_("Chương trình tự sao lưu trước khi nhập, trước khi nâng cấp và khi đóng; giữ 14 bản gần nhất."),
                            "quiet", wrap=True))
        box.addWidget(self.outside)
        box.addLayout(row(self.now, self.copy, self.other, 1))
        box.addLayout(self._list)

    def show_data(self, seen: SettingsView) -> None:
        """Show the file and its backups."""
        self.file = seen.file
        self.path.setText(str(seen.file))
        self.outside.setText(_("Lần sao lưu ra ổ đĩa khác gần nhất: {moment}, {file}", moment=moment(seen.outside.made_at),
                               file=str(seen.outside.path)) if seen.outside else _("Chưa sao lưu ra ổ đĩa khác lần nào."))
        clear(self._list)
        self.restores = []
        if not seen.backups:
            self._list.addWidget(label(_("Chưa có bản sao lưu nào."), "quiet"), 0, 0, 1, 4)
        for place, kept in enumerate(seen.backups):
            self._add_row(place, kept)

    def _add_row(self, place: int, kept: Backup) -> None:
        restore = button(_("Khôi phục…"), lambda: self._ask_restore(kept.path, moment(kept.made_at)), small=True)
        restore.setAccessibleName(_("Khôi phục bản {moment}", moment=moment(kept.made_at)))
        self.restores.append(restore)
        self._list.addWidget(label(moment(kept.made_at)), place, 0)
        why = _(REASONS[kept.reason]) if kept.reason in REASONS else kept.reason
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._list.addWidget(label(why, "quiet", wrap=True), place, 1)
        self._list.addWidget(label(size(kept.size), "quiet"), place, 2, right)
        self._list.addWidget(restore, place, 3)

    # -- the file -----------------------------------------------------------------------------------------------------

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.file.parent)))

    def _ask_new(self) -> None:
        save_dialog.ask(self, _("Tạo tệp mới"), self.file.with_name(_("du-lieu-moi.ocop")), _("Tệp dữ liệu OCOP (*.ocop)"),
                        lambda path: self._shell.open_file(str(path)), existing=True)

    # -- copies -------------------------------------------------------------------------------------------------------

    def _back_up(self) -> None:
        def action(database: Any) -> Backup:
            from ocop_desktop.actions import backups

            return backups.by_hand(database)

        self._hold(True)
        self._work.whole(self, action, self._backed_up, self._failed)

    def _backed_up(self, _made: Backup) -> None:
        self._hold(False)
        self._shell.say.ok(_("Đã sao lưu và kiểm tra lại bản sao."))

    def _ask_folder(self) -> None:
        file_dialogs.for_folder(self._shell, self, _("Chọn ổ USB hoặc thư mục"), lambda folder: self.copy_to(str(folder)))

    @Slot(str)
    def copy_to(self, folder: str) -> None:
        """Put a verified copy into ``folder``."""
        def action(database: Any) -> OutsideCopy:
            from ocop_desktop.actions import outside

            return outside.copy_to(database, Path(folder))

        self._hold(True)
        self._work.whole(self, action, self._copied, self._failed)

    def _copied(self, made: OutsideCopy) -> None:
        self._hold(False)
        self._shell.say.ok(_("Đã sao lưu ra {file} và kiểm tra lại bản sao.", file=str(made.path)))

    def _failed(self, error: Any) -> None:
        self._hold(False)
        self._shell.say.error(error)

    def _hold(self, busy: bool) -> None:
        for made in (self.now, self.copy, self.other):
            made.setEnabled(not busy)

    # -- bringing one back --------------------------------------------------------------------------------------------

    def _ask_backup(self) -> None:
        dialog = QFileDialog(self, _("Chọn bản sao lưu"), str(self.file.parent), _("Tệp dữ liệu OCOP (*.ocop)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self._ask_restore(Path(path), Path(path).name))
        dialog.open()

    def _ask_restore(self, backup: Path, words: str) -> None:
        self.restore_dialog = RestoreDialog(words, self.file.name, self)
        self.restore_dialog.accepted.connect(lambda: self._restore(backup, words))
        self.restore_dialog.open()

    def _restore(self, backup: Path, words: str) -> None:
        file = self.file

        def action() -> Path | None:
            from ocop_desktop.actions import backups

            return backups.restore(backup, file)

        self._hold(True)
        self._work.while_closed(self, action, lambda _kept: self._restored(words), self._failed)

    def _restored(self, words: str) -> None:
        self._hold(False)
        self._shell.go("settings", section="data")  # all above is read anew, and would push this out of sight
        self._shell.say.ok(_("Đã khôi phục bản {backup}. Bản trước đó vẫn nằm trong danh sách sao lưu.", backup=words))


def moment(at: dt.datetime) -> str:
    """``23/11/2026 14:32``."""
    return f"{text.date(at.date())} {text.clock(at)[:5]}"


def size(count: int) -> str:
    """Bytes in words: "1,2 MB"."""
    if count < 1_000_000:
        return _("{count} KB", count=text.number(-(-count // 1000)))
    return _("{count} MB", count=text.points(Fraction(count // 100_000, 10), 1))
