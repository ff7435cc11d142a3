"""Figures of one width, so that numbers and dates stand in columns: the window's font has none of its own."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter


@lru_cache(maxsize=4096)
def _placed(words: str, key: str) -> tuple[tuple[tuple[float, str], ...], float]:
    metrics = _metrics(key)
    cell = max(metrics.horizontalAdvance(d) for d in "0123456789")
    placed, x = [], 0.0
    for sign in words:
        wide = metrics.horizontalAdvance(sign)
        room = cell if sign.isascii() and sign.isdigit() else wide
        placed.append((x + (room - wide) / 2, sign))
        x += room
    return tuple(placed), x


@lru_cache(maxsize=32)
def _metrics(key: str) -> QFontMetricsF:
    font = QFont()
    font.fromString(key)
    return QFontMetricsF(font)


def width(words: str, font: QFont) -> float:
    """Pixels ``words`` take when drawn by ``draw``."""
    return _placed(words, font.toString())[1]


def draw(painter: QPainter, rect: QRect, words: str, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignRight) -> None:
    """Draw ``words`` in ``rect``, vertically centred, every figure as wide as the widest."""
    key = painter.font().toString()
    placed, total = _placed(words, key)
    metrics = _metrics(key)
    if align & Qt.AlignmentFlag.AlignRight:
        left = rect.right() + 1 - total
    elif align & Qt.AlignmentFlag.AlignHCenter:
        left = rect.left() + (rect.width() - total) / 2
    else:
        left = float(rect.left())
    base = rect.top() + (rect.height() + metrics.ascent() - metrics.descent()) / 2
    for x, sign in placed:
        painter.drawText(QPointF(left + x, base), sign)
