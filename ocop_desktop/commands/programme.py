"""Commands about the programme over the years."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import Any

from ocop_desktop.commands.command import DB, DONE, JSON, Command, argument, print_json, with_database
from ocop_desktop.errors import UserError
from ocop_desktop.text import N_, _, date, number


def day(words: str) -> dt.date:
    """A day given as 2023-06-02 or 02/06/2023."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(words, form).date()
        except ValueError:
            continue
    raise UserError("“{words}” không phải là ngày; hãy viết như 2023-06-02 hoặc 02/06/2023.", words=words)


def _report(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import programme_report

    first, last = day(options.first), day(options.last)
    as_of = day(options.as_of) if options.as_of else min(last, dt.date.today())

    def job(session: Any) -> int:
        figures = programme_report.as_plain(programme_report.report(session, first, last, as_of))
        if options.out:
            from ocop_desktop.actions import programme_figures, programme_paper

            programme_paper.write_report(session, programme_figures.compare(session, first, last, as_of), options.out)
        if options.json:
            print_json(figures)
            return DONE
        print(_("Chương trình OCOP từ {first} đến {last}, số liệu ngày {day}",
                first=date(first), last=date(last), day=date(as_of)))
        for key, words in REPORT_LINES.items():
            print(f"  {_(words):44} {number(figures[key]):>16}")
        return DONE

    return with_database(options.db, job)


REPORT_LINES = {
    "conferences": N_("Hội nghị tuyên truyền"),
    "people_reached": N_("Lượt người dự hội nghị"),
    "trainings": N_("Lớp tập huấn"),
    "document_sets": N_("Bộ tài liệu đã phát"),
    "money_vnd": N_("Kinh phí huy động (đồng)"),
    "registered": N_("Sản phẩm đăng ký"),
    "certified": N_("Sản phẩm được công nhận"),
    "valid": N_("Còn hiệu lực"),
    "expired": N_("Hết hiệu lực"),
    "revoked": N_("Bị thu hồi"),
}

COMMANDS = (
    Command("report", _report, N_("Số liệu chương trình của một kỳ"),
            (DB, argument("--from", N_("ngày đầu kỳ, như 2023-06-02 hoặc 02/06/2023"), N_("NGÀY"), dest="first", required=True),
             argument("--to", N_("ngày cuối kỳ"), N_("NGÀY"), dest="last", required=True),
             argument("--as-of", N_("ngày tính số giấy còn hiệu lực; không ghi thì là hôm nay hoặc ngày cuối kỳ"), N_("NGÀY"),
                      dest="as_of"),
             argument("--out", N_("tệp báo cáo .docx, .pdf hoặc .xlsx; có cả so sánh với kỳ trước"), N_("TỆP"), type=Path),
             JSON)),
)
