"""The list under the command field: what was found, to be taken by mouse or by the field's keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ocop_desktop.text import _
from ocop_desktop.ui import icons, theme
from ocop_desktop.ui.cells import Index
from ocop_desktop.ui.shell import Found

FoundRole = Qt.ItemDataRole.UserRole
LINE = 36


class _Line(QStyledItemDelegate):
    """One thing found: icon, words, quiet words at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, theme.now().px(LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, found = theme.now(), index.data(FoundRole)
        rect: QRect = option.rect
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            on = option.state & QStyle.StateFlag.State_Selected
            painter.fillRect(rect, look.color("main_soft" if on else "hover"))
        side = look.px(icons.SIZE)
        place = QRect(rect.left() + look.px(12), rect.center().y() - side // 2, side, side)
        painter.drawPixmap(place, icons.pixmap(found.icon, "quiet"))
        inner = rect.adjusted(look.px(44), 0, -look.px(12), 0)
        small = theme.font(9.5)
        quiet = QFontMetricsF(small).elidedText(found.quiet, Qt.TextElideMode.ElideRight, inner.width() * 0.45)
        painter.setFont(small)
        painter.setPen(look.color("quiet"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, quiet)
        font = theme.font(weight=QFont.Weight.Normal if (found.quiet and found.where) or found.action else QFont.Weight.DemiBold)
        room = inner.width() - QFontMetricsF(small).horizontalAdvance(quiet) - look.px(12)
        painter.setFont(font)
        painter.setPen(look.color("ink"))
        words = QFontMetricsF(font).elidedText(found.words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)


class Finds(QFrame):
    """What was found, under the field."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "finds")
        self.list = QListWidget()
        self.list.setProperty("kind", "finds")
        self.list.setItemDelegate(_Line(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box = QVBoxLayout(self)
        box.setContentsMargins(*(theme.now().px(4),) * 4)
        box.addWidget(self.list)
        self.hide()

    def show_found(self, found: Sequence[Found]) -> None:
        """Show what was found; nothing found says so."""
        self.list.clear()
        for one in found or (Found(_("Không tìm thấy"), icon="search", screen=""),):
            item = QListWidgetItem(one.words)
            item.setData(FoundRole, one)
            if not found:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
        self.list.setCurrentRow(0 if found else -1)

    def current(self) -> Found | None:
        """What is marked."""
        item = self.list.currentItem()
        return item.data(FoundRole) if item is not None and item.flags() & Qt.ItemFlag.ItemIsEnabled else None

    def height_of(self, lines: int) -> int:
        """Pixels it wants for what it shows, ``lines`` at most."""
        px = theme.now().px
        return max(1, min(self.list.count(), lines)) * px(LINE) + px(12)

    def step(self, step: int) -> None:
        """Mark the next or the one before."""
        self.list.setCurrentRow((self.list.currentRow() + step) % max(self.list.count(), 1))
