"""A .trich file as the tests look into it and spoil it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any


def told(path: Path) -> Any:
    """The records of a file as they stand in it."""
    with zipfile.ZipFile(path) as packed:
        return json.loads(packed.read("du-lieu.json"))


def tell(path: Path, raw: Any) -> None:
    """The file with other records."""
    photos = {}
    if path.exists():
        with zipfile.ZipFile(path) as packed:
            photos = {name: packed.read(name) for name in packed.namelist() if name != "du-lieu.json"}
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("du-lieu.json", json.dumps(raw))
        for name, content in photos.items():
            packed.writestr(name, content)
