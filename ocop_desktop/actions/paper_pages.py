"""A paper that is made: its PDF with what the window needs to show its pages, print them, and name the ones a jam took."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ocop_desktop.errors import Problem

if TYPE_CHECKING:
    from ocop_desktop.papers.preview import Picture


@dataclass(frozen=True)
class Made:
    """A paper as PDF.

    Args:
        sizes: width and height of each page, in points.
        labels: what people know each page by (the number of a certificate); empty: its page number.
        keys: the record each page belongs to, where printing is noted (a certificate's id).
        problems: what was left out, and why.
        above: words a signature's block goes above, where the paper itself notes no place.
    """

    pdf: bytes
    sizes: tuple[tuple[float, float], ...]
    labels: tuple[str, ...] = ()
    keys: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()
    above: str = ""

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self.sizes)


def made_of(pdf: bytes, labels: Sequence[str] = (), keys: Sequence[int] = (), problems: Sequence[Problem] = (),
            above: str = "") -> Made:
    """A paper from its PDF."""
    from ocop_desktop.papers.preview import sizes

    return Made(pdf, sizes(pdf), tuple(labels), tuple(keys), tuple(problems), above)


def picture(made: Made, number: int, dpi: float) -> Picture:
    """One page, the first is 0, at ``dpi`` dots per inch."""
    return next(iter(pictures(made, (number,), dpi)))


def pictures(made: Made, numbers: Iterable[int], dpi: float, upright: bool = False) -> Iterator[Picture]:
    """Pages in the order given, each drawn when it is asked for; with ``upright`` pages across are turned."""
    from ocop_desktop.papers.preview import pictures as drawn

    return drawn(made.pdf, dpi, upright, numbers)
