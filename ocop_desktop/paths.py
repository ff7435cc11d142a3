"""Where things lie: the program's resources and the user's folder; from source, installed or frozen. Decided only here."""

from __future__ import annotations

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def resources() -> Path:
    """Folder of the program's own files (rulebooks, words, icons, communes)."""
    inside = PACKAGE / "resources"
    return inside if inside.is_dir() else PACKAGE.parent / "resources"


def user_folder() -> Path:
    """Folder of the user's own data; ``OCOP_HOME`` overrides it (tests, portable use). Created when missing."""
    override = os.environ.get("OCOP_HOME")
    if override:
        folder = Path(override)
    else:
        from platformdirs import user_data_path

        folder = user_data_path("OCOP Desktop", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def default_database() -> Path:
    """The database opened when none is named."""
    return user_folder() / "ocop.ocop"


def settings_file() -> Path:
    """The user's settings (language, text size, last database)."""
    return user_folder() / "settings.toml"


def trusted_folder() -> Path:
    """Public keys of offices and their lists of revoked certificates, for verifying without any data file."""
    return user_folder() / "khoa-da-tin"


def log_file() -> Path:
    """Where bugs are written."""
    return user_folder() / "ocop-desktop.log"
