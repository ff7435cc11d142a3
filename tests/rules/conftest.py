from pathlib import Path

import pytest

from ocop_desktop.rules.rulebook import read_rulebook

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "rulebooks" / "26-2026"


@pytest.fixture(scope="session")
def book():
    return read_rulebook(FOLDER)
