"""Small parts of the scoring page: words that give way, the line of keys, the strip that says what state a ballot is in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QWidget

from ocop_desktop.ui import icons, theme
from ocop_desktop.ui.parts import tip
from ocop_desktop.ui.widgets import button, clear, label, restyle, row


class Elided(QLabel):
    """One line of words that ends in … where the room ends; the whole is read aloud.

    Args:
        fill: take all the room there is, or only what the words need.
    """

    def __init__(self, kind: str, fill: bool = True) -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored if fill else QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.now().px(40), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)

    def event(self, event: QEvent) -> bool:
        """The tooltip says the words whole where they do not fit."""
        if event.type() == QEvent.Type.ToolTip:
            fits = self.fontMetrics().horizontalAdvance(self.text()) <= self.width()
            self.setToolTip("" if fits else tip(self.text()))
        return super().event(event)


class KeyHints(QWidget):
    """What the keys do, in quiet lines that wrap: ("Enter", "tiếp"), ("↑ ↓", "tiêu chí") ... A switch ends the last line.

    Args:
        switch: takes no room while it is hidden, or where there is none.
    """

    def __init__(self, switch: QWidget | None, *hints: tuple[str, str]) -> None:
        super().__init__()
        self._hints = self._all = hints
        self._switch = switch
        if switch is not None:
            switch.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.say()

    def say(self, **words: str) -> None:
        """Say what these keys do on this sheet, of a key with empty words nothing; the others keep theirs."""
        self._hints = tuple((keys, words.get(keys, told)) for keys, told in self._all if words.get(keys, told))
        self.setAccessibleName(", ".join(f"{keys}: {told}" for keys, told in self._hints))
        self._arrange()

    def _arrange(self) -> None:
        _places, high = self._places(self.width())
        wide, tall = self._switch_size()
        if self._switch is not None:
            self._switch.setGeometry(self.width() - wide, high - tall, wide, tall)
        self.setMinimumHeight(high)  # in a column the layout would else let it be cut
        self.updateGeometry()
        self.update()

    def _switch_size(self) -> tuple[int, int]:
        if self._switch is None or self._switch.isHidden():
            return 0, 0
        hint = self._switch.sizeHint()
        return hint.width(), hint.height()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._places(width)[1]

    def sizeHint(self) -> QSize:
        return QSize(theme.now().px(400), self.heightForWidth(max(self.width(), theme.now().px(400))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _places(self, width: int) -> tuple[list[tuple[QPoint, str, str]], int]:
        look, metrics = theme.now(), QFontMetrics(theme.font(theme.SMALL))
        high, left, top = look.px(22), 0, 0
        places = []
        for keys, words in self._hints:
            wide = self._keys_width(keys, metrics) + metrics.horizontalAdvance(words) + look.px(20)
            if left and left + wide - look.px(16) > width:
                left, top = 0, top + high
            places.append((QPoint(left, top), keys, words))
            left += wide
        wide, tall = self._switch_size()
        if left and wide and left + wide > width:
            return places, top + high + look.px(4) + tall
        for place, _keys, _words in places:
            if place.y() == top:  # the last line stands level with the switch
                place.setY(top + max(tall - high, 0) // 2)
        return places, top + max(high if left else 0, tall)

    def _keys_width(self, keys: str, metrics: QFontMetrics) -> int:
        return sum(metrics.horizontalAdvance(cap) + theme.now().px(14) for cap in keys.split())

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme.now(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(theme.SMALL))
        metrics = painter.fontMetrics()
        for place, keys, words in self._places(self.width())[0]:
            left, top = place.x(), place.y()
            for cap in keys.split():
                box = QRect(left, top + look.px(2), metrics.horizontalAdvance(cap) + look.px(10), look.px(18))
                painter.setPen(QPen(look.color("edge"), 1))
                painter.setBrush(look.color("paper"))
                painter.drawRoundedRect(box, look.px(4), look.px(4))
                painter.setPen(look.color("ink"))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, cap)
                left += box.width() + look.px(4)
            painter.setPen(look.color("quiet"))
            rest = QRect(left, top, metrics.horizontalAdvance(words) + look.px(8), look.px(22))
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, words)


class Strip(QFrame):
    """One sentence about the ballot, with what can be done, under its head."""

    def __init__(self) -> None:
        super().__init__()
        self._picture, self.sentence, self.short = QLabel(), label("", wrap=True), Elided("")
        self.short.hide()
        self._actions = row(space=8)
        inside = row(self._picture, space=10)
        inside.addWidget(self.sentence, 1)
        inside.addWidget(self.short, 1)
        inside.addLayout(self._actions)
        px = theme.now().px
        inside.setContentsMargins(px(12), px(6), px(8), px(6))
        self.setLayout(inside)
        self.hide()

    def keep_low(self, low: bool) -> None:
        """One line that ends in … where the window is low, else as many as the words need."""
        self.short.setVisible(low)
        self.sentence.setVisible(not low)

    def say(self, tone: str, icon: str, words: str, *actions: tuple[str, Callable[[], object]]) -> tuple[QPushButton, ...]:
        """Show a sentence; tone: info, ok, warn, bad. Gives its buttons."""
        restyle(self, kind=f"note-{tone}")
        icons.put(self._picture, icon, "main" if tone == "ok" else tone)
        for part in (self.sentence, self.short):
            part.setText(words)
        clear(self._actions)
        made = tuple(button(name, slot, small=True) for name, slot in actions)
        for one in made:
            self._actions.addWidget(one)
        self.show()
        return made
