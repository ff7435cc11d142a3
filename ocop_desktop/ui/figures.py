"""Figures of one width, so that numbers and dates stand in columns: the window's font has none of its own.

A group of figures (days, cents ...) always takes as many cells as it has figures, so what divides groups stands under each other.
"""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

RUNS = re.compile(r"[0-9]+|[^0-9]")


@lru_cache(maxsize=4096)
def _placed(words: str, key: str) -> tuple[tuple[tuple[float, str], ...], float]:
    metrics = _metrics(key)
    cell = max(metrics.horizontalAdvance(d) for d in "0123456789")
    placed, x, runs = [], 0.0, RUNS.findall(words)
    for number, run in enumerate(runs):
        if not run[0].isascii() or not run[0].isdigit():
            placed.append((x, run))
            x += metrics.horizontalAdvance(run)
            continue
        rooms = [_room(metrics.horizontalAdvance(digit), cell) for digit in run]
        whole = cell * len(run)
        at = x + (whole - sum(rooms)) * _before(number, len(runs))
        for digit, room in zip(run, rooms, strict=True):
            placed.append((at + (room - metrics.horizontalAdvance(digit)) / 2, digit))
            at += room
        x += whole
    return tuple(placed), x


def _room(advance: float, cell: float) -> float:
    """What a figure takes among figures: a 1, half as wide as the others, not the whole cell - "1 1" would look like a gap."""
    return cell if advance > cell * 0.7 else (advance + cell) / 2


def _before(number: int, runs: int) -> float:
    """The share of what its 1s leave over that stands before a group of figures: outside, where it is not seen."""
    return 1.0 if number == 0 else 0.0 if number == runs - 1 else 0.5


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
