"""What may stand in a field of a dossier: each value read, tidied and checked against the others; findings at their field."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Any, NoReturn

from ocop_desktop.actions import rulebooks
from ocop_desktop.actions.dossier_form import DossierForm
from ocop_desktop.data import communes, dossiers, producers
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import Place, Problem, ProblemsFound, UserError
from ocop_desktop.rules.product_code import read_code
from ocop_desktop.rules.rulebook import NONE_APPLIES
from ocop_desktop.rules.terms import APPLICATION_KINDS, LEGAL_PAPERS, PRODUCER_KINDS

DATES = {"producer.founded", "registration.filed_on", "registration.commune_received_on", "registration.province_received_on"}
NUMBERS = {"product.set_no", "product.producer_id", "producer.commune_id", "registration.samples"}
SEXES = ("", "Nữ", "Nam")
EARLIEST = dt.date(1900, 1, 1)
MOST_SAMPLES = 1000
LONGEST, LONGEST_NOTE = 500, 20_000
LONG = {"product.description", "registration.note"}
PAPER_COLUMNS = ("ticked", "number", "issuer", "issued_on", "expires_on")
ORDER = (  # each date not before the one above it
    ("registration.filed_on", "registration.commune_received_on",
     "Ngày xã nhận ({later}) không thể trước ngày nộp hồ sơ ({earlier})."),
    ("registration.commune_received_on", "registration.province_received_on",
     "Ngày tỉnh nhận ({later}) không thể trước ngày xã nhận ({earlier})."),
    ("registration.filed_on", "registration.province_received_on",
     "Ngày tỉnh nhận ({later}) không thể trước ngày nộp hồ sơ ({earlier})."),
)


def checked(session: Session, form: DossierForm, field: str, value: Any) -> Any:
    """``value`` as it is kept in ``field`` (tidied, a phone as digits, a date as a date).

    Args:
        field: "producer.phone", "paper.food_safety.number", "self.1.5", "evidence.1.5" ...
        value: text as typed, or already a date, a number or a tick.

    Raises:
        ProblemsFound: it may not stand there; each problem's column is the field.
    """
    part, _dot, name = field.partition(".")
    known = _known(form, field)
    if not known:
        raise KeyError(field)
    if field in DATES or name.endswith(("issued_on", "expires_on")):
        return _date(form, field, value)
    if field in NUMBERS:
        return _number(session, form, field, value)
    if name.endswith(".ticked"):
        return bool(value)
    words = tidy(str(value or ""), lines=field in LONG or part == "evidence")
    longest = LONGEST_NOTE if field in LONG or part == "evidence" else LONGEST
    if len(words) > longest:
        refuse(field, "Nội dung dài {count} ký tự; chỉ nhận nhiều nhất {most} ký tự.", words, count=len(words), most=longest)
    return _words(session, form, field, words)


def _known(form: DossierForm, field: str) -> bool:
    part, _dot, name = field.partition(".")
    if part in ("self", "evidence"):
        return form.self_score.rules is not None and name in form.self_score.rules.by_code
    if part == "paper":
        kind, _dot, column = name.partition(".")
        return kind in LEGAL_PAPERS and column in PAPER_COLUMNS
    return field == "product.producer_id" or (name != "id" and hasattr(getattr(form, part, None), name))


def tidy(value: str, lines: bool = False) -> str:
    """One form of Unicode, single blanks, none at the ends, nothing invisible; with ``lines`` its line ends stay."""
    normal = unicodedata.normalize("NFC", value)
    rows = normal.splitlines() if lines else [normal]
    shown = ("".join(c if c.isprintable() else " " for c in row if unicodedata.category(c) != "Cf") for row in rows)
    return "\n".join(" ".join(row.split()) for row in shown).strip()


def refuse(field: str, message: str, read: object = "", /, **values: Any) -> NoReturn:
    """Raise ProblemsFound with one problem at ``field``; the sentence may name what was read as ``{value}``."""
    raise ProblemsFound([Problem(message, {"value": str(read), **values}, Place(column=field), str(read), kind=field)])


def _words(session: Session, form: DossierForm, field: str, words: str) -> str:
    part, _dot, name = field.partition(".")
    if field in ("producer.name", "product.name") and not words:
        refuse(field, "Tên không được để trống.")
    if part == "self":
        return _choice(form, name, words)
    if not words:
        return words
    if field == "producer.phone":
        return phone(words)
    if field == "producer.email" and not re.fullmatch(r"[^@\s,;]+@[^@\s,;.]+(\.[^@\s,;.]+)+", words):
        refuse(field, "Thư điện tử “{value}” chưa đúng dạng; ví dụ đúng: htx.mauson@gmail.com.", words)
    if field == "producer.tax_code":
        return tax_code(words, form.producer.kind)
    if field == "registration.code":
        return _code(session, form, words)
    for one, kinds in (("producer.kind", PRODUCER_KINDS), ("registration.kind", APPLICATION_KINDS), ("producer.sex", SEXES)):
        if field == one and words not in kinds:
            refuse(field, "Không có lựa chọn “{value}”; hãy chọn trong danh sách.", words)
    return words


def phone(words: str) -> str:
    """A Vietnamese phone number as its digits: "+84 963.170.669" -> "0963170669".

    Raises:
        ProblemsFound: other signs, or not 10 or 11 digits from 0.
    """
    bare = re.sub(r"[\s.\-()]", "", words)
    bare = "0" + bare[3:] if bare.startswith("+84") else bare
    if not re.fullmatch(r"0[0-9]{9,10}", bare):
        refuse("producer.phone", "Số điện thoại “{value}” cần 10 hoặc 11 chữ số, bắt đầu bằng 0; ví dụ 0963 170 669.", words)
    return bare


def tax_code(words: str, kind: str) -> str:
    """A tax code: 10 digits, or 13 for a branch as ``0123456789-001``; a household's may be its owner's 12-digit identity number.

    Raises:
        ProblemsFound: another number of digits.
    """
    digits = re.sub(r"[\s.\-]", "", words)
    lengths = (10, 12, 13) if kind in ("household", "farm") else (10, 13)
    if not (digits.isascii() and digits.isdigit() and len(digits) in lengths):
        refuse("producer.tax_code", "Mã số thuế “{value}” cần 10 chữ số, hoặc 13 chữ số với đơn vị trực thuộc.", words)
    return f"{digits[:10]}-{digits[10:]}" if len(digits) == 13 else digits


def _code(session: Session, form: DossierForm, words: str) -> str:
    try:
        code = str(read_code(words))
    except UserError as error:
        refuse("registration.code", error.message, words, **error.values)
    owner = dossiers.code_owner(session, code)
    if owner is not None and code != form.registration.code:
        refuse("registration.code", "Mã {value} đã cấp cho sản phẩm “{product}”; hãy lấy số khác.", code, product=owner)
    return code


def _choice(form: DossierForm, code: str, choice: str) -> str:
    rules = form.self_score.rules
    assert rules is not None
    criterion = rules.by_code[code]
    if choice and choice != NONE_APPLIES and choice not in criterion.by_choice:
        refuse(f"self.{code}", "Tiêu chí {code} không có mức “{choice}”.", choice, code=code, choice=choice)
    story = form.self_score.choices.get(criterion.story) if criterion.story else None
    if choice not in ("", NONE_APPLIES) and story is not None and rules.by_code[criterion.story].points(story) == 0:
        refuse(f"self.{code}", "Không có câu chuyện sản phẩm (tiêu chí {story} được 0 điểm) nên không chấm được tiêu chí {code}.",
               choice, story=criterion.story, code=code)
    return choice


def _number(session: Session, form: DossierForm, field: str, value: Any) -> int | None:
    try:
        number = None if value in (None, "") else int(value)
    except (TypeError, ValueError):
        refuse(field, "Cần một số nguyên; đọc được “{value}”.", value)
    if field == "registration.samples" and number is not None and not 0 <= number <= MOST_SAMPLES:
        refuse(field, "Số mẫu phải từ 0 đến {most}.", value, most=MOST_SAMPLES)
    if field == "producer.commune_id" and number is not None and communes.by_id(session, number) is None:
        refuse(field, "Không có xã, phường này; hãy chọn trong danh sách gợi ý.", value)
    if field == "product.producer_id" and (number is None or producers.get(session, number) is None):
        refuse(field, "Không có chủ thể này; hãy chọn trong danh sách gợi ý.", value)
    if field == "product.set_no" and number is not None and number not in rulebooks.current().head:
        refuse(field, "Không có bộ sản phẩm số {value}; có các bộ từ 1 đến 26.", number)
    return number


def _date(form: DossierForm, field: str, value: Any) -> dt.date | None:
    day = _read_date(field, value)
    if day is None:
        return None
    if day < EARLIEST or (day > dt.date.today() and not field.endswith("expires_on")):
        refuse(field, "Ngày {day} không thể đúng; hãy xem lại năm.", value, day=f"{day:%d/%m/%Y}")
    for first, second, message in ORDER:
        if field in (first, second):
            earlier, later = (day, form.value(second)) if field == first else (form.value(first), day)
            if earlier and later and later < earlier:
                refuse(field, message, value, earlier=f"{earlier:%d/%m/%Y}", later=f"{later:%d/%m/%Y}")
    if field.endswith(("issued_on", "expires_on")):
        stem, column = field.rsplit(".", 1)
        other = form.value(f"{stem}.{'expires_on' if column == 'issued_on' else 'issued_on'}")
        issued, expires = (day, other) if column == "issued_on" else (other, day)
        if issued and expires and expires < issued:
            refuse(field, "Ngày hết hạn ({later}) không thể trước ngày cấp ({earlier}).", value,
                   earlier=f"{issued:%d/%m/%Y}", later=f"{expires:%d/%m/%Y}")
    return day


def _read_date(field: str, value: Any) -> dt.date | None:
    if value in (None, "") or isinstance(value, dt.date):
        return value or None
    try:
        day, month, year = (int(part) for part in re.split(r"[/.\-\s]+", str(value).strip()))
        return dt.date(year, month, day)
    except ValueError:
        refuse(field, "Không đọc được ngày “{value}”; hãy gõ ngày/tháng/năm, ví dụ 05/02/2026.", value)
