from pathlib import Path

import pytest
from hypothesis import settings

from ocop_desktop.rules.rulebook import read_rulebook

settings.register_profile("thorough", max_examples=1000)  # ten times the usual: pytest --hypothesis-profile=thorough tests/rules

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "rulebooks" / "26-2026"


@pytest.fixture(scope="session")
def book():
    return read_rulebook(FOLDER)
