"""The words of a column, each once: a register says the same ones thousands of times; what they show is asked of them once."""

from __future__ import annotations

from collections.abc import Iterable


class ColumnWords:
    """What stands between the blanks of a column's texts.

    Args:
        cells: of the column; only texts count.

    ``together`` is every word in a line of its own; ``single_blanks``: the texts have no other blanks than single ordinary ones
    between words.
    """

    __slots__ = ("single_blanks", "together")

    def __init__(self, cells: Iterable[object]) -> None:
        texts = [cell for cell in set(cells) if isinstance(cell, str) and cell]
        lines = "\n".join(texts)
        words = list(set(lines.replace("\n", " ").split(" "))) if texts else []
        self.together = "\n".join(words)
        one_each = self.together.split() == words
        self.single_blanks = one_each and lines.count("\n") == max(len(texts) - 1, 0)
