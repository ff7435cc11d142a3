"""The producer's own score (form 02, part III): one answer per criterion with its evidence, and what it comes to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.rules.ballot import without_story
from ocop_desktop.rules.rulebook import NONE_APPLIES, Criterion
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.dossier_words import field_words
from ocop_desktop.ui.elided_box import ElidedBox
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.form import Field, TextField
from ocop_desktop.ui.widgets import EmptyState, LinkLabel, Stars, clear, label, line, row

if TYPE_CHECKING:
    from ocop_desktop.actions.dossiers import DossierForm
    from ocop_desktop.rules.rulebook import CriteriaSet

NARROW = 640  # pixels at 100 %
MOST_LINKS = 8  # missed conditions named one by one


class AnswerBox(ElidedBox):
    """The options of one criterion: their number chooses, Enter or ↓ opens, the wheel leaves it alone."""

    answered = Signal(str)

    def __init__(self, criterion: Criterion) -> None:
        super().__init__()
        said = text.language()
        self.setAccessibleName(f"{criterion.code} {criterion.name.said(said)}")
        self.setMinimumContentsLength(10)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.addItem("", "")
        cases = dict(criterion.cases)
        for option in criterion.options:
            star = " · " + _("{count} sao", count=option.star) if option.star else ""
            case = f"{cases[option.case].said(said)}: " if option.case in cases else ""
            self.addItem(_("{choice} · {label} ({points} điểm{star})", choice=option.choice, label=case + option.label.said(said),
                           points=option.points, star=star), option.choice)
        self.addItem(_("0 · Không đạt mức nào (0 điểm)"), NONE_APPLIES)
        for place in range(self.count()):
            self.setItemData(place, self.itemText(place), Qt.ItemDataRole.ToolTipRole)
        widest = max(self.fontMetrics().horizontalAdvance(self.itemText(i)) for i in range(self.count()))
        self.view().setMinimumWidth(min(widest + theme.now().px(48), theme.now().px(640)))
        self.activated.connect(lambda place: self.answered.emit(self.itemData(place)))
        self.installEventFilter(self)

    def choose(self, choice: str) -> None:
        """Show an answer without announcing it."""
        self.setCurrentIndex(max(self.findData(choice), 0))
        self.setToolTip(self.currentText())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and not self.view().isVisible():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class Totals(QWidget):
    """What the answers come to: total, parts, rank by points, missed conditions, what is left."""

    jumped = Signal(str)  # code

    def __init__(self) -> None:
        super().__init__()
        px = theme.now().px
        self.total, self.of = label("", "strong"), label(_("/ 100 điểm"), "quiet")
        self.parts, self.left = label("", "quiet"), label("", "quiet")
        self.stars = Stars(0, words=True)
        self.by_points = label(_("Theo điểm"), "quiet")
        self.gates = label("", "bold", "warn")
        self.links = Flow(space=6)
        top = Flow(row(self.total, self.of, space=8), self.parts, space=8)
        top.addStretch()
        for part in (self.left, self.by_points, self.stars):
            top.add(part)
        under = Flow(self.gates, self.links, space=8)
        box = QVBoxLayout(self)
        box.setContentsMargins(px(18), px(10), px(18), px(8))
        box.setSpacing(px(4))
        box.addLayout(top)
        box.addLayout(under)

    def show_score(self, rules: CriteriaSet, form: DossierForm) -> None:
        """Count again."""
        found = form.self_score.so_far
        assert found is not None
        self.total.setText(str(found.total))
        self.parts.setText("   ".join(f"{part} {points}/{rules.part_max[part]}" for part, points in found.parts.items()))
        self.left.setText(_("còn {count} tiêu chí   ", count=len(found.open)) if found.open else _("đã chấm đủ   "))
        self.stars.set_stars(found.stars)
        for part in (self.by_points, self.stars):
            part.setVisible(bool(form.self_score.choices))
        clear(self.links)
        codes = list(found.missed)
        self.gates.setVisible(bool(codes))
        self.gates.setText(_("Điều kiện {stars} sao còn thiếu:", stars=found.aim))
        for code in codes[:MOST_LINKS]:
            link = LinkLabel(code, partial(self.jumped.emit, code))
            link.setAccessibleName(f"{code} {rules.by_code[code].name.said(text.language())}")
            link.setToolTip(rules.by_code[code].name.said(text.language()))
            self.links.addWidget(link)
        if len(codes) > MOST_LINKS:
            self.links.addWidget(label(_("và {count} tiêu chí nữa", count=len(codes) - MOST_LINKS), "quiet"))


class SelfScoreTab(QWidget):
    """The criteria of the product's set, part by part."""

    edited = Signal(str, object)
    set_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self.answers: dict[str, AnswerBox] = {}
        self.points: dict[str, QLabel] = {}
        self._rules: CriteriaSet | None = None
        self._lines: list[list[QWidget]] = []  # a hairline, the heads of a part, or a criterion's five parts
        self._narrow = False
        self.totals = Totals()
        self.empty = EmptyState("scoring", _("Chọn bộ sản phẩm để biết các tiêu chí"), _("Chọn bộ sản phẩm"),
                                self.set_wanted.emit, filled=False)
        self.rows = QWidget()
        self.grid = QGridLayout(self.rows)
        px = theme.now().px
        self.grid.setContentsMargins(px(18), px(4), px(18), px(16))
        self.grid.setHorizontalSpacing(px(10))
        self.grid.setVerticalSpacing(px(6))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for part in (self.empty, self.rows):
            box.addWidget(part)
        box.addStretch(1)

    def show_form(self, form: DossierForm, saved: str = "") -> None:
        """Show a dossier's answers; the rows are built when the set is another."""
        rules = form.self_score.rules
        self.empty.setVisible(rules is None)
        self.rows.setVisible(rules is not None)
        self.totals.setVisible(rules is not None)
        if rules is None:
            self._rules = None
            assert self.empty.action is not None
            self.empty.action.setVisible(form.product.set_no is None)
            self.empty.sentence.setText(_("Chọn bộ sản phẩm để biết các tiêu chí") if form.product.set_no is None else
                                        _("Hồ sơ này theo quyết định cũ; chương trình không giữ bộ tiêu chí của quyết định đó"))
            return
        if rules is not self._rules:
            self._build(rules)
        self._fill(rules, form, saved)
        self.totals.show_score(rules, form)

    def _fill(self, rules: CriteriaSet, form: DossierForm, saved: str) -> None:
        score, closed = form.self_score, without_story(rules, form.self_score.choices)
        for code, box in self.answers.items():
            choice = score.choices.get(code, "")
            box.choose(choice)
            box.setEnabled(not form.self_score_fixed and code not in closed)
            self.points[code].setText(str(rules.by_code[code].points(choice)) if choice else "·")
        for key, field in self.fields.items():
            field.editor.setEnabled(not form.self_score_fixed)
            if key == saved or not (field.error() or field.in_hand()):
                field.set_value(form.value(key))

    def _build(self, rules: CriteriaSet) -> None:
        self._rules = rules
        clear(self.grid)
        self.answers, self.fields, self.points, self._lines = {}, {}, {}, []
        said, part = text.language(), ""
        for criterion in rules.criteria:
            if criterion.part != part:
                self._lines.append([line()] if part else [])
                part = criterion.part
                words = (_("Phần {part}", part=part), _("Mức tự chấm"), _("Điểm"), _("Minh chứng"))
                self._lines.append([label(one, "small" if place else "bold") for place, one in enumerate(words)])
            self._add_criterion(criterion, said)
        self._narrow = self.width() < theme.now().px(NARROW)
        self._place_lines()

    def _place_lines(self) -> None:
        """A criterion in one line, or its name above the answer where the window is narrow for its letters."""
        grid, at = self.grid, 0
        for parts in self._lines:
            if len(parts) == 1:
                grid.addWidget(parts[0], at, 0, 1, 5)
            elif len(parts) == 4:
                grid.addWidget(parts[0], at, 0, 1, 2)
                for place, part in enumerate(parts[1:], 2):
                    grid.addWidget(part, at, place)  # first: to show what has no parent opens a window of its own
                    part.setVisible(not self._narrow)
            elif parts:
                at = self._place_criterion(parts, at)
            at += 1
        for place, stretch in enumerate((0, 0, 9, 0, 5) if self._narrow else (0, 6, 9, 0, 5)):
            grid.setColumnStretch(place, stretch)

    def _place_criterion(self, parts: list[QWidget], at: int) -> int:
        middle = Qt.AlignmentFlag.AlignVCenter
        code, name, *rest = parts
        self.grid.addWidget(code, at, 0, middle)
        self.grid.addWidget(name, at, 1, 1, 4 if self._narrow else 1, middle)
        at += self._narrow
        for place, part in enumerate(rest, 2):
            self.grid.addWidget(part, at, place, middle)
        return at

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.now().px(NARROW)
        if narrow != self._narrow and self._rules is not None:
            self._narrow = narrow
            while self.grid.takeAt(0) is not None:  # the parts stay, only their places go
                pass
            self._place_lines()

    def _add_criterion(self, criterion: Criterion, said: str) -> None:
        code = criterion.code
        name, points = label(criterion.name.said(said), wrap=True), label("·")
        points.setMinimumWidth(theme.now().px(26))
        points.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        box, evidence = AnswerBox(criterion), TextField("", longest=2000)
        evidence.editor.setAccessibleName(field_words(f"evidence.{code}"))
        box.answered.connect(lambda choice: self.edited.emit(f"self.{code}", choice))
        evidence.edited.connect(lambda words: self.edited.emit(f"evidence.{code}", words))
        self.answers[code], self.points[code], self.fields[f"evidence.{code}"] = box, points, evidence
        self._lines.append([label(code, "quiet"), name, box, points, evidence])

    def go_to(self, field: str) -> QWidget | None:
        """The editor of ``self.<code>`` or ``evidence.<code>``."""
        part, _dot, code = field.partition(".")
        if part == "self":
            return self.answers.get(code)
        return self.fields[field].editor if field in self.fields else None

    def troubled(self) -> list[tuple[str, Field]]:
        """Fields whose words are not kept."""
        return [(key, field) for key, field in self.fields.items() if field.error()]
