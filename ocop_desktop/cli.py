"""The command line: every job without a window, and the window itself when no job is named.

Exit codes: 0 done, 1 done with rejected rows or findings, 2 could not. Errors are sentences on stderr.
The jobs stand in the folder ``commands``.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from ocop_desktop.commands import COMMANDS
from ocop_desktop.commands.command import DONE, FAILED
from ocop_desktop.errors import ProblemsFound, UserError, why
from ocop_desktop.text import say

READ_SHEETS = "read-sheets"  # a frozen program calls itself with it, to read a spreadsheet in a process of its own


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
    from ocop_desktop.commands.parsing import parse

    options = parse(words)
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
        print(say(UserError("Không đọc hoặc ghi được {file}: {reason}", file=fault.filename, reason=why(fault))), file=sys.stderr)
        return FAILED


def _is_file(word: str) -> bool:
    """Whether a first word names a database to open rather than a job; a mistyped job must not become a new file."""
    if word.startswith("-") or any(command.name.split()[0] == word for command in COMMANDS):
        return False
    return Path(word).suffix == ".ocop" or Path(word).is_file()


def _window(database: Path | None) -> int:
    from ocop_desktop import app

    return app.run(database)
