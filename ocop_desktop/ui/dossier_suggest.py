"""Suggestions while typing: communes and producers, looked for in the background, accents aside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from ocop_desktop.ui.work import Work

Found = Callable[[Sequence[tuple[Any, str, str]]], None]
Suggest = Callable[[str, Found], None]


def communes(work: Work, owner: QObject) -> Suggest:
    """Look for communes; those of the office's province first. Each: number, name with kind, province."""

    def suggest(words: str, found: Found) -> None:
        def look(session: Any) -> list[tuple[Any, str, str]]:
            from ocop_desktop.actions import dossiers

            return [(unit.id, unit.full_name, unit.province) for unit in dossiers.suggest_communes(session, words)]

        work.read(owner, look, found, key="communes")

    return suggest


def producers(work: Work, owner: QObject) -> Suggest:
    """Look for producers by name or tax code. Each: number, name, commune."""

    def suggest(words: str, found: Found) -> None:
        def look(session: Any) -> list[tuple[Any, str, str]]:
            from ocop_desktop.actions import dossiers

            return [(hit.id, hit.name, hit.commune) for hit in dossiers.suggest_producers(session, words)]

        work.read(owner, look, found, key="producers")

    return suggest
