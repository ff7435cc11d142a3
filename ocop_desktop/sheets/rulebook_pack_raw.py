"""What is read from a criteria table before anything is judged: values with their cells, and the reading of single cells."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

from ocop_desktop.errors import Place, Problem, Severity
from ocop_desktop.sheets import law_marks
from ocop_desktop.sheets.error_cells import letters
from ocop_desktop.sheets.reading import Sheet
from ocop_desktop.sheets.repair import as_text
from ocop_desktop.sheets.rulebook_pack_columns import Header
from ocop_desktop.text import N_

Spots = dict[str, Place]
UNNUMBERED = "#"  # begins the code of a group that has only a title, until it is given one


@dataclass
class RawOption:
    """An option as read. ``points`` is None where the cell holds no whole number."""

    number: int | None = None
    case: str = ""
    vi: str = ""
    en: str = ""
    points: int | None = None
    star: int | None = None
    spots: Spots = field(default_factory=dict)


@dataclass
class RawCriterion:
    """A criterion as read; ``said`` are the fields its row gave."""

    code: str = ""
    part: str = ""
    group: str = ""
    max: int | None = None
    said: dict[str, str] = field(default_factory=dict)
    options: list[RawOption] = field(default_factory=list)
    cases: list[tuple[str, str, str]] = field(default_factory=list)
    spots: Spots = field(default_factory=dict)


@dataclass
class RawGroup:
    """A group as read."""

    code: str
    part: str = ""
    max: int | None = None
    vi: str = ""
    en: str = ""
    spots: Spots = field(default_factory=dict)


@dataclass
class RawSet:
    """A set as read; ``own`` when in our own form, ``fields`` the columns its table had.

    ``top`` is the cell that names it, ``total`` the one beside it in the column of points.
    """

    number: int
    own: bool
    fields: frozenset[str]
    top: Place
    total: Place
    groups: list[RawGroup] = field(default_factory=list)
    criteria: list[RawCriterion] = field(default_factory=list)
    exclusions: list[tuple[str, str]] = field(default_factory=list)
    part_spots: Spots = field(default_factory=dict)
    part_max: dict[str, tuple[int, Place]] = field(default_factory=dict)
    totals: list[tuple[int, Place]] = field(default_factory=list)


ERROR_CELL = N_("Ô {cell} (trang “{sheet}”) chứa lỗi bảng tính “{value}”; hãy gõ lại giá trị đúng.")
NOT_A_NUMBER = N_("Ô {cell} (trang “{sheet}”): cần một số nguyên không âm, đang ghi “{value}”.")
NOT_A_STAR = N_("Ô {cell} (trang “{sheet}”): dấu sao phải là 3, 4 hoặc 5, đang ghi “{value}”.")
CODE_IS_DATE = N_(
    "Ô {cell} (trang “{sheet}”): mã tiêu chí đã bị đổi thành ngày “{value}”; hãy định dạng ô là chữ rồi gõ lại, ví dụ 1.2."
)


class Cells:
    """Reads single cells of one table; what cannot be read is told in ``problems`` at its cell."""

    def __init__(self, file: str, sheet: Sheet, header: Header) -> None:
        self.file, self.sheet, self.header = file, sheet, header
        self.problems: list[Problem] = []

    def place(self, row: int, name: str) -> Place:
        """The cell of a 1-based row and a field."""
        index = self.header.at.get(name)
        return Place(self.file, self.sheet.name, row, letters(index) if index is not None else "A")

    def say(self, row: int, name: str, kind: str, message: str, value: Any, severity: Severity = "error", **more: Any) -> None:
        """Tell of a cell; the message may use {cell}, {sheet} and {value}."""
        place = self.place(row, name)
        values = {"cell": f"{place.column}{row}", "row": row, "sheet": self.sheet.name, "value": as_text(value), **more}
        self.problems.append(Problem(message, values, place, as_text(value), severity, kind))

    def error_cell(self, row: int, column: int, text: str) -> None:
        """Tell of a cell that holds an error of the spreadsheet, where its column is one of ours."""
        name = next((f for f, i in self.header.at.items() if i == column), None)
        if name:
            self.say(row, name, "error_cell", ERROR_CELL, text)

    def whole(self, row: int, name: str, value: Any) -> int | None:
        """A whole number from a cell; what is none is told and gives None."""
        if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0 and float(value).is_integer():
            return int(value)
        found = law_marks.figure(" ".join(as_text(value).split())) if isinstance(value, str) else None
        if found is None:
            self.say(row, name, "not_a_number", NOT_A_NUMBER, value)
        return found

    def star(self, row: int, value: Any) -> int | None:
        """The rank a cell marks ("3", "4 sao", "***"), or None where it is empty; what is none is told."""
        text = as_text(value).strip()
        if re.fullmatch(r"[-–—xX]?|0|không|khong", text, re.I):
            return None
        found = (
            int(text)
            if text.isdigit()
            else law_marks.star(text if "sao" in text.casefold() or not text[:1].isdigit() else f"{text} sao").value
        )
        if found is None:
            self.say(row, "star", "not_a_star", NOT_A_STAR, value)
        return found

    def code(self, row: int, value: Any) -> str:
        """A criterion's code; one that became a date in Excel is told."""
        if isinstance(value, dt.date | dt.time):
            self.say(row, "code", "code_is_date", CODE_IS_DATE, value)
        return re.sub(r"\s", "", as_text(value)).rstrip(".):")
