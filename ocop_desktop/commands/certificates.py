"""Commands about certificates: print them, issue one again, carry their layout as a file."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import Any

from ocop_desktop.commands.command import (
    DB,
    DONE,
    OUT_PDF,
    PASSPHRASE_FILE,
    WITH_FINDINGS,
    Command,
    argument,
    out,
    with_database,
)
from ocop_desktop.commands.programme import day
from ocop_desktop.text import N_, _, say

TEMPLATES = ("general", "stars3", "stars4", "stars5", "reissue", "copy")


def _print(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import certificates
    from ocop_desktop.commands import keys

    def job(session: Any) -> int:
        if not options.unsigned:
            keys.unlock(session, options.passphrase_file)
        count, problems = certificates.write_pdf(session, options.out, options.session, signed=not options.unsigned,
                                                 copy=options.copy)
        for problem in problems:
            if problem.kind != "no_number":
                print(say(problem), file=sys.stderr)
        numberless = sum(problem.kind == "no_number" for problem in problems)
        if numberless:
            print(_("{count} lần công nhận trước đây không có số giấy chứng nhận nên không in; số chỉ được cấp khi cấp giấy cho "
                    "kết quả đã chốt, có quyết định.", count=numberless), file=sys.stderr)
        print(_("Đã in {count} giấy chứng nhận vào {file}.", count=count, file=str(options.out)))
        return WITH_FINDINGS if problems else DONE

    return with_database(options.db, job)


def _reissue(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import certificate_reissue

    def job(session: Any) -> int:
        on = day(options.date) if options.date else dt.date.today()
        old = certificate_reissue.by_number(session, options.number)
        _id, number = certificate_reissue.reissue(session, old, on, options.why)
        print(_("Đã cấp lại giấy số {number}; giấy số {old} hết giá trị.", number=number, old=options.number))
        return DONE

    return with_database(options.db, job)


def _save_layout(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import certificate_designs as designs

    def job(session: Any) -> int:
        designs.write_design(session, designs.design_of(session, options.template), options.out)
        print(_("Đã ghi {file}.", file=str(options.out)))
        return DONE

    return with_database(options.db, job)


def _take_layout(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import certificate_designs as designs

    def job(session: Any) -> int:
        designs.save_design(session, options.template, designs.read_design_file(session, options.file))
        print(_("Đã lưu mẫu giấy chứng nhận; giấy in từ bây giờ theo mẫu này."))
        return DONE

    return with_database(options.db, job)


TEMPLATE = argument("--template", N_("mẫu: general (chung), stars3, stars4, stars5, reissue (cấp lại), copy (bản sao)"),
                    choices=TEMPLATES, default="general")
COMMANDS = (
    Command("certificates", _print, N_("In giấy chứng nhận ra PDF"),
            (DB, argument("--session", N_("mã phiên; không ghi thì in mọi giấy trong sổ"), N_("MÃ")),
             argument("--copy", N_("in bản sao: mỗi trang ghi “BẢN SAO”"), action="store_true"), OUT_PDF, PASSPHRASE_FILE,
             argument("--unsigned", N_("in không có chữ ký số, dù tệp có khóa ký"), action="store_true"))),
    Command("certificate reissue", _reissue, N_("Cấp lại một giấy chứng nhận bằng số mới; giấy cũ hết giá trị"),
            (DB, argument("--number", N_("số của giấy cũ"), N_("SỐ"), required=True),
             argument("--why", N_("lý do cấp lại"), N_("LÝ-DO"), required=True),
             argument("--date", N_("ngày cấp lại, dd/mm/yyyy; không ghi thì hôm nay"), N_("NGÀY")))),
    Command("certificate layout", _save_layout, N_("Ghi mẫu giấy chứng nhận đang dùng ra tệp"),
            (DB, TEMPLATE, out(N_("MẪU.json")))),
    Command("certificate take-layout", _take_layout, N_("Dùng mẫu giấy chứng nhận trong một tệp"),
            (argument("file", N_("tệp mẫu"), N_("MẪU.json"), type=Path), DB, TEMPLATE)),
)
