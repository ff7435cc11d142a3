"""Commands that take spreadsheets in and write them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from ocop_desktop.commands.command import DB, DONE, FILE, JSON, OUT, WITH_FINDINGS, Command, argument, print_json, with_database
from ocop_desktop.text import N_, _


def _import(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import backups, importing

    mapping = importing.read_mapping(options.map) if options.map else None
    fresh = not options.db.exists()

    def job(session: Any) -> int:
        if not options.dry_run and not fresh:
            backups.before_import(session)
        preview = importing.preview(session, options.file, mapping)
        done = preview if options.dry_run else importing.accept(session, preview)
        summary = importing.summary_of(done)
        if options.json:
            print_json(summary)
        else:
            print(
                _(
                    "Mới {created}, cập nhật {updated}, không đổi {unchanged}, từ chối {rejected}.",
                    **{k: summary[k] for k in ("created", "updated", "unchanged", "rejected")},
                )
            )
            for problem in summary["problems"]:
                if problem["severity"] != "repair":
                    print(problem["message"], file=sys.stderr)
        return WITH_FINDINGS if summary["rejected"] else DONE

    return with_database(options.db, job, create=True)


def _summary(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import summary

    def job(session: Any) -> int:
        summary.write_summary(session, options.out)
        print(_("Đã ghi bảng tổng hợp vào {file}.", file=str(options.out)))
        return DONE

    return with_database(options.db, job)


COMMANDS = (
    Command("import", _import, N_("Nhập một bảng tính"),
            (FILE, DB, argument("--dry-run", action="store_true"), argument("--map", type=Path), JSON)),
    Command("summary", _summary, N_("Ghi bảng tổng hợp Excel"), (DB, OUT)),
)
