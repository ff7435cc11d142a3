"""Kinds of contents, told apart by the columns. A new kind is a module and a line here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from ocop_desktop.rules.names import fold
from ocop_desktop.sheets import activities, applications, funding, national, producers_list, register, score_sheets
from ocop_desktop.sheets.headings import IGNORED, SURE, Column
from ocop_desktop.sheets.layout import Layout

LAYOUTS: tuple[Layout, ...] = (
    register.LAYOUT,
    applications.LAYOUT,
    producers_list.LAYOUT,
    score_sheets.LAYOUT,
    activities.LAYOUT,
    funding.LAYOUT,
    national.LAYOUT,
)
ENOUGH_EXACT = 4  # headings of a fixed layout that tell it


def by_name(name: str) -> Layout | None:
    """The layout of that name, or None."""
    return next((layout for layout in LAYOUTS if layout.name == name), None)


def layout_of(columns: Sequence[Column]) -> Layout:
    """The layout whose columns these are; a list with nothing special is a registration list."""
    said = {fold(column.heading) for column in columns}
    for layout in LAYOUTS:
        if sum(heading in said for heading in layout.exact) >= ENOUGH_EXACT:
            return layout
    fields = frozenset(column.field for column in columns)
    unknown = [column.heading for column in columns if not column.field]
    if "product" in fields and not fields & score_sheets.OF_REGISTERS and score_sheets.agencies(unknown) >= 2:
        return score_sheets.LAYOUT
    return max(LAYOUTS, key=lambda layout: layout.claims(fields))


def fitted(columns: tuple[Column, ...], layout: Layout, cells: Callable[[int], list[Any]]) -> tuple[Column, ...]:
    """The columns as this layout means them: other kinds' words get its own meaning, what it has no use for goes into the note.

    Args:
        cells: 0-based column -> its cells in the table's rows.
    """
    taken = {column.field for column in columns}
    found: list[Column] = []
    for column in columns:
        meant, sure = column.field, column.confidence
        if not meant and not sure:  # no word of the list, and nobody's choice
            meant = layout.exact.get(fold(column.heading), "")
            sure = SURE if meant else 0
        elif meant == score_sheets.SCORE:
            meant = f"{meant}:{column.letter}"
        elif meant not in layout.fields and meant.partition(":")[0] not in ("", IGNORED, score_sheets.SCORE):
            other = layout.reads_as.get(meant, "")
            meant = "" if other in taken else other
            taken.add(meant)
        found.append(replace(column, field=meant, confidence=sure if meant or sure == SURE else 0))
    unknown = ["" if column.field or column.confidence else column.heading for column in found]
    for index, meant in layout.unnamed(unknown, cells).items():
        found[index] = replace(found[index], field=f"{meant.partition(':')[0]}:{found[index].letter}", confidence=99)
    return tuple(found)
