"""Words of table cells: measured and laid out once, then drawn from what is kept. Qt would lay them out at every painting."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from itertools import accumulate

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QPainter, QStaticText, QTransform

RIGHT, CENTER = Qt.AlignmentFlag.AlignRight.value, Qt.AlignmentFlag.AlignHCenter.value
KEPT = 4096
MORE = "…"


class Lettering:
    """One font of cells, with the widths of its letters and the words laid out lately."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self._metrics, self._exact = QFontMetrics(font), QFontMetricsF(font)
        self._high = self._exact.height()
        self._wide: dict[str, float] = {}
        self._laid: dict[tuple[str, int], tuple[QStaticText, float]] = {}

    def draw(self, painter: QPainter, rect: QRect, words: str, align: int = 0) -> None:
        """Draw ``words`` on one line in ``rect``, vertically centred, with an ellipsis where they do not fit.

        Args:
            align: value of a Qt.AlignmentFlag; left without one.
        """
        key = (words, rect.width())
        laid = self._laid.get(key)
        if laid is None:
            laid = self._lay(words, rect.width())
            if len(self._laid) >= KEPT:
                self._laid.clear()
            self._laid[key] = laid
        static, wide = laid
        left = float(rect.left())
        if align & RIGHT:
            left += rect.width() - wide
        elif align & CENTER:
            left += (rect.width() - wide) / 2
        painter.setFont(self.font)
        painter.drawStaticText(QPointF(left, rect.top() + (rect.height() - self._high) / 2), static)

    def fitted(self, words: str, width: int) -> str:
        """``words``, shortened with an ellipsis where they are wider than ``width`` pixels."""
        ends = list(accumulate(self._width(letter) for letter in words))
        if not ends or ends[-1] <= width:
            return words
        if any(map(unicodedata.combining, words)) or not words.isprintable():  # marks of their own must not lose their letter
            return self._metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
        return words[:bisect_right(ends, width - self._width(MORE))] + MORE

    def _lay(self, words: str, width: int) -> tuple[QStaticText, float]:
        static = QStaticText(self.fitted(words.replace("\n", " "), width))
        static.setTextFormat(Qt.TextFormat.PlainText)
        static.prepare(QTransform(), self.font)
        return static, static.size().width()

    def _width(self, letter: str) -> float:
        found = self._wide.get(letter)
        if found is None:
            found = self._wide[letter] = self._exact.horizontalAdvance(letter)
        return found
