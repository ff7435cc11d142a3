"""Commands about a session's record: what an inspector takes along."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ocop_desktop.commands.command import DB, DONE, SESSION, Command, argument, with_database
from ocop_desktop.text import N_, _


def _export(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import session_record

    def job(session: Any) -> int:
        for path in session_record.export_record(session, options.session, options.out):
            print(_("Đã ghi {file}.", file=str(path)))
        return DONE

    return with_database(options.db, job)


def _folder_or_zip(words: str) -> Path:
    if Path(words).suffix.lower() in (".pdf", ".json", ".xlsx", ".ocop"):
        raise argparse.ArgumentTypeError(_("“{file}” phải là một thư mục hoặc một tệp .zip", file=words))
    return Path(words)


OUT = argument("--out", N_("thư mục sẽ ghi vào (chưa có thì tạo), hoặc tệp .zip"), N_("THƯ-MỤC"), type=_folder_or_zip,
               required=True)

COMMANDS = (
    Command("export-record", _export, N_("Ghi hồ sơ của một phiên để người khác tính lại (JSON và PDF)"), (DB, SESSION, OUT)),
)
