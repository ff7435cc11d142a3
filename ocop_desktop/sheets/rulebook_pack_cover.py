"""The cover of a rulebook pack: the decision, rank lines, parts, industries, sets, transition; each value from its cell."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

from ocop_desktop.errors import Place, Problem
from ocop_desktop.rules.names import fold
from ocop_desktop.rules.rulebook_plain import Plain
from ocop_desktop.sheets import repair
from ocop_desktop.sheets import rulebook_pack_form as form
from ocop_desktop.sheets.error_cells import letters
from ocop_desktop.sheets.reading import Book, Sheet
from ocop_desktop.sheets.repair import as_text
from ocop_desktop.text import N_

NOT_A_NUMBER = N_("Ô {cell} (trang “{sheet}”): cần một số nguyên không âm, đang ghi “{value}”.")
NOT_A_DATE = N_("Ô {cell} (trang “{sheet}”): không đọc được ngày “{value}”; cần dạng ngày/tháng/năm, ví dụ 22/05/2026.")
MISSING = N_("Ô {cell} (trang “{sheet}”): thiếu “{what}”.")
TWICE = N_("Ô {cell} (trang “{sheet}”): “{value}” có hai lần.")
NO_INDUSTRY = N_("Ô {cell} (trang “{sheet}”): ngành “{value}” không có trong bảng các ngành.")

_DECISION = {fold(words): key for key, words in form.DECISION_LINES.items()}
_CHANGE = {fold(words): key for key, words in form.TRANSITION_LINES.items()}
_FIRST = {fold(next(iter(headings.values()))): name for name, (_title, headings) in form.COVER_TABLES.items()}
_WHOLE = {"certificate_months", "finish_days", "recognise_days", "stars", "least", "max", "number", "samples"}
_NEEDED = {
    "lines": ("stars", "least"),
    "part": ("code", "max", "vi"),
    "industry": ("code", "vi"),
    "set": ("number", "industry", "vi", "group", "samples", "where"),
}
_KEY = {"lines": "stars", "part": "code", "industry": "code", "set": "number"}


@dataclass
class Cover:
    """What a cover says, with the cell of each value as ``(table, key, heading)``; lines of the decision under ``("", key)``."""

    file: str
    sheet: Sheet
    decision: dict[str, Any] = field(default_factory=dict)
    change: dict[str, Any] = field(default_factory=dict)
    tables: dict[str, dict[Any, dict[str, Any]]] = field(default_factory=dict)
    spots: dict[tuple[Any, ...], Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, row: int, column: int) -> Place:
        """The cell of a 0-based row and column."""
        return Place(self.file, self.sheet.name, row + 1, letters(column))

    def say(self, place: Place, kind: str, message: str, value: Any = "", **more: Any) -> None:
        """Tell of a cell."""
        values = {"cell": f"{place.column}{place.row}", "sheet": place.sheet, "value": as_text(value), **more}
        self.problems.append(Problem(message, values, place, as_text(value), kind=kind))


def find(book: Book) -> Cover | None:
    """The cover of a book, or None: the sheet that names the number of the decision."""
    wanted = fold(form.DECISION_LINES["id"])
    for sheet in book.sheets:
        if any(fold(as_text(cell)) == wanted for row in sheet.rows[:40] for cell in row[:1]):
            cover = Cover(book.file, sheet)
            _read(cover)
            _check(cover)
            return cover
    return None


def _read(cover: Cover) -> None:
    table, at = "", {}
    for number, row in enumerate(cover.sheet.rows):
        first = fold(as_text(row[0])) if row else ""
        if first in _DECISION or first in _CHANGE:
            table = ""
            keys, store = (_DECISION, cover.decision) if first in _DECISION else (_CHANGE, cover.change)
            cover.spots["", keys[first]] = cover.place(number, 1)
            store[keys[first]] = _value(cover, number, 1, keys[first], row[1] if len(row) > 1 else "")
        elif first in _FIRST and len(row) > 1 and _columns(_FIRST[first], row):
            table = _FIRST[first]
            at = _columns(table, row)
            cover.tables.setdefault(table, {})
        elif not first:
            table = ""
        elif table:
            _row(cover, table, at, number, row)


def _columns(table: str, row: list[Any]) -> dict[str, int]:
    """Key -> column of a table's headings; empty when the row is not its header."""
    keys = {fold(heading): key for key, heading in form.COVER_TABLES[table][1].items() if heading}
    found = {keys[fold(as_text(cell))]: index for index, cell in reversed(list(enumerate(row))) if fold(as_text(cell)) in keys}
    return found if len(found) > 1 else {}


def _row(cover: Cover, table: str, at: dict[str, int], number: int, row: list[Any]) -> None:
    values = {key: _value(cover, number, index, key, row[index] if index < len(row) else "") for key, index in at.items()}
    name = values.get(_KEY[table])
    place = cover.place(number, at.get(_KEY[table], 0))
    if name is None:
        return
    if name in cover.tables[table]:
        cover.say(place, "twice", TWICE, name)
        return
    cover.tables[table][name] = values
    for key, index in at.items():
        cover.spots[table, name, key] = cover.place(number, index)
    for key in _NEEDED[table]:
        if values.get(key) in (None, "") and not any(p.place == cover.spots.get((table, name, key)) for p in cover.problems):
            cover.say(cover.spots.get((table, name, key), place), "missing", MISSING, what=form.COVER_TABLES[table][1][key])


def _value(cover: Cover, row: int, column: int, key: str, value: Any) -> Any:
    if key in _WHOLE:
        return _whole(cover, row, column, value)
    if key in ("signed", "in_force"):
        if isinstance(value, dt.datetime):
            return value.date()
        read = value if isinstance(value, dt.date) else repair.READERS["day"](value).value if value not in ("", None) else None
        if not isinstance(read, dt.date):
            cover.say(cover.place(row, column), "not_a_date", NOT_A_DATE, value)
            return None
        return read
    return as_text(value).strip()


def _whole(cover: Cover, row: int, column: int, value: Any) -> int | None:
    if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0 and float(value).is_integer():
        return int(value)
    found = re.fullmatch(r"\s*(?:bộ\s*)?(\d{1,4})(?:\s*(?:sao|điểm|ngày|tháng))?\s*", as_text(value), re.I)
    if found:
        return int(found.group(1))
    cover.say(cover.place(row, column), "not_a_number", NOT_A_NUMBER, value)
    return None


def _check(cover: Cover) -> None:
    for key in ("id", "signed", "in_force", "certificate_months"):
        if cover.decision.get(key) in (None, "") and not any(p.place == cover.spots.get(("", key)) for p in cover.problems):
            cover.say(cover.spots.get(("", key), cover.place(0, 0)), "missing", MISSING, what=form.DECISION_LINES[key])
    for number, listed in cover.tables.get("set", {}).items():
        if listed.get("industry") and listed["industry"] not in cover.tables.get("industry", {}):
            cover.say(cover.spots["set", number, "industry"], "no_industry", NO_INDUSTRY, listed["industry"])


def plain(cover: Cover, before: Plain) -> Plain:
    """The plain values of everything outside the sets; what the cover does not say is taken from ``before``."""
    said, tables = cover.decision, cover.tables
    found: Plain = {
        "id": said.get("id") or before["id"],
        "signed": _iso(said.get("signed")) or before["signed"],
        "in_force": _iso(said.get("in_force")) or before["in_force"],
        "certificate_months": said.get("certificate_months") or before["certificate_months"],
        "lines": {str(stars): row["least"] or 0 for stars, row in tables["lines"].items()}
        if "lines" in tables
        else before["lines"],
        "part": [{"code": code, "max": row["max"] or 0, **_words(row)} for code, row in tables["part"].items()]
        if "part" in tables
        else before["part"],
        "industry": {code: _words(row) for code, row in tables["industry"].items()}
        if "industry" in tables
        else before["industry"],
        "set": [{"number": n, "industry": row.get("industry", ""), **_words(row)} for n, row in tables["set"].items()]
        if "set" in tables
        else before["set"],
    }
    amended = [one.strip() for one in said.get("amended_by", "").split(form.BETWEEN.strip()) if one.strip()]
    if amended:
        found["amended_by"] = amended
    change = cover.change
    if change.get("previous"):
        found["transition"] = {
            "previous": change["previous"],
            "finish_days": change.get("finish_days") or 0,
            "recognise_days": change.get("recognise_days") or 0,
        }
        if change.get("note"):
            found["transition"]["note"] = _words({"vi": change["note"], "en": change.get("note_en", "")})
    return found


def set_head(cover: Cover, number: int, listed: Plain, industries: Plain) -> Plain:
    """The plain values of a set outside its criteria, as the cover lists them."""
    row = cover.tables["set"][number]
    industry = {"code": listed["industry"], **industries.get(listed["industry"], {"vi": listed["industry"] or "?"})}
    found: Plain = {
        "number": number,
        "name": _words(row),
        "industry": industry,
        "group_name": _words({"vi": row.get("group"), "en": row.get("group_en")}),
        "lead_agencies": [one.strip() for one in row.get("agencies", "").split(form.BETWEEN.strip()) if one.strip()],
        "samples": row.get("samples") or 0,
        "where": row.get("where", ""),
    }
    if row.get("subgroup"):
        found["subgroup_name"] = _words({"vi": row["subgroup"], "en": row.get("subgroup_en")})
    return found


def _words(row: dict[str, Any]) -> Plain:
    words = {"vi": row.get("vi") or "?"}
    return {**words, "en": row["en"]} if row.get("en") else words


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
