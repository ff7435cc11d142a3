"""Settings of electronic signature on this computer: a certificate file or a token, a time server. The secret is never kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from ocop_desktop import text
from ocop_desktop.errors import UserError, missing_file
from ocop_desktop.text import _
from ocop_desktop.ui.form import ChoiceField, Form, TextField
from ocop_desktop.ui.settings_fields import FolderField
from ocop_desktop.ui.widgets import button, column, row

if TYPE_CHECKING:
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

SHOWN = {"file": ("file", "tsa"), "token": ("library", "token", "tsa")}  # fields each source needs


class FileField(FolderField):
    """A file, typed or chosen."""

    def __init__(self, title: str, kinds: str, hint: str = "") -> None:
        super().__init__(title, hint)
        self._kinds = kinds
        self.choose.setText(_("Chọn tệp…"))

    def _ask(self) -> None:
        dialog = QFileDialog(self, _("Chọn tệp"), self.value(), self._kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


class SigningForm(Form):
    """What papers are signed with. Every field keeps itself, on this computer."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__()
        self._work, self._shell = work, shell
        self.source = ChoiceField(_("Ký bằng"), (("file", _("Tệp chứng thư số")), ("token", _("Thiết bị ký (USB)"))),
                                  _("Để trống nếu không ký số"))
        self.add("source", self.source)
        self.add("file", FileField(_("Tệp chứng thư số"), _("Chứng thư số (*.p12 *.pfx)"),
                                   _("Mật khẩu được hỏi mỗi lần ký, không lưu lại")), 2)
        self.add("library", FileField(_("Thư viện của thiết bị"), _("Thư viện (*.dll *.so)"),
                                      _("Tệp do nhà cung cấp thiết bị cài vào máy; mã PIN được hỏi mỗi lần ký")), 2)
        self.add("tsa", TextField(_("Máy chủ thời gian"), _("Địa chỉ http://…; để trống thì giờ ký là giờ của máy này"),
                                  longest=300))
        self.add("token", TextField(_("Tên thiết bị"), _("Chỉ cần khi cắm nhiều thiết bị"), longest=100))
        self.search = button(_("Tìm thiết bị đang cắm"), self._find, small=True)
        beside = QWidget()
        beside.setLayout(column(row(self.search, 1), 1))
        self.add_part(beside)
        self.on_edited(self._keep)
        self.show_own()

    def show_own(self) -> None:
        """Show what is kept."""
        kept = self._shell.settings.signing or {}
        self.set_values({key: kept.get(key) or (None if key == "source" else "") for key in self.keys()})
        self._arrange()

    def _arrange(self) -> None:
        shown = ("source", *SHOWN.get(self.source.value() or "", ()))
        for key in self.keys():
            self.field(key).setVisible(key in shown)
        self.search.setVisible("token" in shown)

    def _keep(self, key: str, value: Any) -> None:
        kept = {**(self._shell.settings.signing or {}), key: str(value or "")}
        self._shell.change_settings(signing={k: v for k, v in kept.items() if v})
        self._arrange()
        self.field(key).set_error(_complaint(key, str(value or "")))

    @Slot()
    def _find(self) -> None:
        library = str(self.field("library").value() or "")
        self.field("library").set_error("")

        def look(_session: Any) -> tuple[str, ...]:
            from ocop_desktop.actions import pdf_signing

            return pdf_signing.tokens(library)

        self._work.read(self, look, self._found, self._refused, key="tokens")

    def _found(self, labels: tuple[str, ...]) -> None:
        if len(labels) == 1:
            self.field("token").set_value(labels[0])
            self._keep("token", labels[0])
        self._shell.say.info(_("Thiết bị đang cắm: {labels}", labels=", ".join(labels)) if labels else
                             _("Chưa cắm thiết bị ký nào."))

    def _refused(self, error: UserError) -> None:
        self.field("library").set_error(text.say(error))


def _complaint(key: str, typed: str) -> str:
    """What is wrong with a value, told where it is typed: signing would tell it only with the paper in hand."""
    if key == "tsa" and typed and not typed.startswith(("http://", "https://")):
        return _("Địa chỉ phải bắt đầu bằng http:// hoặc https://")
    if key in ("file", "library") and typed and not Path(typed).is_file():
        return text.say(missing_file(Path(typed)))
    return ""
