"""The rulebooks the program carries: one folder per decision under ``resources/rulebooks``, read once."""

from __future__ import annotations

import datetime as dt
from functools import cache

from ocop_desktop import paths
from ocop_desktop.errors import UserError
from ocop_desktop.rules.rulebook import CriteriaSet, Rulebook, read_rulebook


@cache
def all_rulebooks() -> tuple[Rulebook, ...]:
    """Every rulebook the program carries, by the day it came into force.

    Raises:
        UserError: a ``rulebook.toml`` is missing or wrong; says which.
    """
    folders = sorted(p for p in (paths.resources() / "rulebooks").iterdir() if p.is_dir())
    return tuple(sorted((read_rulebook(folder) for folder in folders), key=lambda book: book.in_force))


def rulebook(id: str) -> Rulebook:
    """The rulebook of decision ``id``, e.g. "26/2026/QĐ-TTg".

    Raises:
        UserError: the program carries no such decision.
    """
    for book in all_rulebooks():
        if book.id == id:
            return book
    raise UserError("Chương trình không có bộ tiêu chí của Quyết định {law}; có: {known}.",
                    law=id or "?", known=", ".join(book.id for book in all_rulebooks()))


def current(day: dt.date | None = None) -> Rulebook:
    """The rulebook new dossiers are filed under on ``day`` (today when not given).

    Args:
        day: the day asked about; before the first decision came into force the first one is given.
    """
    day = day or dt.date.today()
    books = all_rulebooks()
    return next((book for book in reversed(books) if book.in_force <= day), books[0])


def criteria(id: str, number: int | None) -> CriteriaSet:
    """Criteria set ``number`` of decision ``id``.

    Raises:
        UserError: no such decision or set, or the product has no set yet.
        ProblemsFound: the set's file is wrong; every fault with its place.
    """
    if number is None:
        raise UserError("Sản phẩm chưa có bộ tiêu chí; hãy chọn bộ sản phẩm (1-26) trong hồ sơ trước khi chấm.")
    return rulebook(id).set(number)
