"""What every certificate shares: frame, corners, faint rosette and lattice, national name and title. Drawn once per file."""

from __future__ import annotations

from math import cos, hypot, pi, sin
from typing import Any

from reportlab.lib.pagesizes import A4, landscape

from ocop_desktop.papers import typeset
from ocop_desktop.papers.fonts import BOLD, SERIF
from ocop_desktop.papers.typeset import Run

WIDTH, HEIGHT = landscape(A4)
MIDDLE = WIDTH / 2

INK = (0x1D / 255, 0x24 / 255, 0x20 / 255)
QUIET = (0x45 / 255, 0x50 / 255, 0x4A / 255)
GREEN = (0x1B / 255, 0x6B / 255, 0x4A / 255)
GOLD = (0xB9 / 255, 0x7A / 255, 0x00 / 255)
BRONZE = (0x6B / 255, 0x4A / 255, 0x0C / 255)
LATTICE = (0xEF / 255, 0xF3 / 255, 0xEF / 255)
ROSETTE = (0xF3 / 255, 0xEE / 255, 0xDF / 255)

LEFT, RIGHT = 0.2275 * WIDTH, 0.7375 * WIDTH  # middles of the two heads
OUTER, INNER = 19.0, 25.5  # distance of the two frame lines from the edge
RAYS = 14
SCOOP = 27.0  # radius of the inner frame's hollow corners


def draw(canvas: Any) -> None:
    """Draw it on the open page or form."""
    _lattice(canvas)
    _rosette(canvas)
    _frame(canvas)
    for across, up in ((0, 0), (1, 0), (0, 1), (1, 1)):
        _corner(canvas, across, up)
    _heads(canvas)


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
    canvas.setStrokeColorRGB(*LATTICE)
    canvas.setLineWidth(0.5)
    canvas.drawPath(path)


def _rosette(canvas: Any) -> None:
    """A guilloche of fourteen rays, as the star of a bronze drum, faint behind the product's name."""
    canvas.setStrokeColorRGB(*ROSETTE)
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


def _frame(canvas: Any) -> None:
    canvas.setLineJoin(0)
    canvas.setStrokeColorRGB(*GREEN)
    canvas.setLineWidth(2.2)
    canvas.rect(OUTER, OUTER, WIDTH - 2 * OUTER, HEIGHT - 2 * OUTER)
    _scooped(canvas, INNER, SCOOP, 0.9)
    _scooped(canvas, INNER + 4, SCOOP, 0.35)


def _scooped(canvas: Any, inset: float, radius: float, line: float) -> None:
    """A frame whose corners are hollowed out around a flower."""
    low, left, high, right = inset, inset, HEIGHT - inset, WIDTH - inset
    path = canvas.beginPath()
    path.arc(left - radius, low - radius, left + radius, low + radius, startAng=90, extent=-90)
    path.arcTo(right - radius, low - radius, right + radius, low + radius, startAng=180, extent=-90)
    path.arcTo(right - radius, high - radius, right + radius, high + radius, startAng=270, extent=-90)
    path.arcTo(left - radius, high - radius, left + radius, high + radius, startAng=360, extent=-90)
    path.close()
    canvas.setStrokeColorRGB(*GOLD)
    canvas.setLineWidth(line)
    canvas.drawPath(path)


def _corner(canvas: Any, across: int, up: int) -> None:
    """A lotus in one corner, its middle petal towards the page's middle."""
    canvas.saveState()
    canvas.translate(WIDTH - INNER if across else INNER, HEIGHT - INNER if up else INNER)
    canvas.scale(-1 if across else 1, -1 if up else 1)
    canvas.setLineWidth(0.55)
    canvas.setStrokeColorRGB(*GOLD)
    for angle, reach, wide in ((8, 17, 3.6), (82, 17, 3.6), (24, 20, 4.2), (66, 20, 4.2), (45, 22, 5)):
        canvas.setFillColorRGB(*((0.9, 0.945, 0.92) if angle == 45 else (0.99, 0.965, 0.89)))
        _petal(canvas, angle * pi / 180, reach, wide)
    canvas.setFillColorRGB(*GOLD)
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


def _heads(canvas: Any) -> None:
    typeset.draw(canvas, (Run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", BOLD, 12.5, INK),), RIGHT, HEIGHT - 60)
    motto = (Run("Độc lập - Tự do - Hạnh phúc", BOLD, 13, INK),)
    typeset.draw(canvas, motto, RIGHT, HEIGHT - 77)
    rule(canvas, RIGHT, HEIGHT - 84.5, typeset.length(motto))
    typeset.draw(canvas, (Run("GIẤY CHỨNG NHẬN", BOLD, 36, GREEN),), MIDDLE, HEIGHT - 144, spacing=2)
    typeset.draw(canvas, (Run("SẢN PHẨM OCOP", SERIF, 15.5, BRONZE),), MIDDLE, HEIGHT - 166, spacing=2.6)


def rule(canvas: Any, x: float, y: float, length: float) -> None:
    """A thin line centred at ``x``."""
    canvas.setStrokeColorRGB(*INK)
    canvas.setLineWidth(0.7)
    canvas.line(x - length / 2, y, x + length / 2, y)


def draw_body_name(canvas: Any, lines: tuple[str, ...]) -> None:
    """The issuing body, top left, with its rule."""
    y = HEIGHT - 60
    for line in lines:
        run = _fitted(line, BOLD, 12.5, 2 * (LEFT - 62))
        typeset.draw(canvas, (run,), LEFT, y)
        y -= 17
    if lines:
        rule(canvas, LEFT, y + 9.5, min(78.0, _fitted(lines[-1], BOLD, 12.5, 300).width))


def draw_number(canvas: Any, number: str, lines_above: int) -> None:
    """The certificate's number under the issuing body."""
    y = HEIGHT - 60 - 17 * lines_above - (5 if lines_above else 0)
    typeset.draw(canvas, (_fitted(f"Số: {number or '……'}", SERIF, 12, 2 * (LEFT - 62)),), LEFT, y)


def _fitted(text: str, face: str, size: float, room: float) -> Run:
    """``text`` in one line, smaller where it must be."""
    run = Run(text, face, size, INK)
    return run if run.width <= room else Run(text, face, size * room / run.width, INK)
