"""Whether a file is a session's package, or a member's own file made from one: asked at every start, without SQLAlchemy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ocop_desktop.data.settings import OWN, read_setting

if TYPE_CHECKING:
    from ocop_desktop.data.file import Reading

PACKAGE_ENDING = ".ocopgoi"


def is_package(path: Path) -> bool:
    """Whether a file's name says that it is a session's package."""
    return path.suffix.lower() == PACKAGE_ENDING


def is_own(reading: Reading) -> bool:
    """Whether an open file is a member's own one, made from a package."""
    return read_setting(reading, OWN) is not None
