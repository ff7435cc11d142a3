"""Layout of registers: products recognised earlier, each with one recognition or two (22 columns and their shorter kin)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from ocop_desktop.rules.certificate_life import end_of
from ocop_desktop.sheets import applications, repair
from ocop_desktop.sheets.contents import keep
from ocop_desktop.sheets.layout import Layout, Template, TemplateColumn
from ocop_desktop.sheets.template_words import PRODUCER_KINDS, SETS, STARS
from ocop_desktop.text import N_, date

if TYPE_CHECKING:
    from ocop_desktop.sheets.contents import Contents, Row

NAME = "register"
WORDS = N_("Sổ sản phẩm đã công nhận")
FIELDS_OF_IT = frozenset(
    f"{turn}_{part}" for turn in ("first", "second") for part in ("stars", "date", "year", "decision", "authority")
) | {"current_stars", "expires_on"}

TAKEN = FIELDS_OF_IT | applications.TAKEN

_NO_STARS = N_("Dòng {row} thiếu hạng sao (ô {cell}); hãy gõ số sao từ 1 đến 5 hoặc bỏ qua dòng này.")
_YEAR = N_("Ô {cell} ({heading}): năm {value} khác năm của ngày công nhận {date}; hãy xem lại.")
_CURRENT = N_("Ô {cell} ({heading}): hạng hiện tại {value} sao khác lần công nhận gần nhất ({latest} sao); hãy xem lại.")
_ORDER = N_("Ô {cell} ({heading}): lần công nhận thứ hai {value} lại trước lần đầu {first}; hãy xem lại.")
_EXPIRY = N_("Ô {cell} ({heading}): hết hạn {value} không phải 36 tháng sau ngày công nhận {issued} ({expected}); hãy xem lại.")
_NO_DATE = N_("Ô {cell} ({heading}): chưa rõ ngày công nhận, chỉ nhập hạng sao; chưa lập được giấy chứng nhận.")
_FEW_STARS = N_("Ô {cell} ({heading}): {value} sao không có giấy chứng nhận; chỉ nhập vào lịch sử.")
_DECIDED = re.compile(r"^(.*?)[\s,;(]*(?:ngày|Ngày|ngay)\s*:?\s*(\d.*?)\)?$")
_A_DAY_EARLY = dt.timedelta(days=1)  # many registers write the last day of validity, others the day after


class Recognition(NamedTuple):
    """One recognition of a product.

    Args:
        turn: ``first`` or ``second``; stars 1-5.
        issued, expires: known days, else None; year: when only the year is known.
    """

    turn: str
    stars: int
    issued: dt.date | None
    expires: dt.date | None
    year: int | None
    decision: str
    authority: str


def check(contents: Contents) -> None:
    """Ask about everything in a row that is missing or contradicts itself."""
    applications.check(contents)
    if contents.column("first_decision") is not None or contents.column("second_decision") is not None:
        _split_decisions(contents, "first")
        _split_decisions(contents, "second")
    _check_stars(contents)
    _check_dates(contents)


def check_names_and_stars(contents: Contents) -> None:
    """Ask about what a layout without days can lack."""
    applications.check(contents)
    _check_stars(contents)


def recognitions(values: Mapping[str, Any]) -> tuple[Recognition, ...]:
    """The recognitions of a row, the earlier first; empty when no stars are known."""
    get = values.get
    latest = "second" if get("second_stars") or get("second_date") or get("second_decision") else "first"
    found = []
    for turn in ("first", "second") if latest == "second" else ("first",):
        stars = get(f"{turn}_stars") or (get("current_stars") if turn == latest else None)
        if not stars:
            continue
        issued = get(f"{turn}_date")
        given = get("expires_on") if turn == latest else None
        found.append(
            Recognition(
                turn,
                stars,
                issued,
                given or (end_of(issued) if issued else None),
                get(f"{turn}_year"),
                get(f"{turn}_decision") or "",
                get(f"{turn}_authority") or "",
            )
        )
    return tuple(found)


def _split_decisions(contents: Contents, turn: str) -> None:
    """A decision written "858/QĐ-UBND ngày 19/6/2025" gives its date too, where the date has no cell of its own."""
    for row, text in zip(contents.rows, contents.every(f"{turn}_decision"), strict=True):
        if not text or "ng" not in text.lower():
            continue
        found = _DECIDED.match(text)
        day = repair.day(found[2]).value if found else None
        if found and day and found[1] and row.values.get(f"{turn}_date") in (None, day):
            row.values[f"{turn}_decision"], row.values[f"{turn}_date"] = found[1].strip(" ,;("), day


def _check_stars(contents: Contents) -> None:
    stars = map(contents.every, ("current_stars", "first_stars", "second_stars"))
    for row, current, first, second in zip(contents.rows, *stars, strict=True):
        latest = second or first
        said = latest or current or 0
        if not said:
            if not any(p.values["field"].endswith("_stars") for p in row.problems):
                name = "first_stars" if contents.column("first_stars") else "current_stars"
                contents.ask(row, name, "no_stars", "error", _NO_STARS)
            continue
        if current and latest and current != latest:
            contents.ask(row, "current_stars", "stars_contradict", "warning", _CURRENT, current, latest=latest)
        if said < 3:
            name = "second_stars" if second else "first_stars" if first else "current_stars"
            contents.ask(row, name, "few_stars", "warning", _FEW_STARS, said)


_DAYS = ("first_date", "second_date", "expires_on", "first_year", "second_year", "second_stars")


def _check_dates(contents: Contents) -> None:
    columns = map(contents.every, _DAYS)
    for row, first, second, expires, first_year, second_year, restarred in zip(contents.rows, *columns, strict=True):
        if first and first_year and first.year != first_year:
            contents.ask(row, "first_year", "year_contradicts", "warning", _YEAR, first_year, date=date(first))
        if second and second_year and second.year != second_year:
            contents.ask(row, "second_year", "year_contradicts", "warning", _YEAR, second_year, date=date(second))
        if first and second and second < first:
            contents.ask(row, "second_date", "second_before_first", "warning", _ORDER, date(second), first=date(first))
        latest = second or (None if restarred else first)
        if latest is None:
            _ask_date(contents, row, "second" if restarred else "first", expires)
        elif expires and expires != (end := end_of(latest)) and expires != end - _A_DAY_EARLY:
            contents.ask(
                row, "expires_on", "expiry", "warning", _EXPIRY, date(expires), issued=date(latest), expected=date(end)
            )


def _ask_date(contents: Contents, row: Row, turn: str, expires: dt.date | None) -> None:
    if f"{turn}_date" not in {p.values["field"] for p in row.problems}:
        contents.ask(row, f"{turn}_date", "no_date", "warning", _NO_DATE, "")
    if expires:
        keep(row, contents, "expires_on", expires)


def claims(fields: frozenset[str]) -> int:
    """Recognitions with their stars, days and decisions."""
    return 2 * len(fields & FIELDS_OF_IT)


_TURN = (
    TemplateColumn("Hạng sao", 9, choices=STARS),
    TemplateColumn("Ngày", 12, "date", help="Ngày của quyết định công nhận."),
    TemplateColumn("Năm", 8, "year"),
    TemplateColumn("Số quyết định", 18),
    TemplateColumn("Cơ quan", 20),
)
COLUMNS_22 = (
    TemplateColumn("TT", 6, "number"),
    TemplateColumn("Tên sản phẩm", 36),
    TemplateColumn("Nhóm sản phẩm", 12, choices=SETS, help="Số bộ 1 đến 26 theo Quyết định 26/2026/QĐ-TTg."),
    TemplateColumn("Loại hình", 26, choices=PRODUCER_KINDS),
    TemplateColumn("Chủ thể", 36),
    TemplateColumn("Xã/phường", 20),
    TemplateColumn("Địa chỉ", 34),
    TemplateColumn("Người đại diện", 22),
    TemplateColumn("Điện thoại", 14, help="Ô dạng chữ để không mất số 0 đầu."),
    TemplateColumn("Hạng sao hiện tại", 10, choices=STARS),
    TemplateColumn("Ngày hết hạn", 12, "date"),
    *_TURN,
    *_TURN,
    TemplateColumn("Ghi chú", 30),
)
_DAY, _NEXT = dt.date(2023, 5, 12), dt.date(2026, 5, 20)
LAYOUT = Layout(
    NAME, WORDS, claims, check, TAKEN, ("product", "producer"),
    Template(
        "SỔ SẢN PHẨM OCOP ĐÃ CÔNG NHẬN",
        COLUMNS_22,
        ((1, "Chè Ví Dụ", "11", "Hợp tác xã", "Hợp tác xã Ví Dụ", "Xã Mẫu Sơn", "Thôn 1, xã Mẫu Sơn", "Nguyễn Thị Ví Dụ",
          "0912345678", "4", end_of(_NEXT), "3", _DAY, 2023, "858/QĐ-UBND", "UBND tỉnh", "4", _NEXT, 2026, "912/QĐ-UBND",
          "UBND tỉnh", ""),),
    ),
)  # fmt: skip
