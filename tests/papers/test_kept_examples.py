"""Every paper beside its kept example: a change of words or of layout is seen before it is printed."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff

import pytest

from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.data.engine import Session
from tests.actions.decided import Decided
from tests.expected.examples import FOLDER, drawn, fill, kept

AGAIN = "Looks the change right? `python -m tests.expected.write` keeps it; then look at `git diff tests/expected`."


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Session, Decided]]:
    database = open_or_create(tmp_path_factory.mktemp("kept") / "a.ocop")
    with database.begin() as session:
        yield session, fill(session)
    database.close()


def test_papers_are_as_they_are_kept(province: tuple[Session, Decided]):
    made = {f"{key}.txt": kept(pdf) for key, pdf in drawn(*province)}
    known = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.txt")}
    told = [line for name in sorted({*made, *known}) if made.get(name) != known.get(name) for line in unified_diff(
        known.get(name, "").splitlines(), made.get(name, "").splitlines(), f"kept {name}", f"now {name}", lineterm="", n=1)]
    assert not told, "\n".join([AGAIN, *told[:80]])
