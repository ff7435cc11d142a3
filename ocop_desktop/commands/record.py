"""Commands about a session's record: what an inspector takes along."""

from __future__ import annotations

import argparse
from typing import Any

from ocop_desktop.commands.command import DB, DONE, OUT, SESSION, Command, with_database
from ocop_desktop.text import N_, _


def _export(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import session_record

    def job(session: Any) -> int:
        for path in session_record.export_record(session, options.session, options.out):
            print(_("Đã ghi {file}.", file=str(path)))
        return DONE

    return with_database(options.db, job)


COMMANDS = (
    Command("export-record", _export, N_("Ghi hồ sơ của một phiên để người khác tính lại (JSON và PDF)"), (DB, SESSION, OUT)),
)
