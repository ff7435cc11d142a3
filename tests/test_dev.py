"""``dev.py`` speaks Vietnamese first, readable even where the console or file knows no Vietnamese letters."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

DEV = Path(__file__).parent.parent / "build_spec" / "dev.py"


def said(encoding: str, *words: str) -> tuple[int, str]:
    done = subprocess.run([sys.executable, str(DEV), *words], capture_output=True, check=False,
                          env={**os.environ, "PYTHONIOENCODING": encoding})
    return done.returncode, (done.stdout + done.stderr).decode(encoding)


@pytest.mark.parametrize(("encoding", "vietnamese"), [
    ("utf-8", "Không có cách chuẩn bị “khac”"), ("ascii", "Khong co cach chuan bi ?khac?"),
    ("cp1252", "Không có cách chuan bi “khac”")])
def test_a_refusal_is_said_in_both_languages(encoding: str, vietnamese: str) -> None:
    code, words = said(encoding, "setup", "khac")
    assert code == 1
    assert words.startswith(f"dev.py: {vietnamese}; ")
    assert "There is no set-up called 'khac'" in words


def test_every_verb_is_explained_in_both_languages() -> None:
    code, words = said("utf-8", "--help")
    vietnamese, english = words.split("Everything a developer does")
    assert code == 0
    for verb in ("setup", "run", "test", "check", "bench", "words", "lock", "package"):
        assert f"\n  {verb} " in vietnamese and f"\n  {verb} " in english
    assert said("utf-8", "tset")[0] == 2
