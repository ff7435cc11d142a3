"""Commands about the data file itself: example data, a look through it, bringing a backup back."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ocop_desktop.commands.command import DB, DONE, WITH_FINDINGS, Command, argument
from ocop_desktop.text import N_, _, say


def _check(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import backups

    problems = backups.check_database(options.db, options.head)
    for problem in problems:
        print(say(problem), file=sys.stderr)
    if not problems:
        print(_("Tệp {file} nguyên vẹn.", file=str(options.db)))
    return WITH_FINDINGS if problems else DONE


def _restore(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import backups, opening
    from ocop_desktop.commands import signing_in

    backups.verify(options.backup)  # before anybody is asked for a PIN
    replaced = opening.open_to_replace(options.db)
    if replaced is not None:
        try:
            signing_in.for_command(replaced)
        finally:
            replaced.close()
    kept = backups.restore(options.backup, options.db)
    print(_("Đã khôi phục {file} từ {backup}.", file=str(options.db), backup=str(options.backup)))
    if kept:
        print(_("Dữ liệu trước khi khôi phục được giữ ở {file}.", file=str(kept)))
    return DONE


def _demo(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import demo

    demo.create(options.db)
    print(_("Đã tạo dữ liệu mẫu ở {file}.", file=str(options.db)))
    return DONE


COMMANDS = (
    Command("demo", _demo, N_("Tạo một tệp dữ liệu mẫu"), (DB,)),
    Command("check", _check, N_("Kiểm tra một tệp dữ liệu và nhật ký của nó"),
            (DB, argument("--head", N_("dấu nhật ký đã in trong hồ sơ phiên hoặc biên bản, để tìm lại trong tệp"),
                          N_("SỐ:MÃ"), default=""))),
    Command("restore", _restore, N_("Khôi phục tệp dữ liệu từ một bản sao lưu"),
            (argument("backup", N_("bản sao lưu"), N_("BẢN-SAO.ocop"), type=Path), DB)),
)
