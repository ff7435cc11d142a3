"""The law's own wording: its document looked at before it is attached, every difference told; taken away again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.errors import UserError
from ocop_desktop.text import _
from ocop_desktop.ui import file_dialogs, theme
from ocop_desktop.ui.criteria_packs import PackRow, lay_pack
from ocop_desktop.ui.criteria_paint import RowsView, frameless
from ocop_desktop.ui.widgets import Card, button, label, line, row

if TYPE_CHECKING:
    from ocop_desktop.actions.wording import Attached, Preview
    from ocop_desktop.rules.rulebook import Rulebook
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work


class WordingCard(Card):
    """A document as it would be attached; nothing is written before the button is pressed."""

    left = Signal()
    kept = Signal(object)  # Preview

    def __init__(self) -> None:
        super().__init__(flush=True)
        px = theme.now().px
        self.seen: Preview | None = None
        self.name, self.counts = label("", "strong", wrap=True), label("", wrap=True)
        about = _("Lời văn chỉ ghi vào tệp dữ liệu này; khi chấm, điểm và dấu sao vẫn theo bộ tiêu chí của chương trình.")
        self.about = label(about, "quiet", wrap=True)
        self.back = button(_("Bỏ, không gắn"), self.left.emit)
        self.keep = button(_("Gắn lời văn"), self._keep, "primary")
        head = QVBoxLayout()
        head.setContentsMargins(px(16), px(10), px(16), px(10))
        head.setSpacing(px(8))
        for part in (self.name, self.counts, self.about):
            head.addWidget(part)
        head.addLayout(row(1, self.back, self.keep))
        self.body.addLayout(head)
        self.body.addWidget(line())
        self.list = RowsView(lay_pack, _("Chỗ khác nhau giữa văn bản và chương trình"))
        frameless(self.list)
        self.body.addWidget(self.list, 1)

    def wait(self, file: str) -> None:
        """Say that a document is being read."""
        self.seen = None
        self.name.setText(file)
        self.counts.setText(_("Đang đọc văn bản và đối chiếu với bộ tiêu chí…"))
        self.list.set_rows([])
        self.keep.setEnabled(False)
        self.back.setFocus()

    def show_preview(self, seen: Preview) -> None:
        """Show what a document covers, every figure it gives otherwise, every row without counterpart."""
        self.seen = seen
        number = text.number
        self.name.setText(_("{file}: lời văn của Quyết định {law}, bản {version}", file=seen.file, law=seen.decision,
                            version=seen.version))
        self.counts.setText(
            _("Có {criteria} trên {criteria_total} tiêu chí, {options} trên {options_total} mức, {sets} trên {sets_total} bộ · "
              "{count} chỗ số liệu khác chương trình",
              criteria=number(seen.criteria), criteria_total=number(seen.criteria_total), options=number(seen.options),
              options_total=number(seen.options_total), sets=seen.sets, sets_total=seen.sets_total,
              count=number(len(seen.findings))))
        self.list.set_rows(list(_rows(seen)))
        self.keep.setEnabled(True)
        self.keep.setFocus()

    def _keep(self) -> None:
        if self.seen is not None:
            self.kept.emit(self.seen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _rows(seen: Preview) -> Iterator[PackRow]:
    if seen.whole:
        yield PackRow(_("Mọi tiêu chí và mức đều có lời văn; điểm và dấu sao trùng với chương trình."))
    if seen.without_marks:
        yield PackRow(_("Văn bản không ghi dấu sao nào nên không so sánh dấu sao."))
    if seen.findings:
        yield PackRow(_("Số liệu khác nhau"))
        yield from (PackRow(one.sentence, one.place, "change") for one in seen.findings)
    if seen.known:
        yield PackRow(_("Chương trình đã ghi là cần xem lại"))
        yield from (PackRow(one.sentence, one.place, "repair") for one in seen.known)
    if seen.missing:
        yield PackRow(_("Văn bản không có, giữ nhãn ngắn"))
        yield from (PackRow(one.text, one.where, "warning") for one in seen.missing)
    if seen.unmatched:
        yield PackRow(_("Dòng của văn bản không thuộc tiêu chí nào"))
        yield from (PackRow(one.text, one.where, "warning") for one in seen.unmatched)


def attached_words(attached: Attached) -> str:
    """What is attached, in one sentence."""
    return _("Lời văn của luật: gắn từ tệp {file} ngày {day}, {criteria} tiêu chí, {options} mức.", file=attached.file,
             day=text.date(attached.attached_at.date()), criteria=text.number(attached.criteria),
             options=text.number(attached.options))


class Wordings(QObject):
    """Reads the law's document for the screen, keeps its words, takes them away."""

    begun = Signal(str)  # a document is being read
    looked = Signal(object)  # Preview
    refused = Signal()  # nothing could be read; it was said why
    changed = Signal(bool)  # words were attached, or taken away

    def __init__(self, owner: QWidget, work: Work, shell: Shell) -> None:
        super().__init__(owner)
        self._owner, self._work, self._shell = owner, work, shell

    def ask(self, book: Rulebook) -> None:
        """Ask for the law's document and look at it."""
        file_dialogs.to_open(self._shell, self._owner, _("Gắn lời văn của luật"),
                         _("Văn bản Quyết định (*.html *.htm *.xhtml *.mhtml *.mht *.docx *.docm *.doc *.pdf)"),
                         lambda path: self.look(book, path))

    def look(self, book: Rulebook, path: Path) -> None:
        """Read a document and say what would be attached."""

        def job(session: Any) -> Any:
            from ocop_desktop.actions import wording

            return wording.look(session, path, book.id)

        def refuse(error: UserError) -> None:
            self._shell.say.error(error)
            self.refused.emit()

        self.begun.emit(path.name)
        self._work.read(self._owner, job, self.looked.emit, refuse, key="wording")

    def attach(self, seen: Preview) -> None:
        """Keep the words that were looked at."""

        def job(session: Any) -> Any:
            from ocop_desktop.actions import wording

            return wording.attach(session, seen)

        self._work.save(self._owner, job, self._tell)

    def _tell(self, attached: Attached) -> None:
        self._shell.say.ok(_("Đã gắn lời văn của luật: {criteria} tiêu chí, {options} mức",
                             criteria=text.number(attached.criteria), options=text.number(attached.options)))
        self.changed.emit(True)

    def detach(self, book: Rulebook) -> None:
        """Take the words of a rulebook away."""

        def job(session: Any) -> Any:
            from ocop_desktop.actions import wording

            return wording.detach(session, book.id)

        def tell(_count: int) -> None:
            self._shell.say.ok(_("Đã gỡ lời văn của luật; các màn hình dùng nhãn ngắn"))
            self.changed.emit(False)

        self._work.save(self._owner, job, tell)
