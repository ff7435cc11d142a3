"""The sheet in the middle: one criterion with its options, what the law says beside it, evidence and the member's note."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from ocop_desktop.rules.rulebook import Criterion
from ocop_desktop.text import _, language
from ocop_desktop.ui import theme
from ocop_desktop.ui.scoring_options import DENSITIES, OptionsPanel
from ocop_desktop.ui.scoring_state import BallotState
from ocop_desktop.ui.widgets import LinkLabel, label, line, row


class SheetArea(QScrollArea):
    """A white sheet that scrolls only when its page cannot be closed up enough."""

    resized = Signal()

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner.setProperty("kind", "page")
        self.setWidget(inner)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class CriterionCard(QFrame):
    """One criterion. Says what the member does; changes nothing by itself."""

    chosen = Signal(str)  # choice
    cleared = Signal()
    noted = Signal(str, str)  # code, words
    left = Signal()  # the note field was left by key: the keyboard belongs to the criteria again

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._code = ""
        self._law_words = False
        self._note_before = ""
        self._fitted: tuple[object, ...] = ()
        self.code, self.name = label("", "strong"), label("", "strong", wrap=True)
        self.max = label("", "quiet")
        self.hint, self.exclusion = label("", "quiet", wrap=True), label("", wrap=True, tone="bad")
        self.doubtful = label("", "small", wrap=True)
        self.notice = label("", wrap=True, tone="warn")
        self.options = OptionsPanel()
        self.options.chosen.connect(self.chosen)
        self.evidence, self.beside = label("", "quiet", wrap=True), label("", tone="info", wrap=True)
        self.clear_link = LinkLabel(_("Bỏ chọn (Del)"), self.cleared.emit)
        self.note = QLineEdit()
        self.note.setPlaceholderText(_("Ghi chú của tôi (N)"))
        self.note.setAccessibleName(_("Ghi chú của tôi"))
        self.note.setMaxLength(500)
        self.note.editingFinished.connect(self.keep_note)
        self.note.installEventFilter(self)
        self.files = LinkLabel(_("Thêm tên tệp…"), self._ask_files)
        self._build()

    def _build(self) -> None:
        px = theme.now().px
        inner = QWidget()
        self.sheet = QVBoxLayout(inner)
        self.sheet.setContentsMargins(px(20), px(16), px(20), px(16))
        self.sheet.setSpacing(px(6))
        head = row(space=8)
        head.addWidget(self.code, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.name, 1, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.max, 0, Qt.AlignmentFlag.AlignTop)
        self.sheet.addLayout(head)
        for part in (self.hint, self.exclusion, self.doubtful, self.notice):
            self.sheet.addWidget(part)
        self.sheet.addSpacing(px(4))
        self.sheet.addWidget(self.options)
        self.sheet.addSpacing(px(2))
        self.sheet.addLayout(row(1, self.clear_link))
        self.sheet.addWidget(line())
        self.sheet.addWidget(self.evidence)
        self.sheet.addWidget(self.beside)
        self.sheet.addSpacing(px(2))
        beside_note = row(self.note, self.files, space=8)
        beside_note.setStretch(0, 1)
        self.sheet.addLayout(beside_note)
        self.sheet.addStretch(1)
        self.area = SheetArea(inner)
        self.area.resized.connect(self.fit)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(self.area)

    def show_criterion(self, state: BallotState, code: str) -> None:
        """Show criterion ``code`` of a ballot as it stands."""
        criterion, fresh = state.reading.by_code[code], code != self._code
        if fresh or state.law_words != self._law_words:
            self._law_words = state.law_words
            self._show_law(criterion)
        if fresh:
            self.keep_note()
            self._code = code
            evidence = state.view.evidence.get(code, "")
            self._say(self.evidence, _("Minh chứng của chủ thể: {evidence}", evidence=evidence) if evidence else "")
            self._say(self.beside, _beside_words(state, criterion))
            self._name_note(state)
            self.area.verticalScrollBar().setValue(0)
        self._say(self.notice, self._noticed(state, criterion))
        blocked = code in state.blocked
        choice = state.choices.get(code)
        self._show_options(state, code)
        self.clear_link.setVisible(choice is not None and not blocked and not state.locked)
        if fresh or not self.note.hasFocus():
            self._note_before = state.notes.get(code, "")
            self.note.setText(self._note_before)
        self.note.setReadOnly(state.locked)
        self.note.setVisible(not state.locked or bool(self._note_before))
        self.files.setVisible(state.view.sheet == "self" and not state.locked)
        shape = (code, state.law_words, self.notice.text(), self.clear_link.isHidden(), self.note.isHidden())
        if shape != self._fitted:
            self._fitted = shape
            self.fit()

    def leave_name_out(self, out: bool) -> None:
        """Leave code and name out where the page says them already."""
        for part in (self.code, self.name, self.max):
            part.setVisible(not out)
        margin = theme.now().px(10 if out else 16)
        self.sheet.setContentsMargins(theme.now().px(20), margin, theme.now().px(20), margin)

    def show_saved(self, state: BallotState) -> None:
        """Show which answers have arrived in the file; nothing else of the picture changes with it."""
        if self._code:
            self._show_options(state, self._code)

    def _show_options(self, state: BallotState, code: str) -> None:
        enabled = not state.locked and code not in state.blocked
        self.options.show_criterion(state.reading.by_code[code], state.choices.get(code), code in state.waiting, enabled)

    def forget(self) -> None:
        """Take the ballot away; nothing of it stays on show."""
        self._code = self._note_before = ""
        self._fitted = ()
        self.note.clear()

    def edit_note(self) -> None:
        """Go to the note."""
        if not self.note.isReadOnly():
            self.note.setFocus(Qt.FocusReason.OtherFocusReason)  # a shortcut's focus would select the words, to be typed over
            self.note.end(False)
            self.area.ensureWidgetVisible(self.note)

    def _name_note(self, state: BallotState) -> None:
        """What the line under the options is for: the member's note, the producer's evidence, the advisory team's comment."""
        name, keep, longest = {
            "self": (_("Minh chứng"), _("Minh chứng: giấy tờ, ảnh, tên tệp (N)"), 2000),
            "advisory": (_("Nhận xét của Tổ tư vấn"), _("Nhận xét của Tổ tư vấn (N)"), 2000),
        }.get(state.view.sheet, (_("Ghi chú của tôi"), _("Ghi chú của tôi (N)"), 500))
        self.note.setAccessibleName(name)
        self.note.setPlaceholderText(keep)
        self.note.setMaxLength(longest)

    def _ask_files(self) -> None:
        """Choose files whose names are added to the evidence; the files themselves stay where they are."""
        dialog = QFileDialog(self, _("Chọn tệp minh chứng"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self.add_files)
        dialog.open()

    def add_files(self, paths: list[str]) -> None:
        """Add the names of files to the note, each once."""
        said = [part.strip() for part in self.note.text().split(";") if part.strip()]
        names = [Path(path).name for path in paths]
        self.note.setText("; ".join(dict.fromkeys((*said, *names))))
        self.keep_note()

    def keep_note(self) -> None:
        """Announce the note when it was changed."""
        words = self.note.text().strip()
        if self._code and words != self._note_before:
            self._note_before = words
            self.noted.emit(self._code, words)

    def fit(self) -> None:
        """Close the rows up when they do not fit freely."""
        if not self._code:
            return
        width, room = self.area.maximumViewportSize().width(), self.area.maximumViewportSize().height()
        margins = self.sheet.contentsMargins()
        inner = width - margins.left() - margins.right()
        self.sheet.invalidate()
        rest = room - self.sheet.totalHeightForWidth(width) + self.options.heightForWidth(inner)
        fitting = (d for d in range(len(DENSITIES)) if self.options.height_at(inner, d) <= rest)
        self.options.set_density(next(fitting, len(DENSITIES) - 1))

    def _show_law(self, criterion: Criterion) -> None:
        said = language()
        self.code.setText(criterion.code)
        self.name.setText(criterion.name.said(said))
        self.max.setText(_("tối đa {count} điểm", count=criterion.max))
        self._say(self.hint, criterion.hint.said(said) if criterion.hint else "")
        exclusion = criterion.exclusion.said(said) if criterion.exclusion else ""
        self._say(self.exclusion, exclusion)
        doubt = criterion.doubt.said(said)
        self._say(self.doubtful, _("Lưu ý bảng đã công bố: {what}", what=doubt) if doubt else "")

    def _noticed(self, state: BallotState, criterion: Criterion) -> str:
        if criterion.code in state.blocked:
            return _("Không chấm được: tiêu chí {story} đang 0 điểm (không có câu chuyện sản phẩm).", story=criterion.story)
        if criterion.code in state.copied:
            return _("Chép từ phiếu của tôi cho {product}. Enter: giữ; hoặc chọn lại.", product=state.copied[criterion.code])
        if state.stops(criterion.code):
            return _("0 điểm ở tiêu chí này là dừng đánh giá; phiếu được tính là đề nghị loại hồ sơ.")
        if criterion.cases and state.cases_differ:
            codes = ", ".join(c.code for c in state.rules.criteria if c.cases)
            return _("Các tiêu chí {codes} đang chọn trường hợp khác nhau. Luật không cấm; hãy xem lại cho chắc.", codes=codes)
        return ""

    def _say(self, part: QLabel, words: str) -> None:
        part.setText(words)
        part.setVisible(bool(words))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.note and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
        return super().eventFilter(watched, event)


def _beside_words(state: BallotState, criterion: Criterion) -> str:
    """What the advisory team (or, for it, the producer) says of a criterion."""
    said = state.view.beside.get(criterion.code)
    if said is None:
        return ""
    who = _("Tổ tư vấn") if said.who == "advisory" else _("Chủ thể tự chấm")
    if said.choice is None:
        return f"{who}: {said.comment}"
    option = criterion.by_choice.get(said.choice)
    places = {"who": who, "points": criterion.points(said.choice), "option": option.label.said(language()) if option
              else _("không đạt mức nào")}
    told = _("{who}: {option} ({points} điểm)", **places)
    return f"{told} · {said.comment}" if said.comment else told
