"""The middle of a certificate: what is certified, for whom, how many stars, by which decision. It fits or says it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from ocop_desktop.papers import certificate_foot as foot
from ocop_desktop.papers import typeset
from ocop_desktop.papers.certificate_background import GREEN, HEIGHT, INK, MIDDLE, QUIET, WIDTH
from ocop_desktop.papers.fonts import BOLD, ITALIC, SERIF
from ocop_desktop.papers.state_paper import long_date
from ocop_desktop.papers.typeset import Line, Run

if TYPE_CHECKING:
    from ocop_desktop.papers.certificate import Certificate

Stamp = Callable[[object, Callable[[Any], None], float], None]

ROOM = WIDTH - 2 * 76  # longest line
TOP, ABOVE_FOOT = HEIGHT - 220, 20.0  # the body's upper end; its lower one is so far over the baseline of the foot's first line
NAME_SIZES = ((31, 1), (28, 1), (26, 2), (23, 2), (21, 3), (19, 3), (17, 4), (15, 5), (13, 6))  # size, most lines
FACTORS = ((1.0, 19), (0.92, 17), (0.84, 15), (0.76, 13))  # of the other lines' sizes, with the smallest name tried beside it
HOPELESS = 1000  # letters: longer is not tried
LEADING = 1.28  # Vietnamese capitals carry two marks above
LEAST, MOST = 0.3, 1.3  # how far the gaps may shrink and grow


@dataclass(frozen=True)
class Block:
    """Lines that belong together; ``gap`` above them; ``shared`` when other pages of the file are likely to say the same."""

    lines: tuple[Line, ...]
    gap: float
    shared: bool = False

    @property
    def leading(self) -> float:
        """Distance of its baselines."""
        return LEADING * max(run.size for run in self.lines[0])

    @property
    def height(self) -> float:
        """Height without the gap."""
        return self.leading * len(self.lines)


def fitting(certificate: Certificate) -> tuple[Block, ...] | None:
    """The blocks in the largest type that fits, or None when even the smallest does not."""
    if max(map(len, (certificate.product, certificate.producer, certificate.address))) > HOPELESS:
        return None
    for factor, smallest in FACTORS:
        others = tuple(_blocks(certificate, factor))
        for size, most in NAME_SIZES:
            lines = typeset.broken((Run(certificate.product, BOLD, size, INK),), ROOM) if size >= smallest else ()
            if lines and len(lines) <= most:
                blocks = (others[0], Block(lines, 4), *others[1:])
                if _height(blocks, LEAST) <= TOP - bottom(certificate):
                    return blocks
    return None


def bottom(certificate: Certificate) -> float:
    """The height over which the body stands."""
    return foot.place_height(certificate) + ABOVE_FOOT


def draw(canvas: Any, blocks: tuple[Block, ...], stamp: Stamp, bottom: float) -> None:
    """Draw the blocks one below the other above ``bottom``, the room left over shared among their gaps."""
    gaps = sum(block.gap for block in blocks)
    spread = min(MOST, (TOP - bottom - _height(blocks, 0)) / gaps)
    y = TOP - (TOP - bottom - _height(blocks, spread)) / 2
    for block in blocks:
        y -= block.gap * spread
        for line in block.lines:
            baseline = round(y - block.leading * 0.78, 2)
            y -= block.leading
            if block.shared:
                stamp(line, partial(typeset.draw, line=line, x=MIDDLE, y=0), baseline)
            else:
                typeset.draw(canvas, line, MIDDLE, baseline)


def _height(blocks: tuple[Block, ...], spread: float) -> float:
    return sum(block.height + block.gap * spread for block in blocks)


def _blocks(certificate: Certificate, factor: float) -> Iterator[Block]:
    def block(gap: float, *runs: Run, shared: bool = False) -> Block:
        return Block(typeset.broken(typeset.scaled(runs, factor), ROOM), gap * factor, shared)

    yield block(0, Run("Chứng nhận sản phẩm", SERIF, 14, INK), shared=True)
    code = (Run("Mã số ", SERIF, 13.5, INK), Run(certificate.code, BOLD, 13.5, INK)) if certificate.code else ()
    between = (Run("  ·  ", SERIF, 13.5, INK),) if certificate.code and certificate.set_name else ()
    kind = (Run(f"Bộ sản phẩm: {certificate.set_name}", SERIF, 13.5, INK),) if certificate.set_name else ()
    if code or kind:
        yield block(7, *code, *between, *kind)
    yield block(9, Run("của chủ thể ", SERIF, 14, INK), Run(certificate.producer, BOLD, 14, INK))
    if certificate.address:
        yield block(1, Run(certificate.address, SERIF, 13.5, INK))
    yield block(10, Run("đạt ", SERIF, 17, INK), Run(f"hạng {certificate.stars} sao", BOLD, 17, GREEN), shared=True)
    yield block(6, Run(_decision(certificate), ITALIC, 12.5, QUIET), shared=True)


def _decision(certificate: Certificate) -> str:
    day = long_date(certificate.decision_date) if certificate.decision_date else "ngày … tháng … năm ……"
    by = f" của {certificate.authority}" if certificate.authority else ""
    return f"Theo Quyết định số {certificate.decision_number or '………'} {day}{by}"
