"""Commands about members' own laptops: packages out, ballots back; and the member's side of both."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from ocop_desktop.commands.command import (
    DB,
    DONE,
    JSON,
    SESSION,
    WITH_FINDINGS,
    Command,
    argument,
    out,
    print_json,
    with_database,
)
from ocop_desktop.errors import UserError
from ocop_desktop.text import N_, _, say


def _package(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import packages

    contents = packages.Contents(not options.no_photos, not options.no_papers)

    def job(session: Any) -> int:
        made = packages.write_one(session, options.session, options.member, options.out, contents)
        print(_("Đã ghi gói của {member}: {count} hồ sơ, {file}.", member=made.member, count=made.dossiers, file=str(made.path)))
        return DONE

    return int(with_database(options.db, job))


def _import(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import receiving

    files = receiving.files_in(options.file)
    found = with_database(options.db, lambda session: receiving.receive(session, files, options.code or ()))
    if options.json:
        print_json([receiving.as_plain(arrival) for arrival in found])
    else:
        for arrival in found:
            _tell(arrival)
    return DONE if all(arrival.state in ("merged", "unchanged") for arrival in found) else WITH_FINDINGS


def _tell(arrival: Any) -> None:
    """One line for a file, one for each dossier refused."""
    if arrival.said is not None and not arrival.lines:
        print(say(arrival.said), file=sys.stderr)
        return
    if arrival.state == "unchanged":
        print(_("{file}: {member}, đã nhận từ trước, không có gì đổi.", file=arrival.file, member=arrival.member))
    else:
        print(_("{file}: {member}, {complete} phiếu hoàn tất, {incomplete} phiếu chấm dở, {refused} phiếu không nhận.",
                file=arrival.file, member=arrival.member, complete=arrival.complete, incomplete=arrival.incomplete,
                refused=arrival.refused))
    for line in arrival.lines:
        if line.said is not None:
            print(f"  {line.code}: {say(line.said)}", file=sys.stderr)


def _open(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import own_laptop

    database = own_laptop.open_package(options.file, options.db)
    try:
        with database.begin() as session:
            own = own_laptop.standing(session)
        assert own is not None  # made from a package just now
        print(_("Đã mở gói của {member} vào {file}: {count} hồ sơ phải chấm. Mã của máy này: {code}", member=own.member,
                file=str(database.path), count=own.total, code=own.code))
    finally:
        database.close()
    return DONE


def _export(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import own_laptop

    answers = _answers(options.answers) if options.answers else {}

    def job(session: Any) -> int:
        own_laptop.fill_in(session, answers)
        made = own_laptop.hand_in(session, options.out)
        print(_("Đã ghi {file}: {finished} phiếu hoàn tất trong {begun} phiếu đã chấm. Mã của máy này: {code}",
                file=str(made.path), finished=made.finished, begun=made.begun, code=made.code))
        return DONE

    return int(with_database(options.db, job))


def _answers(path: Path) -> dict[str, dict[str, str]]:
    """Dossier code -> criterion -> choice, from a JSON file."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(choices, dict) for choices in found.values()):
        raise UserError("Tệp {file} phải là JSON: mã hồ sơ, rồi tiêu chí, rồi mức đã chọn.", file=str(path))
    return {code: {str(c): str(choice) for c, choice in choices.items()} for code, choices in found.items()}


OUT = out(N_("GÓI.ocopgoi"))
COMMANDS = (
    Command("package", _package, N_("Ghi gói phiên cho một thành viên chấm trên máy của mình"),
            (DB, SESSION, argument("--member", N_("tên, cơ quan hoặc số ghế của thành viên"), N_("AI"), required=True), OUT,
             argument("--no-photos", N_("không kèm ảnh sản phẩm"), action="store_true"),
             argument("--no-papers", N_("không kèm giấy tờ pháp lý"), action="store_true"))),
    Command("ballot-import", _import, N_("Nhận phiếu của các thành viên chấm trên máy của mình"),
            (argument("file", N_("tệp .ocopphieu hoặc thư mục có các tệp ấy"), N_("PHIẾU"), type=Path, nargs="+"), DB,
             argument("--code", N_("mã thành viên đọc từ máy của mình; ghi được nhiều lần"), N_("MÃ"), action="append"), JSON)),
    Command("package-open", _open, N_("Máy của thành viên: mở gói phiên thành tệp dữ liệu để chấm"),
            (argument("file", N_("gói phiên"), N_("GÓI.ocopgoi"), type=Path),
             argument("--db", N_("tệp dữ liệu của thành viên; tự đặt tên khi không ghi"), N_("TỆP.ocop"), type=Path))),
    Command("ballot-export", _export, N_("Máy của thành viên: ghi tệp phiếu để giao cho thư ký"),
            (DB, argument("--out", N_("tệp .ocopphieu, hoặc thư mục để ghi vào"), N_("PHIẾU"), type=Path, required=True),
             argument("--answers", N_("tệp JSON có câu trả lời để ghi và hoàn tất trước khi giao"), N_("TRẢ-LỜI.json"),
                      type=Path))),
)
