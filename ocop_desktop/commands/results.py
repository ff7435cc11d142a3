"""Commands about results: from ballots in a file, of a session, and the certificates that follow."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from ocop_desktop.commands.command import (
    DB,
    DONE,
    JSON,
    SESSION,
    Command,
    argument,
    comma,
    print_json,
    with_database,
)
from ocop_desktop.errors import UserError
from ocop_desktop.text import N_, _


def _evaluate(options: argparse.Namespace) -> int:
    from ocop_desktop.actions.evaluation import evaluate_file, problems_as_plain

    try:
        outcome = evaluate_file(options.file)
    except UserError as fault:
        print_json(problems_as_plain(fault))
        raise
    if options.json:
        print_json(outcome)
    else:
        _tell(outcome)
    return DONE


def _tell(outcome: dict[str, Any]) -> None:
    """An outcome in sentences: what it comes to, each ballot's total, what the council has to look at, what is missing."""
    print(_("Điểm trung bình {mean}; theo điểm {by_points} sao; sau điều kiện {stars} sao.", mean=comma(outcome["mean"]),
            by_points=outcome["stars_by_points"], stars=outcome["stars"]))
    if outcome["excluded"]:
        print(_("Hồ sơ bị loại: hơn một nửa số phiếu đề nghị loại."))
    for part, mean in outcome["parts"].items():
        print(f"  {_('Phần {part}', part=part):30} {comma(mean):>7}")
    for member, total in outcome["totals"].items():
        print(f"  {member:30} {total:>7}")
    for one, other, difference in outcome["spread"]["over"]:
        print(_("Chênh lệch quá mức: {one} và {other}, {points} điểm.", one=one, other=other, points=difference))
    if outcome["split_gates"]:
        print(_("Phiếu không thống nhất về điều kiện của tiêu chí {codes}.", codes=", ".join(outcome["split_gates"])))
    following = outcome["next"]
    if following:
        print(_("Để đạt {stars} sao: thiếu {points} điểm; điều kiện chưa đạt: {codes}.", stars=following["stars"],
                points=comma(following["points_short"]), codes=", ".join(following["gates"]) or "-"))


def _results(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import results

    def job(session: Any) -> int:
        found = results.results_json(session, options.session)
        if not found:
            print(_("Phiên {code} chưa có hồ sơ nào được chốt nên chưa có kết quả.", code=options.session), file=sys.stderr)
        if options.json:
            print_json(found)
        else:
            for row in found:
                print(f"{row['code'] or '':22} {comma(row['mean']):>8} {row['stars'] or '-'}  {row['product']}")
        return DONE

    return with_database(options.db, job)


COMMANDS = (
    Command("evaluate", _evaluate, N_("Tính kết quả từ các phiếu trong một tệp JSON"),
            (argument("file", N_("tệp phiếu"), N_("PHIẾU.json"), type=Path), JSON)),
    Command("results", _results, N_("In kết quả của một phiên"), (DB, SESSION, JSON)),
)
