"""The pages of a paper under one another, as they will come out of the printer: scrolled, sized, drawn as they come into view."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from ocop_desktop import text
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.painted import paint_skeleton

if TYPE_CHECKING:
    from ocop_desktop.actions.paper_pages import Made
    from ocop_desktop.ui.work import Work

WIDTH, PAGE = "width", "page"  # ways of sizing beside a percentage
SIZES = (50, 75, 100, 125, 150, 200, 300)  # percent of the paper's own size
INCH = 96  # dots of the screen that stand for an inch of paper at 100 %
GAP, LEAST = 12, 60  # pixels at 100 %: between pages; the narrowest page
KEPT = 24_000_000  # dots of pictures kept
PAUSE = 80  # milliseconds of rest while sizing and scrolling


class PagesView(QAbstractScrollArea):
    """Shows a paper that is made (``show_paper``), or a sentence in its place (``say``)."""

    turned = Signal(int)  # the page that takes most of the view now; the first is 0
    sized = Signal(object)  # WIDTH, PAGE or a percentage

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._made: Made | None = None
        self._sentence, self._waits = "", False
        self._tops: list[float] = []
        self._factors: list[float] = []  # dots of the screen for a point of paper, of each page
        self._pictures: OrderedDict[tuple[int, float], QImage] = OrderedDict()
        self._asked: set[tuple[int, float]] = set()
        self.size_chosen: str | int = WIDTH
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Bản xem trước"))
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._draw_seen)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._page = 0

    # -- what is shown ------------------------------------------------------------------------------------------------

    def show_paper(self, made: Made) -> None:
        """Show a paper; the same one made anew stays where it was scrolled to."""
        same = self._made is not None and self._made.sizes == made.sizes
        self._made, self._sentence, self._waits = made, "", False
        self._pictures.clear()
        self._asked.clear()
        self._lay_out()
        if not same:
            self.verticalScrollBar().setValue(0)
        self._scrolled()

    def say(self, sentence: str, waits: bool = False) -> None:
        """Say why there are no pages; with ``waits`` they are being made."""
        self._made, self._sentence, self._waits = None, sentence, waits
        self._pictures.clear()
        self._lay_out()
        self.setAccessibleDescription(sentence)
        self.viewport().update()

    def made(self) -> Made | None:
        """The paper on show."""
        return self._made

    def page(self) -> int:
        """The page that takes most of the view; the first is 0."""
        return self._page

    def go_to(self, number: int) -> None:
        """Bring a page to the top."""
        if 0 <= number < len(self._tops):
            self.verticalScrollBar().setValue(round(self._tops[number] - theme.now().px(GAP)))

    def choose_size(self, size: str | int) -> None:
        """Size the pages: WIDTH, PAGE, or percent of the paper's own size. The page looked at stays in view."""
        page, self.size_chosen = self._page, size
        self._lay_out()
        self.go_to(page)
        self.sized.emit(size)
        self._scrolled()

    def step_size(self, up: bool) -> None:
        """The next larger or smaller percentage."""
        if not self._factors:
            return
        now = self._factors[self._page] * 72 / (INCH * theme.now().scale / 100) * 100
        found = [s for s in SIZES if (s > now + 1 if up else s < now - 1)]
        if found:
            self.choose_size(found[0] if up else found[-1])

    def picture(self, number: int) -> QImage | None:
        """The picture of a page at its present size, when it is drawn."""
        return self._pictures.get((number, self._dpi(number)))

    def page_rect(self, number: int) -> QRectF:
        """Where a page stands in the view."""
        assert self._made is not None
        wide, high = (side * self._factors[number] for side in self._made.sizes[number])
        left = max((self.viewport().width() - wide) / 2, theme.now().px(GAP)) - self.horizontalScrollBar().value()
        return QRectF(left, self._tops[number] - self.verticalScrollBar().value(), wide, high)

    # -- where the pages stand ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        gap, self._tops, below, widest = theme.now().px(GAP), [], 0.0, 0.0
        self._factors = [self._wanted_factor(gap, *size) for size in self._made.sizes] if self._made is not None else []
        if self._made is not None and self._factors:
            below = gap
            for (wide, high), factor in zip(self._made.sizes, self._factors, strict=True):
                self._tops.append(below)
                below += high * factor + gap
                widest = max(widest, wide * factor + 2 * gap)
        view = self.viewport()
        for bar, whole, room in ((self.verticalScrollBar(), below, view.height()),
                                 (self.horizontalScrollBar(), widest, view.width())):
            bar.setRange(0, max(0, round(whole) - room))
            bar.setPageStep(room)
            bar.setSingleStep(theme.now().px(40))
        view.update()

    def _wanted_factor(self, gap: int, wide: float, high: float) -> float:
        across = max(self.viewport().width() - 2 * gap, theme.now().px(LEAST)) / wide
        if self.size_chosen == WIDTH:
            return across
        if self.size_chosen == PAGE:
            return min(across, max(self.viewport().height() - 2 * gap, theme.now().px(LEAST)) / high)
        return int(self.size_chosen) / 100 * INCH / 72 * theme.now().scale / 100

    def _seen(self) -> range:
        if not self._tops:
            return range(0)
        top = self.verticalScrollBar().value()
        first = max(bisect_right(self._tops, top) - 1, 0)
        return range(first, bisect_right(self._tops, top + self.viewport().height()))

    def _scrolled(self, *_value: int) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        at_start = self.verticalScrollBar().value() == 0
        page = 0 if at_start or not self._tops else max(bisect_right(self._tops, middle) - 1, 0)
        if page != self._page or self._made is None:
            self._page = page
            self.turned.emit(page)
        if self._made is not None:
            self.setAccessibleDescription(_("Trang {number} trong {count} trang", number=text.number(page + 1),
                                            count=text.number(self._made.count)))
            self._rest.start(PAUSE if self._pictures else 0)
        self.viewport().update()

    # -- drawing ------------------------------------------------------------------------------------------------------

    def _dpi(self, number: int) -> float:
        return round(max(20.0, self._factors[number] * 72 * self.devicePixelRatioF()), 1)

    def _draw_seen(self) -> None:
        made = self._made
        for number in self._seen():
            dpi = self._dpi(number)
            if made is None or (number, dpi) in self._pictures or (number, dpi) in self._asked:
                continue
            self._asked.add((number, dpi))
            self._work.read(self, lambda _session, number=number, dpi=dpi: _picture(made, number, dpi),
                            lambda picture, number=number, dpi=dpi: self._keep(made, (number, dpi), picture),
                            lambda error: self.say(text.say(error)))

    def _keep(self, made: Made, key: tuple[int, float], picture: Any) -> None:
        self._asked.discard(key)
        if made is not self._made:
            return
        self._pictures[key] = image_of(picture).copy()
        while len(self._pictures) > 2 and sum(one.width() * one.height() for one in self._pictures.values()) > KEPT:
            self._pictures.popitem(last=False)
        self.viewport().update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self.viewport()), theme.now()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._made is None:
            painter.setPen(look.color("quiet"))
            room = QRectF(self.viewport().rect()).adjusted(look.px(32), look.px(32), -look.px(32), -look.px(32))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._sentence)
            return
        for number in self._seen():
            rect = self.page_rect(number)
            picture = self.picture(number) or next((p for (n, _dpi), p in reversed(self._pictures.items()) if n == number), None)
            painter.setPen(look.color("edge"))
            painter.setBrush(Qt.GlobalColor.white)
            painter.drawRect(rect)
            if picture is not None:
                painter.drawImage(rect.adjusted(1, 1, -1, -1), picture)
            else:
                for line in range(2, 8):
                    bar = rect.adjusted(rect.width() / 8, rect.height() * line / 12, -rect.width() / 8, 0).toRect()
                    bar.setHeight(look.px(10))
                    paint_skeleton(painter, bar, line)

    # -- Qt -----------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        page, begin = self._page, self.verticalScrollBar().value() == 0
        self._lay_out()
        if not begin:
            self.go_to(page)
        self._scrolled()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_size(event.angleDelta().y() > 0)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and Page keys scroll, Left and Right turn a page, Home and End; + and - size, 1 the width, 0 the whole page."""
        key, bar = event.key(), self.verticalScrollBar()
        ways: dict[int, Any] = {
            Qt.Key.Key_Plus: lambda: self.step_size(True), Qt.Key.Key_Equal: lambda: self.step_size(True),
            Qt.Key.Key_Minus: lambda: self.step_size(False), Qt.Key.Key_1: lambda: self.choose_size(WIDTH),
            Qt.Key.Key_0: lambda: self.choose_size(PAGE), Qt.Key.Key_Home: lambda: bar.setValue(0),
            Qt.Key.Key_End: lambda: bar.setValue(bar.maximum()),
            Qt.Key.Key_Space: lambda: bar.setValue(bar.value() + bar.pageStep()),
        }
        if not self.horizontalScrollBar().maximum():
            ways |= {Qt.Key.Key_Right: lambda: self.go_to(self._page + 1), Qt.Key.Key_Left: lambda: self.go_to(self._page - 1)}
        if key in ways and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            ways[key]()
        else:
            super().keyPressEvent(event)


def image_of(picture: Any) -> QImage:
    """A drawn page as Qt's picture; it lends the pixels."""
    return QImage(picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_BGR888)


def _picture(made: Made, number: int, dpi: float) -> Any:
    from ocop_desktop.actions import paper_pages

    return paper_pages.picture(made, number, dpi)
