"""The command field of the top line (Ctrl+K): screens, commands, and what the screens know how to find."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QFocusEvent, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ocop_desktop.rules.names import fold
from ocop_desktop.text import _
from ocop_desktop.ui import icons, theme
from ocop_desktop.ui.cells import Index
from ocop_desktop.ui.screens import SCREENS
from ocop_desktop.ui.shell import Found, Shell

FoundRole = Qt.ItemDataRole.UserRole
PAUSE = 80  # milliseconds of rest before the screens are asked
NARROW, WIDE, LINE, AT_ONCE = 120, 250, 36, 12


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
        font = theme.font(weight=QFont.Weight.Normal if found.quiet or found.action else QFont.Weight.DemiBold)
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

    def step(self, step: int) -> None:
        """Mark the next or the one before."""
        self.list.setCurrentRow((self.list.currentRow() + step) % max(self.list.count(), 1))


class CommandField(QLineEdit):
    """The field itself: typing finds, arrows mark, Enter goes there, Esc gives the page its focus back."""

    def __init__(self, shell: Shell, window: QWidget) -> None:
        super().__init__()
        self.setProperty("kind", "search")
        self._shell, self._window = shell, window
        self._before: QWidget | None = None
        self._screens: list[Found] = []
        self._further: dict[int, list[Found]] = {}
        self.setAccessibleName(_("Tìm hồ sơ, chủ thể, lệnh"))
        self.setMinimumWidth(theme.now().px(NARROW))
        self.setMaximumWidth(theme.now().px(WIDE))
        self.setClearButtonEnabled(False)
        self.finds = Finds(window)
        self.finds.list.itemClicked.connect(self._take)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(self._typed)

    def open(self) -> None:
        """Take the focus and offer what there is."""
        self._before = self._window.focusWidget() if not self.hasFocus() else self._before
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._typed(self.text())

    def close_finds(self) -> None:
        """Hide what was found and forget what was typed."""
        self._pause.stop()
        self.finds.hide()
        self.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        whole = _("Tìm hồ sơ, chủ thể, lệnh…  Ctrl+K")
        fits = self.fontMetrics().horizontalAdvance(whole) <= self.width() - theme.now().px(24)
        self.setPlaceholderText(whole if fits else _("Tìm  Ctrl+K"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Down:
            self.finds.step(1)
        elif key == Qt.Key.Key_Up:
            self.finds.step(-1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key == Qt.Key.Key_Escape:
            self._give_back()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self.finds.isVisible():
            self._typed(self.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.close_finds()

    def _give_back(self) -> None:
        before, self._before = self._before, None
        self.close_finds()
        if before is not None and isValid(before):
            before.setFocus()
        else:
            self.clearFocus()

    @Slot(str)
    def _typed(self, words: str) -> None:
        wanted = fold(words)
        self._screens = [found for found in self._offers() if wanted in fold(found.words)]
        self._further = {}
        self._show()
        self._pause.start(PAUSE)

    def _offers(self) -> list[Found]:
        screens = [Found(_(s.title), icon=s.icon, screen=s.key) for s in SCREENS]
        return screens + self._shell.commands()

    @Slot()
    def _ask(self) -> None:
        words = self.text().strip()
        if not words:
            return
        for place, search in enumerate(self._shell.searches):
            search(words, partial(self._arrived, words, place))

    def _arrived(self, words: str, place: int, found: Sequence[Found]) -> None:
        if words == self.text().strip() and self.finds.isVisible():
            self._further[place] = list(found)
            self._show()

    def _show(self) -> None:
        further = [one for place in sorted(self._further) for one in self._further[place]]
        found = (self._screens + further) if self.text() else self._screens
        self.finds.show_found(found)
        px = theme.now().px
        wide = min(max(self.width(), px(460)), self._window.width() - px(24))
        left = max(self.mapTo(self._window, QPoint(self.width(), 0)).x() - wide, px(12))
        top = self.mapTo(self._window, QPoint(0, self.height())).y() + px(4)
        high = max(1, min(self.finds.list.count(), AT_ONCE)) * px(LINE) + px(12)
        self.finds.setGeometry(left, top, wide, min(high, self._window.height() - top - px(8)))
        self.finds.show()
        self.finds.raise_()

    @Slot()
    def _take(self) -> None:
        found = self.finds.current()
        if found is None:
            return
        self._give_back()
        if found.action is not None:
            found.action()
        else:
            self._shell.go(found.screen, **found.where)
