"""The command line: every job without a window, and the window itself when no job is named.

Exit codes: 0 done, 1 done with rejected rows or findings, 2 could not. Errors are sentences on stderr.
The jobs stand in the folder ``commands``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from ocop_desktop import __version__
from ocop_desktop.commands import COMMANDS, GROUPS
from ocop_desktop.commands.command import DONE, FAILED, Command
from ocop_desktop.errors import ProblemsFound, UserError
from ocop_desktop.text import _, say, set_language

READ_SHEETS = "read-sheets"  # a frozen program calls itself with it, to read a spreadsheet in a process of its own


class Parser(argparse.ArgumentParser):
    """Says what is wrong with a command in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Refuse the command line."""
        usage = " ".join(self.format_usage().split()[1:])
        print(_("Lệnh chưa đúng. Cách dùng: {usage}", usage=usage), file=sys.stderr)
        raise SystemExit(FAILED)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words == [READ_SHEETS]:
        from ocop_desktop.sheets import reading_child

        reading_child.main()
        return DONE
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if not words or _is_file(words[0]):
        return _window(Path(words[0]) if words else None)
    options = _parser().parse_args(words)
    set_language(getattr(options, "language", None) or "vi")
    try:
        return int(options.run(options))
    except ProblemsFound as fault:
        for problem in fault.problems:
            print(say(problem), file=sys.stderr)
        return FAILED
    except UserError as fault:
        print(say(fault), file=sys.stderr)
        return FAILED
    except BrokenPipeError:  # the reader of our output went away; nothing to tell it
        return DONE
    except OSError as fault:
        print(_("Không đọc hoặc ghi được {file}: {reason}", file=fault.filename, reason=fault.strerror), file=sys.stderr)
        return FAILED


def _is_file(word: str) -> bool:
    """Whether a first word names a database to open rather than a job; a mistyped job must not become a new file."""
    if word.startswith("-") or any(command.name.split()[0] == word for command in COMMANDS):
        return False
    return Path(word).suffix == ".ocop" or Path(word).is_file()


def _window(database: Path | None) -> int:
    from ocop_desktop import app

    return app.run(database)


def _parser() -> Parser:
    parser = Parser(prog="ocop-desktop", description=_("Không có lệnh: mở cửa sổ. Có lệnh: làm việc đó rồi thoát."))
    parser.add_argument("--version", action="version", version=f"OCOP Desktop {__version__}")
    verbs = parser.add_subparsers(dest="verb", required=True, parser_class=Parser)
    jobs: dict[str, Any] = {}
    for command in COMMANDS:
        group, _space, job = command.name.rpartition(" ")
        if group and group not in jobs:
            sub = verbs.add_parser(group, help=_(GROUPS[group]), description=_(GROUPS[group]))
            jobs[group] = sub.add_subparsers(dest="what", required=True, parser_class=Parser)
        _add(jobs[group] if group else verbs, job, command)
    return parser


def _add(place: Any, word: str, command: Command) -> None:
    sub = place.add_parser(word, help=_(command.about), description=_(command.about))
    sub.add_argument("--language", choices=("vi", "en"), help=_("ngôn ngữ của các câu in ra"))
    for argument in command.arguments:
        sub.add_argument(argument.word, **argument.settings)
    sub.set_defaults(run=command.run)
