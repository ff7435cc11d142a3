"""What a command of the command line is, and what commands share: exit codes, the open file, printing."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ocop_desktop.errors import missing_file
from ocop_desktop.text import N_, _, language

DONE, WITH_FINDINGS, FAILED = 0, 1, 2


@dataclass(frozen=True)
class Argument:
    """One argument as ``argparse`` takes it.

    Args:
        word: its name, with dashes for an option.
        about: Vietnamese words for the help.
        value: what stands for its value in the help ("TỆP.ocop"); empty for one without a value, or with choices.
        settings: the rest, as ``add_argument`` takes it.
    """

    word: str
    about: str
    value: str
    settings: dict[str, Any]


@dataclass(frozen=True)
class Command:
    """One job of the command line.

    Args:
        name: the words that call it: "import", or "rulebook show" where a group has several jobs.
        run: does the job; gives the exit code.
        about: Vietnamese sentence for the help.
        arguments: what may follow its name; one_of: those of them of which exactly one must be there.
    """

    name: str
    run: Callable[[argparse.Namespace], int]
    about: str
    arguments: tuple[Argument, ...]
    one_of: tuple[Argument, ...] = ()


def argument(word: str, about: str, value: str = "", **settings: Any) -> Argument:
    """An argument of a command."""
    return Argument(word, about, value, settings)


def out(value: str) -> Argument:
    """The argument ``--out`` of a command that writes one kind of file; under another ending nothing would open it."""
    ending = Path(value).suffix

    def path(words: str) -> Path:
        if Path(words).suffix.lower() != ending:
            raise argparse.ArgumentTypeError(_("tên tệp “{file}” phải kết thúc bằng {ending}", file=words, ending=ending))
        return Path(words)

    return argument("--out", N_("tệp sẽ ghi; tệp cũ cùng tên được thay"), value, type=path, required=True)


DB = argument("--db", N_("tệp dữ liệu"), N_("TỆP.ocop"), type=Path, required=True)
MAYBE_DB = argument("--db", N_("tệp dữ liệu; có thì biết cả những bản bộ tiêu chí giữ trong tệp ấy"), N_("TỆP.ocop"), type=Path)
OUT_PDF, OUT_SHEET = out(N_("TỆP.pdf")), out(N_("BẢNG.xlsx"))
JSON = argument("--json", N_("in JSON cho máy đọc thay vì câu chữ"), action="store_true")
PASSPHRASE_FILE = argument("--passphrase-file", N_("tệp có cụm mật khẩu của khóa ký ở dòng đầu; không ghi thì được hỏi"),
                           N_("TỆP"), type=Path)
SESSION = argument("--session", N_("mã phiên, ví dụ 2026-2"), N_("MÃ"), required=True)


def print_json(value: object) -> None:
    """Print a value as JSON with Vietnamese letters as they are."""
    print(json.dumps(value, ensure_ascii=False, indent=1))


def comma(points: str) -> str:
    """Points as the language in force writes them; ``points`` comes from ``rules.scoring.shown``."""
    return points if language() == "en" else points.replace(".", ",")


def with_database(path: Path, job: Callable[[Any], Any], create: bool = False, keep: bool = True) -> Any:
    """Run ``job(session)`` in one transaction on a file.

    Args:
        create: a missing file is made, and taken away on failure; without ``keep`` it is taken away in any case.
    """
    from ocop_desktop.actions.opening import open_or_create
    from ocop_desktop.commands import signing_in

    if not create and not path.exists():
        raise missing_file(path)
    fresh = not path.exists()
    database, came_in = open_or_create(path), False
    try:
        signing_in.for_command(database)
        with database.begin() as session:
            done = job(session)
        came_in = keep
        return done
    finally:
        database.close()
        if fresh and not came_in:  # leave no empty file behind
            path.unlink(missing_ok=True)


def perhaps_with_database(options: argparse.Namespace, job: Callable[[Any], int]) -> int:
    """Run a job that needs no database; with one, its versions of rulebooks are known too."""
    return int(with_database(options.db, job)) if options.db else job(None)
