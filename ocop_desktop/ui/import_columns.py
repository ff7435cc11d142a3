"""Step 2: the sheet, its header row, and what every column means; unsure ones are amber, all can be corrected."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.parts import tip
from ocop_desktop.ui.widgets import Card, button, clear, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.importing import Preview
    from ocop_desktop.actions.importing_words import Mapping

SAMPLES = 3  # values shown under a heading
WIDE = 196
HEADERS_OFFERED = 40  # rows that may be chosen as the header


class ColumnBox(QFrame):
    """One column: its letter and heading, what it means, its first values."""

    chosen = Signal(str, str)  # letters, field

    def __init__(
        self, letter: str, heading: str, field: str, confidence: int, samples: list[str], choices: list[tuple[str, str]]
    ) -> None:
        super().__init__()
        look = theme.now()
        self.letter = letter
        self.setObjectName("column")
        unsure = bool(field) and confidence < 100
        back, edge = (
            (look.warn_soft, look.warn)
            if unsure
            else (look.main_soft, look.line)
            if field not in ("", "ignore")
            else (look.ground, look.line)
        )
        self.setStyleSheet(f"#column {{ background: {back}; border: 1px solid {edge}; border-radius: {look.px(6)}px; }}")
        self.setFixedWidth(look.px(WIDE))
        title = label(
            _("{letter} · {heading}", letter=letter, heading=heading or _("(không tiêu đề)")), "bold", "warn" if unsure else ""
        )
        title.setToolTip(tip(heading))
        title.setText(title.fontMetrics().elidedText(title.text(), Qt.TextElideMode.ElideMiddle, look.px(WIDE - 24)))
        self.combo = QComboBox()
        self.combo.setAccessibleName(_("Cột {letter} “{heading}” là", letter=letter, heading=heading))
        for name, words in choices:
            self.combo.addItem(words, name)
        self.combo.setCurrentIndex(max(0, self.combo.findData(field.partition(":")[0])))
        self.combo.setMaxVisibleItems(16)
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(8)
        self.combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.combo.installEventFilter(self)
        self.combo.view().setMinimumWidth(look.px(230))
        self.combo.activated.connect(lambda: self.chosen.emit(self.letter, self.combo.currentData()))
        box = QVBoxLayout(self)
        box.setContentsMargins(*(look.px(8),) * 4)
        box.setSpacing(look.px(4))
        box.addWidget(title)
        box.addWidget(self.combo)
        for sample in samples:
            said = label(sample or "–", "small")
            said.setText(said.fontMetrics().elidedText(said.text(), Qt.TextElideMode.ElideRight, look.px(WIDE - 24)))
            box.addWidget(said)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and not self.combo.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class ColumnsCard(Card):
    """Sheet, header row, round, and the columns; every correction is announced as a new mapping."""

    corrected = Signal(object)  # Mapping
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        px = theme.now().px
        self.sheet, self.header, self.deep, self.round = QComboBox(), QComboBox(), QComboBox(), QLineEdit()
        self.header.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.header.setMinimumContentsLength(20)
        self.deep.addItems(["1", "2", "3"])
        self.round.setPlaceholderText(_("ví dụ: Đợt 2 - 2026"))
        self.round.setFixedWidth(px(170))
        self.sheet.setMinimumContentsLength(10)
        self._round_words = label(_("Đợt"), "quiet")
        self.done = button(_("Xong"), self.finished.emit, small=True)
        self.sheet.setAccessibleName(_("Trang"))
        self.header.setAccessibleName(_("Dòng tiêu đề"))
        self.deep.setAccessibleName(_("Số dòng tiêu đề"))
        self.round.setAccessibleName(_("Đợt"))
        bar = Flow(
            row(label(_("Trang"), "quiet"), self.sheet, space=8),
            row(label(_("Dòng tiêu đề"), "quiet"), self.header, space=8),
            row(label(_("cao"), "quiet"), self.deep, label(_("dòng"), "quiet"), space=8),
            row(self._round_words, self.round, space=8),
        )
        bar.addStretch()
        bar.add(self.done)
        self.body.addLayout(bar)
        inner = QWidget()
        inner.setProperty("kind", "page")
        self._columns = QHBoxLayout(inner)
        self._columns.setContentsMargins(0, 0, 0, px(4))
        self._columns.setSpacing(px(8))
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setWidget(inner)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(self.area)
        self.boxes: dict[str, ColumnBox] = {}
        self._seen: Preview | None = None
        self.sheet.activated.connect(self._other_sheet)
        self.header.activated.connect(self._other_header)
        self.deep.activated.connect(self._other_header)
        self.round.editingFinished.connect(self._other_round)

    def show_preview(self, seen: Preview) -> None:
        """Show what a preview took the columns for."""
        self._seen = seen
        self.sheet.clear()
        self.sheet.addItems([name or _("(một trang)") for name in seen.sheets])
        self.sheet.setCurrentIndex(seen.sheets.index(seen.sheet))
        self.header.clear()
        for number in range(1, HEADERS_OFFERED + 1):
            if words := seen.row_text(number):
                self.header.addItem(_("{number}: {words}", number=number, words=words[:60]), number)
        self.header.setCurrentIndex(self.header.findData(seen.header_rows[0]))
        self.deep.setCurrentIndex(len(seen.header_rows) - 1)
        self.round.setText(seen.mapping.constants.get("round", ""))
        for part in (self._round_words, self.round):
            part.setVisible(seen.layout == "applications")
        self._fill(seen)

    def _fill(self, seen: Preview) -> None:
        from ocop_desktop.actions.importing_words import fields

        place = self.area.horizontalScrollBar().value()
        focused = next((letter for letter, box in self.boxes.items() if box.combo.hasFocus()), "")
        choices = [("", _("Giữ trong ghi chú")), ("ignore", _("Không nhập")), *fields()]
        clear(self._columns)
        self.boxes = {}
        for one in seen.columns:
            samples = [self._sample(seen, n, one.index) for n in seen.first_rows(SAMPLES)]
            if not one.heading and not any(samples):
                continue
            box = ColumnBox(one.letter, one.heading, one.field, one.confidence, samples, choices)
            box.chosen.connect(self._correct)
            self.boxes[one.letter] = box
            self._columns.addWidget(box)
        self._columns.addStretch(1)
        self.area.setFixedHeight(next(iter(self.boxes.values())).sizeHint().height() + theme.now().px(16) if self.boxes else 0)
        self.area.horizontalScrollBar().setValue(place)
        if focused in self.boxes:
            self.boxes[focused].combo.setFocus()

    @staticmethod
    def _sample(seen: Preview, number: int, index: int) -> str:
        return " ".join(seen.raw_text(number, index).split())

    def _mapping(self) -> Mapping:
        assert self._seen is not None
        return self._seen.mapping

    def _correct(self, letter: str, field: str) -> None:
        assert self._seen is not None
        kept = self._mapping()
        columns = {c.letter: c.field for c in self._seen.columns if c.confidence == 100}
        columns = {other: name for other, name in columns.items() if name != field or not field or field == "ignore"}
        columns[letter] = field
        self.corrected.emit(replace(kept, sheet=self._seen.sheet, header_row=self._seen.header_rows, columns=columns, ignore=()))

    def _other_sheet(self) -> None:
        if self._seen is not None and self._seen.sheets[self.sheet.currentIndex()] != self._seen.sheet:
            self.corrected.emit(
                replace(self._mapping(), sheet=self._seen.sheets[self.sheet.currentIndex()], header_row=(), columns={}, ignore=())
            )

    def _other_header(self) -> None:
        first = self.header.currentData()
        rows = tuple(range(first, first + self.deep.currentIndex() + 1))
        if self._seen is not None and rows != self._seen.header_rows:
            self.corrected.emit(replace(self._mapping(), sheet=self._seen.sheet, header_row=rows, columns={}, ignore=()))

    def _other_round(self) -> None:
        words = " ".join(self.round.text().split())
        constants = {k: v for k, v in self._mapping().constants.items() if k != "round"}
        if words != self._mapping().constants.get("round", ""):
            self.corrected.emit(replace(self._mapping(), constants={**constants, "round": words} if words else constants))
