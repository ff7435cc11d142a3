"""Commands about rulebooks: show, list, export, import, attach the law's wording."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from ocop_desktop.commands.command import (
    DB,
    DONE,
    FAILED,
    JSON,
    MAYBE_DB,
    OUT_SHEET,
    WITH_FINDINGS,
    Command,
    argument,
    perhaps_with_database,
    print_json,
    with_database,
)
from ocop_desktop.errors import Problem
from ocop_desktop.text import N_, _, date, language, say

ID = argument("--id", N_("số hiệu bộ tiêu chí, như “rulebook list” cho biết; không ghi thì bộ đang áp dụng"), N_("SỐ-HIỆU"),
              default="")


def _show(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import rulebooks

    def job(_session: Any) -> int:
        rules = (rulebooks.rulebook(options.id) if options.id else rulebooks.current()).set(options.set)
        if options.json:
            print_json(
                {
                    c.code: {"part": c.part, "max": c.max, "options": [[o.choice, o.points, o.star] for o in c.options]}
                    for c in rules.criteria
                }
            )
            return DONE
        print(_("Bộ {number}: {name}", number=rules.number, name=rules.name.said(language())))
        for c in rules.criteria:
            print(f"{c.code:8} {c.name.said(language())} ({c.max})")
            for o in c.options:
                mark = "  " + _("{stars} sao", stars=o.star) if o.star else ""
                print(f"    [{o.choice}] {o.points:2}  {o.label.said(language())}{mark}")
        return DONE

    return perhaps_with_database(options, job)


def _list(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import rulebook_packs

    def job(session: Any) -> int:
        lines = rulebook_packs.listing(session)
        if options.json:
            print_json(rulebook_packs.list_as_plain(lines))
            return DONE
        sources = {"program": _("chương trình"), "file": _("tệp dữ liệu")}
        for line in lines:
            sets = _("{count} bộ", count=line.sets) if line.sets else _("lịch sử")
            print(f"{line.id:22} {date(line.in_force)}  {sets:8} {sources[line.source]:12} {line.fingerprint[:12]} ", line.reason)
        return DONE

    return perhaps_with_database(options, job)


def _export(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import rulebook_packs

    def job(_session: Any) -> int:
        book = rulebook_packs.export(options.out, options.id)
        print(_("Đã ghi bộ tiêu chí {law} vào {file}.", law=book.id, file=str(options.out)))
        return DONE

    return perhaps_with_database(options, job)


def _import(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import rulebook_packs
    from ocop_desktop.actions.opening import open_or_create
    from ocop_desktop.commands import signing_in

    fresh = not options.db.exists()
    database, stored = open_or_create(options.db), False
    try:
        signing_in.for_command(database)
        with database.begin() as session:
            seen = rulebook_packs.look(session, options.file, options.id)
        refused = bool(seen.faults) and not options.accept_faults.strip()
        if not refused and not seen.unchanged:
            with database.begin() as session:
                rulebook_packs.keep(session, seen, options.reason, options.accept_faults)
            stored = True
    finally:
        database.close()
        if fresh and not stored:  # nothing came in: leave no empty file behind
            options.db.unlink(missing_ok=True)
    return _tell_pack(options, seen, stored, refused)


def _tell_pack(options: argparse.Namespace, seen: Any, stored: bool, refused: bool) -> int:
    from ocop_desktop.actions import rulebook_packs

    if options.json:
        print_json(rulebook_packs.summary(seen, stored))
    for problem in () if options.json and not refused else seen.problems:
        print(_at_its_cell(problem), file=sys.stderr)
    if not options.json and not refused:
        said = _("Đã lưu {law}: {count} chỗ khác bản trước.", law=seen.id, count=len(seen.differences))
        print(said if stored else _("Không có gì khác {law}.", law=seen.id))
    if refused:
        said = _("Chưa lưu gì: sửa {count} chỗ trên, hoặc nhập lại với --accept-faults và lý do.", count=len(seen.faults))
        print(said, file=sys.stderr)
        return FAILED
    return WITH_FINDINGS if seen.faults else DONE


def _at_its_cell(problem: Problem) -> str:
    """What is wrong, with the cell where the sentence itself does not name it."""
    place, sentence = problem.place, say(problem)
    cell = f"{place.column}{place.row}"
    if place.row is None or not place.column or cell in sentence:
        return sentence
    return _("Trang “{sheet}”, ô {cell}: {sentence}", sheet=place.sheet, cell=cell, sentence=sentence)


def _attach(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import wording

    def job(session: Any) -> Any:
        seen = wording.look(session, options.file, options.id)
        wording.attach(session, seen)
        return seen

    seen = with_database(options.db, job, create=True)
    if options.json:
        print_json(wording.summary(seen))
    else:
        print(wording.coverage(seen))
    for line in wording.sentences(seen):
        print(line, file=sys.stderr)
    return DONE if seen.whole else WITH_FINDINGS


COMMANDS = (
    Command("rulebook show", _show, N_("Xem một bộ tiêu chí"),
            (argument("--set", N_("số của bộ sản phẩm, 1 đến 26"), N_("SỐ"), type=int, required=True), ID, MAYBE_DB, JSON)),
    Command("rulebook list", _list, N_("Liệt kê các bộ tiêu chí và bản của chúng"), (MAYBE_DB, JSON)),
    Command("rulebook export", _export, N_("Xuất bộ tiêu chí ra một tệp Excel để sửa"), (OUT_SHEET, ID, MAYBE_DB)),
    Command("rulebook import", _import, N_("Nhập bộ tiêu chí từ bảng tính thành một bản mới"),
            (argument("file", N_("bảng tính"), N_("BẢNG.xlsx"), type=Path), DB, ID,
             argument("--reason", N_("lý do có bản mới, ghi cùng bản ấy"), N_("LÝ-DO"), default=""),
             argument("--accept-faults", N_("lý do vẫn lưu dù còn lỗi"), N_("LÝ-DO"), default=""), JSON)),
    Command("rulebook attach", _attach, N_("Gắn lời văn của luật, đọc từ văn bản đã tải về"),
            (argument("file", N_("Quyết định đã tải về: .html, .mhtml hoặc .docx"), N_("VĂN-BẢN"), type=Path), DB, ID, JSON)),
)
