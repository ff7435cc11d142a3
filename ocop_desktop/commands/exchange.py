"""Commands that exchange records between offices: cut a file out, take another office's file in."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import Any

from ocop_desktop.commands.command import DB, DONE, JSON, WITH_FINDINGS, Command, argument, out, print_json, with_database
from ocop_desktop.text import N_, _

OUT_SLICE = out(N_("TỆP.trich"))


def _slice(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import slices

    cut = slices.Cut(options.commune or "", options.year, options.round or "")

    def job(session: Any) -> int:
        count = slices.export(session, cut, options.out, not options.from_commune, dt.date.today())
        if options.json:
            print_json({"dossiers": count, "where": cut.where, "file": str(options.out)})
        else:
            print(_("Đã ghi {count} hồ sơ vào {file}", count=count, file=str(options.out)))
        return DONE

    return int(with_database(options.db, job))


def _merge(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import backups, slices

    fresh = not options.db.exists()

    def job(session: Any) -> int:
        if not options.dry_run and not fresh:
            backups.before_import(session)
        seen = slices.preview(session, options.file)
        conflicts = seen.merged.conflicts
        chosen = seen.proposed if options.prefer is None else {d.key for d in conflicts} if options.prefer == "theirs" else set()
        if not options.dry_run:
            slices.accept(session, seen, chosen)
        kept = [d for d in conflicts if d.key not in chosen]
        told = {"new": seen.merged.counts(), "filled": len(seen.merged.fills), "taken": len(chosen), "kept": len(kept),
                "locked": len(seen.merged.locked), "unchanged": seen.merged.same,
                "conflicts": [{"record": d.entity, "about": d.about, "field": d.field, "mine": d.mine, "theirs": d.theirs,
                               "taken": d.key in chosen} for d in conflicts]}
        if options.json:
            print_json(told)
        else:
            _tell(told)
        return WITH_FINDINGS if kept or seen.merged.locked else DONE

    return int(with_database(options.db, job, create=not options.dry_run))


def _tell(told: dict[str, Any]) -> None:
    print(_("Mới: {producers} chủ thể, {products} sản phẩm, {dossiers} hồ sơ, {certificates} lần công nhận.",
            **{f"{name}s": count for name, count in told["new"].items()}))
    print(_("Mới: {inspection} lần kiểm tra, {activity} hoạt động, {funding} khoản kinh phí, {target} chỉ tiêu.", **told["new"]))
    print(_("Điền chỗ trống {filled}, lấy theo tệp {taken}, giữ dữ liệu đang có {kept}, không nhận {locked}.",
            **{name: told[name] for name in ("filled", "taken", "kept", "locked")}))
    for one in told["conflicts"]:
        print(f"  {one['about']} · {one['field']}: {one['mine']} ≠ {one['theirs']}")


COMMANDS = (
    Command("slice", _slice, N_("Trích dữ liệu của một xã, năm hoặc đợt để gửi cấp khác"), (
        DB, OUT_SLICE, argument("--commune", N_("mã xã"), N_("MÃ")),
        argument("--year", N_("năm nộp hoặc công nhận"), N_("NĂM"), type=int),
        argument("--round", N_("đợt đánh giá, đúng như trong hồ sơ"), N_("ĐỢT")),
        argument("--from-commune", N_("tệp do cấp xã lập: nơi nhận giữ dữ liệu của mình"), action="store_true"), JSON)),
    Command("merge", _merge, N_("Nhận tệp trích của cấp khác"), (
        argument("file", N_("tệp trích"), N_("TỆP.trich"), type=Path), DB,
        argument("--dry-run", N_("chỉ xem trước, không ghi gì"), action="store_true"),
        argument("--prefer", N_("chỗ khác nhau: mine giữ dữ liệu đang có, theirs lấy theo tệp; không ghi thì tỉnh được ưu tiên"),
                 choices=("mine", "theirs")), JSON)),
)
