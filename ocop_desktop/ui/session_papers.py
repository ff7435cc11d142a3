"""The papers of a session: a list at the left, the pages of the chosen one at the right, to be saved, edited in Word, printed.

``dossier_print`` is the same page for one dossier.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMarginsF, QObject, QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QPageLayout, QPageSize, QResizeEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from ocop_desktop import text
from ocop_desktop.text import _
from ocop_desktop.ui import file_dialogs, theme
from ocop_desktop.ui.criteria_print import PRINTER_DPI, SCREEN_DPI, PaperCard
from ocop_desktop.ui.widgets import Card, LinkLabel, Page, button, row

if TYPE_CHECKING:
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

LIST_WIDE = 300  # pixels at 100 %


class PapersPage(Page):
    """The page; ``show_session`` says whose papers."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__(scroll=False)
        self._work, self._shell = work, shell
        self.session_id: int | None = None
        self.code = ""
        self.press = PapersPress(self, work, shell)
        self.list, self.left = QListWidget(), Card(flush=True)
        self.card = PaperCard()
        self.save_pdf = button(_("Lưu PDF…"), lambda: self._ask("pdf"), "primary")
        self.save_word = button(_("Lưu Word…"), lambda: self._ask("docx"))
        self._build()

    def _build(self) -> None:
        px = theme.now().px
        self.set_title(self._name())
        self.add_action(self.save_word)
        self.add_action(self.save_pdf)
        self.list.setAccessibleName(_("Các loại giấy tờ"))
        self.list.setProperty("kind", "plain")
        self.list.currentItemChanged.connect(self._choose)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.left.body.addWidget(self.list, 1)
        body = row(self.left, self.card, space=12)
        body.setStretch(1, 1)
        self.body.setSpacing(px(10))
        self.body.addLayout(body, 1)
        self.body.addWidget(LinkLabel(self._back_words(), self._back))
        self.card.back.hide()
        self.card.left.connect(self._back)
        self.card.print_wanted.connect(lambda: self.press.ask_printer(self._paper()))
        self.setFocusProxy(self.list)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the pages the larger part where the window is narrow for its letters."""
        super().resizeEvent(event)
        self.left.setFixedWidth(min(theme.now().px(LIST_WIDE), self.width() * 3 // 10))

    def show_session(self, session_id: int) -> None:
        """Show the papers of a session."""
        self.session_id = session_id
        self.list.setFocus()
        self.refresh()

    def refresh(self) -> None:
        """Read again."""
        if self.session_id is not None:
            self._read(self.session_id)

    # -- what is a session's here, and a dossier's in ``dossier_print`` --------------------------------------------------

    def _name(self) -> str:
        return _("Giấy tờ phiên")

    def _back_words(self) -> str:
        return _("‹ Về phiên")

    def _back(self) -> None:
        self._shell.go("sessions", session_id=self.session_id)

    def _set_crumbs(self, found: Any) -> None:
        self._shell.set_crumbs(self, _("Phiên đánh giá"), found.name, self._name())

    def _read(self, number: int) -> None:
        self._work.read(self, lambda session: _listing(session, number), self._show, key="papers")

    def _paper(self) -> Any:
        from ocop_desktop.actions.session_papers import SessionPaper

        return SessionPaper(self.session_id or 0, self.kind())

    # -- showing ---------------------------------------------------------------------------------------------------------

    def _show(self, found: Any) -> None:
        self.code = found.code
        self._set_crumbs(found)
        chosen = self.kind()
        self.list.blockSignals(True)
        self.list.clear()
        for line in found.kinds:
            item = QListWidgetItem(_(line.title), self.list)
            item.setData(Qt.ItemDataRole.UserRole, line)
            item.setToolTip(_(line.about))
            item.setSizeHint(QSize(0, theme.now().px(36)))
        keys = [line.key for line in found.kinds]
        self.list.setCurrentRow(keys.index(chosen) if chosen in keys else 0)
        self.list.blockSignals(False)
        if not keys:
            self._allow(False, False)
            self.card.show_pages(())
            self.card.count.setText(_("Chưa có giấy tờ nào bạn xem được ở đây."))
        self._choose()

    def kind(self) -> str:
        """The kind chosen, or nothing."""
        item = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole).key) if item else ""

    @Slot()
    def _choose(self, *_items: object) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        line = item.data(Qt.ItemDataRole.UserRole)
        self.set_title(_(line.title), _(line.about))
        self._allow(False, line.word)
        self.card.wait()
        self.press.look(self._paper(), self._looked, self._refused)

    def _looked(self, seen: Any) -> None:
        self.card.show_pages(seen.pictures)
        if seen.count > len(seen.pictures):
            self.card.count.setText(_("{shown} trang đầu trong {count} trang", shown=len(seen.pictures),
                                      count=text.number(seen.count)))
        self._allow(True, self.list.currentItem().data(Qt.ItemDataRole.UserRole).word)

    def _refused(self, error: Any) -> None:
        self.card.show_pages(())
        self.card.count.setText(text.say(error))

    def _allow(self, ready: bool, word: bool) -> None:
        self.save_pdf.setEnabled(ready)
        self.save_word.setEnabled(ready and word)
        self.save_word.setVisible(word)
        self.card.print.setEnabled(ready)

    def _ask(self, ending: str) -> None:
        from ocop_desktop.actions.session_papers import proposed_name

        self.press.ask_file(self._paper(), proposed_name(self.kind(), self.code, f".{ending}"), ending)


class PapersPress(QObject):
    """Draws, saves and prints papers in the background.

    Args:
        owner: the page, over which the dialogs open.
    """

    done = Signal(object)  # the file written

    def __init__(self, owner: QWidget, work: Work, shell: Shell) -> None:
        super().__init__(owner)
        self._owner, self._work, self._shell = owner, work, shell

    def look(self, paper: Any, done: Callable[[Any], object], failed: Callable[[Any], object]) -> None:
        """Draw the first pages of a paper."""

        def job(session: Any) -> Any:
            from ocop_desktop.actions import session_papers

            return session_papers.look(session, paper, SCREEN_DPI)

        self._work.read(self._owner, job, done, failed, key="paper")

    def ask_file(self, paper: Any, proposed: str, ending: str) -> None:
        """Ask for a file and save a paper there."""
        word = ending == "docx"
        file_dialogs.to_save(self._shell, self._owner, _("Lưu giấy tờ"), proposed,
                             _("Tệp Word (*.docx)") if word else _("Tệp PDF (*.pdf)"), lambda path: self.save(paper, path))

    def save(self, paper: Any, path: Path) -> None:
        """Save a paper as PDF or Word."""

        def job(session: Any, progress: Callable[[int, int, str], None]) -> Any:
            from ocop_desktop.actions import session_papers

            words = _("Đang dựng trang…")
            return session_papers.save_pdf(session, paper, path, lambda page: progress(page, 0, words))

        self._work.long(self._owner, job, lambda _size: self._told(path), cancelled=self._stopped)

    def _told(self, path: Path) -> None:
        url = QUrl.fromLocalFile(str(path))
        self._shell.say.ok(_("Đã lưu {file}", file=path.name), _("Mở"), lambda: QDesktopServices.openUrl(url))
        self.done.emit(path)

    def _stopped(self, *_what: object) -> None:
        self._shell.say.info(_("Đã dừng; chưa có gì thay đổi."))

    def ask_printer(self, paper: Any) -> None:
        """Ask for a printer and print a paper."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setResolution(PRINTER_DPI)
        printer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF()))
        dialog = QPrintDialog(printer, self._owner)
        dialog.setWindowTitle(_("In"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_on(paper, printer))
        QDialog.open(dialog)

    def print_on(self, paper: Any, printer: QPrinter) -> None:
        """Print a paper; pages across are turned to fit the upright sheet."""

        def job(session: Any, progress: Callable[[int, int, str], None]) -> int:
            from ocop_desktop.actions import session_papers
            from ocop_desktop.ui.certificate_print import Painting

            with Painting(printer) as painting:
                return session_papers.print_pages(session, paper, PRINTER_DPI, painting.page,
                                                  lambda done, total: progress(done, total, _("Đang in")))

        self._work.long(self._owner, job, lambda count: self._shell.say.ok(_("Đã gửi {count} trang đến máy in", count=count)),
                        cancelled=self._stopped)


def _listing(session: Any, session_id: int) -> Any:
    from ocop_desktop.actions import session_papers

    return session_papers.listing(session, session_id)
