"""What a kind of contents is: the columns it takes, how it is told apart, its check, its template."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ocop_desktop.sheets.contents import Contents
    from ocop_desktop.sheets.reading import Book


@dataclass(frozen=True)
class TemplateColumn:
    """A column of a template.

    Args:
        heading: Vietnamese, as communes write it; the program finds the column by it.
        width: in letters; kind: as in ``sheets.writing.Column``.
        choices: what the drop-down list offers; help: what to write, Vietnamese.
    """

    heading: str
    width: float = 16
    kind: str = "text"
    choices: tuple[str, ...] = ()
    help: str = ""


@dataclass(frozen=True)
class Template:
    """A sheet to fill in: its title, its columns, example rows."""

    title: str
    columns: tuple[TemplateColumn, ...]
    examples: tuple[tuple[Any, ...], ...]


def nothing_more(_contents: Contents, _book: Book) -> None:
    """Most kinds stand in one sheet."""


def no_columns(_headings: Sequence[str], _cells: Callable[[int], list[Any]]) -> Mapping[int, str]:
    """Most kinds are told by their headings alone."""
    return {}


@dataclass(frozen=True)
class Layout:
    """A kind of contents.

    Args:
        name: short and stable; words: what it is called.
        claims: fields of the columns -> how surely the sheet is of this kind, 0 is not.
        check: asks about everything in the rows that is missing or contradicts itself.
        fields: what it takes; a column of another meaning goes into the note.
        needs: fields without which nothing can be imported.
        reads_as: another kind's field -> the field it is here ("Năm" of a recognition is the year of the money).
        exact: folded heading -> field, for layouts fixed by an authority.
        gather: takes what stands in further sheets.
        unnamed: meaning of columns whose headings say nothing, by their cells.
    """

    name: str
    words: str
    claims: Callable[[frozenset[str]], int]
    check: Callable[[Contents], None]
    fields: frozenset[str]
    needs: tuple[str, ...]
    template: Template
    reads_as: Mapping[str, str] = field(default_factory=dict)
    exact: Mapping[str, str] = field(default_factory=dict)
    gather: Callable[[Contents, Book], None] = nothing_more
    unnamed: Callable[[Sequence[str], Callable[[int], list[Any]]], Mapping[int, str]] = no_columns
