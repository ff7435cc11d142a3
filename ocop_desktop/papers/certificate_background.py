"""What lies under a certificate's words: picture, faint rosette and lattice, frame with corners. Drawn once per file."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, pi, sin
from typing import Any

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.utils import ImageReader

from ocop_desktop.rules.certificate_design import Design

Colour = tuple[float, float, float]

WIDTH, HEIGHT = landscape(A4)
MIDDLE = WIDTH / 2

OUTER, INNER = 19.0, 25.5  # distance of the two frame lines from the edge
RAYS = 14
SCOOP = 27.0  # radius of the inner frame's hollow corners


def draw(canvas: Any, design: Design, picture: bytes = b"") -> None:
    """Draw it on the open page or form; ``picture`` (a JPEG) fills the page."""
    main, accent = rgb(design.main), rgb(design.accent)
    if picture:
        canvas.drawImage(ImageReader(io.BytesIO(picture)), 0, 0, WIDTH, HEIGHT)
    if design.pattern:
        canvas.setStrokeColorRGB(*_pale(main, 0.08))
        _lattice(canvas)
        canvas.setStrokeColorRGB(*_pale(accent, 0.14))
        _rosette(canvas)
    canvas.setLineJoin(0)
    BORDERS[design.border](canvas, main, accent)


@lru_cache(maxsize=64)
def rgb(colour: str) -> Colour:
    """The three shares, 0-1, of "#rrggbb"."""
    red, green, blue = (int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _pale(colour: Colour, share: float) -> Colour:
    red, green, blue = (1 - share * (1 - part) for part in colour)
    return red, green, blue


def _lattice(canvas: Any) -> None:
    low, high, step = INNER + 3, HEIGHT - INNER - 3, 26.0
    path = canvas.beginPath()
    reach = high - low
    start = INNER - reach
    while start < WIDTH - INNER:
        for rising in (True, False):
            first, last = max(start, INNER + 3), min(start + reach, WIDTH - INNER - 3)
            if first < last:
                rise = first - start, last - start
                path.moveTo(first, low + rise[0] if rising else high - rise[0])
                path.lineTo(last, low + rise[1] if rising else high - rise[1])
        start += step
    canvas.setLineWidth(0.5)
    canvas.drawPath(path)


def _rosette(canvas: Any) -> None:
    """A guilloche of fourteen rays, as the star of a bronze drum, faint behind the product's name."""
    canvas.setLineWidth(0.6)
    middle = HEIGHT / 2 - 34
    for ring, (radius, swing) in enumerate(((150, 14), (128, 18), (104, 18), (80, 18), (52, 22))):
        for phase in (0, pi / 14, pi / 7, 3 * pi / 14):
            _wave(canvas, middle, radius, swing, phase + ring * pi / RAYS / 2)


def _wave(canvas: Any, middle: float, radius: float, swing: float, phase: float) -> None:
    """A closed line that swings about a circle, as cubic curves from its exact points and slopes."""
    step = 2 * pi / (6 * RAYS)

    def at(turn: float) -> tuple[float, float, float, float]:
        reach, growth = radius + swing * cos(RAYS * (turn + phase)), -swing * RAYS * sin(RAYS * (turn + phase))
        return (MIDDLE + reach * cos(turn), middle + reach * sin(turn), (growth * cos(turn) - reach * sin(turn)) * step / 3,
                (growth * sin(turn) + reach * cos(turn)) * step / 3)

    path = canvas.beginPath()
    x, y, along, up = at(0)
    path.moveTo(x, y)
    for i in range(1, 6 * RAYS + 1):
        here = at(i * step)
        path.curveTo(x + along, y + up, here[0] - here[2], here[1] - here[3], here[0], here[1])
        x, y, along, up = here
    canvas.drawPath(path)


def _lotus(canvas: Any, main: Colour, accent: Colour) -> None:
    """A strong line, a fine one with hollow corners, a lotus in each."""
    _outline(canvas, OUTER, main, 2.2)
    canvas.setStrokeColorRGB(*accent)
    _scooped(canvas, INNER, SCOOP, 0.9)
    _scooped(canvas, INNER + 4, SCOOP, 0.35)
    for across, up in ((0, 0), (1, 0), (0, 1), (1, 1)):
        _corner(canvas, across, up, main, accent)


def _key(canvas: Any, main: Colour, accent: Colour) -> None:
    """A band of squared spirals (hồi văn) between two lines."""
    _outline(canvas, OUTER, main, 1.6)
    _outline(canvas, OUTER + 21, main, 0.8)
    canvas.setStrokeColorRGB(*accent)
    canvas.setLineWidth(1.5)
    step, inset = 15.0, OUTER + 3
    for length, place in ((WIDTH, _along), (HEIGHT, _upright)):
        free = length - 2 * (inset + step)
        count = round(free / step)
        for far in (False, True):
            for i in range(count):
                _spiral(canvas, _Turned(place, far, inset + step + i * free / count, inset, free / count / step), step)
    for x, y in ((0, 0), (1, 0), (0, 1), (1, 1)):
        _square(canvas, (WIDTH - inset - step if x else inset), (HEIGHT - inset - step if y else inset), step, main)


def _along(along: float, inward: float, far: bool) -> tuple[float, float]:
    return along, HEIGHT - inward if far else inward


def _upright(along: float, inward: float, far: bool) -> tuple[float, float]:
    return (WIDTH - inward if far else inward), along


@dataclass(frozen=True)
class _Turned:
    """Points of an ornament, along one side of the page and towards its middle, as points of the page."""

    place: Callable[[float, float, bool], tuple[float, float]]
    far: bool
    along: float
    inward: float
    stretched: float

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        return self.place(self.along + x * self.stretched, self.inward + y, self.far)


def _spiral(canvas: Any, at: _Turned, step: float) -> None:
    path, part = canvas.beginPath(), step / 5
    path.moveTo(*at(0, 0))
    for x, y in ((0, 5), (4, 5), (4, 1.5), (1.7, 1.5), (1.7, 3.3), (2.6, 3.3)):
        path.lineTo(*at(x * part, y * part))
    path.moveTo(*at(0, 0))
    path.lineTo(*at(step, 0))
    canvas.drawPath(path)


def _square(canvas: Any, x: float, y: float, side: float, colour: Colour) -> None:
    canvas.setFillColorRGB(*colour)
    canvas.rect(x, y, side, side, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(x + side / 4, y + side / 4, side / 2, side / 2, stroke=0, fill=1)
    canvas.setFillColorRGB(*colour)
    canvas.rect(x + side * 0.38, y + side * 0.38, side * 0.24, side * 0.24, stroke=0, fill=1)


def _weave(canvas: Any, main: Colour, accent: Colour) -> None:
    """Waves woven into a band, as on banknotes."""
    canvas.setLineWidth(0.5)
    middle, swing = OUTER + 10, 7.5
    for length, place in ((WIDTH, _along), (HEIGHT, _upright)):
        turns = round((length - 2 * middle) / 26)
        for number in range(6):
            canvas.setStrokeColorRGB(*(accent if number % 2 else main))
            for far in (False, True):
                path, steps = canvas.beginPath(), turns * 8
                for i in range(steps + 1):
                    inward = middle + swing * sin(2 * pi * (i / 8 + number / 6))
                    point = place(middle + (length - 2 * middle) * i / steps, inward, far)
                    (path.lineTo if i else path.moveTo)(*point)
                canvas.drawPath(path)
    _outline(canvas, OUTER, main, 1.4)
    _outline(canvas, OUTER + 20, main, 0.7)
    for x, y in ((0, 0), (1, 0), (0, 1), (1, 1)):
        _square(canvas, WIDTH - OUTER - 20 if x else OUTER, HEIGHT - OUTER - 20 if y else OUTER, 20, main)


def _plain(canvas: Any, main: Colour, accent: Colour) -> None:
    """A strong line and a fine one."""
    _outline(canvas, OUTER, main, 2.2)
    _outline(canvas, OUTER + 5, accent, 0.7)


def _outline(canvas: Any, inset: float, colour: Colour, line: float) -> None:
    canvas.setStrokeColorRGB(*colour)
    canvas.setLineWidth(line)
    canvas.rect(inset, inset, WIDTH - 2 * inset, HEIGHT - 2 * inset)


def _scooped(canvas: Any, inset: float, radius: float, line: float) -> None:
    """A frame whose corners are hollowed out around a flower."""
    low, left, high, right = inset, inset, HEIGHT - inset, WIDTH - inset
    path = canvas.beginPath()
    path.arc(left - radius, low - radius, left + radius, low + radius, startAng=90, extent=-90)
    path.arcTo(right - radius, low - radius, right + radius, low + radius, startAng=180, extent=-90)
    path.arcTo(right - radius, high - radius, right + radius, high + radius, startAng=270, extent=-90)
    path.arcTo(left - radius, high - radius, left + radius, high + radius, startAng=360, extent=-90)
    path.close()
    canvas.setLineWidth(line)
    canvas.drawPath(path)


def _corner(canvas: Any, across: int, up: int, main: Colour, accent: Colour) -> None:
    """A lotus in one corner, its middle petal towards the page's middle."""
    canvas.saveState()
    canvas.translate(WIDTH - INNER if across else INNER, HEIGHT - INNER if up else INNER)
    canvas.scale(-1 if across else 1, -1 if up else 1)
    canvas.setLineWidth(0.55)
    canvas.setStrokeColorRGB(*accent)
    for angle, reach, wide in ((8, 17, 3.6), (82, 17, 3.6), (24, 20, 4.2), (66, 20, 4.2), (45, 22, 5)):
        canvas.setFillColorRGB(*(_pale(main, 0.11) if angle == 45 else _pale(accent, 0.12)))
        _petal(canvas, angle * pi / 180, reach, wide)
    canvas.setFillColorRGB(*accent)
    canvas.circle(3.6, 3.6, 2.1, stroke=0, fill=1)
    canvas.restoreState()


def _petal(canvas: Any, angle: float, reach: float, wide: float) -> None:
    tip = (2 + reach * cos(angle), 2 + reach * sin(angle))
    size = hypot(*tip)
    side = (-sin(angle) * wide, cos(angle) * wide)
    near, far = (0.25 * size * cos(angle), 0.25 * size * sin(angle)), (0.7 * size * cos(angle), 0.7 * size * sin(angle))
    path = canvas.beginPath()
    path.moveTo(2, 2)
    path.curveTo(2 + near[0] + side[0], 2 + near[1] + side[1], far[0] + side[0], far[1] + side[1], *tip)
    path.curveTo(far[0] - side[0], far[1] - side[1], 2 + near[0] - side[0], 2 + near[1] - side[1], 2, 2)
    path.close()
    canvas.drawPath(path, stroke=1, fill=1)


BORDERS: dict[str, Callable[[Any, Colour, Colour], None]] = {
    "lotus": _lotus, "key": _key, "wave": _weave, "lines": _plain, "none": lambda *_nothing: None}
