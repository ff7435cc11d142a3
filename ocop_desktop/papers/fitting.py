"""Words into a box: as large as they may be, smaller and on more lines where they must, never outside. Lengths in points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ocop_desktop.papers import fonts, typeset
from ocop_desktop.papers.typeset import Line, Run

SMALLEST = 4.5  # points: smaller cannot be read
STEP = 0.965  # from one size tried to the next smaller one
HOPELESS = 1000  # letters: longer is not tried


@dataclass(frozen=True)
class Pitch:
    """What a family's capitals with two marks need, as shares of the size: over the first baseline, between, under the last."""

    up: float
    line: float
    down: float
    side: float = 0.1  # that a letter's marks and slants reach over the ends of a line

    def height(self, lines: int) -> float:
        """Of so many lines of size 1."""
        return self.up + self.line * (lines - 1) + self.down


PITCHES = {"serif": Pitch(1.06, 1.28, 0.26), "sans": Pitch(1.23, 1.4, 0.25)}
SLANTED = 0.17  # the side of slanted type


@dataclass(frozen=True)
class Laid:
    """Lines that fit, with the size and letter spacing they fit in."""

    lines: tuple[Line, ...]
    size: float
    spacing: float


def laid(lines: Sequence[Line], width: float, height: float, pitch: Pitch, spacing: float = 0) -> Laid | None:
    """``lines``, all of one size at first, in the largest type they fit with; None when even the smallest does not.

    A word is cut only where no size could keep it whole.
    """
    size = lines[0][0].size
    if sum(len(run.text) for line in lines for run in line) > HOPELESS:
        return None
    room = width - 2 * pitch.side * size
    if pitch.height(len(lines)) * size <= height and all(_length(line, spacing) <= room for line in lines):
        return _laid(lines, size, 1.0, spacing)
    return _smaller(lines, width, height, pitch, spacing, cut=False) or _smaller(lines, width, height, pitch, spacing, cut=True)


def _smaller(lines: Sequence[Line], width: float, height: float, pitch: Pitch, spacing: float, cut: bool) -> Laid | None:
    size, factor = lines[0][0].size, 1.0
    words = [typeset.words_of(line, 1e9) for line in lines]
    sizes = [[_size(word, spacing) for word in line] for line in words]
    while factor * size >= SMALLEST:
        room = width / factor - 2 * pitch.side * size
        if cut:
            words = [typeset.words_of(line, room - 8 * spacing) for line in lines]
            sizes = [[_size(word, spacing) for word in line] for line in words]
        if max(wide for line in sizes for wide, _blank in line) <= room:
            count = sum(len(typeset.starts_of(line, room)) for line in sizes)
            if pitch.height(count) * size * factor <= height:
                broken = [part for line, measured in zip(words, sizes, strict=True) for part in _balanced(line, measured, room)]
                return _laid(broken, size, factor, spacing)
        factor *= STEP
    return None


def _laid(broken: Sequence[Line], size: float, factor: float, spacing: float) -> Laid:
    return Laid(tuple(typeset.scaled(line, factor) for line in broken), size * factor, spacing * factor)


def _length(line: Line, spacing: float) -> float:
    return typeset.length(line) + (spacing * (sum(len(run.text) for run in line) - 1) if spacing else 0)


def _size(word: Sequence[Run], spacing: float) -> tuple[float, float]:
    """Of a word and of the blank before it."""
    return (sum(run.width + spacing * len(run.text) for run in word), fonts.width(" ", word[0].face, word[0].size) + spacing)


def _balanced(words: Sequence[Sequence[Run]], sizes: Sequence[tuple[float, float]], room: float) -> list[Line]:
    """Words on the fewest lines, of about equal length."""
    fewest = len(typeset.starts_of(sizes, room))
    narrow, wide = max(room / fewest / 2, max(size for size, _blank in sizes)), room
    while fewest > 1 and wide - narrow > 4:
        middle = (narrow + wide) / 2
        narrow, wide = (narrow, middle) if len(typeset.starts_of(sizes, middle)) <= fewest else (middle, wide)
    starts = typeset.starts_of(sizes, wide)
    return [typeset.joined(words[start:end]) for start, end in pairwise([*starts, len(words)])]


def draw_aligned(canvas: Any, line: Line, box: tuple[float, float], baseline: float, align: str, spacing: float = 0) -> None:
    """Draw ``line`` at the left, in the middle or at the right of ``box`` (left end, right end)."""
    left, right = box
    if align == "center":
        typeset.draw(canvas, line, (left + right) / 2, baseline, spacing)
    else:
        typeset.draw_from(canvas, line, left if align == "left" else right - _length(line, spacing), baseline, spacing)
