"""Read a rulebook from a workbook: our own form (``rulebook_pack_writing``) and looser tables as offices keep them.

Every fault stands at its cell. Nothing is decided here about storing; ``actions.rulebook_packs`` does that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from ocop_desktop.errors import Place, Problem, UserError
from ocop_desktop.rules.names import fold
from ocop_desktop.rules.rulebook import Rulebook, as_plain, book_faults, faults_of, from_plain
from ocop_desktop.rules.rulebook_plain import Plain
from ocop_desktop.sheets import reading, rulebook_pack_cover
from ocop_desktop.sheets import rulebook_pack_form as form
from ocop_desktop.sheets.reading import Book, Sheet
from ocop_desktop.sheets.repair import as_text
from ocop_desktop.sheets.rulebook_pack_building import Builder, spot_of
from ocop_desktop.sheets.rulebook_pack_columns import find_header
from ocop_desktop.sheets.rulebook_pack_cover import Cover
from ocop_desktop.sheets.rulebook_pack_raw import RawSet
from ocop_desktop.sheets.rulebook_pack_rows import RowReader
from ocop_desktop.text import N_

SET_UNKNOWN = N_("Ô {cell} (trang “{sheet}”): Quyết định {law} không có bộ {set}.")
SET_MISSING = N_("Ô {cell} (trang “{sheet}”): bộ {set} có trong danh sách nhưng không có trang nào.")
STARS_KEPT = N_("Tệp không ghi dấu sao nào; dấu sao giữ như bản trước.")
PART_STATED = N_("Ô {cell} (trang “{sheet}”): phần {part} ghi {value} điểm, luật ghi {max}.")
TOTAL_STATED = N_("Ô {cell} (trang “{sheet}”): tổng ghi {value} điểm; phải là {max}.")
_TAB = re.compile(r"^(?:bo tieu chi|bo san pham|bo|set|bang)?\s*(?:so|no\.?)?\s*[-_.:]?\s*(\d{1,3})\b")


@dataclass(frozen=True)
class Pack:
    """A rulebook as a workbook tells it.

    Args:
        plain: its plain values, faults included.
        law: number of the decision; file, sha256: the workbook.
        problems: every fault and remark at its cell; errors must be mended or accepted.
        sets, criteria, options: how many were read from the file itself.
    """

    plain: Plain
    law: str
    file: str
    sha256: str
    problems: tuple[Problem, ...]
    sets: int
    criteria: int
    options: int


def read_pack(path: Path, known: dict[str, Rulebook], current: Rulebook, law: str = "") -> Pack:
    """Read a workbook.

    Args:
        known: the latest version of every decision with criteria, by number.
        current: what a table without a cover is a correction of, where ``law`` does not say.
        law: number of the decision, for a table without a cover.

    Raises:
        UserError: no spreadsheet, no criteria table in it, or an unknown ``law``.
    """
    book = reading.read(path)
    cover = rulebook_pack_cover.find(book)
    named = (cover.decision.get("id") if cover else "") or law
    if law and named != law:
        raise UserError("Tệp “{file}” là của Quyết định {theirs}, không phải {law}.", file=book.file, theirs=named, law=law)
    if named not in known and not cover and named:
        raise UserError("Không có bộ tiêu chí của Quyết định {law} để so; bảng rời chỉ sửa được bộ tiêu chí đã có.", law=named)
    before = known.get(named, current)
    return _Reading(book, cover, before, named or before.decision, is_new=named not in known and bool(named)).pack()


class _Reading:
    def __init__(self, book: Book, cover: Cover | None, before: Rulebook, law: str, is_new: bool) -> None:
        self.book, self.cover, self.before, self.law, self.is_new = book, cover, before, law, is_new
        self.problems: list[Problem] = list(cover.problems) if cover else []
        self.frame = rulebook_pack_cover.plain(cover, as_plain(before)) if cover else as_plain(before)
        self.listed = {s["number"]: s for s in self.frame["set"]}

    def pack(self) -> Pack:
        raw = self._raw_sets()
        known = [r for r in raw if r.number in self.listed]
        for r in raw:
            if r.number not in self.listed:
                self._say(r.top, "set_unknown", SET_UNKNOWN, str(r.number), law=self.law, set=r.number)
        told = any(o.star is not None for r in raw for c in r.criteria for o in c.options)
        if not told and any(not r.own for r in raw):
            self.problems.append(Problem(STARS_KEPT, {}, Place(self.book.file), severity="warning", kind="stars_kept"))
        plain = {**self.frame, "sets": self._sets(known, told)}
        plain["set"] = [s for s in plain["set"] if s["number"] in {p["number"] for p in plain["sets"]}]
        used = {s["industry"] for s in plain["set"]}
        plain["industry"] = {code: words for code, words in plain["industry"].items() if code in used}
        self._look_through(from_plain(plain, self.law), known)
        return Pack(
            plain,
            self.law,
            self.book.file,
            self.book.sha256,
            _in_order(self.problems),
            len(known),
            sum(len(r.criteria) for r in known),
            sum(len(c.options) for r in known for c in r.criteria),
        )

    def _raw_sets(self) -> list[RawSet]:
        names = {fold(s["vi"]): s["number"] for s in self.listed.values()}
        parts = {fold(p["vi"]): p["code"] for p in self.frame["part"]}
        found: dict[int, RawSet] = {}
        tables = 0
        for sheet in self.book.sheets:
            header = None if self.cover and sheet is self.cover.sheet else find_header(sheet)
            if header is None or (sheet.hidden and tables):
                continue
            tables += 1
            number = None if "set" in header.at else _number_of(sheet, header.row, names)
            reader = RowReader(self.book.file, sheet, header, number, names, parts)
            reader.run()
            self.problems += reader.problems
            for raw in reader.sets:
                if raw.number in found:
                    found[raw.number].criteria += raw.criteria
                    found[raw.number].groups += raw.groups
                else:
                    found[raw.number] = raw
        if not tables:
            raise UserError(
                "Không tìm thấy bảng tiêu chí trong tệp “{file}”: cần một dòng có các cột như “Bộ”, “Phần”, “Tiêu chí”, "
                "“Mức”, “Điểm”.",
                file=self.book.file,
            )
        return [found[number] for number in sorted(found)]

    def _sets(self, raws: list[RawSet], told: bool) -> list[Plain]:
        by_number = {r.number: r for r in raws}
        made = []
        for number in self.listed:
            old = self.before.set(number) if number in self.before.head and not self.is_new else None
            if number in by_number:
                head = (
                    rulebook_pack_cover.set_head(self.cover, number, self.listed[number], self.frame["industry"])
                    if self.cover and number in self.cover.tables.get("set", {})
                    else {}
                )
                builder = Builder(by_number[number], old, head, told)
                made.append(builder.plain())
                self.problems += builder.problems
            elif self.cover and "set" in self.cover.tables:
                self._say(self.cover.spots["set", number, "number"], "set_missing", SET_MISSING, str(number), set=number)
            elif old:
                made.append(next(s for s in as_plain(self.before)["sets"] if s["number"] == number))
        return made

    def _look_through(self, book: Rulebook, raws: list[RawSet]) -> None:
        for fault in book_faults(book):
            place = Place(self.book.file)
            if self.cover:
                first = next(
                    (
                        p
                        for (table, *_), p in self.cover.spots.items()
                        if table == ("part" if fault.kind == "parts_sum" else "lines")
                    ),
                    Place(self.book.file),
                )
                place = first
            self.problems.append(replace(fault, place=place))
        for raw in raws:
            rules = book.set(raw.number)
            for fault in faults_of(rules, book, raw.top.sheet or form.SET_TAB.format(number=raw.number)):
                place = spot_of(fault, raw, fault.values.get("index"))
                self.problems.append(replace(fault, place=place, value=self._cell(place)))
            for part, (stated, place) in raw.part_max.items():
                if part in book.part_max and stated != book.part_max[part]:
                    self._say(place, "part_stated", PART_STATED, str(stated), part=part, max=book.part_max[part])
            for stated, place in raw.totals:
                if stated != sum(book.part_max.values()):
                    self._say(place, "total_stated", TOTAL_STATED, str(stated), max=sum(book.part_max.values()))

    def _cell(self, place: Place) -> str:
        """What stands in a cell, as text."""
        from openpyxl.utils import column_index_from_string

        sheet = next((s for s in self.book.sheets if s.name == place.sheet), None)
        column = column_index_from_string(place.column) - 1 if place.column else 0
        if sheet is None or place.row is None or place.row > len(sheet.rows) or column >= len(sheet.rows[place.row - 1]):
            return ""
        return as_text(sheet.rows[place.row - 1][column])

    def _say(self, place: Place, kind: str, message: str, value: str, **more: object) -> None:
        values = {"cell": f"{place.column}{place.row}", "sheet": place.sheet, "value": value, **more}
        self.problems.append(Problem(message, values, place, value, kind=kind))


def _number_of(sheet: Sheet, header: int, names: dict[str, int]) -> int | None:
    """The set a sheet is about: from its tab, else from the lines above its header."""
    found = _TAB.match(fold(sheet.name))
    if found:
        return int(found.group(1))
    if fold(sheet.name) in names:
        return names[fold(sheet.name)]
    for row in sheet.rows[:header]:
        for cell in row:
            text = fold(as_text(cell))
            title = re.search(r"\bbo\s*(?:tieu chi|san pham)?\s*(?:so)?\s*:?\s*(\d{1,2})\b", text)
            if title:
                return int(title.group(1))
            for name, number in names.items():
                if name and name in text:
                    return number
    return None


def _in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Each problem once, by sheet as first met and row."""
    sheets = list(dict.fromkeys(p.place.sheet for p in problems))
    once = {(p.place, p.kind, str(p)): p for p in problems}
    return tuple(sorted(once.values(), key=lambda p: (sheets.index(p.place.sheet), p.place.row or 0)))
