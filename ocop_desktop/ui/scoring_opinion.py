"""The last sheet of a ballot: the member's opinion, the request to throw the dossier out, and what is still open."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from ocop_desktop.text import _, language
from ocop_desktop.ui import theme
from ocop_desktop.ui.scoring_criterion import SheetArea
from ocop_desktop.ui.scoring_state import BallotState
from ocop_desktop.ui.widgets import LinkLabel, button, label, line, row


class OpinionCard(QFrame):
    """Opinion and exclusion of one ballot, in place."""

    opinion_kept = Signal(str)
    raised = Signal(str)  # reason
    withdrawn = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._before: str | None = None
        self.opinion = QPlainTextEdit()
        self.opinion.setAccessibleName(_("Ý kiến về hồ sơ"))
        self.opinion.setPlaceholderText(_("Ý kiến về hồ sơ, in vào phiếu và biên bản"))
        self.opinion.setTabChangesFocus(True)
        self.opinion.setFixedHeight(theme.now().px(120))
        self.reason = QComboBox()
        self.reason.setEditable(True)
        self.reason.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.reason.setAccessibleName(_("Lý do đề nghị loại hồ sơ"))
        self.reason.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.reason.setMinimumContentsLength(20)
        for field in (self.opinion, self.reason, self.reason.lineEdit()):
            if field is not None:
                field.installEventFilter(self)
        self.ask = LinkLabel(_("Đề nghị loại hồ sơ"), self._open_reason)
        self.raise_button = button(_("Đề nghị loại hồ sơ"), self._raise, "danger")
        self.never_mind = button(_("Thôi"), self._close_reason, "quiet")
        self.raised_words = label("", tone="bad", wrap=True)
        self.withdraw = LinkLabel(_("Rút đề nghị"), self.withdrawn.emit)
        self.law = label("", "quiet", wrap=True)
        self.missing_reason = label(_("Hãy chọn hoặc ghi lý do."), "error")
        self.cases = label("", wrap=True, tone="warn")
        self.open = label("", "quiet", wrap=True)
        self._build()

    def _build(self) -> None:
        px = theme.now().px
        inner = QWidget()
        sheet = QVBoxLayout(inner)
        sheet.setContentsMargins(px(20), px(16), px(20), px(16))
        sheet.setSpacing(px(8))
        self.rule, self.exclusion_title = line(), label(_("Loại hồ sơ"), "bold")
        for part in (label(_("Ý kiến và đề nghị"), "strong"), self.opinion, self.cases, self.open, self.rule,
                     self.exclusion_title, self.law, self.raised_words):
            sheet.addWidget(part)
        sheet.addLayout(row(self.ask, self.withdraw, 1))
        sheet.addWidget(self.reason)
        sheet.addWidget(self.missing_reason)
        sheet.addLayout(row(self.raise_button, self.never_mind, 1, space=8))
        sheet.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(SheetArea(inner))
        self._asking(False)

    def show_state(self, state: BallotState, fresh: bool) -> None:
        """Show a ballot's opinion and request; ``fresh`` when another ballot comes on show."""
        if fresh:
            self.reason.clear()
            self.reason.addItems([words.said(language()) for words in state.rules.exclusions])
            self.reason.setEditText("")
            self._asking(False)
        if fresh or not self.opinion.hasFocus():
            self._before = state.opinion
            self.opinion.setPlainText(state.opinion)
        self.opinion.setReadOnly(state.locked)
        reasons = "; ".join(words.said(language()) for words in state.rules.exclusions)
        self.law.setText(_("Theo bảng tiêu chí, hồ sơ bị loại khi: {reasons}.", reasons=reasons) if reasons
                         else _("Bảng tiêu chí của bộ này không ghi điều kiện loại hồ sơ."))
        self.raised_words.setText(_("Đã đề nghị loại: {reason}", reason=state.exclusion or ""))
        self.raised_words.setVisible(state.exclusion is not None)
        self.withdraw.setVisible(state.exclusion is not None and not state.locked)
        if state.exclusion is not None or state.locked:
            self._asking(False)
        council = state.view.sheet == "council"  # the advisory team only advises: the council throws a dossier out
        self.rule.setVisible(council)
        self.exclusion_title.setVisible(council)
        self.ask.setVisible(council and state.exclusion is None and not state.locked and self.reason.isHidden())
        self.cases.setText(_("Phiếu đang dùng các trường hợp khác nhau ở các tiêu chí. Luật không cấm; hãy xem lại cho chắc."))
        self.cases.setVisible(state.cases_differ)
        missing = state.so_far.open
        self.open.setText(_("Chưa chấm: {codes}", codes=", ".join(missing)) if missing
                          else _("Đã chấm đủ {count} tiêu chí.", count=len(state.codes)))

    def forget(self) -> None:
        """Take the ballot away; nothing of it stays on show."""
        self._before = None
        self.opinion.clear()
        self.reason.setEditText("")

    def keep(self) -> None:
        """Announce the opinion when it was changed."""
        words = self.opinion.toPlainText().strip()
        if self._before is not None and words != self._before:
            self._before = words
            self.opinion_kept.emit(words)

    def _open_reason(self) -> None:
        self._asking(True)
        self.ask.hide()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_reason(self) -> None:
        self._asking(False)
        self.ask.show()
        self.left.emit()

    def _asking(self, on: bool) -> None:
        for part in (self.reason, self.raise_button, self.never_mind):
            part.setVisible(on)
        self.missing_reason.hide()

    def _raise(self) -> None:
        words = self.reason.currentText().strip()
        self.missing_reason.setVisible(not words)
        if words:
            self.raised.emit(words)
        else:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and watched is self.opinion:
            self.keep()
        if isinstance(event, QKeyEvent) and watched is not self.opinion and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # Enter sends the reason, it does not go on
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._raise()
                return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.keep()
            self.left.emit()
            return True
        return super().eventFilter(watched, event)
