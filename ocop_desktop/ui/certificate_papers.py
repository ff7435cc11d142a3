"""The menu of papers around certificates: hand-over list, revocation draft, reminders; looked at, as PDF or as Word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QMenu, QPushButton

from ocop_desktop.text import N_, _
from ocop_desktop.ui import file_dialogs
from ocop_desktop.ui.paper_number_row import NumberRow
from ocop_desktop.ui.paper_signer import SignerRow
from ocop_desktop.ui.printing import PaperRoad, Printout

if TYPE_CHECKING:
    from ocop_desktop.actions.register import RegisterLine
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

# kind of actions.register_papers -> words, name of the file
PAPERS = {"handover": (N_("Danh sách giao nhận"), N_("giao-nhan-giay-chung-nhan")),
          "revocation": (N_("Dự thảo quyết định thu hồi"), N_("du-thao-thu-hoi")),
          "renewal-letters": (N_("Thư nhắc đánh giá lại gửi các xã"), N_("thu-danh-gia-lai"))}
OF_ALL = "renewal-letters"  # of every certificate that falls due, whatever is chosen
LOOK, NUMBER, SIGNER = "look", "number", "signer"
LIST = "handover"  # a list has no number, and is signed by who is there
ENDINGS = {LOOK: (N_("{paper}: xem và in…"), ""),
           "pdf": (N_("{paper}: lưu PDF…"), N_("Tệp PDF (*.pdf)")),
           "docx": (N_("{paper}: lưu Word…"), N_("Văn bản Word (*.docx)")),
           NUMBER: (N_("{paper}: lấy số…"), ""), SIGNER: (N_("{paper}: đổi người ký…"), "")}


class PapersMenu(QMenu):
    """Hangs at a button.

    Args:
        chosen: numbers of the certificates chosen in the list, asked when a paper is wanted.
        kinds: of the papers offered.
    """

    def __init__(self, owner: QPushButton, work: Work, shell: Shell, chosen: Callable[[], list[int]],
                 kinds: Sequence[str] = tuple(PAPERS)) -> None:
        super().__init__(owner)
        self._owner, self._work, self._shell, self._chosen = owner, work, shell, chosen
        self.today: Callable[[], dt.date] = dt.date.today
        self.road = PaperRoad(owner, work, shell)
        self.number, self.signer = NumberRow(work, shell, owner), SignerRow(work, shell, owner)
        self.papers: dict[tuple[str, str], QAction] = {}
        for key in kinds:
            words, name = PAPERS[key]
            if self.papers:
                self.addSeparator()
            for ending, (pattern, _kind) in ENDINGS.items():
                if ending in (NUMBER, SIGNER) and key == LIST:
                    continue
                self.papers[key, ending] = self.addAction(_(pattern, paper=_(words)), partial(self._ask, key, _(name), ending))
        owner.setMenu(self)

    def offer(self, lines: Sequence[RegisterLine]) -> None:
        """Say what can be made of the lines chosen."""
        for (key, ending), action in self.papers.items():
            words, count = _(PAPERS[key][0]), sum(line.printable for line in lines) if key == "handover" else len(lines)
            told = _("{paper}, {count} giấy", paper=words, count=count) if key != OF_ALL and count > 1 else words
            action.setText(_(ENDINGS[ending][0], paper=told))
            action.setEnabled(bool(count) or key == OF_ALL)

    def _ask(self, key: str, name: str, ending: str) -> None:
        words = _(PAPERS[key][0])
        ids = self._chosen()
        if ending == LOOK:
            self.look(key, ids)
            return
        if ending in (NUMBER, SIGNER):
            (self.number if ending == NUMBER else self.signer).ask_for(self._chosen_paper(key, ids))
            return
        file_dialogs.to_save(self._shell, self._owner, words, f"{name}-{self.today():%Y-%m-%d}.{ending}", _(ENDINGS[ending][1]),
                             lambda path: self.save(key, ids, path))

    def look(self, key: str, ids: Sequence[int]) -> None:
        """Look at a paper of certificates, print or sign it."""
        today = self.today()

        def make(session: Any) -> Any:
            from ocop_desktop.actions import paper_pages, register_papers

            return paper_pages.made_of(register_papers.as_pdf(session, key, ids, today))

        words, name = PAPERS[key]
        self.road.preview(Printout(key, _(words), make, f"{_(name)}-{today:%Y-%m-%d}.pdf"))

    def _chosen_paper(self, key: str, ids: Sequence[int]) -> Any:
        from ocop_desktop.actions.letter_fields import Chosen

        return Chosen(tuple(ids), self.today(), key)

    def save(self, key: str, ids: Sequence[int], path: Path) -> None:
        """Write a paper of certificates into ``path``."""
        today = self.today()

        def write(session: Any) -> int:
            from ocop_desktop.actions import register_papers

            return register_papers.save(session, key, path, ids, today)

        url = QUrl.fromLocalFile(str(path))
        self._work.read(self._owner, write, lambda _count: self._shell.say.ok(
            _("Đã lưu {file}", file=path.name), _("Mở"), lambda: QDesktopServices.openUrl(url)), self._shell.say.error)
