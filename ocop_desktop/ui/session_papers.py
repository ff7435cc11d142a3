"""The papers of a session: a list at the left, the pages of the chosen one at the right, to be saved, edited in Word, printed.

``dossier_print`` is the same page for one dossier.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from ocop_desktop.text import _
from ocop_desktop.ui import file_dialogs, theme
from ocop_desktop.ui.paper_card import PaperCard
from ocop_desktop.ui.paper_number_row import NumberRow
from ocop_desktop.ui.paper_signer import SignerRow
from ocop_desktop.ui.printing import PaperRoad, Printout
from ocop_desktop.ui.widgets import Card, LinkLabel, Page, button, row

if TYPE_CHECKING:
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

LIST_WIDE, LOW = 300, 480  # pixels at 100 %: of the list; a page less high shows nothing but the papers


class PapersPage(Page):
    """The page; ``show_session`` says whose papers."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__(scroll=False)
        self._work, self._shell = work, shell
        self.session_id: int | None = None
        self.code = ""
        self.press = PaperRoad(self, work, shell)
        self.list, self.left = QListWidget(), Card(flush=True)
        self.card = PaperCard(work)
        self.number, self._own = NumberRow(work, shell), frozenset[str]()
        self.signer = SignerRow(work, shell)
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
        self.body.addLayout(row(self.number, self.signer, space=24))
        self.body.addLayout(body, 1)
        self.way_back = LinkLabel(self._back_words(), self._back)
        self.body.addWidget(self.way_back)
        self.card.back.hide()
        self.card.left.connect(self._back)
        self.number.taken.connect(self.refresh)
        self.signer.chosen.connect(self.refresh)
        self.setFocusProxy(self.list)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the pages the larger part where the window is narrow or low for its letters; Esc leads back there too."""
        super().resizeEvent(event)
        self.way_back.setHidden(self._low())
        self.subtitle.setHidden(self._low() or not self.subtitle.text())
        self.left.setFixedWidth(min(theme.now().px(LIST_WIDE), self.width() * 3 // 10))

    def _low(self) -> bool:
        return self.height() < theme.now().px(LOW)

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
        self.code, self._own = found.code, found.own
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
            self.card.refuse(_("Chưa có giấy tờ nào bạn xem được ở đây."))
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
        self.subtitle.setHidden(self._low())
        self._allow(False, line.word)
        self.save_word.setEnabled(line.key in self._own)  # the office's own text: Word is all there is
        self.press.draw(self.printout(line), self.card, lambda _made: self._allow(True, line.word))
        self.number.show_paper(self._paper())
        self.signer.show_paper(self._paper())

    def printout(self, line: Any) -> Printout:
        """A kind of paper on its way to the printer."""
        paper = self._paper()

        def make(session: Any) -> Any:
            from ocop_desktop.actions import paper_pages, session_papers

            content, notes = session_papers.made(session, paper)
            return paper_pages.made_of(content, problems=notes)

        def pieces(session: Any, _keys: Any) -> Any:
            from ocop_desktop.actions import session_papers

            return session_papers.pieces(session, paper)

        return Printout(line.key, _(line.title), make, self._file_name("pdf"), pieces=pieces if line.word else None)

    def _file_name(self, ending: str) -> str:
        from ocop_desktop.actions.session_papers import proposed_name

        return proposed_name(self.kind(), self.code, f".{ending}")

    def _allow(self, ready: bool, word: bool) -> None:
        self.save_pdf.setEnabled(ready)
        self.save_word.setEnabled(ready and word)
        self.save_word.setVisible(word)

    def _ask(self, ending: str) -> None:
        word = ending == "docx"
        file_dialogs.to_save(self._shell, self, _("Lưu giấy tờ"), self._file_name(ending),
                             _("Tệp Word (*.docx)") if word else _("Tệp PDF (*.pdf)"), self.save)

    def save(self, path: Path) -> None:
        """Save the paper on show as PDF or Word."""
        paper = self._paper()

        def job(session: Any, progress: Callable[[int, int, str], None]) -> Any:
            from ocop_desktop.actions import session_papers

            words = _("Đang dựng trang…")
            return session_papers.save_pdf(session, paper, path, lambda page: progress(page, 0, words))

        url = QUrl.fromLocalFile(str(path))
        self._work.long(self, job, lambda _size: self._shell.say.ok(
            _("Đã lưu {file}", file=path.name), _("Mở"), lambda: QDesktopServices.openUrl(url)),
            cancelled=lambda: self._shell.say.info(_("Đã dừng; chưa có gì thay đổi.")), quiet=True)

def _listing(session: Any, session_id: int) -> Any:
    from ocop_desktop.actions import session_papers

    return session_papers.listing(session, session_id)
