"""The page as it will be printed, beside the list."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ocop_desktop import text
from ocop_desktop.errors import UserError
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.painted import paint_skeleton

if TYPE_CHECKING:
    from ocop_desktop.ui.work import Work

KEPT = 24  # pictures
WIDE, HIGH = 841.89, 595.28  # A4 across, in points
PAUSE = 120  # milliseconds of rest while sizing
Render = Callable[[Any, float], Any]  # (session, dpi) -> picture


class Preview(QWidget):
    """Paints one page in the proportions of A4; drawn in the background, kept for coming back.

    In place of a page it can say a sentence (``say``).
    """

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._pictures: OrderedDict[tuple[Hashable, float], QImage] = OrderedDict()
        self._key: Hashable = None
        self._render: Render | None = None
        self.sentence = ""
        self.setAccessibleName(_("Bản xem trước"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._draw)

    def show_page(self, key: Hashable, render: Render) -> None:
        """Show the page ``render`` draws; ``key`` names what it depends on."""
        self._key, self._render, self.sentence = key, render, ""
        if self._full_key() not in self._pictures:
            self._rest.start(0)
        self.update()

    def say(self, sentence: str) -> None:
        """Say why there is no page."""
        self._key, self._render, self.sentence = None, None, sentence
        self.setAccessibleDescription(sentence)
        self.update()

    def forget(self) -> None:
        """Draw everything anew from now on (the file changed)."""
        self._pictures.clear()
        if self._render is not None:
            self._rest.start(0)

    def image(self) -> QImage | None:
        """The picture of the page on show, when it is drawn."""
        return self._pictures.get(self._full_key()) if self._render else None

    def _picture(self) -> QImage | None:
        """The picture to paint: until the page is drawn at this size, as it was drawn at another."""
        found = self.image()
        if found is None and self._render is not None:
            found = next((image for (key, _dpi), image in reversed(self._pictures.items()) if key == self._key), None)
        return found

    def heightForWidth(self, width: int) -> int:
        return round(width * HIGH / WIDE)

    def sizeHint(self) -> QSize:
        wide = theme.now().px(440)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        wide = theme.now().px(280)
        return QSize(wide, self.heightForWidth(wide))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._render is not None:
            self._rest.start(PAUSE)

    def _dpi(self) -> float:
        return max(20.0, self._page().width() * self.devicePixelRatioF() / WIDE * 72)

    def _full_key(self) -> tuple[Hashable, float]:
        return self._key, round(self._dpi(), 1)

    def _draw(self) -> None:
        key, render, dpi = self._full_key(), self._render, self._dpi()
        if render is None or key in self._pictures:
            return
        self._work.read(self, lambda session: render(session, dpi), lambda picture: self._keep(key, picture), self._refuse,
                        key="preview")

    def _keep(self, key: tuple[Hashable, float], picture: Any) -> None:
        shown = QImage(picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_BGR888).copy()
        self._pictures[key] = shown
        while len(self._pictures) > KEPT:
            self._pictures.popitem(last=False)
        self.update()

    def _refuse(self, error: UserError) -> None:
        self.say(text.say(error))

    def _page(self) -> QRectF:
        """Where the page stands: as large as fits, at the top."""
        wide = min(self.width() - 2.0, (self.height() - 2.0) * WIDE / HIGH)
        return QRectF((self.width() - wide) / 2, 1, wide, wide * HIGH / WIDE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter, page = theme.now(), QPainter(self), self._page()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        image = self._picture()
        painter.setPen(look.color("edge"))
        painter.setBrush(Qt.GlobalColor.white if image else look.color("paper"))
        painter.drawRect(page)
        inside = page.adjusted(1, 1, -1, -1)
        if image is not None:
            painter.drawImage(inside, image)
        elif self.sentence:
            painter.setPen(look.color("quiet"))
            painter.setFont(theme.font())
            room = page.adjusted(look.px(32), 0, -look.px(32), 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.sentence)
        elif self._render is not None:
            step = page.height() / 9
            for line in range(2, 7):
                bar = inside.adjusted(page.width() / 5, line * step, -page.width() / 5, 0).toRect()
                bar.setHeight(round(step * 0.6))
                paint_skeleton(painter, bar, line)
