"""The words after ``ocop-desktop``: read, explained with ``--help``, refused with a sentence that says what is wrong."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from ocop_desktop import __version__
from ocop_desktop.commands import COMMANDS, GROUPS
from ocop_desktop.commands.command import FAILED, Command
from ocop_desktop.text import LANGUAGES, N_, _, set_language

# What argparse says, in our words; what is not listed stays as it is.
_SAID = {
    "usage: ": N_("cách dùng: "),
    "positional arguments": N_("sau lệnh"),
    "options": N_("tùy chọn"),
    "show this help message and exit": N_("cho xem phần giải thích này"),
    "the following arguments are required: %s": N_("thiếu %s"),
    "one of the arguments %s is required": N_("thiếu một trong: %s"),
    "not allowed with argument %s": N_("không đi cùng %s"),
    "unrecognized arguments: %s": N_("không hiểu %s"),
    "argument %(argument_name)s: %(message)s": N_("%(argument_name)s: %(message)s"),
    "expected one argument": N_("thiếu giá trị ở sau"),
    "expected at least one argument": N_("thiếu giá trị ở sau"),
    "ignored explicit argument %r": N_("không nhận giá trị %r"),
    "invalid %(type)s value: %(value)r": N_("không dùng được giá trị %(value)r"),
    "invalid choice: %(value)r (choose from %(choices)s)": N_("không có %(value)r; hãy chọn một trong: %(choices)s"),
    "ambiguous option: %(option)s could match %(matches)s": N_("%(option)s có thể là %(matches)s; hãy viết đủ"),
}


class Parser(argparse.ArgumentParser):
    """Says what is wrong with a command in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Refuse the command line."""
        print(_("Lệnh chưa đúng: {what}. Xem cách dùng: {command} --help", what=message, command=self.prog), file=sys.stderr)
        raise SystemExit(FAILED)


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Read a command; its job is ``run`` of what is returned. Speaks the language named among the words from here on.

    Raises:
        SystemExit: help was asked for, or the command is not right and was told so.
    """
    set_language(_language(words))
    # argparse asks the module-wide gettext; it has no other way to be given words. Python 3.11 to 3.14 look these two up here.
    vars(argparse).update(_=_said, ngettext=lambda one, many, count: _said(one if count == 1 else many))
    options = _parser().parse_args(words)
    set_language(options.language or "vi")  # also where its name was shortened
    return options


def _said(message: str) -> str:
    return _(_SAID[message]) if message in _SAID else message


def _language(words: Sequence[str]) -> str:
    """The language named among the words, looked up before they are parsed: refusals and help are said in it too."""
    found = "vi"
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word == "--language":
            found = following
        elif word.startswith("--language="):
            found = word.partition("=")[2]
    return found if found in LANGUAGES else "vi"


def _parser() -> Parser:
    parser = Parser(prog="ocop-desktop", description=_("Không có lệnh: mở cửa sổ. Có lệnh: làm việc đó rồi thoát."),
                    epilog=_("Giải thích một lệnh: ocop-desktop LỆNH --help. Mã kết thúc: 0 xong; 1 xong nhưng có chỗ cần xem; "
                             "2 không làm được."))
    parser.add_argument("--version", action="version", version=f"OCOP Desktop {__version__}", help=_("cho xem số phiên bản"))
    verbs = parser.add_subparsers(dest="verb", required=True, parser_class=Parser, metavar=_("LỆNH"))
    jobs: dict[str, Any] = {}
    for command in COMMANDS:
        group, _space, job = command.name.rpartition(" ")
        if group and group not in jobs:
            sub = verbs.add_parser(group, help=_(GROUPS[group]), description=_(GROUPS[group]))
            jobs[group] = sub.add_subparsers(dest="what", required=True, parser_class=Parser, metavar=_("VIỆC"))
        _add(jobs[group] if group else verbs, job, command)
    return parser


def _add(place: Any, word: str, command: Command) -> None:
    sub = place.add_parser(word, help=_(command.about), description=_(command.about))
    either = sub.add_mutually_exclusive_group(required=True) if command.one_of else sub
    for argument in command.arguments:
        shown = {"metavar": _(argument.value)} if argument.value else {}
        goes_to = either if argument in command.one_of else sub
        goes_to.add_argument(argument.word, help=_(argument.about), **shown, **argument.settings)
    sub.add_argument("--language", choices=tuple(LANGUAGES), help=_("ngôn ngữ của các câu in ra"))
    sub.set_defaults(run=command.run)
