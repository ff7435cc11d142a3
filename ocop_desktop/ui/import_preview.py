"""Steps 2 and 3 of an import on one page: columns, chips, the grid with marked cells, the question bar."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QComboBox, QScrollArea, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.text import _
from ocop_desktop.ui import states, theme
from ocop_desktop.ui.flow import Flow, Pages, Shrinking
from ocop_desktop.ui.import_choice import ChoiceBar, has_choice
from ocop_desktop.ui.import_columns import ColumnsCard
from ocop_desktop.ui.import_grid import ImportTable, feed, model_of
from ocop_desktop.ui.import_problems import ProblemBar, Suggest, questions
from ocop_desktop.ui.import_repairs import RepairLine, RepairsCard
from ocop_desktop.ui.painted import Pill
from ocop_desktop.ui.table_view import TableView
from ocop_desktop.ui.widgets import Card, Chips, LinkLabel, SkeletonRows, column, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.importing import Preview, PreviewRow
    from ocop_desktop.errors import Problem

_TRIGGERS = QAbstractItemView.EditTrigger
EDITED = _TRIGGERS.DoubleClicked | _TRIGGERS.EditKeyPressed | _TRIGGERS.AnyKeyPressed  # F2, a double click, or typing


REPAIRS, LEAST = 320, 118  # pixels at 100 % the line of repairs begins with; the table keeps: its head and two rows


class PreviewPart(QWidget):
    """A file as it would be imported."""

    corrected = Signal(object)  # Mapping
    fixed = Signal(object)  # {(row, field): text}
    skipped = Signal(object)  # rows left out
    asked_turned = Signal()  # rows with a question shall be imported too, or shall wait
    chosen = Signal(object)  # {(row, part): choice}

    def __init__(self, suggest: Suggest) -> None:
        super().__init__()
        self._seen: Preview | None = None
        self._shape: tuple[str, ...] = ()
        self._place, self._listing = -1, False  # the list of repairs stays in sight after a refusal
        self.steps = _Steps()
        self.columns, self.repairs, self.repair_line = ColumnsCard(), RepairsCard(), RepairLine()
        self.chips = Chips(several=True)
        self.also = QCheckBox()
        self.trouble = label("", "quiet", "warn", wrap=True)
        self.bar, self.choice = ProblemBar(suggest), ChoiceBar()
        self.kinds = QComboBox()
        self.grid: TableView | None = None
        self.model: ImportTable | None = None
        self._asked: Problem | None = None
        self._grid_card = QWidget()
        self._grid_box = column(space=0)
        self._grid_card.setLayout(self._grid_box)
        self._middle = Pages()
        waiting = Card(flush=True)
        waiting.body.addWidget(SkeletonRows(12), 1)
        for part in (waiting, self._grid_card, self.repairs):
            self._middle.addWidget(part)
        self._build()

    def _build(self) -> None:
        inner = Shrinking()
        upper = QVBoxLayout(inner)
        upper.setContentsMargins(0, 0, 0, 0)
        chips = Flow(self.chips, self.kinds, self.also)
        chips.add(self.repair_line, 1, REPAIRS)
        upper.addWidget(self.steps)
        upper.addWidget(self.columns)
        upper.addLayout(chips)
        upper.addWidget(self.trouble)
        upper.addWidget(self._middle, 1)
        self._middle.setMinimumHeight(theme.now().px(LEAST))
        upper.addWidget(self.bar)
        upper.addWidget(self.choice)
        upper.setSpacing(theme.now().px(10))
        self.area = QScrollArea()  # moves only where the window is low for its letters
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.area)
        self.area.setWidget(inner)
        self.also.hide()
        self.also.toggled.connect(lambda _on: self.asked_turned.emit())
        self.choice.hide()
        self.kinds.hide()
        self.kinds.setAccessibleName(_("Loại câu hỏi"))
        self.kinds.activated.connect(self._of_kind)
        self.choice.chosen.connect(self.chosen)
        self.choice.skipped.connect(self._skip_rows)
        self.choice.moved.connect(self.step)
        self.columns.hide()
        self.columns.corrected.connect(self.corrected)
        self.columns.finished.connect(lambda: self.show_columns(False))
        self.steps.edit.clicked.connect(lambda: self.show_columns(not self.columns.isVisible()))
        self.chips.chosen.connect(self._filter)
        self.repair_line.wanted.connect(lambda: self._middle.setCurrentWidget(self.repairs))
        self.repairs.closed.connect(lambda: self._middle.setCurrentWidget(self._grid_card))
        self.repairs.refused.connect(self._refuse)
        self.bar.fixed.connect(self._fix)
        self.bar.skipped.connect(self._skip)
        self.bar.moved.connect(self.step)
        for key, way in (("F8", 1), ("Shift+F8", -1)):
            QShortcut(
                QKeySequence(key), self, lambda way=way: self.step(way), context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            )

    # -- for the screen -------------------------------------------------------------------------------------------------

    def wait(self) -> None:
        """Show grey rows until the preview comes."""
        self._middle.setCurrentIndex(0)
        for part in (self.bar, self.choice, self.kinds, self.trouble, self.also):
            part.hide()

    def forget(self) -> None:
        """A new file: no row is chosen, no chip pressed, columns folded away."""
        self._seen, self._place = None, -1
        self.chips.set_chips(())
        self.also.setChecked(False)
        self.kinds.clear()
        self.columns.hide()
        self.repair_line.hide()
        self.steps.edit.hide()
        self.steps.columns.setText("")

    def show_preview(self, seen: Preview) -> None:
        """Show a preview; the question asked stays near where it was."""
        first = self._seen is None
        self._seen = seen
        self.steps.show_preview(seen)
        self.columns.show_preview(seen)
        self.repairs.show_preview(seen)
        self.repair_line.show_preview(seen)
        self.chips.set_chips(
            [(key, *states.row(key), seen.states[key]) for key in states.ROWS if seen.states[key]]
        )
        self.also.setText(_("Nhập cả {count} dòng cần hỏi", count=text.number(len(seen.asked))))
        self.also.setVisible(bool(seen.asked))
        self._say_whole(seen)
        self._offer_kinds(seen)
        self._show_rows(seen)
        listed = self._listing and (seen.repairs or seen.mapping.refuse)
        self._middle.setCurrentWidget(self.repairs if listed else self._grid_card)
        self._listing = False
        if first and any(p.kind == "no_column" for p in seen.problems):
            self.show_columns(True)
        self._ask(max(0, self._place))

    def also_asked(self) -> bool:
        """Whether rows with a question shall be imported as they were read."""
        return self.also.isChecked()

    def show_columns(self, on: bool) -> None:
        """Open or fold the columns' step."""
        self.columns.setVisible(on)
        self.steps.edit.setText(_("thu gọn") if on else _("sửa"))
        if on and self.columns.boxes:
            next(iter(self.columns.boxes.values())).combo.setFocus()

    def step(self, way: int) -> None:
        """Go to the next question, or the one before; round and round."""
        asked = self._questions()
        if asked:
            self._ask((self._place + way) % len(asked))
            QTimer.singleShot(0, self, lambda: self.area.ensureWidgetVisible(self._bar(), 0, 0))  # when the words have their room

    # -- inside -----------------------------------------------------------------------------------------------------------

    def _refuse(self, refuse: tuple[str, ...]) -> None:
        if self._seen is not None:
            self._listing = True
            self.corrected.emit(replace(self._seen.mapping, refuse=refuse))

    def _say_whole(self, seen: Preview) -> None:
        whole = [text.say(p) for p in seen.problems if p.place.row is None or p.kind == "no_column"]
        self.trouble.setText(" ".join(whole))
        self.trouble.setVisible(bool(whole))

    def _show_rows(self, seen: Preview) -> None:
        shape = tuple(f"{c.letter}{c.field}" for c in seen.columns)
        if self.grid is None or self.model is None or shape != self._shape:
            self._shape = shape
            if self.grid is not None:
                self._grid_box.removeWidget(self.grid)
                self.grid.deleteLater()
            self.model = model_of(seen)
            self.grid = TableView(self.model)
            self.grid.current_changed.connect(self._chosen)
            self.grid.setEditTriggers(EDITED)
            self.model.typed.connect(self._typed)
            self._grid_box.addWidget(self.grid, 1)
        feed(self.model, seen, self.chips.keys(), self.kind())

    def kind(self) -> str:
        """The kind of question that is looked at alone, or empty."""
        return str(self.kinds.currentData() or "")

    def _questions(self) -> list[Problem]:
        return questions(self._seen, self.kind()) if self._seen else []

    def _offer_kinds(self, seen: Preview) -> None:
        """What kinds of questions there are, each with its count; hidden while there is but one."""
        from ocop_desktop.actions.importing_words import problem_words

        kept, counts = self.kind(), Counter(p.kind for p in questions(seen))
        self.kinds.clear()
        self.kinds.addItem(_("Mọi loại câu hỏi"), "")
        for kind, count in counts.most_common():
            self.kinds.addItem(_("{what} ({count})", what=problem_words(kind), count=text.number(count)), kind)
        self.kinds.setCurrentIndex(max(0, self.kinds.findData(kept)))
        self.kinds.setVisible(len(counts) > 1)

    @Slot()
    def _of_kind(self) -> None:
        if self._seen is not None and self.model is not None:
            feed(self.model, self._seen, self.chips.keys(), self.kind())
            self._ask(0)

    @Slot(tuple)
    def _filter(self, keys: tuple[str, ...]) -> None:
        if self._seen is not None and self.model is not None:
            feed(self.model, self._seen, keys, self.kind())

    def _ask(self, place: int) -> None:
        assert self._seen is not None
        asked = self._questions()
        if not asked:
            self._place = -1
            self._show_bar(choice=False)
            self.bar.rest(_("Không còn câu hỏi nào; có thể nhập.") if self._seen.to_write else _("Không có gì mới để nhập."))
            return
        self._place = min(place, len(asked) - 1)
        problem = asked[self._place]
        self._ask_one(problem, len(asked))
        self._go_to(problem.place.row or 0, str(problem.values.get("field", "")))

    def _go_to(self, number: int, name: str) -> None:
        assert self.model is not None and self.grid is not None
        at = next((i for i, shown in enumerate(self.model.rows()) if shown.number == number), None)
        if at is None:
            return
        place = next((i for i, c in enumerate(self.model.columns) if c.key == name), 0)
        self.grid.blockSignals(True)
        self.grid.setCurrentIndex(self.model.index(at, place))
        self.grid.blockSignals(False)
        self.grid.scrollTo(self.model.index(at, place))

    @Slot(object)
    def _chosen(self, shown: PreviewRow | None) -> None:
        if shown is None or self._seen is None:
            return
        asked = self._questions()
        mine = next((i for i, p in enumerate(asked) if p.place.row == shown.number), None)
        if mine is None:
            self._show_bar(choice=False)
            self._asked = None
            self.bar.tell(shown, len(asked))
        elif self._asked is None or self._asked.place.row != shown.number:
            self._place = mine
            self._ask_one(asked[mine], len(asked))

    def _ask_one(self, problem: Problem, count: int) -> None:
        """Ask in the bar that can take the answer."""
        assert self._seen is not None
        choice = has_choice(problem)
        self._asked = problem
        self._show_bar(choice)
        (self.choice if choice else self.bar).ask(self._seen, problem, self._place + 1, count)

    def _bar(self) -> QWidget:
        """The bar that asks."""
        return self.bar if self.choice.isHidden() else self.choice

    def _show_bar(self, choice: bool) -> None:
        self.bar.setVisible(not choice)
        self.choice.setVisible(choice)

    @Slot(int, str, str)
    def _typed(self, number: int, name: str, words: str) -> None:
        self.fixed.emit({(number, name): words})

    @Slot(object, str)
    def _fix(self, rows: list[int], words: str) -> None:
        problem = self.bar.problem
        if problem is not None:
            self.fixed.emit({(number, str(problem.values["field"])): words for number in rows})

    @Slot(object)
    def _skip_rows(self, rows: set[int]) -> None:
        if self._seen is not None:
            self.skipped.emit(self._seen.skip | rows)

    @Slot(int, bool)
    def _skip(self, number: int, out: bool) -> None:
        if self._seen is not None:
            self.skipped.emit(self._seen.skip | {number} if out else self._seen.skip - {number})


class _Steps(QWidget):
    """The three steps in one line; the one being worked on is not greyed."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: Any = label("", "quiet")
        self.edit = LinkLabel(_("sửa"))
        self.edit.setAccessibleName(_("Sửa ý nghĩa các cột"))
        first = row(Pill("1", "ok"), label(_("Tệp"), "bold"), space=8)
        second = row(Pill("2", "ok"), label(_("Cột"), "bold"), self.columns, self.edit, space=8)
        third = row(Pill("3", "info"), label(_("Xem trước"), "bold"), space=8)
        self.setLayout(Flow(first, second, third, space=20))

    def show_preview(self, seen: Preview) -> None:
        """Say how many columns are understood."""
        headed = [c for c in seen.columns if c.heading]
        known = [c for c in headed if c.field]
        unsure = sum(1 for c in known if c.confidence < 100)
        words = _("{known} trên {count} cột đã nhận ra", known=len(known), count=len(headed))
        if unsure:
            words = _(
                "{known} trên {count} cột đã nhận ra, {unsure} cột chưa chắc", known=len(known), count=len(headed), unsure=unsure
            )
        self.columns.setText(words)
        self.edit.show()
