"""What a command of the command line is, and what commands share: exit codes, the open file, printing."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ocop_desktop.errors import UserError
from ocop_desktop.text import language

DONE, WITH_FINDINGS, FAILED = 0, 1, 2


@dataclass(frozen=True)
class Argument:
    """One argument as ``argparse`` takes it: ``word`` is its name, with dashes for an option."""

    word: str
    settings: dict[str, Any]


@dataclass(frozen=True)
class Command:
    """One job of the command line.

    Args:
        name: the words that call it: "import", or "rulebook show" where a group has several jobs.
        run: does the job; gives the exit code.
        about: Vietnamese sentence for the help.
        arguments: what may follow its name.
    """

    name: str
    run: Callable[[argparse.Namespace], int]
    about: str
    arguments: tuple[Argument, ...]


def argument(word: str, **settings: Any) -> Argument:
    """An argument of a command."""
    return Argument(word, settings)


FILE = argument("file", type=Path)
DB = argument("--db", type=Path, required=True)
MAYBE_DB = argument("--db", type=Path)
OUT = argument("--out", type=Path, required=True)
JSON = argument("--json", action="store_true")
SESSION = argument("--session", required=True)


def print_json(value: object) -> None:
    """Print a value as JSON with Vietnamese letters as they are."""
    print(json.dumps(value, ensure_ascii=False, indent=1))


def comma(points: str) -> str:
    """Points as the language in force writes them; ``points`` comes from ``rules.scoring.shown``."""
    return points if language() == "en" else points.replace(".", ",")


def with_database(path: Path, job: Callable[[Any], Any], create: bool = False) -> Any:
    """Run ``job(session)`` in one transaction on a file; with ``create`` a missing one is made, and taken away on failure."""
    from ocop_desktop.actions.opening import open_or_create

    if not create and not path.exists():
        raise UserError("Không thấy tệp dữ liệu {file}.", file=str(path))
    fresh = not path.exists()
    database = open_or_create(path)
    try:
        with database.begin() as session:
            return job(session)
    except UserError:
        if fresh:  # nothing came in: leave no empty file behind
            database.close()
            path.unlink(missing_ok=True)
        raise
    finally:
        database.close()


def perhaps_with_database(options: argparse.Namespace, job: Callable[[Any], int]) -> int:
    """Run a job that needs no database; with one, its versions of rulebooks are known too."""
    return int(with_database(options.db, job)) if options.db else job(None)
