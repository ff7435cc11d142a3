"""Values by name where a hundred thousand share the names: a third of a dict's memory each."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence
from typing import Any

_ABSENT: Any = object()  # a name others have and this one does not


class RowValues(MutableMapping[str, Any]):
    """Field -> clean value of a row, or place in a sentence -> what stands there for one question.

    Args:
        places: name -> place among the cells; one dict for a whole table, which grows as a row gets further names.
        cells: the values in that order.
    """

    __slots__ = ("_cells", "_places")

    def __init__(self, places: dict[str, int], cells: Sequence[Any]) -> None:
        self._places, self._cells = places, list(cells)

    def get(self, name: str, default: Any = None) -> Any:
        """The value of a field, or ``default``."""
        at = self._places.get(name)
        if at is None:
            return default
        try:
            found = self._cells[at]
        except IndexError:
            return default
        return default if found is _ABSENT else found

    def pairs(self) -> list[tuple[str, Any]]:
        """The names with their values, in one go: ``items`` asks for each by its name."""
        return [(name, cell) for name, cell in zip(self._places, self._cells, strict=False) if cell is not _ABSENT]

    def __getitem__(self, name: str) -> Any:
        at, cells = self._places[name], self._cells
        if at >= len(cells) or (found := cells[at]) is _ABSENT:
            raise KeyError(name)
        return found

    def __setitem__(self, name: str, value: Any) -> None:
        at, cells = self._places.setdefault(name, len(self._places)), self._cells
        if at < len(cells):
            cells[at] = value
        else:
            cells += [*[_ABSENT] * (at - len(cells)), value]

    def __delitem__(self, name: str) -> None:
        self[name]
        self._cells[self._places[name]] = _ABSENT

    def __iter__(self) -> Iterator[str]:
        return iter([name for name, _cell in self.pairs()])

    def __len__(self) -> int:
        return len(self.pairs())

    def __repr__(self) -> str:
        return repr(dict(self))


def every(rows: Sequence[RowValues], name: str) -> list[Any]:
    """A field's value in rows of one table, None where a row has none: quicker than asking row by row."""
    at = rows[0]._places.get(name) if rows else None
    if at is None:
        return [None] * len(rows)
    try:
        found = [row._cells[at] for row in rows]
    except IndexError:  # some rows were given the field later
        return [row.get(name) for row in rows]
    return [None if cell is _ABSENT else cell for cell in found] if _ABSENT in found else found
