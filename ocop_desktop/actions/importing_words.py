"""What an import's fields, layouts and repairs are called, and what may be typed for a commune; for screens."""

from __future__ import annotations

from ocop_desktop.data import communes
from ocop_desktop.data.engine import Session
from ocop_desktop.sheets.contents import REPAIRS
from ocop_desktop.sheets.headings import FIELDS
from ocop_desktop.sheets.layouts import LAYOUTS
from ocop_desktop.sheets.mapping import Mapping
from ocop_desktop.text import _

__all__ = ["Mapping", "commune_choices", "field_words", "fields", "layout_words", "repair_words"]


def fields() -> tuple[tuple[str, str], ...]:
    """Every field a column may be, with its words, in the order of a register."""
    return tuple((name, _(words)) for name, (words, _reader) in FIELDS.items())


def field_words(name: str) -> str:
    """The words of one field, or its own name."""
    return _(FIELDS[name][0]) if name in FIELDS else name


def layout_words(name: str) -> str:
    """What a layout is called."""
    return next((_(layout.words) for layout in LAYOUTS if layout.name == name), name)


def repair_words(kind: str) -> str:
    """What a repair did."""
    return _(REPAIRS[kind]) if kind in REPAIRS else kind


def commune_choices(session: Session, words: str, province: str = "") -> tuple[tuple[str, str], ...]:
    """Communes whose name holds ``words``: (name to write, full name), the likeliest first."""
    found = communes.find_communes(session, words, province or None, limit=12)
    return tuple((unit.full_name, unit.province) for unit in found)
