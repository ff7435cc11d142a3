"""Kinds of contents, told apart by the columns. A new kind is a module and a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ocop_desktop.sheets import applications, register
from ocop_desktop.sheets.contents import Contents


@dataclass(frozen=True)
class Layout:
    """A kind of contents: its short name, its words, the columns only it has, its check of the rows."""

    name: str
    words: str
    own_fields: frozenset[str]
    check: Callable[[Contents], None]


LAYOUTS = (
    Layout(register.NAME, register.WORDS, register.FIELDS_OF_IT, register.check),
    Layout(applications.NAME, applications.WORDS, frozenset(("kind", "samples", "filed_on")), applications.check),
)


def by_name(name: str) -> Layout | None:
    """The layout of that name, or None."""
    return next((layout for layout in LAYOUTS if layout.name == name), None)


def layout_of(fields: Iterable[str]) -> Layout:
    """The layout that owns most of the columns; a list with nothing special is a registration list."""
    given = set(fields)
    best = max(LAYOUTS, key=lambda layout: len(layout.own_fields & given))
    return best if best.own_fields & given else LAYOUTS[-1]
