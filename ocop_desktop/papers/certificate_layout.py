"""A certificate's fields drawn as an office laid them out: each within its box, whatever the names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from ocop_desktop.papers import fitting, fonts, qr, stars
from ocop_desktop.papers.certificate_background import HEIGHT, Colour, rgb
from ocop_desktop.papers.fitting import PITCHES, SLANTED, Pitch, draw_aligned
from ocop_desktop.papers.typeset import Line, Run, scaled
from ocop_desktop.rules.certificate_design import CODE_QUIET, DEFAULT_NOTE, SEAL, Design, Field
from ocop_desktop.rules.certificate_words import OWN, filled, places_of

if TYPE_CHECKING:
    from ocop_desktop.papers.certificate import Certificate

TENTH = 72 / 254  # points in a tenth of a millimetre
FACES = {("serif", "regular"): fonts.SERIF, ("serif", "bold"): fonts.BOLD, ("serif", "italic"): fonts.ITALIC,
         ("sans", "regular"): fonts.SANS, ("sans", "bold"): fonts.SANS_BOLD, ("sans", "italic"): fonts.SANS_ITALIC}
SHORT_RULE = 78.0
MASK = 3  # of the codes: a signed text is as good as random, so no mask is better than another
RULE_DROP = 0.58  # of the size: how far a rule stands under the last baseline

Draw = Callable[[Any], None]


@dataclass(frozen=True)
class Box:
    """A field's box in points, from the page's lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom


def box_of(field: Field) -> Box:
    """The box of a field."""
    top = HEIGHT - field.y * TENTH
    return Box(field.x * TENTH, top - field.height * TENTH, (field.x + field.width) * TENTH, top)


@dataclass(frozen=True)
class Layout:
    """A design's shown fields in their order, those together that many pages say the same with.

    Args:
        parts: fields that are common to many pages (decision, dates, office, stars, signature) in one part; each that is a
            page's own (names, numbers) a part by itself. codes: QR codes.
        sans: whether the plain family is used.
    """

    design: Design
    parts: tuple[tuple[bool, tuple[Field, ...]], ...] = ()
    codes: tuple[Field, ...] = ()
    sans: bool = False


def layout_of(design: Design) -> Layout:
    """Sort a design's fields."""
    shown = [one for one in design.fields if one.shown]
    parts = groupby((one for one in shown if one.kind != "code"), key=lambda one: not places_of(one.words) & OWN)
    return Layout(design, tuple((common, tuple(fields)) for common, fields in parts),
                  tuple(one for one in shown if one.kind == "code"), any(one.family == "sans" for one in shown))


def with_note(design: Design) -> Design:
    """The design with a place for "BẢN SAO": its own, else the ordinary one, as its last field."""
    if any(one.shown and "ghi chú" in places_of(one.words) for one in design.fields):
        return design
    others = tuple(one for one in design.fields if one.key != DEFAULT_NOTE.key)
    return Design(design.border, design.main, design.accent, design.pattern, design.picture, (*others, DEFAULT_NOTE))


def drawing(one: Field, certificate: Certificate, values: Mapping[str, str]) -> Draw | None:
    """What draws a field, or None when its words do not fit even in the smallest type."""
    if one.kind == "stars":
        return _stars(one, certificate.stars)
    if one.kind == "signature":
        return _signature(one, certificate)
    lines = filled(one.words, values)
    return _text(one, lines) if lines else lambda _canvas: None


def draw_code(canvas: Any, one: Field, text: str) -> None:
    """A QR code in the middle of its box, on white."""
    box, quiet = box_of(one), CODE_QUIET * TENTH
    whole = min(box.width, box.height)
    x, y = (box.left + box.right - whole) / 2, (box.bottom + box.top - whole) / 2
    qr.draw(canvas, text, round(x + quiet, 2), round(y + quiet, 2), round(whole - 2 * quiet, 2), MASK)


def white_ground(one: Field) -> Draw:
    """The white a code stands on."""
    box = box_of(one)
    whole = min(box.width, box.height)

    def draw(canvas: Any) -> None:
        canvas.setFillColorRGB(1, 1, 1)
        canvas.rect((box.left + box.right - whole) / 2, (box.bottom + box.top - whole) / 2, whole, whole, stroke=0, fill=1)

    return draw


@dataclass(frozen=True)
class _Type:
    """What a field's words are set in, whatever they are."""

    size: float
    plain: tuple[str, Colour]
    strong: tuple[str, Colour]
    box: Box
    pitch: Pitch
    spacing: float


@lru_cache(maxsize=256)
def _type_of(one: Field) -> _Type:
    colour = rgb(one.colour)
    return _Type(one.size / 10, (FACES[one.family, one.style], colour),
                 (FACES[one.family, "bold"], rgb(one.strong) if one.strong else colour), box_of(one), _pitch(one),
                 one.spacing / 10)


def _text(one: Field, lines: tuple[tuple[tuple[str, bool], ...], ...]) -> Draw | None:
    type = _type_of(one)
    box, pitch = type.box, type.pitch
    runs = tuple(tuple(_run(text, type.strong if heavy else type.plain, type.size) for text, heavy in line) for line in lines)
    laid = fitting.laid(runs, box.width, box.height, pitch, type.spacing)
    if laid is None:
        return None
    high = pitch.height(len(laid.lines)) * laid.size
    slack = {"top": 0.0, "middle": (box.height - high) / 2, "bottom": box.height - high}[one.stand]
    first, side = box.top - slack - pitch.up * laid.size, pitch.side * laid.size
    ends = (box.left + side, box.right - side)

    def draw(canvas: Any) -> None:
        for number, line in enumerate(laid.lines):
            draw_aligned(canvas, line, ends, round(first - number * pitch.line * laid.size, 2), one.align, laid.spacing)
        if one.rule != "none":
            under = (len(laid.lines) - 1) * pitch.line + RULE_DROP
            _rule(canvas, one, box, laid.lines[-1], first - under * laid.size)

    return draw


def _run(text: str, look: tuple[str, Colour], size: float) -> Run:
    return Run(text, look[0], size, look[1])


def _pitch(one: Field) -> Pitch:
    """What a field's lines need: room for a rule under them, and at their ends for slanted type."""
    pitch = PITCHES[one.family]
    down = max(pitch.down, RULE_DROP + 0.04) if one.rule != "none" else pitch.down
    return replace(pitch, down=down, side=SLANTED if one.style == "italic" else pitch.side)


def _rule(canvas: Any, one: Field, box: Box, line: Line, y: float) -> None:
    wide = sum(run.width for run in line)
    wide = min(SHORT_RULE, wide) if one.rule == "short" else wide
    left = {"left": box.left, "center": (box.left + box.right - wide) / 2, "right": box.right - wide}[one.align]
    canvas.setStrokeColorRGB(*rgb(one.colour))
    canvas.setLineWidth(0.7)
    canvas.line(left, y, left + wide, y)


def _stars(one: Field, count: int) -> Draw:
    box = box_of(one)
    radius = min(box.height * 0.47, box.width / (2 + 3.06 * (count - 1)))
    step = 3.06 * radius
    wide = (count - 1) * step + 2 * radius
    middle = {"left": box.left + wide / 2, "center": (box.left + box.right) / 2, "right": box.right - wide / 2}[one.align]
    return lambda canvas: stars.draw(canvas, count, middle, (box.bottom + box.top) / 2 - radius * 0.04, radius, step)


def _signature(one: Field, certificate: Certificate) -> Draw:
    """Capacity at the top, name at the bottom, between them clear room for signature and seal."""
    box, pitch, face = box_of(one), _pitch(one), FACES[one.family, one.style]
    lines = certificate.signatory
    free = box.height - SEAL * TENTH
    size = min(one.size / 10, free / (pitch.height(max(1, len(lines))) + pitch.height(1)))

    side = pitch.side * size
    ends = (box.left + side, box.right - side)

    def fitted(text: str) -> Line:
        run = Run(text, face, size, rgb(one.colour))
        return scaled((run,), min(1.0, (box.width - 2 * side) / run.width)) if text else ()

    def draw(canvas: Any) -> None:
        first = box.top - pitch.up * size
        for number, text in enumerate(lines):
            draw_aligned(canvas, fitted(text), ends, round(first - number * pitch.line * size, 2), one.align)
        if certificate.signatory_name:
            low = box.bottom + pitch.down * size
            draw_aligned(canvas, fitted(certificate.signatory_name), ends, low, one.align)

    return draw
