"""Fixtures every room shares: a fresh database file, a session on it, and an environment without a screen."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

import datetime as dt
import gc
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from nacl.pwhash import argon2id

from ocop_desktop.data.engine import Database, Session
from ocop_desktop.exchange import codes, pin_hash

# Compiled once for all: else each process the tests start (it reads a sheet, does one command) compiles the program anew.
sys.dont_write_bytecode = False


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On Windows a process can neither become another user nor limit itself, which some tests do."""
    if sys.platform == "win32":
        away = [item for item in items if item.get_closest_marker("posix")]
        items[:] = [item for item in items if item not in away]
        config.hook.pytest_deselected(items=away)


def pytest_collection_finish() -> None:
    """What the modules hold stays; looking through it for rubbish again and again took one second of twenty."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has its own user folder."""
    monkeypatch.setenv("OCOP_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session", autouse=True)
def light_pins() -> Iterator[tuple[int, int]]:
    """PINs are kept at argon2id's least limits: a tenth of a second each adds up to a minute; the program's limits come out."""
    real = pin_hash.LIMITS
    pin_hash.LIMITS = argon2id.OPSLIMIT_MIN, argon2id.MEMLIMIT_MIN
    yield real
    pin_hash.LIMITS = real


@pytest.fixture(scope="session", autouse=True)
def light_codes() -> Iterator[tuple[int, int]]:
    """The same for the codes of laptops."""
    real = codes.ROUNDS, codes.MEMORY
    codes.ROUNDS, codes.MEMORY = argon2id.OPSLIMIT_MIN, argon2id.MEMLIMIT_MIN
    yield real
    codes.ROUNDS, codes.MEMORY = real


@pytest.fixture(scope="session")
def new_file(made_once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """A new database with the communes, made once; tests copy it."""
    from ocop_desktop.actions.opening import open_or_create

    return made_once("moi.ocop", lambda path: open_or_create(path).close())


@pytest.fixture(scope="session")
def example_of(made_once: Callable[[str, Callable[[Path], None]], Path]) -> Callable[[Path, dt.date], Path]:
    """Puts the example data of a day at a path, made once and copied."""
    from ocop_desktop.actions import demo

    def put(path: Path, day: dt.date | None = None) -> Path:
        day = day or dt.date.today()
        shutil.copyfile(made_once(f"mau-{day}.ocop", lambda new: demo.create(new, day)), path)
        return path

    return put


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], None]], Path]:
    """Files made once for all the processes of a run, by name; two that begin together both make it, and the later one stays."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def make(name: str, fill: Callable[[Path], None]) -> Path:
        path = shared / name
        if not path.exists():
            new = own / name
            fill(new)
            os.replace(new, path)
        return path

    return make


@pytest.fixture
def db(new_file: Path, tmp_path: Path) -> Iterator[Database]:
    """A fresh, open database file ``ocop.ocop`` in the test's folder."""
    from ocop_desktop.actions.opening import open_or_create

    path = tmp_path / "ocop.ocop"
    shutil.copyfile(new_file, path)
    opened = open_or_create(path)
    yield opened
    opened.close()


@pytest.fixture
def session(db: Database) -> Iterator[Session]:
    """A session in one transaction on ``db``, committed when the test ends well."""
    with db.begin() as opened:
        yield opened


@pytest.fixture
def chance() -> random.Random:
    """The same chance in every run."""
    return random.Random(7)
