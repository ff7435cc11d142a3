"""Beside the grid: whose sheet is typed, what the digits mean, the sheet's own total, exclusion, opinion, the scan."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRegularExpression, Qt, Signal
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from ocop_desktop.rules.ballot import part_totals
from ocop_desktop.text import _, language
from ocop_desktop.ui import theme
from ocop_desktop.ui.paper_state import SheetState
from ocop_desktop.ui.widgets import LinkLabel, label, line, restyle, row


class PaperSide(QScrollArea):
    """The sheet under the cursor. It scrolls where letters are large for the window."""

    total_typed = Signal(int)
    words_kept = Signal(str, str)  # "opinion" or "exclusion", words
    left = Signal()  # the keyboard goes back to the grid
    scan_wanted = Signal()
    scan_asked = Signal()  # look at the one there is
    again_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        inner = QFrame()
        inner.setProperty("kind", "card")
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.member, self.by = label("", "strong", wrap=True), label("", "quiet", wrap=True)
        self.name, self.options = label("", "bold", wrap=True), label("", "small", wrap=True)
        self.sum = label("", "quiet", wrap=True)
        self.total, self.exclusion, self.opinion = QLineEdit(), QLineEdit(), QLineEdit()
        self.total.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]{0,3}"), self.total))
        self.total.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.total.setMaximumWidth(theme.now().px(70))
        self.told = label("", wrap=True, tone="warn")
        self.scan = LinkLabel("", self.scan_asked.emit)
        self.attach = LinkLabel(_("Đính kèm bản quét…"), self.scan_wanted.emit)
        self.again = LinkLabel(_("Nhập lại từ đầu"), self.again_wanted.emit)
        self._state: SheetState | None = None
        self._build(inner)
        self.total.returnPressed.connect(self.hand_in)
        for name, edit in (("exclusion", self.exclusion), ("opinion", self.opinion)):
            edit.setMaxLength(1000)
            edit.editingFinished.connect(lambda name=name: self._keep(name))
        for edit in (self.total, self.exclusion, self.opinion):
            edit.installEventFilter(self)
        self.forget()

    def _build(self, inner: QWidget) -> None:
        px = theme.now().px
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(px(16), px(12), px(16), px(12))
        inside.setSpacing(px(6))
        for part in (self.member, self.by, line(), self.name, self.options):
            inside.addWidget(part)
        inside.addStretch(1)
        inside.addWidget(line())
        inside.addWidget(self.sum)
        said = row(self._named(_("Tổng ghi trên phiếu"), self.total), self.total, space=8)
        said.setStretch(0, 1)
        inside.addLayout(said)
        inside.addWidget(self.told)
        for words, edit in ((_("Đề nghị loại, lý do (L)"), self.exclusion), (_("Ý kiến (Y)"), self.opinion)):
            edit.setAccessibleName(words)
            edit.setPlaceholderText(words)
            inside.addWidget(edit)
        inside.addWidget(self.scan)
        inside.addWidget(self.attach)
        inside.addWidget(self.again)

    def _named(self, words: str, edit: QLineEdit) -> QWidget:
        edit.setAccessibleName(words)
        made = label(words, "quiet", wrap=True)
        made.setBuddy(edit)
        return made

    def forget(self) -> None:
        """Take the sheet away."""
        self._state = None
        for part in (self.member, self.by, self.name, self.options, self.sum, self.told):
            part.setText("")
        for edit in (self.total, self.exclusion, self.opinion):
            edit.clear()
            edit.setEnabled(False)
        for link in (self.scan, self.attach, self.again):
            link.hide()

    def show_sheet(self, state: SheetState, code: str, by: str) -> None:
        """Show a sheet at one of its criteria; ``by`` types it."""
        fresh, self._state = state is not self._state, state
        self.member.setText(state.column.name)
        if fresh:
            self.say("")
            self.total.setText("" if state.column.hand_total is None else str(state.column.hand_total))
            self.exclusion.setText(state.exclusion)
            self.opinion.setText(state.opinion)
            for edit in (self.total, self.exclusion, self.opinion):
                edit.setEnabled(state.open)
        first = state.column.first_by
        notes = [_("Đang chấm trên máy: {count} câu; nhập phiếu giấy sẽ thay các câu ấy.", count=state.column.on_screen)
                 if state.column.on_screen else "",
                 _("Nhập lần đầu: {who}", who=first) if first and first != by else ""]
        self._put(self.by, " ".join(note for note in notes if note))
        self.scan.setText(_("Xem bản quét: {name}", name=state.column.scan))
        self.scan.setVisible(bool(state.column.scan))
        self.attach.setText(_("Thay bản quét…") if state.column.scan else _("Đính kèm bản quét…"))
        self.attach.show()
        self.again.setVisible(state.open and bool(state.choices))
        if code:
            self._show_criterion(state, code)
        self.show_sum()

    def _show_criterion(self, state: SheetState, code: str) -> None:
        criterion, said = state.rules.by_code[code], language()
        self.name.setText(f"{code}  {criterion.name.said(said)}")
        lines = [f"{n}   {o.label.said(said)}  ({o.points})" for n, o in enumerate(criterion.options, 1)]
        self.options.setText("\n".join([*lines, "0   " + _("Không đạt mức nào (0)")]))

    def show_sum(self) -> None:
        """Show the running total."""
        state = self._state
        if state is None:
            return
        parts = "  ".join(f"{part} {points}" for part, points in part_totals(state.rules, state.choices).items())
        rest = len(state.asked)
        words = _("Cộng lại {points} điểm   ({parts})", points=state.points, parts=parts)
        self.sum.setText(words + ("   " + _("còn {count} ô", count=rest) if rest else ""))

    def say(self, words: str, tone: str = "warn") -> None:
        """Tell what does not agree, right under the total; empty takes it away."""
        restyle(self.told, tone=tone)
        self._put(self.told, words)

    def ask_total(self) -> None:
        """The keyboard goes to the sheet's own total."""
        self.total.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(self.told)
        self.ensureWidgetVisible(self.total)
        self.total.selectAll()

    def ask_words(self, edit: QLineEdit) -> None:
        """The keyboard goes to the exclusion or the opinion."""
        if edit.isEnabled():
            edit.setFocus(Qt.FocusReason.OtherFocusReason)
            edit.end(False)
            self.ensureWidgetVisible(edit)

    def hand_in(self) -> None:
        """Finish the sheet with the total typed; without one, ask for it."""
        if self.total.text():
            self.total_typed.emit(int(self.total.text()))
        else:
            self.ask_total()

    def _keep(self, name: str) -> None:
        state, words = self._state, (self.exclusion if name == "exclusion" else self.opinion).text().strip()
        if state is None or not state.open:
            return
        if state.settling or words != getattr(state, name):
            self.words_kept.emit(name, words)

    def _put(self, part: QLabel, words: str) -> None:
        part.setText(words)
        part.setVisible(bool(words))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            words = watched in (self.exclusion, self.opinion)
            if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Up):
                self.left.emit()
                return True
            if words and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._keep("exclusion" if watched is self.exclusion else "opinion")
                self.left.emit()
                return True
        return super().eventFilter(watched, event)
