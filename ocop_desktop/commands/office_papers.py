"""Commands about what the office says of its papers: its own Word files, numbers, signatories, letterheads."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from ocop_desktop.commands.command import DB, DONE, Command, argument, with_database
from ocop_desktop.commands.papers import DOSSIER, MEETING, NUMBERS
from ocop_desktop.commands.programme import day
from ocop_desktop.errors import UserError
from ocop_desktop.text import N_, _, say

Job = Callable[[argparse.Namespace, Any], object]


def _job(run: Job) -> Callable[[argparse.Namespace], int]:
    """A command that works in one transaction of the file and prints what it gives, a line each."""
    def command(options: argparse.Namespace) -> int:
        def job(session: Any) -> int:
            found = run(options, session)
            for line in (found,) if isinstance(found, str) else found:  # type: ignore[attr-defined]
                print(line)
            return DONE

        return int(with_database(options.db, job))

    return command


def _templates(_options: argparse.Namespace, session: Any) -> object:
    from ocop_desktop.actions import paper_templates

    for line in paper_templates.listed(session):
        own = _("mẫu có sẵn")
        if line.kept_at:
            own = _("mẫu riêng: {name} ({who}, {day})", name=line.name, who=line.who or "-", day=f"{line.kept_at:%d/%m/%Y %H:%M}")
        yield f"{line.kind}\t{own}"


def _fields(options: argparse.Namespace, _session: Any) -> object:
    from ocop_desktop.actions import paper_templates

    return [f"{name}\t{example}" for name, example in paper_templates.fields(options.kind)]


def _save_template(options: argparse.Namespace, session: Any) -> str:
    from ocop_desktop.actions import paper_templates

    paper_templates.save_for_editing(session, options.kind, options.file)
    return _("Đã ghi {file}.", file=str(options.file))


def _use_template(options: argparse.Namespace, session: Any) -> str:
    from ocop_desktop.actions import paper_templates

    paper_templates.use(session, options.kind, options.file)
    return _("Từ nay giấy tờ {kind} theo mẫu {file}.", kind=options.kind, file=options.file.name)


def _reset_template(options: argparse.Namespace, session: Any) -> str:
    from ocop_desktop.actions import paper_templates

    paper_templates.reset(session, options.kind)
    return _("Giấy tờ {kind} trở về mẫu có sẵn.", kind=options.kind)


STATES = {"taken": N_("đã cấp"), "reserved": N_("giữ chỗ"), "cancelled": N_("đã hủy")}


def _numbers(options: argparse.Namespace, session: Any) -> object:
    from ocop_desktop.actions import number_patterns, paper_numbers

    for line in number_patterns.kinds(session, options.year):
        yield f"{line.issuer}/{line.sign}\t{_next(line)}"
    for one in paper_numbers.register(session, options.year):
        when = f"{one.dated:%d/%m/%Y}" if one.dated else "-"
        yield "\t".join((str(one.id), one.text, _(STATES[one.state]), when, one.about or "-", one.reason or "-"))


def _next(line: Any) -> str:
    return _("số tiếp theo: {number}", number=line.following) if line.following else _("Mỗi xã, phường đếm số riêng")


def _take(options: argparse.Namespace, session: Any) -> object:
    from ocop_desktop.actions import numbering

    return numbering.take_numbers(session, _wanted(options, session), options.day, reserved=options.reserved)


def _wanted(options: argparse.Namespace, session: Any) -> Any:
    """The paper of a session, of a dossier or around certificates that the options name."""
    from ocop_desktop.actions import register_papers
    from ocop_desktop.actions.dossier_papers import DossierPaper, dossier_id_of
    from ocop_desktop.actions.meeting_facts import session_id_of
    from ocop_desktop.actions.session_papers import SessionPaper, kind_of

    of_register = options.kind in {kind.key for kind in register_papers.REGISTER_PAPERS} and not options.session
    if not of_register and bool(options.session) == bool(options.dossier):
        kind_of(options.kind)
        raise UserError("Hãy nêu một trong hai: mã phiên (--session) hoặc mã sản phẩm của hồ sơ (--dossier).")
    if options.session:
        return SessionPaper(session_id_of(session, options.session), options.kind)
    if options.dossier:
        return DossierPaper(dossier_id_of(session, options.dossier), options.kind)
    return register_papers.wanted(session, options.kind, options.certificate, options.day)


def _reserve(options: argparse.Namespace, session: Any) -> object:
    from ocop_desktop.actions import paper_numbers

    issuer, _slash, sign = options.of.partition("/")
    return [n.text for n in paper_numbers.reserve(session, issuer, sign, options.year, options.count, options.reason)]


def _cancel(options: argparse.Namespace, session: Any) -> str:
    from ocop_desktop.actions import paper_numbers

    return _("Đã hủy số {number}; số này vẫn ở trong sổ.", number=paper_numbers.cancel(session, options.id, options.reason).text)


def _pattern(options: argparse.Namespace, session: Any) -> str:
    from ocop_desktop.actions import number_patterns

    issuer, _slash, sign = options.of.partition("/")
    number_patterns.refuse_unknown(issuer, sign)
    if options.first is not None:
        number_patterns.set_first(session, issuer, sign, options.year, options.first)
    if options.pattern is not None:
        number_patterns.set_pattern(session, issuer, sign, options.pattern)
    line = next(k for k in number_patterns.kinds(session, options.year) if (k.issuer, k.sign) == (issuer, sign))
    return _next(line)


def _signatories(_options: argparse.Namespace, session: Any) -> object:
    from ocop_desktop.actions import signatories

    return [f"{one.issuer}\t{_span(one)}\t{' / '.join(one.lines)}\t{one.name}" for one in signatories.listed(session)]


def _span(one: Any) -> str:
    return " – ".join(f"{at:%d/%m/%Y}" if at else "…" for at in (one.first, one.last))


def _add_signatory(options: argparse.Namespace, session: Any) -> str:
    from ocop_desktop.actions import signatories

    one = signatories.Signatory(options.office, options.name, options.title, options.way, options.head, options.collective,
                                options.first, options.last)
    made = signatories.add(session, one, end_earlier=options.end_earlier)
    return f"{_span(made)}\t{' / '.join(made.lines)}\t{made.name}"


def _choose_signatory(options: argparse.Namespace, session: Any) -> str:
    from ocop_desktop.actions import paper_signers, signatories

    options.day = dt.date.today()
    one = signatories.Signatory("", options.name, options.title, options.way, options.head, options.collective)
    paper_signers.choose(session, _wanted(options, session), one if options.name else None)
    return _("Giấy tờ này do {name} ký.", name=options.name) if options.name else _("Giấy tờ này do người ký theo ngày ký.")


def _letterhead(options: argparse.Namespace, session: Any) -> object:
    from ocop_desktop.actions import letterheads

    given = {key: value for key in ("above", "own", "code", "place") if (value := getattr(options, key)) is not None}
    if options.office and given:
        letterheads.save_head(session, replace(letterheads.read_heads(session)[options.office], **given))
    return ["\t".join((h.issuer, h.above or "-", h.own or "-", h.code or "-", h.place or "-"))
            for h in letterheads.read_heads(session).values()]


def _word(words: str) -> Path:
    if Path(words).suffix.lower() != ".docx":
        raise argparse.ArgumentTypeError(_("tên tệp “{file}” phải kết thúc bằng {ending}", file=words, ending=".docx"))
    return Path(words)


def _day(words: str) -> dt.date:
    try:
        return day(words)
    except UserError as error:
        raise argparse.ArgumentTypeError(say(error).rstrip(".")) from error


OFFICES, WAYS = ("committee", "council", "team", "agency", "commune"), ("KT.", "TUQ.", "TL.")  # keys of ``rules.signatories``
THIS_YEAR = dt.date.today().year
KIND = argument("--kind", N_("loại giấy tờ, như lệnh paper-text list kê ra"), N_("LOẠI"),
                required=True)
FILE = argument("--file", N_("tệp Word"), N_("MẪU.docx"), type=_word, required=True)
PAPER = argument("--kind", N_("loại giấy tờ, như lệnh papers"), N_("LOẠI"), required=True)
YEAR = argument("--year", N_("năm của số; mặc định năm nay"), N_("NĂM"), type=int, default=THIS_YEAR)
OF = argument("--of", N_("cơ quan và loại văn bản, ví dụ agency/GM"), N_("LOẠI"), required=True)
REASON = argument("--reason", N_("lý do, ghi vào sổ"), N_("LÝ DO"), required=True)
OFFICE = argument("--office", N_("cơ quan"), choices=OFFICES)
HOW = (argument("--way", N_("hình thức ký; bỏ trống là người đứng đầu ký"), choices=WAYS, default=""),
       argument("--head", N_("chức vụ người đứng đầu khi ký thay"), N_("CHỨC VỤ"), default=""),
       argument("--collective", N_("tập thể ghi sau TM., ví dụ Ủy ban nhân dân"), N_("TÊN"), default=""))
COMMANDS = (
    Command("paper-text list", _job(_templates), N_("Liệt kê giấy tờ có thể theo mẫu Word riêng của cơ quan"), (DB,)),
    Command("paper-text fields", _job(_fields), N_("Liệt kê các trường dùng được trong mẫu Word của một loại giấy tờ"),
            (DB, KIND)),
    Command("paper-text save", _job(_save_template), N_("Ghi mẫu đang dùng ra tệp Word có trường để sửa"), (DB, KIND, FILE)),
    Command("paper-text use", _job(_use_template), N_("Dùng một tệp Word làm mẫu, sau khi thử điền; mẫu hỏng bị từ chối"),
            (DB, KIND, FILE)),
    Command("paper-text reset", _job(_reset_template), N_("Trở về mẫu có sẵn"), (DB, KIND)),
    Command("number list", _job(_numbers), N_("Sổ số văn bản và số tiếp theo của từng loại"), (DB, YEAR)),
    Command("number take", _job(_take), N_("Lấy số cho giấy tờ của phiên, của hồ sơ hay của sổ giấy chứng nhận"), (
        DB, PAPER, MEETING, DOSSIER, NUMBERS,
        argument("--day", N_("ngày văn bản: 05/02/2026"), N_("NGÀY"), type=_day, default=dt.date.today()),
        argument("--reserved", N_("dùng số đang giữ chỗ (mã trong sổ)"), N_("MÃ"), type=int))),
    Command("number reserve", _job(_reserve), N_("Giữ chỗ các số tiếp theo"), (
        DB, OF, YEAR, argument("--count", N_("bao nhiêu số"), "N", type=int, default=1), REASON)),
    Command("number cancel", _job(_cancel), N_("Hủy một số; số ấy vẫn hiện trong sổ, không cấp lại"), (
        DB, argument("--id", N_("mã của số trong sổ"), N_("MÃ"), type=int, required=True), REASON)),
    Command("number pattern", _job(_pattern), N_("Đặt mẫu số hoặc số đầu tiên của năm cho một loại văn bản"), (
        DB, OF, YEAR, argument("--pattern", N_("mẫu số, ví dụ {so:02}/GM-SNNMT; để trống thì theo mẫu có sẵn"), N_("MẪU")),
        argument("--first", N_("số đầu tiên của năm"), "N", type=int))),
    Command("signatory list", _job(_signatories), N_("Liệt kê người ký theo cơ quan và thời gian"), (DB,)),
    Command("signatory add", _job(_add_signatory), N_("Thêm người ký; mỗi ngày mỗi cơ quan chỉ một người"), (
        DB, argument("--office", N_("cơ quan"), choices=OFFICES, required=True),
        argument("--name", N_("họ tên"), N_("TÊN"), required=True),
        argument("--title", N_("chức vụ"), N_("CHỨC VỤ"), required=True),
        *HOW,
        argument("--first", N_("ngày đầu được ký"), N_("NGÀY"), type=_day),
        argument("--last", N_("ngày cuối"), N_("NGÀY"), type=_day),
        argument("--end-earlier", N_("người trước ký đến hết hôm trước ngày ấy"), action="store_true"))),
    Command("signatory choose", _job(_choose_signatory), N_("Chọn người ký khác cho riêng một giấy tờ; không ghi tên thì trở lại "
                                                            "người ký theo ngày"), (
        DB, PAPER, MEETING, DOSSIER, NUMBERS, argument("--name", N_("họ tên"), N_("TÊN"), default=""),
        argument("--title", N_("chức vụ"), N_("CHỨC VỤ"), default=""), *HOW)),
    Command("letterhead", _job(_letterhead), N_("Xem hoặc đặt phần đầu văn bản của từng cơ quan"), (
        DB, OFFICE, argument("--above", N_("cơ quan cấp trên"), N_("TÊN")), argument("--own", N_("tên cơ quan"), N_("TÊN")),
        argument("--code", N_("chữ viết tắt trong số văn bản"), N_("CHỮ")),
        argument("--place", N_("địa danh trước ngày"), N_("NƠI")))),
)
