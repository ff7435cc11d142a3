"""The certificate page under the mouse: the real page, as printed, with a frame around each field to move and size."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ocop_desktop.rules.certificate_design import HEIGHT, WIDTH, Design, Field
from ocop_desktop.rules.certificate_snapping import caught, inside
from ocop_desktop.text import _
from ocop_desktop.ui import theme

REACH = 6  # pixels within which a box catches
HANDLE = 9  # pixels, side of a handle
STEP, FINE = 10, 1  # tenths of a millimetre an arrow key moves
HANDLES = ("lt", "t", "rt", "l", "r", "lb", "b", "rb")
LINE = QColor("#1f5fa8")  # on white paper in every theme
CATCH = QColor("#c2185b")
CURSORS = {"lt": Qt.CursorShape.SizeFDiagCursor, "rb": Qt.CursorShape.SizeFDiagCursor, "rt": Qt.CursorShape.SizeBDiagCursor,
           "lb": Qt.CursorShape.SizeBDiagCursor, "l": Qt.CursorShape.SizeHorCursor, "r": Qt.CursorShape.SizeHorCursor,
           "t": Qt.CursorShape.SizeVerCursor, "b": Qt.CursorShape.SizeVerCursor}
ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class DesignCanvas(QWidget):
    """Shows a layout's page and moves its fields by mouse and keys; what is changed is announced, not kept."""

    chosen = Signal(str)  # key of a field, or nothing
    moved = Signal(object, str)  # the field as it is now, the stroke it belongs to
    rested = Signal()  # the mouse was let go
    hidden = Signal(str)  # the field is to be hidden
    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._design = Design()
        self.current = ""
        self._image: QImage | None = None
        self._grip: tuple[Field, QPointF, str] | None = None  # the field when it was taken, where, by which edges
        self._caught: tuple[int | None, int | None] = (None, None)
        self.names: dict[str, str] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(_("Trang giấy chứng nhận"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)

    # -- what is shown ------------------------------------------------------------------------------------------------

    def show_design(self, design: Design) -> None:
        """Frame the fields of a layout."""
        self._design = design
        self.update()

    def show_picture(self, picture: Any) -> None:
        """Show a drawn page under the frames."""
        self._image = QImage(picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_BGR888).copy()
        self.update()

    def choose(self, key: str) -> None:
        """Choose a field, or none."""
        if key == self.current:
            return
        self.current = key
        self.setAccessibleDescription(self.names.get(key, ""))
        self.chosen.emit(key)
        self.update()

    def dpi(self) -> float:
        """Dots an inch the page is shown with."""
        return max(40.0, self._page().width() * self.devicePixelRatioF() / (WIDTH / 254))

    def sizeHint(self) -> QSize:
        wide = theme.now().px(560)
        return QSize(wide, round(wide * HEIGHT / WIDTH))

    def minimumSizeHint(self) -> QSize:
        wide = theme.now().px(300)
        return QSize(wide, round(wide * HEIGHT / WIDTH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setMaximumHeight(round((self.width() - 8) * HEIGHT / WIDTH) + 9)
        self.resized.emit()

    def _page(self) -> QRectF:
        wide = min(self.width() - 8.0, (self.height() - 8.0) * WIDTH / HEIGHT)
        high = wide * HEIGHT / WIDTH
        return QRectF((self.width() - wide) / 2, 4, wide, high)

    def _scale(self) -> float:
        """Pixels a tenth of a millimetre."""
        return self._page().width() / WIDTH

    def frame_of(self, field: Field) -> QRectF:
        """Where a field's frame stands in the widget."""
        page, scale = self._page(), self._scale()
        return QRectF(page.left() + field.x * scale, page.top() + field.y * scale, field.width * scale, field.height * scale)

    def _field(self) -> Field | None:
        return next((field for field in self._design.fields if field.key == self.current and field.shown), None)

    # -- painting -----------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, page = QPainter(self), self._page()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(theme.now().color("edge"))
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawRect(page)
        if self._image is not None:
            painter.drawImage(page.adjusted(1, 1, -1, -1), self._image)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        faint = QColor(LINE)
        faint.setAlpha(80)
        painter.setPen(QPen(faint, 1, Qt.PenStyle.DotLine))
        for field in self._design.fields:
            if field.shown and field.key != self.current:
                painter.drawRect(self.frame_of(field))
        self._paint_caught(painter, page)
        current = self._field()
        if current is not None:
            self._paint_current(painter, current)

    def _paint_caught(self, painter: QPainter, page: QRectF) -> None:
        upright, across = self._caught
        painter.setPen(QPen(CATCH, 1, Qt.PenStyle.DashLine))
        if upright is not None:
            x = page.left() + upright * self._scale()
            painter.drawLine(QPointF(x, page.top()), QPointF(x, page.bottom()))
        if across is not None:
            y = page.top() + across * self._scale()
            painter.drawLine(QPointF(page.left(), y), QPointF(page.right(), y))

    def _paint_current(self, painter: QPainter, field: Field) -> None:
        frame = self.frame_of(field)
        tint = QColor(LINE)
        tint.setAlpha(24)
        painter.fillRect(frame, tint)
        painter.setPen(QPen(LINE, 2 if self.hasFocus() else 1.2))
        painter.drawRect(frame)
        painter.setPen(QPen(LINE, 1))
        painter.setBrush(Qt.GlobalColor.white)
        for spot in self._handles(frame).values():
            painter.drawRect(spot)

    def _handles(self, frame: QRectF) -> dict[str, QRectF]:
        side = theme.now().px(HANDLE)
        across = {"l": frame.left(), "r": frame.right(), "": frame.center().x()}
        down = {"t": frame.top(), "b": frame.bottom(), "": frame.center().y()}
        spots = {}
        for name in HANDLES:
            x = across[next((c for c in name if c in "lr"), "")]
            y = down[next((c for c in name if c in "tb"), "")]
            spots[name] = QRectF(x - side / 2, y - side / 2, side, side)
        return spots

    # -- mouse --------------------------------------------------------------------------------------------------------

    def _handle_at(self, point: QPointF) -> str:
        field = self._field()
        if field is None:
            return ""
        return next((name for name, spot in self._handles(self.frame_of(field)).items()
                     if spot.adjusted(-2, -2, 2, 2).contains(point)), "")

    def _at(self, point: QPointF) -> Field | None:
        """The field under a point: the chosen one, else the smallest."""
        under = [field for field in self._design.fields if field.shown and self.frame_of(field).contains(point)]
        return next((field for field in under if field.key == self.current),
                    min(under, key=lambda field: field.width * field.height, default=None))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point, handle = event.position(), self._handle_at(event.position())
        field: Field | None = self._field()
        if not handle:
            field = self._at(point)
            self.choose(field.key if field else "")
        if field is not None:
            self._grip = (field, point, handle)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        if self._grip is None:
            handle = self._handle_at(point)
            self.setCursor(CURSORS[handle] if handle else Qt.CursorShape.SizeAllCursor if self._at(point)
                           else Qt.CursorShape.ArrowCursor)
            return
        field, start, edges = self._grip
        across, down = ((point.x() - start.x()) / self._scale(), (point.y() - start.y()) / self._scale())
        drawn = _dragged(field, int(across), int(down), edges)
        reach = 0 if event.modifiers() & Qt.KeyboardModifier.AltModifier else int(theme.now().px(REACH) / self._scale())
        found = caught(drawn, self._design.fields, reach, edges)
        self._caught = (found.upright, found.across)
        self.moved.emit(found.field, f"drag {field.key}")

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._grip, self._caught = None, (None, None)
        self.rested.emit()
        self.update()

    # -- keys ---------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        field, arrow = self._field(), ARROWS.get(Qt.Key(event.key()))
        if field is not None and arrow is not None:
            self._nudge(field, arrow, event.modifiers())
        elif field is not None and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.hidden.emit(field.key)
        elif field is not None and event.key() == Qt.Key.Key_Escape:
            self.choose("")
        else:
            super().keyPressEvent(event)

    def _nudge(self, field: Field, arrow: tuple[int, int], held: Qt.KeyboardModifier) -> None:
        step = FINE if held & Qt.KeyboardModifier.ShiftModifier else STEP
        right, down = arrow[0] * step, arrow[1] * step
        if held & Qt.KeyboardModifier.ControlModifier:
            changed = replace(field, width=field.width + right, height=field.height + down)
        else:
            changed = replace(field, x=field.x + right, y=field.y + down)
        self.moved.emit(inside(changed), f"keys {field.key}")

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from field to field, and on to the next part of the window after the last one."""
        shown = [field.key for field in self._design.fields if field.shown]
        place = shown.index(self.current) if self.current in shown else -1 if forward else len(shown)
        place += 1 if forward else -1
        if 0 <= place < len(shown):
            self.choose(shown[place])
            return True
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()


def _dragged(field: Field, across: int, down: int, edges: str) -> Field:
    """A field moved, or sized by its edges, which stay a millimetre apart."""
    if not edges:
        return replace(field, x=field.x + across, y=field.y + down)
    left = max(0, min(field.x + across, field.x + field.width - 30)) if "l" in edges else field.x
    top = max(0, min(field.y + down, field.y + field.height - 30)) if "t" in edges else field.y
    right = min(WIDTH, max(field.x + field.width + across, field.x + 30)) if "r" in edges else field.x + field.width
    bottom = min(HEIGHT, max(field.y + field.height + down, field.y + 30)) if "b" in edges else field.y + field.height
    return replace(field, x=left, y=top, width=right - left, height=bottom - top)
