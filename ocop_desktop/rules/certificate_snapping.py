"""Where a box being moved or sized catches: the page's edges, margins and middle, and the lines of the other boxes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ocop_desktop.rules.certificate_design import HEIGHT, LEAST, WIDTH, Field

MARGIN = 200  # tenths of a millimetre


@dataclass(frozen=True)
class Caught:
    """The box after catching, and the lines it caught, to be shown."""

    field: Field
    upright: int | None = None
    across: int | None = None


def inside(field: Field) -> Field:
    """The box within the page: no larger than it, and moved back where it stuck out."""
    width, height = (min(max(LEAST, side), most) for side, most in ((field.width, WIDTH), (field.height, HEIGHT)))
    x, y = min(max(0, field.x), WIDTH - width), min(max(0, field.y), HEIGHT - height)
    return replace(field, width=width, height=height, x=x, y=y)


def caught(field: Field, others: Iterable[Field], reach: int, edges: str = "") -> Caught:
    """The box where it catches within ``reach``.

    Args:
        field: as the mouse has it; others: the boxes on the page.
        edges: the edges being dragged, letters of "lrtb" (left, right, top, bottom); empty moves the whole box.
    """
    others = [other for other in others if other.key != field.key and other.shown]
    lines_x = [0, MARGIN, WIDTH // 2, WIDTH - MARGIN, WIDTH]
    lines_y = [0, MARGIN, HEIGHT // 2, HEIGHT - MARGIN, HEIGHT]
    for other in others:
        lines_x += (other.x, other.x + other.width // 2, other.x + other.width)
        lines_y += (other.y, other.y + other.height // 2, other.y + other.height)
    x, width, upright = _along(field.x, field.width, lines_x, reach, edges, "l", "r")
    y, height, across = _along(field.y, field.height, lines_y, reach, edges, "t", "b")
    return Caught(inside(replace(field, x=x, width=width, y=y, height=height)), upright, across)


def _along(start: int, length: int, lines: list[int], reach: int, edges: str, low: str, high: str) -> tuple[int, int, int | None]:
    """Start, length and the line caught, in one direction."""
    moving = {low: start, high: start + length} if edges else {low: start, "middle": start + length // 2, high: start + length}
    if edges:
        moving = {edge: at for edge, at in moving.items() if edge in edges}
    best = min(((abs(line - at), line, at, edge) for edge, at in moving.items() for line in lines), default=None)
    if best is None or best[0] > reach:
        return start, length, None
    _far, line, at, edge = best
    if not edges:
        return start + line - at, length, line
    return (start, length + line - at, line) if edge == high else (line, length + at - line, line)
