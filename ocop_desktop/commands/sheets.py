"""Commands that take spreadsheets in and write them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from ocop_desktop.commands.command import DB, DONE, JSON, OUT_SHEET, WITH_FINDINGS, Command, argument, print_json, with_database
from ocop_desktop.text import N_, _


def _import(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import backups, importing, importing_answers

    mapping = importing.read_mapping(options.map) if options.map else None
    answers = importing_answers.read(options.answers) if options.answers else importing_answers.Answers()
    answers = answers.for_all(options.doubtful)
    fresh = not options.db.exists()

    def job(session: Any) -> int:
        if not options.dry_run and not fresh:
            backups.before_import(session)
        preview = importing.preview(
            session, options.file, mapping, fixes=answers.fixes, skip=answers.skip, choices=answers.choices
        )
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
            if summary["waiting"]:
                print(_("Trong đó {count} dòng chờ chọn: cùng một mục đã có, hay là mới.", count=summary["waiting"]))
            for problem in summary["problems"]:
                if problem["severity"] != "repair":
                    print(problem["message"], file=sys.stderr)
        return WITH_FINDINGS if summary["rejected"] else DONE

    return with_database(options.db, job, create=True, keep=not options.dry_run)


def _summary(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import summary

    def job(session: Any) -> int:
        summary.write_summary(session, options.out)
        print(_("Đã ghi bảng tổng hợp vào {file}.", file=str(options.out)))
        return DONE

    return with_database(options.db, job)


def _export(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import exporting

    def job(session: Any) -> int:
        count = exporting.export(session, options.layout, options.out, communes=options.commune)
        if options.json:
            print_json({"layout": options.layout, "rows": count, "file": str(options.out)})
        else:
            print(_("Đã ghi {count} dòng vào {file}.", count=count, file=str(options.out)))
        return DONE

    return with_database(options.db, job)


def _template(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import exporting

    exporting.template(options.kind, options.out)
    print(_("Đã ghi biểu mẫu vào {file}.", file=str(options.out)))
    return DONE


COMMANDS = (
    Command("import", _import, N_("Nhập một bảng tính"),
            (argument("file", N_("bảng tính: .xlsx, .xls, .ods hoặc .csv"), N_("BẢNG"), type=Path), DB,
             argument("--dry-run", N_("chỉ xem trước, không ghi gì"), action="store_true"),
             argument("--map", N_("tệp cho biết cột nào là gì, khi chương trình đoán chưa đúng"), N_("ÁNH-XẠ.json"), type=Path),
             argument("--answers", N_("tệp trả lời những chỗ chương trình hỏi"), N_("TRẢ-LỜI.json"), type=Path),
             argument("--doubtful", N_("dòng có thể là mục đã có: wait để chờ, same là mục ấy, new là mục mới"),
                      choices=("wait", "same", "new"), default="wait"), JSON)),
    Command("export", _export, N_("Xuất dữ liệu theo dạng bảng tính đã nhập"),
            (argument("layout", N_("register, national, applications, producers, activities hoặc funding"), N_("DẠNG")), DB,
             OUT_SHEET, argument("--commune", N_("mã xã, chỉ xuất chủ thể ở xã ấy; ghi được nhiều lần"), N_("MÃ"),
                                 action="append", default=[]), JSON)),
    Command("template", _template, N_("Ghi biểu mẫu để điền và nhập"),
            (argument("kind", N_("register, national, applications, producers, activities, funding hoặc scores"), N_("DẠNG")),
             OUT_SHEET)),
    Command("summary", _summary, N_("Ghi bảng tổng hợp Excel"), (DB, OUT_SHEET)),
)
