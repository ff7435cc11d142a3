"""A drop-down whose words end in an ellipsis where they do not fit; the style would cut them off."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from ocop_desktop.ui import theme
from ocop_desktop.ui.parts import tip

LEFT, RIGHT = 11, 28  # pixels at 100 %: before the words; the arrow after them


class ElidedBox(QComboBox):
    """As QComboBox, painted with an ellipsis; the tooltip says it whole."""

    def __init__(self) -> None:
        super().__init__()
        self.currentTextChanged.connect(lambda words: self.setToolTip(tip(words)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter, option = theme.now(), QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        rect = self.rect().adjusted(look.px(LEFT), 0, -look.px(RIGHT), 0)
        words = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, rect.width())
        painter.setPen(look.color("ink" if self.isEnabled() else "quiet"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
