"""The left of the results page: stars and mean with the sentence that explains them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from ocop_desktop import text
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.code_words import CodeWords
from ocop_desktop.ui.widgets import Card, Pill, Ring, Stars, clear, label, line

if TYPE_CHECKING:
    from ocop_desktop.actions.explaining import Sentence
    from ocop_desktop.actions.result_view import ResultView


class RankCard(Card):
    """Stars, exact mean and why; before all ballots are in only how many are."""

    code_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.stars = Stars(0, 26, words=False)
        self.provisional = Pill(_("Tạm tính"), "warn")
        self.out = Pill(_("Bị loại"), "bad")
        self.ring = Ring(0, 1, 64)
        self.mean, self.under = label("", "hall"), label("", "quiet")
        self.why = QVBoxLayout()
        self._sentences: list[CodeWords] = []
        self.why.setSpacing(theme.now().px(4))
        middle = Qt.AlignmentFlag.AlignHCenter
        self.body.addSpacing(theme.now().px(6))
        for part in (self.stars, self.provisional, self.out, self.ring, self.mean, self.under):
            self.body.addWidget(part, 0, middle)
        self.rule = line()
        self.body.addWidget(self.rule)
        self.body.addLayout(self.why)

    def set_view(self, view: ResultView, sentences: Sequence[Sentence]) -> None:
        """Show a result."""
        known = view.outcome is not None
        self.stars.setVisible(known and not view.excluded)
        self.out.setVisible(known and view.excluded)
        self.ring.setVisible(not known)
        self.ring.set(view.handed_in, max(view.needed, 1))
        waits = any(m.matter.kind == "exclusion" and m.conclusion is None for m in view.matters)
        self.out.set(_("Đề nghị loại") if waits else _("Bị loại"), "bad")
        open_yet = view.stage != "closed"
        words = _("{count} sao, tạm tính", count=view.stars or 0) if open_yet else _("{count} sao", count=view.stars or 0)
        self.stars.set_stars(view.stars or 0, words, hollow=open_yet)
        self.provisional.setVisible(known and open_yet and not view.excluded)
        clear(self.why)
        self._sentences = []
        if view.outcome is None:
            self.mean.setText(f"{view.handed_in}/{view.needed}")
            self.under.setText(_("phiếu đã hoàn tất"))
            self._say(((_("Điểm chỉ hiện khi đủ phiếu."), ()),), bold_first=False)
            return
        outcome = view.outcome
        counted = [total for member, total in outcome.totals.items() if member not in outcome.left_out]
        self.mean.setText(text.points(outcome.mean, view.working.digits))
        self.under.setText(_("điểm trung bình\n{total} điểm / {count} phiếu", total=sum(counted), count=len(counted)))
        self._say([(sentence.words, sentence.codes) for sentence in sentences], bold_first=True)

    def _say(self, sentences: Sequence[tuple[str, tuple[str, ...]]], bold_first: bool) -> None:
        for place, (words, codes) in enumerate(sentences):
            made = CodeWords(words, codes, "bold" if bold_first and place == 0 else "")
            made.wanted.connect(self.code_wanted)
            self._sentences.append(made)
            self.why.addWidget(made)

    def sentences(self) -> tuple[str, ...]:
        """What it explains, as shown."""
        return tuple(w.words for w in self._sentences)
