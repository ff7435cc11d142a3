"""The bar of a row that may speak of something known: the same, new, or left out; in bulk where the reason is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QSizePolicy

from ocop_desktop import text
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.painted import Pill
from ocop_desktop.ui.parts import tip
from ocop_desktop.ui.widgets import button, column, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.importing import Preview
    from ocop_desktop.errors import Problem

NEW, SAME = "new", "same"


def has_choice(problem: Problem) -> bool:
    """Whether a question is answered by choosing, not by typing."""
    return bool(problem.values.get("candidates"))


def same_reason(seen: Preview, problem: Problem) -> list[Problem]:
    """Questions of rows that wait for a choice for the same reason."""
    waiting = {r.number for r in seen.rows if r.state == "waiting"}
    return [p for p in seen.problems if p.place.row in waiting and p.kind == problem.kind and has_choice(p)]


class ChoiceBar(QFrame):
    """One doubtful row: who comes into question on the left, the three ways on the right."""

    chosen = Signal(object)  # {(row, part): choice}
    skipped = Signal(object)  # rows
    moved = Signal(int)  # +1 next

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        px = theme.now().px
        self.pill = Pill()
        self.words, self.more = label("", "bold", wrap=True), label("", "quiet")
        self.candidates = QComboBox()
        self.candidates.setAccessibleName(_("Có thể là"))
        self.candidates.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.candidates.setMinimumContentsLength(28)
        self.candidates.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.bulk = QCheckBox()
        self.same = button(_("Là một"), lambda: self._choose(self.candidates.currentData()), "primary", small=True)
        self.new = button(_("Là mới"), lambda: self._choose(NEW))
        self.skip = button(_("Bỏ qua dòng"), self._skip)
        self.next = button(_("Câu kế tiếp"), lambda: self.moved.emit(1), icon="arrow-down")
        self.same.setToolTip(_("Dòng này nói về mục đã có; chỉ cập nhật chỗ khác"))
        self.new.setToolTip(_("Dòng này là mục khác, chưa có"))
        self.next.setToolTip("F8")
        ways = row(self.candidates, self.same, self.new, self.skip, self.next, space=10)
        ways.setStretch(0, 1)
        head = row(self.pill, self.words, space=10)
        head.setStretch(1, 1)
        inside = column(head, ways, row(self.bulk, self.more, 1, space=16), space=6)
        inside.setContentsMargins(px(16), px(10), px(16), px(10))
        self.setLayout(inside)
        self._problems: list[Problem] = []
        self.problem: Problem | None = None

    def ask(self, seen: Preview, problem: Problem, place: int, count: int) -> None:
        """Show a doubtful row, the ``place``-th question of ``count`` (from 1)."""
        self.problem, self._problems = problem, same_reason(seen, problem)
        producer = problem.kind == "like_producer"
        self.pill.set(_("Dòng {row}", row=problem.place.row), "warn")
        self.words.setText(
            _("“{value}”: chủ thể đã có hay mới?", value=problem.value)
            if producer
            else _("“{value}”: sản phẩm đã có hay mới?", value=problem.value)
        )
        self.more.setText(_("Câu hỏi {place} trên {count}; dòng này chờ chọn rồi mới nhập.", place=place, count=count))
        self.candidates.clear()
        for one in problem.values["candidates"]:
            parts = [one.words, one.facts, _("giống {score} %", score=one.score)]
            self.candidates.addItem(" · ".join(part for part in parts if part), one.key)
        many = len(self._problems)
        self.bulk.setText(_("Áp dụng cho cả {count} dòng cùng lý do", count=text.number(many)))
        self.bulk.setVisible(many > 1)
        if many < 2:
            self.bulk.setChecked(False)
        self.next.setVisible(count > 1)
        self.candidates.setToolTip(tip(self.candidates.currentText()))

    def _rows(self) -> list[Problem]:
        if self.problem is None:
            return []
        return self._problems if self.bulk.isChecked() else [self.problem]

    def _choose(self, choice: str) -> None:
        """Announce a choice; for other rows of the same reason "the same" means each one's likeliest."""
        assert self.problem is not None
        asked = self.problem
        made = {}
        for one in self._rows():
            own = {candidate.key for candidate in one.values["candidates"]}
            made[one.place.row, str(one.values["field"])] = (
                choice if choice == NEW or (choice in own and one.value == asked.value) else SAME
            )
        self.bulk.setChecked(False)
        self.chosen.emit(made)

    def _skip(self) -> None:
        rows = {one.place.row for one in self._rows()}
        self.bulk.setChecked(False)
        self.skipped.emit(rows)
