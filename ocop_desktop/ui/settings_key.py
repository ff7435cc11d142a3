"""The key certificates are signed with, in the settings: made, opened, changed, saved elsewhere; the list of revoked ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.errors import KeyLocked, UserError
from ocop_desktop.text import _
from ocop_desktop.ui import file_dialogs, theme
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.passphrase import PassphraseDialog
from ocop_desktop.ui.widgets import button, label

if TYPE_CHECKING:
    from ocop_desktop.actions.certificate_keys import KeyView
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work


class KeySection(QWidget):
    """The state of the key and what can be done with it."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__()
        self._work, self._shell = work, shell
        self.dialog: PassphraseDialog | None = None
        self._new = False  # a key was made just now: the next thing is its backup
        self.state = label("", "bold", wrap=True)
        self.fingerprint = label("", "strong", wrap=True)
        self.fingerprint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.about = label("", "quiet", wrap=True)
        self.make = button(_("Tạo khóa ký…"), self._ask_make, icon="key")
        self.unlock = button(_("Mở khóa…"), self._ask_unlock, icon="unlock")
        self.public = button(_("Lưu khóa công khai…"), self._ask_public)
        self.list = button(_("Lưu danh sách thu hồi…"), self._ask_list)
        self.backup = button(_("Sao lưu khóa…"), self._ask_backup)
        self.restore = button(_("Khôi phục khóa…"), self._ask_restore, "quiet")
        self.passphrase = button(_("Đổi cụm mật khẩu…"), self._ask_passphrase, "quiet")
        self.change = button(_("Thay khóa…"), self._ask_change, "quiet")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.now().px(10))
        for part in (self.state, self.fingerprint, self.about):
            box.addWidget(part)
        box.addLayout(Flow(self.make, self.unlock, self.public, self.list, self.backup, self.restore, self.passphrase,
                           self.change))
        self._show_nothing()

    def first(self) -> QWidget:
        """Where the cursor goes."""
        return self.make if self.make.isVisibleTo(self) else self.public

    def refresh(self) -> None:
        """Read the key's state again."""
        def action(session: Any) -> KeyView:
            from ocop_desktop.actions import certificate_keys

            return certificate_keys.view(session)

        self._work.read(self, action, self._show, key="key")

    def _show_nothing(self) -> None:
        self.state.setText(_("Chưa có khóa ký: giấy in ra có mã QR nhưng mã không chứng minh được giấy là thật."))
        self.about.setText(_("Tạo khóa rồi thì mã trên mỗi giấy mang chữ ký của tỉnh; người kiểm tra biết giấy thật hay giả mà "
                             "không cần mạng. Khóa được giữ trong tệp dữ liệu, đóng bằng một cụm mật khẩu."))
        self.fingerprint.hide()
        for part in (self.unlock, self.public, self.list, self.backup, self.passphrase, self.change):
            part.hide()

    def _show(self, seen: KeyView) -> None:
        has = bool(seen.fingerprint)
        self.make.setVisible(not has)
        if not has:
            self._show_nothing()
            return
        opened = _("đang mở") if seen.unlocked else _("đang đóng")
        self.state.setText(_("Khóa ký dùng từ ngày {date}, {state}.", date=text.date(seen.made_on), state=opened))
        self.fingerprint.setText(_("Dấu khóa: {key}", key=seen.fingerprint))
        earlier = _("Còn {count} khóa cũ vẫn dùng để kiểm tra giấy đã ký trước đây.", count=seen.earlier) if seen.earlier else ""
        stranger = _("Khóa cũ chưa ký xác nhận khóa này, nên nơi kiểm tra được nhắc gọi hỏi trước khi tin: hãy báo trước cho họ "
                     "dấu khóa.") if seen.stranger else ""
        self.about.setText(" ".join(filter(None, (
            _("Dấu này được in ở phụ lục quyết định để nơi kiểm tra đối chiếu. Hãy giữ bản sao lưu khóa ở nơi khác: mất khóa "
              "hoặc quên cụm mật khẩu thì phải thay khóa."), earlier, stranger))))
        for part in (self.fingerprint, self.public, self.list, self.backup, self.passphrase, self.change):
            part.show()
        self.unlock.setVisible(not seen.unlocked)
        if self._new:
            self._new = False
            self.backup.setFocus()

    # -- passphrases --------------------------------------------------------------------------------------------------

    def _ask_make(self) -> None:
        about = _("Chọn một cụm dễ nhớ, khó đoán, ví dụ bốn từ không liên quan. Ghi ra giấy, cất trong phong bì: không ai tìm "
                  "lại được cụm mật khẩu đã quên.")
        self._ask(PassphraseDialog(self, _("Tạo khóa ký giấy chứng nhận"), about, _("Tạo khóa"), new=True),
                  lambda keys, session, typed, _old, _lost: keys.make(session, typed, self._shell.settings.user),
                  _("Đã tạo khóa ký. Hãy sao lưu khóa, rồi lưu khóa công khai để gửi cho nơi kiểm tra."), self._made)

    def _made(self) -> None:
        self._new = True

    def _ask_change(self) -> None:
        about = _("Giấy ký bằng khóa cũ vẫn kiểm tra được. Sau khi thay, phải gửi lại khóa công khai cho mọi nơi kiểm tra và in "
                  "dấu khóa mới ở quyết định sau.")
        endorsed = _("Khóa cũ đang mở nên sẽ ký xác nhận khóa mới: nơi kiểm tra khỏi ngờ khóa lạ.")
        if not self.unlock.isHidden():
            endorsed = _("Khóa cũ đang đóng nên không ký xác nhận được khóa mới. Còn nhớ cụm mật khẩu cũ thì bấm Thôi, rồi "
                         "Mở khóa trước khi thay.")
        about = f"{about} {endorsed}"
        self._ask(PassphraseDialog(self, _("Thay khóa ký"), about, _("Thay khóa"), new=True, lost=True),
                  lambda keys, session, typed, _old, lost: keys.change(session, typed, lost, self._shell.settings.user),
                  _("Đã thay khóa ký. Hãy sao lưu khóa mới và gửi lại khóa công khai."), self._made)

    def _ask_passphrase(self) -> None:
        about = _("Khóa và dấu khóa không đổi. Bản sao lưu làm trước đây vẫn mở bằng cụm cũ: hãy sao lưu lại.")
        self._ask(PassphraseDialog(self, _("Đổi cụm mật khẩu của khóa"), about, _("Đổi cụm mật khẩu"), new=True, old=True),
                  lambda keys, session, typed, old, _lost: keys.change_passphrase(session, old, typed, self._shell.settings.user),
                  _("Đã đổi cụm mật khẩu."))

    def _ask_unlock(self) -> None:
        self._ask(PassphraseDialog.to_unlock(self, _("Mở khóa")),
                  lambda keys, session, typed, _old, _lost: keys.unlock(session, typed), _("Khóa ký đã mở."))

    def _ask_restore(self) -> None:
        file_dialogs.to_open(self._shell, self, _("Chọn bản sao lưu khóa"), _("Bản sao lưu khóa (*.ocopkhoamat)"),
                             self.restore_from)

    def restore_from(self, path: Path) -> None:
        """Ask for the passphrase of a backup and bring its key back."""
        self._ask(PassphraseDialog.to_unlock(self, _("Khôi phục khóa")),
                  lambda keys, session, typed, _old, _lost: keys.restore(session, path, typed, self._shell.settings.user),
                  _("Đã khôi phục khóa ký."))

    def _ask(self, dialog: PassphraseDialog, do: Callable[..., object], done: str,
             then: Callable[[], object] | None = None) -> None:
        """Ask, then ``do(actions, session, typed, old, lost)``, say ``done`` and go on with ``then``."""
        self.dialog = dialog

        def given(typed: str, old: str, lost: bool) -> None:
            def action(session: Any) -> object:
                from ocop_desktop.actions import certificate_keys

                return do(certificate_keys, session, typed, old, lost)

            def did(_result: object) -> None:
                dialog.accept()
                self._shell.say.ok(done)
                self.refresh()
                if then is not None:
                    then()

            self._work.save(self, action, did, dialog.refuse)

        dialog.given.connect(given)
        dialog.open()

    # -- files --------------------------------------------------------------------------------------------------------

    def _ask_public(self) -> None:
        file_dialogs.to_save(self._shell, self, _("Lưu khóa công khai"), _("khoa-cong-khai.ocopkhoa"),
                             _("Khóa công khai (*.ocopkhoa)"), self.save_public)

    def _ask_backup(self) -> None:
        file_dialogs.to_save(self._shell, self, _("Sao lưu khóa"), _("khoa-ky.ocopkhoamat"),
                             _("Bản sao lưu khóa (*.ocopkhoamat)"), self.save_backup)

    def _ask_list(self) -> None:
        file_dialogs.to_save(self._shell, self, _("Lưu danh sách thu hồi"), _("thu-hoi.ocopthuhoi"),
                             _("Danh sách thu hồi (*.ocopthuhoi)"), self.save_list)

    def save_public(self, path: Path) -> None:
        """Write the public keys for verifying computers."""
        self._write(path, lambda actions, session: actions.save_public(session, path))

    def save_backup(self, path: Path) -> None:
        """Write a backup of the key."""
        self._write(path, lambda actions, session: actions.save_backup(session, path, self._shell.settings.user))

    def save_list(self, path: Path) -> None:
        """Write the signed list of revoked certificates."""
        def failed(error: UserError) -> None:
            if isinstance(error, KeyLocked):
                self._ask(PassphraseDialog.to_unlock(self, _("Mở khóa")),
                          lambda keys, session, typed, _old, _lost: keys.unlock(session, typed), _("Khóa ký đã mở."),
                          lambda: self.save_list(path))
            else:
                self._shell.say.error(error)

        self._write(path, lambda actions, session: actions.save_list(session, path), failed)

    def _write(self, path: Path, write: Callable[[Any, Any], object], failed: Callable[[Any], object] | None = None) -> None:
        def action(session: Any) -> object:
            from ocop_desktop.actions import certificate_keys

            return write(certificate_keys, session)

        self._work.save(self, action, lambda _done: self._shell.say.ok(_("Đã ghi {file}", file=path.name)), failed)
