"""The bar under the grid: one question at a time, its cell, a place to type the right value, ways on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from ocop_desktop import text
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.fields import SearchField
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.import_grid import said
from ocop_desktop.ui.painted import Pill
from ocop_desktop.ui.say import FOOT
from ocop_desktop.ui.widgets import button, column, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.importing import Preview, PreviewRow
    from ocop_desktop.errors import Problem

WORDS = 340  # pixels at 100 % the question begins with
Suggest = Callable[[str, Callable[[Sequence[tuple[Any, str, str]]], None]], None]


def questions(seen: Preview, kind: str = "") -> list[Problem]:
    """The questions of a preview that concern a row still to be imported: errors, choices, the rest; only of a ``kind``."""
    rows = {r.number: r for r in seen.rows}
    states = ("waiting", "doubtful", "rejected")
    open_ones = [p for p in seen.problems if p.place.row in rows and rows[p.place.row].state in states]
    if kind:
        open_ones = [p for p in open_ones if p.kind == kind]
    return sorted(open_ones, key=lambda p: (p.severity != "error", not p.values.get("candidates")))


def alike(seen: Preview, problem: Problem) -> list[int]:
    """Rows that have the same question about the same value in the same column."""
    return [
        p.place.row
        for p in questions(seen)
        if p.place.row is not None
        and (p.kind, p.value, p.values.get("field")) == (problem.kind, problem.value, problem.values.get("field"))
    ]


class ProblemBar(QFrame):
    """One question, or what a row changes."""

    fixed = Signal(object, str)  # rows, text for the field of the problem on show
    skipped = Signal(int, bool)  # row, out (True) or in again
    moved = Signal(int)  # +1 next, -1 the one before

    def __init__(self, suggest: Suggest) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setObjectName(FOOT)
        px = theme.now().px
        self.pill = Pill()
        self.words, self.more = label("", "bold", wrap=True), label("", "quiet", wrap=True)
        self._communes = suggest
        self.field = SearchField("", self._suggest, free=True)
        self.field.setMinimumWidth(px(180))
        self.field.setMaximumWidth(px(230))
        self.field.line.returnPressed.connect(self._fix_one)
        self.apply = button(_("Sửa ô này"), self._fix_one)
        self.apply_all = button("", self._fix_all)
        self.skip = button(_("Bỏ qua dòng"), self._skip)
        self.next = button(_("Lỗi kế tiếp"), lambda: self.moved.emit(1), icon="arrow-down")
        self.next.setToolTip("F8")
        inside = Flow(space=10)
        said_words = row(self.pill, space=10)
        said_words.addLayout(column(self.words, self.more, space=2), 1)
        inside.add(said_words, 1, WORDS)
        for part in (self.field, self.apply, self.apply_all, self.skip, self.next):
            inside.add(part)
        inside.setContentsMargins(px(16), px(10), px(16), px(10))
        self.setLayout(inside)
        self.problem: Problem | None = None
        self._row = 0
        self._out = False
        self._alike: list[int] = []

    def ask(self, seen: Preview, problem: Problem, place: int, count: int) -> None:
        """Show a question, the ``place``-th of ``count`` (from 1)."""
        self.problem, self._row, self._out = problem, problem.place.row or 0, False
        self._alike = alike(seen, problem)
        self.pill.set(_("Dòng {row}", row=self._row), "bad" if problem.severity == "error" else "warn")
        self.words.setText(text.say(problem))
        self.more.setText(_("Câu hỏi {place} trên {count}", place=place, count=count))
        self.field.set_value("")
        name = str(problem.values.get("field", ""))
        self.field.line.setPlaceholderText(_("Gõ tên xã…") if name == "commune" else _("Gõ giá trị đúng…"))
        self.field.line.setAccessibleName(self.words.text())
        can_fix = bool(name) and problem.kind not in ("duplicate_row", "in_session")
        self._show(fix=can_fix, every=can_fix and len(self._alike) > 1, skip=True, on=count > 1)
        self.apply_all.setText(_("Sửa {count} ô giống nhau", count=len(self._alike)))
        self.skip.setText(_("Bỏ qua dòng"))

    def tell(self, shown: PreviewRow, waiting: int) -> None:
        """Show what a row without questions does."""
        from ocop_desktop.actions.importing_words import field_words

        self.problem, self._row, self._out = None, shown.number, shown.state == "skipped"
        tone = {"new": "ok", "update": "info"}.get(shown.state, "quiet")
        self.pill.set(_("Dòng {row}", row=shown.number), tone)
        self.words.setText(
            {
                "new": _("Sản phẩm mới, chưa có trong dữ liệu."),
                "update": _("Đã có; sẽ cập nhật:"),
                "unchanged": _("Đã có, không có gì khác."),
                "skipped": _("Dòng này được bỏ qua, không nhập."),
            }.get(shown.state, "")
        )
        lines = [
            _(
                "{field}: “{before}” → “{after}”",
                field=field_words(c.field),
                before=said(c.field, c.before),
                after=said(c.field, c.after),
            )
            for c in shown.changes
            if c.field != "commune_id"
        ]
        lines += [
            _("Xã, phường: “{after}”", after=shown.values.get("commune", "")) for c in shown.changes if c.field == "commune_id"
        ]
        self.more.setText(" · ".join(lines))
        self._show(fix=False, every=False, skip=shown.state in ("new", "update", "skipped"), on=waiting > 0)
        self.skip.setText(_("Nhập lại dòng này") if self._out else _("Bỏ qua dòng"))

    def rest(self, words: str) -> None:
        """Nothing is chosen and nothing is asked."""
        self.problem, self._row = None, 0
        self.pill.set(_("Xong"), "ok")
        self.words.setText(words)
        self.more.setText("")
        self._show(fix=False, every=False, skip=False, on=False)

    def _show(self, fix: bool, every: bool, skip: bool, on: bool) -> None:
        self.field.setVisible(fix)
        self.apply.setVisible(fix)
        self.apply_all.setVisible(every)
        self.skip.setVisible(skip)
        self.next.setVisible(on)
        self.more.setVisible(bool(self.more.text()))

    def _suggest(self, words: str, found: Callable[[Sequence[tuple[Any, str, str]]], None]) -> None:
        if self.problem is not None and self.problem.values.get("field") == "commune":
            self._communes(words, found)
        else:
            found(())

    def _fix_one(self) -> None:
        if self.problem is not None and self.field.words():
            self.fixed.emit([self._row], self.field.words())

    def _fix_all(self) -> None:
        if self.problem is not None and self.field.words():
            self.fixed.emit(list(self._alike), self.field.words())

    def _skip(self) -> None:
        if self._row:
            self.skipped.emit(self._row, not self._out)
