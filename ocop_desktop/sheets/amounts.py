"""Whole numbers, money, points, periods and the words of activities and sources, as reports write them; a doubt stays a doubt."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from ocop_desktop.rules.money import UNITS, Money
from ocop_desktop.rules.money import read as read_sum
from ocop_desktop.rules.names import fold
from ocop_desktop.sheets import repair
from ocop_desktop.sheets.repair import Read, as_text

MOST = 10**9  # people, documents
SMALLEST = 100_000  # a sum below this without a unit is hardly in đồng


class Period(NamedTuple):
    """The first and the last day of a time, however rough it is known."""

    begins: dt.date
    ends: dt.date


def exact(raw: int | float) -> Fraction:
    """A cell's number as the digits it shows, not as its binary neighbour: 69.9 is 699/10."""
    return Fraction(Decimal(repr(raw)))


def _is_number(raw: Any) -> bool:
    return isinstance(raw, (int, float)) and not isinstance(raw, bool)


def whole(raw: Any) -> Read:
    """A whole number, 0 or more: 679, "31.000 người", "1,250"."""
    if _is_number(raw):
        fine = raw >= 0 and float(raw).is_integer() and raw < MOST
        return Read(int(raw)) if fine else Read(None, (), "number")
    tidy = fold(as_text(raw))
    if tidy in ("", "-"):
        return Read(None)
    found = re.fullmatch(r"(\d{1,3}(?:[.,\s]\d{3})+|\d{1,9})\s*[a-z/ ]*", tidy)
    if not found:
        return Read(None, (), "number")
    digits = re.sub(r"\D", "", found[1])
    return Read(int(digits), () if digits == as_text(raw) else ("count",))


def money(raw: Any) -> Read:
    """A sum of money: 17500000000, "17,5 tỷ", "1.250.000 đ", "500 triệu đồng"; its unit may stand in the heading."""
    if _is_number(raw):
        return Read(Money(exact(raw), None, False)) if raw >= 0 else Read(None, (), "money")
    words = as_text(raw)
    if fold(words) in ("", "-"):
        return Read(None)
    found = read_sum(words)
    return Read(found) if found else Read(None, (), "money")


def unit_of(heading: str) -> int | None:
    """VND in one unit of a column whose heading names it ("Kinh phí (triệu đồng)"), or None."""
    plain = fold(heading)
    for words, key in (("ty dong", "ty"), ("trieu", "trieu"), ("trd", "trieu"), ("tr.d", "trieu"), ("nghin", "nghin"),
                       ("1.000", "nghin"), ("1000", "nghin"), ("ngan dong", "nghin"), ("(dong", "dong"), ("vnd", "dong")):
        if words in plain:
            return UNITS[key]
    return None


def points(raw: Any) -> Read:
    """A total of points, 0 to 100, exact, as decimal text: 69.9 and "69,9" are both "69.9"."""
    if _is_number(raw):
        value = exact(raw)
        written = format(Decimal(repr(raw)).normalize(), "f")
    else:
        tidy = fold(as_text(raw)).removesuffix("diem").strip()
        if tidy in ("", "-", "x"):
            return Read(None)
        if not re.fullmatch(r"\d{1,3}(?:[.,]\d+)?", tidy):
            return Read(None, (), "points")
        written = tidy.replace(",", ".")
        value = Fraction(written)
        written = format(Decimal(written).normalize(), "f")
    return Read(written) if 0 <= value <= 100 else Read(None, (), "points")


_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR = r"(?:nam\s*)?(20\d\d|19\d\d)"
_QUARTER = re.compile(rf"quy\s*(iv|iii|ii|i|[1-4])\s*[/\-,]?\s*{_YEAR}")
_HALF = re.compile(rf"(?:6|sau) thang (dau|cuoi)\s*{_YEAR}")
_MONTHS = re.compile(rf"(?:thang\s*)?(\d{{1,2}})(?:\s*(?:-|den|den thang)\s*(\d{{1,2}}))?\s*[/\-.]?\s*{_YEAR}")
_YEARS = re.compile(rf"{_YEAR}(?:\s*(?:-|den)\s*{_YEAR})?(?:\.0)?")
_DAYS = re.compile(r"(?:ngay\s*)?(\d{1,2})\s*(?:-|den)\s*(\d{1,2})\s*/\s*(\d{1,2})\s*/\s*(\d{4})")
_TWO = re.compile(r"(?:tu\s*)?(?:ngay\s*)?(\d{1,2}[/.]\d{1,2}[/.]\d{4})\s*(?:-|–|den(?: ngay)?)\s*(\d{1,2}[/.]\d{1,2}[/.]\d{4})")


def period(raw: Any) -> Read:
    """A day, some days, a month, a quarter, half a year or a year, as its first and last day."""
    one = repair.day(raw)
    if isinstance(one.value, dt.date):
        return Read(Period(one.value, one.value), one.mended)
    plain = fold(as_text(raw)).replace("–", "-")
    if plain in ("", "-"):
        return Read(None)
    try:
        found = _period(plain)
    except ValueError:
        found = None
    return Read(found) if found and found.begins <= found.ends else Read(None, (), "period")


def _period(plain: str) -> Period | None:
    if m := _TWO.fullmatch(plain):
        first, last = repair.day(m[1]).value, repair.day(m[2]).value
        return Period(first, last) if first and last else None
    if m := _DAYS.fullmatch(plain):
        year, month = int(m[4]), int(m[3])
        return Period(dt.date(year, month, int(m[1])), dt.date(year, month, int(m[2])))
    if m := _QUARTER.fullmatch(plain):
        last = _QUARTERS[m[1]] * 3
        return _months(int(m[2]), last - 2, last)
    if m := _HALF.fullmatch(plain):
        return _months(int(m[2]), *((1, 6) if m[1] == "dau" else (7, 12)))
    if m := _YEARS.fullmatch(plain):
        return Period(dt.date(int(m[1]), 1, 1), dt.date(int(m[2] or m[1]), 12, 31))
    if m := _MONTHS.fullmatch(plain):
        return _months(int(m[3]), int(m[1]), int(m[2] or m[1]))
    return None


def _months(year: int, first: int, last: int) -> Period:
    return Period(dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1]))


def period_words(found: Period) -> str:
    """A period in the words ``period`` reads."""
    begins, ends = found
    if begins == ends:
        return begins.strftime("%d/%m/%Y")
    year, last = begins.year, (begins.month, ends.month)
    if begins.day == 1 and ends.year == year and ends.day == calendar.monthrange(year, ends.month)[1]:
        if last == (1, 12):
            return str(year)
        if last[0] == last[1]:
            return f"tháng {begins.month}/{year}"
        if last[0] % 3 == 1 and last[1] - last[0] == 2:
            return f"quý {('I', 'II', 'III', 'IV')[last[0] // 3]}/{year}"
    return f"{begins:%d/%m/%Y} - {ends:%d/%m/%Y}"


_ACTIVITIES = (
    ("training", r"tap huan|dao tao|boi duong|\blop\b|huong dan"),
    ("fair", r"hoi cho|trien lam|xuc tien|ket noi cung cau|gian hang|tuan hang"),
    ("media", r"truyen thong|bao chi|phong su|phat thanh|truyen hinh|to roi|pano|\bmedia\b"),
    ("support", r"ho tro"),
    ("conference", r"hoi nghi|tuyen truyen|hoi thao|toa dam|quan triet"),
    ("other", r"khac"),
)
_SOURCES = (
    ("central", r"trung uong|nstw|\btw\b|\bcentral\b"),
    ("provincial", r"\btinh\b|cap tinh|ns tinh|provincial"),
    ("commune", r"^(?!.*xa hoi).*(\bxa\b|\bphuong\b|cap xa|commune)"),
    ("producers", r"chu the|doi ung|tu co|nhan dan|doanh nghiep|hop tac xa|\bhtx\b|producers"),
    ("other", r"khac|xa hoi hoa|tai tro|\bvay\b|tin dung|other"),
)


def _word(raw: Any, choices: tuple[tuple[str, str], ...], doubt: str) -> Read:
    plain = fold(as_text(raw))
    if not plain:
        return Read("")
    found = [key for key, words in choices if re.search(words, plain)]
    certain = found and (doubt == "activity" or len(found) == 1)
    return Read(found[0]) if certain else Read("", (), doubt)


def activity_kind(raw: Any) -> Read:
    """Kind of activity as a key of ``rules.terms.ACTIVITY_KINDS``; where several words fit, the more special one."""
    return _word(raw, _ACTIVITIES, "activity")


def funding_source(raw: Any) -> Read:
    """Source of money as a key of ``rules.terms.FUNDING_SOURCES``; two sources in one cell are a doubt."""
    return _word(raw, _SOURCES, "source")


READERS: dict[str, Callable[[Any], Read]] = {
    "whole": whole,
    "money": money,
    "points": points,
    "period": period,
    "activity": activity_kind,
    "source": funding_source,
}
