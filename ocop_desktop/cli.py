"""The command line: every job without a window, and the window itself when no job is named.

Exit codes: 0 done, 1 done with rejected rows or findings, 2 could not. Errors are sentences on stderr.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from ocop_desktop import __version__
from ocop_desktop.errors import ProblemsFound, UserError
from ocop_desktop.text import N_, _, date, language, say, set_language

DONE, WITH_FINDINGS, FAILED = 0, 1, 2


class Parser(argparse.ArgumentParser):
    """Says what is wrong with a command in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Refuse the command line."""
        usage = " ".join(self.format_usage().split()[1:])
        print(_("Lệnh chưa đúng. Cách dùng: {usage}", usage=usage), file=sys.stderr)
        raise SystemExit(FAILED)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or _is_file(words[0]):
        return _window(Path(words[0]) if words else None)
    options = _parser().parse_args(words)
    set_language(getattr(options, "language", None) or "vi")
    try:
        return int(options.run(options))
    except ProblemsFound as fault:
        for problem in fault.problems:
            print(say(problem), file=sys.stderr)
        return FAILED
    except UserError as fault:
        print(say(fault), file=sys.stderr)
        return FAILED
    except BrokenPipeError:  # the reader of our output went away; nothing to tell it
        return DONE
    except OSError as fault:
        print(_("Không đọc hoặc ghi được {file}: {reason}", file=fault.filename, reason=fault.strerror), file=sys.stderr)
        return FAILED


def _is_file(word: str) -> bool:
    """Whether a first word names a database to open rather than a job; a mistyped job must not become a new file."""
    return word not in COMMANDS and not word.startswith("-") and (Path(word).suffix == ".ocop" or Path(word).is_file())


def _window(database: Path | None) -> int:
    from ocop_desktop import app

    return app.run(database)


def _parser() -> Parser:
    parser = Parser(prog="ocop-desktop", description=_("Không có lệnh: mở cửa sổ. Có lệnh: làm việc đó rồi thoát."))
    parser.add_argument("--version", action="version", version=f"OCOP Desktop {__version__}")
    verbs = parser.add_subparsers(dest="verb", required=True, parser_class=Parser)
    for verb, (run, about, arrange) in COMMANDS.items():
        sub = verbs.add_parser(verb, help=_(about), description=_(about))
        sub.add_argument("--language", choices=("vi", "en"), help=_("ngôn ngữ của các câu in ra"))
        arrange(sub)
        sub.set_defaults(run=run)
    return parser


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


def _evaluate(options: argparse.Namespace) -> int:
    from ocop_desktop.actions.evaluation import evaluate_file, problems_as_plain

    try:
        outcome = evaluate_file(options.file)
    except UserError as fault:
        _print_json(problems_as_plain(fault))
        raise
    if options.json:
        _print_json(outcome)
    else:
        print(
            _(
                "Điểm trung bình {mean}; theo điểm {by_points} sao; sau điều kiện {stars} sao.",
                mean=_comma(outcome["mean"]),
                by_points=outcome["stars_by_points"],
                stars=outcome["stars"],
            )
        )
        if outcome["excluded"]:
            print(_("Hồ sơ bị loại: hơn một nửa số phiếu đề nghị loại."))
    return DONE


def _perhaps_with_database(options: argparse.Namespace, job: Callable[[Any], int]) -> int:
    """Run a job that needs no database; with one, its versions of rulebooks are known too."""
    return _with_database(options.db, job) if options.db else job(None)


def _rulebook_show(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import rulebooks

    def job(_session: Any) -> int:
        rules = (rulebooks.rulebook(options.id) if options.id else rulebooks.current()).set(options.set)
        if options.json:
            _print_json(
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

    return _perhaps_with_database(options, job)


def _rulebook_list(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import rulebook_packs

    def job(session: Any) -> int:
        lines = rulebook_packs.listing(session)
        if options.json:
            _print_json(rulebook_packs.list_as_plain(lines))
            return DONE
        sources = {"program": _("chương trình"), "file": _("tệp dữ liệu")}
        for line in lines:
            sets = _("{count} bộ", count=line.sets) if line.sets else _("lịch sử")
            print(f"{line.id:22} {date(line.in_force)}  {sets:8} {sources[line.source]:12} {line.fingerprint[:12]} ", line.reason)
        return DONE

    return _perhaps_with_database(options, job)


def _rulebook_export(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import rulebook_packs

    def job(_session: Any) -> int:
        book = rulebook_packs.export(options.out, options.id)
        print(_("Đã ghi bộ tiêu chí {law} vào {file}.", law=book.id, file=str(options.out)))
        return DONE

    return _perhaps_with_database(options, job)


def _rulebook_import(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import rulebook_packs
    from ocop_desktop.actions.opening import open_or_create

    fresh = not options.db.exists()
    database, stored = open_or_create(options.db), False
    try:
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
        _print_json(rulebook_packs.summary(seen, stored))
    for problem in () if options.json and not refused else seen.problems:
        print(say(problem), file=sys.stderr)
    if not options.json and not refused:
        said = _("Đã lưu {law}: {count} chỗ khác bản trước.", law=seen.id, count=len(seen.differences))
        print(said if stored else _("Không có gì khác {law}.", law=seen.id))
    if refused:
        said = _("Chưa lưu gì: sửa {count} chỗ trên, hoặc nhập lại với --accept-faults và lý do.", count=len(seen.faults))
        print(said, file=sys.stderr)
        return FAILED
    return WITH_FINDINGS if seen.faults else DONE


def _rulebook_jobs(parser: argparse.ArgumentParser) -> None:
    """Arrange ``rulebook``: one job a line in ``RULEBOOK_JOBS``."""
    jobs = parser.add_subparsers(dest="what", required=True, parser_class=Parser)
    for what, (run, about, names) in RULEBOOK_JOBS.items():
        sub = jobs.add_parser(what, help=_(about), description=_(about))
        _file_and(*names)(sub)
        sub.add_argument("--language", choices=("vi", "en"), default=argparse.SUPPRESS, help=_("ngôn ngữ của các câu in ra"))
        sub.set_defaults(run=run)


def _comma(points: str) -> str:
    """Points as the language in force writes them; ``points`` comes from ``rules.scoring.shown``."""
    return points if language() == "en" else points.replace(".", ",")


def _with_database(path: Path, job: Callable[[Any], int], create: bool = False) -> int:
    from ocop_desktop.actions.opening import open_or_create

    if not create and not path.exists():
        raise UserError("Không thấy tệp dữ liệu {file}.", file=str(path))
    fresh = not path.exists()
    database = open_or_create(path)
    try:
        with database.begin() as session:
            return job(session)
    except UserError:
        if fresh:  # nothing came in: leave no empty file behind
            database.close()
            path.unlink(missing_ok=True)
        raise
    finally:
        database.close()


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
            _print_json(summary)
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

    return _with_database(options.db, job, create=True)


def _results(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import results

    def job(session: Any) -> int:
        found = results.results_json(session, options.session)
        if options.json:
            _print_json(found)
        else:
            for row in found:
                print(f"{row['code'] or '':22} {_comma(row['mean']):>8} {row['stars'] or '-'}  {row['product']}")
        return DONE

    return _with_database(options.db, job)


def _certificates(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import certificates

    def job(session: Any) -> int:
        count, problems = certificates.write_pdf(session, options.out, options.session)
        for problem in problems:
            print(say(problem), file=sys.stderr)
        print(_("Đã in {count} giấy chứng nhận vào {file}.", count=count, file=str(options.out)))
        return WITH_FINDINGS if problems else DONE

    return _with_database(options.db, job)


def _summary(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import summary

    def job(session: Any) -> int:
        summary.write_summary(session, options.out)
        print(_("Đã ghi bảng tổng hợp vào {file}.", file=str(options.out)))
        return DONE

    return _with_database(options.db, job)


def _check(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import backups

    problems = backups.check_database(options.db)
    for problem in problems:
        print(say(problem), file=sys.stderr)
    if not problems:
        print(_("Tệp {file} nguyên vẹn.", file=str(options.db)))
    return WITH_FINDINGS if problems else DONE


def _restore(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import backups

    kept = backups.restore(options.backup, options.db)
    print(_("Đã khôi phục {file} từ {backup}.", file=str(options.db), backup=str(options.backup)))
    if kept:
        print(_("Dữ liệu trước khi khôi phục được giữ ở {file}.", file=str(kept)))
    return DONE


def _demo(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import demo

    demo.create(options.db)
    print(_("Đã tạo dữ liệu mẫu ở {file}.", file=str(options.db)))
    return DONE


def _file_and(*names: str) -> Callable[[argparse.ArgumentParser], None]:
    """Arrange a parser: ``file`` is a positional path; others are options as ``ARGUMENTS`` tells."""

    def arrange(parser: argparse.ArgumentParser) -> None:
        for name in names:
            word, settings = ARGUMENTS[name]
            parser.add_argument(word, **settings)

    return arrange


ARGUMENTS: dict[str, tuple[str, dict[str, Any]]] = {
    "file": ("file", {"type": Path}),
    "backup": ("backup", {"type": Path}),
    "db": ("--db", {"type": Path, "required": True}),
    "out": ("--out", {"type": Path, "required": True}),
    "map": ("--map", {"type": Path}),
    "set": ("--set", {"type": int, "required": True}),
    "session": ("--session", {"required": True}),
    "maybe_session": ("--session", {}),
    "dry_run": ("--dry-run", {"action": "store_true"}),
    "json": ("--json", {"action": "store_true"}),
    "maybe_db": ("--db", {"type": Path}),
    "id": ("--id", {"default": ""}),
    "reason": ("--reason", {"default": ""}),
    "accept": ("--accept-faults", {"default": "", "metavar": "REASON"}),
}

RULEBOOK_JOBS: dict[str, tuple[Callable[[argparse.Namespace], int], str, tuple[str, ...]]] = {
    "show": (_rulebook_show, N_("Xem một bộ tiêu chí"), ("set", "id", "maybe_db", "json")),
    "list": (_rulebook_list, N_("Liệt kê các bộ tiêu chí và bản của chúng"), ("maybe_db", "json")),
    "export": (_rulebook_export, N_("Xuất bộ tiêu chí ra một tệp Excel để sửa"), ("out", "id", "maybe_db")),
    "import": (_rulebook_import, N_("Nhập bộ tiêu chí từ bảng tính thành một bản mới"),
               ("file", "db", "id", "reason", "accept", "json")),
}

COMMANDS: dict[str, tuple[Callable[[argparse.Namespace], int], str, Callable[[argparse.ArgumentParser], None]]] = {
    "evaluate": (_evaluate, N_("Tính kết quả từ các phiếu trong một tệp JSON"), _file_and("file", "json")),
    "rulebook": (_rulebook_list, N_("Xem, liệt kê, xuất, nhập bộ tiêu chí"), _rulebook_jobs),
    "demo": (_demo, N_("Tạo một tệp dữ liệu mẫu"), _file_and("db")),
    "import": (_import, N_("Nhập một bảng tính"), _file_and("file", "db", "dry_run", "map", "json")),
    "results": (_results, N_("In kết quả của một phiên"), _file_and("db", "session", "json")),
    "certificates": (_certificates, N_("In giấy chứng nhận ra PDF"), _file_and("db", "maybe_session", "out")),
    "summary": (_summary, N_("Ghi bảng tổng hợp Excel"), _file_and("db", "out")),
    "check": (_check, N_("Kiểm tra một tệp dữ liệu"), _file_and("db")),
    "restore": (_restore, N_("Khôi phục tệp dữ liệu từ một bản sao lưu"), _file_and("backup", "db")),
}
