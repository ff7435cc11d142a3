"""The hall screen: one dossier at a time for a projector, in large letters, driven by keys. No score before closing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QCloseEvent, QColor, QFont, QGuiApplication, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from ocop_desktop import text
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.painted import paint_stars

if TYPE_CHECKING:
    from ocop_desktop.actions.hall import HallDossier
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

STEPS = {
    Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageDown: 1, Qt.Key.Key_Space: 1, Qt.Key.Key_Return: 1,
    Qt.Key.Key_Enter: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Backspace: -1,
}
WRAP = Qt.TextFlag.TextWordWrap
LEFT, RIGHT, TOP, MIDDLE = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignTop,
                            Qt.AlignmentFlag.AlignVCenter)
# shares of the window's height
MARGIN, HEAD, NAME, SECOND, BODY, BIG, HINT = 0.06, 0.032, 0.092, 0.042, 0.034, 0.062, 0.022


class HallScreen(QWidget):
    """A window of its own, full screen, on the second display where there is one. It follows the dossier the clerk opens.

    Args:
        session_id: the session on show.
    """

    def __init__(self, work: Work, shell: Shell, session_id: int) -> None:
        super().__init__()
        self._work, self._shell, self.session_id = work, shell, session_id
        self.shown: HallDossier | None = None
        self._photo: QPixmap | None = None
        self.setWindowTitle(_("Màn hình hội trường"))
        self.setProperty("public", True)  # it may stay on its own display while the laptop changes hands
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(QSize(640, 400))
        self.setCursor(Qt.CursorShape.BlankCursor)
        work.changed.connect(self._again)
        work.quietly_changed.connect(self._again)
        shell.went.connect(self._follow)
        self.read(None)

    def open_on(self, beside: QWidget) -> None:
        """Fill the display the main window is not on; its own where there is only one."""
        own = beside.screen()
        free = [screen for screen in QGuiApplication.screens() if screen is not own]
        self.setGeometry((free[0] if free else own).geometry())
        self.showFullScreen()
        self.activateWindow()

    # -- what is on show ----------------------------------------------------------------------------------------------

    def read(self, item_id: int | None) -> None:
        """Show a dossier of the session; the first one still open for None."""
        session_id = self.session_id

        def look(session: Any) -> HallDossier | None:
            from ocop_desktop.actions import hall

            return hall.dossier(session, session_id, item_id)

        self._work.read(self, look, self._show, key="hall")

    def _show(self, found: HallDossier | None) -> None:
        self.shown, self._photo = found, None
        if found is not None and found.photo:
            picture = QPixmap()
            self._photo = picture if picture.loadFromData(found.photo) else None
        self.setAccessibleName(" ".join(self.words()))
        self.update()

    def _again(self) -> None:
        self.read(self.shown.item_id if self.shown else None)

    def _follow(self, _screen: str, where: dict[str, Any]) -> None:
        item_id = where.get("item_id")
        if self._shell.may_see("sessions") and self.shown is not None and item_id in self.shown.item_ids:
            self.read(item_id)

    def step(self, by: int) -> None:
        """Show the next dossier (1) or the one before (-1)."""
        if self.shown is not None:
            place = min(max(self.shown.place - 1 + by, 0), self.shown.of - 1)
            self.read(self.shown.item_ids[place])

    def words(self) -> tuple[str, ...]:
        """Everything that can be read, from the top."""
        one = self.shown
        if one is None:
            return (_("Phiên này chưa có hồ sơ."),)
        under = " · ".join(part for part in (one.producer, one.commune) if part)
        kind = one.set_name.said(text.language()) if one.set_name else ""
        place = _("Hồ sơ {place}/{count}", place=one.place, count=one.of)
        return (one.session, place, one.product, under, kind, *self._outcome(one))

    def _outcome(self, one: HallDossier) -> tuple[str, ...]:
        if one.removed:
            return (_("Đã rút khỏi phiên"),)
        if not one.closed:
            handed = _("{done}/{needed} phiếu đã hoàn tất", done=one.done, needed=one.needed)
            return (handed, _("Đủ phiếu, đang kết luận") if one.needed and one.done == one.needed else _("Hội đồng đang chấm"))
        if one.excluded:
            return (_("Không xếp hạng"), _("Hồ sơ bị loại"))
        mean = text.points(one.mean, one.digits) if one.mean is not None else ""
        return (_("{count} sao", count=one.stars or 0), _("{points} điểm", points=mean))

    # -- keys ---------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Escape, Qt.Key.Key_F11):
            self.close()
        elif key in STEPS:
            self.step(STEPS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.shown is not None:
            self.read(self.shown.item_ids[0 if key == Qt.Key.Key_Home else -1])
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._shell.went.disconnect(self._follow)
        self._work.changed.disconnect(self._again)
        self._work.quietly_changed.disconnect(self._again)
        super().closeEvent(event)

    # -- painting -----------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), self._color("paper"))
        high = self.height()
        page = QRectF(self.rect()).adjusted(high * MARGIN, high * MARGIN, -high * MARGIN, -high * MARGIN)
        if self.shown is None:
            self._write(painter, page, self.words()[0], SECOND, "quiet", align=Qt.AlignmentFlag.AlignCenter)
            return
        self._paint_head(painter, page)
        left = self._paint_photo(painter, page)
        self._paint_names(painter, left)
        self._paint_outcome(painter, left, self.shown)
        self._write(painter, page, _("← → chuyển hồ sơ · Esc đóng"), HINT, "quiet", align=RIGHT | Qt.AlignmentFlag.AlignBottom)

    def _paint_head(self, painter: QPainter, page: QRectF) -> None:
        session, place = self.words()[:2]
        high = self.height()
        self._write(painter, page, place, HEAD, "quiet", QFont.Weight.DemiBold, align=RIGHT | TOP)
        room = page.adjusted(0, 0, -high * 0.35, 0)
        self._write(painter, room, session, HEAD, "main", QFont.Weight.DemiBold, lines=1)
        painter.fillRect(QRectF(page.left(), page.top() + high * 0.06, page.width(), max(1.0, high * 0.002)), self._color("line"))

    def _paint_photo(self, painter: QPainter, page: QRectF) -> QRectF:
        """Paint the photo at the right, where there is one; the room that is left."""
        high = self.height()
        room = page.adjusted(0, high * 0.1, 0, -high * 0.05)
        if self._photo is None:
            return room
        wide = page.width() * 0.34
        frame = QRectF(room.right() - wide, room.top(), wide, room.height())
        size = self._photo.size().scaled(frame.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(frame.right() - size.width(), frame.top(), size.width(), size.height())
        path = QPainterPath()
        path.addRoundedRect(place, high * 0.015, high * 0.015)
        painter.save()
        painter.setClipPath(path)
        painter.drawPixmap(place, self._photo, QRectF(self._photo.rect()))
        painter.restore()
        return room.adjusted(0, 0, -wide - high * 0.04, 0)

    def _paint_names(self, painter: QPainter, room: QRectF) -> None:
        product, under, kind = self.words()[2:5]
        gap = self.height() * 0.02
        top = self._write(painter, room, product, NAME, "ink", QFont.Weight.Bold, lines=3)
        top = self._write(painter, room.adjusted(0, top - room.top() + gap, 0, 0), under, SECOND, "ink", lines=2)
        self._write(painter, room.adjusted(0, top - room.top() + gap, 0, 0), kind, BODY, "quiet", lines=2)

    def _paint_outcome(self, painter: QPainter, room: QRectF, one: HallDossier) -> None:
        high = self.height()
        said = self._outcome(one)
        lower = QRectF(room.left(), room.bottom() - high * 0.27, room.width(), high * 0.27)
        if one.closed and not one.excluded:
            side = high * 0.115
            paint_stars(painter, lower.left(), lower.top() + side / 2, one.stars or 0, side, of=5)
            self._write(painter, lower.adjusted(0, side * 1.3, 0, 0), " · ".join(said), BIG, "ink", QFont.Weight.Bold, lines=1)
            return
        tone = "bad" if one.closed else "ink"
        if not one.closed and not one.removed:
            self._paint_ballots(painter, lower, one)
        top = self._write(painter, lower.adjusted(0, high * 0.075, 0, 0), said[0], BIG, tone, QFont.Weight.Bold, lines=1)
        if len(said) > 1:
            under = QRectF(lower.left(), top + high * 0.01, lower.width(), high * 0.1)
            self._write(painter, under, said[1], SECOND, "quiet", lines=1)

    def _paint_ballots(self, painter: QPainter, room: QRectF, one: HallDossier) -> None:
        """A dot a ballot, full ones first: how many are in, never whose."""
        side = min(self.height() * 0.045, room.width() / max(one.needed * 1.4, 1))
        painter.save()
        for place in range(one.needed):
            painter.setPen(self._color("main"))
            painter.setBrush(self._color("main" if place < one.done else "paper"))
            painter.drawEllipse(QRectF(room.left() + 1 + place * side * 1.4, room.top() + 1, side, side))
        painter.restore()

    def _color(self, name: str) -> QColor:
        """Of the dark look, whatever the window's: a white wall blinds a darkened hall."""
        return theme.DARK.color(name)

    def _write(self, painter: QPainter, room: QRectF, words: str, share: float, tone: str,
               weight: QFont.Weight = QFont.Weight.Normal, lines: int = 0,
               align: Qt.AlignmentFlag = LEFT | TOP) -> float:
        """Write words in letters of a share of the height, smaller where they need more than ``lines`` lines; the lower end."""
        if not words:
            return room.top()
        font = QFont(theme.FAMILY)
        font.setWeight(weight)
        size = self.height() * share
        while True:
            font.setPixelSize(max(8, round(size)))
            painter.setFont(font)
            found = painter.boundingRect(room, int(align) | WRAP, words)
            one = painter.fontMetrics().height()
            fits = found.height() <= one * lines * 1.05 and found.width() <= room.width()
            if fits or not lines or size <= self.height() * HINT:
                break
            size *= 0.93
        painter.setPen(self._color(tone))
        painter.drawText(room, int(align) | WRAP, words)
        return found.bottom()
