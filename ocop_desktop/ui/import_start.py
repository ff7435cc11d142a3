"""Where an import begins: the place to drop a file, and the earlier imports with the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QScrollArea, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.text import _
from ocop_desktop.ui import icons, theme
from ocop_desktop.ui.flow import Flow, Shrinking
from ocop_desktop.ui.import_leftovers import LeftoversCard
from ocop_desktop.ui.painted import Pill
from ocop_desktop.ui.widgets import Card, LinkLabel, button, clear, column, label, line, restyle, row

if TYPE_CHECKING:
    from ocop_desktop.actions.importing import Batch

KINDS = "*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv *.txt"
SHOWN = 6  # earlier imports
WITH_DOSSIERS = ("applications", "register", "national")  # layouts whose rows are dossiers
HIGHEST = 340  # pixels at 100 % of the place to drop a file
LEAST = 300  # pixels at 100 % of the rows that stayed out
NAMES = 300  # pixels at 100 % the name of a file and its counts begin with


def dropped_file(event: QDragEnterEvent | QDropEvent) -> str:
    """The one local file a drag carries, or empty."""
    urls = event.mimeData().urls()
    return urls[0].toLocalFile() if len(urls) == 1 and urls[0].isLocalFile() else ""


class DropArea(QFrame):
    """Drop a spreadsheet here, or choose one."""

    dropped = Signal(str)
    chosen = Signal()
    template_wanted = Signal(str, str)  # kind, its words

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("drop")
        self.setAcceptDrops(True)
        px = theme.now().px
        picture = QLabel()
        icons.put(picture, "sheet", "main", 44)
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words = label(_("Kéo thả bảng tính vào đây"), "strong")
        kinds = _("Danh sách đăng ký, sổ đã công nhận, chủ thể, bảng điểm, hoạt động, nguồn vốn: .xlsx, .xls, .ods, .csv")
        quiet = label(kinds, "quiet", wrap=True)
        for part in (words, quiet):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.choose = button(_("Chọn tệp…"), self.chosen.emit, "primary", "folder")
        self.template = button(_("Lưu biểu mẫu"), icon="export")
        self.templates = QMenu(self.template)
        self.templates.aboutToShow.connect(self._offer_templates)
        self.template.setMenu(self.templates)
        inside = column(1, picture, words, quiet, row(1, self.choose, self.template, 1, space=12), 1, space=12)
        inside.setContentsMargins(px(24), px(32), px(24), px(32))
        self.setLayout(inside)
        self._mark(False)

    def _offer_templates(self) -> None:
        """The kinds of contents, when they are asked for."""
        from ocop_desktop.actions.exporting import template_choices

        if self.templates.isEmpty():
            for kind, words in template_choices():
                self.templates.addAction(words, partial(self.template_wanted.emit, kind, words))

    def _mark(self, over: bool) -> None:
        look = theme.now()
        self.setStyleSheet(
            f"#drop {{ background: {look.main_soft if over else look.paper}; border: 2px dashed "
            f"{look.main if over else look.edge}; border-radius: {look.px(8)}px; }}"
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event):
            event.acceptProposedAction()
            self._mark(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark(False)
        self.dropped.emit(dropped_file(event))
        event.acceptProposedAction()


class BatchesCard(Card):
    """Earlier imports, the newest first, each with what it did and the way back."""

    undo_wanted = Signal(int)
    look_wanted = Signal(int)  # at the dossiers of an import
    leftovers_wanted = Signal(object)  # Batch: at the rows that stayed out

    def __init__(self) -> None:
        super().__init__(_("Các lần nhập trước"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.now().px(8))
        self.body.addLayout(self._rows)
        self.undo_links: dict[int, LinkLabel] = {}
        self.look_links: dict[int, LinkLabel] = {}
        self.left_links: dict[int, LinkLabel] = {}
        self.hide()

    def set_batches(self, batches: Sequence[Batch]) -> None:
        """Show the newest few; nothing at all hides the card."""
        clear(self._rows)
        self.undo_links, self.look_links, self.left_links = {}, {}, {}
        for place, batch in enumerate(batches[:SHOWN]):
            if place:
                self._rows.addWidget(line())
            self._rows.addWidget(self._line(batch))
        self.setVisible(bool(batches))

    def _line(self, batch: Batch) -> QWidget:
        counts = batch.counts
        said = _(
            "mới {created} · cập nhật {updated} · không đổi {unchanged} · không nhập {rejected}",
            created=text.number(counts.get("created", 0)),
            updated=text.number(counts.get("updated", 0)),
            unchanged=text.number(counts.get("unchanged", 0)),
            rejected=text.number(counts.get("rejected", 0)),
        )
        when = _("{clock} ngày {date}", clock=batch.imported_at.strftime("%H:%M"), date=text.date(batch.imported_at.date()))
        end: QWidget
        look: LinkLabel | None = None
        left: LinkLabel | None = None
        if batch.undone_at is None:
            if batch.counts.get("problems") and batch.counts.get("rejected"):
                left = self.left_links[batch.id] = LinkLabel(_("Xem dòng chưa nhập"),
                                                             partial(self.leftovers_wanted.emit, batch))
                left.setAccessibleName(_("Xem dòng chưa nhập của {file}", file=batch.file_name))
            link = LinkLabel(_("Hoàn tác"), partial(self.undo_wanted.emit, batch.id))
            link.setAccessibleName(_("Hoàn tác lần nhập {file}", file=batch.file_name))
            self.undo_links[batch.id] = link
            end = link
            if batch.layout in WITH_DOSSIERS:
                look = self.look_links[batch.id] = LinkLabel(_("Xem hồ sơ"), partial(self.look_wanted.emit, batch.id))
                look.setAccessibleName(_("Xem hồ sơ của lần nhập {file}", file=batch.file_name))
        else:
            end = Pill(_("Đã hoàn tác"), "quiet")
        made = QWidget()
        name = label(batch.file_name, "bold")
        name.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        inside = Flow()
        inside.add(column(name, label(said, "small", wrap=True), space=2), 1, NAMES)
        inside.add(row(label(when, "quiet"), left, look, end))
        made.setLayout(inside)
        return made


class StartPart(QWidget):
    """The start of an import."""

    def __init__(
        self, on_drop: Callable[[str], object], on_choose: Callable[[], object], on_undo: Callable[[int], object], store: Any
    ) -> None:
        super().__init__()
        self.drop, self.batches, self.leftovers = DropArea(), BatchesCard(), LeftoversCard(store)
        self.leftovers.setMinimumHeight(theme.now().px(LEAST))
        self.batches.leftovers_wanted.connect(self.show_leftovers)
        self.leftovers.closed.connect(self.drop.show)
        self.drop.dropped.connect(on_drop)
        self.drop.chosen.connect(on_choose)
        self.batches.undo_wanted.connect(on_undo)
        self.trouble = label("", "error", wrap=True)
        self.trouble.hide()
        inner = Shrinking()
        inside = column(self.trouble, self.leftovers, self.drop, self.batches, space=16)
        inside.setStretch(1, 3)
        inside.setStretch(2, 1)
        inside.addStretch(1)
        inner.setLayout(inside)
        self.drop.setMaximumHeight(theme.now().px(HIGHEST))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        self.setLayout(column(area))

    def show_leftovers(self, batch: Batch) -> None:
        """Show what of an earlier import stayed out, in place of the area to drop a file."""
        from ocop_desktop.actions.importing_leftovers import leftovers

        self.drop.hide()
        self.leftovers.show_batch(batch, leftovers(batch))

    def set_trouble(self, words: str) -> None:
        """Say why a file could not be read; empty takes it away."""
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))
        restyle(self.trouble, kind="error")
