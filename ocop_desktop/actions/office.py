"""The office that uses the program: province, names, signatory, numbering, default working rules."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from ocop_desktop.actions import signatories
from ocop_desktop.actions.rights import need
from ocop_desktop.data import communes, settings
from ocop_desktop.data.communes import Province
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import Place, Problem, ProblemsFound
from ocop_desktop.rules import paper_number
from ocop_desktop.rules.working_rules import WorkingRules, read_working_rules

DEFAULT_PATTERN = "{number:02d}-{year}/GCN-OCOP"
LONGEST_TEXT = 300
SIGNATORY = ("signatory_title", "signatory_name")  # kept with their times by ``actions.signatories``


@dataclass(frozen=True)
class Office:
    """What the papers say of the office.

    Args:
        province_code: two digits of Decision 19/2025/QĐ-TTg; province_name: with its kind ("Tỉnh Lạng Sơn").
        body: who issues certificates ("Ủy ban nhân dân tỉnh Lạng Sơn").
        agency: who manages the programme ("Sở Nông nghiệp và Môi trường").
        place: before the date of a paper ("Lạng Sơn").
        signatory_title: lines above the signature ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH") of who signs for the body on the day read;
            signatory_name: whose signature it is, empty where nobody is noted.
        certificate_number_pattern: with the places ``{number}`` (may say its digits: ``{number:02d}``) and ``{year}``.
        output_folder: where papers are saved first, or empty.
        working_rules: copied into every new session.
    """

    province_code: str = ""
    province_name: str = ""
    body: str = ""
    agency: str = ""
    place: str = ""
    signatory_title: tuple[str, ...] = ()
    signatory_name: str = ""
    certificate_number_pattern: str = DEFAULT_PATTERN
    output_folder: str = ""
    working_rules: WorkingRules = field(default_factory=WorkingRules)

    def certificate_number(self, number: int, year: int) -> str:
        """The number of a certificate: 3, 2026 -> "03-2026/GCN-OCOP"."""
        return self.certificate_number_pattern.format(number=number, year=year)


def provinces(session: Session) -> tuple[Province, ...]:
    """The 34 provinces and cities, by code."""
    return communes.province_list(session)


def read_office(session: Session, day: dt.date | None = None) -> Office:
    """The office as saved, with who signs for the issuing body on a day (``actions.signatories``); what was never said has its
    default.

    Args:
        day: of the paper; None: today.
    """
    kept: dict[str, Any] = settings.get_setting(session, settings.OFFICE, {})
    known = {f.name for f in fields(Office)} - {"working_rules", *SIGNATORY}
    values: dict[str, Any] = {k: v for k, v in kept.items() if k in known}
    signs = signatories.on(session, "committee", day or dt.date.today())
    if signs:
        values |= {"signatory_title": signs.lines, "signatory_name": signs.name}
    return Office(**values, working_rules=read_working_rules(settings.get_setting(session, settings.WORKING_RULES, {})))


def save_office(session: Session, office: Office) -> Office:
    """Keep the office's data, texts tidied (one form of Unicode, no blanks at the ends, no empty signature lines).

    Returns:
        the office as kept.

    Raises:
        ProblemsFound: what is not right, each with the field's name as its column.
    """
    need(session, "work")
    tidy = _tidied(office)
    problems = list(_problems_of(session, tidy))
    if problems:
        raise ProblemsFound(problems)
    names = {p.code: p.name for p in provinces(session)}
    tidy = replace(tidy, province_name=names.get(tidy.province_code, tidy.province_name))
    before, today = read_office(session), dt.date.today()
    if any(getattr(before, name) != getattr(tidy, name) for name in SIGNATORY):
        signatories.set_undated(session, "committee", tidy.signatory_title, tidy.signatory_name, today)
    plain = {name: value for name, value in asdict(tidy).items() if name not in ("working_rules", *SIGNATORY)}
    settings.put_setting(session, settings.OFFICE, plain)
    settings.put_setting(session, settings.WORKING_RULES, tidy.working_rules.as_plain())
    return tidy


def proposed_office(session: Session, province_code: str) -> Office:
    """What an office of that province is likely to say of itself, for the clerk to correct."""
    name = next((p.name for p in provinces(session) if p.code == province_code), "")
    if not name:
        return Office()
    body = "Ủy ban nhân dân " + name[0].lower() + name[1:]
    place = name.removeprefix("Tỉnh ").removeprefix("Thành phố ")
    return Office(province_code, name, body, "Sở Nông nghiệp và Môi trường", place, ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"))


def _tidied(office: Office) -> Office:
    def tidy(value: str) -> str:
        return " ".join(unicodedata.normalize("NFC", value).split())

    values = {f.name: getattr(office, f.name) for f in fields(Office)}
    texts: dict[str, Any] = {name: tidy(value) for name, value in values.items() if isinstance(value, str)}
    texts["output_folder"] = office.output_folder.strip()
    title = tuple(line for line in map(tidy, office.signatory_title) if line)
    pattern = texts.pop("certificate_number_pattern") or DEFAULT_PATTERN
    return replace(office, **texts, signatory_title=title, certificate_number_pattern=pattern)


def _problems_of(session: Session, office: Office) -> Iterator[Problem]:
    def problem(place: str, message: str, **values: Any) -> Problem:
        return Problem(message, values, Place(column=place), kind=f"office_{place}")

    if office.province_code and office.province_code not in {p.code for p in provinces(session)}:
        yield problem("province_code", "Không có tỉnh, thành phố nào mang mã “{code}”; mã có hai chữ số, ví dụ 20.",
                      code=office.province_code)
    for name in ("body", "agency", "place", "signatory_name", "certificate_number_pattern"):
        if len(getattr(office, name)) > LONGEST_TEXT:
            yield problem(name, "Nội dung dài {count} ký tự; chỉ nhận nhiều nhất {most} ký tự.",
                          count=len(getattr(office, name)), most=LONGEST_TEXT)
    if not paper_number.sound(office.certificate_number_pattern):
        yield problem("certificate_number_pattern",
                      "Mẫu số giấy chứng nhận “{pattern}” phải có phần số thứ tự; ví dụ đúng: {example}.",
                      pattern=office.certificate_number_pattern, example=DEFAULT_PATTERN)
    if office.output_folder and not Path(office.output_folder).is_dir():
        yield problem("output_folder", "Không có thư mục {folder}. Hãy tạo thư mục này hoặc chọn nơi khác.",
                      folder=office.output_folder)
