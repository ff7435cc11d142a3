"""The user's settings on this computer (not the office's, which live in the database): typed, with defaults, in TOML."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from ocop_desktop import paths


@dataclass(frozen=True)
class Settings:
    """What this computer's user chose.

    Args:
        language: ``vi`` or ``en``.
        text_size: percent of the ordinary text size, 80-200.
        theme: ``light`` or ``dark``.
        database: file opened at start; empty means the default one.
        user: name shown and written into the history.
        law_words: show criteria in the law's own wording where it is attached, instead of the short labels.
        columns: per table, the widths and hidden columns as the window keeps them.
        folders: per kind of file, where one was last chosen.
        printing: per kind of paper, the printer, duplex and number of copies last chosen.
        signing: what papers are signed with on this computer; never a passphrase or PIN.
        printer_shifts: per printer, how far certificates are moved to the right and down, in tenths of a millimetre.
    """

    language: str = "vi"
    text_size: int = 100
    theme: str = "light"
    database: str = ""
    user: str = ""
    law_words: bool = False
    columns: dict[str, Any] | None = None
    folders: dict[str, str] | None = None
    printing: dict[str, Any] | None = None
    signing: dict[str, str] | None = None
    printer_shifts: dict[str, Any] | None = None


def load(path: Path | None = None) -> Settings:
    """Settings from the file; what is missing, unknown or of the wrong type has its default."""
    path = path or paths.settings_file()
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        return Settings()
    known = Settings()
    good = {
        f.name: raw[f.name]
        for f in fields(Settings)
        if f.name in raw and type(raw[f.name]) is (type(getattr(known, f.name)) if getattr(known, f.name) is not None else dict)
    }
    found = replace(known, **good)
    if found.language not in ("vi", "en") or not 80 <= found.text_size <= 200 or found.theme not in ("light", "dark"):
        return Settings(database=found.database, user=found.user)
    return found


def save(settings: Settings, path: Path | None = None) -> None:
    """Write the settings, whole or not at all."""
    import os

    import tomlkit

    path = path or paths.settings_file()
    unfinished = path.with_suffix(".new")
    unfinished.write_text(tomlkit.dumps({k: v for k, v in asdict(settings).items() if v is not None}), encoding="utf-8")
    os.replace(unfinished, path)
