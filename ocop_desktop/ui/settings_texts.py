"""The office's own Word files for papers: save with fields, put back after editing, go back to the shipped text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.errors import ProblemsFound
from ocop_desktop.text import _
from ocop_desktop.ui import file_dialogs, theme
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.widgets import button, clear, column, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.paper_templates import TemplateLine
    from ocop_desktop.errors import UserError
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

MOST = 12  # faults of a file told at once


class TextsPart(QWidget):
    """A line for every paper: which text is used, and what can be done."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__()
        self._work, self._shell = work, shell
        self.buttons: dict[str, dict[str, QPushButton]] = {}
        self.states: dict[str, Any] = {}
        self.dialog: FaultsDialog | None = None
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.now().px(12))
        about = label(_("Lưu lời văn ra tệp Word có các trường như {example}, sửa trong Word rồi nạp lại. Mẫu được thử điền với "
                        "dữ liệu ví dụ; hỏng chỗ nào thì chỉ ra đoạn ấy. Giấy tờ theo mẫu riêng chỉ lưu ra Word, không in thẳng "
                        "PDF.", example="{{ phien }}"), "quiet", wrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.now().px(10))
        box.addWidget(about)
        box.addLayout(self._list)

    def show_texts(self, texts: tuple[tuple[TemplateLine, str], ...]) -> None:
        """Show which texts are used; lines that stand already stay, and with them the place of page and cursor."""
        if list(self.buttons) != [one.kind for one, _title in texts]:
            clear(self._list)
            self.buttons, self.states = {}, {}
            for one, title in texts:
                self._add(one.kind, _(title))
        for one, _title in texts:
            self._say_state(one)

    def _say_state(self, one: TemplateLine) -> None:
        state = _("Lời văn có sẵn")
        if one.kept_at:
            moment = f"{text.clock(one.kept_at)} {text.date(one.kept_at.date())}"
            state = (_("Mẫu riêng: {name}, {who} nạp lúc {moment}", name=one.name, who=one.who, moment=moment) if one.who
                     else _("Mẫu riêng: {name}, nạp lúc {moment}", name=one.name, moment=moment))
        self.states[one.kind].setText(state)
        made = self.buttons[one.kind]
        if not one.name and made["reset"].hasFocus():
            made["use"].setFocus()
        made["reset"].setVisible(bool(one.name))

    def _add(self, kind: str, title: str) -> None:
        made = {
            "save": button(_("Lưu ra Word để sửa…"), lambda: self._ask_file(kind, title), small=True),
            "use": button(_("Nạp tệp đã sửa…"), lambda: self._ask_own(kind), small=True),
            "fields": button(_("Xem các trường"), lambda: self._ask_fields(kind, title), "quiet", small=True),
            "reset": button(_("Trở về lời văn có sẵn"), lambda: self._reset(kind), "quiet", small=True),
        }
        for part in made.values():
            part.setAccessibleName(f"{part.text()}: {title}")
        self.buttons[kind], self.states[kind] = made, label("", "small", wrap=True)
        self._list.addLayout(column(label(title, "bold", wrap=True), self.states[kind], Flow(*made.values(), space=8), space=4))

    def _save(self, verb: Any, done: Any, failed: Any = None) -> None:
        def action(session: Any) -> Any:
            from ocop_desktop.actions import paper_templates

            return verb(paper_templates, session)

        self._work.save(self, action, done, failed)

    def _ask_file(self, kind: str, title: str) -> None:
        file_dialogs.to_save(self._shell, self, _("Lưu lời văn ra Word"), _("Mẫu {title}.docx", title=title),
                             _("Tệp Word (*.docx)"), lambda path: self.save_to(kind, path))

    def save_to(self, kind: str, path: Path) -> None:
        """Write the text in force to a file."""
        def action(session: Any) -> None:
            from ocop_desktop.actions import paper_templates

            paper_templates.save_for_editing(session, kind, path)

        url = QUrl.fromLocalFile(str(path))
        self._work.read(self, action, lambda _none: self._shell.say.ok(
            _("Đã lưu {file}", file=path.name), _("Mở"), lambda: QDesktopServices.openUrl(url)))

    def _ask_own(self, kind: str) -> None:
        file_dialogs.to_open(self._shell, self, _("Nạp tệp Word đã sửa"), _("Tệp Word (*.docx)"),
                             lambda path: self.use(kind, path))

    def use(self, kind: str, path: Path) -> None:
        """Take a file as the office's own text; what is wrong with it is listed."""
        self._save(lambda actions, session: actions.use(session, kind, path, self._shell.settings.user),
                   lambda _none: self._shell.say.ok(_("Mẫu đã được thử điền và từ nay được dùng.")), self._refused)

    def _refused(self, error: UserError) -> None:
        found = error.problems if isinstance(error, ProblemsFound) else [error]
        lines = [text.say(one) for one in found[:MOST]]
        if len(found) > MOST:
            lines.append(_("… và {count} chỗ nữa", count=len(found) - MOST))
        self.dialog = FaultsDialog(_("Mẫu chưa dùng được"), _("Hãy sửa trong Word rồi nạp lại; mẫu đang dùng được giữ nguyên."),
                                   "\n\n".join(lines), self)
        self.dialog.open()

    def _ask_fields(self, kind: str, title: str) -> None:
        def action(_session: Any) -> Any:
            from ocop_desktop.actions import paper_templates

            return paper_templates.fields(kind)

        def show(found: Any) -> None:
            words = "\n".join(f"{name}    {example}" for name, example in found)
            self.dialog = FaultsDialog(_("Các trường: {title}", title=title), _("Tên trường, rồi một ví dụ. Trường sau dấu › nằm "
                                       "trong danh sách đứng trước."), words, self)
            self.dialog.open()

        self._work.read(self, action, show)

    def _reset(self, kind: str) -> None:
        self._save(lambda actions, session: actions.reset(session, kind, self._shell.settings.user),
                   lambda _none: self._shell.say.ok(_("Đã trở về lời văn có sẵn.")))


class FaultsDialog(QDialog):
    """Words to be read and copied."""

    def __init__(self, title: str, about: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        px = theme.now().px
        self.resize(px(640), px(420))
        self.words = QPlainTextEdit(words)
        self.words.setReadOnly(True)
        self.words.setAccessibleName(title)
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(20))
        box.setSpacing(px(12))
        box.addWidget(label(title, "strong", wrap=True))
        box.addWidget(label(about, "quiet", wrap=True))
        box.addWidget(self.words, 1)
        box.addLayout(row(1, button(_("Đóng"), self.accept)))
