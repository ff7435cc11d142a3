"""The office that uses the program: province, names, signatory, numbering, default working rules."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from ocop_desktop.actions.rights import need
from ocop_desktop.data import communes, settings
from ocop_desktop.data.communes import Province
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import Place, Problem, ProblemsFound
from ocop_desktop.rules.working_rules import WorkingRules, read_working_rules

DEFAULT_PATTERN = "{number:02d}-{year}/GCN-OCOP"
LONGEST_TEXT = 300


@dataclass(frozen=True)
class Office:
    """What the papers say of the office.

    Args:
        province_code: two digits of Decision 19/2025/QĐ-TTg; province_name: with its kind ("Tỉnh Lạng Sơn").
        body: who issues certificates ("Ủy ban nhân dân tỉnh Lạng Sơn").
        agency: who manages the programme ("Sở Nông nghiệp và Môi trường").
        place: before the date of a paper ("Lạng Sơn").
        signatory_title: lines above the signature ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH").
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


def read_office(session: Session) -> Office:
    """The office as saved; what was never said has its default."""
    kept: dict[str, Any] = settings.get_setting(session, settings.OFFICE, {})
    known = {f.name for f in fields(Office)} - {"working_rules"}
    values: dict[str, Any] = {k: tuple(v) if k == "signatory_title" else v for k, v in kept.items() if k in known}
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
    plain = asdict(tidy)
    del plain["working_rules"]
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
    if not _sound_pattern(office.certificate_number_pattern):
        yield problem("certificate_number_pattern",
                      "Mẫu số giấy chứng nhận “{pattern}” phải có phần số thứ tự; ví dụ đúng: {example}.",
                      pattern=office.certificate_number_pattern, example=DEFAULT_PATTERN)
    if office.output_folder and not Path(office.output_folder).is_dir():
        yield problem("output_folder", "Không có thư mục {folder}. Hãy tạo thư mục này hoặc chọn nơi khác.",
                      folder=office.output_folder)


def _sound_pattern(pattern: str) -> bool:
    """Whether a pattern names ``number`` and nothing but ``number`` and ``year``, each as a plain whole number."""
    try:
        parts = list(string.Formatter().parse(pattern))
    except ValueError:
        return False
    places = [(name, form or "", conversion) for _text, name, form, conversion in parts if name is not None]
    digits = {"", "d", *(f"0{n}{d}" for n in range(1, 10) for d in ("", "d"))}
    return (any(name == "number" for name, _form, _conversion in places)
            and all(name in ("number", "year") and form in digits and conversion is None for name, form, conversion in places))
