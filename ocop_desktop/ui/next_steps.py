"""What the next star needs, as a list to act on: on the results page and on a dossier; to copy, save and print."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocop_desktop.rules.names import fold
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.code_words import CodeWords
from ocop_desktop.ui.printing import PaperRoad, Printout
from ocop_desktop.ui.widgets import Card, LinkLabel, clear, label, row

if TYPE_CHECKING:
    from ocop_desktop.rules.next_star import Advice, Step
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

STEPS = 6  # shown at once


class NextCard(Card):
    """The steps with their heading: conditions first, then points; the rest opens in place.

    Args:
        work, shell: for saving and printing.
    """

    code_wanted = Signal(str)

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__(" ")
        self._shell, self._press = shell, PaperRoad(self, work, shell)
        self._advice: Advice | None = None
        self._about = ("", "")
        self._digits, self._all = 2, False
        self._place: dict[str, int] = {}
        self.heading.setWordWrap(True)
        self.list = QVBoxLayout()
        self.list.setSpacing(theme.now().px(6))
        self.body.addLayout(self.list)
        self.copy = LinkLabel(_("Chép"), self._copy)
        self.save = LinkLabel(_("Lưu PDF…"), lambda: self._press.ask_file(self._printout()))
        self.print = LinkLabel(_("In…"), lambda: self._press.preview(self._printout()))
        self.body.addLayout(row(self.copy, self.save, self.print, 1, space=14))

    def show_advice(self, advice: Advice | None, product: str, producer: str, digits: int = 2, **place: int) -> None:
        """Show the steps; hidden where there is no next star to speak of.

        Args:
            place: ``item_id`` of a council's result, or ``dossier_id`` of a self-score.
        """
        if place != self._place:
            self._all = False
        self._advice, self._about, self._digits, self._place = advice, (product, producer), digits, place
        self.setVisible(advice is not None)
        if advice is not None:
            self._fill(advice)

    def _fill(self, advice: Advice) -> None:
        from ocop_desktop.actions.advice import summary

        clear(self.list)
        self.heading.setText(summary(advice, self._digits))
        shown = advice.steps if self._all else advice.steps[:STEPS]
        for number, step in enumerate(shown, 1):
            if number in (1, len(advice.gates) + 1):
                words = _("Điều kiện phải đạt") if step.gate else _("Điểm cần thêm")
                self.list.addWidget(label(words, "bold"))
            self.list.addWidget(self._step(number, step))
        rest = len(advice.steps) - len(shown)
        if rest:
            self.list.addWidget(LinkLabel(_("và {count} việc nữa", count=rest), partial(self._open, advice)))
        if not advice.enough:
            self.list.addWidget(label(_("Các mức còn lại của bộ tiêu chí không đủ điểm."), "quiet", wrap=True))

    def _step(self, number: int, step: Step) -> QWidget:
        from ocop_desktop.actions.advice import sentence

        made = QWidget()
        inside = row(space=6)
        place = label(f"{number}.", "quiet")
        place.setMinimumWidth(theme.now().px(20))
        inside.addWidget(place, 0, Qt.AlignmentFlag.AlignTop)
        words = CodeWords(sentence(step, self._digits), (step.criterion.code,))
        words.wanted.connect(self.code_wanted)
        inside.addWidget(words, 1)
        made.setLayout(inside)
        return made

    def _open(self, advice: Advice) -> None:
        self._all = True
        self._fill(advice)

    def _copy(self) -> None:
        from ocop_desktop.actions.advice import as_text

        if self._advice is not None:
            QGuiApplication.clipboard().setText(as_text(self._advice, *self._about, self._digits))
            self._shell.say.ok(_("Đã chép; dán vào thư hoặc tin nhắn."))

    def _printout(self) -> Printout:
        place, who = self._place, self._shell.settings.user

        def make(session: Any) -> Any:
            from ocop_desktop.actions import advice_paper, paper_pages

            return paper_pages.made_of(advice_paper.pdf(session, advice_paper.AdvicePaper(**place, who=who)))

        return Printout("advice", self.heading.text(), make, self._file_name())

    def _file_name(self) -> str:
        words = "-".join(re.findall(r"[a-z0-9]+", fold(self._about[0])))[:60]
        return f"{words}-{self._advice.stars if self._advice else 0}-sao.pdf"
