"""A paper looked at before it is printed: its pages with what turns, sizes, signs and prints them; on a page or over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QDialog, QSpinBox, QWidget

from ocop_desktop import text
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.paper_view import PAGE, SIZES, WIDTH, PagesView
from ocop_desktop.ui.widgets import Card, button, column, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.paper_pages import Made
    from ocop_desktop.ui.printing import PaperRoad, Printout, Sent
    from ocop_desktop.ui.work import Work

SHARE = 0.94  # of the window an own preview takes
NARROW = 440  # pixels at 100 % under which its head has one thing less


class PaperCard(Card):
    """The pages of a paper under one another; Esc leads back. ``whole``: a sheet across is first shown whole."""

    left = Signal()

    def __init__(self, work: Work, whole: bool = False) -> None:
        super().__init__(flush=True)
        self._whole = whole
        self._printout: Printout | None = None
        self._road: PaperRoad | None = None
        self.view = PagesView(work)
        self.back = button(_("Quay lại"), self.left.emit, icon="chevron-left", small=True)
        self.page, self.count = QSpinBox(), label("", "quiet")
        self.zoom = QComboBox()
        self.missing = button(_("In tờ còn thiếu…"), self._ask_missing, small=True)
        self.sign = button(_("Ký số…"), self._sign, icon="key", small=True)
        self.print = button(_("In…"), self._print, icon="print", small=True)
        self._build()

    def _build(self) -> None:
        px = theme.now().px
        self.page.setAccessibleName(_("Số trang"))
        self.page.setToolTip(_("Gõ số trang; phím ← → sang trang, Home, End"))
        self.page.setKeyboardTracking(False)
        self.page.setFixedWidth(px(52))
        self.page.lineEdit().setTextMargins(px(6), 0, 0, 0)
        for words, size in ((_("Vừa bề rộng"), WIDTH), (_("Cả trang"), PAGE), *((f"{size} %", size) for size in SIZES)):
            self.zoom.addItem(words, size)
        self.zoom.setAccessibleName(_("Cỡ trang"))
        self.zoom.setToolTip(_("Phím + và - phóng to, thu nhỏ; 1 vừa bề rộng; 0 cả trang"))
        head = Flow(self.back, row(self.page, self.count, space=6), self.zoom)
        head.addStretch()
        for part in (self.missing, self.sign, self.print):
            head.add(part)
        head.setContentsMargins(px(12), px(8), px(12), px(8))
        self.body.addLayout(head)
        self.body.addWidget(self.view, 1)
        self.page.valueChanged.connect(lambda number: self.view.go_to(number - 1))
        self.zoom.activated.connect(lambda place: self.view.choose_size(self.zoom.itemData(place)))
        self.view.turned.connect(self._show_page)
        self.view.sized.connect(self._show_size)
        self._allow(False)

    # -- showing ------------------------------------------------------------------------------------------------------

    def wait(self, printout: Printout, road: PaperRoad) -> None:
        """Say that the pages of a paper are being made; ``road`` prints it."""
        if self._road is not road:
            self._road = road
            road.sent.connect(self._show_sent)
        if self._printout is None or printout.kind != self._printout.kind or self.view.made() is None:
            self.view.say(_("Đang dựng trang…"), waits=True)
            self.count.setText("")
        self._printout = printout
        self._allow(False)

    def show_paper(self, made: Made) -> None:
        """Show the pages."""
        self.view.show_paper(made)
        self.page.blockSignals(True)
        self.page.setRange(1, max(made.count, 1))
        self.page.blockSignals(False)
        if self._whole and made.sizes and made.sizes[0][0] > made.sizes[0][1]:
            self.view.choose_size(PAGE)
        self._show_page(self.view.page())
        self.count.setText("/ " + text.number(made.count))
        self._allow(True)

    def refuse(self, sentence: str) -> None:
        """Say why there is no paper."""
        self.view.say(sentence)
        self.count.setText("")
        self._allow(False)

    def made(self) -> Made | None:
        """The paper on show."""
        return self.view.made()

    @Slot(int)
    def _show_page(self, number: int) -> None:
        self.page.blockSignals(True)
        self.page.setValue(number + 1)
        self.page.blockSignals(False)

    @Slot(object)
    def _show_size(self, size: object) -> None:
        self.zoom.setCurrentIndex(self.zoom.findData(size))

    @Slot(object)
    def _show_sent(self, _sent: Sent) -> None:
        self.missing.setVisible(self._sent() is not None)

    def _sent(self) -> Sent | None:
        """The pages of this paper a printer took last, when there were several."""
        if self._road is None or self._printout is None:
            return None
        sent = self._road.last.get(self._printout.kind)
        made = self.made()
        if sent is None or made is None or len(sent.pages) < 2 or sent.printout.title != self._printout.title:
            return None
        return sent if (sent.made.sizes, sent.made.labels) == (made.sizes, made.labels) else None  # it may be made anew since

    def _allow(self, ready: bool) -> None:
        for part in (self.page, self.zoom, self.sign, self.print):
            part.setEnabled(ready)
        self.missing.setVisible(self._sent() is not None)

    # -- doing --------------------------------------------------------------------------------------------------------

    def _print(self) -> None:
        if self._road is not None and self._printout is not None:
            self._road.ask_printer(self._printout, self.made())

    def _sign(self) -> None:
        if self._road is not None and self._printout is not None:
            self._road.ask_sign(self._printout, self.made())

    def _ask_missing(self) -> None:
        sent = self._sent()
        if self._road is not None and sent is not None:
            self._road.ask_missing(sent)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Without the choice of size where there is no room for it beside the rest; its keys stay."""
        super().resizeEvent(event)
        self.zoom.setVisible(self.width() >= theme.now().px(NARROW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class PreviewDialog(QDialog):
    """A paper over the page it was asked from."""

    def __init__(self, work: Work, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.card = PaperCard(work, whole=True)
        self.card.left.connect(self.reject)
        px = theme.now().px
        name = label(title, "title", wrap=True)
        inside = column(name, self.card, space=8)
        inside.setStretch(1, 1)
        inside.setContentsMargins(px(16), px(12), px(16), px(16))
        self.setLayout(inside)
        over = parent.window().size()
        self.resize(QSize(round(over.width() * SHARE), round(over.height() * SHARE)))
        self.card.view.setFocus()
