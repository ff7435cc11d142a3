"""Rank stars as paths: hardly any font has a star with an outline."""

from __future__ import annotations

from math import cos, pi, sin
from typing import Any

FILL = (0xF2 / 255, 0xB6 / 255, 0x32 / 255)
OUTLINE = (0xB9 / 255, 0x7A / 255, 0x00 / 255)
INNER = 0.42  # inner radius over outer: a little fuller than the pentagram's 0.38


def draw(canvas: Any, count: int, x: float, y: float, radius: float, step: float) -> None:
    """Draw ``count`` stars in a row around ``x``; ``y`` is their centre, ``step`` the distance of centres; points."""
    canvas.saveState()
    canvas.setFillColorRGB(*FILL)
    canvas.setStrokeColorRGB(*OUTLINE)
    canvas.setLineWidth(radius / 20)
    canvas.setLineJoin(1)
    for i in range(count):
        middle = x + (i - (count - 1) / 2) * step
        path = canvas.beginPath()
        for corner in range(10):
            reach = radius * (INNER if corner % 2 else 1)
            angle = pi / 2 + corner * pi / 5
            point = (middle + reach * cos(angle), y + reach * sin(angle))
            (path.lineTo if corner else path.moveTo)(*point)
        path.close()
        canvas.drawPath(path, stroke=1, fill=1)
    canvas.restoreState()
