"""Nhập bảng tính: choose or drop a file, see what each row would do, mend in place, import, take back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut

from ocop_desktop import text
from ocop_desktop.errors import UserError
from ocop_desktop.text import _
from ocop_desktop.ui import file_dialogs
from ocop_desktop.ui.export_menu import ask_place
from ocop_desktop.ui.flow import Pages
from ocop_desktop.ui.import_preview import PreviewPart
from ocop_desktop.ui.import_start import KINDS, StartPart, dropped_file
from ocop_desktop.ui.widgets import Page, button, label
from ocop_desktop.ui.work import Cancelled

if TYPE_CHECKING:
    from ocop_desktop.actions.importing import Batch, Preview
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work


class ImportingScreen(Page):
    """The page."""

    _beat = Signal(str)  # from the worker thread: what is being done

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__(_("Nhập bảng tính"))
        self._work, self._shell = work, shell
        self._seen: Preview | None = None
        self._name = ""
        self._stop = threading.Event()
        self.setAcceptDrops(True)
        self.start = StartPart(self.open_file, self.choose_file, self.undo, shell.table_store)
        self.start.drop.template_wanted.connect(self._ask_template)
        self.start.batches.look_wanted.connect(lambda number: shell.go("dossiers", batch_id=number))
        self.start.leftovers.save_wanted.connect(self._ask_leftovers)
        self._wanted = 0  # the import whose rows that stayed out are asked for
        self.part = PreviewPart(self._communes)
        self._stack = Pages()
        self.body.addWidget(self._stack, 1)
        self._stack.addWidget(self.start)
        self._stack.addWidget(self.part)
        self.other = button(_("Chọn tệp khác"), self._leave_file)
        self.accept = button("", self._accept, "primary")
        self.waits = label("", "quiet", "warn")
        for made in (self.waits, self.other, self.accept):
            self.add_action(made).hide()
        self.part.asked_turned.connect(self._say_count)
        self.part.corrected.connect(lambda mapping: self._again(mapping=mapping))
        self.part.fixed.connect(self._fix)
        self.part.skipped.connect(lambda rows: self._again(skip=rows))
        self.part.chosen.connect(self._choose)
        self._beat.connect(self._say_beat)
        for keys, slot in (("Ctrl+O", self.choose_file), ("Ctrl+Return", self._accept), ("Esc", self._escape)):
            QShortcut(QKeySequence(keys), self, slot, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # -- for the window ---------------------------------------------------------------------------------------------------

    def show_place(self, **where: Any) -> None:
        """Show the screen; ``file``: open that one; ``batch_id``: what of that import stayed out."""
        self._wanted = int(where.get("batch_id") or 0)
        self._shell.set_crumbs(self, _("Nhập bảng tính"))
        if where.get("file"):
            self.open_file(str(where["file"]))
        self.refresh()

    def refresh(self) -> None:
        """Read the earlier imports again."""

        def read(session: Any) -> tuple[Batch, ...]:
            from ocop_desktop.actions import importing

            return importing.batches(session)

        self._work.read(self, read, self._show_batches, key="batches")

    def _show_batches(self, batches: Sequence[Batch]) -> None:
        self.start.batches.set_batches(batches)
        wanted, self._wanted = self._wanted, 0
        for batch in batches:
            if batch.id == wanted:
                self.start.show_leftovers(batch)

    # -- the file -----------------------------------------------------------------------------------------------------------

    def choose_file(self) -> None:
        """Ask for a file."""
        file_dialogs.to_open(self._shell, self, _("Chọn bảng tính"), _("Bảng tính ({kinds})", kinds=KINDS),
                         lambda path: self.open_file(str(path)))

    def open_file(self, path: str) -> None:
        """Read a file and show what it would do."""
        self._seen, self._name = None, Path(path).name
        self.start.set_trouble("")
        self.part.forget()

        def read(session: Any) -> Preview:
            from ocop_desktop.actions import importing

            return importing.preview(session, path, progress=beat)

        beat = self._wait()
        self._work.read(self, read, self._show, partial(self._refused, None), key="preview")

    def _again(self, **changes: Any) -> None:
        """Read the same file with other columns, typed values or skipped rows."""
        seen = self._seen
        if seen is None:
            return

        def read(session: Any) -> Preview:
            from ocop_desktop.actions import importing

            return importing.again(session, seen, progress=beat, **changes)

        beat = self._wait(keep=True)
        self._work.read(self, read, self._show, partial(self._refused, seen), key="preview")

    def _wait(self, keep: bool = False) -> Callable[[int, int, str], None]:
        """Show that the file is being read; what the worker calls to say what it does, and which stops it when asked."""
        stop = self._stop = threading.Event()
        if not keep:
            self._stack.setCurrentWidget(self.part)
            self.part.wait()
            self.set_title(_("Nhập bảng tính"), _("{file} · đang đọc…", file=self._name))
            self.other.setText(_("Dừng lại"))
            self.other.show()
        self.accept.setEnabled(False)

        def beat(_done: int, _total: int, what: str) -> None:
            if stop.is_set():
                raise Cancelled
            self._beat.emit(what)

        return beat

    @Slot(str)
    def _say_beat(self, what: str) -> None:
        if self._seen is None and self._name:
            self.set_title(_("Nhập bảng tính"), _("{file} · {what}…", file=self._name, what=_(what)))

    def _refused(self, before: Preview | None, error: UserError) -> None:
        if before is None:
            self._leave_file()
            self.start.set_trouble(text.say(error))
        else:
            self._show(before)
            self._shell.say.error(error)

    def _show(self, seen: Preview) -> None:
        from ocop_desktop.actions.importing_words import layout_words

        self._seen = seen
        facts = [
            self._name,
            _("trang “{sheet}”", sheet=seen.sheet) if seen.sheet else "",
            _("{count} dòng", count=text.number(len(seen.rows))),
            layout_words(seen.layout),
            seen.province[1],
        ]
        self.set_title(_("Nhập bảng tính"), " · ".join(fact for fact in facts if fact))
        self.other.setText(_("Chọn tệp khác"))
        self.part.show_preview(seen)
        self._say_count()
        self.accept.show()
        self.other.show()

    @Slot()
    def _say_count(self) -> None:
        """The button says exactly how many rows it writes; beside it stands how many wait."""
        if (seen := self._seen) is None:
            return
        count = seen.to_write if self.part.also_asked() else seen.sure
        waits = seen.states["waiting"] + (0 if self.part.also_asked() else len(seen.asked))
        self.accept.setText(_("Nhập {count} dòng", count=text.number(count)))
        self.accept.setEnabled(count > 0)
        self.waits.setText(_("{count} dòng chờ trả lời", count=text.number(waits)))
        self.waits.setVisible(waits > 0)

    def _leave_file(self) -> None:
        """Back to the start; a file being read is let go."""
        self._stop.set()
        self._work.read(self, lambda session: None, lambda nothing: None, key="preview")
        self._seen, self._name = None, ""
        self.set_title(_("Nhập bảng tính"))
        for made in (self.waits, self.other, self.accept):
            made.hide()
        self.part.forget()
        self._stack.setCurrentWidget(self.start)
        self.start.drop.choose.setFocus()

    @Slot()
    def _escape(self) -> None:
        if self._seen is None and self._name:
            self._leave_file()
        elif self.part.columns.isVisible():
            self.part.show_columns(False)

    # -- what the person says -----------------------------------------------------------------------------------------------

    @Slot(object)
    def _fix(self, fixes: dict[tuple[int, str], str]) -> None:
        if self._seen is not None:
            self._again(fixes={**self._seen.fixes, **fixes})

    @Slot(object)
    def _choose(self, made: dict[tuple[int, str], str]) -> None:
        if self._seen is not None:
            self._again(choices={**self._seen.choices, **made})

    def _communes(self, words: str, found: Callable[[Sequence[tuple[Any, str, str]]], None]) -> None:
        province = self._seen.province[0] if self._seen else ""

        def read(session: Any) -> tuple[tuple[str, str], ...]:
            from ocop_desktop.actions.importing_words import commune_choices

            return commune_choices(session, words, province)

        self._work.read(self, read, lambda units: found([(name, name, quiet) for name, quiet in units]), key="communes")

    # -- templates ----------------------------------------------------------------------------------------------------------

    @Slot(str, str)
    def _ask_template(self, kind: str, words: str) -> None:
        ask_place(self._shell, self, _("Lưu biểu mẫu: {kind}", kind=words), _("bieu-mau"), partial(self.save_template, kind))

    def save_template(self, kind: str, path: Path) -> None:
        """Write the template of a kind."""

        def write(_session: Any) -> Path:
            from ocop_desktop.actions import exporting

            return exporting.template(kind, path)

        self._work.read(self, write, lambda made: self._shell.say.ok(
            _("Đã ghi biểu mẫu vào {file}; điền xong thì kéo thả vào đây.", file=made.name)), self._shell.say.error)

    @Slot(int, str)
    def _ask_leftovers(self, batch_id: int, file: str) -> None:
        ask_place(self._shell, self, _("Lưu danh sách lỗi của {file}", file=file), _("can-sua-{file}", file=Path(file).stem),
                  partial(self.save_leftovers, batch_id))

    def save_leftovers(self, batch_id: int, path: Path) -> None:
        """Write what of an import stayed out into a list."""

        def write(session: Any) -> int:
            from ocop_desktop.actions.importing_leftovers import save_leftovers

            return save_leftovers(session, batch_id, path)

        self._work.read(self, write, lambda count: self._shell.say.ok(
            _("Đã ghi {count} chỗ cần sửa vào {file}.", count=text.number(count), file=path.name)), self._shell.say.error)

    # -- writing ------------------------------------------------------------------------------------------------------------

    @Slot()
    def _accept(self) -> None:
        seen = self._seen
        if seen is None or not self.accept.isEnabled():
            return

        def write(session: Any, progress: Callable[[int, int, str], None]) -> Batch:
            from ocop_desktop.actions import backups, importing

            backups.before_import(session)
            return importing.accept(session, seen, skip=seen.skip | waiting if waiting else None, progress=progress)

        waiting = frozenset[int]() if self.part.also_asked() else seen.asked
        self.accept.setEnabled(False)
        self._work.long(self, write, lambda batch: self._accepted(batch, len(waiting)), self._not_accepted,
                        lambda: self.accept.setEnabled(True))

    def _not_accepted(self, error: UserError) -> None:
        self.accept.setEnabled(True)
        self._shell.say.error(error)

    def _accepted(self, batch: Batch, waiting: int) -> None:
        """Tell what was written; rows that wait for an answer stay on the page."""
        counts = batch.counts
        if waiting:
            self._again()
        else:
            self._leave_file()
        left = " " + _("Còn {count} dòng chờ trả lời.", count=text.number(waiting)) if waiting else ""
        self._shell.say.ok(
            _(
                "Đã nhập “{file}”: {created} mới, {updated} cập nhật, {unchanged} không đổi, {rejected} không nhập.",
                file=batch.file_name,
                created=text.number(counts["created"]),
                updated=text.number(counts["updated"]),
                unchanged=text.number(counts["unchanged"]),
                rejected=text.number(counts["rejected"]),
            ) + left,
            _("Hoàn tác"),
            lambda: self.undo(batch.id),
        )

    @Slot(int)
    def undo(self, batch_id: int) -> None:
        """Take an import back."""

        def write(session: Any) -> Batch:
            from ocop_desktop.actions import importing

            return importing.undo(session, batch_id)

        self._work.save(self, write, self._undone)

    def _undone(self, batch: Batch) -> None:
        for note in self._shell.say.notes():
            if note.tone == "ok":
                self._shell.say.close_note(note)
        self._shell.say.ok(_("Đã hoàn tác lần nhập “{file}”; dữ liệu trở lại như trước.", file=batch.file_name))
        if self._seen is not None:
            self._again()

    # -- dropping anywhere on the page --------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.open_file(dropped_file(event))
        event.acceptProposedAction()
