"""A rulebook as a workbook: exported, looked at before it comes in, kept as a further version with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.errors import Problem
from ocop_desktop.text import _
from ocop_desktop.ui import file_dialogs, theme
from ocop_desktop.ui.criteria_paint import BOLD, PLAIN, SMALL, Drawn, RowsView, frameless
from ocop_desktop.ui.widgets import Card, button, label, line, row

if TYPE_CHECKING:
    from ocop_desktop.actions.rulebook_packs import Preview
    from ocop_desktop.rules.rulebook import Rulebook
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

TONES = {"error": "bad", "warning": "warn", "repair": "info", "change": "ok"}


@dataclass(frozen=True)
class PackRow:
    """One line: a heading (without a mark), a fault at its place, or a difference."""

    words: str
    place: str = ""
    mark: str = ""

    @property
    def opens(self) -> bool:
        """Headings cannot be chosen."""
        return bool(self.mark)

    @property
    def said(self) -> str:
        """What it says in one line."""
        return " · ".join(w for w in (mark_words(self.mark), self.place, self.words) if w)


def mark_words(mark: str) -> str:
    """The word of a mark."""
    return {"error": _("lỗi"), "warning": _("xem lại"), "repair": _("đã sửa"), "change": _("khác")}.get(mark, "")


def lay_pack(row: PackRow, width: int) -> Drawn:
    """Lay out one line."""
    px = theme.now().px
    drawn, left, top = Drawn(width, rule="line"), px(16), px(6)
    if not row.mark:
        drawn.height = drawn.words(left, px(10), width - 2 * left, row.words, BOLD) + px(6)
        return drawn
    drawn.pill(left + px(78), top, mark_words(row.mark), TONES[row.mark])
    left += px(94)
    bottom = drawn.words(left, top, width - left - px(16), row.words, PLAIN)
    if row.place:
        bottom = drawn.words(left, bottom, width - left - px(16), row.place, SMALL)
    drawn.height = bottom + px(6)
    return drawn


class PackCard(Card):
    """A pack as it would be kept; nothing is written before the button is pressed."""

    left = Signal()
    kept = Signal(str, str)  # reason, why faults are accepted

    def __init__(self) -> None:
        super().__init__(flush=True)
        px = theme.now().px
        self.seen: Preview | None = None
        self.name, self.counts = label("", "strong", wrap=True), label("", "quiet", wrap=True)
        self.reason, self.accepted = QLineEdit(), QLineEdit()
        self.reason.setPlaceholderText(_("Lý do có bản này, ví dụ: đính chính số 12 ngày 05/12/2026"))
        self.accepted.setPlaceholderText(_("Vì sao vẫn nhận khi còn lỗi"))
        self.reason.setAccessibleName(_("Lý do"))
        self.accepted.setAccessibleName(_("Vì sao vẫn nhận khi còn lỗi"))
        self.back = button(_("Bỏ, không nhập"), self.left.emit)
        self.keep = button(_("Lưu thành bản mới"), self._keep, "primary")
        head = QVBoxLayout()
        head.setContentsMargins(px(16), px(10), px(16), px(10))
        head.setSpacing(px(8))
        for part in (self.name, self.counts, self.reason, self.accepted):
            head.addWidget(part)
        head.addLayout(row(1, self.back, self.keep))
        self.body.addLayout(head)
        self.body.addWidget(line())
        self.list = RowsView(lay_pack, _("Lỗi và chỗ khác"))
        frameless(self.list)
        self.body.addWidget(self.list, 1)
        self.reason.textChanged.connect(self._judge)
        self.accepted.textChanged.connect(self._judge)

    def show_preview(self, seen: Preview) -> None:
        """Show a pack: its counts, every fault at its cell, every difference from the version before."""
        self.seen = seen
        self.name.setText(_("{file}: Quyết định {law}, bản {version}", file=seen.file, law=seen.decision, version=seen.version))
        self.counts.setText(_("{sets} bộ, {criteria} tiêu chí, {options} mức đọc từ tệp · {faults} lỗi · {changes} chỗ khác",
                              sets=seen.sets, criteria=text.number(seen.criteria), options=text.number(seen.options),
                              faults=text.number(len(seen.faults)), changes=text.number(len(seen.differences))))
        rows = [PackRow(text.say(p), place_words(p), p.severity) for p in seen.problems]
        if rows:
            rows.insert(0, PackRow(_("Lỗi và lưu ý")))
        if seen.unchanged:
            rows.append(PackRow(_("Tệp giống hệt bản đang có; không có gì để lưu.")))
        elif seen.differences:
            rows.append(PackRow(_("Khác bản {version}", version=seen.before.version if seen.before else 0)))
            rows += [PackRow(text.say(d.sentence), "", "change") for d in seen.differences]
        self.list.set_rows(rows)
        self.accepted.setVisible(bool(seen.faults))
        self.reason.clear()
        self.accepted.clear()
        self.keep.setText(_("Lưu thành bản {version}", version=seen.version))
        self._judge()
        self.reason.setFocus()

    def _judge(self) -> None:
        seen = self.seen
        ready = seen is not None and not seen.unchanged and bool(self.reason.text().strip())
        self.keep.setEnabled(ready and (not seen.faults or bool(self.accepted.text().strip())) if seen else False)

    def _keep(self) -> None:
        self.kept.emit(self.reason.text().strip(), self.accepted.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def place_words(problem: Problem) -> str:
    """Sheet, row and column of a fault."""
    place = problem.place
    if not place.sheet:
        return ""
    if place.row is None:
        return _("trang “{sheet}”", sheet=place.sheet)
    return _("trang “{sheet}”, dòng {row}, cột {column}", sheet=place.sheet, row=place.row, column=place.column)


class Packs(QObject):
    """Writes and reads workbooks for the screen."""

    looked = Signal(object)  # Preview
    stored = Signal(object)  # Rulebook

    def __init__(self, owner: QWidget, work: Work, shell: Shell) -> None:
        super().__init__(owner)
        self._owner, self._work, self._shell = owner, work, shell

    def ask_export(self, book: Rulebook) -> None:
        """Ask for a file and write a rulebook there."""
        name = f"{book.id.replace('/', '-').replace('#', '-')}.xlsx"
        file_dialogs.to_save(self._shell, self._owner, _("Xuất ra Excel"), name, _("Bảng tính Excel (*.xlsx)"),
                         lambda path: self.export(book, path))

    def export(self, book: Rulebook, path: Path) -> None:
        """Write a rulebook as a workbook."""

        def job(_session: Any) -> Any:
            from ocop_desktop.actions import rulebook_packs

            return rulebook_packs.export(path, book.id)

        url = QUrl.fromLocalFile(str(path))
        self._work.read(self._owner, job, lambda _book: self._shell.say.ok(
            _("Đã ghi bộ tiêu chí vào {file}", file=path.name), _("Mở"), lambda: QDesktopServices.openUrl(url)))

    def ask_import(self, book: Rulebook) -> None:
        """Ask for a workbook and look at it."""
        file_dialogs.to_open(self._shell, self._owner, _("Nhập bộ tiêu chí"), _("Bảng tính (*.xlsx *.xls *.ods)"),
                         lambda path: self.look(book, path))

    def look(self, book: Rulebook, path: Path) -> None:
        """Read a workbook and say what would come in."""

        def job(session: Any) -> Any:
            from ocop_desktop.actions import rulebook_packs

            return rulebook_packs.look(session, path, book.decision if book.heads else "")

        self._work.read(self._owner, job, self.looked.emit, key="pack")

    def keep(self, seen: Preview, reason: str, accepted: str) -> None:
        """Keep what was looked at as a further version."""
        who = self._shell.settings.user

        def job(session: Any) -> Any:
            from ocop_desktop.actions import rulebook_packs

            return rulebook_packs.keep(session, seen, reason, accepted, who)

        self._work.save(self._owner, job, self._tell)

    def _tell(self, book: Rulebook) -> None:
        self._shell.say.ok(_("Đã lưu bản {version} của Quyết định {law}", version=book.version, law=book.decision))
        self.stored.emit(book)
