"""Values as people type them, mended where there is only one reading; otherwise the doubt is told and nothing invented."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from typing import Any, NamedTuple

from ocop_desktop.rules.names import fold
from ocop_desktop.sheets.column_words import ColumnWords
from ocop_desktop.sheets.legacy import is_legacy


class Read(NamedTuple):
    """What became of one cell.

    Args:
        value: the clean value, or None when nothing certain could be read.
        mended: short names of the repairs made.
        doubt: short name of what is doubtful or wrong, or empty.
    """

    value: Any
    mended: tuple[str, ...] = ()
    doubt: str = ""


_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_ODD_BLANK = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_NOTHING: frozenset[str] = frozenset()


def as_text(raw: Any) -> str:
    """A cell as it would be written: 12.0 is "12", a date is dd/mm/yyyy."""
    if isinstance(raw, str):
        return raw
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    if isinstance(raw, dt.date):  # also date and time
        return raw.strftime("%d/%m/%Y")
    return str(raw)


def text(raw: Any, without: frozenset[str] = _NOTHING) -> Read:
    """Text in NFC, without unseen signs, with single ordinary blanks; ``without``: repairs that are not wanted."""
    value = as_text(raw)
    mended: tuple[str, ...] = ()
    if not unicodedata.is_normalized("NFC", value) and "nfc" not in without:
        value, mended = unicodedata.normalize("NFC", value), ("nfc",)
    if _UNSEEN.search(value) and "unseen" not in without:
        value, mended = _UNSEEN.sub("", value), (*mended, "unseen")
    tidy = " ".join(value.split())
    if tidy == value:
        tidy = value  # one text, not two
    else:
        kind = "no_break" if _ODD_BLANK.search(value) else "blanks"
        tidy, mended = (value, mended) if kind in without else (tidy, (*mended, kind))
    return Read(tidy, mended, "letters" if "\ufffd" in tidy else "legacy" if is_legacy(tidy) else "")


def is_plain(words: ColumnWords) -> bool:
    """Whether ``text`` gives every text of a column back as it is, without a doubt; where none looks old (``legacy``)."""
    together = words.together
    clean = words.single_blanks and unicodedata.is_normalized("NFC", together) and "\ufffd" not in together
    return clean and not _UNSEEN.search(together)


def name(raw: Any) -> Read:
    """A name; a number is a name too, but an odd one."""
    return text(raw)


_STARS = re.compile(r"(?:ocop|hang|dat|xep|san pham|loai|\s)*\s*([1-5])(?:[.,]0)?\s*(?:sao|\*|☆|★|stars?)?(?:\s*ocop)?")
_DRAWN = re.compile(r"(?:ocop\s*)?([*☆★⭐](?:\s*[*★⭐]){0,4})(?:\s*ocop)?")
_STAR_WORDS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5}


def stars(raw: Any) -> Read:
    """Stars 1-5 in every spelling: 3, "3 sao", "OCOP 4*", "****", "★★★", "ba sao"."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return Read(int(raw)) if raw in (1, 2, 3, 4, 5) else Read(None, (), "stars")
    plain = fold(as_text(raw)).replace("\ufe0f", "")
    if not plain:
        return Read(None)
    if plain in "12345" and len(plain) == 1:
        return Read(int(plain), () if as_text(raw) == plain else ("stars",))
    if found := _STARS.fullmatch(plain):
        return Read(int(found[1]), ("stars",))
    if found := _DRAWN.fullmatch(plain):
        return Read(sum(c in "*★⭐☆" for c in found[1]), ("stars",))
    word = re.fullmatch(r"(?:hang |ocop )?(\w+) sao", plain)
    if word and word[1] in _STAR_WORDS:
        return Read(_STAR_WORDS[word[1]], ("stars",))
    return Read(None, (), "stars")


_DMY = re.compile(
    r"(?:ngay )?(\d{1,2})\s*(?:[/.\-]|thang)\s*(\d{1,2})\s*(?:[/.\-,]|nam)\s*(\d{4}|\d{2})(?:[ t]\d{1,2}:\d{2}(?::\d{2})?)?"
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_MONTH = re.compile(r"(?:thang )?(\d{1,2})\s*(?:[/.\-]|nam)\s*(\d{4})")
_YEAR = re.compile(r"(?:nam )?((?:19|20)\d{2}|[12][.,]\d{3})(?:\.0)?")
_EPOCH = dt.date(1899, 12, 30)
EARLIEST, LATEST = dt.date(1950, 1, 1), dt.date(2100, 12, 31)


def day(raw: Any) -> Read:
    """A day: a date, Excel's serial number, dd/mm/yyyy with any mark, ISO, in words.

    A month or a year alone stays a doubt ("month", "year").
    """
    if isinstance(raw, dt.datetime):
        return _known_day(raw.date(), ())
    if isinstance(raw, dt.date):
        return _known_day(raw, ())
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return _serial(float(raw))
    plain = fold(as_text(raw))
    if not plain or plain in ("-", "x", "khong"):
        return Read(None)
    if found := _ISO.fullmatch(plain):
        return _made_day(found[1], found[2], found[3], () if len(plain) == 10 and "-" in plain else ("date",))
    if found := _DMY.fullmatch(plain):
        usual = re.fullmatch(r"\d\d/\d\d/\d{4}", as_text(raw)) is not None
        return _made_day(found[3] if len(found[3]) == 4 else f"20{found[3]}", found[2], found[1], () if usual else ("date",))
    if plain.isdigit() and len(plain) == 5:
        return _serial(float(plain))
    if (found := _MONTH.fullmatch(plain)) and 1 <= int(found[1]) <= 12:
        return Read(None, (), "month")
    return Read(None, (), "year" if _YEAR.fullmatch(plain) else "date")


def _serial(number: float) -> Read:
    if 20_000 <= number < 75_000:  # 1954 to 2105
        return _known_day(_EPOCH + dt.timedelta(days=int(number)), ("date",))
    return Read(None, (), "year" if number.is_integer() and 1950 <= number <= 2100 else "date")


def _made_day(year: str, month: str, number: str, mended: tuple[str, ...]) -> Read:
    try:
        return _known_day(dt.date(int(year), int(month), int(number)), mended)
    except ValueError:
        return Read(None, (), "date")


def _known_day(found: dt.date, mended: tuple[str, ...]) -> Read:
    return Read(found, mended) if EARLIEST <= found <= LATEST else Read(None, (), "date")


def year(raw: Any) -> Read:
    """A year 1950-2100; a full date gives its year."""
    if isinstance(raw, dt.date):
        return Read(raw.year)
    found = _YEAR.fullmatch(fold(as_text(raw)))
    if found and 1950 <= (number := int(re.sub(r"\D", "", found[1]))) <= 2100:
        return Read(number, () if found[1].isdigit() else ("count",))
    if not fold(as_text(raw)):
        return Read(None)
    whole = day(raw)
    return Read(whole.value.year, ("date",)) if whole.value else Read(None, (), "date")


def phone(raw: Any) -> Read:
    """A Vietnamese phone number with its leading 0; two numbers stay as they stand, tidied."""
    written = as_text(raw)
    if written.isdigit() and written.startswith("0") and len(written) in (10, 11):
        return Read(written)
    tidy = text(written)
    if not tidy.value:
        return Read("", tidy.mended)
    digits = re.sub(r"[\s.\-()'’`]", "", re.sub(r"\.0$", "", tidy.value))
    if digits.startswith("+84") or (digits.startswith("84") and len(digits) in (11, 12)):
        digits = "0" + digits.removeprefix("+").removeprefix("84").removeprefix("0")
        return (
            Read(digits, (*tidy.mended, "phone"))
            if digits.isdigit() and len(digits) in (10, 11)
            else Read(tidy.value, tidy.mended, "phone")
        )
    if digits.isdigit() and not digits.startswith("0") and (len(digits) == 9 or (len(digits) == 10 and digits[0] == "2")):
        return Read("0" + digits, (*tidy.mended, "phone"))
    if digits.isdigit() and digits.startswith("0") and len(digits) in (10, 11):
        return Read(digits, (*tidy.mended, "phone") if digits != tidy.value else tidy.mended)
    several = re.split(r"\s*[;,/]\s*|\s+-\s+|\s{2,}", tidy.value)
    if len(several) > 1 and all(len(re.sub(r"\D", "", part)) >= 9 for part in several):
        return Read(tidy.value, tidy.mended)
    short = digits.isdigit() and (digits.startswith(("1800", "1900")) and len(digits) in (8, 10))
    return Read(digits if short else tidy.value, tidy.mended, "" if short else "phone")


_SET = re.compile(r"(?:bo(?: san pham)?|nhom|so|b)?\s*(?:so|thu)?\s*[:.]?\s*(\d{1,2})(?:\.0)?(?:\s*[-:.,]\s*\D.*)?")
SETS = 26


def set_number(raw: Any) -> Read:
    """A product set 1-26 (11, "Bộ 11", "Bộ số 11: Chè"), or text naming a category, given back as text."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return Read(int(raw)) if raw in range(1, SETS + 1) else Read(None, (), "set")
    tidy = text(raw)
    if found := _SET.fullmatch(fold(tidy.value)):
        number = int(found[1])
        return Read(number, tidy.mended) if 1 <= number <= SETS else Read(None, (), "set")
    return tidy


def count(raw: Any) -> Read:
    """A whole number of things, 0 or more ("5", 5.0, "05 sản phẩm")."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return Read(int(raw)) if raw >= 0 and float(raw).is_integer() and raw < 100_000 else Read(None, (), "count")
    tidy = text(raw).value
    if not tidy:
        return Read(None)
    if grouped := re.fullmatch(r"(\d{1,3}(?:([.,])\d{3})(?:\2\d{3})*)\s*\D*", tidy):  # 1.234 and 1,234: no count has decimals
        return Read(int(re.sub(r"\D", "", grouped[1])), ("count",))
    found = re.fullmatch(r"(\d{1,5})(?:[.,]0)?\s*\D*", tidy)
    return Read(int(found[1]), () if found[1] == tidy else ("count",)) if found else Read(None, (), "count")


_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def tax_code(raw: Any) -> Read:
    """A tax number of 10 or 10-3 digits (12 for persons); a lost leading 0 comes back when the check digit proves it."""
    tidy = text(raw)
    digits = tidy.value.replace(" ", "").replace(".", "")
    if not digits:
        return Read("", tidy.mended)
    if re.fullmatch(r"\d{10}(-\d{3})?|\d{12}", digits):
        return Read(digits, tidy.mended)
    if re.fullmatch(r"\d{13}", digits):
        return Read(f"{digits[:10]}-{digits[10:]}", (*tidy.mended, "tax_code"))
    if re.fullmatch(r"\d{9}", digits):
        whole = f"0{digits}"
        if (10 - sum(int(d) * w for d, w in zip(whole, _WEIGHTS, strict=False)) % 11) % 11 == int(whole[9]):
            return Read(whole, (*tidy.mended, "tax_code"))
    return Read(tidy.value, tidy.mended, "tax_code")


_KIND_WORDS: tuple[tuple[str, str], ...] = (
    ("household", r"ho( |$)|hkd|hgd|ho$|hsx|ho kd"),
    ("cooperative_group", r"to hop tac|to ht( |$|\.)|tht( |$|\.)|nhom ho|to san xuat"),
    ("cooperative", r"hop tac xa|htx|lien hiep (hop tac xa|htx)"),
    ("farm", r"trang trai"),
    ("operating_centre", r"trung tam dieu hanh|ban quan ly"),
    ("association", r"hoi\b|hiep hoi\b"),
    ("company", r"(chi nhanh )?(cong ty|cty|doanh nghiep|dn|dntn|tnhh|cp|cong ti|tap doan|tong cong ty)( |$|\.)"),
)
_KINDS = tuple((kind, re.compile(words)) for kind, words in _KIND_WORDS)


def producer_kind(raw: Any) -> Read:
    """Kind of organisation as a key of ``rules.terms.PRODUCER_KINDS``, read from its usual words; unknown words are a doubt."""
    plain = fold(as_text(raw))
    if not plain:
        return Read("")
    for kind, words in _KINDS:
        if words.match(plain):
            return Read(kind)
    return Read("", (), "kind")


_APPLICATIONS = (
    (
        "reevaluation",
        re.compile(r"(danh gia|xet|cong nhan|phan hang) ?(lai|lan sau)|tai danh gia|dang ky lai|re.?evaluation|gia han"),
    ),
    ("upgrade", re.compile(r"(de nghi |dang ky )?nang (hang|sao|cap)|upgrade")),
    ("first", re.compile(r"(dang ky |danh gia |cong nhan )?(lan )?(dau|moi|1|i|thu nhat)( tien)?|first")),
)


def application_kind(raw: Any) -> Read:
    """Kind of application as a key of ``rules.terms.APPLICATION_KINDS``; unknown words are a doubt."""
    plain = fold(as_text(raw)).removesuffix(".0")
    if not plain:
        return Read("")
    for kind, words in _APPLICATIONS:
        if words.match(plain):
            return Read(kind)
    return Read("", (), "application")


READERS: dict[str, Callable[[Any], Read]] = {
    "text": text,
    "stars": stars,
    "day": day,
    "year": year,
    "phone": phone,
    "set": set_number,
    "count": count,
    "tax": tax_code,
    "producer_kind": producer_kind,
    "application": application_kind,
}
